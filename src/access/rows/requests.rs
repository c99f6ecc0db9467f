//! Requests and decisions in the database.

use crate::{
    access::request::{Decision, Request, State as RequestState, Verdict},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row},
    },
};
use std::collections::BTreeSet;

row! {
    struct RawRequest {
        id: Id<ids::Request>,
        person_id: Id<ids::Person>,
        role_id: Slug,
        policy_id: String,
        state: RequestState,
        reason: String,
        wanted_micros: i64,
        submitted_at: Time,
        lapses_at: Time,
        closed_at: Option<Time>,
        starts_at: Option<Time>,
    }
}

impl From<RawRequest> for Request {
    fn from(raw: RawRequest) -> Self {
        Self {
            id: raw.id,
            person_id: raw.person_id,
            role_id: raw.role_id,
            policy_id: raw.policy_id,
            state: raw.state,
            reason: raw.reason,
            wanted_micros: raw.wanted_micros,
            submitted_at: raw.submitted_at,
            lapses_at: raw.lapses_at,
            closed_at: raw.closed_at,
            starts_at: raw.starts_at,
        }
    }
}

const REQUEST: &str = "SELECT id, person_id, role_id, policy_id, state, reason, wanted_micros, submitted_at, lapses_at, \
                       closed_at, starts_at FROM requests";

/// The request with this id.
///
/// # Errors
/// The database is away.
pub fn request(r: &mut Reading<'_>, id: Id<ids::Request>) -> Result<Option<Request>, Broken> {
    Ok(sql(format!("{REQUEST} WHERE id = ?")).bind(&id).maybe::<RawRequest>(r)?.map(Request::from))
}

/// A person's open request for a role.
///
/// # Errors
/// The database is away.
pub fn open_request(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Slug) -> Result<Option<Request>, Broken> {
    Ok(sql(format!(
        "{REQUEST} WHERE person_id = ? AND role_id = ? AND state IN ('draft', 'submitted', 'blocked', 'in_review', 'returned')"
    ))
    .bind(&person)
    .bind(role)
    .maybe::<RawRequest>(r)?
    .map(Request::from))
}

/// Everybody's open requests for a role.
///
/// # Errors
/// The database is away.
pub fn open_requests_for(r: &mut Reading<'_>, role: &Slug) -> Result<Vec<Request>, Broken> {
    let raws: Vec<RawRequest> = sql(format!(
        "{REQUEST} WHERE role_id = ? AND state IN ('draft', 'submitted', 'blocked', 'in_review', 'returned') ORDER BY person_id"
    ))
    .bind(role)
    .all(r)?;
    Ok(raws.into_iter().map(Request::from).collect())
}

/// A person's requests, newest first.
///
/// # Errors
/// The database is away.
pub fn requests_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Request>, Broken> {
    let raws: Vec<RawRequest> =
        sql(format!("{REQUEST} WHERE person_id = ? ORDER BY submitted_at DESC, id DESC LIMIT 500"))
            .bind(&person)
            .all(r)?;
    Ok(raws.into_iter().map(Request::from).collect())
}

/// The roles and policies of the requests that wait for a decision at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn in_review(r: &mut Reading<'_>) -> Result<Vec<(Slug, String)>, Broken> {
    row! { struct Under { role_id: Slug, policy_id: String } }
    let rows: Vec<Under> =
        sql("SELECT DISTINCT role_id, policy_id FROM requests WHERE state = 'in_review' ORDER BY role_id, policy_id")
            .all(r)?;
    Ok(rows.into_iter().map(|row| (row.role_id, row.policy_id)).collect())
}

