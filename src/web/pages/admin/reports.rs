//! `/reports`: the auditor's questions, and each with its answer as of a moment.

use super::{
    role_choices::role_choices,
    shown::{Shown, actor, address, correctable, field_of, wrong},
};
use crate::{
    actions::{
        list_holders::may_ask,
        read_report::{self, Opened},
    },
    base::{
        clock::{Tense, Time},
        paging::Paging,
        refusal::Fault,
        text::Slug,
    },
    reports::{
        asked::{Ask, MOST_DAYS, PERIOD_DAYS, UNUSED_DAYS},
        cell::{Cell, Someone},
        refusal::ReportRefusal,
        report::{Column, Kind, Need, Parameter, Report},
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::BodyRefusal, instants, render},
        views::{
            Choice, FieldError,
            reports::{self as views, Answer, AskField, ReportLine, Reports},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query, ServiceConfig, get},
};
use serde::Deserialize;

/// Lines on a page.
const PAGE: usize = 50;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/reports", get().to(list)).route("/reports/{name}", get().to(show));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Said {
    person: String,
    role: String,
    #[serde(alias = "as_of")]
    at: String,
    from: String,
    until: String,
    days: String,
    client: String,
    address: String,
    team: String,
    kind: String,
    cursor: String,
}

impl Said {
    fn of(&self, parameter: Parameter) -> &str {
        match parameter {
            Parameter::Person => &self.person,
            Parameter::Role => &self.role,
            Parameter::At => &self.at,
            Parameter::From => &self.from,
            Parameter::Until => &self.until,
            Parameter::Days => &self.days,
            Parameter::Client => &self.client,
            Parameter::Address => &self.address,
            Parameter::Team => &self.team,
            Parameter::Kind => &self.kind,
        }
    }

    /// What was said, read; with a fault comes the field that it is about.
    fn read(&self, zone: &str) -> Result<Ask, (Fault, &'static str)> {
        let bad = |field: &'static str| (Fault::from(BodyRefusal::Field { field }), field);
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let instant = |text: &str, field| instants::typed(text, zone).map_err(|_| bad(field));
        Ok(Ask {
            person: some(&self.person),
            role: match self.role.as_str() {
                "" => None,
                text => Some(text.parse::<Slug>().map_err(|_| bad("role"))?),
            },
            at: instant(&self.at, "at")?,
            from: instant(&self.from, "from")?,
            until: instant(&self.until, "until")?,
            days: match self.days.trim() {
                "" => None,
                text => {
                    let days = text.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
                    Some(days.ok_or_else(|| bad("days"))?)
                }
            },
            client: some(&self.client),
            address: some(&self.address),
            team: some(&self.team),
            kind: match self.kind.as_str() {
                "" => None,
                kind @ ("certificate" | "grant") => Some(kind.to_owned()),
                _ => return Err(bad("kind")),
            },
        })
    }
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    may_ask(&desk.app, &caller.actor, "read_report", "reports".to_owned(), true).await?;
    let shown = Shown::of(&desk, &caller)?;
    let told = Report::ALL.iter().filter(|report| shown.oversees || report.for_owners());
    let reports = told
        .map(|report| ReportLine {
            number: report.number(),
            name: report.word().to_owned(),
            title: shown.teller.plain(&format!("report-title-{}", report.word())),
            question: shown.teller.plain(&format!("report-question-{}", report.word())),
        })
        .collect();
    desk.page(&caller, Reports { reports, own_roles: !shown.oversees }).await
}

