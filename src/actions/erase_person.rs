//! Erasing a person (GDPR, Art. 17) while the audit stays true: a pseudonym stands where they stood, and nothing moves.

use super::{About, act, submit_attempt};
use crate::{
    academy::{self, attempt::State as AttemptState},
    access::request::AccessRefusal,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::Reading,
    identity::{
        self,
        actor::Actor,
        person::{IdentityRefusal, State},
    },
    records::{
        erasure::{ErasureRefusal, Traces, pseudonym},
        rows,
    },
};
use serde_json::json;

/// Refuses what would give a pseudonym personal data again.
///
/// # Errors
/// The person is erased, or the database is away.
pub fn not_erased(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<(), Fault> {
    if rows::erased_at(r, person)?.is_some() { Err(ErasureRefusal::Erased.into()) } else { Ok(()) }
}

/// Erases a person for good. `confirm` is their e-mail address, typed once more.
///
/// # Errors
/// The actor is no admin, no reason is given, the person is unknown, erased or not shut out (and so without a grant), the
/// address is not theirs, or the database is away.
pub async fn erase_person(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    confirm: String,
    reason: String,
) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "erase_person", About::person(person), move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        academy::rows::hold_marking(w, false)?;
        identity::rows::hold_admins(w)?;
        identity::rows::hold(w, person, true)?;
        let found = identity::rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        not_erased(w, person)?;
        if found.state != State::Disabled {
            return Err(ErasureRefusal::NotShutOut.into());
        }
        if confirm.trim().to_lowercase() != found.email.as_str() {
            return Err(ErasureRefusal::NotConfirmed.into());
        }
        // What was saved is marked before the words go.
        for open in academy::rows::attempts(w, person, None)? {
            if open.state == AttemptState::InProgress {
                submit_attempt::close(w, by, &content, &open, AttemptState::Expired)?;
            }
        }
        let traces = Traces::of(&found, &rows::logins(w, person)?);
        rows::erase_account(w, person, found.email.as_str())?;
        rows::erase_texts(w, person)?;
        rows::erase_beside_log(w, person)?;
        let named = rows::scrub(w, &traces)?;
        let reason = traces.gone_from(reason).unwrap_or_else(|| reason.to_owned());
        let entry = Entry::new(What::PersonErased).person(person);
        let entry = entry.data(json!({ "pseudonym": pseudonym(person), "texts_that_named_them": named }));
        Ok(audit::rows::append(w, by, entry.texts(json!({ "reason": reason })))?)
    })
    .await
}
