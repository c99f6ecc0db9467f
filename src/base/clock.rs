//! The one source of "now": whole microseconds in UTC, from the machine or held still by a test.

use super::span::Span;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// Where a moment that was asked about stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It has gone by.
    Past,
    /// It is now.
    Now,
    /// It is to come: the answer is what will be if nothing changes until then.
    Ahead,
}

impl Tense {
    /// Of what was asked at `now`. Who names no moment asks about now, however long the answer takes.
    #[must_use]
    pub fn of(asked: Option<Time>, now: Time) -> Self {
        match asked.map_or(std::cmp::Ordering::Equal, |at| at.cmp(&now)) {
            std::cmp::Ordering::Less => Self::Past,
            std::cmp::Ordering::Equal => Self::Now,
            std::cmp::Ordering::Greater => Self::Ahead,
        }
    }
}

/// An instant: microseconds since 1970-01-01T00:00:00Z. Shown and parsed as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

impl Time {
    /// The instant `micros` microseconds after the epoch, held inside the years 1970 to 9999.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(micros.clamp(0, 253_402_207_200_000_000))
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down (the NumericDate of RFC 7519, section 2).
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This instant moved by so many seconds.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(1_000_000))
    }

    /// This instant moved by so many microseconds.
    #[must_use]
    pub fn plus_micros(self, micros: i64) -> Self {
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// This instant moved by a span; months and years by the calendar in UTC.
    #[must_use]
    pub fn plus(self, span: &Span) -> Self {
        let moved = self.timestamp().to_zoned(TimeZone::UTC).saturating_add(span.inner());
        Self::from_micros(moved.timestamp().as_microsecond())
    }

    /// This instant moved back by a span.
    #[must_use]
    pub fn minus(self, span: &Span) -> Self {
        let moved = self.timestamp().to_zoned(TimeZone::UTC).saturating_sub(span.inner());
        Self::from_micros(moved.timestamp().as_microsecond())
    }

    /// Microseconds from `earlier` to this instant; negative when it lies before.
    #[must_use]
    pub fn micros_since(self, earlier: Time) -> i64 {
        self.0 - earlier.0
    }

    /// The same instant for calendar work.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Reads RFC 3339 (`2026-03-01T09:00:00Z`), or a date, which means its midnight in UTC.
    ///
    /// # Errors
    /// The text is neither.
    pub fn parse(text: &str) -> Result<Self, NotATime> {
        let text = text.trim();
        if let Ok(stamp) = text.parse::<Timestamp>() {
            return Ok(Self::from_micros(stamp.as_microsecond()));
        }
        text.parse::<jiff::civil::DateTime>()
            .ok()
            .and_then(|civil| civil.to_zoned(TimeZone::UTC).ok())
            .map(|zoned| Self::from_micros(zoned.timestamp().as_microsecond()))
            .ok_or(NotATime)
    }
}

/// A text that names no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an instant: write it like 2026-03-01T09:00:00Z, or as a date like 2026-03-01")]
pub struct NotATime;

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.timestamp(), f)
    }
}
impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Where "now" comes from. Clones share the same hand.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that moves only when told to.
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `time`.
    #[must_use]
    pub fn held(time: Time) -> Self {
        Self::Held(Arc::new(AtomicI64::new(time.micros())))
    }

    /// This instant.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn now(&self) -> Time {
        match self {
            Self::System => Time::from_micros(Timestamp::now().as_microsecond()),
            Self::Held(hand) => Time(hand.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held clock by so many seconds; a system clock is left alone.
    pub fn advance(&self, seconds: i64) {
        if let Self::Held(hand) = self {
            hand.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
        }
    }

    /// Sets a held clock; a system clock is left alone.
    pub fn set(&self, time: Time) {
        if let Self::Held(hand) = self {
            hand.store(time.micros(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_moment_it_is_now() {
        let now = Time::from_micros(1_000_000);
        assert_eq!(Tense::of(None, now), Tense::Now);
        assert_eq!(Tense::of(Some(now), now), Tense::Now);
        assert_eq!(Tense::of(Some(now.plus_micros(-1)), now), Tense::Past);
        assert_eq!(Tense::of(Some(now.plus_micros(1)), now), Tense::Ahead);
    }

    #[test]
    fn months_follow_the_calendar() {
        let january = Time::parse("2026-01-31T10:00:00Z").unwrap();
        let month: Span = "P1M".parse().unwrap();
        assert_eq!(january.plus(&month).to_string(), "2026-02-28T10:00:00Z");
    }

    #[test]
    fn a_date_is_its_midnight() {
        assert_eq!(Time::parse("2026-03-01").unwrap().to_string(), "2026-03-01T00:00:00Z");
        assert!(Time::parse("yesterday").is_err());
    }
}
