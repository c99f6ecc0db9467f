//! The Merkle log in the database: its name and length, and which events wait for their place in it.

mod beside;
mod checkpoints;
mod copies;
mod guards;
mod leaves;
mod named;
mod stretch;
mod tiles;
mod walks;

pub use checkpoints::{
    Key, Signed, checkpoint, checkpoint_by, checkpoints, insert_checkpoint, insert_key, keys, last_checkpoint,
    retire_keys, signing_key,
};
pub use copies::{Copied, claims, copied, note_copy};
pub use guards::unguarded;
pub use leaves::{Leaf, Private, leaves, leaves_at, pending, place, places, position, selected};
pub use named::{begun_at, is_named};
pub use stretch::{Found, Walker, passed_by, seq_after};
pub use tiles::{Tiles, edge, put_tiles, tile};
pub use walks::{Walk, Walks, begin_walk, keep_walk, last_walk, walked, walks};

use crate::{
    base::refusal::Broken,
    db::{Reading, Writing, sql, sql::row},
};

/// Positions and sizes are counted from 0 in the domain, and kept as signed numbers.
fn unsigned(n: i64) -> u64 {
    n.unsigned_abs()
}

pub(super) fn signed(n: u64) -> Result<i64, Broken> {
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
