//! The auditor's questions as named reports: listed, asked, as JSON page by page or whole as CSV.

use super::{
    kit::{Answer, Group, Key, Pages, Query, Unfit, csv, get, shown, told},
    shapes::reports::{MapBody, ReportAnswer, ReportBody},
};
use crate::{
    actions::{
        map_holders,
        read_report::{self, Opened},
    },
    base::{
        clock::Time,
        paging::{MOST, Paging},
        refusal::Fault,
        text::Slug,
    },
    reports::{
        asked::{Ask, MOST_DAYS},
        cell::{Line, cells},
        map::{Columns, HoldersMap, Order, Rows},
        refusal::ReportRefusal,
        report::Report,
    },
    web::kit::{caller::Caller, desk::Desk, failure::Failure, teller::Teller},
};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde::Deserialize;
use utoipa::IntoParams;

/// So many rows of a map are written at once.
const ROWS: usize = 500;

pub(super) fn group() -> Group {
    Group {
        name: "Reports",
        about: "The auditor's questions, each answered as of a moment, also for people and roles that are gone. Every reading leaves an event in the log.",
        endpoints: vec![
            get("/holders/map", map)
                .says(
                    "Map who holds what",
                    "Teams or people by warehouses or roles, now or as of a moment: where a row and a column meet, for how many people it was in effect, and for how many it was held back. Noted in the log, as a report is. \
                     With `Accept: text/csv` or `format=csv`: as a table with a line a row and two columns for each role or warehouse: under `analyst` for how many people it was in effect, under `analyst_held_back` for how many it was held back, \
                     and both empty where nobody holds it. The name of the file tells its moment, whether that is to come (`forecast`), and whether more is held than a map is drawn from (`part`). \
                     A cell that a spreadsheet would run as a formula gets an apostrophe in front.",
                )
                .asks::<MapWanted>()
                .answers::<MapBody>(200, "The map; where nobody holds anything there is no cell.")
                .or_csv()
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-role", "no-such-warehouse", "no-such-team"]),
            get("/reports", list)
                .says("List the reports", "With what each may be asked, and the columns that it answers in.")
                .lists::<ReportBody>("Every report, by its number."),
            get("/reports/{name}", show)
                .says(
                    "Ask a report",
                    "By its name or its number. For auditors and admins; also for the owners of the role that it is asked about, where it is a report for them. \
                     With `Accept: text/csv` or `format=csv`: every line at once, whatever the limit. A cell that a spreadsheet would run as a formula gets an apostrophe in front. \
                     The reading is noted in the log before anything of it is shown: where it can not be, nothing is.",
                )
                .asks::<ReportWanted>()
                .paged()
                .answers::<ReportAnswer>(200, "The answer as of its moment.")
                .or_csv()
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-report", "no-such-person", "several-people", "no-such-role", "no-such-team", "no-such-client"])
                .refuses(422, &["report-needs", "report-takes-not"]),
        ],
    }
}

/// What a report is asked; each takes some of these, as its `asks` say.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ReportWanted {
    /// About this person: an id, an e-mail address, or a piece of the name that fits nobody else.
    #[param(example = "ana@example.com")]
    person: Option<String>,
    /// About this role.
    #[param(value_type = Option<String>, example = "analyst")]
    role: Option<Slug>,
    /// As of this moment; now unless said otherwise. Of a moment to come, the answer is a forecast. `as_of` says the same.
    #[serde(alias = "as_of")]
    #[param(value_type = Option<String>, example = "2027-03-01T09:00:00Z")]
    at: Option<Time>,
    /// What happened from this instant on; 90 days before the moment asked about, unless said otherwise.
    #[param(value_type = Option<String>, example = "2027-01-01T00:00:00Z")]
    from: Option<Time>,
    /// What happened before this instant.
    #[param(value_type = Option<String>, example = "2027-04-01T00:00:00Z")]
    until: Option<Time>,
    /// After so many days without a use something counts as unused, 1 to 3650; 90 unless said otherwise.
    #[param(minimum = 1, maximum = 3650, example = 90)]
    days: Option<i64>,
    /// What this tool or service account fetched, by its `client_id` or its whole name.
    client: Option<String>,
    /// What was fetched from this network address.
    #[param(example = "203.0.113.5")]
    address: Option<String>,
    /// People of this team, as it is today.
    team: Option<String>,
    /// Only `certificate` or only `grant`.
    kind: Option<String>,
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
    /// How many lines.
    #[param(ignore)]
    limit: Option<usize>,
    /// Where to go on.
    #[param(ignore)]
    cursor: Option<String>,
}

/// What a map is asked.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct MapWanted {
    /// As of this moment; now unless said otherwise. `as_of` says the same.
    #[serde(alias = "as_of")]
    #[param(value_type = Option<String>, example = "2027-03-01T09:00:00Z")]
    at: Option<Time>,
    /// Only people of this team, as it is today; `-` for those who are in none.
    team: Option<String>,
    /// Only this warehouse.
    #[param(value_type = Option<String>, example = "marketplace")]
    warehouse: Option<Slug>,
    /// Only this role.
    #[param(value_type = Option<String>, example = "analyst")]
    role: Option<Slug>,
    /// `teams` or `people`; teams unless one is asked about.
    rows: Option<String>,
    /// `warehouses` or `roles`; roles unless they are many.
    columns: Option<String>,
    /// `name`, or `likeness`: whoever holds the same stands together.
    order: Option<String>,
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
}

