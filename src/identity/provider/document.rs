//! What a provider says of itself (OpenID Connect Discovery 1.0), and the keys that it signs with (RFC 7517).

use super::{Provider, is_guarded};
use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey,
    jwk::{Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde_json::Value;

/// The signatures that are taken; of these, those that a provider names. Neither `none`, nor one that is made with a shared
/// secret.
pub(super) const ALGORITHMS: [(&str, Algorithm); 9] = [
    ("RS256", Algorithm::RS256),
    ("RS384", Algorithm::RS384),
    ("RS512", Algorithm::RS512),
    ("PS256", Algorithm::PS256),
    ("PS384", Algorithm::PS384),
    ("PS512", Algorithm::PS512),
    ("ES256", Algorithm::ES256),
    ("ES384", Algorithm::ES384),
    ("EdDSA", Algorithm::EdDSA),
];

/// What a provider says of itself, as far as it matters here.
#[derive(Clone, Debug)]
pub struct Document {
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    pub end_session_endpoint: Option<String>,
    /// Whether every answer names the issuer (RFC 9207).
    pub names_issuer: bool,
    /// Whether it says that it takes a code challenge of the kind S256 (RFC 8414, section 2).
    pub takes_s256: bool,
    /// Whether the client's secret goes into the body, because the header is not taken.
    pub secret_in_body: bool,
    /// Whether it tells of sessions that ended.
    pub tells_of_logout: bool,
    /// The signatures of ID tokens that are taken.
    pub algorithms: Vec<Algorithm>,
}

impl Document {
    /// Where a provider's document stands (section 4).
    #[must_use]
    pub fn address(provider: &Provider) -> String {
        format!("{}/.well-known/openid-configuration", provider.issuer.trim_end_matches('/'))
    }

    /// Reads a document.
    ///
    /// # Errors
    /// It is another issuer's, something is missing in it, or an address in it is not guarded; in words.
    pub fn read(provider: &Provider, document: &Value) -> Result<Self, String> {
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let list = |name: &str| -> Option<Vec<&str>> {
            Some(document.get(name)?.as_array()?.iter().filter_map(Value::as_str).collect())
        };
        let issuer = text("issuer").unwrap_or_default();
        if issuer != provider.issuer {
            return Err(format!("its document names the issuer {issuer:?}, and the settings {:?}", provider.issuer));
        }
        let endpoint = |name: &str| match text(name) {
            Some(address) if is_guarded(address) && same_guard(provider, address) => Ok(Some(address.to_owned())),
            Some(address) => Err(format!("its {name} is {address:?}, which is not an https address")),
            None => Ok(None),
        };
        let needed = |name: &str| endpoint(name)?.ok_or_else(|| format!("its document has no {name}"));
        let named = list("id_token_signing_alg_values_supported");
        let algorithms: Vec<Algorithm> = ALGORITHMS
            .iter()
            .filter(|(name, _)| named.as_ref().is_none_or(|named| named.contains(name)))
            .map(|(_, algorithm)| *algorithm)
            .collect();
        if algorithms.is_empty() {
            return Err("it signs ID tokens in no way that is taken here".to_owned());
        }
        let ways = list("token_endpoint_auth_methods_supported");
        let secret_in_body =
            ways.is_some_and(|ways| !ways.contains(&"client_secret_basic") && ways.contains(&"client_secret_post"));
        let flag = |name: &str| document.get(name).and_then(Value::as_bool).unwrap_or(false);
        Ok(Self {
            authorization_endpoint: needed("authorization_endpoint")?,
            token_endpoint: needed("token_endpoint")?,
            jwks_uri: needed("jwks_uri")?,
            userinfo_endpoint: endpoint("userinfo_endpoint")?,
            end_session_endpoint: endpoint("end_session_endpoint")?,
            names_issuer: flag("authorization_response_iss_parameter_supported"),
            takes_s256: list("code_challenge_methods_supported").is_some_and(|ways| ways.contains(&"S256")),
            secret_in_body,
            tells_of_logout: flag("backchannel_logout_supported") || flag("frontchannel_logout_supported"),
            algorithms,
        })
    }
}

/// Nothing of a provider that is reached over https goes in the clear, not even on this machine.
fn same_guard(provider: &Provider, address: &str) -> bool {
    !provider.issuer.starts_with("https://") || address.starts_with("https://")
}

/// A public key of a provider.
struct Key {
    kid: Option<String>,
    algorithm: Option<Algorithm>,
    key: DecodingKey,
}

/// The keys that a provider signs with.
pub(super) struct Keys(Vec<Key>);

impl Keys {
    /// Reads a key set; keys that are not understood, are for encryption, or are secrets, are left out (RFC 7517, section 5).
    ///
    /// # Errors
    /// It is no key set.
    pub(super) fn read(set: &Value) -> Result<Self, String> {
        let keys = set.get("keys").and_then(Value::as_array).ok_or("its key set holds no keys")?;
        let key = |value: &Value| {
            let jwk: Jwk = serde_json::from_value(value.clone()).ok()?;
            if matches!(jwk.common.public_key_use, Some(ref meant) if *meant != PublicKeyUse::Signature) {
                return None;
            }
            let key = DecodingKey::from_jwk(&jwk).ok().filter(|key| key.family() != AlgorithmFamily::Hmac)?;
            let algorithm = match jwk.common.key_algorithm {
                None => None,
                Some(said) => Some(taken(said)?),
            };
            Some(Key { kid: jwk.common.key_id, algorithm, key })
        };
        Ok(Self(keys.iter().take(100).filter_map(key).collect()))
    }

    /// The key that a token names; or, where it names none, the only one of its kind.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<&DecodingKey> {
        let fits = |key: &&Key| {
            key.key.family().algorithms().contains(&algorithm) && key.algorithm.is_none_or(|own| own == algorithm)
        };
        let mut fitting =
            self.0.iter().filter(fits).filter(|key| kid.is_none() || key.kid.as_deref() == kid).map(|key| &key.key);
        let first = fitting.next()?;
        // Two of the same name, or several without one: nobody may choose.
        fitting.next().is_none().then_some(first)
    }
}

