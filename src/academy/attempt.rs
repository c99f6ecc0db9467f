//! An attempt's life, and why one is refused.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Missing, Refusal},
        text::Slug,
    },
    curriculum::quiz::QuizKind,
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// After the deadline, saves and the submission are still taken for so long: the network's share, not thinking time.
pub const GRACE_SECONDS: i64 = 60;

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Open for answers.
    InProgress,
    /// Handed in, being marked.
    Submitted,
    /// Ran out of time; the saved answers were handed in.
    Expired,
    /// A person still has to mark a part.
    PendingReview,
    /// Marked.
    Graded,
    /// Does not count.
    Voided,
}
word_column!(State {
    InProgress => "in_progress",
    Submitted => "submitted",
    Expired => "expired",
    PendingReview => "pending_review",
    Graded => "graded",
    Voided => "voided",
});

/// One run at one quiz, without its form.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Attempt {
    pub id: Id<ids::Attempt>,
    pub person_id: Id<ids::Person>,
    pub course_id: Slug,
    pub quiz_id: Slug,
    pub kind: QuizKind,
    pub course_version: i64,
    pub state: State,
    pub started_at: Time,
    /// When the time is over, before grace; none means no limit.
    pub deadline_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub graded_at: Option<Time>,
    pub passed: Option<bool>,
    /// Hundredths of a percent.
    pub basis_points: Option<i64>,
    /// What the quiz's limit was multiplied by for the deadline, in percent.
    pub time_factor_percent: i64,
}

impl Attempt {
    /// The instant after which nothing more is taken.
    #[must_use]
    pub fn closes_at(&self) -> Option<Time> {
        self.deadline_at.map(|deadline| deadline.plus_seconds(GRACE_SECONDS))
    }

    /// Whether answers are taken at `now`: judged by the clock, never by whether a sweep came by.
    #[must_use]
    pub fn is_open(&self, now: Time) -> bool {
        self.state == State::InProgress && self.closes_at().is_none_or(|end| now < end)
    }
}

/// What still waits once an exam is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// The certificate, for the rest of its course.
    Certificate,
    /// The course, which earns none, for its rest.
    Course,
    /// Nothing: everything is done, and nothing is to be renewed.
    Nothing,
}

impl Waits {
    /// The word that chooses the sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Course => "course",
            Self::Nothing => "nothing",
        }
    }
}

