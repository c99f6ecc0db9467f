//! Authorizations and everything that was issued under them, in the database: one ends, and all of it does.

use crate::{
    base::{
        clock::Time,
        ids::{Authorization, Id, Person, Session, Token},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing, sql,
        sql::{row, word_column},
    },
    tokens::status_list::{Draw, Place, Series},
};

/// Why a family ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person disconnected the tool.
    Disconnected,
    /// The session behind it ended.
    SessionEnded,
    /// The person was shut out.
    PersonDisabled,
    /// The tool was removed.
    ClientRemoved,
    /// The tool may no longer use the role.
    RoleTaken,
    /// The tool gave it back.
    Revoked,
    /// A code was presented a second time.
    CodeReused,
    /// A refresh token was presented a second time.
    RefreshReused,
}
word_column!(Ending {
    Disconnected => "disconnected",
    SessionEnded => "session_ended",
    PersonDisabled => "person_disabled",
    ClientRemoved => "client_removed",
    RoleTaken => "role_taken",
    Revoked => "revoked",
    CodeReused => "code_reused",
    RefreshReused => "refresh_reused",
});

row! {
    /// One sign-in of a person to a tool.
    #[derive(Clone, Debug)]
    pub struct AuthorizationRow {
        pub id: Id<Authorization>,
        pub client_id: String,
        pub person_id: Id<Person>,
        pub session_id: Option<Id<Session>>,
        pub scope: String,
        pub role_id: Option<String>,
        pub resource: Option<String>,
        pub auth_at: Time,
        pub nonce: Option<String>,
        pub ended_at: Option<Time>,
    }
}

const AUTHORIZATION: &str = "SELECT id, client_id, person_id, session_id, scope, role_id, resource, auth_at, nonce, ended_at \
                             FROM authorizations";

/// Begins a family.
///
/// # Errors
/// The database is away.
pub fn insert_authorization(w: &mut Writing<'_>, new: &AuthorizationRow) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO authorizations (id, client_id, person_id, session_id, scope, role_id, resource, auth_at, nonce, \
         created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&new.id)
    .bind(&new.client_id)
    .bind(&new.person_id)
    .bind(&new.session_id)
    .bind(&new.scope)
    .bind(&new.role_id)
    .bind(&new.resource)
    .bind(&new.auth_at)
    .bind(&new.nonce)
    .bind(&now)
    .run(w)?;
    Ok(())
}

/// A family.
///
/// # Errors
/// The database is away.
pub fn family(r: &mut Reading<'_>, id: Id<Authorization>) -> Result<Option<AuthorizationRow>, Broken> {
    sql(format!("{AUTHORIZATION} WHERE id = ?")).bind(&id).maybe(r)
}

/// A family, taken so that two who exchange for it wait for each other (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn hold_authorization(w: &mut Writing<'_>, id: Id<Authorization>) -> Result<Option<AuthorizationRow>, Broken> {
    let hold = w.engine_sql("", " FOR UPDATE");
    sql(format!("{AUTHORIZATION} WHERE id = ?{hold}")).bind(&id).maybe(w)
}

/// Notes that a family was used.
///
/// # Errors
/// The database is away.
pub fn use_authorization(w: &mut Writing<'_>, id: Id<Authorization>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE authorizations SET used_at = ? WHERE id = ?").bind(&now).bind(&id).run(w)?;
    Ok(())
}

row! {
    /// A code.
    #[derive(Clone, Debug)]
    pub struct CodeRow {
        pub authorization_id: Id<Authorization>,
        pub challenge: String,
        pub redirect_uri: String,
        pub expires_at: Time,
        pub redeemed_at: Option<Time>,
    }
}

