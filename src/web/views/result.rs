//! After a quiz: passed or not, objective by objective, the next step, and for practice every question with its why.

use serde::Serialize;

use super::reviewed::{self, Line, Prose, Statement};
use super::shared::{Link, Step, StepKind};
use super::{Sample, Title, View, sample_at};

/// `/attempts/{id}/result`
#[derive(Debug, Clone, Serialize)]
pub struct ResultPage {
    /// The quiz's title and address.
    pub quiz: Link,
    /// The course's title and address.
    pub course: Link,
    /// Practice rather than an exam.
    pub practice: bool,
    /// `passed`, `failed`, `pending_review` or `voided`.
    pub state: String,
    /// The mark in percent, once there is one.
    pub mark: Option<f64>,
    /// The mark to reach, in percent.
    pub pass: f64,
    /// Points reached.
    pub points: f64,
    /// Points there were.
    pub max: f64,
    /// When it was submitted.
    pub submitted: i64,
    /// How long it took, in seconds.
    pub seconds: i64,
    /// Whether the time ran out and what was saved was submitted.
    pub timed_out: bool,
    /// Corrections of the mark, the first one first.
    pub corrections: Vec<Corrected>,
    /// Why it was voided.
    pub void_reason: Option<String>,
    /// Objective by objective.
    pub objectives: Vec<ObjectiveResult>,
    /// The certificate that this earned.
    pub certificate: Option<EarnedOne>,
    /// What else is missing for the certificate.
    pub missing: Vec<Step>,
    /// The first moment of the next attempt; now or past means at once.
    pub next_chance: Option<i64>,
    /// Attempts left in the window; none where they are not counted.
    pub attempts_left: Option<u32>,
    /// Modules worth reading again.
    pub read_again: Vec<Link>,
    /// Every question, where the rules let it be seen.
    pub review: Vec<Reviewed>,
}

/// A mark that was corrected.
#[derive(Debug, Clone, Serialize)]
pub struct Corrected {
    /// When.
    pub at: i64,
    /// Why.
    pub reason: String,
    /// The marks, in percent.
    pub old: String,
    /// The new one.
    pub new: String,
    /// `passed` or `failed` where that turned; else `on`.
    pub turned: String,
}

/// One objective's share.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectiveResult {
    /// Its title.
    pub title: String,
    /// In percent.
    pub percent: f64,
    /// The least to reach, in percent.
    pub minimum: Option<f64>,
    /// Whether that was reached.
    pub met: bool,
    /// How many questions asked about it.
    pub questions: u32,
}

/// A certificate, freshly earned.
#[derive(Debug, Clone, Serialize)]
pub struct EarnedOne {
    /// `/certificates/{id}`
    pub href: String,
    /// The certification's name.
    pub name: String,
    /// Until when it counts.
    pub until: i64,
    /// The roles that can be asked for now.
    pub opens: Vec<Link>,
}

/// One question, with what was answered, what is right, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Reviewed {
    /// Its number.
    pub n: u32,
    /// Its type, as in files.
    pub kind: String,
    /// What it asked: safe HTML.
    pub html: String,
    /// `right`, `partly`, `wrong`, `unanswered` or `not_counted`.
    pub state: String,
    /// Points reached.
    pub points: f64,
    /// Points there were.
    pub max: f64,
    /// The options, where there were any.
    pub options: Vec<ReviewedOption>,
    /// Rows, pairs, places or gaps, where there were any.
    pub lines: Vec<Line>,
    /// Prose, where that was asked for.
    pub prose: Option<Prose>,
    /// A statement, where that was asked for.
    pub statement: Option<Statement>,
    /// What was typed or chosen, where there were no options.
    pub given: Option<String>,
    /// What is right, where there were no options.
    pub expected: Option<String>,
    /// Why: safe HTML.
    pub why: Option<String>,
}

/// One option, looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedOption {
    /// Safe HTML.
    pub html: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Whether it is right.
    pub correct: bool,
    /// Why: safe HTML.
    pub why: Option<String>,
}

impl View for ResultPage {
    const TEMPLATE: &'static str = "attempts/result";
    const NAV: &'static str = "courses";

    fn title(&self) -> Title {
        Title::of("result-title").with("quiz", &self.quiz.title)
    }
}

/// An exam passed, with its certificate.
#[must_use]
pub fn sample() -> ResultPage {
    let objective = |title: &str, percent: f64, minimum: Option<f64>| ObjectiveResult {
        title: title.into(),
        percent,
        minimum,
        met: minimum.is_none_or(|m| percent >= m),
        questions: 4,
    };
    ResultPage {
        quiz: Link::new("Final exam", "/quizzes/personal-data/final"),
        course: Link::new("Handling personal data", "/courses/personal-data"),
        practice: false,
        state: "passed".into(),
        mark: Some(92.9),
        pass: 75.0,
        points: 13.0,
        max: 14.0,
        submitted: sample_at(0),
        seconds: 1_483,
        timed_out: false,
        corrections: vec![],
        void_reason: None,
        objectives: vec![
            objective("Recognising personal data", 100.0, Some(60.0)),
            objective("Choosing the least", 80.0, None),
            objective("Purpose and retention", 100.0, Some(50.0)),
        ],
        certificate: Some(EarnedOne {
            href: "/certificates/crt_1".into(),
            name: "Personal data handler".into(),
            until: sample_at(365 * 24),
            opens: vec![
                Link::new("Support desk, personal data", "/access/support_pii"),
                Link::new("Customer insights", "/access/customer_insights"),
            ],
        }),
        missing: vec![],
        next_chance: None,
        attempts_left: None,
        read_again: vec![],
        review: vec![],
    }
}

