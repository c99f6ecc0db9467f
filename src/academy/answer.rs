//! What a person answered, checked against the form it belongs to.

use super::{
    attempt::AttemptRefusal,
    form::{FormQuestion, Of},
};
use crate::curriculum::question::{BlankKey, Body, Question};
use rust_decimal::Decimal;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// The longest short answer, in characters.
pub const LONGEST: usize = 2_000;
/// The longest statement and the longest prose, in characters.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest text in a gap, in characters.
pub const LONGEST_GAP: usize = 200;

/// An answer to one question. In JSON: null, an option's token, a list of tokens, a truth value, text, or a mapping from
/// tokens (rows, left sides, gaps) to truth values, tokens or texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing, or taken back.
    Empty,
    /// One option, by its token of this attempt.
    One(String),
    /// Several options.
    Many(BTreeSet<String>),
    /// True or false.
    Truth(bool),
    /// A number, kept as it was typed.
    Number(String),
    /// Words: a few, a statement, or prose.
    Text(String),
    /// A judgement on some rows.
    Truths(BTreeMap<String, bool>),
    /// A target for some left sides.
    Pairs(BTreeMap<String, String>),
    /// All items, in an order.
    Sequence(Vec<String>),
    /// What stands in some gaps: a choice's token, or text.
    Gaps(BTreeMap<String, String>),
}

impl Answer {
    /// Reads an answer for a question; unknown and repeated options are refused.
    ///
    /// # Errors
    /// It does not fit the question.
    pub fn parse(value: &Value, on_form: &FormQuestion, question: &Question) -> Result<Self, AttemptRefusal> {
        let read = if value.is_null() { Ok(Self::Empty) } else { read(value, on_form, question) };
        read.map_err(|why| AttemptRefusal::BadAnswer { no: on_form.no, why })
    }

    /// Reads an answer that was stored.
    #[must_use]
    pub fn restore(value: &Value, on_form: &FormQuestion, question: &Question) -> Self {
        Self::parse(value, on_form, question).unwrap_or(Self::Empty)
    }

    /// The answer as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::One(token) => Value::from(token.as_str()),
            Self::Many(tokens) => tokens.iter().map(String::as_str).collect::<Vec<_>>().into(),
            Self::Truth(truth) => Value::from(*truth),
            Self::Number(text) | Self::Text(text) => Value::from(text.as_str()),
            Self::Truths(rows) => rows.iter().map(|(row, truth)| (row.clone(), Value::from(*truth))).collect(),
            Self::Pairs(pairs) => {
                pairs.iter().map(|(left, right)| (left.clone(), Value::from(right.as_str()))).collect()
            }
            Self::Sequence(items) => items.iter().map(String::as_str).collect::<Vec<_>>().into(),
            Self::Gaps(gaps) => gaps.iter().map(|(gap, text)| (gap.clone(), Value::from(text.as_str()))).collect(),
        }
    }
}

fn read(value: &Value, on_form: &FormQuestion, question: &Question) -> Result<Answer, &'static str> {
    let known = |of: &Of, token: &str| on_form.behind(of, token).is_some();
    match &question.body {
        Body::Single { .. } => match value.as_str() {
            Some("") => Ok(Answer::Empty),
            Some(token) if known(&Of::Itself, token) => Ok(Answer::One(token.to_owned())),
            Some(_) => Err("unknown-option"),
            None => Err("one-option"),
        },
        Body::Multi { .. } => {
            let chosen: BTreeSet<String> = tokens(value, on_form)?.into_iter().collect();
            Ok(if chosen.is_empty() { Answer::Empty } else { Answer::Many(chosen) })
        }
        Body::TrueFalse { .. } => Ok(truth(value)?.map_or(Answer::Empty, Answer::Truth)),
        Body::Numeric { .. } => Ok(number(value)?.map_or(Answer::Empty, Answer::Number)),
        Body::Short { .. } => Ok(text(value, LONGEST)?.map_or(Answer::Empty, Answer::Text)),
        Body::Sql(_) | Body::FreeText { .. } => Ok(text(value, LONGEST_TEXT)?.map_or(Answer::Empty, Answer::Text)),
        Body::TrueFalseGrid { .. } => {
            let rows = entries(value, "rows-with-true-or-false", on_form, |_, value| truth(value))?;
            Ok(if rows.is_empty() { Answer::Empty } else { Answer::Truths(rows) })
        }
        Body::Match(_) => {
            let pairs = entries(value, "pairs", on_form, |_, value| match value.as_str() {
                None => Err("pairs"),
                Some("") => Ok(None),
                Some(token) if known(&Of::Targets, token) => Ok(Some(token.to_owned())),
                Some(_) => Err("unknown-option"),
            })?;
            Ok(if pairs.is_empty() { Answer::Empty } else { Answer::Pairs(pairs) })
        }
        Body::Order { items, .. } => {
            let order = tokens(value, on_form)?;
            match order.len() {
                0 => Ok(Answer::Empty),
                n if n == items.len() => Ok(Answer::Sequence(order)),
                _ => Err("all-items-in-order"),
            }
        }
        Body::Cloze { blanks, .. } => {
            let gaps = entries(value, "gaps", on_form, |gap, value| {
                let blank = blanks.iter().find(|blank| blank.id == *gap).ok_or("unknown-option")?;
                match &blank.key {
                    BlankKey::Accept(_) => text(value, LONGEST_GAP),
                    BlankKey::Number(_) => number(value),
                    BlankKey::Choices(_) => match value.as_str() {
                        None => Err("gaps"),
                        Some("") => Ok(None),
                        Some(token) if known(&Of::Gap(gap.clone()), token) => Ok(Some(token.to_owned())),
                        Some(_) => Err("unknown-option"),
                    },
                }
            })?;
            Ok(if gaps.is_empty() { Answer::Empty } else { Answer::Gaps(gaps) })
        }
    }
}

