//! The home page: what I can open, what is missing, what is about to end, and what waits.

use serde::Serialize;

use super::granted::{self, Assigned};
use super::shared::{CourseCard, Link, Step, StepKind};
use super::{Sample, Title, View, courses, sample_at};

/// `/`
#[derive(Debug, Clone, Serialize)]
pub struct Home {
    /// The reader's given name.
    pub name: String,
    /// Whether nothing has been begun yet.
    pub first_day: bool,
    /// Attempts left open, the most urgent first.
    pub open: Vec<OpenAttempt>,
    /// Courses that are assigned to the reader, the next due first.
    pub assigned: Vec<Assigned>,
    /// Certificates that lapse soon or have just lapsed.
    pub lapsing: Vec<Lapsing>,
    /// Every role the reader could hold: held ones first, then the nearest.
    pub roles: Vec<HomeRole>,
    /// The reader's own undecided requests.
    pub requests: Vec<HomeRequest>,
    /// Courses in progress; on the first day, where to begin.
    pub courses: Vec<CourseCard>,
}

/// An attempt that has not been submitted.
#[derive(Debug, Clone, Serialize)]
pub struct OpenAttempt {
    /// `/attempts/{id}`
    pub href: String,
    /// The quiz's title.
    pub quiz: String,
    /// The course's title.
    pub course: String,
    /// Practice rather than an exam.
    pub practice: bool,
    /// Questions answered.
    pub answered: u32,
    /// Questions asked.
    pub asked: u32,
    /// When it began.
    pub started: i64,
    /// When it ends by itself.
    pub deadline: Option<i64>,
    /// Seconds until then.
    pub seconds_left: Option<i64>,
}

/// A certificate near its end.
#[derive(Debug, Clone, Serialize)]
pub struct Lapsing {
    /// The certification's name.
    pub name: String,
    /// `/certificates/{id}`
    pub href: String,
    /// `expiring`, `superseded` or `expired`.
    pub state: String,
    /// When it was issued.
    pub issued: i64,
    /// When it stops, or stopped, counting.
    pub until: i64,
    /// From when it can be renewed.
    pub renew_from: i64,
    /// Where to renew it, once that is possible.
    pub renew: Option<Link>,
    /// Titles of the roles that end with it.
    pub roles: Vec<String>,
}

/// A role, with everything between the reader and it.
#[derive(Debug, Clone, Serialize)]
pub struct HomeRole {
    /// `/access/{role}`
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its name in the warehouse: `ANALYST`.
    pub code: String,
    /// The warehouse's title.
    pub warehouse: String,
    /// `effective`, `expiring`, `requestable`, `missing`, `waiting`, `locked`, `suspended` or `scheduled`.
    pub state: String,
    /// The colour that goes with it: `ok`, `warn`, `bad`, `wait` or `mute`.
    pub tone: String,
    /// Whether it counts among the held ones, drawn as permits.
    pub held: bool,
    /// The grant's start.
    pub from: Option<i64>,
    /// Until when: the earliest of the grant's end and the certificates' ends.
    pub until: Option<i64>,
    /// From when it is worth a reminder.
    pub soon: Option<i64>,
    /// Modules still to read.
    pub modules_away: u32,
    /// Exams still to pass.
    pub exams_away: u32,
    /// The shortest path, step by step.
    pub steps: Vec<Step>,
    /// Minutes that the path takes.
    pub minutes: Option<u32>,
    /// One more sentence: a lock's reason, why it is suspended.
    pub note: Option<String>,
}

/// A request that nobody has decided yet.
#[derive(Debug, Clone, Serialize)]
pub struct HomeRequest {
    /// `/access/{role}`
    pub href: String,
    /// The role's title.
    pub role: String,
    /// When it was sent.
    pub since: i64,
    /// When it lapses undecided.
    pub lapses: i64,
    /// Who decides: names.
    pub by: String,
    /// `in_review`, `returned` or `blocked`.
    pub state: String,
}

impl View for Home {
    const TEMPLATE: &'static str = "home";
    const NAV: &'static str = "home";

    fn title(&self) -> Title {
        Title::of("home-title")
    }
}

