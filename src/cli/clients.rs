//! `habilis clients`: register, list and remove the tools that fetch tokens for people, and their secrets.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::register_client,
    base::{
        ids::{self, Id},
        text::Slug,
    },
    tokens::client::{ClientKind, GrantType, Registration},
};
use clap::Subcommand;
use serde_json::json;

/// Tools that fetch tokens for people (OAuth 2.0 clients)
#[derive(Debug, Subcommand)]
pub(super) enum Clients {
    /// List the tools
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Register a tool; a confidential one is given its first secret, shown once
    Add {
        /// What people read when they are asked to agree
        name: String,
        /// It runs on people's devices or in their browsers, and can keep no secret
        #[arg(long)]
        public: bool,
        /// Where it is sent back to: https, http on a loopback address (any port), or a private scheme with a dot
        #[arg(long = "redirect", required_unless_present = "device")]
        redirects: Vec<String>,
        /// Where a browser may be sent after signing out
        #[arg(long = "after-logout")]
        logouts: Vec<String>,
        /// A role that it may use; without any, every role that a person holds
        #[arg(long = "role")]
        roles: Vec<Slug>,
        /// It may be let in by a code that people type: for devices without a browser, which need no redirect address
        #[arg(long)]
        device: bool,
        /// It gets no refresh tokens
        #[arg(long)]
        no_refresh: bool,
    },
    /// Remove a tool: its secrets, and whatever people connected with it, end
    Remove { client: String },
    /// Make another secret, or end one
    Secret {
        client: String,
        /// End this secret instead
        #[arg(long)]
        end: Option<Id<ids::ClientSecret>>,
    },
}

impl Clients {
    pub(super) fn run(self) -> Result<Next, Failed> {
        // Only a registration needs the catalogue, to know the roles.
        let desk = if matches!(self, Self::Add { .. }) { Desk::with_content()? } else { Desk::open(false)? };
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let clients = desk.run(register_client::list_clients(app, actor))?;
                let mut table = Table::new(&["client", "name", "kind", "secrets", "redirects", "roles"]);
                let mut things = Vec::new();
                for one in &clients {
                    let client = &one.client;
                    let roles = client.roles.as_ref().map_or_else(
                        || "every".to_owned(),
                        |roles| roles.iter().map(Slug::as_str).collect::<Vec<_>>().join(" "),
                    );
                    table.row([
                        client.id.clone(),
                        client.name.clone(),
                        client.kind.word().to_owned(),
                        one.secrets.len().to_string(),
                        client.redirect_uris.join(" "),
                        roles,
                    ]);
                    let secrets = one.secrets.iter();
                    let secrets = secrets.map(|secret| json!({ "id": secret.id, "created_at": secret.created_at }));
                    things.push(json!({
                        "id": client.id, "name": client.name, "kind": client.kind, "redirect_uris": client.redirect_uris,
                        "post_logout_redirect_uris": client.post_logout_uris, "grant_types": client.grant_types,
                        "roles": client.roles, "first_party": client.first_party, "created_at": client.created_at,
                        "created_by": client.created_by, "secrets": secrets.collect::<Vec<_>>(),
                    }));
                }
                print::list(format, &things, &table)?;
            }
            Self::Add { name, public, redirects, logouts, roles, device, no_refresh } => {
                let ways = [
                    (!redirects.is_empty(), GrantType::AuthorizationCode),
                    (!no_refresh, GrantType::RefreshToken),
                    (device, GrantType::DeviceCode),
                ];
                let grant_types = ways.into_iter().filter_map(|(wanted, way)| wanted.then_some(way)).collect();
                let wanted = Registration {
                    name,
                    kind: if public { ClientKind::Public } else { ClientKind::Confidential },
                    redirect_uris: redirects,
                    post_logout_uris: logouts,
                    grant_types,
                    roles: (!roles.is_empty()).then_some(roles),
                };
                let (id, fresh) = desk.run(register_client::register_client(app, actor, wanted, None))?;
                print::say(&format!("client_id      {id}"));
                if let Some(fresh) = fresh {
                    print::say(&format!("client_secret  {}", fresh.secret.reveal()));
                    print::say("the secret is shown only now; Habilis keeps a hash of it");
                }
            }
            Self::Remove { client } => {
                desk.run(register_client::remove_client(app, actor, client.clone()))?;
                print::say(&format!("{client} is removed, and whatever people connected with it has ended"));
            }
            Self::Secret { client, end: Some(secret) } => {
                desk.run(register_client::end_secret(app, actor, client, secret))?;
                print::say(&format!("{secret} has ended"));
            }
            Self::Secret { client, end: None } => {
                let made = desk.run(register_client::add_secret(app, actor, client))?;
                print::say(&format!("client_secret  {}", made.secret.reveal()));
                print::say(&format!("it is {}; the secret is shown only now", made.id));
            }
        }
        Ok(Next::Done)
    }
}
