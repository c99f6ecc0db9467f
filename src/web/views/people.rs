//! Everybody with an account: search, and the invitation of one more.

use serde::Serialize;

use super::parts::PersonRef;
use super::{Choice, FieldError, Pager, Sample, Title, View, sample_at};

/// `/people`
#[derive(Debug, Clone, Serialize)]
pub struct People {
    /// What was searched for.
    pub search: String,
    /// The state asked for, or empty.
    pub state: String,
    /// States to choose from, the empty one first.
    pub states: Vec<Choice>,
    /// The same people as CSV, all of them.
    pub csv: String,
    /// The same people as JSON.
    pub json: String,
    /// The people found.
    pub people: Vec<PersonLine>,
    /// Where one stands in them.
    pub pager: Pager,
    /// How many accounts there are in all, by state.
    pub active: u32,
    /// Invited and not yet come.
    pub invited: u32,
    /// Shut out.
    pub disabled: u32,
    /// The form to invite somebody, for admins.
    pub invite: Option<Invite>,
    /// A link that was just made, shown this once.
    pub link: Option<FreshLink>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A person as a line.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLine {
    /// Who.
    pub person: PersonRef,
    /// Their office; may be empty.
    pub office: String,
    /// Their teams.
    pub teams: Vec<String>,
    /// `admin`, `auditor`, `author`.
    pub capabilities: Vec<String>,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// Whether a lock stands on them.
    pub locked: bool,
    /// Valid certificates.
    pub certificates: u32,
    /// Grants in effect.
    pub grants: u32,
    /// When they were last seen.
    pub seen: Option<i64>,
}

/// The invitation as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct Invite {
    /// Whether to show it opened, because something in it is wrong.
    pub open: bool,
    /// E-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Office.
    pub office: String,
    /// What they may do beyond learning and asking.
    pub capabilities: Vec<Tick>,
    /// Teams to put them in.
    pub teams: Vec<Tick>,
}

/// A box to tick.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// What is sent.
    pub value: String,
    /// What is read; for capabilities the catalogue's own word is shown instead.
    pub label: String,
    /// Whether it is ticked.
    pub on: bool,
}

/// A one-time link, shown once.
#[derive(Debug, Clone, Serialize)]
pub struct FreshLink {
    /// `invitation`, `reset`, or `provider` where one is their only way in.
    pub purpose: String,
    /// For whom.
    pub name: String,
    /// The address to send them.
    pub url: String,
    /// Until when it works, where it works once.
    pub expires: Option<i64>,
    /// The name of the provider, or nothing.
    pub provider: String,
}

impl View for People {
    const TEMPLATE: &'static str = "people/list";
    const NAV: &'static str = "people";

    fn title(&self) -> Title {
        Title::of("people-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("people", &sample()),
        Sample::of("people-empty", &sample_empty()),
        Sample::of("people-invited-by-provider", &sample_by_provider()),
        Sample::of("people-audited", &sample_audited()),
    ]
}

/// The three capabilities as boxes.
#[must_use]
pub fn capabilities(admin: bool, auditor: bool, author: bool) -> Vec<Tick> {
    let tick = |value: &str, on| Tick { value: value.into(), label: value.into(), on };
    vec![tick("admin", admin), tick("auditor", auditor), tick("author", author)]
}

/// A page of people, for an admin who has just invited one.
#[must_use]
pub fn sample() -> People {
    let line =
        |n, name: &str, office: &str, team: &str, state: &str, certificates, grants, hours: Option<i64>| PersonLine {
            person: PersonRef::sample(n, name),
            office: office.into(),
            teams: if team.is_empty() { vec![] } else { vec![team.into()] },
            capabilities: vec![],
            state: state.into(),
            locked: false,
            certificates,
            grants,
            seen: hours.map(sample_at),
        };
    let team = |value: &str, label: &str, on| Tick { value: value.into(), label: label.into(), on };
    People {
        search: String::new(),
        state: String::new(),
        states: ["", "active", "invited", "disabled"]
            .map(|s| Choice { value: s.into(), label: if s.is_empty() { "Any".into() } else { s.into() } })
            .to_vec(),
        csv: "/api/v1/people?format=csv".into(),
        json: "/api/v1/people".into(),
        people: vec![
            PersonLine {
                capabilities: vec!["admin".into()],
                ..line(1, "Ana Ruiz", "Paris", "Sales data", "active", 3, 2, Some(0))
            },
            PersonLine {
                capabilities: vec!["auditor".into()],
                ..line(2, "Bastien Moreau", "Paris", "Internal audit", "active", 1, 0, Some(-20))
            },
            PersonLine {
                capabilities: vec!["author".into()],
                ..line(3, "Camille Roux", "Bordeaux", "Data platform", "active", 4, 3, Some(-2))
            },
            line(4, "Claire Petit", "Paris", "Privacy", "active", 2, 1, Some(-24 * 3)),
            PersonLine { locked: true, ..line(5, "Hugo Lambert", "Bordeaux", "After-sales", "active", 2, 0, Some(-9)) },
            line(6, "Inès Ferrer", "Barcelona", "Finance data", "active", 3, 2, Some(-1)),
            line(7, "Joan Serra", "Barcelona", "Pricing", "disabled", 0, 0, Some(-24 * 40)),
            line(8, "Nadia Benali", "", "", "invited", 0, 0, None),
        ],
        pager: Pager { previous: None, next: Some("/people?cursor=n2".into()), shown: 8, total: Some(1024) },
        active: 981,
        invited: 12,
        disabled: 31,
        invite: Some(Invite {
            open: true,
            email: "nadia".into(),
            name: "Nadia Benali".into(),
            office: String::new(),
            capabilities: capabilities(false, false, false),
            teams: vec![
                team("after-sales", "After-sales", false),
                team("customer-data", "Customer data", true),
                team("pricing", "Pricing", false),
                team("privacy", "Privacy", false),
                team("sales-data", "Sales data", false),
            ],
        }),
        link: Some(FreshLink {
            purpose: "invitation".into(),
            name: "Paul Marchand".into(),
            url: "https://academy.example.com/welcome/k7Qm2vXy8rT4wZ1nB6cJ3dF9hL5pS0aG".into(),
            expires: Some(sample_at(72)),
            provider: String::new(),
        }),
        errors: vec![FieldError { field: "email".into(), text: "This is not a whole e-mail address.".into() }],
    }
}

/// Somebody was invited who signs in with the company.
#[must_use]
pub fn sample_by_provider() -> People {
    let link = FreshLink {
        purpose: "provider".into(),
        name: "Nadia Benali".into(),
        url: "https://academy.example.com/sign-in".into(),
        expires: None,
        provider: "Example staff".into(),
    };
    People { link: Some(link), errors: vec![], ..sample() }
}

/// A search that finds nobody.
#[must_use]
pub fn sample_empty() -> People {
    People {
        search: "zzz".into(),
        people: vec![],
        pager: Pager { previous: None, next: None, shown: 0, total: Some(0) },
        link: None,
        errors: vec![],
        invite: sample().invite.map(|i| Invite { open: false, email: String::new(), name: String::new(), ..i }),
        ..sample()
    }
}

/// The page for an auditor, who changes nothing.
#[must_use]
pub fn sample_audited() -> People {
    People { invite: None, link: None, errors: vec![], ..sample() }
}
