//! Our questions as Moodle XML.

use super::{cloze, files::Files};
use crate::curriculum::{
    formats::{
        entry::{Blank, Body, Choice, Credit, Entry, Lost, text_of},
        gift::percents,
        neutral::{Piece, category_path},
        pictures::Pictures,
    },
    question::{Accept, NumericAnswer},
};
use quick_xml::escape::escape;
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Writes what Moodle XML can say, with the pictures of the bank. The second part tells what was lost.
#[must_use]
pub fn write(entries: &[Entry], pictures: &Pictures) -> (String, Lost) {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    let mut told = Vec::new();
    let mut category: &[String] = &[];
    for entry in entries {
        let mut tell = |what: Result<String, String>| told.push((entry.id.clone(), what));
        let mut files = Files::new(pictures);
        let mut inner = String::new();
        let kind = match body(entry, &mut files, &mut inner) {
            Ok(kind) => kind,
            Err(why) => {
                tell(Err(why));
                continue;
            }
        };
        if entry.about.category != category {
            category = &entry.about.category;
            let path = category_path(category).unwrap_or_else(|joined| {
                tell(Ok(format!("Moodle cannot name its category; it is called `{joined}` there")));
                format!("$course$/top/{joined}")
            });
            let path = escape(path.as_str());
            let _ = writeln!(out, "  <question type=\"category\"><category><text>{path}</text></category></question>");
        }
        question(&mut out, entry, kind, &inner, &mut files);
        if matches!(&entry.body, Body::Cloze(_)) && entry.points != Decimal::ONE {
            tell(Ok("Moodle counts a point for each gap; its points are lost".to_owned()));
        }
        for address in &files.missing {
            tell(Ok(format!("the picture `{address}` cannot be read; its description stands in its place")));
        }
    }
    out.push_str("</quiz>\n");
    (out, told)
}

fn question(out: &mut String, entry: &Entry, kind: &str, inner: &str, files: &mut Files<'_>) {
    let title = entry.about.title.as_ref().unwrap_or(&entry.id);
    let _ = writeln!(out, "  <question type=\"{kind}\">\n    <name><text>{}</text></name>", escape(title.as_str()));
    let _ = writeln!(out, "    <idnumber>{}</idnumber>", escape(entry.id.as_str()));
    let (mut ask, shown) = files.take(&entry.ask);
    if let Body::Cloze(blanks) = &entry.body {
        ask = gaps(&ask, blanks);
    }
    element(out, "questiontext", &ask, &shown);
    if let Some(why) = &entry.why {
        marked(out, "generalfeedback", why, files);
    }
    if !matches!(entry.body, Body::Cloze(_)) {
        let _ = writeln!(out, "    <defaultgrade>{}</defaultgrade>", entry.points);
    }
    let _ = writeln!(out, "    <shuffleanswers>{}</shuffleanswers>", u8::from(entry.shuffle));
    let objective = entry.objective.as_ref().map(|objective| format!("objective:{objective}"));
    let tags = objective.iter().chain(&entry.about.tags);
    let tags: String = tags.map(|tag| format!("<tag><text>{}</text></tag>", escape(tag.as_str()))).collect();
    if !tags.is_empty() {
        let _ = writeln!(out, "    <tags>{tags}</tags>");
    }
    out.push_str(inner);
    out.push_str("  </question>\n");
}

/// An element with a text in Markdown, and the pictures that it shows.
fn marked(out: &mut String, name: &str, text: &str, files: &mut Files<'_>) {
    let (text, shown) = files.take(text);
    element(out, name, &text, &shown);
}

fn element(out: &mut String, name: &str, text: &str, shown: &str) {
    let _ = writeln!(out, "    <{name} format=\"markdown\"><text>{}</text>{shown}</{name}>", data(text));
}

