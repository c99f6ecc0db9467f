//! A person's own records: their teams, attempts, requests and grants.

use super::{About, look};
use crate::{
    academy::{self, attempt::Attempt},
    access::{grant::Grant, request::Request, rows},
    app::App,
    base::{
        clock::Time,
        paging::{Listing, Paging},
        refusal::Fault,
    },
    identity::{self, actor::Actor},
};
use std::collections::BTreeSet;

/// The teams of the signed-in person.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_teams(app: &App, actor: &Actor) -> Result<Vec<String>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_teams", About::person(who), move |r| Ok(identity::rows::teams_of(r, who)?)).await
}

/// The attempts of the signed-in person, the latest first.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_attempts(app: &App, actor: &Actor) -> Result<Vec<Attempt>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_attempts", About::person(who), move |r| {
        let mut attempts = academy::rows::attempts(r, who, None)?;
        attempts.sort_by_key(|attempt| std::cmp::Reverse((attempt.started_at, attempt.id)));
        Ok(attempts)
    })
    .await
}

/// The requests of the signed-in person, the latest first.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_requests(app: &App, actor: &Actor) -> Result<Vec<Request>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_requests", About::person(who), move |r| {
        let mut requests = rows::requests_of(r, who)?;
        requests.sort_by_key(|asked| std::cmp::Reverse((asked.submitted_at, asked.id)));
        Ok(requests)
    })
    .await
}

/// A grant, and what it comes to now.
#[derive(Clone, Debug)]
pub struct Mine {
    pub grant: Grant,
    pub effective: bool,
    /// None where it was never used.
    pub last_used: Option<Time>,
}

/// The grants of the signed-in person, the latest first, each with whether it is effective now and when it was last used.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn my_grants(app: &App, actor: &Actor, paging: Paging) -> Result<Listing<Mine>, Fault> {
    let who = actor.signed()?.person.id;
    look(app, actor, "my_grants", About::person(who), move |r| {
        let effective: BTreeSet<_> = rows::effective_of(r, who)?.into_iter().map(|line| line.grant_id).collect();
        let grants = rows::grants_of(r, who, paging.after.as_deref(), paging.probe())?;
        let page = Listing::cut(grants, &paging, |grant: &Grant| grant.id.to_string());
        let shown: Vec<_> = page.items.iter().map(|grant| grant.id).collect();
        let uses = rows::uses(r, &shown)?;
        Ok(page.map(|grant| Mine {
            effective: effective.contains(&grant.id),
            last_used: uses.get(&grant.id).and_then(|used| used.last()),
            grant,
        }))
    })
    .await
}
