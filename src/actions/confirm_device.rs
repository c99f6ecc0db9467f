//! A person types the code that a device shows, reads what it asks for, and says yes or no (RFC 8628, section 3.3).
//!
//! Whoever guesses codes is slowed down (section 5.1): after a few wrong ones a person has to wait, and after many everybody in
//! the network from which they came, and nobody is told whether a code was right while they wait.

use super::{
    About, act,
    authorize::Say,
    connect_tool::{self, Connecting},
    mint_token,
};
use crate::{
    access,
    app::{App, Content},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault, Refused},
        text::Slug,
    },
    db::Writing,
    identity::{
        self,
        actor::{Actor, Signed},
        network::network,
        secret::Secret,
    },
    tokens::{
        client::Client,
        client::GrantType,
        device::{DeviceRefusal, OF_NETWORK, OF_PERSON, UserCode, WINDOW_SECONDS},
        refusal::OauthRefusal,
        rows::{self, DeviceRow, DeviceState},
        scope::Scopes,
    },
};
use serde_json::json;
use std::sync::Arc;

/// What a person is shown for a code.
pub enum Turn {
    /// They are asked.
    Ask(Box<Sheet>),
    /// They lack the role; the code stays open until its end.
    Missing { client: Box<Client>, role: Slug, code: UserCode, until: Time, refused: Box<Refused> },
    /// They said yes, now or before.
    Allowed { client: Box<Client> },
    /// They said no, now or before.
    Denied { client: Box<Client> },
}

/// What a person is asked to agree to.
pub struct Sheet {
    pub client: Client,
    pub code: UserCode,
    pub scopes: Scopes,
    /// The role, and until when the person has it.
    pub role: Option<(Slug, Time)>,
    /// From where the device asked, and whether that is another network than the person's.
    pub address: String,
    pub elsewhere: bool,
    pub asked_at: Time,
    pub expires_at: Time,
}

/// A code that was found, and whom it concerns.
#[derive(Clone)]
struct Found {
    device: DeviceRow,
    client: Client,
}

impl Found {
    fn role(&self) -> Result<Option<Slug>, Broken> {
        self.device.role_id.as_deref().map(str::parse).transpose().map_err(Broken::defect)
    }

    /// What is shown of a code that the same person answered before.
    fn answered(&self) -> Option<Turn> {
        let client = Box::new(self.client.clone());
        match self.device.state {
            DeviceState::Open => None,
            DeviceState::Allowed | DeviceState::Redeemed => Some(Turn::Allowed { client }),
            DeviceState::Denied => Some(Turn::Denied { client }),
        }
    }
}

/// The code that was typed, where a device waits with it. A wrong one counts.
fn found(w: &mut Writing<'_>, who: Id<ids::Person>, address: &str, code: &UserCode) -> Result<Found, Fault> {
    let of = |kind: &str, name: &str| Secret::presented(&format!("device {kind} {name}")).hash();
    let (person, network) = (of("person", &who.to_string()), of("network", &network(address)));
    // Judged one after the other, so that many at once are worth no more than the same in a row.
    identity::rows::hold_guesses(w, &person, &network)?;
    let since = w.now().plus_seconds(-WINDOW_SECONDS);
    for (guesser, most) in [(&person, OF_PERSON), (&network, OF_NETWORK)] {
        let before = rows::guesses(w, guesser, since)?;
        if let Some(latest) = before.latest.filter(|_| before.n >= most) {
            return Err(DeviceRefusal::Throttled { until: latest.plus_seconds(WINDOW_SECONDS) }.into());
        }
    }
    let now = w.now();
    let device = rows::device_by_user_code(w, &code.hash())?;
    let device = device.filter(|device| now < device.expires_at && device.person_id.is_none_or(|by| by == who));
    let client = match &device {
        Some(device) => rows::client(w, &device.client_id)?,
        None => None,
    };
    match (device, client) {
        (Some(device), Some(client)) => Ok(Found { device, client }),
        _ => {
            rows::note_guess(w, &person)?;
            rows::note_guess(w, &network)?;
            Err(DeviceRefusal::Unknown.into())
        }
    }
}

/// Reads what was typed; what can be no code is no guess.
async fn read(app: &App, actor: &Actor, verb: &'static str, typed: &str) -> Result<(Signed, UserCode), Fault> {
    let signed = actor.signed()?.clone();
    match UserCode::read(typed) {
        Some(code) => Ok((signed, code)),
        None => {
            let about = About::person(signed.person.id);
            Err(super::refuse(app, actor, verb, about, DeviceRefusal::Unknown.into()).await)
        }
    }
}

