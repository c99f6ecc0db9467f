//! A private key that is ready to sign: read and checked once, not for every token. The check of an RSA key costs as much as a
//! signature by it.

use crate::{access::catalogue::Signing, base::refusal::Broken};
use aws_lc_rs::{
    rand::SystemRandom,
    rsa,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::Header;
use serde::Serialize;

/// A key pair of each algorithm (RFC 7518, sections 3.3 and 3.4; RFC 8037, section 3.1).
pub enum Signer {
    Rs256(Box<rsa::KeyPair>),
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl Signer {
    /// Reads a private key in PKCS #8 (RFC 5958).
    ///
    /// # Errors
    /// It is none of this algorithm.
    pub fn of(algorithm: Signing, pkcs8: &[u8]) -> Result<Self, Broken> {
        let unfit = |why: aws_lc_rs::error::KeyRejected| Broken::defect(format!("a key does not read: {why}"));
        Ok(match algorithm {
            Signing::RS256 => Self::Rs256(Box::new(rsa::KeyPair::from_pkcs8(pkcs8).map_err(unfit)?)),
            Signing::ES256 => {
                Self::Es256(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map_err(unfit)?)
            }
            // Without its public part, which version 1 of PKCS #8 has no place for, there is nothing to hold it against.
            Signing::EdDSA => Self::EdDsa(Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).map_err(unfit)?),
        })
    }

    /// The signature of a message: 256 bytes with RS256, 64 with the others.
    ///
    /// # Errors
    /// Signing fails.
    pub fn signature(&self, message: &[u8]) -> Result<Vec<u8>, Broken> {
        let failed = |_| Broken::defect("signing failed");
        match self {
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).map_err(failed)?;
                Ok(signature)
            }
            Self::Es256(pair) => Ok(pair.sign(&SystemRandom::new(), message).map_err(failed)?.as_ref().to_vec()),
            Self::EdDsa(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }

    /// A signed token in its compact form (RFC 7515, section 7.1).
    ///
    /// # Errors
    /// The claims are no JSON, or signing fails.
    pub fn token<C: Serialize>(&self, header: &Header, claims: &C) -> Result<String, Broken> {
        let mut token = String::with_capacity(1_500);
        URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(header).map_err(Broken::defect)?, &mut token);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(claims).map_err(Broken::defect)?, &mut token);
        let signature = self.signature(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::keyring::generate;
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::Jwk};
    use serde_json::{Value, json};

    #[test]
    fn what_is_signed_here_verifies_elsewhere_and_is_written_as_others_write_it() {
        for (kind, algorithm) in
            [(Signing::RS256, Algorithm::RS256), (Signing::ES256, Algorithm::ES256), (Signing::EdDSA, Algorithm::EdDSA)]
        {
            let fresh = generate(kind).unwrap();
            let mut header = Header::new(algorithm);
            (header.typ, header.kid) = (Some("at+jwt".into()), Some(fresh.kid.clone()));
            let claims = json!({ "sub": "per_é", "exp": 4_000_000_000_u64 });
            let token = Signer::of(kind, &fresh.private).unwrap().token(&header, &claims).unwrap();
            let jwk: Jwk = serde_json::from_str(&fresh.public_jwk).unwrap();
            let key = DecodingKey::from_jwk(&jwk).unwrap();
            let mut validation = Validation::new(algorithm);
            validation.validate_aud = false;
            let read = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap();
            assert_eq!((read.claims, read.header.kid), (claims, header.kid));
            let mut bent = token.into_bytes();
            bent[20] ^= 1;
            assert!(jsonwebtoken::decode::<Value>(&bent, &key, &validation).is_err());
            for other in Signing::ALL.into_iter().filter(|other| *other != kind) {
                assert!(Signer::of(other, &fresh.private).is_err(), "{kind:?} is no {other:?}");
            }
        }
    }
}
