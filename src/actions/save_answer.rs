//! Saving one answer, over the revision it was made from.

use super::{About, act};
use crate::{
    academy::{
        self,
        answer::Answer,
        attempt::{Attempt, AttemptRefusal},
    },
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    db::Writing,
    identity::actor::Actor,
};
use serde_json::{Value, json};

/// One answer to be saved.
#[derive(Clone, Debug)]
pub struct Save {
    pub no: i64,
    /// The revision it was made from; 0 where none was saved yet.
    pub revision: i64,
    pub answer: Value,
    pub flagged: bool,
}

/// What was saved.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Saved {
    pub revision: i64,
    pub saved_at: Time,
}

/// Saves one answer of the signed-in person's open attempt; answered after the durable commit.
///
/// # Errors
/// The attempt is another's or closed, the answer does not fit, a newer one was saved elsewhere, or the database is away.
pub async fn save_answer(app: &App, actor: &Actor, attempt: Id<ids::Attempt>, save: Save) -> Result<Saved, Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "save_answer", About::person(who).subject(attempt), move |w, by| {
        let open = own_open(w, who, attempt)?;
        write(w, by, &open, &save)
    })
    .await
}

/// The person's own attempt, if it still takes answers.
///
/// # Errors
/// It is another's, or closed.
pub fn own_open(w: &mut Writing<'_>, who: Id<ids::Person>, attempt: Id<ids::Attempt>) -> Result<Attempt, Fault> {
    academy::rows::hold(w, attempt)?;
    let found = academy::rows::attempt(w, attempt)?.filter(|found| found.person_id == who);
    let found = found.ok_or(AttemptRefusal::NoSuchAttempt)?;
    if found.is_open(w.now()) {
        Ok(found)
    } else {
        let state = if found.state == academy::attempt::State::InProgress { "expired" } else { found.state.word() };
        Err(AttemptRefusal::Closed { state }.into())
    }
}

/// Writes one answer and its event.
///
/// # Errors
/// It does not fit its question, or is stale.
pub fn write(w: &mut Writing<'_>, by: &By, attempt: &Attempt, save: &Save) -> Result<Saved, Fault> {
    let form = academy::rows::form(w, attempt.id)?;
    let on_form = form.question(save.no).ok_or(AttemptRefusal::NoSuchQuestion { no: save.no })?;
    let question = academy::rows::question(w, &on_form.hash)?;
    let answer = Answer::parse(&save.answer, on_form, &question)?.to_json();
    let text = answer.to_string();
    if !academy::rows::save_answer(w, attempt.id, save.no, save.revision, &text, save.flagged)? {
        let newer = academy::rows::answers(w, attempt.id)?.remove(&save.no);
        return Err(match newer {
            // The same answer again, from a client that never heard of its success: it is saved, and that is the answer.
            Some(newer)
                if newer.revision == save.revision + 1 && newer.answer == text && newer.flagged == save.flagged =>
            {
                return Ok(Saved { revision: newer.revision, saved_at: newer.saved_at });
            }
            Some(newer) => {
                AttemptRefusal::Stale { revision: newer.revision, answer: newer.json(), saved_at: newer.saved_at }
                    .into()
            }
            None => AttemptRefusal::Stale { revision: 0, answer: Value::Null, saved_at: attempt.started_at }.into(),
        });
    }
    let saved = Saved { revision: save.revision + 1, saved_at: w.now() };
    let entry = Entry::new(What::AnswerSaved).person(attempt.person_id).subject(attempt.id);
    audit::rows::append(w, by, entry.data(json!({ "no": save.no, "revision": saved.revision })))?;
    Ok(saved)
}
