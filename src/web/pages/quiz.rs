//! Before a quiz: its rules, the reader's attempts, and beginning one.

use super::{
    courses::open_attempt,
    named,
    scene::{self, Scene, basis_percent, count, share_percent},
};
use crate::{
    academy::{
        accommodation,
        attempt::{Attempt, AttemptRefusal, State},
        limits,
    },
    actions::{
        overview::{CourseStanding, Todo},
        start_attempt::{self, may_start},
    },
    base::{
        clock::Time,
        refusal::{Fault, Kind, Refused},
        span::Span,
        text::Slug,
    },
    curriculum::quiz::{Quiz as Written, QuizKind, Review},
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other},
            failure::{self, Failure},
            forms::Form,
            sentence,
        },
        views::quiz::{Allowance, Granted, Minimum, OpenOne, PastAttempt, Quiz, Refusal},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The most attempts that are listed.
const LISTED: usize = 20;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/quizzes/{course}/{quiz}", get().to(page)).route("/quizzes/{course}/{quiz}", post().to(begin));
}

async fn page(caller: Caller, desk: Data<Desk>, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (course, quiz): (Slug, Slug) = (named(&path.0)?, named(&path.1)?);
    let scene = Scene::read(&desk, &caller).await?;
    let view = view(&scene, &course, &quiz)?;
    desk.page(&caller, view).await
}

