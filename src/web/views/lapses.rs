//! What is to end, as a calendar: a strip of months, the days of one of them, and the lines of a day.

use super::{
    Choice, FieldError, Sample, Title, View,
    holders::choices,
    reports::{Cell, Line},
    sample_at,
};
use serde::Serialize;

/// `/lapses`
#[derive(Debug, Clone, Serialize)]
pub struct Lapses {
    /// The filters as they were asked for.
    pub filter: LapseFilter,
    /// Teams to choose from.
    pub teams: Vec<Choice>,
    /// Roles to choose from.
    pub roles: Vec<Choice>,
    /// Kinds to choose from.
    pub kinds: Vec<Choice>,
    /// The strip: one month after the other.
    pub months: Vec<Month>,
    /// What the month that is looked at is called.
    pub month: String,
    /// The days of the week, as the month's head.
    pub weekdays: Vec<String>,
    /// The month's weeks.
    pub weeks: Vec<Week>,
    /// What is listed: a day, or the whole month.
    pub listed: String,
    /// Whether that is a day.
    pub day: bool,
    /// The whole month's address, where a day is looked at.
    pub whole: String,
    /// What the columns are called.
    pub head: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
    /// The report with every line, where these are not all.
    pub more: Option<String>,
    /// The same lines as CSV.
    pub csv: String,
    /// The same lines as JSON.
    pub json: String,
    /// The calendar without filters.
    pub start: String,
    /// Whether any filter is set.
    pub filtered: bool,
    /// What is wrong with the filters.
    pub errors: Vec<FieldError>,
}

/// The filters; each may be empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LapseFilter {
    pub team: String,
    pub role: String,
    /// `certificate`, `grant` or empty.
    pub kind: String,
    /// `2027-03`.
    pub month: String,
    /// The zone whose days these are.
    pub zone: String,
}

/// A month of the strip.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// What it is called.
    pub label: String,
    /// Its calendar.
    pub href: String,
    /// Whether it is the one that is looked at.
    pub current: bool,
    /// How many certificates end in it.
    pub certificates: i64,
    /// How many grants.
    pub grants: i64,
    /// How high their bars are drawn, out of 40.
    pub certificate_height: i64,
    /// Where they begin, from above.
    pub certificate_top: i64,
    pub grant_top: i64,
    pub grant_height: i64,
}

/// A week.
#[derive(Debug, Clone, Serialize)]
pub struct Week {
    /// Seven days.
    pub days: Vec<Day>,
}

/// A day.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Day {
    /// Its number; none where the week reaches into another month.
    pub number: Option<i64>,
    /// What it is called in full.
    pub label: String,
    /// Its lines; empty where nothing ends.
    pub href: String,
    /// Whether it is today.
    pub today: bool,
    /// Whether it is the one that is listed.
    pub current: bool,
    /// How many certificates end on it.
    pub certificates: i64,
    /// How many grants.
    pub grants: i64,
}

impl View for Lapses {
    const TEMPLATE: &'static str = "reports/lapses";
    const NAV: &'static str = "lapses";

    fn title(&self) -> Title {
        Title::of("lapses-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("lapses", &sample()), Sample::of("lapses-empty", &sample_empty())]
}

/// A spring with a busy April.
#[must_use]
pub fn sample() -> Lapses {
    let names = [
        "Mar 2027", "Apr 2027", "May 2027", "Jun 2027", "Jul 2027", "Aug 2027", "Sep 2027", "Oct 2027", "Nov 2027",
        "Dec 2027", "Jan 2028", "Feb 2028",
    ];
    let month = |(place, name): (usize, &&str)| {
        let n = i64::try_from((place * 7 + 3) % 12).unwrap_or_default();
        Month {
            label: (*name).into(),
            href: "/lapses?month=2027-04".into(),
            current: place == 1,
            certificates: 11 * n,
            grants: 17 * (12 - n),
            certificate_height: 2 * n,
            grant_height: 3 * (12 - n),
            certificate_top: 42 - 2 * n,
            grant_top: 42 - 3 * (12 - n),
        }
    };
    let day = |number: i64| {
        let on = (1..=30).contains(&number);
        let busy = on && number % 3 != 0;
        Day {
            number: on.then_some(number),
            label: format!("{number} Apr 2027"),
            href: if busy { "/lapses?day=2027-04-12".into() } else { String::new() },
            today: number == 2,
            current: number == 13,
            certificates: if busy { number % 5 } else { 0 },
            grants: if busy { number % 7 } else { 0 },
        }
    };
    let cell = |label: &str, kind: &str, said: &str| Cell {
        label: label.into(),
        kind: kind.into(),
        said: said.into(),
        ..Cell::default()
    };
    let line = |n: i64, name: &str, carried: bool| Line {
        cells: vec![
            Cell { at: Some(sample_at(24 * 30 + n)), ..cell("When", "moment", "") },
            cell("Kind", "text", "Certificate"),
            Cell { small: "ana@example.com".into(), ..cell("Person", "person", name) },
            cell("Certification", "text", "data-foundations"),
            cell("Role", "none", ""),
            cell("Carried on", if carried { "yes" } else { "no" }, if carried { "Yes" } else { "No" }),
            cell("Record", "thing", "crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f"),
        ],
    };
    Lapses {
        filter: LapseFilter { month: "2027-04".into(), zone: "Europe/Paris".into(), ..LapseFilter::default() },
        teams: choices(&[("", "Any team"), ("pricing", "Pricing")]),
        roles: choices(&[("", "Any role"), ("analyst", "ANALYST")]),
        kinds: choices(&[("", "Both"), ("certificate", "Certificates"), ("grant", "Grants")]),
        months: names.iter().enumerate().map(month).collect(),
        month: "April 2027".into(),
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(str::to_owned).to_vec(),
        weeks: (0..5).map(|week| Week { days: (0..7).map(|weekday| day(week * 7 + weekday - 2)).collect() }).collect(),
        listed: "13 Apr 2027".into(),
        day: true,
        whole: "/lapses?month=2027-04".into(),
        head: ["When", "Kind", "Person", "Certification", "Role", "Carried on", "Record"].map(str::to_owned).to_vec(),
        lines: vec![line(1, "Ana Ruiz", true), line(2, "Hugo Lambert", false)],
        more: Some("/reports/lapses".into()),
        csv: "/api/v1/reports/lapses?format=csv".into(),
        json: "/api/v1/reports/lapses".into(),
        start: "/lapses".into(),
        filtered: false,
        errors: vec![],
    }
}

/// Nothing ends.
#[must_use]
pub fn sample_empty() -> Lapses {
    Lapses {
        lines: vec![],
        more: None,
        filtered: true,
        errors: vec![FieldError { field: "team".into(), text: "There is no team x.".into() }],
        ..sample()
    }
}
