//! Tools and service accounts: registered and removed by admins, their secrets made and ended.

use super::{
    About, act, change_client, hand_over_client, look, notify,
    once::{Once, act_once},
    read_machines::{self, Machine},
};
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
    certification,
    identity::{actor::Actor, secret::Secret},
    tokens::{
        client::{Client, ClientKind, ClientRefusal, MOST_SECRETS, Registration},
        refusal::OauthRefusal,
        rows::{self, Ending, SecretRow, Whose},
        service::More,
    },
};
use serde_json::json;

/// A tool with its live secrets: when they were made, never what they are.
#[derive(Clone, Debug)]
pub struct Registered {
    pub client: Client,
    pub secrets: Vec<SecretRow>,
    /// What there is more of a service account.
    pub machine: Option<Machine>,
}

/// A secret that was made just now: shown once.
#[derive(Clone, Debug)]
pub struct FreshSecret {
    pub id: Id<ids::ClientSecret>,
    pub secret: Secret,
}

/// Registers a tool; a confidential one comes with its first secret.
///
/// # Errors
/// The actor is no admin, the name, an address or a role is refused, or the database is away.
pub async fn register_client(
    app: &App,
    actor: &Actor,
    wanted: Registration,
    once: Option<Once>,
) -> Result<(Id<ids::Client>, Option<FreshSecret>), Fault> {
    register(app, actor, wanted, More::default(), once).await
}

/// As [`register_client`]: a tool, or what is more than that.
///
/// # Errors
/// As [`register_client`]; or the owner is unknown or has no active account, a name in a warehouse is refused, or a client
/// whose tokens it is to exchange is unknown.
pub async fn register(
    app: &App,
    actor: &Actor,
    wanted: Registration,
    more: More,
    once: Option<Once>,
) -> Result<(Id<ids::Client>, Option<FreshSecret>), Fault> {
    let content = app.content()?;
    let (caller, secret) = (actor.clone(), Secret::new("hcs")?);
    let (id, made) = act_once(app, actor, "register_client", About::nothing(), once, move |w, by| {
        caller.as_admin()?;
        let service = more.service.as_ref();
        let new = match service {
            Some(_) => wanted.clone().checked_service()?,
            None => wanted.clone().checked()?,
        };
        change_client::known_roles(&content, new.roles.as_ref(), None)?;
        let exchanges = new.checked_exchanges(more.exchanges.clone())?;
        change_client::known_clients(w, &exchanges)?;
        let owner = match service {
            Some(service) => Some(hand_over_client::owner(w, &service.owner)?),
            None => None,
        };
        let now = w.now();
        let id = Id::<ids::Client>::new(now);
        // What a refusal finds written stays written: every name is looked at before anything is.
        let mut logins = Vec::new();
        for (warehouse, login) in service.into_iter().flat_map(|service| &service.logins) {
            let known = content.catalogue.warehouses.get(warehouse);
            let known = known.ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: warehouse.to_string() })?;
            logins.push((warehouse, hand_over_client::free_login(w, &id.to_string(), known, login)?));
        }
        // Whoever else is to answer for it has to agree first: an admin can't give themselves what others may.
        let accepted = owner.is_some() && owner == caller.signed().ok().map(|signed| signed.person.id);
        rows::insert_client(w, id, &new, (owner, accepted, &exchanges), &by.actor)?;
        for (warehouse, login) in &logins {
            hand_over_client::keep_login(w, &id.to_string(), warehouse, login)?;
        }
        if let Some(owner) = owner.filter(|_| !accepted) {
            notify::ask_owner(w, by, owner, &id.to_string(), &new.name)?;
        }
        let mut entry = Entry::new(What::ClientRegistered).subject(id).data(json!({
            "kind": new.kind, "redirect_uris": new.redirect_uris, "grant_types": new.grant_types, "roles": new.roles,
            "owner": owner, "accepted": owner.map(|_| accepted), "exchanges": exchanges,
        }));
        if let Some(owner) = owner {
            entry = entry.person(owner);
        }
        audit::rows::append(w, by, entry.texts(json!({ "name": new.name })))?;
        let mut fresh = None;
        if new.kind == ClientKind::Confidential {
            let made = FreshSecret { id: Id::new(now), secret: secret.clone() };
            rows::insert_secret(w, made.id, &id.to_string(), &made.secret.hash())?;
            audit::rows::append(
                w,
                by,
                Entry::new(What::ClientSecretMade).subject(id).data(json!({ "secret": made.id })),
            )?;
            fresh = Some(made);
        }
        Ok((id, fresh))
    })
    .await?;
    Ok((id, made.flatten()))
}

