//! `habilis clients`: register, list and remove the tools that fetch tokens for people, service accounts, and their secrets.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::{
        change_client::{self, Changes},
        hand_over_client,
        register_client::{self, Registered},
    },
    base::{
        ids::{self, Id},
        text::Slug,
    },
    tokens::{
        client::{ClientKind, GrantType, Registration},
        service::{More, Service},
    },
};
use clap::{ArgGroup, Subcommand};
use serde_json::{Value, json};

/// Tools that fetch tokens for people, and service accounts (OAuth 2.0 clients)
#[derive(Debug, Subcommand)]
pub(super) enum Clients {
    /// List the tools
    List {
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Register a tool, or with --owner a service account; what can keep a secret is given its first one, shown once
    Add {
        /// What people read when they are asked to agree
        name: String,
        /// Whose access it uses: it gets tokens for itself (client_credentials) for as long as this person may. Name its roles
        #[arg(long, requires = "roles", conflicts_with_all = ["public", "redirects", "logouts", "device", "no_refresh"])]
        owner: Option<String>,
        /// How a service account is named in a warehouse, as WAREHOUSE=NAME; elsewhere it is by its own id
        #[arg(long = "login", requires = "owner", value_parser = named)]
        logins: Vec<(Slug, String)>,
        /// It runs on people's devices or in their browsers, and can keep no secret
        #[arg(long)]
        public: bool,
        /// Where it is sent back to: https, http on a loopback address (any port), or a private scheme with a dot
        #[arg(long = "redirect", required_unless_present_any = ["device", "owner", "exchanges"])]
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
        /// A tool whose tokens it may exchange for its own, for the same and never for more (RFC 8693)
        #[arg(long = "exchange", conflicts_with = "public")]
        exchanges: Vec<String>,
        /// It gets no refresh tokens
        #[arg(long)]
        no_refresh: bool,
    },
    /// Change a tool; what is not named stays. What it may no longer use ends, and the owner of an account that is to use more
    /// has to agree anew
    #[command(group = ArgGroup::new("changes").required(true).multiple(true))]
    Change {
        client: String,
        #[arg(long, group = "changes")]
        name: Option<String>,
        /// Where it is sent back to: these, and no others
        #[arg(long = "redirect", group = "changes")]
        redirects: Option<Vec<String>>,
        /// Where a browser may be sent after signing out: these, and no others
        #[arg(long = "after-logout", group = "changes")]
        logouts: Option<Vec<String>>,
        /// The roles that it may use: these, and no others
        #[arg(long = "role", group = "changes")]
        roles: Option<Vec<Slug>>,
        /// It may use every role that a person holds
        #[arg(long, group = "changes", conflicts_with = "roles")]
        every_role: bool,
        /// The tools whose tokens it may exchange: these, and no others
        #[arg(long = "exchange", group = "changes")]
        exchanges: Option<Vec<String>>,
        /// It exchanges no tokens any more
        #[arg(long, group = "changes", conflicts_with = "exchanges")]
        no_exchange: bool,
        /// Whether it may be let in by a code that people type
        #[arg(long, group = "changes")]
        device: Option<bool>,
        /// Whether it gets refresh tokens
        #[arg(long, group = "changes")]
        refresh: Option<bool>,
    },
    /// Remove a tool: its secrets, and whatever people connected with it, end
    Remove { client: String },
    /// Hand a service account over to somebody else; what it holds ends
    Owner { client: String, person: String },
    /// Name a service account in a warehouse, or by its own id again where no name is given; what it holds ends
    Login { client: String, warehouse: Slug, name: Option<String> },
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
        // The catalogue knows the roles and the warehouses.
        let desk = match self {
            Self::List { .. } | Self::Add { .. } | Self::Change { .. } | Self::Login { .. } => Desk::with_content()?,
            Self::Owner { .. } | Self::Remove { .. } | Self::Secret { .. } => Desk::open(false)?,
        };
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::List { format } => {
                let clients = desk.run(register_client::list_clients(app, actor))?;
                let mut table = Table::new(&["client", "name", "kind", "secrets", "redirects", "roles", "owner"]);
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
                        one.machine.as_ref().map_or_else(String::new, |machine| {
                            let waits =
                                if machine.client.accepted_at.is_none() { " (waits for its owner)" } else { "" };
                            format!("{}{waits}", machine.owner.email)
                        }),
                    ]);
                    things.push(told(one));
                }
                print::list(format, &things, &table)?;
            }
            Self::Add { name, owner, logins, public, redirects, logouts, roles, device, exchanges, no_refresh } => {
                let service = owner.map(|owner| Service { owner, logins });
                let tool = service.is_none();
                let ways = [
                    (!redirects.is_empty(), GrantType::AuthorizationCode),
                    (tool && !no_refresh && (!redirects.is_empty() || device), GrantType::RefreshToken),
                    (device, GrantType::DeviceCode),
                    (!tool, GrantType::ClientCredentials),
                    (!exchanges.is_empty(), GrantType::TokenExchange),
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
                let (id, fresh) =
                    desk.run(register_client::register(app, actor, wanted, More { service, exchanges }, None))?;
                print::say(&format!("client_id      {id}"));
                if let Some(fresh) = fresh {
                    print::say(&format!("client_secret  {}", fresh.secret.reveal()));
                    print::say("the secret is shown only now; Habilis keeps a hash of it");
                }
                if !tool {
                    print::say("it waits for its owner, who agrees on the account page; no token is given out before");
                }
            }
            Self::Change {
                client,
                name,
                redirects,
                logouts,
                roles,
                every_role,
                exchanges,
                no_exchange,
                device,
                refresh,
            } => {
                let changes = Changes {
                    name,
                    redirect_uris: redirects,
                    post_logout_uris: logouts,
                    refreshes: refresh,
                    devices: device,
                    roles: roles.map(Some).or_else(|| every_role.then_some(None)),
                    exchanges: exchanges.or_else(|| no_exchange.then(Vec::new)),
                    ..Changes::default()
                };
                desk.run(change_client::change_client(app, actor, client.clone(), changes))?;
                let after = desk.run(register_client::read_client(app, actor, client.clone()))?.client;
                print::say(&format!("{client} is changed; what it held of roles and tools taken from it has ended"));
                if after.owner.is_some() && after.accepted_at.is_none() {
                    print::say("it waits for its owner, who agrees on the account page; no token is given out before");
                }
            }
            Self::Owner { client, person } => {
                desk.run(hand_over_client::hand_over_client(app, actor, client.clone(), person.clone()))?;
                print::say(&format!(
                    "{client} rests on the access of {person} once they agree; what it held has ended"
                ));
            }
            Self::Login { client, warehouse, name } => {
                let login = name.clone().unwrap_or_default();
                desk.run(hand_over_client::name_client(app, actor, client.clone(), warehouse.clone(), login))?;
                let name = name.unwrap_or_else(|| "its own id".to_owned());
                print::say(&format!("{client} is known as {name} in {warehouse}; what it held has ended"));
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

/// A tool as JSON.
fn told(one: &Registered) -> Value {
    let client = &one.client;
    let secrets = one.secrets.iter().map(|secret| json!({ "id": secret.id, "created_at": secret.created_at }));
    let service = one.machine.as_ref().map(|machine| {
        let accesses = machine.accesses.iter();
        let accesses = accesses.map(|one| json!({ "role": one.role, "until": one.until, "used_at": one.used_at }));
        let names = machine.names.iter().map(|name| json!({ "warehouse": name.warehouse, "login": name.login }));
        json!({
            "owner": machine.owner.email, "accepted_at": machine.client.accepted_at, "accesses": accesses.collect::<Vec<_>>(), "logins": names.collect::<Vec<_>>(),
        })
    });
    json!({
        "id": client.id, "name": client.name, "kind": client.kind, "redirect_uris": client.redirect_uris,
        "post_logout_redirect_uris": client.post_logout_uris, "grant_types": client.grant_types, "roles": client.roles,
        "first_party": client.first_party, "created_at": client.created_at, "created_by": client.created_by,
        "secrets": secrets.collect::<Vec<_>>(), "exchanges": client.exchanges, "service": service,
    })
}

/// `WAREHOUSE=NAME`.
fn named(text: &str) -> Result<(Slug, String), String> {
    let (warehouse, name) = text.split_once('=').ok_or("write it as WAREHOUSE=NAME")?;
    Ok((warehouse.parse().map_err(|error| format!("{warehouse}: {error}"))?, name.to_owned()))
}
