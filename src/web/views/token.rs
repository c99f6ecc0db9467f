//! A token, shown once, with what is in it and how to use it; or why there is none.

use serde::Serialize;

use super::parts::{Fact, Requirement};
use super::shared::Link;
use super::snippets::{Connection, Snippet, snippets};
use super::{Sample, Title, View, role, sample_at};

/// The answer to `POST /access/{role}/token`.
#[derive(Debug, Clone, Serialize)]
pub struct TokenShown {
    /// The role's slug.
    pub role: String,
    /// Its name inside the warehouse.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The warehouse's title.
    pub warehouse: String,
    /// The warehouse's slug.
    pub warehouse_id: String,
    /// The warehouse's product.
    pub kind: String,
    /// The token itself; this page is its only appearance.
    pub token: String,
    /// When it was minted.
    pub issued: i64,
    /// When it stops working.
    pub expires: i64,
    /// For how long it works, in seconds.
    pub lifetime: i64,
    /// What it says, claim by claim.
    pub claims: Vec<Fact>,
    /// How to use it, the warehouse's own tools first.
    pub snippets: Vec<Snippet>,
}

/// The answer where no token can be had.
#[derive(Debug, Clone, Serialize)]
pub struct TokenRefused {
    /// The role's slug.
    pub role: String,
    /// Its name inside the warehouse.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The stable code of the refusal: `not_certified`, `no_grant`, `locked`, …
    pub code: String,
    /// The reason as a sentence in the reader's language.
    pub sentence: String,
    /// Where the way goes on.
    pub next: Vec<Link>,
    /// The role's requirements with the reader's state.
    pub requirements: Vec<Requirement>,
    /// When it was refused; the log has the same line.
    pub at: i64,
    /// The line of the log: `evt_…`.
    pub event: String,
}

impl View for TokenShown {
    const TEMPLATE: &'static str = "access/token";
    const NAV: &'static str = "access";

    fn title(&self) -> Title {
        Title::of("token-title").with("role", &self.name)
    }
}

impl View for TokenRefused {
    const TEMPLATE: &'static str = "access/refused";
    const NAV: &'static str = "access";

    fn title(&self) -> Title {
        Title::of("token-refused-title").with("role", &self.name)
    }
}

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("token", &sample()), Sample::of("token-refused", &sample_refused())]
}

/// A token for Snowflake.
#[must_use]
pub fn sample() -> TokenShown {
    let fact = |name: &str, value: &str| Fact::of(name, value);
    let connection = Connection {
        kind: "snowflake".into(),
        host: "marketplace-eu.snowflakecomputing.com".into(),
        account: "marketplace-eu".into(),
        database: "MARKETPLACE".into(),
        schema: "BUSINESS".into(),
        compute: "ANALYSTS".into(),
        login: "ANA".into(),
        role: "ANALYST".into(),
        role_id: "analyst".into(),
        public_url: "https://academy.example.com".into(),
        email: "ana@example.com".into(),
    };
    TokenShown {
        role: "analyst".into(),
        name: "ANALYST".into(),
        title: "Marketplace analyst".into(),
        warehouse: "Marketplace warehouse".into(),
        warehouse_id: "marketplace".into(),
        kind: "Snowflake".into(),
        token: format!(
            "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6Ik5{}",
            "zbDFQa2ZxV2hBd0xtZ3JZb1Z4c0t0".repeat(22)
        ),
        issued: sample_at(0),
        expires: sample_at(0) + 900_000_000,
        lifetime: 900,
        claims: vec![
            fact("iss", "https://academy.example.com"),
            fact("aud", "https://marketplace-eu.snowflakecomputing.com"),
            fact("sub", "per_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f"),
            fact("preferred_username", "ANA"),
            fact("scope", "session:role:ANALYST"),
            fact("grant_id", "gra_0195c2f0a1b27c3d8e4f5a6b7c8d0007"),
            fact("certificates", "crt_0195c2f0a1b27c3d8e4f5a6b7c8d0011, crt_0195c2f0a1b27c3d8e4f5a6b7c8d0012"),
            fact("jti", "tok_0195c2f0a1b27c3d8e4f5a6b7c8d0042"),
            fact("exp", "2027-03-13T08:45:00Z"),
        ],
        snippets: snippets(&connection),
    }
}

/// No token: a certificate has lapsed.
#[must_use]
pub fn sample_refused() -> TokenRefused {
    let role = role::sample_missing();
    TokenRefused {
        role: role.id,
        name: role.name,
        title: role.title,
        code: "not_certified".into(),
        sentence: "Your certificate “Personal data” expired on 1 March 2027, and the role needs it.".into(),
        next: vec![
            Link::new("Renew “Personal data”", "/courses/personal-data"),
            Link::new("See the role", "/access/customer-care"),
        ],
        requirements: role.requirements,
        at: sample_at(0),
        event: "evt_0195c2f0a1b27c3d8e4f5a6b7c8d0099".into(),
    }
}
