//! Small pieces that several pages show: links, steps towards something, periods, roles and courses as cards.

use serde::Serialize;

/// A name that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// What is read, in the reader's language.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link from its two halves.
    #[must_use]
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), href: href.into() }
    }
}

/// One thing still to do on the shortest path to something.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// `module`, `exam`, `course`, `request` or `wait`; also says which icon.
    pub kind: StepKind,
    /// What to do, in the reader's language.
    pub title: String,
    /// Where to do it.
    pub href: String,
    /// About how long it takes.
    pub minutes: Option<u32>,
    /// The first moment at which it can be done, where that is still ahead.
    pub not_before: Option<i64>,
}

/// What kind of thing a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Read a module.
    Module,
    /// Pass an exam.
    Exam,
    /// Finish a whole course.
    Course,
    /// Ask for the role.
    Request,
    /// Wait for somebody.
    Wait,
}

impl Step {
    /// A step that can be done now.
    #[must_use]
    pub fn new(kind: StepKind, title: impl Into<String>, href: impl Into<String>, minutes: Option<u32>) -> Self {
        Self { kind, title: title.into(), href: href.into(), minutes, not_before: None }
    }
}

/// A length of time as a person would say it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Period {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

/// The unit of a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// Days.
    Days,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// A role, as a link with the reader's state.
#[derive(Debug, Clone, Serialize)]
pub struct RoleLink {
    /// The role's title.
    pub title: String,
    /// `/access/{role}`
    pub href: String,
    /// A status code: `effective`, `requestable`, `missing`, …
    pub state: String,
}

impl RoleLink {
    /// A role with its state.
    #[must_use]
    pub fn new(title: &str, id: &str, state: &str) -> Self {
        Self { title: title.into(), href: format!("/access/{id}"), state: state.into() }
    }
}

/// A course as a card, with the reader's progress.
#[derive(Debug, Clone, Serialize)]
pub struct CourseCard {
    /// The course's id.
    pub id: String,
    /// The language of the course's own texts, where it is not the page's (WCAG 2.2, 3.1.2).
    pub lang: Option<&'static str>,
    /// Its title.
    pub title: String,
    /// Two or three plain sentences.
    pub summary: String,
    /// How long the whole of it takes.
    pub minutes: u32,
    /// How long the rest takes.
    pub minutes_left: u32,
    /// Modules and exams done.
    pub done: u32,
    /// Modules and exams in all.
    pub total: u32,
    /// `done` of `total` in percent.
    pub percent: u32,
    /// `not_started`, `in_progress`, `earned`, `expiring` or `expired` (the certificate's, once there is one).
    pub state: String,
    /// The next thing to do.
    pub next: Option<Link>,
    /// The certification's name.
    pub earns: Option<String>,
    /// Until when the certificate counts.
    pub until: Option<i64>,
    /// The roles that ask for it.
    pub opens: Vec<Link>,
}
