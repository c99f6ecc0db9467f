//! Claiming a grant: by its first token, or by saying so, where its policy asks for that by a moment.

use super::{About, act};
use crate::{
    access::{
        grant::State,
        request::AccessRefusal,
        rows::{self, Effective},
    },
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    db::Writing,
    identity::{self, actor::Actor},
};
use serde_json::json;

/// Notes in the running transaction that a token claims a grant, where it is the first.
pub(super) fn claim(w: &mut Writing<'_>, by: &By, effective: &Effective) -> Result<(), Broken> {
    if rows::claim_grant(w, effective.grant_id)? {
        let entry = Entry::new(What::GrantClaimed).person(effective.person_id).role(&effective.role_id);
        audit::rows::append(w, by, entry.subject(effective.grant_id).data(json!({ "by": "token" })))?;
    }
    Ok(())
}

/// Claims a grant of the signed-in person; doing it again changes nothing. Returns its role. One that is scheduled can be claimed ahead.
///
/// # Errors
/// It is another's, has ended or is past its time to be claimed, or the database is away.
pub async fn claim_grant(app: &App, actor: &Actor, grant: Id<ids::Grant>) -> Result<Slug, Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "claim_grant", About::person(who).subject(grant), move |w, by| {
        identity::rows::hold(w, who, true)?;
        let found = rows::grant(w, grant)?.filter(|held| held.person_id == who).ok_or(AccessRefusal::NoSuchGrant)?;
        let now = w.now();
        let over = found.state == State::Ended || now >= found.ends_at;
        if over || found.unclaimed_until().is_some_and(|until| now >= until) {
            return Err(AccessRefusal::GrantEndedAlready.into());
        }
        if rows::claim_grant(w, grant)? {
            let entry = Entry::new(What::GrantClaimed).person(who).role(&found.role_id).subject(grant);
            audit::rows::append(w, by, entry.data(json!({ "by": "person" })))?;
        }
        Ok(found.role_id)
    })
    .await
}
