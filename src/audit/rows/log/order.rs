//! Events that say that they are older than what stands before them.

use super::{signed, unsigned};
use crate::{
    audit::log::LATE_SECONDS,
    base::refusal::Broken,
    db::{Reading, sql, sql::row},
};

/// How many of the first `size` events are dated more than [`LATE_SECONDS`] before one that stands before them, and the position
/// of the first of these.
///
/// # Errors
/// The database is away.
pub fn out_of_time(r: &mut Reading<'_>, size: u64) -> Result<(i64, Option<u64>), Broken> {
    row! { struct Found { late: i64, first: Option<i64> } }
    let found: Found = sql("SELECT COUNT(*) AS late, MIN(o.position) AS first FROM ( \
                            SELECT l.position, e.at, MAX(e.at) OVER (ORDER BY l.position \
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest \
                            FROM log_leaves l JOIN events e ON e.seq = l.event_seq WHERE l.position < ?) o \
                            WHERE o.at < o.latest - ?")
    .bind(&signed(size)?)
    .bind(&(LATE_SECONDS * 1_000_000))
    .one(r)?;
    Ok((found.late, found.first.map(unsigned)))
}
