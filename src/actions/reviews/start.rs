//! Beginning a review: the population is written down, each line goes to somebody who answers for its role, and they are told.

use super::{facts, pack, sits::Sits, told};
use crate::{
    access::{
        grant::Cause,
        request::AccessRefusal,
        review::{Dealer, LONGEST_TITLE, Line, LineState, MOST_LINES, Review, ReviewRefusal, Scope, State},
        rows,
    },
    actions::{
        About,
        once::{Once, act_once},
    },
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        span::Span,
        text::{Email, Slug},
    },
    certification::notice::NoticeKind,
    db::{
        Reading, Writing,
        lifecycle::{self, Entity},
    },
    identity::{self, actor::Actor, person::State as PersonState},
};
use serde_json::json;

/// How long reviewers have, and how long what is unanswered stays suspended, unless the admin says otherwise.
pub const DAYS: i32 = 14;
/// The longest of either, in days.
const MOST_DAYS: i64 = 366;
/// How long before the due date reviewers are reminded, in days; half the time where there is less.
const REMIND_DAYS: i64 = 3;

/// The grants that a review is about, role by role.
pub(super) type Population = Vec<(Slug, Vec<Id<ids::Grant>>)>;

/// What an admin asks for.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What it is called; may be empty.
    pub title: String,
    pub scope: Scope,
    /// How long reviewers have.
    pub due: Option<Span>,
    /// How long what is unanswered stays suspended before it ends.
    pub grace: Option<Span>,
}

/// Begins a review; under a key that was used before, the review that it began.
///
/// # Errors
/// The actor is no admin, a role is unknown, nobody holds anything of it, the times are not right, or the database is away.
pub async fn start_review(
    app: &App,
    actor: &Actor,
    start: Start,
    once: Option<Once>,
) -> Result<Id<ids::Review>, Fault> {
    start_at_most(app, actor, start, once, MOST_LINES).await
}

/// As [`start_review`], with at most so many grants.
///
/// # Errors
/// As [`start_review`].
pub async fn start_at_most(
    app: &App,
    actor: &Actor,
    start: Start,
    once: Option<Once>,
    most: usize,
) -> Result<Id<ids::Review>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let made = act_once(app, actor, "start_review", About::nothing(), once, move |w, by| {
        caller.as_admin()?;
        if start.title.trim().chars().count() > LONGEST_TITLE {
            return Err(ReviewRefusal::TitleTooLong { most: i64::try_from(LONGEST_TITLE).unwrap_or(i64::MAX) }.into());
        }
        for role in &start.scope.roles {
            if !rows::knows_role(w, role)? {
                return Err(AccessRefusal::NoSuchRole { id: role.to_string() }.into());
            }
        }
        let mut population = Population::new();
        let mut left = most;
        for role in roles_of(&content, &start.scope) {
            let grants = rows::population(w, &role, None, left.saturating_add(1))?;
            if grants.len() > left {
                return Err(ReviewRefusal::TooLarge { most: i64::try_from(most).unwrap_or(i64::MAX) }.into());
            }
            left -= grants.len();
            if !grants.is_empty() {
                population.push((role, grants));
            }
        }
        let begun = begin(w, by, &content, &start, population, None)?.ok_or(ReviewRefusal::Empty)?;
        Ok((begun, ()))
    });
    Ok(made.await?.0)
}

/// The roles of a scope: those of the catalogue, and one by its name that has left it.
fn roles_of(content: &Content, scope: &Scope) -> Vec<Slug> {
    let narrowed = scope.owner.is_some() || scope.sensitivity.is_some();
    let known = content.catalogue.roles.values().filter(|role| {
        (scope.roles.is_empty() || scope.roles.contains(&role.id))
            && scope.owner.as_ref().is_none_or(|owner| role.owner.people.contains(owner))
            && scope.sensitivity.is_none_or(|level| role.sensitivity == level)
    });
    let mut roles: Vec<Slug> = known.map(|role| role.id.clone()).collect();
    if !narrowed {
        roles.extend(scope.roles.iter().filter(|id| !content.catalogue.roles.contains_key(*id)).cloned());
    }
    roles.sort();
    roles.dedup();
    roles
}

/// Those who answer for a role and can act, in the order of the catalogue.
fn owners_of(r: &mut Reading<'_>, people: &[Email]) -> Result<Vec<Sits>, Broken> {
    let mut owners = Vec::new();
    for email in people {
        let found = identity::rows::person_by_email(r, email)?;
        if let Some(person) = found.filter(|person| person.state == PersonState::Active) {
            owners.push(Sits::of(r, &person)?);
        }
    }
    Ok(owners)
}

