//! Who is told of a review, once for each occasion: whoever its lines wait for, and whoever answers in their place meanwhile.

use crate::{
    access::{
        delegation::Delegation,
        review::{Line, Review},
        rows,
    },
    actions::notify,
    audit::event::By,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    certification::{
        notice::{About, NoticeKind},
        rows::{put_aside, told_under, unseen_of},
    },
    db::{Reading, Writing},
    identity,
};
use std::collections::BTreeMap;

/// The occasions on which those who are asked hear of a review: it begins, its due date is near, and that has gone by.
pub(super) const ASKS: &str = "asks";
pub(super) const DUE: &str = "due";
pub(super) const OVERDUE: &str = "overdue";

/// Tells everybody whom lines of a review wait for, once for each occasion; the admins where it is for them.
///
/// # Errors
/// The database is away.
pub(super) fn tell(
    w: &mut Writing<'_>,
    by: &By,
    review: &Review,
    kind: NoticeKind,
    occasion: &str,
) -> Result<(), Broken> {
    let mut waiting: BTreeMap<Id<ids::Person>, i64> = BTreeMap::new();
    for rows::Waiting { reviewer_id, n } in rows::waiting_by_reviewer(w, review.id)? {
        match reviewer_id {
            Some(reviewer) => {
                *waiting.entry(reviewer).or_default() += n;
                for made in rows::delegates_of(w, reviewer)? {
                    tell_in_place(w, by, review, &made, kind, occasion)?;
                }
            }
            None => {
                for admin in identity::rows::admins(w)? {
                    *waiting.entry(admin).or_default() += n;
                }
            }
        }
    }
    for (reviewer, lines) in waiting {
        tell_one(w, by, review, reviewer, lines, kind, occasion)?;
    }
    Ok(())
}

/// Tells one person that lines of a review wait for them, once for each occasion.
///
/// # Errors
/// The database is away.
pub(super) fn tell_one(
    w: &mut Writing<'_>,
    by: &By,
    review: &Review,
    reviewer: Id<ids::Person>,
    lines: i64,
    kind: NoticeKind,
    occasion: &str,
) -> Result<(), Broken> {
    let once = format!("{}{reviewer}", key(review.id, occasion));
    notify::tell(w, by, reviewer, kind, &once, &about(review, lines, None))?;
    Ok(())
}

/// How the keys begin under which people are told of a review on an occasion.
pub(super) fn key(review: Id<ids::Review>, occasion: &str) -> String {
    format!("review:{review}:{occasion}:")
}

fn about(review: &Review, lines: i64, delegator: Option<Id<ids::Person>>) -> About {
    About::Review {
        review: review.id,
        title: review.title.clone(),
        roles: review.roles.clone(),
        lines,
        due: review.due_at,
        delegator,
    }
}

/// How the keys begin under which a delegate is told of a review in the delegator's place: as all that is told of a delegation,
/// which is put aside when it ends.
fn key_in_place(made: Id<ids::Delegation>, review: Id<ids::Review>) -> String {
    format!("delegation:{made}:review:{review}:")
}

/// How many lines of a review wait for a delegate in the delegator's place.
fn waiting_in_place(r: &mut Reading<'_>, made: &Delegation, review: Id<ids::Review>) -> Result<i64, Broken> {
    let all = rows::lines_to_answer(r, made.delegate_id, false)?;
    let these = all.iter().filter(|one| one.review_id == review && one.reviewer_id == Some(made.delegator_id));
    Ok(these.map(|one| one.n).sum())
}

/// Tells a delegate how many lines of a review wait for them in the delegator's place, if any do; once for each occasion.
fn tell_in_place(
    w: &mut Writing<'_>,
    by: &By,
    review: &Review,
    made: &Delegation,
    kind: NoticeKind,
    occasion: &str,
) -> Result<(), Broken> {
    let lines = waiting_in_place(w, made, review.id)?;
    if lines > 0 {
        let once = format!("{}{occasion}", key_in_place(made.id, review.id));
        let about = about(review, lines, Some(made.delegator_id));
        notify::tell(w, by, made.delegate_id, kind, &once, &about)?;
    }
    Ok(())
}

