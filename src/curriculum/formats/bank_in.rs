//! Banks in our own format, read for export: every question of a type that can be written elsewhere, in English.

use super::{
    bank_out::FILL_IN,
    entry::{Blank, Body, Choice, Credit, Entry},
};
use crate::{
    base::text::Language,
    curriculum::{
        question::{
            NumericAnswer,
            read::{about, read_accepts},
        },
        report::Report,
        yaml::{self, Fields, Value},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The keys of every question.
const COMMON: [&str; 7] = ["id", "type", "objective", "points", "ask", "why", "shuffle"];

/// A question of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Where it begins, from 1.
    pub line: usize,
    /// The question.
    pub entry: Entry,
    /// What of it is said in no other format.
    pub lost: Vec<String>,
}

/// A question of a bank, or what it is that cannot be written elsewhere: its line, id and type.
pub type Item = Result<Read, (usize, String, String)>;

/// Reads a bank; what is wrong goes to the report.
pub fn read(file: &str, text: &str, report: &mut Report) -> Vec<Item> {
    let Some(node) = yaml::parse(file, text, 1, report) else { return Vec::new() };
    let Some(fields) = Value::top(file, &node).fields(&["id", "title", "questions"], report) else { return Vec::new() };
    let items = fields.require("questions", report).and_then(|list| list.items(report)).unwrap_or_default();
    items.into_iter().filter_map(|item| question(item, report)).collect()
}

fn question(value: Value<'_>, report: &mut Report) -> Option<Item> {
    let word = |key: &str| value.peek(key).and_then(Value::typed).unwrap_or("").to_owned();
    let kind = word("type");
    let own: &[&str] = match kind.as_str() {
        "single" => &["options"],
        "multi" => &["options", "credit"],
        "true_false" => &["answer"],
        "numeric" => &["answer", "tolerance", "range", "unit"],
        "short" => &["accept"],
        "match" => &["pairs", "extra"],
        "order" => &["items", "credit"],
        "cloze" => &["text", "blanks"],
        "free_text" => &["rubric", "model"],
        _ => return Some(Err((value.place().line, word("id"), kind))),
    };
    let known: Vec<&str> = COMMON.iter().chain(&about::KEYS).chain(own).copied().collect();
    let fields = value.fields(&known, report)?;
    let before = report.errors();
    let text = |key: &str, report: &mut Report| fields.get(key).and_then(|value| english(value, report));
    let about = about::read_about(&fields, report);
    let points = fields.get("points").and_then(|points| points.decimal(report)).unwrap_or(Decimal::ONE);
    let shuffle = fields.get("shuffle").and_then(|shuffle| shuffle.boolean(report)).unwrap_or(true);
    let body = match kind.as_str() {
        "single" => Body::Single(options(fields.require("options", report)?, report)?),
        "multi" => {
            let credit = match fields.get("credit") {
                Some(credit) => credit.choice(&Credit::ALL, report)?,
                None => Credit::NetCorrect,
            };
            Body::Multi(options(fields.require("options", report)?, report)?, credit)
        }
        "true_false" => Body::TrueFalse(fields.require("answer", report)?.boolean(report)?),
        "numeric" => {
            let unit = text("unit", report);
            let answer = number(&fields, report)?;
            Body::Numeric(answer, unit)
        }
        "short" => Body::Short(read_accepts(fields.require("accept", report)?, report)?),
        "match" => {
            let extra = fields.get("extra").map(|extra| extra.list(report, english)).unwrap_or_default();
            Body::Match(pairs(fields.require("pairs", report)?, report)?, extra)
        }
        "order" => {
            let exact = fields.get("credit").is_some_and(|credit| credit.typed() == Some("exact"));
            Body::Order(fields.require("items", report)?.list(report, line), exact)
        }
        "cloze" => Body::Cloze(blanks(fields.require("blanks", report)?, report)?),
        _ => Body::FreeText(fields.get("rubric").map(|rubric| rubric.list(report, line)).unwrap_or_default()),
    };
    let ask = text(if kind == "cloze" { "text" } else { "ask" }, report);
    let (objective, why) = (text("objective", report), text("why", report));
    if report.errors() > before {
        return None;
    }
    let id = fields.require("id", report)?.text(report)?;
    let entry = Entry { id, objective, points, shuffle, ask: ask?, why, body, about };
    Some(Ok(Read { line: value.place().line, entry, lost: lost(value, &fields, &kind) }))
}

/// What is read here and said nowhere else.
fn lost(value: Value<'_>, fields: &Fields<'_>, kind: &str) -> Vec<String> {
    let mut lost = Vec::new();
    let mut languages = BTreeSet::new();
    translated(value, &mut languages);
    for language in languages {
        lost.push(format!("its texts in `{language}` stay behind: other programs have one language"));
    }
    if fields.get("model").is_some() {
        lost.push("its model answer stays behind".to_owned());
    }
    let asks = fields.get("ask").and_then(Value::typed).is_some_and(|ask| ask.trim() != FILL_IN);
    if kind == "cloze" && asks {
        lost.push("what it asks above its text stays behind".to_owned());
    }
    let silent = &mut Report::new();
    let inside =
        |key: &str, silent: &mut Report| fields.get(key).and_then(|list| list.items(silent)).unwrap_or_default();
    if inside("rubric", silent).iter().any(|line| line.peek("points").is_some()) {
        lost.push("the points of its rubric stay behind".to_owned());
    }
    if inside("pairs", silent).iter().any(|pair| pair.peek("why").is_some()) {
        lost.push("what is said to its pairs stays behind".to_owned());
    }
    let blanks = fields.get("blanks").and_then(|blanks| blanks.entries(silent)).unwrap_or_default();
    let said = |blank: Value<'_>| {
        let choices = blank.peek("choices").and_then(|list| list.items(&mut Report::new())).unwrap_or_default();
        blank.peek("why").is_some() || choices.iter().any(|choice| choice.peek("why").is_some())
    };
    if blanks.into_iter().any(|(_, _, blank)| said(blank)) {
        lost.push("what is said to its gaps stays behind".to_owned());
    }
    lost
}

