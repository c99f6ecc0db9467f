//! Signatures of what is sent to others, as Standard Webhooks has them (standardwebhooks.com, version 1): HMAC-SHA256 over the
//! message's id, its instant and its body.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use rand::TryRng;
use std::fmt;

/// How secrets begin in writing.
const PREFIX: &str = "whsec_";
/// How many bytes a secret of ours has; the standard asks for 24 to 64.
const FRESH: usize = 32;

/// A secret that both sides know.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// A text that is no such secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a webhook secret: `whsec_` and 24 to 64 bytes in base64 (standardwebhooks.com)")]
pub struct NotASecret;

impl Secret {
    /// A fresh one.
    ///
    /// # Errors
    /// The system's generator fails.
    pub fn fresh() -> Result<Self, crate::base::refusal::Broken> {
        let mut bytes = vec![0; FRESH];
        rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(crate::base::refusal::Broken::defect)?;
        Ok(Self(bytes))
    }

    /// Reads one.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let bytes = text.trim().strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok()).ok_or(NotASecret)?;
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(NotASecret) }
    }

    /// In writing, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The value of `webhook-signature` for a message: its id, when it is sent (seconds since 1970), and its body.
    #[must_use]
    pub fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let signed = hmac::sign(&key, format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(signed.as_ref()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_signed_as_the_standard_has_it() {
        let secret = Secret::parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX").unwrap();
        // printf 'msg_1.1700000000.{}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…17 -binary | base64
        assert_eq!(secret.sign("msg_1", 1_700_000_000, "{}"), "v1,ehZEL34p4RtokJ76Mky/c6YT0NkxG/H/gdzahhXIyv0=");
        let fresh = Secret::fresh().unwrap();
        assert_eq!(Secret::parse(&fresh.reveal()), Ok(fresh));
        for no in ["", "whsec_", "whsec_AAEC", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"] {
            assert_eq!(Secret::parse(no), Err(NotASecret), "{no}");
        }
    }
}
