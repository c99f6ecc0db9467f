//! Prose that waits for a person: the list, without a word of whose it is, and the page on which one answer is marked.

use serde::Serialize;

use super::{FieldError, Sample, Title, View, sample_at};

/// `/authoring/answers`
#[derive(Debug, Clone, Serialize)]
pub struct Answers {
    /// The answers, the oldest first.
    pub lines: Vec<AnswerLine>,
    /// In how many attempts they stand.
    pub attempts: u32,
}

/// An answer in the list.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLine {
    /// `/authoring/answers/{attempt}/{no}`
    pub href: String,
    /// What was asked, in short and without mark-up.
    pub question: String,
    /// The exam's title.
    pub quiz: String,
    /// The course's title.
    pub course: String,
    /// When it was handed in.
    pub since: i64,
    /// How many words it has.
    pub words: u32,
    /// What it is worth.
    pub points: f64,
}

impl View for Answers {
    const TEMPLATE: &'static str = "authoring/answers";
    const NAV: &'static str = "answers";

    fn title(&self) -> Title {
        Title::of("answers-title")
    }
}

/// `/authoring/answers/{attempt}/{no}`
#[derive(Debug, Clone, Serialize)]
pub struct AnswerPage {
    /// The page's own address, to which its form goes.
    pub href: String,
    /// The exam's title.
    pub quiz: String,
    /// The course's title.
    pub course: String,
    /// When it was handed in.
    pub since: i64,
    /// What was asked: safe HTML.
    pub question: String,
    /// What it is worth.
    pub points: f64,
    /// The answer as it was written.
    pub answer: String,
    /// How many words it has.
    pub words: u32,
    /// What a good answer says: safe HTML.
    pub model: Option<String>,
    /// What is looked for.
    pub criteria: Vec<MarkField>,
    /// What was typed as a comment.
    pub comment: String,
    /// How many more wait after this one.
    pub more: u32,
    /// What is wrong with the form.
    pub errors: Vec<FieldError>,
}

/// A criterion with the field for its points.
#[derive(Debug, Clone, Serialize)]
pub struct MarkField {
    /// `c.{id}`
    pub name: String,
    /// Safe HTML.
    pub html: String,
    /// Its most points.
    pub max: f64,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl View for AnswerPage {
    const TEMPLATE: &'static str = "authoring/answer";
    const NAV: &'static str = "answers";

    fn title(&self) -> Title {
        Title::of("answer-title")
    }
}

/// Both pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let line = |n: u8, question: &str, hours: i64, words: u32| AnswerLine {
        href: format!("/authoring/answers/att_{n}/3"),
        question: question.into(),
        quiz: "Final exam".into(),
        course: "Handling personal data".into(),
        since: sample_at(hours),
        words,
        points: 3.0,
    };
    let answers = Answers {
        lines: vec![
            line(
                1,
                "Marketing asks for the addresses of everybody who complained. What do you answer, and why?",
                -70,
                112,
            ),
            line(2, "Explain to a colleague why a hashed address is still personal data.", -26, 64),
            line(
                2,
                "Marketing asks for the addresses of everybody who complained. What do you answer, and why?",
                -26,
                9,
            ),
        ],
        attempts: 2,
    };
    let field = |id: &str, html: &str, max: f64, value: &str| MarkField {
        name: format!("c.{id}"),
        html: html.into(),
        max,
        value: value.into(),
        error: None,
    };
    let page = AnswerPage {
        href: "/authoring/answers/att_1/3".into(),
        quiz: "Final exam".into(),
        course: "Handling personal data".into(),
        since: sample_at(-70),
        question: "<p>Marketing asks for the addresses of everybody who <strong>complained</strong> last month. What do you answer, and why?</p>".into(),
        points: 3.0,
        answer: "I would not hand them over.\n\nPeople gave their address so that we could answer the complaint. Sending them offers is another purpose, and nothing that they agreed to. If marketing wants to write to them, they could ask for consent when the complaint is closed.".into(),
        words: 46,
        model: Some("<p>No: they gave the address so that we could answer them. Offers are another purpose and want a basis of their own, for example consent.</p>".into()),
        criteria: vec![
            field("purpose", "Names the first purpose and says that this is another", 2.0, ""),
            field("way", "Offers a lawful way, such as <em>consent</em>", 1.0, ""),
        ],
        comment: String::new(),
        more: 2,
        errors: vec![],
    };
    let mut wrong = page.clone();
    wrong.more = 0;
    wrong.model = None;
    wrong.comment = "Well argued.".into();
    wrong.errors = vec![FieldError { field: "c.purpose".into(), text: "From 0 to 2, please.".into() }];
    if let Some(first) = wrong.criteria.first_mut() {
        first.value = "3".into();
        first.error = Some("From 0 to 2, please.".into());
    }
    vec![
        Sample::of("answers", &answers),
        Sample::of("answers-empty", &Answers { lines: vec![], attempts: 0 }),
        Sample::of("answer", &page),
        Sample::of("answer-wrong", &wrong),
    ]
}
