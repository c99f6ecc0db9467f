//! One course: what it teaches, how far I am, what it earns and which roles it opens.

use serde::Serialize;

use super::shared::{Link, Period, PeriodUnit, RoleLink};
use super::{Sample, Title, View, sample_at};

/// `/courses/{course}`
#[derive(Debug, Clone, Serialize)]
pub struct Course {
    /// The course's id.
    pub id: String,
    /// The language of the course's own texts, where it is not the page's (WCAG 2.2, 3.1.2).
    pub lang: Option<&'static str>,
    /// The playgrounds of its data sets.
    pub labs: Vec<super::shared::Link>,
    /// Its title.
    pub title: String,
    /// Two or three plain sentences.
    pub summary: String,
    /// How long it takes.
    pub minutes: u32,
    /// The version on show.
    pub version: u32,
    /// Whom to write to about it.
    pub owner: String,
    /// What one can do afterwards.
    pub objectives: Vec<String>,
    /// Whether the reader has enrolled.
    pub enrolled: bool,
    /// Modules and exams done.
    pub done: u32,
    /// Modules and exams in all.
    pub total: u32,
    /// `done` of `total` in percent.
    pub percent: u32,
    /// The next thing to do, once enrolled.
    pub next: Option<Link>,
    /// The modules in order.
    pub modules: Vec<ModuleLine>,
    /// The exams in order.
    pub exams: Vec<ExamLine>,
    /// What it earns.
    pub earns: Option<Earns>,
    /// The reader's certificate, the newest.
    pub certificate: Option<Held>,
    /// What later versions brought, where the reader's certificate is of an earlier one; the newest first.
    pub changes: Vec<Change>,
    /// The short exam that is enough for the reader, where an earlier version opens it.
    pub delta: Option<Link>,
    /// The roles that ask for it, with the reader's state.
    pub opens: Vec<RoleLink>,
    /// Courses that come before it.
    pub prerequisites: Vec<Prerequisite>,
}

/// What a version brought.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The version.
    pub version: u32,
    /// Safe HTML.
    pub html: String,
}

/// A module in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleLine {
    /// `/courses/{course}/{module}`
    pub href: String,
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// `done`, `open` or `blocked`.
    pub state: String,
    /// When it was marked as read.
    pub done_at: Option<i64>,
    /// Its practice quiz.
    pub practice: Option<PracticeLine>,
    /// Titles of the modules that come before it and are not done.
    pub requires: Vec<String>,
}

/// A module's practice quiz.
#[derive(Debug, Clone, Serialize)]
pub struct PracticeLine {
    /// `/quizzes/{course}/{quiz}`
    pub href: String,
    /// How many questions it asks.
    pub questions: u32,
    /// The reader's best mark in percent.
    pub best: Option<f64>,
}

/// An exam in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ExamLine {
    /// `/quizzes/{course}/{quiz}`
    pub href: String,
    /// Its title.
    pub title: String,
    /// `open`, `in_progress`, `passed`, `waiting` (a next chance has a time) or `blocked`.
    pub state: String,
    /// How many questions it asks.
    pub questions: u32,
    /// The time it gives.
    pub minutes: Option<u32>,
    /// The mark to reach, in percent.
    pub pass: f64,
    /// The reader's best mark in percent.
    pub best: Option<f64>,
    /// When the next attempt may begin, where that is ahead.
    pub next_chance: Option<i64>,
    /// Why it is closed, in the reader's language.
    pub why: Option<String>,
}

/// What a course earns.
#[derive(Debug, Clone, Serialize)]
pub struct Earns {
    /// The certification's name.
    pub name: String,
    /// What a holder has shown.
    pub criteria: String,
    /// How long it counts.
    pub validity: Period,
    /// How long before its end it can be renewed.
    pub renewal: Period,
}

/// The certificate that the reader holds.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// `/certificates/{id}`
    pub href: String,
    /// `valid`, `expiring`, `superseded`, `expired` or `revoked`.
    pub state: String,
    /// When it was issued.
    pub issued: i64,
    /// Until when it counts.
    pub until: i64,
    /// From when it can be renewed.
    pub renew_from: i64,
}

/// A course that comes before.
#[derive(Debug, Clone, Serialize)]
pub struct Prerequisite {
    /// Its title.
    pub title: String,
    /// `/courses/{course}`
    pub href: String,
    /// `met` or `missing`.
    pub state: String,
}

impl View for Course {
    const TEMPLATE: &'static str = "courses/course";
    const NAV: &'static str = "courses";

    fn title(&self) -> Title {
        Title::of("just").with("text", &self.title)
    }
}

