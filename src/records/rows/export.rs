//! Everything that the database holds about one person, section by section, as JSON.

use crate::{
    audit::rows::put_beside,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, sql, sql::row},
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The most lines that one section holds; a document says which sections were cut.
pub const MOST: usize = 50_000;

/// The sections of a document, and those of them that were cut.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    pub sections: Map<String, Value>,
    pub cut: Vec<&'static str>,
}

impl Sections {
    fn put<T: serde::Serialize>(&mut self, name: &'static str, mut lines: Vec<T>) -> Result<(), Broken> {
        if lines.len() > MOST {
            lines.truncate(MOST);
            self.cut.push(name);
        }
        self.sections.insert(name.to_owned(), serde_json::to_value(lines).map_err(Broken::defect)?);
        Ok(())
    }
}

/// One section: a query whose every parameter is the person, and the columns that are given.
macro_rules! section {
    ($r:ident, $person:ident, $into:ident, $name:literal, $query:literal, { $($field:ident: $type:ty),* $(,)? }) => {{
        row! {
            #[derive(serde::Serialize)]
            struct Line { $($field: $type),* }
        }
        let limited = format!("{} LIMIT {}", $query, MOST + 1);
        let statement = (0..$query.matches('?').count()).fold(sql(limited), |statement, _| statement.bind(&$person));
        $into.put($name, statement.all::<Line>($r)?)?;
    }};
}

/// The sections about a person's account and place in the house.
///
/// # Errors
/// The database is away.
pub fn account_sections(r: &mut Reading<'_>, person: Id<ids::Person>, into: &mut Sections) -> Result<(), Broken> {
    section!(r, person, into, "sessions",
        "SELECT id, created_at, seen_at, expires_at, ended_at, agent, address FROM sessions WHERE person_id = ? ORDER BY created_at",
        { id: String, created_at: Time, seen_at: Time, expires_at: Time, ended_at: Option<Time>, agent: String, address: String });
    section!(r, person, into, "identities",
        "SELECT id, provider_id, issuer, subject, linked_at, used_at, ended_at FROM identities WHERE person_id = ? ORDER BY linked_at",
        { id: String, provider_id: String, issuer: String, subject: String, linked_at: Time, used_at: Option<Time>, ended_at: Option<Time> });
    section!(r, person, into, "links",
        "SELECT id, purpose, created_at, expires_at, used_at FROM links WHERE person_id = ? ORDER BY created_at",
        { id: String, purpose: String, created_at: Time, expires_at: Time, used_at: Option<Time> });
    section!(r, person, into, "times_shut_out",
        "SELECT from_at, until_at, reason FROM disabled_periods WHERE person_id = ? ORDER BY from_at",
        { from_at: Time, until_at: Option<Time>, reason: String });
    section!(r, person, into, "teams",
        "SELECT team_id, joined_at FROM team_members WHERE person_id = ? ORDER BY team_id",
        { team_id: String, joined_at: Option<Time> });
    section!(r, person, into, "directory",
        "SELECT external_id, said, shut_at, removed_at FROM provisioned_people WHERE person_id = ?",
        { external_id: Option<String>, said: String, shut_at: Option<Time>, removed_at: Option<Time> });
    section!(r, person, into, "teams_led",
        "SELECT team_id, at FROM team_leads WHERE person_id = ? ORDER BY team_id",
        { team_id: String, at: Time });
    section!(r, person, into, "managers",
        "SELECT p.name AS manager, m.from_at, m.until_at FROM managers m JOIN persons p ON p.id = m.manager_id WHERE m.person_id = ? ORDER BY m.from_at",
        { manager: String, from_at: Time, until_at: Option<Time> });
    section!(r, person, into, "reports",
        "SELECT p.name AS person, m.from_at, m.until_at FROM managers m JOIN persons p ON p.id = m.person_id WHERE m.manager_id = ? ORDER BY m.from_at",
        { person: String, from_at: Time, until_at: Option<Time> });
    section!(r, person, into, "warehouse_logins",
        "SELECT warehouse_id, login FROM warehouse_logins WHERE person_id = ? ORDER BY warehouse_id",
        { warehouse_id: String, login: String });
    section!(r, person, into, "assignments",
        "SELECT a.id, a.team_id, a.course_id, a.due_at, a.note, a.at, a.ended_at FROM assignments a JOIN team_members m ON m.team_id = a.team_id WHERE m.person_id = ? ORDER BY a.at",
        { id: String, team_id: String, course_id: String, due_at: Time, note: String, at: Time, ended_at: Option<Time> });
    section!(r, person, into, "assignments_made",
        "SELECT id, team_id, course_id, due_at, note, at, ended_at, ended_reason FROM assignments WHERE assigned_by = ? OR ended_by = ? ORDER BY at",
        { id: String, team_id: String, course_id: String, due_at: Time, note: String, at: Time, ended_at: Option<Time>, ended_reason: Option<String> });
    section!(r, person, into, "accommodations",
        "SELECT id, course_id, quiz_id, time_factor_percent, extra_attempts, reason, from_at, until_at, granted_at, ended_at, ended_reason FROM accommodations WHERE person_id = ? ORDER BY granted_at",
        { id: String, course_id: Option<String>, quiz_id: Option<String>, time_factor_percent: i64, extra_attempts: i64, reason: String, from_at: Time, until_at: Option<Time>, granted_at: Time, ended_at: Option<Time>, ended_reason: Option<String> });
    section!(r, person, into, "notices",
        "SELECT id, kind, about, at, seen_at FROM notices WHERE person_id = ? ORDER BY at",
        { id: String, kind: String, about: String, at: Time, seen_at: Option<Time> });
    Ok(())
}

