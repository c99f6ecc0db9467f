//! Service accounts as they are looked at: who owns one, what it may, when it last got a token, and until when that holds.

use super::{About, look};
use crate::{
    access::{catalogue::Role, rows as access_rows},
    app::{App, Content},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification::{self, requirement},
    db::Reading,
    identity::{self, actor::Actor, person::Person},
    tokens::{
        client::Client,
        rows::{self, ClientLogin},
        service,
    },
};

/// A service account, looked at at one instant.
#[derive(Clone, Debug)]
pub struct Machine {
    pub client: Client,
    pub owner: Person,
    /// One for each role of its list.
    pub accesses: Vec<MachineAccess>,
    /// How it is named in each warehouse of its roles.
    pub names: Vec<MachineName>,
}

/// What a service account may, by its owner's access.
#[derive(Clone, Debug)]
pub struct MachineAccess {
    pub role: Slug,
    /// Until when the owner's access holds, if nothing changes; none where there is none now.
    pub until: Option<Time>,
    /// When it last got a token for it.
    pub used_at: Option<Time>,
}

/// How a service account is named in a warehouse.
#[derive(Clone, Debug)]
pub struct MachineName {
    pub warehouse: Slug,
    pub login: String,
    /// Whether it was set by hand.
    pub by_hand: bool,
}

/// An access that is there now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holding {
    /// Since when its grant runs.
    pub(super) since: Time,
    /// Until when it goes on if nothing changes: grants and certificates that follow each other without a gap carry on.
    pub(super) until: Time,
}

/// What a service account has of a person's access to a role at the instant of the transaction, by the one view.
///
/// # Errors
/// The database is away.
pub(super) fn holding(r: &mut Reading<'_>, person: Id<ids::Person>, role: &Role) -> Result<Option<Holding>, Broken> {
    let effective = access_rows::effective_for_machine(r, person, &role.id)?;
    let Some(effective) = effective.filter(|found| found.warehouse_id == role.warehouse) else { return Ok(None) };
    let (mut since, mut until) = (r.at(), effective.ends_at);
    for held in access_rows::live_grants(r, person, Some(&role.id))? {
        if held.id == effective.grant_id {
            since = held.starts_at;
        } else if !held.emergency && held.warehouse_id == role.warehouse && held.starts_at <= until {
            until = until.max(held.ends_at);
        }
    }
    let policy = access_rows::policy(r, &effective.policy_id)?;
    let certificates = certification::rows::certificates_of(r, person)?;
    let certified = requirement::carried_until(&policy.requires, &certificates, r.at());
    let certified = certified.ok_or_else(|| Broken::defect("the view says effective, the certificates say no"))?;
    Ok(Some(Holding { since, until: until.min(certified) }))
}

/// A client, where it is a service account.
///
/// # Errors
/// The database is away.
pub(super) fn machine(r: &mut Reading<'_>, content: &Content, client: &Client) -> Result<Option<Machine>, Broken> {
    let Some(owner) = client.owner else { return Ok(None) };
    let owner = identity::rows::person(r, owner)?.ok_or_else(|| Broken::defect("an owner who never was"))?;
    let (used, logins) = (rows::used(r, &client.id)?, rows::client_logins(r, Some(&client.id))?);
    let (mut accesses, mut names) = (Vec::new(), Vec::<MachineName>::new());
    for id in client.roles.iter().flatten() {
        let role = content.catalogue.roles.get(id);
        let holding = match role {
            Some(role) => holding(r, owner.id, role)?,
            None => None,
        };
        let used_at = used.iter().find(|used| used.role_id == id.as_str()).map(|used| used.at);
        accesses.push(MachineAccess { role: id.clone(), until: holding.map(|holding| holding.until), used_at });
        let warehouse = role.and_then(|role| content.catalogue.warehouses.get(&role.warehouse));
        if let Some(warehouse) = warehouse.filter(|one| names.iter().all(|name| name.warehouse != one.id)) {
            let own = |login: &&ClientLogin| login.warehouse_id == warehouse.id.as_str();
            let by_hand = logins.iter().find(own).map(|login| login.login.clone());
            names.push(MachineName {
                warehouse: warehouse.id.clone(),
                by_hand: by_hand.is_some(),
                login: by_hand.unwrap_or_else(|| service::default_login(warehouse, &client.id)),
            });
        }
    }
    Ok(Some(Machine { client: client.clone(), owner, accesses, names }))
}

/// The service accounts of a person, by name.
///
/// # Errors
/// The database is away.
pub(super) fn machines_of(
    r: &mut Reading<'_>,
    content: &Content,
    owner: Id<ids::Person>,
) -> Result<Vec<Machine>, Broken> {
    let accounts = rows::accounts_of(r, owner)?;
    let machines = accounts.iter().map(|client| machine(r, content, client));
    Ok(machines.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The service accounts of the signed-in person.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_machines(app: &App, actor: &Actor) -> Result<Vec<Machine>, Fault> {
    let (content, who) = (app.content()?, actor.signed()?.person.id);
    look(app, actor, "my_machines", About::person(who), move |r| Ok(machines_of(r, &content, who)?)).await
}
