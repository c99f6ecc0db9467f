//! Looking back at an answer part by part: what was given, what is right, and why.

use super::{
    answer::Answer,
    form::{FormQuestion, Of},
    grading,
    rows::MarkRow,
};
use crate::{
    base::text::{Slug, Words},
    curriculum::question::{Accept, BlankKey, Body, Choice, NumericAnswer, Question},
};

/// One part of an answer, looked back upon.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is about.
    pub label: Label,
    /// What was given; none where nothing was.
    pub given: Option<Said>,
    /// What is right.
    pub right: Said,
    /// Whether they agree.
    pub correct: bool,
    /// Why.
    pub why: Option<Words>,
}

/// What a part is about.
#[derive(Clone, Debug)]
pub enum Label {
    /// A row or a left side, in inline Markdown.
    Words(Words),
    /// A gap or a place in an order, from 1.
    Place(usize),
}

/// What somebody said or should have.
#[derive(Clone, Debug)]
pub enum Said {
    /// Inline Markdown.
    Words(Words),
    /// As it was typed.
    Text(String),
    /// A judgement.
    Truth(bool),
    /// A number, within bounds.
    Number(NumericAnswer),
}

/// The parts of an answer to a grid, match, order or cloze question, in the order of the form; none for other types.
#[must_use]
pub fn lines(question: &Question, on_form: &FormQuestion, answer: &Answer) -> Vec<Line> {
    let behind = |token: &str| on_form.behind(&Of::Itself, token);
    let own = || on_form.options_of(&Of::Itself);
    match &question.body {
        Body::TrueFalseGrid { rows } => {
            let judged = |token: &str| match answer {
                Answer::Truths(judged) => judged.get(token).copied(),
                _ => None,
            };
            let line = |(token, row): (&str, &Choice)| Line {
                label: Label::Words(row.text.clone()),
                given: judged(token).map(Said::Truth),
                right: Said::Truth(row.correct),
                correct: judged(token) == Some(row.correct),
                why: row.why.clone(),
            };
            own().filter_map(|o| Some((o.token.as_str(), rows.iter().find(|r| r.id == o.option)?))).map(line).collect()
        }
        Body::Match(key) => {
            let text = |id: &Slug| key.targets.iter().find(|target| target.id == *id).map(|target| target.text.clone());
            let made = |token: &str| match answer {
                Answer::Pairs(made) => on_form.behind(&Of::Targets, made.get(token)?),
                _ => None,
            };
            own()
                .filter_map(|o| {
                    let pair = key.pairs.iter().find(|pair| pair.id == o.option)?;
                    Some(Line {
                        label: Label::Words(pair.left.clone()),
                        given: made(&o.token).and_then(text).map(Said::Words),
                        right: Said::Words(text(&pair.right)?),
                        correct: made(&o.token) == Some(&pair.right),
                        why: pair.why.clone(),
                    })
                })
                .collect()
        }
        Body::Order { items, .. } => {
            let given = |at: usize| match answer {
                Answer::Sequence(order) => behind(order.get(at)?),
                _ => None,
            };
            let text = |id: &Slug| items.iter().find(|item| item.id == *id).map(|item| Said::Words(item.text.clone()));
            items
                .iter()
                .enumerate()
                .map(|(at, item)| Line {
                    label: Label::Place(at + 1),
                    given: given(at).and_then(text),
                    right: Said::Words(item.text.clone()),
                    correct: given(at) == Some(&item.id),
                    why: None,
                })
                .collect()
        }
        Body::Cloze { blanks, .. } => own()
            .enumerate()
            .filter_map(|(at, o)| {
                let blank = blanks.iter().find(|blank| blank.id == o.option)?;
                let filled = match answer {
                    Answer::Gaps(filled) => filled.get(&o.token),
                    _ => None,
                };
                let (given, right) = match &blank.key {
                    BlankKey::Choices(choices) => {
                        let picked = filled.and_then(|token| on_form.behind(&Of::Gap(blank.id.clone()), token));
                        let text = |choice: &Choice| Said::Words(choice.text.clone());
                        let picked = picked.and_then(|id| choices.iter().find(|choice| choice.id == *id));
                        (picked.map(text), choices.iter().find(|choice| choice.correct).map(text)?)
                    }
                    BlankKey::Accept(accept) => (filled.cloned().map(Said::Text), Said::Text(first(accept))),
                    BlankKey::Number(key) => (filled.cloned().map(Said::Text), Said::Number(key.clone())),
                };
                let correct = filled.is_some_and(|text| grading::fills(blank, on_form, text));
                Some(Line { label: Label::Place(at + 1), given, right, correct, why: blank.why.clone() })
            })
            .collect(),
        Body::Single { .. }
        | Body::Multi { .. }
        | Body::TrueFalse { .. }
        | Body::Numeric { .. }
        | Body::Short { .. }
        | Body::Sql(_)
        | Body::FreeText { .. } => Vec::new(),
    }
}

/// The answer to show of those that are accepted: the first that is no pattern.
#[must_use]
pub fn first(accept: &[Accept]) -> String {
    let plain = accept.iter().find_map(|entry| match entry {
        Accept::Text(text) => Some(text.clone()),
        Accept::Regex(_) => None,
    });
    plain.unwrap_or_default()
}

/// What a person said of prose: criterion by criterion with its weight and mark, and a comment.
#[derive(Clone, Debug)]
pub struct Judged {
    pub criteria: Vec<(Words, crate::academy::mark::Mark, Option<crate::academy::mark::Mark>)>,
    pub comment: Option<String>,
}

/// The rubric of prose, with the marks that a person gave where one did.
#[must_use]
pub fn judged(question: &Question, mark: Option<&MarkRow>) -> Option<Judged> {
    let Body::FreeText { rubric, .. } = &question.body else { return None };
    let given = mark.map(MarkRow::criteria).unwrap_or_default();
    let criteria = rubric.iter().map(|criterion| {
        let weight = crate::academy::mark::Mark::from_decimal(criterion.weight);
        (criterion.text.clone(), weight, given.get(&criterion.id).copied())
    });
    Some(Judged { criteria: criteria.collect(), comment: mark.and_then(|mark| mark.comment.clone()) })
}
