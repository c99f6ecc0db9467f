//! Uses of break-glass in the database.

use super::comments::narrowed;
use crate::{
    access::emergency::{Emergency, State},
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
        id: Id<ids::Emergency>,
        grant_id: Id<ids::Grant>,
        person_id: Id<ids::Person>,
        person_name: String,
        role_id: Slug,
        reason: String,
        taken_at: Time,
        ends_at: Time,
        review_by_at: Time,
        state: State,
        reviewed_by: Option<String>,
        reviewed_at: Option<Time>,
        comment: String,
        tokens: i64,
    }
}

impl From<Raw> for Emergency {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            grant_id: raw.grant_id,
            person_id: raw.person_id,
            person_name: raw.person_name,
            role_id: raw.role_id,
            reason: raw.reason,
            taken_at: raw.taken_at,
            ends_at: raw.ends_at,
            review_by_at: raw.review_by_at,
            state: raw.state,
            reviewed_by: raw.reviewed_by,
            reviewed_at: raw.reviewed_at,
            comment: raw.comment,
            tokens: raw.tokens,
        }
    }
}

const EMERGENCY: &str = "SELECT e.id, e.grant_id, e.person_id, p.name AS person_name, e.role_id, e.reason, e.taken_at, g.ends_at, \
                         e.review_by_at, e.state, e.reviewed_by, e.reviewed_at, e.comment, \
                         (SELECT COUNT(*) FROM tokens t WHERE t.grant_id = e.grant_id) AS tokens FROM emergencies e \
                         JOIN grants g ON g.id = e.grant_id JOIN persons p ON p.id = e.person_id";

/// The use with this id.
///
/// # Errors
/// The database is away.
pub fn emergency(r: &mut Reading<'_>, id: Id<ids::Emergency>) -> Result<Option<Emergency>, Broken> {
    Ok(sql(format!("{EMERGENCY} WHERE e.id = ?")).bind(&id).maybe::<Raw>(r)?.map(Emergency::from))
}

/// Uses, those that nobody has judged first, then the latest: all of them, or those of one person and those of some roles, where
/// they are given.
///
/// # Errors
/// The database is away.
pub fn emergencies(
    r: &mut Reading<'_>,
    only: Option<(Id<ids::Person>, &[Slug])>,
    most: i64,
) -> Result<Vec<Emergency>, Broken> {
    let mut statement = sql(format!("{EMERGENCY} WHERE 1 = 1"));
    if let Some((person, roles)) = only {
        statement = narrowed(statement, "e", person, roles);
    }
    let raws: Vec<Raw> = statement
        .push(" ORDER BY CASE WHEN e.state = 'taken' THEN 0 ELSE 1 END, e.taken_at DESC, e.id LIMIT ?")
        .bind(&most)
        .all(r)?;
    Ok(raws.into_iter().map(Emergency::from).collect())
}

/// Uses that nobody has judged by now, and that nobody was told of as such, those that are due longest first.
///
/// # Errors
/// The database is away.
pub fn overdue_emergencies(r: &mut Reading<'_>, most: i64) -> Result<Vec<Emergency>, Broken> {
    let now = r.at();
    let bytes = r.engine_sql("", "COLLATE \"C\"");
    let raws: Vec<Raw> = sql(format!(
        "{EMERGENCY} WHERE e.state = 'taken' AND e.review_by_at <= ? AND NOT EXISTS (SELECT 1 FROM notices n \
         WHERE n.once_key {bytes} >= 'emergency_overdue:' || e.id || ':' \
         AND n.once_key {bytes} < 'emergency_overdue:' || e.id || ':~') ORDER BY e.review_by_at, e.id LIMIT ?"
    ))
    .bind(&now)
    .bind(&most)
    .all(r)?;
    Ok(raws.into_iter().map(Emergency::from).collect())
}

/// Stores a use.
///
/// # Errors
/// The database is away.
pub fn insert_emergency(w: &mut Writing<'_>, taken: &Emergency) -> Result<(), Broken> {
    sql("INSERT INTO emergencies (id, grant_id, person_id, role_id, reason, taken_at, review_by_at, state) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&taken.id)
    .bind(&taken.grant_id)
    .bind(&taken.person_id)
    .bind(&taken.role_id)
    .bind(&taken.reason)
    .bind(&taken.taken_at)
    .bind(&taken.review_by_at)
    .bind(&taken.state)
    .run(w)?;
    Ok(())
}

/// Notes who judged a use, and what they say.
///
/// # Errors
/// The database is away.
pub fn review_emergency(w: &mut Writing<'_>, id: Id<ids::Emergency>, by: &str, comment: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE emergencies SET reviewed_by = ?, reviewed_at = ?, comment = ? WHERE id = ?")
        .bind(&by)
        .bind(&now)
        .bind(&comment)
        .bind(&id)
        .run(w)?;
    Ok(())
}
