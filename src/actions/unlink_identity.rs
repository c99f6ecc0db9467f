//! The identities that people have at providers, and unlinking one: sessions that began through it end with it.

use super::{About, act, look, sign_out::end_within};
use crate::{
    access::request::AccessRefusal,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::{
        actor::Actor,
        person::IdentityRefusal,
        provider::ProviderRefusal,
        rows::{self, IdentityRow},
    },
};
use serde_json::json;

/// The identities of the signed-in person.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_identities(app: &App, actor: &Actor) -> Result<Vec<IdentityRow>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_identities", About::person(who), move |r| Ok(rows::identities_of(r, who)?)).await
}

/// The identities of a person.
///
/// # Errors
/// The actor may not read everybody's records, there is no such person, or the database is away.
pub async fn identities_of(app: &App, actor: &Actor, person: Id<ids::Person>) -> Result<Vec<IdentityRow>, Fault> {
    let caller = actor.clone();
    look(app, actor, "identities_of", About::person(person), move |r| {
        if caller.signed().map(|signed| signed.person.id).ok() != Some(person) {
            caller.as_auditor()?;
        }
        rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        Ok(rows::identities_of(r, person)?)
    })
    .await
}

/// Unlinks an identity from a person, for a reason. The next sign-in links again where the rules allow it.
///
/// # Errors
/// The actor is no admin, no reason is given, the person has no such identity, or the database is away.
pub async fn unlink_identity(
    app: &App,
    actor: &Actor,
    person: Id<ids::Person>,
    identity: Id<ids::Identity>,
    reason: String,
) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "unlink_identity", About::person(person).subject(identity), move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        rows::hold(w, person, true)?;
        let sessions = rows::sessions_through(w, identity)?;
        if !rows::end_identity(w, identity, person)? {
            return Err(ProviderRefusal::NoSuchIdentity.into());
        }
        let mut ended = 0;
        for session in sessions {
            let data = json!({ "by": "unlinking", "identity": identity });
            ended += i64::from(end_within(w, by, session.id, session.person_id, data)?);
        }
        let entry = Entry::new(What::IdentityUnlinked).person(person).subject(identity);
        let entry = entry.data(json!({ "sessions_ended": ended })).texts(json!({ "reason": reason }));
        Ok(audit::rows::append(w, by, entry)?)
    })
    .await
}
