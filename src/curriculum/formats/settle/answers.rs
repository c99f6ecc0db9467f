//! Typed answers: words and numbers.

use super::Desk;
use crate::curriculum::{
    formats::{
        entry::{Blank, Body, pattern_of, plain_of},
        neutral::{Number, Rich, Span, Typed},
    },
    question::{Accept, NumericAnswer},
};
use rust_decimal::Decimal;

pub(super) fn typed(
    desk: &mut Desk<'_>,
    answers: Vec<Typed>,
    case: bool,
    why: &mut Option<String>,
) -> Result<Body, String> {
    let said = answers.iter().map(|answer| (short(&answer.text), answer.feedback.clone())).collect();
    *why = desk.explain(why.take(), said)?;
    Ok(Body::Short(accepted(desk, answers, case)?))
}

/// What is accepted: whatever was worth everything.
fn accepted(desk: &mut Desk<'_>, answers: Vec<Typed>, case: bool) -> Result<Vec<Accept>, String> {
    let mut accept: Vec<Accept> = Vec::new();
    for answer in answers {
        let text = answer.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if answer.percent < Decimal::ONE_HUNDRED {
            if answer.percent > Decimal::ZERO {
                let percent = answer.percent.normalize();
                desk.note(format!("`{}` was worth {percent} % there; it is wrong here", short(&text)));
            }
            continue;
        }
        if text.is_empty() {
            return Err("an answer is empty".to_owned());
        }
        if text.chars().all(|c| c == '*') {
            return Err("it accepts any answer".to_owned());
        }
        let one = match plain_of(&text) {
            Some(plain) if !case => Accept::Text(plain),
            _ => Accept::Regex(pattern_of(&text, case)),
        };
        if !accept.contains(&one) {
            accept.push(one);
        }
        if accept.len() > 200 {
            break;
        }
    }
    if accept.is_empty() { Err("no answer is right".to_owned()) } else { Ok(accept) }
}

/// A gap to type into.
pub(super) fn blank(desk: &mut Desk<'_>, answers: Vec<Typed>, case: bool) -> Result<Blank, String> {
    if answers.iter().any(|answer| answer.feedback.is_some()) {
        desk.note("feedback to the answers of a gap was left out");
    }
    Ok(Blank::Accept(accepted(desk, answers, case)?))
}

/// A gap for a number. Where several are right, which a gap does not have here, they are compared as they are written.
pub(super) fn number_blank(desk: &mut Desk<'_>, answers: Vec<Number>) -> Result<Blank, String> {
    let full = answers.iter().filter(|answer| answer.percent >= Decimal::ONE_HUNDRED);
    let right: Vec<Option<Span>> = full.map(|answer| answer.span).collect();
    if right.contains(&None) {
        return Err("it accepts any answer".to_owned());
    }
    if let [Some(Span::Near(value, tolerance))] = right.as_slice() {
        if answers.iter().any(|answer| answer.feedback.is_some()) {
            desk.note("feedback to the answers of a gap was left out");
        }
        for answer in answers.iter().filter(|answer| answer.percent < Decimal::ONE_HUNDRED) {
            if let (Some(Span::Near(value, _)), true) = (answer.span, answer.percent > Decimal::ZERO) {
                desk.note(format!("`{value}` was worth {} % there; it is wrong here", answer.percent.normalize()));
            }
        }
        return Ok(Blank::Number(NumericAnswer::Exact { value: *value, tolerance: *tolerance }));
    }
    let mut texts = Vec::new();
    for answer in answers {
        let text = match answer.span {
            Some(Span::Near(value, off)) => {
                if !off.is_zero() {
                    desk.note(format!("{value} was right by {off} there; here only as written"));
                }
                value.to_string()
            }
            Some(Span::Between(..)) => return Err("a gap takes a range of numbers".to_owned()),
            None => continue,
        };
        texts.push(Typed { text, percent: answer.percent, feedback: answer.feedback });
    }
    blank(desk, texts, false)
}

pub(super) fn count(
    desk: &mut Desk<'_>,
    answers: Vec<Number>,
    unit: Option<String>,
    why: &mut Option<String>,
) -> Result<Body, String> {
    let name = |answer: &Number| match answer.span {
        Some(Span::Near(value, _)) => value.to_string(),
        Some(Span::Between(low, high)) => format!("{low} to {high}"),
        None => "anything else".to_owned(),
    };
    let said: Vec<(String, Option<Rich>)> =
        answers.iter().map(|answer| (name(answer), answer.feedback.clone())).collect();
    *why = desk.explain(why.take(), said)?;
    let mut right = Vec::new();
    for answer in &answers {
        match answer.span {
            Some(span) if answer.percent >= Decimal::ONE_HUNDRED => right.push(span),
            None if answer.percent >= Decimal::ONE_HUNDRED => return Err("it accepts any answer".to_owned()),
            Some(_) if answer.percent > Decimal::ZERO => {
                let percent = answer.percent.normalize();
                desk.note(format!("{} was worth {percent} % there; it is wrong here", name(answer)));
            }
            _ => {}
        }
    }
    let bounds = |span: &Span| match *span {
        Span::Near(value, off) => (value.saturating_sub(off), value.saturating_add(off)),
        Span::Between(low, high) => (low, high),
    };
    let low = right.iter().map(|span| bounds(span).0).min();
    let high = right.iter().map(|span| bounds(span).1).max();
    let Some((low, high)) = low.zip(high) else { return Err("no number is right".to_owned()) };
    let unit = unit.map(|unit| unit.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|unit| !unit.is_empty());
    // One answer, or one that holds all the others.
    if let Some(span) = right.iter().find(|span| bounds(span) == (low, high)) {
        if right.len() > 1 {
            desk.note("right numbers that others include were left out");
        }
        let answer = match *span {
            Span::Near(value, tolerance) => NumericAnswer::Exact { value, tolerance },
            Span::Between(low, high) => NumericAnswer::Range { low, high },
        };
        return Ok(Body::Numeric(answer, unit));
    }
    if right.iter().all(|span| matches!(span, Span::Near(_, off) if off.is_zero())) {
        desk.note("several numbers are right, which a numeric question does not have here: they are compared as words");
        let words = right.iter().take(200).map(|span| Accept::Text(bounds(span).0.to_string()));
        return Ok(Body::Short(words.collect()));
    }
    Err("several ranges of numbers are right, which a question does not have here".to_owned())
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
