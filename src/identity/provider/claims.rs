//! What a provider's tokens say, once their signature is good: ID tokens (OpenID Connect Core, section 3.1.3.7) and logout
//! tokens (OpenID Connect Back-Channel Logout, section 2.6).

use super::{SKEW_SECONDS, Unsound, document::Keys};
use crate::base::{
    clock::Time,
    text::{Email, Language},
};
use aws_lc_rs::digest::{self, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, Header, Validation, errors::ErrorKind};
use serde_json::Value;

/// The longest token that is looked at.
const LONGEST: usize = 32 * 1024;
/// The longest subject (OpenID Connect Core, section 2).
const LONGEST_SUBJECT: usize = 255;
/// The event that makes a token one of logout.
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A token's header, as far as it may be looked at before its signature: which key it names, and how it says to be signed.
/// What is not understood and critical is refused (RFC 7515, section 4.1.11).
pub(super) fn header(token: &str, taken: &[Algorithm]) -> Result<Header, Unsound> {
    if token.len() > LONGEST || token.matches('.').count() != 2 {
        return Err(Unsound::Form);
    }
    // `none`, and what nobody knows, does not read as a header at all.
    let header = jsonwebtoken::decode_header(token).map_err(|error| match error.kind() {
        ErrorKind::Json(_) => Unsound::Algorithm,
        _ => Unsound::Form,
    })?;
    if header.crit.is_some() || header.extras.inner().contains_key("b64") {
        return Err(Unsound::Form);
    }
    if taken.contains(&header.alg) { Ok(header) } else { Err(Unsound::Algorithm) }
}

/// The claims of a token that one of these keys has signed; [`Unsound::Key`] where none has its name.
pub(super) fn signed(token: &str, header: &Header, keys: &Keys) -> Result<Value, Unsound> {
    let key = keys.find(header.kid.as_deref(), header.alg).ok_or(Unsound::Key)?;
    let mut rules = Validation::new(header.alg);
    rules.required_spec_claims.clear();
    // Everything that it says is judged below, by the house's clock.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules.validate_aud = false;
    let read = jsonwebtoken::decode::<Value>(token, key, &rules).map_err(|error| match error.kind() {
        ErrorKind::InvalidSignature => Unsound::Signature,
        ErrorKind::InvalidAlgorithm => Unsound::Algorithm,
        _ => Unsound::Form,
    })?;
    if read.claims.is_object() { Ok(read.claims) } else { Err(Unsound::Form) }
}

/// What an ID token is held against.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    /// When the sign-in was begun here.
    pub begun: Time,
    pub now: Time,
    /// Whether a fresh sign-in was asked for.
    pub anew: bool,
    /// The access token that came beside it.
    pub access_token: Option<&'a str>,
}

fn text<'a>(claims: &'a Value, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// An instant in seconds; some providers write fractions.
fn seconds(claims: &Value, name: &str) -> Result<Option<i64>, Unsound> {
    match claims.get(name) {
        None => Ok(None),
        Some(value) => {
            let whole = value.as_i64().or_else(|| {
                let float = value.as_f64().filter(|float| float.is_finite() && float.abs() < 1e15)?;
                #[expect(clippy::cast_possible_truncation, reason = "within the range that was looked at")]
                Some(float.floor() as i64)
            });
            whole.map(Some).ok_or(Unsound::Form)
        }
    }
}

/// Issuer and audience. Another audience beside ours is taken only where the token says that it was issued to us.
fn for_us(claims: &Value, issuer: &str, client_id: &str) -> Result<(), Unsound> {
    if text(claims, "iss") != Some(issuer) {
        return Err(Unsound::Issuer);
    }
    let (ours, several) = match claims.get("aud") {
        Some(Value::String(one)) => (one == client_id, false),
        Some(Value::Array(many)) => (many.iter().any(|one| one.as_str() == Some(client_id)), many.len() > 1),
        _ => (false, false),
    };
    let presenter = claims.get("azp");
    let issued_to_us = presenter.and_then(Value::as_str) == Some(client_id);
    if ours && (issued_to_us || (presenter.is_none() && !several)) { Ok(()) } else { Err(Unsound::Audience) }
}

