//! Report 3: why somebody holds a role, or does not: every step that it came by, the oldest first.

use super::{Page, Part};
use crate::{
    academy::{self, attempt::Attempt, mark::basis_percent},
    access::{self, request::Request},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::{certificate::Certificate, rows::certificates_of},
    db::{Reading, sql, sql::row},
    identity,
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// What a step belongs to, in the order in which those of one instant are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Attempt,
    Certificate,
    // What was said comes before what came of it.
    Decision,
    Request,
    Grant,
    Held,
    Lock,
    Account,
    Token,
}

impl Of {
    fn word(self) -> &'static str {
        match self {
            Self::Attempt => "attempt",
            Self::Certificate => "certificate",
            Self::Request => "request",
            Self::Decision => "decision",
            Self::Grant => "grant",
            Self::Held => "held",
            Self::Lock => "lock",
            Self::Account => "account",
            Self::Token => "token",
        }
    }
}

/// One step.
struct Step {
    at: Time,
    part: Of,
    state: String,
    what: String,
    by: String,
    words: String,
    thing: String,
    /// Which of its thing's steps it is.
    place: usize,
}

impl Step {
    fn key(&self) -> String {
        format!("{:020}|{}|{}|{:04}", self.at.micros(), self.part as u8, self.thing, self.place)
    }
}

/// The steps of a person's access to a role up to the moment asked about.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let (Some(person), Some(role)) = (asked.person, &asked.role) else { return Ok(Page::default()) };
    let mut steps = all_but_tokens(r, person, role)?;
    let (minted, machines) = tokens(r, person, role, part)?;
    steps.extend(minted);
    let mut keyed: Vec<(String, Step)> = steps.into_iter().map(|step| (step.key(), step)).collect();
    keyed.retain(|(key, _)| part.after.is_none_or(|after| key.as_str() > after));
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    keyed.truncate(part.most + 1);
    let mut names = identity::rows::names_of(r, keyed.iter().map(|(_, step)| step.by.as_str()))?;
    names.extend(machines);
    let lines = keyed.into_iter().map(|(key, step)| (key, line(step, &names))).collect();
    Ok(Page::cut(lines, part.most))
}

fn line(step: Step, names: &BTreeMap<String, String>) -> Line {
    let name = names.get(&step.by).cloned();
    vec![
        Cell::Moment(step.at),
        Cell::word(step.part.word()),
        Cell::word(step.state),
        Cell::text(step.what),
        if step.by.is_empty() { Cell::None } else { Cell::Actor(step.by, name) },
        Cell::text(step.words),
        Cell::Thing(step.thing),
    ]
}

/// Everything but the tokens, of which there may be many.
fn all_but_tokens(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Slug) -> Result<Vec<Step>, Broken> {
    let at = r.at();
    let mut steps = Vec::new();
    let mut grants = access::rows::grants_of_role(r, person, role)?;
    grants.retain(|grant| grant.granted_at <= at);
    let mut requests = access::rows::requests_of(r, person)?;
    requests.retain(|request| request.role_id == *role);
    for request in &requests {
        let emergency = grants.iter().any(|grant| grant.emergency && grant.request_id == request.id);
        steps.extend(of_request(r, request, emergency)?);
    }
    let mut asked_for: BTreeSet<Slug> = BTreeSet::new();
    for grant in &grants {
        let policy = access::rows::policy(r, &grant.policy_id)?;
        asked_for.extend(policy.requires.iter().flatten().cloned());
        steps.extend(life(r, Of::Grant, &grant.id, "")?);
        steps.extend(held_back(r, grant.id)?);
    }
    let mut held = certificates_of(r, person)?;
    held.retain(|certificate| certificate.issued_at <= at && asked_for.contains(&certificate.certification_id));
    for certificate in &held {
        steps.extend(of_certificate(r, certificate)?);
    }
    if let Some(since) = grants.iter().map(|grant| grant.starts_at).min() {
        let houses: BTreeSet<&Slug> = grants.iter().map(|grant| &grant.warehouse_id).collect();
        steps.extend(locks(r, person, role, &houses, since)?);
        steps.extend(shut_out(r, person, since)?);
    }
    Ok(steps)
}

