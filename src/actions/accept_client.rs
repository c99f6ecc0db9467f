//! The owner of a service account agrees that it rests on their access, or takes that back: nobody else can say it for them.
//! Before that, and after, the account gets no token.

use super::{About, act};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{Id, Person},
        refusal::Fault,
    },
    certification,
    db::Writing,
    identity::actor::Actor,
    tokens::{refusal::OauthRefusal, rows},
};
use serde_json::json;

/// Refuses an account that is not this person's, as if it were not there.
fn own(w: &mut Writing<'_>, client: &str, who: Id<Person>) -> Result<(), Fault> {
    let found = rows::take_client(w, client)?.filter(|found| found.owner == Some(who));
    Ok(found.map(|_| ()).ok_or(OauthRefusal::NoSuchClient)?)
}

/// Agrees to a service account of the signed-in person. Doing it again changes nothing.
///
/// # Errors
/// Nobody is signed in, they own no such account, or the database is away.
pub async fn accept_client(app: &App, actor: &Actor, client: String) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "accept_client", About::person(who).named(client.clone()), move |w, by| {
        own(w, &client, who)?;
        certification::rows::outdate_asking(w, &client)?;
        if rows::accept(w, &client, who, true)? {
            audit::rows::append(w, by, Entry::new(What::ClientAccepted).person(who).about(client.clone()))?;
        }
        Ok(())
    })
    .await
}

/// Does not agree to a service account of the signed-in person, or no longer: what it holds ends. Doing it again changes
/// nothing.
///
/// # Errors
/// Nobody is signed in, they own no such account, or the database is away.
pub async fn decline_client(app: &App, actor: &Actor, client: String) -> Result<(), Fault> {
    let who = actor.signed()?.person.id;
    act(app, actor, "decline_client", About::person(who).named(client.clone()), move |w, by| {
        own(w, &client, who)?;
        let asked = certification::rows::outdate_asking(w, &client)?;
        if rows::accept(w, &client, who, false)? || asked {
            let ended = rows::end_service_tokens(w, &client)?;
            let entry = Entry::new(What::ClientDeclined).person(who).about(client.clone());
            audit::rows::append(w, by, entry.data(json!({ "tokens_ended": ended })))?;
        }
        Ok(())
    })
    .await
}
