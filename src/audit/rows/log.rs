//! The Merkle log in the database: positions, tiles, checkpoints, and the keys that sign them.

use super::Filter;
use crate::{
    audit::log::{
        entry::Kept,
        file::{Beside, Salted},
        hash::{self, Hash},
        tree::{Edge, Place, edge_levels, edge_place, width_at_edge},
    },
    base::{
        clock::Time,
        ids::{Event, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::BTreeMap;

/// Positions and sizes are counted from 0 in the domain, and kept as signed numbers.
fn unsigned(n: i64) -> u64 {
    n.unsigned_abs()
}

fn signed(n: u64) -> Result<i64, Broken> {
    i64::try_from(n).map_err(Broken::defect)
}

row! {
    struct RawState { origin: String, size: i64 }
}

/// What the log is called, and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name in checkpoints.
    pub origin: String,
    /// How many events have their position.
    pub size: u64,
}

/// The log's name and length; none before it began.
///
/// # Errors
/// The database is away.
pub fn state(r: &mut Reading<'_>) -> Result<Option<State>, Broken> {
    let raw: Option<RawState> = sql("SELECT origin, size FROM log_state WHERE id = 1").maybe(r)?;
    Ok(raw.map(|raw| State { origin: raw.origin, size: unsigned(raw.size) }))
}

/// As [`state`], held to the end of the transaction: whoever gives out positions does so alone.
///
/// # Errors
/// The database is away.
pub fn hold(w: &mut Writing<'_>) -> Result<Option<State>, Broken> {
    let held = w.engine_sql("", " FOR UPDATE");
    let raw: Option<RawState> = sql(format!("SELECT origin, size FROM log_state WHERE id = 1{held}")).maybe(w)?;
    Ok(raw.map(|raw| State { origin: raw.origin, size: unsigned(raw.size) }))
}

/// Begins the log under a name, unless it has begun.
///
/// # Errors
/// The database is away.
pub fn begin(w: &mut Writing<'_>, origin: &str) -> Result<(), Broken> {
    sql("INSERT INTO log_state (id, origin, size) VALUES (1, ?, 0) ON CONFLICT DO NOTHING").bind(&origin).run(w)?;
    Ok(())
}

/// Whether an event waits for its position.
///
/// # Errors
/// The database is away.
pub fn is_waiting(r: &mut Reading<'_>) -> Result<bool, Broken> {
    let n: Option<i64> = sql("SELECT seq AS n FROM log_pending LIMIT 1").maybe(r)?;
    Ok(n.is_some())
}

/// How many events wait for their position.
///
/// # Errors
/// The database is away.
pub fn waiting(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM log_pending").one(r)
}

row! {
    struct RawKept {
        seq: i64,
        id: String,
        at: Time,
        kind: String,
        outcome: String,
        actor: String,
        person_id: Option<String>,
        role_id: Option<String>,
        subject_id: Option<String>,
        address: String,
        data: String,
        address_commitment: Option<String>,
        texts_commitment: Option<String>,
    }
}

impl From<RawKept> for Kept {
    fn from(raw: RawKept) -> Self {
        Self {
            id: raw.id,
            at: raw.at,
            kind: raw.kind,
            outcome: raw.outcome,
            actor: raw.actor,
            person: raw.person_id,
            role: raw.role_id,
            subject: raw.subject_id,
            address: raw.address,
            data: raw.data,
            address_commitment: raw.address_commitment,
            texts_commitment: raw.texts_commitment,
        }
    }
}

const KEPT: &str = "e.seq, e.id, e.at, e.kind, e.outcome, e.actor, e.person_id, e.role_id, e.subject_id, e.address, e.data, \
                    e.address_commitment, e.texts_commitment";

/// Events that wait for their position, with their place in the table, in its order.
///
/// # Errors
/// The database is away.
pub fn pending(r: &mut Reading<'_>, most: i64) -> Result<Vec<(i64, Kept)>, Broken> {
    let raws: Vec<RawKept> =
        sql(format!("SELECT {KEPT} FROM log_pending p JOIN events e ON e.seq = p.seq ORDER BY p.seq LIMIT ?"))
            .bind(&most)
            .all(r)?;
    Ok(raws.into_iter().map(|raw| (raw.seq, raw.into())).collect())
}

row! {
    struct RawTile { hashes: Vec<u8> }
}

/// A tile as it is kept; none where there is none.
///
/// # Errors
/// It is no row of hashes, or the database is away.
pub fn tile(r: &mut Reading<'_>, (level, index): Place) -> Result<Option<Vec<Hash>>, Broken> {
    let raw: Option<RawTile> = sql("SELECT hashes FROM log_tiles WHERE level = ? AND place = ?")
        .bind(&i64::from(level))
        .bind(&signed(index)?)
        .maybe(r)?;
    let Some(raw) = raw else { return Ok(None) };
    let hashes = hash::apart(&raw.hashes);
    hashes.map(Some).ok_or_else(|| Broken::defect(format!("tile {level}/{index} of the log is no row of hashes")))
}

/// The tiles at the right edge of the tree of `size` events: the beginnings of the tiles that stand there now.
///
/// # Errors
/// One is missing, or the database is away.
pub fn edge(r: &mut Reading<'_>, size: u64) -> Result<Edge, Broken> {
    let mut levels = Vec::new();
    for level in 0..u32::try_from(edge_levels(size)).map_err(Broken::defect)? {
        let width = usize::try_from(width_at_edge(size, level)).map_err(Broken::defect)?;
        let mut hashes = Vec::new();
        if width > 0 {
            hashes = tile(r, edge_place(size, level))?.unwrap_or_default();
            hashes.truncate(width);
        }
        levels.push(hashes);
    }
    Edge::of(size, levels).ok_or_else(|| Broken::defect("tiles of the log are missing"))
}

/// Keeps tiles: those that were filled, and those at the edge.
///
/// # Errors
/// A tile that is there is not the beginning of its successor, or the database is away.
pub fn put_tiles(w: &mut Writing<'_>, full: &[(Place, Vec<Hash>)], edge: &Edge) -> Result<(), Broken> {
    let at_edge = (0_u32..).zip(edge.levels()).map(|(level, hashes)| (edge_place(edge.size(), level), hashes));
    let all = full.iter().map(|(place, hashes)| (*place, hashes)).chain(at_edge);
    for ((level, index), hashes) in all.filter(|(_, hashes)| !hashes.is_empty()) {
        sql("INSERT INTO log_tiles (level, place, hashes) VALUES (?, ?, ?) ON CONFLICT (level, place) DO UPDATE \
             SET hashes = excluded.hashes")
        .bind(&i64::from(level))
        .bind(&signed(index)?)
        .bind(&hashes.as_flattened().to_vec())
        .run(w)?;
    }
    Ok(())
}

/// How many rows go into one statement: few lengths, so that few statements are prepared.
const CHUNKS: [usize; 4] = [512, 64, 8, 1];

/// Gives events their positions, one after the other from `first` on, and takes them off those that wait.
///
/// # Errors
/// One has a position already, or the database is away.
pub fn place(w: &mut Writing<'_>, first: u64, events: &[i64]) -> Result<(), Broken> {
    let (mut position, mut rest) = (signed(first)?, events);
    for chunk in CHUNKS {
        while let Some((now, later)) = rest.split_at_checked(chunk) {
            let places = vec!["(?, ?)"; chunk].join(", ");
            let mut statement = sql(format!("INSERT INTO log_leaves (position, event_seq) VALUES {places}"));
            for seq in now {
                statement = statement.bind(&position).bind(seq);
                position += 1;
            }
            statement.run(w)?;
            rest = later;
        }
    }
    sql("DELETE FROM log_pending WHERE seq IN (SELECT event_seq FROM log_leaves WHERE position >= ? AND position < ?)")
        .bind(&signed(first)?)
        .bind(&position)
        .run(w)?;
    sql("UPDATE log_state SET size = ? WHERE id = 1").bind(&position).run(w)?;
    Ok(())
}

/// A signed checkpoint as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Signed {
    /// How many events.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub at: Time,
}

row! {
    struct RawSigned { size: i64, note: String, at: Time }
}

impl From<RawSigned> for Signed {
    fn from(raw: RawSigned) -> Self {
        Self { size: unsigned(raw.size), note: raw.note, at: raw.at }
    }
}

/// Keeps a checkpoint.
///
/// # Errors
/// There is one of this size already, or the database is away.
pub fn insert_checkpoint(w: &mut Writing<'_>, size: u64, root: &Hash, note: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO log_checkpoints (size, root, note, at) VALUES (?, ?, ?, ?)")
        .bind(&signed(size)?)
        .bind(&root.to_vec())
        .bind(&note)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// The last checkpoint; none before the first event.
///
/// # Errors
/// The database is away.
pub fn last_checkpoint(r: &mut Reading<'_>) -> Result<Option<Signed>, Broken> {
    let raw: Option<RawSigned> =
        sql("SELECT size, note, at FROM log_checkpoints ORDER BY size DESC LIMIT 1").maybe(r)?;
    Ok(raw.map(Signed::from))
}

/// The checkpoint of a log of exactly this size.
///
/// # Errors
/// The database is away.
pub fn checkpoint(r: &mut Reading<'_>, size: u64) -> Result<Option<Signed>, Broken> {
    let raw: Option<RawSigned> =
        sql("SELECT size, note, at FROM log_checkpoints WHERE size = ?").bind(&signed(size)?).maybe(r)?;
    Ok(raw.map(Signed::from))
}

/// Checkpoints of a size above `after` and up to `until`, the smallest first.
///
/// # Errors
/// The database is away.
pub fn checkpoints(r: &mut Reading<'_>, after: u64, until: u64, most: i64) -> Result<Vec<Signed>, Broken> {
    let raws: Vec<RawSigned> =
        sql("SELECT size, note, at FROM log_checkpoints WHERE size > ? AND size <= ? ORDER BY size LIMIT ?")
            .bind(&signed(after)?)
            .bind(&signed(until)?)
            .bind(&most)
            .all(r)?;
    Ok(raws.into_iter().map(Signed::from).collect())
}

/// An event at its position, with what stands beside it.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its place in the log.
    pub position: u64,
    /// The event.
    pub kept: Kept,
    /// Address and words, where they are still there.
    pub beside: Option<Beside>,
}

row! {
    struct RawLeaf {
        position: i64,
        address_beside: Option<String>,
        address_salt: Option<String>,
        texts: Option<String>,
        texts_salt: Option<String>,
        seq: i64,
        id: String,
        at: Time,
        kind: String,
        outcome: String,
        actor: String,
        person_id: Option<String>,
        role_id: Option<String>,
        subject_id: Option<String>,
        address: String,
        data: String,
        address_commitment: Option<String>,
        texts_commitment: Option<String>,
    }
}

impl From<RawLeaf> for Leaf {
    fn from(raw: RawLeaf) -> Self {
        let salted = |text: Option<String>, salt: Option<String>| Some(Salted { text: text?, salt: salt? });
        let beside =
            Beside { address: salted(raw.address_beside, raw.address_salt), texts: salted(raw.texts, raw.texts_salt) };
        let kept = RawKept {
            seq: raw.seq,
            id: raw.id,
            at: raw.at,
            kind: raw.kind,
            outcome: raw.outcome,
            actor: raw.actor,
            person_id: raw.person_id,
            role_id: raw.role_id,
            subject_id: raw.subject_id,
            address: raw.address,
            data: raw.data,
            address_commitment: raw.address_commitment,
            texts_commitment: raw.texts_commitment,
        };
        Self {
            position: unsigned(raw.position),
            kept: kept.into(),
            beside: Some(beside).filter(|beside| *beside != Beside::default()),
        }
    }
}

/// Events by position, from one on and before another; those that the database has no more are left out.
///
/// # Errors
/// The database is away.
pub fn leaves(r: &mut Reading<'_>, from: u64, until: u64) -> Result<BTreeMap<u64, Leaf>, Broken> {
    let raws: Vec<RawLeaf> = sql(format!(
        "SELECT l.position, x.address AS address_beside, x.address_salt, x.texts, x.texts_salt, {KEPT} FROM log_leaves l \
         JOIN events e ON e.seq = l.event_seq LEFT JOIN event_private x ON x.event_id = e.id \
         WHERE l.position >= ? AND l.position < ?"
    ))
    .bind(&signed(from)?)
    .bind(&signed(until)?)
    .all(r)?;
    Ok(raws.into_iter().map(Leaf::from).map(|leaf| (leaf.position, leaf)).collect())
}

/// The places of the events of a selection among the first `size`, after one place, in their order.
///
/// # Errors
/// The database is away.
pub fn selected(
    r: &mut Reading<'_>,
    filter: &Filter,
    size: u64,
    after: Option<u64>,
    most: i64,
) -> Result<Vec<u64>, Broken> {
    row! { struct At { position: i64 } }
    let mut statement =
        sql("SELECT l.position FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE l.position < ?")
            .bind(&signed(size)?);
    if let Some(after) = after {
        statement = statement.push(" AND l.position > ?").bind(&signed(after)?);
    }
    if let Some(person) = &filter.person {
        statement = statement.push(" AND (e.person_id = ? OR e.actor = ?)").bind(person).bind(person);
    }
    let rows: Vec<At> = super::narrow(statement, filter).push(" ORDER BY l.position LIMIT ?").bind(&most).all(r)?;
    Ok(rows.into_iter().map(|row| unsigned(row.position)).collect())
}

/// The events at these places.
///
/// # Errors
/// The database is away.
pub fn leaves_at(r: &mut Reading<'_>, positions: &[u64]) -> Result<Vec<Leaf>, Broken> {
    let mut found = Vec::with_capacity(positions.len());
    for position in positions {
        found.extend(leaves(r, *position, position + 1)?.into_values());
    }
    Ok(found)
}

/// Where an event stands in the log; none where it waits for its position, or there is none.
///
/// # Errors
/// The database is away.
pub fn position(r: &mut Reading<'_>, event: Id<Event>) -> Result<Option<u64>, Broken> {
    let n: Option<i64> =
        sql("SELECT l.position AS n FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE e.id = ?")
            .bind(&event)
            .maybe(r)?;
    Ok(n.map(unsigned))
}

row! {
    /// A key that signs checkpoints, or has signed some.
    #[derive(Clone, Debug)]
    pub struct Key {
        /// Its name beside its sealed part.
        pub id: String,
        /// What checks its signatures, as c2sp.org/signed-note writes it.
        pub verifier: String,
        /// The private part, sealed.
        pub sealed: Option<Vec<u8>>,
        /// Since when.
        pub made_at: Time,
        /// Until when it signed.
        pub retired_at: Option<Time>,
    }
}

const KEY: &str = "SELECT id, verifier, sealed, made_at, retired_at FROM log_keys";

/// The key that signs; none before the log began.
///
/// # Errors
/// The database is away.
pub fn signing_key(r: &mut Reading<'_>) -> Result<Option<Key>, Broken> {
    sql(format!("{KEY} WHERE retired_at IS NULL")).maybe(r)
}

/// Every key that ever signed, the newest first.
///
/// # Errors
/// The database is away.
pub fn keys(r: &mut Reading<'_>) -> Result<Vec<Key>, Broken> {
    sql(format!("{KEY} ORDER BY made_at DESC, id DESC")).all(r)
}

/// Keeps the key that signs, unless there is one; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_key(w: &mut Writing<'_>, id: &str, verifier: &str, sealed: &[u8]) -> Result<bool, Broken> {
    let now = w.now();
    let kept = sql("INSERT INTO log_keys (id, verifier, sealed, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&id)
        .bind(&verifier)
        .bind(&sealed.to_vec())
        .bind(&now)
        .run(w)?;
    Ok(kept == 1)
}

/// How far a place outside is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The size of the last checkpoint that it has.
    pub size: u64,
    /// When it got it.
    pub copied_at: Option<Time>,
    /// How often in a row it could not be written to since.
    pub failures: i64,
    /// When that is tried again.
    pub retry_at: Option<Time>,
    /// Why it could not.
    pub last_error: Option<String>,
}

