//! Laying a translation file over questions: texts only, by question and option id.

use super::{
    load::Desk,
    question::{Accept, BlankKey, Body, Question, read::read_accepts},
    report::Report,
    yaml::{Fields, Value},
};
use crate::base::text::{Language, Words, nearest};

/// Reads `x.bank.fr.yaml` or `x.quiz.fr.yaml` over the questions of `x`.
pub(crate) fn translate(value: Value<'_>, language: Language, questions: &mut [Question], desk: &mut Desk<'_>) {
    let course = desk.course.clone();
    let Some(fields) = value.fields(&["questions"], desk.report) else { return };
    let Some(list) = fields.require("questions", desk.report) else { return };
    for (id, place, value) in list.entries(desk.report).unwrap_or_default() {
        if let Some(question) = questions.iter_mut().find(|question| question.id.as_str() == id) {
            desk.places.put(&[&course, "translation", language.tag(), id], place);
            lay(value, language, question, desk.report);
        } else if !desk.places.has(&[&course, "question", id]) {
            let near = nearest(id, questions.iter().map(|question| question.id.as_str()));
            let message = format!("there is no question `{id}` to translate");
            desk.report.error_near(&place, "unknown-question", message, near);
        }
    }
}

fn lay(value: Value<'_>, language: Language, question: &mut Question, report: &mut Report) {
    let Some(fields) = value.fields(question.translated_keys(), report) else { return };
    set(&mut question.ask, &fields, "ask", language, report);
    set_optional(&mut question.why, &fields, "why", language, report);
    match &mut question.body {
        Body::Cloze { text, .. } => set(text, &fields, "text", language, report),
        Body::FreeText { model, .. } => set_optional(model, &fields, "model", language, report),
        _ => {}
    }
    if let Some(accept) = fields.get("accept") {
        accept_more(accept, question, report);
    }
    for list in ["options", "rows", "pairs", "targets", "items", "choices", "rubric"] {
        if let Some(value) = fields.get(list) {
            lay_parts(value, list, language, question, report);
        }
    }
}

/// Answers that are right in the other language as well.
fn accept_more(value: Value<'_>, question: &mut Question, report: &mut Report) {
    match &mut question.body {
        Body::Short { accept } => extend(accept, value, report),
        Body::Cloze { blanks, .. } => {
            for (id, place, value) in value.entries(report).unwrap_or_default() {
                let found = blanks.iter_mut().find(|blank| blank.id.as_str() == id).map(|blank| &mut blank.key);
                if let Some(BlankKey::Accept(accept)) = found {
                    extend(accept, value, report);
                } else {
                    report.error(&place, "unknown-blank", format!("there is no gap `{id}` here that accepts texts"));
                }
            }
        }
        _ => {}
    }
}

fn extend(accepts: &mut Vec<Accept>, value: Value<'_>, report: &mut Report) {
    for more in read_accepts(value, report).unwrap_or_default() {
        if !accepts.contains(&more) {
            accepts.push(more);
        }
    }
}

fn lay_parts(value: Value<'_>, list: &str, language: Language, question: &mut Question, report: &mut Report) {
    let whole = question.id.to_string();
    let mut parts: Vec<_> = question.parts_mut().into_iter().filter(|part| part.list == list).collect();
    for (id, place, value) in value.entries(report).unwrap_or_default() {
        let Some(at) = parts.iter().position(|part| part.id == id) else {
            let near = nearest(id, parts.iter().map(|part| part.id.as_str()));
            let message = format!("the question `{whole}` has no `{id}` among its {list}");
            report.error_near(&place, "unknown-option", message, near);
            continue;
        };
        let Some(part) = parts.get_mut(at) else { continue };
        if !value.is_mapping() {
            // `a: "…"` is short for `a: {text: "…"}`.
            part.text.set(language, value.text(report).unwrap_or_default());
            continue;
        }
        let known: &[&str] = if part.why.is_some() { &["text", "why"] } else { &["text"] };
        let Some(fields) = value.fields(known, report) else { continue };
        set(part.text, &fields, "text", language, report);
        if let Some(why) = &mut part.why {
            set_optional(why, &fields, "why", language, report);
        }
    }
}

fn set(words: &mut Words, fields: &Fields<'_>, key: &str, language: Language, report: &mut Report) {
    if let Some(text) = fields.get(key).and_then(|value| value.text(report)) {
        words.set(language, text);
    }
}

fn set_optional(text: &mut Option<Words>, fields: &Fields<'_>, key: &str, language: Language, report: &mut Report) {
    let Some(value) = fields.get(key) else { return };
    match text {
        Some(words) => set(words, fields, key, language, report),
        None => {
            let message = format!("this translates a `{key}` that the original does not have");
            report.error(&value.place(), "unknown-key", message);
        }
    }
}
