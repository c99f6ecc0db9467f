//! The token status list (draft-ietf-oauth-status-list-17): whether tokens were ended before their time, for verifiers that
//! look at signatures only.
//!
//! Tokens live for a day at the most, so that a list is for those that end in one hour, and is gone when they are. Its places
//! are drawn at random. One bit a token: set where introspection would say no for another reason than time.

use crate::{
    base::{clock::Time, refusal::Broken},
    db::sql::word_column,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::ZlibEncoder};
use rand::TryRng;
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    fmt,
    io::Write,
    str::FromStr,
    sync::atomic::{AtomicI64, Ordering},
};

/// The places of a list: as many as make the smallest list of badges, 16 KiB of bits.
pub const PLACES: i64 = 131_072;
/// For how many seconds tokens share a list, by their end.
const EPOCH_SECONDS: i64 = 3_600;
/// The most lists of one hour.
const LISTS: i64 = 1_000;
/// How long a list that was fetched may be believed, in seconds.
pub const FRESH_SECONDS: i64 = 60;
/// How long a list is good for where it can't be fetched again, in seconds.
const GOOD_SECONDS: i64 = 600;
/// How long a list stays after its last token's end, in seconds: clocks differ.
const AFTER_SECONDS: i64 = 300;
/// How often a free place is looked for in a list before the next one is begun.
pub const TRIES: usize = 8;

/// What the tokens of a list are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Warehouses.
    Warehouse,
    /// The userinfo endpoint.
    Userinfo,
}
word_column!(Series { Warehouse => "w", Userinfo => "u" });

impl Series {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Warehouse, Self::Userinfo];

    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Warehouse => "tokens",
            Self::Userinfo => "identity_tokens",
        }
    }

    /// The newest list that this process has put tokens in: where a search for a free place begins.
    fn newest(self) -> &'static AtomicI64 {
        static NEWEST: [AtomicI64; 2] = [AtomicI64::new(0), AtomicI64::new(0)];
        let [warehouse, userinfo] = &NEWEST;
        match self {
            Self::Warehouse => warehouse,
            Self::Userinfo => userinfo,
        }
    }
}

/// The name of a list: `w412345000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListId {
    pub series: Series,
    /// The hour in which its tokens end, since the epoch, times a thousand; and which list of that hour it is.
    pub number: i64,
}

impl ListId {
    /// The smallest number that a list of tokens that may still live can have.
    #[must_use]
    pub fn first_of(now: Time) -> i64 {
        now.plus_seconds(-AFTER_SECONDS).seconds().div_euclid(EPOCH_SECONDS) * LISTS
    }

    /// Whether the tokens of this list may still live.
    #[must_use]
    pub fn is_live(self, now: Time) -> bool {
        self.number >= Self::first_of(now)
    }

    /// Its address.
    #[must_use]
    pub fn address(self, issuer: &str) -> String {
        format!("{issuer}/status-lists/{self}")
    }
}

impl fmt::Display for ListId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.series.word(), self.number)
    }
}

/// A text that names no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no status list has this name")]
pub struct NotAList;

impl FromStr for ListId {
    type Err = NotAList;
    fn from_str(text: &str) -> Result<Self, NotAList> {
        let series = text.get(..1).and_then(Series::from_word).ok_or(NotAList)?;
        let number = text.get(1..).unwrap_or_default();
        // One name a list: no sign, no zero in front.
        let plain = number.starts_with(|c: char| matches!(c, '1'..='9')) && number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse().ok().filter(|_| plain).ok_or(NotAList)?;
        Ok(Self { series, number })
    }
}

/// A token's place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub list: ListId,
    pub index: i64,
}

impl Place {
    /// The `status` claim (section 6.1).
    #[must_use]
    pub fn claim(self, issuer: &str) -> Status {
        Status { status_list: Reference { idx: self.index, uri: self.list.address(issuer) } }
    }
}

/// The `status` claim of a token.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    status_list: Reference,
}

#[derive(Clone, Debug, Serialize)]
struct Reference {
    idx: i64,
    uri: String,
}

/// Draws places for one token until one of them is free.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    list: ListId,
    tried: usize,
}