/// Why an attempt does not start, take an answer, or end.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AttemptRefusal {
    /// No such course, module or quiz.
    #[error("there is no such {what}: {id}")]
    NoSuch { what: &'static str, id: String },
    /// No such attempt, or another person's.
    #[error("there is no such attempt")]
    NoSuchAttempt,
    /// Too many in the window.
    #[error("all {max} attempts of this period are used; the next is possible at {next}")]
    LimitReached { max: i64, next: Time },
    /// Too soon after the last.
    #[error("the next attempt is possible at {next}")]
    Cooldown { next: Time },
    /// Passed, and not yet to be renewed.
    #[error("this exam is passed; it opens again at {next}")]
    PassedAlready { next: Time },
    /// Passed, and no moment opens it again: trying once more would prove nothing.
    #[error("this exam is passed; what waits for the rest: {}", .waits.word())]
    Passed { waits: Waits, missing: Vec<Missing> },
    /// Other courses come first.
    #[error("other courses come first")]
    PrerequisiteMissing { missing: Vec<Missing> },
    /// A module of this course comes first.
    #[error("other modules come first")]
    ModuleMissing { missing: Vec<Missing> },
    /// Over.
    #[error("this attempt is closed")]
    Closed { state: &'static str },
    /// Another tab or machine saved since.
    #[error("a newer answer was saved elsewhere, as revision {revision}")]
    Stale { revision: i64, answer: serde_json::Value, saved_at: Time },
    /// The answer does not fit the question.
    #[error("this answer does not fit question {no}: {why}")]
    BadAnswer { no: i64, why: &'static str },
    /// No such question on this form.
    #[error("there is no question {no} on this form")]
    NoSuchQuestion { no: i64 },
    /// It does not count already.
    #[error("this attempt is voided already")]
    VoidedAlready,
    /// An attempt at this exam was handed in, and a person still has to mark a part of it.
    #[error("an attempt at this exam is still being marked")]
    BeingMarked,
    /// The short exam is for people whose certificate of an earlier version still counts.
    #[error("this exam is for holders of a certificate of an earlier version")]
    NotForYou,
    /// Nothing on this attempt waits for a person at this place, or it was marked already.
    #[error("the answer to question {no} does not wait to be marked")]
    NothingToMark { no: i64 },
    /// Nobody marks their own answers.
    #[error("nobody marks their own answers")]
    OwnAnswer,
    /// The marks do not fit the rubric.
    #[error("a mark is missing or out of bounds for the criterion {criterion}")]
    BadMark { criterion: String },
}

impl Refusal for AttemptRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuch { .. } | Self::NoSuchAttempt | Self::NoSuchQuestion { .. } => Kind::NotFound,
            Self::LimitReached { .. } | Self::Cooldown { .. } => Kind::TooMany,
            Self::PrerequisiteMissing { .. } | Self::ModuleMissing { .. } | Self::OwnAnswer | Self::NotForYou => {
                Kind::Forbidden
            }
            Self::PassedAlready { .. }
            | Self::Passed { .. }
            | Self::Closed { .. }
            | Self::Stale { .. }
            | Self::VoidedAlready
            | Self::BeingMarked
            | Self::NothingToMark { .. } => Kind::Conflict,
            Self::BadAnswer { .. } | Self::BadMark { .. } => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuch { .. } => "no-such-content",
            Self::NoSuchAttempt => "no-such-attempt",
            Self::LimitReached { .. } => "attempt-limit-reached",
            Self::Cooldown { .. } => "attempt-cooldown",
            Self::PassedAlready { .. } => "exam-passed-already",
            Self::Passed { .. } => "exam-passed",
            Self::PrerequisiteMissing { .. } => "prerequisite-missing",
            Self::ModuleMissing { .. } => "module-missing",
            Self::Closed { .. } => "attempt-closed",
            Self::Stale { .. } => "answer-stale",
            Self::BadAnswer { .. } => "bad-answer",
            Self::NoSuchQuestion { .. } => "no-such-question",
            Self::VoidedAlready => "attempt-voided-already",
            Self::BeingMarked => "attempt-being-marked",
            Self::NotForYou => "exam-for-holders",
            Self::NothingToMark { .. } => "nothing-to-mark",
            Self::OwnAnswer => "own-answer",
            Self::BadMark { .. } => "bad-mark",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NoSuch { what, id } => BTreeMap::from([("what", Fact::from(*what)), ("id", Fact::from(id.as_str()))]),
            Self::LimitReached { max, next } => {
                BTreeMap::from([("max", Fact::from(*max)), ("next", Fact::NotBefore(*next))])
            }
            Self::Cooldown { next } | Self::PassedAlready { next } => {
                BTreeMap::from([("next", Fact::NotBefore(*next))])
            }
            Self::Closed { state } => BTreeMap::from([("state", Fact::from(*state))]),
            Self::Stale { revision, answer, saved_at } => BTreeMap::from([
                ("revision", Fact::from(*revision)),
                ("answer", Fact::Answer(answer.clone())),
                ("saved_at", Fact::from(*saved_at)),
            ]),
            Self::BadAnswer { no, why } => BTreeMap::from([("no", Fact::from(*no)), ("why", Fact::from(*why))]),
            Self::NoSuchQuestion { no } | Self::NothingToMark { no } => BTreeMap::from([("no", Fact::from(*no))]),
            Self::Passed { waits, .. } => BTreeMap::from([("waits", Fact::from(waits.word()))]),
            Self::BadMark { criterion } => BTreeMap::from([("criterion", Fact::from(criterion.as_str()))]),
            _ => BTreeMap::new(),
        }
    }

    fn missing(&self) -> Vec<Missing> {
        match self {
            Self::PrerequisiteMissing { missing } | Self::ModuleMissing { missing } | Self::Passed { missing, .. } => {
                missing.clone()
            }
            _ => Vec::new(),
        }
    }
}
