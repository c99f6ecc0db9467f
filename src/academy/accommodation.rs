//! Accommodations: more time and more attempts for a person, what holds at an instant, and why one is refused.
//!
//! Where several are in force for a quiz, the largest factor and the largest number of extra attempts hold; they are never
//! multiplied or added up.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Kind, Refusal},
        span::Span,
        text::Slug,
    },
    curriculum::quiz::AttemptLimits,
};

/// The factors that can be granted, in percent of the limit.
pub const FACTOR: std::ops::RangeInclusive<i64> = 100..=400;
/// The extra attempts that can be granted.
pub const EXTRA: std::ops::RangeInclusive<i64> = 0..=10;

/// What was granted to a person.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Accommodation {
    pub id: Id<ids::Accommodation>,
    pub person_id: Id<ids::Person>,
    /// None: every course.
    pub course_id: Option<Slug>,
    /// None: every exam of the course.
    pub quiz_id: Option<Slug>,
    pub time_factor_percent: i64,
    pub extra_attempts: i64,
    /// For admins and the person alone.
    pub reason: String,
    pub from_at: Time,
    pub until_at: Option<Time>,
    pub granted_at: Time,
    /// In the log's words.
    pub granted_by: String,
    pub ended_at: Option<Time>,
    pub ended_by: Option<String>,
    pub ended_reason: Option<String>,
}

impl Accommodation {
    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds_at(&self, at: Time) -> bool {
        self.from_at <= at
            && self.until_at.is_none_or(|until| at < until)
            && self.ended_at.is_none_or(|ended| at < ended)
    }

    /// Whether it is about a quiz.
    #[must_use]
    pub fn covers(&self, course: &Slug, quiz: &Slug) -> bool {
        self.course_id.as_ref().is_none_or(|own| own == course) && self.quiz_id.as_ref().is_none_or(|own| own == quiz)
    }

    /// `scheduled`, `active` or `ended`, at an instant.
    #[must_use]
    pub fn state_at(&self, at: Time) -> &'static str {
        if self.holds_at(at) {
            "active"
        } else if self.ended_at.is_none() && at < self.from_at {
            "scheduled"
        } else {
            "ended"
        }
    }
}

/// What holds for a quiz at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// In percent of the limit; 100 where nothing was granted.
    pub time_factor_percent: i64,
    /// Beyond the quiz's own.
    pub extra_attempts: u32,
}

impl Allowance {
    /// Nothing beyond the rules.
    pub const NONE: Self = Self { time_factor_percent: 100, extra_attempts: 0 };

    /// What the accommodations of one person come to for a quiz.
    #[must_use]
    pub fn of(granted: &[Accommodation], course: &Slug, quiz: &Slug, at: Time) -> Self {
        granted.iter().filter(|one| one.holds_at(at) && one.covers(course, quiz)).fold(Self::NONE, |best, one| Self {
            time_factor_percent: best.time_factor_percent.max(one.time_factor_percent),
            extra_attempts: best.extra_attempts.max(u32::try_from(one.extra_attempts).unwrap_or(0)),
        })
    }

    /// When an attempt that starts now is over: start + limit × factor, to the microsecond.
    #[must_use]
    pub fn deadline(&self, start: Time, limit: &Span) -> Time {
        stretched(start, start.plus(limit), 100, self.time_factor_percent)
    }

    /// The limits with the extra attempts; pauses stay as they are.
    #[must_use]
    pub fn limits(&self, limits: &AttemptLimits) -> AttemptLimits {
        AttemptLimits { max: limits.max.saturating_add(self.extra_attempts), ..limits.clone() }
    }
}

/// A deadline that was set with one factor, with another: the limit itself stays what it was at the start.
#[must_use]
pub fn stretched(start: Time, deadline: Time, from_percent: i64, to_percent: i64) -> Time {
    let scaled = i128::from(deadline.micros_since(start)) * i128::from(to_percent) / i128::from(from_percent.max(1));
    start.plus_micros(i64::try_from(scaled).unwrap_or(i64::MAX))
}

