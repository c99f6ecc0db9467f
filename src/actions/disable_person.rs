//! Shutting a person out, and letting them back in: sessions and grants end in the same transaction.

use super::{About, act, delegate, erase_person::not_erased, reviews::leave, settle_access, tell_access, tell_seats};
use crate::{
    access::{self, grant::EndReason, request::AccessRefusal},
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{
        self,
        actor::Actor,
        person::{IdentityRefusal, State},
    },
    tokens::{
        self,
        rows::{Ending, Whose},
    },
};
use serde_json::json;

/// Shuts a person out: no session, no link, no grant, no open request is left, and no review waits for them.
///
/// # Errors
/// The actor is no admin, the person is the last admin or shut out already, no reason is given, or the database is away.
pub async fn disable_person(app: &App, actor: &Actor, person: Id<ids::Person>, reason: String) -> Result<(), Fault> {
    // Nobody is let stay because no content is loaded: then whom else it concerns is told by their requests' next steps.
    let (content, caller) = (app.content().ok(), actor.clone());
    act(app, actor, "disable_person", About::person(person), move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        shut_out(w, by, content.as_deref(), person, reason)
    })
    .await
}

/// Shuts a person out in the running transaction: the one place of what ends with it. With content, whoever is asked from now
/// on where they were is told.
///
/// # Errors
/// There is no such person, they are the last admin or shut out already, or the database is away.
pub(super) fn shut_out(
    w: &mut Writing<'_>,
    by: &By,
    content: Option<&Content>,
    person: Id<ids::Person>,
    reason: &str,
) -> Result<(), Fault> {
    identity::rows::hold_admins(w)?;
    identity::rows::hold(w, person, true)?;
    let found = identity::rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    if found.capabilities.admin && found.state == State::Active && identity::rows::active_admins(w)? <= 1 {
        return Err(IdentityRefusal::LastAdmin.into());
    }
    if found.state == State::Disabled || !identity::rows::move_state(w, person, found.state, State::Disabled)? {
        return Err(IdentityRefusal::AlreadySo { state: "disabled" }.into());
    }
    identity::rows::open_disabled_period(w, person, reason)?;
    let sessions = identity::rows::end_sessions(w, person, None)?;
    let tools = tokens::rows::end_families(w, Whose::Person(person), Ending::PersonDisabled)?;
    let links = identity::rows::end_links(w, person)?;
    let mut grants = 0;
    for held in access::rows::live_grants(w, person, None)? {
        grants += i64::from(settle_access::end_now(w, by, &held, EndReason::Left, reason)?);
    }
    for asked in access::rows::requests_of(w, person)?.into_iter().filter(|asked| asked.state.is_open()) {
        let step =
            Step { from: asked.state.word(), to: "withdrawn", actor: &by.actor, reason: "the person was shut out" };
        if lifecycle::advance(w, Entity::Request, &asked.id.to_string(), step)? {
            access::rows::close_request(w, asked.id)?;
            tell_access::waits_no_more(w, asked.id)?;
            let entry = Entry::new(What::RequestWithdrawn).person(person).role(&asked.role_id).subject(asked.id);
            audit::rows::append(w, by, entry)?;
        }
    }
    let stood_in = delegate::end_all(w, by, person)?;
    if let Some(content) = content {
        tell_seats::place_moves(w, by, &content.catalogue, person)?;
        for delegate in stood_in {
            tell_seats::sits_elsewhere(w, by, &content.catalogue, delegate)?;
        }
    }
    leave::hand_to_admins(w, by, person)?;
    let entry = Entry::new(What::PersonDisabled).person(person);
    let data = json!({
        "sessions_ended": sessions, "links_ended": links, "grants_ended": grants, "tools_ended": tools,
    });
    Ok(audit::rows::append(w, by, entry.data(data).texts(json!({ "reason": reason })))?)
}

/// Lets a person back in. What ended stays ended.
///
/// # Errors
/// The actor is no admin, the person is not shut out, or the database is away.
pub async fn enable_person(app: &App, actor: &Actor, person: Id<ids::Person>) -> Result<(), Fault> {
    enable(app, actor, person, None).await
}

/// As [`enable_person`], for a reason that the log keeps.
///
/// # Errors
/// As [`enable_person`], or the reason is empty.
pub async fn enable_person_because(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    reason: String,
) -> Result<(), Fault> {
    enable(app, actor, person, Some(reason)).await
}

async fn enable(app: &App, actor: &Actor, person: Id<ids::Person>, reason: Option<String>) -> Result<(), Fault> {
    let (content, caller) = (app.content().ok(), actor.clone());
    act(app, actor, "enable_person", About::person(person), move |w, by| {
        caller.as_admin()?;
        let reason = reason.as_deref().map(str::trim);
        if reason == Some("") {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        let_in(w, by, person, reason)?;
        if let Some(content) = &content {
            tell_seats::place_moves(w, by, &content.catalogue, person)?;
        }
        Ok(())
    })
    .await
}

/// Lets a person back in in the running transaction. Whoever calls it has what waits for them told.
///
/// # Errors
/// There is no such person, they are erased or not shut out, or the database is away.
pub(super) fn let_in(w: &mut Writing<'_>, by: &By, person: Id<ids::Person>, reason: Option<&str>) -> Result<(), Fault> {
    identity::rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    identity::rows::hold(w, person, true)?;
    not_erased(w, person)?;
    let back = if identity::rows::password_hash(w, person)?.is_some() { State::Active } else { State::Invited };
    if !identity::rows::move_state(w, person, State::Disabled, back)? {
        return Err(IdentityRefusal::AlreadySo { state: "active" }.into());
    }
    identity::rows::close_disabled_period(w, person)?;
    Ok(audit::rows::append(w, by, Entry::new(What::PersonEnabled).person(person).texts(json!({ "reason": reason })))?)
}
