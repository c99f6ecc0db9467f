//! What a reviewer leaves behind: the admins are asked instead, so that no access ends because nobody was there to keep it.

use super::{entry, told};
use crate::{
    access::rows,
    audit::{
        self,
        event::{By, What},
    },
    base::{
        ids::{self, Id},
        refusal::Broken,
    },
    certification::notice::NoticeKind,
    db::Writing,
    identity,
};
use serde_json::json;
use std::collections::BTreeSet;

/// Hands the lines that wait for a person to the admins, in the running transaction, and tells them.
///
/// # Errors
/// The database is away.
pub fn hand_to_admins(w: &mut Writing<'_>, by: &By, person: Id<ids::Person>) -> Result<(), Broken> {
    let mut reviews = BTreeSet::new();
    for id in rows::open_lines_for(w, person)? {
        // Somebody may have answered it meanwhile, or handed it on.
        let held = rows::hold_line(w, id)?.filter(|line| line.state.is_open() && line.reviewer_id == Some(person));
        let Some(line) = held else { continue };
        rows::delegate_line(w, &line, None, &by.actor, "")?;
        let data = json!({ "review": line.review_id, "grant": line.grant_id, "from": person, "to": null });
        audit::rows::append(w, by, entry(What::ReviewLineDelegated, &line).data(data))?;
        reviews.insert(line.review_id);
    }
    for review in reviews {
        tell_admins(w, by, review)?;
    }
    Ok(())
}

/// Tells the admins how many lines of a review wait for them now.
fn tell_admins(w: &mut Writing<'_>, by: &By, review: Id<ids::Review>) -> Result<(), Broken> {
    let Some(found) = rows::review(w, review)? else { return Ok(()) };
    let waiting = rows::waiting_by_reviewer(w, review)?;
    let lines: i64 = waiting.into_iter().filter(|one| one.reviewer_id.is_none()).map(|one| one.n).sum();
    let now = w.now();
    let kind = if now >= found.due_at { NoticeKind::ReviewOverdue } else { NoticeKind::ReviewAsks };
    // Whoever leaves comes back, perhaps, and leaves again: each time is told.
    let occasion = format!("left:{}", now.micros());
    for admin in identity::rows::admins(w)? {
        told::tell_one(w, by, &found, admin, lines, kind, &occasion)?;
    }
    Ok(())
}
