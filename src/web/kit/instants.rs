//! Instants as people type them: in their own zone, as `2027-03-01T09:00`, or as RFC 3339.

use crate::base::clock::{NotATime, Time};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// Reads what was typed; nothing where nothing was. Without an offset it is told in the zone; a time that the clock leaves
/// out or has twice is read as RFC 5545 does.
///
/// # Errors
/// It names no instant.
pub fn typed(text: &str, zone: &str) -> Result<Option<Time>, NotATime> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Ok(Some(Time::from_micros(stamp.as_microsecond())));
    }
    let civil: DateTime = text.parse().map_err(|_| NotATime)?;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let zoned = civil.to_zoned(zone).map_err(|_| NotATime)?;
    Ok(Some(Time::from_micros(zoned.timestamp().as_microsecond())))
}

/// The instant as a field of the type `datetime-local` takes it.
#[must_use]
pub fn field(at: Time, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_told_in_the_zone() {
        let at = typed("2027-03-01T09:00", "Europe/Paris").unwrap().unwrap();
        assert_eq!(at.to_string(), "2027-03-01T08:00:00Z");
        assert_eq!(field(at, "Europe/Paris"), "2027-03-01T09:00");
        assert_eq!(typed("2027-03-01T08:00:00Z", "Europe/Paris").unwrap(), Some(at));
        assert_eq!(typed(" ", "Europe/Paris").unwrap(), None);
        assert!(typed("yesterday", "Europe/Paris").is_err());
    }
}
