//! What a token says: the claims of an access token (RFC 9068) and what each kind of warehouse adds.

use super::status_list::{Place, Status};
use crate::{
    access::catalogue::{Role, RoleClaim, Warehouse},
    base::{
        clock::Time,
        ids::{self, Id},
        text::Email,
    },
};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The client that stands for the service's own pages and API.
pub const FIRST_PARTY: &str = "habilis";

/// Everything a token says.
#[derive(Clone, Debug, Serialize)]
pub struct AccessClaims {
    pub iss: String,
    pub sub: String,
    pub aud: String,
    pub client_id: String,
    pub jti: String,
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    /// When the person signed in; a machine never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    pub scope: String,
    pub scp: Vec<String>,
    pub preferred_username: String,
    /// The person's address; nobody's, where the token is a machine's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Who answers for the machine that the token is about, and on whose access it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    pub role: String,
    pub roles: Vec<String>,
    pub grant_id: String,
    pub certificates: Vec<String>,
    /// Where verifiers that ask nobody see whether it was ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What the claims are made from.
pub struct Basis<'a> {
    pub issuer: &'a str,
    pub subject: Subject<'a>,
    pub login: &'a str,
    pub warehouse: &'a Warehouse,
    pub role: &'a Role,
    /// Who fetches it.
    pub client: &'a str,
    pub grant: Id<ids::Grant>,
    pub certificates: Vec<Id<ids::Certificate>>,
    pub token: Id<ids::Token>,
    pub issued_at: Time,
    pub expires_at: Time,
    /// Its place in a status list.
    pub place: Option<Place>,
}

/// Whom a token is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// Somebody who signed in.
    Person { id: Id<ids::Person>, email: &'a Email, session: Option<Id<ids::Session>>, signed_in_at: Time },
    /// The client itself, where no person is there (RFC 9068, section 2.2). Its id begins with `cli_`, which no person's does
    /// (RFC 9700, section 4.15).
    Machine { owner: Id<ids::Person> },
}

/// Puts the claims together.
#[must_use]
pub fn claims(basis: &Basis<'_>) -> AccessClaims {
    let scope = scope(basis.warehouse, basis.role);
    let mut extra = Map::new();
    let role = match basis.warehouse.kind.profile().role {
        // The warehouse switches to the database role that the claim names.
        RoleClaim::Name => basis.role.name.clone(),
        RoleClaim::Names(claim) => {
            extra.insert(claim.to_owned(), json!([basis.role.name]));
            basis.role.id.to_string()
        }
        _ => basis.role.id.to_string(),
    };
    let roles = vec![role.clone()];
    let (sub, owner, person) = match basis.subject {
        Subject::Person { id, email, session, signed_in_at } => {
            (id.to_string(), None, Some((email, session, signed_in_at)))
        }
        Subject::Machine { owner } => (basis.client.to_owned(), Some(owner.to_string()), None),
    };
    AccessClaims {
        iss: basis.issuer.to_owned(),
        sub,
        aud: basis.warehouse.audience.clone(),
        client_id: basis.client.to_owned(),
        jti: basis.token.to_string(),
        iat: basis.issued_at.seconds(),
        nbf: basis.issued_at.seconds(),
        exp: basis.expires_at.seconds(),
        auth_time: person.map(|(_, _, signed_in_at)| signed_in_at.seconds()),
        sid: person.and_then(|(_, session, _)| session).map(|session| session.to_string()),
        scp: vec![scope.clone()],
        scope,
        preferred_username: basis.login.to_owned(),
        email: person.map(|(email, ..)| email.to_string()),
        owner,
        role,
        roles,
        grant_id: basis.grant.to_string(),
        certificates: basis.certificates.iter().map(ToString::to_string).collect(),
        status: basis.place.map(|place| place.claim(basis.issuer)),
        extra,
    }
}

/// The scope of a role, in the spelling of its warehouse (Snowflake: "External OAuth", scope `session:role:NAME`).
#[must_use]
pub fn scope(warehouse: &Warehouse, role: &Role) -> String {
    match warehouse.kind.profile().role {
        RoleClaim::Scope => format!("session:role:{}", role.name),
        _ => format!("role:{}", role.id),
    }
}

/// The `typ` of the header (RFC 9068, section 2.1; `JWT` for verifiers that refuse it).
#[must_use]
pub fn typ(warehouse: &Warehouse) -> &'static str {
    warehouse.typ.as_str()
}

/// How a person is named in a warehouse by the catalogue's rule.
#[must_use]
pub fn login(warehouse: &Warehouse, email: &Email) -> String {
    warehouse.login.login(email)
}

/// The latest end that I2 allows: the role's token lifetime, the grant's end, the earliest end of a needed certificate.
#[must_use]
pub fn expiry(now: Time, lifetime_seconds: i64, grant_end: Time, certificates_end: Time) -> Time {
    now.plus_seconds(lifetime_seconds).min(grant_end).min(certificates_end)
}
