//! Revoking a certificate: from this instant it counts for nothing, and what stood on it is suspended.

use super::{About, act, settle_access};
use crate::{
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    certification::{
        self,
        certificate::{Certificate, CertificateRefusal, State},
    },
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor},
};
use serde_json::json;

/// Revokes a certificate for a reason.
///
/// # Errors
/// The actor is no admin, it has ended already, no reason is given, or the database is away.
pub async fn revoke_certificate(
    app: &App,
    actor: &Actor,
    certificate: Id<ids::Certificate>,
    reason: String,
) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "revoke_certificate", About::nothing().subject(certificate), move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(CertificateRefusal::ReasonNeeded.into());
        }
        let found = certification::rows::certificate(w, certificate)?.ok_or(CertificateRefusal::NoSuchCertificate)?;
        identity::rows::hold(w, found.person_id, true)?;
        let found = certification::rows::certificate(w, certificate)?.ok_or(CertificateRefusal::NoSuchCertificate)?;
        revoke(w, by, &content, &found, reason)
    })
    .await
}

/// Revokes within a running transaction.
///
/// # Errors
/// It has ended already, or the database is away.
pub fn revoke(w: &mut Writing<'_>, by: &By, content: &Content, found: &Certificate, reason: &str) -> Result<(), Fault> {
    let now = w.now();
    let standing = found.standing_at(now);
    if !found.is_left_at(now) {
        return Err(CertificateRefusal::EndedAlready { state: standing.word() }.into());
    }
    let step = Step { from: found.state.word(), to: "revoked", actor: &by.actor, reason: "" };
    if !lifecycle::advance_for(w, Entity::Certificate, &found.id.to_string(), step, reason)? {
        return Err(CertificateRefusal::EndedAlready { state: standing.word() }.into());
    }
    certification::rows::lower_end(w, found.id, now, reason)?;
    certification::rows::outdate(w, found.id)?;
    // Where it had renewed another one that still counts, that one's end is near again.
    for other in certification::rows::certificates_of(w, found.person_id)? {
        if other.certification_id == found.certification_id && other.state == State::Valid && other.counts_at(now) {
            certification::rows::remind_anew(w, other.id)?;
        }
    }
    let entry = Entry::new(What::CertificateRevoked).person(found.person_id).subject(found.id);
    audit::rows::append(
        w,
        by,
        entry.data(json!({ "certification": found.certification_id })).texts(json!({ "reason": reason })),
    )?;
    settle_access::settle(w, by, content, found.person_id)?;
    Ok(())
}
