//! Banks in our own format, written so that they read well and read back as the same.

use super::{
    entry::{About, Blank, Body, Choice, Credit, Entry},
    yaml_out::{comment, entry as text, quoted, scalar},
};
use crate::curriculum::question::{Accept, NumericAnswer};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// The largest file of a bank, in bytes; the reader takes a little more.
const LARGEST: usize = 900 * 1024;
/// What a text with gaps asks where nothing else does.
pub(super) const FILL_IN: &str = "Fill in the gaps.";
/// How far the keys of a question stand in.
const KEY: usize = 4;

/// Writes a bank; one that is too large for a file becomes several, named `name-2` and so on. Gives back names and bodies.
#[must_use]
pub fn write(name: &str, title: &str, origin: &str, entries: &[Entry]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in entries {
        let mut one = String::new();
        question(&mut one, entry);
        match files.last_mut().filter(|(_, body)| body.len() + one.len() <= LARGEST) {
            Some((_, body)) => body.push_str(&one),
            None => {
                let part = files.len() + 1;
                let (id, title) = match part {
                    1 => (name.to_owned(), title.to_owned()),
                    _ => (format!("{name}-{part}"), format!("{title} ({part})")),
                };
                let mut body = String::new();
                comment(&mut body, 0, "Imported from", origin);
                let _ = writeln!(body, "id: {}\ntitle: {}\nquestions:", scalar(&id), quoted(&title));
                body.push_str(&one);
                files.push((id, body));
            }
        }
    }
    files
}

/// Writes one question as an item of `questions`.
pub fn question(out: &mut String, entry: &Entry) {
    let _ = writeln!(out, "  - id: {}\n    type: {}", scalar(&entry.id), entry.body.kind());
    let About { title, category, tags } = &entry.about;
    if let Some(title) = title {
        let _ = writeln!(out, "    title: {}", quoted(title));
    }
    for (key, names) in [("category", category), ("tags", tags)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            let _ = writeln!(out, "    {key}: [{}]", names.join(", "));
        }
    }
    if let Some(objective) = &entry.objective {
        let _ = writeln!(out, "    objective: {}", scalar(objective));
    }
    if entry.points != Decimal::ONE {
        let _ = writeln!(out, "    points: {}", entry.points);
    }
    let shuffled = matches!(entry.body, Body::Single(_) | Body::Multi(..) | Body::Match(..));
    if !entry.shuffle && shuffled {
        out.push_str("    shuffle: false\n");
    }
    if let Body::Multi(_, credit) = entry.body {
        let _ = writeln!(out, "    credit: {}", credit.word());
    }
    match &entry.body {
        Body::Cloze(_) => {
            let _ = writeln!(out, "    ask: {FILL_IN}");
            text(out, KEY, "text", &entry.ask);
        }
        _ => text(out, KEY, "ask", &entry.ask),
    }
    body(out, &entry.body);
    if let Some(why) = &entry.why {
        text(out, KEY, "why", why);
    }
}

fn body(out: &mut String, body: &Body) {
    match body {
        Body::Single(options) => choices(out, "options", options, false),
        Body::Multi(options, credit) => choices(out, "options", options, *credit == Credit::Fractions),
        Body::TrueFalse(answer) => drop(writeln!(out, "    answer: {answer}")),
        Body::Numeric(answer, unit) => {
            number(out, KEY, answer);
            if let Some(unit) = unit {
                let _ = writeln!(out, "    unit: {}", quoted(unit));
            }
        }
        Body::Short(accept) => accepts(out, KEY, accept),
        Body::Match(pairs, extra) => {
            out.push_str("    pairs:\n");
            for (left, right) in pairs {
                let _ = writeln!(out, "      - {{left: {}, right: {}}}", quoted(left), quoted(right));
            }
            if !extra.is_empty() {
                list(out, "extra", extra);
            }
        }
        Body::Order(items, exact) => {
            if *exact {
                out.push_str("    credit: exact\n");
            }
            list(out, "items", items);
        }
        Body::Cloze(blanks) => {
            out.push_str("    blanks:\n");
            for (name, blank) in blanks {
                let _ = writeln!(out, "      {}:", scalar(name));
                match blank {
                    Blank::Choices(options) => {
                        out.push_str("        choices:\n");
                        options.iter().for_each(|option| choice(out, 10, None, option, false));
                    }
                    Blank::Accept(accept) => accepts(out, 8, accept),
                    Blank::Number(answer) => number(out, 8, answer),
                }
            }
        }
        Body::FreeText(rubric) => list(out, "rubric", rubric),
    }
}

fn number(out: &mut String, indent: usize, answer: &NumericAnswer) {
    let pad = " ".repeat(indent);
    let _ = match answer {
        NumericAnswer::Exact { value, tolerance } if tolerance.is_zero() => writeln!(out, "{pad}answer: {value}"),
        NumericAnswer::Exact { value, tolerance } => {
            writeln!(out, "{pad}answer: {value}\n{pad}tolerance: {tolerance}")
        }
        NumericAnswer::Range { low, high } => writeln!(out, "{pad}range: [{low}, {high}]"),
    };
}

fn list(out: &mut String, key: &str, items: &[String]) {
    let _ = writeln!(out, "    {key}:");
    for item in items {
        let _ = writeln!(out, "      - {}", quoted(item));
    }
}

fn choices(out: &mut String, key: &str, options: &[Choice], fractions: bool) {
    let _ = writeln!(out, "    {key}:");
    let ids = ('a'..='z').map(Some).chain(std::iter::repeat(None));
    for (option, id) in options.iter().zip(ids) {
        choice(out, 6, id, option, fractions);
    }
}

fn choice(out: &mut String, indent: usize, id: Option<char>, option: &Choice, fractions: bool) {
    out.extend(std::iter::repeat_n(' ', indent));
    out.push_str("- {");
    if let Some(id) = id {
        // `y` and `n` mean something else to some readers of YAML.
        let _ = write!(out, "id: {}, ", scalar(&id.to_string()));
    }
    let _ = write!(out, "text: {}", quoted(&option.text));
    if option.correct {
        out.push_str(", correct: true");
    }
    if let Some(fraction) = option.fraction.filter(|_| fractions) {
        let _ = write!(out, ", fraction: \"{fraction}\"");
    }
    if let Some(why) = &option.why {
        let _ = write!(out, ", why: {}", quoted(why));
    }
    out.push_str("}\n");
}

fn accepts(out: &mut String, indent: usize, accept: &[Accept]) {
    let pad = " ".repeat(indent);
    let _ = writeln!(out, "{pad}accept:");
    for one in accept {
        let _ = match one {
            Accept::Text(text) => writeln!(out, "{pad}  - {}", quoted(text)),
            Accept::Regex(pattern) => writeln!(out, "{pad}  - {{regex: {}}}", quoted(pattern)),
        };
    }
}
