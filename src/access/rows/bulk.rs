//! Many records in few statements: people with certificates, requests, decisions and grants, and the history of each.

use crate::{
    academy::{self, attempt::Attempt},
    access::{
        grant::{EndReason, Grant, State as GrantState},
        request::{Decision, Request, State as RequestState},
    },
    audit::event::{By, What},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Slug, folded},
    },
    certification::certificate::Certificate,
    curriculum::question::Question,
    db::{
        Reading, Writing,
        sql::{Statement, sql},
    },
    identity::person::Person,
    tokens::rows::TokenRow,
};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// A batch of records that belong together. Those they refer to are in it, or in the database already.
#[derive(Debug, Default)]
pub struct Bulk {
    /// With the hash of the password that they share.
    pub people: Vec<(Person, Option<String>)>,
    /// Modules that were read.
    pub completions: Vec<(Id<ids::Person>, Slug, Slug, i64, Time)>,
    /// Marked attempts, with form and result as JSON.
    pub attempts: Vec<(Attempt, String, String)>,
    /// Answers by attempt and place, as JSON, and when they were saved.
    pub answers: Vec<(Id<ids::Attempt>, i64, String, Time)>,
    /// The questions that stand on the attempts' forms, with their course.
    pub questions: Vec<(Slug, Arc<Question>)>,
    /// Each rests on one attempt.
    pub certificates: Vec<(Certificate, Id<ids::Attempt>)>,
    /// Approved ones, and such as are open.
    pub requests: Vec<Request>,
    pub decisions: Vec<(Id<ids::Request>, Decision)>,
    /// Running ones, and ended ones with the reason.
    pub grants: Vec<Grant>,
    /// Tokens of grants, in the past.
    pub tokens: Vec<TokenRow>,
    /// A fresh id for each line of history and each event, in the order of time.
    pub serial: Serial,
}

/// Makes ids that carry the time they are given (RFC 9562, section 5.7), also when that goes back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Serial {
    /// Different in every run, so that runs do not clash.
    pub run: u32,
    pub next: u32,
}

impl Serial {
    /// The next id.
    ///
    /// # Errors
    /// Never for times after 1970.
    pub fn id<K: ids::Kind>(&mut self, at: Time) -> Result<Id<K>, Broken> {
        self.next = self.next.wrapping_add(1);
        let (millis, micros) = (at.micros() / 1_000, at.micros() % 1_000);
        let digits = format!("{millis:012x}7{micros:03x}8{:07x}{:08x}", self.run & 0x0fff_ffff, self.next);
        format!("{}_{digits}", K::PREFIX).parse().map_err(Broken::defect)
    }
}

/// How many people have an account.
///
/// # Errors
/// The database is away.
pub fn count_people(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM persons").one(r)
}

/// How many parameters one statement has at most; SQLite takes 32,766.
const MOST: usize = 12_000;

fn many<'a, T: 'a>(
    w: &mut Writing<'_>,
    head: &str,
    columns: usize,
    rows: &'a [T],
    bind: impl Fn(Statement, &'a T) -> Statement,
) -> Result<(), Broken> {
    let place = format!("({})", vec!["?"; columns].join(", "));
    for chunk in rows.chunks((MOST / columns).max(1)) {
        let places = vec![place.as_str(); chunk.len()].join(", ");
        let statement = chunk.iter().fold(sql(format!("{head} VALUES {places}")), &bind);
        statement.run(w)?;
    }
    Ok(())
}

/// Moves rows that were just added from one state to the next, along their lifecycle.
fn moved<'a, K: ids::Kind>(
    w: &mut Writing<'_>,
    table: &str,
    steps: &[&str],
    ids: impl IntoIterator<Item = &'a Id<K>>,
) -> Result<(), Broken> {
    let ids: Vec<&Id<K>> = ids.into_iter().collect();
    for chunk in ids.chunks(MOST - steps.len()) {
        let places = vec!["?"; chunk.len()].join(", ");
        for step in steps.windows(2) {
            let [from, to] = step else { continue };
            let statement = sql(format!("UPDATE {table} SET state = ? WHERE state = ? AND id IN ({places})"));
            chunk.iter().fold(statement.bind(to).bind(from), |statement, id| statement.bind(*id)).run(w)?;
        }
    }
    Ok(())
}

