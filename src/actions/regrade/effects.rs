//! What hangs on passes and failures that turn: certificates, requests, grants and live tokens.

use super::{super::award, plan::Line};
use crate::{
    academy::{self, progress::Progress},
    access::{
        self,
        catalogue::{Approval, Policy},
        grant::Due,
        request::State as RequestState,
    },
    app::Content,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::{
        self,
        certificate::{Certificate, Evidence, State},
        requirement,
    },
    curriculum::course::Course,
    db::Reading,
    tokens,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a correction leads to beyond marks.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// People who earn a certificate.
    pub issued: Vec<Id<ids::Person>>,
    /// Certificates that count and rest on an attempt that fails now: revoked only where they are taken back.
    pub resting: Vec<(Id<ids::Certificate>, Id<ids::Person>)>,
    /// Requests that wait for what is earned now; whether the role is granted at once, without anybody deciding.
    pub wakes: Vec<Touched>,
    /// Suspended grants that resume.
    pub resumes: Vec<Touched>,
    /// Grants that are suspended, or end, if certificates are taken back.
    pub suspends: Vec<Touched>,
    /// Live tokens under those grants: how many, and until when the last one lives. Not part of the fingerprint: tokens
    /// come and go by the minute.
    pub tokens: i64,
    pub tokens_until: Option<Time>,
}

/// A request or a grant that a correction touches.
#[derive(Clone, Debug)]
pub struct Touched {
    pub id: String,
    pub person: Id<ids::Person>,
    pub role: Slug,
    /// For a request: granted at once. For a grant: ended rather than suspended.
    pub final_: bool,
}

impl Effects {
    /// The facts that a preview promises.
    pub(super) fn facts(&self, take_back: bool) -> Value {
        let suspends: Vec<String> =
            self.suspends.iter().filter(|_| take_back).map(|touched| touched.id.clone()).collect();
        json!({
            "issued": self.issued,
            "resting": self.resting,
            "wakes": self.wakes.iter().map(|touched| &touched.id).collect::<Vec<_>>(),
            "resumes": self.resumes.iter().map(|touched| &touched.id).collect::<Vec<_>>(),
            "suspends": suspends,
        })
    }
}

/// Whether a certificate rests on one of these attempts and counts.
pub(super) fn rests(certificate: &Certificate, failing: &BTreeSet<Id<ids::Attempt>>, now: Time) -> bool {
    certificate.is_left_at(now) && certificate.evidence.exams.iter().any(|exam| failing.contains(&exam.attempt))
}

/// Works out what the attempts that turn lead to, person by person.
pub(super) fn effects(
    r: &mut Reading<'_>,
    content: &Content,
    course: &Course,
    turning: &BTreeMap<Id<ids::Person>, Vec<&Line>>,
    take_back: bool,
) -> Result<Effects, Broken> {
    let mut found = Effects::default();
    let mut policies: BTreeMap<String, Policy> = BTreeMap::new();
    for (person, lines) in turning {
        let after = After::of(r, course, *person, lines, take_back)?;
        found.issued.extend(after.earned.then_some(*person));
        found.resting.extend(after.resting.iter().map(|id| (*id, *person)));
        if !after.earned && after.resting.is_empty() {
            continue;
        }
        let now = r.at();
        for asked in access::rows::requests_of(r, *person)?.into_iter().filter(|a| a.state == RequestState::Blocked) {
            let policy = known(r, &mut policies, &asked.policy_id)?;
            let met = requirement::met_until(&requirement::judge(&policy.requires, &after.held, now)).is_some();
            if met && now < asked.lapses_at {
                let (id, role) = (asked.id.to_string(), asked.role_id);
                let final_ = matches!(policy.approval, Approval::Auto) && content.catalogue.roles.contains_key(&role);
                found.wakes.push(Touched { id, person: *person, role, final_ });
            }
        }
        for grant in access::rows::live_grants(r, *person, None)? {
            let clauses = known(r, &mut policies, &grant.policy_id)?.requires.clone();
            let held_back = !access::rows::suspensions_of(r, grant.id)?.is_empty();
            let due = |held: &[Certificate]| {
                grant.due(requirement::lost_at(&clauses, held, grant.starts_at, now), held_back, now)
            };
            let touched =
                |final_| Touched { id: grant.id.to_string(), person: *person, role: grant.role_id.clone(), final_ };
            if matches!(due(&after.held), Due::Resume) {
                found.resumes.push(touched(false));
            }
            if after.resting.is_empty() || !matches!(due(&after.present), Due::Nothing) {
                continue;
            }
            let loses = match due(&after.without) {
                Due::Suspend => touched(false),
                Due::End { .. } => touched(true),
                _ => continue,
            };
            let (count, until) = tokens::rows::live_of_grant(r, grant.id)?;
            found.tokens += count;
            found.tokens_until = found.tokens_until.max(until);
            found.suspends.push(loses);
        }
    }
    Ok(found)
}

