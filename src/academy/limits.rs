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

/// How the past attempts (their starts and ends, oldest first, voided ones left out) leave the next one. A pass is not
/// judged here. The instant is exact: a place of the window that comes free during a pause does not end the pause, and a
/// pause is the one that applies when it is over.
///
/// The list says how long to wait before the first, second, third … attempt of the window; the last entry repeats.
#[must_use]
pub fn next_chance(limits: &AttemptLimits, attempts: &[(Time, Option<Time>)], now: Time) -> Chance {
    let max = usize::try_from(limits.max).unwrap_or(usize::MAX);
    let mut at = now;
    // Nothing changes between an attempt leaving the window and the next: each is looked at once.
    loop {
        let recent = recent(limits, attempts, at);
        let leaves = recent.first().map(|(started, _)| started.plus(&limits.per));
        let pause_ends = recent
            .last()
            .map_or(at, |(started, finished)| finished.unwrap_or(*started).plus(&pause(limits, recent.len())));
        let full = recent.len() >= max;
        match leaves {
            Some(leaves) if full || leaves < pause_ends => at = leaves,
            _ => {
                let until = at.max(pause_ends);
                return match (until <= now, self::recent(limits, attempts, now).len() >= max) {
                    (true, _) => Chance::Open,
                    (false, true) => Chance::UsedUp { until },
                    (false, false) => Chance::Pause { until },
                };
            }
        }
    }
}

/// The attempts that are in the window at an instant.
fn recent<'a>(limits: &AttemptLimits, attempts: &'a [(Time, Option<Time>)], at: Time) -> Vec<&'a (Time, Option<Time>)> {
    attempts.iter().filter(|(started, _)| started.plus(&limits.per) > at).collect()
}

/// The pause before the attempt that follows so many of the window.
fn pause(limits: &AttemptLimits, past: usize) -> Span {
    limits.cooldown.get(past).or_else(|| limits.cooldown.last()).cloned().unwrap_or_else(|| Span::seconds(0))
}

/// How many attempts of the window are left.
#[must_use]
pub fn left(limits: &AttemptLimits, attempts: &[(Time, Option<Time>)], now: Time) -> u32 {
    limits.max.saturating_sub(u32::try_from(recent(limits, attempts, now).len()).unwrap_or(u32::MAX))
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

    #[test]
    fn a_place_that_comes_free_during_a_pause_does_not_end_it() {
        let start = Time::parse("2026-03-01T09:00:00Z").unwrap();
        let after = |tenths_of_days: i64| start.plus_seconds(tenths_of_days * 8_640);
        let run = |tenths: i64| (after(tenths), Some(after(tenths)));
        let three = [run(0), run(200), run(299)];
        for now in [after(299), after(300), after(308)] {
            let chance = next_chance(&limits(), &three, now);
            let full = now < after(300);
            let until = after(309);
            assert_eq!(chance, if full { Chance::UsedUp { until } } else { Chance::Pause { until } });
        }
        assert_eq!(next_chance(&limits(), &three, after(309)), Chance::Open);
        // What is told is what is true: shut until an instant before, open at it.
        for now in 0..600 {
            match next_chance(&limits(), &three, after(now)) {
                Chance::Open => {}
                Chance::Pause { until } | Chance::UsedUp { until } => {
                    assert_eq!(next_chance(&limits(), &three, until), Chance::Open, "{now}");
                    assert_ne!(next_chance(&limits(), &three, until.minus(&Span::seconds(1))), Chance::Open, "{now}");
                }
            }
        }
    }

    #[test]
    fn a_pause_that_is_longer_than_the_window_is_over_with_it() {
        let long = AttemptLimits {
            max: 2,
            per: "P1D".parse().unwrap(),
            cooldown: vec!["0".parse().unwrap(), "P3D".parse().unwrap()],
        };
        let start = Time::parse("2026-03-01T09:00:00Z").unwrap();
        let one = [(start, Some(start.plus_seconds(600)))];
        let until = start.plus_seconds(86_400);
        assert_eq!(next_chance(&long, &one, start.plus_seconds(700)), Chance::Pause { until });
        assert_eq!(next_chance(&long, &one, until), Chance::Open);
    }
}
