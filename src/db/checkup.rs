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
use std::net::IpAddr;
use tokio_postgres::config::{Host, SslMode};

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

/// Reads from the database as it is, in one transaction that changes nothing: it is not migrated before. Blocks: call it
/// outside of an async task.
///
/// # Errors
/// The database is not there or can not be reached, or what `work` says.
pub fn look<T>(
    location: &Location,
    at: Time,
    work: impl FnOnce(&mut Reading<'_>) -> Result<T, Broken>,
) -> Result<T, Broken> {
    let mut link = match location {
        Location::Sqlite(file) => Link::sqlite_to_look(file)?,
        Location::Postgres(url) => Opener::Postgres(pool::parse(url)?).open_to_migrate()?,
    };
    link.begin_reading(at)?;
    let found = work(&mut Reading { link: &mut link, at });
    link.batch("ROLLBACK")?;
    found
}

/// How the way to a PostgreSQL server is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// It stays within this machine.
    Local,
    /// TLS, or no connection.
    Required,
    /// TLS where the server, or somebody in between, does not say that there is none.
    Offered,
    /// No TLS.
    None,
}

/// How the way to the PostgreSQL server of an address is guarded.
///
/// # Errors
/// It is no such address.
pub fn guard(url: &str) -> Result<Guard, Broken> {
    let config = pool::parse(url)?;
    let local = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    let addresses = config.get_hostaddrs();
    let stays = if addresses.is_empty() {
        config.get_hosts().iter().all(local)
    } else {
        addresses.iter().all(IpAddr::is_loopback)
    };
    Ok(match config.get_ssl_mode() {
        _ if stays => Guard::Local,
        SslMode::Require => Guard::Required,
        SslMode::Disable => Guard::None,
        _ => Guard::Offered,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_machine_is_told_apart() {
        for (url, expected) in [
            ("postgres://habilis@localhost/habilis", Guard::Local),
            ("postgres://habilis@127.0.0.1/habilis?sslmode=disable", Guard::Local),
            ("postgres:///habilis?host=/run/postgresql", Guard::Local),
            ("postgres://habilis@db.example.com/habilis", Guard::Offered),
            ("postgres://habilis@db.example.com/habilis?sslmode=prefer", Guard::Offered),
            ("postgres://habilis@db.example.com/habilis?sslmode=require", Guard::Required),
            ("postgres://habilis@db.example.com/habilis?sslmode=disable", Guard::None),
            ("postgres://habilis@localhost,db.example.com/habilis", Guard::Offered),
        ] {
            assert_eq!(guard(url).unwrap(), expected, "{url}");
        }
    }
}
