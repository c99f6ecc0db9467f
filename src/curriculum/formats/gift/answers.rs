//! What stands in the braces of a GIFT question.

use super::{block::rich, escape};
use crate::curriculum::formats::{
    effort,
    neutral::{Body, Markup, Number, Rich, Span, Tick, Typed, number},
    truth,
};
use rust_decimal::Decimal;

/// Why a block is no answer, and where.
type Wrong = (usize, String);

/// Whether a text in braces can be answers as GIFT knows them.
pub(super) fn begins(inside: &str) -> bool {
    inside.is_empty() || inside.starts_with(['=', '~', '#']) || truth(inside).is_some()
}

/// Whether a text in braces can be a word for true or false of another language, which GIFT does not know.
pub(super) fn judges(inside: &str) -> bool {
    judgement(inside).is_some()
}

/// `T`, `TRUE`, `F`, `FALSE`, and what stands behind it.
fn truth(inside: &str) -> Option<(bool, &str)> {
    let (word, rest) = word(inside)?;
    match word.to_ascii_uppercase().as_str() {
        "T" | "TRUE" => Some((true, rest)),
        "F" | "FALSE" => Some((false, rest)),
        _ => None,
    }
}

/// The same in other languages; a letter alone only as a capital, as in `{V}`.
fn judgement(inside: &str) -> Option<(bool, &str)> {
    let (word, rest) = word(inside)?;
    if word.chars().count() == 1 && word.chars().any(char::is_lowercase) {
        return None;
    }
    Some((truth::judged(word)?, rest))
}

/// A word that stands alone or before feedback.
fn word(inside: &str) -> Option<(&str, &str)> {
    let end = inside.find(|c: char| !c.is_alphabetic()).unwrap_or(inside.len());
    let (word, rest) = inside.split_at_checked(end)?;
    let rest = rest.trim_start();
    (rest.is_empty() || rest.starts_with('#')).then_some((word, rest))
}

/// Reads a block without its general feedback.
pub(super) fn read(inside: &str, markup: Markup, notes: &mut Vec<String>) -> Result<Body, Wrong> {
    let bare = inside.trim();
    if bare.is_empty() {
        return Ok(Body::Essay { rubric: None });
    }
    if let Some((answer, rest)) = truth(bare) {
        return Ok(judge(answer, rest, markup));
    }
    if let Some((answer, rest)) = judgement(bare) {
        let word = bare.get(..bare.len() - rest.len()).unwrap_or("").trim_end();
        notes.push(format!("`{}` was read as {answer}", short(word)));
        return Ok(judge(answer, rest, markup));
    }
    if let Some(numbers) = bare.strip_prefix('#') {
        return count(inside, numbers, markup, notes);
    }
    let (marks, guessed) = marks(inside);
    notes.extend(guessed);
    let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([inside.len()]);
    let parts: Vec<(usize, char, &str)> =
        marks.iter().zip(ends).map(|((at, c), end)| (*at, *c, inside.get(at + 1..end).unwrap_or(""))).collect();
    if parts.iter().any(|(_, c, _)| *c == '~') {
        return ticks(&parts, markup, notes);
    }
    let arrows = parts.iter().filter(|(_, _, text)| escape::find(text, "->").is_some()).count();
    if arrows > 1 || arrows == 1 && parts.len() > 1 {
        return pairs(&joined(inside, &parts, notes)?, markup, notes);
    }
    let mut answers = Vec::new();
    for (at, _, text) in parts {
        let (text, percent) = weight(text, 100).map_err(|why| (at, why))?;
        let (text, feedback) = split(text, markup, notes);
        // Only the text counts here; its markup does not.
        let text = rich(text, Markup::Plain).map(|rich| rich.text).ok_or((at, "this answer is empty".to_owned()))?;
        answers.push(Typed { text, percent, feedback });
    }
    Ok(Body::Type { answers, case: false })
}

