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

/// Notes a failed sign-in. `account` is a hash of what was typed, so that the table names nobody.
///
/// # Errors
/// The database is away.
pub fn note_failure(w: &mut Writing<'_>, account: &str, address: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO sign_in_failures (id, account, address, at) VALUES (?, ?, ?, ?)")
        .bind(&Id::<Failure>::new(now))
        .bind(&account)
        .bind(&address)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// Holds what is known of guesses at an account to the end of the transaction, so that they are judged one after the other
/// (PostgreSQL; SQLite has one writer). Taken before any row of a person.
///
/// # Errors
/// The database is away.
pub fn hold_guesses(w: &mut Writing<'_>, account: &str) -> Result<(), Broken> {
    let lock = w.engine_sql("", "SELECT 1::BIGINT AS n FROM (SELECT pg_advisory_xact_lock(?)) held");
    if !lock.is_empty() {
        sql(lock).bind(&lock_of(account)).maybe::<i64>(w)?;
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

/// Failures of one account from one address since an instant.
///
/// # Errors
/// The database is away.
pub fn failures_of_pair(r: &mut Reading<'_>, account: &str, address: &str, since: Time) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM sign_in_failures WHERE account = ? AND address = ? AND at > ?")
        .bind(&account)
        .bind(&address)
        .bind(&since)
        .one(r)
}

/// Failures from one address since an instant.
///
/// # Errors
/// The database is away.
pub fn failures_of_address(r: &mut Reading<'_>, address: &str, since: Time) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM sign_in_failures WHERE address = ? AND at > ?")
        .bind(&address)
        .bind(&since)
        .one(r)
}

/// Forgets the failures of one account from one address, after it signed in there.
///
/// # Errors
/// The database is away.
pub fn forget_failures(w: &mut Writing<'_>, account: &str, address: &str) -> Result<(), Broken> {
    sql("DELETE FROM sign_in_failures WHERE account = ? AND address = ?").bind(&account).bind(&address).run(w)?;
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
