//! Each question afterwards: what was given, what is right, and why.

use crate::{
    academy::{
        mark::Mark,
        review::{self, Label, Line as LookedLine, Said},
    },
    actions::read_attempt::Reviewed as LookedBack,
    base::text::{Language, Words},
    curriculum::{
        question::{Blank, Body, NumericAnswer},
        render::{self, Links},
    },
    web::{
        pages::scene::Scene,
        views::{
            result::{Reviewed, ReviewedOption},
            reviewed::{Criterion, Line, Prose, Statement},
        },
    },
};
use handlebars::html_escape;
use rust_decimal::Decimal;
use serde_json::Value;

/// One question, looked back upon.
pub(super) fn reviewed(scene: &Scene<'_>, looked: &LookedBack, links: &Links) -> Reviewed {
    let language = scene.caller.language;
    let html = |text: &Words| render::markdown(text.get(language), links).html;
    let chosen = |token: &str| match &looked.answer {
        Value::String(one) => one == token,
        Value::Array(many) => many.iter().any(|one| one.as_str() == Some(token)),
        _ => false,
    };
    let (given, expected) = typed(scene, looked);
    let ask = html(&looked.question.ask);
    Reviewed {
        n: u32::try_from(looked.no).unwrap_or(0),
        kind: looked.question.kind().to_owned(),
        html: match &looked.question.body {
            Body::Cloze { text, blanks } => format!("{ask}{}", numbered(text.get(language), blanks, links)),
            _ => ask,
        },
        state: state(looked).to_owned(),
        points: looked.points.rounded(),
        max: looked.out_of.rounded(),
        options: options(looked, language, &chosen),
        lines: looked.lines.iter().map(|one| line(scene, one)).collect(),
        prose: prose(looked, language, &html),
        statement: match &looked.question.body {
            Body::Sql(lab) => Some(Statement {
                given: looked.answer.as_str().map(render::statement),
                solution: render::statement(&lab.solution),
            }),
            _ => None,
        },
        given,
        expected,
        why: looked.question.why.as_ref().map(html),
    }
}

fn state(looked: &LookedBack) -> &'static str {
    if looked.out_of == Mark::ZERO {
        "not_counted"
    } else if looked.answer.is_null() {
        "unanswered"
    } else if looked.points == looked.out_of {
        "right"
    } else if looked.points > Mark::ZERO {
        "partly"
    } else {
        "wrong"
    }
}

/// What could be ticked; the rows of a grid are lines instead.
fn options(looked: &LookedBack, language: Language, chosen: &dyn Fn(&str) -> bool) -> Vec<ReviewedOption> {
    if !matches!(looked.question.body, Body::Single { .. } | Body::Multi { .. }) {
        return Vec::new();
    }
    let option = |(token, choice): &(String, crate::curriculum::question::Choice)| ReviewedOption {
        html: render::inline(choice.text.get(language)),
        chosen: chosen(token),
        correct: choice.correct,
        why: choice.why.as_ref().map(|why| render::inline(why.get(language))),
    };
    looked.options.iter().map(option).collect()
}

/// The text with the number of each gap in its place.
fn numbered(text: &str, blanks: &[Blank], links: &Links) -> String {
    let piece = |piece: render::Piece| {
        let no = piece.gap.and_then(|name| blanks.iter().position(|blank| blank.id.as_str() == name));
        let number = no.map(|no| format!("<span class=\"gap-no\">{}</span>", no + 1)).unwrap_or_default();
        format!("{}{number}", piece.html)
    };
    render::pieces(text, links).into_iter().map(piece).collect()
}

fn line(scene: &Scene<'_>, looked: &LookedLine) -> Line {
    let language = scene.caller.language;
    let said = |said: &Said| match said {
        Said::Words(words) => render::inline(words.get(language)),
        Said::Text(text) => html_escape(text),
        Said::Truth(truth) => html_escape(&self::truth(scene, *truth)),
        Said::Number(answer) => html_escape(&number(answer, language, "")),
    };
    Line {
        label: match &looked.label {
            Label::Words(words) => render::inline(words.get(language)),
            Label::Place(place) => place.to_string(),
        },
        state: match (&looked.given, looked.correct) {
            (_, true) => "right",
            (Some(_), false) => "wrong",
            (None, false) => "unanswered",
        }
        .to_owned(),
        given: looked.given.as_ref().map(said),
        right: said(&looked.right),
        why: looked.why.as_ref().map(|why| render::inline(why.get(language))),
    }
}

fn prose(looked: &LookedBack, language: Language, html: &dyn Fn(&Words) -> String) -> Option<Prose> {
    let (Body::FreeText { model, .. }, Some(judged)) = (&looked.question.body, &looked.judged) else { return None };
    let criterion = |(text, weight, share): &(Words, Mark, Option<Mark>)| Criterion {
        html: render::inline(text.get(language)),
        max: weight.rounded(),
        points: share.map(|share| (share * *weight).rounded()),
    };
    Some(Prose {
        written: looked.answer.as_str().map(str::to_owned),
        marked: judged.criteria.iter().any(|(_, _, share)| share.is_some()),
        criteria: judged.criteria.iter().map(criterion).collect(),
        comment: judged.comment.clone(),
        model: model.as_ref().map(html),
    })
}

fn truth(scene: &Scene<'_>, truth: bool) -> String {
    scene.plain(if truth { "true" } else { "false" })
}

/// The right numbers, as they are written in a language.
fn number(answer: &NumericAnswer, language: Language, unit: &str) -> String {
    let figure = |number: &Decimal| {
        let plain = number.normalize().to_string();
        if language.decimal_comma() { plain.replace('.', ",") } else { plain }
    };
    match answer {
        NumericAnswer::Exact { value, tolerance } if tolerance.is_zero() => format!("{}{unit}", figure(value)),
        NumericAnswer::Exact { value, tolerance } => format!("{} ± {}{unit}", figure(value), figure(tolerance)),
        NumericAnswer::Range { low, high } => format!("{} – {}{unit}", figure(low), figure(high)),
    }
}

/// What was given and what is right, where there was nothing to choose from.
fn typed(scene: &Scene<'_>, looked: &LookedBack) -> (Option<String>, Option<String>) {
    let text = looked.answer.as_str().map(str::to_owned);
    match &looked.question.body {
        Body::TrueFalse { answer } => {
            (looked.answer.as_bool().map(|given| truth(scene, given)), Some(truth(scene, *answer)))
        }
        Body::Numeric { answer, unit } => {
            let unit = unit.as_ref().map(|unit| format!("\u{a0}{unit}")).unwrap_or_default();
            let expected = number(answer, scene.caller.language, &unit);
            (text.map(|text| format!("{text}{unit}")), Some(expected))
        }
        Body::Short { accept } => (text, Some(review::first(accept)).filter(|text| !text.is_empty())),
        _ => (None, None),
    }
}
