//! Moodle's embedded answers: `{1:SHORTANSWER:=Paris~%50%Lyon#feedback}` in the midst of a text.

use crate::curriculum::formats::{
    effort, html,
    neutral::{Gap, Markup, Number, Piece, Rich, Span, Tick, Typed, number},
};
use rust_decimal::Decimal;

/// The longest gap that is looked for among words, in characters.
const LONGEST_GAP: usize = 500;

/// What one gap is.
#[derive(Clone, Copy)]
enum Kind {
    Pick,
    Type(bool),
    Count,
}

/// Cuts a text at its gaps. A pair of braces that is no gap stays text.
///
/// # Errors
/// A sentence: a gap of a type that is not known here, or one that cannot be read.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        words.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let Some((weight, kind, inside)) = head(rest.get(1..).unwrap_or("")) else {
            words.push('{');
            rest = rest.get(1..).unwrap_or("");
            continue;
        };
        let kind = kind?;
        let end = end(inside).ok_or("a gap in the text is not closed by `}`")?;
        let gap = gap(inside.get(..end).unwrap_or(""), kind)?;
        if !words.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut words)));
        }
        pieces.push(Piece::Gap(gap, weight));
        rest = inside.get(end + 1..).unwrap_or("");
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Text(words));
    }
    Ok(pieces)
}

/// `1:SHORTANSWER:`, and what stands behind it. The names of types come in small letters, too.
fn head(text: &str) -> Option<(u32, Result<Kind, String>, &str)> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let weight = text.get(..digits)?;
    let behind = text.get(digits..)?.strip_prefix(':')?;
    let length = behind.bytes().take(24).take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    let written = behind.get(..length).filter(|name| !name.is_empty())?;
    let inside = behind.get(length..)?.strip_prefix(':')?;
    let kind = match kind(&written.to_ascii_uppercase()) {
        Some(kind) => kind,
        // A name in capitals is meant as a type; anything else may be a word of the text.
        None if written.bytes().any(|b| b.is_ascii_lowercase()) => return None,
        None => Err(format!("a gap of the type `{written}` has no counterpart here")),
    };
    Some((weight.parse().unwrap_or(1), kind, inside))
}

/// The type that a name means, or why there is none like it here; none for a name that Moodle does not have.
fn kind(name: &str) -> Option<Result<Kind, String>> {
    Some(match name {
        "SHORTANSWER" | "SA" | "MW" => Ok(Kind::Type(false)),
        "SHORTANSWER_C" | "SAC" | "MWC" => Ok(Kind::Type(true)),
        "NUMERICAL" | "NM" => Ok(Kind::Count),
        "MULTICHOICE" | "MC" | "MULTICHOICE_V" | "MCV" | "MULTICHOICE_H" | "MCH" | "MULTICHOICE_S" | "MCS"
        | "MULTICHOICE_VS" | "MCVS" | "MULTICHOICE_HS" | "MCHS" => Ok(Kind::Pick),
        "MULTIRESPONSE" | "MR" | "MULTIRESPONSE_H" | "MRH" | "MULTIRESPONSE_S" | "MRS" | "MULTIRESPONSE_HS"
        | "MRHS" => Err(format!("a gap of the type `{name}` takes several answers at once, and a gap here takes one")),
        _ => return None,
    })
}

/// Whether a text has a gap.
pub(crate) fn holds(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| head(text.get(at + 1..).unwrap_or("")).is_some())
}

/// The first pair of braces that looks like a gap: in a text whose gaps were read, one that was not, and that would show
/// whoever is asked the answers.
pub(crate) fn unread(text: &str) -> Option<&str> {
    for (at, _) in text.match_indices('{') {
        let inside = text.get(at + 1..).unwrap_or("");
        let end = inside.char_indices().take(LONGEST_GAP).find(|(_, c)| matches!(c, '{' | '}'));
        effort::spend(end.map_or(LONGEST_GAP, |(at, _)| at + 1));
        let Some((end, _)) = end.filter(|(_, c)| *c == '}') else { continue };
        if looks_like_gap(inside.get(..end).unwrap_or("")) {
            return text.get(at..at + 1 + end + 1);
        }
    }
    None
}

