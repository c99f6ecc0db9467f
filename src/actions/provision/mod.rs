//! What the company's directory does with people and teams (SCIM 2.0, RFC 7644): each verb one transaction, the end of a
//! leaver's sessions, tokens and grants in the same one.

mod change_person;
mod change_team;
mod credentials;
mod find;
mod make_person;
mod make_team;

pub use change_person::{change_person, release_person};
pub use change_team::{change_team, release_team};
pub use credentials::{authenticate, end_credential, list_credentials, make_credential};
pub use find::{Asked, Found, find_people, find_teams, read_person, read_team};
pub use make_person::make_person;
pub use make_team::make_team;

use super::change_person::no_loop;
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    db::{Reading, Writing},
    identity,
    provisioning::{
        document::Document,
        patch::Patch,
        person::{Known, Wanted, names_version, unknown_manager, version},
        refusal::ScimRefusal,
        rows,
    },
};
use serde_json::json;
use std::collections::BTreeSet;

/// The version of the protocol, as it stands in addresses.
pub const VERSION: &str = "/scim/v2";
/// Why somebody is shut out by the directory, in the log.
const LEFT: &str = "the company's directory set them inactive";

/// The address to give to the directory.
#[must_use]
pub fn base(app: &App) -> String {
    format!("{}{VERSION}", app.settings.issuer())
}

/// How a resource is to change: wholly, or by a patch.
#[derive(Clone, Debug)]
pub enum Change {
    Replace(Document),
    Patch(Patch),
}

/// Refuses to change what has changed since.
fn still(if_match: Option<&str>, document: &Document) -> Result<(), ScimRefusal> {
    match if_match {
        Some(header) if !names_version(header, version(document)) => Err(ScimRefusal::Stale),
        _ => Ok(()),
    }
}

/// The whole resource of a person as it is at this point of a transaction.
fn told(r: &mut Reading<'_>, known: &Known, base: &str) -> Result<Document, Fault> {
    let teams = rows::belongings(r, &[known.id])?.remove(&known.id).unwrap_or_default();
    Ok(known.told(&teams, base))
}

/// Takes away what a person may do in the house, and the teams that they lead: nobody gets that back from the directory.
fn strip(w: &mut Writing<'_>, by: &By, known: &Known) -> Result<(), Fault> {
    let none = identity::person::Capabilities::default();
    if known.capabilities != none {
        identity::rows::set_capabilities(w, known.id, none)?;
        let entry = Entry::new(What::PersonChanged).person(known.id);
        audit::rows::append(w, by, entry.data(json!({ "from": known.capabilities, "to": none })))?;
    }
    for team in identity::rows::led_by(w, known.id)? {
        identity::rows::set_lead(w, &team, known.id, false)?;
        let entry = Entry::new(What::TeamLeadsChanged).person(known.id).about(team.clone());
        audit::rows::append(w, by, entry.data(json!({ "team": team, "leads": false })))?;
    }
    Ok(())
}

/// Refuses a new manager whom the directory does not see, or who answers to the person already. The caller holds the managers.
fn manager_fits(r: &mut Reading<'_>, known: Option<&Known>, wanted: &Wanted) -> Result<(), Fault> {
    let before = known.and_then(|known| known.manager.as_ref()).map(|manager| manager.id);
    let Some(manager) = wanted.manager.filter(|manager| before != Some(*manager)) else { return Ok(()) };
    if rows::seen_people(r, &BTreeSet::from([manager]))?.is_empty() {
        return Err(unknown_manager().into());
    }
    known.map_or(Ok(()), |known| no_loop(r, known.id, manager))
}

/// Whether the directory may let somebody in: only whom it shut out itself.
fn may_let_in(r: &mut Reading<'_>, known: &Known) -> Result<(), Fault> {
    let since = identity::rows::shut_out(r, known.id)?.map(|(since, _)| since);
    if since.is_some() && since == known.shut_at {
        return Ok(());
    }
    Err(ScimRefusal::MayNot(crate::provisioning::refusal::MayNot::LetIn).into())
}

/// Notes that somebody is in a team now, or no longer.
fn moved(w: &mut Writing<'_>, by: &By, person: Id<ids::Person>, team: &str, joined: bool) -> Result<(), Fault> {
    let entry = Entry::new(What::PersonChanged).person(person).about(team);
    let word = if joined { "joined" } else { "left" };
    Ok(audit::rows::append(w, by, entry.data(json!({ word: team })))?)
}
