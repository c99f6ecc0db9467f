//! People in the database, and holding one of them to the end of a transaction.

use crate::{
    audit::event::What,
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Broken,
        text::{Email, Language, folded},
    },
    db::{Reading, Writing, sql, sql::row},
    identity::person::{Capabilities, Person, State},
};

row! {
    pub(super) struct Raw {
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

const PERSON: &str =
    "SELECT id, email, name, office, language, zone, is_admin, is_auditor, is_author, state, created_at FROM persons";

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
        // The wildcard signs of LIKE in what is looked for stand for themselves.
        let plain = |text: &str| text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        statement = statement
            .push(" AND (folded LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\')")
            .bind(&format!("%{}%", plain(&found_by(search))))
            .bind(&format!("%{}%", plain(&search.to_lowercase())));
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

/// Folds the names of people who were added before names were folded; returns how many there were.
///
/// # Errors
/// The database is away.
pub fn fold_names(w: &mut Writing<'_>, most: i64) -> Result<usize, Broken> {
    row! { struct Unfolded { id: Id<ids::Person>, name: String } }
    let people: Vec<Unfolded> = sql("SELECT id, name FROM persons WHERE folded = '' LIMIT ?").bind(&most).all(w)?;
    for person in &people {
        // A name of which nothing is left still counts as folded.
        let folded = Some(folded(&person.name)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| " ".to_owned());
        sql("UPDATE persons SET folded = ? WHERE id = ?").bind(&folded).bind(&person.id).run(w)?;
    }
    Ok(people.len())
}

/// What is looked for among folded names: where folding leaves nothing, the text as it is.
fn found_by(search: &str) -> String {
    Some(folded(search)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| search.to_lowercase())
}

/// Those who oversee: active admins and auditors.
///
/// # Errors
/// The database is away.
pub fn overseers(r: &mut Reading<'_>) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Who { id: Id<ids::Person> } }
    let rows: Vec<Who> =
        sql("SELECT id FROM persons WHERE (is_admin OR is_auditor) AND state = 'active' ORDER BY id LIMIT 500")
            .all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How many active admins there are.
///
/// # Errors
/// The database is away.
pub fn active_admins(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM persons WHERE is_admin AND state = 'active'").one(r)
}

/// Holds every admin's row to the end of the transaction, in the order of their ids, and before any other person's: two who
/// take each other's rights away follow one another, and the second counts who is left (PostgreSQL; SQLite has one writer).
///
/// # Errors
/// The database is away.
pub fn hold_admins(w: &mut Writing<'_>) -> Result<(), Broken> {
    if !w.engine_sql("", "FOR NO KEY UPDATE").is_empty() {
        sql("SELECT 1::BIGINT AS n FROM persons WHERE is_admin ORDER BY id FOR NO KEY UPDATE").all::<i64>(w)?;
    }
    Ok(())
}

/// The admins who can act, in the order of their ids.
///
/// # Errors
/// The database is away.
pub fn admins(r: &mut Reading<'_>) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Who { id: Id<ids::Person> } }
    let rows: Vec<Who> = sql("SELECT id FROM persons WHERE is_admin AND state = 'active' ORDER BY id").all(r)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whether anybody has an account.
///
/// # Errors
/// The database is away.
pub fn anybody(r: &mut Reading<'_>) -> Result<bool, Broken> {
    Ok(sql("SELECT COUNT(*) AS n FROM (SELECT 1 FROM persons LIMIT 1) AS anybody").one::<i64>(r)? > 0)
}

/// Adds a person; tells whether the address was free.
///
/// # Errors
/// The database is away.
pub fn insert_person(w: &mut Writing<'_>, person: &Person, password_hash: Option<&str>) -> Result<bool, Broken> {
    let added = sql("INSERT INTO persons (id, email, name, folded, office, language, zone, password_hash, is_admin, \
                     is_auditor, is_author, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
                     ON CONFLICT DO NOTHING")
    .bind(&person.id)
    .bind(&person.email)
    .bind(&person.name)
    .bind(&folded(&person.name))
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
    let now = w.now();
    sql("UPDATE persons SET name = ?, folded = ?, office = ?, language = ?, zone = ?, changed_at = ? WHERE id = ?")
        .bind(&person.name)
        .bind(&folded(&person.name))
        .bind(&person.office)
        .bind(&person.language)
        .bind(&person.zone)
        .bind(&now)
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
    let now = w.now();
    let moved = sql("UPDATE persons SET state = ?, changed_at = ? WHERE id = ? AND state = ?")
        .bind(&to)
        .bind(&now)
        .bind(&id)
        .bind(&from)
        .run(w)?;
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
    sql("UPDATE disabled_periods SET until_at = ? WHERE person_id = ? AND until_at IS NULL")
        .bind(&now)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Holds a person's row to the end of the transaction, so that what is decided about them is decided one after the other:
/// minting shares the hold, ending things takes it alone. (SQLite has one writer anyway.) The transaction's instant moves
/// past the person's last event, so that a clock that runs behind can't act in a past that others have left. That they
/// were told something decides nothing about them, and moves nothing.
///
/// # Errors
/// The database is away.
pub fn hold(w: &mut Writing<'_>, id: Id<ids::Person>, alone: bool) -> Result<(), Broken> {
    row! { struct Last { at: Option<Time> } }
    let strength = w.engine_sql("", if alone { " FOR NO KEY UPDATE" } else { " FOR SHARE" });
    if !strength.is_empty() {
        sql(format!("SELECT 1::BIGINT AS n FROM persons WHERE id = ?{strength}")).bind(&id).maybe::<i64>(w)?;
    }
    let last: Last = sql("SELECT MAX(at) AS at FROM events WHERE person_id = ? AND kind <> ?")
        .bind(&id)
        .bind(&What::NoticeTold)
        .one(w)?;
    // What ends things comes strictly after what was done before, so that the past can be told apart from it.
    last.at.map_or(Ok(()), |at| w.not_before(if alone { at.plus_micros(1) } else { at }))
}
