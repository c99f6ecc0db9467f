//! Samples of the reviews: two that wait, one under way, one overdue, one of the past, and none.

use super::{Handed, Progress, ProgressRow, ReviewCard, ReviewCertificate, ReviewLine, ReviewPage, Reviews, StartForm};
use crate::web::views::{
    FieldError, Sample,
    holders::choices,
    parts::{PersonRef, RoleRef, sample_id},
    sample_at,
};

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("reviews", &sample()),
        Sample::of("reviews-empty", &sample_empty()),
        Sample::of("review", &sample_page()),
        Sample::of("review-overdue", &sample_overdue()),
        Sample::of("review-closed", &sample_closed()),
    ]
}

fn card(n: u8, name: &str, state: &str, started: i64, due: i64, bar: Progress, mine: u32) -> ReviewCard {
    ReviewCard {
        id: sample_id("rev", n),
        name: name.into(),
        state: state.into(),
        started: sample_at(24 * started),
        due: sample_at(24 * due),
        bar,
        mine,
        in_place_of: String::new(),
    }
}

/// Two that wait, and those of the past.
fn sample() -> Reviews {
    let open = card(1, "Personal data, spring", "open", -6, 8, Progress::of(21, 14, 0), 9);
    let late = ReviewCard {
        in_place_of: "Marc Delmas".into(),
        ..card(2, "Review of RETURNS_DESK", "overdue", -20, -6, Progress::of(11, 0, 2), 1)
    };
    Reviews {
        mine: vec![late.clone(), open.clone()],
        all: vec![
            open,
            late,
            card(3, "Review of ANALYST", "closed", -120, -106, Progress::of(64, 0, 0), 0),
            card(4, "Everything, autumn", "withdrawn", -180, -160, Progress::of(212, 0, 0), 0),
        ],
        next: None,
        first: None,
        form: Some(StartForm {
            due: "14".into(),
            grace: "14".into(),
            roles: choices(&[("", "Any role"), ("analyst", "ANALYST"), ("customer-care", "CUSTOMER_CARE")]),
            owners: choices(&[("", "Anybody"), ("nuria@example.com", "Núria Vidal")]),
            levels: choices(&[("", "Any"), ("confidential", "Confidential"), ("personal", "Personal data")]),
            ..StartForm::default()
        }),
        errors: vec![],
    }
}

/// Nothing yet, for an owner.
fn sample_empty() -> Reviews {
    Reviews { mine: vec![], all: vec![], next: None, first: None, form: None, errors: vec![] }
}

fn line(n: u8, name: &str, state: &str, used: Option<i64>, days: i64, peers: (i64, i64)) -> ReviewLine {
    let open = matches!(state, "waiting" | "overdue");
    ReviewLine {
        id: sample_id("rvl", n),
        grant: sample_id("gra", n),
        person: PersonRef::sample(n, name),
        role: RoleRef::sample("customer-care"),
        state: state.into(),
        reviewer: "Núria Vidal".into(),
        reason: "I call customers back when a delivery goes wrong.".into(),
        used: used.map(|days| sample_at(-24 * days)),
        days,
        until: sample_at(24 * 30),
        certificates: vec![ReviewCertificate { names: "Personal data".into(), until: Some(sample_at(24 * 200)) }],
        peers: peers.1,
        peers_holding: peers.0,
        peers_percent: u32::try_from((peers.0 * 100).checked_div(peers.1).unwrap_or(0)).unwrap_or(0),
        decided_by: if open { String::new() } else { "Núria Vidal".into() },
        decided_at: (!open).then(|| sample_at(-30)),
        on_behalf_of: String::new(),
        in_place_of: String::new(),
        own: false,
        comment: String::new(),
        handed: vec![],
        may_answer: open,
        may_delegate: open,
        chosen: false,
    }
}

