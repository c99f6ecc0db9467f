//! Clients, their secrets, and what people allowed them, in the database.

use super::machines::note_owner;
use crate::{
    base::{
        clock::Time,
        ids::{self, ClientSecret, Id, Person},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row},
    },
    tokens::{
        claims::FIRST_PARTY,
        client::{Client, ClientKind, ClientState, GrantType, Registration},
    },
};

row! {
    pub(super) struct Raw {
        id: String,
        name: String,
        kind: ClientKind,
        redirect_uris: String,
        post_logout_uris: String,
        grant_types: String,
        roles: Option<String>,
        first_party: bool,
        owner_id: Option<Id<Person>>,
        accepted_at: Option<Time>,
        exchanges: Option<String>,
        state: ClientState,
        created_at: Time,
        created_by: String,
        removed_at: Option<Time>,
    }
}

impl Raw {
    pub(super) fn read(self) -> Result<Client, Broken> {
        let list = |text: &str| serde_json::from_str::<Vec<String>>(text).map_err(Broken::defect);
        Ok(Client {
            redirect_uris: list(&self.redirect_uris)?,
            post_logout_uris: list(&self.post_logout_uris)?,
            // What this program does not know yet, it does not allow.
            grant_types: list(&self.grant_types)?.iter().filter_map(|word| GrantType::from_word(word)).collect(),
            roles: self
                .roles
                .map(|roles| serde_json::from_str::<Vec<Slug>>(&roles))
                .transpose()
                .map_err(Broken::defect)?,
            id: self.id,
            name: self.name,
            kind: self.kind,
            first_party: self.first_party,
            owner: self.owner_id,
            accepted_at: self.accepted_at,
            exchanges: self.exchanges.as_deref().map(list).transpose()?.unwrap_or_default(),
            state: self.state,
            created_at: self.created_at,
            created_by: self.created_by,
            removed_at: self.removed_at,
        })
    }
}

pub(super) const CLIENT: &str = "SELECT id, name, kind, redirect_uris, post_logout_uris, grant_types, roles, first_party, owner_id, \
                      accepted_at, exchanges, state, created_at, created_by, removed_at FROM clients";

/// A client, if it was not removed.
///
/// # Errors
/// The database is away.
pub fn client(r: &mut Reading<'_>, id: &str) -> Result<Option<Client>, Broken> {
    let found: Option<Raw> = sql(format!("{CLIENT} WHERE id = ? AND state = 'active'")).bind(&id).maybe(r)?;
    found.map(Raw::read).transpose()
}

/// Whether a tool or a service account has this id or this name, or had it before it was removed.
///
/// # Errors
/// The database is away.
pub fn knows_client(r: &mut Reading<'_>, text: &str) -> Result<bool, Broken> {
    let found = sql("SELECT id AS word FROM clients WHERE id = ? OR name = ? LIMIT 1").bind(&text).bind(&text);
    Ok(text == FIRST_PARTY || found.maybe::<String>(r)?.is_some())
}

/// Every client that was not removed: the house's own first, then by name.
///
/// # Errors
/// The database is away.
pub fn clients(r: &mut Reading<'_>) -> Result<Vec<Client>, Broken> {
    let found: Vec<Raw> =
        sql(format!("{CLIENT} WHERE state = 'active' ORDER BY first_party DESC, name, id LIMIT 1000")).all(r)?;
    found.into_iter().map(Raw::read).collect()
}

/// Binds what an admin says of a client: its name, redirect addresses, addresses for after signing out, grant types, roles, and
/// whose tokens it may exchange.
fn described(statement: Statement, new: &Registration, exchanges: &[String]) -> Result<Statement, Broken> {
    let list = |list: &[String]| serde_json::to_string(list).map_err(Broken::defect);
    let grants: Vec<String> = new.grant_types.iter().map(|grant| grant.word().to_owned()).collect();
    let roles = new.roles.as_ref().map(serde_json::to_string).transpose().map_err(Broken::defect)?;
    Ok(statement
        .bind(&new.name)
        .bind(&list(&new.redirect_uris)?)
        .bind(&list(&new.post_logout_uris)?)
        .bind(&list(&grants)?)
        .bind(&roles)
        .bind(&(!exchanges.is_empty()).then(|| list(exchanges)).transpose()?))
}

