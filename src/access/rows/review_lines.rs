//! The lines of reviews in the database: the frozen population, and what became of each.

use super::{grants::OF_ACCESS, review_places::known_to};
use crate::{
    access::review::{Delegation, Facts, Line, LineState},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::Statement, sql::row},
};
use std::collections::BTreeMap;

/// Stores a line.
///
/// # Errors
/// The review did not begin at this instant, or the database is away.
pub fn insert_line(w: &mut Writing<'_>, line: &Line, at: Time) -> Result<(), Broken> {
    let facts = serde_json::to_string(&line.facts).map_err(Broken::defect)?;
    sql("INSERT INTO review_lines (id, review_id, grant_id, person_id, role_id, state, reviewer_id, assigned_at, facts) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&line.id)
    .bind(&line.review_id)
    .bind(&line.grant_id)
    .bind(&line.person_id)
    .bind(&line.role_id)
    .bind(&line.state)
    .bind(&line.reviewer_id)
    .bind(&at)
    .bind(&facts)
    .run(w)?;
    Ok(())
}

row! {
    struct RawLine {
        id: Id<ids::ReviewLine>,
        review_id: Id<ids::Review>,
        grant_id: Id<ids::Grant>,
        person_id: Id<ids::Person>,
        role_id: Slug,
        state: LineState,
        reviewer_id: Option<Id<ids::Person>>,
        facts: String,
        decided_facts: Option<String>,
        decided_at: Option<Time>,
        decided_by: Option<Id<ids::Person>>,
        on_behalf_of: Option<Id<ids::Person>>,
        comment: String,
        overdue_at: Option<Time>,
    }
}

const LINE: &str = "SELECT l.id, l.review_id, l.grant_id, l.person_id, l.role_id, l.state, l.reviewer_id, l.facts, \
                    l.decided_facts, l.decided_at, l.decided_by, l.on_behalf_of, l.comment, l.overdue_at FROM review_lines l";

fn read(raw: RawLine) -> Result<Line, Broken> {
    let facts = |text: &str| {
        serde_json::from_str::<Facts>(text).map_err(|error| Broken::defect(format!("the line {}: {error}", raw.id)))
    };
    Ok(Line {
        facts: facts(&raw.facts)?,
        decided_facts: raw.decided_facts.as_deref().map(facts).transpose()?,
        id: raw.id,
        review_id: raw.review_id,
        grant_id: raw.grant_id,
        person_id: raw.person_id,
        role_id: raw.role_id,
        state: raw.state,
        reviewer_id: raw.reviewer_id,
        decided_at: raw.decided_at,
        decided_by: raw.decided_by,
        on_behalf_of: raw.on_behalf_of,
        comment: raw.comment,
        overdue_at: raw.overdue_at,
    })
}

fn lines(statement: Statement, r: &mut Reading<'_>) -> Result<Vec<Line>, Broken> {
    statement.all::<RawLine>(r)?.into_iter().map(read).collect()
}

/// The line with this id.
///
/// # Errors
/// The database is away.
pub fn review_line(r: &mut Reading<'_>, id: Id<ids::ReviewLine>) -> Result<Option<Line>, Broken> {
    Ok(lines(sql(format!("{LINE} WHERE l.id = ?")).bind(&id), r)?.into_iter().next())
}

/// The line with this id, alone to the end of the transaction (PostgreSQL; SQLite has one writer): it is answered once.
///
/// # Errors
/// The database is away.
pub fn hold_line(w: &mut Writing<'_>, id: Id<ids::ReviewLine>) -> Result<Option<Line>, Broken> {
    let hold = w.engine_sql("", " FOR UPDATE");
    let mut reading = lines(sql(format!("{LINE} WHERE l.id = ?{hold}")).bind(&id), w)?;
    Ok(reading.pop())
}

/// Which lines of a review are asked for; every field narrows.
#[derive(Clone, Debug, Default)]
pub struct LineFilter {
    pub state: Option<LineState>,
    /// Only those that wait for an answer.
    pub open: bool,
    pub role: Option<Slug>,
    /// Only those that this person is asked for, has answered, or may answer in the place of somebody who is away.
    pub reviewer: Option<Id<ids::Person>>,
}

/// The lines of a review in the order of their ids, which is that of its roles and grants.
///
/// # Errors
/// The database is away.
pub fn review_lines(
    r: &mut Reading<'_>,
    review: Id<ids::Review>,
    filter: &LineFilter,
    paging: &Paging,
) -> Result<Listing<Line>, Broken> {
    let mut statement = sql(format!("{LINE} WHERE l.review_id = ?")).bind(&review);
    if let Some(state) = &filter.state {
        statement = statement.push(" AND l.state = ?").bind(state);
    }
    if filter.open {
        statement = statement.push(" AND l.state IN ('pending', 'delegated', 'overdue')");
    }
    if let Some(role) = &filter.role {
        statement = statement.push(" AND l.role_id = ?").bind(role);
    }
    if let Some(who) = &filter.reviewer {
        statement = known_to(statement.push(" AND "), *who, r.at());
    }
    if let Some(after) = &paging.after {
        statement = statement.push(" AND l.id > ?").bind(after);
    }
    let found = lines(statement.push(" ORDER BY l.id LIMIT ?").bind(&paging.probe()), r)?;
    Ok(Listing::cut(found, paging, |line: &Line| line.id.to_string()))
}

row! {
    /// Lines in figures.
    #[derive(Clone, Debug)]
    pub struct Counted {
        pub reviewer_id: Option<Id<ids::Person>>,
        pub role_id: Slug,
        pub state: LineState,
        pub n: i64,
    }
}

/// How many lines of a review there are, by reviewer, role and state.
///
/// # Errors
/// The database is away.
pub fn review_counts(r: &mut Reading<'_>, review: Id<ids::Review>) -> Result<Vec<Counted>, Broken> {
    sql("SELECT reviewer_id, role_id, state, COUNT(*) AS n FROM review_lines WHERE review_id = ? \
         GROUP BY reviewer_id, role_id, state ORDER BY reviewer_id, role_id, state")
    .bind(&review)
    .all(r)
}

/// Notes what was decided of a line, by whom and in whose place, with which words, and the facts of that moment.
///
/// # Errors
/// The database is away.
pub fn note_line_decision(
    w: &mut Writing<'_>,
    id: Id<ids::ReviewLine>,
    who: Id<ids::Person>,
    on_behalf_of: Option<Id<ids::Person>>,
    comment: &str,
    facts: &Facts,
) -> Result<(), Broken> {
    let now = w.now();
    let facts = serde_json::to_string(facts).map_err(Broken::defect)?;
    sql("UPDATE review_lines SET decided_at = ?, decided_by = ?, on_behalf_of = ?, comment = ?, decided_facts = ? \
         WHERE id = ?")
    .bind(&now)
    .bind(&who)
    .bind(&on_behalf_of)
    .bind(&comment)
    .bind(&facts)
    .bind(&id)
    .run(w)?;
    Ok(())
}

/// Notes since when a line is overdue.
///
/// # Errors
/// The database is away.
pub fn note_overdue(w: &mut Writing<'_>, id: Id<ids::ReviewLine>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE review_lines SET overdue_at = ? WHERE id = ? AND overdue_at IS NULL").bind(&now).bind(&id).run(w)?;
    Ok(())
}

/// Hands a line to somebody else; to none, to the admins.
///
/// # Errors
/// The database is away.
pub fn delegate_line(
    w: &mut Writing<'_>,
    line: &Line,
    to: Option<Id<ids::Person>>,
    by: &str,
    comment: &str,
) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO review_delegations (id, line_id, from_id, to_id, delegated_by, at, comment) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(&Id::<ids::Change>::new(now))
        .bind(&line.id)
        .bind(&line.reviewer_id)
        .bind(&to)
        .bind(&by)
        .bind(&now)
        .bind(&comment)
        .run(w)?;
    sql("UPDATE review_lines SET reviewer_id = ? WHERE id = ?").bind(&to).bind(&line.id).run(w)?;
    Ok(())
}

