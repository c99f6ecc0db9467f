//! What has ended, and the security event tokens that tell of it.

use crate::{
    audit::event::What,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, Writing, sql, sql::row, sql::word_column},
    signals::event::Event,
};

/// What has ended, in the words of the triggers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Session,
    Tool,
    Roles,
    Locked,
    Lifted,
    Disabled,
    Enabled,
    Erased,
    /// One of those who hold a role where a lock was placed or lifted; such lines are not a trigger's.
    Holder,
}
word_column!(Kind {
    Session => "session",
    Tool => "tool",
    Roles => "roles",
    Locked => "locked",
    Lifted => "lifted",
    Disabled => "disabled",
    Enabled => "enabled",
    Erased => "erased",
    Holder => "holder",
});

row! {
    /// A change that is to be told of.
    #[derive(Clone, Debug)]
    pub struct Signal {
        pub seq: i64,
        pub kind: Kind,
        pub subject_id: String,
        pub person_id: Option<Id<ids::Person>>,
        pub session_id: Option<String>,
        pub client_id: Option<String>,
        pub role_id: Option<String>,
        pub why: Option<String>,
        /// How far a lock was spread.
        pub after_id: Option<String>,
        pub at: Time,
    }
}

/// The numbers of the oldest changes behind one of them.
///
/// # Errors
/// The database is away.
pub fn signals_after(r: &mut Reading<'_>, after: i64, most: i64) -> Result<Vec<i64>, Broken> {
    sql("SELECT seq AS n FROM signals WHERE seq > ? ORDER BY seq LIMIT ?").bind(&after).bind(&most).all(r)
}

/// The change with this number, if nobody has told of it.
///
/// # Errors
/// The database is away, or the line is none that this program knows.
pub fn signal(r: &mut Reading<'_>, seq: i64) -> Result<Option<Signal>, Broken> {
    sql("SELECT seq, kind, subject_id, person_id, session_id, client_id, role_id, why, after_id, at FROM signals WHERE seq = ?")
        .bind(&seq)
        .maybe(r)
}

/// When the oldest change was made that nobody was told of.
///
/// # Errors
/// The database is away.
pub fn oldest_signal(r: &mut Reading<'_>) -> Result<Option<Time>, Broken> {
    row! { struct Oldest { at: Time } }
    let oldest: Option<Oldest> = sql("SELECT at FROM signals ORDER BY seq LIMIT 1").maybe(r)?;
    Ok(oldest.map(|oldest| oldest.at))
}

/// Writes a line as the triggers do, with a number of its own.
///
/// # Errors
/// The database is away.
pub fn insert_signal(w: &mut Writing<'_>, one: &Signal) -> Result<(), Broken> {
    sql("INSERT INTO signals (kind, subject_id, person_id, after_id, at) VALUES (?, ?, ?, ?, ?)")
        .bind(&one.kind)
        .bind(&one.subject_id)
        .bind(&one.person_id)
        .bind(&one.after_id)
        .bind(&one.at)
        .run(w)?;
    Ok(())
}

/// Takes a change, to tell of it in this transaction; tells whether nobody else has.
///
/// # Errors
/// The database is away.
pub fn take_signal(w: &mut Writing<'_>, seq: i64) -> Result<bool, Broken> {
    Ok(sql("DELETE FROM signals WHERE seq = ?").bind(&seq).run(w)? == 1)
}

row! {
    /// The line of the log that a change came with.
    #[derive(Clone, Debug)]
    pub struct Cause {
        pub id: Id<ids::Event>,
        pub kind: What,
        pub actor: String,
    }
}

/// The lines of the log at the instant of a change, about this person or this thing: those of its transaction. That somebody
/// was told of it is none of its causes.
///
/// # Errors
/// The database is away.
pub fn causes(
    r: &mut Reading<'_>,
    at: Time,
    person: Option<Id<ids::Person>>,
    subject: &str,
) -> Result<Vec<Cause>, Broken> {
    sql("SELECT id, kind, actor FROM events WHERE at = ? AND outcome = 'done' AND (person_id = ? OR subject_id = ?) \
         AND kind <> ? ORDER BY seq LIMIT 50")
    .bind(&at)
    .bind(&person)
    .bind(&subject)
    .bind(&What::NoticeTold)
    .all(r)
}

/// The lock of a kind on a thing, as `kind:thing`, that was placed or lifted at an instant: the log names it by its id.
///
/// # Errors
/// The database is away.
pub fn lock_of(r: &mut Reading<'_>, named: &str, at: Time) -> Result<Option<String>, Broken> {
    sql("SELECT id AS word FROM locks WHERE kind || ':' || subject_id = ? AND (placed_at = ? OR lifted_at = ?)")
        .bind(&named)
        .bind(&at)
        .bind(&at)
        .maybe(r)
}

