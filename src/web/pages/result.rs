//! After a quiz: the mark, objective by objective, what comes next, and for practice every question with its why.

mod looked_back;

use super::{
    attempt::links,
    named,
    scene::{self, Scene, basis_percent, count, share_percent},
};
use crate::{
    academy::{
        attempt::{Attempt, State},
        form::Form,
        grading::Outcome,
        limits,
        mark::Mark,
        rows::AttemptCorrection,
    },
    actions::{
        overview::{CourseStanding, Todo},
        read_attempt::{self, Marked, Seen},
        start_attempt::may_start,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        text::Slug,
    },
    curriculum::quiz::QuizKind,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other},
            failure::Failure,
        },
        views::{
            result::{Corrected, EarnedOne, ObjectiveResult, ResultPage},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/attempts/{attempt}/result", get().to(page));
}

async fn page(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Attempt> = named(&path)?;
    match read_attempt::read_attempt(&desk.app, &caller.actor, id).await? {
        Seen::Open(_) => Ok(see_other(&format!("/attempts/{id}"))),
        Seen::Marked(marked) => {
            let scene = Scene::read(&desk, &caller).await?;
            desk.page(&caller, marked_view(&scene, &marked)?).await
        }
        Seen::Closed(attempt) => {
            let told = read_attempt::read_unmarked(&desk.app, &caller.actor, id).await?;
            let scene = Scene::read(&desk, &caller).await?;
            let mut view = bare(&scene, &attempt, &told.form);
            view.void_reason = told.reason;
            if attempt.state == State::Voided {
                what_next(&scene, &attempt, &mut view)?;
            }
            desk.page(&caller, view).await
        }
    }
}

/// What can be said of any attempt that is over.
fn bare(scene: &Scene<'_>, attempt: &Attempt, form: &Form) -> ResultPage {
    let ended = attempt.finished_at.unwrap_or(attempt.started_at);
    ResultPage {
        quiz: Link::new(scene.words(&form.title), format!("/quizzes/{}/{}", attempt.course_id, attempt.quiz_id)),
        course: Link::new(scene.words(&form.course_title), format!("/courses/{}", attempt.course_id)),
        practice: attempt.kind == QuizKind::Practice,
        state: match (attempt.state, attempt.passed) {
            (State::Voided, _) => "voided",
            (State::Graded, Some(true)) => "passed",
            (State::Graded, _) => "failed",
            _ => "pending_review",
        }
        .to_owned(),
        mark: None,
        pass: share_percent(form.pass),
        points: 0.0,
        max: form.out_of().rounded(),
        submitted: ended.micros(),
        seconds: ended.micros_since(attempt.started_at) / 1_000_000,
        timed_out: attempt.finished_at.is_some() && attempt.finished_at == attempt.deadline_at,
        corrections: Vec::new(),
        void_reason: None,
        objectives: Vec::new(),
        certificate: None,
        missing: Vec::new(),
        next_chance: None,
        attempts_left: None,
        read_again: Vec::new(),
        review: Vec::new(),
    }
}

fn marked_view(scene: &Scene<'_>, marked: &Marked) -> Result<ResultPage, Failure> {
    let (attempt, form, outcome) = (&marked.attempt, &marked.form, &marked.outcome);
    let mut view = bare(scene, attempt, form);
    let percent = |points: Mark, out_of: Mark| basis_percent(points.basis_points(out_of));
    view.mark = Some(percent(outcome.points, outcome.out_of));
    view.points = outcome.points.rounded();
    view.max = outcome.out_of.rounded();
    view.objectives = outcome
        .objectives
        .iter()
        .map(|objective| ObjectiveResult {
            title: form
                .objectives
                .get(&objective.objective)
                .map_or_else(|| objective.objective.to_string(), |title| scene.words(title)),
            percent: percent(objective.points, objective.out_of),
            minimum: form.per_objective_min.get(&objective.objective).map(|least| share_percent(*least)),
            met: objective.met,
            questions: count(form.questions().filter(|q| q.objective.as_ref() == Some(&objective.objective)).count()),
        })
        .collect();
    view.corrections = marked.corrections.iter().map(|told| corrected(scene, told)).collect();
    view.certificate = earned(scene, marked);
    if !outcome.passed {
        let weak: Vec<&Slug> = outcome
            .objectives
            .iter()
            .filter(|objective| !objective.met || percent(objective.points, objective.out_of) < view.pass)
            .map(|objective| &objective.objective)
            .collect();
        view.read_again = read_again(scene, attempt, &weak);
    }
    what_next(scene, attempt, &mut view)?;
    if let Some(review) = &marked.review {
        let links = links(&scene.content, attempt.course_id.as_str(), attempt.quiz_id.as_str());
        view.review = review.iter().map(|question| looked_back::reviewed(scene, question, &links)).collect();
    }
    Ok(view)
}

