//! The auditor's questions: the list of them, and each with its answer as of a moment.

use super::{Choice, FieldError, Sample, Title, View, holders::choices, parts::sample_id, sample_at};
use serde::Serialize;

/// `/reports`
#[derive(Debug, Clone, Serialize)]
pub struct Reports {
    /// Every report, by its number.
    pub reports: Vec<ReportLine>,
    /// Whether the reader only may ask about the own roles.
    pub own_roles: bool,
}

/// A report in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine {
    /// Its number.
    pub number: u8,
    /// Its name in addresses.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// The question.
    pub question: String,
}

/// `/reports/{name}`
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Its number.
    pub number: u8,
    /// Its name in addresses.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// The question.
    pub question: String,
    /// What the moment asked about means to it.
    pub means: String,
    /// What it may be asked.
    pub fields: Vec<AskField>,
    /// The answer, once it was asked.
    pub answer: Option<Answer>,
    /// What is wrong with what was asked.
    pub errors: Vec<FieldError>,
}

/// One field of the question.
#[derive(Debug, Clone, Serialize)]
pub struct AskField {
    /// Its name in the query.
    pub name: String,
    /// `text`, `select`, `number` or `datetime-local`.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// What was said.
    pub value: String,
    /// What to choose from.
    pub options: Vec<Choice>,
    /// Whether the report can not do without.
    pub required: bool,
    /// What to know of it; may be empty.
    pub hint: String,
}

/// What the report answers.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The person that was found by what was said, where the report was asked about one.
    pub about: Option<Cell>,
    /// The moment asked about.
    pub at: i64,
    /// The same to the microsecond, in UTC.
    pub exact: String,
    /// Whether that is now, the past or to come: `now`, `past` or `ahead`.
    pub tense: String,
    /// From when, where the report is of a period.
    pub from: Option<i64>,
    /// Before when.
    pub until: Option<i64>,
    /// What is worth knowing of the whole.
    pub figures: Vec<Figure>,
    /// What the columns are called.
    pub head: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
    /// The next page's address.
    pub next: Option<String>,
    /// The first page's address, where this is a later one.
    pub first: Option<String>,
    /// The whole answer as CSV.
    pub csv: String,
    /// The answer as JSON.
    pub json: String,
    /// The same on the command line.
    pub command: String,
}

/// A figure of the whole answer.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What it is called.
    pub title: String,
    /// What it comes to.
    pub cell: Cell,
    /// `good`, `bad` or empty.
    pub tone: String,
}

/// A line: one cell a column.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// What its column is called.
    pub label: String,
    /// `none`, `text`, `words`, `person`, `role`, `moment`, `state`, `yes`, `no`, `number`, `span` or `thing`.
    pub kind: String,
    /// What people read; of a state its code.
    pub said: String,
    /// What stands below, small.
    pub small: String,
    /// Where it leads.
    pub href: Option<String>,
    /// The instant.
    pub at: Option<i64>,
    /// The number.
    pub number: Option<f64>,
    /// Of a span the seconds, which are whole.
    pub seconds: Option<i64>,
    /// Whether it tells of what must not be.
    pub bad: bool,
}

impl View for Reports {
    const TEMPLATE: &'static str = "reports/list";
    const NAV: &'static str = "reports";

    fn title(&self) -> Title {
        Title::of("reports-title")
    }
}

impl View for Report {
    const TEMPLATE: &'static str = "reports/show";
    const NAV: &'static str = "reports";

    fn title(&self) -> Title {
        Title::of("report-page-title").with("title", self.title.clone())
    }
}

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("reports", &sample_list()),
        Sample::of("report-holders", &sample_holders()),
        Sample::of("report-approvals", &sample_approvals()),
        Sample::of("report-unasked", &sample_unasked()),
        Sample::of("report-nothing", &sample_nothing()),
    ]
}

/// The list.
#[must_use]
pub fn sample_list() -> Reports {
    let line = |number, name: &str, title: &str, question: &str| ReportLine {
        number,
        name: name.into(),
        title: title.into(),
        question: question.into(),
    };
    Reports {
        reports: vec![
            line(1, "holders-now", "Holders now", "Who holds a role now?"),
            line(2, "holders-at", "Holders at a moment", "Who held a role at a moment?"),
            line(3, "why-held", "Why somebody holds a role", "Why does this person hold this role: the whole chain?"),
            line(4, "approvals", "Approvals", "Who approved, and was anybody involved in their own case?"),
            line(5, "certified-when-used", "Certified when used", "Was this person certified each time?"),
        ],
        own_roles: true,
    }
}

fn field(name: &str, kind: &str, label: &str, value: &str, required: bool) -> AskField {
    AskField {
        name: name.into(),
        kind: kind.into(),
        label: label.into(),
        value: value.into(),
        options: if kind == "select" {
            choices(&[("", "Any role"), ("analyst", "ANALYST"), ("customer-care", "CUSTOMER_CARE")])
        } else {
            vec![]
        },
        required,
        hint: String::new(),
    }
}

fn cell(label: &str, kind: &str, said: &str) -> Cell {
    Cell { label: label.into(), kind: kind.into(), said: said.into(), ..Cell::default() }
}

fn someone(label: &str, n: u8, name: &str) -> Cell {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    Cell { small: email, href: Some(format!("/people/{}", sample_id("per", n))), ..cell(label, "person", name) }
}

fn moment(label: &str, hours: i64) -> Cell {
    Cell { at: Some(sample_at(hours)), ..cell(label, "moment", "") }
}

fn thing(label: &str, prefix: &str, n: u8, path: &str) -> Cell {
    let id = sample_id(prefix, n);
    Cell { href: Some(format!("{path}{id}")), ..cell(label, "thing", &id) }
}

