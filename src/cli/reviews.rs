//! `habilis reviews`: begin a review, see how far it is, and take its evidence.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    access::{catalogue::Sensitivity, review::Scope, rows::LineFilter},
    actions::reviews::{
        pack, read,
        start::{self, Start},
    },
    base::{
        ids::{self, Id},
        paging::Paging,
        span::Span,
        text::{Email, Language, Slug},
    },
};
use clap::Subcommand;
use serde_json::json;
use std::{io::Write, path::PathBuf};

/// Reviews of access
#[derive(Debug, Subcommand)]
pub(super) enum Reviews {
    /// List reviews, the newest first
    List {
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Begin a review: each grant goes to somebody who answers for its role
    Start {
        /// Only this role; may be given several times
        #[arg(long)]
        role: Vec<Slug>,
        /// Only roles that this person answers for
        #[arg(long)]
        owner: Option<Email>,
        /// Only roles that open such data: public, internal, confidential or personal
        #[arg(long, value_parser = level)]
        sensitivity: Option<Sensitivity>,
        /// What it is called
        #[arg(long, default_value = "")]
        title: String,
        /// How long reviewers have: P14D
        #[arg(long)]
        due: Option<Span>,
        /// How long what is unanswered stays suspended before it ends: P14D
        #[arg(long)]
        grace: Option<Span>,
    },
    /// Show a review: how far it is, and its lines
    Show {
        /// The review's id
        review: Id<ids::Review>,
        /// Only what waits for an answer
        #[arg(long)]
        open: bool,
        /// At most so many lines
        #[arg(long, default_value_t = 1_000)]
        limit: usize,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Take the evidence of a review along: one page that needs nothing else, or its parts as JSON
    Export {
        /// The review's id
        review: Id<ids::Review>,
        /// html or json
        #[arg(long, default_value = "html", value_parser = ["html", "json"])]
        format: String,
        /// The file to write; without it, standard output
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// The language of the page: en, fr or es
        #[arg(long, default_value = "en", value_parser = language)]
        lang: Language,
    },
}

fn level(word: &str) -> Result<Sensitivity, String> {
    serde_json::from_value(json!(word)).map_err(|_| "one of: public, internal, confidential, personal".to_owned())
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "one of: en, fr, es".to_owned())
}

impl Reviews {
    pub(super) fn run(self) -> Result<Next, Failed> {
        match self {
            Self::List { limit, format } => list(limit, format),
            Self::Start { role, owner, sensitivity, title, due, grace } => {
                let desk = Desk::with_content()?;
                let start = Start { title, scope: Scope { roles: role, owner, sensitivity }, due, grace };
                let id = desk.run(start::start_review(&desk.app, &desk.actor, start, None))?;
                print::say(&id.to_string());
                Ok(Next::Done)
            }
            Self::Show { review, open, limit, format } => show(review, open, limit, format),
            Self::Export { review, format, output, lang } => {
                let desk = Desk::open(false)?;
                let made = desk.run(pack::make_pack(&desk.app, &desk.actor, review))?;
                let text = match format.as_str() {
                    "json" => {
                        serde_json::to_string_pretty(&made.json()?).map_err(|error| Failed::words(error.to_string()))?
                    }
                    _ => made.paper(lang)?,
                };
                let written = match &output {
                    Some(file) => std::fs::write(file, &text).map_err(|error| format!("{}: {error}", file.display())),
                    None => std::io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string()),
                };
                written.map_err(Failed::words)?;
                if let Some(file) = output {
                    print::say(&format!("{} bytes are in {}", text.len(), file.display()));
                }
                Ok(Next::Done)
            }
        }
    }
}

fn list(limit: usize, format: Format) -> Result<Next, Failed> {
    let desk = Desk::open(false)?;
    let found = desk.run(read::list_reviews(&desk.app, &desk.actor, Paging::first(limit)))?;
    let mut table = Table::new(&["review", "title", "roles", "state", "due", "done", "pending", "overdue"]);
    let mut lines = Vec::new();
    for one in &found.items {
        let roles: Vec<String> = one.review.roles.iter().map(ToString::to_string).collect();
        table.row([
            one.review.id.to_string(),
            one.review.title.clone(),
            roles.join(" "),
            one.review.state.word().to_owned(),
            print::moment(one.review.due_at),
            one.figures.done.to_string(),
            one.figures.pending.to_string(),
            one.figures.overdue.to_string(),
        ]);
        lines.push(json!({
            "review": one.review,
            "progress": { "done": one.figures.done, "pending": one.figures.pending, "overdue": one.figures.overdue },
        }));
    }
    print::list(format, &lines, &table)?;
    if found.next.is_some() {
        print::cut(lines.len(), None);
    }
    Ok(Next::Done)
}

fn show(review: Id<ids::Review>, open: bool, limit: usize, format: Format) -> Result<Next, Failed> {
    let desk = Desk::open(false)?;
    let mut table =
        Table::new(&["person", "role", "state", "asked", "answered by", "last used", "certified", "peers", "line"]);
    let (mut lines, mut cursor, mut head) = (Vec::new(), None, None);
    while lines.len() < limit {
        let paging = Paging { limit: (limit - lines.len()).clamp(1, crate::base::paging::MOST), after: cursor };
        let filter = LineFilter { open, ..LineFilter::default() };
        let page = desk.run(read::read_review(&desk.app, &desk.actor, review, filter, paging))?;
        let last = page.lines.items.last().map(|case| case.line.id.to_string());
        for case in &page.lines.items {
            let name = |id: Id<ids::Person>| page.names.get(&id.to_string()).cloned().unwrap_or_else(|| id.to_string());
            let answered = match (case.line.decided_by.map(name), case.line.on_behalf_of.map(name)) {
                (Some(by), Some(of)) => format!("{by} in place of {of}"),
                (by, _) => by.unwrap_or_default(),
            };
            table.row([
                case.person.email.to_string(),
                case.line.role_id.to_string(),
                case.standing.word().to_owned(),
                case.line.reviewer_id.map_or_else(|| "any admin".to_owned(), name),
                answered,
                case.facts.last_used_at.map_or_else(|| "never".to_owned(), print::moment),
                if case.facts.certificates.iter().all(|one| one.met_until.is_some()) { "yes" } else { "no" }.to_owned(),
                format!("{}/{}", case.facts.peers_holding, case.facts.peers),
                case.line.id.to_string(),
            ]);
            lines.push(
                json!({ "line": case.line, "state": case.standing, "person": case.person.email, "facts": case.facts }),
            );
        }
        cursor = page.lines.next.as_ref().and(last);
        head.get_or_insert((page.review, page.figures));
        if cursor.is_none() {
            break;
        }
    }
    if let (Some((review, figures)), Format::Table) = (&head, format) {
        let total = figures.total();
        print::say(&format!(
            "{} {}: {} of {total} done, {} pending, {} overdue, due {}",
            review.state.word(),
            review.title,
            figures.done,
            figures.pending,
            figures.overdue,
            print::moment(review.due_at)
        ));
    }
    print::list(format, &lines, &table)?;
    if cursor.is_some() {
        print::cut(lines.len(), None);
    }
    Ok(Next::Done)
}
