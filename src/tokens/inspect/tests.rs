//! Each kind takes the house's own token and finds what is wrong with any other.

use super::{super::claims, *};
use crate::{
    access::catalogue::{RoleClaim, WarehouseKind},
    base::{ids::Id, text::Slug},
    curriculum::samples,
    tokens::keyring::{self, Fresh, generate},
};
use base64::{Engine, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{EncodingKey, Header};
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

const ISSUER: &str = "https://academy.example.com";

struct Pair {
    fresh: Fresh,
    key: EncodingKey,
}

fn pair(algorithm: Signing) -> Pair {
    let fresh = generate(algorithm).unwrap();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(&fresh.private));
    let key = match algorithm {
        Signing::ES256 => EncodingKey::from_ec_pem(pem.as_bytes()),
        Signing::RS256 => EncodingKey::from_rsa_pem(pem.as_bytes()),
        Signing::EdDSA => EncodingKey::from_ed_pem(pem.as_bytes()),
    };
    Pair { key: key.unwrap(), fresh }
}

static ES256: LazyLock<Pair> = LazyLock::new(|| pair(Signing::ES256));
static RS256: LazyLock<Pair> = LazyLock::new(|| pair(Signing::RS256));
static EDDSA: LazyLock<Pair> = LazyLock::new(|| pair(Signing::EdDSA));
static STRANGER: LazyLock<Pair> = LazyLock::new(|| pair(Signing::ES256));

fn known(pair: &Pair, state: KeyState, purpose: Purpose) -> Known {
    Known {
        kid: pair.fresh.kid.clone(),
        signing: pair.fresh.algorithm,
        state,
        purpose,
        jwk: pair.fresh.public_jwk.clone(),
    }
}

fn now() -> Time {
    Time::parse("2027-03-01T09:00:00Z").unwrap()
}

/// A warehouse of a kind, a role of it, and the keys of the house.
struct Stand {
    warehouse: Warehouse,
    role: Role,
    keys: Vec<Known>,
}

impl Stand {
    fn new(kind: WarehouseKind) -> Self {
        let catalogue = samples::read(samples::files()).1;
        let slug = |text: &str| text.parse::<Slug>().unwrap();
        let mut warehouse = catalogue.warehouses[&slug("snow")].clone();
        (warehouse.kind, warehouse.signing, warehouse.typ) = (kind, kind.signing(), kind.profile().typ);
        let keys = [&*ES256, &*RS256, &*EDDSA].map(|pair| known(pair, KeyState::Active, Purpose::Token)).to_vec();
        Self { warehouse, role: catalogue.roles[&slug("analyst")].clone(), keys }
    }

    /// The header and the claims of a token that the house would sign.
    fn told(&self) -> (Header, Value) {
        let basis = claims::Basis {
            issuer: ISSUER,
            subject: claims::Subject::Person {
                id: Id::new(now()),
                email: &"ana@example.com".parse().unwrap(),
                session: None,
                signed_in_at: now(),
            },
            login: "ANA",
            warehouse: &self.warehouse,
            role: &self.role,
            client: claims::FIRST_PARTY,
            grant: Id::new(now()),
            certificates: vec![],
            token: Id::new(now()),
            issued_at: now(),
            expires_at: now().plus_seconds(900),
            place: None,
        };
        let mut header = Header::new(keyring::jwt(self.warehouse.signing));
        header.typ = Some(claims::typ(&self.warehouse).to_owned());
        header.kid = Some(self.pair().fresh.kid.clone());
        (header, serde_json::to_value(claims::claims(&basis)).unwrap())
    }

    fn pair(&self) -> &'static Pair {
        match self.warehouse.signing {
            Signing::ES256 => &ES256,
            Signing::RS256 => &RS256,
            Signing::EdDSA => &EDDSA,
        }
    }

    fn inspect_at(&self, token: &str, now: Time) -> Inspection {
        let roles = vec![&self.role];
        inspect(token, &Verifier { issuer: ISSUER, warehouse: &self.warehouse, roles, keys: &self.keys, now })
    }

    fn inspect(&self, token: &str) -> Inspection {
        self.inspect_at(token, now().plus_seconds(60))
    }

    /// What is said of a token with changed claims, signed by the house all the same.
    fn with(&self, change: impl Fn(&mut Value)) -> Inspection {
        let (header, mut claims) = self.told();
        change(&mut claims);
        self.inspect(&jsonwebtoken::encode(&header, &claims, &self.pair().key).unwrap())
    }
}

