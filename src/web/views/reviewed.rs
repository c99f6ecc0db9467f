//! What the richer questions look like afterwards: part by part, prose with its rubric, a statement beside a right one.

use serde::Serialize;

use super::result::Reviewed;

/// One part of an answer, looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// What it is about: safe HTML.
    pub label: String,
    /// What was given: safe HTML; none where nothing was.
    pub given: Option<String>,
    /// What is right: safe HTML.
    pub right: String,
    /// `right`, `wrong` or `unanswered`.
    pub state: String,
    /// Why: safe HTML.
    pub why: Option<String>,
}

/// Prose, looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct Prose {
    /// As it was written.
    pub written: Option<String>,
    /// Whether a person has marked it; else it is for the reader to compare.
    pub marked: bool,
    /// What was looked for.
    pub criteria: Vec<Criterion>,
    /// What the person wrote who marked it.
    pub comment: Option<String>,
    /// What a good answer says: safe HTML.
    pub model: Option<String>,
}

/// One criterion of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct Criterion {
    /// Safe HTML.
    pub html: String,
    /// What it was worth.
    pub max: f64,
    /// What was given for it.
    pub points: Option<f64>,
}

/// A statement, looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    /// What was given: safe HTML.
    pub given: Option<String>,
    /// What is right: safe HTML.
    pub solution: String,
}

/// Every richer kind, looked back upon.
#[must_use]
pub fn samples() -> Vec<Reviewed> {
    let line = |label: &str, given: &str, right: &str, why: &str| Line {
        label: label.into(),
        given: Some(given.into()).filter(|text: &String| !text.is_empty()),
        right: right.into(),
        state: if given.is_empty() {
            "unanswered".into()
        } else if given == right {
            "right".into()
        } else {
            "wrong".into()
        },
        why: Some(why.into()).filter(|text: &String| !text.is_empty()),
    };
    let reviewed = |n: u32, kind: &str, html: &str, state: &str, points: f64| Reviewed {
        n,
        kind: kind.into(),
        html: html.into(),
        state: state.into(),
        points,
        max: 2.0,
        options: vec![],
        lines: vec![],
        prose: None,
        statement: None,
        given: None,
        expected: None,
        why: None,
    };
    let criterion = |html: &str, max: f64, points: Option<f64>| Criterion { html: html.into(), max, points };
    let prose = |points: [Option<f64>; 2]| {
        Prose {
        written: Some("We may not: the addresses were given for delivery.\n\nWe could ask for consent first.".into()),
        marked: points.iter().any(Option::is_some),
        criteria: vec![
            criterion("Names the first purpose and says that this is another", 2.0, points[0]),
            criterion("Offers a lawful way, such as <em>consent</em>", 1.0, points[1]),
        ],
        comment: points[0].map(|_| "Well argued. A balancing test might carry it as well.".into()),
        model: Some("<p>No: they gave the address so that we could answer them. A newsletter is another purpose and wants a basis of its own.</p>".into()),
    }
    };
    vec![
        Reviewed {
            lines: vec![
                line("The text of a ticket may hold personal data", "True", "True", "People write names there."),
                line("A ticket’s number alone is anonymous", "True", "False", "It leads back to a person."),
                line("Counting by day needs <code>customer_id</code>", "", "False", ""),
            ],
            ..reviewed(5, "true_false_grid", "<p>True or false, for a table of support tickets?</p>", "partly", 0.67)
        },
        Reviewed {
            lines: vec![
                line("Delivering an order", "Contract", "Contract", ""),
                line("A newsletter", "Legal obligation", "Consent", "Nobody is obliged to write one."),
            ],
            ..reviewed(6, "match", "<p>Which basis carries which use?</p>", "partly", 1.0)
        },
        Reviewed {
            lines: vec![
                line("1", "Contain the leak", "Contain the leak", ""),
                line("2", "Notify the authority", "Assess the risk", ""),
                line("3", "Assess the risk", "Notify the authority", ""),
            ],
            why: Some("<p>Nobody can tell an authority what they have not looked at.</p>".into()),
            ..reviewed(7, "order", "<p>Put the steps after a leak in order.</p>", "partly", 1.33)
        },
        Reviewed {
            lines: vec![line("1", "72", "72", ""), line("2", "press", "supervisory authority", "The press comes later.")],
            ..reviewed(
                8,
                "cloze",
                "<p>Notified within <span class=\"gap-no\">1</span> hours to the <span class=\"gap-no\">2</span>.</p>",
                "partly",
                1.0,
            )
        },
        Reviewed {
            statement: Some(Statement {
                given: Some("<pre tabindex=\"0\"><code class=\"language-sql\"><span class=\"hl-keyword hl-other\">SELECT</span> customer_id, <span class=\"hl-support hl-function\">count</span>(*) <span class=\"hl-keyword hl-other\">FROM</span> tickets <span class=\"hl-keyword hl-other\">GROUP BY</span> <span class=\"hl-constant hl-numeric\">1</span></code></pre>".into()),
                solution: "<pre tabindex=\"0\"><code class=\"language-sql\"><span class=\"hl-keyword hl-other\">SELECT</span> c.id, <span class=\"hl-support hl-function\">count</span>(t.id)\n<span class=\"hl-keyword hl-other\">FROM</span> customers c <span class=\"hl-keyword hl-other\">LEFT JOIN</span> tickets t <span class=\"hl-keyword hl-other\">ON</span> t.customer_id = c.id\n<span class=\"hl-keyword hl-other\">GROUP BY</span> c.id</code></pre>".into(),
            }),
            why: Some("<p>An inner join leaves out customers without a ticket.</p>".into()),
            ..reviewed(9, "sql", "<p>How many tickets has each customer?</p>", "wrong", 0.0)
        },
        Reviewed {
            max: 0.0,
            prose: Some(prose([None, None])),
            ..reviewed(10, "free_text", "<p>Marketing asks for the addresses. What do you answer?</p>", "not_counted", 0.0)
        },
        Reviewed {
            prose: Some(prose([Some(1.5), Some(1.0)])),
            ..reviewed(11, "free_text", "<p>Marketing asks for the addresses. What do you answer?</p>", "partly", 1.67)
        },
    ]
}
