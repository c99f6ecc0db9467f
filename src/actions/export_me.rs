//! Everything that the house holds about the signed-in person, as one document (GDPR, Art. 15 and 20).

use super::{About, act};
use crate::{
    academy::{
        self,
        attempt::{Attempt, State},
        grading::Outcome,
        rows::{AnswerRow, MarkRow},
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::refusal::{Broken, Fault},
    curriculum::quiz::Review,
    db::Reading,
    identity::{self, actor::Actor, person::IdentityRefusal},
    records::rows::{self, Sections},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The name of the document's format; it changes when a section does.
pub const FORMAT: &str = "habilis-person-1";

/// Puts the document together and notes in the log that it was given out, in one transaction.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn export_me(app: &App, actor: &Actor) -> Result<Value, Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "export_me", About::person(who), move |w, by| {
        let entry = Entry::new(What::RecordsExported).person(who).about("own records");
        audit::rows::append(w, by, entry.data(json!({ "list": "own records" })))?;
        let person = identity::rows::person(w, who)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        let mut given = Sections::default();
        given.sections.insert("person".to_owned(), serde_json::to_value(&person).map_err(Broken::defect)?);
        rows::account_sections(w, who, &mut given)?;
        rows::learning_sections(w, who, &mut given)?;
        let attempts = academy::rows::attempts(w, who, None)?;
        let mut shown = BTreeSet::new();
        let attempts = attempts.into_iter().map(|one| attempt(w, one, &mut shown)).collect::<Result<Vec<_>, _>>()?;
        given.sections.insert("attempts".to_owned(), Value::Array(attempts));
        rows::access_sections(w, who, &mut given)?;
        rows::event_section(w, who, &shown, &mut given)?;
        let mut document = serde_json::Map::new();
        document.insert("format".to_owned(), json!(FORMAT));
        document.insert("at".to_owned(), json!(w.now()));
        document.insert("cut".to_owned(), json!(given.cut));
        document.extend(given.sections);
        Ok(Value::Object(document))
    })
    .await
}

/// An attempt with its answers. Marks by question and comments stand with it once it is marked; the questions' own words
/// only where the quiz shows them to its takers, and keys never. Those that show everything are noted in `shown`.
fn attempt(r: &mut Reading<'_>, one: Attempt, shown: &mut BTreeSet<String>) -> Result<Value, Broken> {
    let form = academy::rows::form(r, one.id)?;
    let answers = academy::rows::answers(r, one.id)?;
    let marked = one.state == State::Graded;
    let open = one.state == State::InProgress;
    let full = marked && form.review == Review::Everything;
    if full {
        shown.insert(one.id.to_string());
    }
    let outcome = if full { academy::rows::outcome(r, one.id)? } else { None };
    let comments = if marked { rows::comments(r, one.id)? } else { Default::default() };
    // By the same rule that holds for points: only where every question is shown.
    let marks = if full { academy::rows::answer_marks(r, one.id)? } else { Default::default() };
    let anew: Vec<Value> = academy::rows::corrections(r, one.id)?
        .iter()
        .map(|told| {
            let mark = |outcome: &Outcome| {
                json!({ "passed": outcome.passed, "basis_points": outcome.points.basis_points(outcome.out_of) })
            };
            json!({ "at": told.at, "reason": told.reason, "old": mark(&told.old), "new": mark(&told.new) })
        })
        .collect();
    let texts = if full || open { academy::rows::questions(r, &form)? } else { Default::default() };
    let lines: Vec<Value> = form
        .questions()
        .map(|on_form| {
            let question = texts.get(&on_form.hash);
            let worth = outcome.as_ref().and_then(|outcome| outcome.questions.iter().find(|q| q.no == on_form.no));
            let saved = answers.get(&on_form.no);
            let options: Option<serde_json::Map<String, Value>> = question.map(|question| {
                let text = |option: &academy::form::FormOption| {
                    let choice = question.options().iter().find(|choice| choice.id == option.option)?;
                    Some((option.token.clone(), json!(choice.text)))
                };
                on_form.options.iter().filter_map(text).collect()
            });
            json!({
                "no": on_form.no,
                "question": question.map(|question| &question.ask),
                "options": options,
                "answer": saved.map(AnswerRow::json),
                "flagged": saved.is_some_and(|saved| saved.flagged),
                "saved_at": saved.map(|saved| saved.saved_at),
                "points": worth.map(|worth| worth.points),
                "out_of": worth.map(|worth| worth.out_of),
                "criteria": marks.get(&on_form.no).map(MarkRow::criteria).filter(|criteria| !criteria.is_empty()),
                "comment": comments.get(&on_form.no),
            })
        })
        .collect();
    let mut document = serde_json::to_value(&one).map_err(Broken::defect)?;
    if let Some(fields) = document.as_object_mut() {
        fields.insert("title".to_owned(), json!(form.title));
        fields.insert("answers".to_owned(), Value::Array(lines));
        fields.insert("marked_anew".to_owned(), Value::Array(anew));
    }
    Ok(document)
}
