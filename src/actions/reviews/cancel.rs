//! Calling a review off before its due date: nothing is kept or removed by it.

use super::{entry, move_line, told};
use crate::{
    access::{
        grant::Cause,
        request::AccessRefusal,
        review::{LineState, ReviewRefusal, State},
        rows,
    },
    actions::{About, act},
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        paging::Paging,
        refusal::{Broken, Fault},
    },
    certification::rows::put_aside,
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::actor::Actor,
};
use serde_json::json;
use std::collections::BTreeSet;

/// Calls a review off, for a reason. What was answered stays answered, and what another review holds back stays held back.
///
/// # Errors
/// The actor is no admin, there is no such review, it is not open, its due date has gone by, or the database is away.
pub async fn cancel_review(app: &App, actor: &Actor, review: Id<ids::Review>, reason: String) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "cancel_review", About::nothing().subject(review), move |w, by| {
        caller.as_admin()?;
        let found = rows::review(w, review)?.ok_or(ReviewRefusal::NoSuchReview)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        AccessRefusal::check_reason(reason)?;
        if found.state != State::Open {
            return Err(ReviewRefusal::NotOpen { state: found.state.word() }.into());
        }
        if w.now() >= found.due_at {
            return Err(ReviewRefusal::Due.into());
        }
        let step = Step { from: "open", to: "cancelled", actor: &by.actor, reason: "" };
        if !lifecycle::advance(w, Entity::Review, &review.to_string(), step)? {
            return Err(ReviewRefusal::NotOpen { state: found.state.word() }.into());
        }
        rows::note_review_end(w, review, &by.actor, reason)?;
        put_aside(w, &format!("review:{review}:"))?;
        let (mut cancelled, mut asked) = (0_i64, BTreeSet::new());
        let open = rows::LineFilter { open: true, ..rows::LineFilter::default() };
        loop {
            let lines = rows::review_lines(w, review, &open, &Paging::first(1_000))?.items;
            if lines.is_empty() {
                break;
            }
            for line in lines {
                if move_line(w, by, &line, line.state, LineState::Cancelled)? {
                    // Its own grant first: where that has ended, it is none of the live ones.
                    rows::end_suspension(w, line.grant_id, Cause::Review, &by.actor)?;
                    for grant in rows::grants_of_line(w, &line, found.started_at)? {
                        rows::end_suspension(w, grant, Cause::Review, &by.actor)?;
                        leave_to_review_before(w, by, grant)?;
                    }
                    let said = entry(What::ReviewLineCancelled, &line);
                    audit::rows::append(w, by, said.data(json!({ "review": review, "grant": line.grant_id })))?;
                    cancelled += 1;
                    asked.extend(line.reviewer_id);
                }
            }
        }
        told::waits_no_more(w, review, asked)?;
        let said = Entry::new(What::ReviewCancelled).subject(review).data(json!({ "lines": cancelled }));
        audit::rows::append(w, by, said.texts(json!({ "reason": reason })))?;
        Ok(())
    })
    .await
}

/// Holds a grant back for another review that asks about it still: there is one place for what reviews hold back, and this one had
/// taken it over, or found it taken.
fn leave_to_review_before(w: &mut Writing<'_>, by: &By, grant: Id<ids::Grant>) -> Result<(), Broken> {
    let now = w.now();
    if let Some(due) = rows::review_due_of(w, grant)? {
        rows::insert_suspension(w, grant, Cause::Review, due.max(now), &by.actor, "")?;
    }
    Ok(())
}
