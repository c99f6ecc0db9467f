//! The tools that a person connected, and letting go of one: what it holds in their name ends at once.

use super::{About, act, authorize, look};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    identity::actor::Actor,
    tokens::{
        refusal::OauthRefusal,
        rows::{self, Connected, Ending, Kept, Whose},
    },
};
use serde_json::json;

/// The tools that the signed-in person connected, one line a scope, by name.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_tools(app: &App, actor: &Actor) -> Result<Vec<Connected>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_tools", About::person(who), move |r| Ok(rows::connected(r, who)?)).await
}

/// The requests of tools that wait for the signed-in person to have a role.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn waiting_tools(app: &App, actor: &Actor, role: Slug) -> Result<Vec<Kept>, Fault> {
    let who = actor.signed()?.person.id;
    let since = app.now().plus_seconds(-authorize::KEPT_SECONDS);
    look(app, actor, "waiting_tools", About::person(who), move |r| Ok(rows::kept_requests(r, who, &role, since)?)).await
}

/// Disconnects a tool of the signed-in person: what they allowed is forgotten, and everything that it holds ends.
///
/// # Errors
/// Nobody is signed in, they never connected it, or the database is away.
pub async fn disconnect_client(app: &App, actor: &Actor, client: String) -> Result<(), Fault> {
    let who: Id<ids::Person> = actor.signed()?.person.id;
    act(app, actor, "disconnect_client", About::person(who).named(client.clone()), move |w, by| {
        let forgotten = rows::forget_consents(w, who, &client)?;
        let ended = rows::end_families(w, Whose::Tool(who, &client), Ending::Disconnected)?;
        if forgotten + ended == 0 {
            return Err(OauthRefusal::NoSuchClient.into());
        }
        let entry = Entry::new(What::ToolEnded).person(who).about(client.clone());
        let entry = entry.data(json!({ "reason": Ending::Disconnected, "sign_ins_ended": ended }));
        Ok(audit::rows::append(w, by, entry)?)
    })
    .await
}
