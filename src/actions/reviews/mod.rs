//! Reviews: begun by an admin or by a role's own rule, answered by those who are responsible, and brought to their end.

pub mod answer;
pub mod cancel;
pub mod delegate;
pub mod due;
pub mod leave;
pub mod pack;
pub mod read;
mod sits;
pub mod start;
pub(super) mod told;

use crate::{
    access::{
        grant::Cause,
        review::{Facts, Line, LineState, Required, Review, State},
        rows,
    },
    audit::{
        self,
        event::{By, Entry as Told, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    certification::{self, certificate::Certificate, requirement, rows::put_aside},
    db::{
        Reading, Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::actor::Actor,
};
use serde_json::json;
use std::collections::{BTreeMap, btree_map::Entry};

/// The facts beside each of these grants at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub(super) fn facts(
    r: &mut Reading<'_>,
    grants: &[Id<ids::Grant>],
) -> Result<BTreeMap<Id<ids::Grant>, (crate::access::grant::Grant, Facts)>, Broken> {
    let at = r.at();
    let uses = rows::uses(r, grants)?;
    let mut held = Vec::with_capacity(grants.len());
    for id in grants {
        held.extend(rows::grant(r, *id)?);
    }
    let mut peers = BTreeMap::new();
    let roles: std::collections::BTreeSet<_> = held.iter().map(|grant| grant.role_id.clone()).collect();
    for role in roles {
        let people: Vec<_> = held.iter().filter(|grant| grant.role_id == role).map(|grant| grant.person_id).collect();
        for (person, counted) in rows::peers_holding(r, &role, &people)? {
            peers.insert((role.clone(), person), counted);
        }
    }
    let mut certificates: BTreeMap<Id<ids::Person>, Vec<Certificate>> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for grant in held {
        let earned = match certificates.entry(grant.person_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(certification::rows::certificates_of(r, grant.person_id)?),
        };
        let policy = rows::policy(r, &grant.policy_id)?;
        let required = requirement::judge(&policy.requires, earned, at)
            .into_iter()
            .map(|one| Required { any_of: one.any_of, met_until: one.met_by.map(|met| met.ends_at) })
            .collect();
        let (peers, peers_holding) = peers.get(&(grant.role_id.clone(), grant.person_id)).copied().unwrap_or_default();
        let facts = Facts {
            at,
            last_used_at: uses.get(&grant.id).and_then(|one| one.last()),
            held_since: grant.starts_at,
            ends_at: grant.ends_at,
            state: grant.state.word().to_owned(),
            effective: rows::is_effective(r, grant.id)?,
            certificates: required,
            peers,
            peers_holding,
        };
        found.insert(grant.id, (grant, facts));
    }
    Ok(found)
}

/// Where a line stands at an instant, whether or not a sweep came by.
#[must_use]
pub fn standing(line: &Line, review: &Review, at: Time) -> LineState {
    judged(line.state, review, at)
}

/// What the clock makes of a state: an open line of an open review is overdue from the due date on, and lapses in the end.
pub(super) fn judged(state: LineState, review: &Review, at: Time) -> LineState {
    match state {
        done if !done.is_open() => done,
        _ if at >= review.lapses_at => LineState::Lapsed,
        LineState::Pending | LineState::Delegated if at >= review.due_at => LineState::Overdue,
        other => other,
    }
}

/// The line's entry in the log: about its holder and role, and by its own id.
pub(super) fn entry(what: What, line: &Line) -> Told {
    Told::new(what).person(line.person_id).role(&line.role_id).subject(line.id)
}

/// Moves a line along; tells whether it was where it was thought to be. What waits no more is no news for whoever would have
/// answered it in another's place: whoever moves lines calls [`told::waits_no_more`] once they are moved, for that counts what is
/// left.
pub(super) fn move_line(
    w: &mut Writing<'_>,
    by: &By,
    line: &Line,
    from: LineState,
    to: LineState,
) -> Result<bool, Broken> {
    let step = Step { from: from.word(), to: to.word(), actor: &by.actor, reason: "" };
    lifecycle::advance(w, Entity::ReviewLine, &line.id.to_string(), step)
}

/// Notes of a line that its grant has ended for another reason, with nothing in its place. As with [`move_line`], the caller sees to
/// what was told.
pub(super) fn gone(w: &mut Writing<'_>, by: &By, line: &Line) -> Result<(), Broken> {
    if move_line(w, by, line, line.state, LineState::Gone)? {
        rows::end_suspension(w, line.grant_id, Cause::Review, &by.actor)?;
        put_aside(w, &format!("review_line:{}:overdue", line.id))?;
        let data = json!({ "review": line.review_id, "grant": line.grant_id });
        audit::rows::append(w, by, entry(What::ReviewLineGone, line).data(data))?;
    }
    Ok(())
}

/// Lets the grants of a line go on as far as its review held them back, or would have.
///
/// # Errors
/// The database is away.
pub(super) fn release(w: &mut Writing<'_>, by: &By, line: &Line, review: &Review) -> Result<(), Broken> {
    put_aside(w, &format!("review_line:{}:overdue", line.id))?;
    for id in rows::grants_of_line(w, line, review.started_at)? {
        if let Some(held) = rows::grant(w, id)? {
            super::suspend_grant::lift(w, by, &held, Cause::Review)?;
        }
    }
    Ok(())
}

/// Lets go on what came in the place of a line's grant and is asked about by another review: what this one held back is kept, so
/// that the other holds it back from its own due date on and not before.
///
/// # Errors
/// The database is away.
pub(super) fn leave_to_others(w: &mut Writing<'_>, by: &By, line: &Line, review: &Review) -> Result<(), Broken> {
    for one in rows::asked_elsewhere(w, line, review.started_at)? {
        let begun = rows::suspensions_of(w, one.grant_id)?.iter().any(|held_back| held_back.cause == Cause::Review);
        let Some(held) = rows::grant(w, one.grant_id)?.filter(|_| begun) else { continue };
        super::suspend_grant::lift(w, by, &held, Cause::Review)?;
        rows::insert_suspension(w, held.id, Cause::Review, one.due_at, &by.actor, "")?;
    }
    Ok(())
}

/// Closes a review in which nothing waits for an answer any more; tells whether it did.
///
/// # Errors
/// The database is away.
pub(super) fn close_if_done(w: &mut Writing<'_>, by: &By, review: &Review) -> Result<bool, Broken> {
    if review.state != State::Open {
        return Ok(false);
    }
    // Two who answer the last two lines at once would each see the other's wait still.
    rows::hold_review(w, review.id)?;
    if rows::has_open_lines(w, review.id)? {
        return Ok(false);
    }
    let step = Step { from: "open", to: "closed", actor: &by.actor, reason: "every line is answered" };
    if !lifecycle::advance(w, Entity::Review, &review.id.to_string(), step)? {
        return Ok(false);
    }
    rows::note_review_end(w, review.id, &by.actor, "")?;
    put_aside(w, &format!("review:{}:", review.id))?;
    let mut counted: BTreeMap<&'static str, i64> = BTreeMap::new();
    for one in rows::review_counts(w, review.id)? {
        *counted.entry(one.state.word()).or_default() += one.n;
    }
    audit::rows::append(w, by, Told::new(What::ReviewClosed).subject(review.id).data(json!({ "lines": counted })))?;
    Ok(true)
}

/// What a reader of reviews may see: everything as an auditor, else what they are or were asked for.
pub(super) fn sees_all(caller: &Actor) -> bool {
    caller.as_auditor().is_ok()
}
