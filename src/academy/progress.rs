//! How far a person is in a course: modules read, exams passed, and what is left to do.

use super::{
    accommodation::Accommodation,
    attempt::{Attempt, State},
};
use crate::{
    base::{clock::Time, text::Slug},
    curriculum::{course::Course, quiz::QuizKind},
};
use std::collections::{BTreeMap, BTreeSet};

/// A module that was marked as read, under a version of its course.
#[derive(Clone, Debug)]
pub struct Completion {
    pub module: Slug,
    pub version: i64,
    pub at: Time,
}

/// A person's standing in one course, as far as learning goes.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    pub enrolled_at: Option<Time>,
    /// Modules of the present version that count as read, and since when.
    pub read: BTreeMap<Slug, Time>,
    /// Exams that count as passed: the attempts that passed them, oldest first.
    pub passes: BTreeMap<Slug, Vec<Attempt>>,
    /// Every attempt at any quiz of the course, oldest first.
    pub attempts: Vec<Attempt>,
    /// What was granted to the person beyond the rules, for any course.
    pub accommodations: Vec<Accommodation>,
}

/// Whether what was done under `version` still counts: nothing has broken it since.
#[must_use]
pub fn counts(course: &Course, version: i64) -> bool {
    version >= course.breaking_since
}

impl Progress {
    /// Puts together what the database holds.
    #[must_use]
    pub fn new(
        course: &Course,
        enrolled_at: Option<Time>,
        completions: Vec<Completion>,
        attempts: Vec<Attempt>,
        accommodations: Vec<Accommodation>,
    ) -> Self {
        let mut read = BTreeMap::new();
        for completion in completions {
            if counts(course, completion.version) && course.module(&completion.module).is_some() {
                read.entry(completion.module).or_insert(completion.at);
            }
        }
        let mut passes: BTreeMap<Slug, Vec<Attempt>> = BTreeMap::new();
        for attempt in &attempts {
            let passed = attempt.state == State::Graded && attempt.passed == Some(true);
            if attempt.kind == QuizKind::Exam && passed && counts(course, attempt.course_version) {
                passes.entry(attempt.quiz_id.clone()).or_default().push(attempt.clone());
            }
        }
        Self { enrolled_at, read, passes, attempts, accommodations }
    }

    /// The modules that are still to be read.
    #[must_use]
    pub fn modules_left(&self, course: &Course) -> Vec<Slug> {
        course.modules.iter().map(|m| m.id.clone()).filter(|id| !self.read.contains_key(id)).collect()
    }

    /// The exams that are still to be passed, where passes in `spent` (evidence of earlier certificates) do not count again.
    #[must_use]
    pub fn exams_left(&self, course: &Course, spent: &BTreeSet<String>) -> Vec<Slug> {
        course.exams().map(|quiz| quiz.id.clone()).filter(|quiz| self.fresh_pass(quiz, spent).is_none()).collect()
    }

    /// Whether every module is read and every exam passed, whatever that earned.
    #[must_use]
    pub fn is_whole(&self, course: &Course) -> bool {
        self.modules_left(course).is_empty() && self.exams_left(course, &BTreeSet::new()).is_empty()
    }

    /// The best passing attempt at an exam that is not spent yet; the earliest among equals.
    #[must_use]
    pub fn fresh_pass(&self, quiz: &Slug, spent: &BTreeSet<String>) -> Option<&Attempt> {
        self.passes
            .get(quiz)?
            .iter()
            .filter(|attempt| !spent.contains(&attempt.id.to_string()))
            .max_by_key(|attempt| (attempt.basis_points, std::cmp::Reverse(attempt.started_at)))
    }

    /// Whether an attempt at this quiz was handed in and is not marked yet.
    #[must_use]
    pub fn being_marked(&self, quiz: &Slug) -> bool {
        let waits = |state| matches!(state, State::Submitted | State::Expired | State::PendingReview);
        self.attempts.iter().any(|attempt| attempt.quiz_id == *quiz && waits(attempt.state))
    }

    /// The attempts at one quiz that count against its limits, as (start, end), oldest first.
    #[must_use]
    pub fn runs(&self, quiz: &Slug) -> Vec<(Time, Option<Time>)> {
        self.attempts
            .iter()
            .filter(|attempt| attempt.quiz_id == *quiz && attempt.state != State::Voided)
            .map(|attempt| (attempt.started_at, attempt.finished_at))
            .collect()
    }

    /// Modules read, in percent of all of them.
    #[must_use]
    pub fn percent(&self, course: &Course) -> u32 {
        let exams = course.exams().count();
        let passed = course.exams().filter(|quiz| self.passes.contains_key(&quiz.id)).count();
        let all = course.modules.len() + exams;
        ((self.read.len() + passed) * 100).checked_div(all).map_or(0, |percent| u32::try_from(percent).unwrap_or(100))
    }
}
