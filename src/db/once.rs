//! Creations that happen once, however often a client asks: the key it sent, what it asked for, and what came of it.

use super::{
    Reading, Writing,
    sql::{row, sql},
};
use crate::base::{
    clock::Time,
    ids::{Id, Person},
    refusal::Broken,
};

row! {
    /// What was kept under a key.
    #[derive(Clone, Debug)]
    pub struct Kept {
        pub fingerprint: String,
        pub subject_id: String,
    }
}

/// Whose a key is.
#[derive(Clone, Debug)]
pub enum Claim {
    /// It was free, and is ours to the end of this transaction.
    Ours,
    /// It was used before.
    Taken(Kept),
}

/// Claims a person's key. A second transaction with the same key waits here for the end of the first.
///
/// # Errors
/// The database is away.
pub fn claim(w: &mut Writing<'_>, person: Id<Person>, key: &str, fingerprint: &str) -> Result<Claim, Broken> {
    let now = w.now();
    let claimed = sql("INSERT INTO idempotent_answers (person_id, key, fingerprint, subject_id, at) \
                       VALUES (?, ?, ?, '', ?) ON CONFLICT DO NOTHING")
    .bind(&person)
    .bind(&key)
    .bind(&fingerprint)
    .bind(&now)
    .run(w)?;
    if claimed == 1 {
        return Ok(Claim::Ours);
    }
    kept(w, person, key)?
        .map(Claim::Taken)
        .ok_or_else(|| Broken::Unavailable("this key was released while we looked; ask again".to_owned()))
}

fn kept(r: &mut Reading<'_>, person: Id<Person>, key: &str) -> Result<Option<Kept>, Broken> {
    sql("SELECT fingerprint, subject_id FROM idempotent_answers WHERE person_id = ? AND key = ?")
        .bind(&person)
        .bind(&key)
        .maybe(r)
}

/// Keeps what came of it.
///
/// # Errors
/// The database is away.
pub fn keep(w: &mut Writing<'_>, person: Id<Person>, key: &str, subject: &str) -> Result<(), Broken> {
    sql("UPDATE idempotent_answers SET subject_id = ? WHERE person_id = ? AND key = ?")
        .bind(&subject)
        .bind(&person)
        .bind(&key)
        .run(w)?;
    Ok(())
}

/// Gives a key back: nothing came of it, so that the same request may be tried again.
///
/// # Errors
/// The database is away.
pub fn release(w: &mut Writing<'_>, person: Id<Person>, key: &str) -> Result<(), Broken> {
    sql("DELETE FROM idempotent_answers WHERE person_id = ? AND key = ?").bind(&person).bind(&key).run(w)?;
    Ok(())
}

/// Forgets keys that were used before an instant.
///
/// # Errors
/// The database is away.
pub fn forget(w: &mut Writing<'_>, before: Time) -> Result<usize, Broken> {
    sql("DELETE FROM idempotent_answers WHERE at < ?").bind(&before).run(w)
}
