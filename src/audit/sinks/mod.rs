//! Who gets the log's events as they come: webhooks, and publishers to NATS and syslog; and in which form.

pub mod cloud_event;
pub mod publisher;
pub mod syslog;

use crate::{
    base::{
        clock::Time,
        outbound,
        refusal::{Fact, Kind as RefusalKind, Refusal},
    },
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// What kind of sink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An address that is called.
    Webhook,
    /// A stream of NATS.
    Nats,
    /// A collector of syslog.
    Syslog,
}
word_column!(Kind { Webhook => "webhook", Nats => "nats", Syslog => "syslog" });

/// Whether it gets anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Enabled,
    /// An admin holds what comes for it.
    Paused,
    /// It has answered that it is gone for good (410).
    Gone,
    /// It was removed.
    Removed,
    /// A publisher that the settings name no more: seen by whoever reads the settings, and never kept.
    Unnamed,
}
word_column!(State {
    Enabled => "enabled",
    Paused => "paused",
    Gone => "gone",
    Removed => "removed",
    Unnamed => "unnamed",
});

/// A sink, and how delivery goes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sink {
    pub id: String,
    pub kind: Kind,
    pub name: String,
    pub address: String,
    /// The kinds of events that it gets; none means all.
    pub kinds: Option<Vec<String>>,
    /// How many events one call holds at most.
    pub batch: i64,
    /// The first position of the log that it has not got yet.
    pub position: u64,
    pub state: State,
    pub created_at: Time,
    pub failing_since: Option<Time>,
    pub failures: i64,
    pub retry_at: Option<Time>,
    pub last_error: Option<String>,
    /// How many events it has taken.
    pub taken: i64,
    pub taken_at: Option<Time>,
}

/// The most events that one call holds.
pub const MOST_IN_A_CALL: i64 = 500;

/// Why something about a webhook is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SinkRefusal {
    #[error("there is no such webhook")]
    NoSuchWebhook,
    #[error("this address can't be called: {why}")]
    Address { why: String },
    #[error("there is no kind of event that is called {kind}")]
    NoSuchKind { kind: String },
    #[error("a call holds from 1 to {most} events")]
    Batch { most: i64 },
    #[error("the log has {size} events: a position from 0 to {size} is needed")]
    Position { size: i64 },
}

impl SinkRefusal {
    /// Why an address may not be called.
    #[must_use]
    pub fn unfit(why: &outbound::Unfit) -> Self {
        Self::Address { why: why.to_string() }
    }
}

impl Refusal for SinkRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NoSuchWebhook => RefusalKind::NotFound,
            _ => RefusalKind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchWebhook => "no-such-webhook",
            Self::Address { .. } => "webhook-address",
            Self::NoSuchKind { .. } => "no-such-event-kind",
            Self::Batch { .. } => "webhook-batch",
            Self::Position { .. } => "webhook-position",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NoSuchWebhook => BTreeMap::new(),
            Self::Address { why } => BTreeMap::from([("why", Fact::from(why.as_str()))]),
            Self::NoSuchKind { kind } => BTreeMap::from([("kind", Fact::from(kind.as_str()))]),
            Self::Batch { most } => BTreeMap::from([("most", Fact::from(*most))]),
            Self::Position { size } => BTreeMap::from([("size", Fact::from(*size))]),
        }
    }
}
