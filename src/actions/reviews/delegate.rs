//! Handing a line of a review to somebody else, who then answers it: never to its holder, nor to whoever decides in their place.

use super::{entry, move_line, read, sits::Sits, standing, told};
use crate::{
    access::{
        request::AccessRefusal,
        review::{LineState, ReviewRefusal, State},
        rows,
    },
    actions::{About, act, list_holders::find_person},
    app::App,
    audit::{self, event::What},
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::{self, actor::Actor, person::State as PersonState},
};
use serde_json::json;

/// Hands a line on, as whoever is asked for it, in their place while they are away, or as an admin; `to` is an id or an e-mail
/// address.
///
/// # Errors
/// The line is unknown, about one's own access or that of somebody in whose place one decides, for somebody else or answered
/// already, that person can't answer it, or the database is away.
pub async fn delegate_line(
    app: &App,
    actor: &Actor,
    review: Id<ids::Review>,
    line: Id<ids::ReviewLine>,
    to: String,
    comment: String,
) -> Result<(), Fault> {
    let caller = actor.signed()?.clone();
    act(app, actor, "delegate_review", About::nothing().subject(line), move |w, by| {
        let found = read::visible(w, &caller, review)?;
        let sits = Sits::of(w, &caller.person)?;
        let asked = rows::review_line(w, line)?.filter(|line| line.review_id == review && sits.sees(line));
        let asked = asked.ok_or(ReviewRefusal::NoSuchLine)?;
        identity::rows::hold(w, asked.person_id, true)?;
        let asked = rows::hold_line(w, line)?.ok_or(ReviewRefusal::NoSuchLine)?;
        // Holding may have taken until a later instant: who is away by then counts.
        let place = Sits::of(w, &caller.person)?.hands_on(&asked)?;
        let stands = standing(&asked, &found, w.now());
        if !stands.is_open() || found.state != State::Open {
            return Err(ReviewRefusal::Answered { state: stands.word() }.into());
        }
        AccessRefusal::check_reason(&comment)?;
        let to = find_person(w, &to)?;
        let able = match identity::rows::person(w, to)?.filter(|person| person.state == PersonState::Active) {
            Some(person) => Sits::of(w, &person)?.may_judge(asked.person_id).is_ok(),
            None => false,
        };
        if !able || Some(to) == asked.reviewer_id {
            return Err(ReviewRefusal::UnfitDelegate.into());
        }
        let back = if asked.state == LineState::Overdue { LineState::Overdue } else { LineState::Pending };
        if !move_line(w, by, &asked, asked.state, LineState::Delegated)?
            || !move_line(w, by, &asked, LineState::Delegated, back)?
        {
            return Err(ReviewRefusal::Answered { state: asked.state.word() }.into());
        }
        rows::delegate_line(w, &asked, Some(to), &by.actor, comment.trim())?;
        let data = json!({
            "review": review, "grant": asked.grant_id, "from": asked.reviewer_id, "to": to, "on_behalf_of": place,
        });
        let said = entry(What::ReviewLineDelegated, &asked).data(data).texts(json!({ "comment": comment.trim() }));
        audit::rows::append(w, by, said)?;
        Ok(told::handed(w, by, &found, &asked, to)?)
    })
    .await
}