/// Keeps the hash of a code.
///
/// # Errors
/// The database is away.
pub fn insert_code(w: &mut Writing<'_>, hash: &str, code: &CodeRow) -> Result<(), Broken> {
    sql("INSERT INTO authorization_codes (hash, authorization_id, challenge, redirect_uri, expires_at) \
         VALUES (?, ?, ?, ?, ?)")
    .bind(&hash)
    .bind(&code.authorization_id)
    .bind(&code.challenge)
    .bind(&code.redirect_uri)
    .bind(&code.expires_at)
    .run(w)?;
    Ok(())
}

/// The code of a hash.
///
/// # Errors
/// The database is away.
pub fn code(r: &mut Reading<'_>, hash: &str) -> Result<Option<CodeRow>, Broken> {
    sql("SELECT authorization_id, challenge, redirect_uri, expires_at, redeemed_at FROM authorization_codes WHERE hash = ?")
        .bind(&hash)
        .maybe(r)
}

/// Uses a code up; tells whether it was fresh.
///
/// # Errors
/// The database is away.
pub fn redeem(w: &mut Writing<'_>, hash: &str) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE authorization_codes SET redeemed_at = ? WHERE hash = ? AND redeemed_at IS NULL")
        .bind(&now)
        .bind(&hash)
        .run(w)?
        == 1)
}

row! {
    /// A refresh token.
    #[derive(Clone, Debug)]
    pub struct RefreshRow {
        pub hash: String,
        pub authorization_id: Id<Authorization>,
        pub created_at: Time,
        pub expires_at: Time,
        pub rotated_at: Option<Time>,
        pub next_hash: Option<String>,
        pub replaced_at: Option<Time>,
    }
}

/// The refresh token of a hash.
///
/// # Errors
/// The database is away.
pub fn refresh(r: &mut Reading<'_>, hash: &str) -> Result<Option<RefreshRow>, Broken> {
    sql(
        "SELECT hash, authorization_id, created_at, expires_at, rotated_at, next_hash, replaced_at FROM refresh_tokens \
         WHERE hash = ?",
    )
    .bind(&hash)
    .maybe(r)
}

/// Keeps the hash of a refresh token.
///
/// # Errors
/// The database is away.
pub fn insert_refresh(w: &mut Writing<'_>, hash: &str, of: Id<Authorization>, until: Time) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO refresh_tokens (hash, authorization_id, created_at, expires_at) VALUES (?, ?, ?, ?)")
        .bind(&hash)
        .bind(&of)
        .bind(&now)
        .bind(&until)
        .run(w)?;
    Ok(())
}

/// Exchanges a refresh token for the next one. Where it was exchanged before, what it was exchanged for is replaced.
///
/// # Errors
/// The database is away.
pub fn rotate(w: &mut Writing<'_>, old: &RefreshRow, next: &str) -> Result<(), Broken> {
    let now = w.now();
    if let Some(lost) = &old.next_hash {
        sql("UPDATE refresh_tokens SET replaced_at = ? WHERE hash = ?").bind(&now).bind(lost).run(w)?;
    }
    sql("UPDATE refresh_tokens SET rotated_at = COALESCE(rotated_at, ?), next_hash = ? WHERE hash = ?")
        .bind(&now)
        .bind(&next)
        .bind(&old.hash)
        .run(w)?;
    Ok(())
}