/// The languages besides English in which a text of this question stands.
fn translated(value: Value<'_>, found: &mut BTreeSet<&'static str>) {
    let silent = &mut Report::new();
    if value.peek("en").is_some() {
        let others = Language::ALL.into_iter().filter(|language| *language != Language::En).map(Language::tag);
        found.extend(others.filter(|tag| value.peek(tag).is_some()));
    } else if value.is_mapping() {
        value.entries(silent).unwrap_or_default().into_iter().for_each(|(_, _, inner)| translated(inner, found));
    } else if value.is_list() {
        value.items(silent).unwrap_or_default().into_iter().for_each(|inner| translated(inner, found));
    }
}

/// `answer` with or without `tolerance`, or `range`.
fn number(fields: &Fields<'_>, report: &mut Report) -> Option<NumericAnswer> {
    if let Some(range) = fields.get("range") {
        let ends = range.list(report, Value::decimal);
        return Some(NumericAnswer::Range { low: *ends.first()?, high: *ends.get(1)? });
    }
    let value = fields.require("answer", report)?.decimal(report)?;
    let tolerance = fields.get("tolerance").and_then(|off| off.decimal(report)).unwrap_or_default();
    Some(NumericAnswer::Exact { value, tolerance })
}

/// The English of a text, its line ends of one kind.
fn english(value: Value<'_>, report: &mut Report) -> Option<String> {
    let value = value.peek("en").unwrap_or(value);
    value.text(report).map(|text| text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A line of a rubric or an order, which may say more than its text.
fn line(value: Value<'_>, report: &mut Report) -> Option<String> {
    english(value.peek("text").unwrap_or(value), report)
}

fn options(list: Value<'_>, report: &mut Report) -> Option<Vec<Choice>> {
    let items = list.items(report)?;
    items.into_iter().map(|item| choice(item, report)).collect()
}

fn choice(item: Value<'_>, report: &mut Report) -> Option<Choice> {
    if !item.is_mapping() {
        return Some(Choice { text: english(item, report)?, correct: false, fraction: None, why: None });
    }
    let fields = item.fields(&["id", "text", "correct", "fraction", "why"], report)?;
    let fraction = fields.get("fraction").and_then(Value::typed).map(|text| text.trim_end_matches('%').trim());
    let fraction = fraction.and_then(super::neutral::number).map(|(fraction, _)| fraction);
    let correct = fields.get("correct").and_then(|correct| correct.boolean(report));
    let correct = correct.unwrap_or(fraction.is_some_and(|fraction| fraction > Decimal::ZERO));
    let why = fields.get("why").and_then(|why| english(why, report));
    Some(Choice { text: english(fields.require("text", report)?, report)?, correct, fraction, why })
}

fn pairs(value: Value<'_>, report: &mut Report) -> Option<Vec<(String, String)>> {
    if value.is_mapping() {
        let entries = value.entries(report)?;
        return entries.into_iter().map(|(left, _, right)| Some((left.to_owned(), english(right, report)?))).collect();
    }
    let items = value.items(report)?;
    let pair = |item: Value<'_>| {
        let fields = item.fields(&["id", "left", "right", "why"], report)?;
        let left = english(fields.require("left", report)?, report)?;
        Some((left, english(fields.require("right", report)?, report)?))
    };
    items.into_iter().map(pair).collect()
}

fn blanks(value: Value<'_>, report: &mut Report) -> Option<Vec<(String, Blank)>> {
    let mut blanks = Vec::new();
    for (name, _, value) in value.entries(report)? {
        let fields = value.fields(&["choices", "accept", "answer", "tolerance", "range", "why"], report)?;
        let blank = if let Some(list) = fields.get("choices") {
            Blank::Choices(options(list, report)?)
        } else if let Some(list) = fields.get("accept") {
            Blank::Accept(read_accepts(list, report)?)
        } else {
            Blank::Number(number(&fields, report)?)
        };
        blanks.push((name.to_owned(), blank));
    }
    Some(blanks)
}
