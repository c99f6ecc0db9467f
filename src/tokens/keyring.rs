//! Signing keys: made, published, rotated and used; private parts in the clear only in memory.

use super::{
    rows::{self, KeyRow, KeyState, Purpose},
    seal::SealKey,
    signer::Signer,
};
use crate::{
    access::catalogue::Signing,
    base::refusal::Broken,
    db::{Reading, Writing},
};
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{
    DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

/// What a key is for, and with which algorithm it signs.
pub type Series = (Purpose, Signing);

/// The keys that there may be: those of Ed25519 only where a warehouse asks for them ([`Signing::EdDSA`]). Every verifier of
/// Open Badges 3.0 takes RS256.
pub const SERIES: [Series; 4] = [
    (Purpose::Token, Signing::ES256),
    (Purpose::Token, Signing::RS256),
    (Purpose::Token, Signing::EdDSA),
    (Purpose::Badge, BADGES),
];

/// How long verifiers may keep the published keys without looking again, in seconds (`Cache-Control: max-age`).
pub const FRESH_SECONDS: i64 = 300;

/// How long a key has to be published before it signs, in seconds: what verifiers may keep, and a minute for replicas that
/// follow and for clocks that differ.
pub const PUBLISHED_SECONDS: i64 = FRESH_SECONDS + 60;

/// The longest token that is looked at, in bytes.
pub const LONGEST: usize = 16 * 1024;

/// What badges are signed with.
pub const BADGES: Signing = Signing::RS256;

/// A fresh key: its algorithm, its name (RFC 7638 thumbprint), its public JWK as JSON, and its private part as PKCS #8.
pub struct Fresh {
    pub algorithm: Signing,
    pub kid: String,
    pub public_jwk: String,
    pub private: Vec<u8>,
}

/// Makes a key. An RSA key takes a good part of a second: never do it inside of a transaction.
///
/// # Errors
/// The generator fails.
pub fn generate(algorithm: Signing) -> Result<Fresh, Broken> {
    let failed = |_| Broken::defect("making a key failed");
    let private = match algorithm {
        Signing::ES256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .and_then(|pair| pair.to_pkcs8v1())
            .map_err(failed)?
            .as_ref()
            .to_vec(),
        // Version 1 of PKCS #8 has the private part alone, and that is what is read back.
        Signing::EdDSA => {
            let pair = Ed25519KeyPair::generate().map_err(failed)?;
            AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(failed)?.as_ref().to_vec()
        }
        Signing::RS256 => {
            let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
            AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(failed)?.as_ref().to_vec()
        }
    };
    let key = encoding_key(algorithm, &private)?;
    let mut jwk = Jwk::from_encoding_key(&key, jwt(algorithm)).map_err(Broken::defect)?;
    let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(Broken::defect)?;
    jwk.common.key_id = Some(kid.clone());
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    jwk.common.key_algorithm = Some(jwt(algorithm).into());
    let public_jwk = serde_json::to_string(&jwk).map_err(Broken::defect)?;
    Ok(Fresh { algorithm, kid, public_jwk, private })
}

/// An algorithm as the library names it.
pub(super) fn jwt(algorithm: Signing) -> jsonwebtoken::Algorithm {
    match algorithm {
        Signing::ES256 => jsonwebtoken::Algorithm::ES256,
        Signing::RS256 => jsonwebtoken::Algorithm::RS256,
        Signing::EdDSA => jsonwebtoken::Algorithm::EdDSA,
    }
}

fn encoding_key(algorithm: Signing, pkcs8: &[u8]) -> Result<EncodingKey, Broken> {
    let body = STANDARD.encode(pkcs8);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap_or_default()).collect();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"));
    match algorithm {
        Signing::ES256 => EncodingKey::from_ec_pem(pem.as_bytes()),
        Signing::RS256 => EncodingKey::from_rsa_pem(pem.as_bytes()),
        Signing::EdDSA => EncodingKey::from_ed_pem(pem.as_bytes()),
    }
    .map_err(Broken::defect)
}