/// Those who hold a role, or any role of a warehouse, and may have lost it by a lock or got it back: in the order of their ids,
/// from `after` on.
///
/// # Errors
/// The database is away.
pub fn holders(
    r: &mut Reading<'_>,
    warehouse: bool,
    id: &str,
    after: &str,
    most: i64,
) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Holder { person_id: Id<ids::Person> } }
    let column = if warehouse { "warehouse_id" } else { "role_id" };
    let now = r.at();
    let rows: Vec<Holder> = sql(format!(
        "SELECT DISTINCT person_id FROM grants WHERE {column} = ? AND ends_at > ? AND person_id > ? \
         ORDER BY person_id LIMIT ?"
    ))
    .bind(&id)
    .bind(&now)
    .bind(&after)
    .bind(&most)
    .all(r)?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// The clients that exchanged a token of the family, or of the service account, that a change is about, and hold what came of it.
///
/// # Errors
/// The database is away.
pub fn exchangers(r: &mut Reading<'_>, signal: &Signal) -> Result<Vec<String>, Broken> {
    let (given, role) = match signal.person_id {
        Some(_) => ("o.authorization_id = ?", None),
        // It is told of what came of its own tokens for that role.
        None if signal.client_id.as_ref() == Some(&signal.subject_id) => {
            ("o.client_id = ? AND o.service", Some(&signal.role_id))
        }
        None => return Ok(Vec::new()),
    };
    let statement = sql(format!(
        "SELECT DISTINCT t.client_id AS word FROM tokens o JOIN token_subjects s ON s.subject_id = o.id \
         JOIN tokens t ON t.id = s.token_id WHERE {given} AND t.client_id <> o.client_id AND t.expires_at > ? \
         AND (t.revoked_at IS NULL OR t.revoked_at >= ?)"
    ))
    .bind(&signal.subject_id)
    .bind(&signal.at)
    .bind(&signal.at);
    match role {
        Some(role) => statement.push(" AND o.role_id = ?").bind(role),
        None => statement,
    }
    .push(" ORDER BY t.client_id")
    .all(r)
}

/// The roles that a person may use at this instant, of one warehouse or of all (I1).
///
/// # Errors
/// The database is away.
pub fn roles_now(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    warehouse: Option<&Slug>,
) -> Result<Vec<String>, Broken> {
    let statement = sql("SELECT DISTINCT role_id AS word FROM effective_access WHERE person_id = ?").bind(&person);
    let statement = match warehouse {
        None => statement,
        Some(id) => statement.push(" AND warehouse_id = ?").bind(id),
    };
    statement.push(" ORDER BY role_id").all(r)
}

/// The warehouse of a role.
///
/// # Errors
/// The database is away.
pub fn warehouse_of(r: &mut Reading<'_>, role: &str) -> Result<Option<String>, Broken> {
    sql("SELECT warehouse_id AS word FROM roles WHERE id = ?").bind(&role).maybe(r)
}

/// Notes what a stream is told of a person's roles; tells whether it was told something else before, or nothing yet.
///
/// # Errors
/// The database is away.
pub fn tell_roles(
    w: &mut Writing<'_>,
    stream: Id<ids::Stream>,
    person: Id<ids::Person>,
    roles: &str,
) -> Result<bool, Broken> {
    Ok(sql(
        "INSERT INTO signal_roles (stream_id, person_id, roles) VALUES (?, ?, ?) ON CONFLICT (stream_id, person_id) \
            DO UPDATE SET roles = excluded.roles WHERE signal_roles.roles <> excluded.roles",
    )
    .bind(&stream)
    .bind(&person)
    .bind(&roles)
    .run(w)?
        == 1)
}