/// Registers a client.
///
/// # Errors
/// The database is away.
pub fn insert_client(
    w: &mut Writing<'_>,
    id: Id<ids::Client>,
    new: &Registration,
    (owner, accepted, exchanges): (Option<Id<Person>>, bool, &[String]),
    by: &str,
) -> Result<(), Broken> {
    let now = w.now();
    let statement =
        sql("INSERT INTO clients (name, redirect_uris, post_logout_uris, grant_types, roles, exchanges, id, kind, \
                         owner_id, accepted_at, state, created_at, created_by) \
                         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', ?, ?)");
    described(statement, new, exchanges)?
        .bind(&id)
        .bind(&new.kind)
        .bind(&owner)
        .bind(&accepted.then_some(now))
        .bind(&now)
        .bind(&by)
        .run(w)?;
    note_owner(w, &id.to_string())
}

/// Changes a client.
///
/// # Errors
/// The database is away.
pub fn change_client(w: &mut Writing<'_>, id: &str, new: &Registration, exchanges: &[String]) -> Result<(), Broken> {
    let statement =
        sql("UPDATE clients SET name = ?, redirect_uris = ?, post_logout_uris = ?, grant_types = ?, roles = ?, \
                         exchanges = ? WHERE id = ?");
    described(statement, new, exchanges)?.bind(&id).run(w)?;
    note_owner(w, id)
}

