//! The directory changes somebody, sets them inactive or active, or lets them go.

use super::{
    super::{
        About, act,
        change_person::set_manager,
        disable_person::{let_in, shut_out},
        tell_seats,
    },
    Change, LEFT, base, manager_fits, may_let_in, moved, still, strip, told,
};
use crate::{
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Language,
    },
    db::Writing,
    identity::{
        self,
        actor::Actor,
        person::{Capabilities, IdentityRefusal, State},
    },
    provisioning::{
        document::Document,
        person::{Known, Wanted},
        refusal::{MayNot, ScimRefusal},
        rows::{self, PersonBy},
        schema::{MANAGER, PERSON},
    },
};
use serde_json::json;

/// Holds a person, and reads them as they are.
fn held(w: &mut Writing<'_>, id: Id<ids::Person>) -> Result<Known, Fault> {
    rows::hold_directory(w)?;
    identity::rows::hold_admins(w)?;
    identity::rows::hold_managers(w)?;
    identity::rows::hold(w, id, true)?;
    Ok(rows::known_person(w, &PersonBy::Id(id))?.ok_or(IdentityRefusal::NoSuchPerson)?)
}

/// Changes a person; returns the whole resource after it.
///
/// # Errors
/// The actor is not the directory, there is no such person, `if_match` names another version, a value makes no sense, the
/// address or the external id is another person's, the manager is nobody's or answers to them already, they are the last admin,
/// an admin shut them out, or the database is away.
pub async fn change_person(
    app: &App,
    actor: &Actor,
    id: Id<ids::Person>,
    change: Change,
    if_match: Option<String>,
) -> Result<Document, Fault> {
    let (caller, base, content) = (actor.clone(), base(app), app.content()?);
    act(app, actor, "scim_change_person", About::person(id), move |w, by| {
        caller.as_directory()?;
        let known = held(w, id)?;
        still(if_match.as_deref(), &told(w, &known, &base)?)?;
        let before = known.writable();
        let after = match &change {
            Change::Replace(document) => with_manager(document, &before),
            Change::Patch(patch) => patch.apply(&PERSON, before.clone())?,
        };
        settle(w, by, &content, &known, &before, &Wanted::read(&after)?)?;
        let known = rows::known_person(w, &PersonBy::Id(id))?.ok_or(IdentityRefusal::NoSuchPerson)?;
        told(w, &known, &base)
    })
    .await
}

/// A whole resource. Where it says nothing of the manager, whom admins set as well, they stay.
fn with_manager(document: &Document, before: &Document) -> Document {
    let mut whole = document.clone();
    if let Some(manager) = before.get(MANAGER).filter(|_| !document.contains_key(MANAGER)) {
        whole.insert(MANAGER.to_owned(), manager.clone());
    }
    whole
}

