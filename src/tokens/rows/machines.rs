//! Service accounts in the database: who owns them, how they are named in warehouses, and what was seen of their access.

use super::clients::{CLIENT, Raw};
use crate::{
    base::{
        clock::Time,
        ids::{Id, Person},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row},
    tokens::client::Client,
};

/// A client that was not removed, held so that nobody removes it or hands it over meanwhile (PostgreSQL; SQLite has one
/// writer). Whoever holds a person, too, holds the person first.
///
/// # Errors
/// The database is away.
pub fn hold_client(w: &mut Writing<'_>, id: &str) -> Result<Option<Client>, Broken> {
    let hold = w.engine_sql("", " FOR SHARE");
    let found: Option<Raw> = sql(format!("{CLIENT} WHERE id = ? AND state = 'active'{hold}")).bind(&id).maybe(w)?;
    found.map(Raw::read).transpose()
}

/// As [`hold_client`], for whoever is about to change what its tokens say: who mints for it waits, and has ended.
///
/// # Errors
/// The database is away.
pub fn take_client(w: &mut Writing<'_>, id: &str) -> Result<Option<Client>, Broken> {
    let take = w.engine_sql("", " FOR NO KEY UPDATE");
    let found: Option<Raw> = sql(format!("{CLIENT} WHERE id = ? AND state = 'active'{take}")).bind(&id).maybe(w)?;
    found.map(Raw::read).transpose()
}

/// Every service account that was not removed, by id.
///
/// # Errors
/// The database is away.
pub fn machines(r: &mut Reading<'_>) -> Result<Vec<Client>, Broken> {
    let found: Vec<Raw> =
        sql(format!("{CLIENT} WHERE owner_id IS NOT NULL AND state = 'active' ORDER BY id LIMIT 10000")).all(r)?;
    found.into_iter().map(Raw::read).collect()
}

/// The service accounts of a person, by name.
///
/// # Errors
/// The database is away.
pub fn accounts_of(r: &mut Reading<'_>, owner: Id<Person>) -> Result<Vec<Client>, Broken> {
    let found: Vec<Raw> = sql(format!("{CLIENT} WHERE owner_id = ? AND state = 'active' ORDER BY name, id LIMIT 500"))
        .bind(&owner)
        .all(r)?;
    found.into_iter().map(Raw::read).collect()
}

/// The service accounts that rested on a person's access at the instant of the transaction: theirs then, and agreed to, each with the
/// roles that it could use then. By name.
///
/// # Errors
/// The database is away.
pub fn accounts_then(r: &mut Reading<'_>, owner: Id<Person>) -> Result<Vec<Client>, Broken> {
    let at = r.at();
    let found: Vec<Raw> =
        sql("SELECT k.id, k.name, k.kind, k.redirect_uris, k.post_logout_uris, k.grant_types, o.roles, \
         k.first_party, k.owner_id, k.accepted_at, k.exchanges, k.state, k.created_at, k.created_by, k.removed_at \
         FROM client_owners o JOIN clients k ON k.id = o.client_id WHERE o.person_id = ? AND o.from_at <= ? \
         AND (o.until_at IS NULL OR ? < o.until_at) ORDER BY k.name, k.id LIMIT 500")
        .bind(&owner)
        .bind(&at)
        .bind(&at)
        .all(r)?;
    found.into_iter().map(Raw::read).collect()
}

/// Writes down on whose access an account rests from now on, and for which roles, and that it no longer rests on whoever's it did,
/// or for what it did: after everything that may have changed that.
pub(super) fn note_owner(w: &mut Writing<'_>, client: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE client_owners SET until_at = ? WHERE client_id = ? AND until_at IS NULL AND NOT EXISTS (SELECT 1 FROM clients k \
         WHERE k.id = client_owners.client_id AND k.owner_id = client_owners.person_id AND k.state = 'active' \
         AND k.accepted_at <= client_owners.from_at AND COALESCE(k.roles, '') = COALESCE(client_owners.roles, ''))")
    .bind(&now)
    .bind(&client)
    .run(w)?;
    // Whoever takes back at one instant what they take up again at the same has never stopped.
    sql("INSERT INTO client_owners (client_id, person_id, from_at, roles) SELECT k.id, k.owner_id, ?, k.roles FROM clients k \
         WHERE k.id = ? AND k.state = 'active' AND k.owner_id IS NOT NULL AND k.accepted_at IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM client_owners o WHERE o.client_id = k.id AND o.until_at IS NULL) \
         ON CONFLICT (client_id, person_id, from_at) DO UPDATE SET until_at = NULL, roles = excluded.roles")
    .bind(&now)
    .bind(&client)
    .run(w)?;
    Ok(())
}