/// The steps of one thing's own life up to the moment, with the words that people said to them.
fn life(r: &mut Reading<'_>, part: Of, thing: &impl ToString, what: &str) -> Result<Vec<Step>, Broken> {
    row! { struct Change { to_state: String, at: Time, actor: String, note: Option<String> } }
    let at = r.at();
    let changes: Vec<Change> = sql("SELECT c.to_state, c.at, c.actor, n.note FROM state_changes c \
                                    LEFT JOIN change_notes n ON n.change_id = c.id \
                                    WHERE c.subject_id = ? AND c.at <= ? ORDER BY c.at, c.id LIMIT 500")
    .bind(&thing.to_string())
    .bind(&at)
    .all(r)?;
    let step = |(place, change): (usize, Change)| Step {
        at: change.at,
        part,
        state: change.to_state,
        what: what.to_owned(),
        by: change.actor,
        words: change.note.unwrap_or_default(),
        thing: thing.to_string(),
        place,
    };
    Ok(changes.into_iter().enumerate().map(step).collect())
}

/// The life of a request and what was said to it. One of an emergency begins as approved, and nobody did that.
fn of_request(r: &mut Reading<'_>, request: &Request, emergency: bool) -> Result<Vec<Step>, Broken> {
    let at = r.at();
    let mut steps = life(r, Of::Request, &request.id, "")?;
    if let Some(first) = steps.first_mut() {
        // The reason was given with the request itself.
        if first.words.is_empty() {
            first.words.clone_from(&request.reason);
        }
        if emergency {
            "emergency".clone_into(&mut first.state);
        }
    }
    for decision in access::rows::decisions(r, request.id)?.into_iter().filter(|decision| decision.at <= at) {
        steps.push(Step {
            at: decision.at,
            part: Of::Decision,
            state: decision.decision.state_word().to_owned(),
            // In whose place it was said, where it was another's.
            what: decision.on_behalf_name.unwrap_or_default(),
            by: decision.person_id.to_string(),
            words: decision.comment,
            thing: decision.id.to_string(),
            place: 0,
        });
    }
    Ok(steps)
}

fn of_certificate(r: &mut Reading<'_>, certificate: &Certificate) -> Result<Vec<Step>, Broken> {
    let what = format!("{} {}", certificate.course_id, certificate.course_version);
    let mut steps = life(r, Of::Certificate, &certificate.id, &what)?;
    for exam in &certificate.evidence.exams {
        let Some(attempt) = academy::rows::attempt(r, exam.attempt)? else { continue };
        let told = life(r, Of::Attempt, &attempt.id, &result(&attempt))?;
        // What counts of an attempt is its mark, and whether that was taken back.
        steps.extend(told.into_iter().filter(|step| matches!(step.state.as_str(), "graded" | "voided")));
    }
    Ok(steps)
}

/// The exam, the version of its course, and the mark: `alpha/final 3: 92.5%`.
fn result(attempt: &Attempt) -> String {
    let exam = format!("{}/{} {}", attempt.course_id, attempt.quiz_id, attempt.course_version);
    match attempt.basis_points {
        Some(points) => format!("{exam}: {:.1}%", basis_percent(points)),
        None => exam,
    }
}

fn locks(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
    houses: &BTreeSet<&Slug>,
    since: Time,
) -> Result<Vec<Step>, Broken> {
    let at = r.at();
    let mut steps: BTreeMap<(String, &str), Step> = BTreeMap::new();
    for house in houses {
        for lock in access::rows::locks_since(r, person, role, house, since)? {
            let step = |at, state: &str, by: &str, words: &str| Step {
                at,
                part: Of::Lock,
                state: state.to_owned(),
                what: lock.kind.word().to_owned(),
                by: by.to_owned(),
                words: words.to_owned(),
                thing: lock.id.to_string(),
                place: usize::from(state == "lifted"),
            };
            let placed = step(lock.placed_at, "locked", &lock.placed_by, &lock.reason);
            steps.insert((lock.id.to_string(), "locked"), placed);
            if let Some(lifted) = lock.lifted_at.filter(|lifted| *lifted <= at) {
                let by = lock.lifted_by.as_deref().unwrap_or_default();
                steps.insert((lock.id.to_string(), "lifted"), step(lifted, "lifted", by, ""));
            }
        }
    }
    Ok(steps.into_values().collect())
}

