//! My account: language, time zone, password, sessions, connected tools, and what I may do.

use serde::Serialize;

use super::granted::{self, Granted};
use super::machines::{self, Machine};
use super::provider::{Identity, Linkable, sample_identities};
use super::shared::Link;
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/account`
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Since when.
    pub since: i64,
    /// Names of the teams.
    pub teams: Vec<String>,
    /// What the reader may do, as codes: `learn`, `decide`, `author`, `admin`, `audit`; the message `right-…` says it.
    pub rights: Vec<String>,
    /// The chosen language.
    pub lang: String,
    /// Languages to choose from.
    pub langs: Vec<Choice>,
    /// The chosen time zone.
    pub zone: String,
    /// Zones to choose from.
    pub zones: Vec<Choice>,
    /// Whether there is a password of ours to change.
    pub has_password: bool,
    /// The fewest characters of a password.
    pub minimum: u32,
    /// Open sessions, this one first.
    pub sessions: Vec<Session>,
    /// How the reader is known at identity providers.
    pub identities: Vec<Identity>,
    /// Providers that the account can be linked with.
    pub linkable: Vec<Linkable>,
    /// Tools that may fetch tokens for the reader.
    pub tools: Vec<Tool>,
    /// Service accounts that use the reader's access.
    pub machines: Vec<Machine>,
    /// What was granted to the reader beyond the rules.
    pub granted: Vec<Granted>,
    /// Whether the reader may end what was granted: never on one's own page.
    pub may_change: bool,
    /// Teams, each with its page.
    pub team_links: Vec<Link>,
    /// What is wrong with a form: fields `lang`, `zone`, `current`, `password`.
    pub errors: Vec<FieldError>,
}

/// A place where the reader is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct Session {
    /// `ses_…`; its form goes to `/account/sessions/{id}/end`.
    pub id: String,
    /// The browser or program, as far as it says.
    pub device: String,
    /// The network address.
    pub address: String,
    /// When it began.
    pub since: i64,
    /// When it was last used.
    pub seen: i64,
    /// Whether it is this one.
    pub current: bool,
}

/// A tool that may fetch tokens.
#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    /// `cli_…`; its form goes to `/account/tools/{id}/disconnect`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: i64,
    /// When it last fetched one.
    pub used: Option<i64>,
    /// Titles of the roles that it may use.
    pub roles: Vec<String>,
}

impl View for Account {
    const TEMPLATE: &'static str = "account";
    const NAV: &'static str = "account";

    fn title(&self) -> Title {
        Title::of("account-title")
    }
}

/// An account in use.
#[must_use]
pub fn sample() -> Account {
    let choice = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
    let session = |device: &str, address: &str, since: i64, seen: i64, current: bool| Session {
        id: format!("ses_{}", since.unsigned_abs()),
        device: device.into(),
        address: address.into(),
        since: sample_at(since),
        seen: sample_at(seen),
        current,
    };
    Account {
        name: "Ana Ruiz".into(),
        email: "ana@example.com".into(),
        since: sample_at(-400 * 24),
        teams: vec!["Marketplace".into(), "Barcelona".into()],
        rights: ["learn", "decide", "author", "admin", "audit"].map(String::from).to_vec(),
        lang: "en".into(),
        langs: vec![choice("en", "English"), choice("fr", "Français"), choice("es", "Español")],
        zone: "Europe/Paris".into(),
        zones: vec![
            choice("Europe/Paris", "Europe/Paris"),
            choice("Europe/Madrid", "Europe/Madrid"),
            choice("UTC", "UTC"),
        ],
        has_password: true,
        minimum: 10,
        sessions: vec![
            session("Firefox on Linux", "10.20.4.17", -2, 0, true),
            session("Safari on iPhone", "10.31.0.8", -70, -9, false),
            session("habilis command line", "10.20.4.17", -300, -1, false),
        ],
        identities: sample_identities(),
        linkable: vec![Linkable { id: "partners".into(), name: "Partners".into() }],
        tools: vec![Tool {
            id: "cli_7".into(),
            name: "Lantern BI".into(),
            since: sample_at(-90 * 24),
            used: Some(sample_at(-3)),
            roles: vec!["Marketplace analyst".into()],
        }],
        machines: vec![machines::sample(), machines::sample_waiting()],
        granted: granted::sample(),
        may_change: false,
        team_links: vec![Link::new("Marketplace", "/teams/marketplace"), Link::new("Barcelona", "/teams/barcelona")],
        errors: vec![],
    }
}

/// All samples of this page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut wrong = sample();
    wrong.rights.truncate(1);
    wrong.tools.clear();
    wrong.machines.clear();
    wrong.identities.clear();
    wrong.linkable.truncate(1);
    wrong.teams.clear();
    wrong.team_links.clear();
    wrong.granted.clear();
    wrong.sessions.truncate(1);
    wrong.errors = vec![
        FieldError { field: "current".into(), text: "This is not your present password.".into() },
        FieldError { field: "password".into(), text: "At least 10 characters.".into() },
    ];
    vec![Sample::of("account", &sample()), Sample::of("account-wrong", &wrong)]
}
