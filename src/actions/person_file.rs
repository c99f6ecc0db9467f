//! The whole file on one person, and the list of people.

use super::{
    About, look,
    overview::{self, Picture},
};
use crate::{
    access::{grant::Grant, rows as access_rows},
    app::App,
    audit::{
        event::Line,
        rows::{self as audit_rows, Filter},
    },
    base::{
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Fault,
    },
    identity::{
        actor::Actor,
        person::{IdentityRefusal, Person, State},
        rows::{self, SessionRow},
    },
    tokens::rows::{self as token_rows, TokenRow},
};

/// Everything about one person.
#[derive(Clone, Debug)]
pub struct File {
    pub person: Person,
    pub teams: Vec<String>,
    pub picture: Picture,
    /// All grants, newest first, one page of them.
    pub grants: Listing<Grant>,
    pub tokens: Vec<TokenRow>,
    pub sessions: Vec<SessionRow>,
    pub events: Vec<Line>,
    /// Logins that were set by hand: warehouse and name.
    pub logins: Vec<(String, String)>,
}

/// The whole file on one person; `paging` pages the grants.
///
/// # Errors
/// The actor may not read everybody's records, there is no such person, or the database is away.
pub async fn person_file(app: &App, actor: &Actor, person: Id<ids::Person>, paging: Paging) -> Result<File, Fault> {
    let content = app.content()?;
    let caller = actor.clone();
    look(app, actor, "person_file", About::person(person), move |r| {
        if caller.signed().map(|signed| signed.person.id).ok() != Some(person) {
            caller.as_auditor()?;
        }
        let found = rows::person(r, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        let grants = access_rows::grants_of(r, person, paging.after.as_deref(), paging.probe())?;
        let mut logins = Vec::new();
        for warehouse in content.catalogue.warehouses.keys() {
            if let Some(login) = rows::warehouse_login(r, person, warehouse.as_str())? {
                logins.push((warehouse.to_string(), login));
            }
        }
        Ok(File {
            teams: rows::teams_of(r, person)?,
            picture: overview::picture(r, &content, person)?,
            grants: Listing::cut(grants, &paging, |grant: &Grant| grant.id.to_string()),
            tokens: token_rows::tokens_of_person(r, person, &Paging::first(20))?.items,
            sessions: rows::sessions_of(r, person)?,
            events: audit_rows::list(r, &Filter { person: Some(person), ..Filter::default() }, &Paging::first(20))?
                .items,
            person: found,
            logins,
        })
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
