//! Sinks in the database: who gets the log's events, how far each is, and what its messages are signed with.

use super::log::{Leaf, signed};
use crate::{
    audit::sinks::{Kind, Sink, State},
    base::{clock::Time, refusal::Broken},
    db::{Reading, Writing, sql, sql::row},
};

row! {
    struct Raw {
        id: String,
        kind: Kind,
        name: String,
        address: String,
        kinds: Option<String>,
        batch: i64,
        position: i64,
        state: State,
        created_at: Time,
        failing_since: Option<Time>,
        failures: i64,
        retry_at: Option<Time>,
        last_error: Option<String>,
        taken: i64,
        taken_at: Option<Time>,
    }
}

impl From<Raw> for Sink {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            kind: raw.kind,
            name: raw.name,
            address: raw.address,
            kinds: raw.kinds.and_then(|kinds| serde_json::from_str(&kinds).ok()),
            batch: raw.batch,
            position: raw.position.unsigned_abs(),
            state: raw.state,
            created_at: raw.created_at,
            failing_since: raw.failing_since,
            failures: raw.failures,
            retry_at: raw.retry_at,
            last_error: raw.last_error,
            taken: raw.taken,
            taken_at: raw.taken_at,
        }
    }
}

const ALL: &str = "SELECT id, kind, name, address, kinds, batch, position, state, created_at, failing_since, failures, retry_at, \
                   last_error, taken, taken_at FROM event_sinks";

/// Every sink that was not removed, by name.
///
/// # Errors
/// The database is away.
pub fn sinks(r: &mut Reading<'_>) -> Result<Vec<Sink>, Broken> {
    let raws: Vec<Raw> = sql(format!("{ALL} WHERE state <> 'removed' ORDER BY name, id LIMIT 500")).all(r)?;
    Ok(raws.into_iter().map(Sink::from).collect())
}

/// One sink that was not removed.
///
/// # Errors
/// The database is away.
pub fn sink(r: &mut Reading<'_>, id: &str) -> Result<Option<Sink>, Broken> {
    let raw: Option<Raw> = sql(format!("{ALL} WHERE id = ? AND state <> 'removed'")).bind(&id).maybe(r)?;
    Ok(raw.map(Sink::from))
}

/// The ids of the sinks to which something may have to go now: of webhooks, and of those publishers that are `named`.
///
/// # Errors
/// The database is away.
pub fn due(r: &mut Reading<'_>, named: &[String]) -> Result<Vec<String>, Broken> {
    let now = r.at();
    let mut statement =
        sql("SELECT id AS word FROM event_sinks WHERE state = 'enabled' AND (retry_at IS NULL OR retry_at <= ?) \
             AND position < COALESCE((SELECT size FROM log_state WHERE id = 1), 0) AND (kind = 'webhook'")
        .bind(&now);
    for id in named {
        statement = statement.push(" OR id = ?").bind(id);
    }
    statement.push(") ORDER BY position, id LIMIT 500").all(r)
}

