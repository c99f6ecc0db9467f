//! Break-glass on the wire.

use super::{EmergencyId, GrantId, PersonId};
use crate::{
    access::emergency::Emergency,
    base::{clock::Time, span::Span, text::Slug},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is taken.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "analyst", "reason": "The payouts of last night are wrong", "duration": "2h"}))]
pub(in crate::web::api) struct TakeBody {
    pub(in crate::web::api) role: Slug,
    pub(in crate::web::api) reason: String,
    /// For how long; absent means as long as is allowed.
    #[serde(default)]
    pub(in crate::web::api) duration: Option<Span>,
}

/// What somebody else says of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"justified": true, "comment": "The outage was real, and the queries fit it."}))]
pub(in crate::web::api) struct ReviewBody {
    pub(in crate::web::api) justified: bool,
    pub(in crate::web::api) comment: String,
}

/// A role that was taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Emergency)]
pub(in crate::web::api) struct EmergencyBody {
    id: EmergencyId,
    grant: GrantId,
    person: PersonId,
    person_name: String,
    role: Slug,
    reason: String,
    taken_at: Time,
    ends_at: Time,
    /// Whether the grant still runs.
    running: bool,
    /// How many tokens were taken under it.
    tokens: i64,
    /// `taken`, `justified` or `unjustified`.
    state: &'static str,
    /// When it is to be judged at the latest, and whether that is over.
    review_by: Time,
    overdue: bool,
    /// Who judged it, in the log's words.
    reviewed_by: Option<String>,
    reviewed_at: Option<Time>,
    comment: String,
}

impl EmergencyBody {
    pub(in crate::web::api) fn of(one: Emergency, now: Time) -> Self {
        Self {
            running: now < one.ends_at,
            overdue: one.is_overdue(now),
            id: one.id,
            grant: one.grant_id,
            person: one.person_id,
            person_name: one.person_name,
            role: one.role_id,
            reason: one.reason,
            taken_at: one.taken_at,
            ends_at: one.ends_at,
            tokens: one.tokens,
            state: one.state.word(),
            review_by: one.review_by_at,
            reviewed_by: one.reviewed_by,
            reviewed_at: one.reviewed_at,
            comment: one.comment,
        }
    }
}