/// The requests in review on which somebody has decided in any round in a person's place, their own or a delegate's of theirs, the
/// oldest first.
///
/// # Errors
/// The database is away.
pub fn in_review_decided_for(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Request>, Broken> {
    let now = r.at();
    let raws: Vec<RawRequest> = sql(format!(
        "{REQUEST} WHERE state = 'in_review' AND lapses_at > ? AND id IN (\
         SELECT request_id FROM decisions WHERE person_id = ? AND on_behalf_of IS NULL \
         UNION ALL SELECT request_id FROM decisions WHERE on_behalf_of = ? \
         AND person_id IN (SELECT delegate_id FROM delegations WHERE delegator_id = ?)) ORDER BY submitted_at, id"
    ))
    .bind(&now)
    .bind(&person)
    .bind(&person)
    .bind(&person)
    .all(r)?;
    Ok(raws.into_iter().map(Request::from).collect())
}

/// In whose places somebody has decided.
pub type Places = BTreeSet<Id<ids::Person>>;

/// A role and a policy under which requests wait, and whose requests are meant: everybody's where none are named.
#[derive(Clone, Debug)]
pub struct Under {
    pub role: Slug,
    pub policy: String,
    pub of: Option<BTreeSet<Id<ids::Person>>>,
}

/// Only requests that come after one in the order of a column of instants and of their ids, where one is given.
fn later(statement: Statement, column: &str, after: Option<(Time, Id<ids::Request>)>) -> Statement {
    let Some((at, id)) = after else { return statement };
    let beyond = format!(" AND ({column} > ? OR ({column} = ? AND id > ?))");
    statement.push(&beyond).bind(&at).bind(&at).bind(&id)
}

/// Requests of others under one of these roles and policies that wait for a decision, on which `decider` has not decided in the
/// present round (rounds end when a request is sent back), oldest first; and in whose places others have. At most `most` of them,
/// those that come after `after` in this order where one is given.
///
/// # Errors
/// The database is away.
pub fn undecided_by(
    r: &mut Reading<'_>,
    decider: Id<ids::Person>,
    under: &[Under],
    after: Option<&Request>,
    most: usize,
) -> Result<Vec<(Request, Places)>, Broken> {
    row! { struct Place { request_id: Id<ids::Request>, place: Id<ids::Person> } }
    if under.is_empty() {
        return Ok(Vec::new());
    }
    let now = r.at();
    let mut statement = sql(format!("{REQUEST} q WHERE (1 = 0"));
    for Under { role, policy, of } in under {
        statement = statement.push(" OR role_id = ? AND policy_id = ?").bind(role).bind(policy);
        if let Some(people) = of {
            let marks = vec!["?"; people.len()].join(", ");
            statement = statement.push(&format!(" AND person_id IN ({marks})"));
            for person in people {
                statement = statement.bind(person);
            }
        }
    }
    statement = statement
        .push(
            ") AND state = 'in_review' AND lapses_at > ? AND person_id <> ? AND NOT EXISTS (SELECT 1 FROM decisions d \
             WHERE d.request_id = q.id AND d.person_id = ? AND d.round = 1 + (SELECT COUNT(*) FROM decisions b \
             WHERE b.request_id = q.id AND b.decision = 'return'))",
        )
        .bind(&now)
        .bind(&decider)
        .bind(&decider);
    statement = later(statement, "submitted_at", after.map(|after| (after.submitted_at, after.id)));
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let raws: Vec<RawRequest> = statement.push(" ORDER BY submitted_at, id LIMIT ?").bind(&most).all(r)?;
    let mut found: Vec<(Request, Places)> = raws.into_iter().map(|raw| (Request::from(raw), Places::new())).collect();
    if found.is_empty() {
        return Ok(found);
    }
    let marks = vec!["?"; found.len()].join(", ");
    let mut statement = sql(format!(
        "SELECT request_id, COALESCE(on_behalf_of, person_id) AS place FROM decisions d WHERE request_id IN ({marks}) \
         AND round = 1 + (SELECT COUNT(*) FROM decisions b WHERE b.request_id = d.request_id AND b.decision = 'return')"
    ));
    for (asked, _) in &found {
        statement = statement.bind(&asked.id);
    }
    for taken in statement.all::<Place>(r)? {
        for (_, places) in found.iter_mut().filter(|(asked, _)| asked.id == taken.request_id) {
            places.insert(taken.place);
        }
    }
    Ok(found)
}

/// Requests on which a person has decided, latest first.
///
/// # Errors
/// The database is away.
pub fn decided_by(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Request>, Broken> {
    let raws: Vec<RawRequest> = sql(format!(
        "{REQUEST} WHERE id IN (SELECT request_id FROM decisions WHERE person_id = ?) ORDER BY submitted_at DESC LIMIT 20"
    ))
    .bind(&person)
    .all(r)?;
    Ok(raws.into_iter().map(Request::from).collect())
}

/// Open requests whose time is over.
///
/// # Errors
/// The database is away.
pub fn overdue_requests(r: &mut Reading<'_>, most: i64) -> Result<Vec<Request>, Broken> {
    let now = r.at();
    let raws: Vec<RawRequest> = sql(format!(
        "{REQUEST} WHERE state IN ('blocked', 'in_review', 'returned') AND lapses_at <= ? ORDER BY lapses_at LIMIT ?"
    ))
    .bind(&now)
    .bind(&most)
    .all(r)?;
    Ok(raws.into_iter().map(Request::from).collect())
}

/// How the notices that a request lapses begin their keys.
#[must_use]
pub fn lapsing_key(request: Id<ids::Request>) -> String {
    format!("request:{request}:lapses:")
}

/// Under which key it is told once to a person that a request lapses at an instant.
#[must_use]
pub fn lapses_key(request: Id<ids::Request>, lapses_at: Time, who: Id<ids::Person>) -> String {
    format!("{}{}:{who}", lapsing_key(request), lapses_at.micros())
}

/// Open requests that lapse by an instant to come, and whose requester was not told of it ([`lapses_key`]), the next to lapse
/// first; those that come after `after` in this order where one is given.
///
/// # Errors
/// The database is away.
pub fn lapsing_requests(
    r: &mut Reading<'_>,
    by: Time,
    after: Option<&Request>,
    most: i64,
) -> Result<Vec<Request>, Broken> {
    let now = r.at();
    let statement = sql(format!(
        "{REQUEST} q WHERE state IN ('blocked', 'in_review', 'returned') AND lapses_at > ? AND lapses_at <= ? \
         AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.once_key = \
         'request:' || q.id || ':lapses:' || CAST(q.lapses_at AS TEXT) || ':' || q.person_id)"
    ))
    .bind(&now)
    .bind(&by);
    let statement = later(statement, "lapses_at", after.map(|after| (after.lapses_at, after.id)));
    let raws: Vec<RawRequest> = statement.push(" ORDER BY lapses_at, id LIMIT ?").bind(&most).all(r)?;
    Ok(raws.into_iter().map(Request::from).collect())
}

/// Stores a request unless the person has one open for the role; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_request(w: &mut Writing<'_>, request: &Request, courses: &str) -> Result<bool, Broken> {
    Ok(sql(
        "INSERT INTO requests (id, person_id, role_id, policy_id, state, reason, wanted_micros, courses, submitted_at, \
            lapses_at, starts_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&request.id)
    .bind(&request.person_id)
    .bind(&request.role_id)
    .bind(&request.policy_id)
    .bind(&request.state)
    .bind(&request.reason)
    .bind(&request.wanted_micros)
    .bind(&courses)
    .bind(&request.submitted_at)
    .bind(&request.lapses_at)
    .bind(&request.starts_at)
    .run(w)?
        == 1)
}

/// Sets when an undecided request lapses, and notes when it was to before: a moment before this one knew no other.
///
/// # Errors
/// The database is away.
pub fn set_lapse(w: &mut Writing<'_>, id: Id<ids::Request>, at: Time) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO lowered_ends (subject_id, at, was) SELECT id, ?, lapses_at FROM requests WHERE id = ? \
         AND submitted_at < ? AND lapses_at <> ? ON CONFLICT DO NOTHING")
    .bind(&now)
    .bind(&id)
    .bind(&now)
    .bind(&at)
    .run(w)?;
    sql("UPDATE requests SET lapses_at = ? WHERE id = ?").bind(&at).bind(&id).run(w)?;
    Ok(())
}

/// Notes when a request was closed.
///
/// # Errors
/// The database is away.
pub fn close_request(w: &mut Writing<'_>, id: Id<ids::Request>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE requests SET closed_at = ?, agreed_under = NULL WHERE id = ?").bind(&now).bind(&id).run(w)?;
    Ok(())
}

/// Notes that all that a request in review needs is said, by a content version: its requester is among [`super::people_to_settle`]
/// until whoever settles them by that version, or a later one, has looked at it ([`forget_agreed`]).
///
/// # Errors
/// The database is away.
pub fn note_agreed(w: &mut Writing<'_>, id: Id<ids::Request>, version: i64) -> Result<(), Broken> {
    sql("UPDATE requests SET agreed_under = ? WHERE id = ? AND state = 'in_review'").bind(&version).bind(&id).run(w)?;
    Ok(())
}

/// Notes that a request was looked at by a content version, whatever that came to.
///
/// # Errors
/// The database is away.
pub fn forget_agreed(w: &mut Writing<'_>, id: Id<ids::Request>, version: i64) -> Result<(), Broken> {
    sql("UPDATE requests SET agreed_under = NULL WHERE id = ? AND agreed_under <= ?")
        .bind(&id)
        .bind(&version)
        .run(w)?;
    Ok(())
}

/// Replaces the reason and duration of a request that was sent back.
///
/// # Errors
/// The database is away.
pub fn rewrite_request(
    w: &mut Writing<'_>,
    id: Id<ids::Request>,
    reason: &str,
    wanted: i64,
    starts_at: Option<Time>,
) -> Result<(), Broken> {
    sql("UPDATE requests SET reason = ?, wanted_micros = ?, starts_at = ? WHERE id = ?")
        .bind(&reason)
        .bind(&wanted)
        .bind(&starts_at)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Holds a request's row to the end of the transaction, so that decisions follow one another (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn hold_request(w: &mut Writing<'_>, id: Id<ids::Request>) -> Result<(), Broken> {
    if !w.engine_sql("", "FOR NO KEY UPDATE").is_empty() {
        sql("SELECT 1::BIGINT AS n FROM requests WHERE id = ? FOR NO KEY UPDATE").bind(&id).maybe::<i64>(w)?;
    }
    Ok(())
}

row! {
    struct RawDecision {
        id: Id<ids::Decision>,
        person_id: Id<ids::Person>,
        person_name: String,
        on_behalf_of: Option<Id<ids::Person>>,
        on_behalf_name: Option<String>,
        decision: Verdict,
        comment: String,
        cap_micros: Option<i64>,
        at: Time,
        round: i64,
    }
}

/// The decisions on a request, oldest first.
///
/// # Errors
/// The database is away.
pub fn decisions(r: &mut Reading<'_>, request: Id<ids::Request>) -> Result<Vec<Decision>, Broken> {
    let raws: Vec<RawDecision> =
        sql("SELECT d.id, d.person_id, p.name AS person_name, d.on_behalf_of, o.name AS on_behalf_name, d.decision, \
             d.comment, d.cap_micros, d.at, d.round FROM decisions d JOIN persons p ON p.id = d.person_id \
             LEFT JOIN persons o ON o.id = d.on_behalf_of WHERE d.request_id = ? ORDER BY d.at, d.id")
        .bind(&request)
        .all(r)?;
    Ok(raws
        .into_iter()
        .map(|raw| Decision {
            id: raw.id,
            person_id: raw.person_id,
            person_name: raw.person_name,
            on_behalf_of: raw.on_behalf_of,
            on_behalf_name: raw.on_behalf_name,
            decision: raw.decision,
            comment: raw.comment,
            cap_micros: raw.cap_micros,
            at: raw.at,
            round: raw.round,
        })
        .collect())
}

/// Stores a decision unless this person has decided in this round, or somebody has in that place; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_decision(w: &mut Writing<'_>, request: Id<ids::Request>, decision: &Decision) -> Result<bool, Broken> {
    Ok(sql(
        "INSERT INTO decisions (id, request_id, person_id, decision, comment, cap_micros, at, round, on_behalf_of) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&decision.id)
    .bind(&request)
    .bind(&decision.person_id)
    .bind(&decision.decision)
    .bind(&decision.comment)
    .bind(&decision.cap_micros)
    .bind(&decision.at)
    .bind(&decision.round)
    .bind(&decision.on_behalf_of)
    .run(w)?
        == 1)
}
