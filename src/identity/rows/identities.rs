//! How people are known at identity providers, sign-ins under way there, and sessions that began there, in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id, Identity, Session},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    /// A person, as a provider names them.
    #[derive(Clone, Debug)]
    pub struct IdentityRow {
        pub id: Id<Identity>,
        pub person_id: Id<ids::Person>,
        pub provider_id: String,
        pub issuer: String,
        pub subject: String,
        pub linked_at: Time,
        pub used_at: Option<Time>,
    }
}

const IDENTITY: &str = "SELECT id, person_id, provider_id, issuer, subject, linked_at, used_at FROM identities \
                        WHERE ended_at IS NULL";

/// Whose identity this is.
///
/// # Errors
/// The database is away.
pub fn identity(r: &mut Reading<'_>, issuer: &str, subject: &str) -> Result<Option<IdentityRow>, Broken> {
    sql(format!("{IDENTITY} AND issuer = ? AND subject = ?")).bind(&issuer).bind(&subject).maybe(r)
}

/// A person's identities, by provider.
///
/// # Errors
/// The database is away.
pub fn identities_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<IdentityRow>, Broken> {
    sql(format!("{IDENTITY} AND person_id = ? ORDER BY provider_id, id")).bind(&person).all(r)
}

/// The issuers that know a person.
///
/// # Errors
/// The database is away.
pub fn issuers_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<String>, Broken> {
    Ok(identities_of(r, person)?.into_iter().map(|identity| identity.issuer).collect())
}

