//! What a person answered, checked against the form it belongs to.

use super::{attempt::AttemptRefusal, form::FormQuestion};
use crate::curriculum::question::{Body, Question};
use rust_decimal::Decimal;
use serde_json::Value;
use std::{collections::BTreeSet, str::FromStr};

/// The longest typed answer, in characters.
pub const LONGEST: usize = 2_000;

/// An answer to one question. In JSON: null, an option's token, a list of tokens, a truth value, or text.
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
    /// Words.
    Text(String),
}

impl Answer {
    /// Reads an answer for a question; unknown and repeated options are refused.
    ///
    /// # Errors
    /// It does not fit the question.
    pub fn parse(value: &Value, on_form: &FormQuestion, question: &Question) -> Result<Self, AttemptRefusal> {
        let bad = |why| AttemptRefusal::BadAnswer { no: on_form.no, why };
        let known = |token: &str| on_form.options.iter().any(|option| option.token == token);
        if value.is_null() {
            return Ok(Self::Empty);
        }
        match &question.body {
            Body::Single { .. } => match value.as_str() {
                Some("") => Ok(Self::Empty),
                Some(token) if known(token) => Ok(Self::One(token.to_owned())),
                Some(_) => Err(bad("unknown-option")),
                None => Err(bad("one-option")),
            },
            Body::Multi { .. } => {
                let tokens = value.as_array().ok_or_else(|| bad("list-of-options"))?;
                let mut chosen = BTreeSet::new();
                for token in tokens {
                    let token = token.as_str().ok_or_else(|| bad("list-of-options"))?;
                    if !known(token) {
                        return Err(bad("unknown-option"));
                    }
                    if !chosen.insert(token.to_owned()) {
                        return Err(bad("repeated-option"));
                    }
                }
                Ok(if chosen.is_empty() { Self::Empty } else { Self::Many(chosen) })
            }
            Body::TrueFalse { .. } => match value {
                Value::Bool(truth) => Ok(Self::Truth(*truth)),
                Value::String(word) if word == "true" => Ok(Self::Truth(true)),
                Value::String(word) if word == "false" => Ok(Self::Truth(false)),
                Value::String(word) if word.is_empty() => Ok(Self::Empty),
                _ => Err(bad("true-or-false")),
            },
            Body::Numeric { .. } => {
                let text = match value {
                    Value::Number(number) => number.to_string(),
                    Value::String(text) => text.trim().to_owned(),
                    _ => return Err(bad("a-number")),
                };
                match text.as_str() {
                    "" => Ok(Self::Empty),
                    _ if text.len() <= 60 && decimal(&text).is_some() => Ok(Self::Number(text)),
                    _ => Err(bad("a-number")),
                }
            }
            Body::Short { .. } => {
                let text = value.as_str().ok_or_else(|| bad("text"))?;
                if text.chars().count() > LONGEST || text.contains('\0') {
                    return Err(bad("too-long"));
                }
                Ok(if text.trim().is_empty() { Self::Empty } else { Self::Text(text.to_owned()) })
            }
        }
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
        }
    }
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