fn taken(said: KeyAlgorithm) -> Option<Algorithm> {
    let name = said.to_string();
    ALGORITHMS.iter().find(|(own, _)| *own == name).map(|(_, algorithm)| *algorithm)
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};
    use serde_json::json;

    fn document() -> Value {
        json!({
            "issuer": "https://id.example.com",
            "authorization_endpoint": "https://id.example.com/authorize",
            "token_endpoint": "https://id.example.com/token",
            "jwks_uri": "https://keys.example.com/jwks",
            "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"],
        })
    }

    #[test]
    fn a_document_is_taken_only_from_its_issuer() {
        let read = Document::read(&sample(), &document()).unwrap();
        assert_eq!(read.algorithms, [Algorithm::ES256]);
        assert!(!read.names_issuer && !read.takes_s256 && !read.secret_in_body);
        let wrong = |name: &str, value: Value| {
            let mut other = document();
            other[name] = value;
            Document::read(&sample(), &other).unwrap_err()
        };
        assert!(wrong("issuer", json!("https://id.example.com/")).contains("issuer"));
        assert!(wrong("token_endpoint", json!("http://id.example.com/token")).contains("token_endpoint"));
        assert!(wrong("token_endpoint", json!("http://127.0.0.1/token")).contains("token_endpoint"));
        assert!(wrong("jwks_uri", Value::Null).contains("jwks_uri"));
        assert!(wrong("id_token_signing_alg_values_supported", json!(["none", "HS256"])).contains("no way"));
    }

    #[test]
    fn a_key_is_found_by_its_name_and_kind_and_never_a_secret_one() {
        let ec = |kid: &str| {
            json!({ "kty": "EC", "crv": "P-256", "kid": kid,
                "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" })
        };
        let secret = json!({ "kty": "oct", "kid": "s", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ" });
        let mut sealing = ec("enc");
        sealing["use"] = json!("enc");
        let keys = Keys::read(&json!({ "keys": [ec("a"), secret, sealing, { "kty": "odd" }] })).unwrap();
        assert!(keys.find(Some("a"), Algorithm::ES256).is_some());
        assert!(keys.find(None, Algorithm::ES256).is_some(), "the only one");
        for (kid, algorithm) in [
            ("a", Algorithm::RS256),
            ("a", Algorithm::HS256),
            ("s", Algorithm::HS256),
            ("enc", Algorithm::ES256),
            ("b", Algorithm::ES256),
        ] {
            assert!(keys.find(Some(kid), algorithm).is_none(), "{kid}");
        }
        let two = Keys::read(&json!({ "keys": [ec("a"), ec("b")] })).unwrap();
        assert!(two.find(None, Algorithm::ES256).is_none() && two.find(Some("b"), Algorithm::ES256).is_some());
        assert!(Keys::read(&json!({})).is_err());
    }
}
