//! Reviews in the database: campaigns, their frozen lines, and what became of each.

use super::{review_lines::asked_itself, review_places::known_to};
use crate::{
    access::review::{Review, State},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    struct RawReview {
        id: Id<ids::Review>,
        title: String,
        state: State,
        scope: String,
        period_key: Option<String>,
        started_at: Time,
        started_by: String,
        remind_at: Time,
        reminded_at: Option<Time>,
        due_at: Time,
        lapses_at: Time,
        closed_at: Option<Time>,
        closed_by: Option<String>,
        closed_reason: String,
    }
}

const REVIEW: &str = "SELECT v.id, v.title, v.state, v.scope, v.period_key, v.started_at, v.started_by, v.remind_at, \
                      v.reminded_at, v.due_at, v.lapses_at, v.closed_at, v.closed_by, v.closed_reason FROM reviews v";

fn whole(r: &mut Reading<'_>, raws: Vec<RawReview>) -> Result<Vec<Review>, Broken> {
    raws.into_iter()
        .map(|raw| {
            let scope = serde_json::from_str(&raw.scope)
                .map_err(|error| Broken::defect(format!("the review {}: {error}", raw.id)))?;
            Ok(Review {
                roles: roles_of_review(r, raw.id)?,
                id: raw.id,
                title: raw.title,
                state: raw.state,
                scope,
                by_cadence: raw.period_key.is_some(),
                started_at: raw.started_at,
                started_by: raw.started_by,
                remind_at: raw.remind_at,
                reminded_at: raw.reminded_at,
                due_at: raw.due_at,
                lapses_at: raw.lapses_at,
                closed_at: raw.closed_at,
                closed_by: raw.closed_by,
                closed_reason: raw.closed_reason,
            })
        })
        .collect()
}

fn roles_of_review(r: &mut Reading<'_>, id: Id<ids::Review>) -> Result<Vec<Slug>, Broken> {
    row! { struct Of { role_id: Slug } }
    let roles: Vec<Of> =
        sql("SELECT role_id FROM review_roles WHERE review_id = ? ORDER BY role_id").bind(&id).all(r)?;
    Ok(roles.into_iter().map(|of| of.role_id).collect())
}

/// The review with this id.
///
/// # Errors
/// The database is away.
pub fn review(r: &mut Reading<'_>, id: Id<ids::Review>) -> Result<Option<Review>, Broken> {
    let raws: Vec<RawReview> = sql(format!("{REVIEW} WHERE v.id = ?")).bind(&id).all(r)?;
    Ok(whole(r, raws)?.into_iter().next())
}

/// Holds a review's row to the end of the transaction, so that those who may close it follow one another (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn hold_review(w: &mut Writing<'_>, id: Id<ids::Review>) -> Result<(), Broken> {
    if !w.engine_sql("", "FOR NO KEY UPDATE").is_empty() {
        sql("SELECT 1::BIGINT AS n FROM reviews WHERE id = ? FOR NO KEY UPDATE").bind(&id).maybe::<i64>(w)?;
    }
    Ok(())
}

/// Reviews, the newest first; those with a line that this person is or was asked for, or may answer in the place of somebody who
/// is away, where one is given.
///
/// # Errors
/// The database is away.
pub fn reviews(
    r: &mut Reading<'_>,
    reviewer: Option<Id<ids::Person>>,
    paging: &Paging,
) -> Result<Listing<Review>, Broken> {
    let mut statement = sql(format!("{REVIEW} WHERE 1 = 1"));
    if let Some(who) = reviewer {
        let of = statement.push(" AND EXISTS (SELECT 1 FROM review_lines l WHERE l.review_id = v.id AND ");
        statement = known_to(of, who, r.at()).push(")");
    }
    if let Some(after) = &paging.after {
        statement = statement.push(" AND v.id < ?").bind(after);
    }
    let raws = statement.push(" ORDER BY v.id DESC LIMIT ?").bind(&paging.probe()).all(r)?;
    Ok(Listing::cut(whole(r, raws)?, paging, |one: &Review| one.id.to_string()))
}

/// The reviews that count for a role's rule: one that began by the rule and was called off has had its period.
const COUNTS: &str = "(v.state <> 'cancelled' OR v.period_key IS NOT NULL)";

