//! What the caller should know: notices, until they are put aside.

use super::{
    kit::{Answer, Group, get, nothing, post, told},
    shapes::{AttemptId, CertificateId, DelegationId, EmergencyId, GrantId, NoticeId, PersonId, RequestId, ReviewId},
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
    /// `certificate_lapses`, `certificate_superseded`, `certificate_taken_back`, `mark_corrected`, `service_ends`,
    /// `service_stopped`, `service_asks`, `delegation_begins`, `review_asks`, `review_due`, `review_overdue`, `access_unreviewed`,
    /// `access_removed`, `access_lapsed`, `access_unused`, `access_ended_unused`, `emergency_taken`, `emergency_overdue`,
    /// `request_waits`, `request_lapses`, `request_approved`, `request_rejected`, `request_returned`, `request_lapsed`,
    /// `request_commented`, `access_ends`, `access_held`, `access_ended` or `access_withdrawn`.
    kind: &'static str,
    /// Of a notice about a certificate.
    certificate: Option<CertificateId>,
    certification: Option<Slug>,
    /// Of a notice about a certificate or an exam.
    course: Option<Slug>,
    /// Until when the certificate counts, the access holds, one decides for another, or the request waits; where that is over,
    /// since when.
    until: Option<Time>,
    /// Of a notice about an exam.
    attempt: Option<AttemptId>,
    quiz: Option<Slug>,
    /// Whether the exam is passed now.
    passed: Option<bool>,
    /// Of a notice about a service account: the tool.
    client: Option<String>,
    /// Its name.
    client_name: Option<String>,
    /// The role that it uses, or that the notice is about.
    role: Option<Slug>,
    /// Whose access that rests on.
    owner: Option<PersonId>,
    /// Of a notice about a delegation.
    delegation: Option<DelegationId>,
    /// In whose place the caller decides; of a notice about a review too, where they answer in another's place.
    delegator: Option<PersonId>,
    /// Of a notice about a review: which, and how much of it waits for the caller.
    review: Option<ReviewId>,
    lines: Option<i64>,
    /// Of a notice about the caller's own access to a role.
    grant: Option<GrantId>,
    /// Of a notice about a role that somebody took without approval, and who.
    emergency: Option<EmergencyId>,
    taker: Option<PersonId>,
    /// Of a notice about a request, and who asks.
    request: Option<RequestId>,
    requester: Option<PersonId>,
    at: Time,
}

impl From<Notice> for NoticeBody {
    fn from(notice: Notice) -> Self {
        let plain = Self {
            id: notice.id,
            kind: notice.kind.word(),
            certificate: None,
            certification: None,
            course: None,
            until: notice.about.until(),
            attempt: None,
            quiz: None,
            passed: None,
            client: None,
            client_name: None,
            role: None,
            owner: None,
            delegation: None,
            delegator: None,
            review: None,
            lines: None,
            grant: None,
            emergency: None,
            taker: None,
            request: None,
            requester: None,
            at: notice.at,
        };
        match notice.about {
            About::Certificate { certificate, certification, course, .. } => Self {
                certificate: Some(certificate),
                certification: Some(certification),
                course: Some(course),
                ..plain
            },
            About::Mark { attempt, course, quiz, passed } => {
                Self { attempt: Some(attempt), course: Some(course), quiz: Some(quiz), passed: Some(passed), ..plain }
            }
            About::Review { review, lines, delegator, .. } => {
                Self { review: Some(review), lines: Some(lines), delegator, ..plain }
            }
            About::Access { grant, role, .. } => Self { grant: Some(grant), role: Some(role), ..plain },
            About::Account { client, name } => Self { client: Some(client), client_name: Some(name), ..plain },
            About::Delegation { delegation, delegator, .. } => {
                Self { delegation: Some(delegation), delegator: Some(delegator), ..plain }
            }
            About::Emergency { emergency, role, taker, .. } => {
                Self { emergency: Some(emergency), role: Some(role), taker: Some(taker), ..plain }
            }
            About::Request { request, role, requester, .. } => {
                Self { request: Some(request), role: Some(role), requester: Some(requester), ..plain }
            }
            About::Service { client, name, role, owner, .. } => {
                Self { client: Some(client), client_name: Some(name), role: Some(role), owner: Some(owner), ..plain }
            }
        }
    }
}

pub(super) fn group() -> Group {
    Group {
        name: "Notices",
        about: "What the caller should know in time: before a certificate lapses, when a new version breaks one, when a \
                correction turns an exam or takes a certificate back, before a service account loses its access, when one \
                waits for its owner to agree, when the caller decides in another's place, when a request waits for them or something \
                came of theirs, and before and when access ends or is suspended.",
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
