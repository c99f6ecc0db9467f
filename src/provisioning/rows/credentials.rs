//! What the directory proves itself with, in the database: hashes alone.

use crate::{
    base::{
        clock::Time,
        ids::{Id, Provisioning},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    /// A credential: when it was made and used, never what it is.
    #[derive(Clone, Debug)]
    pub struct Credential {
        pub id: Id<Provisioning>,
        pub name: String,
        pub created_at: Time,
        pub created_by: String,
        /// When it was last used, to the minute.
        pub used_at: Option<Time>,
    }
}

const CREDENTIAL: &str =
    "SELECT id, name, created_at, created_by, used_at FROM provisioning_credentials WHERE ended_at IS NULL";

/// The live credentials, the newest first.
///
/// # Errors
/// The database is away.
pub fn credentials(r: &mut Reading<'_>) -> Result<Vec<Credential>, Broken> {
    sql(format!("{CREDENTIAL} ORDER BY created_at DESC, id DESC")).all(r)
}

/// The live credential of a secret.
///
/// # Errors
/// The database is away.
pub fn credential_by_secret(r: &mut Reading<'_>, hash: &str) -> Result<Option<Credential>, Broken> {
    sql(format!("{CREDENTIAL} AND hash = ?")).bind(&hash).maybe(r)
}

/// Keeps the hash of a credential.
///
/// # Errors
/// The database is away.
pub fn insert_credential(
    w: &mut Writing<'_>,
    id: Id<Provisioning>,
    name: &str,
    hash: &str,
    by: &str,
) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO provisioning_credentials (id, name, hash, created_at, created_by) VALUES (?, ?, ?, ?, ?)")
        .bind(&id)
        .bind(&name)
        .bind(&hash)
        .bind(&now)
        .bind(&by)
        .run(w)?;
    Ok(())
}

/// Ends a credential; tells whether it lived.
///
/// # Errors
/// The database is away.
pub fn end_credential(w: &mut Writing<'_>, id: Id<Provisioning>, by: &str) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE provisioning_credentials SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&by)
        .bind(&id)
        .run(w)?
        == 1)
}

/// Notes that a credential was used.
///
/// # Errors
/// The database is away.
pub fn touch_credential(w: &mut Writing<'_>, id: Id<Provisioning>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE provisioning_credentials SET used_at = ? WHERE id = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&id)
        .run(w)?;
    Ok(())
}
