//! Filling: many made-up records at once, each with its history, for the demo's generator and for load tests.

use super::{About, act};
use crate::{
    access::rows::{self, Bulk},
    app::App,
    base::refusal::Fault,
    identity::actor::Actor,
};

/// Writes a batch of records in one transaction.
///
/// # Errors
/// The actor is no admin, a record clashes with one that is there, or the database is away.
pub async fn fill(app: &App, actor: &Actor, bulk: Bulk) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "fill", About::nothing(), move |w, by| {
        caller.as_admin()?;
        Ok(rows::insert_bulk(w, by, &bulk)?)
    })
    .await
}