/// Links an identity; tells whether neither it nor the person's place at this issuer was taken.
///
/// # Errors
/// The database is away.
pub fn insert_identity(w: &mut Writing<'_>, new: &IdentityRow) -> Result<bool, Broken> {
    let added = sql("INSERT INTO identities (id, person_id, provider_id, issuer, subject, linked_at, used_at) \
                     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(&new.id)
    .bind(&new.person_id)
    .bind(&new.provider_id)
    .bind(&new.issuer)
    .bind(&new.subject)
    .bind(&new.linked_at)
    .bind(&new.used_at)
    .run(w)?;
    Ok(added == 1)
}

/// Notes that an identity was used.
///
/// # Errors
/// The database is away.
pub fn use_identity(w: &mut Writing<'_>, id: Id<Identity>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE identities SET used_at = ? WHERE id = ?").bind(&now).bind(&id).run(w)?;
    Ok(())
}

/// Unlinks an identity of a person; tells whether it was linked.
///
/// # Errors
/// The database is away.
pub fn end_identity(w: &mut Writing<'_>, id: Id<Identity>, person: Id<ids::Person>) -> Result<bool, Broken> {
    let now = w.now();
    let ended = sql("UPDATE identities SET ended_at = ? WHERE id = ? AND person_id = ? AND ended_at IS NULL")
        .bind(&now)
        .bind(&id)
        .bind(&person)
        .run(w)?;
    Ok(ended == 1)
}

row! {
    /// A sign-in that is under way at a provider.
    #[derive(Clone, Debug)]
    pub struct UnderWay {
        pub browser_hash: String,
        pub provider_id: String,
        pub next: String,
        /// Whether a fresh sign-in was asked for.
        pub anew: bool,
        /// The session whose person links an identity; none where somebody signs in.
        pub session_id: Option<Id<Session>>,
        pub created_at: Time,
        pub expires_at: Time,
    }
}

/// Keeps a sign-in that begins.
///
/// # Errors
/// The database is away.
pub fn insert_under_way(w: &mut Writing<'_>, state_hash: &str, new: &UnderWay) -> Result<(), Broken> {
    sql("INSERT INTO provider_sign_ins (state_hash, browser_hash, provider_id, next, anew, session_id, created_at, \
         expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&state_hash)
    .bind(&new.browser_hash)
    .bind(&new.provider_id)
    .bind(&new.next)
    .bind(&new.anew)
    .bind(&new.session_id)
    .bind(&new.created_at)
    .bind(&new.expires_at)
    .run(w)?;
    Ok(())
}

/// Takes a sign-in that comes back out of the database, so that it comes back once: only to the provider and the browser in
/// which it was begun, and only in time. In any other hand it stays as it was.
///
/// # Errors
/// The database is away.
pub fn take_under_way(
    w: &mut Writing<'_>,
    (state_hash, browser_hash): (&str, &str),
    provider: &str,
) -> Result<Option<UnderWay>, Broken> {
    let now = w.now();
    sql("DELETE FROM provider_sign_ins WHERE state_hash = ? AND browser_hash = ? AND provider_id = ? AND expires_at > ? \
         RETURNING browser_hash, provider_id, next, anew, session_id, created_at, expires_at")
    .bind(&state_hash)
    .bind(&browser_hash)
    .bind(&provider)
    .bind(&now)
    .maybe(w)
}

row! {
    /// What a session has to do with the provider's own.
    #[derive(Clone, Debug)]
    pub struct ProviderSession {
        pub session_id: Id<Session>,
        pub identity_id: Id<Identity>,
        pub provider_id: String,
        pub issuer: String,
        pub sid: Option<String>,
        /// The ID token, sealed under the session's id.
        pub hint: Option<Vec<u8>>,
    }
}

/// Remembers at which provider a session began.
///
/// # Errors
/// The database is away.
pub fn insert_provider_session(w: &mut Writing<'_>, new: &ProviderSession) -> Result<(), Broken> {
    sql("INSERT INTO provider_sessions (session_id, identity_id, provider_id, issuer, sid, hint) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(&new.session_id)
        .bind(&new.identity_id)
        .bind(&new.provider_id)
        .bind(&new.issuer)
        .bind(&new.sid)
        .bind(&new.hint)
        .run(w)?;
    Ok(())
}

/// At which provider a session began, where it did.
///
/// # Errors
/// The database is away.
pub fn provider_session(r: &mut Reading<'_>, session: Id<Session>) -> Result<Option<ProviderSession>, Broken> {
    sql("SELECT session_id, identity_id, provider_id, issuer, sid, hint FROM provider_sessions WHERE session_id = ?")
        .bind(&session)
        .maybe(r)
}

row! {
    /// An open session, and whose it is.
    #[derive(Clone, Copy, Debug)]
    pub struct OpenSession {
        pub id: Id<Session>,
        pub person_id: Id<ids::Person>,
    }
}

const OPEN: &str = "SELECT s.id, s.person_id FROM provider_sessions p JOIN sessions s ON s.id = p.session_id \
                    JOIN identities i ON i.id = p.identity_id WHERE s.ended_at IS NULL";

/// The open sessions that began at a provider: those of its own session, of its subject, or of both where both are given.
///
/// # Errors
/// The database is away.
pub fn sessions_from(
    r: &mut Reading<'_>,
    issuer: &str,
    sid: Option<&str>,
    subject: Option<&str>,
) -> Result<Vec<OpenSession>, Broken> {
    if sid.is_none() && subject.is_none() {
        return Ok(Vec::new());
    }
    let mut statement = sql(format!("{OPEN} AND p.issuer = ?")).bind(&issuer);
    if let Some(sid) = &sid {
        statement = statement.push(" AND p.sid = ?").bind(sid);
    }
    if let Some(subject) = &subject {
        statement = statement.push(" AND i.subject = ?").bind(subject);
    }
    statement.push(" ORDER BY s.person_id, s.id").all(r)
}

/// The open sessions that began through an identity.
///
/// # Errors
/// The database is away.
pub fn sessions_through(r: &mut Reading<'_>, identity: Id<Identity>) -> Result<Vec<OpenSession>, Broken> {
    sql(format!("{OPEN} AND p.identity_id = ? ORDER BY s.id")).bind(&identity).all(r)
}

/// Notes that a logout token was used; tells whether it was fresh.
///
/// # Errors
/// The database is away.
pub fn use_logout_token(w: &mut Writing<'_>, issuer: &str, jti: &str, expires_at: Time) -> Result<bool, Broken> {
    let noted = sql("INSERT INTO logout_tokens (issuer, jti, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&issuer)
        .bind(&jti)
        .bind(&expires_at)
        .run(w)?;
    Ok(noted == 1)
}

/// Forgets sign-ins that nobody came back from, logout tokens that have expired, and what sessions that are over had to do
/// with a provider.
///
/// # Errors
/// The database is away.
pub fn sweep_provider_sign_ins(w: &mut Writing<'_>) -> Result<(), Broken> {
    let now = w.now();
    for gone in [
        "DELETE FROM provider_sign_ins WHERE expires_at <= ?",
        "DELETE FROM logout_tokens WHERE expires_at <= ?",
        "DELETE FROM provider_sessions WHERE session_id IN \
         (SELECT id FROM sessions WHERE ended_at IS NOT NULL OR expires_at <= ?)",
    ] {
        sql(gone).bind(&now).run(w)?;
    }
    Ok(())
}

/// The teams into which a provider has put a person.
///
/// # Errors
/// The database is away.
pub fn teams_from(r: &mut Reading<'_>, person: Id<ids::Person>, provider: &str) -> Result<Vec<String>, Broken> {
    sql("SELECT team_id AS word FROM team_members WHERE person_id = ? AND provider_id = ? ORDER BY team_id")
        .bind(&person)
        .bind(&provider)
        .all(r)
}

/// Marks a membership as the provider's, which it then may end.
///
/// # Errors
/// The database is away.
pub fn mark_team(w: &mut Writing<'_>, person: Id<ids::Person>, team: &str, provider: &str) -> Result<(), Broken> {
    sql("UPDATE team_members SET provider_id = ? WHERE person_id = ? AND team_id = ?")
        .bind(&provider)
        .bind(&person)
        .bind(&team)
        .run(w)?;
    Ok(())
}

/// Makes a person who was invited active, without a password; tells whether they were.
///
/// # Errors
/// The database is away.
pub fn activate(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<bool, Broken> {
    super::move_state(w, person, crate::identity::person::State::Invited, crate::identity::person::State::Active)
}
