//! What foreign services prove themselves with (the company's directory, receivers of signals), in the database: hashes alone.

use crate::{
    base::{
        clock::Time,
        ids::{Id, Kind},
        refusal::Broken,
    },
    db::{Cells, Column, FromRow, Reading, Writing, sql},
};

/// The directory, as the holder of credentials; a receiver of signals holds its own under its id.
pub const DIRECTORY: &str = "directory";

/// A live credential: when it was made and used, never what it is.
pub struct Credential<K> {
    pub id: Id<K>,
    /// Whose it is.
    pub holder: String,
    pub name: String,
    pub created_at: Time,
    pub created_by: String,
    /// When it was last used, to the minute.
    pub used_at: Option<Time>,
}

impl<K: Kind> FromRow for Credential<K> {
    fn from_row(cells: &dyn Cells) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            id: Column::from_cell(cells, "id")?,
            holder: Column::from_cell(cells, "holder")?,
            name: Column::from_cell(cells, "name")?,
            created_at: Column::from_cell(cells, "created_at")?,
            created_by: Column::from_cell(cells, "created_by")?,
            used_at: Column::from_cell(cells, "used_at")?,
        })
    }
}

const CREDENTIAL: &str =
    "SELECT id, holder, name, created_at, created_by, used_at FROM service_credentials WHERE ended_at IS NULL";

/// The live credentials of a holder, the newest first.
///
/// # Errors
/// The database is away.
pub fn credentials<K: Kind>(r: &mut Reading<'_>, holder: &str) -> Result<Vec<Credential<K>>, Broken> {
    sql(format!("{CREDENTIAL} AND holder = ? ORDER BY created_at DESC, id DESC")).bind(&holder).all(r)
}

/// The live credential of a secret, where it is of this kind.
///
/// # Errors
/// The database is away.
pub fn credential_by_secret<K: Kind>(r: &mut Reading<'_>, hash: &str) -> Result<Option<Credential<K>>, Broken> {
    let kind = format!("{}\\_%", K::PREFIX);
    sql(format!("{CREDENTIAL} AND hash = ? AND id LIKE ? ESCAPE '\\'")).bind(&hash).bind(&kind).maybe(r)
}

/// Keeps the hash of a credential.
///
/// # Errors
/// The database is away.
pub fn insert_credential<K: Kind>(
    w: &mut Writing<'_>,
    id: Id<K>,
    holder: &str,
    name: &str,
    hash: &str,
    by: &str,
) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO service_credentials (id, holder, name, hash, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(&id)
        .bind(&holder)
        .bind(&name)
        .bind(&hash)
        .bind(&now)
        .bind(&by)
        .run(w)?;
    Ok(())
}

/// Ends a credential of a holder; tells whether it lived.
///
/// # Errors
/// The database is away.
pub fn end_credential<K: Kind>(w: &mut Writing<'_>, id: Id<K>, holder: &str, by: &str) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql(
        "UPDATE service_credentials SET ended_at = ?, ended_by = ? WHERE id = ? AND holder = ? AND ended_at IS NULL",
    )
    .bind(&now)
    .bind(&by)
    .bind(&id)
    .bind(&holder)
    .run(w)?
        == 1)
}

/// Ends every credential of a holder.
///
/// # Errors
/// The database is away.
pub fn end_credentials(w: &mut Writing<'_>, holder: &str, by: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE service_credentials SET ended_at = ?, ended_by = ? WHERE holder = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&by)
        .bind(&holder)
        .run(w)?;
    Ok(())
}

/// Notes that a credential was used.
///
/// # Errors
/// The database is away.
pub fn touch_credential<K: Kind>(w: &mut Writing<'_>, id: Id<K>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE service_credentials SET used_at = ? WHERE id = ? AND ended_at IS NULL").bind(&now).bind(&id).run(w)?;
    Ok(())
}
