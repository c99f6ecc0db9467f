//! Corrections of marks on the wire.

use super::{AttemptId, CertificateId, PersonId, RegradeId};
use crate::{
    academy::{regrade::Treatment, rows::RegradeRow},
    actions::regrade::{Line, Plan, Tally, Wanted},
    base::{clock::Time, text::Slug},
    curriculum::question::Question,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What becomes of a question.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Treatment)]
pub(in crate::web::api) enum Way {
    /// It is marked by the key in force, for the points in force.
    NewKey,
    /// Everybody gets all its points.
    FullMarks,
    /// It is taken out of the total.
    SetAside,
}

impl From<Way> for Treatment {
    fn from(way: Way) -> Self {
        match way {
            Way::NewKey => Self::NewKey,
            Way::FullMarks => Self::FullMarks,
            Way::SetAside => Self::SetAside,
        }
    }
}

impl From<Treatment> for Way {
    fn from(treatment: Treatment) -> Self {
        match treatment {
            Treatment::NewKey => Self::NewKey,
            Treatment::FullMarks => Self::FullMarks,
            Treatment::SetAside => Self::SetAside,
        }
    }
}

/// What is to be corrected, and how.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"course": "data-foundations", "question": "q-grain", "treatment": "new_key"}))]
pub(in crate::web::api) struct RegradeWanted {
    course: Slug,
    question: Slug,
    /// The version on the forms, by hash; without it the latest that people met and that is not in force.
    #[serde(default)]
    from: Option<String>,
    treatment: Way,
    /// Whether certificates that rest on an attempt that fails now are revoked.
    #[serde(default)]
    take_back: bool,
}

impl From<RegradeWanted> for Wanted {
    fn from(wanted: RegradeWanted) -> Self {
        let RegradeWanted { course, question, from, treatment, take_back } = wanted;
        Self { course, question, from, treatment: treatment.into(), take_back }
    }
}

/// The correction that a preview showed, and why.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "course": "data-foundations", "question": "q-grain", "treatment": "new_key",
    "reason": "The key was wrong", "fingerprint": "0f3c…",
}))]
pub(in crate::web::api) struct RegradeApplied {
    pub(in crate::web::api) course: Slug,
    pub(in crate::web::api) question: Slug,
    #[serde(default)]
    pub(in crate::web::api) from: Option<String>,
    pub(in crate::web::api) treatment: Way,
    #[serde(default)]
    pub(in crate::web::api) take_back: bool,
    /// Everybody whose mark changes reads it.
    pub(in crate::web::api) reason: String,
    /// Of the preview: other facts are refused.
    pub(in crate::web::api) fingerprint: String,
}

/// What a correction would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegradePreview)]
pub(in crate::web::api) struct PreviewBody {
    course: Slug,
    question: Slug,
    from: String,
    /// The version whose key is used, where one is.
    to: Option<String>,
    treatment: Way,
    take_back: bool,
    /// Options that nobody could choose, that are gone, and that became right or wrong.
    options_added: Vec<Slug>,
    options_removed: Vec<Slug>,
    options_rekeyed: Vec<Slug>,
    /// Marked attempts that hold the version, and people.
    attempts: usize,
    people: usize,
    /// Attempts that are not marked yet: corrected as soon as they are.
    open: i64,
    changed: usize,
    higher: usize,
    lower: usize,
    now_passed: usize,
    now_failed: usize,
    certificates_issued: usize,
    /// They rest on an attempt that fails now: kept unless they are taken back.
    certificates_resting: usize,
    requests_woken: usize,
    grants_resumed: usize,
    /// If certificates are taken back.
    grants_suspended: usize,
    grants_ended: usize,
    live_tokens: i64,
    live_tokens_until: Option<Time>,
    /// Name by name, for admins only.
    attempts_changed: Option<Vec<LineBody>>,
    certificates: Option<Vec<CertificateId>>,
    /// Names exactly these facts.
    fingerprint: String,
}

/// An attempt whose mark changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegradeLine)]
pub(in crate::web::api) struct LineBody {
    attempt: AttemptId,
    person: PersonId,
    exam: Slug,
    old_basis_points: i64,
    new_basis_points: i64,
    old_passed: bool,
    new_passed: bool,
}

impl From<&Line> for LineBody {
    fn from(line: &Line) -> Self {
        let (old_basis_points, new_basis_points) = line.marks();
        Self {
            attempt: line.attempt,
            person: line.person,
            exam: line.quiz.clone(),
            old_basis_points,
            new_basis_points,
            old_passed: line.old.passed,
            new_passed: line.new.passed,
        }
    }
}

impl PreviewBody {
    /// A preview; with names where the reader may know them.
    pub(in crate::web::api) fn of(plan: &Plan, named: bool) -> Self {
        let Tally { changed, higher, lower, now_passed, now_failed } = plan.tally;
        let effects = &plan.effects;
        let ended = effects.suspends.iter().filter(|grant| grant.final_).count();
        Self {
            course: plan.course.clone(),
            question: plan.question.clone(),
            from: plan.from.hash(),
            to: plan.to.as_ref().map(Question::hash),
            treatment: plan.treatment.into(),
            take_back: plan.take_back,
            options_added: plan.difference.added.clone(),
            options_removed: plan.difference.removed.clone(),
            options_rekeyed: plan.difference.rekeyed.clone(),
            attempts: plan.attempts,
            people: plan.people,
            open: plan.open,
            changed,
            higher,
            lower,
            now_passed,
            now_failed,
            certificates_issued: effects.issued.len(),
            certificates_resting: effects.resting.len(),
            requests_woken: effects.wakes.len(),
            grants_resumed: effects.resumes.len(),
            grants_suspended: effects.suspends.len() - ended,
            grants_ended: ended,
            live_tokens: effects.tokens,
            live_tokens_until: effects.tokens_until,
            attempts_changed: named.then(|| plan.lines.iter().map(LineBody::from).collect()),
            certificates: named.then(|| effects.resting.iter().map(|(id, _)| *id).collect()),
            fingerprint: plan.fingerprint.clone(),
        }
    }
}

/// A correction that was applied.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Regrade)]
pub(in crate::web::api) struct RegradeBody {
    id: RegradeId,
    course: Slug,
    question: Slug,
    from: String,
    to: Option<String>,
    treatment: Way,
    take_back: bool,
    reason: String,
    applied_by: String,
    applied_at: Time,
    attempts: i64,
    changed: i64,
    now_passed: i64,
    now_failed: i64,
    certificates_issued: i64,
    certificates_revoked: i64,
}

impl From<RegradeRow> for RegradeBody {
    fn from(row: RegradeRow) -> Self {
        Self {
            id: row.id,
            course: row.course_id,
            question: row.question_id,
            from: row.from_hash,
            to: row.to_hash,
            treatment: row.treatment.into(),
            take_back: row.take_back,
            reason: row.reason,
            applied_by: row.applied_by,
            applied_at: row.applied_at,
            attempts: row.attempts,
            changed: row.changed,
            now_passed: row.now_passed,
            now_failed: row.now_failed,
            certificates_issued: row.certificates_issued,
            certificates_revoked: row.certificates_revoked,
        }
    }
}
