//! Instants as people type them: in their own zone, as `2027-03-01T09:00`, or as RFC 3339; and addresses that mean one moment
//! for every reader.

use super::{caller::Caller, desk::see_other, sentence};
use crate::base::clock::{NotATime, Time};
use actix_web::HttpResponse;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// What the moment asked about is called in an address: pages and the API take either name.
pub const AT: [&str; 2] = ["at", "as_of"];

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

/// Where an address tells moments under these names as a form sends them, in the reader's zone: the way to the same address with
/// each as an instant, so that what stands in the browser means one moment for everybody. Nothing where there is none to settle;
/// of what names no instant the page tells.
#[must_use]
pub fn settled(caller: &Caller, names: &[&str]) -> Option<HttpResponse> {
    // Whoever has not signed in has no zone yet: they come back here when they have.
    caller.signed()?;
    onward(&caller.here, names, &caller.zone).map(|address| see_other(&address))
}

/// Where an address tells days or months under these names and not in which zone they are meant: the way to the same address
/// with the reader's.
#[must_use]
pub fn zoned(caller: &Caller, names: &[&str]) -> Option<HttpResponse> {
    caller.signed()?;
    let (path, query) = apart(&caller.here)?;
    let has = |wanted: &dyn Fn(&str) -> bool| query.split('&').filter_map(read).any(|(name, _)| wanted(&name));
    let lacks = has(&|name| names.contains(&name)) && !has(&|name| name == "zone");
    let kept: Vec<&str> = query.split('&').filter(|pair| !matches!(*pair, "" | "zone=")).collect();
    lacks.then(|| see_other(&format!("{path}?{}&zone={}", kept.join("&"), sentence::encoded(&caller.zone))))
}

/// The path and the query of an address of this service.
fn apart(here: &str) -> Option<(&str, &str)> {
    // What begins with two strokes would name another host (RFC 3986, section 4.2).
    here.split_once('?').filter(|(path, _)| path.starts_with('/') && !path.starts_with("//"))
}

/// A pair of a query, decoded; nothing where it has no value.
fn read(pair: &str) -> Option<(String, String)> {
    let (name, value) = url::form_urlencoded::parse(pair.as_bytes()).next()?;
    (!value.trim().is_empty()).then(|| (name.into_owned(), value.into_owned()))
}

fn onward(here: &str, names: &[&str], zone: &str) -> Option<String> {
    let (path, query) = apart(here)?;
    let mut moved = false;
    let pairs: Vec<String> = query
        .split('&')
        .map(|pair| {
            let instant = instant(pair, names, zone);
            moved |= instant.is_some();
            instant.unwrap_or_else(|| pair.to_owned())
        })
        .collect();
    moved.then(|| format!("{path}?{}", pairs.join("&")))
}

/// A pair with its moment as an instant, where it has one of these names and is none yet.
fn instant(pair: &str, names: &[&str], zone: &str) -> Option<String> {
    let (name, value) = read(pair).filter(|(name, _)| names.contains(&name.as_str()))?;
    if value.trim().parse::<Timestamp>().is_ok() {
        return None;
    }
    let at = typed(&value, zone).ok()??;
    Some(format!("{name}={}", sentence::encoded(&at.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_settled_once_and_keeps_the_rest() {
        let go = |here: &str| onward(here, &["at", "from"], "Europe/Madrid");
        let settled = go("/reports/x?role=a%20b&x=1&at=2026-10-19T11%3A50&x=2&from=2026-10-19&q=%E2%82%AC+1").unwrap();
        assert_eq!(
            settled,
            "/reports/x?role=a%20b&x=1&at=2026-10-19T09%3A50%3A00Z&x=2&from=2026-10-18T22%3A00%3A00Z&q=%E2%82%AC+1"
        );
        assert_eq!(go(&settled), None);
        assert_eq!(go("/x?at=2026-10-19T11%3A50%3A00%2B02%3A00&until=2026-10-19"), None);
        assert_eq!((go("/x?at=soon"), go("/x?at="), go("/x?at"), go("/x")), (None, None, None, None));
        // A later one of the same name is settled, too.
        let again = go("/x?at=2026-01-01T00:00:00Z&at=2026-01-01").unwrap();
        assert_eq!(again, "/x?at=2026-01-01T00:00:00Z&at=2025-12-31T23%3A00%3A00Z");
        // No other host, however it is written.
        assert_eq!((go("//evil.example/x?at=2026-01-01"), go("evil.example?at=2026-01-01")), (None, None));
    }

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
