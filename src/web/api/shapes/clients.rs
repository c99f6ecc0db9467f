//! Tools that fetch tokens, and service accounts, on the wire.

use super::{ClientId, ClientSecretId, person::PersonRef};
use crate::{
    actions::{
        accept_client::Shown,
        change_client::Changes,
        read_machines::{Machine, MachineAccess, MachineName},
        register_client::{FreshSecret, Registered},
    },
    base::{clock::Time, text::Slug},
    tokens::{
        client::{ClientKind, GrantType, Registration},
        rows::{Connected, SecretRow},
        service::{More, Service},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// None for a service account.
    #[serde(default)]
    redirect_uris: Vec<String>,
    /// Where a browser may be sent after signing out.
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    /// Absent means `authorization_code` and `refresh_token`, and with an owner `client_credentials`. Without
    /// `authorization_code` no redirect address is needed.
    #[serde(default)]
    grant_types: Option<Vec<Way>>,
    /// The roles that it may use; absent or null means every role that a person holds. A service account has to name them.
    #[serde(default)]
    roles: Option<Vec<Slug>>,
    /// Makes it a service account: the person, by id or e-mail address, on whose access its tokens rest.
    #[serde(default)]
    owner: Option<String>,
    /// How a service account is named in warehouses, by the warehouse's id; elsewhere it is by its own id.
    #[serde(default)]
    logins: BTreeMap<Slug, String>,
    /// The tools, by their `client_id`, whose tokens it may exchange for its own (RFC 8693).
    #[serde(default)]
    exchanges: Vec<String>,
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
    ClientCredentials,
    #[serde(rename = "urn:ietf:params:oauth:grant-type:token-exchange")]
    TokenExchange,
}

impl From<Way> for GrantType {
    fn from(way: Way) -> Self {
        match way {
            Way::AuthorizationCode => Self::AuthorizationCode,
            Way::RefreshToken => Self::RefreshToken,
            Way::DeviceCode => Self::DeviceCode,
            Way::ClientCredentials => Self::ClientCredentials,
            Way::TokenExchange => Self::TokenExchange,
        }
    }
}

impl ClientWanted {
    /// What is to be registered, and what it is beyond a tool.
    pub(in crate::web::api) fn parts(self) -> (Registration, More) {
        let wanted = self;
        let ways = wanted.grant_types.unwrap_or_else(|| {
            let mut ways = match wanted.owner {
                Some(_) => vec![Way::ClientCredentials],
                None => vec![Way::AuthorizationCode, Way::RefreshToken],
            };
            ways.extend((!wanted.exchanges.is_empty()).then_some(Way::TokenExchange));
            ways
        });
        let service = wanted.owner.map(|owner| Service { owner, logins: wanted.logins.into_iter().collect() });
        let registration = Registration {
            name: wanted.name,
            kind: match wanted.kind {
                Kept::Public => ClientKind::Public,
                Kept::Confidential => ClientKind::Confidential,
            },
            redirect_uris: wanted.redirect_uris,
            post_logout_uris: wanted.post_logout_redirect_uris,
            grant_types: ways.into_iter().map(GrantType::from).collect(),
            roles: wanted.roles,
        };
        (registration, More { service, exchanges: wanted.exchanges })
    }
}

/// What a tool is to be: all of what may change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Lantern BI", "redirect_uris": ["https://lantern.example.com/oauth/callback"],
    "grant_types": ["authorization_code", "refresh_token"], "roles": ["analyst"]}))]
pub(in crate::web::api) struct ClientChange {
    /// As on registration, and so are the others.
    name: String,
    #[serde(default)]
    redirect_uris: Vec<String>,
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    grant_types: Vec<Way>,
    /// The roles that it may use. Has to be said: null means every role that a person holds.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required)]
    roles: Option<Vec<Slug>>,
    #[serde(default)]
    exchanges: Vec<String>,
}

impl From<ClientChange> for Changes {
    fn from(wanted: ClientChange) -> Self {
        Self {
            name: Some(wanted.name),
            redirect_uris: Some(wanted.redirect_uris),
            post_logout_uris: Some(wanted.post_logout_redirect_uris),
            grant_types: Some(wanted.grant_types.into_iter().map(GrantType::from).collect()),
            roles: Some(wanted.roles),
            exchanges: Some(wanted.exchanges),
            ..Self::default()
        }
    }
}

