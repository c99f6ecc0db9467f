//! The header and the signature: which algorithm, which key, and whether it signed this.

use super::{Known, Line, Parsed, Verifier, shortened, unseen};
use crate::{
    access::catalogue::{Looks, Signing},
    tokens::{
        keyring::jwt,
        rows::{KeyState, Purpose},
    },
};
use jsonwebtoken::{DecodingKey, crypto, jwk::Jwk};
use serde_json::Value;

/// Header members that name or hold keys (RFC 7515, sections 4.1.2 to 4.1.6): nobody who knows our keys follows them.
const OWN_KEYS: [&str; 4] = ["jku", "jwk", "x5u", "x5c"];

/// Checks the header and the signature; tells whether a key of ours that signs tokens made it.
pub(super) fn check(parsed: &Parsed<'_>, by: &Verifier<'_>, lines: &mut Vec<Line>) -> bool {
    let alg = algorithm(parsed.header.get("alg"), by, lines);
    typ(parsed.header.get("typ"), by, lines);
    if let Some(crit) = parsed.header.get("crit") {
        lines.push(Line::refused("crit", "crit").told(crit));
    }
    for name in OWN_KEYS {
        if let Some(value) = parsed.header.get(name) {
            lines.push(Line::unchecked(name, "own-key").fact("part", name).told(value));
        }
    }
    let key = key(parsed, alg, by, lines);
    let (Some(alg), Some(key)) = (alg, key) else {
        lines.push(Line::refused("signature", "signature-unknown"));
        return false;
    };
    // The key says with what it signs, never the header alone.
    let signed = key.signing == alg && verifies(key, parsed);
    lines.push(if signed {
        Line::accepted("signature", "signature-ok")
    } else {
        Line::refused("signature", "signature-wrong")
    });
    signed && key.purpose == Purpose::Token
}

fn algorithm(value: Option<&Value>, by: &Verifier<'_>, lines: &mut Vec<Line>) -> Option<Signing> {
    let Some(word) = value.and_then(Value::as_str) else {
        lines.push(Line::refused("alg", "alg-missing"));
        return None;
    };
    let takes = by.warehouse.kind.profile().takes;
    let alg = Signing::from_word(word);
    let code = match alg {
        Some(alg) if alg == by.warehouse.signing => "alg-ok",
        Some(alg) if takes.contains(&alg) => "alg-other",
        Some(_) => "alg-not-taken",
        None if word.eq_ignore_ascii_case("none") => "alg-none",
        None if word.starts_with("HS") => "alg-secret",
        None => "alg-foreign",
    };
    let line = match code {
        "alg-ok" | "alg-other" => Line::accepted("alg", code),
        _ => Line::refused("alg", code),
    };
    lines.push(line.fact("alg", shortened(word)).fact("signing", by.warehouse.signing.word()));
    alg
}

fn typ(value: Option<&Value>, by: &Verifier<'_>, lines: &mut Vec<Line>) {
    let ours = by.warehouse.typ.as_str();
    let line = match unseen("typ", by.warehouse.kind.profile().looks_at_typ, value) {
        Some(line) => line,
        None if value.and_then(Value::as_str).is_some_and(|typ| typ.eq_ignore_ascii_case(ours)) => {
            Line::accepted("typ", "typ-ok")
        }
        None => Line::refused("typ", "typ-wrong"),
    };
    lines.push(line.fact("typ", ours));
}

/// The key that the token names, or where it names none and the warehouse tries them all, the one that fits.
fn key<'a>(parsed: &Parsed<'_>, alg: Option<Signing>, by: &Verifier<'a>, lines: &mut Vec<Line>) -> Option<&'a Known> {
    let Some(kid) = parsed.header.get("kid") else {
        if by.warehouse.kind.profile().kid == Looks::Needs {
            lines.push(Line::refused("kid", "kid-missing"));
            return None;
        }
        lines.push(Line::unchecked("kid", "kid-none"));
        let published = |key: &&Known| key.purpose == Purpose::Token && key.state != KeyState::Gone;
        return by.keys.iter().filter(published).find(|key| Some(key.signing) == alg && verifies(key, parsed));
    };
    let found = kid.as_str().and_then(|kid| by.keys.iter().find(|key| key.kid == kid));
    let (line, key) = match found {
        None => (Line::refused("kid", "kid-unknown"), None),
        Some(key) if key.purpose == Purpose::Badge => (Line::refused("kid", "kid-badge"), None),
        // A key that is gone is published no more; that it once signed this still tells who made it.
        Some(key) if key.state == KeyState::Gone => (Line::refused("kid", "kid-gone"), Some(key)),
        Some(key) if Some(key.signing) != alg => (Line::refused("kid", "kid-other-alg"), Some(key)),
        Some(key) => (Line::accepted("kid", "kid-ok").fact("state", key.state.word()), Some(key)),
    };
    lines.push(line.told(kid));
    key
}

fn verifies(key: &Known, parsed: &Parsed<'_>) -> bool {
    let public = serde_json::from_str::<Jwk>(&key.jwk).ok().and_then(|jwk| DecodingKey::from_jwk(&jwk).ok());
    public.is_some_and(|public| {
        crypto::verify(parsed.signature, parsed.signed.as_bytes(), &public, jwt(key.signing)).unwrap_or(false)
    })
}
