//! The map of who holds what: teams or people by warehouses or roles, a table whose cells are shaded.

use super::{Choice, FieldError, Sample, Title, View, holders::choices, sample_at};
use serde::Serialize;

/// `/holders/map`
#[derive(Debug, Clone, Serialize)]
pub struct HoldersMap {
    /// The filters as they were asked for.
    pub filter: MapFilter,
    /// Teams to choose from.
    pub teams: Vec<Choice>,
    /// Warehouses to choose from.
    pub warehouses: Vec<Choice>,
    /// Roles to choose from.
    pub roles: Vec<Choice>,
    /// What the rows may be.
    pub by: Vec<Choice>,
    /// How they may be ordered.
    pub orders: Vec<Choice>,
    /// The moment asked about, where it is not now.
    pub as_of: Option<i64>,
    /// The same to the microsecond, in UTC; else empty.
    pub exact: String,
    /// Whether that is to come.
    pub ahead: bool,
    /// Whether the teams of today were taken for another moment.
    pub team_today: bool,
    /// Whether more is held than it is drawn from.
    pub cut: bool,
    /// `teams` or `people`.
    pub rows_are: String,
    /// What the columns are called.
    pub columns: Vec<Head>,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// From which row to which, of how many.
    pub shown: Span,
    /// The same of the columns.
    pub across: Span,
    /// One page up, down, to the left and to the right.
    pub up: Option<String>,
    pub down: Option<String>,
    pub left: Option<String>,
    pub right: Option<String>,
    /// The whole company by teams.
    pub start: String,
    /// The same map, all of it, as CSV.
    pub csv: String,
    /// The same as JSON.
    pub json: String,
    /// The same on the command line.
    pub command: String,
    /// The same rights as lines of the holders' list.
    pub list: String,
    /// Whether any filter is set.
    pub filtered: bool,
    /// What is wrong with the filters.
    pub errors: Vec<FieldError>,
}

/// The filters; each may be empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MapFilter {
    pub team: String,
    pub warehouse: String,
    pub role: String,
    /// The moment, as `2027-03-01T09:00` in the reader's zone.
    pub as_of: String,
    /// `teams`, `people` or empty.
    pub rows: String,
    /// `name` or `likeness`.
    pub order: String,
}

/// Some of so many, counted from one.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Span {
    pub first: usize,
    pub last: usize,
    pub of: usize,
}

/// The head of a column.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// What it is called.
    pub label: String,
    /// Where it leads: nearer, or to the list.
    pub href: String,
    /// How many people hold anything there.
    pub people: i64,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// Where it leads; may be empty.
    pub href: String,
    /// How many people hold anything there.
    pub people: i64,
    /// A cell a column.
    pub cells: Vec<MapCell>,
}

/// A cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MapCell {
    /// `0` where nobody holds anything; `1` to `5` by the share of the row for whom it was in effect; `h` where it was held back
    /// for everybody.
    pub level: String,
    /// What stands in it; may be empty.
    pub said: String,
    /// How many were held back beside those, as `+2`; may be empty.
    pub more: String,
    /// What that means, in words, where it is a sign; else empty.
    pub title: String,
    /// Where it leads, as HTML takes it.
    pub href: String,
}

impl View for HoldersMap {
    const TEMPLATE: &'static str = "holders/map";
    const NAV: &'static str = "holders";