/// Forgets what was told of a person.
///
/// # Errors
/// The database is away.
pub fn forget_roles(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Broken> {
    sql("DELETE FROM signal_roles WHERE person_id = ?").bind(&person).run(w)?;
    Ok(())
}

row! {
    /// A security event token that waits.
    #[derive(Clone, Debug)]
    pub struct Waiting {
        pub id: Id<ids::SecurityEvent>,
        pub stream_id: Id<ids::Stream>,
        pub event: Event,
        pub person_id: Option<Id<ids::Person>>,
        pub claims: String,
        pub created_at: Time,
    }
}

/// Keeps a security event token.
///
/// # Errors
/// The database is away.
pub fn insert_set(w: &mut Writing<'_>, one: &Waiting) -> Result<(), Broken> {
    sql("INSERT INTO signal_sets (id, stream_id, event, person_id, claims, created_at) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(&one.id)
        .bind(&one.stream_id)
        .bind(&one.event)
        .bind(&one.person_id)
        .bind(&one.claims)
        .bind(&one.created_at)
        .run(w)?;
    Ok(())
}

/// The oldest that a stream is to get. One that does not flow gets what is said of itself and nothing else.
///
/// # Errors
/// The database is away.
pub fn waiting(r: &mut Reading<'_>, stream: Id<ids::Stream>, most: i64) -> Result<Vec<Waiting>, Broken> {
    sql("SELECT t.id, t.stream_id, t.event, t.person_id, t.claims, t.created_at FROM signal_sets t \
         JOIN signal_streams s ON s.id = t.stream_id WHERE t.stream_id = ? AND t.refused_at IS NULL \
         AND (s.status = 'enabled' OR t.event = ?) ORDER BY t.seq LIMIT ?")
    .bind(&stream)
    .bind(&Event::StreamUpdated)
    .bind(&most)
    .all(r)
}

/// Deletes what a receiver has acknowledged; tells whether it was there.
///
/// # Errors
/// The database is away.
pub fn acknowledge(w: &mut Writing<'_>, stream: Id<ids::Stream>, id: Id<ids::SecurityEvent>) -> Result<bool, Broken> {
    Ok(sql("DELETE FROM signal_sets WHERE stream_id = ? AND id = ? AND refused_at IS NULL")
        .bind(&stream)
        .bind(&id)
        .run(w)?
        == 1)
}

/// Notes that a receiver has refused one: it is not sent again.
///
/// # Errors
/// The database is away.
pub fn refuse_set(
    w: &mut Writing<'_>,
    stream: Id<ids::Stream>,
    id: Id<ids::SecurityEvent>,
    why: &str,
) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql(
        "UPDATE signal_sets SET refused_at = ?, refused_why = ? WHERE stream_id = ? AND id = ? AND refused_at IS NULL",
    )
    .bind(&now)
    .bind(&why)
    .bind(&stream)
    .bind(&id)
    .run(w)?
        == 1)
}

row! {
    /// What waits for a stream, and what its receiver refused.
    #[derive(Clone, Copy, Debug)]
    pub struct Backlog {
        pub waiting: i64,
        pub oldest: Option<Time>,
        pub refused: i64,
    }
}

/// What waits for a stream.
///
/// # Errors
/// The database is away.
pub fn backlog(r: &mut Reading<'_>, stream: Id<ids::Stream>) -> Result<Backlog, Broken> {
    sql("SELECT (SELECT COUNT(*) FROM signal_sets WHERE stream_id = ? AND refused_at IS NULL) AS waiting, \
         (SELECT MIN(created_at) FROM signal_sets WHERE stream_id = ? AND refused_at IS NULL) AS oldest, \
         (SELECT COUNT(*) FROM signal_sets WHERE stream_id = ? AND refused_at IS NOT NULL) AS refused")
    .bind(&stream)
    .bind(&stream)
    .bind(&stream)
    .one(r)
}

row! {
    /// What a receiver has refused.
    #[derive(Clone, Debug)]
    pub struct Refused {
        pub id: Id<ids::SecurityEvent>,
        pub event: Event,
        pub created_at: Time,
        pub refused_at: Time,
        pub refused_why: String,
    }
}

/// What a receiver has refused, the newest first.
///
/// # Errors
/// The database is away.
pub fn refused(r: &mut Reading<'_>, stream: Id<ids::Stream>, most: i64) -> Result<Vec<Refused>, Broken> {
    sql("SELECT id, event, created_at, refused_at, refused_why FROM signal_sets WHERE stream_id = ? \
         AND refused_at IS NOT NULL ORDER BY seq DESC LIMIT ?")
    .bind(&stream)
    .bind(&most)
    .all(r)
}

/// Deletes everything that waits for a stream, and what it was told of roles: the next of them begins anew. Whoever tells it
/// something meanwhile was first, or waits.
///
/// # Errors
/// The database is away.
pub fn give_up(w: &mut Writing<'_>, stream: Id<ids::Stream>) -> Result<(), Broken> {
    super::hold_stream(w, stream, true)?;
    for from in ["signal_sets", "signal_roles"] {
        sql(format!("DELETE FROM {from} WHERE stream_id = ?")).bind(&stream).run(w)?;
    }
    Ok(())
}

/// Deletes what was made before, whatever became of it.
///
/// # Errors
/// The database is away.
pub fn forget_sets(w: &mut Writing<'_>, before: Time) -> Result<(), Broken> {
    sql("DELETE FROM signal_sets WHERE created_at < ?").bind(&before).run(w)?;
    Ok(())
}
