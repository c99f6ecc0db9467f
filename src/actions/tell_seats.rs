//! Telling those whose word is missing that a request waits for them: when it does, and when somebody sits elsewhere among the
//! approvers than before, in the transaction that moves them. Whom it does not wait for any more hears no more of it.

use super::{
    notify::tell,
    seats,
    tell_access::{about, waits_key},
};
use crate::{
    access::{
        catalogue::{Approver, Catalogue, Policy},
        request::{Request, State},
        rows,
    },
    audit::event::By,
    base::{
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::{
        notice::{About, NoticeKind},
        rows::{take_back, told_under, unseen_of},
    },
    curriculum,
    db::Writing,
    identity::{self, person::State as PersonState},
};

/// Under which key somebody is told that a request waits. Each time that it comes into review it waits anew, until another
/// moment.
fn once(asked: &Request, who: Id<ids::Person>) -> String {
    format!("{}{}:{who}", waits_key(asked.id), asked.lapses_at.micros())
}

/// Tells those whose word is missing that a request waits for them; who has decided, or whose place is filled, is not asked any
/// more. `asked` is as it stands now.
///
/// # Errors
/// The database is away.
pub(super) fn waits(
    w: &mut Writing<'_>,
    by: &By,
    catalogue: &Catalogue,
    asked: &Request,
    policy: &Policy,
) -> Result<(), Broken> {
    let missing = seats::missing(w, catalogue, policy, asked)?;
    for told in told_under(w, &waits_key(asked.id))? {
        if !missing.contains(&told) {
            take_back(w, &once(asked, told))?;
        }
    }
    // Whoever asked goes on being told that it lapses.
    for told in told_under(w, &rows::lapsing_key(asked.id))? {
        if !missing.contains(&told) && told != asked.person_id {
            take_back(w, &rows::lapses_key(asked.id, asked.lapses_at, told))?;
        }
    }
    for who in missing {
        tell(w, by, who, NoticeKind::RequestWaits, &once(asked, who), &about(asked, asked.lapses_at))?;
    }
    Ok(())
}

/// Somebody decides on other places than before, or on none any more: tells them what waits for them now, and takes back what
/// does not.
///
/// # Errors
/// The database is away.
pub(super) fn sits_elsewhere(
    w: &mut Writing<'_>,
    by: &By,
    catalogue: &Catalogue,
    person: Id<ids::Person>,
) -> Result<(), Broken> {
    let Some(who) = identity::rows::person(w, person)? else { return Ok(()) };
    let mut asking = Vec::new();
    if who.state == PersonState::Active {
        let teams = identity::rows::teams_of(w, person)?;
        let sitters = seats::sitters(w, &who, &teams)?;
        asking = seats::asking(w, catalogue, &sitters)?;
    }
    let mut all = unseen_of(w, person, NoticeKind::RequestWaits)?;
    all.extend(unseen_of(w, person, NoticeKind::RequestLapses)?);
    for (key, told) in all {
        let About::Request { request, requester, .. } = told else { continue };
        // Whoever asked is told that it lapses, whatever else they are.
        if requester == person {
            continue;
        }
        // The list is cut where it is long: what is not on it is looked at by itself.
        if asking.iter().all(|asked| asked.id != request) && !is_asked(w, catalogue, request, person)? {
            take_back(w, &key)?;
        }
    }
    for asked in asking {
        tell(w, by, person, NoticeKind::RequestWaits, &once(&asked, person), &about(&asked, asked.lapses_at))?;
    }
    Ok(())
}

/// Whether a request waits for somebody's word at the instant of the transaction.
fn in_review(w: &Writing<'_>, asked: &Request) -> bool {
    asked.standing_at(w.now()) == State::InReview
}

/// Whether a request waits for this person's word.
fn is_asked(
    w: &mut Writing<'_>,
    catalogue: &Catalogue,
    request: Id<ids::Request>,
    person: Id<ids::Person>,
) -> Result<bool, Broken> {
    match rows::request(w, request)? {
        Some(asked) if in_review(w, &asked) => {
            let policy = rows::policy(w, &asked.policy_id)?;
            Ok(seats::missing(w, catalogue, &policy, &asked)?.contains(&person))
        }
        _ => Ok(false),
    }
}

/// Somebody's own place among the approvers is another one than before, or none any more: they sit elsewhere, and so does
/// whoever stands in for them. Where they had decided, it counts otherwise now, and others may be asked again.
///
/// # Errors
/// The database is away.
pub(super) fn place_moves(
    w: &mut Writing<'_>,
    by: &By,
    catalogue: &Catalogue,
    person: Id<ids::Person>,
) -> Result<(), Broken> {
    sits_elsewhere(w, by, catalogue, person)?;
    for stand_in in rows::delegates_of(w, person)? {
        sits_elsewhere(w, by, catalogue, stand_in.delegate_id)?;
    }
    for asked in rows::in_review_decided_for(w, person)? {
        look_anew(w, by, catalogue, asked.id)?;
    }
    Ok(())
}

/// People have joined teams or left them: where a request waits for the word of such a team, their places are others now.
///
/// # Errors
/// The database is away.
pub(super) fn teams_move(
    w: &mut Writing<'_>,
    by: &By,
    catalogue: &Catalogue,
    people: &[Id<ids::Person>],
    teams: &[String],
) -> Result<(), Broken> {
    if people.is_empty() || teams.is_empty() {
        return Ok(());
    }
    // Asked once, however many they are: most teams decide on nothing.
    let decides = |team: &str| teams.iter().any(|moved| moved == team);
    if !seats::is_named(w, |approver| matches!(approver, Approver::Team(team) if decides(team.as_str())))? {
        return Ok(());
    }
    for person in people {
        place_moves(w, by, catalogue, *person)?;
    }
    Ok(())
}

/// These roles have other owners than before: where a request waits for an owner's word, other people are asked for it.
///
/// # Errors
/// The database is away.
pub(super) fn owners_move(w: &mut Writing<'_>, by: &By, catalogue: &Catalogue, roles: &[Slug]) -> Result<(), Broken> {
    for role in roles {
        for asked in rows::open_requests_for(w, role)? {
            let policy = rows::policy(w, &asked.policy_id)?;
            let by_owners = policy.approval.approvers().any(|approver| matches!(approver, Approver::Owners));
            if by_owners && in_review(w, &asked) {
                look_anew(w, by, catalogue, asked.id)?;
            }
        }
    }
    Ok(())
}

/// Tells of a request in review what has changed in whose word is missing. Where what was said is enough by now, nobody may be left
/// to ask: the next sweep takes the step, and not this transaction, for whoever takes it holds the requester before anybody else.
fn look_anew(w: &mut Writing<'_>, by: &By, catalogue: &Catalogue, request: Id<ids::Request>) -> Result<(), Broken> {
    // Who decides on it at this moment does not know of the place that moves, nor this transaction of what they say.
    rows::hold_request(w, request)?;
    let Some(asked) = rows::request(w, request)?.filter(|asked| in_review(w, asked)) else { return Ok(()) };
    let policy = rows::policy(w, &asked.policy_id)?;
    if seats::is_agreed(w, catalogue, &policy, &asked)? {
        if let Some(head) = curriculum::rows::head(w)? {
            rows::note_agreed(w, asked.id, head.seq)?;
        }
        return Ok(());
    }
    waits(w, by, catalogue, &asked, &policy)
}