/// The first feedback is for whoever was wrong, the second for whoever was right.
fn judge(answer: bool, rest: &str, markup: Markup) -> Body {
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    let (wrong, right) = match escape::find(rest, "#") {
        Some(at) => (rest.get(..at).unwrap_or(""), rest.get(at + 1..).unwrap_or("")),
        None => (rest, ""),
    };
    let (wrong, right) = (rich(wrong, markup), rich(right, markup));
    let (on_true, on_false) = if answer { (right, wrong) } else { (wrong, right) };
    Body::Judge { answer, on_true, on_false }
}

fn ticks(parts: &[(usize, char, &str)], markup: Markup, notes: &mut Vec<String>) -> Result<Body, Wrong> {
    let mut ticks = Vec::new();
    for (at, mark, text) in parts {
        let (text, percent) = weight(text, if *mark == '=' { 100 } else { 0 }).map_err(|why| (*at, why))?;
        let (text, feedback) = split(text, markup, notes);
        let Some(text) = rich(text, markup) else {
            if feedback.is_none() && *mark == '~' {
                notes.push("an answer without a text was left out".to_owned());
                continue;
            }
            return Err((*at, "this answer is empty".to_owned()));
        };
        ticks.push(Tick { text, percent, feedback });
    }
    let one = parts.iter().any(|(_, mark, _)| *mark == '=');
    Ok(Body::Pick { ticks, one, all: false })
}

