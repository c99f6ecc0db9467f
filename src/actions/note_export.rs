//! Noting that records left the house: who took which list, narrowed by what.

use super::{About, act, assign_course::may_lead, list_holders::may_read};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{refusal::Fault, text::Slug},
    identity::actor::Actor,
};
use serde_json::{Value, json};

/// Whose records a list tells of, and by that who may take it away.
#[derive(Clone, Debug)]
pub enum Whose {
    /// Everybody's: only auditors.
    Everybody,
    /// Holders of one role, also its owner; without a role, everybody's.
    HoldersOf(Option<Slug>),
    /// One team's, also whoever leads it; without a team, all those that the caller leads.
    Team(Option<String>),
}

/// Writes the event of an export before its first line is given out.
///
/// # Errors
/// The actor may not read those records, or the database is away: then nothing may leave.
pub async fn note_export(
    app: &App,
    actor: &Actor,
    list: &'static str,
    whose: Whose,
    filter: Value,
) -> Result<(), Fault> {
    let (house, caller) = (app.clone(), actor.clone());
    act(app, actor, "note_export", About::nothing().named(list), move |w, by| {
        let data = match &whose {
            Whose::Everybody => {
                caller.as_auditor()?;
                json!({ "list": list })
            }
            Whose::HoldersOf(role) => {
                may_read(&house, &caller, role.as_ref())?;
                json!({ "list": list })
            }
            Whose::Team(team) => {
                if caller.as_auditor().is_err() {
                    match team {
                        Some(team) => may_lead(w, &caller, team)?,
                        None => drop(caller.signed()?),
                    }
                }
                json!({ "list": list, "team": team })
            }
        };
        let entry = Entry::new(What::RecordsExported).about(list);
        Ok(audit::rows::append(w, by, entry.data(data).texts(json!({ "filter": filter })))?)
    })
    .await
}
