//! Checkpoints in the database, and the keys that sign them.

use super::{signed, unsigned};
use crate::{
    audit::log::hash::Hash,
    base::{clock::Time, refusal::Broken},
    db::{Reading, Writing, sql, sql::row},
};

/// A signed checkpoint as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Signed {
    /// How many events.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub at: Time,
}

row! {
    struct RawSigned { size: i64, note: String, at: Time }
}

impl From<RawSigned> for Signed {
    fn from(raw: RawSigned) -> Self {
        Self { size: unsigned(raw.size), note: raw.note, at: raw.at }
    }
}

/// Keeps a checkpoint.
///
/// # Errors
/// There is one of this size already, or the database is away.
pub fn insert_checkpoint(w: &mut Writing<'_>, size: u64, root: &Hash, note: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO log_checkpoints (size, root, note, at) VALUES (?, ?, ?, ?)")
        .bind(&signed(size)?)
        .bind(&root.to_vec())
        .bind(&note)
        .bind(&now)
        .run(w)?;
    Ok(())
}

/// The last checkpoint; none before the first event.
///
/// # Errors
/// The database is away.
pub fn last_checkpoint(r: &mut Reading<'_>) -> Result<Option<Signed>, Broken> {
    let raw: Option<RawSigned> =
        sql("SELECT size, note, at FROM log_checkpoints ORDER BY size DESC LIMIT 1").maybe(r)?;
    Ok(raw.map(Signed::from))
}

/// So many of the last checkpoints by their date are looked at: a clock that was ahead for a while has dated some of them too late.
const DATED: i64 = 1_000;

/// The longest checkpoint that was signed by a moment; none before the first.
///
/// # Errors
/// The database is away.
pub fn checkpoint_by(r: &mut Reading<'_>, at: Time) -> Result<Option<Signed>, Broken> {
    let raw: Option<RawSigned> =
        sql("SELECT c.size, c.note, c.at FROM log_checkpoints c WHERE c.size = (SELECT MAX(d.size) FROM \
             (SELECT size FROM log_checkpoints WHERE at <= ? ORDER BY at DESC, size DESC LIMIT ?) d)")
        .bind(&at)
        .bind(&DATED)
        .maybe(r)?;
    Ok(raw.map(Signed::from))
}

/// The checkpoint of a log of exactly this size.
///
/// # Errors
/// The database is away.
pub fn checkpoint(r: &mut Reading<'_>, size: u64) -> Result<Option<Signed>, Broken> {
    let raw: Option<RawSigned> =
        sql("SELECT size, note, at FROM log_checkpoints WHERE size = ?").bind(&signed(size)?).maybe(r)?;
    Ok(raw.map(Signed::from))
}

/// Checkpoints of a size above `after` and up to `until`, the smallest first.
///
/// # Errors
/// The database is away.
pub fn checkpoints(r: &mut Reading<'_>, after: u64, until: u64, most: i64) -> Result<Vec<Signed>, Broken> {
    let raws: Vec<RawSigned> =
        sql("SELECT size, note, at FROM log_checkpoints WHERE size > ? AND size <= ? ORDER BY size LIMIT ?")
            .bind(&signed(after)?)
            .bind(&signed(until)?)
            .bind(&most)
            .all(r)?;
    Ok(raws.into_iter().map(Signed::from).collect())
}

row! {
    /// A key that signs checkpoints, or has signed some.
    #[derive(Clone, Debug)]
    pub struct Key {
        /// Its name beside its sealed part.
        pub id: String,
        /// What checks its signatures, as c2sp.org/signed-note writes it.
        pub verifier: String,
        /// The private part, sealed.
        pub sealed: Option<Vec<u8>>,
        /// Since when.
        pub made_at: Time,
        /// Until when it signed.
        pub retired_at: Option<Time>,
    }
}

const KEY: &str = "SELECT id, verifier, sealed, made_at, retired_at FROM log_keys";

/// The key that signs; none before the log began.
///
/// # Errors
/// The database is away.
pub fn signing_key(r: &mut Reading<'_>) -> Result<Option<Key>, Broken> {
    sql(format!("{KEY} WHERE retired_at IS NULL")).maybe(r)
}

/// Every key that ever signed, the newest first.
///
/// # Errors
/// The database is away.
pub fn keys(r: &mut Reading<'_>) -> Result<Vec<Key>, Broken> {
    sql(format!("{KEY} ORDER BY made_at DESC, id DESC")).all(r)
}

/// Keeps the key that signs, unless there is one; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_key(w: &mut Writing<'_>, id: &str, verifier: &str, sealed: &[u8]) -> Result<bool, Broken> {
    let now = w.now();
    let kept = sql("INSERT INTO log_keys (id, verifier, sealed, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&id)
        .bind(&verifier)
        .bind(&sealed.to_vec())
        .bind(&now)
        .run(w)?;
    Ok(kept == 1)
}

/// Takes the key that signs out of use: it stays known to whoever checks what it has signed.
///
/// # Errors
/// The database is away.
pub fn retire_keys(w: &mut Writing<'_>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE log_keys SET retired_at = ? WHERE retired_at IS NULL").bind(&now).run(w)?;
    Ok(())
}
