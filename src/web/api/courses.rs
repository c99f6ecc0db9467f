//! The curriculum, with how the caller stands in it.

use super::{
    kit::{Answer, Group, get, nothing, post, shown, told},
    shapes::{
        MissingBody,
        certificate::CertificateBody,
        course::{
            CertificationBody, ChangeBody, Completed, CourseDetail, CourseLine, HeadingBody, LimitsBody, ModuleDetail,
            ModuleLine, ObjectiveBody, QuizBody, RefusalBody,
        },
        review::percent,
    },
};
use crate::{
    academy::{
        accommodation::Allowance,
        attempt::{AttemptRefusal, State},
        limits,
        progress::Progress,
    },
    actions::{
        complete_module, enrol,
        overview::{self, Picture},
        start_attempt,
    },
    app::Content,
    base::{
        clock::Time,
        refusal::{Fact, Fault, Refused},
        span::Span,
        text::{Slug, Words},
    },
    curriculum::{
        course::Course,
        module::Module,
        quiz::Quiz,
        render::{self, Links},
    },
    web::kit::{caller::Caller, desk::Desk, failure::Failure, sentence},
};
use actix_web::web::{Data, Path};
use std::sync::Arc;

pub(super) fn group() -> Group {
    let unknown = &["no-such-content"];
    Group {
        name: "Courses",
        about: "Courses, modules and quizzes, with the caller's progress.",
        endpoints: vec![
            get("/courses", list)
                .says("List the courses", "Each with the caller's progress and certificate.")
                .lists::<CourseLine>("Every course."),
            get("/courses/{id}", one)
                .says(
                    "Show a course",
                    "With its modules and whether each is read, and its quizzes and whether each may be started.",
                )
                .answers::<CourseDetail>(200, "The course.")
                .refuses(404, unknown),
            get("/courses/{course}/modules/{module}", module)
                .says("Read a module", "Its text as safe HTML, in the caller's language where it is translated.")
                .answers::<ModuleDetail>(200, "The module.")
                .refuses(404, unknown),
            post("/courses/{id}/enrolment", join)
                .says("Enrol in a course", "Doing it again changes nothing.")
                .done("Enrolled.")
                .refuses(404, unknown),
            post("/courses/{course}/modules/{module}/completion", complete)
                .says(
                    "Mark a module as read",
                    "Doing it again changes nothing. It may be the last thing a certificate waited for.",
                )
                .answers::<Completed>(200, "It is read.")
                .refuses(403, &["module-missing"])
                .refuses(404, unknown),
        ],
    }
}

fn no_such(what: &'static str, id: &str) -> Failure {
    Fault::from(AttemptRefusal::NoSuch { what, id: id.to_owned() }).into()
}

/// A course by what stands in the address.
fn find<'c>(content: &'c Content, id: &str) -> Result<&'c Arc<Course>, Failure> {
    let slug = id.parse::<Slug>().ok();
    slug.and_then(|slug| content.curriculum.courses.get(&slug)).ok_or_else(|| no_such("course", id))
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
    told(content.curriculum.courses.values().map(|course| line(&desk, &caller, &content, &picture, course)))
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
    let course = find(&content, &id)?;
    let language = caller.language;
    let progress = picture.progress.get(&course.id).cloned().unwrap_or_default();
    let held = picture.course(&content, course).certificate.map(|held| held.course_version);
    let change = |(version, text): (&i64, &Words)| ChangeBody {
        version: *version,
        text: text.get(language).to_owned(),
        since_certified: held.is_some_and(|held| held < *version),
    };
    shown(&CourseDetail {
        changes: course.changes.iter().rev().map(change).collect(),
        objectives: objectives(course, course.objectives.iter().map(|objective| &objective.id), &caller),
        modules: course.modules.iter().map(|module| module_line(module, &progress, language)).collect(),
        quizzes: course
            .quizzes
            .iter()
            .map(|q| quiz(&desk, &caller, &content, &picture, course, q, &progress))
            .collect(),
        course: line(&desk, &caller, &content, &picture, course),
    })
}

async fn module(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
    let course = find(&content, &place.0)?;
    let index = course.modules.iter().position(|module| module.id.as_str() == place.1);
    let found = index.and_then(|index| course.modules.get(index).map(|module| (index, module)));
    let (index, module) = found.ok_or_else(|| no_such("module", &place.1))?;
    let language = if module.bodies.contains_key(&caller.language) { caller.language } else { Default::default() };
    let rendered = render::markdown(module.body(language), &Links::of(course, &module.folder));
    let progress = picture.progress.get(&course.id).cloned().unwrap_or_default();
    let beside = |index: Option<usize>| index.and_then(|i| course.modules.get(i)).map(|module| module.id.clone());
    shown(&ModuleDetail {
        module: module_line(module, &progress, caller.language),
        course: course.id.clone(),
        language,
        objectives: objectives(course, module.objectives.iter(), &caller),
        html: rendered.html,
        headings: rendered.headings.into_iter().map(HeadingBody::from).collect(),
        previous: beside(index.checked_sub(1)),
        next: beside(index.checked_add(1)),
    })
}

