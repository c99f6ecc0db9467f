//! The warehouses that trust our tokens, and what to tell each of them.

use serde::Serialize;

use super::parts::RoleRef;
use super::{Sample, Title, View};

/// `/warehouses`
#[derive(Debug, Clone, Serialize)]
pub struct Warehouses {
    /// Our own address as tokens say it (`iss`).
    pub issuer: String,
    /// Where our public keys are.
    pub jwks: String,
    /// The warehouses in the catalogue's order.
    pub warehouses: Vec<Warehouse>,
}

/// A warehouse.
#[derive(Debug, Clone, Serialize)]
pub struct Warehouse {
    /// The slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The product as it writes its own name.
    pub kind: String,
    /// What tokens for it carry as `aud`.
    pub audience: String,
    /// `ES256` or `RS256`.
    pub signing: String,
    /// Its host.
    pub host: String,
    /// The rule that makes logins, in the reader's language.
    pub login_rule: String,
    /// Its roles.
    pub roles: Vec<RoleRef>,
    /// Grants in effect.
    pub holders: u32,
    /// Tokens minted in the last day.
    pub tokens_today: u32,
    /// The lock that stands on it: its reason.
    pub locked: Option<String>,
}

/// One statement or file for the other side.
#[derive(Debug, Clone, Serialize)]
pub struct Setup {
    /// What it is and where it goes, in the reader's language.
    pub label: String,
    /// The text, ready to paste.
    pub text: String,
    /// What to watch out for, in the reader's language; may be empty.
    pub note: String,
}

impl View for Warehouses {
    const TEMPLATE: &'static str = "warehouses/list";
    const NAV: &'static str = "warehouses";

    fn title(&self) -> Title {
        Title::of("warehouses-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("warehouses", &sample()), Sample::of("warehouses-empty", &sample_empty())]
}

/// Two warehouses.
#[must_use]
pub fn sample() -> Warehouses {
    Warehouses {
        issuer: "https://academy.example.com".into(),
        jwks: "https://academy.example.com/jwks.json".into(),
        warehouses: vec![
            Warehouse {
                id: "marketplace".into(),
                title: "Marketplace warehouse".into(),
                kind: "Snowflake".into(),
                audience: "https://marketplace-eu.snowflakecomputing.com".into(),
                signing: "ES256".into(),
                host: "marketplace-eu.snowflakecomputing.com".into(),
                login_rule: "What stands before the @ of the e-mail address, in capitals".into(),
                roles: ["analyst", "customer-care", "returns-desk"].map(RoleRef::sample).to_vec(),
                holders: 412,
                tokens_today: 3_180,
                locked: None,
            },
            sample_locked(),
        ],
    }
}

/// One that is locked.
#[must_use]
pub fn sample_locked() -> Warehouse {
    Warehouse {
        id: "pricing".into(),
        title: "Price intelligence lake".into(),
        kind: "Trino".into(),
        audience: "https://trino.example.com".into(),
        signing: "RS256".into(),
        host: "trino.example.com".into(),
        login_rule: "What stands before the @ of the e-mail address".into(),
        roles: vec![RoleRef::sample("price-watcher")],
        holders: 37,
        tokens_today: 96,
        locked: Some("Object store in maintenance until Monday.".into()),
    }
}

/// No warehouse yet.
#[must_use]
pub fn sample_empty() -> Warehouses {
    Warehouses { warehouses: vec![], ..sample() }
}
