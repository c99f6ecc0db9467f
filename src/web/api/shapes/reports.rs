//! Reports on the wire.

use super::{GrantId, PersonId};
use crate::{
    actions::read_report::Opened,
    base::{
        clock::{Tense, Time},
        text::Slug,
    },
    reports::{
        cell::object,
        map::HoldersMap,
        report::{Need, Report},
        timeline::{Lane, Timeline},
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
    pub(in crate::web::api) fn of(opened: Opened, teller: &Teller) -> Self {
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
            forecast: opened.tense == Tense::Ahead,
            figures: opened.figures.into_iter().map(figure).collect(),
            columns: columns(report, teller),
            items: opened.lines.items.into_iter().map(|line| object(report.columns(), line)).collect(),
            next: opened.lines.next,
        }
    }
}

/// The map of who holds what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoldersMap)]
pub(in crate::web::api) struct MapBody {
    at: Time,
    /// `teams` or `people`.
    rows_are: &'static str,
    /// `warehouses` or `roles`.
    columns_are: &'static str,
    rows: Vec<AxisBody>,
    columns: Vec<AxisBody>,
    /// By row, then by column.
    cells: Vec<CellBody>,
    /// Whether more is held than a map is drawn from: ask about a warehouse, a role or a team.
    cut: bool,
}

/// A row or a column.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoldersMapAxis)]
pub(in crate::web::api) struct AxisBody {
    /// A team, a person's id, a role or a warehouse; `-` for those who are in no team.
    id: String,
    /// What people call it: a person's name, a team's, a role's, a warehouse's title.
    name: String,
    /// How many people hold anything there.
    people: i64,
}

/// Where a row and a column meet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoldersMapCell)]
pub(in crate::web::api) struct CellBody {
    /// The row's place, from 0.
    row: usize,
    /// The column's place, from 0.
    column: usize,
    /// For how many people it was in effect.
    effective: i64,
    /// For how many it was given, and held back.
    held_back: i64,
    /// The grant, where it is one person's and one role's.
    grant: Option<GrantId>,
}

impl From<HoldersMap> for MapBody {
    fn from(map: HoldersMap) -> Self {
        let axis = |axis: crate::reports::map::Axis| AxisBody { id: axis.id, name: axis.name, people: axis.people };
        let cell = |cell: crate::reports::map::Cell| CellBody {
            row: cell.row,
            column: cell.column,
            effective: cell.effective,
            held_back: cell.held_back,
            grant: cell.grant,
        };
        Self {
            at: map.at,
            rows_are: map.by.0.word(),
            columns_are: map.by.1.word(),
            rows: map.rows.into_iter().map(axis).collect(),
            columns: map.columns.into_iter().map(axis).collect(),
            cells: map.cells.into_iter().map(cell).collect(),
            cut: map.cut,
        }
    }
}

/// What stood and happened around a moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Timeline)]
pub(in crate::web::api) struct TimelineBody {
    from: Time,
    until: Time,
    lanes: Vec<LaneBody>,
}

/// Everything of one kind and name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineLane)]
pub(in crate::web::api) struct LaneBody {
    /// `effective`, `certificate`, `request`, `grant`, `break-glass`, `suspension`, `lock`, `account`, `policy` or `token`.
    track: &'static str,
    /// The certification, what the lock is on, what held the grant back; else empty.
    name: String,
    bars: Vec<BarBody>,
    marks: Vec<MarkBody>,
}

/// Something that stood for a while.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineBar)]
pub(in crate::web::api) struct BarBody {
    from: Time,
    /// Null while it is open.
    until: Option<Time>,
    state: String,
    /// The record; may be empty.
    thing: String,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineMark)]
pub(in crate::web::api) struct MarkBody {
    at: Time,
    state: String,
    /// The record, or the first of several.
    thing: String,
    count: i64,
    /// Who judged what was taken in an emergency: a person's id, or another word of the log's; null for everything else.
    actor: Option<String>,
    actor_name: Option<String>,
}

impl From<Timeline> for TimelineBody {
    fn from(drawn: Timeline) -> Self {
        let bar = |bar: crate::reports::timeline::Bar| BarBody {
            from: bar.from,
            until: bar.until,
            state: bar.state,
            thing: bar.thing,
        };
        let mark = |mark: crate::reports::timeline::Mark| MarkBody {
            at: mark.at,
            state: mark.state,
            thing: mark.thing,
            count: mark.count,
            actor: mark.actor,
            actor_name: mark.actor_name,
        };
        let lane = |lane: Lane| LaneBody {
            track: lane.track.word(),
            name: lane.name,
            bars: lane.bars.into_iter().map(bar).collect(),
            marks: lane.marks.into_iter().map(mark).collect(),
        };
        Self { from: drawn.from, until: drawn.until, lanes: drawn.lanes.into_iter().map(lane).collect() }
    }
}