/// The instants of a token: still good, and issued between `since` and now.
fn timely(claims: &Value, since: Time, now: Time) -> Result<(), Unsound> {
    let (now, since) = (now.seconds(), since.seconds());
    let ends = seconds(claims, "exp")?.ok_or(Unsound::Expired)?;
    if ends.saturating_add(SKEW_SECONDS) <= now {
        return Err(Unsound::Expired);
    }
    let issued = seconds(claims, "iat")?.ok_or(Unsound::IssuedAt)?;
    let begins = seconds(claims, "nbf")?.unwrap_or(issued);
    let latest = now.saturating_add(SKEW_SECONDS);
    if issued > latest || begins > latest || issued < since.saturating_sub(SKEW_SECONDS) {
        return Err(Unsound::IssuedAt);
    }
    Ok(())
}

fn subject(claims: &Value) -> Result<&str, Unsound> {
    let fits = |sub: &&str| !sub.is_empty() && sub.len() <= LONGEST_SUBJECT && !sub.chars().any(char::is_control);
    text(claims, "sub").filter(fits).ok_or(Unsound::Subject)
}

/// Judges the claims of an ID token.
pub(super) fn judge(claims: &Value, header: &Header, wanted: &Wanted<'_>) -> Result<(), Unsound> {
    let typ = header.typ.as_deref().unwrap_or("JWT");
    if !typ.eq_ignore_ascii_case("jwt") {
        // An access token or a logout token is no ID token, whoever signed it (RFC 8725, section 3.11).
        return Err(Unsound::Form);
    }
    for_us(claims, wanted.issuer, wanted.client_id)?;
    timely(claims, wanted.begun, wanted.now)?;
    subject(claims)?;
    if !text(claims, "nonce").is_some_and(|nonce| crate::identity::secret::same(nonce, wanted.nonce)) {
        return Err(Unsound::Nonce);
    }
    if let (Some(hash), Some(token)) = (text(claims, "at_hash"), wanted.access_token)
        && hash != half_hash(token, header.alg)
    {
        return Err(Unsound::AccessToken);
    }
    if wanted.anew {
        let earliest = wanted.begun.seconds().saturating_sub(SKEW_SECONDS);
        if seconds(claims, "auth_time")?.is_none_or(|at| at < earliest) {
            return Err(Unsound::NotFresh);
        }
    }
    Ok(())
}

/// The left half of a token's hash, under the hash of its ID token's signature (section 3.1.3.6).
fn half_hash(token: &str, algorithm: Algorithm) -> String {
    let by = match algorithm {
        Algorithm::RS384 | Algorithm::PS384 | Algorithm::ES384 => &digest::SHA384,
        Algorithm::RS512 | Algorithm::PS512 | Algorithm::EdDSA => &digest::SHA512,
        _ => &digest::SHA256,
    };
    let hash = digest(by, token.as_bytes());
    let whole = hash.as_ref();
    URL_SAFE_NO_PAD.encode(whole.get(..whole.len() / 2).unwrap_or_default())
}

/// Somebody, as a provider vouches for them.
#[derive(Clone, Debug)]
pub struct Proof {
    pub issuer: String,
    pub subject: String,
    /// The provider's own session.
    pub sid: Option<String>,
    pub email: Option<Email>,
    /// Whether the provider says that it verified the address.
    pub verified: Option<bool>,
    pub name: Option<String>,
    pub language: Option<Language>,
    pub zone: Option<String>,
    /// The groups that it names; none where it names them elsewhere because they are too many.
    pub groups: Option<Vec<String>>,
    /// The token that proves it, for signing out there.
    pub id_token: String,
}