/// Gives an account to somebody else, who agrees to it at once or has yet to; tells whether it was `from`'s.
///
/// # Errors
/// The database is away.
pub fn set_owner(
    w: &mut Writing<'_>,
    client: &str,
    from: Id<Person>,
    (to, accepted): (Id<Person>, bool),
) -> Result<bool, Broken> {
    let now = w.now();
    let moved = sql("UPDATE clients SET owner_id = ?, accepted_at = ?, declined_at = NULL WHERE id = ? AND owner_id = ? AND state = 'active'")
        .bind(&to)
        .bind(&accepted.then_some(now))
        .bind(&client)
        .bind(&from)
        .run(w)?;
    note_owner(w, client)?;
    Ok(moved == 1)
}

/// Notes that the owner of an account agrees to it, or that they do not; tells whether they had not said so.
///
/// # Errors
/// The database is away.
pub fn accept(w: &mut Writing<'_>, client: &str, owner: Id<Person>, agrees: bool) -> Result<bool, Broken> {
    let now = w.now();
    let other = if agrees { "accepted_at IS NULL" } else { "declined_at IS NULL" };
    let said = sql(format!(
        "UPDATE clients SET accepted_at = ?, declined_at = ? WHERE id = ? AND owner_id = ? AND state = 'active' AND {other}"
    ))
    .bind(&agrees.then_some(now))
    .bind(&(!agrees).then_some(now))
    .bind(&client)
    .bind(&owner)
    .run(w)?;
    note_owner(w, client)?;
    Ok(said == 1)
}

/// Lets an account wait for its owner anew.
///
/// # Errors
/// The database is away.
pub fn await_owner(w: &mut Writing<'_>, client: &str) -> Result<(), Broken> {
    sql("UPDATE clients SET accepted_at = NULL, declined_at = NULL WHERE id = ?").bind(&client).run(w)?;
    note_owner(w, client)
}

/// What a client holds that no person has let it in for: its own as a service account, and what it got by exchange. Two halves,
/// each by an index of its own.
const HELD: [&str; 2] = ["service", "act IS NOT NULL"];

/// Revokes what a client holds as a service account and what it got by exchange, for a role or for any; tells how many tokens
/// lived.
///
/// # Errors
/// The database is away.
pub fn end_held(w: &mut Writing<'_>, client: &str, role: Option<&Slug>) -> Result<usize, Broken> {
    let now = w.now();
    let mut ended = 0;
    for half in HELD {
        let statement = sql(format!(
            "UPDATE tokens SET revoked_at = ? WHERE client_id = ? AND {half} AND revoked_at IS NULL AND expires_at > ?"
        ));
        let statement = statement.bind(&now).bind(&client).bind(&now);
        let statement = match role {
            Some(role) => statement.push(" AND role_id = ?").bind(role),
            None => statement,
        };
        ended += statement.run(w)?;
    }
    Ok(ended)
}

/// Revokes what a client got for tokens of another one (RFC 8693); tells how many tokens lived.
///
/// # Errors
/// The database is away.
pub fn end_exchanged(w: &mut Writing<'_>, client: &str, of: &str) -> Result<usize, Broken> {
    let now = w.now();
    sql("UPDATE tokens SET revoked_at = ? WHERE client_id = ? AND act IS NOT NULL AND revoked_at IS NULL AND expires_at > ? \
         AND EXISTS (SELECT 1 FROM token_subjects s JOIN tokens o ON o.id = s.subject_id \
                     WHERE s.token_id = tokens.id AND o.client_id = ?)")
    .bind(&now)
    .bind(&client)
    .bind(&now)
    .bind(&of)
    .run(w)
}

