//! What a tool is told of a person: ID tokens (OpenID Connect Core, section 2), the answer of the userinfo endpoint, and the
//! access token that opens it.

use super::{scope::Scopes, status_list::Place};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
    },
    identity::person::Person,
};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

/// How long an ID token and an access token for the userinfo endpoint last, in seconds.
pub const LIFETIME: i64 = 600;

/// The claims of a person that a scope allows (section 5.4). An admin vouches for the address: nobody sets their own.
#[must_use]
pub fn about(person: &Person, scopes: &Scopes) -> Map<String, Value> {
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), json!(person.id));
    if scopes.has("profile") {
        claims.insert("name".to_owned(), json!(person.name));
        claims.insert("preferred_username".to_owned(), json!(person.email));
        claims.insert("zoneinfo".to_owned(), json!(person.zone));
        if let Some(language) = person.language {
            claims.insert("locale".to_owned(), json!(language.tag()));
        }
    }
    if scopes.has("email") {
        claims.insert("email".to_owned(), json!(person.email));
        claims.insert("email_verified".to_owned(), json!(true));
    }
    claims
}

/// What an ID token is made from.
pub struct Said<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub person: &'a Person,
    pub scopes: &'a Scopes,
    pub session: Option<Id<ids::Session>>,
    pub auth_at: Time,
    pub now: Time,
    /// Of the first token only: a refreshed one has none (section 12.2).
    pub nonce: Option<&'a str>,
}

/// The claims of an ID token but for `at_hash`, which waits for the access token's signature.
#[must_use]
pub fn id_token(said: &Said<'_>) -> Map<String, Value> {
    // Where the access token is for a warehouse there is no userinfo to ask: the claims come here (section 5.4).
    let mut claims = if said.scopes.role.is_some() {
        about(said.person, said.scopes)
    } else {
        Map::from_iter([("sub".to_owned(), json!(said.person.id))])
    };
    let now = said.now.seconds();
    for (name, value) in [
        ("iss", json!(said.issuer)),
        ("aud", json!(said.client)),
        ("iat", json!(now)),
        ("exp", json!(now + LIFETIME)),
        ("auth_time", json!(said.auth_at.seconds())),
    ] {
        claims.insert(name.to_owned(), value);
    }
    if let Some(session) = said.session {
        claims.insert("sid".to_owned(), json!(session));
    }
    if let Some(nonce) = said.nonce {
        claims.insert("nonce".to_owned(), json!(nonce));
    }
    claims
}

/// The left half of the hash of an access token (section 3.1.3.6), for RS256 and ES256.
#[must_use]
pub fn at_hash(access_token: &str) -> String {
    let hash = digest(&SHA256, access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.as_ref().get(..16).unwrap_or_default())
}

/// The claims of an access token that opens only the userinfo endpoint (RFC 9068).
#[must_use]
pub fn access(said: &Said<'_>, token: Id<ids::Token>, place: Place) -> Map<String, Value> {
    let now = said.now.seconds();
    let mut claims = Map::new();
    for (name, value) in [
        ("iss", json!(said.issuer)),
        ("sub", json!(said.person.id)),
        ("aud", json!(said.issuer)),
        ("client_id", json!(said.client)),
        ("jti", json!(token)),
        ("iat", json!(now)),
        ("nbf", json!(now)),
        ("exp", json!(now + LIFETIME)),
        ("auth_time", json!(said.auth_at.seconds())),
        ("scope", json!(said.scopes.text())),
        ("status", json!(place.claim(said.issuer))),
    ] {
        claims.insert(name.to_owned(), value);
    }
    if let Some(session) = said.session {
        claims.insert("sid".to_owned(), json!(session));
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_holds() {
        // OpenID Connect Core, appendix A.3.
        assert_eq!(at_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