impl Proof {
    /// What the claims say; `groups` is the name of the claim that tells of groups.
    pub(super) fn of(claims: &Value, issuer: &str, groups: &str, id_token: &str) -> Result<Self, Unsound> {
        let tidy = |text: &str, most: usize| {
            let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let plain: String = plain.chars().filter(|c| !c.is_control()).take(most).collect();
            (!plain.is_empty()).then_some(plain)
        };
        let pair = || {
            let parts = ["given_name", "family_name"].map(|part| text(claims, part).unwrap_or_default());
            tidy(&parts.join(" "), 100)
        };
        let zone = text(claims, "zoneinfo").filter(|zone| jiff::tz::TimeZone::get(zone).is_ok());
        let elsewhere = claims.get("_claim_names").is_some_and(|names| names.get(groups).is_some());
        Ok(Self {
            issuer: issuer.to_owned(),
            subject: subject(claims)?.to_owned(),
            sid: text(claims, "sid").filter(|sid| !sid.is_empty() && sid.len() <= 255).map(str::to_owned),
            email: text(claims, "email").and_then(|email| email.parse().ok()),
            verified: match claims.get("email_verified") {
                Some(Value::Bool(flag)) => Some(*flag),
                // Some providers write it as a text.
                Some(Value::String(flag)) => Some(flag == "true"),
                Some(_) => Some(false),
                None => None,
            },
            name: text(claims, "name").and_then(|name| tidy(name, 100)).or_else(pair),
            language: text(claims, "locale").and_then(|tag| Language::from_tag(tag.get(..2)?)),
            zone: zone.map(str::to_owned),
            groups: match claims.get(groups) {
                Some(Value::Array(list)) => Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
                Some(Value::String(one)) => Some(vec![one.clone()]),
                _ if elsewhere => None,
                _ => Some(Vec::new()),
            },
            id_token: id_token.to_owned(),
        })
    }
}

/// Whether something that is wanted of a person is not among these claims.
pub(super) fn lacks(claims: &Value, groups: Option<&str>) -> bool {
    claims.get("email").is_none()
        || claims.get("name").is_none()
        || groups.is_some_and(|name| claims.get(name).is_none())
}

