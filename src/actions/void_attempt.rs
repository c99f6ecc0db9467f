//! Voiding an attempt: it does not count any more, and neither does a certificate that rests on it.

use super::{About, act, revoke_certificate};
use crate::{
    academy::{
        self,
        attempt::{AttemptRefusal, State},
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::{self, certificate::CertificateRefusal},
    db::lifecycle::{self, Entity, Step},
    identity::{self, actor::Actor},
};
use serde_json::json;

/// Voids an attempt for a reason.
///
/// # Errors
/// The actor is no admin, the attempt is voided already, no reason is given, or the database is away.
pub async fn void_attempt(app: &App, actor: &Actor, attempt: Id<ids::Attempt>, reason: String) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "void_attempt", About::nothing().subject(attempt), move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(CertificateRefusal::ReasonNeeded.into());
        }
        academy::rows::hold_marking(w, false)?;
        let found = academy::rows::attempt(w, attempt)?.ok_or(AttemptRefusal::NoSuchAttempt)?;
        if found.state == State::Voided {
            return Err(AttemptRefusal::VoidedAlready.into());
        }
        identity::rows::hold(w, found.person_id, true)?;
        let step = Step { from: found.state.word(), to: "voided", actor: &by.actor, reason: "" };
        if !lifecycle::advance_for(w, Entity::Attempt, &attempt.to_string(), step, reason)? {
            return Err(AttemptRefusal::Closed { state: found.state.word() }.into());
        }
        let entry = Entry::new(What::AttemptVoided).person(found.person_id).subject(attempt);
        audit::rows::append(w, by, entry.texts(json!({ "reason": reason })))?;
        for certificate in certification::rows::certificates_of(w, found.person_id)? {
            let rests = certificate.evidence.exams.iter().any(|exam| exam.attempt == attempt);
            // One whose time is over has nothing left that could be taken back, whatever its word still says.
            if rests && certificate.is_left_at(w.now()) {
                revoke_certificate::revoke(w, by, &content, &certificate, "the attempt it rests on was voided")?;
            }
        }
        Ok(())
    })
    .await
}
