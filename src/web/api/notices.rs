//! What the caller should know: notices, until they are put aside.

use super::{
    kit::{Answer, Group, get, nothing, post, told},
    shapes::{AttemptId, CertificateId, NoticeId},
};
use crate::{
    actions::notify,
    base::{clock::Time, refusal::Fault, text::Slug},
    certification::notice::{About, NoSuchNotice, Notice},
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
    /// `certificate_lapses`, `certificate_superseded`, `certificate_taken_back` or `mark_corrected`.
    kind: &'static str,
    /// Of a notice about a certificate.
    certificate: Option<CertificateId>,
    certification: Option<Slug>,
    course: Slug,
    /// Until when the certificate counts.
    until: Option<Time>,
    /// Of a notice about an exam.
    attempt: Option<AttemptId>,
    quiz: Option<Slug>,
    /// Whether the exam is passed now.
    passed: Option<bool>,
    at: Time,
}

impl From<Notice> for NoticeBody {
    fn from(notice: Notice) -> Self {
        let (id, kind, at) = (notice.id, notice.kind.word(), notice.at);
        match notice.about {
            About::Certificate { certificate, certification, course, until } => Self {
                id,
                kind,
                certificate: Some(certificate),
                certification: Some(certification),
                course,
                until: Some(until),
                attempt: None,
                quiz: None,
                passed: None,
                at,
            },
            About::Mark { attempt, course, quiz, passed } => Self {
                id,
                kind,
                certificate: None,
                certification: None,
                course,
                until: None,
                attempt: Some(attempt),
                quiz: Some(quiz),
                passed: Some(passed),
                at,
            },
        }
    }
}

pub(super) fn group() -> Group {
    Group {
        name: "Notices",
        about: "What the caller should know in time: before a certificate lapses, when a new version breaks one, and when a \
                correction turns an exam or takes a certificate back.",
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
