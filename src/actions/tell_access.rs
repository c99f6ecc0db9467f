//! Telling people what their requests and their access come to: once each, in the transaction of what it tells of. What is not
//! news any more is put aside.

use super::{notify::tell, read_decisions, seats};
use crate::{
    access::{
        grant::{EndReason, Grant},
        request::{Request, State},
        rows,
    },
    app::Content,
    audit::event::By,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    certification::{
        notice::{About, NoticeKind},
        rows::put_aside,
    },
    db::Writing,
    identity,
};

/// How long before a request lapses that is told at the earliest, in days; where it waits for less than four times that, in the
/// last quarter.
const LAPSES_DAYS: i64 = 3;

pub(super) fn about(asked: &Request, until: Time) -> About {
    About::Request { request: asked.id, role: asked.role_id.clone(), requester: asked.person_id, until }
}

fn of_grant(held: &Grant, until: Time) -> About {
    About::Access { grant: held.id, role: held.role_id.clone(), until }
}

/// How the notices that a request waits begin their keys.
pub(super) fn waits_key(request: Id<ids::Request>) -> String {
    format!("request:{request}:waits:")
}

/// Nothing waits for anybody's decision any more: it was decided, withdrawn, has lapsed, or is blocked.
///
/// # Errors
/// The database is away.
pub(super) fn waits_no_more(w: &mut Writing<'_>, request: Id<ids::Request>) -> Result<(), Broken> {
    put_aside(w, &waits_key(request))?;
    put_aside(w, &format!("request:{request}:lapses:"))?;
    Ok(())
}

/// Tells whoever asked what came of it: approved, rejected, returned or lapsed.
///
/// # Errors
/// The database is away.
pub(super) fn came_of_it(w: &mut Writing<'_>, by: &By, asked: &Request, kind: NoticeKind) -> Result<(), Broken> {
    waits_no_more(w, asked.id)?;
    let now = w.now();
    // What was asked back is answered or over, whichever comes next.
    put_aside(w, &format!("request:{}:{}:", asked.id, NoticeKind::RequestReturned.word()))?;
    let once = format!("request:{}:{}:{}", asked.id, kind.word(), now.micros());
    tell(w, by, asked.person_id, kind, &once, &about(asked, now))?;
    Ok(())
}

/// It was asked again after it had been returned.
///
/// # Errors
/// The database is away.
pub(super) fn answered(w: &mut Writing<'_>, asked: &Request) -> Result<(), Broken> {
    put_aside(w, &format!("request:{}:{}:", asked.id, NoticeKind::RequestReturned.word()))?;
    put_aside(w, &format!("request:{}:lapses:", asked.id))?;
    Ok(())
}

/// Tells whoever asked, and who has spoken on it before and may read it still, that somebody else said something.
///
/// # Errors
/// The database is away.
pub(super) fn commented(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    asked: &Request,
    comment: Id<ids::Comment>,
    author: Id<ids::Person>,
) -> Result<(), Broken> {
    let now = w.now();
    let mut others = rows::spoken_on(w, asked.id)?;
    others.insert(asked.person_id);
    others.remove(&author);
    for who in others {
        let oversees = identity::rows::person(w, who)?
            .is_some_and(|person| person.capabilities.auditor || person.capabilities.admin);
        if !oversees && !read_decisions::may_read(w, content, asked, Some(who))? {
            continue;
        }
        let once = format!("request:{}:comment:{comment}:{who}", asked.id);
        tell(w, by, who, NoticeKind::RequestCommented, &once, &about(asked, now))?;
    }
    Ok(())
}

/// Tells of the requests that lapse soon: whom they wait for, and whoever asked.
///
/// # Errors
/// The database is away.
pub(super) fn lapse_soon(w: &mut Writing<'_>, by: &By, content: &Content, most: i64) -> Result<(), Broken> {
    let earliest = LAPSES_DAYS * 86_400 * 1_000_000;
    let soon = w.now().plus_micros(earliest);
    let (mut last, mut told): (Option<Request>, i64) = (None, 0);
    // Those that are told later do not stand in front of others.
    while told < most {
        let page = rows::lapsing_requests(w, soon, last.as_ref(), most)?;
        let Some(end) = page.last().cloned() else { break };
        for asked in page {
            told += i64::from(lapses_soon(w, by, content, &asked, earliest)?);
        }
        last = Some(end);
    }
    Ok(())
}

