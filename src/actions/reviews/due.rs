//! What the clock asks of reviews: reminders, suspension of what nobody answered in time, its end, and reviews that begin by
//! a role's own rule. Each step is a transaction of its own, and taken once whoever sweeps.

use super::{answer, close_if_done, entry, gone, move_line, start, told};
use crate::{
    access::{
        grant::{Cause, EndReason},
        review::{Line, LineState, MOST_BY_RULE, Review, Scope, State},
        rows,
    },
    actions::{About, act, notify, settle_access},
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        span::Span,
        text::Slug,
    },
    certification::{
        self,
        notice::{self, NoticeKind},
    },
    db::{Reading, Writing},
    identity::{self, actor::Actor},
};
use serde_json::json;
use std::sync::Arc;

/// How many lines one sweep takes; the next one goes on.
const MOST: i64 = 500;

/// Takes every step that is due.
///
/// # Errors
/// The database is away.
pub async fn sweep(app: &App, content: &Arc<Content>) -> Result<(), Fault> {
    let actor = Actor::system("sweep");
    for review in app.db.read(app.now(), |r| Ok(rows::reviews_to_remind(r)?)).await? {
        act(app, &actor, "remind_review", About::nothing().subject(review), move |w, by| Ok(remind(w, by, review)?))
            .await?;
    }
    for due in app.db.read(app.now(), |r| Ok(rows::due_lines(r, MOST)?)).await? {
        let about = About::person(due.person_id).subject(due.id);
        let step = act(app, &actor, "review_due", about, move |w, by| {
            identity::rows::hold(w, due.person_id, true)?;
            Ok(line_due(w, by, due.id)?)
        });
        crate::actions::sweep::go_on(step.await, &due.id.to_string())?;
    }
    for review in app.db.read(app.now(), |r| Ok(untold(r)?)).await? {
        act(app, &actor, "review_due", About::nothing().subject(review), move |w, by| {
            if let Some(found) = rows::review(w, review)? {
                told::tell(w, by, &found, NoticeKind::ReviewOverdue, told::OVERDUE)?;
            }
            Ok(())
        })
        .await?;
    }
    for review in app.db.read(app.now(), |r| Ok(rows::reviews_to_close(r)?)).await? {
        act(app, &actor, "close_review", About::nothing().subject(review), move |w, by| {
            if let Some(found) = rows::review(w, review)? {
                close_if_done(w, by, &found)?;
            }
            Ok(())
        })
        .await?;
    }
    begin_due(app, content).await
}

/// Reviews with overdue lines of which nobody who is asked was told so. They are told once all lines of a sweep are handled, and
/// how many wait for them in all.
fn untold(r: &mut Reading<'_>) -> Result<Vec<Id<ids::Review>>, Broken> {
    let mut untold = Vec::new();
    for review in rows::overdue_reviews(r)? {
        if !certification::rows::is_told_under(r, &told::key(review, told::OVERDUE))? {
            untold.push(review);
        }
    }
    Ok(untold)
}

fn remind(w: &mut Writing<'_>, by: &By, id: Id<ids::Review>) -> Result<(), Broken> {
    let Some(review) = rows::review(w, id)? else { return Ok(()) };
    if !rows::note_reminded(w, id)? {
        return Ok(());
    }
    told::tell(w, by, &review, NoticeKind::ReviewDue, told::DUE)?;
    let waiting: i64 = rows::waiting_by_reviewer(w, id)?.into_iter().map(|one| one.n).sum();
    let said = Entry::new(What::ReviewReminded).subject(id).data(json!({ "lines": waiting, "due_at": review.due_at }));
    audit::rows::append(w, by, said)
}

