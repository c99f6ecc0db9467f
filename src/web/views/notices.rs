//! What the reader should know, until they put it aside.

use super::{Sample, Title, View, sample_at, shared::Link};
use serde::Serialize;

/// `/notices`
#[derive(Debug, Clone, Serialize)]
pub struct Notices {
    /// The newest first.
    pub notices: Vec<Notice>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// `ntc_…`; the form goes to `/notices/{id}/seen`.
    pub id: String,
    /// `certificate_lapses`, `certificate_superseded`, `certificate_taken_back`, `mark_passed`, `mark_failed`, `service_ends`,
    /// `service_stopped`, `service_asks`, `review_asks`, `review_due`, `review_overdue`, `access_unreviewed`, `emergency_taken`, …
    pub kind: String,
    /// The certification's or the exam's name, and the certificate or the result; of a service account its name alone.
    pub subject: Link,
    /// Where it can be renewed, or learnt for again; of a service account the role that it uses.
    pub course: Link,
    /// Until when the certificate counts, where that is still worth a word.
    pub until: Option<i64>,
    /// Whose access a service account rests on, in whose place the reader decides, or who asks.
    pub owner: Option<String>,
    /// What else is to be said of a review, of a request, or of one's own access.
    pub said: Option<String>,
    /// Whether that is over.
    pub over: bool,
    /// `ok`, `wait`, `warn` or `error`.
    pub tone: String,
    /// When it was told.
    pub at: i64,
}

impl View for Notices {
    const TEMPLATE: &'static str = "notices";
    const NAV: &'static str = "notices";

    fn title(&self) -> Title {
        Title::of("notices-title")
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let notice = |id: &str, kind: &str, hours: i64| Notice {
        id: id.into(),
        kind: kind.into(),
        subject: Link::new("Personal data handler", "/certificates/crt_1"),
        course: Link::new("Handling personal data", "/courses/personal-data"),
        until: Some(sample_at(hours)),
        owner: None,
        said: None,
        over: hours < 0,
        tone: if hours < 0 { "error" } else { "warn" }.into(),
        at: sample_at(-30),
    };
    let corrected = |id: &str, kind: &str, tone: &str| Notice {
        subject: Link::new("Final exam", "/attempts/att_1/result"),
        until: None,
        tone: tone.into(),
        ..notice(id, kind, 1)
    };
    let machine = |id: &str, kind: &str, hours: i64| Notice {
        subject: Link::new("Nightly load", ""),
        course: Link::new("Marketplace analyst", "/access/analyst"),
        owner: Some("Inès Ferrer".into()),
        ..notice(id, kind, hours)
    };
    let about_access = |id: &str, kind: &str, name: &str, said: &str| Notice {
        subject: Link::new(name, "/reviews/rev_1"),
        course: Link::new("", ""),
        until: None,
        said: Some(said.into()),
        ..notice(id, kind, 1)
    };
    let about_request = |id: &str, kind: &str, tone: &str, said: &str| Notice {
        owner: Some("Inès Ferrer".into()),
        tone: tone.into(),
        ..about_access(id, kind, "Customer care", said)
    };
    let some = Notices {
        notices: vec![
            notice("ntc_1", "certificate_lapses", 7 * 24),
            notice("ntc_2", "certificate_superseded", 20 * 24),
            notice("ntc_3", "certificate_lapses", -24),
            corrected("ntc_4", "mark_passed", "ok"),
            corrected("ntc_5", "mark_failed", "error"),
            Notice { until: None, tone: "error".into(), ..notice("ntc_6", "certificate_taken_back", -24) },
            machine("ntc_7", "service_ends", 14 * 24),
            machine("ntc_8", "service_stopped", -24),
            Notice {
                subject: Link::new("Nightly load", "/account#services"),
                course: Link::new("", ""),
                until: None,
                ..notice("ntc_9", "service_asks", 1)
            },
            Notice {
                subject: Link::new("Inès Ferrer", ""),
                course: Link::new("Decisions", "/decisions"),
                owner: Some("Inès Ferrer".into()),
                ..notice("ntc_10", "delegation_begins", 10 * 24)
            },
            about_access(
                "ntc_11",
                "review_asks",
                "Personal data, spring",
                "9 accesses wait for your answer. Due 21 March 2027 at 09:30.",
            ),
            about_access(
                "ntc_12",
                "review_overdue",
                "Review of RETURNS_DESK",
                "1 access waits for your answer in place of Marc Delmas. Due 7 March 2027 at 09:30.",
            ),
            about_access(
                "ntc_13",
                "access_unreviewed",
                "Customer care",
                "Its review was due, and nobody said that it is to be kept. Ask the owner of the role; it ends on 4 April 2027 at 09:30 otherwise.",
            ),
            Notice {
                subject: Link::new("Merchant finance", ""),
                course: Link::new("Break-glass", "/break-glass"),
                owner: Some("Hugo Lambert".into()),
                tone: "error".into(),
                ..notice("ntc_14", "emergency_taken", 3)
            },
            Notice {
                subject: Link::new("Merchant finance", ""),
                course: Link::new("Break-glass", "/break-glass"),
                owner: Some("Hugo Lambert".into()),
                ..notice("ntc_15", "emergency_overdue", -24)
            },
            about_request(
                "ntc_16",
                "request_waits",
                "wait",
                "Nothing happens without you. It lapses on 4 April 2027 at 09:30.",
            ),
            about_request("ntc_17", "request_approved", "ok", "Approved on 20 March 2027 at 09:30."),
        ],
    };
    vec![Sample::of("notices", &some), Sample::of("notices-none", &Notices { notices: vec![] })]
}
