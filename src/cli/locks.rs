//! `habilis locks`: emergency stops.

use super::{
    Failed, Next,
    open::Desk,
    people,
    print::{self, Format, Table},
};
use crate::{
    access::rows::LockKind,
    actions::{lock, person_file},
    base::ids::{self, Id},
};
use clap::Subcommand;

/// Emergency stops
#[derive(Debug, Subcommand)]
pub(super) enum Locks {
    /// List locks, those in force first
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Stop a person, a role or a warehouse at once
    Add {
        /// person, role or warehouse
        #[arg(value_parser = kind)]
        kind: LockKind,
        /// E-mail address or id of a person, id of a role or warehouse
        subject: String,
        #[arg(long)]
        reason: String,
    },
    /// Lift a lock; what ended meanwhile stays ended
    Lift {
        /// The lock's id
        lock: Id<ids::Lock>,
    },
}

/// A person's address where the text is a person's id; else the text itself.
fn named(desk: &Desk, names: &mut std::collections::BTreeMap<String, String>, text: String) -> String {
    let Ok(id) = text.parse::<Id<ids::Person>>() else { return text };
    if let Some(known) = names.get(&text) {
        return known.clone();
    }
    let found = desk.run(person_file::person(&desk.app, &desk.actor, id));
    let name = found.map_or_else(|_| text.clone(), |person| person.email.to_string());
    names.insert(text, name.clone());
    name
}

fn kind(word: &str) -> Result<LockKind, String> {
    LockKind::from_word(word).ok_or_else(|| "one of: person, role, warehouse".to_owned())
}

impl Locks {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let locks = desk.run(lock::list_locks(app, actor))?;
                let mut table = Table::new(&["kind", "subject", "reason", "placed", "by", "lifted", "id"]);
                let mut names = std::collections::BTreeMap::new();
                for lock in &locks {
                    let (subject, by) = (lock.subject_id.clone(), lock.placed_by.clone());
                    table.row([
                        lock.kind.word().to_owned(),
                        named(&desk, &mut names, subject),
                        lock.reason.clone(),
                        print::moment(lock.placed_at),
                        named(&desk, &mut names, by),
                        lock.lifted_at.map(print::moment).unwrap_or_default(),
                        lock.id.to_string(),
                    ]);
                }
                print::list(format, &locks, &table)?;
            }
            Self::Add { kind, subject, reason } => {
                let subject =
                    if kind == LockKind::Person { people::find(&desk, &subject)?.to_string() } else { subject };
                let placed = desk.run(lock::place_lock(app, actor, kind, subject.clone(), reason))?;
                print::say(&format!("{} {subject} is locked; lift it with: habilis locks lift {placed}", kind.word()));
            }
            Self::Lift { lock } => {
                desk.run(lock::lift_lock(app, actor, lock))?;
                print::say(&format!("{lock} is lifted"));
            }
        }
        Ok(Next::Done)
    }
}
