//! A certificate: its validity, its evidence, and why something about one is refused.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a certificate stands. What counts at an instant is the interval, not this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Counts, or will be found expired by the next sweep.
    Valid,
    /// Its time is over.
    Expired,
    /// A new version of the course broke it; it counts until its grace ends.
    Superseded,
    /// An admin took it back.
    Revoked,
}
word_column!(State { Valid => "valid", Expired => "expired", Superseded => "superseded", Revoked => "revoked" });

/// What a certificate rests on, kept for ever.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Evidence {
    pub course: Slug,
    pub version: i64,
    /// The content hash of the course at that version.
    pub content: String,
    /// Every module and when it was read.
    pub modules: BTreeMap<Slug, Time>,
    /// Every exam and the attempt that passed it.
    pub exams: Vec<ExamEvidence>,
    /// The certificate that this one renews.
    pub renews: Option<Id<ids::Certificate>>,
}

/// One exam that was passed.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct ExamEvidence {
    pub quiz: Slug,
    pub attempt: Id<ids::Attempt>,
    pub basis_points: i64,
    pub at: Time,
}

/// The record that a person earned a certification.
#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    pub id: Id<ids::Certificate>,
    pub person_id: Id<ids::Person>,
    pub certification_id: Slug,
    pub course_id: Slug,
    pub course_version: i64,
    pub state: State,
    pub issued_at: Time,
    pub valid_from: Time,
    /// Fixed when it was issued.
    pub expires_at: Time,
    /// Until when it counts: `expires_at`, or sooner where it was revoked or superseded.
    pub ends_at: Time,
    pub ended_reason: Option<String>,
    pub evidence: Evidence,
}

impl Certificate {
    /// Whether it counts at an instant (the same interval as in `effective_access`).
    #[must_use]
    pub fn counts_at(&self, at: Time) -> bool {
        self.valid_from <= at && at < self.ends_at
    }

    /// Whether there is something of it left to take back at an instant: nobody revoked it, and its time is not over.
    #[must_use]
    pub fn is_left_at(&self, at: Time) -> bool {
        matches!(self.state, State::Valid | State::Superseded) && at < self.ends_at
    }

    /// How it stands at an instant, for people: the stored word, but never later than the clock.
    #[must_use]
    pub fn standing_at(&self, at: Time) -> State {
        match self.state {
            State::Valid if at >= self.ends_at => State::Expired,
            other => other,
        }
    }
}

/// Why something about a certificate is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CertificateRefusal {
    /// There is none with this id.
    #[error("there is no such certificate")]
    NoSuchCertificate,
    /// It is revoked or expired already.
    #[error("this certificate is {state} already")]
    EndedAlready { state: &'static str },
    /// A reason is needed.
    #[error("a reason is needed")]
    ReasonNeeded,
}

impl Refusal for CertificateRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchCertificate => Kind::NotFound,
            Self::EndedAlready { .. } => Kind::Conflict,
            Self::ReasonNeeded => Kind::Invalid,
        }
    }
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCertificate => "no-such-certificate",
            Self::EndedAlready { .. } => "certificate-ended-already",
            Self::ReasonNeeded => "reason-needed",
        }
    }
    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::EndedAlready { state } => BTreeMap::from([("state", Fact::from(*state))]),
            _ => BTreeMap::new(),
        }
    }
}
