//! Handing in: by the person, or by the clock; marking follows at once, and a pass may earn a certificate.

use super::{
    About, act, mark_attempt,
    save_answer::{self, Save},
};
use crate::{
    academy::{
        self,
        attempt::{Attempt, AttemptRefusal, State},
    },
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor},
};
use std::time::Duration;

/// How long who hands in waits for the lab: it is open to everybody, and others' statements may stand before.
const PATIENCE: Duration = Duration::from_secs(1);

/// Hands in the signed-in person's attempt, with answers that a plain form brought along. Doing it again gives the same.
///
/// # Errors
/// The attempt is another's or voided, an answer does not fit or is stale, or the database is away.
pub async fn submit_attempt(
    app: &App,
    actor: &Actor,
    attempt: Id<ids::Attempt>,
    answers: Vec<Save>,
) -> Result<State, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let state = act(app, actor, "submit_attempt", About::person(who).subject(attempt), move |w, by| {
        academy::rows::hold_marking(w, false)?;
        identity::rows::hold(w, who, true)?;
        academy::rows::hold(w, attempt)?;
        let found = academy::rows::attempt(w, attempt)?.filter(|found| found.person_id == who);
        let found = found.ok_or(AttemptRefusal::NoSuchAttempt)?;
        match found.state {
            State::Voided => return Err(AttemptRefusal::Closed { state: found.state.word() }.into()),
            State::InProgress => {}
            done => return Ok(done),
        }
        if !found.is_open(w.now()) {
            return Ok(close(w, by, &content, &found, State::Expired)?);
        }
        for save in &answers {
            save_answer::write(w, by, &found, save)?;
        }
        Ok(close(w, by, &content, &found, State::Submitted)?)
    })
    .await?;
    marked(app, attempt, state).await
}

/// Has the lab judge what waits for it, now that nobody waits for the transaction, and waits for that a moment. A busy lab
/// is no failure of handing in: marking goes on by itself, and where it does not come to its end, the sweep does it later.
async fn marked(app: &App, attempt: Id<ids::Attempt>, state: State) -> Result<State, Fault> {
    if !matches!(state, State::Submitted | State::Expired) {
        return Ok(state);
    }
    let kept = app.clone();
    let marking = tokio::spawn(async move {
        if let Err(Fault::Broken(broken)) = mark_attempt::mark_attempt(&kept, attempt).await {
            tracing::warn!(attempt.id = %attempt, error = %broken, "an attempt waits to be marked");
        }
    });
    let _ = tokio::time::timeout(PATIENCE, marking).await;
    let found = app.db.read(app.now(), move |r| Ok::<_, Fault>(academy::rows::attempt(r, attempt)?)).await?;
    Ok(found.map_or(state, |found| found.state))
}

/// Closes an open attempt whose time is over, wherever that is noticed; an attempt that is not due is left alone.
///
/// # Errors
/// The database is away.
pub async fn expire_if_due(app: &App, attempt: Id<ids::Attempt>) -> Result<(), Fault> {
    let content = app.content()?;
    let state =
        act(app, &Actor::system("expiry"), "expire_attempt", About::nothing().subject(attempt), move |w, by| {
            let Some(found) = academy::rows::attempt(w, attempt)? else { return Ok(State::Voided) };
            academy::rows::hold_marking(w, false)?;
            identity::rows::hold(w, found.person_id, true)?;
            academy::rows::hold(w, attempt)?;
            let Some(found) = academy::rows::attempt(w, attempt)? else { return Ok(State::Voided) };
            if found.state == State::InProgress && !found.is_open(w.now()) {
                return Ok(close(w, by, &content, &found, State::Expired)?);
            }
            Ok(found.state)
        })
        .await?;
    marked(app, attempt, state).await.map(|_| ())
}

/// Closes an open attempt, and marks it where nothing has to be judged elsewhere: `how` is submitted or expired. Returns the
/// state that it is in then.
///
/// # Errors
/// The database is away.
pub fn close(w: &mut Writing<'_>, by: &By, content: &Content, attempt: &Attempt, how: State) -> Result<State, Broken> {
    let id = attempt.id.to_string();
    let step = Step { from: State::InProgress.word(), to: how.word(), actor: &by.actor, reason: "" };
    if !lifecycle::advance(w, Entity::Attempt, &id, step)? {
        return Err(Broken::defect(format!("{id} was closed by another hand")));
    }
    let ended_at = match (how, attempt.deadline_at) {
        (State::Expired, Some(deadline)) => deadline.min(w.now()),
        _ => w.now(),
    };
    academy::rows::finish(w, attempt.id, ended_at)?;
    let what = if how == State::Expired { What::AttemptExpired } else { What::AttemptSubmitted };
    audit::rows::append(w, by, Entry::new(what).person(attempt.person_id).subject(attempt.id))?;
    let closed = Attempt { state: how, finished_at: Some(ended_at), ..attempt.clone() };
    mark_attempt::settle(w, by, content, &closed)
}
