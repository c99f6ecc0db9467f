//! Reviews: what waits for the reader, every campaign with its progress, and the lines of one with the facts beside each.

use serde::Serialize;

use super::parts::{PersonRef, RoleRef, sample_id};
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/reviews`
#[derive(Debug, Clone, Serialize)]
pub struct Reviews {
    /// Reviews with lines that wait for the reader, the most urgent first.
    pub mine: Vec<ReviewCard>,
    /// Every review that the reader may see, the newest first, one page of them.
    pub all: Vec<ReviewCard>,
    /// The next page's address.
    pub next: Option<String>,
    /// The first page's address, where this is a later one.
    pub first: Option<String>,
    /// The form that begins a review, for admins.
    pub form: Option<StartForm>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A review in short.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewCard {
    /// `rev_…`
    pub id: String,
    /// What it is called.
    pub name: String,
    /// `open`, `overdue`, `closed` or `withdrawn` (called off).
    pub state: String,
    /// When it began.
    pub started: i64,
    /// When answers are due.
    pub due: i64,
    /// How far it is.
    pub bar: Progress,
    /// Lines that wait for the reader.
    pub mine: u32,
}

/// Lines in figures, and their shares of a bar of a hundred units.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Progress {
    /// Answered, or at their end.
    pub done: u32,
    /// Waiting in time.
    pub pending: u32,
    /// Waiting too late.
    pub overdue: u32,
    /// All of them.
    pub total: u32,
    /// Where the first part of the bar ends.
    pub done_to: u32,
    /// How long the second part is.
    pub pending_part: u32,
    /// Where the third part begins.
    pub overdue_from: u32,
    /// How long it is.
    pub overdue_part: u32,
}

impl Progress {
    /// From figures; whatever is there has a part of the bar that can be seen.
    #[must_use]
    pub fn of(done: u32, pending: u32, overdue: u32) -> Self {
        let total = done + pending + overdue;
        let part = |n: u32| if n == 0 { 0 } else { (n * 100).checked_div(total).unwrap_or(0).clamp(1, 98) };
        let (pending_part, overdue_part) = (part(pending), part(overdue));
        let done_to = if total == 0 { 0 } else { 100_u32.saturating_sub(pending_part + overdue_part) };
        let (done_to, overdue_part) = match (done, pending, overdue) {
            (0, 0, 0) => (0, 0),
            (0, 0, _) => (0, 100),
            (0, _, 0) => (0, 0),
            _ => (if done == 0 { 0 } else { done_to }, overdue_part),
        };
        let pending_part = if pending == 0 { 0 } else { 100 - done_to - overdue_part };
        Self {
            done,
            pending,
            overdue,
            total,
            done_to,
            pending_part,
            overdue_from: done_to + pending_part,
            overdue_part,
        }
    }
}

/// The form that begins a review.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StartForm {
    /// What was typed.
    pub title: String,
    /// The role chosen.
    pub role: String,
    /// The owner chosen.
    pub owner: String,
    /// The sensitivity chosen.
    pub sensitivity: String,
    /// Days to answer.
    pub due: String,
    /// Days suspended before the end.
    pub grace: String,
    /// Roles to choose from, the empty choice first.
    pub roles: Vec<Choice>,
    /// Owners to choose from.
    pub owners: Vec<Choice>,
    /// Sensitivities to choose from.
    pub levels: Vec<Choice>,
    /// Whether to show it opened, because something in it is wrong.
    pub open: bool,
}

/// `/reviews/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPage {
    /// The review in short.
    pub card: ReviewCard,
    /// What it is about.
    pub roles: Vec<RoleRef>,
    /// Who began it; empty where a role's own rule did.
    pub by: String,
    /// When what is unanswered ends for good.
    pub lapses: i64,
    /// When it ended.
    pub ended: Option<i64>,
    /// Why it was called off.
    pub why: String,
    /// How far each reviewer is.
    pub by_reviewer: Vec<ProgressRow>,
    /// How far each role is.
    pub by_role: Vec<ProgressRow>,
    /// The lines of this page.
    pub lines: Vec<ReviewLine>,
    /// The next page's address.
    pub next: Option<String>,
    /// The first page's address, where this is a later one.
    pub first: Option<String>,
    /// The state that is asked for.
    pub filter: String,
    /// States to choose from.
    pub states: Vec<Choice>,
    /// Whether any line of this page can be answered by the reader.
    pub may_answer: bool,
    /// Whether the reader may call it off.
    pub may_cancel: bool,
    /// Whether the reader may take the evidence.
    pub may_take: bool,
    /// The comment of the answer to several lines, where it was refused.
    pub comment: String,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// How far somebody, or a role, is.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressRow {
    /// Whose figures.
    pub name: String,
    /// The figures.
    pub bar: Progress,
}

