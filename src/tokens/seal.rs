//! Sealing private keys at rest: AES-256-GCM under a key that is not in the database.

use crate::base::refusal::Broken;
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use base64::{Engine, engine::general_purpose};
use std::{
    fmt,
    io::{ErrorKind, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// The length of a nonce, which stands before the sealed bytes (NIST SP 800-38D).
const NONCE: usize = 12;

/// The most keys that stand side by side.
const MOST: usize = 8;

/// A writing of a file: its inode and its instant. Clocks of file systems are too coarse for the instant alone.
type Written = (u64, SystemTime);

/// The 256-bit keys that seal others: `HABILIS_SECRET_KEY`, or a file beside the embedded database. Where there are several,
/// the first one seals and all of them open, so that one can take the place of another while everything stays readable.
#[derive(Clone)]
pub struct SealKey {
    keys: Vec<[u8; 32]>,
    /// The file that they were read from, and which writing of it that was.
    file: Option<(PathBuf, Written)>,
}

impl SealKey {
    /// Reads keys of 32 bytes each in base64 or hexadecimal, with spaces, commas or line ends between them.
    ///
    /// # Errors
    /// The text is something else, or holds a key twice.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let keys: Option<Vec<_>> = words.map(one).collect();
        let keys = keys.filter(|keys| !keys.is_empty() && keys.len() <= MOST).ok_or_else(|| {
            Broken::defect(
                "HABILIS_SECRET_KEY is not 32 bytes in base64, nor several such keys with commas between them; make one \
                 with: openssl rand -base64 32",
            )
        })?;
        let different: std::collections::BTreeSet<_> = keys.iter().collect();
        if different.len() < keys.len() {
            return Err(Broken::defect("HABILIS_SECRET_KEY has the same key twice; each one stands there once"));
        }
        Ok(Self { keys, file: None })
    }

    /// Reads the key file, or makes one that only its owner can read.
    ///
    /// # Errors
    /// The file can't be read or made, holds something else, or others can read it.
    pub fn from_file(path: &Path) -> Result<Self, Broken> {
        match std::fs::metadata(path) {
            Ok(data) => {
                if data.mode() & 0o077 != 0 {
                    let path = path.display();
                    return Err(Broken::defect(format!(
                        "{path}: others can read this secret key; run: chmod 600 {path}"
                    )));
                }
                let text = std::fs::read_to_string(path).map_err(|error| told(path, &error))?;
                let mut read =
                    Self::parse(&text).map_err(|_| Broken::defect(format!("{}: not a secret key", path.display())))?;
                read.file = Some((path.to_owned(), written(&data).map_err(|error| told(path, &error))?));
                Ok(read)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                write(path, &format!("{}\n", fresh()?), true)?;
                Self::from_file(path)
            }
            Err(error) => Err(told(path, &error)),
        }
    }

    /// Reads the file again where it was written since.
    ///
    /// # Errors
    /// As [`SealKey::from_file`]; what was read before stays in use.
    pub fn follow(&mut self) -> Result<(), Broken> {
        let Some((path, read)) = &self.file else { return Ok(()) };
        let written = std::fs::metadata(path).and_then(|data| written(&data)).map_err(|error| told(path, &error))?;
        if written != *read {
            *self = Self::from_file(&path.clone())?;
        }
        Ok(())
    }

    /// Puts a fresh key in front of those of the file: it seals from now on, the others still open.
    ///
    /// # Errors
    /// The key was not read from a file, there are too many already, or the file can't be written.
    pub fn renew(&mut self) -> Result<(), Broken> {
        // Another process may have written it since.
        self.follow()?;
        let path = self.path()?.to_owned();
        if self.keys.len() >= MOST {
            return Err(Broken::defect(format!(
                "{}: {MOST} keys stand there already; drop the old ones first",
                path.display()
            )));
        }
        let kept = self.keys.iter().map(|key| general_purpose::STANDARD.encode(key));
        let lines: Vec<String> = std::iter::once(fresh()?).chain(kept).collect();
        write(&path, &format!("{}\n", lines.join("\n")), false)?;
        *self = Self::from_file(&path)?;
        Ok(())
    }

    /// Takes every key but the first one out of the file.
    ///
    /// # Errors
    /// The key was not read from a file, or the file can't be written.
    pub fn drop_old(&mut self) -> Result<(), Broken> {
        self.follow()?;
        let path = self.path()?.to_owned();
        let first: Vec<String> = self.keys.iter().take(1).map(|key| general_purpose::STANDARD.encode(key)).collect();
        write(&path, &format!("{}\n", first.join("\n")), false)?;
        *self = Self::from_file(&path)?;
        Ok(())
    }

    /// How many keys there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.keys.len()
    }

    /// How long ago the file was written; none where the keys came from elsewhere.
    #[must_use]
    pub fn written_ago(&self) -> Option<Duration> {
        self.file.as_ref().map(|(_, (_, written))| written.elapsed().unwrap_or_default())
    }

    fn path(&self) -> Result<&Path, Broken> {
        self.file.as_ref().map(|(path, _)| path.as_path()).ok_or_else(|| {
            Broken::defect(
                "the secret key stands in HABILIS_SECRET_KEY, not in a file. Write the new key behind the old one there, with a \
                 comma between them, and restart every replica: now all can open what it seals. Put it in front, and restart \
                 them again. Run `habilis keys reseal`, and take the old one away",
            )
        })
    }

    /// Seals bytes; `name` is bound to them, so that one row's bytes can't stand in another's place.
    ///
    /// # Errors
    /// The cipher fails.
    pub fn seal(&self, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
        let first = self.keys.first().ok_or_else(|| Broken::defect("there is no key to seal with"))?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, first).map_err(|_| Broken::defect("sealing failed"))?;
        let mut sealed = bytes.to_vec();
        let nonce = key
            .seal_in_place_append_tag(Aad::from(name.as_bytes()), &mut sealed)
            .map_err(|_| Broken::defect("sealing failed"))?;
        Ok([nonce.as_ref().as_slice(), &sealed].concat())
    }

    /// Opens what [`SealKey::seal`] made under the same name.
    ///
    /// # Errors
    /// None of these keys sealed it, or it was changed.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        self.keys.iter().find_map(|key| opened(key, name, sealed)).ok_or_else(|| {
            Broken::defect(format!("the key {name} was sealed with another HABILIS_SECRET_KEY, or was changed"))
        })
    }

    /// Whether the key that seals now has sealed this.
    #[must_use]
    pub fn is_current(&self, name: &str, sealed: &[u8]) -> bool {
        self.keys.first().is_some_and(|key| opened(key, name, sealed).is_some())
    }
}