fn known<'p>(r: &mut Reading<'_>, policies: &'p mut BTreeMap<String, Policy>, id: &str) -> Result<&'p Policy, Broken> {
    if !policies.contains_key(id) {
        let policy = access::rows::policy(r, id)?;
        policies.insert(id.to_owned(), policy.as_ref().clone());
    }
    policies.get(id).ok_or_else(|| Broken::defect(format!("the policy {id} went away")))
}

/// A person's certificates after a correction.
struct After {
    earned: bool,
    resting: Vec<Id<ids::Certificate>>,
    /// As they are.
    present: Vec<Certificate>,
    /// As they would be.
    held: Vec<Certificate>,
    /// As they would be if those that rest on what fails now were taken back.
    without: Vec<Certificate>,
}

impl After {
    fn of(
        r: &mut Reading<'_>,
        course: &Course,
        person: Id<ids::Person>,
        lines: &[&Line],
        take_back: bool,
    ) -> Result<Self, Broken> {
        let now = r.at();
        let present = certification::rows::certificates_of(r, person)?;
        let failing: BTreeSet<Id<ids::Attempt>> =
            lines.iter().filter(|line| !line.new.passed).map(|line| line.attempt).collect();
        let resting: Vec<Id<ids::Certificate>> =
            present.iter().filter(|c| rests(c, &failing, now)).map(|certificate| certificate.id).collect();
        let progress = progress(r, course, person, lines)?;
        let revoked = |certificate: &Certificate| {
            let mut certificate = certificate.clone();
            if resting.contains(&certificate.id) {
                certificate.state = State::Revoked;
                certificate.ends_at = now.max(certificate.valid_from).min(certificate.ends_at);
            }
            certificate
        };
        let mut without: Vec<Certificate> = present.iter().map(revoked).collect();
        let stands_in = earn(course, &progress, person, &without, now);
        without.extend(stands_in.clone());
        let mut held = present.clone();
        let taken_back = take_back && !resting.is_empty();
        let earned = if taken_back { stands_in } else { earn(course, &progress, person, &present, now) };
        // Only what turns to passed, or is taken back, makes anybody look for a certificate to issue.
        let looked = taken_back || lines.iter().any(|line| line.new.passed);
        let earned = earned.filter(|_| looked);
        if taken_back {
            held = without.clone();
        } else {
            held.extend(earned.clone());
        }
        Ok(Self { earned: earned.is_some(), resting, present, held, without })
    }
}

/// Progress as it would be.
fn progress(
    r: &mut Reading<'_>,
    course: &Course,
    person: Id<ids::Person>,
    lines: &[&Line],
) -> Result<Progress, Broken> {
    let completions = academy::rows::completions(r, person)?.remove(&course.id).unwrap_or_default();
    let mut attempts = academy::rows::attempts(r, person, Some(&course.id))?;
    for line in lines {
        for attempt in attempts.iter_mut().filter(|attempt| attempt.id == line.attempt) {
            attempt.passed = Some(line.new.passed);
            attempt.basis_points = Some(line.marks().1);
        }
    }
    Ok(Progress::new(course, None, completions, attempts, Vec::new()))
}

/// The certificate that would be issued.
fn earn(
    course: &Course,
    progress: &Progress,
    person_id: Id<ids::Person>,
    held: &[Certificate],
    now: Time,
) -> Option<Certificate> {
    let earned = course.certification.as_ref()?;
    let exams = award::due(course, progress, held)?;
    let from = award::renewed(held, &earned.id, now).map_or(now, |certificate| certificate.ends_at.max(now));
    let expires_at = from.plus(&earned.validity);
    Some(Certificate {
        id: Id::new(now),
        person_id,
        certification_id: earned.id.clone(),
        course_id: course.id.clone(),
        course_version: course.version,
        state: State::Valid,
        issued_at: now,
        valid_from: now,
        expires_at,
        ends_at: expires_at,
        ended_reason: None,
        evidence: Evidence {
            course: course.id.clone(),
            version: course.version,
            content: course.hash.clone(),
            modules: BTreeMap::new(),
            exams,
            renews: None,
        },
    })
}
