//! Ending sessions: one's own, another of one's own, or anybody's as an admin.

use super::{About, act, look};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Writing,
    identity::{
        actor::Actor,
        person::IdentityRefusal,
        rows::{self, SessionRow},
    },
    tokens::{
        self,
        rows::{Ending, Whose},
    },
};
use serde_json::{Value, json};

/// Ends the session that the actor acts in.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn sign_out(app: &App, actor: &Actor) -> Result<(), Fault> {
    let signed = actor.signed()?;
    let (who, session) = (signed.person.id, signed.session);
    act(app, actor, "sign_out", About::person(who), move |w, by| {
        if rows::end_session(w, session, who)? {
            tokens::rows::end_families(w, Whose::Orphans(who), Ending::SessionEnded)?;
            audit::rows::append(w, by, Entry::new(What::SignedOut).person(who).subject(session))?;
        }
        Ok(())
    })
    .await
}

/// Ends a session of `owner`: the person themselves, or an admin for somebody else.
///
/// # Errors
/// There is no such open session, the actor may not end it, or the database is away.
pub async fn end_session(
    app: &App,
    actor: &Actor,
    owner: Id<ids::Person>,
    session: Id<ids::Session>,
) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "end_session", About::person(owner).subject(session), move |w, by| {
        if caller.signed().map(|signed| signed.person.id).ok() != Some(owner) {
            caller.as_admin()?;
        }
        if end_within(w, by, session, owner, json!({}))? { Ok(()) } else { Err(IdentityRefusal::NoSuchSession.into()) }
    })
    .await
}

/// Ends a session within a transaction, with what hangs on it; tells whether it was open. `data` goes into its line.
pub(super) fn end_within(
    w: &mut Writing<'_>,
    by: &By,
    session: Id<ids::Session>,
    owner: Id<ids::Person>,
    data: Value,
) -> Result<bool, Broken> {
    if !rows::end_session(w, session, owner)? {
        return Ok(false);
    }
    tokens::rows::end_families(w, Whose::Orphans(owner), Ending::SessionEnded)?;
    let entry = Entry::new(What::SessionEnded).person(owner).subject(session).data(data);
    audit::rows::append(w, by, entry)?;
    Ok(true)
}

/// Ends every session of the signed-in person but the one that they act in; tells how many.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn end_other_sessions(app: &App, actor: &Actor) -> Result<usize, Fault> {
    let signed = actor.signed()?;
    let (who, session) = (signed.person.id, signed.session);
    act(app, actor, "end_other_sessions", About::person(who), move |w, by| {
        let ended = rows::end_sessions(w, who, Some(session))?;
        tokens::rows::end_families(w, Whose::Orphans(who), Ending::SessionEnded)?;
        if ended > 0 {
            let entry = Entry::new(What::SessionEnded).person(who).data(json!({ "sessions_ended": ended }));
            audit::rows::append(w, by, entry)?;
        }
        Ok(ended)
    })
    .await
}

/// The open sessions of the signed-in person.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_sessions(app: &App, actor: &Actor) -> Result<Vec<SessionRow>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_sessions", About::person(who), move |r| Ok(rows::sessions_of(r, who)?)).await
}
