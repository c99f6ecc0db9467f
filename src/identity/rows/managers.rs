//! Who is whose manager, now and before, in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};
use std::collections::BTreeSet;

row! { struct Who { id: Id<ids::Person> } }

/// A person's manager.
///
/// # Errors
/// The database is away.
pub fn manager_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Option<Id<ids::Person>>, Broken> {
    let found: Option<Who> =
        sql("SELECT manager_id AS id FROM managers WHERE person_id = ? AND until_at IS NULL").bind(&person).maybe(r)?;
    Ok(found.map(|who| who.id))
}

/// The people whose manager this person is.
///
/// # Errors
/// The database is away.
pub fn reports_of(r: &mut Reading<'_>, manager: Id<ids::Person>) -> Result<BTreeSet<Id<ids::Person>>, Broken> {
    let found: Vec<Who> =
        sql("SELECT person_id AS id FROM managers WHERE manager_id = ? AND until_at IS NULL").bind(&manager).all(r)?;
    Ok(found.into_iter().map(|who| who.id).collect())
}

/// Sets a person's manager from now on; none leaves them without.
///
/// # Errors
/// The database is away.
pub fn set_manager(
    w: &mut Writing<'_>,
    person: Id<ids::Person>,
    manager: Option<Id<ids::Person>>,
) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE managers SET until_at = ? WHERE person_id = ? AND until_at IS NULL").bind(&now).bind(&person).run(w)?;
    if let Some(manager) = manager {
        sql("INSERT INTO managers (person_id, manager_id, from_at) VALUES (?, ?, ?)")
            .bind(&person)
            .bind(&manager)
            .bind(&now)
            .run(w)?;
    }
    Ok(())
}

/// Holds the rows of everybody who has a manager to the end of the transaction, so that two changes do not make a circle
/// together (PostgreSQL; SQLite has one writer).
///
/// # Errors
/// The database is away.
pub fn hold_managers(w: &mut Writing<'_>) -> Result<(), Broken> {
    if !w.engine_sql("", "LOCK").is_empty() {
        sql("LOCK TABLE managers IN SHARE ROW EXCLUSIVE MODE").run(w)?;
    }
    Ok(())
}

/// Whether a person answers to another, over any number of managers.
///
/// # Errors
/// The database is away.
pub fn answers_to(r: &mut Reading<'_>, person: Id<ids::Person>, other: Id<ids::Person>) -> Result<bool, Broken> {
    let mut seen = BTreeSet::new();
    let mut above = Some(person);
    while let Some(who) = above.filter(|who| seen.insert(*who)) {
        if who == other {
            return Ok(true);
        }
        above = manager_of(r, who)?;
    }
    Ok(false)
}

row! {
    /// A time in which somebody was a person's manager.
    #[derive(Clone, Debug)]
    pub struct Managed {
        pub manager_id: Id<ids::Person>,
        pub from_at: Time,
        pub until_at: Option<Time>,
    }
}

/// Who a person's managers were, the latest first.
///
/// # Errors
/// The database is away.
pub fn managers_of(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Managed>, Broken> {
    sql("SELECT manager_id, from_at, until_at FROM managers WHERE person_id = ? ORDER BY from_at DESC LIMIT 100")
        .bind(&person)
        .all(r)
}
