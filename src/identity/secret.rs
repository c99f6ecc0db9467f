//! Secrets that a person carries (sessions, links): 256 random bits, of which only a hash is kept.

use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRng, rngs::SysRng};
use std::fmt;

/// A secret in the clear: shown once, never stored, never logged.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// 256 bits from the system's generator, with a prefix that tells secret scanners what it is.
    ///
    /// # Errors
    /// The system's generator fails.
    pub fn new(prefix: &str) -> Result<Self, crate::base::refusal::Broken> {
        let mut bytes = [0_u8; 32];
        SysRng.try_fill_bytes(&mut bytes).map_err(crate::base::refusal::Broken::defect)?;
        Ok(Self(format!("{prefix}_{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// A secret as it came in.
    #[must_use]
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text for its owner.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up: SHA-256 in hexadecimal. The secret has 256 bits, so that a slow hash adds nothing.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(digest(&SHA256, self.0.as_bytes()).as_ref())
    }

    /// The token of this session's forms: an HMAC of the secret, so that a page shows it without showing the secret.
    #[must_use]
    pub fn form_token(&self) -> String {
        self.derived("habilis form token")
    }

    /// Another secret that only the owner of this one can make: an HMAC of what it is for, 43 characters of base64url.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, purpose.as_bytes()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Compares without telling by its time where two texts differ.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|half| char::from_digit(u32::from(half), 16).unwrap_or('0'));
    let mut text = String::with_capacity(bytes.len() * 2);
    text.extend(bytes.iter().flat_map(digits));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_has_two_digits_a_byte() {
        assert_eq!(hex(&[0, 9, 10, 0x7f, 0xff]), "00090a7fff");
    }

    #[test]
    fn no_two_secrets_are_alike_and_each_holds_256_bits() {
        let (one, two) = (Secret::new("hl").unwrap(), Secret::new("hl").unwrap());
        assert_ne!(one.reveal(), two.reveal());
        assert_eq!(URL_SAFE_NO_PAD.decode(one.reveal().strip_prefix("hl_").unwrap()).unwrap().len(), 32);
    }
}
