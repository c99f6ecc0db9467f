//! Lengths of time as people write them: `30m`, `24h`, `2h30m`, `P30D`, `P12M`, `PT2H`, `0`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A length of time, never negative; months and years follow the calendar of the instant they are added to.
#[derive(Clone, Debug)]
pub struct Span {
    inner: jiff::Span,
}

/// A text that is no length of time.
#[derive(Debug, Clone, thiserror::Error)]
#[error("not a length of time: write it like 30m, 24h, P30D or P12M")]
pub struct NotASpan;

impl Span {
    /// So many whole seconds.
    #[must_use]
    pub fn seconds(seconds: i64) -> Self {
        Self { inner: jiff::Span::new().try_seconds(seconds.max(0)).unwrap_or_default() }
    }

    /// So many days of 24 hours.
    #[must_use]
    pub fn days(days: i32) -> Self {
        Self { inner: jiff::Span::new().try_days(days.max(0)).unwrap_or_default() }
    }

    /// The length in seconds, a day being 24 hours, a month 30 days and a year 365: for rules about lengths and for display.
    #[must_use]
    pub fn approximate_seconds(&self) -> i64 {
        let days = i64::from(self.inner.get_years()) * 365
            + i64::from(self.inner.get_months()) * 30
            + i64::from(self.inner.get_weeks()) * 7
            + i64::from(self.inner.get_days());
        days * 86_400
            + i64::from(self.inner.get_hours()) * 3_600
            + self.inner.get_minutes() * 60
            + self.inner.get_seconds()
    }

    /// The same length in microseconds.
    #[must_use]
    pub fn approximate_micros(&self) -> i64 {
        self.approximate_seconds().saturating_mul(1_000_000)
    }

    pub(super) fn inner(&self) -> jiff::Span {
        self.inner
    }
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let text = text.trim();
        if text == "0" {
            return Ok(Self { inner: jiff::Span::new() });
        }
        let inner: jiff::Span = text.parse().map_err(|_| NotASpan)?;
        if inner.is_negative() {
            return Err(NotASpan);
        }
        Ok(Self { inner })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.inner, f)
    }
}
impl PartialEq for Span {
    fn eq(&self, other: &Self) -> bool {
        self.inner.fieldwise() == other.inner.fieldwise()
    }
}
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_lengths_in_two_ways() {
        for (text, seconds) in [("30m", 1_800), ("2h30m", 9_000), ("P30D", 2_592_000), ("PT2H", 7_200), ("0", 0)] {
            assert_eq!(text.parse::<Span>().unwrap().approximate_seconds(), seconds, "{text}");
        }
        assert!("-1h".parse::<Span>().is_err());
        assert!("soon".parse::<Span>().is_err());
    }
}
