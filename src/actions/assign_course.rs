//! Assigning a course to a team with a day it is due, and ending that: by admins and by those who lead the team.

use super::{
    About, act,
    once::{Once, act_once},
};
use crate::{
    academy::{
        assignment::{Assignment, TeamRefusal},
        attempt::AttemptRefusal,
    },
    access::{request::AccessRefusal, rows},
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    db::Reading,
    identity::{self, actor::Actor},
};
use serde_json::json;

/// The most characters of a note.
const NOTE: usize = 500;

/// What is to be assigned.
#[derive(Clone, Debug)]
pub struct Assigning {
    pub team: String,
    pub course: Slug,
    pub due_at: Time,
    /// For those who are to do it; may be empty.
    pub note: String,
}

/// Refuses whoever may not decide what a team learns: neither an admin nor a lead of it.
///
/// # Errors
/// The actor is neither, or the database is away.
pub fn may_lead(r: &mut Reading<'_>, actor: &Actor, team: &str) -> Result<(), Fault> {
    if actor.as_admin().is_ok() {
        return Ok(());
    }
    let own = actor.signed()?.person.id;
    let leads = identity::rows::led_by(r, own)?.iter().any(|led| led == team);
    if leads { Ok(()) } else { Err(TeamRefusal::NotALead.into()) }
}

/// Assigns a course to a team.
///
/// # Errors
/// The actor neither is an admin nor leads the team, the team or course is unknown, the day is past, the course is
/// assigned already, or the database is away.
pub async fn assign_course(
    app: &App,
    actor: &Actor,
    assigning: Assigning,
    key: Option<Once>,
) -> Result<Id<ids::Assignment>, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    let about = About::nothing().named(assigning.team.clone());
    let (id, _) = act_once(app, actor, "assign_course", about, key, move |w, by| {
        may_lead(w, &caller, &assigning.team)?;
        if !identity::rows::is_team(w, &assigning.team)? {
            return Err(TeamRefusal::NoSuchTeam { id: assigning.team.clone() }.into());
        }
        if !content.curriculum.courses.contains_key(&assigning.course) {
            return Err(AttemptRefusal::NoSuch { what: "course", id: assigning.course.to_string() }.into());
        }
        let (now, note) = (w.now(), assigning.note.trim());
        if assigning.due_at <= now {
            return Err(TeamRefusal::DuePast.into());
        }
        if note.chars().count() > NOTE {
            return Err(TeamRefusal::NoteTooLong.into());
        }
        let one = Assignment {
            id: Id::new(now),
            team_id: assigning.team.clone(),
            course_id: assigning.course.clone(),
            due_at: assigning.due_at,
            note: note.to_owned(),
            assigned_by: by.actor.clone(),
            at: now,
            ended_at: None,
            ended_by: None,
            ended_reason: None,
        };
        if !rows::insert_assignment(w, &one)? {
            return Err(TeamRefusal::AssignedAlready.into());
        }
        let entry = Entry::new(What::CourseAssigned).subject(one.id);
        let entry = entry.data(json!({ "team": one.team_id, "course": one.course_id, "due_at": one.due_at }));
        audit::rows::append(w, by, if note.is_empty() { entry } else { entry.texts(json!({ "note": note })) })?;
        Ok((one.id, ()))
    })
    .await?;
    Ok(id)
}

/// Ends an assignment, for a reason.
///
/// # Errors
/// The actor neither is an admin nor leads the team, there is no such assignment, it has ended, no reason is given, or the
/// database is away.
pub async fn end_assignment(
    app: &App,
    actor: &Actor,
    id: Id<ids::Assignment>,
    reason: String,
) -> Result<Assignment, Fault> {
    let caller = actor.clone();
    act(app, actor, "end_assignment", About::nothing().subject(id), move |w, by| {
        caller.signed().map(drop).or_else(|refusal| caller.as_admin().map(drop).map_err(|_| refusal))?;
        let found = rows::assignment(w, id)?.ok_or(TeamRefusal::NoSuchAssignment)?;
        may_lead(w, &caller, &found.team_id)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        if !rows::end_assignment(w, id, &by.actor, reason)? {
            return Err(TeamRefusal::EndedAlready.into());
        }
        let entry = Entry::new(What::AssignmentEnded).subject(id);
        let entry = entry.data(json!({ "team": found.team_id, "course": found.course_id }));
        audit::rows::append(w, by, entry.texts(json!({ "reason": reason })))?;
        Ok(found)
    })
    .await
}
