//! Telling people what their requests and their access come to: once each, in the transaction of what it tells of. What is not
//! news any more is put aside.

use super::{notify::tell, read_decisions, seats};
use crate::{
    access::{
        grant::{Cause, EndReason, Grant},
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
        rows::{carry_on, is_unseen_under, put_aside, told_under},
    },
    db::{Reading, Writing},
    identity,
};

/// How long before a request lapses that is told at the earliest, in microseconds (three days); where it waits for less than
/// four times that, in the last quarter.
const EARLIEST_MICROS: i64 = 3 * 86_400 * 1_000_000;

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
    lapses_later(w, request)
}

/// What was told of when a request lapses is no news any more: it lapses at another moment, or not at all.
///
/// # Errors
/// The database is away.
pub(super) fn lapses_later(w: &mut Writing<'_>, request: Id<ids::Request>) -> Result<(), Broken> {
    put_aside(w, &rows::lapsing_key(request))?;
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
    lapses_later(w, asked.id)
}

/// Tells whoever asked, and who has spoken on it before and may read it still, that somebody else said something; not those who
/// were told so and have not looked at it yet: the page has all that was said.
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
        let key = format!("request:{}:comment:{who}:", asked.id);
        if is_unseen_under(w, &key)? {
            continue;
        }
        let once = format!("{key}{comment}");
        tell(w, by, who, NoticeKind::RequestCommented, &once, &about(asked, now))?;
    }
    Ok(())
}

/// The requests that lapse soon, and of which that is to be told now: at most `most`, the next to lapse first.
///
/// # Errors
/// The database is away.
pub(super) fn lapsing(r: &mut Reading<'_>, most: i64) -> Result<Vec<Request>, Broken> {
    let soon = r.at().plus_micros(EARLIEST_MICROS);
    let (mut last, mut due): (Option<Request>, Vec<Request>) = (None, Vec::new());
    let wanted = usize::try_from(most).unwrap_or(usize::MAX);
    // Those that are told later do not stand in front of others.
    while due.len() < wanted {
        let page = rows::lapsing_requests(r, soon, last.as_ref(), most)?;
        let Some(end) = page.last().cloned() else { break };
        for asked in page {
            if is_time(r, &asked)? {
                due.push(asked);
            }
        }
        last = Some(end);
    }
    due.truncate(wanted);
    Ok(due)
}

/// Whether it is time to tell that a request lapses: in the last quarter of its waiting, but not earlier than some days before
/// its end.
fn is_time(r: &mut Reading<'_>, asked: &Request) -> Result<bool, Broken> {
    let lead = if asked.state == State::Blocked {
        EARLIEST_MICROS
    } else {
        let policy = rows::policy(r, &asked.policy_id)?;
        EARLIEST_MICROS.min(policy.undecided_for.approximate_micros() / 4)
    };
    Ok(r.at() >= asked.lapses_at.plus_micros(-lead))
}

/// Tells that a request lapses soon, where it still does: whom it waits for, and whoever asked. The caller holds that person.
///
/// # Errors
/// The database is away.
pub(super) fn lapses_soon(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    request: Id<ids::Request>,
) -> Result<(), Broken> {
    // What was decided or withdrawn since it was looked for lapses no more, and what was moved on lapses later.
    let Some(asked) = rows::request(w, request)?.filter(|asked| asked.standing_at(w.now()).is_open()) else {
        return Ok(());
    };
    if !is_time(w, &asked)? {
        return Ok(());
    }
    let mut whom = std::collections::BTreeSet::new();
    if asked.state == State::InReview {
        let policy = rows::policy(w, &asked.policy_id)?;
        whom = seats::missing(w, &content.catalogue, &policy, &asked)?;
    }
    whom.insert(asked.person_id);
    for who in whom {
        let once = rows::lapses_key(asked.id, asked.lapses_at, who);
        tell(w, by, who, NoticeKind::RequestLapses, &once, &about(&asked, asked.lapses_at))?;
    }
    Ok(())
}

/// Tells a holder, once, that their access ends soon and can be renewed, where still nothing comes after it and nothing is asked
/// for. The caller holds them.
///
/// # Errors
/// The database is away.
pub(super) fn ends_soon(w: &mut Writing<'_>, by: &By, grant: Id<ids::Grant>) -> Result<(), Broken> {
    for held in rows::ending_untold(w, Some(grant), 1)? {
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

/// What was told of a grant is no news any more, whatever ended it: that it is held back, and that it ends soon. Where what comes
/// after it is held back as well, the former is news of that.
///
/// # Errors
/// The database is away.
pub(super) fn over(w: &mut Writing<'_>, held: &Grant) -> Result<(), Broken> {
    match held_after(w, held)? {
        Some(next) => carry_on(w, &held_key(held.id), &held_key(next))?,
        None => held_no_more(w, held.id)?,
    }
    put_aside(w, &ends_key(held.id))?;
    Ok(())
}

/// What an admin holds back of the access of a grant that has ended, where somebody was told of it and has not put that aside.
fn held_after(r: &mut Reading<'_>, held: &Grant) -> Result<Option<Id<ids::Grant>>, Broken> {
    if told_under(r, &held_key(held.id))?.is_empty() {
        return Ok(None);
    }
    for next in rows::access_of(r, held)?.into_iter().filter(|next| next.id != held.id) {
        if rows::suspensions_of(r, next.id)?.iter().any(|one| one.cause == Cause::Admin) {
            return Ok(Some(next.id));
        }
    }
    Ok(None)
}

/// Tells a holder that their access has ended, where nobody has told them and they still come here.
///
/// # Errors
/// The database is away.
pub(super) fn ended(w: &mut Writing<'_>, by: &By, held: &Grant, at: Time, reason: EndReason) -> Result<(), Broken> {
    over(w, held)?;
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