/// One of every kind.
static STANDS: LazyLock<Vec<Stand>> =
    LazyLock::new(|| WarehouseKind::ALL.iter().map(|(_, kind)| Stand::new(*kind)).collect());

fn line<'a>(inspection: &'a Inspection, part: &str) -> &'a Line {
    inspection
        .lines
        .iter()
        .find(|line| line.part == part)
        .unwrap_or_else(|| panic!("no line on {part}: {inspection:#?}"))
}

fn verdict(inspection: &Inspection, part: &str) -> (Verdict, &'static str) {
    let line = line(inspection, part);
    (line.verdict, line.code)
}

/// The parts because of which a token is refused.
fn refused(inspection: &Inspection) -> Vec<(&'static str, &'static str)> {
    let refused = inspection.lines.iter().filter(|line| line.verdict == Verdict::Refused);
    refused.map(|line| (line.part, line.code)).collect()
}

#[test]
fn every_kind_takes_the_houses_own_token() {
    for (word, kind) in WarehouseKind::ALL {
        for signing in kind.profile().takes {
            let mut stand = Stand::new(kind);
            stand.warehouse.signing = *signing;
            let found = stand.with(|_| {});
            assert!(refused(&found).is_empty(), "{word}: {found:#?}");
            assert_eq!(found.verdict(), Verdict::Accepted);
            assert!(found.ours && found.jti.as_deref().is_some_and(|jti| jti.starts_with("tok_")), "{word}");
            let read = kind.profile().role != RoleClaim::Nowhere;
            let expected = if read { Verdict::Accepted } else { Verdict::Unchecked };
            assert_eq!(line(&found, "role").verdict, expected, "{word}");
        }
    }
}

#[test]
fn every_kind_finds_what_it_looks_at() {
    use WarehouseKind::*;
    let takes = |kind: WarehouseKind, part: &str, code: &str, change: &dyn Fn(&mut Value)| {
        let found = Stand::new(kind).with(change);
        assert_eq!(found.verdict(), Verdict::Accepted, "{kind:?} {code}: {found:#?}");
        assert_eq!(line(&found, part).code, code, "{kind:?}");
    };
    let refuses = |kind: WarehouseKind, part: &'static str, code: &'static str, change: &dyn Fn(&mut Value)| {
        let found = Stand::new(kind).with(change);
        assert_eq!(refused(&found), [(part, code)], "{kind:?}: {found:#?}");
    };
    let over = json!(now().seconds() + 60);
    let remove = |name: &'static str| move |claims: &mut Value| drop(claims.as_object_mut().unwrap().remove(name));
    for (_, kind) in WarehouseKind::ALL {
        refuses(kind, "aud", "aud-wrong", &|c| c["aud"] = json!("https://other.example.com"));
        refuses(kind, "aud", "aud-wrong", &|c| c["aud"] = json!(7));
        takes(kind, "aud", "aud-among", &|c| c["aud"] = json!(["x", "https://snow.example.com"]));
        let issuer: &dyn Fn(&mut Value) = &|c| c["iss"] = json!("https://academy.example.com/");
        if kind == Postgrest {
            takes(kind, "iss", "unread", issuer);
            takes(kind, "aud", "aud-none", &remove("aud"));
            takes(kind, "aud", "aud-none", &|c| c["aud"] = json!([]));
            takes(kind, "exp", "exp-leeway", &|c| c["exp"] = json!(now().seconds() + 40));
        } else {
            refuses(kind, "iss", "iss-wrong", issuer);
            refuses(kind, "aud", "aud-wrong", &remove("aud"));
            refuses(kind, "exp", "exp-over", &|c| c["exp"] = over.clone());
        }
        refuses(kind, "exp", "exp-over", &|c| c["exp"] = json!(now().seconds() - 60));
        refuses(kind, "exp", "no-instant", &|c| c["exp"] = json!("soon"));
        refuses(kind, "exp", "no-instant", &|c| c["exp"] = json!(1e300));
        match kind.profile().exp {
            Looks::Needs => refuses(kind, "exp", "claim-missing", &remove("exp")),
            _ => takes(kind, "exp", "exp-none", &remove("exp")),
        }
        let early: &dyn Fn(&mut Value) = &|c| c["nbf"] = json!(now().seconds() + 300);
        match kind.profile().nbf {
            Looks::No => takes(kind, "nbf", "unread", early),
            Looks::Untold => takes(kind, "nbf", "untold", early),
            _ => refuses(kind, "nbf", "not-begun", early),
        }
        if kind.profile().user != "sub" && kind != Postgrest {
            refuses(kind, kind.profile().user, "user-missing", &remove(kind.profile().user));
        }
    }
    refuses(Snowflake, "role", "role-missing", &remove("scp"));
    refuses(Snowflake, "role", "role-reserved", &|c| c["scp"] = json!(["session:role:AccountAdmin"]));
    takes(Snowflake, "role", "role-ok", &|c| c["scp"] = json!(["session:role:analyst"]));
    takes(Snowflake, "role", "role-unknown", &|c| c["scp"] = json!(["session:role:OTHER"]));
    refuses(Postgrest, "role", "role-anonymous", &remove("role"));
    refuses(Postgrest, "role", "role-reserved", &|c| c["role"] = json!("pg_read_all_data"));
    refuses(Postgres, "role", "role-missing", &|c| c["scope"] = json!("openid"));
    refuses(Clickhouse, "role", "role-missing", &remove("clickhouse:roles"));
    takes(Bigquery, "role", "role-no-group", &remove("roles"));
    refuses(Bigquery, "sub", "claim-missing", &remove("sub"));
    refuses(Bigquery, "exp", "exp-long", &|c| c["exp"] = json!(now().seconds() + 48 * 3_600));
}

