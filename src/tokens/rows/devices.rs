//! Device codes and wrong guesses at them, in the database.

use crate::{
    base::{
        clock::Time,
        ids::{Authorization, Device, Failure, Id, Person},
        refusal::Broken,
    },
    db::{
        Reading, Writing, sql,
        sql::{row, word_column},
    },
    tokens::device::SLOWER_SECONDS,
};

/// Where a device code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// Nobody answered it.
    Open,
    /// A person said yes, and the device did not come for its tokens yet.
    Allowed,
    /// A person said no.
    Denied,
    /// It became tokens.
    Redeemed,
}
word_column!(DeviceState { Open => "open", Allowed => "allowed", Denied => "denied", Redeemed => "redeemed" });

row! {
    /// A device code.
    #[derive(Clone, Debug)]
    pub struct DeviceRow {
        pub id: Id<Device>,
        pub client_id: String,
        pub scope: String,
        pub role_id: Option<String>,
        pub resource: Option<String>,
        pub address: String,
        pub created_at: Time,
        pub expires_at: Time,
        pub wait_seconds: i64,
        /// When the device last asked.
        pub asked_at: Option<Time>,
        pub state: DeviceState,
        pub person_id: Option<Id<Person>>,
        pub authorization_id: Option<Id<Authorization>>,
    }
}

/// What a device asks for.
#[derive(Clone, Copy, Debug)]
pub struct DeviceWanted<'a> {
    pub client_id: &'a str,
    pub scope: &'a str,
    pub role_id: Option<&'a str>,
    pub resource: Option<&'a str>,
    pub address: &'a str,
    pub expires_at: Time,
    pub wait_seconds: i64,
    pub network: &'a str,
}

const DEVICE: &str = "SELECT id, client_id, scope, role_id, resource, address, created_at, expires_at, wait_seconds, asked_at, \
                      state, person_id, authorization_id FROM device_codes";

/// Keeps the hashes of a device code and of its user code; tells whether the user code was free.
///
/// # Errors
/// The database is away.
pub fn insert_device(
    w: &mut Writing<'_>,
    (hash, user_hash): (&str, &str),
    new: &DeviceWanted<'_>,
) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("INSERT INTO device_codes (id, hash, user_hash, client_id, scope, role_id, resource, address, created_at, expires_at, \
            wait_seconds, network, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') ON CONFLICT (user_hash) DO NOTHING")
    .bind(&Id::<Device>::new(now))
    .bind(&hash)
    .bind(&user_hash)
    .bind(&new.client_id)
    .bind(&new.scope)
    .bind(&new.role_id)
    .bind(&new.resource)
    .bind(&new.address)
    .bind(&now)
    .bind(&new.expires_at)
    .bind(&new.wait_seconds)
    .bind(&new.network)
    .run(w)?
        == 1)
}

/// How many codes of a network wait for their person.
///
/// # Errors
/// The database is away.
pub fn open_devices(r: &mut Reading<'_>, network: &str) -> Result<i64, Broken> {
    let now = r.at();
    sql("SELECT COUNT(*) AS n FROM device_codes WHERE network = ? AND state = 'open' AND expires_at > ?")
        .bind(&network)
        .bind(&now)
        .one(r)
}

/// The device code of a hash.
///
/// # Errors
/// The database is away.
pub fn device(r: &mut Reading<'_>, hash: &str) -> Result<Option<DeviceRow>, Broken> {
    sql(format!("{DEVICE} WHERE hash = ?")).bind(&hash).maybe(r)
}

/// The device code of a user code's hash.
///
/// # Errors
/// The database is away.
pub fn device_by_user_code(r: &mut Reading<'_>, user_hash: &str) -> Result<Option<DeviceRow>, Broken> {
    sql(format!("{DEVICE} WHERE user_hash = ?")).bind(&user_hash).maybe(r)
}

/// An open device code, held to the end of the transaction: questions are counted one after the other (PostgreSQL). None where
/// somebody has answered it.
///
/// # Errors
/// The database is away.
pub fn hold_device(w: &mut Writing<'_>, id: Id<Device>) -> Result<Option<DeviceRow>, Broken> {
    let hold = w.engine_sql("", " FOR UPDATE");
    sql(format!("{DEVICE} WHERE id = ? AND state = 'open'{hold}")).bind(&id).maybe(w)
}

/// Notes that the device asked; one that asked too soon waits longer from now on.
///
/// # Errors
/// The database is away.
pub fn poll(w: &mut Writing<'_>, id: Id<Device>, too_soon: bool) -> Result<(), Broken> {
    let now = w.now();
    let more = if too_soon { SLOWER_SECONDS } else { 0 };
    sql("UPDATE device_codes SET asked_at = ?, wait_seconds = wait_seconds + ? WHERE id = ?")
        .bind(&now)
        .bind(&more)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// A person says yes; tells whether the code was still open and its time not over.
///
/// # Errors
/// The database is away.
pub fn allow_device(
    w: &mut Writing<'_>,
    id: Id<Device>,
    person: Id<Person>,
    family: Id<Authorization>,
) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE device_codes SET state = 'allowed', person_id = ?, authorization_id = ? WHERE id = ? AND state = 'open' \
            AND expires_at > ?")
    .bind(&person)
    .bind(&family)
    .bind(&id)
    .bind(&now)
    .run(w)?
        == 1)
}

/// A person says no; tells whether the code was still open and its time not over.
///
/// # Errors
/// The database is away.
pub fn deny_device(w: &mut Writing<'_>, id: Id<Device>, person: Id<Person>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql(
        "UPDATE device_codes SET state = 'denied', person_id = ? WHERE id = ? AND state = 'open' AND expires_at > ?",
    )
    .bind(&person)
    .bind(&id)
    .bind(&now)
    .run(w)?
        == 1)
}

/// Uses an allowed code up; tells whether it was fresh.
///
/// # Errors
/// The database is away.
pub fn redeem_device(w: &mut Writing<'_>, id: Id<Device>) -> Result<bool, Broken> {
    Ok(sql("UPDATE device_codes SET state = 'redeemed' WHERE id = ? AND state = 'allowed'").bind(&id).run(w)? == 1)
}

row! {
    /// Wrong codes: how many, and when the latest was.
    #[derive(Clone, Copy, Debug)]
    pub struct Guesses {
        pub n: i64,
        pub latest: Option<Time>,
    }
}

/// Wrong codes of a guesser since an instant.
///
/// # Errors
/// The database is away.
pub fn guesses(r: &mut Reading<'_>, guesser: &str, since: Time) -> Result<Guesses, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM device_guesses WHERE guesser = ? AND at > ?")
        .bind(&guesser)
        .bind(&since)
        .one(r)
}

/// Notes a wrong code.
///
/// # Errors
/// The database is away.
pub fn note_guess(w: &mut Writing<'_>, guesser: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO device_guesses (id, guesser, at) VALUES (?, ?, ?)")
        .bind(&Id::<Failure>::new(now))
        .bind(&guesser)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// Forgets device codes whose time was over before `codes`, and guesses from before `guesses`.
///
/// # Errors
/// The database is away.
pub fn forget_devices(w: &mut Writing<'_>, codes: Time, guesses: Time) -> Result<(), Broken> {
    sql("DELETE FROM device_codes WHERE expires_at < ?").bind(&codes).run(w)?;
    sql("DELETE FROM device_guesses WHERE at < ?").bind(&guesses).run(w)?;
    Ok(())
}
