//! A learner's transcript: every course they began, with dates, exams and certificates. What was granted to them is not on it.

use super::{
    About, look,
    note_audit_read::{Reading, note_audit_read_once},
    overview,
};
use crate::{
    academy::attempt::{Attempt, State},
    app::App,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::{Slug, Words},
    },
    certification::certificate::Certificate,
    curriculum::quiz::QuizKind,
    identity::{
        self,
        actor::Actor,
        person::{IdentityRefusal, Person},
    },
};

/// The transcript of one person, at an instant.
#[derive(Clone, Debug)]
pub struct Transcript {
    pub person: Person,
    pub at: Time,
    pub courses: Vec<Taken>,
}

/// A course that was begun.
#[derive(Clone, Debug)]
pub struct Taken {
    pub course: Slug,
    pub title: Words,
    /// When it was begun.
    pub begun_at: Option<Time>,
    /// Modules read and in all.
    pub read: usize,
    pub modules: usize,
    /// When the last of everything was done, where it is.
    pub done_at: Option<Time>,
    /// Exams that were sat, the oldest first.
    pub exams: Vec<Sat>,
    /// The oldest first.
    pub certificates: Vec<(Certificate, Words)>,
}

/// An exam that was sat.
#[derive(Clone, Debug)]
pub struct Sat {
    pub attempt: Attempt,
    pub quiz: Words,
}

impl Sat {
    /// The mark in hundredths of a percent, where the attempt has one that counts.
    #[must_use]
    pub fn basis_points(&self) -> Option<i64> {
        self.attempt.basis_points.filter(|_| self.attempt.state == State::Graded)
    }

    /// `passed`, `failed`, `voided`, `pending_review`, or how it stands.
    #[must_use]
    pub fn word(&self, now: Time) -> &'static str {
        match (self.attempt.state, self.attempt.passed) {
            (State::Graded, Some(true)) => "passed",
            (State::Graded, _) => "failed",
            (State::InProgress, _) if !self.attempt.is_open(now) => "expired",
            (state, _) => state.word(),
        }
    }
}

/// Reads the transcript of the signed-in person, or of another for those who may read everybody's records; that somebody else's was
/// read is noted before it is given out.
///
/// # Errors
/// The actor may not, there is no such person, or the database is away.
pub async fn read_transcript(app: &App, actor: &Actor, person: Option<Id<ids::Person>>) -> Result<Transcript, Fault> {
    let content = app.content()?;
    let own = actor.signed().map(|signed| signed.person.id).ok();
    let Some(person) = person.or(own) else { return Err(IdentityRefusal::SignInFirst.into()) };
    let caller = actor.clone();
    let told = look(app, actor, "read_transcript", About::person(person), move |r| {
        if own != Some(person) {
            caller.as_auditor()?;
        }
        let found = identity::rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        let picture = overview::picture(r, &content, person)?;
        let mut courses: Vec<Taken> = Vec::new();
        for course in content.curriculum.courses.values() {
            let standing = picture.course(&content, course);
            let progress = &standing.progress;
            let name = course.certification.as_ref().map_or_else(|| course.title.clone(), |earned| earned.name.clone());
            let mut certificates: Vec<_> = picture.certificates.iter().filter(|c| c.course_id == course.id).collect();
            certificates.sort_by_key(|certificate| (certificate.issued_at, certificate.id));
            let first = progress.read.values().min().copied().into_iter().chain(progress.enrolled_at);
            let begun_at = first.chain(progress.attempts.iter().map(|attempt| attempt.started_at)).min();
            if begun_at.is_none() && certificates.is_empty() {
                continue;
            }
            let exams = progress.attempts.iter().filter(|attempt| attempt.kind == QuizKind::Exam).map(|attempt| Sat {
                quiz: course
                    .quiz(&attempt.quiz_id)
                    .map_or_else(|| Words::english(attempt.quiz_id.as_str()), |quiz| quiz.title.clone()),
                attempt: attempt.clone(),
            });
            let whole = standing.modules_left.is_empty() && standing.exams_left.is_empty();
            let ends = progress.read.values().copied();
            let passes = progress.passes.values().filter_map(|passes| passes.first()?.graded_at);
            courses.push(Taken {
                course: course.id.clone(),
                title: course.title.clone(),
                begun_at,
                read: progress.read.len(),
                modules: course.modules.len(),
                done_at: if whole { ends.chain(passes).max() } else { None },
                exams: exams.collect(),
                certificates: certificates.into_iter().map(|one| (one.clone(), name.clone())).collect(),
            });
        }
        // Certificates of courses that are no longer taught stay on it.
        for certificate in &picture.certificates {
            if content.curriculum.courses.contains_key(&certificate.course_id) {
                continue;
            }
            let title = Words::english(certificate.course_id.as_str());
            let named = Words::english(certificate.certification_id.as_str());
            match courses.iter_mut().find(|taken| taken.course == certificate.course_id) {
                Some(taken) => taken.certificates.push((certificate.clone(), named)),
                None => courses.push(Taken {
                    course: certificate.course_id.clone(),
                    title,
                    begun_at: Some(certificate.issued_at),
                    read: 0,
                    modules: 0,
                    done_at: Some(certificate.issued_at),
                    exams: Vec::new(),
                    certificates: vec![(certificate.clone(), named)],
                }),
            }
        }
        courses.sort_by_key(|taken| (taken.begun_at, taken.course.clone()));
        Ok(Transcript { person: found, at: r.at(), courses })
    })
    .await?;
    if own != Some(person) {
        note_audit_read_once(app, actor, Reading { person: Some(person), ..Reading::of("transcript") }).await?;
    }
    Ok(told)
}
