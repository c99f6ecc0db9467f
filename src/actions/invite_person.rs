//! Inviting a person, and making a link for a new password: shown to the admin, and mailed where that is set up.

use super::{
    About, act,
    once::{Once, act_once, told},
    provider_only,
};
use crate::{
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::{Email, Language},
    },
    identity::{
        actor::Actor,
        person::{Capabilities, IdentityRefusal, Person, State, Wrong},
        rows::{self, Purpose},
        secret::Secret,
    },
};
use serde_json::json;

/// Who is invited.
#[derive(Clone, Debug, Default)]
pub struct Invitation {
    pub email: String,
    pub name: String,
    pub office: String,
    pub language: Option<Language>,
    pub capabilities: Capabilities,
    pub teams: Vec<String>,
}

/// How a person comes in by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// Once, until this instant, and chooses a password.
    Once(Time),
    /// It is the sign-in page: the provider of this name is their only way in, and it lets them in.
    Provider(String),
}

/// A link for a person: shown once.
#[derive(Clone, Debug)]
pub struct PersonalLink {
    pub person: Person,
    pub purpose: Purpose,
    pub url: String,
    pub way: WayIn,
}

impl PersonalLink {
    /// Until when it works, where it works once.
    #[must_use]
    pub fn expires_at(&self) -> Option<Time> {
        match self.way {
            WayIn::Once(until) => Some(until),
            WayIn::Provider(_) => None,
        }
    }

    /// The provider that lets them in, where it is their only way.
    #[must_use]
    pub fn provider(&self) -> Option<&str> {
        match &self.way {
            WayIn::Once(_) => None,
            WayIn::Provider(name) => Some(name),
        }
    }
}

/// A name with its white space folded.
///
/// # Errors
/// It is empty, too long, or has control characters.
pub fn clean_name(name: &str) -> Result<String, IdentityRefusal> {
    let clean = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !clean.is_empty() && clean.chars().count() <= 100 && !clean.chars().any(char::is_control);
    if fits { Ok(clean) } else { Err(IdentityRefusal::BadField { field: "name", why: Wrong::NameLength }) }
}

/// Team names as they are stored: folded to slugs.
///
/// # Errors
/// One of them is no slug.
pub fn clean_teams(teams: &[String]) -> Result<Vec<String>, IdentityRefusal> {
    teams
        .iter()
        .map(|team| team.trim().to_lowercase().replace(' ', "-"))
        .filter(|team| !team.is_empty())
        .map(|team| {
            team.parse::<crate::base::text::Slug>()
                .map(String::from)
                .map_err(|_| IdentityRefusal::BadField { field: "teams", why: Wrong::TeamName })
        })
        .collect()
}

/// Invites a person.
///
/// # Errors
/// The actor is no admin, the address is taken, a field is not right, or the database is away.
pub async fn invite_person(app: &App, actor: &Actor, invitation: Invitation) -> Result<PersonalLink, Fault> {
    let (_, link) = invite_person_once(app, actor, invitation, None).await?;
    Ok(told(link)?)
}

/// As [`invite_person`]; under a key that was used before, the person whom it invited, without the link: that was shown once.
///
/// # Errors
/// As [`invite_person`], or the key was used for something else.
pub async fn invite_person_once(
    app: &App,
    actor: &Actor,
    invitation: Invitation,
    key: Option<Once>,
) -> Result<(Id<ids::Person>, Option<PersonalLink>), Fault> {
    let caller = actor.clone();
    let secret = Secret::new("hl")?;
    let (kept, lifetime, house) = (secret.clone(), app.settings.link_lifetime.clone(), app.clone());
    let about = About::nothing().told(invitation.email.clone());
    let (id, made) = act_once(app, actor, "invite_person", about, key, move |w, by| {
        caller.as_admin()?;
        let email: Email =
            invitation.email.parse().map_err(|_| IdentityRefusal::BadField { field: "email", why: Wrong::Address })?;
        let person = Person {
            id: Id::new(w.now()),
            email: email.clone(),
            name: clean_name(&invitation.name)?,
            office: invitation.office.trim().chars().take(100).collect(),
            language: invitation.language,
            zone: if invitation.office.trim() == "Barcelona" { "Europe/Madrid" } else { "Europe/Paris" }.to_owned(),
            capabilities: invitation.capabilities,
            state: State::Invited,
            created_at: w.now(),
        };
        let teams = clean_teams(&invitation.teams)?;
        if !rows::insert_person(w, &person, None)? {
            return Err(IdentityRefusal::EmailTaken { email: email.to_string() }.into());
        }
        rows::set_teams(w, person.id, &teams)?;
        let way = match provider_only::only_way(w, &house.settings, &person)? {
            Some(provider) => WayIn::Provider(provider),
            None => {
                let expires_at = w.now().plus(&lifetime);
                rows::insert_link(w, Purpose::Invitation, Some(person.id), &kept.hash(), expires_at)?;
                WayIn::Once(expires_at)
            }
        };
        let entry = Entry::new(What::PersonInvited).person(person.id);
        audit::rows::append(
            w,
            by,
            entry
                .data(json!({ "capabilities": person.capabilities, "teams": teams }))
                .texts(json!({ "email": person.email })),
        )?;
        Ok((person.id, (person, way)))
    })
    .await?;
    Ok((id, made.map(|(person, way)| link(app, person, Purpose::Invitation, &secret, way))))
}

/// Makes a new link for a person: an invitation again where they have no password yet, a reset where they have.
///
/// # Errors
/// The actor is no admin, there is no such person, they are shut out, or the database is away.
pub async fn personal_link(app: &App, actor: &Actor, person: Id<ids::Person>) -> Result<PersonalLink, Fault> {
    let caller = actor.clone();
    let secret = Secret::new("hl")?;
    let (kept, lifetime) = (secret.clone(), app.settings.link_lifetime.clone());
    let house = app.clone();
    let (person, purpose, expires_at) = act(app, actor, "make_link", About::person(person), move |w, by| {
        caller.as_admin()?;
        let found = rows::person(w, person)?.ok_or(IdentityRefusal::NoSuchPerson)?;
        provider_only::password_opens(w, &house.settings, &found)?;
        let purpose = match found.state {
            State::Invited => Purpose::Invitation,
            State::Active => Purpose::Reset,
            State::Disabled => return Err(IdentityRefusal::AlreadySo { state: "disabled" }.into()),
        };
        let expires_at = w.now().plus(&lifetime);
        let id = rows::insert_link(w, purpose, Some(person), &kept.hash(), expires_at)?;
        let entry = Entry::new(What::LinkMade).person(person).subject(id);
        audit::rows::append(w, by, entry.data(json!({ "purpose": purpose.word(), "expires_at": expires_at })))?;
        Ok((found, purpose, expires_at))
    })
    .await?;
    Ok(link(app, person, purpose, &secret, WayIn::Once(expires_at)))
}

fn link(app: &App, person: Person, purpose: Purpose, secret: &Secret, way: WayIn) -> PersonalLink {
    let issuer = app.settings.issuer();
    let url = match way {
        WayIn::Once(_) => format!("{issuer}/welcome/{}", secret.reveal()),
        WayIn::Provider(_) => format!("{issuer}/sign-in"),
    };
    PersonalLink { person, purpose, url, way }
}
