//! Comments on requests, decisions on several of them, and who waits for whom, on the wire.

use super::{CommentId, PersonId, RequestId, person::PersonRef, request::SayBody};
use crate::{
    access::{request::State, rows::Comment},
    actions::read_waiting::{On, Waiting},
    base::{clock::Time, text::Slug},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "The ticket is in the finance queue."}))]
pub(in crate::web::api) struct CommentText {
    pub(in crate::web::api) text: String,
}

/// What somebody said about a request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comment)]
pub(in crate::web::api) struct CommentBody {
    id: CommentId,
    person: PersonId,
    person_name: String,
    /// Empty where it was erased.
    text: String,
    at: Time,
}

impl From<Comment> for CommentBody {
    fn from(said: Comment) -> Self {
        Self { id: said.id, person: said.person_id, person_name: said.person_name, text: said.text, at: said.at }
    }
}

/// A request that waits.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Waiting)]
pub(in crate::web::api) struct WaitingBody {
    request: RequestId,
    role: Slug,
    /// Who asks.
    person: PersonRef,
    state: State,
    /// `decision`, `answer` or `certification`.
    waits_for: &'static str,
    /// Whose word is missing: any of them, as many as are still needed.
    people: Vec<PersonRef>,
    /// Where it waits for a certification.
    certifications: Vec<Slug>,
    since: Time,
    /// When it lapses.
    until: Time,
}

impl From<Waiting> for WaitingBody {
    fn from(found: Waiting) -> Self {
        Self {
            request: found.request.id,
            role: found.request.role_id,
            person: PersonRef::from(&found.person),
            state: found.request.state,
            waits_for: match found.on {
                On::Certification => "certification",
                On::Answer => "answer",
                On::Decision => "decision",
            },
            people: found.people.iter().map(PersonRef::from).collect(),
            certifications: found.certifications,
            since: found.since,
            until: found.until,
        }
    }
}

/// Decisions on several requests.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web::api) struct ManyBody {
    /// At most 50, decided in their order.
    pub(in crate::web::api) items: Vec<OneBody>,
}

/// One of them.
#[derive(Deserialize, ToSchema)]
pub(in crate::web::api) struct OneBody {
    pub(in crate::web::api) request: RequestId,
    #[serde(flatten)]
    pub(in crate::web::api) say: SayBody,
}

/// What became of a decision among several.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct OutcomeBody {
    pub(in crate::web::api) request: RequestId,
    /// Where it stands now; null where the decision was refused.
    pub(in crate::web::api) state: Option<State>,
    /// Why it was refused.
    pub(in crate::web::api) code: Option<&'static str>,
    pub(in crate::web::api) detail: Option<String>,
}