/// The sections about what a person learnt, but for the attempts.
///
/// # Errors
/// The database is away.
pub fn learning_sections(r: &mut Reading<'_>, person: Id<ids::Person>, into: &mut Sections) -> Result<(), Broken> {
    section!(r, person, into, "enrolments",
        "SELECT course_id, at FROM enrolments WHERE person_id = ? ORDER BY at",
        { course_id: String, at: Time });
    section!(r, person, into, "modules_read",
        "SELECT course_id, module_id, course_version, at FROM completions WHERE person_id = ? ORDER BY at",
        { course_id: String, module_id: String, course_version: i64, at: Time });
    section!(r, person, into, "certificates",
        "SELECT c.id, c.certification_id, c.course_id, c.course_version, c.state, c.issued_at, c.valid_from, c.expires_at, c.ends_at, c.ended_reason, b.made_at AS badge_made_at, b.language AS badge_language, b.list AS badge_list, b.place AS badge_place, b.salt AS badge_salt, b.identity_hash AS badge_identity_hash, b.wording AS badge_wording FROM certificates c LEFT JOIN badges b ON b.certificate_id = c.id WHERE c.person_id = ? ORDER BY c.issued_at",
        { id: String, certification_id: String, course_id: String, course_version: i64, state: String, issued_at: Time, valid_from: Time, expires_at: Time, ends_at: Time, ended_reason: Option<String>, badge_made_at: Option<Time>, badge_language: Option<String>, badge_list: Option<i64>, badge_place: Option<i64>, badge_salt: Option<String>, badge_identity_hash: Option<String>, badge_wording: Option<String> });
    section!(r, person, into, "marks_given",
        "SELECT attempt_id, question_no, share, marked_at, comment FROM answer_marks WHERE marked_by = ? ORDER BY marked_at",
        { attempt_id: String, question_no: i64, share: String, marked_at: Time, comment: Option<String> });
    Ok(())
}