async fn map(desk: Data<Desk>, caller: Caller, request: HttpRequest, Query(wanted): Query<MapWanted>) -> Answer {
    let unfit = |field: &str, takes: &str| Failure::from(Fault::from(Unfit::field(field, takes)));
    let rows = wanted.rows.as_deref().map(|word| Rows::from_word(word).ok_or_else(|| unfit("rows", "teams | people")));
    let columns = wanted
        .columns
        .as_deref()
        .map(|word| Columns::from_word(word).ok_or_else(|| unfit("columns", "warehouses | roles")));
    let order =
        wanted.order.as_deref().map(|word| Order::from_word(word).ok_or_else(|| unfit("order", "name | likeness")));
    let as_csv = csv::wanted(&request, wanted.format.as_deref())?;
    let ask = map_holders::Ask {
        at: wanted.at,
        team: wanted.team,
        warehouse: wanted.warehouse,
        role: wanted.role,
        rows: rows.transpose()?,
        columns: columns.transpose()?,
        order: order.transpose()?.unwrap_or(Order::Name),
    };
    let format = if as_csv { "csv" } else { "json" };
    let drawn = map_holders::map_holders(&desk.app, &caller.actor, ask, format).await?;
    let no_team = Teller::of(&desk, &caller)?.plain("map-no-team");
    let drawn = drawn.named(&desk.app.content()?.catalogue, caller.language, &no_team);
    if as_csv { Ok(table(&desk, drawn)) } else { shown(&MapBody::from(drawn)) }
}

/// Gives a whole map out as CSV. A file has no place for a note but its name.
fn table(desk: &Desk, map: HoldersMap) -> HttpResponse {
    let forecast = if map.at > desk.app.now() { "-forecast" } else { "" };
    let part = if map.cut { "-part" } else { "" };
    let (rows, columns) = (map.by.0.word(), map.by.1.word());
    let day = map.at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let (response, pen) = csv::download(&format!("holders-map{forecast}{part}-{rows}-by-{columns}-{day}.csv"));
    actix_web::rt::spawn(async move {
        let mut reading = pen.write(csv::text([map.head()])).await;
        for from in (0..map.rows.len()).step_by(ROWS) {
            if !reading {
                break;
            }
            reading = pen.write(csv::text(map.lines(from..from + ROWS))).await;
        }
    });
    response
}

/// The report of a name in an address.
fn named(name: &str) -> Result<Report, Fault> {
    Report::from_word(name).ok_or_else(|| ReportRefusal::NoSuchReport { name: name.to_owned() }.into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    caller.actor.signed()?;
    let teller = Teller::of(&desk, &caller)?;
    told(Report::ALL.iter().map(|report| ReportBody::of(*report, &teller)))
}

async fn show(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    name: Path<String>,
    Query(wanted): Query<ReportWanted>,
) -> Answer {
    let report = named(&name)?;
    if wanted.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        return Err(Fault::from(Unfit::field("days", format!("1–{MOST_DAYS}"))).into());
    }
    if !matches!(wanted.kind.as_deref(), None | Some("certificate" | "grant")) {
        return Err(Fault::from(Unfit::field("kind", "certificate | grant")).into());
    }
    let paging = Pages { limit: wanted.limit, cursor: wanted.cursor }.paging(Key::Report(report))?;
    let as_csv = csv::wanted(&request, wanted.format.as_deref())?;
    let ask = Ask {
        person: wanted.person,
        role: wanted.role,
        at: wanted.at,
        from: wanted.from,
        until: wanted.until,
        days: wanted.days,
        client: wanted.client,
        address: wanted.address,
        team: wanted.team,
        kind: wanted.kind,
    };
    let (app, actor) = (&desk.app, &caller.actor);
    if as_csv {
        let whole = Paging { limit: MOST, after: paging.after };
        let opened = read_report::open_report(app, actor, report, ask, whole, "csv").await?;
        return export(&desk, &caller, opened);
    }
    let opened = read_report::open_report(app, actor, report, ask, paging, "json").await?;
    shown(&ReportAnswer::of(opened, &Teller::of(&desk, &caller)?))
}

/// Gives out every line of a report that was opened, as CSV.
fn export(desk: &Desk, caller: &Caller, mut opened: Opened) -> Answer {
    let report = opened.asked.report;
    let day = opened.asked.at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let (response, pen) = csv::download(&format!("{}-{day}.csv", report.word()));
    let columns = report.columns();
    let text = move |lines: Vec<Line>| csv::text(lines.into_iter().map(|line| cells(columns, line)));
    let first = std::mem::take(&mut opened.lines.items).into_iter().map(|line| cells(columns, line));
    let first = csv::text(std::iter::once(report.head()).chain(first));
    let (app, actor) = (desk.app.clone(), caller.actor.clone());
    actix_web::rt::spawn(async move {
        let mut reading = pen.write(first).await;
        let mut next = opened.lines.next.take();
        while let (true, Some(cursor)) = (reading, next.take()) {
            let read = async {
                let paging = Pages { limit: Some(MOST), cursor: Some(cursor) }.paging(Key::Report(report))?;
                let listing = read_report::go_on(&app, &actor, &opened, paging).await?;
                next = listing.next;
                text(listing.items)
            };
            let page: Result<_, Failure> = read.await;
            reading = pen.write(page).await;
        }
    });
    Ok(response)
}
