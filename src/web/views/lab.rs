//! The SQL lab: an editor with what its statement gave, and the playground of a data set.

use super::{Sample, Title, View, shared::Link};
use serde::Serialize;

/// An editor, where its statement goes, and what the last one gave.
#[derive(Debug, Clone, Serialize)]
pub struct LabPane {
    /// The field's name and id.
    pub name: String,
    /// What stands in it.
    pub value: String,
    /// Where the run button sends the form.
    pub run: String,
    /// Whether the result may be compared with the solution's.
    pub check: bool,
    /// The data set's playground; none where this is it.
    pub play: Option<String>,
    /// The tables that a statement can ask.
    pub tables: Vec<LabTable>,
    /// What the last statement gave.
    pub result: Option<LabResult>,
}

/// A table of a data set.
#[derive(Debug, Clone, Serialize)]
pub struct LabTable {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
    /// Its columns.
    pub columns: Vec<LabColumn>,
    /// Its first rows, where they are shown.
    pub sample: Vec<Vec<LabCell>>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct LabColumn {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Whether it is part of the key.
    pub key: bool,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// `table.column` that it refers to.
    pub refers: Option<String>,
}

/// A value; none is NULL.
#[derive(Debug, Clone, Serialize)]
pub struct LabCell {
    /// As people read it.
    pub text: Option<String>,
    /// Whether it stands to the right.
    pub number: bool,
}

/// What a statement gave.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LabResult {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<LabCell>>,
    /// How many rows there are.
    pub total: u32,
    /// How many of them are shown.
    pub shown: u32,
    /// How long it took, in words.
    pub took: String,
    /// Why there is no result.
    pub trouble: Option<String>,
    /// Where in the statement, in words.
    pub spot: Option<String>,
    /// How it compares with the solution.
    pub verdict: Option<LabVerdict>,
}

/// How a result compares with the solution's on the visible data.
#[derive(Debug, Clone, Serialize)]
pub struct LabVerdict {
    /// Whether they are the same.
    pub right: bool,
    /// In words.
    pub text: String,
    /// Some rows that are missing.
    pub missing: Vec<Vec<LabCell>>,
    /// Some rows that are too many.
    pub surplus: Vec<Vec<LabCell>>,
}

/// `/courses/{course}/lab/{dataset}`
#[derive(Debug, Clone, Serialize)]
pub struct Playground {
    /// The course's title and address.
    pub course: Link,
    /// The data set's name.
    pub dataset: String,
    /// Its tables with their first rows.
    pub tables: Vec<LabTable>,
    /// The editor.
    pub lab: LabPane,
}

impl View for Playground {
    const TEMPLATE: &'static str = "lab/playground";
    const NAV: &'static str = "courses";

    fn title(&self) -> Title {
        Title::of("lab-title").with("dataset", &self.dataset)
    }
}

fn cell(text: &str) -> LabCell {
    LabCell { text: (text != "NULL").then(|| text.to_owned()), number: text.parse::<f64>().is_ok() }
}

fn row(texts: &[&str]) -> Vec<LabCell> {
    texts.iter().map(|text| cell(text)).collect()
}

/// An editor for samples.
#[must_use]
pub fn pane(name: &str) -> LabPane {
    let column = |name: &str, kind: &str, key: bool, refers: Option<&str>| LabColumn {
        name: name.into(),
        kind: kind.into(),
        key,
        nullable: !key,
        refers: refers.map(str::to_owned),
    };
    LabPane {
        name: name.into(),
        value: "SELECT m.merchant_id, count(o.order_id) AS orders\nFROM merchants m\nLEFT JOIN orders o ON o.merchant_id = m.merchant_id\nGROUP BY m.merchant_id -- every merchant".into(),
        run: "/attempts/att_0195c2f0/lab/8".into(),
        check: true,
        play: Some("/courses/analyst-lab/lab/marketplace".into()),
        tables: vec![
            LabTable {
                name: "merchants".into(),
                rows: 10,
                columns: vec![
                    column("merchant_id", "INTEGER", true, None),
                    column("name", "TEXT", false, None),
                    column("country", "TEXT", false, None),
                ],
                sample: vec![row(&["1", "Atelier Cuir", "FR"]), row(&["5", "Lumen Works", "NULL"])],
            },
            LabTable {
                name: "orders".into(),
                rows: 30,
                columns: vec![
                    column("order_id", "INTEGER", true, None),
                    column("merchant_id", "INTEGER", false, Some("merchants.merchant_id")),
                ],
                sample: vec![row(&["1", "1"]), row(&["13", "NULL"])],
            },
        ],
        result: None,
    }
}

/// A result for samples.
#[must_use]
pub fn result() -> LabResult {
    LabResult {
        columns: vec!["merchant_id".into(), "orders".into()],
        rows: vec![row(&["1", "8"]), row(&["2", "6"]), row(&["NULL", "2"])],
        total: 412,
        shown: 3,
        took: "0.4 ms".into(),
        verdict: Some(LabVerdict {
            right: false,
            text: "2 rows are missing, and 1 is too many.".into(),
            missing: vec![row(&["7", "0"]), row(&["8", "0"])],
            surplus: vec![row(&["NULL", "2"])],
        }),
        ..LabResult::default()
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let pane = LabPane { play: None, check: false, run: "/courses/analyst-lab/lab/marketplace".into(), ..pane("sql") };
    let fresh = Playground {
        course: Link::new("Analyst lab", "/courses/analyst-lab"),
        dataset: "marketplace".into(),
        tables: pane.tables.clone(),
        lab: LabPane { tables: vec![], ..pane },
    };
    let mut ran = fresh.clone();
    ran.lab.result = Some(result());
    let mut failed = fresh.clone();
    failed.lab.result = Some(LabResult {
        trouble: Some("The database says: no such column: town".into()),
        spot: Some("line 1, column 8".into()),
        took: "0.1 ms".into(),
        ..LabResult::default()
    });
    vec![Sample::of("playground", &fresh), Sample::of("playground-ran", &ran), Sample::of("playground-failed", &failed)]
}