/// Makes a person what the directory wants. What may be refused is refused before anything is written.
fn settle(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    known: &Known,
    before: &Document,
    wanted: &Wanted,
) -> Result<(), Fault> {
    let moves = wanted.email != known.email;
    if moves && known.capabilities != Capabilities::default() {
        return Err(ScimRefusal::MayNot(MayNot::Readdress).into());
    }
    if moves && rows::is_address_taken(w, &wanted.email, known.id)? {
        return Err(ScimRefusal::Taken { thing: "User", field: "userName" }.into());
    }
    if rows::is_person_called(w, wanted.external_id.as_deref(), Some(known.id))? {
        return Err(ScimRefusal::Taken { thing: "User", field: "externalId" }.into());
    }
    manager_fits(w, Some(known), wanted)?;
    let (is, active) = (known.state != State::Disabled, wanted.active.unwrap_or(known.state != State::Disabled));
    let mut shut_at = known.shut_at;
    match (is, active) {
        (false, true) => {
            may_let_in(w, known)?;
            strip(w, by, known)?;
            let_in(w, by, known.id, None)?;
            shut_at = None;
        }
        (true, false) => {
            shut_out(w, by, Some(content), known.id, LEFT)?;
            shut_at = identity::rows::shut_out(w, known.id)?.map(|(since, _)| since);
        }
        _ => {}
    }
    let changed = changed(known, before, wanted);
    if moves {
        if !rows::set_address(w, known.id, &wanted.email)? {
            return Err(Broken::Unavailable("another account took the address at this moment".to_owned()).into());
        }
        // What was mailed to the old address opens nothing any longer.
        identity::rows::end_links(w, known.id)?;
    }
    if !changed.is_empty() {
        let entry = Entry::new(What::PersonChanged).person(known.id).data(json!({ "directory": changed }));
        let texts = json!({ "email": moves.then_some(&wanted.email), "name": (wanted.name != known.name).then_some(&wanted.name) });
        audit::rows::append(w, by, entry.texts(texts))?;
    }
    let managed = known.manager.as_ref().map(|manager| manager.id) != wanted.manager;
    if managed {
        set_manager(w, by, content, known.id, wanted.manager)?;
    }
    if !changed.is_empty() || managed || is != active {
        keep(w, known, wanted, shut_at)?;
    }
    // Policies and owners are named by address.
    if active && (moves || !is) {
        tell_seats::place_moves(w, by, &content.catalogue, known.id)?;
    }
    Ok(())
}

/// The names of the attributes that change, but for `active` and the manager, which have events of their own.
fn changed(known: &Known, before: &Document, wanted: &Wanted) -> Vec<&'static str> {
    let mut changed: Vec<&'static str> = ["name", "displayName", "emails", "preferredLanguage", "timezone"]
        .into_iter()
        .filter(|name| before.get(*name) != wanted.said.get(*name))
        .collect();
    changed.extend((wanted.email != known.email).then_some("userName"));
    changed.extend((wanted.external_id != known.external_id).then_some("externalId"));
    changed
}

/// Keeps what the directory said. The language and the zone follow it where it says something new: what people chose
/// themselves in the meantime is theirs.
pub(super) fn keep(w: &mut Writing<'_>, known: &Known, wanted: &Wanted, shut_at: Option<Time>) -> Result<(), Fault> {
    let before = known.writable();
    let told = |name: &str| before.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let mut person = identity::rows::person(w, known.id)?.ok_or(IdentityRefusal::NoSuchPerson)?;
    person.name.clone_from(&wanted.name);
    if wanted.language != told("preferredLanguage") {
        person.language = wanted.language.as_deref().and_then(Language::from_tag);
    }
    if let Some(zone) = &wanted.zone {
        person.zone.clone_from(zone);
    }
    identity::rows::update_profile(w, &person)?;
    Ok(rows::keep_said(w, known.id, wanted.external_id.as_deref(), &wanted.said, shut_at)?)
}

/// Lets a person go: they are shut out and in no team, and the directory sees them no longer. Their records stay.
///
/// # Errors
/// The actor is not the directory, there is no such person, `if_match` names another version, they are the last admin, or the
/// database is away.
pub async fn release_person(
    app: &App,
    actor: &Actor,
    id: Id<ids::Person>,
    if_match: Option<String>,
) -> Result<(), Fault> {
    let (caller, base, content) = (actor.clone(), base(app), app.content().ok());
    act(app, actor, "scim_release_person", About::person(id), move |w, by| {
        caller.as_directory()?;
        let known = held(w, id)?;
        still(if_match.as_deref(), &told(w, &known, &base)?)?;
        let mut shut_at = known.shut_at;
        if known.state != State::Disabled {
            shut_out(w, by, content.as_deref(), id, LEFT)?;
            shut_at = identity::rows::shut_out(w, id)?.map(|(since, _)| since);
        }
        for team in identity::rows::teams_of(w, id)? {
            identity::rows::leave_team(w, id, &team)?;
            moved(w, by, id, &team, false)?;
        }
        strip(w, by, &known)?;
        rows::let_person_go(w, id, shut_at)?;
        Ok(audit::rows::append(w, by, Entry::new(What::PersonReleased).person(id))?)
    })
    .await
}
