//! A learner's transcript: made to be read, and to be printed.

use serde::Serialize;

use super::{Sample, Title, View, sample_at};

/// `/transcript` and `/people/{id}/transcript`
#[derive(Debug, Clone, Serialize)]
pub struct Transcript {
    /// Whose.
    pub name: String,
    /// Whether it is the reader's own.
    pub own: bool,
    /// The person's file, for those who may open it.
    pub file: Option<String>,
    /// The moment that it tells of.
    pub at: i64,
    /// Courses that were begun, the first begun first.
    pub courses: Vec<Course>,
    /// How many of them are done.
    pub done: u32,
    /// Certificates that count.
    pub valid: u32,
    /// Exams that were passed.
    pub passed: u32,
    /// The same as CSV.
    pub csv: String,
    /// The same as JSON.
    pub json: String,
}

/// A course that was begun.
#[derive(Debug, Clone, Serialize)]
pub struct Course {
    /// Its title.
    pub title: String,
    /// When it was begun.
    pub begun: Option<i64>,
    /// When the last of it was done.
    pub done: Option<i64>,
    /// Modules read.
    pub read: u32,
    /// Modules in all.
    pub modules: u32,
    /// Exams that were sat, the first first.
    pub exams: Vec<Exam>,
    /// Certificates that were earned.
    pub certificates: Vec<Certificate>,
}

/// An exam that was sat.
#[derive(Debug, Clone, Serialize)]
pub struct Exam {
    /// Its title.
    pub title: String,
    /// When.
    pub at: i64,
    /// `passed`, `failed`, `voided`, `pending_review`, …
    pub state: String,
    /// The mark in percent.
    pub mark: Option<f64>,
}

/// A certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Certificate {
    /// The certification's name.
    pub title: String,
    /// `/certificates/{id}`
    pub href: String,
    /// Since when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// `valid`, `expired`, …
    pub state: String,
}

impl View for Transcript {
    const TEMPLATE: &'static str = "transcript";
    const NAV: &'static str = "certificates";

    fn title(&self) -> Title {
        Title::of("transcript-title")
    }
}

/// A transcript of two courses.
#[must_use]
pub fn sample() -> Transcript {
    let day = 24;
    let exam = |days: i64, state: &str, mark| Exam {
        title: "Final exam".into(),
        at: sample_at(days * day),
        state: state.into(),
        mark,
    };
    let certificate = |title: &str, from: i64, until: i64, state: &str| Certificate {
        title: title.into(),
        href: "/certificates/crt_1".into(),
        from: sample_at(from * day),
        until: sample_at(until * day),
        state: state.into(),
    };
    Transcript {
        name: "Ana Ruiz".into(),
        own: true,
        file: None,
        at: sample_at(0),
        courses: vec![
            Course {
                title: "Data foundations".into(),
                begun: Some(sample_at(-400 * day)),
                done: Some(sample_at(-380 * day)),
                read: 6,
                modules: 6,
                exams: vec![
                    exam(-395, "failed", Some(61.5)),
                    exam(-390, "voided", None),
                    exam(-380, "passed", Some(92.9)),
                ],
                certificates: vec![
                    certificate("Data foundations", -380, -15, "expired"),
                    certificate("Data foundations", -20, 345, "valid"),
                ],
            },
            Course {
                title: "Handling personal data".into(),
                begun: Some(sample_at(-12 * day)),
                done: None,
                read: 2,
                modules: 5,
                exams: vec![],
                certificates: vec![],
            },
        ],
        done: 1,
        valid: 1,
        passed: 1,
        csv: "/api/v1/me/transcript?format=csv".into(),
        json: "/api/v1/me/transcript".into(),
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let empty = Transcript { courses: vec![], done: 0, valid: 0, passed: 0, ..sample() };
    let other = Transcript { own: false, file: Some("/people/per_1".into()), ..sample() };
    vec![
        Sample::of("transcript", &sample()),
        Sample::of("transcript-empty", &empty),
        Sample::of("transcript-other", &other),
    ]
}
