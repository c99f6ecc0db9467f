//! The events, their subjects (RFC 9493; SSF, section 3), and the claims of a security event token.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
    },
    db::sql::word_column,
};
use serde_json::{Map, Value, json};

/// An event, by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    SessionRevoked,
    TokenClaimsChange,
    AccountDisabled,
    AccountEnabled,
    AccountPurged,
    Verification,
    StreamUpdated,
}
word_column!(Event {
    SessionRevoked => "https://schemas.openid.net/secevent/caep/event-type/session-revoked",
    TokenClaimsChange => "https://schemas.openid.net/secevent/caep/event-type/token-claims-change",
    AccountDisabled => "https://schemas.openid.net/secevent/risc/event-type/account-disabled",
    AccountEnabled => "https://schemas.openid.net/secevent/risc/event-type/account-enabled",
    AccountPurged => "https://schemas.openid.net/secevent/risc/event-type/account-purged",
    Verification => "https://schemas.openid.net/secevent/ssf/event-type/verification",
    StreamUpdated => "https://schemas.openid.net/secevent/ssf/event-type/stream-updated",
});

impl Event {
    /// Those that a receiver subscribes to; the other two are about its stream, and every stream has them.
    pub const OFFERED: [Self; 5] = [
        Self::SessionRevoked,
        Self::TokenClaimsChange,
        Self::AccountDisabled,
        Self::AccountEnabled,
        Self::AccountPurged,
    ];

    /// What people call it: the end of its address.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.word().rsplit('/').next().unwrap_or_default()
    }
}

/// A person (RFC 9493, section 3.2.3): the issuer and the `sub` of their tokens.
#[must_use]
pub fn person(issuer: &str, id: &str) -> Value {
    json!({ "format": "iss_sub", "iss": issuer, "sub": id })
}

/// One session of a person: the `sid` of its tokens.
#[must_use]
pub fn session(issuer: &str, of: &str, session: &str) -> Value {
    json!({ "format": "complex", "user": person(issuer, of), "session": opaque(session) })
}

/// What a tool holds for a person, or a service account for itself: the `sub` and the `client_id` of the tokens, and the
/// session that stands behind them.
#[must_use]
pub fn tool(issuer: &str, of: &str, client: &str, session: Option<&str>) -> Value {
    let mut subject = json!({ "format": "complex", "user": person(issuer, of), "application": opaque(client) });
    if let Some(fields) = subject.as_object_mut() {
        fields.extend(session.map(|session| ("session".to_owned(), opaque(session))));
    }
    subject
}

/// A stream, as the subject of what is said of it (SSF, sections 8.1.4.1 and 8.1.5).
#[must_use]
pub fn stream(id: Id<ids::Stream>) -> Value {
    opaque(&id.to_string())
}

/// RFC 9493, section 3.2.5.
fn opaque(id: &str) -> Value {
    json!({ "format": "opaque", "id": id })
}

/// What a security event token says.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    pub issuer: &'a str,
    /// For whom it is.
    pub audience: &'a str,
    pub id: Id<ids::SecurityEvent>,
    /// What the change is called that several events may come from: the line of the log, where there is one.
    pub txn: &'a str,
    pub now: Time,
    pub event: Event,
    pub subject: &'a Value,
    pub body: &'a Map<String, Value>,
}

impl Said<'_> {
    /// Its claims (RFC 8417, section 2.2; SSF, section 4.1): one event, and neither `sub` nor `exp`.
    #[must_use]
    pub fn claims(&self) -> Value {
        json!({
            "iss": self.issuer,
            "aud": self.audience,
            "jti": self.id,
            "iat": self.now.seconds(),
            "txn": self.txn,
            "sub_id": self.subject,
            "events": { self.event.word(): self.body },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_one_event_and_no_end() {
        let subject = session("https://a.example", "per_1", "ses_1");
        let body = Map::from_iter([("event_timestamp".to_owned(), json!(7))]);
        let said = Said {
            issuer: "https://a.example",
            audience: "https://b.example",
            id: Id::new(Time::from_micros(1_000_000)),
            txn: "evt_1",
            now: Time::from_micros(9_000_000),
            event: Event::SessionRevoked,
            subject: &subject,
            body: &body,
        };
        let claims = said.claims();
        let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
        assert_eq!(names, ["aud", "events", "iat", "iss", "jti", "sub_id", "txn"]);
        assert_eq!(claims["events"], json!({ Event::SessionRevoked.word(): { "event_timestamp": 7 } }));
        assert_eq!(claims["sub_id"]["session"], json!({ "format": "opaque", "id": "ses_1" }));
        assert_eq!(claims["iat"], 9);
    }

    #[test]
    fn an_event_has_a_short_name() {
        assert_eq!(Event::TokenClaimsChange.name(), "token-claims-change");
        assert_eq!(Event::from_word(Event::AccountPurged.word()), Some(Event::AccountPurged));
    }
}
