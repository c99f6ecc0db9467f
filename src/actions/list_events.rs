//! Reading the log by filter.

use super::{
    About,
    list_holders::find_person,
    look,
    note_audit_read::{Reading, note_audit_read_once},
};
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
use serde_json::json;

/// Lists events by filter, newest first; `person` may be an id or an e-mail address. That the log was read is noted first.
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
    let (caller, asked) = (actor.clone(), filter.clone());
    let filter = look(app, actor, "list_events", About::nothing(), move |r| {
        caller.as_auditor()?;
        let mut filter = asked;
        if let Some(text) = person.filter(|text| !text.trim().is_empty()) {
            filter.person = Some(find_person(r, &text)?);
        }
        Ok(filter)
    })
    .await?;
    let narrowed = json!({
        "kind": filter.kind, "role": filter.role, "subject": filter.subject, "outcome": filter.outcome, "from": filter.from,
        "until": filter.until,
    });
    let reading = Reading { person: filter.person, ..Reading::of("events").asked(narrowed) };
    note_audit_read_once(app, actor, reading).await?;
    look(app, actor, "list_events", About::nothing(), move |r| Ok(rows::list(r, &filter, &paging)?)).await
}
