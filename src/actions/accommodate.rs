//! Granting more time or more attempts to a person, and ending that.
//!
//! An attempt that is open when more time is granted gets it: its deadline moves up, never down. Ending an accommodation
//! leaves attempts that have started as they are; what was promised at the start holds to the end.

use super::{
    About, act,
    erase_person::not_erased,
    look,
    once::{Once, act_once},
};
use crate::{
    academy::{
        self,
        accommodation::{Accommodation, AccommodationRefusal, Allowance, EXTRA, FACTOR, stretched},
        attempt::{AttemptRefusal, State},
    },
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    db::Writing,
    identity::{self, actor::Actor, person::IdentityRefusal},
};
use serde_json::json;

/// What is to be granted.
#[derive(Clone, Debug)]
pub struct Granting {
    pub person: Id<ids::Person>,
    /// None: every course.
    pub course: Option<Slug>,
    /// None: every exam of the course.
    pub quiz: Option<Slug>,
    /// In percent of the limit, 100 to 400.
    pub time_factor_percent: i64,
    /// 0 to 10.
    pub extra_attempts: i64,
    /// Why: read by admins and the person alone.
    pub reason: String,
    /// None: from now on.
    pub from: Option<Time>,
    /// None: until it is ended.
    pub until: Option<Time>,
}

/// Grants an accommodation. The log says that it was granted and how much, never why.
///
/// # Errors
/// The actor is no admin, a value makes no sense, no reason is given, the person, course or quiz is unknown, or the
/// database is away.
pub async fn accommodate(app: &App, actor: &Actor, granting: Granting) -> Result<Id<ids::Accommodation>, Fault> {
    accommodate_once(app, actor, granting, None).await
}

/// As [`accommodate`]; under a key that was used before, the accommodation that it granted.
///
/// # Errors
/// As [`accommodate`], or the key was used for something else.
pub async fn accommodate_once(
    app: &App,
    actor: &Actor,
    granting: Granting,
    key: Option<Once>,
) -> Result<Id<ids::Accommodation>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let about = About::person(granting.person);
    let granted = act_once(app, actor, "accommodate", about, key, move |w, by| {
        caller.as_admin()?;
        let reason = granting.reason.trim();
        if reason.is_empty() {
            return Err(AccommodationRefusal::ReasonNeeded.into());
        }
        if !FACTOR.contains(&granting.time_factor_percent) {
            return Err(AccommodationRefusal::BadFactor.into());
        }
        if !EXTRA.contains(&granting.extra_attempts) {
            return Err(AccommodationRefusal::BadExtra.into());
        }
        if granting.time_factor_percent == 100 && granting.extra_attempts == 0 {
            return Err(AccommodationRefusal::Nothing.into());
        }
        known(&content, granting.course.as_ref(), granting.quiz.as_ref())?;
        identity::rows::person(w, granting.person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        identity::rows::hold(w, granting.person, true)?;
        not_erased(w, granting.person)?;
        let now = w.now();
        let from = granting.from.map_or(now, |from| from.max(now));
        if granting.until.is_some_and(|until| until <= from) {
            return Err(AccommodationRefusal::BadPeriod.into());
        }
        let granted = Accommodation {
            id: Id::new(now),
            person_id: granting.person,
            course_id: granting.course.clone(),
            quiz_id: granting.quiz.clone(),
            time_factor_percent: granting.time_factor_percent,
            extra_attempts: granting.extra_attempts,
            reason: reason.chars().take(2_000).collect(),
            from_at: from,
            until_at: granting.until,
            granted_at: now,
            granted_by: by.actor.clone(),
            ended_at: None,
            ended_by: None,
            ended_reason: None,
        };
        academy::rows::insert_accommodation(w, &granted)?;
        let entry = Entry::new(What::AccommodationGranted).person(granting.person).subject(granted.id);
        audit::rows::append(
            w,
            by,
            entry.data(json!({
                "course": granted.course_id, "quiz": granted.quiz_id, "from": granted.from_at, "until": granted.until_at,
                "time_factor_percent": granted.time_factor_percent, "extra_attempts": granted.extra_attempts,
                "reason_kept": true,
            })),
        )?;
        extend(w, by, &granted)?;
        Ok((granted.id, ()))
    })
    .await?;
    Ok(granted.0)
}

