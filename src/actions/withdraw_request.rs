//! Withdrawing a request of one's own.

use super::{About, act, tell_access};
use crate::{
    access::{request::AccessRefusal, rows},
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::lifecycle::{self, Entity, Step},
    identity::{self, actor::Actor},
};

/// Withdraws the signed-in person's request.
///
/// # Errors
/// It is another's or closed, or the database is away.
pub async fn withdraw_request(app: &App, actor: &Actor, request: Id<ids::Request>) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "withdraw_request", About::person(who).subject(request), move |w, by| {
        // Whoever settles what they have asked for holds them: nobody is told meanwhile that it waits.
        identity::rows::hold(w, who, true)?;
        rows::hold_request(w, request)?;
        let found = rows::request(w, request)?.filter(|found| found.person_id == who);
        let found = found.ok_or(AccessRefusal::NoSuchRequest)?;
        let standing = found.standing_at(w.now());
        if !standing.is_open() {
            return Err(AccessRefusal::RequestClosed { state: standing.word() }.into());
        }
        let step = Step { from: found.state.word(), to: "withdrawn", actor: &by.actor, reason: "withdrawn" };
        if !lifecycle::advance(w, Entity::Request, &request.to_string(), step)? {
            return Err(AccessRefusal::RequestClosed { state: found.state.word() }.into());
        }
        rows::close_request(w, request)?;
        tell_access::waits_no_more(w, request)?;
        let entry = Entry::new(What::RequestWithdrawn).person(who).role(&found.role_id).subject(request);
        Ok(audit::rows::append(w, by, entry)?)
    })
    .await
}
