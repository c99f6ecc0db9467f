//! Answers to a frozen question that are right and wrong on purpose: for the demo's people and for tests.

use super::{
    form::{FormOption, FormQuestion, Of},
    review,
};
use crate::{
    base::text::Language,
    curriculum::question::{Accept, BlankKey, Body, Item, NumericAnswer, Question},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An answer that is wholly right, as it would be sent.
#[must_use]
pub fn right_answer(question: &Question, on_form: &FormQuestion) -> Value {
    let tokens = || {
        on_form
            .options
            .iter()
            .filter(|placed| question.options().iter().any(|option| option.id == placed.option && option.correct))
            .map(|placed| placed.token.clone())
    };
    match &question.body {
        Body::Single { .. } => tokens().next().map_or(Value::Null, Value::from),
        // In the order in which answers are kept.
        Body::Multi { .. } => tokens().collect::<BTreeSet<_>>().into_iter().collect(),
        Body::TrueFalse { answer } => json!(answer),
        Body::Numeric { answer: NumericAnswer::Exact { value, .. }, .. } => json!(value.to_string()),
        Body::Numeric { answer: NumericAnswer::Range { low, .. }, .. } => json!(low.to_string()),
        Body::Short { accept } => accept
            .iter()
            .find_map(|entry| match entry {
                Accept::Text(text) => Some(json!(text)),
                Accept::Regex(_) => None,
            })
            .unwrap_or(Value::Null),
        Body::TrueFalseGrid { rows } => {
            let right = |token: &FormOption| {
                let row = rows.iter().find(|row| row.id == token.option)?;
                Some((token.token.clone(), json!(row.correct)))
            };
            on_form.options_of(&Of::Itself).filter_map(right).collect()
        }
        Body::Match(key) => {
            let right = |left: &FormOption| {
                let pair = key.pairs.iter().find(|pair| pair.id == left.option)?;
                let target = on_form.options_of(&Of::Targets).find(|target| target.option == pair.right)?;
                Some((left.token.clone(), json!(target.token)))
            };
            on_form.options_of(&Of::Itself).filter_map(right).collect()
        }
        Body::Order { items, .. } => {
            let token = |item: &Item| {
                let placed = on_form.options_of(&Of::Itself).find(|placed| placed.option == item.id)?;
                Some(json!(placed.token))
            };
            items.iter().filter_map(token).collect()
        }
        Body::Cloze { blanks, .. } => {
            let right = |gap: &FormOption| {
                let blank = blanks.iter().find(|blank| blank.id == gap.option)?;
                let fill = match &blank.key {
                    BlankKey::Choices(choices) => {
                        let right = choices.iter().find(|choice| choice.correct)?;
                        let of = Of::Gap(blank.id.clone());
                        on_form.options_of(&of).find(|placed| placed.option == right.id)?.token.clone()
                    }
                    BlankKey::Accept(accept) => review::first(accept),
                    BlankKey::Number(
                        NumericAnswer::Exact { value: number, .. } | NumericAnswer::Range { low: number, .. },
                    ) => number.to_string(),
                };
                Some((gap.token.clone(), json!(fill)))
            };
            on_form.options_of(&Of::Itself).filter_map(right).collect()
        }
        Body::Sql(lab) => json!(lab.solution),
        Body::FreeText { rubric, .. } => {
            let lines: Vec<&str> = rubric.iter().map(|criterion| criterion.text.get(Language::En)).collect();
            json!(lines.join("\n"))
        }
    }
}

/// An answer that is worth nothing.
#[must_use]
pub fn wrong_answer(question: &Question, on_form: &FormQuestion) -> Value {
    let wrong = || {
        on_form
            .options
            .iter()
            .find(|placed| question.options().iter().any(|option| option.id == placed.option && !option.correct))
            .map(|placed| placed.token.clone())
    };
    match &question.body {
        Body::Single { .. } => wrong().map_or(Value::Null, Value::from),
        Body::Multi { .. } => wrong().map_or(Value::Null, |token| json!([token])),
        Body::TrueFalse { answer } => json!(!answer),
        Body::Numeric { .. } => json!("-98765"),
        Body::Short { .. } | Body::FreeText { .. } => json!("I am not sure"),
        Body::Sql(_) => json!("SELECT 1"),
        Body::TrueFalseGrid { .. } | Body::Match(_) | Body::Order { .. } | Body::Cloze { .. } => Value::Null,
    }
}
