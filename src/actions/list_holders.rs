//! Who holds which access, now or as of a moment; the reading is noted before anything of it is shown.

use super::{
    About, look_at,
    note_audit_read::{self, note_audit_read_once},
};
use crate::{
    academy::assignment::TeamRefusal,
    access::{
        request::AccessRefusal,
        rows::{self, Holder, HolderFilter},
    },
    app::App,
    base::{
        clock::{Tense, Time},
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Fault,
        text::{Email, Slug},
    },
    db::Reading,
    identity::{self, actor::Actor, person::IdentityRefusal},
};
use serde_json::json;
use std::collections::BTreeMap;

/// Proves that the actor may read who holds access: everybody's as an auditor, or one role's as its owner.
///
/// # Errors
/// The actor is neither.
pub(super) fn may_read(app: &App, actor: &Actor, role: Option<&Slug>) -> Result<(), Fault> {
    if !role.is_some_and(|role| app.content().ok().is_some_and(|content| content.catalogue.is_owner(actor, role))) {
        actor.as_auditor()?;
    }
    Ok(())
}

/// As [`may_read`], for a page that holds a question and no answer yet: open to auditors and admins, and to whoever owns a role,
/// where the question is one for owners. A refusal leaves its event, as that of the answer does.
///
/// # Errors
/// The actor is none of these, or the database is away.
pub async fn may_ask(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    part: String,
    for_owners: bool,
) -> Result<(), Fault> {
    let Err(refusal) = actor.as_auditor() else { return Ok(()) };
    let email = &actor.signed()?.person.email;
    if for_owners && app.content()?.catalogue.owned_by(email).next().is_some() {
        return Ok(());
    }
    Err(super::noted(app, actor, verb, About::nothing().named(part), refusal.into()).await)
}

/// The roles that somebody was given and that have left the catalogue: for auditors and admins, who may ask about them; nothing
/// for anybody else.
///
/// # Errors
/// The database is away.
pub async fn withdrawn_roles(app: &App, actor: &Actor) -> Result<Vec<Slug>, Fault> {
    if actor.as_auditor().is_err() {
        return Ok(Vec::new());
    }
    super::look(app, actor, "list_holders", About::nothing(), |r| Ok(rows::withdrawn_roles(r)?)).await
}

/// Refuses to answer about a thing that never was: an empty list would say that nobody holds it. What was there once and has
/// left is known.
///
/// # Errors
/// The role, the warehouse or the team was never there, or the database is away.
pub(super) fn known(
    r: &mut Reading<'_>,
    role: Option<&Slug>,
    warehouse: Option<&Slug>,
    team: Option<&str>,
) -> Result<(), Fault> {
    if let Some(role) = role
        && !rows::knows_role(r, role)?
    {
        return Err(AccessRefusal::NoSuchRole { id: role.to_string() }.into());
    }
    if let Some(warehouse) = warehouse
        && !rows::knows_warehouse(r, warehouse)?
    {
        return Err(AccessRefusal::NoSuchWarehouse { id: warehouse.to_string() }.into());
    }
    if let Some(team) = team
        && !identity::rows::is_team(r, team)?
    {
        return Err(TeamRefusal::NoSuchTeam { id: team.to_owned() }.into());
    }
    Ok(())
}

/// The filter with the person that was meant.
fn found(r: &mut Reading<'_>, mut filter: HolderFilter, person: Option<String>) -> Result<HolderFilter, Fault> {
    known(r, filter.role.as_ref(), filter.warehouse.as_ref(), filter.team.as_deref())?;
    if let Some(text) = person.filter(|text| !text.trim().is_empty()) {
        filter.person = Some(find_person(r, &text)?);
    }
    Ok(filter)
}

/// Something that a reader of the list has to know, by a stable word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The moment asked about is to come.
    Forecast,
    /// People of a team were asked for, as of a moment: who was in it then is not recorded, and its members of today are taken.
    TeamToday,
}

impl Note {
    /// The word; the message is `holders-note-<word>`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Forecast => "forecast",
            Self::TeamToday => "team-today",
        }
    }
}

/// What has to be known of a list by this filter as of a moment.
#[must_use]
pub fn notes(team: bool, as_of: Option<Time>, now: Time) -> Vec<Note> {
    let forecast = (Tense::of(as_of, now) == Tense::Ahead).then_some(Note::Forecast);
    let team = (team && Tense::of(as_of, now) != Tense::Now).then_some(Note::TeamToday);
    forecast.into_iter().chain(team).collect()
}

