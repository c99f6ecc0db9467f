//! The directory's people and teams in the database.

mod people;
mod teams;

pub use people::*;
pub use teams::*;

use crate::{
    base::refusal::Broken,
    db::{Writing, sql},
};

/// The directory's changes follow one another (PostgreSQL; SQLite has one writer): what one of them found free, no other takes
/// before its end. Taken before any other hold.
///
/// # Errors
/// The database is away.
pub fn hold_directory(w: &mut Writing<'_>) -> Result<(), Broken> {
    let word = w.engine_sql("", "pg_advisory_xact_lock");
    if !word.is_empty() {
        // The lock's name: "scim" in ASCII.
        sql(format!("SELECT 1::BIGINT AS n FROM (SELECT {word}(1935894893)) held")).maybe::<i64>(w)?;
    }
    Ok(())
}
