//! Reading a question from its file.

pub(crate) mod about;
pub(crate) mod richer;

use super::{Accept, Body, Choice, Credit, NumericAnswer, Question, pattern};
use crate::{
    base::text::{Slug, Words, folded, nearest},
    curriculum::{
        load::Desk,
        report::Report,
        yaml::{Fields, Value},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The types of question that there are.
pub(crate) const TYPES: [&str; 11] = [
    "single",
    "multi",
    "true_false",
    "true_false_grid",
    "numeric",
    "short",
    "match",
    "order",
    "cloze",
    "sql",
    "free_text",
];
/// The keys of every question.
const COMMON: [&str; 6] = ["id", "type", "objective", "points", "ask", "why"];
/// The most options of a question, and the most answers that a short question accepts.
const MOST_OPTIONS: usize = 26;

impl Question {
    /// Reads one question. A question with an error is left out; its id stays known to the desk.
    pub(crate) fn read(value: Value<'_>, desk: &mut Desk<'_>) -> Option<Self> {
        let Some(kind) = kind(value, desk.report) else {
            if let Some(id) = value.peek("id").and_then(Value::typed) {
                desk.places.put(&[desk.course.as_str(), "question", id], value.place());
            }
            return None;
        };
        let own: &[&str] = match kind {
            "single" => &["shuffle", "options"],
            "multi" => &["shuffle", "options", "credit"],
            "true_false" => &["answer"],
            "numeric" => &["answer", "tolerance", "range", "unit"],
            "short" => &["accept"],
            "true_false_grid" => &["shuffle", "rows"],
            "match" => &["shuffle", "pairs", "extra"],
            "order" => &["items", "credit"],
            "cloze" => &["shuffle", "text", "blanks"],
            "sql" => &["dataset", "starter", "solution", "must_fail", "compare", "require", "forbid"],
            _ => &["rubric", "model"],
        };
        let known: Vec<&str> = COMMON.iter().chain(&about::KEYS).chain(own).copied().collect();
        let fields = value.fields(&known, desk.report)?;
        let id = fields.require("id", desk.report).and_then(|id| id.slug(desk.report));
        if let Some(id) = &id {
            desk.once("question", id.as_str(), &fields);
        }
        let report = &mut *desk.report;
        let before = report.errors();
        about::read_about(&fields, report);
        let objective = fields.get("objective").and_then(|objective| objective.slug(report));
        let points = fields.get("points").and_then(|points| read_points(points, report)).unwrap_or(Decimal::ONE);
        let shuffle = fields.get("shuffle").and_then(|shuffle| shuffle.boolean(report)).unwrap_or(true);
        let ask = match kind {
            // The text with its gaps may say it all.
            "cloze" if fields.get("ask").is_none() => Some(Words::default()),
            _ => fields.require("ask", report).and_then(|ask| ask.words(report)),
        };
        let why = fields.get("why").and_then(|why| why.words(report));
        let body = match kind {
            "single" => {
                let options = fields.require("options", report);
                let options = options.and_then(|options| read_choices(options, Scope::Single, report));
                options.map(|options| Body::Single { options })
            }
            "multi" => read_multi(&fields, report),
            "true_false" => {
                let answer = fields.require("answer", report).and_then(|answer| answer.boolean(report));
                answer.map(|answer| Body::TrueFalse { answer })
            }
            "numeric" => read_numeric(&fields, report),
            "short" => read_short(&fields, report),
            "true_false_grid" => richer::read_grid(&fields, report),
            "match" => richer::read_match(&fields, report),
            "order" => richer::read_order(&fields, report),
            "cloze" => richer::read_cloze(&fields, report),
            "sql" => richer::read_lab(&fields, report),
            _ => richer::read_free_text(&fields, report),
        };
        let body = match body {
            Some(Body::Sql(lab)) => richer::with_data(lab, &fields, desk).map(Body::Sql),
            other => other,
        };
        let report = &*desk.report;
        if report.errors() > before {
            return None;
        }
        Some(Self { id: id?, objective, points, shuffle, ask: ask?, why, body: body? })
    }
}

/// The type, which decides what else may stand there.
fn kind(value: Value<'_>, report: &mut Report) -> Option<&'static str> {
    if !value.is_mapping() {
        value.mismatch("a question: keys with values", report);
        return None;
    }
    let Some(written) = value.peek("type") else {
        report.error(&value.place(), "missing-key", format!("the key `type` is missing; it is one of {}", types()));
        return None;
    };
    let text = written.text(report)?;
    if let Some(kind) = TYPES.iter().find(|kind| **kind == text) {
        return Some(kind);
    }
    let meant = match text.as_str() {
        "choice" | "mcq" | "multiple_choice" | "radio" => Some("single"),
        "multiple" | "checkbox" => Some("multi"),
        "boolean" | "bool" | "tf" => Some("true_false"),
        "number" => Some("numeric"),
        "text" | "keyword" | "shortanswer" => Some("short"),
        "matching" => Some("match"),
        "ordering" | "sort" => Some("order"),
        "grid" | "kprime" => Some("true_false_grid"),
        "gap" | "gapfill" | "fill" => Some("cloze"),
        "essay" | "open" => Some("free_text"),
        "lab" | "query" => Some("sql"),
        _ => nearest(&text, TYPES),
    };
    let message =
        format!("there is no question type `{}` here; the types are {}", super::super::yaml::short(&text), types());
    report.error_near(&written.place(), "unknown-type", message, meant);
    None
}

fn types() -> String {
    super::super::yaml::listed(&TYPES)
}

fn read_points(value: Value<'_>, report: &mut Report) -> Option<Decimal> {
    let points = value.decimal(report)?;
    if points > Decimal::ZERO && points <= Decimal::ONE_THOUSAND {
        return Some(points);
    }
    report.error(&value.place(), "bad-points", "points must be more than 0 and at most 1,000");
    None
}

fn read_multi(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let credits = [
        ("net_correct", Credit::NetCorrect),
        ("all_or_nothing", Credit::AllOrNothing),
        ("each_option", Credit::EachOption),
        ("fractions", Credit::Fractions),
    ];
    let credit = match fields.get("credit") {
        Some(credit) => credit.choice(&credits, report),
        None => Some(Credit::NetCorrect),
    };
    let scope = if credit == Some(Credit::Fractions) { Scope::Fractions } else { Scope::Multi };
    let options = read_choices(fields.require("options", report)?, scope, report)?;
    Some(Body::Multi { options, credit: credit? })
}

/// Where options stand, which says what may stand in them and how many are right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Single,
    Multi,
    Fractions,
    Grid,
    Blank,
}

impl Scope {
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Single | Self::Multi | Self::Blank => &["id", "text", "correct", "why"],
            Self::Fractions => &["id", "text", "correct", "fraction", "why"],
            Self::Grid => &["id", "text", "answer", "why"],
        }
    }
}

