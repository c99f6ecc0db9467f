//! When the next attempt is possible: so many in a rolling window, and a pause that grows with each failure.

use crate::{
    base::{clock::Time, span::Span},
    curriculum::quiz::AttemptLimits,
};

/// What the limits say at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// Now.
    Open,
    /// The pause after the last attempt is not over.
    Pause { until: Time },
    /// The window's attempts are used up.
    UsedUp { until: Time },
}

/// How the past attempts (their starts, oldest first, voided ones left out) leave the next one. A pass is not judged here.
///
/// The list says how long to wait before the first, second, third … attempt of the window; the last entry repeats.
#[must_use]
pub fn next_chance(limits: &AttemptLimits, attempts: &[(Time, Option<Time>)], now: Time) -> Chance {
    let window_start = now.minus(&limits.per);
    let recent: Vec<&(Time, Option<Time>)> = attempts.iter().filter(|(started, _)| *started > window_start).collect();
    if recent.len() >= usize::try_from(limits.max).unwrap_or(usize::MAX) {
        // The oldest that must leave the window for one place to be free.
        let leaving = recent.len() - usize::try_from(limits.max).unwrap_or(0);
        let until = recent.get(leaving).map_or(now, |(started, _)| started.plus(&limits.per));
        return Chance::UsedUp { until };
    }
    let Some((started, finished)) = recent.last() else { return Chance::Open };
    let pause = limits
        .cooldown
        .get(recent.len())
        .or_else(|| limits.cooldown.last())
        .cloned()
        .unwrap_or_else(|| Span::seconds(0));
    let until = finished.unwrap_or(*started).plus(&pause);
    if now < until { Chance::Pause { until } } else { Chance::Open }
}

/// How many attempts of the window are left.
#[must_use]
pub fn left(limits: &AttemptLimits, attempts: &[(Time, Option<Time>)], now: Time) -> u32 {
    let window_start = now.minus(&limits.per);
    let used = attempts.iter().filter(|(started, _)| *started > window_start).count();
    limits.max.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> AttemptLimits {
        AttemptLimits {
            max: 3,
            per: "P30D".parse().unwrap(),
            cooldown: ["0", "15m", "24h"].iter().map(|s| s.parse().unwrap()).collect(),
        }
    }

    #[test]
    fn pauses_grow_and_the_window_rolls() {
        let start = Time::parse("2026-03-01T09:00:00Z").unwrap();
        let done = |minutes: i64| (start.plus_seconds(minutes * 60), Some(start.plus_seconds(minutes * 60 + 600)));
        assert_eq!(next_chance(&limits(), &[], start), Chance::Open);
        let one = [done(0)];
        assert_eq!(
            next_chance(&limits(), &one, start.plus_seconds(601)),
            Chance::Pause { until: start.plus_seconds(25 * 60) }
        );
        assert_eq!(next_chance(&limits(), &one, start.plus_seconds(25 * 60)), Chance::Open);
        let two = [done(0), done(30)];
        assert_eq!(
            next_chance(&limits(), &two, start.plus_seconds(60 * 60)),
            Chance::Pause { until: start.plus_seconds(40 * 60 + 86_400) }
        );
        let three = [done(0), done(30), done(60 * 26)];
        let until = start.plus(&"P30D".parse().unwrap());
        assert_eq!(next_chance(&limits(), &three, start.plus_seconds(86_400 * 20)), Chance::UsedUp { until });
        assert_eq!(next_chance(&limits(), &three, until), Chance::Open);
        assert_eq!(left(&limits(), &three, until), 1);
    }
}
