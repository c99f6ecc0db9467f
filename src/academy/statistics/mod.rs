//! Item statistics of classical test theory, from what people answered in exams.
//!
//! Standard view: of each person the first marked attempt at each exam, because whoever sits again has seen questions and
//! read again, which bends every figure; within it, a person counts once for each version of a question. Voided attempts
//! are out. Marks are those that were given by the key on the form: a later correction does not touch what a version did.
//! Beside them stand what an exam's marks are after corrections, and what the answers to an older version would be worth by
//! the key in force, so that an author sees whether the new key is good before anybody answers to it.
//!
//! | figure | definition | source |
//! | --- | --- | --- |
//! | facility | mean share of the points, 0 to 1 | Crocker & Algina (1986), ch. 14; Moodle, "Quiz statistics calculations" |
//! | rest | points of the other questions on the person's form ÷ what they were out of: with random draws, comparable | Moodle, ibid. |
//! | discrimination | Pearson's r of share and rest (corrected: without the item itself) | Crocker & Algina, ch. 14 |
//! | efficiency | 100 · cov(share, rest) ÷ the most that it could be: both sorted, paired | Moodle, ibid. |
//! | of an option | Pearson's r of "was chosen" (0 or 1) and rest: the point-biserial correlation | Lord & Novick (1968), ch. 15 |
//! | intervals | 95 %: Fisher's z (1915) for correlations; Wilson's score (1927) for facility, or m ± z·s/√n with partial credit | [`measures`] |
//! | above the key | interval of the difference of two correlations with the same rest | Meng, Rosenthal & Rubin (1992) |
//! | alpha | k/(k−1) · (1 − Σ var(item) ÷ var(total)) | Cronbach (1951); Lord & Novick, ch. 4 |
//! | standard error | sd(total) · √(1 − alpha), in percent of the most points | Lord & Novick, ch. 3 |
//!
//! Variances and covariances divide by n − 1. What has no variance has no correlation. A flag is serious where its interval
//! excludes chance, and a notice otherwise ([`Severity`]).

mod exam;
mod flags;
mod gather;
mod item;
pub mod measures;

pub use exam::{ExamFigures, Reliability, Summary, exam_figures};
pub use flags::{Flag, Severity, flags};
pub use gather::{Corrected, Placed, Sitting, by_new_key, first_sittings, items};
pub use item::{Figures, ItemStatistics, OptionFigures, OptionRole, Response, TracePoint, figures};

/// Below so many attempts no figure is shown: it would say more about chance, or about single people, than about the question.
pub const LEAST: usize = 20;

#[cfg(test)]
mod tests;
