//! The whole file on one person, and the list of people.

use super::{
    About, look,
    note_audit_read::{Reading, note_audit_read_once},
    overview::{self, Picture},
    read_machines::{self, Machine},
};
use crate::{
    academy::{self, accommodation::Accommodation, attempt::AttemptRefusal},
    access::{grant::Grant, rows as access_rows},
    app::App,
    audit::{
        event::Line,
        rows::{self as audit_rows, Filter},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Fault,
        text::Slug,
    },
    identity::{
        actor::Actor,
        person::{IdentityRefusal, Person, State},
        rows::{self, IdentityRow, SessionRow},
    },
    records,
    tokens::rows::{self as token_rows, TokenRow},
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything about one person.
#[derive(Clone, Debug)]
pub struct File {
    pub person: Person,
    pub teams: Vec<String>,
    pub manager: Option<Person>,
    pub picture: Picture,
    /// All grants, newest first, one page of them.
    pub grants: Listing<Grant>,
    /// When each of them was last used.
    pub uses: BTreeMap<Id<ids::Grant>, access_rows::Use>,
    pub tokens: Vec<TokenRow>,
    /// Those of them that work now.
    pub working: BTreeSet<Id<ids::Token>>,
    /// The service accounts that they own.
    pub machines: Vec<Machine>,
    pub sessions: Vec<SessionRow>,
    /// How they are known at identity providers.
    pub identities: Vec<IdentityRow>,
    pub events: Vec<Line>,
    /// Logins that were set by hand: warehouse and name.
    pub logins: Vec<(String, String)>,
    /// Every team there is.
    pub all_teams: Vec<String>,
    /// How many tokens there were in all.
    pub tokens_total: i64,
    /// When they last used a session.
    pub seen: Option<Time>,
    /// Since when, and why, they are shut out.
    pub shut_out: Option<(Time, String)>,
    /// What was granted to them beyond the rules: only for admins and themselves.
    pub accommodations: Vec<Accommodation>,
    /// Since when they are only a pseudonym.
    pub erased_at: Option<Time>,
    /// Names of those who placed locks on them.
    pub names: BTreeMap<String, String>,
}

/// The whole file on one person; `paging` pages the grants. That somebody else's was read is noted before it is given out.
///
/// # Errors
/// The actor may not read everybody's records, there is no such person, or the database is away.
pub async fn person_file(app: &App, actor: &Actor, person: Id<ids::Person>, paging: Paging) -> Result<File, Fault> {
    let file = read(app, actor, person, paging).await?;
    if actor.signed().is_ok_and(|signed| signed.person.id == person) {
        return Ok(file);
    }
    let reading = Reading { person: Some(person), ..Reading::of("person") };
    note_audit_read_once(app, actor, reading).await?;
    Ok(file)
}

/// One person as they are named, for those who may read everybody's records.
///
/// # Errors
/// The actor may not, there is no such person, or the database is away.
pub async fn person(app: &App, actor: &Actor, person: Id<ids::Person>) -> Result<Person, Fault> {
    let caller = actor.clone();
    look(app, actor, "person_file", About::person(person), move |r| {
        caller.as_auditor()?;
        Ok(rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?)
    })
    .await
}

async fn read(app: &App, actor: &Actor, person: Id<ids::Person>, paging: Paging) -> Result<File, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "person_file", About::person(person), move |r| {
        let own = caller.signed().map(|signed| signed.person.id).ok() == Some(person);
        if !own {
            caller.as_auditor()?;
        }
        let found = rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        let grants = access_rows::grants_of(r, person, paging.after.as_deref(), paging.probe())?;
        let shown: Vec<_> = grants.iter().map(|grant| grant.id).collect();
        let picture = overview::picture(r, &content, person)?;
        let tokens = token_rows::tokens_of_person(r, person, &Paging::first(20))?.items;
        let minted: Vec<_> = tokens.iter().map(|token| token.id).collect();
        let known = content.catalogue.warehouses.keys().map(Slug::as_str).collect::<BTreeSet<_>>();
        let logins = rows::warehouse_logins(r, person)?
            .into_iter()
            .filter(|one| known.contains(one.warehouse_id.as_str()))
            .map(|one| (one.warehouse_id, one.login))
            .collect();
        Ok(File {
            teams: rows::teams_of(r, person)?,
            manager: match rows::manager_of(r, person)? {
                Some(manager) => rows::person(r, manager)?,
                None => None,
            },
            grants: Listing::cut(grants, &paging, |grant: &Grant| grant.id.to_string()),
            uses: access_rows::uses(r, &shown)?,
            working: token_rows::working_tokens(r, &minted)?,
            tokens,
            machines: read_machines::machines_of(r, &content, person)?,
            sessions: rows::sessions_of(r, person)?,
            identities: rows::identities_of(r, person)?,
            all_teams: rows::all_teams(r)?,
            tokens_total: token_rows::count_of_person(r, person)?,
            seen: rows::last_seen(r, &[person])?.remove(&person),
            shut_out: rows::shut_out(r, person)?,
            accommodations: if own || caller.as_admin().is_ok() {
                academy::rows::accommodations_of(r, person)?
            } else {
                Vec::new()
            },
            erased_at: records::rows::erased_at(r, person)?,
            names: rows::names_of(r, picture.locks.iter().map(|lock| lock.placed_by.as_str()))?,
            events: audit_rows::list(r, &Filter { person: Some(person), ..Filter::default() }, &Paging::first(20))?
                .items,
            person: found,
            logins,
            picture,
        })
    })
    .await
}

/// Whose attempt this is, for those who may read everybody's records.
///
/// # Errors
/// The actor may not, there is no such attempt, or the database is away.
pub async fn owner_of_attempt(app: &App, actor: &Actor, attempt: Id<ids::Attempt>) -> Result<Id<ids::Person>, Fault> {
    let caller = actor.clone();
    look(app, actor, "owner_of_attempt", About::nothing().subject(attempt), move |r| {
        caller.as_auditor()?;
        Ok(academy::rows::attempt(r, attempt)?.ok_or(AttemptRefusal::NoSuchAttempt)?.person_id)
    })
    .await
}

/// People by name, with an optional part of the name or address and an optional state.
///
/// # Errors
/// The actor may not read everybody's records, or the database is away.
pub async fn list_people(
    app: &App,
    actor: &Actor,
    search: Option<String>,
    state: Option<State>,
    paging: Paging,
) -> Result<Listing<Person>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_people", About::nothing(), move |r| {
        caller.as_auditor()?;
        Ok(rows::people(r, search.as_deref(), state, &paging)?)
    })
    .await
}
