//! Who read what of the audit lately, in this process: a page that is looked at again and again is one reading.

use crate::base::clock::Time;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How long the same question of the same reader is one reading, in seconds.
pub const SAME_SECONDS: i64 = 600;
/// How many readings are remembered before those that are over are forgotten.
const MANY: usize = 1_000;

/// Readings that were noted, by reader and question.
#[derive(Debug, Default)]
pub struct Readings(Mutex<HashMap<(String, String), Time>>);

impl Readings {
    /// Whether this reading has to be noted: its like was not for some time.
    #[must_use]
    pub fn is_new(&self, reader: &str, question: &str, now: Time) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = known.get(&(reader.to_owned(), question.to_owned()));
        noted.is_none_or(|at| now.micros_since(*at) >= SAME_SECONDS * 1_000_000)
    }

    /// Remembers a reading that was noted.
    pub fn remember(&self, reader: &str, question: &str, now: Time) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, at| now.micros_since(*at) < SAME_SECONDS * 1_000_000);
        }
        known.insert((reader.to_owned(), question.to_owned()), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_is_new_again_after_its_time() {
        let (readings, at) = (Readings::default(), |seconds: i64| Time::from_micros(seconds * 1_000_000));
        assert!(readings.is_new("per_1", "events", at(0)));
        readings.remember("per_1", "events", at(0));
        assert!(!readings.is_new("per_1", "events", at(SAME_SECONDS - 1)));
        assert!(readings.is_new("per_1", "events", at(SAME_SECONDS)));
        assert!(readings.is_new("per_2", "events", at(1)) && readings.is_new("per_1", "events?kind", at(1)));
        for n in 0..2 * MANY {
            readings.remember(&n.to_string(), "events", at(SAME_SECONDS + 1));
        }
        assert!(readings.0.lock().unwrap().len() <= 2 * MANY);
    }
}