#[test]
fn keys_are_told_by_their_state() {
    let mut stand = Stand::new(WarehouseKind::Trino);
    let (header, claims) = stand.told();
    let token = jsonwebtoken::encode(&header, &claims, &stand.pair().key).unwrap();
    for (state, expected) in [
        (KeyState::Active, (Verdict::Accepted, "kid-ok")),
        (KeyState::Next, (Verdict::Accepted, "kid-ok")),
        (KeyState::Retiring, (Verdict::Accepted, "kid-ok")),
        (KeyState::Gone, (Verdict::Refused, "kid-gone")),
    ] {
        stand.keys = vec![known(&ES256, state, Purpose::Token)];
        let found = stand.inspect(&token);
        assert_eq!((verdict(&found, "kid"), found.ours), (expected, true), "{state:?}");
    }
    stand.keys = vec![known(&ES256, KeyState::Active, Purpose::Badge)];
    let found = stand.inspect(&token);
    assert_eq!((refused(&found), found.ours), (vec![("kid", "kid-badge"), ("signature", "signature-unknown")], false));
    stand.keys.clear();
    assert_eq!(refused(&stand.inspect(&token)), [("kid", "kid-unknown"), ("signature", "signature-unknown")]);
    // A stranger's signature under our key's name, and a token without a name for its key.
    let stand = Stand::new(WarehouseKind::Trino);
    let forged = jsonwebtoken::encode(&header, &claims, &STRANGER.key).unwrap();
    let found = stand.inspect(&forged);
    assert_eq!((refused(&found), found.ours), (vec![("signature", "signature-wrong")], false));
    let (mut header, claims) = stand.told();
    header.kid = None;
    let nameless = jsonwebtoken::encode(&header, &claims, &stand.pair().key).unwrap();
    assert_eq!(refused(&stand.inspect(&nameless)), [("kid", "kid-missing"), ("signature", "signature-unknown")]);
    assert!(Stand::new(WarehouseKind::Postgrest).inspect(&nameless).ours, "every key is tried");
}

