//! Holding a grant back, and letting it go on: the row that the one view reads, the event, and the grant's own word.

use super::{settle_access, tell_access};
use crate::{
    access::{
        grant::{Cause, EndReason, Grant, State},
        request::AccessRefusal,
        rows::{self, Suspension},
    },
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Slug,
    },
    db::{
        Reading, Writing,
        lifecycle::{self, Entity, Step},
    },
};
use serde_json::json;

/// Holds a grant back from this instant on, whatever its holder has earned; tells whether it did (not where it has ended, or is
/// held back by this cause already). The caller holds the person, and tells them, once for all that is one access. `words` are an
/// admin's own; empty where others say why.
///
/// # Errors
/// The database is away.
pub fn suspend(w: &mut Writing<'_>, by: &By, held: &Grant, cause: Cause, words: &str) -> Result<bool, Broken> {
    place(w, by, held, cause, &by.actor, words)
}

/// What an admin holds a person's access to a role back by: on one of their live grants of it, or, where there is none, on the one
/// that was their last, where nobody but the clock has ended it. That time runs out lifts nothing: whoever lets the person go on says
/// so, on the grant that has come after.
///
/// # Errors
/// The database is away.
pub(super) fn hold_on(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
    live: &[Grant],
) -> Result<Option<Suspension>, Broken> {
    let last = if live.is_empty() { rows::last_ended(r, person, role)? } else { None };
    let last = last.filter(|last| last.ended_reason.is_some_and(EndReason::is_of_the_clock));
    for one in live.iter().chain(&last) {
        let open = rows::suspensions_of(r, one.id)?.into_iter().find(|open| open.cause == Cause::Admin);
        if open.is_some() {
            return Ok(open);
        }
    }
    Ok(None)
}

/// Holds a grant that comes after others back, where an admin holds the person's access back: in the name of whoever did, with their
/// words.
///
/// # Errors
/// The database is away.
pub(super) fn carry_over(w: &mut Writing<'_>, by: &By, earlier: &[Grant], held: &Grant) -> Result<(), Broken> {
    if let Some(open) = hold_on(w, held.person_id, &held.role_id, earlier)? {
        place(w, by, held, Cause::Admin, &open.placed_by, &open.reason)?;
    }
    Ok(())
}

fn place(
    w: &mut Writing<'_>,
    by: &By,
    held: &Grant,
    cause: Cause,
    placed_by: &str,
    words: &str,
) -> Result<bool, Broken> {
    if held.state == State::Ended || w.now() >= held.ends_at {
        return Ok(false);
    }
    let now = w.now();
    if !rows::insert_suspension(w, held.id, cause, now, placed_by, words)? {
        return Ok(false);
    }
    let entry = Entry::new(What::GrantSuspended).person(held.person_id).role(&held.role_id).subject(held.id);
    audit::rows::append(w, by, entry.data(json!({ "reason": cause.word() })).texts(json!({ "words": words })))?;
    if held.state == State::Active {
        let step = Step { from: "active", to: "suspended", actor: &by.actor, reason: cause.word() };
        lifecycle::advance(w, Entity::Grant, &held.id.to_string(), step)?;
    }
    Ok(true)
}

/// Refuses to end a grant of one's own while somebody holds it back: one would ask for it anew.
///
/// # Errors
/// It is held back, or the database is away.
pub(super) fn not_held_back(w: &mut Writing<'_>, grant: Id<ids::Grant>) -> Result<(), Fault> {
    match rows::suspensions_of(w, grant)?.first() {
        Some(suspension) => Err(AccessRefusal::GrantSuspended { cause: suspension.cause }.into()),
        None => Ok(()),
    }
}

/// Lets a grant go on as far as this cause held it back; tells whether it did. Where nothing else stands in its way, it is
/// active again from this instant on. The caller holds the person.
///
/// # Errors
/// The database is away.
pub fn lift(w: &mut Writing<'_>, by: &By, held: &Grant, cause: Cause) -> Result<bool, Broken> {
    lift_because(w, by, held, cause, "")
}

/// As [`lift`], with an admin's own words.
///
/// # Errors
/// The database is away.
pub fn lift_because(w: &mut Writing<'_>, by: &By, held: &Grant, cause: Cause, words: &str) -> Result<bool, Broken> {
    let begun = rows::suspensions_of(w, held.id)?.iter().any(|one| one.cause == cause);
    if !rows::end_suspension(w, held.id, cause, &by.actor)? {
        return Ok(false);
    }
    // One that was to come has held nothing back.
    if !begun {
        return Ok(true);
    }
    let entry = Entry::new(What::GrantSuspensionLifted).person(held.person_id).role(&held.role_id).subject(held.id);
    let texts = json!({ "words": Some(words).filter(|words| !words.is_empty()) });
    audit::rows::append(w, by, entry.data(json!({ "reason": cause.word() })).texts(texts))?;
    settle_access::settle_grants(w, by, held.person_id)?;
    // One that has not begun does not go on by a step.
    if held.state != State::Suspended {
        tell_access::held_no_more(w, held.id)?;
    }
    Ok(true)
}