/// When the last review of a role began that counts for its rule, up to the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn last_review_of(r: &mut Reading<'_>, role: &Slug) -> Result<Option<Time>, Broken> {
    row! { struct Last { at: Option<Time> } }
    let at = r.at();
    let last: Last = sql(format!(
        "SELECT MAX(v.started_at) AS at FROM review_roles o JOIN reviews v ON v.id = o.review_id \
         WHERE o.role_id = ? AND {COUNTS} AND v.started_at <= ?"
    ))
    .bind(role)
    .bind(&at)
    .one(r)?;
    Ok(last.at)
}

/// When the first review of a role began after an instant that counts for its rule.
///
/// # Errors
/// The database is away.
pub fn first_review_since(r: &mut Reading<'_>, role: &Slug, since: Time) -> Result<Option<Time>, Broken> {
    row! { struct First { at: Option<Time> } }
    let first: First = sql(format!(
        "SELECT MIN(v.started_at) AS at FROM review_roles o JOIN reviews v ON v.id = o.review_id \
         WHERE o.role_id = ? AND {COUNTS} AND v.started_at > ?"
    ))
    .bind(role)
    .bind(&since)
    .one(r)?;
    Ok(first.at)
}

/// When the oldest grant of a role was given that has not ended, and was not taken in an emergency.
///
/// # Errors
/// The database is away.
pub fn held_since(r: &mut Reading<'_>, role: &Slug) -> Result<Option<Time>, Broken> {
    row! { struct First { at: Option<Time> } }
    let first: First = sql("SELECT MIN(granted_at) AS at FROM grants WHERE role_id = ? \
                            AND state IN ('scheduled', 'active', 'suspended') AND NOT emergency")
    .bind(role)
    .one(r)?;
    Ok(first.at)
}

/// When the open review of a person's grant of a role is due, where there is one: what comes in the grant's place is held back
/// from then on, too.
///
/// # Errors
/// The database is away.
pub fn review_due_for(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Slug) -> Result<Option<Time>, Broken> {
    row! { struct Due { at: Option<Time> } }
    let due: Due = sql(
        "SELECT MIN(v.due_at) AS at FROM review_lines l JOIN reviews v ON v.id = l.review_id AND v.state = 'open' \
                        WHERE l.person_id = ? AND l.role_id = ? AND l.state IN ('pending', 'delegated', 'overdue')",
    )
    .bind(&person)
    .bind(role)
    .one(r)?;
    Ok(due.at)
}

