//! A notice: something that a person should know, told in the app, by mail, and to whoever takes the log's events.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Kind, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What a notice is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// A certificate lapses soon.
    CertificateLapses,
    /// A new version of the course broke a certificate; it counts until its grace ends.
    CertificateSuperseded,
    /// A correction fails the exam that a certificate rests on, and the certificate was taken back.
    CertificateTakenBack,
    /// A correction turned an exam: passed after all, or failed after all.
    MarkCorrected,
    /// The access that a service account rests on ends soon.
    ServiceEnds,
    /// The access that a service account rested on is gone.
    ServiceStopped,
    /// A service account is to rest on one's access, and gets no token before one agrees.
    ServiceAsks,
    /// One decides in another's place from now on.
    DelegationBegins,
    /// A review asks whether access is to be kept.
    ReviewAsks,
    /// Its due date is near.
    ReviewDue,
    /// Its due date has gone by, and access is suspended.
    ReviewOverdue,
    /// One's own access is suspended: nobody answered its review.
    AccessUnreviewed,
    /// A review has removed one's own access.
    AccessRemoved,
    /// One's own access has ended: nobody answered its review afterwards, either.
    AccessLapsed,
    /// One's own access ends soon: nobody uses it.
    AccessUnused,
    /// One's own access has ended: nobody used it.
    AccessEndedUnused,
    /// Somebody took a role without approval.
    EmergencyTaken,
    /// Nobody has judged that in time.
    EmergencyOverdue,
    /// Somebody's request waits for one's decision.
    RequestWaits,
    /// A request lapses soon: told to whom it waits for, and to whoever asked.
    RequestLapses,
    /// One's own request led to a grant.
    RequestApproved,
    /// One's own request was turned down.
    RequestRejected,
    /// One's own request was sent back with a question.
    RequestReturned,
    /// One's own request has lapsed.
    RequestLapsed,
    /// Somebody said something about a request that one made, or has spoken on.
    RequestCommented,
    /// One's own access ends soon, and can be renewed.
    AccessEnds,
    /// One's own access is suspended: a certification is missing, or an admin holds it back.
    AccessHeld,
    /// One's own access has ended before its time.
    AccessEnded,
    /// One's own access has ended with its role, which left the catalogue or moved to another warehouse.
    AccessWithdrawn,
}
word_column!(NoticeKind {
    CertificateLapses => "certificate_lapses",
    CertificateSuperseded => "certificate_superseded",
    CertificateTakenBack => "certificate_taken_back",
    MarkCorrected => "mark_corrected",
    ServiceEnds => "service_ends",
    ServiceStopped => "service_stopped",
    ServiceAsks => "service_asks",
    DelegationBegins => "delegation_begins",
    ReviewAsks => "review_asks",
    ReviewDue => "review_due",
    ReviewOverdue => "review_overdue",
    AccessUnreviewed => "access_unreviewed",
    AccessRemoved => "access_removed",
    AccessLapsed => "access_lapsed",
    AccessUnused => "access_unused",
    AccessEndedUnused => "access_ended_unused",
    EmergencyTaken => "emergency_taken",
    EmergencyOverdue => "emergency_overdue",
    RequestWaits => "request_waits",
    RequestLapses => "request_lapses",
    RequestApproved => "request_approved",
    RequestRejected => "request_rejected",
    RequestReturned => "request_returned",
    RequestLapsed => "request_lapsed",
    RequestCommented => "request_commented",
    AccessEnds => "access_ends",
    AccessHeld => "access_held",
    AccessEnded => "access_ended",
    AccessWithdrawn => "access_withdrawn",
});

impl NoticeKind {
    /// What nobody should hear late: its mail goes before that of all else.
    pub const URGENT: [Self; 3] = [Self::EmergencyTaken, Self::EmergencyOverdue, Self::ReviewOverdue];
}

/// Why a notice is not put aside.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("there is no such notice")]
pub struct NoSuchNotice;

impl Refusal for NoSuchNotice {
    fn kind(&self) -> Kind {
        Kind::NotFound
    }
    fn code(&self) -> &'static str {
        "no-such-notice"
    }
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum About {
    /// A certificate, and until when it counts.
    Certificate { certificate: Id<ids::Certificate>, certification: Slug, course: Slug, until: Time },
    /// An exam, and whether it is passed now.
    Mark { attempt: Id<ids::Attempt>, course: Slug, quiz: Slug, passed: bool },
    /// A service account, the role that it uses, whose access that rests on, and until when.
    Service { client: String, name: String, role: Slug, owner: Id<ids::Person>, until: Time },
    /// A service account that waits for its owner to agree.
    Account { client: String, name: String },
    /// A delegation, by whom, and until when.
    Delegation { delegation: Id<ids::Delegation>, delegator: Id<ids::Person>, until: Time },
    /// A review of access, how much of it waits for the person, until when, and in whose place they answer, where it is another's.
    Review {
        review: Id<ids::Review>,
        title: String,
        roles: Vec<Slug>,
        lines: i64,
        due: Time,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delegator: Option<Id<ids::Person>>,
    },
    /// The person's own access to a role: until when, or since when not.
    Access { grant: Id<ids::Grant>, role: Slug, until: Time },
    /// A role that was taken without approval, by whom, and until when; or until when that was to be judged.
    Emergency { emergency: Id<ids::Emergency>, role: Slug, taker: Id<ids::Person>, until: Time },
    /// A request for a role, by whom, and when it lapses; or when it was closed, or spoken on.
    Request { request: Id<ids::Request>, role: Slug, requester: Id<ids::Person>, until: Time },
}

