//! Business hours: the days and the time of day at which a role may be used, on the clock of a zone.
//!
//! Whether a grant is within its hours is decided by `effective_access`, from the windows and the zone's offsets that are kept in
//! the database. What stands here makes those windows and offsets, and says when they close and open next.

use crate::base::clock::Time;
use jiff::{
    Timestamp,
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
/// Offsets are kept until then (2100-01-01): what lies later is told by the last of them.
const FAR: i64 = 4_102_444_800_000_000;
/// So many stretches, open or shut, are looked at, of which a day has two at the most: every week has at least one opening, and
/// one that a change of the clock passes over comes again in the week after.
const AHEAD: usize = 40;

/// A day of the week; the first is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// `mon`, `tue`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }
}

/// Days as they are written: `mon-fri`, `mon, wed-thu`; none where a piece is no day.
#[must_use]
pub fn days(text: &str) -> Option<Vec<Day>> {
    let day = |word: &str| Day::ALL.into_iter().find(|day| day.word() == word.trim());
    let mut days = Vec::new();
    for piece in text.split(',') {
        match piece.split_once('-') {
            None => days.push(day(piece)?),
            Some((first, last)) => {
                let (first, last) = (day(first)?, day(last)?);
                if last < first {
                    return None;
                }
                days.extend(Day::ALL.into_iter().filter(|day| (first..=last).contains(day)));
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// A time of day, in minutes since midnight: `00:00` to `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock(u16);

impl Clock {
    /// As it is written: `08:00`; none where it is no time of day.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let digits = |part: &str| (part.len() == 2).then(|| part.parse::<u16>().ok()).flatten();
        let (hours, minutes) = (digits(hours)?, digits(minutes)?);
        let all = hours * 60 + minutes;
        (minutes < 60 && all <= 24 * 60).then_some(Self(all))
    }

    fn micros(self) -> i64 {
        i64::from(self.0) * 60_000_000
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
impl Serialize for Clock {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom("not a time of day"))
    }
}

/// When a role may be used: on these days, from one time of day until before another, in this zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hours {
    /// Sorted, each once; at least one.
    pub days: Vec<Day>,
    pub from: Clock,
    /// Later than `from`.
    pub until: Clock,
    /// An IANA name.
    pub zone: String,
}

impl Hours {
    fn zone(&self) -> TimeZone {
        // What was read from a file names a zone; a database of another program might not, and is taken for UTC.
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The windows of a week: from and until, in microseconds since its Monday, 00:00, on the zone's own clock.
    #[must_use]
    pub fn windows(&self) -> Vec<(i64, i64)> {
        let start = |day: &Day| Day::ALL.iter().position(|one| one == day).map_or(0, |place| place as i64 * DAY);
        self.days.iter().map(|day| (start(day) + self.from.micros(), start(day) + self.until.micros())).collect()
    }

    /// Whether a window is open at an instant, and until when that stays so at least: until the window closes or the next one can
    /// open, and never beyond the next change of the zone's clock, after which it is looked at anew.
    fn stretch(&self, zone: &TimeZone, at: Time) -> (bool, Time) {
        let local = at.micros() + micros(zone.to_offset(at.timestamp()));
        let since = local.rem_euclid(DAY);
        // The epoch was a Thursday.
        let place = usize::try_from((local.div_euclid(DAY) + 3).rem_euclid(7)).ok();
        let day = place.and_then(|place| Day::ALL.get(place).copied());
        let (from, until) = (self.from.micros(), self.until.micros());
        let chosen = day.is_some_and(|day| self.days.contains(&day));
        let open = chosen && from <= since && since < until;
        let next = if open {
            until
        } else if chosen && since < from {
            from
        } else {
            DAY
        };
        let end = at.plus_micros(next - since);
        let change = zone.following(at.timestamp()).next().map(|change| change.timestamp().as_microsecond());
        (open, change.map_or(end, |change| end.min(Time::from_micros(change))))
    }

    /// When the window closes that is open at an instant; none where none is. Windows that touch are one.
    #[must_use]
    pub fn open_until(&self, at: Time) -> Option<Time> {
        let zone = self.zone();
        let mut until = None;
        for _ in 0..AHEAD {
            let (open, end) = self.stretch(&zone, until.unwrap_or(at));
            if !open {
                break;
            }
            until = Some(end);
        }
        until
    }

    /// When a window opens next, after an instant at which none is open.
    #[must_use]
    pub fn opens_after(&self, at: Time) -> Option<Time> {
        let zone = self.zone();
        let mut shut = at;
        for _ in 0..AHEAD {
            let (open, end) = self.stretch(&zone, shut);
            if open {
                return Some(shut);
            }
            shut = end;
        }
        None
    }
}

/// When every one of these closes first, where all are open; none where one is shut, the far future where there are none.
#[must_use]
pub fn open_until(all: &[Hours], at: Time) -> Option<Time> {
    all.iter().try_fold(Time::from_micros(i64::MAX), |until, hours| Some(until.min(hours.open_until(at)?)))
}

/// When all of these are open next, after an instant at which one is shut; none where that is never.
#[must_use]
pub fn opens_after(all: &[Hours], at: Time) -> Option<Time> {
    let mut at = at;
    for _ in 0..64 {
        let shut = all.iter().find(|hours| hours.open_until(at).is_none());
        match shut {
            None => return Some(at),
            Some(hours) => at = hours.opens_after(at)?,
        }
    }
    None
}

fn micros(offset: Offset) -> i64 {
    i64::from(offset.seconds()) * 1_000_000
}

/// The stretches between two instants in which all of these are open, in their order.
#[must_use]
pub fn open_within(all: &[Hours], from: Time, until: Time) -> Vec<(Time, Time)> {
    let (mut stretches, mut at) = (Vec::new(), from);
    while let Some(opens) = opens_after(all, at).filter(|opens| *opens < until) {
        let Some(closes) = open_until(all, opens) else { break };
        stretches.push((opens, closes.min(until)));
        at = closes;
    }
    stretches
}

/// How far a zone's clock is ahead of UTC: from when, until before when, and by how many microseconds, without a gap.
#[must_use]
pub fn offsets(zone: &str) -> Vec<(i64, i64, i64)> {
    let known = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let mut rows: Vec<(i64, i64, i64)> = vec![(0, i64::MAX, micros(known.to_offset(Timestamp::UNIX_EPOCH)))];
    for change in known.following(Timestamp::UNIX_EPOCH) {
        let at = change.timestamp().as_microsecond();
        if at >= FAR {
            break;
        }
        let offset = micros(change.offset());
        if let Some(last) = rows.last_mut().filter(|last| last.2 != offset) {
            last.1 = at;
            rows.push((at, i64::MAX, offset));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn office() -> Hours {
        Hours {
            days: days("mon-fri").unwrap(),
            from: Clock::read("08:00").unwrap(),
            until: Clock::read("19:00").unwrap(),
            zone: "Europe/Paris".into(),
        }
    }

    #[test]
    fn days_and_times_are_read() {
        assert_eq!(days("mon-fri").unwrap().len(), 5);
        assert_eq!(days("sun, mon-tue,mon").unwrap(), [Day::Mon, Day::Tue, Day::Sun]);
        for wrong in ["", "monday", "fri-mon", "mon-", "mon,"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
        assert_eq!(Clock::read("24:00").map(|clock| clock.to_string()).as_deref(), Some("24:00"));
        for wrong in ["8:00", "08:60", "24:01", "08", "08:00:00", "-1:00"] {
            assert_eq!(Clock::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_window_closes_and_opens_on_its_own_clock() {
        let office = office();
        // Monday, in winter an hour ahead of UTC.
        assert_eq!(office.open_until(at("2026-03-02T06:59:59.999999Z")), None);
        assert_eq!(office.open_until(at("2026-03-02T07:00:00Z")), Some(at("2026-03-02T18:00:00Z")));
        assert_eq!(office.open_until(at("2026-03-02T17:59:59.999999Z")), Some(at("2026-03-02T18:00:00Z")));
        assert_eq!(office.open_until(at("2026-03-02T18:00:00Z")), None);
        assert_eq!(office.opens_after(at("2026-03-02T18:00:00Z")), Some(at("2026-03-03T07:00:00Z")));
        // Over the weekend on which the clocks go forward.
        assert_eq!(office.opens_after(at("2026-03-27T18:00:00Z")), Some(at("2026-03-30T06:00:00Z")));
        // What never closes is open for longer than any token lasts.
        let always = Hours { days: Day::ALL.to_vec(), from: Clock(0), until: Clock(24 * 60), ..office.clone() };
        assert!(always.open_until(at("2026-03-02T18:00:00Z")).unwrap() > at("2026-03-09T00:00:00Z"));
        // Two rules at once: open where both are.
        let late = Hours { from: Clock::read("18:00").unwrap(), ..office.clone() };
        let both = [office.clone(), late];
        assert_eq!(open_until(&both, at("2026-03-02T16:00:00Z")), None);
        assert_eq!(opens_after(&both, at("2026-03-02T16:00:00Z")), Some(at("2026-03-02T17:00:00Z")));
        assert_eq!(open_until(&both, at("2026-03-02T17:30:00Z")), Some(at("2026-03-02T18:00:00Z")));
        let never = [office.clone(), Hours { days: vec![Day::Sun], ..office }];
        assert_eq!(opens_after(&never, at("2026-03-02T16:00:00Z")), None);
    }

    #[test]
    fn a_stretch_is_cut_to_what_is_open_of_it() {
        let (from, until) = (at("2026-03-27T12:00:00Z"), at("2026-03-30T06:30:00Z"));
        let office = [office()];
        // Friday's rest, and the beginning of Monday: in between the clocks went forward.
        let open = [(from, at("2026-03-27T18:00:00Z")), (at("2026-03-30T06:00:00Z"), until)];
        assert_eq!(open_within(&office, from, until), open);
        assert_eq!(open_within(&office, at("2026-03-27T18:00:00Z"), at("2026-03-30T06:00:00Z")), []);
        assert_eq!(open_within(&[], from, until), [(from, until)], "what has no hours is always open");
    }

    #[test]
    fn offsets_follow_one_another() {
        let paris = offsets("Europe/Paris");
        assert!(paris.len() > 200 && paris.iter().zip(paris.iter().skip(1)).all(|(one, next)| one.1 == next.0));
        assert_eq!((paris[0].0, paris.last().unwrap().1), (0, i64::MAX));
        let summer = at("2026-07-01T00:00:00Z").micros();
        let found = paris.iter().find(|(from, until, _)| *from <= summer && summer < *until).unwrap();
        assert_eq!(found.2, 7_200_000_000);
        assert_eq!(offsets("UTC"), [(0, i64::MAX, 0)]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

        /// What the database computes from windows and offsets is what the clock on the wall says, and so is when that changes.
        #[test]
        fn windows_and_offsets_say_what_the_clock_says(minute in 29_000_000_i64..33_000_000, first in 0_u16..1_400, length in 1_u16..1_440, mask in 1_u8..128, which in 0_usize..4) {
            let zone = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC"][which];
            let days = (0..7).filter(|n| mask & (1 << n) != 0).map(|n| Day::ALL[n]).collect();
            let until = Clock((first + length).min(24 * 60));
            let hours = Hours { days, from: Clock(first), until, zone: zone.into() };
            said(&hours, minute)?;
        }

        /// The same around the changes of summer time, in both directions.
        #[test]
        fn they_do_when_the_clock_changes(near in -300_i64..300, first in 0_u16..300, length in 1_u16..300, change in 0_usize..6) {
            let (zone, at) = [
                ("Europe/Paris", "2026-03-29T01:00:00Z"),
                ("Europe/Paris", "2026-10-25T01:00:00Z"),
                ("America/New_York", "2026-03-08T07:00:00Z"),
                ("America/New_York", "2026-11-01T06:00:00Z"),
                ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
                ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
            ][change];
            let hours = Hours {
                days: Day::ALL.to_vec(),
                from: Clock(first),
                until: Clock(first + length),
                zone: zone.into(),
            };
            said(&hours, self::at(at).micros() / 60_000_000 + near)?;
        }
    }

    /// Holds what hours say of a minute since the epoch against what the database computes.
    fn said(hours: &Hours, minute: i64) -> Result<(), proptest::test_runner::TestCaseError> {
        let (offsets, windows) = (offsets(&hours.zone), hours.windows());
        let by_rows = |now: i64| {
            let offset = offsets[offsets.partition_point(|(from, ..)| *from <= now) - 1].2;
            let of_week = (now + offset - 345_600_000_000) % 604_800_000_000;
            windows.iter().any(|(from, until)| *from <= of_week && of_week < *until)
        };
        let now = minute * 60_000_000;
        let open = by_rows(now);
        let changes = hours.open_until(Time::from_micros(now));
        proptest::prop_assert_eq!(changes.is_some(), open);
        let changes = changes.or_else(|| hours.opens_after(Time::from_micros(now))).unwrap().micros();
        proptest::prop_assert!(changes > now);
        proptest::prop_assert_eq!(by_rows(changes), !open);
        let same = (now..changes).step_by(60_000_000).all(|between| by_rows(between) == open);
        proptest::prop_assert!(same && by_rows(changes - 1) == open);
        Ok(())
    }

    #[test]
    fn a_window_ends_as_the_zones_clock_says_when_it_changes() {
        let until = |until: &str, now: &str| {
            let until = Clock::read(until).unwrap();
            let hours = Hours { days: Day::ALL.to_vec(), from: Clock(0), until, zone: "Europe/Paris".into() };
            hours.open_until(at(now))
        };
        // Forward: from two o'clock it is three, and half past two never was.
        assert_eq!(until("02:30", "2026-03-29T00:30:00Z"), Some(at("2026-03-29T01:00:00Z")));
        // Back: two o'clock comes twice, and each time the window is open until half past.
        assert_eq!(until("02:30", "2026-10-25T00:10:00Z"), Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(until("02:30", "2026-10-25T00:40:00Z"), None);
        assert_eq!(until("02:30", "2026-10-25T01:10:00Z"), Some(at("2026-10-25T01:30:00Z")));
        let late = Hours { from: Clock::read("02:30").unwrap(), until: Clock(24 * 60), ..office() };
        let late = Hours { days: Day::ALL.to_vec(), ..late };
        assert_eq!(late.opens_after(at("2026-03-29T00:30:00Z")), Some(at("2026-03-29T01:00:00Z")));
        assert_eq!(late.open_until(at("2026-10-25T00:40:00Z")), Some(at("2026-10-25T01:00:00Z")));
        assert_eq!(late.opens_after(at("2026-10-25T01:00:00Z")), Some(at("2026-10-25T01:30:00Z")));
    }
}
