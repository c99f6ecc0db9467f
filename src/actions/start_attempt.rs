//! Starting an attempt: the rules are judged, the form is drawn and frozen.

use super::{
    About, award,
    once::{Once, act_once},
    submit_attempt,
};
use crate::{
    academy::{
        self,
        accommodation::Allowance,
        attempt::{Attempt, AttemptRefusal, State, Waits},
        form,
        limits::{self, Chance},
        progress::{self, Progress},
    },
    app::{App, Content},
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fault, Missing},
        text::{Language, Slug},
    },
    certification::{self, certificate::Certificate, renewal},
    curriculum::{
        course::Course,
        question::Body,
        quiz::{Quiz, QuizKind, SectionSource},
    },
    db::lifecycle::{self, Entity},
    identity::{self, actor::Actor},
};
use rand::SeedableRng;
use serde_json::json;
use std::collections::BTreeMap;

/// Whether a course that comes before another is done: with a certificate of it that nobody took back, or, where it earns
/// none, with every module read and every exam passed.
#[must_use]
pub fn is_done(needed: &Course, learnt: &BTreeMap<Slug, Progress>, certificates: &[Certificate]) -> bool {
    let certified = certificates.iter().any(|c| {
        c.course_id == needed.id
            && c.state != certification::certificate::State::Revoked
            && progress::counts(needed, c.course_version)
    });
    let whole = || learnt.get(&needed.id).is_some_and(|progress| progress.is_whole(needed));
    certified || (needed.certification.is_none() && whole())
}

/// Why the exam does not open now, or nothing if it does. Pages show the same answer before anybody starts. `learnt` holds
/// the progress in this course and in those that come before it.
///
/// # Errors
/// The reason it stays shut.
pub fn may_start(
    content: &Content,
    course: &Course,
    quiz: &Quiz,
    learnt: &BTreeMap<Slug, Progress>,
    certificates: &[Certificate],
    now: Time,
) -> Result<(), AttemptRefusal> {
    if quiz.kind == QuizKind::Practice {
        return Ok(());
    }
    let nothing = Progress::default();
    let progress = learnt.get(&course.id).unwrap_or(&nothing);
    // Whoever starts again while an attempt is open goes on with it.
    if progress.attempts.iter().any(|attempt| attempt.quiz_id == quiz.id && attempt.is_open(now)) {
        return Ok(());
    }
    let missing: Vec<Missing> = course
        .prerequisites
        .iter()
        .filter_map(|id| content.curriculum.courses.get(id))
        .filter(|needed| !is_done(needed, learnt, certificates))
        .map(|needed| Missing {
            kind: "course",
            id: needed.id.to_string(),
            title: needed.title.get(Language::En).to_owned(),
            href: format!("/courses/{}", needed.id),
        })
        .collect();
    if !missing.is_empty() {
        return Err(AttemptRefusal::PrerequisiteMissing { missing });
    }
    let spent = super::award::spent(progress, certificates, course);
    if let Some(certification) = &course.certification {
        // Holding it closes the exam until the renewal window opens; a breaking version opens it at once.
        let holding = certificates
            .iter()
            .filter(|c| {
                c.certification_id == certification.id
                    && c.state == certification::certificate::State::Valid
                    && c.counts_at(now)
                    && progress::counts(course, c.course_version)
            })
            .map(|c| c.ends_at.minus(&certification.renewal_window))
            .max();
        if let Some(next) = holding.filter(|next| now < *next) {
            return Err(AttemptRefusal::PassedAlready { next });
        }
    }
    if progress.fresh_pass(&quiz.id, &spent).is_some() {
        let left = renewal::left(course, progress, certificates, &spent, now);
        return Err(passed(course, &left));
    }
    let delta = course.delta().is_some_and(|delta| delta.id == quiz.id);
    if delta && renewal::opens_delta(course, certificates, now).is_none() {
        return Err(AttemptRefusal::NotForYou);
    }
    if progress.being_marked(&quiz.id) {
        return Err(AttemptRefusal::BeingMarked);
    }
    let allowance = Allowance::of(&progress.accommodations, &course.id, &quiz.id, now);
    let Some(rules) = quiz.attempts.as_ref().map(|rules| allowance.limits(rules)) else { return Ok(()) };
    match limits::next_chance(&rules, &progress.runs(&quiz.id), now) {
        Chance::Open => Ok(()),
        Chance::Pause { until } => Err(AttemptRefusal::Cooldown { next: until }),
        Chance::UsedUp { until } => Err(AttemptRefusal::LimitReached { max: i64::from(rules.max), next: until }),
    }
}

/// The refusal of an exam that is passed while no certificate closes it until a moment, with what is left of the course.
fn passed(course: &Course, left: &renewal::Left) -> AttemptRefusal {
    let waits = match (left.is_empty(), &course.certification) {
        (true, _) => Waits::Nothing,
        (false, Some(_)) => Waits::Certificate,
        (false, None) => Waits::Course,
    };
    let modules = left.modules.iter().filter_map(|id| course.module(id)).map(|module| Missing {
        kind: "module",
        id: module.id.to_string(),
        title: module.title.get(Language::En).to_owned(),
        href: format!("/courses/{}/{}", course.id, module.id),
    });
    let exams = left.exams.iter().filter_map(|id| course.quiz(id)).map(|exam| Missing {
        kind: "exam",
        id: exam.id.to_string(),
        title: exam.title.get(Language::En).to_owned(),
        href: format!("/quizzes/{}/{}", course.id, exam.id),
    });
    AttemptRefusal::Passed { waits, missing: modules.chain(exams).collect() }
}