fn read_choices(list: Value<'_>, scope: Scope, report: &mut Report) -> Option<Vec<Choice>> {
    let items = list.items(report)?;
    if items.len() < 2 || items.len() > MOST_OPTIONS {
        let message = format!("a question has 2 to {MOST_OPTIONS} options; here are {}", items.len());
        report.error(&list.place(), "bad-options", message);
        return None;
    }
    let before = report.errors();
    let mut options: Vec<Choice> = Vec::new();
    let mut texts: BTreeMap<String, Slug> = BTreeMap::new();
    for (item, letter) in items.into_iter().zip('a'..='z') {
        let Some(choice) = read_choice(item, letter, scope, report) else { continue };
        if options.iter().any(|other| other.id == choice.id) {
            let message = format!("the option `{}` is here twice", choice.id);
            report.error(&item.place(), "duplicate-id", message);
        }
        let text = folded(choice.text.get(crate::base::text::Language::En));
        if let Some(other) = texts.insert(text, choice.id.clone()) {
            let message = format!("the options `{other}` and `{}` say the same", choice.id);
            report.error(&item.place(), "duplicate-option", message);
        }
        options.push(choice);
    }
    if report.errors() > before {
        return None;
    }
    match options.iter().filter(|option| option.correct).count() {
        0 if scope == Scope::Grid => {}
        0 => report.error(&list.place(), "no-correct-option", "no option is marked `correct: true`"),
        1 => {}
        n if scope == Scope::Single => {
            let message = format!("exactly one option of a `single` question is correct; here are {n}");
            report.error_near(&list.place(), "several-correct-options", message, Some("type: multi"));
        }
        n if scope == Scope::Blank => {
            let message = format!("exactly one choice of a gap is correct; here are {n}");
            report.error(&list.place(), "several-correct-options", message);
        }
        _ => {}
    }
    (report.errors() == before).then_some(options)
}

fn read_choice(item: Value<'_>, letter: char, scope: Scope, report: &mut Report) -> Option<Choice> {
    let place = letter.to_string().parse().ok();
    if scope == Scope::Blank && item.peek("text").is_none() {
        // A choice of a gap may be no more than its text.
        return Some(Choice { id: place?, correct: false, text: item.words(report)?, why: None, fraction: None });
    }
    let fields = item.fields(scope.keys(), report)?;
    let id = match fields.get("id") {
        Some(id) => id.slug(report),
        None => place,
    };
    let fraction = match fields.get("fraction") {
        Some(fraction) => Some(read_fraction(fraction, report)?),
        None => None,
    };
    let correct = match (scope, fields.get("correct")) {
        (Scope::Grid, _) => fields.require("answer", report).and_then(|answer| answer.boolean(report)),
        (_, Some(correct)) => correct.boolean(report),
        (_, None) => Some(fraction.is_some_and(|fraction| fraction > Decimal::ZERO)),
    };
    let text = fields.require("text", report).and_then(|text| text.words(report));
    let why = fields.get("why").and_then(|why| why.words(report));
    Some(Choice { id: id?, correct: correct?, text: text?, why, fraction })
}

