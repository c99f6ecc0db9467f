//! The home page: what the reader can open, what is missing, what is about to end, and what waits.

use super::{
    courses::role_state,
    granted,
    scene::{self, Scene},
};
use crate::{
    academy::attempt::Attempt,
    access::{
        catalogue::{Approval, Approver, Role},
        request::Request,
    },
    actions::overview::{self, RoleStanding, RoleStatus},
    base::clock::Time,
    certification::certificate::{Certificate, State},
    curriculum::quiz::QuizKind,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other},
            failure::Failure,
        },
        views::{
            home::{Home, HomeRequest, HomeRole, Lapsing, OpenAttempt},
            shared::{CourseCard, Step, StepKind},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get},
};
use serde_json::json;

/// How long a lapsed certificate is still spoken of, in seconds.
const LAPSED_FOR: i64 = 30 * 86_400;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/", get().to(page));
}

async fn page(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let Some(signed) = caller.signed() else { return Ok(see_other("/sign-in")) };
    let scene = Scene::read(&desk, &caller).await?;
    let first_day = first_day(&scene);
    let mut standings: Vec<RoleStanding> =
        scene.content.catalogue.roles.values().map(|role| scene.picture.role(&scene.content, role)).collect();
    standings.sort_by_key(|standing| (rank(standing), overview::steps(&standing.path)));
    let view = Home {
        name: signed.person.name.split_whitespace().next().unwrap_or(&signed.person.name).to_owned(),
        first_day,
        open: open(&scene),
        assigned: granted::assigned(&scene.content, caller.language, &scene.picture.assigned, scene.now()),
        lapsing: lapsing(&scene),
        roles: standings.iter().map(|standing| role(&scene, standing)).collect::<Result<_, _>>()?,
        requests: requests(&scene)?,
        courses: courses(&scene, first_day),
    };
    desk.page(&caller, view).await
}

fn first_day(scene: &Scene<'_>) -> bool {
    let picture = &scene.picture;
    let nothing = picture.certificates.is_empty() && picture.grants.is_empty() && picture.requests.is_empty();
    nothing && scene.standings.values().all(|standing| scene.course_state(standing) == "not_started")
}

/// Attempts that still take answers, the most urgent first.
fn open(scene: &Scene<'_>) -> Vec<OpenAttempt> {
    let mut open: Vec<Attempt> = scene.picture.open_attempts();
    open.sort_by_key(|attempt| (attempt.deadline_at.is_none(), attempt.deadline_at, attempt.started_at));
    let now = scene.now();
    open.iter()
        .filter_map(|attempt| {
            let standing = scene.standings.get(&attempt.course_id)?;
            let quiz = standing.course.quiz(&attempt.quiz_id);
            let far = scene.picture.how_far.get(&attempt.id);
            Some(OpenAttempt {
                href: format!("/attempts/{}", attempt.id),
                quiz: quiz.map_or_else(|| attempt.quiz_id.to_string(), |quiz| scene.words(&quiz.title)),
                course: scene.words(&standing.course.title),
                practice: attempt.kind == QuizKind::Practice,
                answered: far.map_or(0, |far| far.answered),
                asked: far.map_or(0, |far| far.asked),
                started: attempt.started_at.micros(),
                deadline: attempt.deadline_at.map(Time::micros),
                seconds_left: attempt.deadline_at.map(|end| (end.micros_since(now) / 1_000_000).max(0)),
            })
        })
        .collect()
}

