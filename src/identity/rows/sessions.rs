//! Sessions in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id, Session},
        refusal::Broken,
    },
    db::{Cells, FromRow, Reading, Writing, sql, sql::row},
    identity::person::Person,
};

use super::people;

row! {
    /// A session as its owner and admins see it.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct SessionRow {
        pub id: Id<Session>,
        pub person_id: Id<ids::Person>,
        pub created_at: Time,
        pub seen_at: Time,
        pub expires_at: Time,
        pub ended_at: Option<Time>,
        pub agent: String,
        pub address: String,
    }
}

const SESSION: &str = "SELECT id, person_id, created_at, seen_at, expires_at, ended_at, agent, address FROM sessions";

/// Starts a session.
///
/// # Errors
/// The database is away.
pub fn insert_session(w: &mut Writing<'_>, session: &SessionRow, secret_hash: &str) -> Result<(), Broken> {
    sql("INSERT INTO sessions (id, person_id, secret_hash, created_at, seen_at, expires_at, agent, address) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&session.id)
    .bind(&session.person_id)
    .bind(&secret_hash)
    .bind(&session.created_at)
    .bind(&session.seen_at)
    .bind(&session.expires_at)
    .bind(&session.agent)
    .bind(&session.address)
    .run(w)?;
    Ok(())
}

row! {
    /// What a session's secret leads to: the session's times.
    #[derive(Clone, Copy, Debug)]
    pub struct SessionTimes {
        pub session_id: Id<Session>,
        pub since: Time,
        pub seen_at: Time,
        pub until: Time,
    }
}

/// The open session of a secret and the active person whose it is, in one look-up.
///
/// # Errors
/// The database is away.
pub fn session_by_secret(r: &mut Reading<'_>, secret_hash: &str) -> Result<Option<(Person, SessionTimes)>, Broken> {
    struct Both(people::Raw, SessionTimes);
    impl FromRow for Both {
        fn from_row(cells: &dyn Cells) -> diesel::deserialize::Result<Self> {
            Ok(Self(people::Raw::from_row(cells)?, SessionTimes::from_row(cells)?))
        }
    }
    let found: Option<Both> = sql(
        "SELECT p.id, p.email, p.name, p.office, p.language, p.zone, p.is_admin, p.is_auditor, p.is_author, p.state, \
         p.created_at, s.id AS session_id, s.created_at AS since, s.seen_at, s.expires_at AS until FROM sessions s \
         JOIN persons p ON p.id = s.person_id WHERE s.secret_hash = ? AND s.ended_at IS NULL AND p.state = 'active'",
    )
    .bind(&secret_hash)
    .maybe(r)?;
    Ok(found.map(|Both(person, times)| (person.into(), times)))
}

/// A person's sessions that have not ended, newest first.
///
/// # Errors
/// The database is away.
pub fn sessions_of(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Vec<SessionRow>, Broken> {
    let now = r.at();
    sql(format!(
        "{SESSION} WHERE person_id = ? AND ended_at IS NULL AND expires_at > ? ORDER BY created_at DESC LIMIT 100"
    ))
    .bind(&id)
    .bind(&now)
    .all(r)
}

/// The addresses from which a person began a session since an instant.
///
/// # Errors
/// The database is away.
pub fn addresses_of(r: &mut Reading<'_>, id: Id<ids::Person>, since: Time) -> Result<Vec<String>, Broken> {
    sql("SELECT DISTINCT address AS word FROM sessions WHERE person_id = ? AND created_at > ?")
        .bind(&id)
        .bind(&since)
        .all(r)
}

/// Notes that a session was used.
///
/// # Errors
/// The database is away.
pub fn touch_session(w: &mut Writing<'_>, id: Id<Session>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE sessions SET seen_at = ? WHERE id = ? AND ended_at IS NULL").bind(&now).bind(&id).run(w)?;
    Ok(())
}

/// Ends one session of a person; tells whether it was open.
///
/// # Errors
/// The database is away.
pub fn end_session(w: &mut Writing<'_>, id: Id<Session>, owner: Id<ids::Person>) -> Result<bool, Broken> {
    let now = w.now();
    let ended = sql("UPDATE sessions SET ended_at = ? WHERE id = ? AND person_id = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&id)
        .bind(&owner)
        .run(w)?;
    Ok(ended == 1)
}

/// Ends every session of a person, but one where given; tells how many.
///
/// # Errors
/// The database is away.
pub fn end_sessions(w: &mut Writing<'_>, owner: Id<ids::Person>, keep: Option<Id<Session>>) -> Result<usize, Broken> {
    let now = w.now();
    sql("UPDATE sessions SET ended_at = ? WHERE person_id = ? AND ended_at IS NULL AND id <> ?")
        .bind(&now)
        .bind(&owner)
        .bind(&keep.map(|id| id.to_string()).unwrap_or_default())
        .run(w)
}