/// An exam not passed: the mark would do, one objective does not.
#[must_use]
pub fn sample_failed() -> ResultPage {
    let mut page = sample();
    page.state = "failed".into();
    page.mark = Some(78.6);
    page.points = 11.0;
    page.timed_out = true;
    page.certificate = None;
    if let Some(first) = page.objectives.first_mut() {
        first.percent = 40.0;
        first.met = false;
    }
    page.next_chance = Some(sample_at(24));
    page.attempts_left = Some(1);
    page.read_again = vec![
        Link::new("What counts as personal", "/courses/personal-data/what-counts"),
        Link::new("Masking and minimising", "/courses/personal-data/masking"),
    ];
    page
}

/// Practice, with every question and its why.
#[must_use]
pub fn sample_practice() -> ResultPage {
    let option = |html: &str, chosen: bool, correct: bool, why: &str| ReviewedOption {
        html: html.into(),
        chosen,
        correct,
        why: Some(why.into()),
    };
    let mut page = sample();
    page.practice = true;
    page.quiz = Link::new("Check: what counts as personal", "/quizzes/personal-data/check-what-counts");
    page.state = "failed".into();
    page.mark = Some(50.0);
    page.pass = 60.0;
    page.points = 2.0;
    page.max = 4.0;
    page.seconds = 212;
    page.certificate = None;
    page.objectives.truncate(1);
    page.next_chance = Some(sample_at(0));
    page.review = vec![
        Reviewed {
            n: 1,
            kind: "single".into(),
            html: "<p>The table <code>business.customers</code> has the columns <code>email</code>, <code>postcode</code> and <code>birth_date</code>. Which are personal?</p>".into(),
            state: "wrong".into(),
            points: 0.0,
            max: 1.0,
            options: vec![
                option("<p>Only <code>email</code></p>", true, false, "<p>It is, but a date of birth with a postcode points at one person as well.</p>"),
                option("<p>All three, taken together</p>", false, true, "<p>Together they single people out; nine in ten are alone in their cell.</p>"),
                option("<p>None: there is no name</p>", false, false, "<p>A name is not needed.</p>"),
            ],
            lines: vec![],
            prose: None,
            statement: None,
            given: None,
            expected: None,
            why: None,
        },
        Reviewed {
            n: 2,
            kind: "multi".into(),
            html: "<p>Which of these may hold personal data?</p>".into(),
            state: "partly".into(),
            points: 1.0,
            max: 2.0,
            options: vec![
                option("<p>A support ticket’s text</p>", true, true, "<p>People write names there.</p>"),
                option("<p>The number of orders a day</p>", false, false, "<p>A sum over everybody points at nobody.</p>"),
                option("<p>An engraving on a watch</p>", false, true, "<p>Often a name and a date.</p>"),
            ],
            lines: vec![],
            prose: None,
            statement: None,
            given: None,
            expected: None,
            why: Some("<p>Free text holds whatever somebody typed.</p>".into()),
        },
        Reviewed {
            n: 3,
            kind: "numeric".into(),
            html: "<p>Of 2,400 rows, 300 have a group of fewer than five people. What share is that?</p>".into(),
            state: "right".into(),
            points: 1.0,
            max: 1.0,
            options: vec![],
            lines: vec![],
            prose: None,
            statement: None,
            given: Some("12.5 %".into()),
            expected: Some("12.5 %".into()),
            why: Some("<p>300 / 2,400 = 0.125.</p>".into()),
        },
        Reviewed {
            n: 4,
            kind: "true_false".into(),
            html: "<p>A hashed e-mail address is no longer personal data.</p>".into(),
            state: "unanswered".into(),
            points: 0.0,
            max: 1.0,
            options: vec![],
            lines: vec![],
            prose: None,
            statement: None,
            given: None,
            expected: Some("False".into()),
            why: Some("<p>The same address always gives the same hash, so it still points at one person.</p>".into()),
        },
    ];
    page
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut more = sample();
    more.certificate = None;
    more.missing =
        vec![Step::new(StepKind::Module, "Masking and minimising", "/courses/personal-data/masking", Some(20))];
    let mut kinds = sample_practice();
    kinds.review = reviewed::samples();
    let mut corrected = sample();
    corrected.corrections = vec![Corrected {
        at: sample_at(-2),
        reason: "The key of question 7 was wrong: six rows, not two.".into(),
        old: "71.4%".into(),
        new: "92.9%".into(),
        turned: "passed".into(),
    }];
    let mut pending = sample();
    pending.state = "pending_review".into();
    pending.mark = None;
    pending.certificate = None;
    pending.objectives.clear();
    let mut void = sample_failed();
    void.state = "voided".into();
    void.mark = None;
    void.void_reason = Some("The network of the room was down for ten minutes.".into());
    void.objectives.clear();
    vec![
        Sample::of("result-passed", &sample()),
        Sample::of("result-failed", &sample_failed()),
        Sample::of("result-practice", &sample_practice()),
        Sample::of("result-kinds", &kinds),
        Sample::of("result-more", &more),
        Sample::of("result-pending", &pending),
        Sample::of("result-void", &void),
        Sample::of("result-corrected", &corrected),
    ]
}
