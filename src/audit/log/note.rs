//! Signed notes (c2sp.org/signed-note) and the checkpoints of a log that they carry (c2sp.org/tlog-checkpoint).

use super::hash::{self, Hash};
use crate::base::refusal::Broken;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// The byte that says that a key is one of Ed25519.
const ED25519_KEY: u8 = 1;
/// The longest note that is read, in bytes.
const LONGEST: usize = 64 * 1024;
/// How long a signature of Ed25519 is, in bytes (RFC 8032): one that was cut is none, and no forgery.
const SIGNATURE: usize = 64;

/// What a log says of itself: how many events it has, and the root of the tree over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: an address without its scheme.
    pub origin: String,
    /// How many events.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, hash::written(&self.root))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let plain = size == "0" || (!size.starts_with('0') && size.bytes().all(|byte| byte.is_ascii_digit()));
        let size = size.parse().ok().filter(|_| plain)?;
        (!origin.is_empty()).then_some(Self { origin: origin.to_owned(), size, root: hash::read(root)? })
    }
}

/// A key that checks notes, in the form that the note's standard gives it: name, key id and key with plus signs between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    public: [u8; 32],
}

/// A text that is no key of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a key that checks notes: it looks like `habilis.example.com/log+1b2c3d4e+AQ…` (c2sp.org/signed-note, Ed25519)"
)]
pub struct NotAKey;

impl VerifierKey {
    /// The key of this name.
    ///
    /// # Errors
    /// The name is empty, or has a space or a plus sign in it.
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, NotAKey> {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+') {
            return Err(NotAKey);
        }
        Ok(Self { name: name.to_owned(), public })
    }

    /// The key's name: that of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256 of the name, a line feed, the kind of key and the key.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', ED25519_KEY])
            .chain_update(self.public)
            .finalize();
        let mut id = [0; 4];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        id
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+", self.name, u32::from_be_bytes(self.id()))?;
        f.write_str(&STANDARD.encode([&[ED25519_KEY], self.public.as_slice()].concat()))
    }
}

impl FromStr for VerifierKey {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotAKey);
        };
        let bytes = STANDARD.decode(key).map_err(|_| NotAKey)?;
        let [ED25519_KEY, public @ ..] = bytes.as_slice() else { return Err(NotAKey) };
        let key = Self::new(name, public.try_into().map_err(|_| NotAKey)?)?;
        if u32::from_str_radix(id, 16).ok() == Some(u32::from_be_bytes(key.id())) { Ok(key) } else { Err(NotAKey) }
    }
}

/// A key that signs checkpoints of one log.
pub struct Signer {
    pair: Ed25519KeyPair,
    key: VerifierKey,
}

impl Signer {
    /// The key of this log from its private part (PKCS #8).
    ///
    /// # Errors
    /// The bytes are no such key, or the name is none that a key can have.
    pub fn new(origin: &str, pkcs8: &[u8]) -> Result<Self, Broken> {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8)
            .map_err(|_| Broken::defect("the key of the log does not read back"))?;
        let public = pair.public_key().as_ref().try_into().map_err(Broken::defect)?;
        let key = VerifierKey::new(origin, public).map_err(Broken::defect)?;
        Ok(Self { pair, key })
    }

    /// What checks its signatures.
    #[must_use]
    pub fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// The signed note of a checkpoint.
    #[must_use]
    pub fn sign(&self, checkpoint: &Checkpoint) -> String {
        let text = checkpoint.text();
        let signature = self.pair.sign(text.as_bytes());
        let signed = STANDARD.encode([self.key.id().as_slice(), signature.as_ref()].concat());
        format!("{text}\n— {} {signed}\n", self.key.name)
    }
}

/// Why a note is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteRefusal {
    /// It does not read as a signed checkpoint.
    #[error("it is no signed checkpoint")]
    Unreadable,
    /// None of its signatures is by one of the keys.
    #[error("it is not signed by the key that was given ({keys})")]
    Unsigned {
        /// The names and ids of the keys.
        keys: String,
    },
    /// A signature under a key's name is wrong.
    #[error("its signature is wrong")]
    Forged,
    /// It is signed by the key, and speaks of another log.
    #[error("it speaks of the log {origin}, not of that of the key")]
    OtherLog {
        /// The log that it speaks of.
        origin: String,
    },
}

/// Reads a note and checks that one of these keys has signed it.
///
/// # Errors
/// It is none, or not signed by one of them.
pub fn open(note: &str, keys: &[VerifierKey]) -> Result<Checkpoint, NoteRefusal> {
    if note.len() > LONGEST {
        return Err(NoteRefusal::Unreadable);
    }
    let split = note.rfind("\n\n").ok_or(NoteRefusal::Unreadable)?;
    let (text, signatures) = (note.get(..=split), note.get(split + 2..));
    let (Some(text), Some(signatures)) = (text, signatures) else { return Err(NoteRefusal::Unreadable) };
    let checkpoint = Checkpoint::parse(text).ok_or(NoteRefusal::Unreadable)?;
    if signatures.trim().is_empty() {
        return Err(NoteRefusal::Unreadable);
    }
    let mut signed = false;
    for line in signatures.lines() {
        let rest = line.strip_prefix("— ").ok_or(NoteRefusal::Unreadable)?;
        let (name, signature) = rest.rsplit_once(' ').ok_or(NoteRefusal::Unreadable)?;
        let bytes = STANDARD.decode(signature).map_err(|_| NoteRefusal::Unreadable)?;
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else { return Err(NoteRefusal::Unreadable) };
        let Some(key) = keys.iter().find(|key| key.name == name && key.id() == *id) else { continue };
        if signature.len() != SIGNATURE {
            return Err(NoteRefusal::Unreadable);
        }
        UnparsedPublicKey::new(&ED25519, key.public)
            .verify(text.as_bytes(), signature)
            .map_err(|_| NoteRefusal::Forged)?;
        if key.name != checkpoint.origin {
            return Err(NoteRefusal::OtherLog { origin: checkpoint.origin });
        }
        signed = true;
    }
    if signed {
        return Ok(checkpoint);
    }
    let keys: Vec<String> =
        keys.iter().map(|key| format!("{}+{:08x}", key.name, u32::from_be_bytes(key.id()))).collect();
    Err(NoteRefusal::Unsigned { keys: keys.join(", ") })
}

