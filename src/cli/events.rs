//! `habilis events`: the log, by filter.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::list_events,
    audit::{
        event::{Line, What},
        rows::Filter,
    },
    base::{clock::Time, paging::Paging},
};
use clap::Args;

/// Lines of the log, newest first
#[derive(Debug, Args)]
pub(super) struct Events {
    /// Only this kind, like token.minted
    #[arg(long, value_parser = kind)]
    kind: Option<What>,
    /// Only what concerns this person or what they did: e-mail address or id
    #[arg(long)]
    person: Option<String>,
    /// Only this role
    #[arg(long)]
    role: Option<String>,
    /// Only this thing, by its id
    #[arg(long)]
    subject: Option<String>,
    /// done or refused
    #[arg(long, value_parser = ["done", "refused"])]
    outcome: Option<String>,
    /// From this moment on: 2026-03-01T09:00:00Z, or a date
    #[arg(long, value_parser = Time::parse)]
    from: Option<Time>,
    /// Before this moment
    #[arg(long, value_parser = Time::parse)]
    until: Option<Time>,
    /// At most so many lines
    #[arg(long, default_value_t = 50)]
    limit: usize,
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

pub(super) fn kind(word: &str) -> Result<What, String> {
    What::from_word(word).ok_or_else(|| {
        let words = || What::ALL.iter().map(|what| what.word());
        match crate::base::text::nearest(word, words()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("one of: {}", words().collect::<Vec<_>>().join(", ")),
        }
    })
}

impl Events {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::open(false)?;
        let filter = Filter {
            kind: self.kind,
            person: None,
            role: self.role,
            subject: self.subject,
            outcome: self.outcome,
            from: self.from,
            until: self.until,
        };
        let mut lines: Vec<Line> = Vec::new();
        let mut cursor: Option<String> = None;
        while lines.len() < self.limit {
            let paging = Paging::parse(Some(self.limit - lines.len()), cursor.as_deref())
                .map_err(|error| Failed::words(error.to_string()))?;
            let (filter, person) = (filter.clone(), self.person.clone());
            let page = desk.run(list_events::list_events(&desk.app, &desk.actor, filter, person, paging))?;
            lines.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut table = Table::new(&["seq", "at", "kind", "actor", "person", "role", "subject", "address"]);
        for line in &lines {
            let kind = match line.data.get("code").and_then(|code| code.as_str()) {
                Some(code) if line.kind == What::Refused => format!("refused {code}"),
                _ => line.kind.word().to_owned(),
            };
            table.row([
                line.seq.to_string(),
                print::moment(line.at),
                kind,
                line.actor_name.clone().unwrap_or_else(|| line.actor.clone()),
                line.person_name.clone().unwrap_or_default(),
                line.role_id.clone().unwrap_or_default(),
                line.subject_id.clone().unwrap_or_default(),
                line.address.clone(),
            ]);
        }
        print::list_or_export(self.format, &lines, &table, || {
            let mut export = Table::new(&Line::HEAD);
            lines.iter().cloned().for_each(|line| export.row(line.cells()));
            export
        })?;
        if cursor.is_some() {
            print::cut(lines.len(), None);
        }
        Ok(Next::Done)
    }
}
