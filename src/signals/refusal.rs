//! Why a receiver, or an admin who sees to one, is refused.

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignalRefusal {
    #[error("{why}")]
    Request { why: String },
    #[error("there is no such stream")]
    NoSuchStream,
    #[error("this receiver has a stream already: one is enough")]
    StreamThere,
    #[error("an admin of the transmitter has stopped this stream: only an admin resumes it")]
    Stopped,
    #[error("a verification was asked for less than {seconds} seconds ago")]
    TooSoon { seconds: i64 },
    #[error("there is no such receiver")]
    NoSuchReceiver,
    #[error("an audience is an address or a name of 1 to 200 visible characters")]
    Audience,
    #[error("another receiver has this audience already")]
    AudienceTaken,
    #[error("two credentials of this receiver live already: end one first")]
    Full,
    #[error("there is no such credential of this receiver")]
    NoSuchCredential,
    #[error("the receiver has not subscribed yet")]
    NoStream,
}

impl SignalRefusal {
    /// A request that is not right.
    #[must_use]
    pub fn of(why: impl Into<String>) -> Self {
        Self::Request { why: why.into() }
    }
}

impl Refusal for SignalRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::Request { .. } | Self::Audience => Kind::Invalid,
            Self::NoSuchStream | Self::NoSuchReceiver | Self::NoSuchCredential => Kind::NotFound,
            Self::StreamThere | Self::AudienceTaken | Self::Full | Self::NoStream => Kind::Conflict,
            Self::Stopped => Kind::Forbidden,
            Self::TooSoon { .. } => Kind::TooMany,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Request { .. } => "ssf-request",
            Self::NoSuchStream => "no-such-stream",
            Self::StreamThere => "ssf-stream-there",
            Self::Stopped => "ssf-stopped",
            Self::TooSoon { .. } => "ssf-too-soon",
            Self::NoSuchReceiver => "no-such-receiver",
            Self::Audience => "receiver-audience",
            Self::AudienceTaken => "receiver-audience-taken",
            Self::Full => "receiver-full",
            Self::NoSuchCredential => "no-such-receiver-credential",
            Self::NoStream => "receiver-without-stream",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Request { why } => BTreeMap::from([("why", Fact::from(why.as_str()))]),
            Self::TooSoon { seconds } => BTreeMap::from([("seconds", Fact::from(*seconds))]),
            _ => BTreeMap::new(),
        }
    }
}
