//! Drawing the map of who holds what, now or as of a moment; the reading is noted before it is shown.

use super::{
    About,
    list_holders::{known, may_read},
    look_at,
    note_audit_read::{self, note_audit_read},
};
use crate::{
    app::App,
    base::{clock::Time, refusal::Fault, text::Slug},
    identity::actor::Actor,
    reports::{
        map::{Columns, HoldersMap, MANY_ROLES, NO_TEAM, Order, Rows, draw},
        rows::map::{MOST, Narrow, held, members, people},
    },
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of a map.
#[derive(Clone, Debug)]
pub struct Ask {
    pub at: Option<Time>,
    /// Only people of this team; `-` for those who are in none.
    pub team: Option<String>,
    pub warehouse: Option<Slug>,
    pub role: Option<Slug>,
    /// Teams, unless one is asked about.
    pub rows: Option<Rows>,
    /// Roles, unless they are many.
    pub columns: Option<Columns>,
    pub order: Order,
}

/// Draws the map for auditors and admins, or of the own roles for their owners; `format` tells the log whether it is looked at
/// or taken along.
///
/// # Errors
/// The actor is neither, what is asked about is unknown, or the database is away: also where only the note of this reading can
/// not be written.
pub async fn map_holders(app: &App, actor: &Actor, ask: Ask, format: &'static str) -> Result<HoldersMap, Fault> {
    let at = ask.at.unwrap_or_else(|| app.now());
    let own = own_roles(app, actor)?;
    let may = if own.is_empty() || ask.role.is_some() { may_read(app, actor, ask.role.as_ref()) } else { Ok(()) };
    let roles = match (&ask.role, own.is_empty()) {
        (Some(role), _) => Some(vec![role.clone()]),
        (None, true) => None,
        (None, false) => Some(own.clone()),
    };
    let asked = json!({
        "at": ask.at, "team": ask.team, "warehouse": ask.warehouse, "rows": ask.rows, "columns": ask.columns,
        "format": format,
    });
    let role = ask.role.clone();
    let map = look_at(app, actor, "map_holders", About::nothing().named("holders/map"), at, move |r| {
        may?;
        let team = ask.team.clone().filter(|team| team != NO_TEAM);
        known(r, ask.role.as_ref(), ask.warehouse.as_ref(), team.as_deref())?;
        let rows = ask.rows.unwrap_or(if ask.team.is_some() { Rows::People } else { Rows::Teams });
        let narrow = Narrow { warehouse: ask.warehouse, roles, team: team.clone() };
        let (mut held, cut) = held(r, &narrow, MOST)?;
        let mut members = members(r, team.as_ref())?;
        if ask.team.as_deref() == Some(NO_TEAM) {
            let somewhere: BTreeSet<_> = members.iter().map(|member| member.person_id).collect();
            held.retain(|right| !somewhere.contains(&right.person_id));
            members.clear();
        }
        let many = held.iter().map(|right| &right.role_id).collect::<BTreeSet<_>>().len() > MANY_ROLES;
        let columns = ask.columns.unwrap_or(if many { Columns::Warehouses } else { Columns::Roles });
        let mut names = BTreeMap::new();
        if rows == Rows::People {
            let ids: BTreeSet<_> = held.iter().map(|right| right.person_id).collect();
            let ids: Vec<_> = ids.into_iter().collect();
            names.extend(people(r, &ids)?.into_iter().map(|person| (person.id, person.name)));
        }
        Ok(HoldersMap { cut, ..draw(at, &held, &members, &names, (rows, columns), ask.order) })
    })
    .await?;
    let part = "holders/map".to_owned();
    note_audit_read(app, actor, note_audit_read::Reading { part, person: None, role, roles: own, asked }).await?;
    Ok(map)
}

/// The roles that the actor owns and may read about; none for who may read everything, or owns none.
fn own_roles(app: &App, actor: &Actor) -> Result<Vec<Slug>, Fault> {
    if actor.as_auditor().is_ok() {
        return Ok(Vec::new());
    }
    let email = actor.signed()?.person.email.clone();
    let content = app.content()?;
    Ok(content.catalogue.owned_by(&email).map(|role| role.id.clone()).collect())
}
