//! Proof Key for Code Exchange (RFC 7636), S256 only: `plain` proves nothing to whoever sees the request.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Whether a text can be a verifier or a challenge (sections 4.1 and 4.2).
#[must_use]
pub fn well_formed(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
}

/// The challenge of a verifier.
#[must_use]
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

/// Whether a verifier is the one that the challenge was made of.
#[must_use]
pub fn proves(verifier: &str, kept: &str) -> bool {
    well_formed(verifier) && crate::identity::secret::same(&challenge(verifier), kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_holds() {
        let (verifier, made) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(challenge(verifier), made);
        assert!(proves(verifier, made));
        // The challenge itself is not its own proof: that would be `plain`.
        assert!(!proves(made, made) && !proves("", made) && !proves(&verifier[..42], made));
    }
}