async fn show(
    caller: Caller,
    desk: Data<Desk>,
    name: Path<String>,
    said: Query<Said>,
) -> Result<HttpResponse, Failure> {
    let found = Report::from_word(&name);
    let report = found.ok_or_else(|| Fault::from(ReportRefusal::NoSuchReport { name: name.clone() }))?;
    let part = format!("reports/{}", report.word());
    may_ask(&desk.app, &caller.actor, "read_report", part, report.for_owners()).await?;
    if let Some(onward) = instants::settled(&caller, &["at", "as_of", "from", "until"]) {
        return Ok(onward);
    }
    let shown = Shown::of(&desk, &caller)?;
    let said = said.into_inner();
    let roles = role_choices(&shown, &desk, &caller, &said.role).await?;
    // Until it was told what it needs, nothing is read; whoever only may ask about the own roles chooses one.
    let waits = |ask: &Ask| ask.lacks(report).is_some() || (!shown.oversees && ask.role.is_none());
    let read = match said.read(&caller.zone) {
        Ok(ask) if waits(&ask) => Ok(None),
        Ok(ask) => open(&desk, &caller, report, ask, &said.cursor).await.map(Some),
        Err(fault) => Err(fault),
    };
    match read {
        Ok(opened) => {
            let answer = opened.map(|opened| answer(&shown, report, &said, opened));
            desk.page(&caller, view(&shown, &caller, report, &roles, &said, answer, Vec::new())).await
        }
        Err((fault, field)) => {
            let (refused, text, status) = correctable(&desk, &caller, fault)?;
            let field = match refused.code {
                "no-such-role" => "role",
                "no-such-person" | "several-people" => "person",
                "no-such-client" => "client",
                "no-such-team" => "team",
                _ => field_of(&refused, field),
            };
            let status = if status == StatusCode::NOT_FOUND { StatusCode::OK } else { status };
            let view = view(&shown, &caller, report, &roles, &said, None, wrong(field, text));
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn open(
    desk: &Desk,
    caller: &Caller,
    report: Report,
    ask: Ask,
    cursor: &str,
) -> Result<Opened, (Fault, &'static str)> {
    let fits = |paging: &Paging| paging.after.as_deref().is_none_or(|key| read_report::resume(report, key).is_some());
    let paging = Paging::parse(Some(PAGE), Some(cursor)).ok().filter(fits);
    let paging = paging.ok_or_else(|| (Fault::from(BodyRefusal::Field { field: "cursor" }), "cursor"))?;
    let opened = read_report::open_report(&desk.app, &caller.actor, report, ask, paging, "page").await;
    opened.map_err(|fault| (fault, ""))
}

fn view(
    shown: &Shown,
    caller: &Caller,
    report: Report,
    roles: &[Choice],
    said: &Said,
    answer: Option<Answer>,
    errors: Vec<FieldError>,
) -> views::Report {
    let word = report.word();
    let fields = report.asks().iter().map(|asks| field(shown, caller, report, roles, said, *asks)).collect();
    views::Report {
        number: report.number(),
        name: word.to_owned(),
        title: shown.teller.plain(&format!("report-title-{word}")),
        question: shown.teller.plain(&format!("report-question-{word}")),
        means: shown.teller.plain(&format!("report-moment-{word}")),
        fields,
        answer,
        errors,
    }
}

fn field(
    shown: &Shown,
    caller: &Caller,
    report: Report,
    roles: &[Choice],
    said: &Said,
    (asked, need): (Parameter, Need),
) -> AskField {
    let value = said.of(asked).to_owned();
    let kind = match asked {
        Parameter::Person | Parameter::Client | Parameter::Address | Parameter::Team => "text",
        Parameter::Days => "number",
        Parameter::Role | Parameter::Kind => "select",
        Parameter::At | Parameter::From | Parameter::Until => "datetime-local",
    };
    let value = match instants::typed(&value, &caller.zone) {
        Ok(Some(at)) if kind == "datetime-local" => instants::field(at, &caller.zone),
        _ => value,
    };
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let mut options = Vec::new();
    if asked == Parameter::Role {
        let first = if need == Need::Must || !shown.oversees { "report-choose-role" } else { "any-role" };
        options.push(choice("", shown.teller.plain(first)));
        options.extend(roles.iter().cloned());
    }
    if asked == Parameter::Kind {
        options.push(choice("", shown.teller.plain("report-kind-any")));
        options.extend(
            ["certificate", "grant"].map(|kind| choice(kind, shown.teller.plain(&format!("report-word-lapse-{kind}")))),
        );
    }
    let hint = match asked {
        Parameter::Person => shown.teller.plain("filter-person-hint"),
        Parameter::From if report.looks_ahead() => String::new(),
        Parameter::From => shown.teller.say("report-from-hint", &[("days", PERIOD_DAYS.into())]),
        Parameter::Days => shown.teller.say("report-days-hint", &[("days", UNUSED_DAYS.into())]),
        _ => String::new(),
    };
    AskField {
        name: asked.word().to_owned(),
        kind: kind.to_owned(),
        label: shown.teller.plain(&format!("report-parameter-{}", asked.word())),
        value,
        options,
        required: need == Need::Must || (asked == Parameter::Role && !shown.oversees),
        hint,
    }
}

fn answer(shown: &Shown, report: Report, said: &Said, opened: Opened) -> Answer {
    let asked = &opened.asked;
    let path = format!("/reports/{}", report.word());
    let takes = |parameter| report.asks().iter().any(|(taken, _)| *taken == parameter);
    let kept: Vec<(&str, &str)> =
        report.asks().iter().map(|(parameter, _)| (parameter.word(), said.of(*parameter))).collect();
    let page = |cursor: &str| {
        let mut query = kept.clone();
        query.push(("cursor", cursor));
        address(&path, &query)
    };
    // Programs are told the very same moments, to the microsecond.
    let exact = |given: &str, at: Time| if given.is_empty() { String::new() } else { at.to_string() };
    let at = if takes(Parameter::At) { asked.at.to_string() } else { String::new() };
    let then = if said.at.is_empty() { "" } else { at.as_str() };
    let (from, until) = (exact(&said.from, asked.from), exact(&said.until, asked.until));
    let told = [
        ("person", said.person.trim()),
        ("role", said.role.as_str()),
        ("at", at.as_str()),
        ("from", from.as_str()),
        ("until", until.as_str()),
        ("days", said.days.trim()),
        ("client", said.client.trim()),
        ("address", said.address.trim()),
        ("team", said.team.trim()),
        ("kind", said.kind.as_str()),
    ];
    let api = |format| {
        let mut query = told.to_vec();
        query.push(("format", format));
        address(&format!("/api/v1{path}"), &query)
    };
    let options: Vec<String> = told
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!(" --{name} {}", shell(value)))
        .collect();
    let tense = match opened.tense {
        Tense::Past => "past",
        Tense::Now => "now",
        Tense::Ahead => "ahead",
    };
    let columns = report.columns();
    let titles: Vec<String> =
        columns.iter().map(|column| shown.teller.plain(&format!("report-column-{}", column.name))).collect();
    let line = |line: Vec<Cell>| views::Line {
        cells: columns
            .iter()
            .zip(&titles)
            .zip(line)
            .map(|((column, title), cell)| drawn(shown, column, title, then, cell))
            .collect(),
    };
    let figures = opened.figures.iter().map(|figure| {
        let title = shown.teller.plain(&format!("report-figure-{}", figure.name));
        let column = Column { name: figure.name, kind: Kind::Text };
        let tone = figure.good.map_or("", |good| if good { "good" } else { "bad" });
        views::Figure { cell: drawn(shown, &column, &title, then, figure.cell.clone()), title, tone: tone.to_owned() }
    });
    let about = opened.person.as_ref().map(|person| {
        let column = Column { name: "person", kind: Kind::Person };
        let someone = Someone { id: person.id, name: person.name.clone(), email: person.email.clone() };
        drawn(shown, &column, "", "", Cell::Person(someone))
    });
    Answer {
        about,
        at: asked.at.micros(),
        exact: asked.at.to_string(),
        tense: tense.to_owned(),
        from: asked.has_period().then(|| asked.from.micros()),
        until: asked.has_period().then(|| asked.until.micros()),
        figures: figures.collect(),
        head: titles.clone(),
        next: opened.lines.next.as_deref().map(page),
        first: (!said.cursor.is_empty()).then(|| page("")),
        csv: api("csv"),
        json: api(""),
        command: format!("habilis reports show {}{}", report.word(), options.concat()),
        lines: opened.lines.items.into_iter().map(line).collect(),
    }
}

/// A word as a shell takes it.
pub(super) fn shell(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '@' | '/');
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// A cell as the page draws it; what it leads to is shown as of a moment, where one was asked about.
pub(super) fn drawn(shown: &Shown, column: &Column, title: &str, at: &str, cell: Cell) -> views::Cell {
    let made = |kind: &str, said: String| views::Cell {
        label: title.to_owned(),
        kind: kind.to_owned(),
        said,
        ..views::Cell::default()
    };
    match cell {
        Cell::None => made("none", String::new()),
        Cell::Text(text) => made("text", text),
        Cell::Word(word) => match column.kind {
            // A state that another version of the house knows stands as its word.
            Kind::State if render::is_status(&word) => made("state", word),
            Kind::State => {
                let said = shown.teller.said(&format!("report-word-state-{word}"), &[]);
                made("text", said.unwrap_or(word))
            }
            Kind::Word(family) => {
                let said = shown.teller.said(&format!("report-word-{family}-{word}"), &[]);
                made("text", said.unwrap_or(word))
            }
            _ => made("text", word),
        },
        Cell::Words(words) => {
            let said = words.into_iter().map(|word| match column.kind {
                Kind::Words(family) => shown.teller.said(&format!("report-word-{family}-{word}"), &[]).unwrap_or(word),
                _ => word,
            });
            let said: Vec<String> = said.collect();
            if said.is_empty() { made("none", String::new()) } else { made("text", shown.teller.all_of(&said)) }
        }
        Cell::Actor(word, name) => {
            let (kind, name) = actor(&word, name.as_deref());
            let text = shown.teller.say("actor", &[("kind", kind.into()), ("name", name.into())]);
            views::Cell { href: shown.leads(&word, ""), ..made("text", text) }
        }
        Cell::Moment(at) => views::Cell { at: Some(at.micros()), ..made("moment", String::new()) },
        Cell::Flag(yes) => {
            let bad = matches!(column.kind, Kind::Must(good) if good != yes);
            let (kind, key) = if yes { ("yes", "report-yes") } else { ("no", "report-no") };
            views::Cell { bad, ..made(kind, shown.teller.plain(key)) }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts that people read")]
        Cell::Number(number) => views::Cell { number: Some(number as f64), ..made("number", String::new()) },
        Cell::Span(micros) => views::Cell { seconds: Some(micros / 1_000_000), ..made("span", String::new()) },
        Cell::Person(someone) => views::Cell {
            href: shown.overseen(format!("/people/{}", someone.id)),
            small: someone.email.to_string(),
            ..made("person", someone.name)
        },
        Cell::Role(role) => {
            let known = shown.content.catalogue.roles.contains_key(&role);
            views::Cell { href: known.then(|| format!("/access/{role}")), ..made("role", shown.role(&role).name) }
        }
        Cell::Thing(id) => views::Cell { href: shown.leads(&id, at), ..made("thing", id) },
    }
}