fn line_due(w: &mut Writing<'_>, by: &By, id: Id<ids::ReviewLine>) -> Result<(), Broken> {
    let Some(line) = rows::hold_line(w, id)?.filter(|line| line.state.is_open()) else { return Ok(()) };
    let Some(review) = rows::review(w, line.review_id)?.filter(|review| review.state == State::Open) else {
        return Ok(());
    };
    settle_access::settle_grants(w, by, line.person_id)?;
    let now = w.now();
    let live = rows::grants_of_line(w, &line, review.started_at)?;
    if live.is_empty() {
        gone(w, by, &line)?;
        return told::waits_no_more(w, review.id, line.reviewer_id);
    }
    match line.state {
        LineState::Pending if now >= review.due_at => overdue(w, by, &line, &review, &live),
        LineState::Overdue if now >= review.lapses_at => {
            if move_line(w, by, &line, LineState::Overdue, LineState::Lapsed)? {
                told::waits_no_more(w, review.id, line.reviewer_id)?;
                let data = json!({ "review": review.id, "grant": line.grant_id, "grants": live });
                audit::rows::append(w, by, entry(What::ReviewLineLapsed, &line).data(data))?;
                answer::remove(w, by, &line, &live, EndReason::ReviewLapsed, "")?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn overdue(w: &mut Writing<'_>, by: &By, line: &Line, review: &Review, live: &[Id<ids::Grant>]) -> Result<(), Broken> {
    if !move_line(w, by, line, LineState::Pending, LineState::Overdue)? {
        return Ok(());
    }
    rows::note_overdue(w, line.id)?;
    let now = w.now();
    for grant in live {
        // It was written down when the review began, or when this grant came in the place of another; never twice.
        rows::insert_suspension(w, *grant, Cause::Review, now, &by.actor, "")?;
    }
    let data = json!({ "review": review.id, "grant": line.grant_id, "grants": live, "reviewer": line.reviewer_id });
    audit::rows::append(w, by, entry(What::ReviewLineOverdue, line).data(data))?;
    settle_access::settle_grants(w, by, line.person_id)?;
    let about = notice::About::Access { grant: line.grant_id, role: line.role_id.clone(), until: review.lapses_at };
    let once = format!("review_line:{}:overdue", line.id);
    notify::tell(w, by, line.person_id, NoticeKind::AccessUnreviewed, &once, &about)?;
    Ok(())
}

/// Begins the reviews of roles whose own rule says that it is time, once for each period; in parts where many hold the role.
async fn begin_due(app: &App, content: &Arc<Content>) -> Result<(), Fault> {
    let actor = Actor::system("sweep");
    for role in content.catalogue.roles.values() {
        let Some(every) = role.review_every.clone() else { continue };
        let id = role.id.clone();
        let due = app.db.read(app.now(), move |r| due_of(r, &id, &every).map_err(Fault::from)).await?;
        let Some((period, grants)) = due else { continue };
        let (kept, asked) = (Arc::clone(content), role.id.clone());
        act(app, &actor, "start_review", About::nothing().role(&role.id), move |w, by| {
            // Another replica may have been faster, or an admin.
            let grants = rows::not_under_review(w, &grants)?;
            if grants.is_empty() {
                return Ok(());
            }
            let scope = Scope { roles: vec![asked.clone()], ..Scope::default() };
            let start = start::Start { scope, ..start::Start::default() };
            start::begin(w, by, &kept, &start, vec![(asked.clone(), grants)], Some(&period))?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// A part of a period: its name, and its grants.
type Part = (String, Vec<Id<ids::Grant>>);

/// The grants of a role that are due to be reviewed, and the name of the period and its part; none where it is not time.
fn due_of(r: &mut Reading<'_>, role: &Slug, every: &Span) -> Result<Option<Part>, Broken> {
    let now = r.at();
    // Counted from the review before, or from the oldest grant that is still held.
    let last = rows::last_review_of(r, role)?;
    let since = match last {
        Some(last) => Some(last),
        None => rows::held_since(r, role)?,
    };
    let Some(since) = since else { return Ok(None) };
    if since.plus(every) <= now {
        let grants = rows::population(r, role, None, MOST_BY_RULE)?;
        return Ok((!grants.is_empty()).then(|| (format!("{role}:{}", since.micros()), grants)));
    }
    // What was left out of the parts of this period so far.
    let Some(last) = last else { return Ok(None) };
    let Some(first) = rows::first_review_since(r, role, now.minus(every))? else { return Ok(None) };
    let grants = rows::population(r, role, Some(first), MOST_BY_RULE)?;
    Ok((!grants.is_empty()).then(|| (format!("{role}:{}:{}", first.micros(), last.micros()), grants)))
}