/// Tells of one request, where its time has come: in the last quarter of its waiting, but not earlier than `earliest`, in
/// microseconds, before its end. Tells whether it has.
fn lapses_soon(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    asked: &Request,
    earliest: i64,
) -> Result<bool, Broken> {
    let policy = rows::policy(w, &asked.policy_id)?;
    let lead = if asked.state == State::Blocked {
        earliest
    } else {
        earliest.min(policy.undecided_for.approximate_micros() / 4)
    };
    if w.now() < asked.lapses_at.plus_micros(-lead) {
        return Ok(false);
    }
    let mut whom = match asked.state {
        State::InReview => seats::missing(w, &content.catalogue, &policy, asked)?,
        _ => std::collections::BTreeSet::new(),
    };
    whom.insert(asked.person_id);
    for who in whom {
        let once = rows::lapses_key(asked.id, asked.lapses_at, who);
        tell(w, by, who, NoticeKind::RequestLapses, &once, &about(asked, asked.lapses_at))?;
    }
    Ok(true)
}

/// Tells holders, once, that their access ends soon and can be renewed, where nothing comes after it and nothing is asked for.
///
/// # Errors
/// The database is away.
pub(super) fn ends_soon(w: &mut Writing<'_>, by: &By, most: i64) -> Result<(), Broken> {
    for held in rows::ending_untold(w, most)? {
        rows::note_end_told(w, held.id)?;
        let about = of_grant(&held, held.ends_at);
        tell(w, by, held.person_id, NoticeKind::AccessEnds, &ends_key(held.id), &about)?;
    }
    Ok(())
}

fn ends_key(grant: Id<ids::Grant>) -> String {
    format!("access_ends:{grant}")
}

/// What was told of the end of this access is no news any more: it goes on.
///
/// # Errors
/// The database is away.
pub(super) fn goes_on(w: &mut Writing<'_>, grant: Id<ids::Grant>) -> Result<(), Broken> {
    put_aside(w, &ends_key(grant))?;
    Ok(())
}

/// Tells a holder that their access is suspended.
///
/// # Errors
/// The database is away.
pub(super) fn held_back(w: &mut Writing<'_>, by: &By, held: &Grant) -> Result<(), Broken> {
    let now = w.now();
    let once = format!("{}{}", held_key(held.id), now.micros());
    tell(w, by, held.person_id, NoticeKind::AccessHeld, &once, &of_grant(held, now))?;
    Ok(())
}

/// What was told of its suspension is no news any more.
///
/// # Errors
/// The database is away.
pub(super) fn held_no_more(w: &mut Writing<'_>, grant: Id<ids::Grant>) -> Result<(), Broken> {
    put_aside(w, &held_key(grant))?;
    Ok(())
}

fn held_key(grant: Id<ids::Grant>) -> String {
    format!("access_held:{grant}:")
}

/// Tells a holder that their access has ended, where nobody has told them and they still come here.
///
/// # Errors
/// The database is away.
pub(super) fn ended(w: &mut Writing<'_>, by: &By, held: &Grant, at: Time, reason: EndReason) -> Result<(), Broken> {
    held_no_more(w, held.id)?;
    // That it ends soon is no news any more, whatever ended it.
    put_aside(w, &ends_key(held.id))?;
    let kind = match reason {
        EndReason::Revoked | EndReason::CertificateLost | EndReason::Superseded | EndReason::Unclaimed => {
            NoticeKind::AccessEnded
        }
        EndReason::Withdrawn => NoticeKind::AccessWithdrawn,
        // Reviews and what finds out that nothing is used tell it in words of their own, and whoever gives it back knows; that its
        // time was over was told before.
        EndReason::ReviewLapsed
        | EndReason::ReviewRemoved
        | EndReason::Unused
        | EndReason::Returned
        | EndReason::Expired
        | EndReason::Left => return Ok(()),
    };
    let once = format!("access_ended:{}", held.id);
    tell(w, by, held.person_id, kind, &once, &of_grant(held, at))?;
    Ok(())
}
