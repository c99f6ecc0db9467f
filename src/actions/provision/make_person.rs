//! The directory brings somebody in: a new person without a password, or one whom it had let go.

use super::{
    super::{
        About, act,
        change_person::set_manager,
        disable_person::{let_in, shut_out},
        tell_seats,
    },
    LEFT, base,
    change_person::keep,
    manager_fits, may_let_in, strip, told,
};
use crate::{
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Language,
    },
    db::Writing,
    identity::{
        self,
        actor::Actor,
        person::{Capabilities, IdentityRefusal, Person, State},
    },
    provisioning::{
        document::Document,
        person::{Known, Wanted},
        refusal::ScimRefusal,
        rows::{self, PersonBy},
    },
};
use serde_json::json;

/// Brings a person in.
///
/// # Errors
/// The actor is not the directory, a value makes no sense, the address or the external id is another person's, the manager is
/// nobody's or answers to them already, an admin shut them out, or the database is away.
pub async fn make_person(app: &App, actor: &Actor, document: Document) -> Result<Document, Fault> {
    let (caller, base, content) = (actor.clone(), base(app), app.content()?);
    act(app, actor, "scim_make_person", About::nothing(), move |w, by| {
        caller.as_directory()?;
        let wanted = Wanted::read(&document)?;
        rows::hold_directory(w)?;
        if rows::is_person_called(w, wanted.external_id.as_deref(), None)? {
            return Err(ScimRefusal::Taken { thing: "User", field: "externalId" }.into());
        }
        let id = match rows::let_go(w, &wanted.email)? {
            Some(known) => again(w, by, &content, &known, &wanted)?,
            None => anew(w, by, &content, &wanted)?,
        };
        set_manager(w, by, &content, id, wanted.manager)?;
        let known = rows::known_person(w, &PersonBy::Id(id))?.ok_or(IdentityRefusal::NoSuchPerson)?;
        told(w, &known, &base)
    })
    .await
}

/// A person whom the house did not know.
fn anew(w: &mut Writing<'_>, by: &By, content: &Content, wanted: &Wanted) -> Result<Id<ids::Person>, Fault> {
    identity::rows::hold_managers(w)?;
    manager_fits(w, None, wanted)?;
    let person = Person {
        id: Id::new(w.now()),
        email: wanted.email.clone(),
        name: wanted.name.clone(),
        office: String::new(),
        language: wanted.language.as_deref().and_then(Language::from_tag),
        zone: wanted.zone.clone().unwrap_or_else(|| "Europe/Paris".to_owned()),
        capabilities: Capabilities::default(),
        state: State::Invited,
        created_at: w.now(),
    };
    if !identity::rows::insert_person(w, &person, None)? {
        return Err(ScimRefusal::Taken { thing: "User", field: "userName" }.into());
    }
    let entry = Entry::new(What::PersonProvisioned).person(person.id);
    audit::rows::append(w, by, entry.texts(json!({ "email": wanted.email, "name": wanted.name })))?;
    let mut shut_at = None;
    if wanted.active == Some(false) {
        shut_out(w, by, Some(content), person.id, LEFT)?;
        shut_at = identity::rows::shut_out(w, person.id)?.map(|(since, _)| since);
    }
    rows::keep_said(w, person.id, wanted.external_id.as_deref(), &wanted.said, shut_at)?;
    Ok(person.id)
}

/// A person whom the directory had let go: the same one again, without what they had.
fn again(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    known: &Known,
    wanted: &Wanted,
) -> Result<Id<ids::Person>, Fault> {
    identity::rows::hold_admins(w)?;
    identity::rows::hold_managers(w)?;
    identity::rows::hold(w, known.id, true)?;
    // Whoever waited for the hold looks again.
    let known = rows::let_go(w, &wanted.email)?.ok_or_else(|| Broken::Unavailable("it moved meanwhile".to_owned()))?;
    manager_fits(w, Some(&known), wanted)?;
    let active = wanted.active.unwrap_or(true);
    let mut shut_at = known.shut_at;
    match (known.state, active) {
        (State::Disabled, true) => {
            may_let_in(w, &known)?;
            strip(w, by, &known)?;
            let_in(w, by, known.id, None)?;
            shut_at = None;
        }
        (State::Invited | State::Active, false) => {
            shut_out(w, by, Some(content), known.id, LEFT)?;
            shut_at = identity::rows::shut_out(w, known.id)?.map(|(since, _)| since);
        }
        _ => {}
    }
    let entry = Entry::new(What::PersonProvisioned).person(known.id);
    audit::rows::append(w, by, entry.texts(json!({ "email": wanted.email, "name": wanted.name })))?;
    keep(w, &known, wanted, shut_at)?;
    if active && known.state == State::Disabled {
        tell_seats::place_moves(w, by, &content.catalogue, known.id)?;
    }
    Ok(known.id)
}
