//! Whose answer the lines of reviews wait for in the database: that of whoever is asked, and of whoever decides in their place.

use super::delegations::AWAY;
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, sql, sql::Statement, sql::row},
};

/// Adds a list in brackets: somebody, and all in whose place they decide at an instant.
fn places(statement: Statement, who: Id<ids::Person>, at: Time) -> Statement {
    statement.push(&format!("(SELECT ? UNION ALL {AWAY})")).bind(&who).bind(&who).bind(&at).bind(&at)
}

/// Narrows to the lines `l` that somebody may answer at an instant: open ones that wait for them or for somebody in whose place
/// they decide, or instead, for `admins`, those that wait for any admin. Never one about the access of any of these people.
pub(super) fn answerable(statement: Statement, who: Id<ids::Person>, at: Time, admins: bool) -> Statement {
    let open = "l.state IN ('pending', 'delegated', 'overdue') AND l.person_id NOT IN ";
    let statement = places(statement.push(open), who, at);
    if admins {
        statement.push(" AND l.reviewer_id IS NULL")
    } else {
        places(statement.push(" AND l.reviewer_id IN "), who, at)
    }
}

/// Narrows to the lines `l` that somebody may know of at an instant: what they are asked for, have answered, or may answer.
pub(super) fn known_to(statement: Statement, who: Id<ids::Person>, at: Time) -> Statement {
    let statement = statement.push("(l.reviewer_id = ? OR l.decided_by = ? OR (").bind(&who).bind(&who);
    answerable(statement, who, at, false).push("))")
}

row! {
    /// How many lines of a review somebody may answer of those that wait for one reviewer; for any admin, where nobody is named.
    #[derive(Clone, Debug)]
    pub struct ToAnswer {
        pub review_id: Id<ids::Review>,
        pub reviewer_id: Option<Id<ids::Person>>,
        pub n: i64,
    }
}

/// How many lines somebody may answer at the instant of the transaction, by review and by whom they wait for: their own, those
/// of whoever is away and has them decide, and, for an admin, those that wait for any admin.
///
/// # Errors
/// The database is away.
pub fn lines_to_answer(r: &mut Reading<'_>, who: Id<ids::Person>, admin: bool) -> Result<Vec<ToAnswer>, Broken> {
    const COUNT: &str = "SELECT l.review_id, l.reviewer_id, COUNT(*) AS n FROM review_lines l WHERE ";
    const EACH: &str = " GROUP BY l.review_id, l.reviewer_id";
    let at = r.at();
    let mut statement = answerable(sql(COUNT), who, at, false).push(EACH);
    if admin {
        statement = answerable(statement.push(" UNION ALL ").push(COUNT), who, at, true).push(EACH);
    }
    statement.push(" ORDER BY 1, 2").all(r)
}
