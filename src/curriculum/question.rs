//! A question: what is asked, what is right, and why; kept by the hash of its canonical JSON.

mod parts;
pub(crate) mod read;
mod texts;

pub use parts::{Blank, BlankKey, Comparison, Criterion, Item, Lab, Matching, Names, OrderCredit, Pair, RowOrder};

use super::source::hex;
use crate::base::text::{Slug, Words};
use regex::{Regex, RegexBuilder};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The longest pattern of a short answer, in bytes.
const LONGEST_PATTERN: usize = 500;

/// One question, in every language that it was written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in its course.
    pub id: Slug,
    /// The objective of the course that it tests.
    pub objective: Option<Slug>,
    /// What a right answer is worth; more than zero.
    pub points: Decimal,
    /// Whether the options may be shown in any order.
    pub shuffle: bool,
    /// The question, in Markdown.
    pub ask: Words,
    /// The explanation, in Markdown.
    pub why: Option<Words>,
    /// What can be answered, and what is right.
    pub body: Body,
}

/// The kinds of question, each with its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    /// Exactly one option is right.
    Single {
        /// Two or more.
        options: Vec<Choice>,
    },
    /// One option or several are right.
    Multi {
        /// Two or more.
        options: Vec<Choice>,
        /// How a partly right answer counts.
        credit: Credit,
    },
    /// A statement to judge.
    TrueFalse {
        /// Whether it is true.
        answer: bool,
    },
    /// A number.
    Numeric {
        /// What is right.
        answer: NumericAnswer,
        /// Shown behind the field.
        unit: Option<String>,
    },
    /// A word or a few.
    Short {
        /// Any of these is right.
        accept: Vec<Accept>,
    },
    /// Statements to judge one by one; each counts alike.
    TrueFalseGrid {
        /// Two or more; `correct` says that the statement is true.
        rows: Vec<Choice>,
    },
    /// Things to put together: right pairs / all pairs.
    Match(Matching),
    /// Things to put in order.
    Order {
        /// Two or more, in the right order.
        items: Vec<Item>,
        /// How a partly right order counts.
        credit: OrderCredit,
    },
    /// A text with gaps: right gaps / all gaps.
    Cloze {
        /// Markdown with `{{id}}` for each gap.
        text: Words,
        /// One or more, in the order of the English text.
        blanks: Vec<Blank>,
    },
    /// A statement in SQL, judged by what it returns.
    Sql(Lab),
    /// Prose: looked at by the learner against the rubric in practice, marked by a person in an exam.
    FreeText {
        /// One or more.
        rubric: Vec<Criterion>,
        /// What a good answer says, in Markdown; shown with the review.
        model: Option<Words>,
    },
}

/// An option of a single or multi question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Unique in its question.
    pub id: Slug,
    /// Whether it is to be ticked.
    pub correct: bool,
    /// Inline Markdown.
    pub text: Words,
    /// Why it is right or wrong, in inline Markdown.
    pub why: Option<Words>,
    /// What ticking it counts, in percent of the question, where `credit: fractions` says so: -100 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fraction: Option<Decimal>,
}

/// How ticks of a multi question count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credit {
    /// max(0, (right ticks − wrong ticks) / correct options).
    NetCorrect,
    /// All or nothing.
    AllOrNothing,
    /// The share of options that are rightly ticked or left.
    EachOption,
    /// The sum of the ticked options' fractions, held between 0 and 1: as Moodle marks, for imported questions.
    Fractions,
}

/// The right numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumericAnswer {
    /// A value, and how far from it is still right (0: not at all).
    Exact {
        /// The value.
        value: Decimal,
        /// Never negative.
        tolerance: Decimal,
    },
    /// Everything from low to high, both included.
    Range {
        /// The smallest right number.
        low: Decimal,
        /// The largest, at least `low`.
        high: Decimal,
    },
}

/// A right short answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accept {
    /// Compared by `base::text::folded`: without case, accents and surplus white space.
    Text(String),
    /// A pattern for the trimmed answer; see [`pattern`].
    Regex(String),
}

impl Question {
    /// The first 32 hexadecimal digits of SHA-256 over the question's canonical JSON.
    #[must_use]
    pub fn hash(&self) -> String {
        // Serialising plain data to memory cannot fail; an empty text would still be a stable hash.
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut hash = hex(&Sha256::digest(json));
        hash.truncate(32);
        hash
    }

    /// The options of a single or multi question, the rows of a grid; none for the other types.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match &self.body {
            Body::Single { options } | Body::Multi { options, .. } | Body::TrueFalseGrid { rows: options } => options,
            _ => &[],
        }
    }

    /// Whether a person has to mark it in an exam.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        matches!(self.body, Body::FreeText { .. })
    }

    /// The word for its type in files, the API and reports.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.body {
            Body::Single { .. } => "single",
            Body::Multi { .. } => "multi",
            Body::TrueFalse { .. } => "true_false",
            Body::Numeric { .. } => "numeric",
            Body::Short { .. } => "short",
            Body::TrueFalseGrid { .. } => "true_false_grid",
            Body::Match(_) => "match",
            Body::Order { .. } => "order",
            Body::Cloze { .. } => "cloze",
            Body::Sql(_) => "sql",
            Body::FreeText { .. } => "free_text",
        }
    }
}

/// Compiles the pattern of a short answer within bounds: at most 500 bytes, nested at most 20 deep, 256 KiB compiled.
/// Matching takes time linear in the answer.
///
/// # Errors
/// A sentence that says what is wrong with the pattern.
pub fn pattern(text: &str) -> Result<Regex, String> {
    if text.len() > LONGEST_PATTERN {
        return Err(format!("a pattern may have at most {LONGEST_PATTERN} bytes"));
    }
    let built = RegexBuilder::new(text).size_limit(256 * 1024).dfa_size_limit(256 * 1024).nest_limit(20).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the pattern is too large when compiled".to_owned(),
        other => other.to_string().lines().last().unwrap_or("not a pattern").trim_start_matches("error: ").to_owned(),
    })
}

#[cfg(test)]
mod tests;