fn known(content: &Content, course: Option<&Slug>, quiz: Option<&Slug>) -> Result<(), AttemptRefusal> {
    let unknown = |what, id: &dyn std::fmt::Display| AttemptRefusal::NoSuch { what, id: id.to_string() };
    match (course, quiz) {
        (None, None) => Ok(()),
        (None, Some(quiz)) => Err(unknown("quiz", quiz)),
        (Some(course), quiz) => {
            let found = content.curriculum.courses.get(course).ok_or_else(|| unknown("course", course))?;
            match quiz.filter(|quiz| found.quiz(quiz).is_none()) {
                Some(quiz) => Err(unknown("quiz", &format!("{course}/{quiz}"))),
                None => Ok(()),
            }
        }
    }
}

/// Gives the time to attempts that are open now.
fn extend(w: &mut Writing<'_>, by: &By, granted: &Accommodation) -> Result<(), Fault> {
    let now = w.now();
    if !granted.holds_at(now) {
        return Ok(());
    }
    let all = academy::rows::accommodations_of(w, granted.person_id)?;
    for open in academy::rows::attempts(w, granted.person_id, granted.course_id.as_ref())? {
        let Some(deadline) = open.deadline_at.filter(|_| open.state == State::InProgress && open.is_open(now)) else {
            continue;
        };
        let factor = Allowance::of(&all, &open.course_id, &open.quiz_id, now).time_factor_percent;
        if factor <= open.time_factor_percent {
            continue;
        }
        let later = stretched(open.started_at, deadline, open.time_factor_percent, factor);
        if academy::rows::extend_attempt(w, open.id, later, factor)? {
            let entry = Entry::new(What::AttemptExtended).person(open.person_id).subject(open.id);
            audit::rows::append(
                w,
                by,
                entry.data(json!({
                    "accommodation": granted.id, "deadline_before": deadline, "deadline_at": later,
                    "time_factor_percent": factor,
                })),
            )?;
        }
    }
    Ok(())
}

/// Ends an accommodation before its time, for a reason.
///
/// # Errors
/// The actor is no admin, there is no such accommodation, it has ended, no reason is given, or the database is away.
pub async fn end_accommodation(
    app: &App,
    actor: &Actor,
    id: Id<ids::Accommodation>,
    reason: String,
) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "end_accommodation", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccommodationRefusal::ReasonNeeded.into());
        }
        let found = academy::rows::accommodation(w, id)?.ok_or(AccommodationRefusal::NoSuchAccommodation)?;
        identity::rows::hold(w, found.person_id, true)?;
        if !academy::rows::end_accommodation(w, id, &by.actor, reason)? {
            return Err(AccommodationRefusal::EndedAlready.into());
        }
        let entry = Entry::new(What::AccommodationEnded).person(found.person_id).subject(id);
        Ok(audit::rows::append(w, by, entry.data(json!({ "reason_kept": true })))?)
    })
    .await
}

/// What was granted to a person, the newest first: for admins, and for the person.
///
/// # Errors
/// The actor is neither, or the database is away.
pub async fn accommodations(app: &App, actor: &Actor, person: Id<ids::Person>) -> Result<Vec<Accommodation>, Fault> {
    let caller = actor.clone();
    look(app, actor, "accommodations", About::person(person), move |r| {
        if caller.signed().map(|signed| signed.person.id).ok() != Some(person) {
            caller.as_admin()?;
        }
        identity::rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        Ok(academy::rows::accommodations_of(r, person)?)
    })
    .await
}

/// Whose accommodation this is, for admins.
///
/// # Errors
/// The actor is no admin, there is no such accommodation, or the database is away.
pub async fn owner_of_accommodation(
    app: &App,
    actor: &Actor,
    id: Id<ids::Accommodation>,
) -> Result<Id<ids::Person>, Fault> {
    let caller = actor.clone();
    look(app, actor, "accommodations", About::nothing().subject(id), move |r| {
        caller.as_admin()?;
        let found = academy::rows::accommodation(r, id)?.ok_or(AccommodationRefusal::NoSuchAccommodation)?;
        Ok(found.person_id)
    })
    .await
}
