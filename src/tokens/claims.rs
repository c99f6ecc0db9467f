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
    /// Who acts for the one that the token is about (RFC 8693, section 4.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Value>,
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
    /// Whomever the token was about that it was exchanged for, by its claims; and who acts for them now.
    Same { claims: &'a Map<String, Value>, act: &'a Value },
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
    let about = About::of(basis);
    AccessClaims {
        iss: basis.issuer.to_owned(),
        sub: about.sub,
        aud: basis.warehouse.audience.clone(),
        client_id: basis.client.to_owned(),
        jti: basis.token.to_string(),
        iat: basis.issued_at.seconds(),
        nbf: basis.issued_at.seconds(),
        exp: basis.expires_at.seconds(),
        auth_time: about.auth_time,
        sid: about.sid,
        scp: vec![scope.clone()],
        scope,
        preferred_username: basis.login.to_owned(),
        email: about.email,
        owner: about.owner,
        act: about.act,
        role,
        roles,
        grant_id: basis.grant.to_string(),
        certificates: basis.certificates.iter().map(ToString::to_string).collect(),
        status: basis.place.map(|place| place.claim(basis.issuer)),
        extra,
    }
}

/// What a token says of whom it is about.
#[derive(Default)]
struct About {
    sub: String,
    auth_time: Option<i64>,
    sid: Option<String>,
    email: Option<String>,
    owner: Option<String>,
    act: Option<Value>,
}

impl About {
    fn of(basis: &Basis<'_>) -> Self {
        match basis.subject {
            Subject::Person { id, email, session, signed_in_at } => Self {
                sub: id.to_string(),
                auth_time: Some(signed_in_at.seconds()),
                sid: session.map(|session| session.to_string()),
                email: Some(email.to_string()),
                ..Self::default()
            },
            Subject::Machine { owner } => {
                Self { sub: basis.client.to_owned(), owner: Some(owner.to_string()), ..Self::default() }
            }
            Subject::Same { claims, act } => {
                let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
                Self {
                    sub: text("sub").unwrap_or_default(),
                    auth_time: claims.get("auth_time").and_then(Value::as_i64),
                    sid: text("sid"),
                    email: text("email"),
                    owner: text("owner"),
                    act: Some(act.clone()),
                }
            }
        }
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
