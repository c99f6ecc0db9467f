//! Reading a report: what was asked is settled and answered as of its moment, and the reading is noted before anything is shown.

use super::{
    About,
    list_holders::{find_person, known, may_read},
    look_at,
    note_audit_read::{self, note_audit_read},
};
use crate::{
    app::App,
    base::{
        clock::{Tense, Time},
        paging::{Listing, Paging},
        refusal::Fault,
    },
    db::Reading,
    identity::{self, actor::Actor, person::Person},
    reports::{
        asked::{Ask, Asked},
        cell::{Figure, Line},
        report::{Parameter, Report},
        rows::{self, Part},
    },
    tokens::{refusal::OauthRefusal, rows::knows_client},
};
use serde_json::{Map, Value, json};

/// A report that was opened: its reading is in the log.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it was asked.
    pub asked: Asked,
    /// Where the moment stood when it was asked.
    pub tense: Tense,
    /// The person it was asked about.
    pub person: Option<Person>,
    /// Every team there is, to choose from.
    pub teams: Vec<String>,
    /// What is worth knowing of the whole answer.
    pub figures: Vec<Figure>,
    /// The first lines, or those from the cursor on.
    pub lines: Listing<Line>,
}

/// Where the next lines of a report begin: the cursor holds the moment, too, so that all pages are of one piece.
fn key(asked: &Asked, line: &str) -> String {
    format!("{}|{}|{line}", asked.report.number(), asked.at.micros())
}

/// The moment and the line of a cursor of this report.
#[must_use]
pub fn resume(report: Report, key: &str) -> Option<(Time, &str)> {
    let (number, rest) = key.split_once('|')?;
    let (at, line) = rest.split_once('|')?;
    (number == report.number().to_string()).then_some((Time::from_micros(at.parse().ok()?), line))
}

/// Opens a report for auditors and admins, or for the owners of the role that it is asked about where it is one for them.
///
/// # Errors
/// The actor is none of these, the report lacks something or is told too much, a person, a role or a tool is unknown, or the database
/// is away: also where only the note of this reading can not be written.
pub async fn open_report(
    app: &App,
    actor: &Actor,
    report: Report,
    ask: Ask,
    paging: Paging,
    format: &'static str,
) -> Result<Opened, Fault> {
    let from = paging.after.as_deref().and_then(|key| resume(report, key));
    let (named, now) = (ask.at.or(from.map(|(at, _)| at)), app.now());
    let (at, tense) = (named.unwrap_or(now), Tense::of(named, now));
    let role = ask.role.clone();
    let may = if report.for_owners() { may_read(app, actor, role.as_ref()) } else { whole(actor) };
    let mut about = About::nothing().named(format!("reports/{}", report.word()));
    if let Some(role) = &role {
        about = about.role(role);
    }
    let told = said(&ask, format);
    let opened = look_at(app, actor, "read_report", about, at, move |r| {
        may?;
        ask.fits(report)?;
        known(r, ask.role.as_ref(), None, ask.team.as_deref())?;
        if let Some(client) = &ask.client
            && !knows_client(r, client)?
        {
            return Err(OauthRefusal::NoSuchClient.into());
        }
        let person = match ask.person.as_deref().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(find_person(r, text)?),
            None => None,
        };
        let asked = Asked::settle(report, &ask, person, at);
        answer(r, asked, tense, &paging)
    })
    .await?;
    let reading = note_audit_read::Reading {
        part: format!("reports/{}", report.word()),
        person: opened.asked.person,
        role,
        roles: Vec::new(),
        asked: told,
    };
    note_audit_read(app, actor, reading).await?;
    Ok(opened)
}

/// The next lines of a report that was opened, under the note that is in the log already.
///
/// # Errors
/// The actor may not read it any more, or the database is away.
pub async fn go_on(app: &App, actor: &Actor, opened: &Opened, paging: Paging) -> Result<Listing<Line>, Fault> {
    let asked = opened.asked.clone();
    let report = asked.report;
    let may = if report.for_owners() { may_read(app, actor, asked.role.as_ref()) } else { whole(actor) };
    let about = About::nothing().named(format!("reports/{}", report.word()));
    look_at(app, actor, "read_report", about, asked.at, move |r| {
        may?;
        page(r, &asked, &paging)
    })
    .await
}

/// When everything ends that a report of lapses was asked about, from one instant until another: for the calendar beside it.
///
/// # Errors
/// As [`go_on`].
pub async fn lapse_calendar(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    from: Time,
    until: Time,
) -> Result<Vec<rows::lapses::End>, Fault> {
    let asked = Asked { from, until, ..opened.asked.clone() };
    let may = may_read(app, actor, asked.role.as_ref());
    look_at(app, actor, "read_report", About::nothing().named("reports/lapses"), asked.at, move |r| {
        may?;
        Ok(rows::lapses::calendar(r, &asked)?)
    })
    .await
}

fn whole(actor: &Actor) -> Result<(), Fault> {
    actor.as_auditor()?;
    Ok(())
}

fn answer(r: &mut Reading<'_>, asked: Asked, tense: Tense, paging: &Paging) -> Result<Opened, Fault> {
    let person = match asked.person {
        Some(id) => identity::rows::person(r, id)?,
        None => None,
    };
    let after = paging.after.as_deref().and_then(|key| resume(asked.report, key)).map(|(_, line)| line);
    let (found, figures) = rows::answer(r, &asked, Part { after, most: paging.limit })?;
    let lines = listed(found, &asked, paging);
    let teams = identity::rows::all_teams(r)?;
    Ok(Opened { figures, person, teams, lines, asked, tense })
}

fn page(r: &mut Reading<'_>, asked: &Asked, paging: &Paging) -> Result<Listing<Line>, Fault> {
    let after = paging.after.as_deref().and_then(|key| resume(asked.report, key)).map(|(_, line)| line);
    let found = rows::lines(r, asked, Part { after, most: paging.limit })?;
    Ok(listed(found, asked, paging))
}

fn listed(found: rows::Page, asked: &Asked, paging: &Paging) -> Listing<Line> {
    // One more than the page holds tells the listing that there are further ones.
    let more = found.more.then(|| (String::new(), Line::new()));
    let lines = found.lines.into_iter().chain(more).collect();
    let listing = Listing::cut(lines, paging, |(line, _): &(String, Line)| key(asked, line));
    listing.map(|(_, line)| line)
}

/// What was asked, for the log.
fn said(ask: &Ask, format: &str) -> Value {
    let said = Parameter::ALL.iter().filter_map(|parameter| {
        let value = match parameter {
            Parameter::Person => ask.person.clone().filter(|text| !text.trim().is_empty()).map(Value::from),
            Parameter::Role => ask.role.as_ref().map(|role| json!(role)),
            Parameter::At => ask.at.map(|at| json!(at)),
            Parameter::From => ask.from.map(|at| json!(at)),
            Parameter::Until => ask.until.map(|at| json!(at)),
            Parameter::Days => ask.days.map(|days| json!(days)),
            Parameter::Client => ask.client.as_ref().map(|client| json!(client)),
            Parameter::Address => ask.address.as_ref().map(|address| json!(address)),
            Parameter::Team => ask.team.as_ref().map(|team| json!(team)),
            Parameter::Kind => ask.kind.as_ref().map(|kind| json!(kind)),
        };
        Some((parameter.word().to_owned(), value?))
    });
    Value::Object(said.chain([("format".to_owned(), json!(format))]).collect::<Map<_, _>>())
}