/// Pairs in whose texts stands an `=` that nobody escaped. A part without an arrow belongs to the part behind it; but where
/// its sign stands free and the next pair begins with one that does not, it is the end of the pair before it.
fn joined<'a>(
    inside: &'a str,
    parts: &[(usize, char, &'a str)],
    notes: &mut Vec<String>,
) -> Result<Vec<(usize, &'a str)>, Wrong> {
    let has_arrow = |text: &str| escape::find(text, "->").is_some();
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let spaced = |at: usize| space(inside.get(at + 1..).and_then(|rest| rest.chars().next()));
    let free = |at: usize| {
        let before = inside.get(..at).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        !line.trim().is_empty() && space(before.chars().next_back()) && spaced(at)
    };
    let airy = parts.first().is_some_and(|(at, ..)| spaced(*at));
    let opens = parts.first().is_some_and(|(_, _, text)| !has_arrow(text));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut waiting: Option<usize> = None;
    for (number, (at, _, text)) in parts.iter().enumerate() {
        let end = at + 1 + text.len();
        if has_arrow(text) {
            pairs.push((waiting.take().unwrap_or(*at), end));
            continue;
        }
        if waiting.is_none() && free(*at) {
            let firm = parts.get(number + 1).is_none_or(|(next, ..)| !free(*next));
            match pairs.last_mut() {
                Some(last) if !airy && firm => {
                    last.1 = end;
                    continue;
                }
                Some(_) if airy && !opens => {
                    let why = "an `=` stands in a pair, and it cannot be told in which; write \\=";
                    return Err((*at, why.to_owned()));
                }
                _ => {}
            }
        }
        waiting.get_or_insert(*at);
    }
    if let Some(at) = waiting {
        return Err((at, "this pair has no ` -> `".to_owned()));
    }
    if pairs.len() < parts.len() {
        notes.push("an `=` inside a pair was taken as text; write \\=".to_owned());
    }
    Ok(pairs.into_iter().map(|(at, end)| (at, inside.get(at + 1..end).unwrap_or(""))).collect())
}

fn pairs(parts: &[(usize, &str)], markup: Markup, notes: &mut Vec<String>) -> Result<Body, Wrong> {
    let (mut pairs, mut extra) = (Vec::new(), Vec::new());
    for (at, text) in parts {
        let arrow = escape::find(text, "->").ok_or((*at, "this pair has no ` -> `".to_owned()))?;
        let (left, right) = (text.get(..arrow).unwrap_or(""), text.get(arrow + 2..).unwrap_or(""));
        let (right, feedback) = split(right, markup, notes);
        if feedback.is_some() {
            notes.push("the feedback of a pair was left out".to_owned());
        }
        let right = rich(right, markup).map(|rich| Rich::new(rich.markup, rich.text));
        match (rich(left, markup), right) {
            (Some(left), Some(right)) => pairs.push((left, right)),
            (None, Some(right)) => extra.push(right),
            _ => return Err((*at, "the right side of this pair is empty".to_owned())),
        }
    }
    Ok(Body::Match { pairs, extra })
}

fn count(inside: &str, numbers: &str, markup: Markup, notes: &mut Vec<String>) -> Result<Body, Wrong> {
    let base = inside.len() - inside.trim_start().len() + 1;
    let marked: Vec<(usize, char)> = escape::bare(numbers).filter(|(_, c)| matches!(c, '=' | '~')).collect();
    let mut parts = Vec::new();
    let first = marked.first().map_or(numbers.len(), |(at, _)| *at);
    let head = numbers.get(..first).unwrap_or("");
    if !head.trim().is_empty() {
        parts.push((0, '=', head));
    }
    let ends = marked.iter().skip(1).map(|(at, _)| *at).chain([numbers.len()]);
    parts.extend(marked.iter().zip(ends).map(|((at, c), end)| (*at, *c, numbers.get(at + 1..end).unwrap_or(""))));
    if parts.is_empty() {
        return Err((base, "there is no number behind `#`".to_owned()));
    }
    let mut answers = Vec::new();
    for (at, mark, text) in parts {
        let (text, percent) = weight(text, if mark == '=' { 100 } else { 0 }).map_err(|why| (base + at, why))?;
        let at_feedback = escape::find(text, "#").unwrap_or(text.len());
        let feedback = rich(text.get(at_feedback + 1..).unwrap_or(""), markup);
        let text = escape::undo(text.get(..at_feedback).unwrap_or(""), false);
        let span = match text.trim() {
            "" | "*" if mark == '~' => None,
            text => Some(span(text, notes).ok_or_else(|| (base + at, format!("`{}` is not a number", short(text))))?),
        };
        answers.push(Number { span, percent, feedback });
    }
    Ok(Body::Count { answers, unit: None })
}

/// `3`, `3:0.1` or `1..5`.
fn span(text: &str, notes: &mut Vec<String>) -> Option<Span> {
    let mut read = |text: &str| {
        let (value, comma) = number(text)?;
        if comma {
            notes.push(format!("`{}` was read as {value}", text.trim()));
        }
        Some(value)
    };
    if let Some((low, high)) = text.split_once("..") {
        let (low, high) = (read(low)?, read(high)?);
        return Some(Span::Between(low.min(high), low.max(high)));
    }
    match text.split_once(':') {
        Some((value, off)) => Some(Span::Near(read(value)?, read(off)?.abs())),
        None => Some(Span::Near(read(text)?, Decimal::ZERO)),
    }
}

/// `%50%` in front of an answer.
fn weight(text: &str, otherwise: i64) -> Result<(&str, Decimal), String> {
    let bare = text.trim_start();
    let Some((percent, rest)) = bare.strip_prefix('%').and_then(|rest| rest.split_once('%')) else {
        return Ok((text, Decimal::from(otherwise)));
    };
    if percent.len() > 20
        || !percent.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+' | b' '))
    {
        return Ok((text, Decimal::from(otherwise)));
    }
    match number(percent) {
        Some((percent, _)) if percent.abs() <= Decimal::ONE_HUNDRED => Ok((rest, percent)),
        _ => Err(format!("`%{percent}%` is no weight: a number from -100 to 100")),
    }
}

/// An answer and its feedback, parted by the first `#` that can be one.
fn split<'a>(text: &'a str, markup: Markup, notes: &mut Vec<String>) -> (&'a str, Option<Rich>) {
    for (at, _) in escape::bare(text).filter(|(_, c)| *c == '#') {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
        let glued = before.ends_with(|c: char| !c.is_whitespace());
        if before.trim().is_empty() && !after.trim().is_empty() || glued && after.trim().is_empty() {
            notes.push("a `#` in an answer was taken as text; write \\#".to_owned());
            continue;
        }
        return (before, rich(after, markup));
    }
    (text, None)
}

