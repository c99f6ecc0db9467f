//! Streams: what receivers have subscribed to, and how delivery goes.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Cells, Column, FromRow, Reading, Writing, lease::forget_lease, sql, sql::row},
    signals::{
        event::Event,
        stream::{Method, Status, StoppedBy},
    },
};

row! {
    /// A stream.
    #[derive(Clone, Debug)]
    pub struct Stream {
        pub id: Id<ids::Stream>,
        pub receiver_id: Id<ids::Receiver>,
        pub method: Method,
        pub endpoint: Option<String>,
        pub sealed_header: Option<Vec<u8>>,
        pub description: Option<String>,
        /// The events that were asked for, as JSON; none asks for all.
        pub requested: Option<String>,
        pub status: Status,
        pub status_reason: Option<String>,
        pub stopped_by: Option<StoppedBy>,
        pub created_at: Time,
        pub changed_at: Time,
        /// When the receiver last asked for a verification.
        pub verified_at: Option<Time>,
        /// Since when nothing gets there.
        pub failing_since: Option<Time>,
        /// How often in a row.
        pub failures: i64,
        pub retry_at: Option<Time>,
        pub last_error: Option<String>,
        /// When the receiver last took something.
        pub taken_at: Option<Time>,
        /// How much it has taken.
        pub taken: i64,
    }
}

impl Stream {
    /// What was asked for, known or not.
    #[must_use]
    pub fn asked(&self) -> Option<Vec<String>> {
        self.requested.as_deref().and_then(|text| serde_json::from_str(text).ok())
    }

    /// What is delivered of it.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let asked = self.asked();
        let wanted = |event: &Event| asked.as_ref().is_none_or(|asked| asked.iter().any(|one| one == event.word()));
        Event::OFFERED.into_iter().filter(wanted).collect()
    }
}

const STREAM: &str = "SELECT s.id, s.receiver_id, s.method, s.endpoint, s.sealed_header, s.description, s.requested, s.status, \
                      s.status_reason, s.stopped_by, s.created_at, s.changed_at, s.verified_at, s.failing_since, s.failures, s.retry_at, \
                      s.last_error, s.taken_at, s.taken FROM signal_streams s";

/// The stream of a receiver.
///
/// # Errors
/// The database is away.
pub fn stream_of(r: &mut Reading<'_>, receiver: Id<ids::Receiver>) -> Result<Option<Stream>, Broken> {
    sql(format!("{STREAM} WHERE s.receiver_id = ?")).bind(&receiver).maybe(r)
}

/// A stream.
///
/// # Errors
/// The database is away.
pub fn stream(r: &mut Reading<'_>, id: Id<ids::Stream>) -> Result<Option<Stream>, Broken> {
    sql(format!("{STREAM} WHERE s.id = ?")).bind(&id).maybe(r)
}

/// All of them.
///
/// # Errors
/// The database is away.
pub fn streams(r: &mut Reading<'_>) -> Result<Vec<Stream>, Broken> {
    sql(format!("{STREAM} ORDER BY s.id")).all(r)
}

/// A stream with what its events need of its receiver.
#[derive(Clone, Debug)]
pub struct Listener {
    pub stream: Stream,
    pub audience: String,
    pub warehouse: Option<Slug>,
}

impl FromRow for Listener {
    fn from_row(cells: &dyn Cells) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            stream: Stream::from_row(cells)?,
            audience: Column::from_cell(cells, "audience")?,
            warehouse: Column::from_cell(cells, "warehouse_id")?,
        })
    }
}

/// Everybody who listens, held until the end of the transaction: who ends a stream waits for what is being told to it, and to
/// one that was ended meanwhile nothing is told (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn listeners(w: &mut Writing<'_>) -> Result<Vec<Listener>, Broken> {
    let (stream, hold) =
        (STREAM.replace(" FROM ", ", r.audience, r.warehouse_id FROM "), w.engine_sql("", " FOR KEY SHARE OF s"));
    sql(format!(
        "{stream} JOIN signal_receivers r ON r.id = s.receiver_id AND r.removed_at IS NULL WHERE s.status <> 'disabled' \
         ORDER BY s.id{hold}"
    ))
    .all(w)
}

/// The name of the lease under which is pushed to a stream.
#[must_use]
pub fn lane(id: Id<ids::Stream>) -> String {
    format!("signals:{id}")
}

/// Holds a stream until the end of the transaction, before anything of what waits for it is changed (PostgreSQL): so that it
/// can be told more meanwhile, or with `alone` so that it can't.
///
/// # Errors
/// The database is away.
pub fn hold_stream(w: &mut Writing<'_>, id: Id<ids::Stream>, alone: bool) -> Result<(), Broken> {
    let hold = w.engine_sql("", if alone { "FOR UPDATE" } else { "FOR NO KEY UPDATE" });
    if !hold.is_empty() {
        sql(format!("SELECT 1::BIGINT AS n FROM signal_streams WHERE id = ? {hold}")).bind(&id).maybe::<i64>(w)?;
    }
    Ok(())
}

