//! Keys and the records of tokens in the database.

mod clients;
mod devices;
mod families;
mod machines;
mod places;
mod sealed;
mod standing;

pub use clients::{
    Connected, Kept, SecretRow, all_secrets, change_client, client, clients, connected, consent, consented, end_secret,
    forget_all_consents, forget_consents, forget_request, insert_client, insert_secret, keep_request, kept_requests,
    knows_client, remove_client, secrets,
};
pub use devices::{
    DeviceRow, DeviceState, DeviceWanted, allow_device, deny_device, device, device_by_user_code, forget_devices,
    guesses, hold_device, insert_device, note_guess, open_devices, poll, redeem_device,
};
pub use families::{
    AuthorizationRow, CodeRow, Ending, IdentityToken, RefreshRow, Whose, code, end_families, family, forget_spent,
    hold_authorization, insert_authorization, insert_code, insert_identity_token, insert_refresh, redeem, refresh,
    revoke_token, rotate, session_open, use_authorization,
};
pub use machines::{
    AccessRow, ClientLogin, Used, accept, access_seen, accounts_of, accounts_then, await_owner, begin_access,
    client_login, client_logins, end_exchanged, end_held, forget_access, hold_client, login_of_another, login_taken,
    lose_access, machines, roles_in_use, set_client_login, set_owner, take_client, tell_access, used,
};
pub use places::{ended_places, live_lists};
pub use sealed::{SEALED, Sealed, put_sealed, sealed};
pub use standing::{
    Change, Effective, TokenStanding, TokenSubject, changes, forget_changes, head, live_of_grant, still_effective,
    subjects_of, token_standing, working_tokens,
};

use super::status_list::{Draw, Place, Series};
use crate::{
    access::catalogue::Signing,
    base::{
        clock::Time,
        ids::{Authorization, Grant, Id, Person, Session, Token},
        paging::{Listing, Paging},
        refusal::Broken,
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row, word_column},
    },
};

/// Where a key stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Published, not used yet.
    Next,
    /// Signs.
    Active,
    /// Signs no more, still verifies.
    Retiring,
    /// Out of use; its private part is wiped.
    Gone,
}
word_column!(KeyState { Next => "next", Active => "active", Retiring => "retiring", Gone => "gone" });

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Access tokens.
    Token,
    /// Badges and their status lists.
    Badge,
}
word_column!(Purpose { Token => "token", Badge => "badge" });

row! {
    /// A signing key.
    #[derive(Clone, Debug)]
    pub struct KeyRow {
        pub kid: String,
        pub purpose: Purpose,
        pub algorithm: Signing,
        pub state: KeyState,
        pub public_jwk: String,
        pub sealed: Option<Vec<u8>>,
        pub created_at: Time,
        pub changed_at: Time,
    }
}

const KEY: &str = "SELECT kid, purpose, algorithm, state, public_jwk, sealed, created_at, changed_at FROM keys";

/// Every key, newest first.
///
/// # Errors
/// The database is away.
pub fn keys(r: &mut Reading<'_>) -> Result<Vec<KeyRow>, Broken> {
    sql(format!("{KEY} ORDER BY created_at DESC, kid LIMIT 500")).all(r)
}

/// The key of an algorithm in a state that only one can have.
///
/// # Errors
/// The database is away.
pub fn key_in(
    r: &mut Reading<'_>,
    purpose: Purpose,
    algorithm: Signing,
    state: KeyState,
) -> Result<Option<KeyRow>, Broken> {
    sql(format!("{KEY} WHERE purpose = ? AND algorithm = ? AND state = ?"))
        .bind(&purpose)
        .bind(&algorithm)
        .bind(&state)
        .maybe(r)
}

row! {
    /// What a token is made with: the name of the key that signs now, and the person's login where it was set by hand.
    #[derive(Clone, Debug)]
    pub struct MadeWith {
        pub kid: String,
        pub login: Option<String>,
    }
}

