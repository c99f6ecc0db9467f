//! `habilis reports`: the auditor's questions, each answered as of a moment.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::read_report::{self, Opened},
    base::{
        clock::{Tense, Time},
        paging::{MOST, Paging},
        text::Slug,
    },
    reports::{
        asked::{Ask, MOST_DAYS},
        cell::{Cell, Line, cells, object},
        report::{Need, Report},
    },
};
use clap::{Args, Subcommand};

/// The auditor's questions
#[derive(Debug, Subcommand)]
pub(super) enum Reports {
    /// List the reports, and what each may be asked
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Ask one of them; the reading is noted in the log
    Show(Box<Show>),
}

/// What a report is asked
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its name or its number
    #[arg(value_parser = named)]
    report: Report,
    /// About this person: e-mail address, id, or a piece of a name
    #[arg(long)]
    person: Option<String>,
    /// About this role
    #[arg(long)]
    role: Option<Slug>,
    /// As of this moment: 2026-03-01T09:00:00Z, or a date
    #[arg(long, alias = "as-of", value_parser = Time::parse)]
    at: Option<Time>,
    /// What happened from this moment on
    #[arg(long, value_parser = Time::parse)]
    from: Option<Time>,
    /// What happened before this moment
    #[arg(long, value_parser = Time::parse)]
    until: Option<Time>,
    /// After so many days without a use something counts as unused
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=MOST_DAYS))]
    days: Option<i64>,
    /// What this tool or service account fetched: its id or its whole name
    #[arg(long)]
    client: Option<String>,
    /// What was fetched from this network address
    #[arg(long)]
    address: Option<String>,
    /// People of this team, as it is today
    #[arg(long)]
    team: Option<String>,
    /// Only certificates, or only grants
    #[arg(long, value_parser = ["certificate", "grant"])]
    kind: Option<String>,
    /// At most so many lines; without it 1000 in a table, and all of them otherwise
    #[arg(long)]
    limit: Option<usize>,
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

fn named(word: &str) -> Result<Report, String> {
    Report::from_word(word).ok_or_else(|| {
        let words = || Report::ALL.iter().map(|report| report.word());
        match crate::base::text::nearest(word, words()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("one of: {}", words().collect::<Vec<_>>().join(", ")),
        }
    })
}

impl Reports {
    pub(super) fn run(self) -> Result<Next, Failed> {
        match self {
            Self::List { format } => list(format),
            Self::Show(show) => show.run(),
        }
    }
}

fn list(format: Format) -> Result<Next, Failed> {
    let mut table = Table::new(&["number", "name", "asks"]);
    let mut told = Vec::new();
    for report in Report::ALL {
        let asks: Vec<String> = report
            .asks()
            .iter()
            .map(|(asked, need)| match need {
                Need::Must => format!("--{}", asked.word()),
                Need::May => format!("[--{}]", asked.word()),
            })
            .collect();
        table.row([report.number().to_string(), report.word().to_owned(), asks.join(" ")]);
        told.push(serde_json::json!({
            "number": report.number(), "name": report.word(), "columns": report.head(),
            "asks": report.asks().iter().map(|(asked, need)| serde_json::json!({
                "name": asked.word(), "required": *need == Need::Must,
            })).collect::<Vec<_>>(),
        }));
    }
    print::list(format, &told, &table)?;
    Ok(Next::Done)
}

