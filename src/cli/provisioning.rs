//! `habilis provisioning`: what the company's directory proves itself with.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::provision,
    base::ids::{self, Id},
};
use clap::Subcommand;
use serde_json::json;

/// What the company's directory provisions people and teams with (SCIM 2.0)
#[derive(Debug, Subcommand)]
pub(super) enum Provisioning {
    /// List the live credentials
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Make a credential, shown once; two may live, so that one is rotated while the other works
    Add {
        /// Which directory it is for
        name: String,
    },
    /// End a credential
    End { credential: Id<ids::Provisioning> },
}

impl Provisioning {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::open(false)?;
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let credentials = desk.run(provision::list_credentials(app, actor))?;
                let mut table = Table::new(&["credential", "name", "made", "last used"]);
                let mut things = Vec::new();
                for one in &credentials {
                    table.row([
                        one.id.to_string(),
                        one.name.clone(),
                        one.created_at.to_string(),
                        one.used_at.map_or_else(|| "never".to_owned(), |at| at.to_string()),
                    ]);
                    things.push(json!({
                        "id": one.id, "name": one.name, "created_at": one.created_at, "created_by": one.created_by,
                        "used_at": one.used_at,
                    }));
                }
                print::list(format, &things, &table)?;
            }
            Self::Add { name } => {
                let made = desk.run(provision::make_credential(app, actor, name))?;
                print::say(&format!("credential  {}", made.id));
                print::say(&format!("address     {}", provision::base(app)));
                print::say(&format!("token       {}", made.secret.reveal()));
                print::say("the token is shown only now; Habilis keeps a hash of it");
            }
            Self::End { credential } => {
                desk.run(provision::end_credential(app, actor, credential))?;
                print::say(&format!("{credential} has ended"));
            }
        }
        Ok(Next::Done)
    }
}
