//! Device codes (RFC 8628): the code that a person types, how long things last, and why a typed code is not taken.

use crate::{
    base::{
        clock::Time,
        refusal::{Broken, Fact, Kind, Refusal},
    },
    identity::secret::Secret,
};
use rand::{TryRng, rngs::SysRng};
use std::{collections::BTreeMap, fmt};

/// How long a device code works, in seconds: long enough to fetch another device and sign in there.
pub const LIFETIME_SECONDS: i64 = 600;
/// How long a device waits between two questions, in seconds (section 3.2).
pub const WAIT_SECONDS: i64 = 5;
/// How much longer it waits each time that it asked too soon, in seconds (section 3.5).
pub const SLOWER_SECONDS: i64 = 5;
/// How much too soon a question may come, in microseconds: clocks and networks are not exact.
pub const TOLERANCE_MICROS: i64 = 500_000;
/// How long a code is remembered after its end, in seconds: a device that still asks is told that it has expired.
pub const REMEMBERED_SECONDS: i64 = 3_600;

/// The most codes of one network that nobody has answered yet. A company behind one address signs in many devices of a morning;
/// whoever fills the table is stopped.
pub const OPEN_OF_NETWORK: i64 = 300;

/// How far back wrong codes count, in seconds.
pub const WINDOW_SECONDS: i64 = 900;
/// Wrong codes of one person before they have to wait.
pub const OF_PERSON: i64 = 5;
/// Wrong codes from one network, whoever typed them, before everybody there has to wait.
pub const OF_NETWORK: i64 = 50;

/// Twenty letters that nobody takes for another one or for a figure, and that make no words (section 6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Eight of them are 34 bits: with [`OF_PERSON`] guesses in a quarter of an hour, nobody finds one that lives ten minutes.
const LENGTH: usize = 8;
/// The most bytes that are looked at for a code.
const MOST: usize = 100;

/// What a person types: eight letters, shown as `BCDF-GHJK`.
#[derive(Clone, PartialEq, Eq)]
pub struct UserCode(String);

impl UserCode {
    /// A code from the system's generator.
    ///
    /// # Errors
    /// The generator fails.
    pub fn new() -> Result<Self, Broken> {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let mut bytes = [0_u8; 16];
            SysRng.try_fill_bytes(&mut bytes).map_err(Broken::defect)?;
            // 240 is twelve times twenty: the rest would make some letters likelier than others.
            let letters = bytes.iter().filter(|byte| **byte < 240);
            let letters = letters.filter_map(|byte| LETTERS.get(usize::from(byte % 20)));
            code.extend(letters.take(LENGTH - code.len()).map(|letter| char::from(*letter)));
        }
        Ok(Self(code))
    }

    /// Reads what a person typed: in any case, with hyphens, spaces or other marks between the letters, or without (section
    /// 6.1). None where it can be no code.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let letters = || typed.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase());
        let fits = typed.len() <= MOST
            && letters().count() == LENGTH
            && letters().all(|c| u8::try_from(c).is_ok_and(|byte| LETTERS.contains(&byte)));
        fits.then(|| Self(letters().collect()))
    }

    /// What is stored and looked up.
    #[must_use]
    pub fn hash(&self) -> String {
        Secret::presented(&self.0).hash()
    }
}

impl fmt::Display for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.0.split_at_checked(LENGTH / 2).unwrap_or((&self.0, ""));
        write!(f, "{first}-{rest}")
    }
}

impl fmt::Debug for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserCode(…)")
    }
}

/// Why a code that a person typed is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceRefusal {
    /// There is none, somebody else answered it, or its time is over: one answer for all of them.
    #[error("no device waits with this code, or its time is over")]
    Unknown,
    /// Too many wrong ones before.
    #[error("too many wrong codes; try again at {until}")]
    Throttled { until: Time },
}

impl Refusal for DeviceRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::Unknown => Kind::NotFound,
            Self::Throttled { .. } => Kind::TooMany,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "device-code-unknown",
            Self::Throttled { .. } => "device-code-throttled",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Throttled { until } => BTreeMap::from([("until", Fact::NotBefore(*until))]),
            Self::Unknown => BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = UserCode::new().unwrap();
        let shown = code.to_string();
        assert!(shown.len() == 9 && shown.chars().nth(4) == Some('-'), "{shown}");
        let bare = shown.replace('-', "");
        for typed in
            [shown.clone(), bare.to_lowercase(), format!("  {shown}. "), format!("{} {}", &bare[..3], &bare[3..])]
        {
            assert_eq!(UserCode::read(&typed).as_ref(), Some(&code), "{typed}");
        }
        assert_ne!(UserCode::new().unwrap().hash(), code.hash());
        for odd in ["", "WDJB-MJH", "WDJB-MJHTT", "WDJB-MJHA", "WDJB-MJH0", "WDJB-MJHÉ", "ẞDJB-MJHT", &"-".repeat(200)]
        {
            assert_eq!(UserCode::read(odd), None, "{odd}");
        }
        assert_eq!(UserCode::read("wdjb mjht").unwrap().to_string(), "WDJB-MJHT");
        assert!(!format!("{code:?}").contains(&shown));
    }

    #[test]
    fn every_letter_comes() {
        let seen: std::collections::BTreeSet<char> =
            (0..400).flat_map(|_| UserCode::new().unwrap().0.chars().collect::<Vec<_>>()).collect();
        assert_eq!(seen.len(), LETTERS.len());
    }
}
