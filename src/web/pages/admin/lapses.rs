//! `/lapses`: what is to end, month by month and day by day.

use super::{
    reports::drawn,
    shown::{Shown, address, correctable, team_label, wrong},
};
use crate::{
    actions::{
        list_holders::may_ask,
        read_report::{self, Opened},
    },
    base::{clock::Time, paging::Paging, refusal::Fault, text::Slug},
    reports::{asked::Ask, report::Report, rows::lapses::End},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::BodyRefusal, instants},
        views::{
            Choice, FieldError,
            lapses::{Day, LapseFilter, Lapses, Month, Week},
            reports::Line,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Query, ServiceConfig, get},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Lines below the calendar; the report has all of them.
const PAGE: usize = 50;
/// Months on the strip.
const MONTHS: i8 = 12;
/// How high the highest bar of the strip is.
const HIGHEST: i64 = 40;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/lapses", get().to(show));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Said {
    team: String,
    role: String,
    kind: String,
    /// `2027-03`
    month: String,
    /// `2027-03-13`
    day: String,
    /// The zone whose days these are; the reader's unless another is said, and always said where a month or a day is.
    zone: String,
}

/// The days that are looked at, in one zone.
struct Look {
    zone: TimeZone,
    today: Date,
    /// The first day of the month.
    month: Date,
    /// The day that is listed.
    day: Option<Date>,
}

impl Look {
    fn of(said: &Said, now: Time) -> Result<Self, (Fault, &'static str)> {
        let bad = |field: &'static str| (Fault::from(BodyRefusal::Field { field }), field);
        let zone = TimeZone::get(&said.zone).map_err(|_| bad("zone"))?;
        let today = now.timestamp().to_zoned(zone.clone()).date();
        let day = match said.day.as_str() {
            "" => None,
            text => Some(text.parse::<Date>().map_err(|_| bad("day"))?),
        };
        let month = match (day, said.month.as_str()) {
            (Some(day), _) => day.first_of_month(),
            (None, "") => today.first_of_month(),
            (None, text) => format!("{text}-01").parse::<Date>().map_err(|_| bad("month"))?,
        };
        Ok(Self { zone, today, month, day })
    }

    /// The first instant of a day.
    fn begin(&self, day: Date) -> Time {
        let zoned = day.to_zoned(self.zone.clone());
        zoned.map_or(Time::from_micros(0), |zoned| Time::from_micros(zoned.timestamp().as_microsecond()))
    }

    /// The day of an instant.
    fn day_of(&self, at: Time) -> Date {
        at.timestamp().to_zoned(self.zone.clone()).date()
    }

    /// From when until when the lines are listed.
    fn listed(&self) -> (Time, Time) {
        let (first, next) = match self.day {
            Some(day) => (day, day.saturating_add(1.day())),
            None => (self.month, self.month.saturating_add(1.month())),
        };
        (self.begin(first), self.begin(next))
    }

    /// The strip begins in the present month, or in the one that is looked at where that is before.
    fn strip(&self) -> Date {
        self.today.first_of_month().min(self.month)
    }
}

/// How many certificates and grants end.
type Counts = BTreeMap<Date, (i64, i64)>;