/// What a person's token for a warehouse is made with.
///
/// # Errors
/// The database is away, or no key of the algorithm was made yet.
pub fn made_with(
    r: &mut Reading<'_>,
    algorithm: Signing,
    person: Id<Person>,
    warehouse: &str,
) -> Result<MadeWith, Broken> {
    let made: Option<MadeWith> = sql("SELECT kid, (SELECT login FROM warehouse_logins WHERE person_id = ? \
                                      AND warehouse_id = ?) AS login FROM keys \
                                      WHERE purpose = 'token' AND algorithm = ? AND state = 'active'")
    .bind(&person)
    .bind(&warehouse)
    .bind(&algorithm)
    .maybe(r)?;
    made.ok_or_else(|| Broken::Unavailable(format!("the first {} key is being made", algorithm.word())))
}

/// The name of the key that signs now.
///
/// # Errors
/// The database is away, or no such key was made yet.
pub fn active_kid(r: &mut Reading<'_>, purpose: Purpose, algorithm: Signing) -> Result<String, Broken> {
    let kid = sql("SELECT kid AS word FROM keys WHERE purpose = ? AND algorithm = ? AND state = 'active'")
        .bind(&purpose)
        .bind(&algorithm)
        .maybe(r)?;
    kid.ok_or_else(|| Broken::Unavailable(format!("the first {} key is being made", algorithm.word())))
}

/// Stores a key; another replica may have been faster, then nothing happens.
///
/// # Errors
/// The database is away.
pub fn insert_key(w: &mut Writing<'_>, key: &KeyRow) -> Result<bool, Broken> {
    Ok(sql("INSERT INTO keys (kid, purpose, algorithm, state, public_jwk, sealed, created_at, changed_at) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(&key.kid)
    .bind(&key.purpose)
    .bind(&key.algorithm)
    .bind(&key.state)
    .bind(&key.public_jwk)
    .bind(&key.sealed)
    .bind(&key.created_at)
    .bind(&key.changed_at)
    .run(w)?
        == 1)
}

/// Holds the keys that sign and will sign to the end of the transaction (PostgreSQL): whoever rotates is alone. Tokens are still
/// recorded meanwhile.
///
/// # Errors
/// The database is away.
pub fn hold_keys(w: &mut Writing<'_>) -> Result<(), Broken> {
    let hold = w.engine_sql("", " FOR NO KEY UPDATE");
    sql(format!("SELECT kid AS word FROM keys WHERE state IN ('active', 'next') ORDER BY kid{hold}"))
        .all::<String>(w)?;
    Ok(())
}

/// Moves a key along; tells whether it was in the state it should come from. A key that is gone loses its private part; one
/// of badges does so as soon as it signs no more, for it stays published for as long as badges are shown.
///
/// # Errors
/// The database is away.
pub fn move_key(w: &mut Writing<'_>, kid: &str, from: KeyState, to: KeyState) -> Result<bool, Broken> {
    let now = w.now();
    let wipe = match to {
        KeyState::Gone => ", sealed = NULL",
        KeyState::Retiring => ", sealed = CASE WHEN purpose = 'badge' THEN NULL ELSE sealed END",
        KeyState::Next | KeyState::Active => "",
    };
    Ok(sql(format!("UPDATE keys SET state = ?, changed_at = ?{wipe} WHERE kid = ? AND state = ?"))
        .bind(&to)
        .bind(&now)
        .bind(&kid)
        .bind(&from)
        .run(w)?
        == 1)
}

row! {
    /// The record of a token.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct TokenRow {
        pub id: Id<Token>,
        pub grant_id: Id<Grant>,
        pub person_id: Id<Person>,
        pub role_id: String,
        pub client_id: String,
        pub session_id: Option<Id<Session>>,
        pub kid: String,
        pub issued_at: Time,
        pub expires_at: Time,
        pub address: String,
        /// The family that it belongs to, where a tool fetched it.
        pub authorization_id: Option<Id<Authorization>>,
        pub revoked_at: Option<Time>,
        /// Whether it is a service account's own; the person is then the owner.
        pub service: bool,
        /// Who acts, where it was exchanged for another one: the claim as JSON.
        pub act: Option<String>,
    }
}

const TOKEN: &str = "SELECT id, grant_id, person_id, role_id, client_id, session_id, kid, issued_at, expires_at, address, \
                     authorization_id, revoked_at, service, act FROM tokens";