/// Who held a role at a moment.
#[must_use]
pub fn sample_holders() -> Report {
    let head = ["Person", "Role", "Warehouse", "From", "Until", "State", "In effect", "Grant", "Request"];
    let line = |n: u8, name: &str, state: &str| Line {
        cells: vec![
            someone("Person", n, name),
            Cell { href: Some("/access/analyst".into()), ..cell("Role", "role", "ANALYST") },
            cell("Warehouse", "text", "marketplace"),
            moment("From", -900),
            moment("Until", 700),
            cell("State", "state", state),
            cell(
                "In effect",
                if state == "effective" { "yes" } else { "no" },
                if state == "effective" { "Yes" } else { "No" },
            ),
            thing("Grant", "gra", n, "/holders/"),
            thing("Request", "req", n, "/decisions/"),
        ],
    };
    Report {
        number: 2,
        name: "holders-at".into(),
        title: "Holders at a moment".into(),
        question: "Who held a role at a moment?".into(),
        means: "Everything that was given by then and had not ended.".into(),
        fields: vec![
            field("at", "datetime-local", "As of", "2027-03-01T09:00", true),
            field("role", "select", "Role", "analyst", false),
            field("person", "text", "Person", "", false),
        ],
        answer: Some(Answer {
            about: Some(someone("", 4, "Claire Petit")),
            at: sample_at(-288),
            exact: "2027-03-01T08:30:00Z".into(),
            tense: "past".into(),
            from: None,
            until: None,
            figures: vec![],
            head: head.map(str::to_owned).to_vec(),
            lines: vec![
                line(1, "Ana Ruiz", "effective"),
                line(4, "Claire Petit", "suspended"),
                line(9, "Hugo Lambert", "locked"),
            ],
            next: Some("/reports/holders-at?cursor=x".into()),
            first: None,
            csv: "/api/v1/reports/holders-at?format=csv".into(),
            json: "/api/v1/reports/holders-at".into(),
            command: "habilis reports show holders-at --at 2027-03-01T08:00:00Z --role analyst".into(),
        }),
        errors: vec![],
    }
}

/// Who approved, with somebody who did so for themselves.
#[must_use]
pub fn sample_approvals() -> Report {
    let head = ["Person", "Role", "Decision", "Who decided", "Own case", "Decided by", "Decided", "Request", "Grant"];
    let line = |n: u8, name: &str, by: Option<&str>, own: bool| Line {
        cells: vec![
            someone("Person", n, name),
            Cell { href: Some("/access/customer-care".into()), ..cell("Role", "role", "CUSTOMER_CARE") },
            cell("Decision", "state", "approved"),
            by.map_or_else(|| cell("Who decided", "none", ""), |by| someone("Who decided", n + 20, by)),
            Cell { bad: own, ..cell("Own case", if own { "yes" } else { "no" }, if own { "Yes" } else { "No" }) },
            cell("Decided by", "text", if by.is_some() { "A person" } else { "The policy alone" }),
            moment("Decided", -90 * i64::from(n)),
            thing("Request", "req", n, "/decisions/"),
            thing("Grant", "gra", n, "/holders/"),
        ],
    };
    let figure = |title: &str, number: f64, tone: &str| Figure {
        title: title.into(),
        cell: Cell { number: Some(number), ..cell(title, "number", "") },
        tone: tone.into(),
    };
    Report {
        number: 4,
        name: "approvals".into(),
        title: "Approvals".into(),
        question: "Who approved, and was anybody involved in their own case?".into(),
        means: "What was decided up to that moment, in the period asked about.".into(),
        fields: vec![
            field("role", "select", "Role", "", false),
            field("person", "text", "Person", "", false),
            field("from", "datetime-local", "From", "2026-12-13T09:30", false),
            field("until", "datetime-local", "Before", "", false),
            field("at", "datetime-local", "As of", "", false),
        ],
        answer: Some(Answer {
            about: None,
            at: sample_at(0),
            exact: "2027-03-13T08:30:00Z".into(),
            tense: "now".into(),
            from: Some(sample_at(-2_160)),
            until: Some(sample_at(0)),
            figures: vec![figure("Decisions", 2_315.0, ""), figure("Decisions on one’s own case", 1.0, "bad")],
            head: head.map(str::to_owned).to_vec(),
            lines: vec![
                line(3, "Claire Petit", Some("Núria Vidal"), false),
                line(2, "Hugo Lambert", Some("Hugo Lambert"), true),
                line(1, "Ana Ruiz", None, false),
            ],
            next: None,
            first: Some("/reports/approvals".into()),
            csv: "/api/v1/reports/approvals?format=csv".into(),
            json: "/api/v1/reports/approvals".into(),
            command: "habilis reports show approvals".into(),
        }),
        errors: vec![],
    }
}

/// A report that waits to be asked.
#[must_use]
pub fn sample_unasked() -> Report {
    Report {
        number: 3,
        name: "why-held".into(),
        title: "Why somebody holds a role".into(),
        question: "Why does this person hold this role: the whole chain?".into(),
        means: "Every step up to that moment.".into(),
        fields: vec![
            field("person", "text", "Person", "nobody@example.com", true),
            field("role", "select", "Role", "analyst", true),
            field("at", "datetime-local", "As of", "", false),
        ],
        answer: None,
        errors: vec![FieldError { field: "person".into(), text: "There is no such person here.".into() }],
    }
}

/// An answer without a line.
#[must_use]
pub fn sample_nothing() -> Report {
    let full = sample_holders();
    let answer = full.answer.map(|answer| Answer {
        lines: vec![],
        next: None,
        tense: "ahead".into(),
        at: sample_at(900),
        ..answer
    });
    Report { answer, ..full }
}
