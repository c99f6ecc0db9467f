//! The catalogue of courses, one course, enrolling, and the pictures of its texts.

use super::{
    named,
    scene::{self, Scene, basis_percent, count, course_minutes, done_of, module_minutes, percent, share_percent},
};
use crate::{
    academy::attempt::{Attempt, AttemptRefusal, State},
    actions::{
        enrol,
        overview::{CourseStanding, RoleStatus},
    },
    base::{
        clock::Time,
        refusal::Fault,
        text::{Slug, folded},
    },
    certification::renewal,
    curriculum::{
        course::Course as Taught,
        quiz::Quiz,
        render::{self, Links},
    },
    web::{
        kit::forms::Form,
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            sentence,
        },
        server::NoSuchPage,
        views::{
            course::{Change, Course, Earns, ExamLine, Held, ModuleLine, PracticeLine, Prerequisite},
            courses::Courses,
            shared::{Link, RoleLink},
        },
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path, Query, ServiceConfig, get, post},
};
use serde::Deserialize;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/courses", get().to(list))
        .route("/courses/{course}/assets/{path:.+}", get().to(asset))
        .route("/courses/{course}/enrol", post().to(enrol_here))
        .route("/courses/{course}", get().to(one));
}

#[derive(Debug, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
}

async fn list(caller: Caller, desk: Data<Desk>, search: Option<Query<Search>>) -> Result<HttpResponse, Failure> {
    let scene = Scene::read(&desk, &caller).await?;
    let query = search.map(|search| search.into_inner().q).unwrap_or_default();
    let wanted = folded(&query);
    let mut cards: Vec<_> = scene.standings.values().map(|standing| (standing, scene.card(standing))).collect();
    cards.retain(|(_, card)| {
        let text = format!("{} {} {}", card.title, card.summary, card.earns.as_deref().unwrap_or_default());
        wanted.is_empty() || folded(&text).contains(&wanted)
    });
    cards.sort_by_key(|(standing, card)| {
        let rank = match card.state.as_str() {
            "in_progress" => 0,
            "expiring" | "superseded" | "expired" | "revoked" => 1,
            "not_started" => 2,
            _ => 3,
        };
        (rank, standing.course.prerequisites.len(), card.title.clone())
    });
    let courses = cards.into_iter().map(|(_, card)| card).collect();
    desk.page(&caller, Courses { courses, query: query.trim().to_owned() }).await
}

async fn one(caller: Caller, desk: Data<Desk>, course: Path<String>) -> Result<HttpResponse, Failure> {
    let id: Slug = named(&course)?;
    let scene = Scene::read(&desk, &caller).await?;
    let standing = scene.course(&id)?;
    desk.page(&caller, view(&scene, standing)).await
}

async fn enrol_here(
    caller: Caller,
    desk: Data<Desk>,
    course: Path<String>,
    _form: Form,
) -> Result<HttpResponse, Failure> {
    let id: Slug = named(&course)?;
    enrol::enrol(&desk.app, &caller.actor, id.clone()).await?;
    Ok(see_other_with(&format!("/courses/{id}"), "notice-enrolled"))
}

