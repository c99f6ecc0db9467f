//! Leases: which replica runs the jobs.

use super::{Writing, sql};
use crate::base::refusal::Broken;

/// Takes or renews a lease; tells whether `holder` has it now.
///
/// # Errors
/// The database is away.
pub fn take_lease(w: &mut Writing<'_>, name: &str, holder: &str, seconds: i64) -> Result<bool, Broken> {
    let now = w.now();
    let until = now.plus_seconds(seconds);
    let taken = sql("INSERT INTO leases (name, holder, until_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE \
                     SET holder = excluded.holder, until_at = excluded.until_at \
                     WHERE leases.holder = excluded.holder OR leases.until_at <= ?")
    .bind(&name)
    .bind(&holder)
    .bind(&until)
    .bind(&now)
    .run(w)?;
    Ok(taken == 1)
}

/// Gives a lease back before its time, so that another may have it at once.
///
/// # Errors
/// The database is away.
pub fn give_back(w: &mut Writing<'_>, name: &str, holder: &str) -> Result<(), Broken> {
    sql("DELETE FROM leases WHERE name = ? AND holder = ?").bind(&name).bind(&holder).run(w)?;
    Ok(())
}

/// Forgets a lease, whoever has it: what it was for is gone.
///
/// # Errors
/// The database is away.
pub fn forget_lease(w: &mut Writing<'_>, name: &str) -> Result<(), Broken> {
    sql("DELETE FROM leases WHERE name = ?").bind(&name).run(w)?;
    Ok(())
}
