//! What is left to earn or renew a certificate: everything, or the short exam for those who hold an earlier version.

use super::certificate::{Certificate, State};
use crate::{
    academy::{attempt::Attempt, progress::Progress},
    base::{clock::Time, text::Slug},
    curriculum::course::Course,
};
use std::collections::BTreeSet;

/// What is left to do in a course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    pub modules: Vec<Slug>,
    pub exams: Vec<Slug>,
}

impl Left {
    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty() && self.exams.is_empty()
    }
}

/// What earlier certificates of a course used up.
#[derive(Clone, Debug, Default)]
pub struct Spent {
    evidence: BTreeSet<String>,
    latest: Option<Time>,
}

impl Spent {
    /// By one person's certificates of one course.
    #[must_use]
    pub fn by<'c>(certificates: impl IntoIterator<Item = &'c Certificate>) -> Self {
        let mut spent = Self::default();
        for certificate in certificates {
            spent.evidence.extend(certificate.evidence.exams.iter().map(|exam| exam.attempt.to_string()));
            if certificate.state != State::Revoked {
                spent.latest = spent.latest.max(Some(certificate.issued_at));
            }
        }
        spent
    }

    /// Whether a pass earns nothing more: it is evidence of any certificate, or was passed before one was issued that nobody
    /// took back. The second comes of corrections: who failed, sat again and is certified gains nothing twice.
    #[must_use]
    pub fn holds(&self, attempt: &str, finished_at: Option<Time>) -> bool {
        self.evidence.contains(attempt) || (finished_at.is_some() && finished_at <= self.latest)
    }
}

/// The certificate of an earlier version that opens the short exam at an instant: it counts then.
#[must_use]
pub fn opens_delta<'c>(course: &Course, certificates: &'c [Certificate], at: Time) -> Option<&'c Certificate> {
    course.delta()?;
    certificates
        .iter()
        .filter(|held| held.course_id == course.id && held.course_version < course.version)
        .filter(|held| held.state != State::Revoked && held.counts_at(at))
        .max_by_key(|held| held.ends_at)
}

/// What is left at an instant, by the shortest way that is open. Attempts in `spent` earn nothing again.
#[must_use]
pub fn left(
    course: &Course,
    progress: &Progress,
    certificates: &[Certificate],
    spent: &BTreeSet<String>,
    at: Time,
) -> Left {
    let whole = Left { modules: progress.modules_left(course), exams: progress.exams_left(course, spent) };
    if whole.is_empty() || earning(course, progress, certificates, spent).is_some() {
        return Left::default();
    }
    match (course.delta(), opens_delta(course, certificates, at)) {
        (Some(delta), Some(_)) => Left { modules: Vec::new(), exams: vec![delta.id.clone()] },
        _ => whole,
    }
}

/// The passes that earn a certificate now, if they are complete: of every exam with every module read, or of the short exam
/// by somebody who held an earlier version when they began it.
#[must_use]
pub fn earning<'p>(
    course: &Course,
    progress: &'p Progress,
    certificates: &[Certificate],
    spent: &BTreeSet<String>,
) -> Option<Vec<&'p Attempt>> {
    if progress.modules_left(course).is_empty() {
        let passes: Option<Vec<&Attempt>> = course.exams().map(|quiz| progress.fresh_pass(&quiz.id, spent)).collect();
        if let Some(passes) = passes.filter(|passes| !passes.is_empty()) {
            return Some(passes);
        }
    }
    let pass = progress.fresh_pass(&course.delta()?.id, spent)?;
    opens_delta(course, certificates, pass.started_at).map(|_| vec![pass])
}
