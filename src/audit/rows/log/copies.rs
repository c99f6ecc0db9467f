//! How far the places outside have the log's checkpoints.

use super::{signed, unsigned};
use crate::{
    base::{clock::Time, refusal::Broken},
    db::{Reading, Writing, sql, sql::row},
};

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

/// How many places are noted, and the labels of those of which it is noted that they have more than the `size` events of the log.
///
/// # Errors
/// The database is away.
pub fn claims(r: &mut Reading<'_>, size: u64) -> Result<(i64, Vec<String>), Broken> {
    let all: i64 = sql("SELECT COUNT(*) AS n FROM log_copies").one(r)?;
    let more =
        sql("SELECT label AS word FROM log_copies WHERE size > ? ORDER BY place LIMIT 1000").bind(&signed(size)?);
    Ok((all, more.all(r)?))
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