/// Certificates that lapse soon or have just lapsed, the next to end first.
fn lapsing(scene: &Scene<'_>) -> Vec<Lapsing> {
    let now = scene.now();
    let mut ending: Vec<(&Certificate, &'static str)> = scene
        .picture
        .certificates
        .iter()
        .filter(|certificate| !scene.outlived(certificate))
        .map(|certificate| (certificate, scene::certificate_state(&scene.content, certificate, now)))
        .filter(|(certificate, state)| match *state {
            "expiring" | "superseded" => true,
            "expired" => certificate.ends_at.plus_seconds(LAPSED_FOR) > now,
            _ => false,
        })
        .collect();
    ending.sort_by_key(|(certificate, _)| certificate.ends_at);
    ending
        .into_iter()
        .map(|(certificate, state)| Lapsing {
            name: scene.certificate_name(certificate),
            href: format!("/certificates/{}", certificate.id),
            state: state.to_owned(),
            issued: certificate.issued_at.micros(),
            until: certificate.ends_at.micros(),
            renew_from: scene::renew_from(&scene.content, certificate).micros(),
            renew: scene.renew(certificate),
            roles: resting(scene, certificate).into_iter().map(|role| scene.words(&role.title)).collect(),
        })
        .collect()
}

/// The roles that the reader holds and that ask for a certificate's certification.
pub(super) fn resting<'s>(scene: &'s Scene<'_>, certificate: &Certificate) -> Vec<&'s Role> {
    let held = scene.picture.grants.iter().filter(|grant| scene.now() < grant.over_at());
    held.filter_map(|grant| scene.content.catalogue.roles.get(&grant.role_id))
        .filter(|role| role.requires.certifications().contains(&certificate.certification_id))
        .collect()
}

fn held(standing: &RoleStanding) -> bool {
    standing.grant.is_some()
}

/// Held ones first, then what waits, then the nearest.
fn rank(standing: &RoleStanding) -> u8 {
    match standing.status {
        RoleStatus::Effective => 0,
        _ if held(standing) => 1,
        RoleStatus::Returned => 2,
        RoleStatus::Requestable => 3,
        RoleStatus::Waiting | RoleStatus::Blocked => 4,
        _ => 5,
    }
}

/// From when the end of an access is worth a reminder: when what it ends with can be renewed.
fn soon(scene: &Scene<'_>, standing: &RoleStanding, until: Time) -> Option<Time> {
    let grant = standing.grant.as_ref()?;
    let rests = standing.clauses.iter().filter_map(|clause| clause.met_by.as_ref()).find(|c| c.ends_at == until);
    Some(match rests {
        Some(certificate) if until < grant.ends_at => scene::renew_from(&scene.content, certificate),
        _ => grant.renewable_from(),
    })
}

fn role(scene: &Scene<'_>, standing: &RoleStanding) -> Result<HomeRole, Failure> {
    let role = &standing.role;
    let href = format!("/access/{}", role.id);
    let until = standing.until.or_else(|| standing.grant.as_ref().map(|grant| grant.ends_at));
    let soon = until.and_then(|until| soon(scene, standing, until));
    let (state, tone) = match standing.status {
        RoleStatus::Effective if soon.is_some_and(|soon| soon <= scene.now()) => ("expiring", "warn"),
        RoleStatus::Effective => ("effective", "ok"),
        status @ RoleStatus::Locked => (role_state(status), "bad"),
        status @ (RoleStatus::Suspended | RoleStatus::Returned) => (role_state(status), "warn"),
        status @ RoleStatus::Missing => (role_state(status), "mute"),
        status => (role_state(status), "wait"),
    };
    let far = standing.path.iter();
    let path = match standing.status {
        RoleStatus::Missing | RoleStatus::Blocked | RoleStatus::Suspended => scene.steps(&standing.path)?,
        RoleStatus::Requestable | RoleStatus::Returned => {
            vec![Step::new(StepKind::Request, scene.plain("step-request"), format!("{href}#request"), Some(2))]
        }
        _ => Vec::new(),
    };
    Ok(HomeRole {
        href,
        title: scene.words(&role.title),
        code: role.name.clone(),
        warehouse: scene
            .content
            .catalogue
            .warehouses
            .get(&role.warehouse)
            .map(|w| scene.words(&w.title))
            .unwrap_or_default(),
        state: state.to_owned(),
        tone: tone.to_owned(),
        held: held(standing),
        from: standing.grant.as_ref().map(|grant| grant.starts_at.micros()),
        until: until.map(Time::micros),
        soon: soon.map(Time::micros),
        modules_away: far.clone().map(|todo| scene::count(todo.modules.len())).sum(),
        exams_away: far.map(|todo| scene::count(todo.exams.len())).sum(),
        minutes: (!path.is_empty()).then(|| path.iter().filter_map(|step| step.minutes).sum()),
        steps: path,
        note: note(scene, standing)?,
    })
}

fn note(scene: &Scene<'_>, standing: &RoleStanding) -> Result<Option<String>, Failure> {
    Ok(match standing.status {
        RoleStatus::Locked => standing.locks.first().map(|lock| lock.reason.clone()),
        RoleStatus::Closed => match standing.grant.as_ref().and_then(|grant| scene.picture.shut.get(&grant.id)) {
            Some(from) => Some(scene.say("note-closed", &[("at", json!(scene.not_before(*from)?))])?),
            None => None,
        },
        RoleStatus::Suspended if standing.held_back.is_some() => {
            let cause = standing.held_back.map_or("", |cause| cause.word());
            Some(scene.say("role-suspended-by", &[("cause", json!(cause))])?)
        }
        RoleStatus::Suspended => {
            let lost = standing.clauses.iter().find(|clause| clause.met_by.is_none());
            let id = lost.and_then(|clause| clause.any_of.first());
            let name =
                id.and_then(|id| scene.content.curriculum.certification(id).first().copied()?.certification.as_ref());
            match name {
                Some(found) => Some(scene.say("note-suspended", &[("name", json!(scene.words(&found.name)))])?),
                None => None,
            }
        }
        RoleStatus::Scheduled => match &standing.grant {
            Some(grant) => Some(scene.say("note-scheduled", &[("at", json!(scene.not_before(grant.starts_at)?))])?),
            None => None,
        },
        RoleStatus::Returned => Some(scene.plain("note-returned")),
        RoleStatus::Blocked => Some(scene.plain("note-blocked")),
        _ => None,
    })
}

/// The reader's own requests that may still lead to a grant.
fn requests(scene: &Scene<'_>) -> Result<Vec<HomeRequest>, Failure> {
    let open = scene.picture.requests.iter().filter(|asked| asked.standing_at(scene.now()).is_open());
    open.map(|asked: &Request| {
        let role = scene.content.catalogue.roles.get(&asked.role_id);
        Ok(HomeRequest {
            href: format!("/access/{}", asked.role_id),
            role: role.map_or_else(|| asked.role_id.to_string(), |role| scene.words(&role.title)),
            since: asked.submitted_at.micros(),
            lapses: asked.lapses_at.micros(),
            by: role.map(|role| deciders(scene, role)).transpose()?.unwrap_or_default(),
            state: asked.state.word().to_owned(),
        })
    })
    .collect()
}

fn deciders(scene: &Scene<'_>, role: &Role) -> Result<String, Failure> {
    let Approval::Clauses(clauses) = &role.approval else { return Ok(scene.plain("approver-rules")) };
    let mut names: Vec<String> = Vec::new();
    for approver in clauses.iter().flat_map(|clause| &clause.of) {
        let name = match approver {
            Approver::Person(email) => email.to_string(),
            Approver::Owners => scene.plain("approver-owners"),
            Approver::Manager => scene.plain("approver-manager"),
            Approver::Team(team) => scene.say("approver-team", &[("team", json!(team.as_str()))])?,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names.join(", "))
}

/// Courses in progress; on the first day the one that most others build on.
fn courses(scene: &Scene<'_>, first_day: bool) -> Vec<CourseCard> {
    if !first_day {
        let going = scene.standings.values().filter(|standing| {
            let redone = standing.certificate.as_ref().is_some_and(|c| c.state == State::Revoked);
            scene.course_state(standing) == "in_progress" || redone
        });
        return going.map(|standing| scene.card(standing)).collect();
    }
    let builds_on = |standing: &overview::CourseStanding| {
        let id = &standing.course.id;
        scene.standings.values().filter(|other| other.course.prerequisites.contains(id)).count()
    };
    let free = scene.standings.values().filter(|standing| standing.course.prerequisites.is_empty());
    free.max_by_key(|standing| builds_on(standing)).map(|standing| scene.card(standing)).into_iter().collect()
}