/// Settles what is asked about, and notes that it is read.
async fn opened(
    app: &App,
    actor: &Actor,
    filter: HolderFilter,
    person: Option<String>,
    as_of: Option<Time>,
) -> Result<HolderFilter, Fault> {
    let at = as_of.unwrap_or_else(|| app.now());
    let may = may_read(app, actor, filter.role.as_ref());
    let filter = look_at(app, actor, "list_holders", About::nothing(), at, move |r| {
        may?;
        found(r, filter, person)
    })
    .await?;
    let asked = json!({
        "warehouse": filter.warehouse, "team": filter.team, "state": filter.state, "unused_days": filter.unused_days,
        "all": filter.all, "as_of": as_of,
    });
    let reading = note_audit_read::Reading {
        person: filter.person,
        role: filter.role.clone(),
        ..note_audit_read::Reading::of("holders").asked(asked)
    };
    note_audit_read_once(app, actor, reading).await?;
    Ok(filter)
}

/// Lists holders by filter; `person` may be an id or an e-mail address.
///
/// # Errors
/// The actor may not read everybody's records nor owns the one role that is asked about, what is asked about is unknown, or
/// the database is away: also where only the note of this reading can not be written.
pub async fn list_holders(
    app: &App,
    actor: &Actor,
    filter: HolderFilter,
    person: Option<String>,
    as_of: Option<Time>,
    paging: Paging,
) -> Result<Listing<Holder>, Fault> {
    let filter = opened(app, actor, filter, person, as_of).await?;
    holders_of_export(app, actor, filter, None, as_of, paging).await
}

/// As [`list_holders`], for an export, which is noted as such before its first line leaves.
///
/// # Errors
/// As [`list_holders`].
pub async fn holders_of_export(
    app: &App,
    actor: &Actor,
    filter: HolderFilter,
    person: Option<String>,
    as_of: Option<Time>,
    paging: Paging,
) -> Result<Listing<Holder>, Fault> {
    let at = as_of.unwrap_or_else(|| app.now());
    let may = may_read(app, actor, filter.role.as_ref());
    look_at(app, actor, "list_holders", About::nothing(), at, move |r| {
        may?;
        let filter = found(r, filter, person)?;
        Ok(rows::holders(r, &filter, &paging)?)
    })
    .await
}

/// A page of holders with what stands beside the lines.
#[derive(Clone, Debug)]
pub struct HoldersPage {
    pub lines: Listing<Holder>,
    /// Who approved, by request; none where the policy granted by itself.
    pub approvers: BTreeMap<Id<ids::Request>, Vec<String>>,
    /// Every team there is.
    pub teams: Vec<String>,
}

/// As [`list_holders`], with the approvers of each line and the teams to choose from.
///
/// # Errors
/// As [`list_holders`].
pub async fn read_holders(
    app: &App,
    actor: &Actor,
    filter: HolderFilter,
    person: Option<String>,
    as_of: Option<Time>,
    paging: Paging,
) -> Result<HoldersPage, Fault> {
    let filter = opened(app, actor, filter, person, as_of).await?;
    let at = as_of.unwrap_or_else(|| app.now());
    look_at(app, actor, "list_holders", About::nothing(), at, move |r| {
        let lines = rows::holders(r, &filter, &paging)?;
        let requests: Vec<_> = lines.items.iter().map(|line| line.via).collect();
        Ok(HoldersPage { approvers: rows::approvals(r, &requests)?, teams: identity::rows::all_teams(r)?, lines })
    })
    .await
}

/// A person by id, e-mail address, or a piece of the name or address that fits nobody else.
///
/// # Errors
/// There is none, several fit, or the database is away.
pub fn find_person(r: &mut Reading<'_>, text: &str) -> Result<Id<ids::Person>, Fault> {
    let text = text.trim();
    if let Ok(id) = text.parse() {
        return Ok(identity::rows::person(r, id)?.ok_or(IdentityRefusal::NoSuchPerson)?.id);
    }
    if let Ok(email) = text.parse::<Email>() {
        return Ok(identity::rows::person_by_email(r, &email)?.ok_or(IdentityRefusal::NoSuchPerson)?.id);
    }
    let named = identity::rows::people(r, Some(text), None, &Paging::first(1))?;
    let first = named.items.into_iter().next().filter(|_| !text.is_empty()).ok_or(IdentityRefusal::NoSuchPerson)?;
    // Whoever asks about one of several is told so: that there is nobody would mislead.
    if named.next.is_some() { Err(IdentityRefusal::SeveralPeople.into()) } else { Ok(first.id) }
}

/// As [`find_person`], in a transaction of its own, for those who may read everybody's records.
///
/// # Errors
/// The actor may not, there is no such person, or the database is away.
pub async fn who_is(app: &App, actor: &Actor, text: String) -> Result<Id<ids::Person>, Fault> {
    let caller = actor.clone();
    super::look(app, actor, "find_person", About::nothing(), move |r| {
        caller.as_auditor()?;
        find_person(r, &text)
    })
    .await
}
