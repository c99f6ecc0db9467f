//! Reading what a node should be: each method reports what is wrong, at its place, and goes on.

use super::{Data, Node, is_marked};
use crate::{
    base::{
        span::Span,
        text::{Language, Words, nearest},
    },
    curriculum::report::{Place, Report},
};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, fmt::Display, ops::RangeInclusive, str::FromStr};

/// The longest text, in bytes.
const LONGEST: usize = 64 * 1024;
/// The longest length of time: a hundred years, in seconds.
const LONGEST_SPAN: i64 = 100 * 366 * 86_400;

/// A node together with the name of its file.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    file: &'a str,
    node: &'a Node,
}

impl<'a> Value<'a> {
    /// The top of a parsed file.
    #[must_use]
    pub fn top(file: &'a str, node: &'a Node) -> Self {
        Self { file, node }
    }

    /// Where the value begins.
    #[must_use]
    pub fn place(self) -> Place {
        Place { file: self.file.to_owned(), line: self.node.line, column: self.node.column }
    }

    /// Whether this is a mapping.
    #[must_use]
    pub fn is_mapping(self) -> bool {
        matches!(self.node.data, Data::Mapping(_))
    }

    /// Whether this is a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self.node.data, Data::List(_))
    }

    /// The value of one key of a mapping, without any check.
    #[must_use]
    pub fn peek(self, key: &str) -> Option<Value<'a>> {
        let Data::Mapping(entries) = &self.node.data else { return None };
        let found = entries.iter().find(|(name, _)| matches!(&name.data, Data::Text(text) if text == key));
        found.map(|(_, node)| Value { file: self.file, node })
    }

    /// A mapping with some of the `known` keys; every other key is an error, with a suggestion.
    pub fn fields(self, known: &[&str], report: &mut Report) -> Option<Fields<'a>> {
        let mut fields = Fields { at: self, values: BTreeMap::new() };
        for (key, place, value) in self.entries(report)? {
            if known.contains(&key) {
                fields.values.insert(key, value);
            } else {
                let free = known.iter().copied().filter(|known| !fields.values.contains_key(known));
                let message = format!("there is no key `{key}` here; the keys are {}", listed(known));
                report.error_near(&place, "unknown-key", message, nearest(key, free));
            }
        }
        Some(fields)
    }

    /// A mapping with keys of the author's own, in the file's order, each with its place.
    pub fn entries(self, report: &mut Report) -> Option<Vec<(&'a str, Place, Value<'a>)>> {
        let Data::Mapping(entries) = &self.node.data else {
            self.mismatch("keys with values", report);
            return None;
        };
        let mut found = Vec::new();
        for (key, value) in entries {
            let place = Place { file: self.file.to_owned(), line: key.line, column: key.column };
            match &key.data {
                Data::Text(text) | Data::Number(text) if !is_marked(text) => {
                    found.push((text.as_str(), place, Value { file: self.file, node: value }));
                }
                Data::Text(_) => {}
                _ => report.error(&place, "bad-key", "a key must be a word; put it in quotes if it is one"),
            }
        }
        Some(found)
    }

    /// A list.
    pub fn items(self, report: &mut Report) -> Option<Vec<Value<'a>>> {
        if let Data::List(items) = &self.node.data {
            return Some(items.iter().map(|node| Value { file: self.file, node }).collect());
        }
        self.mismatch("a list", report);
        None
    }

    /// A list whose items are all read with `read`; those that fail are left out, and reported.
    pub fn list<T>(self, report: &mut Report, read: impl Fn(Value<'a>, &mut Report) -> Option<T>) -> Vec<T> {
        let items = self.items(report).unwrap_or_default();
        items.into_iter().filter_map(|item| read(item, report)).collect()
    }

    /// What was typed, of a text, a number or a truth value.
    #[must_use]
    pub fn typed(self) -> Option<&'a str> {
        match &self.node.data {
            Data::Text(text) | Data::Number(text) => Some(text),
            Data::Boolean(true) => Some("true"),
            Data::Boolean(false) => Some("false"),
            _ => None,
        }
    }

    /// A text that is not blank, without white space at its ends.
    pub fn text(self, report: &mut Report) -> Option<String> {
        let Some(text) = self.typed() else {
            self.mismatch("a text", report);
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            report.error(&self.place(), "empty-text", "this text is empty");
        } else if text.len() > LONGEST {
            report.error(&self.place(), "too-large", format!("a text may have at most {} KiB", LONGEST / 1024));
        } else if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let message = format!("this text holds the control character U+{:04X}", u32::from(control));
            report.error(&self.place(), "bad-text", message);
        } else {
            return Some(text.to_owned());
        }
        None
    }

    /// A text that is a `T`: a slug, an e-mail address. The type's own error says what is wrong.
    pub fn parse<T: FromStr<Err: Display>>(self, code: &'static str, report: &mut Report) -> Option<T> {
        let text = self.text(report)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                report.error(&self.place(), code, format!("`{}` is {error}", short(&text)));
                None
            }
        }
    }

    /// A slug; where the text is not one, the nearest slug is suggested.
    pub fn slug(self, report: &mut Report) -> Option<crate::base::text::Slug> {
        let text = self.text(report)?;
        if let Ok(slug) = text.parse() {
            return Some(slug);
        }
        let words = crate::base::text::folded(&text);
        let words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let near = words.join("-");
        let near = Some(near.as_str()).filter(|near| near.parse::<crate::base::text::Slug>().is_ok());
        let message = format!(
            "`{}` is not a name: use lower-case letters, digits and hyphens, a letter or digit first",
            short(&text)
        );
        report.error_near(&self.place(), "bad-slug", message, near);
        None
    }

    /// An e-mail address.
    pub fn email(self, report: &mut Report) -> Option<crate::base::text::Email> {
        self.parse("bad-email", report)
    }

    /// A length of time, at most a hundred years.
    pub fn span(self, report: &mut Report) -> Option<Span> {
        let text = self.text(report)?;
        match text.parse::<Span>() {
            Ok(span) if span.approximate_seconds() <= LONGEST_SPAN => return Some(span),
            Ok(_) => report.error(&self.place(), "bad-span", "a length of time may be at most a hundred years"),
            Err(error) => {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                let near = digits.then(|| format!("{text}m"));
                report.error_near(&self.place(), "bad-span", format!("`{}` is {error}", short(&text)), near.as_deref());
            }
        }
        None
    }

    /// A length of time longer than zero.
    pub fn positive_span(self, report: &mut Report) -> Option<Span> {
        let span = self.span(report)?;
        if span.approximate_seconds() > 0 {
            return Some(span);
        }
        report.error(&self.place(), "bad-span", "this length of time must be longer than zero");
        None
    }

    /// An exact decimal number, in its shortest form.
    pub fn decimal(self, report: &mut Report) -> Option<Decimal> {
        let text = self.text(report)?;
        let number = decimal(&text);
        if number.is_none() {
            let near = Some(text.replace(',', ".")).filter(|near| *near != text && decimal(near).is_some());
            let message = format!("`{}` is not a number: write digits with a point, at most 28 of them", short(&text));
            report.error_near(&self.place(), "bad-number", message, near.as_deref());
        }
        number
    }

    /// A share: a percentage (`80%`) or a number from 0 to 1.
    pub fn share(self, report: &mut Report) -> Option<Decimal> {
        let text = self.text(report)?;
        let share = match text.strip_suffix('%') {
            Some(percent) => decimal(percent.trim_end()).and_then(|n| n.checked_div(Decimal::ONE_HUNDRED)),
            None => decimal(&text),
        };
        let share = share.map(|share| share.normalize());
        if let Some(share) = share.filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share)) {
            return Some(share);
        }
        let hundred = share.filter(|n| *n > Decimal::ONE && *n <= Decimal::ONE_HUNDRED && !text.ends_with('%'));
        let near = hundred.map(|_| format!("{text}%"));
        let message =
            format!("`{}` is not a share: write a percentage like 80%, or a number from 0 to 1", short(&text));
        report.error_near(&self.place(), "bad-share", message, near.as_deref());
        None
    }

    /// `true` or `false`.
    pub fn boolean(self, report: &mut Report) -> Option<bool> {
        if let Data::Boolean(value) = self.node.data {
            return Some(value);
        }
        let near = match self.typed().map(str::to_lowercase).as_deref() {
            Some("yes" | "on" | "true") => Some("true"),
            Some("no" | "off" | "false") => Some("false"),
            _ => None,
        };
        let message = format!("expected true or false, found {}", self.found());
        report.error_near(&self.place(), "bad-type", message, near);
        None
    }

    /// A whole number within bounds.
    pub fn whole(self, bounds: RangeInclusive<i64>, report: &mut Report) -> Option<i64> {
        let number = match &self.node.data {
            Data::Number(text) | Data::Text(text) => text.trim().parse::<i64>().ok(),
            _ => None,
        };
        if let Some(number) = number.filter(|number| bounds.contains(number)) {
            return Some(number);
        }
        let message = match bounds.end() {
            &i64::MAX => format!("expected a whole number from {} on, found {}", bounds.start(), self.found()),
            end => format!("expected a whole number from {} to {end}, found {}", bounds.start(), self.found()),
        };
        report.error(&self.place(), "bad-number", message);
        None
    }

    /// One of a few words.
    pub fn choice<T: Copy>(self, choices: &[(&str, T)], report: &mut Report) -> Option<T> {
        let text = self.text(report)?;
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let folded = text.to_lowercase().replace('-', "_");
        let near = words
            .iter()
            .copied()
            .find(|word| word.eq_ignore_ascii_case(&text))
            .or_else(|| nearest(&folded, words.iter().copied()));
        let message = format!("`{}` is none of the choices here: {}", short(&text), listed(&words));
        report.error_near(&self.place(), "bad-choice", message, near);
        None
    }

    /// A text in English, or a mapping from languages to texts with English among them.
    pub fn words(self, report: &mut Report) -> Option<Words> {
        if !self.is_mapping() {
            return self.text(report).map(Words::english);
        }
        let mut words = Words::default();
        let tags: Vec<&str> = Language::ALL.into_iter().map(Language::tag).collect();
        let fields = self.fields(&tags, report)?;
        for language in Language::ALL {
            if let Some(text) = fields.get(language.tag()).and_then(|value| value.text(report)) {
                words.set(language, text);
            }
        }
        fields.require("en", report)?;
        words.has(Language::En).then_some(words)
    }

    /// Reports that something else was expected.
    pub fn mismatch(self, expected: &str, report: &mut Report) {
        let message = match &self.node.data {
            Data::Null(typed) if !typed.is_empty() => {
                format!("expected {expected}, found `{typed}`, which means nothing in YAML; for the word, use quotes")
            }
            _ => format!("expected {expected}, found {}", self.found()),
        };
        report.error(&self.place(), "bad-type", message);
    }

    fn found(self) -> String {
        match &self.node.data {
            Data::Null(_) => "nothing".to_owned(),
            Data::Boolean(value) => format!("`{value}`"),
            Data::Number(text) => format!("the number {}", short(text)),
            Data::Text(text) => format!("the text `{}`", short(text)),
            Data::List(_) => "a list".to_owned(),
            Data::Mapping(_) => "keys with values".to_owned(),
            Data::Tagged => "a value with a tag (`!`)".to_owned(),
        }
    }
}

/// A mapping's values by key.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    at: Value<'a>,
    values: BTreeMap<&'a str, Value<'a>>,
}

impl<'a> Fields<'a> {
    /// Where the mapping begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.at.place()
    }

    /// The values by key.
    #[must_use]
    pub fn values(&self) -> &BTreeMap<&'a str, Value<'a>> {
        &self.values
    }

    /// The value of a key that may be missing.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value<'a>> {
        self.values.get(key).copied()
    }

    /// The value of a key that must be there.
    pub fn require(&self, key: &str, report: &mut Report) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            report.error(&self.place(), "missing-key", format!("the key `{key}` is missing"));
        }
        value
    }
}

/// A number with at most 28 digits; scientific notation is read too.
fn decimal(text: &str) -> Option<Decimal> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    if !plain || text.len() > 40 {
        return None;
    }
    let number = if text.contains(['e', 'E']) { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
    number.ok().map(|number| number.normalize())
}

/// The beginning of a text, for a message.
pub(crate) fn short(text: &str) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if text.chars().nth(40).is_some() {
        line.push('…');
    }
    line
}

/// Words joined by commas, each in backticks.
pub(crate) fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
