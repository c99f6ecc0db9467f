//! Changing a team: making one, who is in it, who leads it.

use super::{About, act, invite_person::clean_teams, list_holders::find_person, tell_seats};
use crate::{
    academy::assignment::TeamRefusal,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::Writing,
    identity::{
        actor::Actor,
        person::{IdentityRefusal, State, Wrong},
        rows,
    },
};
use serde_json::json;

type Person = Id<ids::Person>;

/// Makes a team; returns its name as it is kept.
///
/// # Errors
/// The actor is no admin, the name is no name or taken, or the database is away.
pub async fn make_team(app: &App, actor: &Actor, name: String) -> Result<String, Fault> {
    let caller = actor.clone();
    act(app, actor, "make_team", About::nothing(), move |w, by| {
        caller.as_admin()?;
        let team = clean_teams(std::slice::from_ref(&name))?.into_iter().next();
        let empty = || IdentityRefusal::BadField { field: "team", why: Wrong::Nameless };
        let team = team.ok_or_else(empty)?;
        if !rows::make_team(w, &team)? {
            return Err(TeamRefusal::TeamTaken.into());
        }
        audit::rows::append(w, by, Entry::new(What::TeamMade).about(team.clone()))?;
        Ok(team)
    })
    .await
}

fn known(w: &mut Writing<'_>, team: &str, person: Person) -> Result<(), Fault> {
    if !rows::is_team(w, team)? {
        return Err(TeamRefusal::NoSuchTeam { id: team.to_owned() }.into());
    }
    let found = rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    if found.state == State::Disabled {
        return Err(IdentityRefusal::AlreadySo { state: "disabled" }.into());
    }
    rows::hold(w, person, true)?;
    Ok(())
}

/// Puts a person (an id or an e-mail address) into a team. Putting somebody in who is in it changes nothing.
///
/// # Errors
/// The actor is no admin, the team or person is unknown, the person is shut out, or the database is away.
pub async fn add_member(app: &App, actor: &Actor, team: String, person: String) -> Result<(), Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    act(app, actor, "add_member", About::nothing().named(team.clone()), move |w, by| {
        caller.as_admin()?;
        let person = find_person(w, &person)?;
        known(w, &team, person)?;
        if rows::join_team(w, person, &team)? {
            let entry = Entry::new(What::PersonChanged).person(person).about(team.clone());
            audit::rows::append(w, by, entry.data(json!({ "joined": team })))?;
            tell_seats::teams_move(w, by, &content.catalogue, &[person], std::slice::from_ref(&team))?;
        }
        Ok(())
    })
    .await
}

/// Takes a person out of a team.
///
/// # Errors
/// The actor is no admin, the team is unknown, the person is not in it, or the database is away.
pub async fn remove_member(app: &App, actor: &Actor, team: String, person: Person) -> Result<(), Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    act(app, actor, "remove_member", About::person(person).named(team.clone()), move |w, by| {
        caller.as_admin()?;
        if !rows::is_team(w, &team)? {
            return Err(TeamRefusal::NoSuchTeam { id: team.clone() }.into());
        }
        if !rows::leave_team(w, person, &team)? {
            return Err(TeamRefusal::NotAMember.into());
        }
        let entry = Entry::new(What::PersonChanged).person(person).about(team.clone());
        audit::rows::append(w, by, entry.data(json!({ "left": team })))?;
        Ok(tell_seats::teams_move(w, by, &content.catalogue, &[person], std::slice::from_ref(&team))?)
    })
    .await
}

/// Makes a person (an id or an e-mail address) lead a team, or no longer. A lead sees the team's progress and assigns courses; they need not be in it.
///
/// # Errors
/// The actor is no admin, the team or person is unknown, the person is shut out, or the database is away.
pub async fn set_lead(app: &App, actor: &Actor, team: String, person: String, leads: bool) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "set_lead", About::nothing().named(team.clone()), move |w, by| {
        caller.as_admin()?;
        let person = find_person(w, &person)?;
        if leads {
            known(w, &team, person)?;
        } else if !rows::is_team(w, &team)? {
            return Err(TeamRefusal::NoSuchTeam { id: team.clone() }.into());
        }
        if rows::set_lead(w, &team, person, leads)? {
            let entry = Entry::new(What::TeamLeadsChanged).person(person).about(team.clone());
            audit::rows::append(w, by, entry.data(json!({ "team": team, "leads": leads })))?;
        }
        Ok(())
    })
    .await
}
