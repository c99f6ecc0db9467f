//! Reports on the wire.

use super::PersonId;
use crate::{
    actions::read_report::Opened,
    base::{clock::Time, text::Slug},
    reports::{
        cell::object,
        report::{Need, Report},
    },
    web::kit::teller::Teller,
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A report, and what it may be asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub(in crate::web::api) struct ReportBody {
    /// Its number among the auditor's questions.
    number: u8,
    /// Its name in addresses.
    name: &'static str,
    /// What people call it.
    title: String,
    /// The question that it answers.
    question: String,
    /// What the moment asked about means to it.
    moment: String,
    asks: Vec<AsksBody>,
    columns: Vec<ColumnBody>,
    /// Whether the owners of a role may ask it about that role.
    for_owners: bool,
}

/// Something that a report may be asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportAsks)]
pub(in crate::web::api) struct AsksBody {
    /// The name in the query.
    name: &'static str,
    /// Whether the report can not do without.
    required: bool,
}

/// A column of the answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportColumn)]
pub(in crate::web::api) struct ColumnBody {
    /// Its name in the lines and in CSV.
    name: String,
    /// What people call it.
    title: String,
}

impl ReportBody {
    pub(in crate::web::api) fn of(report: Report, teller: &Teller) -> Self {
        let word = report.word();
        let asks = report.asks().iter();
        Self {
            number: report.number(),
            name: word,
            title: teller.plain(&format!("report-title-{word}")),
            question: teller.plain(&format!("report-question-{word}")),
            moment: teller.plain(&format!("report-moment-{word}")),
            asks: asks.map(|(asked, need)| AsksBody { name: asked.word(), required: *need == Need::Must }).collect(),
            columns: columns(report, teller),
            for_owners: report.for_owners(),
        }
    }
}

fn columns(report: Report, teller: &Teller) -> Vec<ColumnBody> {
    let told = report.columns().iter().flat_map(|column| {
        let title = teller.plain(&format!("report-column-{}", column.name));
        column.names().into_iter().map(move |name| ColumnBody { name, title: title.clone() })
    });
    told.collect()
}

/// What a report answers as of a moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportAnswer)]
pub(in crate::web::api) struct ReportAnswer {
    number: u8,
    name: &'static str,
    title: String,
    question: String,
    /// The moment asked about: of nothing that came after it is told.
    at: Time,
    /// From when, where the report is of a period.
    from: Option<Time>,
    /// Before when, where the report is of a period.
    until: Option<Time>,
    /// The person asked about.
    person: Option<PersonId>,
    /// The role asked about.
    role: Option<Slug>,
    /// The moment is to come: the answer is what will be if nothing changes until then.
    forecast: bool,
    /// What is worth knowing of the whole answer, whatever the page.
    figures: Vec<FigureBody>,
    columns: Vec<ColumnBody>,
    /// The lines: each has every column by its name.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Map<String, Value>>,
    /// The cursor of the next page; null on the last one.
    next: Option<String>,
}

/// A figure of the whole answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportFigure)]
pub(in crate::web::api) struct FigureBody {
    name: &'static str,
    title: String,
    /// A number, a truth value or a text.
    value: Value,
    /// Whether it is as it must be; null where it may be anything.
    good: Option<bool>,
}

impl ReportAnswer {
    pub(in crate::web::api) fn of(opened: Opened, forecast: bool, teller: &Teller) -> Self {
        let asked = opened.asked;
        let (report, period) = (asked.report, asked.has_period());
        let figure = |figure: crate::reports::cell::Figure| FigureBody {
            name: figure.name,
            title: teller.plain(&format!("report-figure-{}", figure.name)),
            value: figure.value(),
            good: figure.good,
        };
        Self {
            number: report.number(),
            name: report.word(),
            title: teller.plain(&format!("report-title-{}", report.word())),
            question: teller.plain(&format!("report-question-{}", report.word())),
            at: asked.at,
            from: period.then_some(asked.from),
            until: period.then_some(asked.until),
            person: asked.person,
            role: asked.role,
            forecast,
            figures: opened.figures.into_iter().map(figure).collect(),
            columns: columns(report, teller),
            items: opened.lines.items.into_iter().map(|line| object(report.columns(), line)).collect(),
            next: opened.lines.next,
        }
    }
}
