//! Accommodations in the database.

use crate::{
    academy::accommodation::Accommodation,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    struct Raw {
        id: Id<ids::Accommodation>,
        person_id: Id<ids::Person>,
        course_id: Option<Slug>,
        quiz_id: Option<Slug>,
        time_factor_percent: i64,
        extra_attempts: i64,
        reason: String,
        from_at: Time,
        until_at: Option<Time>,
        granted_at: Time,
        granted_by: String,
        ended_at: Option<Time>,
        ended_by: Option<String>,
        ended_reason: Option<String>,
    }
}

impl From<Raw> for Accommodation {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            person_id: raw.person_id,
            course_id: raw.course_id,
            quiz_id: raw.quiz_id,
            time_factor_percent: raw.time_factor_percent,
            extra_attempts: raw.extra_attempts,
            reason: raw.reason,
            from_at: raw.from_at,
            until_at: raw.until_at,
            granted_at: raw.granted_at,
            granted_by: raw.granted_by,
            ended_at: raw.ended_at,
            ended_by: raw.ended_by,
            ended_reason: raw.ended_reason,
        }
    }
}

const ALL: &str = "SELECT id, person_id, course_id, quiz_id, time_factor_percent, extra_attempts, reason, from_at, \
                   until_at, granted_at, granted_by, ended_at, ended_by, ended_reason FROM accommodations";

/// Everything that was ever granted to a person, the newest first.
///
/// # Errors
/// The database is away.
pub fn accommodations_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Accommodation>, Broken> {
    let rows: Vec<Raw> =
        sql(format!("{ALL} WHERE person_id = ? ORDER BY granted_at DESC, id DESC LIMIT 500")).bind(&person).all(r)?;
    Ok(rows.into_iter().map(Accommodation::from).collect())
}

/// The accommodation with this id.
///
/// # Errors
/// The database is away.
pub fn accommodation(r: &mut Reading<'_>, id: Id<ids::Accommodation>) -> Result<Option<Accommodation>, Broken> {
    Ok(sql(format!("{ALL} WHERE id = ?")).bind(&id).maybe::<Raw>(r)?.map(Accommodation::from))
}

/// Keeps a new accommodation.
///
/// # Errors
/// The database is away.
pub fn insert_accommodation(w: &mut Writing<'_>, one: &Accommodation) -> Result<(), Broken> {
    sql("INSERT INTO accommodations (id, person_id, course_id, quiz_id, time_factor_percent, extra_attempts, reason, \
         from_at, until_at, granted_at, granted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&one.id)
    .bind(&one.person_id)
    .bind(&one.course_id)
    .bind(&one.quiz_id)
    .bind(&one.time_factor_percent)
    .bind(&one.extra_attempts)
    .bind(&one.reason)
    .bind(&one.from_at)
    .bind(&one.until_at)
    .bind(&one.granted_at)
    .bind(&one.granted_by)
    .run(w)?;
    Ok(())
}

/// Ends an accommodation; tells whether it had not ended.
///
/// # Errors
/// The database is away.
pub fn end_accommodation(
    w: &mut Writing<'_>,
    id: Id<ids::Accommodation>,
    by: &str,
    reason: &str,
) -> Result<bool, Broken> {
    let now = w.now();
    let ended = sql("UPDATE accommodations SET ended_at = ?, ended_by = ?, ended_reason = ? \
                     WHERE id = ? AND ended_at IS NULL AND (until_at IS NULL OR until_at > ?)")
    .bind(&now)
    .bind(&by)
    .bind(&reason)
    .bind(&id)
    .bind(&now)
    .run(w)?;
    Ok(ended == 1)
}

/// Moves the deadline of an open attempt up, with the factor that it now has; tells whether the attempt was open.
///
/// # Errors
/// The database is away.
pub fn extend_attempt(
    w: &mut Writing<'_>,
    id: Id<ids::Attempt>,
    deadline: Time,
    time_factor_percent: i64,
) -> Result<bool, Broken> {
    let moved = sql("UPDATE attempts SET deadline_at = ?, time_factor_percent = ? \
                     WHERE id = ? AND state = 'in_progress' AND deadline_at < ?")
    .bind(&deadline)
    .bind(&time_factor_percent)
    .bind(&id)
    .bind(&deadline)
    .run(w)?;
    Ok(moved == 1)
}
