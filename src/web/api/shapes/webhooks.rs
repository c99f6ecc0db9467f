//! Webhooks and publishers on the wire.

use crate::{
    audit::sinks::{Kind, Sink, State},
    base::clock::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A webhook as an admin describes it.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookWanted, example = json!({"name": "Ticketing", "url": "https://hooks.example.com/habilis", "kinds": ["grant.ended"]}))]
pub(in crate::web::api) struct WebhookWanted {
    /// What it is: 1 to 100 characters.
    pub(in crate::web::api) name: String,
    /// Where it is called: https, and a public address unless the settings allow its network.
    pub(in crate::web::api) url: String,
    /// Only these kinds of events; without it, all.
    #[serde(default)]
    pub(in crate::web::api) kinds: Option<Vec<String>>,
    /// How many events one call holds at most, from 1 to 500. With 1, which it is without this, a call is one event
    /// (`application/cloudevents+json`); with more, a list (`application/cloudevents-batch+json`).
    #[serde(default)]
    pub(in crate::web::api) batch: Option<i64>,
    /// The first position of the log that it gets; without it, what comes from now on.
    #[serde(default)]
    pub(in crate::web::api) position: Option<u64>,
}

/// Whether a webhook is held.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookPaused, example = json!({"paused": true}))]
pub(in crate::web::api) struct PausedWanted {
    pub(in crate::web::api) paused: bool,
}

/// Where a webhook goes on.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookPosition, example = json!({"position": 0}))]
pub(in crate::web::api) struct PositionWanted {
    pub(in crate::web::api) position: u64,
}

/// Who gets the log's events, and how delivery goes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(in crate::web::api) struct SinkBody {
    /// `snk_…` of a webhook; publishers of the settings have another.
    id: String,
    /// `webhook`, `nats` or `syslog`.
    kind: Kind,
    name: String,
    /// Where it is called; without path and query for those who are no admins, as these may hold a secret.
    url: String,
    /// The kinds of events that it gets; null means all.
    kinds: Option<Vec<String>>,
    batch: i64,
    /// The first position of the log that it has not got yet.
    position: u64,
    /// How many events of the log lie before it.
    behind: u64,
    /// `enabled`, `paused`, `gone`: it has answered that it is gone for good (410); or `unnamed`: a publisher that the settings
    /// name no more, which gets nothing.
    state: State,
    created_at: Time,
    /// How many events it has taken.
    taken: i64,
    taken_at: Option<Time>,
    failing_since: Option<Time>,
    failures: i64,
    /// When it is tried again.
    retry_at: Option<Time>,
    last_error: Option<String>,
}

impl SinkBody {
    /// A sink, when the log has so many events.
    pub(in crate::web::api) fn of(sink: Sink, size: u64) -> Self {
        Self {
            id: sink.id,
            kind: sink.kind,
            name: sink.name,
            url: sink.address,
            kinds: sink.kinds,
            batch: sink.batch,
            position: sink.position,
            behind: size.saturating_sub(sink.position),
            state: sink.state,
            created_at: sink.created_at,
            taken: sink.taken,
            taken_at: sink.taken_at,
            failing_since: sink.failing_since,
            failures: sink.failures,
            retry_at: sink.retry_at,
            last_error: sink.last_error,
        }
    }
}

/// A webhook that was made.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookMade)]
pub(in crate::web::api) struct WebhookMade {
    #[serde(flatten)]
    #[schema(inline)]
    pub(in crate::web::api) webhook: SinkBody,
    /// What calls are signed with (`whsec_…`); shown only now.
    pub(in crate::web::api) secret: String,
}

/// A secret that was made.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookSecret)]
pub(in crate::web::api) struct SecretBody {
    /// What calls are signed with (`whsec_…`); shown only now.
    pub(in crate::web::api) secret: String,
}
