//! What a statement in the lab gave, in the caller's words: for pages and for the API.

use super::{caller::Caller, desk::Desk, failure::Failure};
use crate::{
    actions::run_lab::Ran,
    curriculum::lab::{
        compare::Difference,
        dataset::Dataset,
        image::TableInfo,
        judge::Verdict,
        table::{Cell, Row, Table},
        trouble::Trouble,
    },
    web::views::lab::{LabCell, LabColumn, LabResult, LabTable, LabVerdict},
};
use serde_json::json;

/// How many rows of a result are shown.
pub const SHOWN: usize = 200;
/// The longest text of a cell that a page shows.
const LONGEST_CELL: usize = 300;

/// Why a statement gave no result.
///
/// # Errors
/// A message is missing.
pub fn trouble(desk: &Desk, caller: &Caller, trouble: &Trouble) -> Result<String, Failure> {
    let detail = trouble.detail().unwrap_or_default();
    desk.say(caller, &format!("lab-trouble-{}", trouble.code()), &[("detail", json!(detail))])
}

/// How a statement compares with the solution.
///
/// # Errors
/// A message is missing.
pub fn verdict(desk: &Desk, caller: &Caller, verdict: &Verdict) -> Result<String, Failure> {
    match verdict {
        Verdict::Lacks(phrase) | Verdict::Uses(phrase) => {
            desk.say(caller, &format!("lab-verdict-{}", verdict.code()), &[("phrase", json!(phrase.to_uppercase()))])
        }
        Verdict::Differs(Difference::Width { expected, found }) => {
            desk.say(caller, "lab-differs-width", &[("expected", json!(expected)), ("found", json!(found))])
        }
        Verdict::Differs(Difference::Names { missing, surplus }) => {
            let list = |names: &[String]| if names.is_empty() { "–".to_owned() } else { names.join(", ") };
            let variables = [("missing", json!(list(missing))), ("surplus", json!(list(surplus)))];
            desk.say(caller, "lab-differs-names", &variables)
        }
        Verdict::Differs(Difference::Rows { missing_total, surplus_total, .. }) => {
            let variables = [("missing", json!(missing_total)), ("surplus", json!(surplus_total))];
            desk.say(caller, "lab-differs-rows", &variables)
        }
        Verdict::Differs(Difference::Order { row }) => {
            desk.say(caller, "lab-differs-order", &[("row", json!(row.to_string()))])
        }
        Verdict::Fails(why) | Verdict::FailsHidden(why) | Verdict::Broken(why) => trouble(desk, caller, why),
        Verdict::Right | Verdict::DiffersHidden => desk.say(caller, &format!("lab-verdict-{}", verdict.code()), &[]),
    }
}

/// The sample rows of a difference: missing, and too many.
#[must_use]
pub fn samples(verdict: &Verdict) -> (&[Row], &[Row]) {
    match verdict {
        Verdict::Differs(Difference::Rows { missing, surplus, .. }) => (missing, surplus),
        _ => (&[], &[]),
    }
}

fn cells(row: &Row) -> Vec<LabCell> {
    let shown = |cell: &Cell| {
        cell.shown().map(|text| match text.char_indices().nth(LONGEST_CELL) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        })
    };
    row.iter().map(|cell| LabCell { text: shown(cell), number: cell.is_number() }).collect()
}

/// What a statement gave, for a page.
///
/// # Errors
/// A message is missing.
pub fn result(desk: &Desk, caller: &Caller, ran: &Ran) -> Result<LabResult, Failure> {
    let millis = (ran.took.as_secs_f64() * 10_000.0).round() / 10.0;
    let mut view = LabResult { took: desk.say(caller, "lab-took", &[("ms", json!(millis))])?, ..LabResult::default() };
    match &ran.outcome {
        Ok(table) => {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let number = |at: usize| {
                table
                    .rows
                    .iter()
                    .filter_map(|row| row.get(at))
                    .find(|cell| **cell != Cell::Null)
                    .is_some_and(Cell::is_number)
            };
            let heads = table.columns.iter().enumerate();
            view.columns = heads.map(|(at, name)| LabCell { text: Some(name.clone()), number: number(at) }).collect();
            view.rows = table.rows.iter().take(SHOWN).map(cells).collect();
            view.total = count(table.rows.len());
            view.shown = count(view.rows.len());
        }
        Err(why) => {
            view.trouble = Some(trouble(desk, caller, why)?);
            if let Some(spot) = why.spot() {
                let variables = [("line", json!(spot.line.to_string())), ("column", json!(spot.column.to_string()))];
                view.spot = Some(desk.say(caller, "lab-spot", &variables)?);
            }
        }
    }
    if let Some(told) = &ran.verdict {
        let (missing, surplus) = samples(told);
        view.verdict = Some(LabVerdict {
            right: told.is_right(),
            text: verdict(desk, caller, told)?,
            missing: missing.iter().map(cells).collect(),
            surplus: surplus.iter().map(cells).collect(),
        });
    }
    Ok(view)
}

/// A table as the schema browser shows it, with its first rows where there are some.
#[must_use]
pub fn table(info: &TableInfo, sample: Option<&Table>) -> LabTable {
    LabTable {
        name: info.name.clone(),
        rows: u32::try_from(info.rows).unwrap_or(0),
        columns: info
            .columns
            .iter()
            .map(|column| LabColumn {
                name: column.name.clone(),
                kind: column.kind.clone(),
                key: column.key,
                nullable: column.nullable,
                refers: column.refers.clone(),
            })
            .collect(),
        sample: sample.map(|sample| sample.rows.iter().map(cells).collect()).unwrap_or_default(),
    }
}

/// The tables of a data set, without rows.
#[must_use]
pub fn tables(dataset: &Dataset) -> Vec<LabTable> {
    dataset.tables().iter().map(|info| table(info, None)).collect()
}
