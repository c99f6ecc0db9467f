//! Tools that fetch tokens, on the wire.

use super::{ClientId, ClientSecretId};
use crate::{
    actions::register_client::{FreshSecret, Registered},
    base::{clock::Time, text::Slug},
    tokens::{
        client::{ClientKind, GrantType, Registration},
        rows::{Connected, SecretRow},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A tool as an admin describes it.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Lantern BI", "kind": "confidential",
    "redirect_uris": ["https://lantern.example.com/oauth/callback"], "roles": ["analyst"]}))]
pub(in crate::web::api) struct ClientWanted {
    /// What people read when they are asked to agree: 1 to 80 characters.
    name: String,
    kind: Kept,
    /// `https`, `http` on a loopback address (any port), or a private scheme with a dot; no fragment, wildcard or user name.
    redirect_uris: Vec<String>,
    /// Where a browser may be sent after signing out.
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    /// Absent means `authorization_code` and `refresh_token`. Without `authorization_code` no redirect address is needed.
    #[serde(default = "both")]
    grant_types: Vec<Way>,
    /// The roles that it may use; absent or null means every role that a person holds.
    #[serde(default)]
    roles: Option<Vec<Slug>>,
}

fn both() -> Vec<Way> {
    vec![Way::AuthorizationCode, Way::RefreshToken]
}

/// Whether a tool can keep a secret.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum Kept {
    Public,
    Confidential,
}

/// How a tool gets tokens.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum Way {
    AuthorizationCode,
    RefreshToken,
    #[serde(rename = "urn:ietf:params:oauth:grant-type:device_code")]
    DeviceCode,
}

impl From<ClientWanted> for Registration {
    fn from(wanted: ClientWanted) -> Self {
        Self {
            name: wanted.name,
            kind: match wanted.kind {
                Kept::Public => ClientKind::Public,
                Kept::Confidential => ClientKind::Confidential,
            },
            redirect_uris: wanted.redirect_uris,
            post_logout_uris: wanted.post_logout_redirect_uris,
            grant_types: wanted
                .grant_types
                .into_iter()
                .map(|way| match way {
                    Way::AuthorizationCode => GrantType::AuthorizationCode,
                    Way::RefreshToken => GrantType::RefreshToken,
                    Way::DeviceCode => GrantType::DeviceCode,
                })
                .collect(),
            roles: wanted.roles,
        }
    }
}

/// A tool.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Client)]
pub(in crate::web::api) struct ClientBody {
    /// `cli_…`, or the name of one of the house's own: the `client_id` of its requests.
    id: String,
    name: String,
    /// `public` or `confidential`.
    #[schema(value_type = String)]
    kind: ClientKind,
    redirect_uris: Vec<String>,
    post_logout_redirect_uris: Vec<String>,
    #[schema(value_type = Vec<String>)]
    grant_types: Vec<GrantType>,
    /// Null means every role that a person holds.
    roles: Option<Vec<Slug>>,
    /// Whether it is a part of the house.
    first_party: bool,
    created_at: Time,
    created_by: String,
    /// Its live secrets: when they were made, never what they are.
    secrets: Vec<SecretLine>,
}

/// A live secret of a tool.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClientSecret)]
pub(in crate::web::api) struct SecretLine {
    id: ClientSecretId,
    created_at: Time,
}

impl From<SecretRow> for SecretLine {
    fn from(row: SecretRow) -> Self {
        Self { id: row.id, created_at: row.created_at }
    }
}

impl From<Registered> for ClientBody {
    fn from(one: Registered) -> Self {
        let client = one.client;
        Self {
            id: client.id,
            name: client.name,
            kind: client.kind,
            redirect_uris: client.redirect_uris,
            post_logout_redirect_uris: client.post_logout_uris,
            grant_types: client.grant_types,
            roles: client.roles,
            first_party: client.first_party,
            created_at: client.created_at,
            created_by: client.created_by,
            secrets: one.secrets.into_iter().map(SecretLine::from).collect(),
        }
    }
}

/// A tool that was registered just now.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ClientMade {
    pub(in crate::web::api) id: ClientId,
    pub(in crate::web::api) client: ClientBody,
    /// Its first secret, where it keeps one: shown once. Null also where the answer is repeated under its key.
    pub(in crate::web::api) client_secret: Option<String>,
}

/// A secret that was made just now: shown once.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct SecretMade {
    id: ClientSecretId,
    client_secret: String,
}

impl From<FreshSecret> for SecretMade {
    fn from(fresh: FreshSecret) -> Self {
        Self { id: fresh.id, client_secret: fresh.secret.reveal().to_owned() }
    }
}

/// A tool that the caller connected: one line a scope that they allowed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectedTool)]
pub(in crate::web::api) struct ToolLine {
    /// The tool.
    client: String,
    name: String,
    scope: String,
    /// When the caller allowed it.
    given_at: Time,
    /// When the tool last fetched a token.
    used_at: Option<Time>,
}

impl From<Connected> for ToolLine {
    fn from(line: Connected) -> Self {
        Self {
            client: line.client_id,
            name: line.name,
            scope: line.scope,
            given_at: line.given_at,
            used_at: line.used_at,
        }
    }
}