/// The sections about what a person may open, and what they did in office.
///
/// # Errors
/// The database is away.
pub fn access_sections(r: &mut Reading<'_>, person: Id<ids::Person>, into: &mut Sections) -> Result<(), Broken> {
    section!(r, person, into, "requests",
        "SELECT id, role_id, state, reason, wanted_micros / 1000000 AS wanted_seconds, submitted_at, lapses_at, closed_at FROM requests WHERE person_id = ? ORDER BY submitted_at",
        { id: String, role_id: String, state: String, reason: String, wanted_seconds: i64, submitted_at: Time, lapses_at: Time, closed_at: Option<Time> });
    section!(r, person, into, "decisions_received",
        "SELECT d.id, d.request_id, p.name AS decided_by, d.decision, d.comment, d.at FROM decisions d JOIN requests q ON q.id = d.request_id JOIN persons p ON p.id = d.person_id WHERE q.person_id = ? ORDER BY d.at",
        { id: String, request_id: String, decided_by: String, decision: String, comment: String, at: Time });
    section!(r, person, into, "decisions_made",
        "SELECT id, request_id, decision, comment, at FROM decisions WHERE person_id = ? ORDER BY at",
        { id: String, request_id: String, decision: String, comment: String, at: Time });
    section!(r, person, into, "emergencies",
        "SELECT id, grant_id, role_id, reason, taken_at, state, reviewed_at, comment FROM emergencies WHERE person_id = ? ORDER BY taken_at",
        { id: String, grant_id: String, role_id: String, reason: String, taken_at: Time, state: String, reviewed_at: Option<Time>, comment: String });
    section!(r, person, into, "comments",
        "SELECT c.id, c.request_id, c.text, c.at FROM request_comments c JOIN requests q ON q.id = c.request_id WHERE c.person_id = ? OR q.person_id = ? ORDER BY c.at",
        { id: String, request_id: String, text: String, at: Time });
    section!(r, person, into, "decisions_for_me",
        "SELECT d.id, d.request_id, p.name AS decided_by, d.decision, d.at FROM decisions d JOIN persons p ON p.id = d.person_id WHERE d.on_behalf_of = ? ORDER BY d.at",
        { id: String, request_id: String, decided_by: String, decision: String, at: Time });
    section!(r, person, into, "delegations",
        "SELECT d.id, a.name AS delegator, b.name AS delegate, d.from_at, d.until_at, d.ends_at, d.note, d.made_at FROM delegations d JOIN persons a ON a.id = d.delegator_id JOIN persons b ON b.id = d.delegate_id WHERE d.delegator_id = ? OR d.delegate_id = ? OR d.made_by = ? ORDER BY d.made_at",
        { id: String, delegator: String, delegate: String, from_at: Time, until_at: Time, ends_at: Time, note: String, made_at: Time });
    section!(r, person, into, "grants",
        "SELECT g.id, g.role_id, g.warehouse_id, g.request_id, g.state, g.starts_at, g.ends_at, g.granted_at, g.ended_reason, v.last_at AS last_verified_at FROM grants g LEFT JOIN grant_verifications v ON v.grant_id = g.id WHERE g.person_id = ? ORDER BY g.granted_at",
        { id: String, role_id: String, warehouse_id: String, request_id: String, state: String, starts_at: Time, ends_at: Time, granted_at: Time, ended_reason: Option<String>, last_verified_at: Option<Time> });
    section!(r, person, into, "reviews",
        "SELECT l.id, l.review_id, l.grant_id, l.role_id, l.state, l.facts, l.decided_facts, l.decided_at, l.overdue_at, l.comment FROM review_lines l WHERE l.person_id = ? ORDER BY l.id",
        { id: String, review_id: String, grant_id: String, role_id: String, state: String, facts: String, decided_facts: Option<String>, decided_at: Option<Time>, overdue_at: Option<Time>, comment: String });
    section!(r, person, into, "reviews_answered",
        "SELECT l.id, l.review_id, l.role_id, l.state, l.decided_at, p.name AS decided_by, o.name AS on_behalf_of, CASE WHEN l.decided_by = ? THEN l.comment END AS comment FROM review_lines l LEFT JOIN persons p ON p.id = l.decided_by LEFT JOIN persons o ON o.id = l.on_behalf_of WHERE l.reviewer_id = ? OR l.decided_by = ? OR l.on_behalf_of = ? ORDER BY l.id",
        { id: String, review_id: String, role_id: String, state: String, decided_at: Option<Time>, decided_by: Option<String>, on_behalf_of: Option<String>, comment: Option<String> });
    section!(r, person, into, "reviews_handed_over",
        "SELECT line_id, at, CASE WHEN delegated_by = ? THEN comment END AS comment FROM review_delegations WHERE from_id = ? OR to_id = ? OR delegated_by = ? ORDER BY at",
        { line_id: String, at: Time, comment: Option<String> });
    section!(r, person, into, "suspensions",
        "SELECT s.grant_id, g.role_id, s.cause, s.from_at, s.until_at, s.reason FROM grant_suspensions s JOIN grants g ON g.id = s.grant_id WHERE g.person_id = ? ORDER BY s.from_at",
        { grant_id: String, role_id: String, cause: String, from_at: Time, until_at: Option<Time>, reason: String });
    section!(r, person, into, "suspensions_placed",
        "SELECT grant_id, cause, from_at, until_at, reason FROM grant_suspensions WHERE placed_by = ? OR lifted_by = ? ORDER BY from_at",
        { grant_id: String, cause: String, from_at: Time, until_at: Option<Time>, reason: String });
    section!(r, person, into, "tokens",
        "SELECT id, grant_id, role_id, client_id, session_id, issued_at, expires_at, address FROM tokens WHERE person_id = ? ORDER BY issued_at",
        { id: String, grant_id: String, role_id: String, client_id: String, session_id: Option<String>, issued_at: Time, expires_at: Time, address: String });
    section!(r, person, into, "connected_tools",
        "SELECT c.client_id, k.name, c.scope, c.given_at FROM consents c JOIN clients k ON k.id = c.client_id WHERE c.person_id = ? ORDER BY c.given_at",
        { client_id: String, name: String, scope: String, given_at: Time });
    section!(r, person, into, "tool_sign_ins",
        "SELECT id, client_id, session_id, scope, role_id, auth_at, created_at, used_at, ended_at, ended_reason FROM authorizations WHERE person_id = ? ORDER BY created_at",
        { id: String, client_id: String, session_id: Option<String>, scope: String, role_id: Option<String>, auth_at: Time, created_at: Time, used_at: Option<Time>, ended_at: Option<Time>, ended_reason: Option<String> });
    section!(r, person, into, "service_accounts",
        "SELECT id, name, roles, created_at, removed_at FROM clients WHERE owner_id = ? ORDER BY created_at",
        { id: String, name: String, roles: Option<String>, created_at: Time, removed_at: Option<Time> });
    section!(r, person, into, "locks",
        "SELECT id, reason, placed_at, lifted_at FROM locks WHERE kind = 'person' AND subject_id = ? ORDER BY placed_at",
        { id: String, reason: String, placed_at: Time, lifted_at: Option<Time> });
    section!(r, person, into, "locks_placed",
        "SELECT id, kind, subject_id, reason, placed_at, lifted_at FROM locks WHERE placed_by = ? OR lifted_by = ? ORDER BY placed_at",
        { id: String, kind: String, subject_id: String, reason: String, placed_at: Time, lifted_at: Option<Time> });
    Ok(())
}

