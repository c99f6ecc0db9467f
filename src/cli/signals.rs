//! `habilis signals`: who is told that sessions and access have ended.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::{
        credentials::FreshCredential,
        signals::{self, Overview, WantedReceiver},
    },
    base::ids::{self, Id, ReceiverCredential},
    signals::stream::Status,
};
use clap::Subcommand;
use serde_json::{Value, json};

/// Who is told that sessions and access have ended (OpenID Shared Signals)
#[derive(Debug, Subcommand)]
pub(super) enum Signals {
    /// List the receivers and how delivery goes
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Show one receiver as JSON, with what it refused lately
    Show { receiver: Id<ids::Receiver> },
    /// Make a receiver with its first credential, shown once
    Add {
        /// What it is
        name: String,
        /// Whom its tokens are for (`aud`): an address or a name of its own
        audience: String,
        /// The warehouse whose roles and tools it hears of; without one, all
        #[arg(long)]
        warehouse: Option<String>,
    },
    /// Make one more credential, shown once; two may live, so that one is rotated while the other works
    Credential { receiver: Id<ids::Receiver> },
    /// End a credential
    EndCredential { receiver: Id<ids::Receiver>, credential: Id<ReceiverCredential> },
    /// Send a verification, to see whether the receiver takes anything
    Verify { receiver: Id<ids::Receiver> },
    /// Hold what comes for a receiver, for a week at most
    Pause { receiver: Id<ids::Receiver> },
    /// Let events flow again
    Resume { receiver: Id<ids::Receiver> },
    /// Remove a receiver, and what waits for it
    Remove { receiver: Id<ids::Receiver> },
}

impl Signals {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = if matches!(self, Self::Add { .. }) { Desk::with_content()? } else { Desk::open(false)? };
        let (app, actor) = (&desk.app, &desk.actor);
        let credential = |made: &FreshCredential<ReceiverCredential>| {
            print::say(&format!("credential     {}", made.id));
            print::say(&format!("configuration  {}/.well-known/ssf-configuration", app.settings.issuer()));
            print::say(&format!("token          {}", made.secret.reveal()));
            print::say("the token is shown only now; Habilis keeps a hash of it");
        };
        match self {
            Self::List { format } => {
                let found = desk.run(signals::list_receivers(app, actor))?;
                let mut table =
                    Table::new(&["receiver", "name", "audience", "stream", "waiting", "last taken", "last error"]);
                for one in &found {
                    let stream = one.stream.as_ref();
                    table.row([
                        one.receiver.id.to_string(),
                        one.receiver.name.clone(),
                        one.receiver.audience.clone(),
                        stream.map_or_else(
                            || "none".to_owned(),
                            |(stream, _)| format!("{} {}", stream.method.word(), stream.status.word()),
                        ),
                        stream.map_or(0, |(_, backlog)| backlog.waiting).to_string(),
                        stream
                            .and_then(|(stream, _)| stream.taken_at)
                            .map_or_else(|| "never".to_owned(), |at| at.to_string()),
                        stream.and_then(|(stream, _)| stream.last_error.clone()).unwrap_or_default(),
                    ]);
                }
                print::list(format, &found.iter().map(told).collect::<Vec<_>>(), &table)?;
            }
            Self::Show { receiver } => {
                let found = desk.run(signals::read_receiver(app, actor, receiver))?;
                print::say(&serde_json::to_string_pretty(&told(&found)).map_err(crate::base::refusal::Broken::defect)?);
            }
            Self::Add { name, audience, warehouse } => {
                let wanted = WantedReceiver { name, audience, warehouse };
                let (receiver, made) = desk.run(signals::make_receiver(app, actor, wanted))?;
                print::say(&format!("receiver       {}", receiver.id));
                credential(&made);
            }
            Self::Credential { receiver } => credential(&desk.run(signals::add_credential(app, actor, receiver))?.1),
            Self::EndCredential { receiver, credential } => {
                desk.run(signals::end_credential(app, actor, receiver, credential))?;
                print::say(&format!("{credential} has ended"));
            }
            Self::Verify { receiver } => {
                desk.run(signals::send_verification(app, actor, receiver))?;
                print::say("the verification is on its way");
            }
            Self::Pause { receiver } => {
                desk.run(signals::set_stream_status(app, actor, receiver, Status::Paused))?;
                print::say(&format!("{receiver} is paused"));
            }
            Self::Resume { receiver } => {
                desk.run(signals::set_stream_status(app, actor, receiver, Status::Enabled))?;
                print::say(&format!("{receiver} listens"));
            }
            Self::Remove { receiver } => {
                desk.run(signals::remove_receiver(app, actor, receiver))?;
                print::say(&format!("{receiver} is removed"));
            }
        }
        Ok(Next::Done)
    }
}

/// A receiver for programs.
fn told(one: &Overview) -> Value {
    let stream = one.stream.as_ref().map(|(stream, backlog)| {
        json!({
            "id": stream.id, "method": stream.method, "endpoint": stream.endpoint, "description": stream.description,
            "events": stream.events(), "status": stream.status, "status_reason": stream.status_reason,
            "stopped_by": stream.stopped_by,
            "waiting": backlog.waiting, "oldest_at": backlog.oldest, "taken": stream.taken, "taken_at": stream.taken_at,
            "failing_since": stream.failing_since, "retry_at": stream.retry_at, "last_error": stream.last_error,
        })
    });
    json!({
        "id": one.receiver.id, "name": one.receiver.name, "audience": one.receiver.audience,
        "warehouse": one.receiver.warehouse_id, "created_at": one.receiver.created_at,
        "credentials": one.credentials.iter().map(|credential| json!({
            "id": credential.id, "created_at": credential.created_at, "used_at": credential.used_at,
        })).collect::<Vec<_>>(),
        "stream": stream,
        "refused": one.refused.iter().map(|refused| json!({
            "id": refused.id, "event": refused.event, "refused_at": refused.refused_at, "why": refused.refused_why,
        })).collect::<Vec<_>>(),
    })
}