/// A course half done.
#[must_use]
pub fn sample() -> Course {
    let module = |id: &str, title: &str, minutes: u32, state: &str| ModuleLine {
        href: format!("/courses/personal-data/{id}"),
        title: title.into(),
        minutes,
        state: state.into(),
        done_at: (state == "done").then(|| sample_at(-72)),
        practice: None,
        requires: vec![],
    };
    Course {
        lang: None,
        id: "personal-data".into(),
        labs: vec![Link::new("marketplace", "/courses/analyst-lab/lab/marketplace")],
        title: "Handling personal data".into(),
        summary: "What counts as personal, what you may do with it and for how long. With real tables, and the mistakes that people here have made.".into(),
        minutes: 95,
        version: 3,
        owner: "data-academy@example.com".into(),
        objectives: vec![
            "Tell personal data from the rest, also where it hides in free text".into(),
            "Choose the least data that answers a question".into(),
            "Know when a purpose has ended, and what then".into(),
        ],
        enrolled: true,
        done: 3,
        total: 6,
        percent: 50,
        next: Some(Link::new("What counts as personal", "/courses/personal-data/what-counts")),
        modules: vec![
            ModuleLine {
                practice: Some(PracticeLine { href: "/quizzes/personal-data/check-why".into(), questions: 4, best: Some(100.0) }),
                ..module("why", "Why any of this matters", 10, "done")
            },
            module("law", "The law on one page", 15, "done"),
            ModuleLine {
                practice: Some(PracticeLine { href: "/quizzes/personal-data/check-purpose".into(), questions: 5, best: Some(62.5) }),
                ..module("purpose", "A purpose and its end", 15, "done")
            },
            ModuleLine {
                practice: Some(PracticeLine { href: "/quizzes/personal-data/check-what-counts".into(), questions: 6, best: None }),
                ..module("what-counts", "What counts as personal", 15, "open")
            },
            ModuleLine { requires: vec!["What counts as personal".into()], ..module("masking", "Masking and minimising", 20, "blocked") },
        ],
        exams: vec![ExamLine {
            href: "/quizzes/personal-data/final".into(),
            title: "Final exam".into(),
            state: "waiting".into(),
            questions: 14,
            minutes: Some(30),
            pass: 75.0,
            best: Some(64.3),
            next_chance: Some(sample_at(5)),
            why: None,
        }],
        earns: Some(Earns {
            name: "Personal data handler".into(),
            criteria: "Has shown that they can recognise personal data, choose the least of it, and stop when the purpose has ended.".into(),
            validity: Period { n: 12, unit: PeriodUnit::Months },
            renewal: Period { n: 60, unit: PeriodUnit::Days },
        }),
        certificate: None,
        changes: vec![Change { version: 2, html: "<p>Two modules on <em>retention</em> are new.</p>".into() }],
        delta: Some(Link::new("Short exam: what is new", "/quizzes/personal-data/delta")),
        opens: vec![
            RoleLink::new("Support desk, personal data", "support_pii", "missing"),
            RoleLink::new("Customer insights", "customer_insights", "waiting"),
        ],
        prerequisites: vec![Prerequisite { title: "Data foundations".into(), href: "/courses/data-foundations".into(), state: "met".into() }],
    }
}

/// The same, not yet begun.
#[must_use]
pub fn sample_new() -> Course {
    let mut course = sample();
    course.lang = Some("en");
    course.enrolled = false;
    course.done = 0;
    course.percent = 0;
    course.next = None;
    for module in &mut course.modules {
        module.state = "open".into();
        module.done_at = None;
        module.requires.clear();
    }
    for exam in &mut course.exams {
        exam.state = "blocked".into();
        exam.best = None;
        exam.next_chance = None;
        exam.why = Some("Opens when every module is read.".into());
    }
    for before in &mut course.prerequisites {
        before.state = "missing".into();
    }
    course
}

/// The same, with its certificate.
#[must_use]
pub fn sample_done() -> Course {
    let mut course = sample();
    course.done = course.total;
    course.percent = 100;
    course.next = None;
    for module in &mut course.modules {
        module.state = "done".into();
        module.done_at = Some(sample_at(-72));
        module.requires.clear();
    }
    for exam in &mut course.exams {
        exam.state = "passed".into();
        exam.best = Some(92.9);
        exam.next_chance = None;
    }
    course.certificate = Some(Held {
        href: "/certificates/crt_1".into(),
        state: "valid".into(),
        issued: sample_at(-48),
        until: sample_at(363 * 24),
        renew_from: sample_at(303 * 24),
    });
    course
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("course", &sample()),
        Sample::of("course-new", &sample_new()),
        Sample::of("course-done", &sample_done()),
    ]
}
