//! The list of people as its page shows it: each with teams, certificates, grants and when they were last seen.

use super::{About, look};
use crate::{
    access::rows::{self as access_rows, LockKind},
    app::App,
    base::{
        clock::Time,
        paging::{Listing, Paging},
        refusal::Fault,
    },
    identity::{
        actor::Actor,
        person::{Person, State},
        rows,
    },
};

/// A person, in a line.
#[derive(Clone, Debug)]
pub struct Glance {
    pub person: Person,
    pub teams: Vec<String>,
    /// Whether a lock stands on them.
    pub locked: bool,
    /// Certificates that count now.
    pub certificates: i64,
    /// Grants in effect.
    pub grants: i64,
    pub seen: Option<Time>,
}

/// A page of people, and the figures above it.
#[derive(Clone, Debug)]
pub struct PeoplePage {
    pub lines: Listing<Glance>,
    pub active: i64,
    pub invited: i64,
    pub disabled: i64,
    /// Every team there is.
    pub teams: Vec<String>,
}

/// People by name, with an optional part of the name or address and an optional state.
///
/// # Errors
/// The actor may not read everybody's records, or the database is away.
pub async fn read_people(
    app: &App,
    actor: &Actor,
    search: Option<String>,
    state: Option<State>,
    paging: Paging,
) -> Result<PeoplePage, Fault> {
    let caller = actor.clone();
    look(app, actor, "read_people", About::nothing(), move |r| {
        caller.as_auditor()?;
        let found = rows::people(r, search.as_deref(), state, &paging)?;
        let ids: Vec<_> = found.items.iter().map(|person| person.id).collect();
        let mut teams = rows::teams_of_many(r, &ids)?;
        let seen = rows::last_seen(r, &ids)?;
        let holdings = access_rows::holdings(r, &ids)?;
        let locked: Vec<String> = access_rows::locks(r)?
            .into_iter()
            .filter(|lock| lock.lifted_at.is_none() && lock.kind == LockKind::Person)
            .map(|lock| lock.subject_id)
            .collect();
        let (active, invited, disabled) = rows::accounts(r)?;
        Ok(PeoplePage {
            lines: found.map(|person| {
                let (certificates, grants) = holdings.get(&person.id).copied().unwrap_or_default();
                Glance {
                    teams: teams.remove(&person.id).unwrap_or_default(),
                    locked: locked.contains(&person.id.to_string()),
                    seen: seen.get(&person.id).copied(),
                    certificates,
                    grants,
                    person,
                }
            }),
            active,
            invited,
            disabled,
            teams: rows::all_teams(r)?,
        })
    })
    .await
}