impl Draw {
    /// For a token that ends then.
    #[must_use]
    pub fn new(series: Series, expires_at: Time) -> Self {
        let first = expires_at.seconds().div_euclid(EPOCH_SECONDS) * LISTS;
        let newest = series.newest().load(Ordering::Relaxed);
        let number = if (first..first + LISTS).contains(&newest) { newest } else { first };
        Self { list: ListId { series, number }, tried: 0 }
    }

    /// The next place to try.
    ///
    /// # Errors
    /// The system gives no randomness, or there are more tokens in an hour than lists hold.
    pub fn another(&mut self) -> Result<Place, Broken> {
        if self.tried >= TRIES {
            self.tried = 0;
            self.list.number += 1;
            if self.list.number % LISTS == 0 {
                return Err(Broken::defect("the status lists of an hour are full"));
            }
            self.list.series.newest().fetch_max(self.list.number, Ordering::Relaxed);
        }
        self.tried += 1;
        let mut bytes = [0_u8; 4];
        rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(Broken::defect)?;
        // PLACES is a power of two: the rest is as even as the bits.
        Ok(Place { list: self.list, index: i64::from(u32::from_le_bytes(bytes)) % PLACES })
    }
}

/// The claims of a list in which these places are set (section 5.1).
///
/// # Errors
/// Packing fails.
pub fn claims(list: ListId, issuer: &str, ended: &[i64], now: Time) -> Result<Value, Broken> {
    Ok(json!({
        "iss": issuer,
        "sub": list.address(issuer),
        "iat": now.seconds(),
        "exp": now.seconds() + GOOD_SECONDS,
        "ttl": FRESH_SECONDS,
        "status_list": { "bits": 1, "lst": packed(ended)? },
    }))
}

/// Places as bits, the first of each byte on the right (section 4.1); packed with zlib (RFC 1950).
fn packed(ended: &[i64]) -> Result<String, Broken> {
    let mut bits = vec![0_u8; PLACES as usize / 8];
    for place in ended {
        let place = usize::try_from(*place).map_err(Broken::defect)?;
        if let Some(byte) = bits.get_mut(place / 8) {
            *byte |= 1 << (place % 8);
        }
    }
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let packed = packer.write_all(&bits).and_then(|()| packer.finish()).map_err(Broken::defect)?;
    Ok(URL_SAFE_NO_PAD.encode(packed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::ZlibDecoder;
    use std::io::Read;

    #[test]
    fn a_list_has_one_name() {
        let list = ListId { series: Series::Warehouse, number: 494_000_001 };
        assert_eq!(list.to_string().parse(), Ok(list));
        for other in ["", "w", "494000001", "x1", "w01", "w+1", "w-1", "w1 ", "w99999999999999999999", "é1"] {
            assert_eq!(other.parse::<ListId>(), Err(NotAList), "{other}");
        }
    }

    #[test]
    fn the_first_place_of_a_byte_is_its_smallest_bit() {
        let read = |places: &[i64]| {
            let packed = URL_SAFE_NO_PAD.decode(packed(places).unwrap()).unwrap();
            let mut bits = Vec::new();
            ZlibDecoder::new(packed.as_slice()).read_to_end(&mut bits).unwrap();
            bits
        };
        // The example of section 4.1: 0xB9 and 0xA3.
        let bits = read(&[0, 3, 4, 5, 7, 8, 9, 13, 15]);
        assert_eq!((bits.len(), &bits[..3]), (16_384, &[0xB9, 0xA3, 0][..]));
        assert_eq!(read(&[131_071])[16_383], 0x80);
    }

    #[test]
    fn a_full_list_leads_to_the_next_of_its_hour() {
        let end = Time::parse("2001-03-02T08:59:59Z").unwrap();
        let mut draw = Draw::new(Series::Userinfo, end);
        let first = draw.another().unwrap().list;
        assert_eq!(first.number, end.seconds() / 3_600 * 1_000);
        let lists: Vec<i64> = (0..16).map(|_| draw.another().unwrap().list.number - first.number).collect();
        assert_eq!((lists[6], lists[7], lists[15]), (0, 1, 2));
        assert_eq!(
            Draw::new(Series::Userinfo, end).another().unwrap().list.number,
            first.number + 2,
            "the next one begins there"
        );
        let (last, over) = (end.plus_seconds(300), end.plus_seconds(301));
        assert!(first.is_live(last) && !first.is_live(over));
    }
}