    fn title(&self) -> Title {
        Title::of("map-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("holders-map", &sample_teams()),
        Sample::of("holders-map-people", &sample_people()),
        Sample::of("holders-map-empty", &sample_empty()),
    ]
}

fn cell(level: &str, said: &str, more: &str) -> MapCell {
    MapCell {
        level: level.into(),
        said: said.into(),
        more: more.into(),
        title: String::new(),
        href: "?team=a&amp;role=b".into(),
    }
}

fn head(label: &str, people: i64) -> Head {
    Head { label: label.into(), href: "?warehouse=x".into(), people }
}

/// Teams by roles.
#[must_use]
pub fn sample_teams() -> HoldersMap {
    let names = [
        "Customer data",
        "Pricing",
        "Finance",
        "Marketplace",
        "Logistics",
        "IT",
        "Returns",
        "Search",
        "Payments",
        "Fraud",
        "Warehouse floor",
        "In no team",
    ];
    let roles = [
        "ANALYST",
        "CUSTOMER_CARE",
        "price_watcher",
        "RETURNS_DESK",
        "finance_read",
        "finance_close",
        "fraud_signals",
        "search_logs",
        "payments_ops",
        "stock_levels",
        "carrier_rates",
        "hr_restricted",
    ];
    let row = |(place, name): (usize, &&str)| Row {
        label: (*name).into(),
        href: "?team=a".into(),
        people: 12 + 7 * i64::try_from(place).unwrap_or_default(),
        cells: (0..roles.len())
            .map(|column| match (place * 5 + column * 3) % 11 {
                0 => cell("5", "41", ""),
                1 => cell("4", "23", "+2"),
                2 => cell("3", "12", ""),
                3 => cell("2", "6", "+1"),
                4 => cell("1", "1", ""),
                5 if place % 3 == 0 => cell("h", "3", ""),
                _ => MapCell { level: "0".into(), ..MapCell::default() },
            })
            .collect(),
    };
    HoldersMap {
        filter: MapFilter { rows: "teams".into(), order: "name".into(), ..MapFilter::default() },
        teams: choices(&[("", "Any team"), ("pricing", "Pricing")]),
        warehouses: choices(&[("", "Any warehouse"), ("marketplace", "Marketplace warehouse")]),
        roles: choices(&[("", "Any role"), ("analyst", "ANALYST")]),
        by: choices(&[("", "As it fits"), ("teams", "Teams"), ("people", "People")]),
        orders: choices(&[("name", "By name"), ("likeness", "Who holds the same together")]),
        as_of: None,
        exact: String::new(),
        ahead: false,
        team_today: false,
        cut: false,
        rows_are: "teams".into(),
        columns: roles.iter().zip(1..).map(|(name, n)| head(name, 7 * n)).collect(),
        rows: names.iter().enumerate().map(row).collect(),
        shown: Span { first: 1, last: 12, of: 12 },
        across: Span { first: 1, last: 12, of: 31 },
        up: None,
        down: None,
        left: None,
        right: Some("?columns_from=12".into()),
        start: "/holders/map".into(),
        csv: "/api/v1/holders/map?format=csv".into(),
        json: "/api/v1/holders/map".into(),
        command: "habilis holders --map --format csv".into(),
        list: "/holders".into(),
        filtered: false,
        errors: vec![],
    }
}

/// The people of a team by roles, as of a moment.
#[must_use]
pub fn sample_people() -> HoldersMap {
    let all = sample_teams();
    let people = ["Ana Ruiz", "Claire Petit", "Hugo Lambert", "Inès Ferrer", "Marta Soler", "Nadia Benali"];
    let row = |(place, name): (usize, &&str)| Row {
        label: (*name).into(),
        href: "/people/per_1".into(),
        people: 1,
        cells: (0..all.columns.len())
            .map(|column| match (place / 2 + column) % 4 {
                0 => MapCell { title: "In effect".into(), ..cell("5", "●", "") },
                1 if place == 3 => MapCell { title: "Held back".into(), ..cell("h", "◐", "") },
                _ => MapCell { level: "0".into(), ..MapCell::default() },
            })
            .collect(),
    };
    HoldersMap {
        filter: MapFilter { team: "pricing".into(), as_of: "2027-03-01T09:00".into(), ..MapFilter::default() },
        rows: people.iter().enumerate().map(row).collect(),
        as_of: Some(sample_at(-288)),
        exact: "2027-03-01T08:30:00Z".into(),
        team_today: true,
        rows_are: "people".into(),
        shown: Span { first: 1, last: 6, of: 64 },
        down: Some("?rows_from=6".into()),
        filtered: true,
        ..all
    }
}

/// Nobody holds anything.
#[must_use]
pub fn sample_empty() -> HoldersMap {
    HoldersMap {
        rows: vec![],
        columns: vec![],
        shown: Span::default(),
        across: Span::default(),
        right: None,
        filtered: true,
        errors: vec![FieldError { field: "team".into(), text: "There is no team x.".into() }],
        ..sample_teams()
    }
}
