//! A question of one of our banks as it stands in the file: what importers write and exporters read.

use crate::curriculum::question::{Accept, NumericAnswer};
use rust_decimal::Decimal;

/// A question of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique in its course.
    pub id: String,
    /// The objective that it tests.
    pub objective: Option<String>,
    /// More than zero.
    pub points: Decimal,
    /// Whether options may be shown in any order.
    pub shuffle: bool,
    /// Markdown; of a cloze question, its text with the gaps as `{{a}}`.
    pub ask: String,
    /// Markdown.
    pub why: Option<String>,
    /// What is answered.
    pub body: Body,
    /// What it is called where it comes from.
    pub about: About,
}

/// What an imported question is called where it comes from: for authors, and for the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its name there, unless that is its id.
    pub title: Option<String>,
    /// From the outside in.
    pub category: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// An option to tick, or to pick in a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Inline Markdown.
    pub text: String,
    /// Whether it is right.
    pub correct: bool,
    /// What ticking it is worth in percent, with `credit: fractions`.
    pub fraction: Option<Decimal>,
    /// Inline Markdown.
    pub why: Option<String>,
}

/// How ticks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credit {
    /// Right ticks less wrong ones.
    NetCorrect,
    /// All or nothing.
    AllOrNothing,
    /// The share of options judged rightly.
    EachOption,
    /// The sum of the options' fractions.
    Fractions,
}

impl Credit {
    /// Each with its word.
    pub const ALL: [(&'static str, Credit); 4] = [
        ("net_correct", Self::NetCorrect),
        ("all_or_nothing", Self::AllOrNothing),
        ("each_option", Self::EachOption),
        ("fractions", Self::Fractions),
    ];

    /// Its word in a bank.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, credit)| *credit == self).map_or("net_correct", |(word, _)| word)
    }
}

/// A gap of a cloze text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    /// One of these.
    Choices(Vec<Choice>),
    /// Any of these, typed.
    Accept(Vec<Accept>),
    /// A number.
    Number(NumericAnswer),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// One right option.
    Single(Vec<Choice>),
    /// Several.
    Multi(Vec<Choice>, Credit),
    /// A statement to judge.
    TrueFalse(bool),
    /// A number, and its unit.
    Numeric(NumericAnswer, Option<String>),
    /// Words.
    Short(Vec<Accept>),
    /// Pairs, and right sides that belong to nothing.
    Match(Vec<(String, String)>, Vec<String>),
    /// Items in their order, and whether only the whole order counts.
    Order(Vec<String>, bool),
    /// Gaps by their names in the text.
    Cloze(Vec<(String, Blank)>),
    /// A text, and what to look for in it.
    FreeText(Vec<String>),
}

impl Body {
    /// The word of its type in a bank.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Single(_) => "single",
            Self::Multi(..) => "multi",
            Self::TrueFalse(_) => "true_false",
            Self::Numeric(..) => "numeric",
            Self::Short(_) => "short",
            Self::Match(..) => "match",
            Self::Order(..) => "order",
            Self::Cloze(_) => "cloze",
            Self::FreeText(_) => "free_text",
        }
    }
}

/// What an export lost, by the question's id: something about it, or (`Err`) the whole question and why.
pub type Lost = Vec<(String, Result<String, String>)>;

/// A pattern that accepts a text with `*` for anything, as Moodle means it (`\*` is the sign itself).
#[must_use]
pub fn pattern_of(text: &str, case: bool) -> String {
    let mut out = String::from(if case { "^" } else { "(?i)^" });
    let mut words = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.next_if_eq(&'*').is_some() => words.push('*'),
            '*' => {
                out.push_str(&regex::escape(&std::mem::take(&mut words)));
                out.push_str(".*");
            }
            _ => words.push(c),
        }
    }
    out.push_str(&regex::escape(&words));
    out.push('$');
    out
}

/// The way back: the text, and whether case counts, of a pattern that means no more than that.
#[must_use]
pub fn text_of(pattern: &str) -> Option<(String, bool)> {
    let (bare, case) = pattern.strip_prefix("(?i)").map_or((pattern, true), |bare| (bare, false));
    let bare = bare.strip_prefix('^')?.strip_suffix('$')?;
    let mut out = String::new();
    let mut rest = bare.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next()? {
                '*' => out.push_str("\\*"),
                sign if sign.is_ascii_punctuation() => out.push(sign),
                _ => return None,
            },
            '.' if rest.next_if_eq(&'*').is_some() => out.push('*'),
            _ => out.push(c),
        }
    }
    (pattern_of(&out, case) == pattern).then_some((out, case))
}

/// Whether a text with Moodle's `*` in it means itself only; then it comes without the escapes.
#[must_use]
pub fn plain_of(text: &str) -> Option<String> {
    let bare = text.replace("\\*", "\u{0}");
    (!bare.contains('*')).then(|| bare.replace('\u{0}', "*"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_come_back() {
        for (text, case) in [("a.b*c", false), ("Paris", true), ("\\*", true), ("1 + 1", false), ("x\\*y*", true)] {
            assert_eq!(text_of(&pattern_of(text, case)), Some((text.to_owned(), case)), "{text}");
        }
        assert_eq!(text_of("(?i)^quali(fy|fies)$"), None);
        assert_eq!(plain_of("2\\*3").as_deref(), Some("2*3"));
        assert_eq!(plain_of("2*3"), None);
    }
}
