//! Handing a service account over to somebody else, and naming it in a warehouse: what it holds ends at that moment.

use super::{About, act, list_holders::find_person, notify};
use crate::{
    access::{
        catalogue::{LoginSource, Warehouse},
        request::AccessRefusal,
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification,
    db::{Reading, Writing},
    identity::{self, actor::Actor, person::State},
    tokens::{
        client::{Client, ClientRefusal},
        refusal::OauthRefusal,
        rows, service,
    },
};
use serde_json::json;

/// The person who is to own an account, held so that they can't be shut out meanwhile.
///
/// # Errors
/// There is no such person, they have no active account, or the database is away.
pub(super) fn owner(w: &mut Writing<'_>, text: &str) -> Result<Id<ids::Person>, Fault> {
    let id = find_person(w, text)?;
    identity::rows::hold(w, id, false)?;
    let found = identity::rows::person(w, id)?.filter(|person| person.state == State::Active);
    Ok(found.ok_or(ClientRefusal::OwnerInactive)?.id)
}

/// Refuses a name that somebody else has in a warehouse already: whoever is named so there would be taken for the other.
///
/// # Errors
/// Somebody has it, or the database is away.
pub(super) fn free(r: &mut Reading<'_>, warehouse: &Warehouse, login: &str, for_person: bool) -> Result<(), Fault> {
    let whole = warehouse.login.from == LoginSource::Email;
    if rows::login_taken(r, &warehouse.id, login, whole, for_person)? {
        return Err(ClientRefusal::LoginTaken.into());
    }
    Ok(())
}

/// A name that an account can have in a warehouse, as it is kept; nothing is written yet.
///
/// # Errors
/// The name is none, somebody has it, or the database is away.
pub(super) fn free_login(
    r: &mut Reading<'_>,
    client: &str,
    warehouse: &Warehouse,
    login: &str,
) -> Result<String, Fault> {
    let login = service::login(login)?;
    free(r, warehouse, &login, false)?;
    if rows::login_of_another(r, client, &warehouse.id, &login)? {
        return Err(ClientRefusal::LoginTaken.into());
    }
    Ok(login)
}

/// Keeps a name that was free just now. Where another account was given it meanwhile nothing is kept at all, not even what was
/// written before: a refusal would leave that.
///
/// # Errors
/// The database is away, or it was taken meanwhile.
pub(super) fn keep_login(w: &mut Writing<'_>, client: &str, warehouse: &Slug, login: &str) -> Result<(), Broken> {
    if rows::set_client_login(w, client, warehouse, Some(login))? {
        return Ok(());
    }
    Err(Broken::Unavailable("this name was taken while we looked; ask again".to_owned()))
}

fn service_account(r: &mut Reading<'_>, client: &str) -> Result<(Client, Id<ids::Person>), Fault> {
    let found = rows::client(r, client)?.ok_or(OauthRefusal::NoSuchClient)?;
    let owner = found.owner.ok_or(ClientRefusal::NotAService)?;
    Ok((found, owner))
}

/// Gives an account to somebody else, on whose access it rests from now on, once they agree. Whatever it holds ends.
///
/// # Errors
/// The actor is no admin, there is no such account or person, the person has no active account or owns it already, or the
/// database is away.
pub async fn hand_over_client(app: &App, actor: &Actor, client: String, to: String) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "hand_over_client", About::nothing().named(client.clone()), move |w, by| {
        caller.as_admin()?;
        service_account(w, &client)?;
        let to = owner(w, &to)?;
        let (found, from) = service_account(w, &client)?;
        if from == to {
            return Err(ClientRefusal::OwnedAlready.into());
        }
        // What the one has agreed to, the other has not.
        let accepted = caller.signed().is_ok_and(|signed| signed.person.id == to);
        if !rows::set_owner(w, &client, from, (to, accepted))? {
            return Err(OauthRefusal::NoSuchClient.into());
        }
        certification::rows::outdate_asking(w, &client)?;
        if !accepted {
            notify::ask_owner(w, by, to, &client, &found.name)?;
        }
        let ended = rows::end_held(w, &client, None)?;
        // A line on each of the two: their files tell since when they answer for it, and until when.
        for person in [from, to] {
            let entry = Entry::new(What::ClientOwnerChanged).person(person).about(client.clone());
            let data = json!({ "from": from, "to": to, "accepted": accepted, "tokens_ended": ended });
            audit::rows::append(w, by, entry.data(data))?;
        }
        Ok(())
    })
    .await
}

/// Sets how an account is named in a warehouse; an empty name goes back to its id. Tokens with the old name end.
///
/// # Errors
/// The actor is no admin, there is no such account or warehouse, the name is none or somebody has it, or the database is away.
pub async fn name_client(
    app: &App,
    actor: &Actor,
    client: String,
    warehouse: Slug,
    login: String,
) -> Result<(), Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    act(app, actor, "name_client", About::nothing().named(client.clone()), move |w, by| {
        caller.as_admin()?;
        // Who mints with the old name has ended, and is seen below; or waits.
        rows::take_client(w, &client)?;
        let (_, owner) = service_account(w, &client)?;
        let known = content.catalogue.warehouses.get(&warehouse);
        let known = known.ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: warehouse.to_string() })?;
        let kept = match login.trim() {
            "" => {
                rows::set_client_login(w, &client, &warehouse, None)?;
                None
            }
            login => {
                let login = free_login(w, &client, known, login)?;
                keep_login(w, &client, &warehouse, &login)?;
                Some(login)
            }
        };
        let ended = rows::end_held(w, &client, None)?;
        let entry = Entry::new(What::ClientNamed).person(owner).about(client.clone());
        let data = json!({ "warehouse": warehouse, "tokens_ended": ended });
        Ok(audit::rows::append(w, by, entry.data(data).texts(json!({ "login": kept })))?)
    })
    .await
}