/// Adds what the userinfo endpoint says to the claims of an ID token, where it is of the same person; what the signed token
/// says stays (section 5.3.2).
pub(super) fn complete(claims: &mut Value, more: &Value) -> Result<(), Unsound> {
    if text(more, "sub").is_none() || text(more, "sub") != text(claims, "sub") {
        return Err(Unsound::Subject);
    }
    // An address and what is said of it come from one place.
    let own_address = claims.get("email").is_some();
    if let (Value::Object(claims), Value::Object(more)) = (claims, more) {
        for (name, value) in more {
            if !(own_address && name.starts_with("email")) {
                claims.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
    }
    Ok(())
}

/// What a logout token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutClaims {
    /// Whose sessions have ended.
    pub subject: Option<String>,
    /// Which of the provider's sessions has ended.
    pub sid: Option<String>,
    /// The token's own id, in hexadecimal of its hash: it counts once.
    pub id: String,
    /// Until when it is good.
    pub expires_at: Time,
}

/// How long before now a logout token may have been issued, in seconds.
const LOGOUT_SECONDS: i64 = 300;

/// Judges the claims of a logout token (section 2.6).
pub(super) fn judge_logout(
    claims: &Value,
    header: &Header,
    (issuer, client_id): (&str, &str),
    now: Time,
) -> Result<LogoutClaims, Unsound> {
    let typ = header.typ.as_deref().unwrap_or("JWT").to_ascii_lowercase();
    if !["jwt", "logout+jwt", "application/logout+jwt"].contains(&typ.as_str()) {
        return Err(Unsound::Event);
    }
    for_us(claims, issuer, client_id)?;
    timely(claims, now.plus_seconds(-LOGOUT_SECONDS), now)?;
    let told = claims.get("events").and_then(|events| events.get(LOGOUT)).is_some_and(Value::is_object);
    if !told || claims.get("nonce").is_some() {
        return Err(Unsound::Event);
    }
    let id = text(claims, "jti").filter(|id| !id.is_empty()).ok_or(Unsound::Form)?;
    let (subject, sid) = (text(claims, "sub").map(str::to_owned), text(claims, "sid").map(str::to_owned));
    if subject.is_none() && sid.is_none() {
        return Err(Unsound::Subject);
    }
    let ends = seconds(claims, "exp")?.unwrap_or_default().clamp(0, now.seconds() + 86_400);
    let kept = now.plus_seconds(ends - now.seconds() + SKEW_SECONDS + 1);
    Ok(LogoutClaims {
        subject,
        sid,
        id: crate::identity::secret::hex(digest(&digest::SHA256, id.as_bytes()).as_ref()),
        expires_at: kept,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_770_000_000;

    fn now() -> Time {
        Time::from_micros(NOW * 1_000_000)
    }

    fn good() -> Value {
        json!({ "iss": "https://id.example.com", "aud": "habilis", "sub": "ana-1", "iat": NOW, "exp": NOW + 600, "nonce": "n" })
    }

    fn judged(change: &[(&str, Value)], anew: bool) -> Result<(), Unsound> {
        let mut claims = good();
        for (name, value) in change {
            if value.is_null() {
                claims.as_object_mut().unwrap().remove(*name);
            } else {
                claims[*name] = value.clone();
            }
        }
        let wanted = Wanted {
            issuer: "https://id.example.com",
            client_id: "habilis",
            nonce: "n",
            begun: now().plus_seconds(-20),
            now: now(),
            anew,
            access_token: Some("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
        };
        judge(&claims, &Header::new(Algorithm::RS256), &wanted)
    }

    #[test]
    fn every_claim_of_an_id_token_is_judged() {
        assert_eq!(judged(&[], false), Ok(()));
        for (name, value, why) in [
            ("iss", json!("https://id.example.com/"), Unsound::Issuer),
            ("iss", Value::Null, Unsound::Issuer),
            ("aud", json!("other"), Unsound::Audience),
            ("aud", Value::Null, Unsound::Audience),
            ("aud", json!([]), Unsound::Audience),
            ("aud", json!(["habilis", "other"]), Unsound::Audience),
            ("azp", json!("other"), Unsound::Audience),
            ("azp", json!(7), Unsound::Audience),
            ("sub", json!(""), Unsound::Subject),
            ("sub", json!("x".repeat(256)), Unsound::Subject),
            ("sub", Value::Null, Unsound::Subject),
            ("exp", json!(NOW - 60), Unsound::Expired),
            ("exp", Value::Null, Unsound::Expired),
            ("exp", json!("soon"), Unsound::Form),
            ("iat", json!(NOW + 61), Unsound::IssuedAt),
            ("iat", json!(NOW - 81), Unsound::IssuedAt),
            ("iat", Value::Null, Unsound::IssuedAt),
            ("nbf", json!(NOW + 61), Unsound::IssuedAt),
            ("nonce", json!("m"), Unsound::Nonce),
            ("nonce", Value::Null, Unsound::Nonce),
            ("at_hash", json!("77QmUPtjPfzWtF2AnpK9RA"), Unsound::AccessToken),
        ] {
            assert_eq!(judged(&[(name, value.clone())], false), Err(why), "{name}: {value}");
        }
        // The example of OpenID Connect Core, appendix A.3; clocks that differ a little; a list of one; ours among several.
        for (name, value) in [
            ("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")),
            ("exp", json!(NOW - 59)),
            ("iat", json!(NOW + 60)),
            ("iat", json!(f64::from(1_770_000_000_u32) + 0.5)),
            ("aud", json!(["habilis"])),
            ("azp", json!("habilis")),
        ] {
            assert_eq!(judged(&[(name, value.clone())], false), Ok(()), "{name}: {value}");
        }
        assert_eq!(judged(&[("aud", json!(["habilis", "other"])), ("azp", json!("habilis"))], false), Ok(()));
    }

    #[test]
    fn a_fresh_sign_in_is_one_after_it_was_asked_for() {
        assert_eq!(judged(&[], true), Err(Unsound::NotFresh));
        assert_eq!(judged(&[("auth_time", json!(NOW - 600))], true), Err(Unsound::NotFresh));
        assert_eq!(judged(&[("auth_time", json!(NOW - 10))], true), Ok(()));
    }

    #[test]
    fn a_token_of_another_type_is_no_id_token() {
        for typ in ["at+jwt", "logout+jwt"] {
            let header = Header { typ: Some(typ.to_owned()), ..Header::new(Algorithm::RS256) };
            let wanted = Wanted {
                issuer: "https://id.example.com",
                client_id: "habilis",
                nonce: "n",
                begun: now(),
                now: now(),
                anew: false,
                access_token: None,
            };
            assert_eq!(judge(&good(), &header, &wanted), Err(Unsound::Form), "{typ}");
        }
    }

    #[test]
    fn what_is_said_of_an_address_comes_from_where_the_address_comes_from() {
        let mut claims = json!({ "sub": "ana-1", "email": "ana@example.com" });
        let more = json!({ "sub": "ana-1", "email": "other@example.com", "email_verified": true, "name": "Ana" });
        complete(&mut claims, &more).unwrap();
        assert_eq!(claims, json!({ "sub": "ana-1", "email": "ana@example.com", "name": "Ana" }));
        assert_eq!(complete(&mut claims, &json!({ "sub": "bob-1" })), Err(Unsound::Subject));
        assert_eq!(complete(&mut claims, &json!({ "name": "Ana" })), Err(Unsound::Subject));
    }

    #[test]
    fn every_claim_of_a_logout_token_is_judged() {
        let judged = |name: &str, value: Value, typ: &str| {
            let mut claims = json!({
                "iss": "https://id.example.com", "aud": "habilis", "iat": NOW, "exp": NOW + 120, "jti": "j", "sub": "ana-1",
                "events": { LOGOUT: {} },
            });
            if value.is_null() {
                claims.as_object_mut().unwrap().remove(name);
            } else {
                claims[name] = value;
            }
            let header = Header { typ: Some(typ.to_owned()), ..Header::new(Algorithm::RS256) };
            judge_logout(&claims, &header, ("https://id.example.com", "habilis"), now())
        };
        let read = judged("sid", json!("s"), "logout+jwt").unwrap();
        assert_eq!((read.subject.as_deref(), read.sid.as_deref()), (Some("ana-1"), Some("s")));
        assert!(read.expires_at > now().plus_seconds(120));
        for (name, value, typ, why) in [
            ("x", Value::Null, "at+jwt", Unsound::Event),
            ("nonce", json!("n"), "logout+jwt", Unsound::Event),
            ("events", json!({}), "logout+jwt", Unsound::Event),
            ("events", json!({ LOGOUT: true }), "logout+jwt", Unsound::Event),
            ("events", Value::Null, "logout+jwt", Unsound::Event),
            ("jti", Value::Null, "logout+jwt", Unsound::Form),
            ("sub", Value::Null, "logout+jwt", Unsound::Subject),
            ("aud", json!("other"), "logout+jwt", Unsound::Audience),
            ("iss", json!("https://other.example.com"), "logout+jwt", Unsound::Issuer),
            ("exp", json!(NOW - 60), "logout+jwt", Unsound::Expired),
            ("exp", Value::Null, "logout+jwt", Unsound::Expired),
            ("iat", json!(NOW - 361), "logout+jwt", Unsound::IssuedAt),
        ] {
            assert_eq!(judged(name, value, typ), Err(why), "{name}");
        }
    }
}
