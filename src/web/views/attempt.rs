//! A quiz in progress: its questions with my answers, and the page that asks once more before submitting.

use serde::Serialize;

use super::attempt_parts::{Parts, sample_section};
use super::lab::LabPane;
use super::shared::Link;
use super::{Frame, Sample, Title, View, sample_at};

/// `/attempts/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct Attempt {
    /// `att_…`; the form goes to `/attempts/{id}`.
    pub id: String,
    /// The language of the course's own texts, where it is not the page's (WCAG 2.2, 3.1.2).
    pub lang: Option<&'static str>,
    /// The quiz's title.
    pub quiz: String,
    /// The course's title and address.
    pub course: Link,
    /// Practice rather than an exam.
    pub practice: bool,
    /// When it began.
    pub started: i64,
    /// When it ends by itself.
    pub deadline: Option<i64>,
    /// When an answer was last saved.
    pub saved_at: Option<i64>,
    /// Questions answered.
    pub answered: u32,
    /// Questions asked.
    pub asked: u32,
    /// Why nothing can be changed here: `elsewhere` (another tab goes on) or `over` (time is up); none where one can.
    pub read_only: Option<String>,
    /// The sections in order.
    pub sections: Vec<Section>,
}

/// Some questions under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// The heading.
    pub title: Option<String>,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// One question with the reader's answer. In the form its answer is `a{n}` (repeated for `multi`, `a{n}.{part}` for each part of the richer kinds), its revision `r{n}`, its flag `f{n}`.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Its number in the attempt, from 1.
    pub n: u32,
    /// What it asks: safe HTML.
    pub html: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What it is worth.
    pub points: f64,
    /// The saved answer's revision, from 0.
    pub revision: u32,
    /// Whether the reader wants to come back to it.
    pub flagged: bool,
    /// Whether an answer is saved.
    pub answered: bool,
    /// Whether a part of it is still open.
    pub partly: bool,
    /// For `single` and `multi`: what to choose from.
    pub options: Vec<AnswerOption>,
    /// For `true_false`: `true`, `false` or empty; for `numeric`, `short`, `sql` and `free_text`: what was typed.
    pub value: String,
    /// For `numeric`: the unit.
    pub unit: Option<String>,
    /// For the richer kinds: what they are made of.
    pub parts: Parts,
    /// For `sql`: the editor, and what its statement gave.
    pub lab: Option<LabPane>,
    /// Why the answer is not saved as it was given.
    pub note: Option<String>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One option.
    Single,
    /// Any number of options.
    Multi,
    /// True or false.
    TrueFalse,
    /// A number.
    Numeric,
    /// A word or a few.
    Short,
    /// Statements to judge.
    TrueFalseGrid,
    /// Left sides and what belongs to them.
    Match,
    /// Items to put in order.
    Order,
    /// A text with gaps.
    Cloze,
    /// A statement.
    Sql,
    /// Prose.
    FreeText,
}

/// One option, under an id that means nothing outside this attempt.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerOption {
    /// Opaque.
    pub id: String,
    /// Safe HTML.
    pub html: String,
    /// Whether it is the saved answer, or part of it.
    pub chosen: bool,
}

impl View for Attempt {
    const TEMPLATE: &'static str = "attempts/attempt";
    const NAV: &'static str = "courses";
    const FRAME: Frame = Frame::Desk;

    fn title(&self) -> Title {
        Title::of("just").with("text", &self.quiz)
    }
}

/// `/attempts/{id}/submit`
#[derive(Debug, Clone, Serialize)]
pub struct Submit {
    /// `att_…`; the form goes to `/attempts/{id}/submit`.
    pub id: String,
    /// The quiz's title.
    pub quiz: String,
    /// Practice rather than an exam.
    pub practice: bool,
    /// Questions asked.
    pub asked: u32,
    /// Questions answered.
    pub answered: u32,
    /// Numbers of the questions without an answer.
    pub unanswered: Vec<u32>,
    /// Numbers of the questions that are answered in part.
    pub partly: Vec<u32>,
    /// Numbers of the flagged questions.
    pub flagged: Vec<u32>,
    /// When it ends by itself.
    pub deadline: Option<i64>,
}

impl View for Submit {
    const TEMPLATE: &'static str = "attempts/submit";
    const NAV: &'static str = "courses";
    const FRAME: Frame = Frame::Desk;

    fn title(&self) -> Title {
        Title::of("submit-title")
    }
}

