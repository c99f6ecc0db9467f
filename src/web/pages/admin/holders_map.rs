//! `/holders/map`: who holds what, as a map that is read from afar and looked into.

use super::{
    reports::shell,
    role_choices::role_choices,
    shown::{Shown, address, correctable, team_label, wrong},
};
use crate::{
    actions::{
        list_holders::may_ask,
        map_holders::{self, Ask},
    },
    base::{clock::Time, refusal::Fault, text::Slug},
    reports::map::{self, Columns, NO_TEAM, Order, Rows},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::BodyRefusal, instants},
        views::{
            Choice, FieldError,
            holders_map::{Head, HoldersMap, MapCell, MapFilter, Row, Span},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;

/// So many rows and columns on a page: more are not read at a glance, and the page stays small.
const ROWS: usize = 30;
const COLUMNS: usize = 24;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/holders/map", get().to(show));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Said {
    team: String,
    warehouse: String,
    role: String,
    #[serde(alias = "at")]
    as_of: String,
    rows: String,
    order: String,
    rows_from: String,
    columns_from: String,
}

impl Said {
    /// What was said, read; with a fault comes the field that it is about.
    fn read(&self, zone: &str) -> Result<Ask, (Fault, &'static str)> {
        let bad = |field: &'static str| (Fault::from(BodyRefusal::Field { field }), field);
        let slug = |text: &str, field| match text {
            "" => Ok(None),
            text => text.parse::<Slug>().map(Some).map_err(|_| bad(field)),
        };
        Ok(Ask {
            at: instants::typed(&self.as_of, zone).map_err(|_| bad("as_of"))?,
            team: Some(self.team.clone()).filter(|team| !team.is_empty()),
            warehouse: slug(&self.warehouse, "warehouse")?,
            role: slug(&self.role, "role")?,
            rows: match self.rows.as_str() {
                "" => None,
                word => Some(Rows::from_word(word).ok_or_else(|| bad("rows"))?),
            },
            columns: self.columns(),
            order: self.order(),
        })
    }

    /// Roles where the map is narrowed to some of them: there are not so many then.
    fn columns(&self) -> Option<Columns> {
        (!self.warehouse.is_empty() || !self.role.is_empty()).then_some(Columns::Roles)
    }

    fn order(&self) -> Order {
        Order::from_word(&self.order).unwrap_or(Order::Name)
    }

    /// The address of the same map with some of it asked otherwise.
    fn but(&self, other: &[(&str, &str)]) -> String {
        let kept = [
            ("team", self.team.as_str()),
            ("warehouse", self.warehouse.as_str()),
            ("role", self.role.as_str()),
            ("as_of", self.as_of.as_str()),
            ("rows", self.rows.as_str()),
            ("order", self.order.as_str()),
            ("rows_from", self.rows_from.as_str()),
            ("columns_from", self.columns_from.as_str()),
        ];
        let said = kept.map(|(name, value)| {
            (name, other.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, value)| *value))
        });
        // From the same page: the path is not said again in every cell.
        let whole = address("", &said);
        if whole.is_empty() { "/holders/map".to_owned() } else { whole }
    }
}

async fn show(caller: Caller, desk: Data<Desk>, said: Query<Said>) -> Result<HttpResponse, Failure> {
    if let Some(onward) = instants::settled(&caller, &instants::AT) {
        return Ok(onward);
    }
    let said = said.into_inner();
    let shown = Shown::of(&desk, &caller)?;
    let drawn = match said.read(&caller.zone) {
        Ok(ask) => {
            let at = ask.at;
            map_holders::map_holders(&desk.app, &caller.actor, ask, "page")
                .await
                .map(|map| (map, at))
                .map_err(|fault| (fault, ""))
        }
        Err(fault) => Err(fault),
    };
    match drawn {
        Ok((map, at)) => {
            let roles = role_choices(&shown, &desk, &caller, &said.role).await?;
            desk.page(&caller, view(&shown, &caller, roles, &said, Some(&map), at, Vec::new())).await
        }
        Err((fault, field)) => {
            let (refused, text, status) = correctable(&desk, &caller, fault)?;
            // Whoever may not see it at all is told so, and not that a filter is wrong.
            may_ask(&desk.app, &caller.actor, "map_holders", "holders/map".to_owned(), true).await?;
            let roles = role_choices(&shown, &desk, &caller, &said.role).await?;
            let field = match refused.code {
                "no-such-role" => "role",
                "no-such-warehouse" => "warehouse",
                "no-such-team" => "team",
                _ => field,
            };
            let status = if status == StatusCode::NOT_FOUND { StatusCode::OK } else { status };
            let view = view(&shown, &caller, roles, &said, None, None, wrong(field, text));
            desk.page_with(&caller, status, view, None).await
        }
    }
}

