//! One-time links in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id, Link},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first admin.
    Setup,
    /// Lets an invited person choose a password.
    Invitation,
    /// Lets a person choose a new password.
    Reset,
}
crate::db::sql::word_column!(Purpose { Setup => "setup", Invitation => "invitation", Reset => "reset" });

row! {
    /// A one-time link, without its secret.
    #[derive(Clone, Debug)]
    pub struct LinkRow {
        pub id: Id<Link>,
        pub purpose: Purpose,
        pub person_id: Option<Id<ids::Person>>,
        pub expires_at: Time,
        pub used_at: Option<Time>,
    }
}

/// The first admin is made once (PostgreSQL; SQLite has one writer): whoever waited sees who was made. Taken before any
/// other hold.
///
/// # Errors
/// The database is away.
pub fn hold_set_up(w: &mut Writing<'_>) -> Result<(), Broken> {
    let word = w.engine_sql("", "pg_advisory_xact_lock");
    if !word.is_empty() {
        // The lock's name: "set-up" in ASCII.
        sql(format!("SELECT 1::BIGINT AS n FROM (SELECT {word}(126879578027376)) held")).maybe::<i64>(w)?;
    }
    Ok(())
}

/// Stores a link, and makes older ones of the same purpose and person useless. Set-up links are nobody's: each replica that
/// starts on an empty database shows one of its own, and all end with the first that is used.
///
/// # Errors
/// The database is away.
pub fn insert_link(
    w: &mut Writing<'_>,
    purpose: Purpose,
    person: Option<Id<ids::Person>>,
    secret_hash: &str,
    expires_at: Time,
) -> Result<Id<Link>, Broken> {
    let now = w.now();
    let id = Id::<Link>::new(now);
    if let Some(person) = &person {
        sql("UPDATE links SET used_at = ? WHERE purpose = ? AND person_id = ? AND used_at IS NULL")
            .bind(&now)
            .bind(&purpose)
            .bind(person)
            .run(w)?;
    }
    sql("INSERT INTO links (id, purpose, person_id, secret_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(&id)
        .bind(&purpose)
        .bind(&person)
        .bind(&secret_hash)
        .bind(&now)
        .bind(&expires_at)
        .run(w)?;
    Ok(id)
}

/// The link of a secret, used or not.
///
/// # Errors
/// The database is away.
pub fn link(r: &mut Reading<'_>, secret_hash: &str) -> Result<Option<LinkRow>, Broken> {
    sql("SELECT id, purpose, person_id, expires_at, used_at FROM links WHERE secret_hash = ?")
        .bind(&secret_hash)
        .maybe(r)
}

/// Uses a link up; tells whether it was still unused.
///
/// # Errors
/// The database is away.
pub fn use_link(w: &mut Writing<'_>, id: Id<Link>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE links SET used_at = ? WHERE id = ? AND used_at IS NULL").bind(&now).bind(&id).run(w)? == 1)
}

/// Makes every set-up link useless; returns how many there were.
///
/// # Errors
/// The database is away.
pub fn end_set_up_links(w: &mut Writing<'_>) -> Result<usize, Broken> {
    let now = w.now();
    sql("UPDATE links SET used_at = ? WHERE purpose = ? AND used_at IS NULL").bind(&now).bind(&Purpose::Setup).run(w)
}

/// Makes every link of a person useless: for a new password, and for setting one; returns how many there were.
///
/// # Errors
/// The database is away.
pub fn end_links(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<usize, Broken> {
    let now = w.now();
    sql("UPDATE links SET used_at = ? WHERE person_id = ? AND used_at IS NULL").bind(&now).bind(&person).run(w)
}