/// As [`review_due_for`], of a grant that is there already: by a line of its own, or by that of the one in whose place it came
/// ([`grants_of_line`](super::grants_of_line)); none where it has ended.
///
/// # Errors
/// The database is away.
pub fn review_due_of(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Option<Time>, Broken> {
    row! { struct Due { at: Option<Time> } }
    let now = r.at();
    let due: Due = sql(format!(
        "SELECT MIN(v.due_at) AS at FROM grants g JOIN review_lines l ON l.person_id = g.person_id AND l.role_id = g.role_id \
         JOIN reviews v ON v.id = l.review_id AND v.state = 'open' WHERE g.id = ? \
         AND g.state IN ('scheduled', 'active', 'suspended') AND g.ends_at > ? AND NOT g.emergency \
         AND l.state IN ('pending', 'delegated', 'overdue') AND (l.grant_id = g.id OR (g.granted_at >= v.started_at AND NOT {}))",
        asked_itself("g", "l.review_id")
    ))
    .bind(&grant)
    .bind(&now)
    .one(r)?;
    Ok(due.at)
}

/// Stores a review with the roles that it is about; tells whether it did (not where this period has one already).
///
/// # Errors
/// The database is away.
pub fn insert_review(w: &mut Writing<'_>, review: &Review, period: Option<&str>) -> Result<bool, Broken> {
    let scope = serde_json::to_string(&review.scope).map_err(Broken::defect)?;
    let stored =
        sql("INSERT INTO reviews (id, title, state, scope, period_key, started_at, started_by, remind_at, due_at, \
                      lapses_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (period_key) DO NOTHING")
        .bind(&review.id)
        .bind(&review.title)
        .bind(&review.state)
        .bind(&scope)
        .bind(&period.map(str::to_owned))
        .bind(&review.started_at)
        .bind(&review.started_by)
        .bind(&review.remind_at)
        .bind(&review.due_at)
        .bind(&review.lapses_at)
        .run(w)?;
    if stored == 0 {
        return Ok(false);
    }
    for role in &review.roles {
        sql("INSERT INTO review_roles (review_id, role_id) VALUES (?, ?)").bind(&review.id).bind(role).run(w)?;
    }
    Ok(true)
}

/// The grants of a role that have not ended and have no open line in another review, in the order of their ids, at most `most`;
/// where `since` is given, only those that were held by then and have had no line from then on. None that is taken in an
/// emergency: it is over in hours, and judged by itself.
///
/// # Errors
/// The database is away.
pub fn population(
    r: &mut Reading<'_>,
    role: &Slug,
    since: Option<Time>,
    most: usize,
) -> Result<Vec<Id<ids::Grant>>, Broken> {
    row! { struct One { id: Id<ids::Grant> } }
    let now = r.at();
    let mut statement = sql("SELECT g.id FROM grants g WHERE g.role_id = ? \
                             AND g.state IN ('scheduled', 'active', 'suspended') AND g.ends_at > ? AND NOT g.emergency \
                             AND NOT EXISTS (SELECT 1 FROM review_lines l WHERE l.grant_id = g.id \
                             AND l.state IN ('pending', 'delegated', 'overdue'))")
    .bind(role)
    .bind(&now);
    if let Some(since) = &since {
        statement = statement
            .push(&format!(
                " AND g.granted_at <= ? AND NOT EXISTS (SELECT 1 FROM review_lines l JOIN reviews v ON v.id = l.review_id \
                 WHERE l.grant_id = g.id AND l.assigned_at >= ? AND (l.state <> 'cancelled' OR {COUNTS}))"
            ))
            .bind(since)
            .bind(since);
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows: Vec<One> = statement.push(" ORDER BY g.id LIMIT ?").bind(&most).all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

row! { struct Open { id: Id<ids::Review> } }

/// Notes that a review has come to its end.
///
/// # Errors
/// The database is away.
pub fn note_review_end(w: &mut Writing<'_>, id: Id<ids::Review>, by: &str, reason: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE reviews SET closed_at = ?, closed_by = ?, closed_reason = ? WHERE id = ?")
        .bind(&now)
        .bind(&by)
        .bind(&reason)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Open reviews that are to be reminded of by now.
///
/// # Errors
/// The database is away.
pub fn reviews_to_remind(r: &mut Reading<'_>) -> Result<Vec<Id<ids::Review>>, Broken> {
    let now = r.at();
    let rows: Vec<Open> =
        sql("SELECT id FROM reviews WHERE state = 'open' AND reminded_at IS NULL AND remind_at <= ? \
                               ORDER BY id LIMIT 100")
        .bind(&now)
        .all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Notes that a review was reminded of; tells whether it had not been.
///
/// # Errors
/// The database is away.
pub fn note_reminded(w: &mut Writing<'_>, id: Id<ids::Review>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE reviews SET reminded_at = ? WHERE id = ? AND reminded_at IS NULL AND state = 'open'")
        .bind(&now)
        .bind(&id)
        .run(w)?
        == 1)
}

/// Open reviews with a line that is overdue, and can still be answered.
///
/// # Errors
/// The database is away.
pub fn overdue_reviews(r: &mut Reading<'_>) -> Result<Vec<Id<ids::Review>>, Broken> {
    let now = r.at();
    let rows: Vec<Open> = sql("SELECT v.id FROM reviews v WHERE v.state = 'open' AND v.lapses_at > ? AND EXISTS \
         (SELECT 1 FROM review_lines l WHERE l.review_id = v.id AND l.state = 'overdue') ORDER BY v.id")
    .bind(&now)
    .all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Open reviews in which no line waits for an answer.
///
/// # Errors
/// The database is away.
pub fn reviews_to_close(r: &mut Reading<'_>) -> Result<Vec<Id<ids::Review>>, Broken> {
    let rows: Vec<Open> = sql("SELECT v.id FROM reviews v WHERE v.state = 'open' AND NOT EXISTS (SELECT 1 FROM review_lines l \
                               WHERE l.review_id = v.id AND l.state IN ('pending', 'delegated', 'overdue')) ORDER BY v.id LIMIT 100")
    .all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
