//! Settling: what the clock, certificates and decisions ask of a person's grants and requests is written down.
//!
//! Whether somebody has access never waits for this: `effective_access` judges by the instant. Settling keeps the
//! words (suspended, ended, in review) true, and ends what was lost for longer than its grace.

use super::{seats, suspend_grant, tell_access, tell_seats};
use crate::{
    access::{
        catalogue::{Approval, Policy, Role},
        grant::{self, Due, EndReason, Grant, State as GrantState},
        request::{self, Request, State as RequestState, Verdict},
        rows::{self},
    },
    app::Content,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    certification::{self, notice::NoticeKind, requirement},
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

/// How long a request may wait for certifications that are still to be earned.
pub const BLOCKED_DAYS: i64 = 90;

/// Why a request lapses that nobody decided.
pub const UNDECIDED: &str = "nobody decided in time";
/// Why grants end and requests lapse with their role.
pub const ROLE_GONE: &str = "the role left the catalogue";
/// Why they do when it is in another warehouse now.
pub const ROLE_MOVED: &str = "the role moved to another warehouse";

/// Takes every step that is due for a person: grants first, then requests.
///
/// # Errors
/// The database is away.
pub fn settle(w: &mut Writing<'_>, by: &By, content: &Content, person: Id<ids::Person>) -> Result<(), Broken> {
    settle_grants(w, by, person)?;
    settle_requests(w, by, content, person)
}

/// Takes every step that is due for a person's grants.
///
/// # Errors
/// The database is away.
pub fn settle_grants(w: &mut Writing<'_>, by: &By, person: Id<ids::Person>) -> Result<(), Broken> {
    let certificates = certification::rows::certificates_of(w, person)?;
    let now = w.now();
    // Ends come first (they are ordered by start), so that a scheduled renewal finds its place free.
    for held in rows::live_grants(w, person, None)? {
        let policy = rows::policy(w, &held.policy_id)?;
        let suspensions = rows::suspensions_of(w, held.id)?;
        let mut held = held;
        // A grant may need two steps at once: activate, then suspend.
        for _ in 0..3 {
            let lost = requirement::lost_at(&policy.requires, &certificates, held.starts_at, now);
            match held.due(lost, !suspensions.is_empty(), now) {
                Due::Nothing => break,
                Due::Activate => {
                    move_grant(w, by, &mut held, GrantState::Active, What::GrantActivated, "started")?;
                }
                Due::Suspend => {
                    let why = match suspensions.first() {
                        Some(suspension) if lost.is_none() => suspension.cause.word(),
                        _ => grant::CERTIFICATION_MISSING,
                    };
                    if move_grant(w, by, &mut held, GrantState::Suspended, What::GrantSuspended, why)? && lost.is_some()
                    {
                        tell_access::held_back(w, by, &held)?;
                    }
                }
                Due::Resume => {
                    // Where it was held back last, that was lifted; else a certification is back.
                    let lifted = rows::suspension_history(w, held.id)?.iter().any(|one| one.until_at == Some(now));
                    let why = if lifted { "suspension lifted" } else { "certification back" };
                    move_grant(w, by, &mut held, GrantState::Active, What::GrantResumed, why)?;
                    tell_access::held_no_more(w, held.id)?;
                }
                Due::End { at, reason } => {
                    rows::end_grant(w, held.id, at, reason)?;
                    if move_grant(w, by, &mut held, GrantState::Ended, What::GrantEnded, reason.word())? {
                        tell_access::ended(w, by, &held, at, reason)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Takes one step of a grant; tells whether nobody else has.
fn move_grant(
    w: &mut Writing<'_>,
    by: &By,
    held: &mut Grant,
    to: GrantState,
    what: What,
    reason: &str,
) -> Result<bool, Broken> {
    let step = Step { from: held.state.word(), to: to.word(), actor: &by.actor, reason };
    let moved = lifecycle::advance(w, Entity::Grant, &held.id.to_string(), step)?;
    if moved {
        let entry = Entry::new(what).person(held.person_id).role(&held.role_id).subject(held.id);
        audit::rows::append(w, by, entry.data(json!({ "reason": reason })))?;
    }
    held.state = to;
    Ok(moved)
}

/// Ends a grant now, for a reason, and tells its holder; tells whether it was alive.
///
/// # Errors
/// The database is away.
pub fn end_now(w: &mut Writing<'_>, by: &By, held: &Grant, reason: EndReason, words: &str) -> Result<bool, Broken> {
    let (now, ended) = (w.now(), end(w, by, held, reason, words)?);
    if ended {
        tell_access::ended(w, by, held, now, reason)?;
    }
    Ok(ended)
}

/// As [`end_now`], with another one of the same access whose holder was told so just now.
///
/// # Errors
/// The database is away.
pub fn end_along(w: &mut Writing<'_>, by: &By, held: &Grant, reason: EndReason, words: &str) -> Result<bool, Broken> {
    let ended = end(w, by, held, reason, words)?;
    if ended {
        tell_access::over(w, held)?;
    }
    Ok(ended)
}

fn end(w: &mut Writing<'_>, by: &By, held: &Grant, reason: EndReason, words: &str) -> Result<bool, Broken> {
    let now = w.now();
    // Where nobody says why in words, the history has the word for it.
    let word = if words.is_empty() { reason.word() } else { "" };
    let step = Step { from: held.state.word(), to: GrantState::Ended.word(), actor: &by.actor, reason: word };
    if held.state == GrantState::Ended || !lifecycle::advance_for(w, Entity::Grant, &held.id.to_string(), step, words)?
    {
        return Ok(false);
    }
    rows::end_grant(w, held.id, now, reason)?;
    let entry = Entry::new(What::GrantEnded).person(held.person_id).role(&held.role_id).subject(held.id);
    audit::rows::append(w, by, entry.data(json!({ "reason": reason.word() })).texts(json!({ "words": words })))?;
    Ok(true)
}

/// Ends these grants of one access now, for one reason, and tells their holder once; returns those that were alive.
///
/// # Errors
/// The database is away.
pub fn end_all(
    w: &mut Writing<'_>,
    by: &By,
    grants: &[Grant],
    reason: EndReason,
    words: &str,
) -> Result<Vec<Id<ids::Grant>>, Broken> {
    let mut ended = Vec::with_capacity(grants.len());
    for held in grants {
        let alive = if ended.is_empty() {
            end_now(w, by, held, reason, words)?
        } else {
            end_along(w, by, held, reason, words)?
        };
        if alive {
            ended.push(held.id);
        }
    }
    Ok(ended)
}

fn settle_requests(w: &mut Writing<'_>, by: &By, content: &Content, person: Id<ids::Person>) -> Result<(), Broken> {
    let now = w.now();
    for asked in rows::requests_of(w, person)?.into_iter().filter(|asked| asked.state.is_open()) {
        if now >= asked.lapses_at {
            lapse(w, by, &asked, UNDECIDED)?;
        } else if matches!(asked.state, RequestState::Blocked | RequestState::InReview) {
            let policy = rows::policy(w, &asked.policy_id)?;
            consider(w, by, content, &asked, &policy)?;
        }
        rows::forget_agreed(w, asked.id, content.version.seq)?;
    }
    Ok(())
}

/// Closes a request that can't lead to a grant any more, for a reason in the service's own words.
///
/// # Errors
/// The database is away.
pub fn lapse(w: &mut Writing<'_>, by: &By, asked: &Request, reason: &str) -> Result<(), Broken> {
    let step = Step { from: asked.state.word(), to: "lapsed", actor: &by.actor, reason };
    if lifecycle::advance(w, Entity::Request, &asked.id.to_string(), step)? {
        rows::close_request(w, asked.id)?;
        let entry = Entry::new(What::RequestLapsed).person(asked.person_id).role(&asked.role_id).subject(asked.id);
        audit::rows::append(w, by, entry.data(json!({ "reason": reason })))?;
        tell_access::came_of_it(w, by, asked, NoticeKind::RequestLapsed)?;
    }
    Ok(())
}

/// Why a role is not given, although this process knows it: by the catalogue in force it has left, or is elsewhere. Where it is
/// there it stays to the end of the transaction. The caller holds the person whom it would be given to.
///
/// # Errors
/// The database is away.
pub(super) fn taken_away(w: &mut Writing<'_>, role: &Role) -> Result<Option<&'static str>, Broken> {
    Ok(match rows::hold_place(w, &role.id)? {
        None => Some(ROLE_GONE),
        Some(warehouse) if warehouse != role.warehouse => Some(ROLE_MOVED),
        Some(_) => None,
    })
}

/// Moves a request on as far as its requirement and its approvals allow; grants the role when both are there.
///
/// # Errors
/// The database is away.
pub fn consider(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    asked: &Request,
    policy: &Policy,
) -> Result<RequestState, Broken> {
    let now = w.now();
    let id = asked.id.to_string();
    // A replica that had not heard of it yet may have taken the request.
    let Some(role) = content.catalogue.roles.get(&asked.role_id) else {
        lapse(w, by, asked, ROLE_GONE)?;
        return Ok(RequestState::Lapsed);
    };
    let certificates = certification::rows::certificates_of(w, asked.person_id)?;
    let standings = requirement::judge(&policy.requires, &certificates, now);
    let entry = |what| Entry::new(what).person(asked.person_id).role(&asked.role_id).subject(asked.id);

    if requirement::met_until(&standings).is_none() {
        if asked.state != RequestState::Blocked {
            let step = Step {
                from: asked.state.word(),
                to: "blocked",
                actor: &by.actor,
                reason: "a certification is missing",
            };
            if lifecycle::advance(w, Entity::Request, &id, step)? {
                rows::set_lapse(w, asked.id, now.plus_seconds(BLOCKED_DAYS * 86_400))?;
                audit::rows::append(w, by, entry(What::RequestBlocked))?;
                tell_access::waits_no_more(w, asked.id)?;
            }
        }
        return Ok(RequestState::Blocked);
    }

    let (mut state, mut lapses_at) = (asked.state, asked.lapses_at);
    let auto = matches!(policy.approval, Approval::Auto);
    // Looked at where it would be granted, which is here where nobody is asked: this process may not have followed yet.
    let mut taken = if auto { taken_away(w, role)? } else { None };
    // An automatic role asked for with everything in hand goes straight from submitted to approved.
    let at_once = auto && taken.is_none() && state == RequestState::Submitted;
    if state != RequestState::InReview && !at_once {
        let step =
            Step { from: state.word(), to: "in_review", actor: &by.actor, reason: "everything required is there" };
        if !lifecycle::advance(w, Entity::Request, &id, step)? {
            return Ok(state);
        }
        state = RequestState::InReview;
        lapses_at = now.plus(&policy.undecided_for);
        rows::set_lapse(w, asked.id, lapses_at)?;
        tell_access::lapses_later(w, asked.id)?;
        audit::rows::append(w, by, entry(What::RequestInReview))?;
    }

    let decisions = rows::decisions(w, asked.id)?;
    let round = seats::present_round(&decisions);
    let approvals: Vec<&request::Decision> =
        decisions.iter().filter(|d| d.round == round && d.decision == Verdict::Approve).collect();
    if !auto {
        let clauses = seats::approvers(w, &content.catalogue, policy, asked)?;
        let said_yes: BTreeSet<_> = approvals.iter().map(|d| d.place()).collect();
        if !request::approved(&clauses, &said_yes) {
            let waiting = Request { state, lapses_at, ..asked.clone() };
            tell_seats::waits(w, by, &content.catalogue, &waiting, policy)?;
            return Ok(state);
        }
        taken = taken_away(w, role)?;
    }
    if let Some(reason) = taken {
        lapse(w, by, &Request { state, ..asked.clone() }, reason)?;
        return Ok(RequestState::Lapsed);
    }
    let step = Step {
        from: state.word(),
        to: "approved",
        actor: &by.actor,
        reason: if auto { "automatic" } else { "approved" },
    };
    if !lifecycle::advance(w, Entity::Request, &id, step)? {
        return Ok(state);
    }
    rows::close_request(w, asked.id)?;
    audit::rows::append(
        w,
        by,
        entry(What::RequestApproved).data(json!({
            "automatic": auto,
            "approvals": approvals.iter().map(|d| d.person_id).collect::<Vec<_>>(),
        })),
    )?;
    // Whoever is given it where they ask sees it there.
    if state == RequestState::InReview {
        tell_access::came_of_it(w, by, asked, NoticeKind::RequestApproved)?;
    }
    give(w, by, role, asked, policy, approvals.iter().filter_map(|d| d.cap_micros))?;
    Ok(RequestState::Approved)
}

/// Gives the grant of an approved request: now, or where one is running, from its end on. Where an admin holds the person's access
/// to the role back, this one is held back, too. The caller has looked whether the role is there ([`taken_away`]).
fn give(
    w: &mut Writing<'_>,
    by: &By,
    role: &Role,
    asked: &Request,
    policy: &Policy,
    caps: impl IntoIterator<Item = i64>,
) -> Result<(), Broken> {
    // What is over, and no sweep has come by, neither stands in the way nor puts the next one off.
    settle_grants(w, by, asked.person_id)?;
    let now = w.now();
    let mut earlier = rows::live_grants(w, asked.person_id, Some(&asked.role_id))?;
    earlier.retain(|held| !held.emergency);
    let running = earlier.iter().filter(|held| held.state != GrantState::Scheduled).map(|held| held.ends_at).max();
    // Where one is running the next begins at its end; never before it was asked for, nor before now.
    let starts_at = running.into_iter().chain(asked.starts_at).fold(now, Time::max);
    let state = if starts_at > now { GrantState::Scheduled } else { GrantState::Active };
    let held = Grant {
        id: Id::new(now),
        person_id: asked.person_id,
        role_id: asked.role_id.clone(),
        warehouse_id: role.warehouse.clone(),
        request_id: asked.id,
        policy_id: asked.policy_id.clone(),
        state,
        starts_at,
        ends_at: grant::end(starts_at, asked.wanted_micros, caps, policy.max_duration.approximate_micros()),
        withdrawn_at: None,
        granted_at: now,
        grace_micros: policy.grace_after_lapse.approximate_micros(),
        ended_reason: None,
        // Whoever renews has it in use.
        claim_by_at: policy.claim_by.as_ref().filter(|_| running.is_none()).map(|span| starts_at.plus(span)),
        claimed_at: None,
        emergency: false,
    };
    if !rows::insert_grant(w, &held)? {
        return Err(Broken::defect(format!("{} holds a live grant of {} already", held.person_id, held.role_id)));
    }
    lifecycle::begin(w, Entity::Grant, &held.id.to_string(), state.word(), &by.actor, "approved")?;
    for one in &earlier {
        tell_access::goes_on(w, one.id)?;
    }
    // What a review asks of the one before, it asks of this one.
    if let Some(due) = rows::review_due_for(w, held.person_id, &held.role_id)? {
        rows::insert_suspension(w, held.id, grant::Cause::Review, due.max(now), &by.actor, "")?;
    }
    let entry = Entry::new(What::GrantGiven).person(held.person_id).role(&held.role_id).subject(held.id);
    audit::rows::append(
        w,
        by,
        entry.data(json!({ "request": asked.id, "starts_at": held.starts_at, "ends_at": held.ends_at, "policy": held.policy_id })),
    )?;
    suspend_grant::carry_over(w, by, &earlier, &held)
}