/// Takes a client out of use with its secrets; tells whether it was there.
///
/// # Errors
/// The database is away.
pub fn remove_client(w: &mut Writing<'_>, id: &str, by: &str) -> Result<bool, Broken> {
    let now = w.now();
    sql("UPDATE client_secrets SET ended_at = ? WHERE client_id = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&id)
        .run(w)?;
    forget_all_consents(w, id)?;
    sql("DELETE FROM kept_requests WHERE client_id = ?").bind(&id).run(w)?;
    let removed =
        sql("UPDATE clients SET state = 'removed', removed_at = ?, removed_by = ? WHERE id = ? AND state = 'active' \
                       AND NOT first_party")
        .bind(&now)
        .bind(&by)
        .bind(&id)
        .run(w)?;
    note_owner(w, id)?;
    Ok(removed == 1)
}

row! {
    /// A live secret of a client: when it was made, never what it is.
    #[derive(Clone, Debug)]
    pub struct SecretRow {
        pub id: Id<ClientSecret>,
        pub client_id: String,
        pub hash: String,
        pub created_at: Time,
    }
}

/// The live secrets of a client, the newest first.
///
/// # Errors
/// The database is away.
pub fn secrets(r: &mut Reading<'_>, client: &str) -> Result<Vec<SecretRow>, Broken> {
    sql("SELECT id, client_id, hash, created_at FROM client_secrets WHERE client_id = ? AND ended_at IS NULL \
         ORDER BY created_at DESC, id DESC")
    .bind(&client)
    .all(r)
}

/// The live secrets of every client, the newest first.
///
/// # Errors
/// The database is away.
pub fn all_secrets(r: &mut Reading<'_>) -> Result<Vec<SecretRow>, Broken> {
    sql("SELECT id, client_id, hash, created_at FROM client_secrets WHERE ended_at IS NULL \
         ORDER BY created_at DESC, id DESC LIMIT 2000")
    .all(r)
}

/// Keeps the hash of a secret.
///
/// # Errors
/// The database is away.
pub fn insert_secret(w: &mut Writing<'_>, id: Id<ClientSecret>, client: &str, hash: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO client_secrets (id, client_id, hash, created_at) VALUES (?, ?, ?, ?)")
        .bind(&id)
        .bind(&client)
        .bind(&hash)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// Ends a secret; tells whether it lived.
///
/// # Errors
/// The database is away.
pub fn end_secret(w: &mut Writing<'_>, client: &str, id: Id<ClientSecret>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE client_secrets SET ended_at = ? WHERE client_id = ? AND id = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&client)
        .bind(&id)
        .run(w)?
        == 1)
}

/// Whether a person allowed a client this, and has not disconnected it since.
///
/// # Errors
/// The database is away.
pub fn consented(r: &mut Reading<'_>, person: Id<Person>, client: &str, scope: &str) -> Result<bool, Broken> {
    Ok(sql("SELECT COUNT(*) AS n FROM consents WHERE person_id = ? AND client_id = ? AND scope = ?")
        .bind(&person)
        .bind(&client)
        .bind(&scope)
        .one::<i64>(r)?
        > 0)
}

/// Remembers what a person allowed.
///
/// # Errors
/// The database is away.
pub fn consent(w: &mut Writing<'_>, person: Id<Person>, client: &str, scope: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO consents (person_id, client_id, scope, given_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&person)
        .bind(&client)
        .bind(&scope)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// Forgets what anybody allowed a client: they are asked anew.
///
/// # Errors
/// The database is away.
pub fn forget_all_consents(w: &mut Writing<'_>, client: &str) -> Result<(), Broken> {
    sql("DELETE FROM consents WHERE client_id = ?").bind(&client).run(w)?;
    Ok(())
}

/// Forgets what a person allowed a client; tells how much there was.
///
/// # Errors
/// The database is away.
pub fn forget_consents(w: &mut Writing<'_>, person: Id<Person>, client: &str) -> Result<usize, Broken> {
    sql("DELETE FROM kept_requests WHERE person_id = ? AND client_id = ?").bind(&person).bind(&client).run(w)?;
    sql("DELETE FROM consents WHERE person_id = ? AND client_id = ?").bind(&person).bind(&client).run(w)
}

row! {
    /// A tool that a person connected, one line a scope that they allowed.
    #[derive(Clone, Debug)]
    pub struct Connected {
        pub client_id: String,
        pub name: String,
        pub scope: String,
        pub given_at: Time,
        /// When it last fetched a token.
        pub used_at: Option<Time>,
    }
}

/// The tools that a person connected, by name.
///
/// # Errors
/// The database is away.
pub fn connected(r: &mut Reading<'_>, person: Id<Person>) -> Result<Vec<Connected>, Broken> {
    sql("SELECT c.client_id, k.name, c.scope, c.given_at, (SELECT MAX(a.used_at) FROM authorizations a \
         WHERE a.person_id = c.person_id AND a.client_id = c.client_id) AS used_at FROM consents c \
         JOIN clients k ON k.id = c.client_id WHERE c.person_id = ? ORDER BY k.name, c.client_id, c.scope LIMIT 500")
    .bind(&person)
    .all(r)
}

row! {
    /// A request that waits until the person has the role.
    #[derive(Clone, Debug)]
    pub struct Kept {
        pub id: Id<ids::KeptRequest>,
        pub client_id: String,
        pub name: String,
        pub query: String,
    }
}

/// Keeps a tool's request: the latest one for a role.
///
/// # Errors
/// The database is away.
pub fn keep_request(
    w: &mut Writing<'_>,
    person: Id<Person>,
    client: &str,
    role: &Slug,
    query: &str,
) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO kept_requests (id, person_id, client_id, role_id, query, at) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT (person_id, client_id, role_id) DO UPDATE SET query = excluded.query, at = excluded.at")
    .bind(&Id::<ids::KeptRequest>::new(now))
    .bind(&person)
    .bind(&client)
    .bind(role)
    .bind(&query)
    .bind(&now)
    .run(w)?;
    Ok(())
}

/// Forgets a kept request: the tool has what it asked for.
///
/// # Errors
/// The database is away.
pub fn forget_request(w: &mut Writing<'_>, person: Id<Person>, client: &str, role: &Slug) -> Result<(), Broken> {
    sql("DELETE FROM kept_requests WHERE person_id = ? AND client_id = ? AND role_id = ?")
        .bind(&person)
        .bind(&client)
        .bind(role)
        .run(w)?;
    Ok(())
}

/// The requests that wait for a person to have a role, made since `since`.
///
/// # Errors
/// The database is away.
pub fn kept_requests(r: &mut Reading<'_>, person: Id<Person>, role: &Slug, since: Time) -> Result<Vec<Kept>, Broken> {
    sql("SELECT q.id, q.client_id, k.name, q.query FROM kept_requests q JOIN clients k ON k.id = q.client_id \
         WHERE q.person_id = ? AND q.role_id = ? AND q.at >= ? AND k.state = 'active' ORDER BY q.at DESC LIMIT 20")
    .bind(&person)
    .bind(role)
    .bind(&since)
    .all(r)
}