/// Attempts of which nobody has two open at a quiz at once, together as many as were given.
fn waves(attempts: &[(Attempt, String, String)]) -> Vec<Vec<&(Attempt, String, String)>> {
    let mut before: BTreeMap<_, usize> = BTreeMap::new();
    let mut waves: Vec<Vec<_>> = Vec::new();
    for kept in attempts {
        let wave = before.entry((kept.0.person_id, &kept.0.course_id, &kept.0.quiz_id)).or_default();
        if waves.len() <= *wave {
            waves.push(Vec::new());
        }
        waves.get_mut(*wave).into_iter().for_each(|wave| wave.push(kept));
        *wave += 1;
    }
    waves
}

/// A line of history, or of the log.
struct Line {
    id: String,
    at: Time,
    words: [&'static str; 3],
    subject: String,
    person: Option<Id<ids::Person>>,
    role: Option<Slug>,
    data: String,
}

/// Writes a batch, with a line of history for each certificate and grant, and the events of those and of tokens.
///
/// # Errors
/// A record clashes with one that is there, or the database is away.
pub fn insert_bulk(w: &mut Writing<'_>, by: &By, bulk: &Bulk) -> Result<(), Broken> {
    // Room for the indexes of a large database; the connection is the generator's.
    let room = w.engine_sql("PRAGMA cache_size = -524288", "");
    if !room.is_empty() {
        sql(room).run(w)?;
    }
    people(w, bulk)?;
    learning(w, bulk)?;
    access(w, bulk)?;
    let (changes, events) = history(bulk)?;
    many(
        w,
        "INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason)",
        8,
        &changes,
        |s, line| {
            let [entity, from, to] = &line.words;
            s.bind(&line.id)
                .bind(entity)
                .bind(&line.subject)
                .bind(from)
                .bind(to)
                .bind(&line.at)
                .bind(&by.actor)
                .bind(&line.data)
        },
    )?;
    many(
        w,
        "INSERT INTO events (id, at, kind, outcome, actor, person_id, role_id, subject_id, address, data)",
        10,
        &events,
        |s, line| {
            let [kind, outcome, address] = &line.words;
            s.bind(&line.id)
                .bind(&line.at)
                .bind(kind)
                .bind(outcome)
                .bind(&by.actor)
                .bind(&line.person)
                .bind(&line.role)
                .bind(&line.subject)
                .bind(address)
                .bind(&line.data)
        },
    )
}

fn people(w: &mut Writing<'_>, bulk: &Bulk) -> Result<(), Broken> {
    many(
        w,
        "INSERT INTO persons (id, email, name, folded, office, language, zone, password_hash, state, created_at)",
        10,
        &bulk.people,
        |s, (person, hash)| {
            s.bind(&person.id)
                .bind(&person.email)
                .bind(&person.name)
                .bind(&folded(&person.name))
                .bind(&person.office)
                .bind(&person.language)
                .bind(&person.zone)
                .bind(hash)
                .bind(&person.state)
                .bind(&person.created_at)
        },
    )
}

fn learning(w: &mut Writing<'_>, bulk: &Bulk) -> Result<(), Broken> {
    many(
        w,
        "INSERT INTO completions (person_id, course_id, module_id, course_version, at)",
        5,
        &bulk.completions,
        |s, (person, course, module, version, at)| s.bind(person).bind(course).bind(module).bind(version).bind(at),
    )?;
    for wave in waves(&bulk.attempts) {
        many(
            w,
            "INSERT INTO attempts (id, person_id, course_id, quiz_id, kind, course_version, state, started_at, deadline_at, \
             finished_at, graded_at, form, result, passed, basis_points)",
            15,
            &wave,
            |s, (attempt, form, result)| {
                s.bind(&attempt.id)
                    .bind(&attempt.person_id)
                    .bind(&attempt.course_id)
                    .bind(&attempt.quiz_id)
                    .bind(&attempt.kind)
                    .bind(&attempt.course_version)
                    .bind(&"in_progress")
                    .bind(&attempt.started_at)
                    .bind(&attempt.deadline_at)
                    .bind(&attempt.finished_at)
                    .bind(&attempt.graded_at)
                    .bind(form)
                    .bind(result)
                    .bind(&attempt.passed)
                    .bind(&attempt.basis_points)
            },
        )?;
        moved(w, "attempts", &["in_progress", "submitted", "graded"], wave.iter().map(|(attempt, _, _)| &attempt.id))?;
    }
    for (course, question) in &bulk.questions {
        academy::rows::keep_questions(w, course, &[(question.hash(), question.as_ref())])?;
    }
    many(
        w,
        "INSERT INTO answers (attempt_id, question_no, revision, answer, saved_at, first_saved_at)",
        6,
        &bulk.answers,
        |s, (attempt, no, answer, at)| s.bind(attempt).bind(no).bind(&1_i64).bind(answer).bind(at).bind(at),
    )?;
    many(
        w,
        "INSERT INTO certificates (id, person_id, certification_id, course_id, course_version, state, issued_at, valid_from, \
         expires_at, ends_at, evidence, award_key)",
        12,
        &bulk.certificates,
        |s, (certificate, attempt)| {
            // Plain data always has a JSON form.
            let evidence = serde_json::to_string(&certificate.evidence).unwrap_or_default();
            s.bind(&certificate.id)
                .bind(&certificate.person_id)
                .bind(&certificate.certification_id)
                .bind(&certificate.course_id)
                .bind(&certificate.course_version)
                .bind(&certificate.state)
                .bind(&certificate.issued_at)
                .bind(&certificate.valid_from)
                .bind(&certificate.expires_at)
                .bind(&certificate.ends_at)
                .bind(&evidence)
                .bind(attempt)
        },
    )
}

fn access(w: &mut Writing<'_>, bulk: &Bulk) -> Result<(), Broken> {
    many(
        w,
        "INSERT INTO requests (id, person_id, role_id, policy_id, state, reason, wanted_micros, courses, submitted_at, \
         lapses_at, closed_at)",
        11,
        &bulk.requests,
        |s, request| {
            s.bind(&request.id)
                .bind(&request.person_id)
                .bind(&request.role_id)
                .bind(&request.policy_id)
                .bind(&"submitted")
                .bind(&request.reason)
                .bind(&request.wanted_micros)
                .bind(&"{}")
                .bind(&request.submitted_at)
                .bind(&request.lapses_at)
                .bind(&request.closed_at)
        },
    )?;
    for state in [RequestState::Approved, RequestState::Blocked, RequestState::InReview] {
        let those = bulk.requests.iter().filter(|request| request.state == state);
        moved(w, "requests", &["submitted", state.word()], those.map(|request| &request.id))?;
    }
    many(
        w,
        "INSERT INTO decisions (id, request_id, person_id, decision, comment, cap_micros, at, round)",
        8,
        &bulk.decisions,
        |s, (request, decision)| {
            s.bind(&decision.id)
                .bind(request)
                .bind(&decision.person_id)
                .bind(&decision.decision)
                .bind(&decision.comment)
                .bind(&decision.cap_micros)
                .bind(&decision.at)
                .bind(&decision.round)
        },
    )?;
    many(
        w,
        "INSERT INTO grants (id, person_id, role_id, warehouse_id, request_id, policy_id, state, starts_at, ends_at, \
         granted_at, grace_micros, ended_reason)",
        12,
        &bulk.grants,
        |s, grant| {
            s.bind(&grant.id)
                .bind(&grant.person_id)
                .bind(&grant.role_id)
                .bind(&grant.warehouse_id)
                .bind(&grant.request_id)
                .bind(&grant.policy_id)
                .bind(&"active")
                .bind(&grant.starts_at)
                .bind(&grant.ends_at)
                .bind(&grant.granted_at)
                .bind(&grant.grace_micros)
                .bind(&grant.ended_reason)
        },
    )?;
    let ended = bulk.grants.iter().filter(|grant| grant.state == GrantState::Ended);
    moved(w, "grants", &["active", "ended"], ended.map(|grant| &grant.id))?;
    many(
        w,
        "INSERT INTO tokens (id, grant_id, person_id, role_id, client_id, kid, issued_at, expires_at, address)",
        9,
        &bulk.tokens,
        |s, token| {
            s.bind(&token.id)
                .bind(&token.grant_id)
                .bind(&token.person_id)
                .bind(&token.role_id)
                .bind(&token.client_id)
                .bind(&token.kid)
                .bind(&token.issued_at)
                .bind(&token.expires_at)
                .bind(&token.address)
        },
    )
}

/// The lines of history and of the log, each in the order of time.
fn history(bulk: &Bulk) -> Result<(Vec<Line>, Vec<Line>), Broken> {
    let mut serial = bulk.serial;
    let (mut changes, mut events) = (Vec::new(), Vec::new());
    let change = |serial: &mut Serial, subject: String, at: Time, words: [&'static str; 3], reason: &str| {
        let id = serial.id::<ids::Change>(at)?.to_string();
        Ok::<Line, Broken>(Line { id, at, words, subject, person: None, role: None, data: reason.to_owned() })
    };
    let event = |serial: &mut Serial, what: What, subject: String, at: Time, person, role, data: serde_json::Value| {
        let (id, words) = (serial.id::<ids::Event>(at)?.to_string(), [what.word(), "done", ""]);
        Ok::<Line, Broken>(Line { id, at, words, subject, person: Some(person), role, data: data.to_string() })
    };
    for (certificate, _) in &bulk.certificates {
        let (id, at) = (certificate.id.to_string(), certificate.issued_at);
        changes.push(change(&mut serial, id.clone(), at, ["certificate", "", "valid"], "earned")?);
        let data = json!({ "certification": certificate.certification_id, "expires_at": certificate.expires_at });
        events.push(event(&mut serial, What::CertificateIssued, id, at, certificate.person_id, None, data)?);
    }
    for grant in &bulk.grants {
        let (id, at, role) = (grant.id.to_string(), grant.granted_at, Some(grant.role_id.clone()));
        changes.push(change(&mut serial, id.clone(), at, ["grant", "", "active"], "approved")?);
        let data = json!({
            "request": grant.request_id, "starts_at": grant.starts_at, "ends_at": grant.ends_at, "policy": grant.policy_id,
        });
        events.push(event(&mut serial, What::GrantGiven, id.clone(), at, grant.person_id, role.clone(), data)?);
        if let Some(reason) = grant.ended_reason {
            let word = EndReason::word(reason);
            changes.push(change(&mut serial, id.clone(), grant.ends_at, ["grant", "active", "ended"], word)?);
            let data = json!({ "reason": word });
            events.push(event(&mut serial, What::GrantEnded, id, grant.ends_at, grant.person_id, role, data)?);
        }
    }
    for token in &bulk.tokens {
        let role = Some(token.role_id.parse().map_err(Broken::defect)?);
        let data = json!({
            "grant": token.grant_id, "client": token.client_id, "expires_at": token.expires_at, "kid": token.kid,
        });
        let id = token.id.to_string();
        events.push(event(&mut serial, What::TokenMinted, id, token.issued_at, token.person_id, role, data)?);
    }
    events.sort_by_key(|line| line.at);
    Ok((changes, events))
}
