//! Sealing private keys at rest: AES-256-GCM under a key that is not in the database.

use crate::base::refusal::Broken;
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use base64::{Engine, engine::general_purpose};
use std::{fmt, path::Path};

/// The length of a nonce, which stands before the sealed bytes (NIST SP 800-38D).
const NONCE: usize = 12;

/// The 256-bit key that seals others: `HABILIS_SECRET_KEY`, or a file beside the embedded database.
#[derive(Clone)]
pub struct SealKey([u8; 32]);

impl SealKey {
    /// Reads 32 bytes in base64 or hexadecimal.
    ///
    /// # Errors
    /// The text is something else.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let text = text.trim();
        let from_hex = || {
            (text.len() == 64)
                .then(|| {
                    text.as_bytes()
                        .chunks(2)
                        .map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
                        .collect::<Option<Vec<u8>>>()
                })
                .flatten()
        };
        from_hex()
            .or_else(|| general_purpose::STANDARD.decode(text).ok())
            .or_else(|| general_purpose::URL_SAFE_NO_PAD.decode(text).ok())
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .map(Self)
            .ok_or_else(|| {
                Broken::defect("HABILIS_SECRET_KEY is not 32 bytes in base64; make one with: openssl rand -base64 32")
            })
    }

    /// Reads the key file, or makes one that only its owner can read.
    ///
    /// # Errors
    /// The file can't be read or made, holds something else, or others can read it.
    pub fn from_file(path: &Path) -> Result<Self, Broken> {
        use std::{
            io::{ErrorKind, Write},
            os::unix::fs::{MetadataExt, OpenOptionsExt},
        };
        let words = |error: std::io::Error| Broken::defect(format!("{}: {error}", path.display()));
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let mode = std::fs::metadata(path).map_err(words)?.mode();
                if mode & 0o077 != 0 {
                    return Err(Broken::defect(format!(
                        "{}: others can read this secret key; run: chmod 600 {}",
                        path.display(),
                        path.display()
                    )));
                }
                Self::parse(&text).map_err(|_| Broken::defect(format!("{}: not a secret key", path.display())))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let secret = crate::identity::secret::Secret::new("x")?;
                let text = secret.reveal().trim_start_matches("x_").to_owned();
                let mut file =
                    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(words)?;
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(words)?;
                Self::parse(&text)
            }
            Err(error) => Err(words(error)),
        }
    }

    /// Seals bytes; `name` is bound to them, so that one row's bytes can't stand in another's place.
    ///
    /// # Errors
    /// The cipher fails.
    pub fn seal(&self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.0).map_err(|_| Broken::defect("sealing failed"))?;
        let mut sealed = bytes.to_vec();
        let nonce = key
            .seal_in_place_append_tag(Aad::from(name.as_bytes()), &mut sealed)
            .map_err(|_| Broken::defect("sealing failed"))?;
        Ok([nonce.as_ref().as_slice(), &sealed].concat())
    }

    /// Opens what [`SealKey::seal`] made under the same name.
    ///
    /// # Errors
    /// Another key sealed it, or it was changed.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        let wrong =
            || Broken::defect(format!("the key {name} was sealed with another HABILIS_SECRET_KEY, or was changed"));
        let (nonce, rest) = sealed.split_at_checked(NONCE).ok_or_else(wrong)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| wrong())?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.0).map_err(|_| wrong())?;
        let mut bytes = rest.to_vec();
        let opened = key.open_in_place(nonce, Aad::from(name.as_bytes()), &mut bytes).map_err(|_| wrong())?;
        Ok(opened.to_vec())
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_name() {
        let key = SealKey([7; 32]);
        let sealed = key.seal("kid-1", b"private").unwrap();
        assert_eq!(key.open("kid-1", &sealed).unwrap(), b"private");
        assert!(key.open("kid-2", &sealed).is_err());
        assert!(SealKey([8; 32]).open("kid-1", &sealed).is_err());
        let mut bent = sealed;
        if let Some(last) = bent.last_mut() {
            *last ^= 1;
        }
        assert!(key.open("kid-1", &bent).is_err());
    }

    #[test]
    fn a_key_file_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let first = SealKey::from_file(&path).unwrap();
        let again = SealKey::from_file(&path).unwrap();
        assert_eq!(first.0, again.0);
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert!(SealKey::from_file(&path).is_err());
    }
}
