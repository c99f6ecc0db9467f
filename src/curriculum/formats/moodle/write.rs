//! Our questions as Moodle XML.

use super::cloze;
use crate::curriculum::{
    formats::{
        entry::{Blank, Body, Choice, Credit, Entry, text_of},
        gift::percents,
        neutral::Piece,
    },
    question::{Accept, NumericAnswer},
};
use quick_xml::escape::escape;
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Writes what Moodle XML can say. The second part tells, by id, what was lost: `Err` for a whole question.
#[must_use]
pub fn write(category: &str, entries: &[Entry]) -> (String, Vec<(String, Result<String, String>)>) {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    let path = format!("$course$/top/{}", category.replace('/', "//"));
    let _ =
        writeln!(out, "  <question type=\"category\"><category><text>{}</text></category></question>", escape(path));
    let mut told = Vec::new();
    for entry in entries {
        let mut inner = String::new();
        match body(entry, &mut inner) {
            Ok(kind) => {
                question(&mut out, entry, kind, &inner);
                if matches!(&entry.body, Body::Cloze(_)) && entry.points != Decimal::ONE {
                    told.push((
                        entry.id.clone(),
                        Ok("Moodle counts a point for each gap; its points are lost".to_owned()),
                    ));
                }
            }
            Err(why) => told.push((entry.id.clone(), Err(why))),
        }
    }
    out.push_str("</quiz>\n");
    (out, told)
}

fn question(out: &mut String, entry: &Entry, kind: &str, inner: &str) {
    let _ = writeln!(out, "  <question type=\"{kind}\">");
    let _ = writeln!(out, "    <name><text>{0}</text></name>\n    <idnumber>{0}</idnumber>", escape(entry.id.as_str()));
    match &entry.body {
        Body::Cloze(blanks) => marked(out, "questiontext", &gaps(&entry.ask, blanks)),
        _ => marked(out, "questiontext", &entry.ask),
    }
    if let Some(why) = &entry.why {
        marked(out, "generalfeedback", why);
    }
    if !matches!(entry.body, Body::Cloze(_)) {
        let _ = writeln!(out, "    <defaultgrade>{}</defaultgrade>", entry.points);
    }
    let _ = writeln!(out, "    <shuffleanswers>{}</shuffleanswers>", u8::from(entry.shuffle));
    if let Some(objective) = &entry.objective {
        let _ = writeln!(out, "    <tags><tag><text>objective:{}</text></tag></tags>", escape(objective.as_str()));
    }
    out.push_str(inner);
    out.push_str("  </question>\n");
}

/// An element with a text in Markdown.
fn marked(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "    <{name} format=\"markdown\"><text>{}</text></{name}>", data(text));
}

/// A text as CDATA, whatever stands in it.
fn data(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

fn answer(out: &mut String, percent: Decimal, text: &str, markdown: bool, why: Option<&String>) {
    let format = if markdown { "markdown" } else { "plain_text" };
    let _ = write!(out, "    <answer fraction=\"{percent}\" format=\"{format}\"><text>{}</text>", data(text));
    if let Some(why) = why {
        let _ = write!(out, "<feedback format=\"markdown\"><text>{}</text></feedback>", data(why));
    }
    out.push_str("</answer>\n");
}

/// Writes what is answered; gives back the type.
fn body(entry: &Entry, out: &mut String) -> Result<&'static str, String> {
    match &entry.body {
        Body::Single(options) => {
            out.push_str("    <single>true</single>\n");
            for option in options {
                let percent = if option.correct { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
                answer(out, percent, &option.text, true, option.why.as_ref());
            }
            Ok("multichoice")
        }
        Body::Multi(options, credit) => {
            out.push_str("    <single>false</single>\n");
            let all = *credit == Credit::AllOrNothing;
            let worth = |option: &Choice| if option.correct { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
            let percents = if all { options.iter().map(worth).collect() } else { percents(options, *credit)? };
            for (option, percent) in options.iter().zip(percents) {
                answer(out, percent, &option.text, true, option.why.as_ref());
            }
            Ok(if all { "multichoiceset" } else { "multichoice" })
        }
        Body::TrueFalse(right) => {
            for side in [true, false] {
                let percent = if side == *right { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
                answer(out, percent, if side { "true" } else { "false" }, false, None);
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
            texts.iter().for_each(|text| answer(out, Decimal::ONE_HUNDRED, text, false, None));
            Ok("shortanswer")
        }
        Body::Match(pairs, extra) => {
            let empty = String::new();
            for (left, right) in
                pairs.iter().map(|(left, right)| (left, right)).chain(extra.iter().map(|e| (&empty, e)))
            {
                let _ = writeln!(
                    out,
                    "    <subquestion format=\"markdown\"><text>{}</text><answer format=\"markdown\"><text>{}</text></answer></subquestion>",
                    data(left),
                    data(right)
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
                answer(out, Decimal::from(at + 1), item, true, None);
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
                if let Blank::Accept(accept) = blank {
                    typed(accept)?;
                }
            }
            Ok("cloze")
        }
        Body::FreeText(rubric) => {
            let lines: Vec<String> = rubric.iter().map(|line| format!("- {line}")).collect();
            if !lines.is_empty() {
                marked(out, "graderinfo", &lines.join("\n"));
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