/// The places where answers begin, and what had to be guessed to find them.
fn marks(inside: &str) -> (Vec<(usize, char)>, Option<String>) {
    let mut seen = Vec::new();
    let mut tag = 0;
    let (mut first, mut line) = (true, true);
    for (at, c) in escape::bare(inside) {
        let rest = inside.get(at + c.len_utf8()..).unwrap_or("");
        let glued = inside.get(..at).and_then(|text| text.chars().next_back());
        if c == '<' && at >= tag && rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end =
                rest.find(['<', '>', '~', '\n']).filter(|end| rest.get(*end..).is_some_and(|r| r.starts_with('>')));
            effort::spend(end.unwrap_or(rest.len().min(1)));
            tag = end.map_or(tag, |end| at + end);
        }
        if matches!(c, '=' | '~') && at >= tag {
            seen.push(Mark {
                at,
                sign: c,
                first,
                line,
                after_space: glued.is_none_or(char::is_whitespace),
                before_space: rest.starts_with(|c: char| c.is_whitespace()),
                before: glued,
                next: rest.chars().next(),
            });
        }
        line = c == '\n' || line && c.is_whitespace();
        first &= c.is_whitespace();
    }
    choose(&seen, inside)
}

/// A sign that may begin an answer.
struct Mark {
    at: usize,
    sign: char,
    first: bool,
    line: bool,
    after_space: bool,
    before_space: bool,
    before: Option<char>,
    next: Option<char>,
}

impl Mark {
    /// Whether this stands where an answer begins, and nowhere else.
    fn firm(&self) -> bool {
        self.first || self.line || self.after_space && !self.before_space && !self.operator()
    }
    /// Whether this is part of a sign such as `==` or `<=`.
    fn operator(&self) -> bool {
        let beside = self.before.is_some_and(|c| "=!<>:+-*/~%".contains(c)) || matches!(self.next, Some('=' | '>'));
        beside && !self.first && !self.line
    }
}

/// Tells the signs that begin answers from those that belong to a text.
fn choose(seen: &[Mark], inside: &str) -> (Vec<(usize, char)>, Option<String>) {
    let tilde = seen.iter().any(|mark| mark.sign == '~');
    let soft: Vec<&Mark> = seen.iter().filter(|mark| mark.sign == '=' && !mark.firm()).collect();
    let firm = seen.iter().filter(|mark| mark.sign == '=' && mark.firm()).count();
    let plain: Vec<&&Mark> = soft.iter().filter(|mark| !mark.operator()).collect();
    let spaced: Vec<usize> = plain.iter().filter(|m| m.after_space && m.before_space).map(|m| m.at).collect();
    let arrows = escape::find(inside, "->").is_some();
    let weighted = seen.iter().any(|mark| mark.sign == '~' && mark.next == Some('%'));
    let airy = seen.first().is_some_and(|mark| mark.before_space);
    let begins = |mark: &Mark| {
        let sign = mark.after_space && mark.before_space;
        if mark.sign == '~' || mark.firm() {
            return true;
        }
        if mark.operator() {
            return false;
        }
        if tilde {
            return firm == 0
                && !weighted
                && (plain.len() == 1 || if spaced.len() == 1 { sign } else { spaced.is_empty() });
        }
        if sign { arrows || airy } else { firm <= 1 && !arrows }
    };
    let marks: Vec<(usize, char)> = seen.iter().filter(|mark| begins(mark)).map(|mark| (mark.at, mark.sign)).collect();
    let note = if seen.len() > marks.len() {
        Some("an `=` inside an answer was taken as text; write \\=".to_owned())
    } else if !tilde && !plain.is_empty() && !arrows && firm <= 1 && !airy {
        Some("each `=` was read as the beginning of an answer; where it belongs to one, write \\=".to_owned())
    } else {
        None
    };
    (marks, note)
}

fn short(text: &str) -> String {
    text.chars().take(30).collect()
}
