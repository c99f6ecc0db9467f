//! Taking a compact token apart (RFC 7515, section 7.1): three parts of base64url, two of them JSON objects.

use super::{Line, MOST, Parsed};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// The parts of a token, or the line that says why it has none.
pub(super) fn parse(text: &str) -> Result<Parsed<'_>, Line> {
    let refused = |code| Line::refused("structure", code);
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").map_or(text, str::trim_start);
    if text.is_empty() {
        return Err(refused("empty"));
    }
    if text.len() > MOST {
        return Err(refused("large").fact("most", i64::try_from(MOST).unwrap_or(i64::MAX)));
    }
    let parts: Vec<&str> = text.split('.').collect();
    let &[header, claims, signature] = parts.as_slice() else {
        if parts.len() == 5 {
            return Err(refused("encrypted"));
        }
        return Err(refused("parts").fact("n", i64::try_from(parts.len()).unwrap_or(i64::MAX)));
    };
    let signed = text.get(..header.len() + 1 + claims.len()).unwrap_or_default();
    Ok(Parsed { header: object("header", header)?, claims: object("claims", claims)?, signed, signature })
}

/// A part as a JSON object. Nesting beyond 128 levels is refused by the parser.
fn object(part: &'static str, text: &str) -> Result<Map<String, Value>, Line> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Line::refused("structure", "base64").fact("part", part))?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Line::refused("structure", "json").fact("part", part)),
    }
}