/// Why an accommodation is not granted or ended.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AccommodationRefusal {
    /// No reason was given.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// The factor is out of its range.
    #[error("the time factor is between 100 and 400 percent")]
    BadFactor,
    /// Too many attempts.
    #[error("up to 10 extra attempts can be granted")]
    BadExtra,
    /// It would change nothing.
    #[error("grant more time, more attempts, or both")]
    Nothing,
    /// It ends before it begins.
    #[error("the end must lie after the beginning and in the future")]
    BadPeriod,
    /// There is none with this id.
    #[error("there is no such accommodation")]
    NoSuchAccommodation,
    /// It is over.
    #[error("this accommodation has ended already")]
    EndedAlready,
}

impl Refusal for AccommodationRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::ReasonNeeded | Self::BadFactor | Self::BadExtra | Self::Nothing | Self::BadPeriod => Kind::Invalid,
            Self::NoSuchAccommodation => Kind::NotFound,
            Self::EndedAlready => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::ReasonNeeded => "reason-needed",
            Self::BadFactor => "accommodation-factor",
            Self::BadExtra => "accommodation-extra",
            Self::Nothing => "accommodation-nothing",
            Self::BadPeriod => "accommodation-period",
            Self::NoSuchAccommodation => "no-such-accommodation",
            Self::EndedAlready => "accommodation-ended",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn granted(person: Id<ids::Person>, factor: i64, extra: i64, from: i64, length: Option<i64>) -> Accommodation {
        let base = Time::parse("2026-03-01T09:00:00Z").unwrap();
        Accommodation {
            id: Id::new(base),
            person_id: person,
            course_id: None,
            quiz_id: None,
            time_factor_percent: factor,
            extra_attempts: extra,
            reason: String::new(),
            from_at: base.plus_seconds(from),
            until_at: length.map(|length| base.plus_seconds(from + length)),
            granted_at: base,
            granted_by: String::new(),
            ended_at: None,
            ended_by: None,
            ended_reason: None,
        }
    }

    proptest! {
        #[test]
        fn the_largest_that_holds_is_what_counts(
            rows in prop::collection::vec((100_i64..=400, 0_i64..=10, 0_i64..1_000, prop::option::of(1_i64..1_000)), 0..6),
            at in 0_i64..2_000,
            minutes in 1_i64..300,
        ) {
            let start = Time::parse("2026-03-01T09:00:00Z").unwrap();
            let (person, now) = (Id::new(start), start.plus_seconds(at));
            let all: Vec<_> = rows.iter().map(|(f, e, from, l)| granted(person, *f, *e, *from, *l)).collect();
            let holding = rows.iter().filter(|(_, _, from, l)| *from <= at && l.is_none_or(|l| at < from + l));
            let best = holding.clone().map(|row| row.0).max().unwrap_or(100);
            let allowance = Allowance::of(&all, &slug("a"), &slug("b"), now);
            prop_assert_eq!(allowance.time_factor_percent, best);
            prop_assert_eq!(i64::from(allowance.extra_attempts), holding.map(|row| row.1).max().unwrap_or(0));
            let limit: Span = format!("{minutes}m").parse().unwrap();
            let deadline = allowance.deadline(now, &limit);
            prop_assert_eq!(deadline.micros_since(now), minutes * 60_000_000 / 100 * best);
            // Another factor later counts from the same limit.
            prop_assert_eq!(stretched(now, deadline, best, 100), now.plus(&limit));
        }
    }

    #[test]
    fn one_for_a_quiz_covers_no_other() {
        let now = Time::parse("2026-03-01T09:00:00Z").unwrap();
        let mut one = granted(Id::new(now), 150, 1, 0, None);
        one.course_id = Some(slug("alpha"));
        one.quiz_id = Some(slug("final"));
        let all = [one];
        assert_eq!(Allowance::of(&all, &slug("alpha"), &slug("final"), now).time_factor_percent, 150);
        assert_eq!(Allowance::of(&all, &slug("alpha"), &slug("other"), now), Allowance::NONE);
        assert_eq!(Allowance::of(&all, &slug("beta"), &slug("final"), now), Allowance::NONE);
    }
}