/// How far a place outside is; none where it never was written to.
///
/// # Errors
/// The database is away.
pub fn copied(r: &mut Reading<'_>, place: &str) -> Result<Option<Copied>, Broken> {
    row! {
        struct Raw {
            size: i64,
            copied_at: Option<Time>,
            failures: i64,
            retry_at: Option<Time>,
            last_error: Option<String>,
        }
    }
    let raw: Option<Raw> =
        sql("SELECT size, copied_at, failures, retry_at, last_error FROM log_copies WHERE place = ?")
            .bind(&place)
            .maybe(r)?;
    Ok(raw.map(|raw| Copied {
        size: unsigned(raw.size),
        copied_at: raw.copied_at,
        failures: raw.failures,
        retry_at: raw.retry_at,
        last_error: raw.last_error,
    }))
}

/// Notes that a place has a checkpoint of this size; or why it has not, and when that is tried again.
///
/// # Errors
/// The database is away.
pub fn note_copy(
    w: &mut Writing<'_>,
    place: &str,
    label: &str,
    size: u64,
    failed: Option<(&str, Time)>,
) -> Result<(), Broken> {
    let now = w.now();
    let statement = match failed {
        None => sql(
            "INSERT INTO log_copies (place, label, size, copied_at) VALUES (?, ?, ?, ?) ON CONFLICT (place) DO UPDATE \
                     SET label = excluded.label, size = excluded.size, copied_at = excluded.copied_at, failures = 0, \
                     retry_at = NULL, last_error = NULL",
        )
        .bind(&place)
        .bind(&label)
        .bind(&signed(size)?)
        .bind(&now),
        Some((why, again)) => {
            sql("INSERT INTO log_copies (place, label, failures, retry_at, last_error) VALUES (?, ?, 1, ?, ?) \
                                   ON CONFLICT (place) DO UPDATE SET label = excluded.label, \
                                   failures = log_copies.failures + 1, retry_at = excluded.retry_at, \
                                   last_error = excluded.last_error")
            .bind(&place)
            .bind(&label)
            .bind(&again)
            .bind(&why)
        }
    };
    statement.run(w)?;
    Ok(())
}

/// Whether the service's own login owns the log's tables, and so could switch off what protects them. SQLite has no logins.
///
/// # Errors
/// The database is away.
pub fn may_rewrite(r: &mut Reading<'_>) -> Result<bool, Broken> {
    let owns = r.engine_sql(
        "SELECT 0 AS n",
        "SELECT pg_has_role(relowner, 'USAGE')::int::bigint AS n FROM pg_class WHERE oid = 'events'::regclass",
    );
    Ok(sql(owns).one::<i64>(r)? != 0)
}
