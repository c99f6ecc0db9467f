//! Delegations in the database.

use crate::{
    access::delegation::{Delegation, State},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    struct Raw {
        id: Id<ids::Delegation>,
        delegator_id: Id<ids::Person>,
        delegator_name: String,
        delegate_id: Id<ids::Person>,
        delegate_name: String,
        state: State,
        from_at: Time,
        until_at: Time,
        ends_at: Time,
        note: String,
        made_at: Time,
        made_by: String,
        ended_by: Option<String>,
    }
}

impl From<Raw> for Delegation {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            delegator_id: raw.delegator_id,
            delegator_name: raw.delegator_name,
            delegate_id: raw.delegate_id,
            delegate_name: raw.delegate_name,
            state: raw.state,
            from_at: raw.from_at,
            until_at: raw.until_at,
            ends_at: raw.ends_at,
            note: raw.note,
            made_at: raw.made_at,
            made_by: raw.made_by,
            ended_by: raw.ended_by,
        }
    }
}

const DELEGATION: &str = "SELECT d.id, d.delegator_id, a.name AS delegator_name, d.delegate_id, b.name AS delegate_name, \
                          d.state, d.from_at, d.until_at, d.ends_at, d.note, d.made_at, d.made_by, d.ended_by \
                          FROM delegations d JOIN persons a ON a.id = d.delegator_id JOIN persons b ON b.id = d.delegate_id";

fn all(r: &mut Reading<'_>, statement: crate::db::sql::Statement) -> Result<Vec<Delegation>, Broken> {
    Ok(statement.all::<Raw>(r)?.into_iter().map(Delegation::from).collect())
}

/// The delegation with this id.
///
/// # Errors
/// The database is away.
pub fn delegation(r: &mut Reading<'_>, id: Id<ids::Delegation>) -> Result<Option<Delegation>, Broken> {
    Ok(sql(format!("{DELEGATION} WHERE d.id = ?")).bind(&id).maybe::<Raw>(r)?.map(Delegation::from))
}

/// The delegations that a person gave and was given, the latest first.
///
/// # Errors
/// The database is away.
pub fn delegations_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Delegation>, Broken> {
    let statement = sql(format!(
        "{DELEGATION} WHERE d.delegator_id = ? OR d.delegate_id = ? ORDER BY d.from_at DESC, d.id LIMIT 200"
    ));
    all(r, statement.bind(&person).bind(&person))
}

/// Every delegation that a person gave or was given, and that does not say yet that it has ended.
///
/// # Errors
/// The database is away.
pub fn open_delegations_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Delegation>, Broken> {
    let statement = sql(format!(
        "{DELEGATION} WHERE (d.delegator_id = ? OR d.delegate_id = ?) AND d.state <> 'ended' ORDER BY d.from_at, d.id"
    ));
    all(r, statement.bind(&person).bind(&person))
}

/// Everybody's delegations, the latest first.
///
/// # Errors
/// The database is away.
pub fn all_delegations(r: &mut Reading<'_>, most: i64) -> Result<Vec<Delegation>, Broken> {
    all(r, sql(format!("{DELEGATION} ORDER BY d.ends_at DESC, d.id LIMIT ?")).bind(&most))
}

/// In whose place somebody decides, by the delegations in force at an instant that were given by people who can act. After it come
/// the delegate and, twice, the instant. What was given to those people is not given on.
pub(super) const AWAY: &str = "SELECT d.delegator_id FROM delegations d JOIN persons p ON p.id = d.delegator_id \
                               WHERE d.delegate_id = ? AND d.from_at <= ? AND ? < d.ends_at AND p.state = 'active'";

/// In whose place this person decides at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn delegators_of(r: &mut Reading<'_>, delegate: Id<ids::Person>) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Who { delegator_id: Id<ids::Person> } }
    let at = r.at();
    let rows: Vec<Who> = sql(format!("SELECT DISTINCT delegator_id FROM ({AWAY}) AS away ORDER BY delegator_id"))
        .bind(&delegate)
        .bind(&at)
        .bind(&at)
        .all(r)?;
    Ok(rows.into_iter().map(|row| row.delegator_id).collect())
}

/// Who decides in a person's place at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn delegates_of(r: &mut Reading<'_>, delegator: Id<ids::Person>) -> Result<Vec<Delegation>, Broken> {
    let at = r.at();
    let statement = sql(format!(
        "{DELEGATION} WHERE d.delegator_id = ? AND d.from_at <= ? AND ? < d.ends_at AND b.state = 'active' ORDER BY d.id"
    ));
    all(r, statement.bind(&delegator).bind(&at).bind(&at))
}

/// The first delegation of a person that lies at any instant of a time, where there is one.
///
/// # Errors
/// The database is away.
pub fn overlapping(
    r: &mut Reading<'_>,
    delegator: Id<ids::Person>,
    from: Time,
    until: Time,
) -> Result<Option<Delegation>, Broken> {
    let statement = sql(format!(
        "{DELEGATION} WHERE d.delegator_id = ? AND d.from_at < ? AND ? < d.ends_at AND d.from_at < d.ends_at \
         ORDER BY d.from_at LIMIT 1"
    ));
    Ok(all(r, statement.bind(&delegator).bind(&until).bind(&from))?.into_iter().next())
}

/// Delegations that begin or end by now and do not say so yet.
///
/// # Errors
/// The database is away.
pub fn due_delegations(r: &mut Reading<'_>, most: i64) -> Result<Vec<Delegation>, Broken> {
    let at = r.at();
    let statement = sql(format!(
        "{DELEGATION} WHERE d.state IN ('scheduled', 'active') AND (d.ends_at <= ? OR (d.state = 'scheduled' AND d.from_at <= ?)) \
         ORDER BY d.ends_at, d.id LIMIT ?"
    ));
    all(r, statement.bind(&at).bind(&at).bind(&most))
}

/// Stores a delegation.
///
/// # Errors
/// The database is away.
pub fn insert_delegation(w: &mut Writing<'_>, made: &Delegation) -> Result<(), Broken> {
    sql("INSERT INTO delegations (id, delegator_id, delegate_id, state, from_at, until_at, ends_at, note, made_at, made_by) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&made.id)
    .bind(&made.delegator_id)
    .bind(&made.delegate_id)
    .bind(&made.state)
    .bind(&made.from_at)
    .bind(&made.until_at)
    .bind(&made.ends_at)
    .bind(&made.note)
    .bind(&made.made_at)
    .bind(&made.made_by)
    .run(w)?;
    Ok(())
}

/// Lowers a delegation's end to now, never before its start, and notes who ended it.
///
/// # Errors
/// The database is away.
pub fn end_delegation(w: &mut Writing<'_>, id: Id<ids::Delegation>, by: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE delegations SET ends_at = CASE WHEN ends_at > ? THEN CASE WHEN from_at > ? THEN from_at ELSE ? END \
         ELSE ends_at END, ended_by = ? WHERE id = ?")
    .bind(&now)
    .bind(&now)
    .bind(&now)
    .bind(&by)
    .bind(&id)
    .run(w)?;
    Ok(())
}