/// Holds a grant back from the due date of its own line on. What was to hold it back for the grant in whose place it came does so
/// no more; what does already goes on until somebody answers.
fn hold_back_from(w: &mut Writing<'_>, by: &By, grant: Id<ids::Grant>, due: Time) -> Result<(), Broken> {
    if rows::insert_suspension(w, grant, Cause::Review, due, &by.actor, "")?
        || rows::suspensions_of(w, grant)?.iter().any(|held_back| held_back.cause == Cause::Review)
    {
        return Ok(());
    }
    rows::end_suspension(w, grant, Cause::Review, &by.actor)?;
    rows::insert_suspension(w, grant, Cause::Review, due, &by.actor, "")?;
    Ok(())
}

/// Begins a review where there is anything to review; `period` makes it begin once.
///
/// # Errors
/// The times are not right, or the database is away.
pub(super) fn begin(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    start: &Start,
    population: Population,
    period: Option<&str>,
) -> Result<Option<Id<ids::Review>>, Fault> {
    let now = w.now();
    let days = |span: &Option<Span>| span.as_ref().map_or(i64::from(DAYS) * 86_400, Span::approximate_seconds);
    let (due, grace) = (days(&start.due), days(&start.grace));
    if !(86_400..=MOST_DAYS * 86_400).contains(&due) || !(0..=MOST_DAYS * 86_400).contains(&grace) {
        return Err(ReviewRefusal::BadDue.into());
    }
    if population.is_empty() {
        return Ok(None);
    }
    let due_at = now.plus_seconds(due);
    let review = Review {
        id: Id::new(now),
        title: start.title.trim().to_owned(),
        state: State::Open,
        scope: start.scope.clone(),
        roles: population.iter().map(|(role, _)| role.clone()).collect(),
        by_cadence: period.is_some(),
        started_at: now,
        started_by: by.actor.clone(),
        remind_at: due_at.plus_seconds(-(REMIND_DAYS * 86_400).min(due / 2)),
        reminded_at: None,
        due_at,
        lapses_at: due_at.plus_seconds(grace),
        closed_at: None,
        closed_by: None,
        closed_reason: String::new(),
    };
    if !rows::insert_review(w, &review, period)? {
        return Ok(None);
    }
    let id = review.id.to_string();
    lifecycle::begin(
        w,
        Entity::Review,
        &id,
        State::Open.word(),
        &by.actor,
        if period.is_some() { "cadence" } else { "" },
    )?;
    let mut dealer = Dealer::default();
    let mut lines: Vec<Line> = Vec::new();
    for (role, grants) in &population {
        let named = content.catalogue.roles.get(role).map_or(&[][..], |role| role.owner.people.as_slice());
        let owners = owners_of(w, named)?;
        let mut known = facts(w, grants)?;
        for grant in grants {
            let Some((held, facts)) = known.remove(grant) else { continue };
            let able = owners.iter().filter(|owner| owner.may_judge(held.person_id).is_ok());
            let able: Vec<_> = able.map(|owner| owner.me).collect();
            let line = Line {
                id: Id::new(now),
                review_id: review.id,
                grant_id: held.id,
                person_id: held.person_id,
                role_id: role.clone(),
                state: LineState::Pending,
                reviewer_id: dealer.deal(&able, held.person_id),
                facts,
                decided_facts: None,
                decided_at: None,
                decided_by: None,
                on_behalf_of: None,
                comment: String::new(),
                overdue_at: None,
            };
            rows::insert_line(w, &line, now)?;
            lifecycle::begin(w, Entity::ReviewLine, &line.id.to_string(), "pending", &by.actor, "")?;
            // Held back from the due date on, whether or not anybody sweeps then; an answer takes this away.
            hold_back_from(w, by, held.id, due_at)?;
            lines.push(line);
        }
    }
    let data = json!({
        "roles": review.roles, "scope": review.scope, "lines": lines.len(), "due_at": review.due_at,
        "lapses_at": review.lapses_at, "cadence": review.by_cadence,
        "population_sha256": pack::digest(&pack::population(&lines)?),
    });
    audit::rows::append(w, by, Entry::new(What::ReviewStarted).subject(review.id).data(data))?;
    told::tell(w, by, &review, NoticeKind::ReviewAsks, told::ASKS)?;
    Ok(Some(review.id))
}