async fn begin(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    _form: Form,
) -> Result<HttpResponse, Failure> {
    let (course, quiz): (Slug, Slug) = (named(&path.0)?, named(&path.1)?);
    match start_attempt::start_attempt(&desk.app, &caller.actor, course.clone(), quiz.clone()).await {
        Ok(attempt) => Ok(see_other(&format!("/attempts/{attempt}"))),
        Err(Fault::Refused(refused)) if matches!(refused.kind, Kind::TooMany | Kind::Conflict | Kind::Forbidden) => {
            let scene = Scene::read(&desk, &caller).await?;
            let mut view = view(&scene, &course, &quiz)?;
            view.refusal.get_or_insert_with(|| told(&scene, &refused, None));
            let failure = Failure::from(Fault::Refused(refused));
            let page = desk.page_with(&caller, failure::status(&failure.fault), view, None).await?;
            Ok(failure::with_headers(page, &failure))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The reader's own time, in whole minutes, rounded down.
fn stretched_minutes(limit: &Span, allowance: &accommodation::Allowance) -> u32 {
    let seconds = limit.approximate_seconds().saturating_mul(allowance.time_factor_percent) / 100;
    u32::try_from(seconds / 60).unwrap_or(u32::MAX)
}

fn told(scene: &Scene<'_>, refused: &Refused, at: Option<Time>) -> Refusal {
    Refusal {
        code: refused.code.to_owned(),
        text: sentence::refusal(scene.desk, scene.caller, refused),
        at: at.map(Time::micros),
        missing: scene.missing(refused),
    }
}

fn view(scene: &Scene<'_>, course: &Slug, quiz: &Slug) -> Result<Quiz, Failure> {
    let standing = scene.course(course)?;
    let course = &standing.course;
    let quiz = course
        .quiz(quiz)
        .ok_or_else(|| AttemptRefusal::NoSuch { what: "quiz", id: format!("{}/{quiz}", course.id) })?;
    let now = scene.now();
    let open = open_attempt(scene, standing, &quiz.id);
    let minimums = quiz.per_objective_min.iter().filter_map(|(id, least)| {
        let objective = course.objective(id)?;
        Some(Minimum { objective: scene.words(&objective.title), percent: share_percent(*least) })
    });
    let exam = quiz.kind == QuizKind::Exam;
    let granted = &standing.progress.accommodations;
    let allowance = accommodation::Allowance::of(granted, &course.id, &quiz.id, now);
    Ok(Quiz {
        lang: scene.foreign(course),
        course: scene.course_link(course),
        href: format!("/quizzes/{}/{}", course.id, quiz.id),
        title: scene.words(&quiz.title),
        practice: !exam,
        questions: count(quiz.question_count()),
        pass: share_percent(quiz.pass),
        minimums: minimums.collect(),
        minutes: quiz.time_limit.as_ref().map(|limit| stretched_minutes(limit, &allowance)),
        granted: quiz.time_limit.as_ref().filter(|_| allowance.time_factor_percent > 100).map(|limit| Granted {
            minutes: scene::minutes(limit),
            factor: f64::from(i32::try_from(allowance.time_factor_percent).unwrap_or(100)) / 100.0,
        }),
        extra_attempts: allowance.extra_attempts,
        attempts: quiz.attempts.as_ref().map(|rules| allowance.limits(rules)).map(|rules| Allowance {
            left: limits::left(&rules, &standing.progress.runs(&quiz.id), now),
            max: rules.max,
            window: scene::period(&rules.per),
            pauses: rules.cooldown.iter().map(crate::base::span::Span::approximate_seconds).collect(),
        }),
        full_review: quiz.review == Review::Everything,
        earns: course.certification.as_ref().filter(|_| exam).map(|earned| scene.words(&earned.name)),
        open: open.map(|attempt| OpenOne {
            href: format!("/attempts/{}", attempt.id),
            answered: scene.picture.how_far.get(&attempt.id).map_or(0, |far| far.answered),
            deadline: attempt.deadline_at.map(Time::micros),
        }),
        refusal: if open.is_some() { None } else { refusal(scene, standing, quiz)? },
        past: past(standing, quiz, now),
    })
}

/// Why the quiz does not open now, as starting it would answer.
fn refusal(scene: &Scene<'_>, standing: &CourseStanding, quiz: &Written) -> Result<Option<Refusal>, Failure> {
    let course = &standing.course;
    let (learnt, certificates) = (&scene.picture.progress, &scene.picture.certificates);
    let Err(refusal) = may_start(&scene.content, course, quiz, learnt, certificates, scene.now()) else {
        return Ok(None);
    };
    let next = scene::next_chance(&refusal).filter(|at| *at > scene.now());
    if matches!(refusal, AttemptRefusal::Passed { .. }) {
        // What it waits for, with how long each part takes.
        let todo = Todo {
            course: course.id.clone(),
            modules: standing.modules_left.clone(),
            exams: standing.exams_left.clone(),
        };
        return Ok(Some(Refusal { missing: scene.steps(&[todo])?, ..told(scene, &refusal.into(), None) }));
    }
    Ok(Some(told(scene, &refusal.into(), next)))
}

/// The attempts that are over, the newest first.
fn past(standing: &CourseStanding, quiz: &Written, now: Time) -> Vec<PastAttempt> {
    let over = standing.progress.attempts.iter().rev().filter(|a| a.quiz_id == quiz.id && !a.is_open(now));
    over.take(LISTED)
        .map(|attempt| PastAttempt {
            href: format!("/attempts/{}/result", attempt.id),
            started: attempt.started_at.micros(),
            seconds: attempt.finished_at.map(|end| end.micros_since(attempt.started_at) / 1_000_000),
            state: past_state(attempt).to_owned(),
            mark: attempt.basis_points.filter(|_| attempt.state == State::Graded).map(basis_percent),
        })
        .collect()
}

fn past_state(attempt: &Attempt) -> &'static str {
    match (attempt.state, attempt.kind, attempt.passed) {
        (State::Voided, ..) => "voided",
        (State::PendingReview | State::Submitted, ..) => "pending_review",
        // Its time is over, and nobody has looked since: opening it marks it.
        (State::InProgress | State::Expired, ..) => "ended",
        (State::Graded, QuizKind::Practice, _) => "done",
        (State::Graded, QuizKind::Exam, Some(true)) => "passed",
        (State::Graded, QuizKind::Exam, _) => "failed",
    }
}
