//! Before a quiz: its rules, my attempts so far, and whether I may begin.

use serde::Serialize;

use super::shared::{Link, Period, PeriodUnit, Step, StepKind};
use super::{Sample, Title, View, sample_at};

/// `/quizzes/{course}/{quiz}`
#[derive(Debug, Clone, Serialize)]
pub struct Quiz {
    /// The language of the course's own texts, where it is not the page's (WCAG 2.2, 3.1.2).
    pub lang: Option<&'static str>,
    /// The course's title and address.
    pub course: Link,
    /// `/quizzes/{course}/{quiz}`; the form that begins goes here.
    pub href: String,
    /// The quiz's title.
    pub title: String,
    /// Practice rather than an exam.
    pub practice: bool,
    /// How many questions it asks.
    pub questions: u32,
    /// The mark to reach, in percent.
    pub pass: f64,
    /// The least to reach in some objectives.
    pub minimums: Vec<Minimum>,
    /// The time it gives, with the reader's own allowance.
    pub minutes: Option<u32>,
    /// What was granted to the reader beyond the quiz's own limit.
    pub granted: Option<Granted>,
    /// Attempts that were granted to the reader beyond the quiz's own.
    pub extra_attempts: u32,
    /// How often one may try.
    pub attempts: Option<Allowance>,
    /// Whether the result shows every question with its answer, or only the mark and the objectives.
    pub full_review: bool,
    /// What passing it completes: the certification's name.
    pub earns: Option<String>,
    /// The attempt that is still open.
    pub open: Option<OpenOne>,
    /// Why one may not begin now; none where one may.
    pub refusal: Option<Refusal>,
    /// The reader's attempts, the newest first.
    pub past: Vec<PastAttempt>,
}

/// More time than the quiz gives.
#[derive(Debug, Clone, Serialize)]
pub struct Granted {
    /// The quiz's own limit, in minutes.
    pub minutes: u32,
    /// What it is multiplied by.
    pub factor: f64,
}

/// The least to reach in one objective.
#[derive(Debug, Clone, Serialize)]
pub struct Minimum {
    /// The objective's title.
    pub objective: String,
    /// In percent.
    pub percent: f64,
}

/// How often one may try.
#[derive(Debug, Clone, Serialize)]
pub struct Allowance {
    /// Attempts left in the window.
    pub left: u32,
    /// Attempts that a window allows.
    pub max: u32,
    /// The window's length.
    pub window: Period,
    /// Seconds to wait after the first, second, … attempt; the last one repeats.
    pub pauses: Vec<i64>,
}

/// The attempt that is still open.
#[derive(Debug, Clone, Serialize)]
pub struct OpenOne {
    /// `/attempts/{id}`
    pub href: String,
    /// Questions answered.
    pub answered: u32,
    /// When it ends by itself.
    pub deadline: Option<i64>,
}

/// Why one may not begin now.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    /// The refusal's code, such as `cooldown`.
    pub code: String,
    /// The sentence, in the reader's language.
    pub text: String,
    /// The exact moment of the next chance.
    pub at: Option<i64>,
    /// What to do first.
    pub missing: Vec<Step>,
}

/// An attempt that is over.
#[derive(Debug, Clone, Serialize)]
pub struct PastAttempt {
    /// `/attempts/{id}/result`
    pub href: String,
    /// When it began.
    pub started: i64,
    /// How long it took, in seconds.
    pub seconds: Option<i64>,
    /// `passed`, `failed`, `pending_review` or `voided`; for practice `done`.
    pub state: String,
    /// The mark in percent.
    pub mark: Option<f64>,
}

impl View for Quiz {
    const TEMPLATE: &'static str = "quizzes/quiz";
    const NAV: &'static str = "courses";

    fn title(&self) -> Title {
        Title::of("just").with("text", &self.title)
    }
}

/// An exam that may be begun.
#[must_use]
pub fn sample() -> Quiz {
    Quiz {
        lang: None,
        course: Link::new("Handling personal data", "/courses/personal-data"),
        href: "/quizzes/personal-data/final".into(),
        title: "Final exam".into(),
        practice: false,
        questions: 14,
        pass: 75.0,
        minimums: vec![
            Minimum { objective: "Recognising personal data".into(), percent: 60.0 },
            Minimum { objective: "Purpose and retention".into(), percent: 50.0 },
        ],
        minutes: Some(45),
        granted: Some(Granted { minutes: 30, factor: 1.5 }),
        extra_attempts: 1,
        attempts: Some(Allowance {
            left: 2,
            max: 3,
            window: Period { n: 30, unit: PeriodUnit::Days },
            pauses: vec![0, 900, 86_400],
        }),
        full_review: false,
        earns: Some("Personal data handler".into()),
        open: None,
        refusal: None,
        past: vec![PastAttempt {
            href: "/attempts/att_0/result".into(),
            started: sample_at(-26),
            seconds: Some(1_483),
            state: "failed".into(),
            mark: Some(64.3),
        }],
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut pause = sample();
    pause.refusal = Some(Refusal {
        code: "cooldown".into(),
        text: "After a second attempt there is a pause, so that there is time to read again.".into(),
        at: Some(sample_at(5)),
        missing: vec![],
    });
    let mut missing = sample();
    missing.past.clear();
    missing.refusal = Some(Refusal {
        code: "modules_missing".into(),
        text: "The exam opens when every module is read.".into(),
        at: None,
        missing: vec![
            Step::new(StepKind::Module, "What counts as personal", "/courses/personal-data/what-counts", Some(15)),
            Step::new(StepKind::Module, "Masking and minimising", "/courses/personal-data/masking", Some(20)),
        ],
    });
    let mut open = sample();
    open.open =
        Some(OpenOne { href: "/attempts/att_1".into(), answered: 9, deadline: Some(sample_at(0) + 720_000_000) });
    let practice = Quiz {
        href: "/quizzes/personal-data/check-what-counts".into(),
        title: "Check: what counts as personal".into(),
        practice: true,
        questions: 6,
        pass: 60.0,
        minimums: vec![],
        minutes: None,
        granted: None,
        extra_attempts: 0,
        attempts: None,
        full_review: true,
        earns: None,
        past: vec![],
        ..sample()
    };
    vec![
        Sample::of("quiz", &sample()),
        Sample::of("quiz-pause", &pause),
        Sample::of("quiz-missing", &missing),
        Sample::of("quiz-open", &open),
        Sample::of("quiz-practice", &practice),
    ]
}