async fn show(caller: Caller, desk: Data<Desk>, said: Query<Said>) -> Result<HttpResponse, Failure> {
    // A day is another stretch of time in another zone: the address says in which one it is meant.
    if let Some(onward) = instants::zoned(&caller, &["month", "day"]) {
        return Ok(onward);
    }
    let mut said = said.into_inner();
    let own = if TimeZone::get(&caller.zone).is_ok() { caller.zone.as_str() } else { "UTC" };
    if said.zone.is_empty() {
        own.clone_into(&mut said.zone);
    }
    let (look, faulty) = match Look::of(&said, desk.app.now()) {
        Ok(look) => (look, None),
        Err(fault) => {
            own.clone_into(&mut said.zone);
            let plain = Said { zone: own.to_owned(), ..Said::default() };
            (Look::of(&plain, desk.app.now()).map_err(|(fault, _)| fault)?, Some(fault))
        }
    };
    let read = match faulty {
        Some(fault) => Err(fault),
        None => read(&desk, &caller, &said, &look).await,
    };
    match read {
        Ok((opened, ends)) => {
            desk.page(&caller, view(&desk, &caller, &said, &look, Some(opened), &ends, Vec::new())?).await
        }
        Err((fault, field)) => {
            let (refused, text, status) = correctable(&desk, &caller, fault)?;
            // Whoever may not see it at all is told so, and not that a filter is wrong.
            may_ask(&desk.app, &caller.actor, "read_report", "reports/lapses".to_owned(), true).await?;
            let field = match refused.code {
                "no-such-role" => "role",
                "no-such-team" => "team",
                _ => field,
            };
            let status = if status == StatusCode::NOT_FOUND { StatusCode::OK } else { status };
            let view = view(&desk, &caller, &said, &look, None, &[], wrong(field, text))?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn read(
    desk: &Desk,
    caller: &Caller,
    said: &Said,
    look: &Look,
) -> Result<(Opened, Vec<End>), (Fault, &'static str)> {
    let bad = |field: &'static str| (Fault::from(BodyRefusal::Field { field }), field);
    let (from, until) = look.listed();
    let ask = Ask {
        role: match said.role.as_str() {
            "" => None,
            text => Some(text.parse::<Slug>().map_err(|_| bad("role"))?),
        },
        team: Some(said.team.clone()).filter(|team| !team.is_empty()),
        kind: match said.kind.as_str() {
            "" => None,
            kind @ ("certificate" | "grant") => Some(kind.to_owned()),
            _ => return Err(bad("kind")),
        },
        from: Some(from),
        until: Some(until),
        ..Ask::default()
    };
    let (app, actor) = (&desk.app, &caller.actor);
    let opened = read_report::open_report(app, actor, Report::Lapses, ask, Paging::first(PAGE), "page").await;
    let opened = opened.map_err(|fault| (fault, ""))?;
    let strip = look.strip();
    let after = strip.saturating_add(i32::from(MONTHS).months()).max(look.month.saturating_add(1.month()));
    let ends = read_report::lapse_calendar(app, actor, &opened, look.begin(strip), look.begin(after)).await;
    Ok((opened, ends.map_err(|fault| (fault, ""))?))
}

fn view(
    desk: &Desk,
    caller: &Caller,
    said: &Said,
    look: &Look,
    opened: Option<Opened>,
    ends: &[End],
    errors: Vec<FieldError>,
) -> Result<Lapses, Failure> {
    let shown = Shown::of(desk, caller)?;
    let mut by_day: Counts = BTreeMap::new();
    for end in ends {
        let counts = by_day.entry(look.day_of(end.at)).or_default();
        if end.kind == "grant" {
            counts.1 += end.count;
        } else {
            counts.0 += end.count;
        }
    }
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let any = |key: &str| choice("", shown.teller.plain(key));
    let email = caller.actor.signed()?.person.email.clone();
    let roles = shown.content.catalogue.roles.values();
    let open = roles.filter(|role| shown.oversees || role.is_owned_by(&email));
    let first = if shown.oversees { "any-role" } else { "report-choose-role" };
    let roles =
        std::iter::once(any(first)).chain(open.map(|role| choice(role.id.as_str(), role.name.clone()))).collect();
    let mut teams = vec![any("any-team")];
    teams.extend(opened.iter().flat_map(|opened| &opened.teams).map(|team| choice(team, team_label(team))));
    let kinds = [("", "lapses-both"), ("certificate", "lapses-certificates"), ("grant", "lapses-grants")];
    let (from, until) = look.listed();
    let (from, until) = (from.to_string(), until.to_string());
    let asked = [
        ("team", said.team.as_str()),
        ("role", said.role.as_str()),
        ("kind", said.kind.as_str()),
        ("from", from.as_str()),
        ("until", until.as_str()),
    ];
    let report = |path: &str, format: &str| {
        let mut query = asked.to_vec();
        query.push(("format", format));
        address(path, &query)
    };
    let columns = Report::Lapses.columns();
    let head: Vec<String> =
        columns.iter().map(|column| shown.teller.plain(&format!("report-column-{}", column.name))).collect();
    let more = opened.as_ref().is_some_and(|opened| opened.lines.next.is_some());
    let lines = opened.map_or_else(Vec::new, |opened| opened.lines.items);
    let lines = lines
        .into_iter()
        .map(|line| Line {
            cells: columns
                .iter()
                .zip(&head)
                .zip(line)
                .map(|((column, title), cell)| drawn(&shown, column, title, "", cell))
                .collect(),
        })
        .collect();
    let month = month_name(&shown, look.month);
    Ok(Lapses {
        filter: LapseFilter {
            team: said.team.clone(),
            role: said.role.clone(),
            kind: said.kind.clone(),
            month: month_word(look.month),
            zone: said.zone.clone(),
        },
        teams,
        roles,
        kinds: kinds.map(|(value, key)| choice(value, shown.teller.plain(key))).to_vec(),
        months: strip(&shown, said, look, &by_day),
        weekdays: (1..=7).map(|day| shown.teller.plain(&format!("weekday-{day}"))).collect(),
        weeks: weeks(&shown, said, look, &by_day),
        listed: look.day.map_or_else(
            || shown.teller.say("lapses-month", &[("month", month.clone().into())]),
            |day| day_name(&shown, said, look, day),
        ),
        day: look.day.is_some(),
        whole: link(said, &month_word(look.month), ""),
        month,
        head,
        lines,
        more: more.then(|| report("/reports/lapses", "")),
        csv: report("/api/v1/reports/lapses", "csv"),
        json: report("/api/v1/reports/lapses", ""),
        start: "/lapses".to_owned(),
        filtered: [&said.team, &said.role, &said.kind].iter().any(|said| !said.is_empty()),
        errors,
    })
}

/// `2027-03`
fn month_word(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// March 2027, in the reader's language.
fn month_name(shown: &Shown, month: Date) -> String {
    let name = shown.teller.plain(&format!("month-{}", month.month()));
    shown.teller.say("month-of", &[("month", name.into()), ("year", month.year().to_string().into())])
}

/// 13 Mar 2027, in the reader's language: the day as it is called where it is one.
fn day_name(shown: &Shown, said: &Said, look: &Look, day: Date) -> String {
    let mut teller = shown.teller.clone();
    teller.zone.clone_from(&said.zone);
    teller.day(look.begin(day))
}

fn link(said: &Said, month: &str, day: &str) -> String {
    let kept = [
        ("team", said.team.as_str()),
        ("role", said.role.as_str()),
        ("kind", said.kind.as_str()),
        ("month", if day.is_empty() { month } else { "" }),
        ("day", day),
        ("zone", said.zone.as_str()),
    ];
    address("/lapses", &kept)
}

fn strip(shown: &Shown, said: &Said, look: &Look, by_day: &Counts) -> Vec<Month> {
    let first = look.strip();
    let months: Vec<(Date, i64, i64)> = (0..MONTHS)
        .map(|place| {
            let month = first.saturating_add(i32::from(place).months());
            let days = by_day.range(month..=month.last_of_month());
            let (certificates, grants) = days.fold((0, 0), |sum, (_, counts)| (sum.0 + counts.0, sum.1 + counts.1));
            (month, certificates, grants)
        })
        .collect();
    let most = months.iter().map(|(_, certificates, grants)| *certificates.max(grants)).max().unwrap_or(0).max(1);
    // What is there is seen, however little it is.
    let height = |count: i64| if count == 0 { 0 } else { (count * HIGHEST / most).max(2) };
    let drawn = months.into_iter().map(|(month, certificates, grants)| Month {
        label: month_name(shown, month),
        href: link(said, &month_word(month), ""),
        current: month == look.month,
        certificate_height: height(certificates),
        grant_height: height(grants),
        certificate_top: 2 + HIGHEST - height(certificates),
        grant_top: 2 + HIGHEST - height(grants),
        certificates,
        grants,
    });
    drawn.collect()
}

fn weeks(shown: &Shown, said: &Said, look: &Look, by_day: &Counts) -> Vec<Week> {
    let before = i32::from(look.month.weekday().to_monday_zero_offset());
    let mut day = look.month.saturating_sub(before.days());
    let last = look.month.last_of_month();
    let mut weeks = Vec::new();
    while day <= last {
        let mut days = Vec::new();
        for _ in 0..7 {
            days.push(if day.first_of_month() == look.month {
                one(shown, said, look, by_day, day)
            } else {
                Day::default()
            });
            day = day.saturating_add(1.day());
        }
        weeks.push(Week { days });
    }
    weeks
}

fn one(shown: &Shown, said: &Said, look: &Look, by_day: &Counts, day: Date) -> Day {
    let (certificates, grants) = by_day.get(&day).copied().unwrap_or_default();
    Day {
        number: Some(i64::from(day.day())),
        label: day_name(shown, said, look, day),
        href: if certificates + grants > 0 { link(said, "", &day.to_string()) } else { String::new() },
        today: day == look.today,
        current: look.day == Some(day),
        certificates,
        grants,
    }
}