/// The roles that a client has sign-ins of people or tokens of its own for.
///
/// # Errors
/// The database is away.
pub fn roles_in_use(r: &mut Reading<'_>, client: &str) -> Result<Vec<Slug>, Broken> {
    let now = r.at();
    let [own, exchanged] = HELD.map(|half| {
        format!("SELECT role_id FROM tokens WHERE client_id = ? AND {half} AND revoked_at IS NULL AND expires_at > ?")
    });
    let found: Vec<String> = sql(format!(
        "SELECT role_id AS word FROM authorizations WHERE client_id = ? AND ended_at IS NULL AND role_id IS NOT NULL \
         UNION {own} UNION {exchanged} ORDER BY 1"
    ))
    .bind(&client)
    .bind(&client)
    .bind(&now)
    .bind(&client)
    .bind(&now)
    .all(r)?;
    found.iter().map(|role| role.parse().map_err(Broken::defect)).collect()
}

/// Forgets what was seen of an account's access to a role that it no longer uses.
///
/// # Errors
/// The database is away.
pub fn forget_access(w: &mut Writing<'_>, client: &str, role: &Slug) -> Result<(), Broken> {
    sql("DELETE FROM client_accesses WHERE client_id = ? AND role_id = ?").bind(&client).bind(role).run(w)?;
    Ok(())
}

row! {
    /// How an account is named in a warehouse.
    #[derive(Clone, Debug)]
    pub struct ClientLogin {
        pub client_id: String,
        pub warehouse_id: String,
        pub login: String,
    }
}

/// The names that were set for accounts, all of them or one account's.
///
/// # Errors
/// The database is away.
pub fn client_logins(r: &mut Reading<'_>, client: Option<&str>) -> Result<Vec<ClientLogin>, Broken> {
    let all = sql("SELECT client_id, warehouse_id, login FROM client_logins");
    let some = match &client {
        Some(client) => all.push(" WHERE client_id = ?").bind(client),
        None => all,
    };
    some.push(" ORDER BY client_id, warehouse_id LIMIT 10000").all(r)
}

/// How an account is named in a warehouse, where that was set.
///
/// # Errors
/// The database is away.
pub fn client_login(r: &mut Reading<'_>, client: &str, warehouse: &Slug) -> Result<Option<String>, Broken> {
    sql("SELECT login AS word FROM client_logins WHERE client_id = ? AND warehouse_id = ?")
        .bind(&client)
        .bind(warehouse)
        .maybe(r)
}

