//! Warehouses in figures: grants in effect, tokens of the last day, and the lock that stands on each.

use super::{About, look};
use crate::{
    access::rows::{self, LockKind},
    app::{App, Content},
    base::{refusal::Fault, text::Slug},
    identity::actor::Actor,
};
use std::{collections::BTreeMap, sync::Arc};

/// The figures of every warehouse.
pub struct WarehouseFigures {
    pub content: Arc<Content>,
    /// Grants in effect.
    pub effective: BTreeMap<Slug, i64>,
    /// Tokens minted in the last 24 hours.
    pub minted: BTreeMap<Slug, i64>,
    /// Why a warehouse is locked.
    pub locked: BTreeMap<String, String>,
}

/// Reads the figures of every warehouse.
///
/// # Errors
/// The actor may not read them, or the database is away.
pub async fn read_warehouses(app: &App, actor: &Actor) -> Result<WarehouseFigures, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "read_warehouses", About::nothing(), move |r| {
        caller.as_auditor()?;
        let since = r.at().plus_seconds(-86_400);
        Ok(WarehouseFigures {
            effective: rows::effective_by_warehouse(r)?,
            minted: rows::minted_by_warehouse(r, since)?,
            locked: rows::locks(r)?
                .into_iter()
                .filter(|lock| lock.lifted_at.is_none() && lock.kind == LockKind::Warehouse)
                .map(|lock| (lock.subject_id, lock.reason))
                .collect(),
            content,
        })
    })
    .await
}