/// The lines that wait for this person's answer, in the order of their ids.
///
/// # Errors
/// The database is away.
pub fn open_lines_for(r: &mut Reading<'_>, reviewer: Id<ids::Person>) -> Result<Vec<Id<ids::ReviewLine>>, Broken> {
    row! { struct One { id: Id<ids::ReviewLine> } }
    let rows: Vec<One> = sql("SELECT id FROM review_lines WHERE reviewer_id = ? \
                              AND state IN ('pending', 'delegated', 'overdue') ORDER BY id")
    .bind(&reviewer)
    .all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How the lines of a review were handed on, by line, the oldest first.
///
/// # Errors
/// The database is away.
pub fn handed_of(
    r: &mut Reading<'_>,
    review: Id<ids::Review>,
) -> Result<BTreeMap<Id<ids::ReviewLine>, Vec<Delegation>>, Broken> {
    row! {
        struct Raw {
            line_id: Id<ids::ReviewLine>,
            from_id: Option<Id<ids::Person>>,
            to_id: Option<Id<ids::Person>>,
            delegated_by: String,
            at: Time,
            comment: String,
        }
    }
    let raws: Vec<Raw> =
        sql("SELECT d.line_id, d.from_id, d.to_id, d.delegated_by, d.at, d.comment FROM review_delegations d \
                              JOIN review_lines l ON l.id = d.line_id WHERE l.review_id = ? ORDER BY d.at, d.id")
        .bind(&review)
        .all(r)?;
    let mut found: BTreeMap<_, Vec<Delegation>> = BTreeMap::new();
    for raw in raws {
        found.entry(raw.line_id).or_default().push(Delegation {
            line_id: raw.line_id,
            from_id: raw.from_id,
            to_id: raw.to_id,
            delegated_by: raw.delegated_by,
            at: raw.at,
            comment: raw.comment,
        });
    }
    Ok(found)
}

/// Whether any line of a review waits for an answer.
///
/// # Errors
/// The database is away.
pub fn has_open_lines(r: &mut Reading<'_>, id: Id<ids::Review>) -> Result<bool, Broken> {
    let open: i64 = sql("SELECT COUNT(*) AS n FROM (SELECT 1 FROM review_lines WHERE review_id = ? \
                         AND state IN ('pending', 'delegated', 'overdue') LIMIT 1) AS waiting")
    .bind(&id)
    .one(r)?;
    Ok(open > 0)
}

/// Whether a review asks about the grant `g` by a line of its own, or has: this one (`review`), or another that was not called
/// off. Then what is said of the grant before it is not said of this one.
pub(super) fn asked_itself(g: &str, review: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM review_lines o WHERE o.person_id = {g}.person_id AND o.grant_id = {g}.id \
         AND (o.review_id = {review} OR o.state <> 'cancelled'))"
    )
}