/// What an owner agrees to.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(example = json!({"roles": ["analyst"], "exchanges": []}))]
pub(in crate::web::api) struct Agreement {
    /// The roles that one was shown.
    roles: Option<Vec<Slug>>,
    /// The tools that one was shown whose tokens it exchanges.
    exchanges: Option<Vec<String>>,
}

impl From<Agreement> for Shown {
    fn from(sent: Agreement) -> Self {
        Self { roles: sent.roles, exchanges: sent.exchanges }
    }
}

/// Who is to own a service account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"owner": "ana@example.com"}))]
pub(in crate::web::api) struct OwnerWanted {
    /// A person, by id or e-mail address.
    pub(in crate::web::api) owner: String,
}

/// How a service account is named in a warehouse.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "SVC_NIGHTLY"}))]
pub(in crate::web::api) struct ClientLoginWanted {
    /// Empty goes back to the account's id.
    pub(in crate::web::api) login: String,
}

/// What a service account may, by its owner's access.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServiceAccess)]
pub(in crate::web::api) struct ServiceAccessBody {
    role: Slug,
    /// Until when the owner's access holds, if nothing changes; null where there is none now.
    until: Option<Time>,
    /// When the account last got a token for it.
    used_at: Option<Time>,
}

impl From<MachineAccess> for ServiceAccessBody {
    fn from(access: MachineAccess) -> Self {
        Self { role: access.role, until: access.until, used_at: access.used_at }
    }
}

/// How a service account is named in a warehouse of its roles.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServiceLogin)]
pub(in crate::web::api) struct ServiceLoginBody {
    warehouse: Slug,
    login: String,
    /// Whether it was set by hand.
    by_hand: bool,
}

impl From<MachineName> for ServiceLoginBody {
    fn from(name: MachineName) -> Self {
        Self { warehouse: name.warehouse, login: name.login, by_hand: name.by_hand }
    }
}

/// What there is more of a service account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Service)]
pub(in crate::web::api) struct ServiceBody {
    /// Who answers for it, and on whose access its tokens rest.
    owner: PersonRef,
    /// Since when they agree to it; null while it waits for them, and gets no token.
    accepted_at: Option<Time>,
    accesses: Vec<ServiceAccessBody>,
    logins: Vec<ServiceLoginBody>,
}

impl From<Machine> for ServiceBody {
    fn from(machine: Machine) -> Self {
        Self {
            owner: PersonRef::from(&machine.owner),
            accepted_at: machine.client.accepted_at,
            accesses: machine.accesses.into_iter().map(ServiceAccessBody::from).collect(),
            logins: machine.names.into_iter().map(ServiceLoginBody::from).collect(),
        }
    }
}

/// A service account that somebody owns.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServiceAccount)]
pub(in crate::web::api) struct ServiceAccountBody {
    /// The tool.
    client: String,
    name: String,
    /// Since when the owner agrees to it; null while it waits for them, and gets no token.
    accepted_at: Option<Time>,
    accesses: Vec<ServiceAccessBody>,
    /// The tools whose tokens it may exchange for its own.
    exchanges: Vec<String>,
    logins: Vec<ServiceLoginBody>,
}

impl From<Machine> for ServiceAccountBody {
    fn from(machine: Machine) -> Self {
        let (client, name) = (machine.client.id.clone(), machine.client.name.clone());
        let exchanges = machine.client.exchanges.clone();
        let told = ServiceBody::from(machine);
        Self { client, name, accepted_at: told.accepted_at, accesses: told.accesses, exchanges, logins: told.logins }
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
    /// The tools whose tokens it may exchange for its own.
    exchanges: Vec<String>,
    /// Whether it is a part of the house.
    first_party: bool,
    /// What there is more of a service account; null for a tool that acts for whoever uses it.
    service: Option<ServiceBody>,
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
            exchanges: client.exchanges,
            first_party: client.first_party,
            service: one.machine.map(ServiceBody::from),
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
