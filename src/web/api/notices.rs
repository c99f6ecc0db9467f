//! What the caller should know: notices, until they are put aside.

use super::{
    kit::{Answer, Group, get, nothing, post, told},
    shapes::{CertificateId, NoticeId},
};
use crate::{
    actions::notify,
    base::{clock::Time, refusal::Fault, text::Slug},
    certification::notice::{NoSuchNotice, Notice},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
struct NoticeBody {
    id: NoticeId,
    /// `certificate_lapses` or `certificate_superseded`.
    kind: &'static str,
    certificate: CertificateId,
    certification: Slug,
    course: Slug,
    /// Until when the certificate counts.
    until: Time,
    at: Time,
}

impl From<Notice> for NoticeBody {
    fn from(notice: Notice) -> Self {
        Self {
            id: notice.id,
            kind: notice.kind.word(),
            certificate: notice.about.certificate,
            certification: notice.about.certification,
            course: notice.about.course,
            until: notice.about.until,
            at: notice.at,
        }
    }
}

pub(super) fn group() -> Group {
    Group {
        name: "Notices",
        about: "What the caller should know in time: before a certificate lapses, and when a new version breaks one.",
        endpoints: vec![
            get("/notices", list)
                .says("List my notices", "Those that were not put aside, the newest first.")
                .lists::<NoticeBody>("The notices."),
            post("/notices/{id}/seen", seen)
                .says("Put a notice aside", "Doing it again changes nothing.")
                .done("It is put aside.")
                .refuses(404, &["no-such-notice"]),
        ],
    }
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let (_, notices) = notify::my_notices(&desk.app, &caller.actor).await?;
    told(notices.into_iter().map(NoticeBody::from))
}

async fn seen(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id: NoticeId = id.parse().map_err(|_| Fault::from(NoSuchNotice))?;
    notify::see_notice(&desk.app, &caller.actor, id).await?;
    nothing()
}
