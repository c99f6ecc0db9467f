//! The first start on an empty database: a one-time link makes the first admin.

use super::{About, act, sign_in};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::Id,
        refusal::Fault,
        text::{Email, Language},
    },
    identity::{
        actor::Actor,
        password::Passwords,
        person::{Capabilities, IdentityRefusal, Person, State, Wrong},
        rows::{self, Purpose},
        secret::Secret,
    },
};
use serde_json::json;

/// Makes a set-up link if nobody has an account yet. Links that other replicas have made work, too, until one is used.
///
/// # Errors
/// The database is away.
pub async fn set_up_link(app: &App) -> Result<Option<String>, Fault> {
    let lifetime = app.settings.link_lifetime.clone();
    let secret = Secret::new("hl")?;
    let kept = secret.clone();
    let made = act(app, &Actor::system("setup"), "set_up_link", About::nothing(), move |w, by| {
        rows::hold_set_up(w)?;
        if rows::anybody(w)? {
            return Ok(false);
        }
        let expires_at = w.now().plus(&lifetime);
        let id = rows::insert_link(w, Purpose::Setup, None, &kept.hash(), expires_at)?;
        audit::rows::append(w, by, Entry::new(What::LinkMade).subject(id).data(json!({ "purpose": "setup" })))?;
        Ok(true)
    })
    .await?;
    Ok(made.then(|| format!("{}/welcome/{}", app.settings.issuer(), secret.reveal())))
}

/// Makes the first admin through the set-up link, and signs them in.
///
/// # Errors
/// The link is dead, somebody has an account already, a field is not right, or the database is away.
pub async fn set_up(
    app: &App,
    actor: &Actor,
    link: Secret,
    email: &str,
    name: &str,
    password: String,
    agent: &str,
) -> Result<sign_in::Begun, Fault> {
    let (email, name) = match fitting(email, name, &password) {
        Ok(fitting) => fitting,
        Err(refusal) => return Err(super::refuse(app, actor, "set_up", About::nothing(), refusal.into()).await),
    };
    let hash = app.passwords.hash(password).await?;
    let secret = Secret::new("hs")?;
    let (kept, lifetime, agent) = (secret.clone(), app.settings.session_absolute.clone(), agent.to_owned());
    act(app, actor, "set_up", About::nothing(), move |w, by| {
        rows::hold_set_up(w)?;
        let found = rows::link(w, &link.hash())?.filter(|l| l.purpose == Purpose::Setup && w.now() < l.expires_at);
        let found = found.ok_or(IdentityRefusal::LinkDead)?;
        if rows::anybody(w)? {
            return Err(IdentityRefusal::SetUpDone.into());
        }
        if !rows::use_link(w, found.id)? {
            return Err(IdentityRefusal::LinkDead.into());
        }
        rows::end_set_up_links(w)?;
        let person = Person {
            id: Id::new(w.now()),
            email: email.clone(),
            name: name.clone(),
            office: String::new(),
            language: None::<Language>,
            zone: "Europe/Paris".to_owned(),
            capabilities: Capabilities { admin: true, auditor: false, author: false },
            state: State::Active,
            created_at: w.now(),
        };
        rows::insert_person(w, &person, Some(&hash))?;
        audit::rows::append(
            w,
            by,
            Entry::new(What::PersonActivated).person(person.id).data(json!({ "admin": true, "by": "setup" })),
        )?;
        let expires_at = sign_in::begin_session(w, person.id, &kept, &lifetime, &by.address, &agent)?;
        Ok(sign_in::Begun { secret: kept.clone(), person, expires_at })
    })
    .await
}

/// What the first admin typed, if it will do.
fn fitting(email: &str, name: &str, password: &str) -> Result<(Email, String), IdentityRefusal> {
    let email: Email = email.parse().map_err(|_| IdentityRefusal::BadField { field: "email", why: Wrong::Address })?;
    let name = super::invite_person::clean_name(name)?;
    Passwords::judge(password, &[email.as_str(), &name])?;
    Ok((email, name))
}