/// A part of the whole in percent, -100 to 100, with or without the sign.
fn read_fraction(value: Value<'_>, report: &mut Report) -> Option<Decimal> {
    let text = value.text(report)?;
    let number = text.trim_end_matches('%').trim().parse::<Decimal>().ok();
    let fraction = number.filter(|number| number.abs() <= Decimal::ONE_HUNDRED);
    if fraction.is_none() {
        report.error(&value.place(), "bad-number", "a fraction is a number of percent from -100 to 100");
    }
    fraction
}

fn read_numeric(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let unit = fields.get("unit").and_then(|unit| unit.text(report));
    Some(Body::Numeric { answer: read_number(fields, report)?, unit })
}

/// `answer` with or without `tolerance`, or `range`.
fn read_number(fields: &Fields<'_>, report: &mut Report) -> Option<NumericAnswer> {
    match (fields.get("answer"), fields.get("range")) {
        (Some(_), Some(range)) => {
            report.error(
                &range.place(),
                "overlapping-answers",
                "give either `answer` or `range`: both say what is right",
            );
            None
        }
        (None, None) => {
            let message = "a numeric question needs `answer`, or `range: [low, high]`";
            report.error(&fields.place(), "missing-key", message);
            None
        }
        (Some(answer), None) => {
            let value = answer.decimal(report);
            let tolerance = match fields.get("tolerance") {
                Some(tolerance) => read_tolerance(tolerance, report),
                None => Some(Decimal::ZERO),
            };
            value.zip(tolerance).map(|(value, tolerance)| NumericAnswer::Exact { value, tolerance })
        }
        (None, Some(range)) => {
            if let Some(tolerance) = fields.get("tolerance") {
                report.error(
                    &tolerance.place(),
                    "overlapping-answers",
                    "a `range` has no `tolerance`; widen the range",
                );
            }
            read_range(range, report)
        }
    }
}

fn read_tolerance(value: Value<'_>, report: &mut Report) -> Option<Decimal> {
    let tolerance = value.decimal(report)?;
    if tolerance >= Decimal::ZERO {
        return Some(tolerance);
    }
    report.error(&value.place(), "bad-number", "a tolerance is never negative");
    None
}

fn read_range(value: Value<'_>, report: &mut Report) -> Option<NumericAnswer> {
    let items = value.items(report)?;
    let [low, high] = items.as_slice() else {
        report.error(&value.place(), "bad-range", "a range is two numbers: `[low, high]`");
        return None;
    };
    let (low, high) = (low.decimal(report), high.decimal(report));
    let (low, high) = (low?, high?);
    if low > high {
        report.error_near(
            &value.place(),
            "bad-range",
            "the range is empty: low is above high",
            Some(&format!("[{high}, {low}]")),
        );
        return None;
    }
    Some(NumericAnswer::Range { low, high })
}

fn read_short(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let accept = read_accepts(fields.require("accept", report)?, report)?;
    Some(Body::Short { accept })
}

/// Reads a list of accepted answers: texts, or `{regex: …}`.
pub(crate) fn read_accepts(value: Value<'_>, report: &mut Report) -> Option<Vec<Accept>> {
    let items = value.items(report)?;
    if items.is_empty() || items.len() > MOST_OPTIONS {
        let message = format!("a short question accepts 1 to {MOST_OPTIONS} answers; here are {}", items.len());
        report.error(&value.place(), "bad-options", message);
        return None;
    }
    let before = report.errors();
    let accepts = items.into_iter().filter_map(|item| read_accept(item, report)).collect();
    (report.errors() == before).then_some(accepts)
}

fn read_accept(item: Value<'_>, report: &mut Report) -> Option<Accept> {
    if !item.is_mapping() {
        let text = item.text(report)?;
        if folded(&text).is_empty() {
            report.error(
                &item.place(),
                "empty-text",
                "nothing is left of this answer when case and accents are ignored",
            );
            return None;
        }
        return Some(Accept::Text(text));
    }
    let fields = item.fields(&["regex"], report)?;
    let value = fields.require("regex", report)?;
    let text = value.text(report)?;
    match pattern(&text) {
        Err(message) => report.error(&value.place(), "bad-regex", format!("bad pattern: {message}")),
        Ok(regex) if regex.is_match("") => {
            let message =
                "this pattern accepts an empty answer; anchor it with ^ and $ and ask for at least one character";
            report.error(&value.place(), "regex-accepts-nothing", message);
        }
        Ok(regex) => {
            if regex.is_match("zq zq zq") && regex.is_match("7 # 7") {
                report.error(&value.place(), "regex-accepts-all", "this pattern accepts any answer");
                return None;
            }
            return Some(Accept::Regex(text));
        }
    }
    None
}