/// Records a token before it is signed, at a free place of a status list.
///
/// # Errors
/// The database is away.
pub fn insert_token(w: &mut Writing<'_>, token: &TokenRow) -> Result<Place, Broken> {
    let mut draw = Draw::new(Series::Warehouse, token.expires_at);
    loop {
        let place = draw.another()?;
        let stored = sql("INSERT INTO tokens (id, grant_id, person_id, role_id, client_id, session_id, kid, issued_at, \
                          expires_at, address, authorization_id, service, act, status_list, status_place) \
                          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (status_list, status_place) DO NOTHING")
        .bind(&token.id)
        .bind(&token.grant_id)
        .bind(&token.person_id)
        .bind(&token.role_id)
        .bind(&token.client_id)
        .bind(&token.session_id)
        .bind(&token.kid)
        .bind(&token.issued_at)
        .bind(&token.expires_at)
        .bind(&token.address)
        .bind(&token.authorization_id)
        .bind(&token.service)
        .bind(&token.act)
        .bind(&place.list.number)
        .bind(&place.index)
        .run(w)?;
        if stored == 1 {
            return Ok(place);
        }
    }
}

/// Notes the tokens that a token was exchanged for: whatever ends one of them ends it.
///
/// # Errors
/// The database is away.
pub fn insert_subjects(w: &mut Writing<'_>, token: Id<Token>, subjects: &[Id<Token>]) -> Result<(), Broken> {
    for subject in subjects {
        sql("INSERT INTO token_subjects (token_id, subject_id) VALUES (?, ?)").bind(&token).bind(subject).run(w)?;
    }
    Ok(())
}

/// The record of a token.
///
/// # Errors
/// The database is away.
pub fn token(r: &mut Reading<'_>, id: Id<Token>) -> Result<Option<TokenRow>, Broken> {
    sql(TOKEN).push(" WHERE id = ?").bind(&id).maybe(r)
}

/// The tokens that a grant gave up to the instant of the transaction, newest first.
///
/// # Errors
/// The database is away.
pub fn tokens_of_grant(r: &mut Reading<'_>, grant: Id<Grant>, paging: &Paging) -> Result<Listing<TokenRow>, Broken> {
    let at = r.at();
    page(r, sql(TOKEN).push(" WHERE grant_id = ? AND issued_at <= ?").bind(&grant).bind(&at), paging)
}

/// The tokens of a person, newest first.
///
/// # Errors
/// The database is away.
pub fn tokens_of_person(r: &mut Reading<'_>, person: Id<Person>, paging: &Paging) -> Result<Listing<TokenRow>, Broken> {
    page(r, sql(TOKEN).push(" WHERE person_id = ?").bind(&person), paging)
}

fn page(r: &mut Reading<'_>, mut statement: Statement, paging: &Paging) -> Result<Listing<TokenRow>, Broken> {
    if let Some((at, id)) = paging.after.as_deref().and_then(|key| key.split_once('|')) {
        statement = statement.push(" AND (issued_at, id) < (?, ?)").bind(&at.parse::<i64>().unwrap_or(0)).bind(&id);
    }
    let rows = statement.push(" ORDER BY issued_at DESC, id DESC LIMIT ?").bind(&paging.probe()).all(r)?;
    Ok(Listing::cut(rows, paging, |t: &TokenRow| format!("{}|{}", t.issued_at.micros(), t.id)))
}

row! {
    /// Tokens in figures: how many, how many of them service accounts took, and when the first and the latest were minted.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct Minting {
        pub n: i64,
        pub machines: i64,
        pub first: Option<Time>,
        pub latest: Option<Time>,
    }
}

/// How many tokens a grant gave up to the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn minting_of_grant(r: &mut Reading<'_>, grant: Id<Grant>) -> Result<Minting, Broken> {
    let at = r.at();
    sql("SELECT COUNT(*) AS n, COUNT(CASE WHEN service THEN 1 END) AS machines, MIN(issued_at) AS first, \
         MAX(issued_at) AS latest FROM tokens WHERE grant_id = ? AND issued_at <= ?")
    .bind(&grant)
    .bind(&at)
    .one(r)
}

/// How many tokens a person ever had.
///
/// # Errors
/// The database is away.
pub fn count_of_person(r: &mut Reading<'_>, person: Id<Person>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM tokens WHERE person_id = ?").bind(&person).one(r)
}
