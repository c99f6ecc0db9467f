//! The end of a certificate or of a grant as it was known at a moment: the row itself says only how it came out.
//!
//! Ends are only ever lowered, and each step that lowers one notes where it was ([`super::lifecycle::note_lowered`]); so does each
//! step that moves the moment at which a request lapses, either way. What decides whether something ran at a moment is the end in the
//! row; this is for what is told of an end.

use super::{Reading, sql};
use crate::base::{clock::Time, refusal::Broken};

/// The end of the certificate or grant `row`, as it was known at the instant asked about: of what was over by then, where it
/// ended; of anything else, the end that the first step which lowered it since has found.
#[must_use]
pub fn end_of(row: &str) -> String {
    format!(
        "CASE WHEN {row}.ends_at <= habilis_at() THEN {row}.ends_at ELSE COALESCE((SELECT l.was FROM lowered_ends l \
         WHERE l.subject_id = {row}.id AND l.at > habilis_at() ORDER BY l.at LIMIT 1), {row}.ends_at) END"
    )
}

/// When the request `row` was to lapse, as it was known at the instant asked about: what the first step which moved that since has
/// found.
#[must_use]
pub fn lapse_of(row: &str) -> String {
    format!(
        "COALESCE((SELECT l.was FROM lowered_ends l WHERE l.subject_id = {row}.id AND l.at > habilis_at() ORDER BY l.at \
         LIMIT 1), {row}.lapses_at)"
    )
}

/// [`end_of`] of one certificate or grant whose end is `ends_at` by its row, as of any moment.
///
/// # Errors
/// The database is away.
pub fn end(r: &mut Reading<'_>, id: &str, ends_at: Time, at: Time) -> Result<Time, Broken> {
    if ends_at <= at {
        return Ok(ends_at);
    }
    let was: Option<i64> = sql("SELECT was AS n FROM lowered_ends WHERE subject_id = ? AND at > ? ORDER BY at LIMIT 1")
        .bind(&id)
        .bind(&at)
        .maybe(r)?;
    Ok(was.map_or(ends_at, Time::from_micros))
}