/// When a review or an admin held a grant back.
fn held_back(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Vec<Step>, Broken> {
    let at = r.at();
    let mut steps = Vec::new();
    for held in access::rows::suspension_history(r, grant)? {
        let step = |at, state: &str, by: &str, words: &str| Step {
            at,
            part: Of::Held,
            state: state.to_owned(),
            what: held.cause.word().to_owned(),
            by: by.to_owned(),
            words: words.to_owned(),
            thing: held.id.to_string(),
            place: usize::from(state == "lifted"),
        };
        steps.push(step(held.from_at, "suspended", &held.placed_by, &held.reason));
        if let Some(until) = held.until_at.filter(|until| *until <= at) {
            steps.push(step(until, "lifted", held.lifted_by.as_deref().unwrap_or_default(), ""));
        }
    }
    Ok(steps)
}

/// When the person could not act, since the first grant.
fn shut_out(r: &mut Reading<'_>, person: Id<ids::Person>, since: Time) -> Result<Vec<Step>, Broken> {
    row! {
        struct Period {
            from_at: Time,
            until_at: Option<Time>,
            reason: String,
            shut_by: Option<String>,
            let_by: Option<String>,
        }
    }
    let at = r.at();
    // Who did it stands in the log alone, at the very instant.
    let periods: Vec<Period> = sql("SELECT d.from_at, d.until_at, d.reason, (SELECT MIN(e.actor) FROM events e \
                                    WHERE e.person_id = d.person_id AND e.kind = 'person.disabled' \
                                    AND e.at = d.from_at) AS shut_by, (SELECT MIN(e.actor) FROM events e \
                                    WHERE e.person_id = d.person_id AND e.kind = 'person.enabled' \
                                    AND e.at = d.until_at) AS let_by FROM disabled_periods d WHERE d.person_id = ? \
                                    AND d.from_at <= ? AND (d.until_at IS NULL OR d.until_at > ?) \
                                    ORDER BY d.from_at LIMIT 200")
    .bind(&person)
    .bind(&at)
    .bind(&since)
    .all(r)?;
    let step = |at, state: &str, by: Option<String>, words: String, place| Step {
        at,
        part: Of::Account,
        state: state.to_owned(),
        what: String::new(),
        by: by.unwrap_or_default(),
        words,
        thing: person.to_string(),
        place,
    };
    let mut steps = Vec::new();
    for (place, period) in periods.into_iter().enumerate() {
        steps.push(step(period.from_at, "disabled", period.shut_by, period.reason, 2 * place));
        if let Some(until) = period.until_at.filter(|until| *until <= at) {
            steps.push(step(until, "active", period.let_by, String::new(), 2 * place + 1));
        }
    }
    Ok(steps)
}

/// The tokens from the instant of the last line on, and the names of the service accounts among those who took them: what a
/// machine took it took itself, and not whoever owns it.
fn tokens(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
    part: Part<'_>,
) -> Result<(Vec<Step>, BTreeMap<String, String>), Broken> {
    row! {
        struct Minted {
            id: Id<ids::Token>,
            issued_at: Time,
            client: String,
            client_name: Option<String>,
            service: bool,
            address: String,
        }
    }
    let at = r.at();
    let token = format!("{}", Of::Token as u8);
    let mut pieces = part.after.unwrap_or_default().splitn(4, '|');
    let after = pieces.next().and_then(|micros| micros.parse().ok()).map_or(Time::from_micros(0), Time::from_micros);
    // Tokens are the last of their instant: where the last line was none, all of its instant are still to come.
    let last = if pieces.next() == Some(token.as_str()) { pieces.next().unwrap_or_default() } else { "" };
    let minted: Vec<Minted> =
        sql("SELECT t.id, t.issued_at, t.client_id AS client, c.name AS client_name, t.service, t.address \
                                   FROM tokens t LEFT JOIN clients c ON c.id = t.client_id WHERE t.person_id = ? \
                                   AND t.issued_at >= ? AND t.issued_at <= ? AND t.role_id = ? \
                                   AND (t.issued_at, t.id) > (?, ?) ORDER BY t.issued_at, t.id LIMIT ?")
        .bind(&person)
        .bind(&after)
        .bind(&at)
        .bind(role)
        .bind(&after)
        .bind(&last.to_owned())
        .bind(&part.probe())
        .all(r)?;
    let named = |token: &Minted| Some((token.client.clone(), token.client_name.clone()?));
    let machines = minted.iter().filter(|token| token.service).filter_map(named).collect();
    let step = |token: Minted| Step {
        at: token.issued_at,
        part: Of::Token,
        state: "minted".to_owned(),
        by: if token.service { token.client.clone() } else { person.to_string() },
        what: token.client_name.unwrap_or(token.client),
        words: token.address,
        thing: token.id.to_string(),
        place: 0,
    };
    Ok((minted.into_iter().map(step).collect(), machines))
}

/// Whether it was effective at the moment asked about, by the one view.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let (Some(person), Some(role)) = (asked.person, &asked.role) else { return Ok(Vec::new()) };
    let effective = access::rows::effective(r, person, role)?.is_some();
    Ok(vec![Figure::answer("effective", effective)])
}
