//! Tools and service accounts: those that are registered, the forms for one more, and a secret that is shown once.

use serde::Serialize;

use super::machines::{self, Machine};
use super::parts::sample_id;
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/clients`
#[derive(Debug, Clone, Serialize)]
pub struct Clients {
    /// The tools, the house's own first.
    pub clients: Vec<Client>,
    /// A secret that was made just now.
    pub fresh: Option<FreshSecret>,
    /// The form, for admins.
    pub form: Option<ClientForm>,
    /// What tools are told about this service: the address of its discovery document.
    pub discovery: String,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A tool.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that its line says or does not say")]
pub struct Client {
    /// `cli_…`, or a name of the house's own.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `public` or `confidential`.
    pub kind: String,
    /// Whether it is a part of the house.
    pub own: bool,
    /// Where it is sent back to.
    pub redirects: Vec<String>,
    /// The names of the roles that it may use; none where it may use all.
    pub roles: Vec<String>,
    /// Whether it may use every role.
    pub every_role: bool,
    /// The tools whose tokens it may exchange.
    pub exchanges: Vec<String>,
    /// Whether it gets refresh tokens.
    pub refreshes: bool,
    /// Whether it is let in by a code that people type.
    pub devices: bool,
    /// Since when.
    pub since: i64,
    /// What there is more of a service account.
    pub machine: Option<Machine>,
    /// Its live secrets.
    pub secrets: Vec<ClientSecret>,
    /// Whether it can be given one more.
    pub may_add: bool,
}

/// A live secret.
#[derive(Debug, Clone, Serialize)]
pub struct ClientSecret {
    /// `sec_…`
    pub id: String,
    /// When it was made.
    pub at: i64,
}

/// A secret in the clear.
#[derive(Debug, Clone, Serialize)]
pub struct FreshSecret {
    /// Whose it is.
    pub client: String,
    /// That tool's id.
    pub client_id: String,
    /// The secret.
    pub secret: String,
}

/// The form to register a tool.
#[derive(Debug, Clone, Serialize)]
pub struct ClientForm {
    /// What was typed.
    pub name: String,
    /// `public` or `confidential`.
    pub kind: String,
    /// What may be changed later.
    #[serde(flatten)]
    pub tool: ToolFields,
    /// The roles to choose from.
    pub roles: Vec<RoleTick>,
    /// The form for a service account.
    pub service: ServiceForm,
}

/// How a tool gets tokens, as a form has it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ToolFields {
    /// Redirect addresses, one a line.
    pub redirects: String,
    /// Addresses for after signing out, one a line.
    pub logouts: String,
    /// Whether it is to have refresh tokens.
    pub refreshes: bool,
    /// Whether it is to be let in by a code that people type.
    pub devices: bool,
    /// Tools whose tokens it is to exchange, one a line.
    pub exchanges: String,
}

/// The form to register a service account.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ServiceForm {
    /// What was typed.
    pub name: String,
    /// Who is to own it.
    pub owner: String,
    /// The roles to choose from.
    pub roles: Vec<RoleTick>,
}

/// A role to tick.
#[derive(Debug, Clone, Serialize)]
pub struct RoleTick {
    /// The role.
    pub role: Choice,
    /// Whether it is ticked.
    pub ticked: bool,
}

impl View for Clients {
    const TEMPLATE: &'static str = "clients/list";
    const NAV: &'static str = "clients";

    fn title(&self) -> Title {
        Title::of("clients-title")
    }
}

/// Tools, a service account, and a secret just made.
#[must_use]
pub fn sample() -> Clients {
    let tick = |ticked| RoleTick { role: Choice { value: "analyst".into(), label: "ANALYST".into() }, ticked };
    let client = |n: u8, name: &str, kind: &str| Client {
        id: sample_id("cli", n),
        name: name.into(),
        kind: kind.into(),
        own: false,
        redirects: vec!["https://lantern.example.com/oauth/callback".into()],
        roles: vec!["ANALYST".into()],
        every_role: false,
        refreshes: true,
        devices: false,
        since: sample_at(-24 * 40),
        exchanges: vec![],
        machine: None,
        secrets: vec![ClientSecret { id: sample_id("sec", n), at: sample_at(-24 * 40) }],
        may_add: kind == "confidential",
    };
    Clients {
        clients: vec![
            Client {
                id: "habilis-cli".into(),
                own: true,
                devices: true,
                redirects: vec!["http://127.0.0.1/callback".into()],
                roles: vec![],
                every_role: true,
                secrets: vec![],
                ..client(0, "Habilis command line", "public")
            },
            client(1, "Lantern BI", "confidential"),
            Client { secrets: vec![], refreshes: false, ..client(2, "Notebook app", "public") },
            Client {
                redirects: vec![],
                exchanges: vec![sample_id("cli", 1)],
                refreshes: false,
                machine: Some(machines::sample()),
                ..client(5, "Nightly load", "confidential")
            },
        ],
        fresh: Some(FreshSecret {
            client: "Lantern BI".into(),
            client_id: sample_id("cli", 1),
            secret: "hcs_h4wT6nYkUe0Rj2LqZx8sVbPd5MgAoCi1F7tKyNuEwQs".into(),
        }),
        form: Some(ClientForm {
            name: String::new(),
            kind: "confidential".into(),
            tool: ToolFields {
                redirects: "http://tool.example.com/back".into(),
                refreshes: true,
                ..ToolFields::default()
            },
            roles: vec![tick(false)],
            service: ServiceForm { name: String::new(), owner: "ines@example.com".into(), roles: vec![tick(true)] },
        }),
        discovery: "https://academy.example.com/.well-known/openid-configuration".into(),
        errors: vec![FieldError { field: "redirects".into(), text: "http is only for a loopback address.".into() }],
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let reading = Clients { fresh: None, form: None, errors: vec![], ..sample() };
    vec![Sample::of("clients", &sample()), Sample::of("clients-reading", &reading)]
}