/// Opens with one key.
fn opened(key: &[u8; 32], name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, rest) = sealed.split_at_checked(NONCE)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).ok()?;
    let mut bytes = rest.to_vec();
    key.open_in_place(nonce, Aad::from(name.as_bytes()), &mut bytes).ok().map(|opened| opened.to_vec())
}

fn written(data: &std::fs::Metadata) -> std::io::Result<Written> {
    Ok((data.ino(), data.modified()?))
}

/// One key of 32 bytes.
fn one(text: &str) -> Option<[u8; 32]> {
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
}

/// A fresh key as it is written.
fn fresh() -> Result<String, Broken> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Broken::defect("making a secret key failed"))?;
    Ok(general_purpose::STANDARD.encode(bytes))
}

/// Writes a file that only its owner can read, whole or not at all; a new one never over one that is there.
fn write(path: &Path, text: &str, new: bool) -> Result<(), Broken> {
    let wrong = |error: std::io::Error| told(path, &error);
    let beside = path.with_extension("writing");
    let target = if new { path } else { &beside };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).mode(0o600);
    if new {
        options.create_new(true)
    } else {
        options.create(true).truncate(true)
    };
    let mut file = options.open(target).map_err(wrong)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(wrong)?;
    if !new {
        std::fs::rename(&beside, path).map_err(wrong)?;
    }
    // The name, too, outlives a machine that stops now.
    path.parent()
        .map_or(Ok(()), |folder| std::fs::File::open(folder).and_then(|folder| folder.sync_all()))
        .map_err(wrong)
}

fn told(path: &Path, error: &std::io::Error) -> Broken {
    Broken::defect(format!("{}: {error}", path.display()))
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealKey {
        SealKey { keys: vec![[byte; 32]], file: None }
    }

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_name() {
        let sealed = key(7).seal("kid-1", b"private").unwrap();
        assert_eq!(key(7).open("kid-1", &sealed).unwrap(), b"private");
        assert!(key(7).open("kid-2", &sealed).is_err());
        assert!(key(8).open("kid-1", &sealed).is_err());
        let mut bent = sealed;
        if let Some(last) = bent.last_mut() {
            *last ^= 1;
        }
        assert!(key(7).open("kid-1", &bent).is_err());
        assert!(key(7).open("kid-1", &[]).is_err());
    }

    #[test]
    fn of_several_keys_the_first_seals_and_all_open() {
        let old = general_purpose::STANDARD.encode([7; 32]);
        let new = "08".repeat(32);
        let both = SealKey::parse(&format!(" {new},\n{old}\n")).unwrap();
        assert_eq!(both.count(), 2);
        let (older, newer) = (key(7).seal("kid", b"a").unwrap(), both.seal("kid", b"b").unwrap());
        assert_eq!(
            (both.open("kid", &older).unwrap(), both.open("kid", &newer).unwrap()),
            (b"a".to_vec(), b"b".to_vec())
        );
        assert!(!both.is_current("kid", &older) && both.is_current("kid", &newer));
        assert!(key(7).open("kid", &newer).is_err() && key(8).open("kid", &newer).is_ok());
        for wrong in ["", " , ", "x", &format!("{old} short"), &format!("{old},{old}")] {
            assert!(SealKey::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_key_file_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let first = SealKey::from_file(&path).unwrap();
        let again = SealKey::from_file(&path).unwrap();
        assert_eq!(first.keys, again.keys);
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert!(SealKey::from_file(&path).is_err());
    }

    #[test]
    fn a_key_file_gets_a_fresh_key_in_front_and_loses_the_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let mut one = SealKey::from_file(&path).unwrap();
        let mut service = one.clone();
        let sealed = one.seal("kid", b"private").unwrap();
        one.renew().unwrap();
        assert_eq!(one.count(), 2);
        assert!(one.open("kid", &sealed).is_ok() && !one.is_current("kid", &sealed));
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        // Another process that had read the first one loses neither.
        let mut late = SealKey { keys: service.keys.clone(), file: service.file.clone() };
        late.renew().unwrap();
        assert_eq!(late.count(), 3);
        assert!(one.seal("kid", b"b").and_then(|sealed| late.open("kid", &sealed)).is_ok());
        // Whoever runs beside follows.
        service.follow().unwrap();
        assert_eq!(service.keys, late.keys);
        one.drop_old().unwrap();
        assert_eq!(one.keys, late.keys[..1]);
        assert_eq!(one.count(), 1);
        assert!(one.open("kid", &sealed).is_err());
        assert!(key(1).renew().is_err() && key(1).drop_old().is_err(), "not from a file");
        // Nothing else is left in the folder.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