/// A busy day.
#[must_use]
pub fn sample() -> Home {
    let day = 24;
    let role = |title: &str, code: &str, warehouse: &str, state: &str, tone: &str| HomeRole {
        href: format!("/access/{}", code.to_lowercase()),
        title: title.into(),
        code: code.into(),
        warehouse: warehouse.into(),
        state: state.into(),
        tone: tone.into(),
        held: false,
        from: None,
        until: None,
        soon: None,
        modules_away: 0,
        exams_away: 0,
        steps: vec![],
        minutes: None,
        note: None,
    };
    Home {
        name: "Ana".into(),
        first_day: false,
        open: vec![OpenAttempt {
            href: "/attempts/att_1".into(),
            quiz: "Final exam".into(),
            course: "Handling personal data".into(),
            practice: false,
            answered: 9,
            asked: 14,
            started: sample_at(0) - 18 * 60_000_000,
            deadline: Some(sample_at(0) + 12 * 60_000_000),
            seconds_left: Some(720),
        }],
        assigned: granted::sample_assigned(),
        lapsing: vec![Lapsing {
            name: "Warehouse analyst".into(),
            href: "/certificates/crt_1".into(),
            state: "expiring".into(),
            issued: sample_at(-345 * day),
            until: sample_at(20 * day),
            renew_from: sample_at(-40 * day),
            renew: Some(Link::new("Final exam", "/quizzes/warehouse-analyst/final")),
            roles: vec!["Marketplace analyst".into(), "Marketplace explorer".into()],
        }],
        roles: vec![
            HomeRole {
                held: true,
                from: Some(sample_at(-345 * day)),
                until: Some(sample_at(20 * day)),
                soon: Some(sample_at(-40 * day)),
                ..role("Marketplace analyst", "ANALYST", "Marketplace warehouse", "expiring", "warn")
            },
            HomeRole {
                held: true,
                from: Some(sample_at(-12 * day)),
                until: Some(sample_at(168 * day)),
                soon: Some(sample_at(108 * day)),
                ..role("Logistics reader", "LOGISTICS_READ", "Logistics lake", "effective", "ok")
            },
            HomeRole {
                held: true,
                from: Some(sample_at(-40 * day)),
                until: Some(sample_at(90 * day)),
                note: Some(
                    "Incident 4471: all access to the finance cube is on hold until the morning of 15 March.".into(),
                ),
                ..role("Finance cube reader", "FIN_READ", "Finance cube", "locked", "bad")
            },
            HomeRole {
                steps: vec![Step::new(
                    StepKind::Request,
                    "Ask for it, with a reason",
                    "/access/sandbox#request",
                    Some(2),
                )],
                minutes: Some(2),
                ..role("Sandbox builder", "SANDBOX", "Marketplace warehouse", "requestable", "wait")
            },
            role("Customer insights", "CUSTOMER_INSIGHTS", "Marketplace warehouse", "waiting", "wait"),
            HomeRole {
                modules_away: 2,
                exams_away: 1,
                minutes: Some(70),
                steps: vec![
                    Step::new(
                        StepKind::Module,
                        "What counts as personal",
                        "/courses/personal-data/what-counts",
                        Some(15),
                    ),
                    Step::new(StepKind::Module, "Masking and minimising", "/courses/personal-data/masking", Some(20)),
                    Step::new(
                        StepKind::Exam,
                        "Final exam: Handling personal data",
                        "/quizzes/personal-data/final",
                        Some(30),
                    ),
                ],
                ..role("Support desk, personal data", "SUPPORT_PII", "Marketplace warehouse", "missing", "mute")
            },
            HomeRole {
                modules_away: 6,
                exams_away: 1,
                minutes: Some(190),
                steps: vec![
                    Step::new(
                        StepKind::Course,
                        "Data engineering at Manufacture",
                        "/courses/data-engineering",
                        Some(160),
                    ),
                    Step::new(
                        StepKind::Exam,
                        "Final exam: Data engineering",
                        "/quizzes/data-engineering/final",
                        Some(30),
                    ),
                ],
                ..role("Pipeline engineer", "ENGINEER", "Logistics lake", "missing", "mute")
            },
        ],
        requests: vec![HomeRequest {
            href: "/access/customer_insights".into(),
            role: "Customer insights".into(),
            since: sample_at(-27),
            lapses: sample_at(6 * day),
            by: "Léa Fontaine, Privacy team".into(),
            state: "in_review".into(),
        }],
        courses: courses::sample_cards().into_iter().filter(|c| c.state == "in_progress").collect(),
    }
}

/// The first day: everything ahead.
#[must_use]
pub fn sample_first_day() -> Home {
    let busy = sample();
    Home {
        name: "Nadia".into(),
        first_day: true,
        open: vec![],
        assigned: vec![],
        lapsing: vec![],
        roles: busy.roles.into_iter().filter(|r| r.state == "missing").collect(),
        requests: vec![],
        courses: courses::sample_cards().into_iter().filter(|c| c.state == "not_started").take(1).collect(),
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut bare = sample_first_day();
    bare.roles.clear();
    bare.courses.clear();
    vec![
        Sample::of("home", &sample()),
        Sample::of("home-first-day", &sample_first_day()),
        Sample::of("home-bare", &bare),
    ]
}