/// Keeps a new stream.
///
/// # Errors
/// The database is away.
pub fn insert_stream(w: &mut Writing<'_>, one: &Stream) -> Result<(), Broken> {
    sql(
        "INSERT INTO signal_streams (id, receiver_id, method, endpoint, sealed_header, description, requested, status, \
         created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&one.id)
    .bind(&one.receiver_id)
    .bind(&one.method)
    .bind(&one.endpoint)
    .bind(&one.sealed_header)
    .bind(&one.description)
    .bind(&one.requested)
    .bind(&one.status)
    .bind(&one.created_at)
    .bind(&one.changed_at)
    .run(w)?;
    Ok(())
}

/// Keeps what a receiver wants to hear of, and what it says of it.
///
/// # Errors
/// The database is away.
pub fn set_wishes(w: &mut Writing<'_>, one: &Stream) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE signal_streams SET requested = ?, description = ?, changed_at = ?, retry_at = NULL WHERE id = ?")
        .bind(&one.requested)
        .bind(&one.description)
        .bind(&now)
        .bind(&one.id)
        .run(w)?;
    Ok(())
}

/// Keeps where events go, with the header that the receiver wants: nothing else writes it, but who seals it anew.
///
/// # Errors
/// The database is away.
pub fn set_delivery(w: &mut Writing<'_>, one: &Stream) -> Result<(), Broken> {
    sql("UPDATE signal_streams SET method = ?, endpoint = ?, sealed_header = ? WHERE id = ?")
        .bind(&one.method)
        .bind(&one.endpoint)
        .bind(&one.sealed_header)
        .bind(&one.id)
        .run(w)?;
    Ok(())
}

/// Keeps whether events flow, and who has stopped them.
///
/// # Errors
/// The database is away.
pub fn set_status(w: &mut Writing<'_>, one: &Stream) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE signal_streams SET status = ?, status_reason = ?, stopped_by = ?, changed_at = ?, retry_at = NULL WHERE id = ?")
        .bind(&one.status)
        .bind(&one.status_reason)
        .bind(&one.stopped_by)
        .bind(&now)
        .bind(&one.id)
        .run(w)?;
    Ok(())
}

/// Notes that the receiver has asked for a verification.
///
/// # Errors
/// The database is away.
pub fn note_verification(w: &mut Writing<'_>, id: Id<ids::Stream>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE signal_streams SET verified_at = ? WHERE id = ?").bind(&now).bind(&id).run(w)?;
    retry_now(w, id)
}

/// What waits is tried at once.
///
/// # Errors
/// The database is away.
pub fn retry_now(w: &mut Writing<'_>, id: Id<ids::Stream>) -> Result<(), Broken> {
    sql("UPDATE signal_streams SET retry_at = NULL WHERE id = ?").bind(&id).run(w)?;
    Ok(())
}

/// Deletes a stream with everything that was on its way.
///
/// # Errors
/// The database is away.
pub fn delete_stream(w: &mut Writing<'_>, id: Id<ids::Stream>) -> Result<(), Broken> {
    super::give_up(w, id)?;
    sql("DELETE FROM signal_streams WHERE id = ?").bind(&id).run(w)?;
    forget_lease(w, &lane(id))
}

/// The streams to whose receivers something is to be sent now.
///
/// # Errors
/// The database is away.
pub fn due_streams(r: &mut Reading<'_>) -> Result<Vec<String>, Broken> {
    let now = r.at();
    sql(
        "SELECT s.id AS word FROM signal_streams s WHERE s.method = 'push' AND (s.retry_at IS NULL OR s.retry_at <= ?) \
         AND EXISTS (SELECT 1 FROM signal_sets t WHERE t.stream_id = s.id AND t.refused_at IS NULL \
         AND (s.status = 'enabled' OR t.event = ?)) ORDER BY s.id",
    )
    .bind(&now)
    .bind(&Event::StreamUpdated)
    .all(r)
}

/// Notes that a receiver took so many.
///
/// # Errors
/// The database is away.
pub fn note_taken(w: &mut Writing<'_>, id: Id<ids::Stream>, many: i64) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE signal_streams SET taken_at = ?, taken = taken + ?, failures = 0, failing_since = NULL, retry_at = NULL, \
         last_error = NULL WHERE id = ?")
    .bind(&now)
    .bind(&many)
    .bind(&id)
    .run(w)?;
    Ok(())
}

/// Notes that something did not get there, and when it is tried again.
///
/// # Errors
/// The database is away.
pub fn note_failure(w: &mut Writing<'_>, id: Id<ids::Stream>, why: &str, retry_at: Time) -> Result<(), Broken> {
    let now = w.now();
    sql(
        "UPDATE signal_streams SET failures = failures + 1, failing_since = COALESCE(failing_since, ?), retry_at = ?, \
         last_error = ? WHERE id = ?",
    )
    .bind(&now)
    .bind(&retry_at)
    .bind(&why)
    .bind(&id)
    .run(w)?;
    Ok(())
}

/// Notes that the receiver has refused something, and that the line to it is good.
///
/// # Errors
/// The database is away.
pub fn note_refusal(w: &mut Writing<'_>, id: Id<ids::Stream>, why: &str) -> Result<(), Broken> {
    sql("UPDATE signal_streams SET failures = 0, failing_since = NULL, retry_at = NULL, last_error = ? WHERE id = ?")
        .bind(&why)
        .bind(&id)
        .run(w)?;
    Ok(())
}