/// Shows what the device asks for that shows this code.
///
/// # Errors
/// Nobody is signed in, no device waits with this code, too many wrong ones were typed, or the database is away.
pub async fn look_at_device(app: &App, actor: &Actor, typed: &str) -> Result<Turn, Fault> {
    const VERB: &str = "look_at_device";
    let content = app.content()?;
    let (signed, code) = read(app, actor, VERB, typed).await?;
    let (who, address, wanted) = (signed.person.id, actor.address.clone(), code.clone());
    let (found, until) = act(app, actor, VERB, About::person(who), move |w, _| {
        let found = found(w, who, &address, &wanted)?;
        let until = match found.role()? {
            Some(role) => access::rows::effective(w, who, &role)?.map(|held| held.ends_at),
            None => None,
        };
        Ok((found, until))
    })
    .await?;
    if let Some(answered) = found.answered() {
        return Ok(answered);
    }
    let role = match (found.role()?, until) {
        (Some(role), None) => return missing(app, actor, VERB, &content, found, code, role).await,
        (role, until) => role.zip(until),
    };
    let Found { device, client } = found;
    Ok(Turn::Ask(Box::new(Sheet {
        client,
        code,
        scopes: Scopes::read(&device.scope)?,
        role,
        elsewhere: network(&device.address) != network(&actor.address),
        address: device.address,
        asked_at: device.created_at,
        expires_at: device.expires_at,
    })))
}

/// The person lacks the role: that leaves its line, and the code stays open.
async fn missing(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    content: &Arc<Content>,
    found: Found,
    code: UserCode,
    role: Slug,
) -> Result<Turn, Fault> {
    let who = actor.signed()?.person.id;
    let about = About::person(who).role(&role).named(found.client.id.clone());
    let (kept, wanted) = (Arc::clone(content), role.clone());
    let fault = act(app, actor, verb, about, move |w, _| match kept.catalogue.roles.get(&wanted) {
        Some(known) => Err::<(), Fault>(mint_token::why_not(w, &kept, who, known)?.into()),
        None => Err(OauthRefusal::Scope { why: "there is no such role" }.into()),
    })
    .await;
    match fault {
        Err(Fault::Refused(refused)) => {
            let until = found.device.expires_at;
            Ok(Turn::Missing { client: Box::new(found.client), role, code, until, refused })
        }
        Err(broken) => Err(broken),
        Ok(()) => Err(Broken::defect("a refusal refused nothing").into()),
    }
}

/// Takes what the person says. Saying it twice is as good as once.
///
/// # Errors
/// As [`look_at_device`]; or the person signed out meanwhile.
pub async fn confirm_device(app: &App, actor: &Actor, typed: &str, say: Say) -> Result<Turn, Fault> {
    const VERB: &str = "confirm_device";
    // Looked at again: the role may have gone since, and then it is told what is missing.
    let sheet = match look_at_device(app, actor, typed).await? {
        Turn::Ask(sheet) => sheet,
        Turn::Missing { client, .. } if say == Say::No => {
            return deny(app, actor, typed, *client).await;
        }
        other => return Ok(other),
    };
    if say == Say::No {
        return deny(app, actor, typed, sheet.client).await;
    }
    let content = app.content()?;
    let (signed, code) = read(app, actor, VERB, typed).await?;
    let (who, address) = (signed.person.id, actor.address.clone());
    let mut about = About::person(who).named(sheet.client.id.clone());
    if let Some((role, _)) = &sheet.role {
        about = about.role(role);
    }
    act(app, actor, VERB, about, move |w, by| {
        let found = found(w, who, &address, &code)?;
        let (role, scopes) = (found.role()?, Scopes::read(&found.device.scope)?);
        let wanted = Connecting {
            client: &found.client.id,
            scopes: &scopes,
            role: role.as_ref(),
            resource: found.device.resource.as_deref(),
            nonce: None,
            way: GrantType::DeviceCode,
            back: None,
        };
        if found.device.state != DeviceState::Open {
            return Ok(found.answered());
        }
        // Both holds come before anything is written: nobody else answers it, and the instant moves no more.
        identity::rows::hold(w, who, false)?;
        let held = rows::hold_device(w, found.device.id)?.filter(|held| w.now() < held.expires_at);
        let held = held.ok_or(DeviceRefusal::Unknown)?;
        let family = connect_tool::begin(w, &content, &signed, &wanted)?;
        if !rows::allow_device(w, held.id, who, family.id)? {
            return Err(Broken::defect("a device code was answered while it was held").into());
        }
        connect_tool::note(w, by, &family, json!({ "device": found.device.id }))?;
        Ok(None)
    })
    .await
    .map(|answered| answered.unwrap_or(Turn::Allowed { client: Box::new(sheet.client) }))
}

/// The person says no: the device is told, and so is the log.
async fn deny(app: &App, actor: &Actor, typed: &str, client: Client) -> Result<Turn, Fault> {
    const VERB: &str = "confirm_device";
    let (signed, code) = read(app, actor, VERB, typed).await?;
    let (who, address) = (signed.person.id, actor.address.clone());
    let about = About::person(who).named(client.id.clone());
    let denied = act(app, actor, VERB, about, move |w, _| {
        let found = found(w, who, &address, &code)?;
        if found.device.state == DeviceState::Open && !rows::deny_device(w, found.device.id, who)? {
            return Err(DeviceRefusal::Unknown.into());
        }
        match found.answered() {
            Some(Turn::Allowed { .. }) => Ok(()),
            _ => Err::<(), Fault>(OauthRefusal::Denied.into()),
        }
    })
    .await;
    match denied {
        Ok(()) => Ok(Turn::Allowed { client: Box::new(client) }),
        Err(Fault::Refused(refused)) if refused.code == "oauth-denied" => Ok(Turn::Denied { client: Box::new(client) }),
        Err(fault) => Err(fault),
    }
}