/// Whose families are to end.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    One(Id<Authorization>),
    /// What a person connected to a client.
    Tool(Id<Person>, &'a str),
    Client(&'a str),
    /// What people connected to a client for a role.
    ClientRole(&'a str, &'a Slug),
    Person(Id<Person>),
    /// A person's families whose session has ended.
    Orphans(Id<Person>),
}

/// Ends families with everything that was issued under them; tells how many there were.
///
/// # Errors
/// The database is away.
pub fn end_families(w: &mut Writing<'_>, whose: Whose<'_>, why: Ending) -> Result<usize, Broken> {
    let now = w.now();
    let statement = sql("UPDATE authorizations SET ended_at = ?, ended_reason = ? WHERE ended_at IS NULL AND ")
        .bind(&now)
        .bind(&why);
    let statement = match whose {
        Whose::One(id) => statement.push("id = ?").bind(&id),
        Whose::Tool(person, client) => statement.push("person_id = ? AND client_id = ?").bind(&person).bind(&client),
        Whose::Client(client) => statement.push("client_id = ?").bind(&client),
        Whose::ClientRole(client, role) => {
            statement.push("client_id = ? AND role_id = ?").bind(&client).bind(role)
        }
        Whose::Person(person) => statement.push("person_id = ?").bind(&person),
        Whose::Orphans(person) => statement
            .push("person_id = ? AND session_id IN (SELECT id FROM sessions WHERE person_id = ? AND ended_at IS NOT NULL)")
            .bind(&person)
            .bind(&person),
    };
    let ended = statement.run(w)?;
    if ended > 0 {
        for table in ["tokens", "identity_tokens"] {
            sql(format!(
                "UPDATE {table} SET revoked_at = ? WHERE revoked_at IS NULL AND expires_at > ? AND authorization_id IN \
                 (SELECT id FROM authorizations WHERE ended_at = ?)"
            ))
            .bind(&now)
            .bind(&now)
            .bind(&now)
            .run(w)?;
        }
    }
    Ok(ended)
}

/// Whether the session behind a family is open: neither ended nor past its end.
///
/// # Errors
/// The database is away.
pub fn session_open(r: &mut Reading<'_>, session: Id<Session>) -> Result<bool, Broken> {
    let now = r.at();
    Ok(sql("SELECT COUNT(*) AS n FROM sessions WHERE id = ? AND ended_at IS NULL AND expires_at > ?")
        .bind(&session)
        .bind(&now)
        .one::<i64>(r)?
        > 0)
}

row! {
    /// An access token for the userinfo endpoint.
    #[derive(Clone, Debug)]
    pub struct IdentityToken {
        pub id: Id<Token>,
        pub authorization_id: Id<Authorization>,
        pub kid: String,
        pub issued_at: Time,
        pub expires_at: Time,
        pub address: String,
    }
}

/// Records an access token for the userinfo endpoint before it is signed, at a free place of a status list.
///
/// # Errors
/// The database is away.
pub fn insert_identity_token(w: &mut Writing<'_>, token: &IdentityToken) -> Result<Place, Broken> {
    let mut draw = Draw::new(Series::Userinfo, token.expires_at);
    loop {
        let place = draw.another()?;
        let stored = sql("INSERT INTO identity_tokens (id, authorization_id, kid, issued_at, expires_at, address, status_list, \
                          status_place) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (status_list, status_place) DO NOTHING")
        .bind(&token.id)
        .bind(&token.authorization_id)
        .bind(&token.kid)
        .bind(&token.issued_at)
        .bind(&token.expires_at)
        .bind(&token.address)
        .bind(&place.list.number)
        .bind(&place.index)
        .run(w)?;
        if stored == 1 {
            return Ok(place);
        }
    }
}

/// Revokes one access token; tells whether it was live.
///
/// # Errors
/// The database is away.
pub fn revoke_token(w: &mut Writing<'_>, id: Id<Token>) -> Result<bool, Broken> {
    let now = w.now();
    let mut revoked = 0;
    for table in ["tokens", "identity_tokens"] {
        revoked +=
            sql(format!("UPDATE {table} SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL AND expires_at > ?"))
                .bind(&now)
                .bind(&id)
                .bind(&now)
                .run(w)?;
    }
    Ok(revoked > 0)
}

/// Forgets codes, refresh tokens and kept requests whose time was over before `before`.
///
/// # Errors
/// The database is away.
pub fn forget_spent(w: &mut Writing<'_>, before: Time) -> Result<(), Broken> {
    for gone in [
        "DELETE FROM authorization_codes WHERE expires_at < ?",
        "DELETE FROM refresh_tokens WHERE expires_at < ?",
        "DELETE FROM kept_requests WHERE at < ?",
    ] {
        sql(gone).bind(&before).run(w)?;
    }
    Ok(())
}