fn view(
    shown: &Shown,
    caller: &Caller,
    roles: Vec<Choice>,
    said: &Said,
    map: Option<&map::HoldersMap>,
    at: Option<Time>,
    errors: Vec<FieldError>,
) -> HoldersMap {
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let any = |key: &str| choice("", shown.teller.plain(key));
    let catalogue = &shown.content.catalogue;
    let from = |text: &str, of: usize| text.parse::<usize>().ok().filter(|from| *from < of).unwrap_or(0);
    let (rows, columns) = map.map_or((0, 0), |map| (map.rows.len(), map.columns.len()));
    let (top, left) = (from(&said.rows_from, rows), from(&said.columns_from, columns));
    let (bottom, right) = ((top + ROWS).min(rows), (left + COLUMNS).min(columns));
    let page = |name: &str, from: usize| said.but(&[(name, &from.to_string())]);
    let exact = at.map(|at| at.to_string()).unwrap_or_default();
    let narrowing =
        [("team", said.team.as_str()), ("warehouse", said.warehouse.as_str()), ("role", said.role.as_str())];
    let Taken { csv, json, command } = taken(said, &narrowing, &exact);
    let mut list: Vec<(&str, &str)> = narrowing.into_iter().filter(|(_, value)| *value != NO_TEAM).collect();
    list.push(("as_of", said.as_of.as_str()));
    let by = ["", "teams", "people"].map(|rows| {
        let word = if rows.is_empty() { "any" } else { rows };
        choice(rows, shown.teller.plain(&format!("map-by-{word}")))
    });
    let orders = ["name", "likeness"].map(|order| choice(order, shown.teller.plain(&format!("map-order-{order}"))));
    HoldersMap {
        filter: MapFilter {
            team: said.team.clone(),
            warehouse: said.warehouse.clone(),
            role: said.role.clone(),
            as_of: at.map_or_else(|| said.as_of.clone(), |at| instants::field(at, &caller.zone)),
            rows: said.rows.clone(),
            order: said.order().word().to_owned(),
        },
        teams: teams(shown, said, map),
        warehouses: std::iter::once(any("any-warehouse"))
            .chain(catalogue.warehouses.keys().map(|id| choice(id.as_str(), shown.warehouse_title(id))))
            .collect(),
        roles: std::iter::once(any("any-role")).chain(roles).collect(),
        by: by.to_vec(),
        orders: orders.to_vec(),
        as_of: at.map(Time::micros),
        ahead: at.is_some_and(|at| at > shown.teller.now),
        team_today: at.is_some(),
        cut: map.is_some_and(|map| map.cut),
        rows_are: map.map_or(Rows::Teams, |map| map.by.0).word().to_owned(),
        columns: map.map_or_else(Vec::new, |map| heads(shown, said, map, left..right)),
        rows: map.map_or_else(Vec::new, |map| lines(shown, said, map, &exact, (top..bottom, left..right))),
        shown: Span { first: (top + 1).min(bottom), last: bottom, of: rows },
        across: Span { first: (left + 1).min(right), last: right, of: columns },
        up: (top > 0).then(|| page("rows_from", top.saturating_sub(ROWS))),
        down: (bottom < rows).then(|| page("rows_from", bottom)),
        left: (left > 0).then(|| page("columns_from", left.saturating_sub(COLUMNS))),
        right: (right < columns).then(|| page("columns_from", right)),
        start: "/holders/map".to_owned(),
        exact,
        csv,
        json,
        command,
        list: address("/holders", &list),
        filtered: narrowing.iter().any(|(_, value)| !value.is_empty()) || at.is_some(),
        errors,
    }
}

/// Where the same map is to be had whole.
struct Taken {
    csv: String,
    json: String,
    command: String,
}

/// The same question at the API and on the command line, to the microsecond.
fn taken(said: &Said, narrowing: &[(&str, &str)], exact: &str) -> Taken {
    let mut asked = narrowing.to_vec();
    let columns = said.columns().map_or("", Columns::word);
    let order = if said.order() == Order::Likeness { said.order.as_str() } else { "" };
    asked.extend([("rows", said.rows.as_str()), ("columns", columns), ("order", order)]);
    let api = |format| {
        let mut query = asked.clone();
        query.extend([("at", exact), ("format", format)]);
        address("/api/v1/holders/map", &query)
    };
    let (csv, json) = (api("csv"), api(""));
    asked.extend([("as-of", exact), ("format", "csv")]);
    let options: Vec<String> = asked
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!(" --{name} {}", shell(value)))
        .collect();
    Taken { csv, json, command: format!("habilis holders --map{}", options.concat()) }
}

