//! Break-glass: a role taken for a few hours without approval, loud, and judged afterwards by somebody else.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// The longest that a role is taken so, in seconds.
pub const LONGEST_SECONDS: i64 = 4 * 3_600;
/// How soon somebody else judges it, in seconds: three days.
pub const REVIEW_SECONDS: i64 = 3 * 86_400;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Taken, and nobody has judged it yet.
    Taken,
    Justified,
    Unjustified,
}
word_column!(State { Taken => "taken", Justified => "justified", Unjustified => "unjustified" });

/// A role that was taken so.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Emergency {
    pub id: Id<ids::Emergency>,
    pub grant_id: Id<ids::Grant>,
    pub person_id: Id<ids::Person>,
    pub person_name: String,
    pub role_id: Slug,
    pub reason: String,
    pub taken_at: Time,
    /// When the grant ends, or ended.
    pub ends_at: Time,
    /// When it is to be judged at the latest.
    pub review_by_at: Time,
    pub state: State,
    /// Who judged it, in the log's words.
    pub reviewed_by: Option<String>,
    pub reviewed_at: Option<Time>,
    pub comment: String,
    /// How many tokens were taken under it.
    pub tokens: i64,
}

impl Emergency {
    /// Whether nobody has judged it in time.
    #[must_use]
    pub fn is_overdue(&self, now: Time) -> bool {
        self.state == State::Taken && now >= self.review_by_at
    }
}

/// Why breaking the glass, or judging it, is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum EmergencyRefusal {
    /// There is none, or none that the actor may see.
    #[error("there is no such use of break-glass")]
    NoSuchEmergency,
    /// The actor is not on call.
    #[error("only admins and those who are on call break the glass")]
    NotOnCall,
    /// It is in effect already.
    #[error("this role is in effect already, until {until}")]
    InEffect { until: Time },
    /// Nobody judges their own.
    #[error("somebody else judges what one took oneself")]
    OwnEmergency,
    /// It was judged.
    #[error("this was judged already")]
    ReviewedAlready,
}

impl Refusal for EmergencyRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchEmergency => Kind::NotFound,
            Self::NotOnCall | Self::OwnEmergency => Kind::Forbidden,
            Self::InEffect { .. } | Self::ReviewedAlready => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchEmergency => "no-such-emergency",
            Self::NotOnCall => "not-on-call",
            Self::InEffect { .. } => "access-in-effect",
            Self::OwnEmergency => "own-emergency",
            Self::ReviewedAlready => "emergency-reviewed-already",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::InEffect { until } => BTreeMap::from([("until", Fact::from(*until))]),
            _ => BTreeMap::new(),
        }
    }
}
