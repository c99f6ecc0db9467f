//! An admin, or the role's owner, holds a person's access to a role back for a reason, and lets it go on: apart from a lost
//! certification, from reviews and from locks. What has ended meanwhile stays ended; where the clock has ended it, the person is let
//! go on by the grant that comes after, which is held back as well.

use super::{About, act, seats, suspend_grant, tell_access};
use crate::{
    access::{
        grant::{Cause, Grant, State},
        request::AccessRefusal,
        rows,
    },
    app::{App, Content},
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::Writing,
    identity::{self, actor::Actor},
};

/// The grant, its holder held to the end of the transaction, for whoever may hold it back.
fn found(
    w: &mut Writing<'_>,
    content: &Content,
    caller: &Actor,
    grant: Id<ids::Grant>,
    reason: &str,
) -> Result<Grant, Fault> {
    let held = rows::grant(w, grant)?;
    if !held.as_ref().is_some_and(|held| content.catalogue.is_owner(caller, &held.role_id)) {
        caller.as_admin()?;
    }
    if reason.is_empty() {
        return Err(AccessRefusal::ReasonNeeded.into());
    }
    AccessRefusal::check_reason(reason)?;
    let held = held.ok_or(AccessRefusal::NoSuchGrant)?;
    identity::rows::hold(w, held.person_id, true)?;
    let held = rows::grant(w, grant)?.ok_or(AccessRefusal::NoSuchGrant)?;
    if held.state == State::Ended || w.now() >= held.ends_at {
        return Err(AccessRefusal::GrantEndedAlready.into());
    }
    Ok(held)
}

/// Suspends a grant from this instant on, for a reason, and with it whatever goes on where it ends. Their ends stay where they are.
///
/// # Errors
/// The actor is neither admin nor owner of the role, it has ended or is suspended so already, no reason is given, or the database
/// is away.
pub async fn hold_grant(app: &App, actor: &Actor, grant: Id<ids::Grant>, reason: String) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "hold_grant", About::nothing().subject(grant), move |w, by| {
        let reason = reason.trim();
        let held = found(w, &content, &caller, grant, reason)?;
        let mut any = false;
        for (place, one) in rows::access_of(w, &held)?.iter().enumerate() {
            let placed = suspend_grant::suspend(w, by, one, Cause::Admin, reason)?;
            // It is one access: its holder is told of what runs, or is the first to.
            if placed && place == 0 {
                tell_access::held_back(w, by, one)?;
            }
            any |= placed;
        }
        if any { Ok(()) } else { Err(AccessRefusal::SuspendedAlready.into()) }
    })
    .await
}

/// Lets a grant go on that was suspended so, and what was suspended with it: it is in effect again where everything else holds.
/// Never one's own, for whoever was held back would hold nothing else back, nor that of somebody in whose place one decides.
///
/// # Errors
/// The actor is neither admin nor owner of the role, holds the grant or stands in for whoever does, it has ended or nobody has
/// suspended it, no reason is given, or the database is away.
pub async fn let_grant_go_on(app: &App, actor: &Actor, grant: Id<ids::Grant>, reason: String) -> Result<(), Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "let_grant_go_on", About::nothing().subject(grant), move |w, by| {
        let reason = reason.trim();
        let held = found(w, &content, &caller, grant, reason)?;
        if caller.signed().is_ok_and(|signed| signed.person.id == held.person_id) {
            return Err(AccessRefusal::OwnGrant.into());
        }
        seats::not_of_delegators(w, &caller, held.person_id)?;
        let mut any = false;
        for one in rows::access_of(w, &held)? {
            any |= suspend_grant::lift_because(w, by, &one, Cause::Admin, reason)?;
        }
        if any { Ok(()) } else { Err(AccessRefusal::NotSuspended.into()) }
    })
    .await
}
