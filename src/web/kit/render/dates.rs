//! Instants and durations in words: absolute in the reader's zone and language, with a hint of how far away.

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::{Timestamp, tz::TimeZone};

use crate::web::kit::words::Words;

const SECOND: i64 = 1_000_000;

/// The reader's language, zone and moment: all that telling the time needs.
#[derive(Debug, Clone, Copy)]
pub struct Clockwork<'a> {
    /// The messages.
    pub words: &'a Words,
    /// The language.
    pub lang: &'a str,
    /// The IANA time zone; UTC where it is unknown.
    pub zone: &'a str,
    /// Now, in microseconds UTC.
    pub now: i64,
}

/// How much of an instant to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// 13 Mar 2027
    Day,
    /// 13 Mar 2027, 09:30
    Minute,
    /// 09:30:05
    Second,
    /// 13 Mar 2027, 09:30:05
    Whole,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.langs()).finish()
    }
}

impl Clockwork<'_> {
    /// An instant as text, or an empty text for an instant outside the calendar.
    #[must_use]
    pub fn absolute(&self, at: i64, grain: Grain) -> String {
        let Ok(stamp) = Timestamp::from_microsecond(at) else {
            return String::new();
        };
        let local = stamp.to_zoned(TimeZone::get(self.zone).unwrap_or(TimeZone::UTC));
        let to_second = matches!(grain, Grain::Second | Grain::Whole);
        let time = local.strftime(if to_second { "%H:%M:%S" } else { "%H:%M" }).to_string();
        if grain == Grain::Second {
            return time;
        }
        let months = self.words.plain(self.lang, "months-short");
        let month = months
            .split('|')
            .nth(usize::try_from(local.month() - 1).unwrap_or(0))
            .unwrap_or_default()
            .trim()
            .to_owned();
        let mut args = FluentArgs::new();
        args.set("day", FluentValue::from(i64::from(local.day())));
        args.set("month", month);
        args.set("year", local.year().to_string());
        let day = self.say("date-day", &args);
        if grain == Grain::Day {
            return day;
        }
        let mut args = FluentArgs::new();
        args.set("day", day);
        args.set("time", time);
        self.say("date-time", &args)
    }

    /// An instant from which something is possible, as text: the first whole minute (or second) that is not before it, so
    /// that whoever comes then never comes too early. A day is not rounded.
    #[must_use]
    pub fn not_before(&self, at: i64, grain: Grain) -> String {
        self.absolute(Self::rounded_up(at, grain), grain)
    }

    /// The first instant that is not before `at` and has no smaller part than the grain.
    #[must_use]
    pub fn rounded_up(at: i64, grain: Grain) -> i64 {
        let whole = match grain {
            Grain::Day => return at,
            Grain::Minute => 60 * SECOND,
            Grain::Second | Grain::Whole => SECOND,
        };
        at.saturating_add(whole - 1).div_euclid(whole).saturating_mul(whole)
    }

    /// The instant for machines, as RFC 3339 in UTC.
    #[must_use]
    pub fn machine(at: i64) -> String {
        Timestamp::from_microsecond(at).map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
    }

    /// How far away an instant is: "in 3 days", "2 hours ago".
    #[must_use]
    pub fn relative(&self, at: i64) -> String {
        let far = (at - self.now) / SECOND;
        let way = if far >= 0 { "in" } else { "ago" };
        let far = far.abs();
        let (unit, n) = match far {
            0..45 => return self.words.plain(self.lang, "rel-now"),
            45..3570 => ("minutes", (far + 30) / 60),
            3570..172_800 => ("hours", (far + 1800) / 3600),
            172_800..5_184_000 => ("days", (far + 43_200) / 86_400),
            5_184_000..63_072_000 => ("months", (far + 1_314_000) / 2_628_000),
            _ => ("years", (far + 15_768_000) / 31_536_000),
        };
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n));
        self.say(&format!("rel-{way}-{unit}"), &args)
    }

    /// A duration in seconds as words, in at most two units.
    #[must_use]
    pub fn span(&self, seconds: i64) -> String {
        let part = |unit: &str, n: i64| {
            let mut args = FluentArgs::new();
            args.set("n", FluentValue::from(n));
            self.say(&format!("span-{unit}"), &args)
        };
        let s = seconds.max(0);
        match s {
            0..60 => part("seconds", s),
            60..3600 => part("minutes", s / 60),
            3600..172_800 if (s % 3600) / 60 > 0 => {
                format!("{} {}", part("hours", s / 3600), part("minutes", (s % 3600) / 60))
            }
            3600..172_800 => part("hours", s / 3600),
            _ => part("days", s / 86_400),
        }
    }

    fn say(&self, key: &str, args: &FluentArgs<'_>) -> String {
        self.words.say(self.lang, key, args).unwrap_or_else(|_| key.to_owned())
    }
}
