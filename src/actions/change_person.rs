//! Changing a person: their own language and zone, and by an admin what they may do, their teams and warehouse logins.

use super::{
    About, act, delegate, erase_person::not_erased, hand_over_client, invite_person::clean_teams, settle_access,
    tell_seats,
};
use crate::{
    access::{delegation::DelegationRefusal, request::AccessRefusal},
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::{Language, Slug},
    },
    db::{Reading, Writing},
    identity::{
        actor::Actor,
        person::{Capabilities, IdentityRefusal, State, Wrong},
        rows,
    },
};
use serde_json::json;

/// Sets the signed-in person's language (none: the browser's) and time zone (an IANA name).
///
/// # Errors
/// Nobody is signed in, the zone is unknown, or the database is away.
pub async fn change_preferences(
    app: &App,
    actor: &Actor,
    language: Option<Language>,
    zone: String,
) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "change_preferences", About::person(who), move |w, by| {
        if jiff::tz::TimeZone::get(&zone).is_err() {
            return Err(IdentityRefusal::BadField { field: "zone", why: Wrong::Zone }.into());
        }
        let mut person = rows::person(w, who)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        person.language = language;
        person.zone.clone_from(&zone);
        rows::update_profile(w, &person)?;
        let entry = Entry::new(What::PersonChanged).person(who);
        Ok(audit::rows::append(w, by, entry.data(json!({ "language": language, "zone": zone })))?)
    })
    .await
}

/// Sets what a person may do. Nobody takes the last admin away.
///
/// # Errors
/// The actor is no admin, there is no such person, it is the last admin, or the database is away.
pub async fn change_capabilities(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    may: Capabilities,
) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "change_capabilities", About::person(person), move |w, by| {
        caller.as_admin()?;
        rows::hold_admins(w)?;
        rows::hold(w, person, true)?;
        let found = rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        not_erased(w, person)?;
        let loses = found.capabilities.admin && !may.admin && found.state == State::Active;
        if loses && rows::active_admins(w)? <= 1 {
            return Err(IdentityRefusal::LastAdmin.into());
        }
        rows::set_capabilities(w, person, may)?;
        let entry = Entry::new(What::PersonChanged).person(person);
        Ok(audit::rows::append(w, by, entry.data(json!({ "from": found.capabilities, "to": may })))?)
    })
    .await
}

/// Sets who a person's manager is, by an e-mail address or an id; an empty text leaves them without.
///
/// # Errors
/// The actor is no admin, there is no such person, the manager answers to them already, or the database is away.
pub async fn change_manager(app: &App, actor: &Actor, person: Id<ids::Person>, manager: String) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "change_manager", About::person(person), move |w, by| {
        caller.as_admin()?;
        rows::hold_managers(w)?;
        rows::hold(w, person, true)?;
        rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        not_erased(w, person)?;
        let manager = match manager.trim() {
            "" => None,
            text => Some(delegate::named(w, text)?.ok_or(IdentityRefusal::NoSuchPerson)?.id),
        };
        set_manager(w, by, &content, person, manager)
    })
    .await
}

/// Refuses a manager who answers to the person already. The caller holds the managers.
///
/// # Errors
/// They do, or the database is away.
pub(super) fn no_loop(r: &mut Reading<'_>, person: Id<ids::Person>, manager: Id<ids::Person>) -> Result<(), Fault> {
    if rows::answers_to(r, manager, person)? { Err(DelegationRefusal::ManagerLoop.into()) } else { Ok(()) }
}

/// Makes somebody a person's manager from now on, or nobody; doing it again changes nothing. The caller holds the managers and
/// the person.
///
/// # Errors
/// The manager answers to them already, or the database is away.
pub(super) fn set_manager(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    person: Id<ids::Person>,
    manager: Option<Id<ids::Person>>,
) -> Result<(), Fault> {
    if let Some(manager) = manager {
        no_loop(w, person, manager)?;
    }
    let before = rows::manager_of(w, person)?;
    if before == manager {
        return Ok(());
    }
    rows::set_manager(w, person, manager)?;
    let entry = Entry::new(What::PersonChanged).person(person);
    audit::rows::append(w, by, entry.data(json!({ "manager_before": before, "manager": manager })))?;
    // What the new manager has said already may have been all that was missing. If not, they are told what waits, and the one
    // before hears no more of it.
    Ok(settle_access::settle(w, by, content, person)?)
}

/// Puts a person into exactly these teams.
///
/// # Errors
/// The actor is no admin, there is no such person, a team's name is no name, or the database is away.
pub async fn change_teams(app: &App, actor: &Actor, person: Id<ids::Person>, teams: Vec<String>) -> Result<(), Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    act(app, actor, "change_teams", About::person(person), move |w, by| {
        caller.as_admin()?;
        rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        let teams = clean_teams(&teams)?;
        let before = rows::teams_of(w, person)?;
        rows::set_teams(w, person, &teams)?;
        let entry = Entry::new(What::PersonChanged).person(person);
        audit::rows::append(w, by, entry.data(json!({ "teams_before": before, "teams": teams })))?;
        let (left, joined) =
            (before.iter().filter(|one| !teams.contains(one)), teams.iter().filter(|one| !before.contains(one)));
        let moved: Vec<String> = left.chain(joined).cloned().collect();
        Ok(tell_seats::teams_move(w, by, &content.catalogue, &[person], &moved)?)
    })
    .await
}

/// Sets how a person is named in a warehouse; an empty name goes back to the catalogue's rule.
///
/// # Errors
/// The actor is no admin, the person or the warehouse is unknown, the name has control characters or is a service account's,
/// or the database is away.
pub async fn change_login(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    warehouse: Slug,
    login: String,
) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "change_login", About::person(person), move |w, by| {
        caller.as_admin()?;
        rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        not_erased(w, person)?;
        let known = content.catalogue.warehouses.get(&warehouse);
        let known = known.ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: warehouse.to_string() })?;
        let login = login.trim();
        if login.chars().count() > 200 || login.chars().any(char::is_control) {
            return Err(IdentityRefusal::BadField { field: "login", why: Wrong::LoginLength }.into());
        }
        let kept = (!login.is_empty()).then_some(login);
        if let Some(login) = kept {
            hand_over_client::free(w, known, login, true)?;
        }
        rows::set_warehouse_login(w, person, warehouse.as_str(), kept)?;
        let entry = Entry::new(What::PersonChanged).person(person);
        Ok(audit::rows::append(w, by, entry.data(json!({ "warehouse": warehouse })).texts(json!({ "login": kept })))?)
    })
    .await
}
