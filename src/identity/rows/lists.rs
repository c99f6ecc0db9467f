//! People for lists: names of many at once, teams, when they were last seen, and how many accounts there are.

use crate::identity::person::State;
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Email,
    },
    db::{Reading, sql, sql::row},
};
use std::collections::{BTreeMap, BTreeSet};

fn places(n: usize) -> String {
    vec!["?"; n].join(", ")
}

/// The names of the people who stand behind actors' words (`per_…`); others (`system:…`) have none.
///
/// # Errors
/// The database is away.
pub fn names_of<'a>(
    r: &mut Reading<'_>,
    actors: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeMap<String, String>, Broken> {
    row! { struct Named { id: Id<ids::Person>, name: String } }
    let wanted: BTreeSet<Id<ids::Person>> = actors.into_iter().filter_map(|actor| actor.parse().ok()).collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement = sql(format!("SELECT id, name FROM persons WHERE id IN ({})", places(wanted.len())));
    for id in &wanted {
        statement = statement.bind(id);
    }
    let rows: Vec<Named> = statement.all(r)?;
    Ok(rows.into_iter().map(|row| (row.id.to_string(), row.name)).collect())
}

/// The names of the people with these addresses.
///
/// # Errors
/// The database is away.
pub fn names_by_email<'a>(
    r: &mut Reading<'_>,
    emails: impl IntoIterator<Item = &'a Email>,
) -> Result<BTreeMap<Email, String>, Broken> {
    row! { struct Named { email: Email, name: String } }
    let wanted: BTreeSet<&Email> = emails.into_iter().collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement = sql(format!("SELECT email, name FROM persons WHERE email IN ({})", places(wanted.len())));
    for email in wanted {
        statement = statement.bind(email);
    }
    let rows: Vec<Named> = statement.all(r)?;
    Ok(rows.into_iter().map(|row| (row.email, row.name)).collect())
}

/// Every team by its name.
///
/// # Errors
/// The database is away.
pub fn all_teams(r: &mut Reading<'_>) -> Result<Vec<String>, Broken> {
    sql("SELECT id AS word FROM teams ORDER BY id LIMIT 500").all(r)
}

/// The teams of many people.
///
/// # Errors
/// The database is away.
pub fn teams_of_many(
    r: &mut Reading<'_>,
    people: &[Id<ids::Person>],
) -> Result<BTreeMap<Id<ids::Person>, Vec<String>>, Broken> {
    row! { struct Member { person_id: Id<ids::Person>, team_id: String } }
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement = sql(format!(
        "SELECT person_id, team_id FROM team_members WHERE person_id IN ({}) ORDER BY team_id",
        places(people.len())
    ));
    for person in people {
        statement = statement.bind(person);
    }
    let mut teams: BTreeMap<Id<ids::Person>, Vec<String>> = BTreeMap::new();
    for member in statement.all::<Member>(r)? {
        teams.entry(member.person_id).or_default().push(member.team_id);
    }
    Ok(teams)
}

/// When each of these people last used a session.
///
/// # Errors
/// The database is away.
pub fn last_seen(r: &mut Reading<'_>, people: &[Id<ids::Person>]) -> Result<BTreeMap<Id<ids::Person>, Time>, Broken> {
    row! { struct Seen { person_id: Id<ids::Person>, at: Time } }
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement = sql(format!(
        "SELECT person_id, MAX(seen_at) AS at FROM sessions WHERE person_id IN ({}) GROUP BY person_id",
        places(people.len())
    ));
    for person in people {
        statement = statement.bind(person);
    }
    let rows: Vec<Seen> = statement.all(r)?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.at)).collect())
}

/// How many accounts there are in each state: active, invited, disabled.
///
/// # Errors
/// The database is away.
pub fn accounts(r: &mut Reading<'_>) -> Result<(i64, i64, i64), Broken> {
    row! { struct Counted { state: State, n: i64 } }
    let rows: Vec<Counted> = sql("SELECT state, COUNT(*) AS n FROM persons GROUP BY state").all(r)?;
    let of = |state| rows.iter().find(|row| row.state == state).map_or(0, |row| row.n);
    Ok((of(State::Active), of(State::Invited), of(State::Disabled)))
}

/// Since when, and why, a person is shut out at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn shut_out(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Option<(Time, String)>, Broken> {
    row! { struct Period { from_at: Time, reason: String } }
    let at = r.at();
    let period: Option<Period> =
        sql("SELECT from_at, reason FROM disabled_periods WHERE person_id = ? AND from_at <= ? \
                                      AND (until_at IS NULL OR ? < until_at) ORDER BY from_at DESC LIMIT 1")
        .bind(&person)
        .bind(&at)
        .bind(&at)
        .maybe(r)?;
    Ok(period.map(|period| (period.from_at, period.reason)))
}

/// Who shut a person out at an instant, in the log's words.
///
/// # Errors
/// The database is away.
pub fn shut_out_by(r: &mut Reading<'_>, person: Id<ids::Person>, since: Time) -> Result<Option<String>, Broken> {
    row! { struct By { actor: String } }
    let by: Option<By> = sql("SELECT actor FROM events WHERE person_id = ? AND kind = 'person.disabled' AND at = ? \
                              ORDER BY seq LIMIT 1")
    .bind(&person)
    .bind(&since)
    .maybe(r)?;
    Ok(by.map(|by| by.actor))
}