/// Removes a tool: its secrets, and whatever people connected with it, end in the same transaction.
///
/// # Errors
/// The actor is no admin, there is no such tool, it is the house's own, or the database is away.
pub async fn remove_client(app: &App, actor: &Actor, client: String) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "remove_client", About::nothing().named(client.clone()), move |w, by| {
        caller.as_admin()?;
        let found = rows::client(w, &client)?.ok_or(OauthRefusal::NoSuchClient)?;
        if found.first_party {
            return Err(ClientRefusal::FirstParty.into());
        }
        if !rows::remove_client(w, &client, &by.actor)? {
            return Err(OauthRefusal::NoSuchClient.into());
        }
        let ended = rows::end_families(w, Whose::Client(&client), Ending::ClientRemoved)?;
        let tokens = rows::end_held(w, &client, None)?;
        certification::rows::outdate_asking(w, &client)?;
        let data = json!({ "sign_ins_ended": ended, "tokens_ended": tokens });
        let mut entry = Entry::new(What::ClientRemoved).about(client.clone()).data(data);
        if let Some(owner) = found.owner {
            entry = entry.person(owner);
        }
        Ok(audit::rows::append(w, by, entry)?)
    })
    .await
}

/// Makes another secret for a tool, so that one can be rotated while the other works.
///
/// # Errors
/// The actor is no admin, there is no such tool, it is public, two secrets live already, or the database is away.
pub async fn add_secret(app: &App, actor: &Actor, client: String) -> Result<FreshSecret, Fault> {
    let (caller, secret) = (actor.clone(), Secret::new("hcs")?);
    act(app, actor, "add_client_secret", About::nothing().named(client.clone()), move |w, by| {
        caller.as_admin()?;
        let found = rows::client(w, &client)?.ok_or(OauthRefusal::NoSuchClient)?;
        if found.kind == ClientKind::Public {
            return Err(ClientRefusal::NoSecrets.into());
        }
        if rows::secrets(w, &client)?.len() >= MOST_SECRETS {
            return Err(ClientRefusal::SecretsFull.into());
        }
        let made = FreshSecret { id: Id::new(w.now()), secret: secret.clone() };
        rows::insert_secret(w, made.id, &client, &made.secret.hash())?;
        let entry = Entry::new(What::ClientSecretMade).about(client.clone()).data(json!({ "secret": made.id }));
        audit::rows::append(w, by, entry)?;
        Ok(made)
    })
    .await
}

/// Ends a secret of a tool.
///
/// # Errors
/// The actor is no admin, there is no such tool or secret, or the database is away.
pub async fn end_secret(app: &App, actor: &Actor, client: String, secret: Id<ids::ClientSecret>) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "end_client_secret", About::nothing().named(client.clone()), move |w, by| {
        caller.as_admin()?;
        rows::client(w, &client)?.ok_or(OauthRefusal::NoSuchClient)?;
        if !rows::end_secret(w, &client, secret)? {
            return Err(ClientRefusal::NoSuchSecret.into());
        }
        let entry = Entry::new(What::ClientSecretEnded).about(client.clone()).data(json!({ "secret": secret }));
        Ok(audit::rows::append(w, by, entry)?)
    })
    .await
}

/// Every tool, for those who may read.
///
/// # Errors
/// The actor may not, or the database is away.
pub async fn list_clients(app: &App, actor: &Actor) -> Result<Vec<Registered>, Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    look(app, actor, "list_clients", About::nothing(), move |r| {
        caller.as_auditor()?;
        let mut secrets = rows::all_secrets(r)?;
        let mut all = Vec::new();
        for client in rows::clients(r)? {
            let own = |secret: &SecretRow| secret.client_id == client.id;
            let (mine, others) = std::mem::take(&mut secrets).into_iter().partition(own);
            secrets = others;
            all.push(Registered { machine: read_machines::machine(r, &content, &client)?, client, secrets: mine });
        }
        Ok(all)
    })
    .await
}

/// One tool.
///
/// # Errors
/// The actor may not read it, there is none, or the database is away.
pub async fn read_client(app: &App, actor: &Actor, client: String) -> Result<Registered, Fault> {
    let (content, caller) = (app.content()?, actor.clone());
    look(app, actor, "read_client", About::nothing().named(client.clone()), move |r| {
        caller.as_auditor()?;
        let found = rows::client(r, &client)?.ok_or(OauthRefusal::NoSuchClient)?;
        let machine = read_machines::machine(r, &content, &found)?;
        Ok(Registered { secrets: rows::secrets(r, &client)?, client: found, machine })
    })
    .await
}