async fn join(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let course: Slug = id.parse().map_err(|_| no_such("course", &id))?;
    enrol::enrol(&desk.app, &caller.actor, course).await?;
    nothing()
}

async fn complete(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    let course: Slug = place.0.parse().map_err(|_| no_such("course", &place.0))?;
    let module: Slug = place.1.parse().map_err(|_| no_such("module", &place.1))?;
    let certificate = complete_module::complete_module(&desk.app, &caller.actor, course, module).await?;
    shown(&Completed { certificate })
}

fn line(desk: &Desk, caller: &Caller, content: &Content, picture: &Picture, course: &Arc<Course>) -> CourseLine {
    let (standing, language) = (picture.course(content, course), caller.language);
    CourseLine {
        id: course.id.clone(),
        title: course.title.get(language).to_owned(),
        summary: course.summary.get(language).to_owned(),
        version: course.version,
        languages: course.languages.iter().copied().collect(),
        estimate_seconds: course.estimate.as_ref().map(Span::approximate_seconds),
        prerequisites: course.prerequisites.clone(),
        certification: course.certification.as_ref().map(|earned| CertificationBody {
            id: earned.id.clone(),
            name: earned.name.get(language).to_owned(),
            criteria: earned.criteria.get(language).to_owned(),
            validity: earned.validity.to_string(),
            renewal_window: earned.renewal_window.to_string(),
            reminders: earned.reminders.iter().map(ToString::to_string).collect(),
            delta_exam: earned.delta_exam.clone(),
        }),
        enrolled_at: standing.progress.enrolled_at,
        progress_percent: standing.progress.percent(course),
        modules_left: standing.modules_left,
        exams_left: standing.exams_left,
        certificate: standing.certificate.map(|held| CertificateBody::of(&desk.app, content, language, held)),
    }
}

fn objectives<'o>(course: &Course, ids: impl Iterator<Item = &'o Slug>, caller: &Caller) -> Vec<ObjectiveBody> {
    ids.filter_map(|id| course.objective(id))
        .map(|found| ObjectiveBody { id: found.id.clone(), title: found.title.get(caller.language).to_owned() })
        .collect()
}

fn module_line(module: &Module, progress: &Progress, language: crate::base::text::Language) -> ModuleLine {
    ModuleLine {
        id: module.id.clone(),
        title: module.title.get(language).to_owned(),
        estimate_seconds: module.estimate.as_ref().map(Span::approximate_seconds),
        requires: module.requires.clone(),
        check: module.check.clone(),
        read_at: progress.read.get(&module.id).copied(),
    }
}

fn quiz(
    desk: &Desk,
    caller: &Caller,
    content: &Content,
    picture: &Picture,
    course: &Course,
    quiz: &Quiz,
    progress: &Progress,
) -> QuizBody {
    let may = start_attempt::may_start(content, course, quiz, &picture.progress, &picture.certificates, picture.at);
    let own = || progress.attempts.iter().filter(|attempt| attempt.quiz_id == quiz.id);
    let graded = own().filter(|attempt| attempt.state == State::Graded);
    let open = own().find(|attempt| attempt.is_open(picture.at)).map(|attempt| attempt.id);
    let runs = progress.runs(&quiz.id);
    let granted = Allowance::of(&progress.accommodations, &course.id, &quiz.id, picture.at);
    QuizBody {
        id: quiz.id.clone(),
        quiz: format!("{}/{}", course.id, quiz.id),
        kind: quiz.kind,
        title: quiz.title.get(caller.language).to_owned(),
        module: quiz.module.clone(),
        questions: quiz.question_count(),
        pass_percent: percent(quiz.pass),
        time_limit_seconds: quiz.time_limit.as_ref().map(Span::approximate_seconds),
        review: quiz.review,
        own_time_limit_seconds: quiz
            .time_limit
            .as_ref()
            .map(|limit| limit.approximate_seconds().saturating_mul(granted.time_factor_percent) / 100),
        limits: quiz.attempts.as_ref().map(|rules| granted.limits(rules)).map(|rules| LimitsBody {
            max: rules.max,
            per_seconds: rules.per.approximate_seconds(),
            left: limits::left(&rules, &runs, picture.at),
            cooldown_seconds: rules.cooldown.iter().map(Span::approximate_seconds).collect(),
        }),
        // An open attempt is gone on with, whatever the rules say of the next one.
        may_start: may.is_ok() || open.is_some(),
        refusal: may
            .err()
            .filter(|_| open.is_none())
            .map(|refusal| told_why(desk, caller, &refusal.into(), picture.at)),
        passed: progress.passes.contains_key(&quiz.id),
        best_basis_points: graded.filter_map(|attempt| attempt.basis_points).max(),
        open_attempt: open,
    }
}

fn told_why(desk: &Desk, caller: &Caller, refused: &Refused, now: Time) -> RefusalBody {
    let next = refused.facts.get("next").and_then(|fact| match fact {
        Fact::NotBefore(at) if *at > now => Some(*at),
        _ => None,
    });
    RefusalBody {
        code: refused.code,
        detail: sentence::refusal(desk, caller, refused),
        next,
        missing: sentence::missing(desk, caller, refused).into_iter().map(MissingBody::from).collect(),
    }
}
