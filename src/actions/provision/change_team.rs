//! The directory changes a team, its name and who is in it, or lets it go.

use super::{
    super::{About, act},
    Change, base,
    make_team::{free, settle_members, whole},
    still,
};
use crate::{
    academy::assignment::TeamRefusal,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::refusal::Fault,
    db::Writing,
    identity::actor::Actor,
    provisioning::{
        document::Document,
        rows,
        schema::TEAM,
        team::{KnownTeam, WantedTeam, body_of},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

fn held(w: &mut Writing<'_>, id: &str) -> Result<KnownTeam, Fault> {
    rows::hold_directory(w)?;
    Ok(rows::known_team(w, id)?.ok_or_else(|| TeamRefusal::NoSuchTeam { id: id.to_owned() })?)
}

/// Changes a team; returns the whole resource after it.
///
/// # Errors
/// The actor is not the directory, there is no such team, `if_match` names another version, a value makes no sense, the name
/// or the external id is another team's, or the database is away.
pub async fn change_team(
    app: &App,
    actor: &Actor,
    id: String,
    change: Change,
    if_match: Option<String>,
) -> Result<Document, Fault> {
    let (caller, base, content) = (actor.clone(), base(app), app.content()?);
    act(app, actor, "scim_change_team", About::nothing().named(id.clone()), move |w, by| {
        caller.as_directory()?;
        let known = held(w, &id)?;
        let before = whole(w, &id, &base)?;
        still(if_match.as_deref(), &before)?;
        let after = match &change {
            Change::Replace(document) => document.clone(),
            Change::Patch(patch) => patch.apply(&TEAM, body_of(&before))?,
        };
        let wanted = WantedTeam::read(&after)?;
        free(w, &wanted, Some(&known))?;
        if wanted.title != known.title || wanted.external_id != known.external_id {
            let entry = Entry::new(What::TeamRenamed).about(id.clone());
            audit::rows::append(w, by, entry.texts(json!({ "title": wanted.title })))?;
            rows::keep_team(w, &id, &wanted.title, wanted.external_id.as_deref())?;
        }
        settle_members(w, by, &content, &id, &wanted.members)?;
        whole(w, &id, &base)
    })
    .await
}

/// Lets a team go: nobody is in it any longer, and the directory sees it no longer. What was assigned to it stays on record.
///
/// # Errors
/// The actor is not the directory, there is no such team, `if_match` names another version, or the database is away.
pub async fn release_team(app: &App, actor: &Actor, id: String, if_match: Option<String>) -> Result<(), Fault> {
    let (caller, base, content) = (actor.clone(), base(app), app.content()?);
    act(app, actor, "scim_release_team", About::nothing().named(id.clone()), move |w, by| {
        caller.as_directory()?;
        held(w, &id)?;
        still(if_match.as_deref(), &whole(w, &id, &base)?)?;
        settle_members(w, by, &content, &id, &BTreeSet::new())?;
        rows::let_team_go(w, &id)?;
        Ok(audit::rows::append(w, by, Entry::new(What::TeamReleased).about(id.clone()))?)
    })
    .await
}
