//! Everything that the house holds about a person, as one document: for themselves (GDPR, Art. 15 and 20), and as their whole
//! file for those who read everybody's records.

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
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    curriculum::quiz::Review,
    db::{Reading, Writing},
    identity::{self, actor::Actor, person::IdentityRefusal},
    records::{
        rows::{self, Sections},
        section::NoSuchSection,
    },
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
        document(w, who, &[])
    })
    .await
}

/// What only admins and the person themselves read: that somebody needs more time can tell of their health.
const PRIVATE: [&str; 1] = ["accommodations"];
/// What stands in every document beside its sections.
const HEAD: [&str; 5] = ["format", "at", "cut", "withheld", "person"];

/// Puts the whole file on somebody together, or one section of it, for admins and auditors, and notes in the log that it was
/// taken. What an auditor does not read is named in `withheld`.
///
/// # Errors
/// The actor may not read everybody's records, there is no such person or section, or the database is away.
pub async fn export_file(
    app: &App,
    actor: &Actor,
    who: Id<ids::Person>,
    section: Option<String>,
) -> Result<Value, Fault> {
    let caller = actor.clone();
    act(app, actor, "export_file", About::person(who), move |w, by| {
        caller.as_auditor()?;
        let mut document = document(w, who, if caller.as_admin().is_ok() { &[] } else { &PRIVATE })?;
        if let Some(section) = &section {
            document = part(document, section)?;
        }
        let entry = Entry::new(What::RecordsExported).person(who).about("file");
        audit::rows::append(w, by, entry.data(json!({ "list": "file", "section": section })))?;
        Ok(document)
    })
    .await
}

/// One section of a document, with what tells whose and of when it is.
fn part(document: Value, section: &str) -> Result<Value, NoSuchSection> {
    let Value::Object(mut document) = document else { return Ok(document) };
    if !document.get(section).is_some_and(Value::is_array) || HEAD.contains(&section) {
        let sections = document.iter().filter(|(name, lines)| lines.is_array() && !HEAD.contains(&name.as_str()));
        let known: Vec<&str> = sections.map(|(name, _)| name.as_str()).collect();
        return Err(NoSuchSection { name: section.to_owned(), known: known.join(", ") });
    }
    document.retain(|name, _| name == section || HEAD.contains(&name.as_str()));
    Ok(document.into())
}

fn document(w: &mut Writing<'_>, who: Id<ids::Person>, withheld: &[&str]) -> Result<Value, Fault> {
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
    given.sections.retain(|name, _| !withheld.contains(&name.as_str()));
    let mut document = serde_json::Map::new();
    document.insert("format".to_owned(), json!(FORMAT));
    document.insert("at".to_owned(), json!(w.now()));
    document.insert("cut".to_owned(), json!(given.cut));
    if !withheld.is_empty() {
        document.insert("withheld".to_owned(), json!(withheld));
    }
    document.extend(given.sections);
    Ok(Value::Object(document))
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