/// The lines of the log that concern a person or that they did, the oldest first. Words and addresses stand in lines that
/// the person did, and words in those that concern them; which questions an attempt drew is left out, and so is what a
/// question of it was worth, unless it is among the attempts that show that to their taker.
///
/// # Errors
/// The database is away.
pub fn event_section(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    shown: &BTreeSet<String>,
    into: &mut Sections,
) -> Result<(), Broken> {
    row! {
        struct Raw {
            seq: i64, id: String, at: Time, kind: String, outcome: String, actor: String, person_id: Option<String>,
            role_id: Option<String>, subject_id: Option<String>, data: String, address: Option<String>,
            texts: Option<String>,
        }
    }
    let columns = "SELECT e.seq, e.id, e.at, e.kind, e.outcome, e.actor, e.person_id, e.role_id, e.subject_id, e.data, \
                   x.address, x.texts FROM events e LEFT JOIN event_private x ON x.event_id = e.id";
    let limit = format!(" ORDER BY e.seq LIMIT {}", MOST + 1);
    let mut raws: Vec<Raw> = sql(format!("{columns} WHERE e.person_id = ?{limit}")).bind(&person).all(r)?;
    let acted = format!("{columns} WHERE e.actor = ? AND e.person_id IS DISTINCT FROM e.actor{limit}");
    raws.extend(sql(acted).bind(&person).all::<Raw>(r)?);
    raws.sort_by_key(|raw| raw.seq);
    let own = person.to_string();
    let parsed = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let lines = raws
        .into_iter()
        .map(|raw| {
            let mut data = parsed(&raw.data).unwrap_or_default();
            put_beside(&mut data, raw.texts.as_deref());
            data.remove("questions");
            let told = raw.actor == own || raw.subject_id.as_ref().is_some_and(|subject| shown.contains(subject));
            if !told {
                data.remove("share");
            }
            // From where somebody else did it is that person's.
            let address = raw.address.filter(|_| raw.actor == own || raw.actor == "anonymous");
            json!({
                "id": raw.id, "at": raw.at, "kind": raw.kind, "outcome": raw.outcome,
                "actor": raw.actor, "person": raw.person_id, "role": raw.role_id, "subject": raw.subject_id,
                "address": address, "data": data,
            })
        })
        .collect();
    into.put("events", lines)
}

/// The comments that people wrote to answers of an attempt, by the place of the question.
///
/// # Errors
/// The database is away.
pub fn comments(r: &mut Reading<'_>, attempt: Id<ids::Attempt>) -> Result<BTreeMap<i64, String>, Broken> {
    row! { struct Said { question_no: i64, comment: Option<String> } }
    let rows: Vec<Said> =
        sql("SELECT question_no, comment FROM answer_marks WHERE attempt_id = ? AND judge = 'person'")
            .bind(&attempt)
            .all(r)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.question_no, row.comment?))).collect())
}
