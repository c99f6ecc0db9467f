//! Receivers of signals, on the wire.

use super::{ReceiverCredentialId, ReceiverId, SecurityEventId, StreamId};
use crate::{
    actions::{credentials::FreshCredential, signals::Overview},
    base::{clock::Time, ids::ReceiverCredential},
    signals::rows::Receiver,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A receiver as an admin describes it.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReceiverWanted, example = json!({"name": "Lake", "audience": "https://lake.example.com", "warehouse": "lake"}))]
pub(in crate::web::api) struct ReceiverWanted {
    /// What it is: 1 to 100 characters.
    pub(in crate::web::api) name: String,
    /// The `aud` of what it is told: an address or a name of 1 to 200 visible characters, its own alone.
    pub(in crate::web::api) audience: String,
    /// The warehouse whose roles and tools it hears of; without one, all.
    #[serde(default)]
    pub(in crate::web::api) warehouse: Option<String>,
}

/// What the stream of a receiver is to be.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StreamStatusWanted, example = json!({"status": "paused"}))]
pub(in crate::web::api) struct StatusWanted {
    /// `enabled`, `paused` or `disabled`.
    pub(in crate::web::api) status: String,
}

/// A receiver.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receiver)]
pub(in crate::web::api) struct ReceiverBody {
    id: ReceiverId,
    name: String,
    audience: String,
    warehouse: Option<String>,
    created_at: Time,
    created_by: String,
    /// Its live credentials, the newest first.
    credentials: Vec<CredentialBody>,
    /// What it has subscribed to; null where it did not yet.
    stream: Option<StreamBody>,
    /// What it refused lately, the newest first; empty in a list.
    refused: Vec<RefusedBody>,
}

/// A live credential of a receiver: when it was made and used, never what it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReceiverCredential)]
pub(in crate::web::api) struct CredentialBody {
    id: ReceiverCredentialId,
    created_at: Time,
    /// When it was last used, to the minute; null where it was not yet.
    used_at: Option<Time>,
}

/// What a receiver has subscribed to, and how delivery goes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReceiverStream)]
pub(in crate::web::api) struct StreamBody {
    id: StreamId,
    /// `push` or `poll`.
    method: String,
    /// Where events are pushed to.
    endpoint: Option<String>,
    description: Option<String>,
    /// The addresses of the events that it gets.
    events: Vec<String>,
    /// `enabled`, `paused` or `disabled`.
    status: String,
    status_reason: Option<String>,
    /// Who has stopped it: `admin` (the receiver can't resume it), `receiver`, or `house` (nobody took what waited).
    stopped_by: Option<String>,
    created_at: Time,
    /// How many wait for it.
    waiting: i64,
    /// Since when the oldest does.
    oldest_at: Option<Time>,
    /// How many it has taken.
    taken: i64,
    /// When it last took one.
    taken_at: Option<Time>,
    /// Since when nothing gets there.
    failing_since: Option<Time>,
    /// When it is tried again.
    retry_at: Option<Time>,
    /// What was said last.
    last_error: Option<String>,
}

/// What a receiver has refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedSignal)]
pub(in crate::web::api) struct RefusedBody {
    /// The `jti`.
    id: SecurityEventId,
    /// The address of the event.
    event: String,
    created_at: Time,
    refused_at: Time,
    /// What the receiver said.
    why: String,
}

impl From<Overview> for ReceiverBody {
    fn from(found: Overview) -> Self {
        let one = found.receiver;
        let stream = found.stream.map(|(stream, backlog)| StreamBody {
            events: stream.events().into_iter().map(|event| event.word().to_owned()).collect(),
            id: stream.id,
            method: stream.method.word().to_owned(),
            endpoint: stream.endpoint,
            description: stream.description,
            status: stream.status.word().to_owned(),
            status_reason: stream.status_reason,
            stopped_by: stream.stopped_by.map(|by| by.word().to_owned()),
            created_at: stream.created_at,
            waiting: backlog.waiting,
            oldest_at: backlog.oldest,
            taken: stream.taken,
            taken_at: stream.taken_at,
            failing_since: stream.failing_since,
            retry_at: stream.retry_at,
            last_error: stream.last_error,
        });
        let credentials = found.credentials.into_iter().map(|credential| CredentialBody {
            id: credential.id,
            created_at: credential.created_at,
            used_at: credential.used_at,
        });
        let refused = found.refused.into_iter().map(|refused| RefusedBody {
            id: refused.id,
            event: refused.event.word().to_owned(),
            created_at: refused.created_at,
            refused_at: refused.refused_at,
            why: refused.refused_why,
        });
        Self {
            id: one.id,
            name: one.name,
            audience: one.audience,
            warehouse: one.warehouse_id.map(|id| id.to_string()),
            created_at: one.created_at,
            created_by: one.created_by,
            credentials: credentials.collect(),
            stream,
            refused: refused.collect(),
        }
    }
}

/// A receiver with a credential that was made just now: shown once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReceiverMade)]
pub(in crate::web::api) struct ReceiverMade {
    id: ReceiverId,
    name: String,
    audience: String,
    credential: ReceiverCredentialId,
    /// The Bearer token of the receiver.
    token: String,
    /// The address to give to the receiver: what this service does of the framework.
    configuration: String,
}

impl ReceiverMade {
    /// Of a receiver and its credential.
    pub(in crate::web::api) fn of(
        receiver: &Receiver,
        made: &FreshCredential<ReceiverCredential>,
        issuer: &str,
    ) -> Self {
        Self {
            id: receiver.id,
            name: receiver.name.clone(),
            audience: receiver.audience.clone(),
            credential: made.id,
            token: made.secret.reveal().to_owned(),
            configuration: format!("{issuer}/.well-known/ssf-configuration"),
        }
    }
}
