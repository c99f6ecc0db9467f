//! Emergency locks on a person, a role or a warehouse: they outrank everything, and lifting one revives nothing that ended.

use super::{
    About, act,
    once::{Once, act_once},
};
use crate::{
    access::{
        request::AccessRefusal,
        rows::{self, Lock, LockKind},
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    db::lifecycle::{self, Entity, Step},
    identity::{self, actor::Actor, person::IdentityRefusal},
};
use serde_json::json;

/// Places a lock.
///
/// # Errors
/// The actor is no admin, the subject is unknown or locked already, no reason is given, or the database is away.
pub async fn place_lock(
    app: &App,
    actor: &Actor,
    kind: LockKind,
    subject: String,
    reason: String,
) -> Result<Id<ids::Lock>, Fault> {
    place_lock_once(app, actor, kind, subject, reason, None).await
}

/// As [`place_lock`]; under a key that was used before, the lock that it placed.
///
/// # Errors
/// As [`place_lock`], or the key was used for something else.
pub async fn place_lock_once(
    app: &App,
    actor: &Actor,
    kind: LockKind,
    subject: String,
    reason: String,
    key: Option<Once>,
) -> Result<Id<ids::Lock>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let about = About::nothing().named(subject.clone());
    let placed = act_once(app, actor, "place_lock", about, key, move |w, by| {
        let admin = caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        let mut entry = Entry::new(What::LockPlaced);
        match kind {
            LockKind::Person => {
                let id: Id<ids::Person> = subject.parse().map_err(|_| IdentityRefusal::NoSuchPerson)?;
                identity::rows::person(w, id)?.ok_or(IdentityRefusal::NoSuchPerson)?;
                identity::rows::hold(w, id, true)?;
                entry = entry.person(id);
            }
            LockKind::Role => {
                let id = subject.parse::<Slug>().ok().and_then(|id| content.catalogue.roles.get(&id));
                let role = id.ok_or_else(|| AccessRefusal::NoSuchRole { id: subject.clone() })?;
                rows::hold_role(w, &role.id, &role.warehouse, true)?;
                entry = entry.role(&role.id);
            }
            LockKind::Warehouse => {
                let id = subject.parse::<Slug>().ok().and_then(|id| content.catalogue.warehouses.get(&id));
                let found = id.ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: subject.clone() })?;
                rows::hold_warehouse(w, &found.id)?;
            }
        }
        let lock = Lock {
            id: Id::new(w.now()),
            kind,
            subject_id: subject.clone(),
            reason: reason.to_owned(),
            placed_at: w.now(),
            placed_by: admin.by().actor.clone(),
            lifted_at: None,
            lifted_by: None,
        };
        if !rows::insert_lock(w, &lock)? {
            return Err(AccessRefusal::LockedAlready.into());
        }
        let step = Step { from: "", to: "placed", actor: &by.actor, reason: "" };
        lifecycle::noted(w, Entity::Lock, &lock.id.to_string(), step, reason)?;
        let entry = entry.subject(lock.id).data(json!({ "kind": kind, "subject": subject }));
        let entry = entry.texts(json!({ "reason": reason }));
        audit::rows::append(w, by, entry)?;
        Ok((lock.id, ()))
    })
    .await?;
    Ok(placed.0)
}

/// Lifts a lock.
///
/// # Errors
/// The actor is no admin, it is not in force, or the database is away.
pub async fn lift_lock(app: &App, actor: &Actor, lock: Id<ids::Lock>) -> Result<(), Fault> {
    lift(app, actor, lock, None).await
}

/// As [`lift_lock`], for a reason that the log keeps.
///
/// # Errors
/// As [`lift_lock`], or the reason is empty.
pub async fn lift_lock_because(app: &App, actor: &Actor, lock: Id<ids::Lock>, reason: String) -> Result<(), Fault> {
    lift(app, actor, lock, Some(reason)).await
}

async fn lift(app: &App, actor: &Actor, lock: Id<ids::Lock>, reason: Option<String>) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "lift_lock", About::nothing().subject(lock), move |w, by| {
        caller.as_admin()?;
        let reason = reason.as_deref().map(str::trim);
        if reason == Some("") {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        let lifted = rows::lift_lock(w, lock, &by.actor)?.ok_or(AccessRefusal::NoSuchLock)?;
        let step = Step { from: "placed", to: "lifted", actor: &by.actor, reason: "lifted" };
        lifecycle::noted(w, Entity::Lock, &lock.to_string(), step, reason.unwrap_or_default())?;
        let mut entry = Entry::new(What::LockLifted).subject(lock);
        match lifted.kind {
            LockKind::Person => {
                if let Ok(person) = lifted.subject_id.parse() {
                    entry = entry.person(person);
                }
            }
            LockKind::Role => {
                if let Ok(role) = lifted.subject_id.parse() {
                    entry = entry.role(&role);
                }
            }
            LockKind::Warehouse => {}
        }
        let entry = entry.data(json!({ "kind": lifted.kind, "subject": lifted.subject_id }));
        let entry = entry.texts(json!({ "reason": reason }));
        Ok(audit::rows::append(w, by, entry)?)
    })
    .await
}

/// All locks, open ones first.
///
/// # Errors
/// The actor may not read them, or the database is away.
pub async fn list_locks(app: &App, actor: &Actor) -> Result<Vec<Lock>, Fault> {
    let caller = actor.clone();
    super::look(app, actor, "list_locks", About::nothing(), move |r| {
        caller.as_auditor()?;
        Ok(rows::locks(r)?)
    })
    .await
}
