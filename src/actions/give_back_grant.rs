//! Giving access back before it ends: a grant of one's own, whatever it came from; what broke the glass is judged all the same.

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
        text::Slug,
    },
    identity::{self, actor::Actor},
};

/// Ends a grant of the signed-in person at this instant, because they need it no more. Returns its role. One that is scheduled can
/// be given back ahead.
///
/// # Errors
/// It is another's, has ended already, is held back by a review or an admin, or the database is away.
pub async fn give_back_grant(app: &App, actor: &Actor, grant: Id<ids::Grant>) -> Result<Slug, Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "give_back_grant", About::person(who).subject(grant), move |w, by| {
        identity::rows::hold(w, who, true)?;
        // What its time or its loss has ended keeps that reason, whether or not a sweep came by.
        settle_access::settle_grants(w, by, who)?;
        let found = rows::grant(w, grant)?.filter(|held| held.person_id == who).ok_or(AccessRefusal::NoSuchGrant)?;
        if found.state != State::Ended {
            suspend_grant::not_held_back(w, found.id)?;
        }
        let ended = found.state == State::Ended || !settle_access::end_now(w, by, &found, EndReason::Returned, "")?;
        if ended {
            return Err(AccessRefusal::GrantEndedAlready.into());
        }
        Ok(found.role_id)
    })
    .await
}