/// An exam half way, with every kind of question.
#[must_use]
pub fn sample() -> Attempt {
    let option = |id: &str, html: &str, chosen: bool| AnswerOption { id: id.into(), html: html.into(), chosen };
    let question = |n: u32, kind: QuestionKind, html: &str| Question {
        n,
        html: html.into(),
        kind,
        points: 1.0,
        revision: 0,
        flagged: false,
        answered: false,
        partly: false,
        options: vec![],
        value: String::new(),
        unit: None,
        parts: Parts::default(),
        lab: None,
        note: None,
    };
    Attempt {
        lang: Some("en"),
        id: "att_0195c2f0".into(),
        quiz: "Final exam".into(),
        course: Link::new("Handling personal data", "/courses/personal-data"),
        practice: false,
        started: sample_at(0) - 18 * 60_000_000,
        deadline: Some(sample_at(0) + 12 * 60_000_000),
        saved_at: Some(sample_at(0) - 25_000_000),
        answered: 4,
        asked: 7,
        read_only: None,
        sections: vec![
            Section {
                title: Some("Recognising personal data".into()),
                questions: vec![
                    Question {
                        revision: 2,
                        answered: true,
                        options: vec![
                            option("o7f2", "<p>Only <code>email</code></p>", false),
                            option(
                                "o19c",
                                "<p><code>email</code> and <code>birth_date</code>, because together with a postcode the date points at one person</p>",
                                true,
                            ),
                            option("o4ab", "<p>None of them: the table has no names</p>", false),
                            option("o88d", "<p>All columns of any table that has an <code>email</code></p>", false),
                        ],
                        ..question(
                            1,
                            QuestionKind::Single,
                            "<p>The table <code>business.customers</code> has the columns <code>email</code>, <code>postcode</code>, <code>birth_date</code> and <code>segment</code>. Which are personal?</p>",
                        )
                    },
                    Question {
                        flagged: true,
                        points: 2.0,
                        options: vec![
                            option("oa1", "<p>A support ticket’s text</p>", false),
                            option("oa2", "<p>The number of orders a day</p>", false),
                            option("oa3", "<p>An engraving on a watch</p>", false),
                            option("oa4", "<p>An IP address in a web log</p>", false),
                        ],
                        ..question(2, QuestionKind::Multi, "<p>Which of these may hold personal data?</p>")
                    },
                    Question {
                        revision: 1,
                        answered: true,
                        value: "false".into(),
                        ..question(
                            3,
                            QuestionKind::TrueFalse,
                            "<p>A hashed e-mail address is no longer personal data.</p>",
                        )
                    },
                ],
            },
            Section {
                title: Some("Choosing the least".into()),
                questions: vec![
                    Question {
                        revision: 1,
                        answered: true,
                        value: "12.5".into(),
                        unit: Some("%".into()),
                        ..question(
                            4,
                            QuestionKind::Numeric,
                            "<p>Of 2,400 rows, 300 have a group of fewer than five people. What share is that?</p>",
                        )
                    },
                    Question {
                        revision: 3,
                        answered: true,
                        value: "QUALIFY".into(),
                        ..question(
                            5,
                            QuestionKind::Short,
                            "<p>Which clause keeps the newest row of each customer here?</p><pre><code class=\"language-sql\"><span class=\"hl-keyword hl-other\">SELECT</span> customer_id, consent, changed_at\n<span class=\"hl-keyword hl-other\">FROM</span> staging.consents\n______ <span class=\"hl-support hl-function\">row_number</span>() <span class=\"hl-keyword hl-other\">OVER</span> (<span class=\"hl-keyword hl-other\">PARTITION BY</span> customer_id <span class=\"hl-keyword hl-other\">ORDER BY</span> changed_at <span class=\"hl-keyword hl-other\">DESC</span>) = <span class=\"hl-constant hl-numeric\">1</span></code></pre>",
                        )
                    },
                    Question {
                        options: vec![
                            option("ob1", "<p>Delete the file</p>", false),
                            option("ob2", "<p>Tell the table’s owner</p>", false),
                            option("ob3", "<p>Mask it and go on</p>", false),
                        ],
                        ..question(
                            6,
                            QuestionKind::Single,
                            "<p>An export that you no longer need holds addresses. What comes first?</p>",
                        )
                    },
                    Question {
                        flagged: true,
                        note: Some("A newer answer from another window was saved at 09:12:40. It stands here now; change it if you meant the other one.".into()),
                        ..question(
                            7,
                            QuestionKind::TrueFalse,
                            "<p>A purpose may be widened afterwards if the data is already there.</p>",
                        )
                    },
                ],
            },
        ],
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut elsewhere = sample();
    elsewhere.read_only = Some("elsewhere".into());
    let mut over = sample();
    over.read_only = Some("over".into());
    let mut practice = sample();
    practice.practice = true;
    practice.deadline = None;
    practice.saved_at = None;
    practice.quiz = "Check: what counts as personal".into();
    for section in &mut practice.sections {
        section.title = None;
    }
    let submit = Submit {
        id: "att_0195c2f0".into(),
        quiz: "Final exam".into(),
        practice: false,
        asked: 14,
        answered: 11,
        unanswered: vec![2, 6, 7],
        partly: vec![8],
        flagged: vec![2, 7],
        deadline: Some(sample_at(0) + 12 * 60_000_000),
    };
    let ready = Submit { answered: 14, unanswered: vec![], partly: vec![], flagged: vec![], ..submit.clone() };
    let partly = Submit { answered: 14, unanswered: vec![], flagged: vec![], ..submit.clone() };
    let mut kinds = sample();
    kinds.asked = 6;
    kinds.sections = vec![sample_section(1)];
    let mut kinds_practice = kinds.clone();
    kinds_practice.practice = true;
    kinds_practice.deadline = None;
    vec![
        Sample::of("attempt", &sample()),
        Sample::of("attempt-elsewhere", &elsewhere),
        Sample::of("attempt-over", &over),
        Sample::of("attempt-practice", &practice),
        Sample::of("attempt-kinds", &kinds),
        Sample::of("attempt-kinds-practice", &kinds_practice),
        Sample::of("submit", &submit),
        Sample::of("submit-partly", &partly),
        Sample::of("submit-ready", &ready),
    ]
}