/// Sets how an account is named in a warehouse, or goes back to its id; tells whether the name was free among accounts.
///
/// # Errors
/// The database is away.
pub fn set_client_login(
    w: &mut Writing<'_>,
    client: &str,
    warehouse: &Slug,
    login: Option<&str>,
) -> Result<bool, Broken> {
    sql("DELETE FROM client_logins WHERE client_id = ? AND warehouse_id = ?").bind(&client).bind(warehouse).run(w)?;
    let Some(login) = login else { return Ok(true) };
    Ok(sql("INSERT INTO client_logins (client_id, warehouse_id, login) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&client)
        .bind(warehouse)
        .bind(&login)
        .run(w)?
        == 1)
}

/// Whether another account has a name in a warehouse.
///
/// # Errors
/// The database is away.
pub fn login_of_another(r: &mut Reading<'_>, client: &str, warehouse: &Slug, login: &str) -> Result<bool, Broken> {
    Ok(sql(
        "SELECT COUNT(*) AS n FROM client_logins WHERE warehouse_id = ? AND LOWER(login) = LOWER(?) AND client_id <> ?",
    )
    .bind(warehouse)
    .bind(&login)
    .bind(&client)
    .one::<i64>(r)?
        > 0)
}

/// Whether a name in a warehouse is a person's: set by hand, or made of their address (`whole`, or what stands before the
/// `@`); or, for a person who is to be named so, an account's: set by hand, or its id. Letters count the same in either case, as in most warehouses.
///
/// # Errors
/// The database is away.
pub fn login_taken(
    r: &mut Reading<'_>,
    warehouse: &Slug,
    login: &str,
    whole: bool,
    for_person: bool,
) -> Result<bool, Broken> {
    let login = login.to_lowercase();
    if for_person {
        return Ok(sql("SELECT (SELECT COUNT(*) FROM client_logins l JOIN clients k ON k.id = l.client_id AND k.state = 'active' \
                        WHERE l.warehouse_id = ? AND LOWER(l.login) = ?) \
                       + (SELECT COUNT(*) FROM clients WHERE id = ? AND owner_id IS NOT NULL AND state = 'active') AS n")
            .bind(warehouse)
            .bind(&login)
            .bind(&login)
            .one::<i64>(r)?
            > 0);
    }
    let start = if whole { login.clone() } else { format!("{login}@") };
    let most = i64::try_from(if whole { usize::from(u16::MAX) } else { start.chars().count() }).unwrap_or(i64::MAX);
    Ok(sql("SELECT (SELECT COUNT(*) FROM warehouse_logins WHERE warehouse_id = ? AND LOWER(login) = ?) \
            + (SELECT COUNT(*) FROM persons WHERE LOWER(SUBSTR(email, 1, CAST(? AS INTEGER))) = ?) AS n")
    .bind(warehouse)
    .bind(&login)
    .bind(&most)
    .bind(&start)
    .one::<i64>(r)?
        > 0)
}

row! {
    /// When an account last got a token of its own for a role.
    #[derive(Clone, Debug)]
    pub struct Used {
        pub role_id: String,
        pub at: Time,
    }
}

/// When an account last got tokens of its own, by role.
///
/// # Errors
/// The database is away.
pub fn used(r: &mut Reading<'_>, client: &str) -> Result<Vec<Used>, Broken> {
    sql("SELECT role_id, MAX(issued_at) AS at FROM tokens WHERE client_id = ? AND service GROUP BY role_id ORDER BY role_id")
        .bind(&client)
        .all(r)
}

row! {
    /// What was last seen of the access of an account's owner to a role.
    #[derive(Clone, Debug)]
    pub struct AccessRow {
        pub client_id: String,
        pub role_id: String,
        /// Whether it was there.
        pub held: bool,
        /// Until when it was to be there.
        pub until_at: Time,
        /// How many days before that it was told of, if it was.
        pub told_days: Option<i64>,
    }
}

const ACCESS: &str = "SELECT client_id, role_id, held, until_at, told_days FROM client_accesses";

/// What was last seen of every access of an account.
///
/// # Errors
/// The database is away.
pub fn access_seen(r: &mut Reading<'_>, client: &str) -> Result<Vec<AccessRow>, Broken> {
    sql(format!("{ACCESS} WHERE client_id = ?")).bind(&client).all(r)
}

/// Notes that an access is there, until when, and that its end was not told of yet.
///
/// # Errors
/// The database is away.
pub fn begin_access(w: &mut Writing<'_>, client: &str, role: &Slug, until: Time) -> Result<(), Broken> {
    sql("INSERT INTO client_accesses (client_id, role_id, held, until_at) VALUES (?, ?, TRUE, ?) \
         ON CONFLICT (client_id, role_id) DO UPDATE SET held = TRUE, until_at = excluded.until_at, told_days = NULL")
    .bind(&client)
    .bind(role)
    .bind(&until)
    .run(w)?;
    Ok(())
}

/// Notes so many days before the end of an access that it is told of; tells whether nobody was faster.
///
/// # Errors
/// The database is away.
pub fn tell_access(w: &mut Writing<'_>, seen: &AccessRow, days: i64) -> Result<bool, Broken> {
    Ok(sql("UPDATE client_accesses SET told_days = ? WHERE client_id = ? AND role_id = ? AND held AND until_at = ? \
            AND (told_days IS NULL OR told_days > ?)")
    .bind(&days)
    .bind(&seen.client_id)
    .bind(&seen.role_id)
    .bind(&seen.until_at)
    .bind(&days)
    .run(w)?
        == 1)
}

/// Notes that an access is gone; tells whether nobody was faster.
///
/// # Errors
/// The database is away.
pub fn lose_access(w: &mut Writing<'_>, seen: &AccessRow) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE client_accesses SET held = FALSE, until_at = ?, told_days = NULL \
            WHERE client_id = ? AND role_id = ? AND held")
    .bind(&now)
    .bind(&seen.client_id)
    .bind(&seen.role_id)
    .run(w)?
        == 1)
}
