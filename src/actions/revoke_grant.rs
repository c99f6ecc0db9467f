//! Revoking a grant: by an admin, or by the role's owner.

use super::{About, act, settle_access, suspend_grant};
use crate::{
    access::{
        grant::{EndReason, State},
        request::AccessRefusal,
        rows,
    },
    app::App,
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::{self, actor::Actor},
};

/// Ends a grant at this instant, for a reason, and with it whatever was to go on where it ends. Returns what has ended.
///
/// # Errors
/// The actor is neither admin nor owner of the role, it has ended already, it is their own and held back, no reason is given, or the database is away.
pub async fn revoke_grant(
    app: &App,
    actor: &Actor,
    grant: Id<ids::Grant>,
    reason: String,
) -> Result<Vec<Id<ids::Grant>>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    act(app, actor, "revoke_grant", About::nothing().subject(grant), move |w, by| {
        let found = rows::grant(w, grant)?;
        if !found.as_ref().is_some_and(|held| content.catalogue.is_owner(&caller, &held.role_id)) {
            caller.as_admin()?;
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        let found = found.ok_or(AccessRefusal::NoSuchGrant)?;
        identity::rows::hold(w, found.person_id, true)?;
        let found = rows::grant(w, grant)?.ok_or(AccessRefusal::NoSuchGrant)?;
        if found.state == State::Ended || w.now() >= found.ends_at {
            return Err(AccessRefusal::GrantEndedAlready.into());
        }
        if caller.signed().is_ok_and(|signed| signed.person.id == found.person_id) {
            suspend_grant::not_held_back(w, found.id)?;
        }
        let mut over = rows::access_of(w, &found)?;
        over.retain(|one| one.id == found.id || one.starts_at > found.starts_at);
        let ended = settle_access::end_all(w, by, &over, EndReason::Revoked, reason)?;
        if ended.is_empty() { Err(AccessRefusal::GrantEndedAlready.into()) } else { Ok(ended) }
    })
    .await
}