/// One grant of a review.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewLine {
    /// `rvl_…`
    pub id: String,
    /// `gra_…`
    pub grant: String,
    /// Who holds it.
    pub person: PersonRef,
    /// Which role.
    pub role: RoleRef,
    /// `waiting`, `overdue`, `kept`, `removed`, `lapsed`, `gone` or `withdrawn`.
    pub state: String,
    /// Who is asked.
    pub reviewer: String,
    /// Why it was asked for; may be empty.
    pub reason: String,
    /// When it was last used.
    pub used: Option<i64>,
    /// For how many days it has been held.
    pub days: i64,
    /// Until when it runs.
    pub until: i64,
    /// Certificates that it rests on.
    pub certificates: Vec<ReviewCertificate>,
    /// How many share a team with the holder.
    pub peers: i64,
    /// How many of them hold the role.
    pub peers_holding: i64,
    /// The same in percent.
    pub peers_percent: u32,
    /// Who decided, if somebody has.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<i64>,
    /// What was said.
    pub comment: String,
    /// How it was handed on.
    pub handed: Vec<Handed>,
    /// Whether the reader may answer.
    pub may_answer: bool,
    /// Whether the reader may hand it on.
    pub may_delegate: bool,
    /// Whether it is among those that were chosen for a refused answer.
    pub chosen: bool,
}

/// A clause of what a role requires, and until when it is met.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewCertificate {
    /// Any of these.
    pub names: String,
    /// None where it is not met.
    pub until: Option<i64>,
}

/// A line that was handed on.
#[derive(Debug, Clone, Serialize)]
pub struct Handed {
    /// By whom.
    pub by: String,
    /// To whom.
    pub to: String,
    /// When.
    pub at: i64,
    /// What was said; may be empty.
    pub comment: String,
}

impl View for Reviews {
    const TEMPLATE: &'static str = "reviews/list";
    const NAV: &'static str = "reviews";

    fn title(&self) -> Title {
        Title::of("reviews-title")
    }
}

impl View for ReviewPage {
    const TEMPLATE: &'static str = "reviews/review";
    const NAV: &'static str = "reviews";

    fn title(&self) -> Title {
        Title::of("review-page-title").with("name", &self.card.name)
    }
}

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
    }
}

/// Two that wait, and those of the past.
#[must_use]
pub fn sample() -> Reviews {
    let open = card(1, "Personal data, spring", "open", -6, 8, Progress::of(21, 14, 0), 9);
    let late = card(2, "Review of RETURNS_DESK", "overdue", -20, -6, Progress::of(11, 0, 2), 1);
    let choices = super::holders::choices;
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
#[must_use]
pub fn sample_empty() -> Reviews {
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
        comment: String::new(),
        handed: vec![],
        may_answer: open,
        may_delegate: open,
        chosen: false,
    }
}

/// One that is under way, for an owner.
#[must_use]
pub fn sample_page() -> ReviewPage {
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
                comment: "Moved to another team in January.".into(),
                ..line(6, "Hugo Lambert", "removed", Some(60), 180, (2, 8))
            },
            line(7, "Paul Marchand", "kept", Some(1), 90, (5, 6)),
        ],
        next: Some("/reviews/x?cursor=y".into()),
        first: None,
        filter: String::new(),
        states: super::holders::choices(&[("", "All"), ("open", "Waiting for an answer"), ("kept", "Kept")]),
        may_answer: true,
        may_cancel: true,
        may_take: true,
        comment: String::new(),
        errors: vec![],
    }
}

/// One whose due date has gone by, with an answer that was refused.
#[must_use]
pub fn sample_overdue() -> ReviewPage {
    let page = sample_page();
    ReviewPage {
        card: card(2, "Review of RETURNS_DESK", "overdue", -20, -6, Progress::of(11, 0, 2), 2),
        lines: vec![
            ReviewLine { chosen: true, ..line(4, "Claire Petit", "overdue", Some(9), 140, (7, 9)) },
            line(9, "Marta Soler", "overdue", None, 210, (1, 12)),
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
#[must_use]
pub fn sample_closed() -> ReviewPage {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_filled_to_its_end_and_shows_every_part() {
        for (done, pending, overdue) in
            [(1, 0, 0), (0, 7, 0), (0, 0, 3), (21, 14, 0), (999, 1, 1), (1, 999, 0), (0, 1, 500)]
        {
            let bar = Progress::of(done, pending, overdue);
            assert_eq!(bar.done_to + bar.pending_part + bar.overdue_part, 100, "{bar:?}");
            assert_eq!(
                (bar.done > 0, bar.pending > 0, bar.overdue > 0),
                (bar.done_to > 0, bar.pending_part > 0, bar.overdue_part > 0),
                "{bar:?}"
            );
        }
        assert_eq!(Progress::of(0, 0, 0).overdue_part, 0);
    }
}
