//! Least privilege: what somebody would lose with a role or a team, and their access beside that of their peers.

use serde::Serialize;

use super::parts::{PersonRef, RoleRef};
use super::{Choice, FieldError, Sample, Title, View};

/// `/people/{id}/losses`
#[derive(Debug, Clone, Serialize)]
pub struct Losses {
    /// Whose access.
    pub person: PersonRef,
    /// The roles that they hold effectively, those ticked that are asked about.
    pub roles: Vec<RoleTick>,
    /// Their teams, the empty choice first.
    pub teams: Vec<Choice>,
    /// The team that is asked about.
    pub team: String,
    /// Whether anything is asked.
    pub asked: bool,
    /// The roles that would go.
    pub dropped: Vec<RoleRef>,
    /// Data that could not be read any more.
    pub lost: Vec<LostData>,
    /// Data that could still be read.
    pub kept: Vec<LostData>,
    /// Warehouses that nothing would open any more.
    pub warehouses: Vec<String>,
    /// Their teams, each with what the others in it hold.
    pub peers: Vec<PeerTeam>,
    /// What is wrong with what was asked.
    pub errors: Vec<FieldError>,
}

/// A role to tick.
#[derive(Debug, Clone, Serialize)]
pub struct RoleTick {
    /// The role.
    pub role: RoleRef,
    /// Whether it is ticked.
    pub on: bool,
}

/// A dataset, and the roles that open it.
#[derive(Debug, Clone, Serialize)]
pub struct LostData {
    /// Its name in the warehouse.
    pub dataset: String,
    /// The warehouse's title.
    pub warehouse: String,
    /// The roles, as one text.
    pub roles: String,
}

/// A team of a person, and what the others in it hold.
#[derive(Debug, Clone, Serialize)]
pub struct PeerTeam {
    /// The team's name.
    pub team: String,
    /// How many others are in it.
    pub peers: u32,
    /// The roles that any of them, or the person, holds.
    pub roles: Vec<PeerRole>,
}

/// A role in a team.
#[derive(Debug, Clone, Serialize)]
pub struct PeerRole {
    /// Which.
    pub role: RoleRef,
    /// How many of the others hold it.
    pub holding: u32,
    /// The same of a hundred.
    pub percent: u32,
    /// Whether the person does.
    pub held: bool,
    /// Held, and rare among the others.
    pub unusual: bool,
    /// Not held, and common among the others.
    pub lacking: bool,
}

impl View for Losses {
    const TEMPLATE: &'static str = "people/losses";
    const NAV: &'static str = "people";

    fn title(&self) -> Title {
        Title::of("losses-title").with("person", &self.person.name)
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("losses", &sample()), Sample::of("losses-unasked", &sample_unasked())]
}

/// Teams of somebody, for samples.
fn sample_peers() -> Vec<PeerTeam> {
    let role = |id: &str, holding, percent, held, unusual, lacking| PeerRole {
        role: RoleRef::sample(id),
        holding,
        percent,
        held,
        unusual,
        lacking,
    };
    vec![PeerTeam {
        team: "Customer care".into(),
        peers: 12,
        roles: vec![
            role("customer-care", 11, 92, true, false, false),
            role("price-watcher", 7, 58, false, false, true),
            role("analyst", 1, 8, true, true, false),
        ],
    }]
}

/// Two roles that would go.
#[must_use]
pub fn sample() -> Losses {
    let data = |dataset: &str, roles: &str| LostData {
        dataset: dataset.into(),
        warehouse: "Marketplace warehouse".into(),
        roles: roles.into(),
    };
    Losses {
        person: PersonRef::sample(9, "Marta Soler"),
        roles: vec![
            RoleTick { role: RoleRef::sample("customer-care"), on: true },
            RoleTick { role: RoleRef::sample("analyst"), on: false },
        ],
        teams: super::holders::choices(&[("", "No team"), ("customer-care", "Customer care")]),
        team: String::new(),
        asked: true,
        dropped: vec![RoleRef::sample("customer-care")],
        lost: vec![data("gold.customers", "CUSTOMER_CARE"), data("gold.calls", "CUSTOMER_CARE")],
        kept: vec![data("gold.orders", "ANALYST")],
        warehouses: vec!["Price intelligence lake".into()],
        peers: sample_peers(),
        errors: vec![],
    }
}

/// Nothing asked yet.
#[must_use]
pub fn sample_unasked() -> Losses {
    Losses { asked: false, dropped: vec![], lost: vec![], warehouses: vec![], ..sample() }
}
