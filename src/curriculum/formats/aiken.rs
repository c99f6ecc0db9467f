//! Aiken: a question, lettered answers, and a line that names the right one.
//!
//! Real files also number the answers, break lines, name several letters, add `Feedback:` lines, or put a type's name
//! above a question, with gaps as in Moodle, `match:` lines or an order in the ANSWER line; all of that is read, with a note.

use super::{
    moodle::cloze,
    neutral::{Body, Draft, Found, Markup, Number, Piece, Rich, Span, Tick, Typed, number},
    text::Text,
    truth,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The names of types that some programs put above a question.
const KINDS: [&str; 11] = [
    "multichoice",
    "truefalse",
    "shortanswer",
    "numerical",
    "essay",
    "description",
    "cloze",
    "matching",
    "order",
    "ordering",
    "category",
];

/// Reads a whole file.
#[must_use]
pub fn read(text: &Text) -> Vec<Found> {
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.as_str().split('\n') {
        reader.line(at, line);
        at += line.len() + 1;
    }
    reader.flush();
    reader.found
}

#[derive(Debug, Default)]
struct Reader {
    found: Vec<Found>,
    now: Question,
    /// Whether a blank line was just seen.
    gap: bool,
}

#[derive(Debug, Default)]
struct Question {
    at: Option<usize>,
    kind: Option<&'static str>,
    stem: String,
    options: Vec<(String, String)>,
    /// What belongs to each option, where the file says so.
    matches: BTreeMap<usize, String>,
    answer: Option<(usize, String)>,
    feedback: String,
    notes: Vec<String>,
}

impl Reader {
    fn line(&mut self, at: usize, line: &str) {
        let bare = line.trim();
        if bare.is_empty() {
            self.gap = true;
            return;
        }
        let gap = std::mem::take(&mut self.gap);
        if self.now.answer.is_some() {
            if let Some(words) = after(bare, "feedback:").or_else(|| after(bare, "gfeed.")).filter(|_| !gap) {
                self.now
                    .notes
                    .push("a line with feedback, which Aiken does not have, became the explanation".to_owned());
                join(&mut self.now.feedback, words);
                return;
            }
            self.flush();
        }
        let answer = after(bare, "answer:");
        let option = self.option(bare);
        if gap && answer.is_none() && option.is_none() {
            self.flush();
        }
        let now = &mut self.now;
        now.at.get_or_insert(at);
        let open = matches!(now.kind, Some("matching" | "cloze")) && !now.stem.is_empty();
        if let (Some(words), true) = (after(bare, "match:"), now.kind == Some("matching") && !now.options.is_empty()) {
            now.matches.insert(now.options.len() - 1, words.to_owned());
            return;
        }
        if let Some(words) = after(bare, "feedback:").filter(|_| open) {
            now.notes.push("a line with feedback, which Aiken does not have, became the explanation".to_owned());
            join(&mut now.feedback, words);
            return;
        }
        if let Some(answer) = answer {
            now.answer = Some((at, answer.to_owned()));
        } else if let Some((key, text)) = option {
            now.options.push((key, text));
        } else if let Some((_, text)) = now.options.last_mut() {
            join(text, bare);
            now.notes.push("an answer goes over several lines".to_owned());
        } else if let Some(words) = after(bare, "gfeed.").filter(|_| !now.stem.is_empty()) {
            now.notes.push("a line with feedback, which Aiken does not have, became the explanation".to_owned());
            join(&mut now.feedback, words);
        } else if let Some(kind) = KINDS.iter().find(|kind| now.stem.is_empty() && now.kind.is_none() && **kind == bare)
        {
            now.kind = Some(kind);
        } else {
            join(&mut now.stem, line.trim_end());
        }
    }

    /// `A. text` or `A) text`, where this key is the next one.
    fn option(&self, line: &str) -> Option<(String, String)> {
        let (key, rest) = line.split_once(['.', ')'])?;
        if self.now.stem.is_empty()
            || key.is_empty()
            || key.len() > 2
            || !rest.is_empty() && !rest.starts_with([' ', '\t'])
        {
            return None;
        }
        let next = match self.now.options.last() {
            None => matches!(key, "A" | "a" | "1" | "0"),
            Some((last, _)) => follows(last, key),
        };
        next.then(|| (key.to_owned(), rest.trim().to_owned()))
    }

    fn flush(&mut self) {
        let now = std::mem::take(&mut self.now);
        let Some(at) = now.at else { return };
        let kind = now.kind.unwrap_or("question").to_owned();
        let stem: String = now.stem.lines().next().unwrap_or("").trim().chars().take(60).collect();
        let title = Some(stem).filter(|stem| !stem.is_empty());
        let place = now.answer.as_ref().map_or(at, |(at, _)| *at);
        self.found.push(match body(&now) {
            Ok(body) => {
                let mut draft = Draft::new(at, Rich::new(Markup::Moodle, now.stem), body);
                draft.feedback = Some(Rich::new(Markup::Moodle, now.feedback)).filter(|text| !text.is_blank());
                draft.notes = now.notes;
                if let Some(kind) = now.kind {
                    draft
                        .notes
                        .push(format!("the line `{kind}` above it, which Aiken does not have, was read as its type"));
                }
                Found::Question(Box::new(draft))
            }
            Err((why, loss)) => Found::LeftOut { at: place, title, kind, why, loss },
        });
    }
}

/// What is answered, or why it cannot be told and whether that is a loss.
fn body(now: &Question) -> Result<Body, (String, bool)> {
    let lost = |why: &str| Err((why.to_owned(), true));
    if now.stem.trim().is_empty() {
        return lost("it asks nothing");
    }
    let answer = now.answer.as_ref().map(|(_, answer)| answer.as_str()).filter(|answer| !answer.is_empty());
    match (now.kind, answer) {
        (Some("description"), _) => {
            return Err(("a text without answers is no question; put it into a module".into(), false));
        }
        (Some("category"), _) => return Err(("a category, which Aiken does not have".into(), false)),
        (Some("essay"), _) => return Ok(Body::Essay { rubric: None }),
        (Some("cloze"), _) => return gaps(&now.stem).map_err(|why| (why, true)),
        (Some("matching"), _) => return pairs(now).map_err(|why| (why, true)),
        (Some("order" | "ordering"), Some(answer)) => return order(now, answer).map_err(|why| (why, true)),
        (Some("truefalse"), Some(answer)) => {
            let Some(answer) = truth::judged(answer) else {
                return lost("the answer is no word for true or false that is known here");
            };
            return Ok(Body::Judge { answer, on_true: None, on_false: None });
        }
        (Some("shortanswer"), Some(answer)) => {
            let typed =
                |text: &str| Typed { text: text.trim().to_owned(), percent: Decimal::ONE_HUNDRED, feedback: None };
            let answers = answer.split(',').filter(|text| !text.trim().is_empty()).map(typed).collect();
            return Ok(Body::Type { answers, case: false });
        }
        (Some("numerical"), Some(answer)) => {
            let read = |text: &str| {
                let span = Span::Near(number(text)?.0, Decimal::ZERO);
                Some(Number { span: Some(span), percent: Decimal::ONE_HUNDRED, feedback: None })
            };
            let answers: Option<Vec<Number>> = answer.split(',').map(read).collect();
            return answers
                .map(|answers| Body::Count { answers, unit: None })
                .ok_or(("the answer is not a number".into(), true));
        }
        _ => {}
    }
    if now.options.is_empty() && now.answer.is_none() && cloze::holds(&now.stem) {
        return gaps(&now.stem).map_err(|why| (why, true));
    }
    if now.options.is_empty() {
        return lost(if now.answer.is_some() {
            "there are no answers to choose from: lines such as `A. text`"
        } else {
            "a text without answers (`A. text`) and without an ANSWER line is no question"
        });
    }
    let Some(answer) = answer else { return lost("there is no ANSWER line that names the right answer") };
    let keys: Vec<&str> = answer.split([',', ' ', ';', '.', ')']).filter(|key| !key.is_empty()).collect();
    if let Some(key) = keys.iter().find(|key| !now.options.iter().any(|(name, _)| name.eq_ignore_ascii_case(key))) {
        let names: Vec<&str> = now.options.iter().map(|(name, _)| name.as_str()).collect();
        let key: String = key.chars().take(20).collect();
        return Err((format!("ANSWER names `{key}`, and the answers are {}", names.join(", ")), true));
    }
    let right = |name: &str| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
    let count = now.options.iter().filter(|(name, _)| right(name)).count();
    let share = Decimal::ONE_HUNDRED.checked_div(Decimal::from(count.max(1))).unwrap_or_default();
    let ticks = now.options.iter().map(|(name, text)| {
        let percent = match (right(name), count) {
            (true, _) => share,
            (false, 1) => Decimal::ZERO,
            (false, _) => -share,
        };
        Tick { text: Rich::new(Markup::Moodle, text.as_str()), percent, feedback: None }
    });
    Ok(Body::Pick { ticks: ticks.collect(), one: count == 1, all: false })
}

/// A text with gaps, which some programs take over from Moodle.
fn gaps(stem: &str) -> Result<Body, String> {
    let pieces = cloze::pieces(stem)?;
    if pieces.iter().all(|piece| matches!(piece, Piece::Text(_))) {
        return Err("the text has no gap such as {1:SHORTANSWER:=word}".to_owned());
    }
    Ok(Body::Cloze(pieces))
}

/// Answers with a line `match: …` below each.
fn pairs(now: &Question) -> Result<Body, String> {
    let rich = |text: &str| Rich::new(Markup::Moodle, text);
    let mut pairs = Vec::new();
    for (at, (key, left)) in now.options.iter().enumerate() {
        let right = now.matches.get(&at).filter(|right| !right.is_empty());
        let right = right.ok_or_else(|| format!("there is no line `match: …` below the answer {key}"))?;
        pairs.push((rich(left), rich(right)));
    }
    if pairs.is_empty() {
        return Err("there is nothing to match: lines such as `1. text` with `match: text` below".to_owned());
    }
    Ok(Body::Match { pairs, extra: Vec::new() })
}

/// Answers in the order in which the ANSWER line names them.
fn order(now: &Question, answer: &str) -> Result<Body, String> {
    let keys: Vec<&str> = answer.split([',', ' ', ';', '.', ')', '>']).filter(|key| !key.is_empty()).collect();
    let place = |name: &str| keys.iter().position(|key| key.eq_ignore_ascii_case(name));
    let mut items: Vec<(usize, &str)> = Vec::new();
    for (key, text) in &now.options {
        let at = place(key).ok_or_else(|| format!("ANSWER does not say where {key} belongs"))?;
        items.push((at, text.as_str()));
    }
    if items.len() != keys.len() {
        return Err("ANSWER names something twice, or something that is not among the answers".to_owned());
    }
    items.sort_by_key(|(at, _)| *at);
    let items = items.into_iter().map(|(_, text)| Rich::new(Markup::Moodle, text)).collect();
    Ok(Body::Order { items, exact: false })
}

/// Whether a key comes right after another.
fn follows(last: &str, key: &str) -> bool {
    if let (Ok(last), Ok(key)) = (last.parse::<u8>(), key.parse::<u8>()) {
        return key == last + 1;
    }
    let (mut last, mut key) = (last.chars(), key.chars());
    match (last.next(), last.next(), key.next(), key.next()) {
        (Some(last), None, Some(key), None) => last.is_ascii_alphabetic() && u32::from(key) == u32::from(last) + 1,
        _ => false,
    }
}

/// What stands behind a word at the beginning of a line, in any case.
fn after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let head = line.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| line.get(word.len()..).unwrap_or("").trim())
}

fn join(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests;
