//! What the richer questions of a quiz in progress are made of: rows to judge, pairs, places in an order, gaps in a text.

use serde::Serialize;

use super::attempt::{Question, QuestionKind, Section};
use super::lab::LabPane;

/// The parts of one question; what its kind does not have is empty. Each part's `name` is its field in the form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Parts {
    /// For `true_false_grid`: the statements.
    pub rows: Vec<Row>,
    /// For `match`: the left sides, each with everything that it can be matched with.
    pub lefts: Vec<Left>,
    /// For `order`: the items as they lie.
    pub items: Vec<Item>,
    /// For `cloze`: the text in pieces, with a gap behind each but the last.
    pub pieces: Vec<Piece>,
    /// For `sql`: the data set that the statement runs on.
    pub dataset: Option<String>,
    /// For `sql`: what stands in the editor at first.
    pub starter: Option<String>,
    /// For `free_text`: how many words there are.
    pub words: u32,
}

/// A statement to judge.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// `a{n}.{token}`
    pub name: String,
    /// Safe HTML.
    pub html: String,
    /// `true`, `false` or empty.
    pub value: String,
}

/// A left side.
#[derive(Debug, Clone, Serialize)]
pub struct Left {
    /// `a{n}.{token}`
    pub name: String,
    /// Safe HTML.
    pub html: String,
    /// What it can be matched with.
    pub choices: Vec<Pick>,
}

/// An item to be put in its place.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// `a{n}.{token}`
    pub name: String,
    /// What an answer calls it.
    pub token: String,
    /// Safe HTML.
    pub html: String,
    /// The same without mark-up, for what is read aloud.
    pub said: String,
    /// The places from 1.
    pub places: Vec<Pick>,
}

/// A piece of a text with gaps.
#[derive(Debug, Clone, Serialize)]
pub struct Piece {
    /// Safe HTML; together the pieces are whole.
    pub html: String,
    /// The gap behind it.
    pub gap: Option<Gap>,
}

/// A gap in a text.
#[derive(Debug, Clone, Serialize)]
pub struct Gap {
    /// `a{n}.{token}`
    pub name: String,
    /// Which gap of how many, from 1.
    pub no: u32,
    /// How many there are.
    pub of: u32,
    /// What stands in it, where it is typed.
    pub value: String,
    /// Whether a number is typed.
    pub number: bool,
    /// What can be chosen; none where it is typed.
    pub choices: Option<Vec<Pick>>,
}

/// Something in a list to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What is read: plain text.
    pub said: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One question of each of the richer kinds, half answered.
#[must_use]
pub fn sample_section(first: u32) -> Section {
    let name = |n: u32, token: &str| format!("a{n}.{token}");
    let pick = |value: &str, text: &str, chosen: bool| Pick { value: value.into(), said: text.into(), chosen };
    let question = |n: u32, kind: QuestionKind, html: &str, parts: Parts| Question {
        n,
        html: html.into(),
        kind,
        points: 2.0,
        revision: 1,
        flagged: false,
        answered: false,
        partly: false,
        options: vec![],
        value: String::new(),
        unit: None,
        parts,
        lab: None,
        note: None,
    };
    let [grid, pairs, order, cloze, sql, prose] = [0, 1, 2, 3, 4, 5].map(|at| first + at);
    let row =
        |token: &str, html: &str, value: &str| Row { name: name(grid, token), html: html.into(), value: value.into() };
    let bases = |chosen: &str| {
        [("t1", "Contract"), ("t2", "Legal obligation"), ("t3", "Consent"), ("t4", "Vital interests")]
            .map(|(value, text)| pick(value, text, value == chosen))
            .to_vec()
    };
    let left = |token: &str, html: &str, chosen: &str| Left {
        name: name(pairs, token),
        html: html.into(),
        choices: bases(chosen),
    };
    let item = |token: &str, text: &str| Item {
        name: name(order, token),
        token: token.into(),
        html: text.into(),
        said: text.into(),
        places: (1..=4).map(|place: u8| pick(&place.to_string(), &place.to_string(), false)).collect(),
    };
    let gap = |no: u32, token: &str, value: &str, choices: Option<Vec<Pick>>, number: bool| Gap {
        name: name(cloze, token),
        no,
        of: 3,
        value: value.into(),
        number,
        choices,
    };
    let answered = |question: Question| Question { answered: true, ..question };
    Section {
        title: Some("Putting it to work".into()),
        questions: vec![
            Question {
                partly: true,
                ..answered(question(
                    grid,
                    QuestionKind::TrueFalseGrid,
                    "<p>True or false, for a table of support tickets?</p>",
                    Parts {
                        rows: vec![
                            row("o11", "The text of a ticket may hold personal data", "true"),
                            row("o12", "A ticket’s number alone is <strong>anonymous</strong> for ever", ""),
                            row("o13", "Counting tickets by day needs the column <code>customer_id</code>", "false"),
                        ],
                        ..Parts::default()
                    },
                ))
            },
            answered(question(
                pairs,
                QuestionKind::Match,
                "<p>Which basis carries which use?</p>",
                Parts {
                    lefts: vec![
                        left("o21", "Delivering an order", "t1"),
                        left("o22", "Keeping an invoice for ten years", "t2"),
                        left("o23", "A newsletter", ""),
                    ],
                    ..Parts::default()
                },
            )),
            question(
                order,
                QuestionKind::Order,
                "<p>Put the steps after a leak in order.</p>",
                Parts {
                    items: vec![
                        item("o31", "Tell the people concerned"),
                        item("o32", "Contain the leak"),
                        item("o33", "Assess the risk"),
                        item("o34", "Notify the authority"),
                    ],
                    ..Parts::default()
                },
            ),
            answered(question(
                cloze,
                QuestionKind::Cloze,
                "<p>Fill the gaps.</p>",
                Parts {
                    pieces: vec![
                        Piece {
                            html: "<p>A breach is notified within ".into(),
                            gap: Some(gap(1, "o41", "72", None, true)),
                        },
                        Piece {
                            html: " hours to the ".into(),
                            gap: Some(gap(
                                2,
                                "o42",
                                "",
                                Some(vec![pick("c1", "supervisory authority", true), pick("c2", "press", false)]),
                                false,
                            )),
                        },
                        Piece { html: ", and written down in the ".into(), gap: Some(gap(3, "o43", "", None, false)) },
                        Piece { html: ".</p>".into(), gap: None },
                    ],
                    ..Parts::default()
                },
            )),
            Question {
                value: "SELECT ".into(),
                lab: Some(LabPane { result: Some(super::lab::result()), ..super::lab::pane(&format!("a{sql}")) }),
                ..question(
                    sql,
                    QuestionKind::Sql,
                    "<p>How many tickets has each customer? One line a customer, those without a ticket too.</p>",
                    Parts { dataset: Some("shop".into()), starter: Some("SELECT ".into()), ..Parts::default() },
                )
            },
            answered(Question {
                value: "We may not, because the purpose was another one.".into(),
                ..question(
                    prose,
                    QuestionKind::FreeText,
                    "<p>Marketing asks for the addresses of everybody who complained. What do you answer, and why?</p>",
                    Parts { words: 9, ..Parts::default() },
                )
            }),
        ],
    }
}
