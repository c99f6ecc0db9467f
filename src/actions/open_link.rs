//! Following an invitation or reset link: the person chooses a password and is signed in; every other session ends.

use super::{About, act, provider_only, sign_in, tell_seats};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{clock::Time, refusal::Fault},
    db::Reading,
    identity::{
        actor::Actor,
        password::Passwords,
        person::{IdentityRefusal, Person, State},
        rows::{self, LinkRow, Purpose},
        secret::Secret,
    },
    tokens::{
        self,
        rows::{Ending, Whose},
    },
};
use serde_json::json;

/// What a link opens.
#[derive(Clone, Debug)]
pub struct Opened {
    pub purpose: Purpose,
    /// Whom it is for; none for the set-up link.
    pub person: Option<Person>,
    /// Until when it works.
    pub expires_at: Time,
}

fn alive(r: &mut Reading<'_>, secret: &Secret) -> Result<(LinkRow, Option<Person>), Fault> {
    let now = r.at();
    let link = rows::link(r, &secret.hash())?.filter(|link| link.used_at.is_none() && now < link.expires_at);
    let link = link.ok_or(IdentityRefusal::LinkDead)?;
    let person = match link.person_id {
        None if rows::anybody(r)? => return Err(IdentityRefusal::SetUpDone.into()),
        None => None,
        Some(id) => {
            let person = rows::person(r, id)?.filter(|person| person.state != State::Disabled);
            Some(person.ok_or(IdentityRefusal::LinkDead)?)
        }
    };
    Ok((link, person))
}

/// Looks at a link without using it up.
///
/// # Errors
/// It is dead, or the database is away.
pub async fn look_at_link(app: &App, actor: &Actor, secret: Secret) -> Result<Opened, Fault> {
    let house = app.clone();
    super::look(app, actor, "look_at_link", About::nothing(), move |r| {
        let (link, person) = alive(r, &secret)?;
        if let Some(person) = &person {
            provider_only::password_opens(r, &house.settings, person)?;
        }
        Ok(Opened { purpose: link.purpose, person, expires_at: link.expires_at })
    })
    .await
}

/// Whom a link is for; the set-up link is for nobody yet, and opens elsewhere.
async fn whose(app: &App, actor: &Actor, secret: &Secret) -> Result<Person, Fault> {
    match look_at_link(app, actor, secret.clone()).await?.person {
        Some(person) => Ok(person),
        None => Err(super::refuse(app, actor, "open_link", About::nothing(), IdentityRefusal::LinkDead.into()).await),
    }
}

/// Chooses a password through an invitation or reset link.
///
/// # Errors
/// The link is dead, the password is refused, or the database is away.
pub async fn open_link(
    app: &App,
    actor: &Actor,
    secret: Secret,
    password: String,
    agent: &str,
) -> Result<sign_in::Begun, Fault> {
    let person = whose(app, actor, &secret).await?;
    if let Err(refusal) = Passwords::judge(&password, &[person.email.as_str(), &person.name]) {
        return Err(super::refuse(app, actor, "open_link", About::person(person.id), refusal.into()).await);
    }
    let hash = app.passwords.hash(password).await?;
    open_link_with(app, actor, secret, hash, agent).await
}

/// As [`open_link`], with a password that was judged and hashed before: the demo's people share one.
///
/// # Errors
/// The link is dead, or the database is away.
pub async fn open_link_with(
    app: &App,
    actor: &Actor,
    secret: Secret,
    hash: String,
    agent: &str,
) -> Result<sign_in::Begun, Fault> {
    let person = whose(app, actor, &secret).await?;
    let session = Secret::new("hs")?;
    let (kept, lifetime, agent) = (session.clone(), app.settings.session_absolute.clone(), agent.to_owned());
    let content = app.content().ok();
    act(app, actor, "open_link", About::person(person.id), move |w, by| {
        let (link, person) = alive(w, &secret)?;
        let mut person = person.ok_or(IdentityRefusal::LinkDead)?;
        rows::hold(w, person.id, true)?;
        if !rows::use_link(w, link.id)? {
            return Err(IdentityRefusal::LinkDead.into());
        }
        rows::set_password(w, person.id, &hash)?;
        rows::end_sessions(w, person.id, None)?;
        tokens::rows::end_families(w, Whose::Orphans(person.id), Ending::SessionEnded)?;
        rows::end_links(w, person.id)?;
        let own = By { actor: person.id.to_string(), address: by.address.clone() };
        let what = if person.state == State::Invited { What::PersonActivated } else { What::PasswordChanged };
        audit::rows::append(w, &own, Entry::new(what).person(person.id).data(json!({ "by": link.purpose.word() })))?;
        // Whoever comes in for the first time may be asked for their word already.
        if let Some(content) = content.as_ref().filter(|_| person.state == State::Invited) {
            tell_seats::place_moves(w, by, &content.catalogue, person.id)?;
        }
        person.state = State::Active;
        let expires_at = sign_in::begin_session(w, person.id, &kept, &lifetime, &by.address, &agent)?;
        Ok(sign_in::Begun { secret: kept.clone(), person, expires_at })
    })
    .await
}