/// The live grants of a line: its own, and those of the same person and role that were given since the review began and have
/// no line of their own, in this review or another. What was asked of the one holds for what came in its place; never for what
/// is taken in an emergency, which is over in hours and judged by itself.
///
/// # Errors
/// The database is away.
pub fn grants_of_line(r: &mut Reading<'_>, line: &Line, since: Time) -> Result<Vec<Id<ids::Grant>>, Broken> {
    row! { struct One { id: Id<ids::Grant> } }
    let now = r.at();
    let rows: Vec<One> = sql(format!(
        "SELECT g.id FROM grants g WHERE {OF_ACCESS} AND (g.id = ? OR (g.granted_at >= ? AND NOT {})) ORDER BY g.id",
        asked_itself("g", "?")
    ))
    .bind(&line.person_id)
    .bind(&line.role_id)
    .bind(&now)
    .bind(&line.grant_id)
    .bind(&since)
    .bind(&line.review_id)
    .all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

row! {
    /// A grant that another review asks about, and when that is due.
    #[derive(Clone, Debug)]
    pub struct AskedElsewhere {
        pub grant_id: Id<ids::Grant>,
        pub due_at: Time,
    }
}

/// The live grants that came in the place of a line's since its review began, and that another review asks about before its due
/// date.
///
/// # Errors
/// The database is away.
pub fn asked_elsewhere(r: &mut Reading<'_>, line: &Line, since: Time) -> Result<Vec<AskedElsewhere>, Broken> {
    let now = r.at();
    sql("SELECT g.id AS grant_id, v.due_at FROM review_lines o JOIN reviews v ON v.id = o.review_id AND v.state = 'open' \
         JOIN grants g ON g.id = o.grant_id WHERE o.person_id = ? AND o.role_id = ? AND o.review_id <> ? \
         AND o.state IN ('pending', 'delegated') AND v.due_at > ? AND g.granted_at >= ? \
         AND g.state IN ('scheduled', 'active', 'suspended') AND g.ends_at > ? ORDER BY g.id")
    .bind(&line.person_id)
    .bind(&line.role_id)
    .bind(&line.review_id)
    .bind(&now)
    .bind(&since)
    .bind(&now)
    .all(r)
}

row! {
    /// A line for which a step is due.
    #[derive(Clone, Debug)]
    pub struct DueLine {
        pub id: Id<ids::ReviewLine>,
        pub person_id: Id<ids::Person>,
    }
}

/// Lines for which the clock asks a step: unanswered at the due date, or when what is overdue ends, or whose grant has ended
/// without anything in its place; in the order of their ids.
///
/// It is asked every few seconds: `CROSS JOIN` makes SQLite start from the reviews that are open, which are few.
///
/// # Errors
/// The database is away.
pub fn due_lines(r: &mut Reading<'_>, most: i64) -> Result<Vec<DueLine>, Broken> {
    let now = r.at();
    sql(format!(
        "SELECT id, person_id FROM (\
         SELECT l.id, l.person_id FROM reviews v CROSS JOIN review_lines l \
             WHERE v.state = 'open' AND v.due_at <= ? AND l.review_id = v.id AND l.state = 'pending' \
         UNION SELECT l.id, l.person_id FROM reviews v CROSS JOIN review_lines l \
             WHERE v.state = 'open' AND v.lapses_at <= ? AND l.review_id = v.id AND l.state = 'overdue' \
         UNION SELECT l.id, l.person_id FROM reviews v CROSS JOIN review_lines l CROSS JOIN grants g \
             WHERE v.state = 'open' AND l.review_id = v.id AND l.state IN ('pending', 'overdue') \
             AND g.id = l.grant_id AND g.state = 'ended' AND NOT EXISTS (SELECT 1 FROM grants f \
             WHERE f.person_id = g.person_id AND f.role_id = g.role_id AND f.state IN ('scheduled', 'active', 'suspended') \
             AND NOT f.emergency AND f.granted_at >= l.assigned_at AND NOT {})) AS due ORDER BY id LIMIT ?",
        asked_itself("f", "l.review_id")
    ))
    .bind(&now)
    .bind(&now)
    .bind(&most)
    .all(r)
}

row! {
    /// How many lines of a review wait for somebody; for any admin, where nobody is named.
    #[derive(Clone, Debug)]
    pub struct Waiting {
        pub reviewer_id: Option<Id<ids::Person>>,
        pub n: i64,
    }
}

/// How many lines wait for each reviewer of a review.
///
/// # Errors
/// The database is away.
pub fn waiting_by_reviewer(r: &mut Reading<'_>, id: Id<ids::Review>) -> Result<Vec<Waiting>, Broken> {
    sql("SELECT reviewer_id, COUNT(*) AS n FROM review_lines WHERE review_id = ? \
         AND state IN ('pending', 'delegated', 'overdue') GROUP BY reviewer_id ORDER BY reviewer_id")
    .bind(&id)
    .all(r)
}

/// Those of these grants that have no open line in any review.
///
/// # Errors
/// The database is away.
pub fn not_under_review(r: &mut Reading<'_>, grants: &[Id<ids::Grant>]) -> Result<Vec<Id<ids::Grant>>, Broken> {
    row! { struct One { grant_id: Id<ids::Grant> } }
    let mut under = std::collections::BTreeSet::new();
    for some in grants.chunks(500) {
        let places = vec!["?"; some.len()].join(", ");
        let text = format!(
            "SELECT grant_id FROM review_lines WHERE state IN ('pending', 'delegated', 'overdue') AND grant_id IN ({places})"
        );
        let rows: Vec<One> = some.iter().fold(sql(text), Statement::bind).all(r)?;
        under.extend(rows.into_iter().map(|row| row.grant_id));
    }
    Ok(grants.iter().copied().filter(|grant| !under.contains(grant)).collect())
}
