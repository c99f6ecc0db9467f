//! What the reader should know: told before a certificate lapses, and when a new version breaks one.

use super::{named, scene::certification_of};
use crate::{
    actions::{notify, read_certificates},
    base::ids::{self, Id},
    certification::notice::Notice as Told,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other},
            failure::Failure,
            forms::Form,
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
    let notice = |told: Told| {
        let certificate = held.iter().find(|held| held.id == told.about.certificate);
        let certification = certificate.and_then(|held| certification_of(&content, held));
        let course = content.curriculum.courses.get(&told.about.course);
        let title = certification.map_or(told.about.certification.as_str(), |c| c.name.get(caller.language));
        let course_title = course.map_or(told.about.course.as_str(), |course| course.title.get(caller.language));
        Notice {
            id: told.id.to_string(),
            kind: told.kind.word().to_owned(),
            certificate: Link::new(title, format!("/certificates/{}", told.about.certificate)),
            course: Link::new(course_title, format!("/courses/{}", told.about.course)),
            until: told.about.until.micros(),
            over: told.about.until <= now,
            at: told.at.micros(),
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
