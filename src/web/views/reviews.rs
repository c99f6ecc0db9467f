//! Reviews: what waits for the reader, every campaign with its progress, and the lines of one with the facts beside each.

mod samples;

pub use samples::samples;

use serde::Serialize;

use super::parts::{PersonRef, RoleRef};
use super::{Choice, FieldError, Title, View};

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
    /// In whose place the reader answers some of these; empty where it is nobody's.
    pub in_place_of: String,
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
    /// In whose place; empty where it was nobody's.
    pub on_behalf_of: String,
    /// In whose place the reader may answer; empty where it is their own.
    pub in_place_of: String,
    /// Whether it waits, and is about the access of the reader or of somebody in whose place they decide.
    pub own: bool,
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
