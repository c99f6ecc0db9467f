//! How each kind of question is shown while it can be answered: with what is saved, or with what was typed.

use super::fields::Fields;
use crate::{
    academy::rows::AnswerRow,
    actions::read_attempt::{Extent, PaperGap, PaperKind, PaperQuestion},
    base::text::{Language, Words},
    curriculum::render::{self, Links},
    web::views::{
        attempt::{AnswerOption, Question, QuestionKind},
        attempt_parts::{Gap, Item, Left, Parts, Pick, Piece, Row},
    },
};

/// How a kind is answered.
pub(super) fn kind(kind: &PaperKind) -> QuestionKind {
    match kind {
        PaperKind::Single(_) => QuestionKind::Single,
        PaperKind::Multi(_) => QuestionKind::Multi,
        PaperKind::TrueFalse => QuestionKind::TrueFalse,
        PaperKind::Numeric(_) => QuestionKind::Numeric,
        PaperKind::Short => QuestionKind::Short,
        PaperKind::Grid(_) => QuestionKind::TrueFalseGrid,
        PaperKind::Match { .. } => QuestionKind::Match,
        PaperKind::Order(_) => QuestionKind::Order,
        PaperKind::Cloze { .. } => QuestionKind::Cloze,
        PaperKind::Sql { .. } => QuestionKind::Sql,
        PaperKind::FreeText => QuestionKind::FreeText,
    }
}

/// A question with what stands in its fields.
pub(super) fn question(
    asked: &PaperQuestion,
    row: Option<&AnswerRow>,
    fields: &Fields,
    language: Language,
    links: &Links,
) -> Question {
    let name = format!("a{}", asked.no);
    let extent = row.map_or(Extent::Nothing, |row| asked.kind.extent(&row.json()));
    let options = match &asked.kind {
        PaperKind::Single(list) | PaperKind::Multi(list) => {
            let option = |(token, text): &(String, Words)| AnswerOption {
                id: token.clone(),
                html: render::inline(text.get(language)),
                chosen: fields.all(&name).contains(token),
            };
            list.iter().map(option).collect()
        }
        _ => Vec::new(),
    };
    let unit = if let PaperKind::Numeric(unit) = &asked.kind { unit.clone() } else { None };
    let value = match &asked.kind {
        PaperKind::Single(_) | PaperKind::Multi(_) => "",
        PaperKind::Sql { starter: Some(starter), .. } if fields.value(&name).is_empty() => starter,
        _ => fields.value(&name),
    };
    Question {
        n: u32::try_from(asked.no).unwrap_or(0),
        html: render::markdown(asked.ask.get(language), links).html,
        kind: kind(&asked.kind),
        points: asked.points.rounded(),
        revision: row.map_or(0, |row| u32::try_from(row.revision).unwrap_or(0)),
        flagged: row.is_some_and(|row| row.flagged),
        answered: extent != Extent::Nothing,
        partly: extent == Extent::Partly,
        options,
        value: value.to_owned(),
        unit,
        parts: parts(asked, fields, language, links),
        lab: None,
        note: None,
    }
}

fn parts(asked: &PaperQuestion, fields: &Fields, language: Language, links: &Links) -> Parts {
    let mut parts = Parts::default();
    let name = |token: &str| format!("a{}.{token}", asked.no);
    let html = |text: &Words| render::inline(text.get(language));
    match &asked.kind {
        PaperKind::Grid(rows) => {
            let row = |(token, text): &(String, Words)| Row {
                value: fields.value(&name(token)).to_owned(),
                name: name(token),
                html: html(text),
            };
            parts.rows = rows.iter().map(row).collect();
        }
        PaperKind::Match { lefts, targets } => {
            let left = |(token, text): &(String, Words)| Left {
                choices: picks(targets, fields.value(&name(token)), language),
                name: name(token),
                html: html(text),
            };
            parts.lefts = lefts.iter().map(left).collect();
        }
        PaperKind::Order(items) => {
            let item = |(token, text): &(String, Words)| {
                let chosen = fields.value(&name(token));
                let place = |place: usize| {
                    let value = place.to_string();
                    Pick { chosen: chosen == value, said: value.clone(), value }
                };
                Item {
                    name: name(token),
                    token: token.clone(),
                    html: html(text),
                    said: render::inline_text(text.get(language)),
                    places: (1..=items.len()).map(place).collect(),
                }
            };
            parts.items = items.iter().map(item).collect();
        }
        PaperKind::Cloze { text, gaps } => {
            let of = u32::try_from(gaps.len()).unwrap_or(0);
            let gap = |(no, gap): (u32, &PaperGap)| {
                let value = fields.value(&name(&gap.token));
                Gap {
                    name: name(&gap.token),
                    no,
                    of,
                    value: value.to_owned(),
                    number: gap.number,
                    choices: gap.choices.as_ref().map(|choices| picks(choices, value, language)),
                }
            };
            // A translation may have them in another order; their numbers stay, as the review tells them.
            let piece = |piece: render::Piece| {
                let found = piece.gap.and_then(|name| gaps.iter().zip(1..).find(|(gap, _)| gap.name.as_str() == name));
                Piece { html: piece.html, gap: found.map(|(found, no)| gap((no, found))) }
            };
            parts.pieces = render::pieces(text.get(language), links).into_iter().map(piece).collect();
        }
        PaperKind::Sql { dataset, starter } => {
            parts.dataset = Some(dataset.to_string());
            parts.starter.clone_from(starter);
        }
        PaperKind::FreeText => {
            let words = fields.value(&format!("a{}", asked.no)).split_whitespace().count();
            parts.words = u32::try_from(words).unwrap_or(u32::MAX);
        }
        PaperKind::Single(_)
        | PaperKind::Multi(_)
        | PaperKind::TrueFalse
        | PaperKind::Numeric(_)
        | PaperKind::Short => {}
    }
    parts
}

/// A list to choose from, as the plain text that menus can show.
fn picks(list: &[(String, Words)], chosen: &str, language: Language) -> Vec<Pick> {
    let pick = |(token, text): &(String, Words)| Pick {
        value: token.clone(),
        said: render::inline_text(text.get(language)),
        chosen: chosen == token,
    };
    list.iter().map(pick).collect()
}
