//! Looking at a database without changing it: what is not migrated, how durable its commits are, what time it has, and
//! anything else that stands in it.

use super::{
    Location,
    link::{Link, Reading},
    migrate,
    pool::{self, Opener},
    sql::{row, sql},
};
use crate::base::{clock::Time, refusal::Broken};

/// What was found.
#[derive(Clone, Debug)]
pub struct Checkup {
    /// Migrations that were not run yet.
    pub pending: Vec<String>,
    /// The settings that durable commits depend on.
    pub durability: Vec<(&'static str, String)>,
    /// The database server's clock; none where it is this machine's.
    pub clock: Option<Time>,
}

/// Looks at the database, which must be there. Blocks: call it outside of an async task.
///
/// # Errors
/// The database is not there or can not be reached.
pub fn checkup(location: &Location, now: Time) -> Result<Checkup, Broken> {
    match location {
        Location::Sqlite(file) => {
            row! { struct Journal { journal_mode: String } }
            row! { struct Synchronous { synchronous: i64 } }
            let mut link = Link::sqlite(file, false)?;
            let mut reading = Reading { link: &mut link, at: now };
            let journal: Journal = sql("PRAGMA journal_mode").one(&mut reading)?;
            let synchronous: Synchronous = sql("PRAGMA synchronous").one(&mut reading)?;
            let durability = vec![
                ("journal_mode", journal.journal_mode),
                ("synchronous", if synchronous.synchronous >= 2 { "on" } else { "off" }.to_owned()),
            ];
            Ok(Checkup { durability, clock: None, pending: migrate::pending(link)? })
        }
        Location::Postgres(url) => {
            let mut link = Opener::Postgres(pool::parse(url)?).open_to_migrate()?;
            let mut reading = Reading { link: &mut link, at: now };
            let mut durability = Vec::new();
            for name in ["fsync", "full_page_writes", "synchronous_commit"] {
                let value: String = sql("SELECT current_setting(?) AS word").bind(&name).one(&mut reading)?;
                durability.push((name, value));
            }
            let micros: i64 =
                sql("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT AS n").one(&mut reading)?;
            Ok(Checkup { durability, clock: Some(Time::from_micros(micros)), pending: migrate::pending(link)? })
        }
    }
}

/// Reads something of a database that is there, as it is: nothing is made, and nothing migrated. Blocks: call it outside of
/// an async task.
///
/// # Errors
/// The database is not there, can not be reached, or has not the tables that `work` reads.
pub fn glance<T>(
    location: &Location,
    now: Time,
    work: impl FnOnce(&mut Reading<'_>) -> Result<T, Broken>,
) -> Result<T, Broken> {
    let mut link = match location {
        Location::Sqlite(file) => Link::sqlite_to_look(file)?,
        Location::Postgres(url) => Opener::Postgres(pool::parse(url)?).open_to_migrate()?,
    };
    work(&mut Reading { link: &mut link, at: now })
}
