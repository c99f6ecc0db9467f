//! Failed sign-ins in the database.

use crate::{
    base::{
        clock::Time,
        ids::{Failure, Id},
        refusal::Broken,
        text::folded,
    },
    db::{Reading, Writing, sql, sql::row},
    identity::secret::Secret,
};

/// Notes a failed sign-in at an instant. `account` is a hash of what was typed, so that the table names nobody; `network` is
/// what [`network`](crate::identity::network::network) says of an address.
///
/// # Errors
/// The database is away.
pub fn note_failure(w: &mut Writing<'_>, account: &str, network: &str, at: Time) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO sign_in_failures (id, account, address, at) VALUES (?, ?, ?, ?)")
        .bind(&Id::<Failure>::new(now))
        .bind(&account)
        .bind(&network)
        .bind(&at)
        .run(w)?;
    Ok(())
}

/// Holds what is known of guesses at an account, and from a network, to the end of the transaction, so that they are judged
/// one after the other (PostgreSQL; SQLite has one writer). Taken before any row of a person, the account first.
///
/// # Errors
/// The database is away.
pub fn hold_guesses(w: &mut Writing<'_>, account: &str, network: &str) -> Result<(), Broken> {
    let lock = w.engine_sql("", "SELECT 1::BIGINT AS n FROM (SELECT pg_advisory_xact_lock(?)) held");
    if !lock.is_empty() {
        sql(lock).bind(&lock_of(account)).maybe::<i64>(w)?;
        sql(lock).bind(&lock_of(network)).maybe::<i64>(w)?;
    }
    Ok(())
}

/// The number of a lock: the first 64 bits of a hash of its name.
fn lock_of(name: &str) -> i64 {
    let hash = Secret::presented(name).hash();
    hash.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).map_or(0, u64::cast_signed)
}

row! {
    /// Failures since an instant: how many, and when the latest was.
    #[derive(Clone, Copy, Debug)]
    pub struct Failures {
        pub n: i64,
        pub latest: Option<Time>,
    }
}

/// Failures of one account from one network since an instant.
///
/// # Errors
/// The database is away.
pub fn failures_of_pair(r: &mut Reading<'_>, account: &str, network: &str, since: Time) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM sign_in_failures WHERE account = ? AND address = ? AND at > ?")
        .bind(&account)
        .bind(&network)
        .bind(&since)
        .one(r)
}

/// Failures of one account from all networks since an instant.
///
/// # Errors
/// The database is away.
pub fn failures_of_account(r: &mut Reading<'_>, account: &str, since: Time) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM sign_in_failures WHERE account = ? AND at > ?")
        .bind(&account)
        .bind(&since)
        .one(r)
}

/// Failures from one network since an instant; more than `most` are not counted.
///
/// # Errors
/// The database is away.
pub fn failures_of_network(r: &mut Reading<'_>, network: &str, since: Time, most: i64) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM (SELECT at FROM sign_in_failures WHERE address = ? AND at > ? \
         ORDER BY at DESC LIMIT ?) AS newest")
    .bind(&network)
    .bind(&since)
    .bind(&most)
    .one(r)
}

/// Forgets the failures of one account from one network, after it signed in there.
///
/// # Errors
/// The database is away.
pub fn forget_failures(w: &mut Writing<'_>, account: &str, network: &str) -> Result<(), Broken> {
    sql("DELETE FROM sign_in_failures WHERE account = ? AND address = ?").bind(&account).bind(&network).run(w)?;
    Ok(())
}

/// Forgets failures before an instant.
///
/// # Errors
/// The database is away.
pub fn sweep_failures(w: &mut Writing<'_>, before: Time) -> Result<usize, Broken> {
    sql("DELETE FROM sign_in_failures WHERE at < ?").bind(&before).run(w)
}

/// The key under which failures of an account are counted.
#[must_use]
pub fn account_key(email: &str) -> String {
    Secret::presented(&folded(email)).hash()
}
