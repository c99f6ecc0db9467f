//! Credentials of the company's directory, on the wire.

use super::ProvisioningId;
use crate::{
    actions::credentials::FreshCredential,
    base::{clock::Time, ids::Provisioning},
    identity::rows::Credential,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A credential as an admin names it.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProvisioningCredentialWanted, example = json!({"name": "Entra ID"}))]
pub(in crate::web::api) struct CredentialWanted {
    /// Which directory it is for: 1 to 100 characters.
    pub(in crate::web::api) name: String,
}

/// A live credential.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProvisioningCredential)]
pub(in crate::web::api) struct CredentialBody {
    id: ProvisioningId,
    name: String,
    created_at: Time,
    created_by: String,
    /// When it was last used, to the minute; null where it was not yet.
    used_at: Option<Time>,
}

impl From<Credential<Provisioning>> for CredentialBody {
    fn from(one: Credential<Provisioning>) -> Self {
        Self {
            id: one.id,
            name: one.name,
            created_at: one.created_at,
            created_by: one.created_by,
            used_at: one.used_at,
        }
    }
}

/// A credential that was made just now: shown once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProvisioningCredentialMade)]
pub(in crate::web::api) struct CredentialMade {
    id: ProvisioningId,
    name: String,
    /// The Bearer token of the directory.
    token: String,
    /// The address to give to the directory.
    base_url: String,
}

impl CredentialMade {
    /// Of a credential, for the directory that is given this address.
    pub(in crate::web::api) fn of(made: FreshCredential<Provisioning>, base_url: String) -> Self {
        Self { id: made.id, name: made.name, token: made.secret.reveal().to_owned(), base_url }
    }
}
