//! Reading the log by filter.

use super::{About, list_holders::find_person, look};
use crate::{
    app::App,
    audit::{
        event::Line,
        rows::{self, Filter},
    },
    base::{
        paging::{Listing, Paging},
        refusal::Fault,
    },
    identity::actor::Actor,
};

/// Lists events by filter, newest first; `person` may be an id or an e-mail address.
///
/// # Errors
/// The actor may not read everybody's records, the person is unknown, or the database is away.
pub async fn list_events(
    app: &App,
    actor: &Actor,
    filter: Filter,
    person: Option<String>,
    paging: Paging,
) -> Result<Listing<Line>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_events", About::nothing(), move |r| {
        caller.as_auditor()?;
        let mut filter = filter;
        if let Some(text) = person.filter(|text| !text.trim().is_empty()) {
            filter.person = Some(find_person(r, &text)?);
        }
        Ok(rows::list(r, &filter, &paging)?)
    })
    .await
}
