//! Delegations on the wire.

use super::{DelegationId, PersonId};
use crate::{access::delegation::Delegation, base::clock::Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who decides in the caller's place, and when.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"delegate": "lea@example.com", "from": "2026-12-21T08:00:00Z", "until": "2027-01-04T08:00:00Z", "note": "Back in January"}))]
pub(in crate::web::api) struct NewDelegation {
    /// An e-mail address, or the id of a person.
    pub(in crate::web::api) delegate: String,
    /// Absent means at once.
    #[serde(default)]
    pub(in crate::web::api) from: Option<Time>,
    pub(in crate::web::api) until: Time,
    /// A word to them.
    #[serde(default)]
    pub(in crate::web::api) note: String,
}

/// Somebody decides in another's place for a while.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delegation)]
pub(in crate::web::api) struct DelegationBody {
    id: DelegationId,
    /// Who is away.
    delegator: PersonId,
    delegator_name: String,
    /// Who decides meanwhile.
    delegate: PersonId,
    delegate_name: String,
    /// `scheduled`, `active` or `ended`.
    state: &'static str,
    from: Time,
    /// Until when it was made.
    until: Time,
    /// When it ends, or ended.
    ends_at: Time,
    note: String,
    made_at: Time,
}

impl DelegationBody {
    pub(in crate::web::api) fn of(one: Delegation, now: Time) -> Self {
        Self {
            state: one.standing_at(now).word(),
            id: one.id,
            delegator: one.delegator_id,
            delegator_name: one.delegator_name,
            delegate: one.delegate_id,
            delegate_name: one.delegate_name,
            from: one.from_at,
            until: one.until_at,
            ends_at: one.ends_at,
            note: one.note,
            made_at: one.made_at,
        }
    }
}
