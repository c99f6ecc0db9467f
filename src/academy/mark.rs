//! Marks as exact fractions: a third of a point three times is a point, at the pass mark too.

use num_rational::Ratio;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    fmt,
    ops::{Add, Mul},
    str::FromStr,
};

/// A number of points, or a share of them, as a fraction of 128-bit integers. Stored as `n/d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(Ratio<i128>);

impl Mark {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// All of one.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// `part` of `whole`, held between 0 and 1; a whole of 0 gives 0.
    #[must_use]
    pub fn share(part: i64, whole: i64) -> Self {
        if whole <= 0 {
            return Self::ZERO;
        }
        Self(Ratio::new(i128::from(part.clamp(0, whole)), i128::from(whole)))
    }

    /// The exact value of a decimal of up to 18 decimal places.
    #[must_use]
    pub fn from_decimal(decimal: Decimal) -> Self {
        let decimal = decimal.round_dp(18);
        Self(Ratio::new(decimal.mantissa(), 10_i128.pow(decimal.scale())))
    }

    /// `part` weighted against `whole`, held between 0 and 1; a whole of 0 gives 0.
    #[must_use]
    pub fn of(part: Self, whole: Self) -> Self {
        if whole <= Self::ZERO {
            return Self::ZERO;
        }
        Self((part.0 / whole.0).clamp(Ratio::new_raw(0, 1), Ratio::new_raw(1, 1)))
    }

    /// In hundredths of a percent of `whole`, rounded down: 7,500 is three quarters.
    #[must_use]
    pub fn basis_points(self, whole: Self) -> i64 {
        if whole.0 <= Ratio::new_raw(0, 1) {
            return 0;
        }
        (self.0 / whole.0 * Ratio::from_integer(10_000)).floor().to_integer().to_i64().unwrap_or(0)
    }

    /// As a number with two decimals, for people.
    #[must_use]
    pub fn rounded(self) -> f64 {
        let hundredths = (self.0 * Ratio::from_integer(100)).round().to_integer();
        #[expect(clippy::cast_precision_loss, reason = "points of a quiz are small numbers")]
        let value = hundredths as f64 / 100.0;
        value
    }
}

/// Hundredths of a percent in percent, to a tenth and never rounded up: a mark just short of a pass must not look like one.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "between 0 and 10,000")]
pub fn basis_percent(basis_points: i64) -> f64 {
    basis_points.div_euclid(10) as f64 / 10.0
}

impl Add for Mark {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Mul for Mark {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}
impl std::iter::Sum for Mark {
    fn sum<I: Iterator<Item = Self>>(marks: I) -> Self {
        marks.fold(Self::ZERO, Add::add)
    }
}
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}
impl FromStr for Mark {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a fraction");
        let (part, whole) = text.split_once('/').ok_or_else(wrong)?;
        let (part, whole): (i128, i128) = (part.parse().map_err(|_| wrong())?, whole.parse().map_err(|_| wrong())?);
        if whole == 0 { Err(wrong()) } else { Ok(Self(Ratio::new(part, whole))) }
    }
}
impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_add_up() {
        let third = Mark::share(1, 3);
        assert_eq!(third + third + third, Mark::ONE);
        assert_eq!(
            Mark::from_decimal("0.75".parse().unwrap()) * Mark::from_decimal(Decimal::from(12)),
            Mark::from_decimal(Decimal::from(9))
        );
        assert_eq!((third + third).basis_points(Mark::ONE), 6_666);
        assert_eq!("2/3".parse::<Mark>().unwrap(), third + third);
    }

    #[test]
    fn a_mark_just_short_of_a_pass_does_not_look_like_one() {
        for (points, percent) in [(9_166, "91.6"), (7_999, "79.9"), (8_000, "80.0"), (10_000, "100.0"), (0, "0.0")] {
            assert_eq!(format!("{:.1}", basis_percent(points)), percent);
        }
    }
}
