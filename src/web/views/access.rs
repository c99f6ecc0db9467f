//! The catalogue of roles: every door there is, with the reader's state before each.

use serde::Serialize;

use super::parts::{Proof, Requirement};
use super::{Sample, Title, View, sample_at};

/// `/access`
#[derive(Debug, Clone, Serialize)]
pub struct AccessCatalogue {
    /// What is searched for; narrows the list where scripts don't.
    pub search: String,
    /// How many roles there are.
    pub total: u32,
    /// How many the reader holds now.
    pub effective: u32,
    /// How many the reader could request at once.
    pub requestable: u32,
    /// How many of the reader's requests are undecided.
    pub waiting: u32,
    /// The roles by warehouse, in the catalogue's order.
    pub warehouses: Vec<AccessGroup>,
}

/// A warehouse with its roles.
#[derive(Debug, Clone, Serialize)]
pub struct AccessGroup {
    /// The slug.
    pub id: String,
    /// The title in the reader's language.
    pub title: String,
    /// `Snowflake`, `Trino`, `PostgREST`, … as the product writes its name.
    pub kind: String,
    /// Its roles.
    pub roles: Vec<AccessCard>,
}

/// A role as a card.
#[derive(Debug, Clone, Serialize)]
pub struct AccessCard {
    /// The slug in addresses.
    pub id: String,
    /// Its name inside the warehouse.
    pub name: String,
    /// Its title in the reader's language.
    pub title: String,
    /// One or two sentences in the reader's language.
    pub description: String,
    /// `public`, `internal`, `confidential` or `personal`.
    pub sensitivity: String,
    /// The owning team.
    pub owner: String,
    /// How old the data may be, in seconds.
    pub freshness: i64,
    /// What it demands, with the reader's state against each.
    pub requirements: Vec<Requirement>,
    /// `effective`, `expiring`, `scheduled`, `requestable`, `missing`, `waiting`, `blocked`, `returned`, `suspended` or `locked`.
    pub status: String,
    /// When the grant began, where there is one.
    pub from: Option<i64>,
    /// When the grant ends, where there is one.
    pub until: Option<i64>,
    /// Words to filter by: names, titles, datasets, owner, in any language.
    pub search: String,
}

impl View for AccessCatalogue {
    const TEMPLATE: &'static str = "access/catalogue";
    const NAV: &'static str = "access";

    fn title(&self) -> Title {
        Title::of("access-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("access", &sample()), Sample::of("access-empty", &sample_empty())]
}

/// An instance before any role is catalogued.
#[must_use]
pub fn sample_empty() -> AccessCatalogue {
    AccessCatalogue { search: String::new(), total: 0, effective: 0, requestable: 0, waiting: 0, warehouses: vec![] }
}

/// A rich instance.
#[must_use]
pub fn sample() -> AccessCatalogue {
    let analyst = || Proof::sample("Warehouse analyst", "warehouse-analyst", "valid", Some(sample_at(24 * 290)));
    let costs = || Proof::sample("Warehouse costs", "warehouse-costs", "expiring", Some(sample_at(24 * 19)));
    let privacy = || Proof::sample("Personal data", "personal-data", "in_progress", None).left(2, 1);
    let basics = || Proof::sample("Data foundations", "data-foundations", "valid", Some(sample_at(24 * 200)));
    let card =
        |id: &str, name: &str, title: &str, description: &str, sensitivity: &str, owner: &str, hours: i64| AccessCard {
            id: id.into(),
            name: name.into(),
            title: title.into(),
            description: description.into(),
            sensitivity: sensitivity.into(),
            owner: owner.into(),
            freshness: hours * 3600,
            requirements: vec![],
            status: "missing".into(),
            from: None,
            until: None,
            search: format!("{id} {name} {title} {owner} {description}"),
        };
    let explorer = AccessCard {
        requirements: vec![basics().alone()],
        status: "effective".into(),
        from: Some(sample_at(-24 * 80)),
        until: Some(sample_at(24 * 200)),
        ..card(
            "explorer",
            "EXPLORER",
            "Data explorer",
            "The golden KPIs and the reference tables that every team reads. No personal data, no line-level sales.",
            "public",
            "Data platform",
            24,
        )
    };
    let analyst_role = AccessCard {
        requirements: vec![analyst().alone(), costs().alone()],
        status: "expiring".into(),
        from: Some(sample_at(-24 * 160)),
        until: Some(sample_at(24 * 19)),
        ..card(
            "analyst",
            "ANALYST",
            "Marketplace analyst",
            "Orders, order lines, returns and sessions at their finest grain, with customers behind pseudonymous keys.",
            "internal",
            "Sales data",
            2,
        )
    };
    let returns = AccessCard {
        requirements: vec![analyst().alone(), privacy().alone()],
        status: "blocked".into(),
        ..card(
            "returns-desk",
            "RETURNS_DESK",
            "Returns desk",
            "Returns with their free-text comments, for the teams that settle them with merchants.",
            "confidential",
            "After-sales",
            6,
        )
    };
    let finance = AccessCard {
        requirements: vec![analyst().alone(), costs().alone()],
        status: "waiting".into(),
        ..card(
            "merchant-finance",
            "MERCHANT_FINANCE",
            "Merchant finance",
            "Commissions, payouts and credit notes by merchant. Confidential by contract.",
            "confidential",
            "Finance data",
            24,
        )
    };
    let care = AccessCard {
        requirements: vec![privacy().alone(), Requirement { met: true, any_of: vec![analyst(), basics()] }],
        ..card(
            "customer-care",
            "CUSTOMER_CARE",
            "Customer care",
            "Customers in the clear, with names, addresses and orders. Every query is logged under your name.",
            "personal",
            "Customer data",
            2,
        )
    };
    let watcher = AccessCard {
        requirements: vec![basics().alone(), costs().alone()],
        status: "requestable".into(),
        ..card(
            "price-watcher",
            "price_watcher",
            "Price watcher",
            "Competitor prices by product and day, and our own beside them.",
            "internal",
            "Pricing",
            12,
        )
    };
    let modeller = AccessCard {
        requirements: vec![analyst().alone(), costs().alone()],
        status: "locked".into(),
        from: Some(sample_at(-24 * 30)),
        until: Some(sample_at(24 * 60)),
        ..card(
            "price-modeller",
            "price_modeller",
            "Price modeller",
            "The price lake with write access to a sandbox, for the people who build the price model.",
            "confidential",
            "Pricing",
            12,
        )
    };
    let group = |id: &str, title: &str, kind: &str, roles| AccessGroup {
        id: id.into(),
        title: title.into(),
        kind: kind.into(),
        roles,
    };
    AccessCatalogue {
        search: String::new(),
        total: 7,
        effective: 2,
        requestable: 1,
        waiting: 2,
        warehouses: vec![
            group(
                "marketplace",
                "Marketplace warehouse",
                "Snowflake",
                vec![explorer, analyst_role, returns, finance, care],
            ),
            group("pricing", "Price intelligence lake", "Trino", vec![watcher, modeller]),
        ],
    }
}