/// A list of this form's own tokens, each once.
fn tokens(value: &Value, on_form: &FormQuestion) -> Result<Vec<String>, &'static str> {
    let mut seen = Vec::new();
    for token in value.as_array().ok_or("list-of-options")? {
        let token = token.as_str().ok_or("list-of-options")?;
        if on_form.behind(&Of::Itself, token).is_none() {
            return Err("unknown-option");
        }
        if seen.iter().any(|other| other == token) {
            return Err("repeated-option");
        }
        seen.push(token.to_owned());
    }
    Ok(seen)
}

/// A mapping from this form's own tokens; what is empty is left out.
fn entries<T>(
    value: &Value,
    expected: &'static str,
    on_form: &FormQuestion,
    read: impl Fn(&crate::base::text::Slug, &Value) -> Result<Option<T>, &'static str>,
) -> Result<BTreeMap<String, T>, &'static str> {
    let mut found = BTreeMap::new();
    for (token, value) in value.as_object().ok_or(expected)? {
        let id = on_form.behind(&Of::Itself, token).ok_or("unknown-option")?;
        if value.is_null() {
            continue;
        }
        if let Some(read) = read(id, value)? {
            found.insert(token.clone(), read);
        }
    }
    Ok(found)
}

fn truth(value: &Value) -> Result<Option<bool>, &'static str> {
    match value {
        Value::Bool(truth) => Ok(Some(*truth)),
        Value::String(word) if word == "true" => Ok(Some(true)),
        Value::String(word) if word == "false" => Ok(Some(false)),
        Value::String(word) if word.is_empty() => Ok(None),
        _ => Err("true-or-false"),
    }
}

fn number(value: &Value) -> Result<Option<String>, &'static str> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return Err("a-number"),
    };
    match text.as_str() {
        "" => Ok(None),
        _ if text.len() <= 60 && decimal(&text).is_some() => Ok(Some(text)),
        _ => Err("a-number"),
    }
}

fn text(value: &Value, longest: usize) -> Result<Option<String>, &'static str> {
    let text = value.as_str().ok_or("text")?;
    if text.chars().count() > longest || text.contains('\0') {
        return Err("too-long");
    }
    Ok(if text.trim().is_empty() { None } else { Some(text.to_owned()) })
}

/// The exact number that a person typed: with a decimal point or comma, and spaces or apostrophes between thousands.
#[must_use]
pub fn decimal(text: &str) -> Option<Decimal> {
    let bare: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '_'))
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    let bare = bare.strip_prefix('+').unwrap_or(&bare);
    let plain = match (bare.matches(',').count(), bare.contains('.')) {
        (0, _) => bare.to_owned(),
        (1, false) => bare.replace(',', "."),
        // 1,234.5: commas between thousands.
        (_, true) if bare.rfind(',') < bare.find('.') => bare.replace(',', ""),
        _ => return None,
    };
    Decimal::from_str(&plain).ok().or_else(|| Decimal::from_scientific(&plain).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text| decimal(text).map(|d| d.normalize().to_string());
        assert_eq!(read("12,5").as_deref(), Some("12.5"));
        assert_eq!(read("1 234,50").as_deref(), Some("1234.5"));
        assert_eq!(read("1,234.5").as_deref(), Some("1234.5"));
        assert_eq!(read("−3").as_deref(), Some("-3"));
        assert_eq!(read("1e3").as_deref(), Some("1000"));
        assert_eq!(read("1,2,3"), None);
        assert_eq!(read("twelve"), None);
        assert_eq!(read("NaN"), None);
    }
}