/// The keys in memory. What is true stands in the database; this follows it.
pub struct Keyring {
    seal: RwLock<SealKey>,
    opened: RwLock<HashMap<String, (Signing, Arc<Signer>)>>,
    published: RwLock<Arc<str>>,
    badges: RwLock<HashMap<String, Arc<str>>>,
    /// What verifies tokens, by name: every key of tokens that is not gone.
    verifies: RwLock<HashMap<String, (Signing, Arc<DecodingKey>)>>,
    /// Keys that do not open, and were complained of.
    shut: RwLock<HashSet<String>>,
}

/// A token of ours that was read: its signature is good; what it says is judged by whoever asked.
#[derive(Clone, Debug)]
pub struct Read {
    /// The name of the key that has signed it.
    pub kid: String,
    /// The `typ` of its header, in lower case.
    pub typ: String,
    pub claims: Value,
}

impl Read {
    /// Whether a claim is this text.
    #[must_use]
    pub fn says(&self, claim: &str, text: &str) -> bool {
        self.text(claim) == Some(text)
    }

    /// A claim that is a text.
    #[must_use]
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim).and_then(Value::as_str)
    }
}

impl Keyring {
    /// An empty ring that opens keys with `seal`.
    #[must_use]
    pub fn new(seal: SealKey) -> Self {
        let published = RwLock::new("{\"keys\":[]}".into());
        let seal = RwLock::new(seal);
        Self {
            seal,
            opened: RwLock::default(),
            published,
            badges: RwLock::default(),
            verifies: RwLock::default(),
            shut: RwLock::default(),
        }
    }

    /// Seals something else that is to be kept under a name.
    ///
    /// # Errors
    /// The cipher fails.
    pub fn seal(&self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
        self.seal.read().unwrap_or_else(PoisonError::into_inner).seal(name, bytes)
    }

    /// Opens it again.
    ///
    /// # Errors
    /// Another key sealed it, or it was changed.
    pub fn unseal(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        self.seal.read().unwrap_or_else(PoisonError::into_inner).open(name, sealed)
    }

    /// Seals something anew where an older key has sealed it; none where the key that seals now has.
    ///
    /// # Errors
    /// None of the keys opens it, or the cipher fails.
    pub fn resealed(&self, name: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
        let seal = self.seal.read().unwrap_or_else(PoisonError::into_inner);
        if seal.is_current(name, sealed) {
            return Ok(None);
        }
        let bytes = seal.open(name, sealed)?;
        seal.seal(name, &bytes).map(Some)
    }