fn corrected(scene: &Scene<'_>, told: &AttemptCorrection) -> Corrected {
    let mark = |outcome: &Outcome| {
        let percent = basis_percent(outcome.points.basis_points(outcome.out_of)).to_string();
        let comma = scene.caller.language.decimal_comma();
        if comma { format!("{}\u{a0}%", percent.replace('.', ",")) } else { format!("{percent}%") }
    };
    let turned = match (told.old.passed, told.new.passed) {
        (false, true) => "passed",
        (true, false) => "failed",
        _ => "on",
    };
    Corrected {
        at: told.at.micros(),
        reason: told.reason.clone(),
        old: mark(&told.old),
        new: mark(&told.new),
        turned: turned.to_owned(),
    }
}

fn earned(scene: &Scene<'_>, marked: &Marked) -> Option<EarnedOne> {
    let id = marked.certificate?;
    let certificate = scene.picture.certificates.iter().find(|certificate| certificate.id == id)?;
    // One that was taken back or has lapsed since is no news to celebrate.
    if certificate.ends_at <= scene.now() {
        return None;
    }
    let asking = scene.content.catalogue.asking_for(&certificate.certification_id);
    Some(EarnedOne {
        href: format!("/certificates/{id}"),
        name: scene.certificate_name(certificate),
        until: certificate.ends_at.micros(),
        opens: asking.map(|role| Link::new(scene.words(&role.title), format!("/access/{}", role.id))).collect(),
    })
}

/// Modules that teach what went badly.
fn read_again(scene: &Scene<'_>, attempt: &Attempt, weak: &[&Slug]) -> Vec<Link> {
    let Some(standing) = scene.standings.get(&attempt.course_id) else { return Vec::new() };
    let course = &standing.course;
    let own = course.quiz(&attempt.quiz_id).and_then(|quiz| quiz.module.as_ref());
    let modules = course.modules.iter().filter(|module| match own {
        Some(own) => module.id == *own,
        None => module.objectives.iter().any(|objective| weak.contains(&objective)),
    });
    modules.map(|module| scene.module_link(course, module)).collect()
}

/// The next step: what else the certificate asks for, or the exact moment of the next attempt.
fn what_next(scene: &Scene<'_>, attempt: &Attempt, view: &mut ResultPage) -> Result<(), Failure> {
    let Some(standing) = scene.standings.get(&attempt.course_id) else { return Ok(()) };
    let course = &standing.course;
    let Some(quiz) = course.quiz(&attempt.quiz_id) else { return Ok(()) };
    let now = scene.now();
    if attempt.kind == QuizKind::Practice {
        view.next_chance = Some(now.micros());
        return Ok(());
    }
    if view.state == "passed" {
        if view.certificate.is_none() && course.certification.is_some() {
            view.missing = scene.steps(&[todo(standing)])?;
        }
        return Ok(());
    }
    let may = may_start(&scene.content, course, quiz, &scene.picture.progress, &scene.picture.certificates, now);
    view.next_chance = match &may {
        Ok(()) => Some(now.micros()),
        Err(refusal) => scene::next_chance(refusal).filter(|at| *at > now).map(Time::micros),
    };
    let rules = quiz.attempts.as_ref().filter(|_| view.next_chance.is_some());
    view.attempts_left = rules.map(|rules| limits::left(rules, &standing.progress.runs(&quiz.id), now));
    Ok(())
}

fn todo(standing: &CourseStanding) -> Todo {
    Todo {
        course: standing.course.id.clone(),
        modules: standing.modules_left.clone(),
        exams: standing.exams_left.clone(),
    }
}
