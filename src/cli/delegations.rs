//! `habilis delegations`: list, add, end.

use super::{
    Failed, Next,
    open::Desk,
    people,
    print::{self, Format, Table},
};
use crate::{
    actions::delegate::{self, Delegating},
    base::{
        clock::Time,
        ids::{self, Id},
    },
};
use clap::Subcommand;

/// Who decides in whose place
#[derive(Debug, Subcommand)]
pub(super) enum Delegations {
    /// List delegations, the last to end first
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Let somebody decide in the place of another, who is away and can not say so
    Add {
        /// Who is away: e-mail address or id
        delegator: String,
        /// Who decides meanwhile: e-mail address or id
        delegate: String,
        /// From this moment on; at once without it
        #[arg(long, value_parser = Time::parse)]
        from: Option<Time>,
        /// Until this moment: 2027-01-04T08:00:00Z, or a date, which means its midnight in UTC
        #[arg(long, value_parser = Time::parse)]
        until: Time,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// End a delegation
    End { delegation: Id<ids::Delegation> },
}

impl Delegations {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::open(false)?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let found = desk.run(delegate::all_delegations(app, actor))?;
                let now = app.now();
                let mut table = Table::new(&["away", "decides", "state", "from", "until", "id"]);
                for one in &found {
                    table.row([
                        one.delegator_name.clone(),
                        one.delegate_name.clone(),
                        one.standing_at(now).word().to_owned(),
                        print::moment(one.from_at),
                        print::moment(one.ends_at),
                        one.id.to_string(),
                    ]);
                }
                print::list(format, &found, &table)?;
            }
            Self::Add { delegator, delegate, from, until, note } => {
                let away = people::find(&desk, &delegator)?;
                let wanted = Delegating { delegator: Some(away), delegate: delegate.clone(), from, until, note };
                let id = desk.run(delegate::delegate(app, actor, wanted, None))?;
                print::say(&format!("{delegate} decides in place of {delegator} until {}: {id}", print::moment(until)));
            }
            Self::End { delegation } => {
                desk.run(delegate::end_delegation(app, actor, delegation))?;
                print::say(&format!("{delegation} has ended"));
            }
        }
        Ok(Next::Done)
    }
}