/// The teams of the map, and the one that was asked about.
fn teams(shown: &Shown, said: &Said, map: Option<&map::HoldersMap>) -> Vec<Choice> {
    let mut known: Vec<String> = map
        .filter(|map| map.by.0 == Rows::Teams)
        .map(|map| map.rows.iter().map(|row| row.id.clone()).collect())
        .unwrap_or_default();
    if !said.team.is_empty() && !known.contains(&said.team) {
        known.push(said.team.clone());
    }
    let any = Choice { value: String::new(), label: shown.teller.plain("any-team") };
    let named = known.into_iter().map(|team| Choice { label: team_name(shown, &team), value: team });
    std::iter::once(any).chain(named).collect()
}

fn team_name(shown: &Shown, team: &str) -> String {
    if team == NO_TEAM { shown.teller.plain("map-no-team") } else { team_label(team) }
}

fn heads(shown: &Shown, said: &Said, map: &map::HoldersMap, range: std::ops::Range<usize>) -> Vec<Head> {
    let columns = map.columns.get(range).unwrap_or_default();
    let head = |axis: &map::Axis| {
        let (label, href) = match (map.by.1, axis.id.parse::<Slug>()) {
            (Columns::Roles, Ok(id)) => (shown.role(&id).name, said.but(&[("role", &axis.id), ("columns_from", "")])),
            (Columns::Warehouses, Ok(id)) => {
                (shown.warehouse_title(&id), said.but(&[("warehouse", &axis.id), ("columns_from", "")]))
            }
            (_, Err(_)) => (axis.id.clone(), String::new()),
        };
        Head { label, href, people: axis.people }
    };
    columns.iter().map(head).collect()
}

fn lines(
    shown: &Shown,
    said: &Said,
    map: &map::HoldersMap,
    at: &str,
    (rows, columns): (std::ops::Range<usize>, std::ops::Range<usize>),
) -> Vec<Row> {
    let people = map.by.0 == Rows::People;
    let empty = || MapCell { level: "0".to_owned(), ..MapCell::default() };
    let mut lines: Vec<Row> = map
        .rows
        .get(rows.clone())
        .unwrap_or_default()
        .iter()
        .map(|axis| Row {
            label: if people { axis.name.clone() } else { team_name(shown, &axis.id) },
            href: if people {
                shown.overseen(format!("/people/{}", axis.id)).unwrap_or_default()
            } else {
                said.but(&[("team", &axis.id), ("rows", ""), ("rows_from", ""), ("columns_from", "")])
            },
            people: axis.people,
            cells: columns.clone().map(|_| empty()).collect(),
        })
        .collect();
    for cell in &map.cells {
        let (Some(row), Some(column)) = (cell.row.checked_sub(rows.start), cell.column.checked_sub(columns.start))
        else {
            continue;
        };
        let (Some(axis), Some(other)) = (map.rows.get(cell.row), map.columns.get(cell.column)) else { continue };
        if let Some(place) = lines.get_mut(row).and_then(|line| line.cells.get_mut(column)) {
            *place = drawn(shown, said, map, cell, (axis, other), at);
        }
    }
    lines
}

fn drawn(
    shown: &Shown,
    said: &Said,
    map: &map::HoldersMap,
    cell: &map::Cell,
    (row, column): (&map::Axis, &map::Axis),
    at: &str,
) -> MapCell {
    let single = cell.grant.is_some();
    // Where the cell tells a count, its row and its column say of what.
    let title = if single {
        shown.teller.plain(if cell.effective > 0 { "map-effective" } else { "map-held-back" })
    } else {
        String::new()
    };
    let level = if cell.effective == 0 {
        "h".to_owned()
    } else {
        (1 + (4 * cell.effective - 1) / row.people.max(1)).clamp(1, 5).to_string()
    };
    let text = match (single, cell.effective) {
        (true, 0) => "◐".to_owned(),
        (true, _) => "●".to_owned(),
        (false, 0) => cell.held_back.to_string(),
        (false, count) => count.to_string(),
    };
    let more = !single && cell.effective > 0 && cell.held_back > 0;
    let href = match (cell.grant, map.by) {
        (Some(grant), _) => address(&format!("/holders/{grant}"), &[("at", at)]),
        (None, (Rows::Teams, Columns::Warehouses)) => said.but(&[
            ("team", &row.id),
            ("warehouse", &column.id),
            ("rows", ""),
            ("rows_from", ""),
            ("columns_from", ""),
        ]),
        (None, (Rows::Teams, Columns::Roles)) => {
            said.but(&[("team", &row.id), ("role", &column.id), ("rows", ""), ("rows_from", ""), ("columns_from", "")])
        }
        (None, (Rows::People, _)) => said.but(&[("warehouse", &column.id), ("columns_from", "")]),
    };
    // Its values are percent-encoded: only what joins them is a sign of HTML.
    let href = href.replace('&', "&amp;");
    MapCell { level, said: text, more: if more { format!("+{}", cell.held_back) } else { String::new() }, title, href }
}
