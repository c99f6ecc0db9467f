//! What the richer questions are made of: pairs, items, gaps, criteria, and the lab exercise.

use super::{Accept, Choice, NumericAnswer};
use crate::base::text::{Slug, Words};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A thing with a name of its own: to be put in order, or to be matched with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Unique in its question.
    pub id: Slug,
    /// Inline Markdown.
    pub text: Words,
}

/// What belongs to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// Two or more.
    pub pairs: Vec<Pair>,
    /// Everything that can be chosen: the right sides, each once, and those that belong to nothing.
    pub targets: Vec<Item>,
}

/// One line of a matching question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Unique in its question.
    pub id: Slug,
    /// Inline Markdown.
    pub left: Words,
    /// The id of its target; several pairs may share one.
    pub right: Slug,
    /// Why, in inline Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Words>,
}

/// How a partly right order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderCredit {
    /// The share of all pairs of items that stand in the right order (Kendall's concordant pairs).
    Pairs,
    /// All or nothing.
    Exact,
}

/// A gap of a cloze text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// Unique in its question.
    pub id: Slug,
    /// What fills it.
    pub key: BlankKey,
    /// Why, in inline Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Words>,
}

/// What fills a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlankKey {
    /// One of these; exactly one is right.
    Choices(Vec<Choice>),
    /// Any of these texts.
    Accept(Vec<Accept>),
    /// A number.
    Number(NumericAnswer),
}

impl BlankKey {
    /// The texts that are right, where it is typed.
    #[must_use]
    pub fn accepts(&self) -> &[Accept] {
        if let Self::Accept(accept) = self { accept } else { &[] }
    }
}

/// A line of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Unique in its question.
    pub id: Slug,
    /// What is looked for, in inline Markdown.
    pub text: Words,
    /// Its weight among the criteria; more than 0.
    pub weight: Decimal,
}

/// An exercise in SQL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lab {
    /// The data set of the course that it runs on.
    pub dataset: Slug,
    /// The data set's content hash, so that the question changes when its data does.
    pub data: String,
    /// What stands in the editor at first.
    pub starter: Option<String>,
    /// A statement whose rows are the right ones.
    pub solution: String,
    /// Statements with a classic mistake: each must differ from the solution on some data.
    pub must_fail: Vec<String>,
    /// When two results are the same.
    pub compare: Comparison,
    /// Words that have to stand in the statement, such as `group by`.
    pub require: Vec<String>,
    /// Words that must not, such as `select *`.
    pub forbid: Vec<String>,
}

/// When two results are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Whether the order of rows counts.
    pub rows: RowOrder,
    /// Whether columns are found by name rather than by place.
    pub by_name: bool,
    /// Whether the names of columns count.
    pub names: Names,
    /// How far two numbers may be apart, in proportion to the larger where that is above 1; 0 or more.
    pub tolerance: Decimal,
}

impl Default for Comparison {
    fn default() -> Self {
        let tolerance = Decimal::from_parts(1, 0, 0, false, 9);
        Self { rows: RowOrder::Bag, by_name: false, names: Names::Ignore, tolerance }
    }
}

/// Whether the order of rows counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOrder {
    /// Any order; rows that repeat count as often as they stand there. Where the solution ends in ORDER BY, that order counts.
    Bag,
    /// Any order; rows that repeat count once.
    Set,
    /// Row by row.
    List,
}

/// Whether the names of columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// They do not.
    Ignore,
    /// They do, without case.
    Match,
}