/// Keeps a sink, unless there is one with its id.
///
/// # Errors
/// The database is away.
pub fn insert(w: &mut Writing<'_>, sink: &Sink, by: &str) -> Result<(), Broken> {
    let kinds = sink.kinds.as_ref().map(serde_json::to_string).transpose().map_err(Broken::defect)?;
    sql("INSERT INTO event_sinks (id, kind, name, address, kinds, batch, position, state, created_at, created_by, changed_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(&sink.id)
    .bind(&sink.kind)
    .bind(&sink.name)
    .bind(&sink.address)
    .bind(&kinds)
    .bind(&sink.batch)
    .bind(&signed(sink.position)?)
    .bind(&sink.state)
    .bind(&sink.created_at)
    .bind(&by)
    .bind(&sink.created_at)
    .run(w)?;
    Ok(())
}

/// Lets a sink of the settings flow again that was removed while they did not name it, from where one that is new would begin.
///
/// # Errors
/// The database is away.
pub fn take_back(w: &mut Writing<'_>, sink: &Sink) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE event_sinks SET state = 'enabled', position = ?, changed_at = ?, failing_since = NULL, failures = 0, \
         retry_at = NULL, last_error = NULL WHERE id = ? AND state = 'removed'")
    .bind(&signed(sink.position)?)
    .bind(&now)
    .bind(&sink.id)
    .run(w)?;
    Ok(())
}

/// Sets which kinds a sink of the settings gets: the settings may have changed.
///
/// # Errors
/// The database is away.
pub fn set_kinds(w: &mut Writing<'_>, id: &str, kinds: Option<&Vec<String>>) -> Result<(), Broken> {
    let kinds = kinds.map(serde_json::to_string).transpose().map_err(Broken::defect)?;
    sql("UPDATE event_sinks SET kinds = ? WHERE id = ?").bind(&kinds).bind(&id).run(w)?;
    Ok(())
}

/// Changes a sink's state; what went wrong before is forgotten.
///
/// # Errors
/// The database is away.
pub fn set_state(w: &mut Writing<'_>, id: &str, state: State) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE event_sinks SET state = ?, changed_at = ?, failing_since = NULL, failures = 0, retry_at = NULL, \
         last_error = NULL WHERE id = ?")
    .bind(&state)
    .bind(&now)
    .bind(&id)
    .run(w)?;
    Ok(())
}

/// Notes that a sink has said that it is gone for good; tells whether it has. One that was held or removed while it was called
/// stays so.
///
/// # Errors
/// The database is away.
pub fn note_gone(w: &mut Writing<'_>, id: &str) -> Result<bool, Broken> {
    let now = w.now();
    let noted = sql("UPDATE event_sinks SET state = 'gone', changed_at = ?, failing_since = NULL, failures = 0, \
                     retry_at = NULL, last_error = NULL WHERE id = ? AND state = 'enabled'")
    .bind(&now)
    .bind(&id)
    .run(w)?;
    Ok(noted == 1)
}

/// Lets a sink go on from a position, before or after where it is.
///
/// # Errors
/// The database is away.
pub fn go_to(w: &mut Writing<'_>, id: &str, position: u64) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE event_sinks SET position = ?, changed_at = ?, retry_at = NULL WHERE id = ?")
        .bind(&signed(position)?)
        .bind(&now)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Moves a sink on, from where it was found; one that was sent elsewhere meanwhile stays there.
///
/// # Errors
/// The database is away.
pub fn advance(w: &mut Writing<'_>, id: &str, from: u64, to: u64, taken: i64) -> Result<(), Broken> {
    let now = w.now();
    if taken > 0 {
        sql("UPDATE event_sinks SET taken = taken + ?, taken_at = ?, failing_since = NULL, failures = 0, retry_at = NULL, \
             last_error = NULL WHERE id = ?")
        .bind(&taken)
        .bind(&now)
        .bind(&id)
        .run(w)?;
    }
    sql("UPDATE event_sinks SET position = ? WHERE id = ? AND position = ?")
        .bind(&signed(to)?)
        .bind(&id)
        .bind(&signed(from)?)
        .run(w)?;
    Ok(())
}

/// Notes that a sink took nothing, why, and when it is tried again.
///
/// # Errors
/// The database is away.
pub fn fail(w: &mut Writing<'_>, id: &str, why: &str, again: Time) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE event_sinks SET failing_since = COALESCE(failing_since, ?), failures = failures + 1, retry_at = ?, \
         last_error = ? WHERE id = ?")
    .bind(&now)
    .bind(&again)
    .bind(&why)
    .bind(&id)
    .run(w)?;
    Ok(())
}

/// The next events for a sink, at most so many from its position on and before another, and where it goes on after them. Events
/// of other kinds are passed by; a place whose event the database has no more is, too.
///
/// # Errors
/// The database is away.
pub fn next(r: &mut Reading<'_>, sink: &Sink, until: u64, most: i64) -> Result<(Vec<Leaf>, u64), Broken> {
    row! { struct At { position: i64 } }
    let mut statement =
        sql("SELECT l.position FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE l.position >= ? AND l.position < ?")
            .bind(&signed(sink.position)?)
            .bind(&signed(until)?);
    if let Some(kinds) = &sink.kinds {
        let places = vec!["?"; kinds.len()].join(", ");
        // No index by kind is to be used: it has every event of that kind, and these are few places in a row.
        statement = statement.push(&format!(" AND e.kind || '' IN ({places})"));
        for kind in kinds {
            statement = statement.bind(kind);
        }
    }
    let found: Vec<At> = statement.push(" ORDER BY l.position LIMIT ?").bind(&most).all(r)?;
    let positions: Vec<u64> = found.into_iter().map(|at| at.position.unsigned_abs()).collect();
    let full = i64::try_from(positions.len()).is_ok_and(|n| n >= most);
    let after = positions.last().filter(|_| full).map_or(until, |last| last + 1);
    Ok((super::log::leaves_at(r, &positions)?, after))
}

row! {
    /// A secret that messages to a webhook are signed with.
    #[derive(Clone, Debug)]
    pub struct SinkSecret {
        pub id: String,
        pub sealed: Vec<u8>,
    }
}

/// The secrets of a webhook that count now, the newest first.
///
/// # Errors
/// The database is away.
pub fn secrets(r: &mut Reading<'_>, sink: &str) -> Result<Vec<SinkSecret>, Broken> {
    let now = r.at();
    sql("SELECT id, sealed FROM event_sink_secrets WHERE sink_id = ? AND (ends_at IS NULL OR ? < ends_at) \
         ORDER BY made_at DESC, id DESC LIMIT 8")
    .bind(&sink)
    .bind(&now)
    .all(r)
}

/// Keeps a new secret; the others end at an instant.
///
/// # Errors
/// The database is away.
pub fn add_secret(w: &mut Writing<'_>, sink: &str, id: &str, sealed: &[u8], others_end: Time) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE event_sink_secrets SET ends_at = ? WHERE sink_id = ? AND (ends_at IS NULL OR ends_at > ?)")
        .bind(&others_end)
        .bind(&sink)
        .bind(&others_end)
        .run(w)?;
    sql("INSERT INTO event_sink_secrets (id, sink_id, sealed, made_at) VALUES (?, ?, ?, ?)")
        .bind(&id)
        .bind(&sink)
        .bind(&sealed.to_vec())
        .bind(&now)
        .run(w)?;
    Ok(())
}