/// A text as CDATA, whatever stands in it.
fn data(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

/// An answer in Markdown.
fn answer(out: &mut String, percent: Decimal, text: &str, why: Option<&String>, files: &mut Files<'_>) {
    let (text, shown) = files.take(text);
    let text = data(&text);
    let _ = write!(out, "    <answer fraction=\"{percent}\" format=\"markdown\"><text>{text}</text>{shown}");
    if let Some(why) = why {
        let (why, shown) = files.take(why);
        let _ = write!(out, "<feedback format=\"markdown\"><text>{}</text>{shown}</feedback>", data(&why));
    }
    out.push_str("</answer>\n");
}

/// An answer that is no Markdown: a word to type, or true or false.
fn plain(out: &mut String, percent: Decimal, text: &str) {
    let text = data(text);
    let _ = writeln!(out, "    <answer fraction=\"{percent}\" format=\"plain_text\"><text>{text}</text></answer>");
}

/// Writes what is answered; gives back the type.
fn body(entry: &Entry, files: &mut Files<'_>, out: &mut String) -> Result<&'static str, String> {
    match &entry.body {
        Body::Single(options) => {
            out.push_str("    <single>true</single>\n");
            for option in options {
                let percent = if option.correct { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
                answer(out, percent, &option.text, option.why.as_ref(), files);
            }
            Ok("multichoice")
        }
        Body::Multi(options, credit) => {
            out.push_str("    <single>false</single>\n");
            let all = *credit == Credit::AllOrNothing;
            let worth = |option: &Choice| if option.correct { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
            let percents = if all { options.iter().map(worth).collect() } else { percents(options, *credit)? };
            for (option, percent) in options.iter().zip(percents) {
                answer(out, percent, &option.text, option.why.as_ref(), files);
            }
            Ok(if all { "multichoiceset" } else { "multichoice" })
        }
        Body::TrueFalse(right) => {
            for side in [true, false] {
                let percent = if side == *right { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
                plain(out, percent, if side { "true" } else { "false" });
            }
            Ok("truefalse")
        }
        Body::Numeric(number, unit) => {
            let (value, off) = match number {
                NumericAnswer::Exact { value, tolerance } => (*value, *tolerance),
                NumericAnswer::Range { .. } => {
                    return Err("Moodle XML has no ranges, only a value and a tolerance".into());
                }
            };
            let _ = writeln!(
                out,
                "    <answer fraction=\"100\" format=\"plain_text\"><text>{value}</text><tolerance>{off}</tolerance></answer>"
            );
            if let Some(unit) = unit {
                let unit = escape(unit.as_str());
                let _ = writeln!(
                    out,
                    "    <units><unit><multiplier>1</multiplier><unit_name>{unit}</unit_name></unit></units>"
                );
            }
            Ok("numerical")
        }
        Body::Short(accept) => {
            let (texts, case) = typed(accept)?;
            let _ = writeln!(out, "    <usecase>{}</usecase>", u8::from(case));
            texts.iter().for_each(|text| plain(out, Decimal::ONE_HUNDRED, text));
            Ok("shortanswer")
        }
        Body::Match(pairs, extra) => {
            let empty = String::new();
            for (left, right) in
                pairs.iter().map(|(left, right)| (left, right)).chain(extra.iter().map(|e| (&empty, e)))
            {
                let ((left, shown), (right, beside)) = (files.take(left), files.take(right));
                let (left, right) = (data(&left), data(&right));
                let right = format!("<answer format=\"markdown\"><text>{right}</text>{beside}</answer>");
                let _ = writeln!(
                    out,
                    "    <subquestion format=\"markdown\"><text>{left}</text>{shown}{right}</subquestion>"
                );
            }
            Ok("matching")
        }
        Body::Order(items, exact) => {
            let _ = writeln!(
                out,
                "    <gradingtype>{}</gradingtype>",
                if *exact { "ALL_OR_NOTHING" } else { "RELATIVE_TO_CORRECT" }
            );
            for (at, item) in items.iter().enumerate() {
                answer(out, Decimal::from(at + 1), item, None, files);
            }
            Ok("ordering")
        }
        Body::Cloze(blanks) => {
            // What is written must be read as the same gaps.
            let pieces = cloze::pieces(&gaps(&entry.ask, blanks))?;
            let found = pieces.iter().filter(|piece| matches!(piece, Piece::Gap(..))).count();
            let named = blanks.iter().all(|(name, _)| entry.ask.contains(&format!("{{{{{name}}}}}")));
            if found != blanks.len() || !named {
                return Err("its text holds something that Moodle would read as a gap".to_owned());
            }
            for (_, blank) in blanks {
                match blank {
                    Blank::Accept(accept) => drop(typed(accept)?),
                    Blank::Number(NumericAnswer::Range { .. }) => {
                        return Err("Moodle has no ranges in a gap, only a value and a tolerance".to_owned());
                    }
                    Blank::Choices(_) | Blank::Number(_) => {}
                }
            }
            Ok("cloze")
        }
        Body::FreeText(rubric) => {
            let lines: Vec<String> = rubric.iter().map(|line| format!("- {line}")).collect();
            if !lines.is_empty() {
                marked(out, "graderinfo", &lines.join("\n"), files);
            }
            Ok("essay")
        }
    }
}

/// What is accepted, as Moodle writes it, and whether case counts.
fn typed(accept: &[Accept]) -> Result<(Vec<String>, bool), String> {
    let mut texts = Vec::new();
    let mut cases = Vec::new();
    for one in accept {
        let (text, case) = match one {
            Accept::Text(text) => (text.replace('*', "\\*"), false),
            Accept::Regex(pattern) => {
                text_of(pattern).ok_or_else(|| format!("Moodle has no patterns such as {pattern}"))?
            }
        };
        if text.split_whitespace().collect::<Vec<_>>().join(" ") != text {
            return Err("an answer holds white space that Moodle does not keep".to_owned());
        }
        texts.push(text);
        cases.push(case);
    }
    let case = cases.first().copied().unwrap_or(false);
    if cases.iter().any(|other| *other != case) {
        return Err("case counts in some answers and not in others, which Moodle cannot say".to_owned());
    }
    Ok((texts, case))
}

/// A text with its gaps as Moodle embeds them.
fn gaps(text: &str, blanks: &[(String, Blank)]) -> String {
    let mut out = text.to_owned();
    for (name, blank) in blanks {
        let gap = match blank {
            Blank::Choices(choices) => {
                let parts: Vec<String> = choices.iter().map(|c| part(c.correct, &c.text)).collect();
                format!("{{1:MULTICHOICE:{}}}", parts.join("~"))
            }
            Blank::Accept(accept) => {
                let (texts, case) = typed(accept).unwrap_or_default();
                let parts: Vec<String> = texts.iter().map(|text| part(true, text)).collect();
                format!("{{1:{}:{}}}", if case { "SHORTANSWER_C" } else { "SHORTANSWER" }, parts.join("~"))
            }
            Blank::Number(NumericAnswer::Exact { value, tolerance }) => format!("{{1:NUMERICAL:={value}:{tolerance}}}"),
            // Such a question is left out.
            Blank::Number(NumericAnswer::Range { low, high }) => format!("{{1:NUMERICAL:={low}..{high}}}"),
        };
        out = out.replacen(&format!("{{{{{name}}}}}"), &gap, 1);
    }
    out
}

/// One answer of a gap: its signs escaped, and what HTML would read, too.
fn part(right: bool, text: &str) -> String {
    let mut out = String::from(if right { "=" } else { "" });
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '~' | '=' | '#' | '{' | '}' | '"' | '\\' | '%' | '/' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