/// `1:SA:=x`, and what people write for it: without the number, without a colon, with spaces, as in GIFT.
fn looks_like_gap(inside: &str) -> bool {
    let marked = |rest: &str| {
        let mut rest = rest.trim_start().chars();
        matches!(rest.next(), Some('=' | '~')) && rest.next().is_some_and(|c| c.is_alphanumeric() || c == '%')
    };
    let bare = inside.trim_start();
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < bare.len();
    let colon = rest.trim_start().strip_prefix(':');
    let rest = colon.unwrap_or(rest).trim_start();
    if marked(rest) && (colon.is_some() || !numbered) {
        return true;
    }
    let length = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    let known = rest.get(..length).is_some_and(|name| kind(&name.to_ascii_uppercase()).is_some());
    let behind = rest.get(length..).unwrap_or("").trim_start();
    known && (behind.starts_with(':') || marked(behind)) && behind.contains(['=', '~'])
}

/// Where the gap ends.
fn end(inside: &str) -> Option<usize> {
    bare(inside).find(|(_, c)| *c == '}').map(|(at, _)| at)
}

/// The characters without a backslash before them.
fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    text.char_indices().filter(move |(_, c)| {
        effort::spend(1);
        if std::mem::take(&mut escaped) {
            return false;
        }
        escaped = *c == '\\';
        !escaped
    })
}

/// The text that is meant: escapes and entities undone.
fn undo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim().chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.peek().is_some_and(char::is_ascii_punctuation) => out.extend(rest.next()),
            _ => out.push(c),
        }
    }
    html::decoded(&out)
}

fn gap(inside: &str, kind: Kind) -> Result<Gap, String> {
    let mut cuts: Vec<usize> = bare(inside).filter(|(_, c)| *c == '~').map(|(at, _)| at).collect();
    cuts.push(inside.len());
    let mut from = 0;
    let (mut picks, mut typed, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for cut in cuts {
        let part = inside.get(from..cut).unwrap_or("").trim();
        from = cut + 1;
        if part.is_empty() {
            continue;
        }
        let (part, mut percent) = match part.strip_prefix('=') {
            Some(part) => (part, Decimal::ONE_HUNDRED),
            None => (part, Decimal::ZERO),
        };
        let mut text = part;
        if let Some((weight, behind)) = part.strip_prefix('%').and_then(|rest| rest.split_once('%'))
            && let Some((weight, _)) = number(weight)
        {
            (percent, text) = (weight, behind);
        }
        let sign = bare(text).find(|(_, c)| *c == '#').map_or(text.len(), |(at, _)| at);
        let feedback = undo(text.get(sign + 1..).unwrap_or(""));
        let feedback = Some(Rich::new(Markup::Moodle, feedback)).filter(|rich| !rich.is_blank());
        let answer = undo(text.get(..sign).unwrap_or(""));
        match kind {
            Kind::Pick => picks.push(Tick { text: Rich::new(Markup::Moodle, answer), percent, feedback }),
            Kind::Type(_) => typed.push(Typed { text: answer, percent, feedback }),
            Kind::Count => counts.push(Number { span: span(&answer)?, percent, feedback }),
        }
    }
    Ok(match kind {
        Kind::Pick => Gap::Pick(picks),
        Kind::Type(case) => Gap::Type(typed, case),
        Kind::Count => Gap::Count(counts),
    })
}

fn span(text: &str) -> Result<Option<Span>, String> {
    if text == "*" {
        return Ok(None);
    }
    let wrong = || format!("`{}` is not a number", text.chars().take(30).collect::<String>());
    let read = |text: &str| number(text).map(|(value, _)| value).ok_or_else(wrong);
    let (value, off) = text.split_once(':').unwrap_or((text, "0"));
    Ok(Some(Span::Near(read(value)?, read(off)?.abs())))
}
