//! The measures themselves: means, spreads, correlations and their 95 % confidence intervals, on plain numbers.

/// The 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// A variance below this is rounding: shares and points are never that near to each other.
const NO_VARIANCE: f64 = 1e-18;

/// A 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// A count as a number to reckon with.
#[must_use]
pub fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// The arithmetic mean.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / number(values.len()))
}

/// The sample covariance, divided by n − 1.
#[must_use]
pub fn covariance(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let (mx, my) = (mean(x)?, mean(y)?);
    Some(x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / number(x.len() - 1))
}

/// The sample variance, divided by n − 1.
#[must_use]
pub fn variance(values: &[f64]) -> Option<f64> {
    covariance(values, values)
}

/// Pearson's correlation; none where one side does not vary.
#[must_use]
pub fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let (vx, vy) = (variance(x)?, variance(y)?);
    if vx < NO_VARIANCE || vy < NO_VARIANCE {
        return None;
    }
    Some((covariance(x, y)? / (vx.sqrt() * vy.sqrt())).clamp(-1.0, 1.0))
}

/// The covariance in percent of the greatest that these values allow, which is reached when both are in the same order.
#[must_use]
pub fn efficiency(x: &[f64], y: &[f64]) -> Option<f64> {
    let sorted = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted
    };
    let most = covariance(&sorted(x), &sorted(y))?;
    (most >= NO_VARIANCE).then_some(())?;
    Some(100.0 * covariance(x, y)? / most)
}

/// A correlation's interval by Fisher's z transformation (Fisher 1915): tanh(artanh r ± z/√(n − 3)).
#[must_use]
pub fn fisher(r: f64, n: usize) -> Option<Interval> {
    if n < 4 {
        return None;
    }
    if r.abs() >= 1.0 {
        return Some(Interval { low: r, high: r });
    }
    let (middle, width) = (r.atanh(), Z / number(n - 3).sqrt());
    Some(Interval { low: (middle - width).tanh(), high: (middle + width).tanh() })
}

/// The interval of the difference of two correlations, r1 − r2, that the same n people give with one shared variable (here:
/// two options and the rest), on Fisher's z scale; `between` is the correlation of the other two variables. By Meng,
/// Rosenthal & Rubin, "Comparing correlated correlation coefficients", Psychological Bulletin 111 (1992), 172–175:
/// z1 − z2 ± z·√(2(1 − between)·h ÷ (n − 3)) with h = (1 − f·m) ÷ (1 − m), m the mean of the squares of both, and
/// f = (1 − between) ÷ (2(1 − m)), at most 1. Where it lies above 0, the first is greater beyond chance (5 %, two-sided).
#[must_use]
pub fn difference(r1: f64, r2: f64, between: f64, n: usize) -> Option<Interval> {
    let m = f64::midpoint(r1 * r1, r2 * r2);
    if n < 4 || r1.abs() >= 1.0 || r2.abs() >= 1.0 {
        return None;
    }
    let f = ((1.0 - between) / (2.0 * (1.0 - m))).min(1.0);
    let h = (1.0 - f * m) / (1.0 - m);
    let (middle, width) = (r1.atanh() - r2.atanh(), Z * (2.0 * (1.0 - between) * h / number(n - 3)).sqrt());
    Some(Interval { low: middle - width, high: middle + width })
}

/// A proportion's score interval (Wilson 1927): for questions that are right or wrong.
#[must_use]
pub fn wilson(hits: usize, n: usize) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (n, p) = (number(n), number(hits) / number(n));
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let width = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(Interval { low: (middle - width).max(0.0), high: (middle + width).min(1.0) })
}

/// A mean's interval by the normal approximation, m ± z·s/√n, held between 0 and 1: for questions with partial credit.
#[must_use]
pub fn about_mean(values: &[f64]) -> Option<Interval> {
    let (m, width) = (mean(values)?, Z * (variance(values)? / number(values.len())).sqrt());
    Some(Interval { low: (m - width).max(0.0), high: (m + width).min(1.0) })
}

/// The facility's interval: Wilson's where every share is 0 or 1, else about the mean.
#[must_use]
pub fn facility_interval(shares: &[f64]) -> Option<Interval> {
    let whole = |share: &&f64| share.abs() < 1e-12 || (**share - 1.0).abs() < 1e-12;
    if shares.iter().all(|share| whole(&share)) {
        wilson(shares.iter().filter(|share| **share > 0.5).count(), shares.len())
    } else {
        about_mean(shares)
    }
}

/// Cronbach's alpha of a matrix with one row a person and one column an item; none for fewer than two items, or where
/// the totals do not vary.
#[must_use]
pub fn alpha(rows: &[Vec<f64>]) -> Option<f64> {
    let items = rows.first()?.len();
    if items < 2 || rows.iter().any(|row| row.len() != items) {
        return None;
    }
    let totals: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let total = variance(&totals).filter(|total| *total >= NO_VARIANCE)?;
    let mut sum = 0.0;
    for item in 0..items {
        let column: Vec<f64> = rows.iter().filter_map(|row| row.get(item).copied()).collect();
        sum += variance(&column)?;
    }
    Some(number(items) / number(items - 1) * (1.0 - sum / total))
}

/// The median.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}
