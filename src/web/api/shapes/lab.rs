//! The SQL lab on the wire: statements, results, and data sets.

use crate::{
    actions::run_lab::{Ran, Shown},
    base::text::Slug,
    curriculum::lab::table::{Cell, Row},
    web::kit::{caller::Caller, desk::Desk, failure::Failure, lab},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A statement for an exercise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"question": 1, "sql": "SELECT status, count(*) FROM orders GROUP BY status", "compare": true}))]
pub(in crate::web::api) struct RunBody {
    /// The place of the exercise on the form, from 1.
    #[schema(minimum = 1)]
    pub(in crate::web::api) question: i64,
    /// One statement that reads, at most 10,000 bytes.
    pub(in crate::web::api) sql: String,
    /// In practice: tell how the result differs from the right one on the visible data. An exam never does.
    #[serde(default)]
    pub(in crate::web::api) compare: bool,
}

/// A statement on a data set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"sql": "SELECT count(*) FROM orders"}))]
pub(in crate::web::api) struct StatementBody {
    /// One statement that reads, at most 10,000 bytes.
    pub(in crate::web::api) sql: String,
}

/// What a statement gave.
#[derive(Serialize, ToSchema)]
#[schema(as = Run, example = json!({"columns": ["status", "orders"], "rows": [["paid", 5]], "total": 1, "steps": 1000, "milliseconds": 0.3, "trouble": null, "comparison": null}))]
pub(in crate::web::api) struct RunShown {
    /// The names of the columns.
    columns: Vec<String>,
    /// The first 200 rows: null, numbers, and texts; a blob as the text that SQL writes it as.
    rows: Vec<Vec<Value>>,
    /// How many rows there are.
    total: usize,
    /// The steps that it took, to the next thousand; it may take 2,000,000.
    steps: u64,
    /// How long it ran, without waiting.
    milliseconds: f64,
    /// Why there is no result.
    trouble: Option<TroubleBody>,
    /// How it compares with the solution, where that was asked for and may be told.
    comparison: Option<ComparisonBody>,
}

/// Why a statement gave no result.
#[derive(Serialize, ToSchema)]
#[schema(as = Trouble, example = json!({"code": "error", "detail": "The database says: no such column: town", "line": 1, "column": 8}))]
pub(in crate::web::api) struct TroubleBody {
    /// `empty`, `several`, `not-a-question`, `too-long`, `complex`, `denied`, `error`, `steps`, `time`, `memory`, `value`,
    /// `rows` or `bytes`.
    code: &'static str,
    /// In words.
    detail: String,
    /// The line of the statement, from 1, where it is known.
    line: Option<usize>,
    /// The column of the line, from 1, where it is known.
    column: Option<usize>,
}

/// How a result compares with the right one on the visible data.
#[derive(Serialize, ToSchema)]
#[schema(as = RunComparison, example = json!({"code": "differs", "same": false, "detail": "1 row is missing, 0 are too many.", "missing": [["paid", 5]], "surplus": []}))]
pub(in crate::web::api) struct ComparisonBody {
    /// `right`, `lacks`, `uses`, `differs` or `fails`.
    code: &'static str,
    /// Whether they are the same.
    same: bool,
    /// In words.
    detail: String,
    /// Some rows that are missing.
    missing: Vec<Vec<Value>>,
    /// Some rows that are too many.
    surplus: Vec<Vec<Value>>,
}

fn values(rows: &[Row]) -> Vec<Vec<Value>> {
    rows.iter().map(|row| row.iter().map(Cell::to_json).collect()).collect()
}

impl RunShown {
    /// What a statement gave, in the caller's words.
    pub(in crate::web::api) fn of(desk: &Desk, caller: &Caller, ran: Ran) -> Result<Self, Failure> {
        let comparison = match &ran.verdict {
            None => None,
            Some(verdict) => {
                let (missing, surplus) = lab::samples(verdict);
                Some(ComparisonBody {
                    code: verdict.code(),
                    same: verdict.is_right(),
                    detail: lab::verdict(desk, caller, verdict)?,
                    missing: values(missing),
                    surplus: values(surplus),
                })
            }
        };
        let milliseconds = (ran.took.as_secs_f64() * 1_000_000.0).round() / 1_000.0;
        let mut body =
            Self { columns: Vec::new(), rows: Vec::new(), total: 0, steps: 0, milliseconds, trouble: None, comparison };
        match ran.outcome {
            Ok(table) => {
                body.total = table.rows.len();
                body.rows = values(table.rows.get(..lab::SHOWN).unwrap_or(&table.rows));
                body.columns = table.columns;
                body.steps = table.steps;
            }
            Err(trouble) => {
                body.trouble = Some(TroubleBody {
                    code: trouble.code(),
                    detail: lab::trouble(desk, caller, &trouble)?,
                    line: trouble.spot().map(|spot| spot.line),
                    column: trouble.spot().map(|spot| spot.column),
                });
            }
        }
        Ok(body)
    }
}

/// A data set.
#[derive(Serialize, ToSchema)]
#[schema(as = Dataset, example = json!({"id": "marketplace", "tables": [{"name": "orders", "rows": 30, "columns": [{"name": "order_id", "type": "INTEGER", "key": true, "nullable": false, "references": null}], "sample": [[1]]}]}))]
pub(in crate::web::api) struct DatasetBody {
    id: Slug,
    tables: Vec<TableBody>,
}

/// A table of a data set.
#[derive(Serialize, ToSchema)]
#[schema(as = DatasetTable, example = json!({"name": "orders", "rows": 30, "columns": [{"name": "order_id", "type": "INTEGER", "key": true, "nullable": false, "references": null}], "sample": [[1]]}))]
pub(in crate::web::api) struct TableBody {
    name: String,
    rows: i64,
    columns: Vec<ColumnBody>,
    /// Its first rows.
    sample: Vec<Vec<Value>>,
}

/// A column of a table.
#[derive(Serialize, ToSchema)]
#[schema(as = DatasetColumn, example = json!({"name": "order_id", "type": "INTEGER", "key": true, "nullable": false, "references": null}))]
pub(in crate::web::api) struct ColumnBody {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    /// Whether it is part of the primary key.
    key: bool,
    nullable: bool,
    /// `table.column` that it refers to.
    references: Option<String>,
}

impl DatasetBody {
    /// A data set with its tables.
    pub(in crate::web::api) fn of(id: &Slug, found: Shown) -> Self {
        let tables = found.tables.into_iter().map(|(info, sample)| TableBody {
            name: info.name,
            rows: info.rows,
            columns: info
                .columns
                .into_iter()
                .map(|column| ColumnBody {
                    name: column.name,
                    kind: column.kind,
                    key: column.key,
                    nullable: column.nullable,
                    references: column.refers,
                })
                .collect(),
            sample: values(&sample.rows),
        });
        Self { id: id.clone(), tables: tables.collect() }
    }
}
