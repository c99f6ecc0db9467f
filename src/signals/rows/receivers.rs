//! Receivers: who may subscribe.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    /// A receiver.
    #[derive(Clone, Debug)]
    pub struct Receiver {
        pub id: Id<ids::Receiver>,
        pub name: String,
        /// The `aud` of what it is told.
        pub audience: String,
        /// The warehouse whose roles and tools it hears of; none hears of all.
        pub warehouse_id: Option<Slug>,
        pub created_at: Time,
        pub created_by: String,
    }
}

const RECEIVER: &str =
    "SELECT id, name, audience, warehouse_id, created_at, created_by FROM signal_receivers WHERE removed_at IS NULL";

/// All of them, by name.
///
/// # Errors
/// The database is away.
pub fn receivers(r: &mut Reading<'_>) -> Result<Vec<Receiver>, Broken> {
    sql(format!("{RECEIVER} ORDER BY name, id")).all(r)
}

/// One of them.
///
/// # Errors
/// The database is away.
pub fn receiver(r: &mut Reading<'_>, id: Id<ids::Receiver>) -> Result<Option<Receiver>, Broken> {
    sql(format!("{RECEIVER} AND id = ?")).bind(&id).maybe(r)
}

/// Keeps one; tells whether its audience was free.
///
/// # Errors
/// The database is away.
pub fn insert_receiver(w: &mut Writing<'_>, one: &Receiver) -> Result<bool, Broken> {
    Ok(sql("INSERT INTO signal_receivers (id, name, audience, warehouse_id, created_at, created_by) \
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(&one.id)
    .bind(&one.name)
    .bind(&one.audience)
    .bind(&one.warehouse_id)
    .bind(&one.created_at)
    .bind(&one.created_by)
    .run(w)?
        == 1)
}

/// Holds a receiver until the end of the transaction, so that changes to it follow one another; tells whether it is there.
///
/// # Errors
/// The database is away.
pub fn hold_receiver(w: &mut Writing<'_>, id: Id<ids::Receiver>) -> Result<bool, Broken> {
    Ok(sql("UPDATE signal_receivers SET name = name WHERE id = ? AND removed_at IS NULL").bind(&id).run(w)? == 1)
}

/// Removes one.
///
/// # Errors
/// The database is away.
pub fn remove_receiver(w: &mut Writing<'_>, id: Id<ids::Receiver>, by: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE signal_receivers SET removed_at = ?, removed_by = ? WHERE id = ? AND removed_at IS NULL")
        .bind(&now)
        .bind(&by)
        .bind(&id)
        .run(w)?;
    Ok(())
}