impl Show {
    fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let ask = Ask {
            person: self.person,
            role: self.role,
            at: self.at,
            from: self.from,
            until: self.until,
            days: self.days,
            client: self.client,
            address: self.address,
            team: self.team,
            kind: self.kind,
        };
        let most = self.format.most(self.limit);
        let (paging, word) = (Paging::first(most), self.format.word());
        let asked = read_report::open_report(&desk.app, &desk.actor, self.report, ask, paging, word);
        let mut opened = desk.run(asked)?;
        let mut lines = std::mem::take(&mut opened.lines.items);
        let mut more = 0;
        let mut next = opened.lines.next.take();
        // Where an answer of the API would go on that has as many lines.
        let mut left = next.clone().filter(|_| lines.len() >= most);
        while let Some(cursor) = next.take() {
            let room = most.saturating_sub(lines.len());
            // What is beyond the limit is counted only.
            let paging = Paging::parse(Some(if room > 0 { room } else { MOST }), Some(&cursor))
                .map_err(|error| Failed::words(error.to_string()))?;
            let page = desk.run(read_report::go_on(&desk.app, &desk.actor, &opened, paging))?;
            more += page.items.len().saturating_sub(room);
            lines.extend(page.items.into_iter().take(room));
            next = page.next;
            if left.is_none() && lines.len() >= most {
                left.clone_from(&next);
            }
        }
        let shown = lines.len();
        told(&opened, lines, left.as_deref(), self.format)?;
        if more > 0 {
            print::cut(shown, Some(shown + more));
        }
        if opened.tense == Tense::Ahead {
            print::complain("this moment is to come: these lines are what will be if nothing changes until then");
        }
        Ok(Next::Done)
    }
}

fn told(opened: &Opened, lines: Vec<Line>, next: Option<&str>, format: Format) -> Result<(), Failed> {
    let asked = &opened.asked;
    let report = asked.report;
    let columns = report.columns();
    match format {
        Format::Json => print::json(&serde_json::json!({
            "number": report.number(), "name": report.word(), "at": asked.at, "person": asked.person, "role": asked.role,
            "from": asked.has_period().then_some(asked.from), "until": asked.has_period().then_some(asked.until),
            "figures": opened.figures.iter().map(|figure| serde_json::json!({
                "name": figure.name, "value": figure.value(), "good": figure.good,
            })).collect::<Vec<_>>(),
            "forecast": opened.tense == Tense::Ahead,
            "items": lines.into_iter().map(|line| object(columns, line)).collect::<Vec<_>>(), "next": next,
        })),
        Format::Csv => {
            let mut table = Table::named(report.head());
            lines.into_iter().for_each(|line| table.row(cells(columns, line)));
            print::list::<()>(format, &[], &table)
        }
        Format::Table => {
            print::say(&format!("{} {} as of {}", report.number(), report.word(), print::moment(asked.at)));
            if let Some(person) = &opened.person {
                print::say(&format!("about {} <{}> {}", person.name, person.email, person.id));
            }
            if asked.has_period() {
                print::say(&format!("from {} to {}", print::moment(asked.from), print::moment(asked.until)));
            }
            for figure in opened.figures.iter().filter(|figure| figure.cell != Cell::None) {
                let mark = match figure.good {
                    Some(false) => "  (this should not be)",
                    _ => "",
                };
                print::say(&format!("{}: {}{mark}", figure.name.replace('_', " "), short(figure.cell.clone())));
            }
            let mut table = Table::named(columns.iter().map(|column| column.name.replace('_', " ")).collect());
            lines.into_iter().for_each(|line| table.row(line.into_iter().map(short)));
            print::list::<()>(format, &[], &table)
        }
    }
}

/// A length of time: `2d 3h`, `45s`.
fn span(seconds: i64) -> String {
    let parts = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let mut left = seconds;
    let mut said: Vec<String> = Vec::new();
    for (length, letter) in parts {
        let count = left / length;
        left %= length;
        if count > 0 && said.len() < 2 {
            said.push(format!("{count}{letter}"));
        }
    }
    if said.is_empty() { "0s".to_owned() } else { said.join(" ") }
}

/// A cell as people read it in a terminal.
fn short(cell: Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) | Cell::Word(text) | Cell::Thing(text) => text,
        Cell::Words(words) => words.join(", "),
        Cell::Actor(word, name) => name.unwrap_or(word),
        Cell::Moment(at) => print::moment(at),
        Cell::Flag(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Span(micros) => span(micros / 1_000_000),
        Cell::Person(someone) => someone.email.to_string(),
        Cell::Role(role) => role.to_string(),
    }
}
