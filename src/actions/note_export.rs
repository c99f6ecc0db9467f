//! Noting that records left the house: who took which list, narrowed by what.

use super::{About, act, assign_course::may_lead};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::refusal::Fault,
    identity::actor::Actor,
};
use serde_json::{Value, json};

/// Writes the event of an export before its first line is given out.
///
/// # Errors
/// The actor may not read everybody's records, or the database is away: then nothing may leave.
pub async fn note_export(app: &App, actor: &Actor, list: &'static str, filter: Value) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "note_export", About::nothing().named(list), move |w, by| {
        caller.as_auditor()?;
        let entry = Entry::new(What::RecordsExported).about(list);
        Ok(audit::rows::append(w, by, entry.data(json!({ "list": list })).texts(json!({ "filter": filter })))?)
    })
    .await
}

/// As [`note_export`], for a list of one team that whoever leads it may take as well; without a team, of all that they lead.
///
/// # Errors
/// The actor may not see that, or the database is away: then nothing may leave.
pub async fn note_team_export(
    app: &App,
    actor: &Actor,
    list: &'static str,
    team: Option<String>,
    filter: Value,
) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "note_export", About::nothing().named(list), move |w, by| {
        if caller.as_auditor().is_err() {
            match &team {
                Some(team) => may_lead(w, &caller, team)?,
                None => drop(caller.signed()?),
            }
        }
        let entry = Entry::new(What::RecordsExported).about(list);
        let entry = entry.data(json!({ "list": list, "team": team }));
        Ok(audit::rows::append(w, by, entry.texts(json!({ "filter": filter })))?)
    })
    .await
}
