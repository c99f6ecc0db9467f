//! A warehouse's set-up: what to tell it, filled in, and what to know about its verifier.

use super::{About, look};
use crate::{
    access::{
        catalogue::{Role, Warehouse},
        request::AccessRefusal,
    },
    app::{App, Content},
    base::{refusal::Fault, text::Slug},
    identity::actor::Actor,
    tokens::setup::{self, Caveat, Statement},
};

/// What to tell a warehouse.
#[derive(Clone, Debug)]
pub struct WarehouseSetup {
    pub warehouse: Warehouse,
    pub issuer: String,
    pub statements: Vec<Statement>,
    pub caveats: Vec<Caveat>,
    /// How long the longest token for it lasts, in whole minutes.
    pub minutes: i64,
}

/// The set-up of a warehouse.
///
/// # Errors
/// The actor may not read it, there is no such warehouse, or the database is away.
pub async fn warehouse_setup(app: &App, actor: &Actor, id: Slug) -> Result<WarehouseSetup, Fault> {
    let content = app.content()?;
    let (caller, issuer) = (actor.clone(), app.settings.issuer());
    look(app, actor, "warehouse_setup", About::nothing().named(id.to_string()), move |_| {
        caller.as_auditor()?;
        Ok(of(&content, issuer, known(&content, &id)?))
    })
    .await
}

/// The warehouse with this id.
pub(super) fn known<'a>(content: &'a Content, id: &Slug) -> Result<&'a Warehouse, AccessRefusal> {
    let found = content.catalogue.warehouses.get(id);
    found.ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: id.to_string() })
}

/// The roles of a warehouse.
#[must_use]
pub fn roles<'a>(content: &'a Content, warehouse: &Warehouse) -> Vec<&'a Role> {
    content.catalogue.roles.values().filter(|role| role.warehouse == warehouse.id).collect()
}

fn of(content: &Content, issuer: String, warehouse: &Warehouse) -> WarehouseSetup {
    let roles = roles(content, warehouse);
    let longest = roles.iter().map(|role| role.token_lifetime.approximate_seconds()).max().unwrap_or(0);
    WarehouseSetup {
        statements: setup::statements(&issuer, warehouse, &roles),
        caveats: setup::caveats(&issuer, warehouse.kind),
        minutes: longest.saturating_add(59) / 60,
        warehouse: warehouse.clone(),
        issuer,
    }
}
