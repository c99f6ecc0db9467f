//! `habilis webhooks`: who gets the log's events as they come.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::sinks::{self, WantedWebhook},
    base::ids::{self, Id},
};
use clap::Subcommand;

/// Who gets the log's events as they come
#[derive(Debug, Subcommand)]
pub(super) enum Webhooks {
    /// List webhooks and the publishers of the settings, and how delivery goes
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Make a webhook; its secret is shown once
    Add {
        /// What it is
        name: String,
        /// Where it is called (https)
        url: String,
        /// Only this kind of event, like grant.ended; may be given several times
        #[arg(long)]
        kind: Vec<String>,
        /// How many events one call holds at most
        #[arg(long)]
        batch: Option<i64>,
        /// The first position of the log that it gets; what comes from now on unless said otherwise
        #[arg(long)]
        from: Option<u64>,
    },
    /// Hold what comes for a webhook; nothing is lost
    Pause {
        /// Its id, from `habilis webhooks list`
        webhook: Id<ids::Sink>,
    },
    /// Let events flow again
    Resume {
        /// Its id, from `habilis webhooks list`
        webhook: Id<ids::Sink>,
    },
    /// Send a webhook back to a position of the log: it gets the events from there on again
    Replay {
        /// Its id, from `habilis webhooks list`
        webhook: Id<ids::Sink>,
        /// The position that it gets first; 0 is the beginning of the log
        #[arg(long)]
        from: u64,
    },
    /// Make a new secret, shown once; the one before signs beside it for a day
    Secret {
        /// Its id, from `habilis webhooks list`
        webhook: Id<ids::Sink>,
    },
    /// Remove a webhook, or a publisher that the settings name no more
    Remove {
        /// Its id, from `habilis webhooks list`
        webhook: String,
    },
}

impl Webhooks {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::open(false)?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let (found, size) = desk.run(sinks::list_sinks(app, actor))?;
                let mut table =
                    Table::new(&["webhook", "kind", "name", "state", "position", "behind", "last taken", "last error"]);
                for sink in &found {
                    table.row([
                        sink.id.clone(),
                        sink.kind.word().to_owned(),
                        sink.name.clone(),
                        sink.state.word().to_owned(),
                        sink.position.to_string(),
                        size.saturating_sub(sink.position).to_string(),
                        sink.taken_at.map(print::moment).unwrap_or_default(),
                        sink.last_error.clone().unwrap_or_default(),
                    ]);
                }
                print::list(format, &found, &table)?;
            }
            Self::Add { name, url, kind, batch, from } => {
                let wanted = WantedWebhook { name, address: url, kinds: Some(kind), batch, from };
                let made = desk.run(sinks::make_webhook(app, actor, wanted))?;
                print::say(&format!("webhook  {}", made.sink.id));
                print::say(&format!("secret   {}", made.secret.reveal()));
                print::say("the secret is shown only now");
            }
            Self::Pause { webhook } => {
                let sink = desk.run(sinks::pause_webhook(app, actor, webhook, true))?;
                print::say(&format!("{} is held at position {}", sink.name, sink.position));
            }
            Self::Resume { webhook } => {
                let sink = desk.run(sinks::pause_webhook(app, actor, webhook, false))?;
                print::say(&format!("{} goes on from position {}", sink.name, sink.position));
            }
            Self::Replay { webhook, from } => {
                let sink = desk.run(sinks::replay_webhook(app, actor, webhook, from))?;
                print::say(&format!("{} goes on from position {}", sink.name, sink.position));
            }
            Self::Secret { webhook } => {
                let secret = desk.run(sinks::renew_webhook_secret(app, actor, webhook))?;
                print::say(&format!("secret   {}", secret.reveal()));
                print::say("the secret is shown only now; the one before signs beside it for a day");
            }
            Self::Remove { webhook } => {
                desk.run(sinks::remove_webhook(app, actor, &webhook))?;
                print::say("it is removed");
            }
        }
        Ok(Next::Done)
    }
}
