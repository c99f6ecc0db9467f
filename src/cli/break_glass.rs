//! `habilis break-glass`: list, take, review.

use super::{
    Failed, Next,
    open::Desk,
    people,
    print::{self, Format, Table},
};
use crate::{
    actions::break_glass::{self, Taking},
    base::{
        ids::{self, Id},
        span::Span,
        text::Slug,
    },
};
use clap::Subcommand;

/// Roles taken at once, without approval
#[derive(Debug, Subcommand)]
pub(super) enum BreakGlass {
    /// List the uses, those that nobody has judged first
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Take a role at once for somebody who is on call
    Take {
        /// E-mail address or id
        person: String,
        role: Slug,
        #[arg(long)]
        reason: String,
        /// For how long; four hours at the most
        #[arg(long = "for", value_name = "SPAN")]
        duration: Option<Span>,
    },
    /// Judge a use that was another's
    Review {
        emergency: Id<ids::Emergency>,
        /// It was not justified: what still runs of it ends
        #[arg(long)]
        not_justified: bool,
        #[arg(long)]
        comment: String,
    },
}

impl BreakGlass {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let glass = desk.run(break_glass::read_glass(app, actor))?;
                let mut table = Table::new(&["person", "role", "reason", "taken", "ends", "tokens", "state", "id"]);
                for one in &glass.uses {
                    let state = if one.is_overdue(glass.at) { "overdue" } else { one.state.word() };
                    table.row([
                        one.person_name.clone(),
                        one.role_id.to_string(),
                        one.reason.clone(),
                        print::moment(one.taken_at),
                        print::moment(one.ends_at),
                        one.tokens.to_string(),
                        state.to_owned(),
                        one.id.to_string(),
                    ]);
                }
                print::list(format, &glass.uses, &table)?;
            }
            Self::Take { person, role, reason, duration } => {
                let who = people::find(&desk, &person)?;
                let taking = Taking { person: Some(who), role: role.clone(), reason, duration };
                let id = desk.run(break_glass::break_glass(app, actor, taking, None))?;
                print::say(&format!("{person} has {role}: {id}; somebody else judges it within three days"));
            }
            Self::Review { emergency, not_justified, comment } => {
                desk.run(break_glass::review_emergency(app, actor, emergency, !not_justified, comment))?;
                print::say(&format!("{emergency} is judged"));
            }
        }
        Ok(Next::Done)
    }
}
