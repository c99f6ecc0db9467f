//! What the reader should know: told before a certificate lapses, when a new version breaks one, when a correction turns an
//! exam, and before a service account loses its access.

use super::{named, scene::certification_of};
use crate::{
    actions::{notify, read_certificates},
    base::{
        ids::{self, Id},
        text::Slug,
    },
    certification::notice::{About, Notice as Told, NoticeKind},
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other},
            explain::role_name,
            failure::Failure,
            forms::Form,
            sentence,
            teller::Teller,
        },
        views::{
            notices::{Notice, Notices},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/notices", get().to(list)).route("/notices/{notice}/seen", post().to(seen));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let (content, told) = notify::my_notices(&desk.app, &caller.actor).await?;
    let held = read_certificates::my_certificates(&desk.app, &caller.actor).await?;
    let now = desk.app.now();
    let teller = Teller::of(&desk, &caller)?;
    let notice = |told: Told| {
        let title = |course: &Slug| {
            let known = content.curriculum.courses.get(course);
            let title = known.map_or(course.as_str(), |course| course.title.get(caller.language));
            Link::new(title, format!("/courses/{course}"))
        };
        let titled = |role: &Slug, place: String| {
            let known = content.catalogue.roles.get(role);
            Link::new(known.map_or(role.as_str(), |known| known.title.get(caller.language)), place)
        };
        let gone = told.about.page_of().is_some_and(|role| !content.catalogue.roles.contains_key(role));
        let place = told.about.path(gone);
        let (id, at) = (told.id.to_string(), told.at.micros());
        match &told.about {
            About::Certificate { certificate, certification, course, until } => {
                let own = held.iter().find(|held| held.id == *certificate);
                let known = own.and_then(|held| certification_of(&content, held));
                let name = known.map_or(certification.as_str(), |known| known.name.get(caller.language));
                let taken_back = told.kind == NoticeKind::CertificateTakenBack;
                let over = *until <= now;
                Notice {
                    id,
                    kind: told.kind.word().to_owned(),
                    subject: Link::new(name, format!("/certificates/{certificate}")),
                    course: title(course),
                    until: Some(until.micros()).filter(|_| !taken_back),
                    owner: None,
                    said: None,
                    over,
                    tone: if over { "error" } else { "warn" }.to_owned(),
                    at,
                }
            }
            About::Mark { course, quiz, passed, .. } => {
                let known = content.curriculum.courses.get(course).and_then(|course| course.quiz(quiz));
                let name = known.map_or(quiz.as_str(), |known| known.title.get(caller.language));
                let (kind, tone) = if *passed { ("mark_passed", "ok") } else { ("mark_failed", "error") };
                Notice {
                    id,
                    kind: kind.to_owned(),
                    subject: Link::new(name, place),
                    course: title(course),
                    until: None,
                    owner: None,
                    said: None,
                    over: false,
                    tone: tone.to_owned(),
                    at,
                }
            }
            About::Account { name, .. } => Notice {
                id,
                kind: told.kind.word().to_owned(),
                subject: Link::new(name, place),
                course: Link::new("", ""),
                until: None,
                owner: None,
                said: None,
                over: false,
                tone: "warn".to_owned(),
                at,
            },
            About::Delegation { until, .. } => Notice {
                id,
                kind: told.kind.word().to_owned(),
                subject: Link::new(told.owner.clone().unwrap_or_default(), ""),
                course: Link::new(sentence::plain(&desk, &caller, "nav-decisions"), "/decisions"),
                until: Some(until.micros()),
                owner: told.owner.clone(),
                said: None,
                over: *until <= now,
                tone: "wait".to_owned(),
                at,
            },
            About::Review { title, roles, lines, due, .. } => {
                let kind = told.kind.word();
                let names: Vec<String> = roles.iter().map(|role| role_name(&content, role)).collect();
                let name = match title.as_str() {
                    "" => teller.say("review-of", &[("roles", teller.all_of(&names).into())]),
                    title => title.to_owned(),
                };
                let (n, by) = (("n", (*lines).into()), ("at", teller.moment(*due).into()));
                let said = match &told.owner {
                    Some(away) => teller.say("notices-review-text-for", &[n, by, ("owner", away.as_str().into())]),
                    None => teller.say("notices-review-text", &[n, by]),
                };
                Notice {
                    id,
                    kind: kind.to_owned(),
                    subject: Link::new(name, format!("{place}?state=open")),
                    course: Link::new("", ""),
                    until: None,
                    owner: None,
                    said: Some(said),
                    over: false,
                    tone: if told.kind == NoticeKind::ReviewOverdue { "error" } else { "warn" }.to_owned(),
                    at,
                }
            }
            About::Access { role, until, .. } => {
                let kind = told.kind.word();
                let said = teller.say(&format!("notices-{kind}-text"), &[("at", teller.moment(*until).into())]);
                Notice {
                    id,
                    kind: kind.to_owned(),
                    subject: titled(role, place),
                    course: Link::new("", ""),
                    until: None,
                    owner: None,
                    said: Some(said),
                    over: false,
                    tone: match told.kind {
                        NoticeKind::AccessUnused | NoticeKind::AccessEnds => "warn",
                        _ => "error",
                    }
                    .to_owned(),
                    at,
                }
            }
            About::Request { role, until, .. } => {
                let kind = told.kind.word();
                let said = teller.say(&format!("notices-{kind}-text"), &[("at", teller.moment(*until).into())]);
                Notice {
                    id,
                    kind: kind.to_owned(),
                    subject: titled(role, place),
                    course: Link::new("", ""),
                    until: None,
                    owner: told.owner.clone(),
                    said: Some(said),
                    over: false,
                    tone: match told.kind {
                        NoticeKind::RequestApproved => "ok",
                        NoticeKind::RequestRejected | NoticeKind::RequestLapsed => "error",
                        NoticeKind::RequestWaits | NoticeKind::RequestCommented => "wait",
                        _ => "warn",
                    }
                    .to_owned(),
                    at,
                }
            }
            About::Emergency { role, until, .. } => Notice {
                id,
                kind: told.kind.word().to_owned(),
                subject: titled(role, String::new()),
                course: Link::new(sentence::plain(&desk, &caller, "glass-title"), place),
                until: Some(until.micros()),
                owner: told.owner.clone(),
                said: None,
                over: told.kind == NoticeKind::EmergencyOverdue,
                tone: "error".to_owned(),
                at,
            },
            About::Service { name, role, until, .. } => {
                let over = told.kind == NoticeKind::ServiceStopped || *until <= now;
                Notice {
                    id,
                    kind: if over { NoticeKind::ServiceStopped } else { told.kind }.word().to_owned(),
                    subject: Link::new(name, ""),
                    course: titled(role, place),
                    until: Some(until.micros()),
                    owner: told.owner.clone(),
                    said: None,
                    over,
                    tone: if over { "error" } else { "warn" }.to_owned(),
                    at,
                }
            }
        }
    };
    let view = Notices { notices: told.into_iter().map(notice).collect() };
    desk.page(&caller, view).await
}

async fn seen(caller: Caller, desk: Data<Desk>, path: Path<String>, _form: Form) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Notice> = named(&path)?;
    notify::see_notice(&desk.app, &caller.actor, id).await?;
    Ok(see_other("/notices"))
}
