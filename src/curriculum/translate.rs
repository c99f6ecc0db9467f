//! Laying a translation file over questions: texts only, by question and option id.

use super::{
    load::Desk,
    question::{Body, Question, read::read_accepts},
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
    let mut known = vec!["ask", "why"];
    match &question.body {
        Body::Single { .. } | Body::Multi { .. } => known.push("options"),
        Body::Short { .. } => known.push("accept"),
        Body::TrueFalse { .. } | Body::Numeric { .. } => {}
    }
    let Some(fields) = value.fields(&known, report) else { return };
    set(&mut question.ask, &fields, "ask", language, report);
    set_why(&mut question.why, &fields, language, report);
    if let Some(accept) = fields.get("accept")
        && let Body::Short { accept: accepts } = &mut question.body
    {
        for more in read_accepts(accept, report).unwrap_or_default() {
            if !accepts.contains(&more) {
                accepts.push(more);
            }
        }
    }
    let Some(options) = fields.get("options") else { return };
    for (id, place, value) in options.entries(report).unwrap_or_default() {
        let ids: Vec<String> = question.options().iter().map(|option| option.id.to_string()).collect();
        let Some(option) = question.options_mut().iter_mut().find(|option| option.id.as_str() == id) else {
            let near = nearest(id, ids.iter().map(String::as_str));
            let message = format!("the question `{}` has no option `{id}`", question.id);
            report.error_near(&place, "unknown-option", message, near);
            continue;
        };
        if !value.is_mapping() {
            // `a: "…"` is short for `a: {text: "…"}`.
            option.text.set(language, value.text(report).unwrap_or_default());
            continue;
        }
        let Some(fields) = value.fields(&["text", "why"], report) else { continue };
        set(&mut option.text, &fields, "text", language, report);
        set_why(&mut option.why, &fields, language, report);
    }
}

fn set(words: &mut Words, fields: &Fields<'_>, key: &str, language: Language, report: &mut Report) {
    if let Some(text) = fields.get(key).and_then(|value| value.text(report)) {
        words.set(language, text);
    }
}

fn set_why(why: &mut Option<Words>, fields: &Fields<'_>, language: Language, report: &mut Report) {
    let Some(value) = fields.get("why") else { return };
    match why {
        Some(words) => set(words, fields, "why", language, report),
        None => {
            let message = "this translates a `why` that the original does not have";
            report.error(&value.place(), "unknown-key", message);
        }
    }
}
