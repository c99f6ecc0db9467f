//! A delegation: somebody decides in another's place while that one is away, and why making or ending one is refused.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
    },
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// The longest a delegation lasts, in days: whoever is away for longer hands the role over.
pub const LONGEST_DAYS: i64 = 180;

/// Where a delegation stands. What counts at an instant is whether it lies between its start and its end, not this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Scheduled,
    Active,
    Ended,
}
word_column!(State { Scheduled => "scheduled", Active => "active", Ended => "ended" });

/// Somebody decides in another's place between two instants.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Delegation {
    pub id: Id<ids::Delegation>,
    /// Who is away.
    pub delegator_id: Id<ids::Person>,
    pub delegator_name: String,
    /// Who decides meanwhile.
    pub delegate_id: Id<ids::Person>,
    pub delegate_name: String,
    pub state: State,
    pub from_at: Time,
    /// Until when it was made.
    pub until_at: Time,
    /// When it ends, or ended: sooner where somebody ended it.
    pub ends_at: Time,
    /// What the delegator says about it; may be empty.
    pub note: String,
    pub made_at: Time,
    /// Who made it and who ended it, in the log's words.
    pub made_by: String,
    pub ended_by: Option<String>,
}

impl Delegation {
    /// How it stands at an instant, whether or not a sweep came by.
    #[must_use]
    pub fn standing_at(&self, now: Time) -> State {
        if self.state == State::Ended || now >= self.ends_at {
            State::Ended
        } else if now < self.from_at {
            State::Scheduled
        } else {
            State::Active
        }
    }
}

/// Why a delegation is not made or ended.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DelegationRefusal {
    /// Nobody of that name, or it is another's.
    #[error("there is no such delegation")]
    NoSuchDelegation,
    /// To oneself.
    #[error("nobody decides in their own place")]
    ToOneself,
    /// The delegate can't act.
    #[error("this person can not act, and so can not decide for anybody")]
    CannotAct,
    /// Not a time to come, or too long.
    #[error("a delegation begins before it ends, ends in the time to come, and lasts {most} days at the most")]
    BadPeriod { most: i64 },
    /// There is one for a part of that time.
    #[error("somebody decides in this place already from {from} to {until}")]
    Overlaps { from: Time, until: Time },
    /// It is over.
    #[error("this delegation has ended already")]
    EndedAlready,
    /// Who is the manager of whom goes in a circle.
    #[error("this person answers to the other one already, so can not be their manager")]
    ManagerLoop,
}

impl Refusal for DelegationRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchDelegation => Kind::NotFound,
            Self::ToOneself | Self::BadPeriod { .. } => Kind::Invalid,
            Self::CannotAct | Self::Overlaps { .. } | Self::EndedAlready | Self::ManagerLoop => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchDelegation => "no-such-delegation",
            Self::ToOneself => "delegate-oneself",
            Self::CannotAct => "delegate-inactive",
            Self::BadPeriod { .. } => "bad-period",
            Self::Overlaps { .. } => "delegation-overlaps",
            Self::EndedAlready => "delegation-ended-already",
            Self::ManagerLoop => "manager-loop",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::BadPeriod { most } => BTreeMap::from([("most", Fact::from(*most))]),
            Self::Overlaps { from, until } => {
                BTreeMap::from([("from", Fact::from(*from)), ("until", Fact::from(*until))])
            }
            _ => BTreeMap::new(),
        }
    }
}
