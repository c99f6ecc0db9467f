//! The directory brings a team in: a new one, or one that it had let go.

use super::{
    super::{About, act, tell_seats},
    base, moved,
};
use crate::{
    academy::assignment::TeamRefusal,
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::{Reading, Writing},
    identity::{self, actor::Actor},
    provisioning::{
        document::Document,
        refusal::ScimRefusal,
        rows,
        team::{KnownTeam, WantedTeam, key, slug},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

/// Brings a team in.
///
/// # Errors
/// The actor is not the directory, a value makes no sense, the name or the external id is another team's, or the database is
/// away.
pub async fn make_team(app: &App, actor: &Actor, document: Document) -> Result<Document, Fault> {
    let (caller, base, content) = (actor.clone(), base(app), app.content()?);
    act(app, actor, "scim_make_team", About::nothing(), move |w, by| {
        caller.as_directory()?;
        let wanted = WantedTeam::read(&document)?;
        rows::hold_directory(w)?;
        free(w, &wanted, None)?;
        let gone = rows::teams_let_go(w)?;
        let back = gone.iter().find(|team| key(&team.title) == key(&wanted.title));
        let id = match back {
            Some(team) => team.id.clone(),
            None => anew(w, &wanted, &gone)?,
        };
        let entry = Entry::new(What::TeamMade).about(id.clone());
        audit::rows::append(w, by, entry.texts(json!({ "title": wanted.title })))?;
        rows::keep_team(w, &id, &wanted.title, wanted.external_id.as_deref())?;
        settle_members(w, by, &content, &id, &wanted.members)?;
        whole(w, &id, &base)
    })
    .await
}

fn anew(w: &mut Writing<'_>, wanted: &WantedTeam, gone: &[KnownTeam]) -> Result<String, Fault> {
    let there = rows::known_teams(w, None)?;
    let taken: BTreeSet<&str> = there.iter().chain(gone).map(|team| team.id.as_str()).collect();
    let id = slug(&wanted.title, &|name| taken.contains(name));
    if !identity::rows::make_team(w, &id)? {
        return Err(ScimRefusal::Taken { thing: "Group", field: "displayName" }.into());
    }
    Ok(id)
}

/// Refuses what another team has already, and members whom the directory does not see.
pub(super) fn free(r: &mut Reading<'_>, wanted: &WantedTeam, own: Option<&KnownTeam>) -> Result<(), Fault> {
    let name = key(&wanted.title);
    let other = |team: &&KnownTeam| own.is_none_or(|own| own.id != team.id);
    let teams = rows::known_teams(r, None)?;
    if teams.iter().filter(other).any(|team| key(&team.title) == name || team.id == name) {
        return Err(ScimRefusal::Taken { thing: "Group", field: "displayName" }.into());
    }
    if rows::is_team_called(r, wanted.external_id.as_deref(), own.map_or("", |own| own.id.as_str()))? {
        return Err(ScimRefusal::Taken { thing: "Group", field: "externalId" }.into());
    }
    if rows::seen_people(r, &wanted.members)? != wanted.members {
        return Err(ScimRefusal::value("members", "a value is the id of no User").into());
    }
    Ok(())
}

/// Makes these, and no others whom the directory sees, the members of a team. Whoever comes or goes is told what waits for them
/// now.
pub(super) fn settle_members(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    team: &str,
    wanted: &BTreeSet<Id<ids::Person>>,
) -> Result<(), Fault> {
    let mut members = rows::known_members(w, &[team.to_owned()])?;
    let before: BTreeSet<_> = members.remove(team).unwrap_or_default().into_iter().collect();
    let mut people = Vec::new();
    for person in before.difference(wanted) {
        if identity::rows::leave_team(w, *person, team)? {
            moved(w, by, *person, team, false)?;
            people.push(*person);
        }
    }
    for person in wanted.difference(&before) {
        if identity::rows::join_team(w, *person, team)? {
            moved(w, by, *person, team, true)?;
            people.push(*person);
        }
    }
    Ok(tell_seats::teams_move(w, by, &content.catalogue, &people, &[team.to_owned()])?)
}

/// The whole resource of a team.
pub(super) fn whole(r: &mut Reading<'_>, id: &str, base: &str) -> Result<Document, Fault> {
    let known = rows::known_team(r, id)?.ok_or_else(|| TeamRefusal::NoSuchTeam { id: id.to_owned() })?;
    let members = rows::known_members(r, std::slice::from_ref(&known.id))?.remove(id).unwrap_or_default();
    Ok(known.told(Some(&members), base))
}