fn view(scene: &Scene<'_>, standing: &CourseStanding) -> Course {
    let course = &standing.course;
    let (done, total) = done_of(standing);
    let certification = course.certification.as_ref();
    Course {
        id: course.id.to_string(),
        lang: scene.foreign(course),
        labs: course
            .datasets
            .keys()
            .map(|id| Link::new(id.as_str(), format!("/courses/{}/lab/{id}", course.id)))
            .collect(),
        title: scene.words(&course.title),
        summary: scene.words(&course.summary),
        minutes: course_minutes(course),
        version: u32::try_from(course.version).unwrap_or(u32::MAX),
        owner: course.owner.to_string(),
        objectives: course.objectives.iter().map(|objective| scene.words(&objective.title)).collect(),
        enrolled: standing.progress.enrolled_at.is_some(),
        done,
        total,
        percent: percent(done, total),
        next: scene.next(standing),
        modules: modules(scene, standing),
        exams: standing
            .exams
            .iter()
            .filter_map(|(id, may)| Some(exam(scene, standing, course.quiz(id)?, may)))
            .collect(),
        earns: certification.map(|certification| Earns {
            name: scene.words(&certification.name),
            criteria: scene.words(&certification.criteria),
            validity: scene::period(&certification.validity),
            renewal: scene::period(&certification.renewal_window),
        }),
        certificate: standing.certificate.as_ref().map(|certificate| Held {
            href: format!("/certificates/{}", certificate.id),
            state: scene::certificate_state(&scene.content, certificate, scene.now()).to_owned(),
            issued: certificate.issued_at.micros(),
            until: certificate.ends_at.micros(),
            renew_from: scene::renew_from(&scene.content, certificate).micros(),
        }),
        changes: changes(scene, standing),
        delta: renewal::opens_delta(course, &scene.picture.certificates, scene.now())
            .and_then(|_| course.delta())
            .map(|quiz| scene.quiz_link(course, quiz)),
        opens: certification.map(|certification| roles(scene, &certification.id)).unwrap_or_default(),
        prerequisites: course
            .prerequisites
            .iter()
            .filter_map(|id| scene.content.curriculum.courses.get(id))
            .map(|needed| Prerequisite {
                title: scene.words(&needed.title),
                href: format!("/courses/{}", needed.id),
                state: if scene.came_before(needed) { "met" } else { "missing" }.to_owned(),
            })
            .collect(),
    }
}

/// What the versions after the reader's certificate brought.
fn changes(scene: &Scene<'_>, standing: &CourseStanding) -> Vec<Change> {
    let course = &standing.course;
    let Some(held) = &standing.certificate else { return Vec::new() };
    let later = course.changes.range(held.course_version + 1..).rev();
    later
        .map(|(version, text)| Change {
            version: u32::try_from(*version).unwrap_or(u32::MAX),
            html: render::markdown(text.get(scene.caller.language), &Links::none()).html,
        })
        .collect()
}

fn roles(scene: &Scene<'_>, certification: &Slug) -> Vec<RoleLink> {
    let roles = scene.content.catalogue.asking_for(certification);
    roles
        .map(|role| {
            let state = role_state(scene.picture.role(&scene.content, role).status);
            RoleLink::new(&scene.words(&role.title), role.id.as_str(), state)
        })
        .collect()
}

/// The status code of a role's standing.
pub(super) fn role_state(status: RoleStatus) -> &'static str {
    match status {
        RoleStatus::Effective => "effective",
        RoleStatus::Locked => "locked",
        RoleStatus::Suspended => "suspended",
        RoleStatus::Closed => "closed",
        RoleStatus::Scheduled => "scheduled",
        RoleStatus::Returned => "returned",
        RoleStatus::Waiting => "waiting",
        RoleStatus::Blocked => "blocked",
        RoleStatus::Requestable => "requestable",
        RoleStatus::Missing => "missing",
    }
}

fn modules(scene: &Scene<'_>, standing: &CourseStanding) -> Vec<ModuleLine> {
    let course = &standing.course;
    let read = &standing.progress.read;
    course
        .modules
        .iter()
        .map(|module| {
            let unread = module.requires.iter().filter(|id| !read.contains_key(*id));
            let requires: Vec<String> =
                unread.filter_map(|id| course.module(id)).map(|needed| scene.words(&needed.title)).collect();
            let done_at = read.get(&module.id);
            ModuleLine {
                href: format!("/courses/{}/{}", course.id, module.id),
                title: scene.words(&module.title),
                minutes: module_minutes(module),
                state: match done_at {
                    Some(_) => "done",
                    None if requires.is_empty() => "open",
                    None => "blocked",
                }
                .to_owned(),
                done_at: done_at.map(|at| at.micros()),
                practice: practice(standing, module.check.as_ref()),
                requires: if done_at.is_some() { Vec::new() } else { requires },
            }
        })
        .collect()
}