/// One that is under way, for an owner.
fn sample_page() -> ReviewPage {
    let row = |name: &str, done, pending, overdue| ProgressRow {
        name: name.into(),
        bar: Progress::of(done, pending, overdue),
    };
    ReviewPage {
        card: card(1, "Personal data, spring", "open", -6, 8, Progress::of(21, 14, 0), 9),
        roles: vec![RoleRef::sample("customer-care"), RoleRef::sample("returns-desk")],
        by: "Ana Ruiz".into(),
        lapses: sample_at(24 * 22),
        ended: None,
        why: String::new(),
        by_reviewer: vec![row("Núria Vidal", 12, 9, 0), row("Marc Delmas", 9, 3, 0), row("any admin", 0, 2, 0)],
        by_role: vec![row("CUSTOMER_CARE", 15, 11, 0), row("RETURNS_DESK", 6, 3, 0)],
        lines: vec![
            line(4, "Claire Petit", "waiting", Some(2), 140, (7, 9)),
            ReviewLine {
                certificates: vec![ReviewCertificate { names: "Personal data".into(), until: None }],
                reason: String::new(),
                reviewer: "Marc Delmas".into(),
                in_place_of: "Marc Delmas".into(),
                ..line(9, "Marta Soler", "waiting", None, 210, (1, 12))
            },
            ReviewLine {
                handed: vec![Handed {
                    by: "Marc Delmas".into(),
                    to: "Núria Vidal".into(),
                    at: sample_at(-40),
                    comment: "She works with you now.".into(),
                }],
                ..line(5, "Inès Ferrer", "waiting", Some(95), 300, (0, 0))
            },
            ReviewLine {
                on_behalf_of: "Marc Delmas".into(),
                comment: "Moved to another team in January.".into(),
                ..line(6, "Hugo Lambert", "removed", Some(60), 180, (2, 8))
            },
            line(7, "Paul Marchand", "kept", Some(1), 90, (5, 6)),
        ],
        next: Some("/reviews/x?cursor=y".into()),
        first: None,
        filter: String::new(),
        states: choices(&[("", "All"), ("open", "Waiting for an answer"), ("kept", "Kept")]),
        may_answer: true,
        may_cancel: true,
        may_take: true,
        comment: String::new(),
        errors: vec![],
    }
}

/// One whose due date has gone by, with an answer that was refused.
fn sample_overdue() -> ReviewPage {
    let page = sample_page();
    ReviewPage {
        card: card(2, "Review of RETURNS_DESK", "overdue", -20, -6, Progress::of(11, 0, 2), 2),
        lines: vec![
            ReviewLine { chosen: true, ..line(4, "Claire Petit", "overdue", Some(9), 140, (7, 9)) },
            ReviewLine {
                own: true,
                may_answer: false,
                may_delegate: false,
                ..line(9, "Marta Soler", "overdue", None, 210, (1, 12))
            },
        ],
        by_reviewer: vec![ProgressRow { name: "Núria Vidal".into(), bar: Progress::of(11, 0, 2) }],
        by_role: vec![ProgressRow { name: "RETURNS_DESK".into(), bar: Progress::of(11, 0, 2) }],
        next: None,
        may_cancel: false,
        errors: vec![FieldError { field: "comment".into(), text: "A reason is needed.".into() }],
        ..page
    }
}

/// One of the past, for an auditor.
fn sample_closed() -> ReviewPage {
    let page = sample_page();
    ReviewPage {
        card: card(3, "Review of ANALYST", "closed", -120, -106, Progress::of(64, 0, 0), 0),
        by: String::new(),
        ended: Some(sample_at(-24 * 107)),
        lines: page.lines.iter().filter(|line| !line.may_answer).cloned().collect(),
        by_reviewer: vec![ProgressRow { name: "Núria Vidal".into(), bar: Progress::of(64, 0, 0) }],
        by_role: vec![ProgressRow { name: "ANALYST".into(), bar: Progress::of(64, 0, 0) }],
        next: None,
        may_answer: false,
        may_cancel: false,
        ..page
    }
}