    /// Looks at or changes the keys that seal.
    pub fn sealing<T>(&self, work: impl FnOnce(&mut SealKey) -> T) -> T {
        work(&mut self.seal.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is missing for every one of these algorithms to have an active key and a next one, the active ones first.
    ///
    /// # Errors
    /// The database is away.
    pub fn missing(r: &mut Reading<'_>, wanted: &[Series]) -> Result<Vec<(Series, KeyState)>, Broken> {
        let mut missing = Vec::new();
        for state in [KeyState::Active, KeyState::Next] {
            for (purpose, algorithm) in wanted {
                if rows::key_in(r, *purpose, *algorithm, state)?.is_none() {
                    missing.push(((*purpose, *algorithm), state));
                }
            }
        }
        Ok(missing)
    }

    /// Stores a fresh key sealed; tells whether it did, or another replica had stored one in that state before.
    ///
    /// # Errors
    /// The database is away.
    pub fn store(&self, w: &mut Writing<'_>, purpose: Purpose, fresh: &Fresh, state: KeyState) -> Result<bool, Broken> {
        let now = w.now();
        let row = KeyRow {
            kid: fresh.kid.clone(),
            purpose,
            algorithm: fresh.algorithm,
            state,
            public_jwk: fresh.public_jwk.clone(),
            sealed: Some(self.seal(&fresh.kid, &fresh.private)?),
            created_at: now,
            changed_at: now,
        };
        rows::insert_key(w, &row)
    }

    /// Reads the keys anew: opens those that sign, publishes those that verify.
    ///
    /// # Errors
    /// The database is away, or none of the keys that sign opens.
    pub fn refresh(&self, r: &mut Reading<'_>) -> Result<(), Broken> {
        if let Err(error) = self.sealing(SealKey::follow) {
            tracing::warn!(error = %error, "the file of secret keys can't be read; those that were read before stay in use");
        }
        let keys = rows::keys(r)?;
        let (mut signs, mut shut) = (0, Vec::new());
        let mut opened = HashMap::new();
        let mut published = Vec::new();
        let mut badges: HashMap<String, Arc<str>> = HashMap::new();
        let mut verifies = HashMap::new();
        for key in &keys {
            if key.state == KeyState::Gone {
                continue;
            }
            // A warehouse must never take a badge for a token: its key set has no key of badges.
            match key.purpose {
                Purpose::Token => {
                    published.push(key.public_jwk.as_str());
                    let jwk: Jwk = serde_json::from_str(&key.public_jwk).map_err(Broken::defect)?;
                    let public = DecodingKey::from_jwk(&jwk).map_err(Broken::defect)?;
                    verifies.insert(key.kid.clone(), (key.algorithm, Arc::new(public)));
                }
                Purpose::Badge => {
                    badges.insert(key.kid.clone(), key.public_jwk.as_str().into());
                }
            }
            // One that signs no more may still be asked for by whoever recorded a token just before.
            let needed = matches!(key.state, KeyState::Active | KeyState::Next);
            let known = self.opened.read().unwrap_or_else(PoisonError::into_inner).get(&key.kid).cloned();
            let entry = match (known, &key.sealed) {
                (Some(entry), _) => entry,
                (None, Some(sealed)) => match self.unseal(&key.kid, sealed) {
                    Ok(private) => (key.algorithm, Arc::new(Signer::of(key.algorithm, &private)?)),
                    // Everything else goes on: what others sign is still published and verified here.
                    Err(error) => {
                        if needed {
                            shut.push((key.kid.clone(), error));
                        }
                        continue;
                    }
                },
                (None, None) => continue,
            };
            signs += usize::from(needed);
            opened.insert(key.kid.clone(), entry);
        }
        self.complain(signs, shut)?;
        let document: Arc<str> = format!("{{\"keys\":[{}]}}", published.join(",")).into();
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = opened;
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = document;
        *self.badges.write().unwrap_or_else(PoisonError::into_inner) = badges;
        *self.verifies.write().unwrap_or_else(PoisonError::into_inner) = verifies;
        Ok(())
    }

    /// Says once of each key that it does not open. Where none of those that sign opens, the secret key is another one's.
    fn complain(&self, signs: usize, shut: Vec<(String, Broken)>) -> Result<(), Broken> {
        let mut told = self.shut.write().unwrap_or_else(PoisonError::into_inner);
        told.retain(|kid| shut.iter().any(|(shut, _)| shut == kid));
        for (kid, error) in shut {
            if signs == 0 {
                return Err(error);
            }
            if told.insert(kid) {
                tracing::warn!(error = %error, "a key can't sign here; put the secret key that sealed it beside this one");
            }
        }
        Ok(())
    }

    /// The JWK Set (RFC 7517, section 5) of every key that may have signed a live token, and of the next ones.
    #[must_use]
    pub fn published(&self) -> Arc<str> {
        Arc::clone(&self.published.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The public JWK of a key of badges: of the next one, of the one that signs, and of all that ever signed.
    #[must_use]
    pub fn badge_jwk(&self, kid: &str) -> Option<Arc<str>> {
        self.badges.read().unwrap_or_else(PoisonError::into_inner).get(kid).cloned()
    }

    /// The JWK Set of the keys of badges: for what is signed by them and names its key by its thumbprint.
    #[must_use]
    pub fn badge_set(&self) -> String {
        let badges = self.badges.read().unwrap_or_else(PoisonError::into_inner);
        let keys: Vec<&str> = badges.values().map(AsRef::as_ref).collect();
        format!("{{\"keys\":[{}]}}", keys.join(","))
    }

    /// The claims of a compact JWS that a key of badges has signed; none where it has not.
    #[must_use]
    pub fn badge_claims(&self, kid: &str, token: &str) -> Option<Value> {
        let jwk: Jwk = serde_json::from_str(&self.badge_jwk(kid)?).ok()?;
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        let mut rules = Validation::new(jwt(BADGES));
        rules.required_spec_claims.clear();
        // Times are judged by the house's clock, one by one.
        rules.validate_exp = false;
        rules.validate_aud = false;
        jsonwebtoken::decode::<Value>(token, &key, &rules).ok().map(|read| read.claims)
    }

    /// Reads a compact JWS that a key of tokens has signed. The key and its algorithm are ours: of the header only `kid` and
    /// `typ` are looked at, so that neither `alg` nor `jwk`, `jku` or `x5u` can choose what a signature is held against
    /// (RFC 8725, sections 3.1 and 3.10).
    #[must_use]
    pub fn read(&self, token: &str) -> Option<Read> {
        if token.len() > LONGEST || token.matches('.').count() != 2 {
            return None;
        }
        let header = jsonwebtoken::decode_header(token).ok()?;
        let kid = header.kid?;
        let found = self.verifies.read().unwrap_or_else(PoisonError::into_inner).get(&kid).cloned();
        let (algorithm, key) = found?;
        let mut rules = Validation::new(jwt(algorithm));
        rules.required_spec_claims.clear();
        // Times are judged by the house's clock, and the audience by whoever asks.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        let claims = jsonwebtoken::decode::<Value>(token, &key, &rules).ok()?.claims;
        Some(Read { kid, typ: header.typ.unwrap_or_default().to_ascii_lowercase(), claims })
    }

    /// Whether this key is in memory.
    #[must_use]
    pub fn holds(&self, kid: &str) -> bool {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).contains_key(kid)
    }

    /// Signs claims as a compact JWS (RFC 7515) with the named key.
    ///
    /// # Errors
    /// The key is not in memory, or signing fails.
    pub fn sign<C: serde::Serialize>(&self, kid: &str, typ: &str, claims: &C) -> Result<String, Broken> {
        self.sign_named(kid, kid, typ, claims)
    }

    /// The same, with another name for the key in the header: the address at which it is published.
    ///
    /// # Errors
    /// As [`Keyring::sign`].
    pub fn sign_named<C: serde::Serialize>(
        &self,
        kid: &str,
        name: &str,
        typ: &str,
        claims: &C,
    ) -> Result<String, Broken> {
        let entry = self.opened.read().unwrap_or_else(PoisonError::into_inner).get(kid).cloned();
        let (algorithm, signer) = entry.ok_or_else(|| Broken::defect(format!("the key {kid} is not open")))?;
        let mut header = Header::new(jwt(algorithm));
        header.typ = Some(typ.to_owned());
        header.kid = Some(name.to_owned());
        signer.token(&header, claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_shows_nothing_private() {
        for algorithm in Signing::ALL {
            let fresh = generate(algorithm).unwrap();
            let jwk: serde_json::Value = serde_json::from_str(&fresh.public_jwk).unwrap();
            for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
                assert!(jwk.get(private).is_none(), "{private}");
            }
            assert_eq!(jwk["kid"], fresh.kid.as_str());
            assert_eq!(jwk["alg"], algorithm.word());
            assert_eq!(jwk["use"], "sig");
        }
    }
}