/// Starts an attempt, or returns the one that is open: one open attempt a person and quiz.
///
/// # Errors
/// Nobody is signed in, a rule keeps the exam shut, or the database is away.
pub async fn start_attempt(app: &App, actor: &Actor, course: Slug, quiz: Slug) -> Result<Id<ids::Attempt>, Fault> {
    start_attempt_once(app, actor, course, quiz, None).await
}

/// As [`start_attempt`]; under a key that was used before, the attempt that it started.
///
/// # Errors
/// As [`start_attempt`], or the key was used for something else.
pub async fn start_attempt_once(
    app: &App,
    actor: &Actor,
    course: Slug,
    quiz: Slug,
    key: Option<Once>,
) -> Result<Id<ids::Attempt>, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let about = About::person(who).named(format!("{course}/{quiz}"));
    let started = act_once(app, actor, "start_attempt", about, key, move |w, by| {
        let found = content.curriculum.courses.get(&course);
        let known = found.ok_or_else(|| AttemptRefusal::NoSuch { what: "course", id: course.to_string() })?;
        let asked = known.quiz(&quiz);
        let asked = asked.ok_or_else(|| AttemptRefusal::NoSuch { what: "quiz", id: format!("{course}/{quiz}") })?;
        academy::rows::hold_marking(w, false)?;
        identity::rows::hold(w, who, true)?;
        let now = w.now();
        if let Some(open) = academy::rows::open_attempt(w, who, &course, &quiz)? {
            if open.is_open(now) {
                return Ok((open.id, ()));
            }
            // Its time is over: it is marked with what was saved, and counts, before the rules are judged.
            submit_attempt::close(w, by, &content, &open, State::Expired)?;
        }
        // Practice is open to everybody, whatever came before.
        if asked.kind == QuizKind::Exam {
            let mut learnt = BTreeMap::from([(course.clone(), award::progress(w, who, known)?)]);
            let before = known.prerequisites.iter().filter_map(|id| content.curriculum.courses.get(id));
            for needed in before.filter(|needed| needed.certification.is_none()) {
                learnt.insert(needed.id.clone(), award::progress(w, who, needed)?);
            }
            let certificates = certification::rows::certificates_of(w, who)?;
            may_start(&content, known, asked, &learnt, &certificates, now)?;
        }

        let looked_back = asked
            .sections
            .iter()
            .map(|section| match &section.source {
                SectionSource::Draw { avoid_seen, .. } => i64::from(*avoid_seen),
                SectionSource::Questions(_) => 0,
            })
            .max()
            .unwrap_or(0);
        let seen = academy::rows::seen(w, who, &course, &quiz, looked_back)?;
        let mut rng = rand::rngs::StdRng::try_from_rng(&mut rand::rngs::SysRng)
            .map_err(crate::base::refusal::Broken::defect)?;
        let (form, questions) = form::draw(known, asked, &seen, &mut rng);
        let hashes = form.questions().map(|on_form| on_form.hash.clone());
        let kept: Vec<_> = hashes.zip(questions.iter().map(std::convert::AsRef::as_ref)).collect();
        academy::rows::keep_questions(w, &course, &kept)?;
        for question in &questions {
            if let Body::Sql(lab) = &question.body
                && let Some(dataset) = known.datasets.get(&lab.dataset)
            {
                academy::rows::keep_dataset(w, &course, dataset)?;
            }
        }
        let (allowance, deadline_at) = match &asked.time_limit {
            None => (Allowance::NONE, None),
            Some(limit) => {
                let granted = academy::rows::accommodations_of(w, who)?;
                let allowance = Allowance::of(&granted, &course, &quiz, now);
                let deadline = allowance.deadline(now, limit);
                (allowance, Some(deadline))
            }
        };
        let attempt = Attempt {
            id: Id::new(now),
            person_id: who,
            course_id: course.clone(),
            quiz_id: quiz.clone(),
            kind: asked.kind,
            course_version: known.version,
            state: State::InProgress,
            started_at: now,
            deadline_at,
            finished_at: None,
            graded_at: None,
            passed: None,
            basis_points: None,
            time_factor_percent: if deadline_at.is_some() { allowance.time_factor_percent } else { 100 },
        };
        if !academy::rows::insert_attempt(w, &attempt, &form)? {
            return Err(crate::base::refusal::Broken::defect("an open attempt appeared beside this one").into());
        }
        academy::rows::enrol(w, who, &course)?;
        lifecycle::begin(w, Entity::Attempt, &attempt.id.to_string(), "in_progress", &by.actor, "started")?;
        let entry = Entry::new(What::AttemptStarted).person(who).subject(attempt.id);
        audit::rows::append(w, by, entry.data(json!({
            "course": course, "quiz": quiz, "version": known.version, "deadline_at": attempt.deadline_at,
            "time_factor_percent": attempt.time_factor_percent,
            "questions": form.questions().map(|q| json!({"no": q.no, "question": q.question, "hash": q.hash})).collect::<Vec<_>>(),
        })))?;
        Ok((attempt.id, ()))
    })
    .await?;
    Ok(started.0)
}
