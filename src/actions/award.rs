//! Awarding: when every module and exam of a course is done, the certificate is issued, and access wakes up with it.

use super::{prove, settle_access};
use crate::{
    academy::{self, attempt::Attempt, progress::Progress},
    app::Content,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::{
        self,
        certificate::{Certificate, Evidence, ExamEvidence, State},
        renewal,
    },
    curriculum::course::Course,
    db::{
        Reading, Writing,
        lifecycle::{self, Entity},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

/// A person's progress in a course, as the database holds it.
///
/// # Errors
/// The database is away.
pub fn progress(r: &mut Reading<'_>, person: Id<ids::Person>, course: &Course) -> Result<Progress, Broken> {
    let enrolled = academy::rows::enrolments(r, person)?.into_iter().find(|e| e.course_id == course.id).map(|e| e.at);
    let completions = academy::rows::completions(r, person)?.remove(&course.id).unwrap_or_default();
    let attempts = academy::rows::attempts(r, person, Some(&course.id))?;
    let accommodations = academy::rows::accommodations_of(r, person)?;
    Ok(Progress::new(course, enrolled, completions, attempts, accommodations))
}

/// Passes that earn nothing more in a course ([`renewal::Spent`]).
#[must_use]
pub fn spent(progress: &Progress, held: &[Certificate], course: &Course) -> BTreeSet<String> {
    let spent = renewal::Spent::by(held.iter().filter(|certificate| certificate.course_id == course.id));
    let passes = progress.passes.values().flatten().map(|pass| (pass.id.to_string(), pass.finished_at));
    passes.filter(|(id, finished_at)| spent.holds(id, *finished_at)).map(|(id, _)| id).collect()
}

/// The exams that earn a certificate of the course now, if everything it asks for is done and not yet spent.
#[must_use]
pub fn due(course: &Course, progress: &Progress, held: &[Certificate]) -> Option<Vec<ExamEvidence>> {
    course.certification.as_ref()?;
    let spent = spent(progress, held, course);
    let passes = renewal::earning(course, progress, held, &spent)?;
    let evidence = |attempt: &Attempt| ExamEvidence {
        quiz: attempt.quiz_id.clone(),
        attempt: attempt.id,
        basis_points: attempt.basis_points.unwrap_or(0),
        at: attempt.finished_at.unwrap_or(attempt.started_at),
    };
    Some(passes.into_iter().map(evidence).collect())
}

/// Issues the certificate of a course if everything it asks for is done and not yet spent; returns its id.
///
/// # Errors
/// The database is away.
pub fn award(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    course: &Course,
    person: Id<ids::Person>,
) -> Result<Option<Id<ids::Certificate>>, Broken> {
    let Some(certification) = &course.certification else { return Ok(None) };
    let progress = progress(w, person, course)?;
    let held = certification::rows::certificates_of(w, person)?;
    let Some(exams) = due(course, &progress, &held) else { return Ok(None) };
    let now = w.now();
    let renewed = renewed(&held, &certification.id, now);
    let counted_from = renewed.map_or(now, |c| c.ends_at.max(now));
    let expires_at = counted_from.plus(&certification.validity);
    let award_key = exams.iter().map(|exam| exam.attempt.to_string()).collect::<Vec<_>>().join("+");
    let certificate = Certificate {
        id: Id::new(now),
        person_id: person,
        certification_id: certification.id.clone(),
        course_id: course.id.clone(),
        course_version: course.version,
        state: State::Valid,
        issued_at: now,
        valid_from: now,
        expires_at,
        ends_at: expires_at,
        ended_reason: None,
        evidence: Evidence {
            course: course.id.clone(),
            version: course.version,
            content: course.hash.clone(),
            modules: progress.read.clone(),
            exams,
            renews: renewed.map(|c| c.id),
        },
    };
    // What was lost for too long ends before the new certificate could wake it.
    settle_access::settle(w, by, content, person)?;
    if !certification::rows::insert(w, &certificate, &award_key)? {
        return Ok(None);
    }
    // That an earlier one lapses is no news any more.
    for earlier in held.iter().filter(|earlier| earlier.certification_id == certification.id) {
        certification::rows::outdate(w, earlier.id)?;
    }
    prove::make(w, content, &certificate)?;
    lifecycle::begin(w, Entity::Certificate, &certificate.id.to_string(), "valid", &by.actor, "earned")?;
    audit::rows::append(
        w,
        by,
        Entry::new(What::CertificateIssued).person(person).subject(certificate.id).data(json!({
            "certification": certification.id,
            "course": course.id,
            "version": course.version,
            "expires_at": expires_at,
            "exams": certificate.evidence.exams,
            "renews": certificate.evidence.renews,
        })),
    )?;
    settle_access::settle(w, by, content, person)?;
    Ok(Some(certificate.id))
}

/// Renewing early loses no day: the new validity is counted from the end of the one that is renewed.
#[must_use]
pub fn renewed<'c>(held: &'c [Certificate], certification: &Slug, now: Time) -> Option<&'c Certificate> {
    let counting =
        |c: &&Certificate| c.certification_id == *certification && c.state == State::Valid && c.counts_at(now);
    held.iter().filter(counting).max_by_key(|c| c.ends_at)
}