/// The root that a note speaks of, in base64, without a look at its signature: to be shown.
#[must_use]
pub fn root(note: &str) -> Option<String> {
    note.lines().nth(2).map(str::to_owned)
}

/// Notes that stand one behind the other in a text, as an outside place keeps them. One that was cut in the middle stands by
/// itself, and does not read: another begins behind an empty line that no signature follows.
#[must_use]
pub fn several(text: &str) -> Vec<String> {
    let (mut notes, mut note) = (Vec::new(), String::new());
    for line in text.lines() {
        let goes_on = line.starts_with("— ");
        let signed = note.lines().next_back().is_some_and(|last| last.starts_with("— "));
        let cut = note.ends_with("\n\n") && !line.is_empty();
        if !goes_on && (signed || cut) {
            notes.push(std::mem::take(&mut note));
        }
        if note.is_empty() && line.is_empty() {
            continue;
        }
        note.push_str(line);
        note.push('\n');
    }
    if !note.trim().is_empty() {
        notes.push(note);
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(origin: &str) -> Signer {
        let pair = Ed25519KeyPair::generate().unwrap();
        Signer::new(origin, pair.to_pkcs8v1().unwrap().as_ref()).unwrap()
    }

    #[test]
    fn a_checkpoint_comes_back_and_nothing_else_passes_for_it() {
        let (ours, others) = (signer("habilis.example.com/log"), signer("habilis.example.com/log"));
        let checkpoint =
            Checkpoint { origin: "habilis.example.com/log".to_owned(), size: 3, root: hash::leaf(b"root") };
        let note = ours.sign(&checkpoint);
        let keys = [ours.key().clone()];
        assert_eq!(open(&note, &keys), Ok(checkpoint.clone()));
        assert_eq!(open(&note, &[others.key().clone(), ours.key().clone()]), Ok(checkpoint.clone()));
        assert!(matches!(open(&note, &[others.key().clone()]), Err(NoteRefusal::Unsigned { .. })));
        assert_eq!(open(&note.replace("\n3\n", "\n4\n"), &keys), Err(NoteRefusal::Forged));
        assert_eq!(open(&note.replace("\n3\n", "\n03\n"), &keys), Err(NoteRefusal::Unreadable));
        assert_eq!(open("", &keys), Err(NoteRefusal::Unreadable));
        assert_eq!(open("a\n\n", &keys), Err(NoteRefusal::Unreadable));
        let strange = ours.sign(&Checkpoint { origin: "elsewhere/log".to_owned(), ..checkpoint });
        assert!(matches!(open(&strange, &keys), Err(NoteRefusal::OtherLog { .. })));
        let joined = format!("{note}\n{strange}{note}");
        assert_eq!(several(&joined), [note.clone(), strange, note]);
    }

    #[test]
    fn a_note_that_was_cut_anywhere_spoils_no_other() {
        let ours = signer("habilis.example.com/log");
        let keys = [ours.key().clone()];
        let of = |size| Checkpoint { origin: "habilis.example.com/log".to_owned(), size, root: hash::leaf(b"root") };
        let (first, half, last) = (ours.sign(&of(3)), ours.sign(&of(4)), ours.sign(&of(5)));
        for cut in 1..half.len() {
            // As whoever appends leaves it, who begins on a line of its own; half a character does not read as text.
            let begun = String::from_utf8_lossy(&half.as_bytes()[..cut]);
            let gap = if begun.ends_with('\n') { "\n" } else { "\n\n" };
            let read: Vec<_> =
                several(&format!("{first}\n{begun}{gap}{last}")).iter().map(|note| open(note, &keys)).collect();
            assert_eq!((read.first(), read.last()), (Some(&Ok(of(3))), Some(&Ok(of(5)))), "cut at {cut}");
            // All but its last line end is as good as all of it.
            let between = &read[1..read.len() - 1];
            let good = between.iter().all(|read| *read == Err(NoteRefusal::Unreadable));
            assert!(good || (cut + 1 == half.len() && between == [Ok(of(4))]), "cut at {cut}: {between:?}");
        }
    }

    #[test]
    fn a_key_is_written_as_the_standard_has_it() {
        let ours = signer("habilis.example.com/log");
        assert_eq!(ours.key().to_string().parse(), Ok(ours.key().clone()));
        // The id of a key is bound to its name and to the key.
        let other = ours.key().to_string().replace("habilis", "habitat");
        assert_eq!(other.parse::<VerifierKey>(), Err(NotAKey));
        assert_eq!("".parse::<VerifierKey>(), Err(NotAKey));
        assert!(VerifierKey::new("a b", [0; 32]).is_err() && VerifierKey::new("a+b", [0; 32]).is_err());
    }
}
