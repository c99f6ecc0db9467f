//! What was granted to a person beyond the rules, and what is assigned to them: lines that several pages show.

use serde::Serialize;

use super::parts::sample_id;
use super::sample_at;
use super::shared::Link;

/// An accommodation.
#[derive(Debug, Clone, Serialize)]
pub struct Granted {
    /// `acc_…`
    pub id: String,
    /// The course, and the exam where it is for one; none where it is for all.
    pub what: Option<String>,
    /// What limits are multiplied by, where that is not 1.
    pub factor: Option<f64>,
    /// Extra attempts.
    pub extra: u32,
    /// Why: for admins and the person.
    pub reason: String,
    /// Since when.
    pub from: i64,
    /// Until when it is meant.
    pub until: Option<i64>,
    /// When it was ended.
    pub ended: Option<i64>,
    /// `scheduled`, `active` or `ended`.
    pub state: String,
}

/// A course that is assigned to the reader.
#[derive(Debug, Clone, Serialize)]
pub struct Assigned {
    /// The course.
    pub course: Link,
    /// The team's name for people.
    pub team: String,
    /// `/teams/{id}`
    pub team_href: String,
    /// When it is due.
    pub due: i64,
    /// `done`, `in_progress`, `not_started` or `overdue`.
    pub state: String,
    /// In percent.
    pub percent: u32,
    /// A note.
    pub note: String,
}

/// Two accommodations, one over.
#[must_use]
pub fn sample() -> Vec<Granted> {
    let one = |n, what: Option<&str>, factor, extra, from: i64, ended: Option<i64>| Granted {
        id: sample_id("acc", n),
        what: what.map(str::to_owned),
        factor,
        extra,
        reason: "Agreed with the occupational health service on 3 February.".into(),
        from: sample_at(24 * from),
        until: None,
        ended: ended.map(|days| sample_at(24 * days)),
        state: if ended.is_some() { "ended" } else { "active" }.into(),
    };
    vec![
        one(1, None, Some(1.5), 0, -30, None),
        one(2, Some("Handling personal data · Final exam"), Some(1.25), 1, -200, Some(-90)),
    ]
}

/// What is assigned to somebody.
#[must_use]
pub fn sample_assigned() -> Vec<Assigned> {
    let one = |title: &str, due: i64, state: &str, percent, note: &str| Assigned {
        course: Link::new(title, "/courses/personal-data"),
        team: "After-sales".into(),
        team_href: "/teams/after-sales".into(),
        due: sample_at(24 * due),
        state: state.into(),
        percent,
        note: note.into(),
    };
    vec![
        one("Data foundations", -3, "overdue", 40, ""),
        one("Handling personal data", 17, "in_progress", 20, "Before the spring campaign."),
        one("Warehouse costs", 40, "done", 100, ""),
    ]
}
