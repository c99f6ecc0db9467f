//! Locks as their page shows them: what they stand on by name, by whom, and how many grants they stop.

use super::{About, look};
use crate::{
    access::rows::{self, Lock, LockKind},
    app::App,
    base::refusal::{Broken, Fault},
    db::Reading,
    identity::{self, actor::Actor},
};

/// A lock with names in place of ids.
#[derive(Clone, Debug)]
pub struct NamedLock {
    pub lock: Lock,
    /// The person's name; none for roles and warehouses.
    pub person: Option<String>,
    pub placed_by: Option<String>,
    pub lifted_by: Option<String>,
    /// How many grants it stops, or stopped when it was placed.
    pub grants: i64,
}

/// Open locks, and a page of the lifted ones.
#[derive(Clone, Debug)]
pub struct LocksPage {
    pub open: Vec<NamedLock>,
    pub lifted: Vec<NamedLock>,
    /// How many were lifted in all.
    pub total: i64,
}

/// Reads the open locks and `most` of the lifted ones after the first `skip`.
///
/// # Errors
/// The actor may not read them, or the database is away.
pub async fn read_locks(app: &App, actor: &Actor, skip: i64, most: i64) -> Result<LocksPage, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_locks", About::nothing(), move |r| {
        caller.as_auditor()?;
        let open: Vec<Lock> = rows::locks(r)?.into_iter().filter(|lock| lock.lifted_at.is_none()).collect();
        let lifted = rows::lifted_locks(r, skip, most)?;
        Ok(LocksPage { open: named(r, open)?, lifted: named(r, lifted)?, total: rows::lifted_count(r)? })
    })
    .await
}

fn named(r: &mut Reading<'_>, locks: Vec<Lock>) -> Result<Vec<NamedLock>, Broken> {
    let words: Vec<String> = locks
        .iter()
        .flat_map(|lock| [Some(lock.placed_by.clone()), lock.lifted_by.clone(), Some(lock.subject_id.clone())])
        .flatten()
        .collect();
    let names = identity::rows::names_of(r, words.iter().map(String::as_str))?;
    let now = r.at();
    let mut page = Vec::with_capacity(locks.len());
    for lock in locks {
        let at = if lock.lifted_at.is_none() { now } else { lock.placed_at };
        page.push(NamedLock {
            grants: rows::stopped_by(r, &lock, at)?,
            person: (lock.kind == LockKind::Person).then(|| names.get(&lock.subject_id).cloned()).flatten(),
            placed_by: names.get(&lock.placed_by).cloned(),
            lifted_by: lock.lifted_by.as_ref().and_then(|by| names.get(by).cloned()),
            lock,
        });
    }
    Ok(page)
}
