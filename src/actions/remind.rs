//! Reminding holders before a certificate lapses: at each lead that its certification sets, once, and never after a renewal.
//! Each reminder takes the place of the one before.

use super::notify;
use crate::{
    app::Content,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{clock::Time, refusal::Broken, span::Span},
    certification::{
        self,
        certificate::{Certificate, State},
        notice::{self, NoticeKind},
    },
    db::Writing,
};
use serde_json::json;

/// Writes the reminders that are due, as events and notices.
///
/// # Errors
/// The database is away.
pub fn remind(w: &mut Writing<'_>, by: &By, content: &Content, most: i64) -> Result<(), Broken> {
    for id in certification::rows::to_remind(w, most)? {
        let Some(certificate) = certification::rows::certificate(w, id)? else { continue };
        let next = remind_one(w, by, content, &certificate)?;
        certification::rows::remind_at(w, id, next)?;
    }
    Ok(())
}

/// Reminds of one certificate if a lead has begun; returns when the next one begins.
fn remind_one(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    certificate: &Certificate,
) -> Result<Option<Time>, Broken> {
    let now = w.now();
    if certificate.state != State::Valid || !certificate.counts_at(now) || renewed(w, certificate)? {
        return Ok(None);
    }
    let earned = content.curriculum.certification(&certificate.certification_id);
    let leads: &[Span] = earned
        .iter()
        .find(|course| course.id == certificate.course_id)
        .or_else(|| earned.first())
        .and_then(|course| course.certification.as_ref())
        .map_or(&[], |certification| &certification.reminders);
    let begins = |lead: &Span| certificate.ends_at.minus(lead);
    // Where several have begun while nobody looked, the latest says it all.
    let due = leads.iter().rfind(|lead| begins(lead) <= now && certificate.valid_from < begins(lead));
    if let Some(lead) = due {
        let once = format!("lapses:{}:{lead}", certificate.id);
        if !certification::rows::is_told(w, &once)? {
            certification::rows::outdate(w, certificate.id)?;
        }
        if tell(w, by, NoticeKind::CertificateLapses, &once, certificate)? {
            let entry = Entry::new(What::CertificateReminded).person(certificate.person_id).subject(certificate.id);
            let data = json!({ "lead": lead.to_string(), "ends_at": certificate.ends_at });
            audit::rows::append(w, by, entry.data(data))?;
        }
    }
    Ok(leads.iter().map(begins).find(|at| *at > now))
}

/// Writes a notice about a certificate to its holder, once.
///
/// # Errors
/// The database is away.
pub fn tell(
    w: &mut Writing<'_>,
    by: &By,
    kind: NoticeKind,
    once: &str,
    certificate: &Certificate,
) -> Result<bool, Broken> {
    let about = notice::About::Certificate {
        certificate: certificate.id,
        certification: certificate.certification_id.clone(),
        course: certificate.course_id.clone(),
        until: certificate.ends_at,
    };
    notify::tell(w, by, certificate.person_id, kind, once, &about)
}

fn renewed(w: &mut Writing<'_>, certificate: &Certificate) -> Result<bool, Broken> {
    Ok(certification::rows::certificates_of(w, certificate.person_id)?.iter().any(|other| {
        other.certification_id == certificate.certification_id
            && other.state == State::Valid
            && other.ends_at > certificate.ends_at
    }))
}
