//! Answering lines of a review: keeping a grant or removing it; several at once, all or none of them.

use super::{close_if_done, entry, facts, gone, leave_to_others, move_line, release, sits::Sits, standing, told};
use crate::{
    access::{
        grant::{Cause, EndReason},
        request::AccessRefusal,
        review::{Line, Review, ReviewRefusal, State, Verdict, is_late},
        rows,
    },
    actions::{About, act, notify, seats::Place, settle_access},
    app::App,
    audit::{
        self,
        event::{By, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    certification::notice::{self, NoticeKind},
    db::Writing,
    identity::{
        self,
        actor::{Actor, Signed},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

/// What is said of lines.
#[derive(Clone, Debug)]
pub struct Answer {
    pub verdict: Verdict,
    /// Needed to remove.
    pub comment: String,
}

impl Answer {
    /// What is said with it.
    fn words(&self) -> Result<&str, AccessRefusal> {
        let comment = self.comment.trim();
        if comment.is_empty() && self.verdict == Verdict::Remove {
            return Err(AccessRefusal::ReasonNeeded);
        }
        AccessRefusal::check_reason(comment)?;
        Ok(comment)
    }
}

/// A line that is answered, held to the end of the transaction, on whose place, and the grants that its answer is about.
struct Held {
    line: Line,
    place: Place,
    live: Vec<Id<ids::Grant>>,
}

/// Answers lines of a review as the signed-in person, on their own place or in that of whoever is away; returns how many.
///
/// # Errors
/// A line is unknown, about one's own access or that of somebody in whose place one decides, for somebody else, or answered
/// already, a comment is missing, or the database is away. Then none of them is answered.
pub async fn answer_lines(
    app: &App,
    actor: &Actor,
    review: Id<ids::Review>,
    lines: BTreeSet<Id<ids::ReviewLine>>,
    answer: Answer,
) -> Result<usize, Fault> {
    let caller = actor.signed()?.clone();
    let about = About::nothing().subject(review);
    act(app, actor, "answer_review", about, move |w, by| {
        let found = super::read::visible(w, &caller, review)?;
        let sits = Sits::of(w, &caller.person)?;
        let mut asked: Vec<Line> = Vec::new();
        for id in &lines {
            let line = rows::review_line(w, *id)?.filter(|line| line.review_id == review);
            let line = line.filter(|line| sits.sees(line));
            asked.push(line.ok_or(ReviewRefusal::NoSuchLine)?);
        }
        if asked.is_empty() {
            return Err(ReviewRefusal::NoSuchLine.into());
        }
        // What a refusal finds written stays written: whatever may refuse comes before the first decision.
        let held = hold(w, &caller, &found, asked)?;
        let comment = answer.words()?;
        let held = with_grants(w, by, &found, held)?;
        for one in &held {
            decide(w, by, &caller, &found, one, (answer.verdict, comment))?;
        }
        told::waits_no_more(w, review, whom(&held))?;
        close_if_done(w, by, &found)?;
        Ok(held.len())
    })
    .await
}

/// For whom lines waited.
fn whom(held: &[Held]) -> BTreeSet<Id<ids::Person>> {
    held.iter().filter_map(|one| one.line.reviewer_id).collect()
}

/// Holds lines and their holders, each of them open and this person's to answer; with the place on which they do.
fn hold(w: &mut Writing<'_>, who: &Signed, review: &Review, mut asked: Vec<Line>) -> Result<Vec<(Line, Place)>, Fault> {
    // Everybody in the same order, so that nobody waits for another in a circle.
    asked.sort_by_key(|line| (line.person_id, line.id));
    let mut lines = Vec::with_capacity(asked.len());
    for line in asked {
        identity::rows::hold(w, line.person_id, true)?;
        lines.push(rows::hold_line(w, line.id)?.ok_or(ReviewRefusal::NoSuchLine)?);
    }
    // Holding may have taken until a later instant: who is away by then counts.
    let sits = Sits::of(w, &who.person)?;
    let mut held = Vec::with_capacity(lines.len());
    for line in lines {
        let place = sits.place(&line)?;
        let stands = standing(&line, review, w.now());
        if !stands.is_open() || review.state != State::Open {
            return Err(ReviewRefusal::Answered { state: stands.word() }.into());
        }
        held.push((line, place));
    }
    Ok(held)
}

/// The lines with their live grants. Where one of them has none any more that is noted, and nothing is decided.
fn with_grants(w: &mut Writing<'_>, by: &By, review: &Review, lines: Vec<(Line, Place)>) -> Result<Vec<Held>, Fault> {
    let mut all = Vec::with_capacity(lines.len());
    for (line, place) in lines {
        // What the clock has done by now is written down first: a grant that has ended is neither kept nor removed.
        settle_access::settle_grants(w, by, line.person_id)?;
        let live = rows::grants_of_line(w, &line, review.started_at)?;
        all.push(Held { line, place, live });
    }
    let (over, held): (Vec<Held>, Vec<Held>) = all.into_iter().partition(|one| one.live.is_empty());
    for one in &over {
        gone(w, by, &one.line)?;
    }
    told::waits_no_more(w, review.id, whom(&over))?;
    if over.is_empty() { Ok(held) } else { Err(AccessRefusal::GrantEndedAlready.into()) }
}

/// Writes down what was said of a line, and does it.
fn decide(
    w: &mut Writing<'_>,
    by: &By,
    who: &Signed,
    review: &Review,
    held: &Held,
    (verdict, comment): (Verdict, &str),
) -> Result<(), Broken> {
    let Held { line, place, live } = held;
    if !move_line(w, by, line, line.state, verdict.leads_to())? {
        return Err(Broken::defect(format!("the line {} was moved while it was held", line.id)));
    }
    let known = facts(w, &[line.grant_id])?;
    let (_, told) = known.get(&line.grant_id).ok_or_else(|| Broken::defect("a line without its grant"))?;
    rows::note_line_decision(w, line.id, who.person.id, *place, comment, told)?;
    let data = json!({
        "review": review.id, "grant": line.grant_id, "decision": verdict, "late": is_late(review.due_at, w.now()),
        "grants": live, "on_behalf_of": place,
    });
    let said = entry(What::ReviewLineAnswered, line).data(data).texts(json!({ "comment": comment }));
    audit::rows::append(w, by, said)?;
    release(w, by, line, review)?;
    match verdict {
        Verdict::Keep => leave_to_others(w, by, line, review),
        Verdict::Remove => remove(w, by, line, live, EndReason::ReviewRemoved, comment),
    }
}

/// Ends the grants of a line, and tells their holder.
///
/// # Errors
/// The database is away.
pub(super) fn remove(
    w: &mut Writing<'_>,
    by: &By,
    line: &Line,
    grants: &[Id<ids::Grant>],
    reason: EndReason,
    words: &str,
) -> Result<(), Broken> {
    let mut over = Vec::with_capacity(grants.len());
    for id in grants {
        over.extend(rows::grant(w, *id)?);
    }
    settle_access::end_all(w, by, &over, reason, words)?;
    for held in over {
        rows::end_suspension(w, held.id, Cause::Review, &by.actor)?;
    }
    let kind = if reason == EndReason::ReviewRemoved { NoticeKind::AccessRemoved } else { NoticeKind::AccessLapsed };
    let about = notice::About::Access { grant: line.grant_id, role: line.role_id.clone(), until: w.now() };
    notify::tell(w, by, line.person_id, kind, &format!("review_line:{}:ended", line.id), &about)?;
    Ok(())
}
