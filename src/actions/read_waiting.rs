//! Who is waiting for whom: every open request with the people whose word is missing, since when, and until when.

use super::{About, look, seats};
use crate::{
    access::{
        request::{Request, State},
        rows,
    },
    app::{App, Content},
    base::{
        clock::Time,
        refusal::{Broken, Fault},
        text::Slug,
    },
    certification::{self, requirement},
    db::Reading,
    identity::{self, actor::Actor, person::Person},
};

/// The most requests that are told.
const MOST: i64 = 500;

/// Whom a request waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// The person who asks, to earn a certification.
    Certification,
    /// The person who asks, to answer.
    Answer,
    /// Those who may decide.
    Decision,
}

/// A request that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub request: Request,
    /// Who asks.
    pub person: Person,
    pub on: On,
    /// Whose word is missing: any of them, as many as the clauses still need.
    pub people: Vec<Person>,
    /// The certifications that are missing, where it waits for one.
    pub certifications: Vec<Slug>,
    pub since: Time,
    /// When it lapses.
    pub until: Time,
}

/// The requests that wait, the next to lapse first: all of them for admins and auditors, those for their roles for owners, and
/// everybody's own.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn read_waiting(app: &App, actor: &Actor) -> Result<Vec<Waiting>, Fault> {
    read(app, actor, None).await
}

/// As [`read_waiting`], but for everybody's own, and `most` of them: only these are worked out.
///
/// # Errors
/// As [`read_waiting`].
pub async fn read_waiting_of_others(app: &App, actor: &Actor, most: usize) -> Result<Vec<Waiting>, Fault> {
    read(app, actor, Some(most)).await
}

async fn read(app: &App, actor: &Actor, of_others: Option<usize>) -> Result<Vec<Waiting>, Fault> {
    let content = app.content()?;
    let me = actor.signed().map(|signed| signed.person.clone()).ok();
    let all = actor.as_auditor().is_ok();
    if me.is_none() && !all {
        actor.signed()?;
    }
    look(app, actor, "read_waiting", About::nothing(), move |r| {
        let owned: Vec<Slug> =
            me.iter().flat_map(|me| content.catalogue.owned_by(&me.email)).map(|role| role.id.clone()).collect();
        let only = me.as_ref().filter(|_| !all).map(|me| (me.id, owned.as_slice()));
        let own = me.as_ref().filter(|_| of_others.is_some()).map(|me| me.id);
        let mut waiting = Vec::new();
        for found in rows::waiting_requests(r, only, MOST)? {
            if of_others.is_some_and(|most| waiting.len() >= most) {
                break;
            }
            let Some(request) = rows::request(r, found.id)?.filter(|asked| Some(asked.person_id) != own) else {
                continue;
            };
            let since = found.since.unwrap_or(request.submitted_at);
            waiting.extend(one(r, &content, request, since)?);
        }
        Ok(waiting)
    })
    .await
}

fn one(r: &mut Reading<'_>, content: &Content, request: Request, since: Time) -> Result<Option<Waiting>, Broken> {
    let Some(person) = identity::rows::person(r, request.person_id)? else { return Ok(None) };
    let policy = rows::policy(r, &request.policy_id)?;
    let (mut people, mut certifications) = (Vec::new(), Vec::new());
    let on = match request.state {
        State::InReview => {
            for who in seats::missing(r, &content.catalogue, &policy, &request)? {
                people.extend(identity::rows::person(r, who)?);
            }
            On::Decision
        }
        State::Returned => {
            people.push(person.clone());
            On::Answer
        }
        _ => {
            people.push(person.clone());
            let held = certification::rows::certificates_of(r, request.person_id)?;
            let standings = requirement::judge(&policy.requires, &held, r.at());
            let missing = standings.into_iter().filter(|standing| standing.met_by.is_none());
            certifications.extend(missing.filter_map(|standing| standing.any_of.into_iter().next()));
            On::Certification
        }
    };
    people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    let until = request.lapses_at;
    Ok(Some(Waiting { request, person, on, people, certifications, since, until }))
}