fn raw(header: &Value, claims: &Value, signature: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

#[test]
fn tricks_are_called_by_their_names() {
    let stand = Stand::new(WarehouseKind::Snowflake);
    let (_, claims) = stand.told();
    let kid = &ES256.fresh.kid;
    for none in ["none", "None", "NONE"] {
        let found = stand.inspect(&raw(&json!({"alg": none, "kid": kid}), &claims, ""));
        assert_eq!((verdict(&found, "alg"), found.ours), ((Verdict::Refused, "alg-none"), false));
    }
    // The public key as an HMAC secret.
    let mut header = Header::new(jsonwebtoken::Algorithm::HS256);
    header.kid = Some(kid.clone());
    let secret = EncodingKey::from_secret(ES256.fresh.public_jwk.as_bytes());
    let found = stand.inspect(&jsonwebtoken::encode(&header, &claims, &secret).unwrap());
    assert_eq!((verdict(&found, "alg"), found.ours), ((Verdict::Refused, "alg-secret"), false));
    assert_eq!(verdict(&found, "signature").0, Verdict::Refused);
    let found = stand.inspect(&raw(&json!({"alg": "EdDSA", "kid": kid}), &claims, "AA"));
    assert_eq!(verdict(&found, "alg"), (Verdict::Refused, "alg-not-taken"));
    let found = stand.inspect(&raw(&json!({"alg": "ES512", "kid": kid}), &claims, "AA"));
    assert_eq!(verdict(&found, "alg"), (Verdict::Refused, "alg-foreign"));
    assert_eq!(verdict(&stand.inspect(&raw(&json!({}), &claims, "")), "alg").1, "alg-missing");
    // Another algorithm of ours than the key's.
    let found = stand.inspect(&raw(&json!({"alg": "RS256", "kid": kid}), &claims, "AAAA"));
    assert_eq!(verdict(&found, "kid"), (Verdict::Refused, "kid-other-alg"));
    assert_eq!(verdict(&found, "signature"), (Verdict::Refused, "signature-wrong"));
    let own = json!({"alg": "ES256", "kid": "mine", "jku": "https://evil.example.com", "jwk": {}, "crit": ["exp"]});
    let found = stand.inspect(&raw(&own, &claims, "AA"));
    assert_eq!((verdict(&found, "jku").1, verdict(&found, "jwk").1), ("own-key", "own-key"));
    assert_eq!((verdict(&found, "crit").0, verdict(&found, "kid").1), (Verdict::Refused, "kid-unknown"));
    // What the kind does not take at all is told so, and still seen to be ours.
    let stand = Stand::new(WarehouseKind::Starrocks);
    let mut header = Header::new(jsonwebtoken::Algorithm::ES256);
    header.kid = Some(kid.clone());
    let found = stand.inspect(&jsonwebtoken::encode(&header, &stand.told().1, &ES256.key).unwrap());
    assert_eq!((refused(&found), found.ours), (vec![("alg", "alg-not-taken")], true));
}

#[test]
fn garbage_gets_one_clear_line() {
    let stand = Stand::new(WarehouseKind::Generic);
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(4_000));
    let nested = URL_SAFE_NO_PAD.encode(format!("{{\"a\":{}1{}}}", "[".repeat(2_000), "]".repeat(2_000)));
    for (text, code) in [
        ("", "empty"),
        ("   \n", "empty"),
        ("Bearer ", "parts"),
        ("a.b", "parts"),
        ("a.b.c.d", "parts"),
        ("a.b.c.d.e", "encrypted"),
        ("e30.é.x", "base64"),
        ("e30=.e30.x", "base64"),
        ("W10.e30.x", "json"),
        ("e30.bnVsbA.x", "json"),
        (&format!("e30.{deep}.x"), "json"),
        (&format!("e30.{nested}.x"), "json"),
        (&"a".repeat(MOST + 1), "large"),
        (&".".repeat(MOST), "parts"),
    ] {
        let found = stand.inspect(text);
        assert_eq!(refused(&found), [("structure", code)], "{}", &text[..text.len().min(40)]);
        assert_eq!((found.lines.len(), found.ours), (1, false));
    }
    // An object in each place, and nothing that any reader needs.
    let found = stand.inspect("e30.e30.");
    assert_eq!(found.verdict(), Verdict::Refused);
    assert!(refused(&found).contains(&("alg", "alg-missing")) && refused(&found).contains(&("iss", "iss-wrong")));
}

#[test]
fn values_are_shown_short() {
    let found = Stand::new(WarehouseKind::Trino).with(|claims| {
        claims["iss"] = json!("x\n".repeat(1_000));
        claims["many"] = json!("y".repeat(2_000));
    });
    let shown = line(&found, "iss").value.clone().unwrap();
    assert!(shown.chars().count() == SHOWN + 1 && !shown.contains('\n'), "{shown}");
    assert!(!format!("{found:?}").contains("yyy"), "claims that nobody reads are not repeated");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_brings_it_down_and_none_passes(text in "[A-Za-z0-9_.=-]{0,200}|\\PC{0,100}") {
        for stand in &*STANDS {
            let found = stand.inspect(&text);
            prop_assert!(found.verdict() == Verdict::Refused && !found.ours);
        }
    }

    /// One changed letter anywhere, and the house no longer vouches for it.
    #[test]
    fn no_changed_letter_passes(at in 0..400_usize, to in "[A-Za-z0-9_-]") {
        let stand = &STANDS[0];
        let (header, claims) = stand.told();
        let token = jsonwebtoken::encode(&header, &claims, &stand.pair().key).unwrap();
        let at = at % token.len();
        let changed = format!("{}{to}{}", &token[..at], &token[at + 1..]);
        prop_assume!(changed != token);
        let found = stand.inspect(&changed);
        prop_assert!(!found.ours && found.verdict() == Verdict::Refused, "{:#?}", found);
    }
}