/// A module's practice quiz, as a line.
pub(super) fn practice(standing: &CourseStanding, check: Option<&Slug>) -> Option<PracticeLine> {
    let quiz = standing.course.quiz(check?)?;
    Some(PracticeLine {
        href: format!("/quizzes/{}/{}", standing.course.id, quiz.id),
        questions: count(quiz.question_count()),
        best: best(standing, &quiz.id),
    })
}

/// The best mark of all attempts at a quiz, in percent.
pub(super) fn best(standing: &CourseStanding, quiz: &Slug) -> Option<f64> {
    let marked = standing.progress.attempts.iter().filter(|a| a.quiz_id == *quiz && a.state == State::Graded);
    marked.filter_map(|attempt| attempt.basis_points).max().map(basis_percent)
}

/// The attempt at a quiz that still takes answers.
pub(super) fn open_attempt<'s>(scene: &Scene<'_>, standing: &'s CourseStanding, quiz: &Slug) -> Option<&'s Attempt> {
    standing.progress.attempts.iter().find(|attempt| attempt.quiz_id == *quiz && attempt.is_open(scene.now()))
}

fn exam(scene: &Scene<'_>, standing: &CourseStanding, quiz: &Quiz, may: &Result<(), AttemptRefusal>) -> ExamLine {
    let open = open_attempt(scene, standing, &quiz.id).is_some();
    let (state, why) = match may {
        _ if open => ("in_progress", None),
        Ok(()) => ("open", None),
        Err(AttemptRefusal::PassedAlready { .. } | AttemptRefusal::Passed { .. }) => ("passed", None),
        Err(AttemptRefusal::Cooldown { .. } | AttemptRefusal::LimitReached { .. }) => ("waiting", None),
        Err(refusal) => ("blocked", Some(sentence::refusal(scene.desk, scene.caller, &refusal.clone().into()))),
    };
    let next = may.as_ref().err().and_then(scene::next_chance).filter(|_| state == "waiting");
    ExamLine {
        href: format!("/quizzes/{}/{}", standing.course.id, quiz.id),
        title: scene.words(&quiz.title),
        state: state.to_owned(),
        questions: count(quiz.question_count()),
        minutes: quiz.time_limit.as_ref().map(scene::minutes),
        pass: share_percent(quiz.pass),
        best: best(standing, &quiz.id),
        next_chance: next.map(Time::micros),
        why,
    }
}

/// What browsers may show by themselves; everything else is only downloaded.
fn media(path: &str) -> (&'static str, bool) {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "png" => ("image/png", true),
        "jpg" | "jpeg" => ("image/jpeg", true),
        "gif" => ("image/gif", true),
        "webp" => ("image/webp", true),
        "avif" => ("image/avif", true),
        "svg" => ("image/svg+xml", true),
        "pdf" => ("application/pdf", true),
        "csv" => ("text/csv; charset=utf-8", false),
        "txt" | "sql" | "md" => ("text/plain; charset=utf-8", false),
        _ => ("application/octet-stream", false),
    }
}

async fn asset(
    caller: Caller,
    desk: Data<Desk>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    caller.actor.signed()?;
    let content = desk.app.content()?;
    let (course, path) = path.into_inner();
    let id: Slug = named(&course)?;
    let course: &Taught = content.curriculum.courses.get(&id).ok_or(NoSuchPage)?;
    let body = content.curriculum.assets.get(&format!("{id}/assets/{path}")).ok_or_else(|| Fault::from(NoSuchPage))?;
    let tag = format!("\"{}\"", course.hash);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let cache = (header::CACHE_CONTROL, "private, max-age=300");
    if known == Some(tag.as_str()) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).insert_header(cache).finish());
    }
    let (media, inline) = media(&path);
    let mut response = HttpResponse::Ok();
    response.content_type(media).insert_header((header::ETAG, tag)).insert_header(cache);
    response.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    response.insert_header((header::CONTENT_DISPOSITION, if inline { "inline" } else { "attachment" }));
    if media == "image/svg+xml" {
        // A drawing opened by itself is a document: it may style itself, and do nothing else.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy));
    }
    Ok(response.body(body.clone()))
}
