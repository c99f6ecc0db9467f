//! People, teams, sessions, links and failed sign-ins in the database.

use super::person::{Capabilities, Person, State};
use crate::{
    base::{
        clock::Time,
        ids::{self, Failure, Id, Link, Session},
        paging::{Listing, Paging},
        refusal::Broken,
        text::{Email, Language, folded},
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    struct Raw {
        id: Id<ids::Person>,
        email: Email,
        name: String,
        office: String,
        language: Option<Language>,
        zone: String,
        is_admin: bool,
        is_auditor: bool,
        is_author: bool,
        state: State,
        created_at: Time,
    }
}

impl From<Raw> for Person {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            email: raw.email,
            name: raw.name,
            office: raw.office,
            language: raw.language,
            zone: raw.zone,
            capabilities: Capabilities { admin: raw.is_admin, auditor: raw.is_auditor, author: raw.is_author },
            state: raw.state,
            created_at: raw.created_at,
        }
    }
}

const PERSON: &str = "SELECT id, email, name, office, language, zone, is_admin, is_auditor, is_author, state, created_at FROM persons";

/// The person with this id.
///
/// # Errors
/// The database is away.
pub fn person(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Option<Person>, Broken> {
    Ok(sql(format!("{PERSON} WHERE id = ?")).bind(&id).maybe::<Raw>(r)?.map(Person::from))
}

/// The person with this address.
///
/// # Errors
/// The database is away.
pub fn person_by_email(r: &mut Reading<'_>, email: &Email) -> Result<Option<Person>, Broken> {
    Ok(sql(format!("{PERSON} WHERE email = ?")).bind(email).maybe::<Raw>(r)?.map(Person::from))
}

/// The stored hash of a person's password.
///
/// # Errors
/// The database is away.
pub fn password_hash(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Option<String>, Broken> {
    row! { struct Hash { password_hash: Option<String> } }
    Ok(sql("SELECT password_hash FROM persons WHERE id = ?").bind(&id).maybe::<Hash>(r)?.and_then(|h| h.password_hash))
}

/// People by name, with an optional part of the name or address and an optional state.
///
/// # Errors
/// The database is away.
pub fn people(
    r: &mut Reading<'_>,
    search: Option<&str>,
    state: Option<State>,
    paging: &Paging,
) -> Result<Listing<Person>, Broken> {
    let mut statement = sql(format!("{PERSON} WHERE TRUE"));
    if let Some(search) = search.map(str::trim).filter(|s| !s.is_empty()) {
        // The search is by folded words, so the wildcard signs of LIKE in it stand for themselves.
        let words = search.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = format!("%{words}%");
        statement = statement
            .push(" AND (LOWER(name) LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\')")
            .bind(&pattern)
            .bind(&pattern);
    }
    if let Some(state) = &state {
        statement = statement.push(" AND state = ?").bind(state);
    }
    if let Some((name, id)) = paging.after.as_deref().and_then(|key| key.rsplit_once('|')) {
        statement = statement.push(" AND (name, id) > (?, ?)").bind(&name).bind(&id);
    }
    let rows: Vec<Raw> = statement.push(" ORDER BY name, id LIMIT ?").bind(&paging.probe()).all(r)?;
    let people = rows.into_iter().map(Person::from).collect();
    Ok(Listing::cut(people, paging, |p: &Person| format!("{}|{}", p.name, p.id)))
}

/// How many active admins there are.
///
/// # Errors
/// The database is away.
pub fn active_admins(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM persons WHERE is_admin AND state = 'active'").one(r)
}

/// Whether anybody has an account.
///
/// # Errors
/// The database is away.
pub fn anybody(r: &mut Reading<'_>) -> Result<bool, Broken> {
    Ok(sql("SELECT COUNT(*) AS n FROM (SELECT 1 FROM persons LIMIT 1) AS some").one::<i64>(r)? > 0)
}

/// Adds a person; tells whether the address was free.
///
/// # Errors
/// The database is away.
pub fn insert_person(w: &mut Writing<'_>, person: &Person, password_hash: Option<&str>) -> Result<bool, Broken> {
    let added = sql("INSERT INTO persons (id, email, name, office, language, zone, password_hash, is_admin, is_auditor, \
                     is_author, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&person.id)
        .bind(&person.email)
        .bind(&person.name)
        .bind(&person.office)
        .bind(&person.language)
        .bind(&person.zone)
        .bind(&password_hash)
        .bind(&person.capabilities.admin)
        .bind(&person.capabilities.auditor)
        .bind(&person.capabilities.author)
        .bind(&person.state)
        .bind(&person.created_at)
        .run(w)?;
    Ok(added == 1)
}

/// Stores a new password, which also makes an invited person active.
///
/// # Errors
/// The database is away.
pub fn set_password(w: &mut Writing<'_>, id: Id<ids::Person>, hash: &str) -> Result<(), Broken> {
    sql("UPDATE persons SET password_hash = ?, state = CASE WHEN state = 'invited' THEN 'active' ELSE state END WHERE id = ?")
        .bind(&hash)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Replaces a hash by one of the same password under newer settings.
///
/// # Errors
/// The database is away.
pub fn rehash(w: &mut Writing<'_>, id: Id<ids::Person>, hash: &str) -> Result<(), Broken> {
    sql("UPDATE persons SET password_hash = ? WHERE id = ?").bind(&hash).bind(&id).run(w)?;
    Ok(())
}

/// Stores a person's name, office, language and zone.
///
/// # Errors
/// The database is away.
pub fn update_profile(w: &mut Writing<'_>, person: &Person) -> Result<(), Broken> {
    sql("UPDATE persons SET name = ?, office = ?, language = ?, zone = ? WHERE id = ?")
        .bind(&person.name)
        .bind(&person.office)
        .bind(&person.language)
        .bind(&person.zone)
        .bind(&person.id)
        .run(w)?;
    Ok(())
}

/// Stores what a person may do.
///
/// # Errors
/// The database is away.
pub fn set_capabilities(w: &mut Writing<'_>, id: Id<ids::Person>, may: Capabilities) -> Result<(), Broken> {
    sql("UPDATE persons SET is_admin = ?, is_auditor = ?, is_author = ? WHERE id = ?")
        .bind(&may.admin)
        .bind(&may.auditor)
        .bind(&may.author)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Moves a person from one state to another; tells whether they were in it.
///
/// # Errors
/// The database is away.
pub fn move_state(w: &mut Writing<'_>, id: Id<ids::Person>, from: State, to: State) -> Result<bool, Broken> {
    let moved =
        sql("UPDATE persons SET state = ? WHERE id = ? AND state = ?").bind(&to).bind(&id).bind(&from).run(w)?;
    Ok(moved == 1)
}

/// Opens a period in which the person can't act.
///
/// # Errors
/// The database is away.
pub fn open_disabled_period(w: &mut Writing<'_>, id: Id<ids::Person>, reason: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO disabled_periods (person_id, from_at, reason) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&id)
        .bind(&now)
        .bind(&reason)
        .run(w)?;
    Ok(())
}

/// Closes it.
///
/// # Errors
/// The database is away.
pub fn close_disabled_period(w: &mut Writing<'_>, id: Id<ids::Person>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE disabled_periods SET until_at = ? WHERE person_id = ? AND until_at IS NULL").bind(&now).bind(&id).run(w)?;
    Ok(())
}

/// Holds a person's row to the end of the transaction, so that what is decided about them is decided one after the other.
/// SQLite has one writer anyway. Minting and learning share the hold; ending things takes it alone.
///
/// # Errors
/// The database is away.
pub fn hold(w: &mut Writing<'_>, id: Id<ids::Person>, alone: bool) -> Result<(), Broken> {
    let strength = w.engine_sql("", if alone { " FOR NO KEY UPDATE" } else { " FOR SHARE" });
    if !strength.is_empty() {
        sql(format!("SELECT 1::BIGINT AS n FROM persons WHERE id = ?{strength}")).bind(&id).maybe::<i64>(w)?;
    }
    Ok(())
}

// Teams -------------------------------------------------------------------------------------------

/// The teams that a person is in.
///
/// # Errors
/// The database is away.
pub fn teams_of(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Vec<String>, Broken> {
    sql("SELECT team_id AS word FROM team_members WHERE person_id = ? ORDER BY team_id").bind(&id).all(r)
}

/// Puts a person into exactly these teams, making teams that are new.
///
/// # Errors
/// The database is away.
pub fn set_teams(w: &mut Writing<'_>, id: Id<ids::Person>, teams: &[String]) -> Result<(), Broken> {
    sql("DELETE FROM team_members WHERE person_id = ?").bind(&id).run(w)?;
    for team in teams {
        sql("INSERT INTO teams (id, title) VALUES (?, ?) ON CONFLICT DO NOTHING").bind(team).bind(team).run(w)?;
        sql("INSERT INTO team_members (team_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(team)
            .bind(&id)
            .run(w)?;
    }
    Ok(())
}

/// The active people of a team.
///
/// # Errors
/// The database is away.
pub fn members(r: &mut Reading<'_>, team: &str) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Member { id: Id<ids::Person> } }
    let rows: Vec<Member> = sql("SELECT p.id FROM team_members m JOIN persons p ON p.id = m.person_id \
                                 WHERE m.team_id = ? AND p.state = 'active'")
        .bind(&team)
        .all(r)?;
    Ok(rows.into_iter().map(|m| m.id).collect())
}

/// A person's login in a warehouse, where one was set by hand.
///
/// # Errors
/// The database is away.
pub fn warehouse_login(r: &mut Reading<'_>, id: Id<ids::Person>, warehouse: &str) -> Result<Option<String>, Broken> {
    sql("SELECT login AS word FROM warehouse_logins WHERE person_id = ? AND warehouse_id = ?").bind(&id).bind(&warehouse).maybe(r)
}

/// Sets or clears a person's login in a warehouse.
///
/// # Errors
/// The database is away.
pub fn set_warehouse_login(
    w: &mut Writing<'_>,
    id: Id<ids::Person>,
    warehouse: &str,
    login: Option<&str>,
) -> Result<(), Broken> {
    sql("DELETE FROM warehouse_logins WHERE person_id = ? AND warehouse_id = ?").bind(&id).bind(&warehouse).run(w)?;
    if let Some(login) = login {
        sql("INSERT INTO warehouse_logins (person_id, warehouse_id, login) VALUES (?, ?, ?)")
            .bind(&id)
            .bind(&warehouse)
            .bind(&login)
            .run(w)?;
    }
    Ok(())
}

// Sessions -----------------------------------------------------------------------------------------

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

/// The session of a secret, ended or not.
///
/// # Errors
/// The database is away.
pub fn session_by_secret(r: &mut Reading<'_>, secret_hash: &str) -> Result<Option<SessionRow>, Broken> {
    sql(format!("{SESSION} WHERE secret_hash = ?")).bind(&secret_hash).maybe(r)
}

/// A person's sessions that have not ended, newest first.
///
/// # Errors
/// The database is away.
pub fn sessions_of(r: &mut Reading<'_>, id: Id<ids::Person>) -> Result<Vec<SessionRow>, Broken> {
    let now = r.at();
    sql(format!("{SESSION} WHERE person_id = ? AND ended_at IS NULL AND expires_at > ? ORDER BY created_at DESC LIMIT 100"))
        .bind(&id)
        .bind(&now)
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

// Links ----------------------------------------------------------------------------------------------

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

/// Stores a link, and makes older ones of the same purpose and person useless.
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
    sql("UPDATE links SET used_at = ? WHERE purpose = ? AND person_id IS NOT DISTINCT FROM ? AND used_at IS NULL")
        .bind(&now)
        .bind(&purpose)
        .bind(&person)
        .run(w)?;
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
    sql("SELECT id, purpose, person_id, expires_at, used_at FROM links WHERE secret_hash = ?").bind(&secret_hash).maybe(r)
}

/// Uses a link up; tells whether it was still unused.
///
/// # Errors
/// The database is away.
pub fn use_link(w: &mut Writing<'_>, id: Id<Link>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE links SET used_at = ? WHERE id = ? AND used_at IS NULL").bind(&now).bind(&id).run(w)? == 1)
}

// Failed sign-ins --------------------------------------------------------------------------------------

/// Notes a failed sign-in. `account` is a hash of what was typed, so that the table names nobody.
///
/// # Errors
/// The database is away.
pub fn note_failure(w: &mut Writing<'_>, account: &str, address: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("INSERT INTO sign_in_failures (id, account, address, at) VALUES (?, ?, ?, ?)")
        .bind(&Id::<Failure>::new(now))
        .bind(&account)
        .bind(&address)
        .bind(&now)
        .run(w)?;
    Ok(())
}

row! {
    /// Failures since an instant: how many, and when the latest was.
    #[derive(Clone, Copy, Debug)]
    pub struct Failures {
        pub n: i64,
        pub latest: Option<Time>,
    }
}

/// Failures of one account from one address since an instant.
///
/// # Errors
/// The database is away.
pub fn failures_of_pair(r: &mut Reading<'_>, account: &str, address: &str, since: Time) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM sign_in_failures WHERE account = ? AND address = ? AND at > ?")
        .bind(&account)
        .bind(&address)
        .bind(&since)
        .one(r)
}

/// Failures from one address since an instant.
///
/// # Errors
/// The database is away.
pub fn failures_of_address(r: &mut Reading<'_>, address: &str, since: Time) -> Result<Failures, Broken> {
    sql("SELECT COUNT(*) AS n, MAX(at) AS latest FROM sign_in_failures WHERE address = ? AND at > ?")
        .bind(&address)
        .bind(&since)
        .one(r)
}

/// Forgets the failures of one account from one address, after it signed in there.
///
/// # Errors
/// The database is away.
pub fn forget_failures(w: &mut Writing<'_>, account: &str, address: &str) -> Result<(), Broken> {
    sql("DELETE FROM sign_in_failures WHERE account = ? AND address = ?").bind(&account).bind(&address).run(w)?;
    Ok(())
}

/// Forgets failures before an instant.
///
/// # Errors
/// The database is away.
pub fn sweep_failures(w: &mut Writing<'_>, before: Time) -> Result<usize, Broken> {
    sql("DELETE FROM sign_in_failures WHERE at < ?").bind(&before).run(w)
}

/// The key under which failures of an account are counted.
#[must_use]
pub fn account_key(email: &str) -> String {
    super::secret::Secret::presented(&folded(email)).hash()
}

// Leases ------------------------------------------------------------------------------------------------

/// Takes or renews a lease; tells whether `holder` has it now.
///
/// # Errors
/// The database is away.
pub fn take_lease(w: &mut Writing<'_>, name: &str, holder: &str, seconds: i64) -> Result<bool, Broken> {
    let now = w.now();
    let until = now.plus_seconds(seconds);
    let taken = sql("INSERT INTO leases (name, holder, until_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE \
                     SET holder = excluded.holder, until_at = excluded.until_at \
                     WHERE leases.holder = excluded.holder OR leases.until_at <= ?")
        .bind(&name)
        .bind(&holder)
        .bind(&until)
        .bind(&now)
        .run(w)?;
    Ok(taken == 1)
}
