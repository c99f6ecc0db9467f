//! Comments on requests, and which requests wait and since when, in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::Statement, sql::row},
};
use std::collections::BTreeSet;

row! {
    /// What somebody said about a request.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct Comment {
        pub id: Id<ids::Comment>,
        pub person_id: Id<ids::Person>,
        pub person_name: String,
        pub text: String,
        pub at: Time,
    }
}

/// The most comments on a request that are shown.
const SHOWN: i64 = 500;

/// What was said about a request, the oldest first; the latest of it, where it is more than is shown.
///
/// # Errors
/// The database is away.
pub fn comments(r: &mut Reading<'_>, request: Id<ids::Request>) -> Result<Vec<Comment>, Broken> {
    sql("SELECT id, person_id, person_name, text, at FROM (\
         SELECT c.id, c.person_id, p.name AS person_name, c.text, c.at FROM request_comments c \
         JOIN persons p ON p.id = c.person_id WHERE c.request_id = ? ORDER BY c.at DESC, c.id DESC LIMIT ?) AS latest \
         ORDER BY at, id")
    .bind(&request)
    .bind(&SHOWN)
    .all(r)
}

row! {
    /// How many comments a request has.
    #[derive(Clone, Copy, Debug)]
    pub struct Said {
        pub in_all: i64,
        /// Those of one person.
        pub own: i64,
    }
}

/// How many comments a request has, and how many of them are a person's.
///
/// # Errors
/// The database is away.
pub fn said_on(r: &mut Reading<'_>, request: Id<ids::Request>, person: Id<ids::Person>) -> Result<Said, Broken> {
    sql("SELECT COUNT(*) AS in_all, COUNT(CASE WHEN person_id = ? THEN 1 END) AS own FROM request_comments \
         WHERE request_id = ?")
    .bind(&person)
    .bind(&request)
    .one(r)
}

/// Stores a comment.
///
/// # Errors
/// The database is away.
pub fn insert_comment(
    w: &mut Writing<'_>,
    id: Id<ids::Comment>,
    request: Id<ids::Request>,
    person: Id<ids::Person>,
    text: &str,
) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO request_comments (id, request_id, person_id, text, at) VALUES (?, ?, ?, ?, ?)")
        .bind(&id)
        .bind(&request)
        .bind(&person)
        .bind(&text)
        .bind(&now)
        .run(w)?;
    Ok(())
}

row! {
    /// A request that waits for somebody, and since when.
    #[derive(Clone, Debug)]
    pub struct Waits {
        pub id: Id<ids::Request>,
        pub since: Option<Time>,
    }
}

/// Narrows a statement to what is of one person, or of some roles: `row` names what has `person_id` and `role_id`.
pub(super) fn narrowed(statement: Statement, row: &str, person: Id<ids::Person>, roles: &[Slug]) -> Statement {
    let statement = statement.push(&format!(" AND ({row}.person_id = ?")).bind(&person);
    let named =
        roles.iter().fold(statement, |statement, role| statement.push(&format!(" OR {row}.role_id = ?")).bind(role));
    named.push(")")
}

/// The requests that wait at the instant of the transaction, the next to lapse first: all of them, or those of one person and
/// those for some roles, where they are given.
///
/// # Errors
/// The database is away.
pub fn waiting_requests(
    r: &mut Reading<'_>,
    only: Option<(Id<ids::Person>, &[Slug])>,
    most: i64,
) -> Result<Vec<Waits>, Broken> {
    let now = r.at();
    let mut statement = sql("SELECT q.id, (SELECT MAX(c.at) FROM state_changes c WHERE c.subject_id = q.id \
                             AND c.to_state = q.state) AS since FROM requests q \
                             WHERE q.state IN ('blocked', 'in_review', 'returned') AND q.lapses_at > ?")
    .bind(&now);
    if let Some((person, roles)) = only {
        statement = narrowed(statement, "q", person, roles);
    }
    statement.push(" ORDER BY q.lapses_at, q.id LIMIT ?").bind(&most).all(r)
}

/// Who has decided or said something on a request.
///
/// # Errors
/// The database is away.
pub fn spoken_on(r: &mut Reading<'_>, request: Id<ids::Request>) -> Result<BTreeSet<Id<ids::Person>>, Broken> {
    row! { struct Who { person_id: Id<ids::Person> } }
    let who: Vec<Who> = sql("SELECT person_id FROM request_comments WHERE request_id = ? \
                             UNION SELECT person_id FROM decisions WHERE request_id = ?")
    .bind(&request)
    .bind(&request)
    .all(r)?;
    Ok(who.into_iter().map(|one| one.person_id).collect())
}
