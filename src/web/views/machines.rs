//! Service accounts, on the pages of those who answer for them: what each may, until when, and when it last got a token.

use serde::Serialize;

use super::parts::{PersonRef, RoleRef, sample_id};
use super::sample_at;

/// A service account.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    /// `cli_…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub owner: PersonRef,
    /// Whether it gets no token before its owner agrees.
    pub waits: bool,
    /// The tools whose tokens it may exchange.
    pub exchanges: Vec<String>,
    /// One for each role that it may use.
    pub accesses: Vec<MachineAccess>,
    /// How it is named in the warehouses of these.
    pub names: Vec<MachineName>,
}

/// A role that a service account may use.
#[derive(Debug, Clone, Serialize)]
pub struct MachineAccess {
    /// Which.
    pub role: RoleRef,
    /// Until when the owner's access holds; none where there is none now.
    pub until: Option<i64>,
    /// When the account last got a token for it.
    pub used: Option<i64>,
}

/// How a service account is named in a warehouse.
#[derive(Debug, Clone, Serialize)]
pub struct MachineName {
    /// The warehouse's id.
    pub warehouse: String,
    /// Its title.
    pub title: String,
    /// The name.
    pub login: String,
    /// Whether it was set by hand.
    pub by_hand: bool,
}

/// An account whose owner holds one of its two roles.
#[must_use]
pub fn sample() -> Machine {
    let access = |role: &str, until: Option<i64>, used: Option<i64>| MachineAccess {
        role: RoleRef::sample(role),
        until: until.map(|days| sample_at(24 * days)),
        used: used.map(sample_at),
    };
    Machine {
        id: sample_id("cli", 5),
        name: "Nightly load".into(),
        owner: PersonRef::sample(6, "Inès Ferrer"),
        waits: false,
        exchanges: vec![],
        accesses: vec![access("analyst", Some(19), Some(-7)), access("customer-care", None, None)],
        names: vec![MachineName {
            warehouse: "marketplace".into(),
            title: "Marketplace warehouse".into(),
            login: "SVC_NIGHTLY".into(),
            by_hand: true,
        }],
    }
}

/// An account that waits for its owner to agree.
#[must_use]
pub fn sample_waiting() -> Machine {
    let mut waiting = Machine {
        id: sample_id("cli", 6),
        name: "Report server".into(),
        waits: true,
        exchanges: vec![sample_id("cli", 1)],
        ..sample()
    };
    waiting.accesses.truncate(1);
    waiting.accesses.iter_mut().for_each(|access| access.used = None);
    waiting
}
