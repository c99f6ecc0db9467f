//! Judging a learner's statement: against the solution, on the visible data and on every hidden set of rows.

use super::{
    compare::{Difference, differ},
    dataset::Dataset,
    image::Image,
    order,
    table::Table,
    tokens,
    trouble::Trouble,
};
use crate::curriculum::question::{Comparison, Lab};

/// What a statement is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// The solution.
    pub solution: &'a str,
    /// How results are compared.
    pub compare: &'a Comparison,
    /// Words that a statement needs.
    pub require: &'a [String],
    /// Words that it must not have.
    pub forbid: &'a [String],
}

impl<'a> From<&'a Lab> for Task<'a> {
    fn from(lab: &'a Lab) -> Self {
        Self { solution: &lab.solution, compare: &lab.compare, require: &lab.require, forbid: &lab.forbid }
    }
}

/// How a statement did.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The same as the solution, wherever both ran.
    Right,
    /// These words are missing.
    Lacks(String),
    /// These words must not be there.
    Uses(String),
    /// Another result on the visible data.
    Differs(Difference),
    /// The same on the visible data, and another on a hidden set of rows.
    DiffersHidden,
    /// It does not run on the visible data.
    Fails(Trouble),
    /// It runs on the visible data, and not on a hidden set of rows.
    FailsHidden(Trouble),
    /// The solution itself does not run: the question is at fault.
    Broken(Trouble),
}

impl Verdict {
    /// Whether the statement earns the points.
    #[must_use]
    pub fn is_right(&self) -> bool {
        *self == Self::Right
    }

    /// A stable code of lower-case words joined by hyphens; the catalogue holds its sentence as `lab-verdict-<code>`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Lacks(_) => "lacks",
            Self::Uses(_) => "uses",
            Self::Differs(_) => "differs",
            Self::DiffersHidden => "differs-hidden",
            Self::Fails(_) => "fails",
            Self::FailsHidden(_) => "fails-hidden",
            Self::Broken(_) => "broken",
        }
    }

    /// Whether another judging may come out differently, because the machine was short of time or memory.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Fails(trouble) | Self::FailsHidden(trouble) | Self::Broken(trouble) => trouble.passes(),
            _ => false,
        }
    }
}

/// The word rule that a statement breaks.
#[must_use]
pub fn words(task: &Task<'_>, sql: &str) -> Option<Verdict> {
    let all = tokens::tokens(sql);
    if let Some(missing) = task.require.iter().find(|phrase| !tokens::says(&all, phrase)) {
        return Some(Verdict::Lacks(missing.clone()));
    }
    task.forbid.iter().find(|phrase| tokens::says(&all, phrase)).map(|phrase| Verdict::Uses(phrase.clone()))
}

/// Compares a statement with the solution on one image.
fn on(task: &Task<'_>, image: &Image, sql: &str) -> Result<Option<Difference>, Verdict> {
    let expected = image.run(task.solution).map_err(Verdict::Broken)?;
    let found = image.run(sql).map_err(Verdict::Fails)?;
    Ok(against(task, image, &expected, &found))
}

/// Compares a result with the solution's on the same image.
#[must_use]
pub fn against(task: &Task<'_>, image: &Image, expected: &Table, found: &Table) -> Option<Difference> {
    differ(expected, found, task.compare, order::ties(task.solution, expected, image).as_deref())
}

/// Judges on the visible data only: what practice shows on the way.
#[must_use]
pub fn check(task: &Task<'_>, dataset: &Dataset, sql: &str) -> Verdict {
    if let Some(broken) = words(task, sql) {
        return broken;
    }
    match on(task, dataset.visible(), sql) {
        Err(verdict) => verdict,
        Ok(Some(difference)) => Verdict::Differs(difference),
        Ok(None) => Verdict::Right,
    }
}

/// Judges on everything: what an answer is worth.
#[must_use]
pub fn judge(task: &Task<'_>, dataset: &Dataset, sql: &str) -> Verdict {
    let verdict = check(task, dataset, sql);
    if !verdict.is_right() {
        return verdict;
    }
    for (_, image) in dataset.images().skip(1) {
        match on(task, image, sql) {
            Ok(None) => {}
            Ok(Some(_)) => return Verdict::DiffersHidden,
            Err(Verdict::Fails(trouble)) => return Verdict::FailsHidden(trouble),
            Err(other) => return other,
        }
    }
    Verdict::Right
}