/// What a review that is open asks at an instant, and on which occasion that was told last.
fn present(review: &Review, now: Time) -> (NoticeKind, &'static str) {
    if now >= review.due_at {
        (NoticeKind::ReviewOverdue, OVERDUE)
    } else if now >= review.remind_at {
        (NoticeKind::ReviewDue, DUE)
    } else {
        (NoticeKind::ReviewAsks, ASKS)
    }
}

/// Tells a delegate, whose delegation has begun, of every review in which lines wait for them in the delegator's place.
///
/// # Errors
/// The database is away.
pub(in crate::actions) fn stands_in(w: &mut Writing<'_>, by: &By, made: &Delegation) -> Result<(), Broken> {
    let now = w.now();
    for one in rows::lines_to_answer(w, made.delegate_id, false)? {
        // What was told since it began, before anybody wrote down that it has, is not told again.
        if one.reviewer_id != Some(made.delegator_id) || is_told(w, made, one.review_id)? {
            continue;
        }
        if let Some(review) = rows::review(w, one.review_id)?.filter(|review| now < review.lapses_at) {
            let (kind, occasion) = present(&review, now);
            tell_in_place(w, by, &review, made, kind, occasion)?;
        }
    }
    Ok(())
}

/// Whether a delegate was told of a review in the delegator's place, and has not put that aside.
fn is_told(r: &mut Reading<'_>, made: &Delegation, review: Id<ids::Review>) -> Result<bool, Broken> {
    Ok(!told_under(r, &key_in_place(made.id, review))?.is_empty())
}

/// Tells whoever a line was handed to that it waits for them, and whoever answers in their place; not those who were told the
/// same of the review and have not looked at it yet: they find the line there. `line` is as it was before.
///
/// # Errors
/// The database is away.
pub(super) fn handed(
    w: &mut Writing<'_>,
    by: &By,
    review: &Review,
    line: &Line,
    to: Id<ids::Person>,
) -> Result<(), Broken> {
    let now = w.now();
    // They may have answered all that was there, and put aside what was told of it; and a line comes back, perhaps.
    let (kind, occasion) = (present(review, now).0, format!("handed:{}:{}", line.id, now.micros()));
    if !is_known(w, to, kind, review.id, None)? {
        tell_one(w, by, review, to, 1, kind, &occasion)?;
    }
    for made in rows::delegates_of(w, to)? {
        if !is_known(w, made.delegate_id, kind, review.id, Some(made.delegator_id))? {
            tell_in_place(w, by, review, &made, kind, &occasion)?;
        }
    }
    waits_no_more(w, review.id, line.reviewer_id)
}

/// Whether somebody has a notice of this kind about a review that they have not looked at: of what waits for themselves, or in
/// somebody's place.
fn is_known(
    r: &mut Reading<'_>,
    who: Id<ids::Person>,
    kind: NoticeKind,
    asked: Id<ids::Review>,
    place: Option<Id<ids::Person>>,
) -> Result<bool, Broken> {
    let same = |about: &About| match about {
        About::Review { review, delegator, .. } => (*review, *delegator) == (asked, place),
        _ => false,
    };
    Ok(unseen_of(r, who, kind)?.iter().any(|(_, about)| same(about)))
}

/// Lines of a review wait no more for those they waited for: what was told of it in their place is put aside where nothing else of
/// it waits for them. Called once for however many lines: all that wait are counted for each of these people.
///
/// # Errors
/// The database is away.
pub(super) fn waits_no_more(
    w: &mut Writing<'_>,
    review: Id<ids::Review>,
    for_whom: impl IntoIterator<Item = Id<ids::Person>>,
) -> Result<(), Broken> {
    for reviewer in for_whom {
        for made in rows::delegates_of(w, reviewer)? {
            if waiting_in_place(w, &made, review)? == 0 {
                put_aside(w, &key_in_place(made.id, review))?;
            }
        }
    }
    Ok(())
}
