//! Everything that is kept sealed, in one list: what has to be sealed anew when the secret key changes.

use crate::{
    base::refusal::Broken,
    db::{Reading, Writing, sql, sql::row},
};

/// Where sealed things are: the table, the column of the name under which a thing is sealed, and the column of its bytes.
pub const SEALED: [(&str, &str, &str); 5] = [
    ("event_sink_secrets", "id", "sealed"),
    ("keys", "kid", "sealed"),
    ("log_keys", "id", "sealed"),
    ("provider_sessions", "session_id", "hint"),
    ("signal_streams", "id", "sealed_header"),
];

row! {
    /// Something sealed.
    #[derive(Clone, Debug)]
    pub struct Sealed {
        pub name: String,
        pub bytes: Vec<u8>,
    }
}

/// Sealed things of one place in the order of their names, from `after` on.
///
/// # Errors
/// The database is away.
pub fn sealed(
    r: &mut Reading<'_>,
    (table, name, bytes): (&str, &str, &str),
    after: &str,
    most: i64,
) -> Result<Vec<Sealed>, Broken> {
    sql(format!(
        "SELECT {name} AS name, {bytes} AS bytes FROM {table} WHERE {bytes} IS NOT NULL AND {name} > ? \
         ORDER BY {name} LIMIT ?"
    ))
    .bind(&after)
    .bind(&most)
    .all(r)
}

/// Puts bytes that were sealed anew in the place of the old ones; tells whether those were still there.
///
/// # Errors
/// The database is away.
pub fn put_sealed(
    w: &mut Writing<'_>,
    (table, name, bytes): (&str, &str, &str),
    old: &Sealed,
    new: &[u8],
) -> Result<bool, Broken> {
    Ok(sql(format!("UPDATE {table} SET {bytes} = ? WHERE {name} = ? AND {bytes} = ?"))
        .bind(&new.to_vec())
        .bind(&old.name)
        .bind(&old.bytes)
        .run(w)?
        == 1)
}
