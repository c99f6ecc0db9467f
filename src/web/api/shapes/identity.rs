//! How somebody is known at an identity provider, on the wire.

use super::IdentityId;
use crate::{base::clock::Time, identity::rows::IdentityRow};
use serde::Serialize;
use utoipa::ToSchema;

/// How somebody is known at an identity provider.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Identity)]
pub(in crate::web::api) struct IdentityBody {
    id: IdentityId,
    /// The provider, as the settings name it.
    provider: String,
    /// Its issuer.
    issuer: String,
    /// Who they are there, in the provider's words.
    subject: String,
    linked_at: Time,
    /// When somebody last signed in with it.
    used_at: Option<Time>,
}

impl From<IdentityRow> for IdentityBody {
    fn from(row: IdentityRow) -> Self {
        Self {
            id: row.id,
            provider: row.provider_id,
            issuer: row.issuer,
            subject: row.subject,
            linked_at: row.linked_at,
            used_at: row.used_at,
        }
    }
}
