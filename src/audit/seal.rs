//! Salted commitments of what a line of the log must be able to forget: the line keeps the hash, the salt stands with the text.

use crate::base::refusal::Broken;
use rand::TryRng;
use sha2::{Digest, Sha256};

/// A text with the salt of its commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    text: String,
    salt: String,
}

impl Sealed {
    /// A text under a fresh salt of 128 random bits; nothing for an empty text.
    ///
    /// # Errors
    /// The system's generator fails.
    pub fn of(text: &str) -> Result<Option<Self>, Broken> {
        if text.is_empty() {
            return Ok(None);
        }
        let mut salt = [0_u8; 16];
        rand::rngs::SysRng.try_fill_bytes(&mut salt).map_err(Broken::defect)?;
        Ok(Some(Self { text: text.to_owned(), salt: hex(&salt) }))
    }

    /// What the line keeps.
    #[must_use]
    pub fn commitment(&self) -> String {
        commitment(&self.salt, &self.text)
    }

    /// The text and the salt, each for its column.
    #[must_use]
    pub fn apart(sealed: Option<Self>) -> (Option<String>, Option<String>) {
        sealed.map_or((None, None), |sealed| (Some(sealed.text), Some(sealed.salt)))
    }
}

/// SHA-256, in hexadecimal, of the salt as it is written (32 hexadecimal digits), a line feed, and the text in UTF-8.
#[must_use]
pub fn commitment(salt: &str, text: &str) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update("\n").chain_update(text).finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_tells_the_text_only_to_whom_has_the_salt() {
        let (one, two) = (Sealed::of("10.0.0.7").unwrap().unwrap(), Sealed::of("10.0.0.7").unwrap().unwrap());
        assert_ne!(one.commitment(), two.commitment());
        assert_eq!(one.commitment(), commitment(&one.salt, "10.0.0.7"));
        assert_eq!(Sealed::of("").unwrap(), None);
        // The form of the commitment is fixed: `printf 'aa\nb' | sha256sum`.
        assert_eq!(commitment("aa", "b"), "bee755caf5d2046042cbf148ab8f54c0b84e23aec8cb5b7f0058a773be3cfdf9");
    }
}