impl About {
    /// Until when a certificate counts, or an access holds.
    #[must_use]
    pub fn until(&self) -> Option<Time> {
        match self {
            Self::Certificate { until, .. }
            | Self::Service { until, .. }
            | Self::Delegation { until, .. }
            | Self::Access { until, .. }
            | Self::Emergency { until, .. }
            | Self::Request { until, .. } => Some(*until),
            Self::Review { due, .. } => Some(*due),
            Self::Mark { .. } | Self::Account { .. } => None,
        }
    }

    /// The one role that it is about.
    #[must_use]
    pub fn role(&self) -> Option<&Slug> {
        match self {
            Self::Service { role, .. }
            | Self::Access { role, .. }
            | Self::Emergency { role, .. }
            | Self::Request { role, .. } => Some(role),
            Self::Certificate { .. }
            | Self::Mark { .. }
            | Self::Account { .. }
            | Self::Delegation { .. }
            | Self::Review { .. } => None,
        }
    }

    /// The role on whose page it goes on, while that is in the catalogue.
    #[must_use]
    pub fn page_of(&self) -> Option<&Slug> {
        match self {
            Self::Service { role, .. } | Self::Access { role, .. } => Some(role),
            Self::Certificate { .. }
            | Self::Mark { .. }
            | Self::Account { .. }
            | Self::Delegation { .. }
            | Self::Review { .. }
            | Self::Emergency { .. }
            | Self::Request { .. } => None,
        }
    }

    /// The page where it goes on, under the service's address. One that has left the catalogue has none: `gone` says whether the
    /// role of [`About::page_of`] has.
    #[must_use]
    pub fn path(&self, gone: bool) -> String {
        match self {
            Self::Service { .. } | Self::Access { .. } if gone => "/access".to_owned(),
            Self::Certificate { course, .. } => format!("/courses/{course}"),
            Self::Mark { attempt, .. } => format!("/attempts/{attempt}/result"),
            Self::Service { role, .. } | Self::Access { role, .. } => format!("/access/{role}"),
            Self::Account { .. } => "/account#services".to_owned(),
            Self::Delegation { .. } => "/delegations".to_owned(),
            Self::Review { review, .. } => format!("/reviews/{review}"),
            Self::Emergency { .. } => "/break-glass".to_owned(),
            Self::Request { request, .. } => format!("/decisions/{request}"),
        }
    }

    /// It as it may stand in the log and leave the house: what the API shows of it, but for what people named things. Nobody is
    /// named in it but by id.
    #[must_use]
    pub fn in_ids(&self) -> Value {
        match self {
            Self::Certificate { certificate, certification, course, until } => {
                json!({ "certificate": certificate, "certification": certification, "course": course, "until": until })
            }
            Self::Mark { attempt, course, quiz, passed } => {
                json!({ "attempt": attempt, "course": course, "quiz": quiz, "passed": passed })
            }
            Self::Service { client, name: _, role, owner, until } => {
                json!({ "client": client, "role": role, "owner": owner, "until": until })
            }
            Self::Account { client, name: _ } => json!({ "client": client }),
            Self::Delegation { delegation, delegator, until } => {
                json!({ "delegation": delegation, "delegator": delegator, "until": until })
            }
            Self::Review { review, title: _, roles: _, lines, due, delegator } => {
                let mut told = json!({ "review": review, "lines": lines, "until": due });
                if let (Some(delegator), Some(fields)) = (delegator, told.as_object_mut()) {
                    fields.insert("delegator".to_owned(), json!(delegator));
                }
                told
            }
            Self::Access { grant, role, until } => json!({ "grant": grant, "role": role, "until": until }),
            Self::Emergency { emergency, role, taker, until } => {
                json!({ "emergency": emergency, "role": role, "taker": taker, "until": until })
            }
            Self::Request { request, role, requester, until } => {
                json!({ "request": request, "role": role, "requester": requester, "until": until })
            }
        }
    }
}

/// A notice to one person.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: Id<ids::Notice>,
    pub person_id: Id<ids::Person>,
    pub kind: NoticeKind,
    pub about: About,
    pub at: Time,
    /// The name of whoever owns the service account that it is about, is away, broke the glass, or asks; of a review only where
    /// somebody is away.
    pub owner: Option<String>,
}
