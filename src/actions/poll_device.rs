//! A device asks whether its person has answered, and gets its tokens once they said yes (RFC 8628, sections 3.4 and 3.5).
//!
//! What is not answered yet is no refusal and leaves no line: nobody was refused anything.

use super::{
    About, act,
    issue_tokens::{self, Draft, Issued},
    redeem_code,
};
use crate::{
    app::App,
    audit::event::By,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Writing,
    identity::{self, actor::Actor, secret::Secret},
    tokens::{
        client::{Client, GrantType},
        device::TOLERANCE_MICROS,
        refusal::OauthRefusal,
        rows::{self, DeviceState},
        scope::Scopes,
    },
};

/// What a device that asks is told.
pub enum Polled {
    /// Its tokens.
    Issued(Box<Issued>),
    /// To ask again.
    Pending,
    /// To ask again, and to wait longer between two questions from now on.
    SlowDown,
}

/// A device code that comes again: somebody else has it, and nobody knows which of the two had the tokens. As with a code that
/// a browser brought (RFC 6749, section 4.1.2), what it issued ends.
fn used_again(
    w: &mut Writing<'_>,
    by: &By,
    client: &Client,
    family: Option<Id<ids::Authorization>>,
) -> Result<Fault, Broken> {
    if let Some(owner) = family.map(|family| rows::family(w, family)).transpose()?.flatten() {
        redeem_code::end_reused(w, by, client, &owner)?;
    }
    Ok(OauthRefusal::Grant { why: "this device code was used before; what it issued has ended" }.into())
}

enum Step {
    Draft(Box<Draft>),
    Not(Polled),
}

/// Answers a device that asks.
///
/// # Errors
/// The code is unknown, another client's, used, over or denied; the access is not effective at this instant; or the database
/// is away.
pub async fn poll_device(
    app: &App,
    actor: &Actor,
    client: Client,
    code: Secret,
    resource: Option<String>,
) -> Result<Polled, Fault> {
    const VERB: &str = "poll_device";
    let content = app.content()?;
    let about = About::nothing().named(client.id.clone());
    if !client.may(GrantType::DeviceCode) {
        let refusal = OauthRefusal::ClientMayNot { why: "it is not registered for device_code" };
        return Err(super::refuse(app, actor, VERB, about, refusal.into()).await);
    }
    let (house, kept, refresh) = (app.clone(), content.clone(), issue_tokens::refresh_for(&client)?);
    let step = act(app, actor, VERB, about, move |w, by| {
        let wrong = |why| Fault::from(OauthRefusal::Grant { why });
        let found = rows::device(w, &code.hash())?.ok_or_else(|| wrong("there is no such device code"))?;
        if found.client_id != client.id {
            return Err(wrong("it was issued to somebody else"));
        }
        match found.state {
            DeviceState::Redeemed => return Err(used_again(w, by, &client, found.authorization_id)?),
            DeviceState::Denied => return Err(OauthRefusal::Denied.into()),
            DeviceState::Open | DeviceState::Allowed if w.now() >= found.expires_at => {
                return Err(OauthRefusal::DeviceExpired.into());
            }
            DeviceState::Open => {
                // Under the hold: where it was answered this very moment, the device learns of it with its next question.
                let Some(held) = rows::hold_device(w, found.id)? else { return Ok(Step::Not(Polled::Pending)) };
                let least = held.wait_seconds * 1_000_000 - TOLERANCE_MICROS;
                let too_soon = held.asked_at.is_some_and(|asked| w.now().micros_since(asked) < least);
                rows::poll(w, held.id, too_soon)?;
                return Ok(Step::Not(if too_soon { Polled::SlowDown } else { Polled::Pending }));
            }
            DeviceState::Allowed => {}
        }
        let owner = match found.authorization_id {
            Some(family) => rows::family(w, family)?,
            None => None,
        };
        let owner = owner.ok_or_else(|| Broken::defect("an allowed device code without what was allowed"))?;
        identity::rows::hold(w, owner.person_id, false)?;
        let allowed = Scopes::read(&owner.scope)?;
        issue_tokens::same_resource((&house, &*kept), &owner, &allowed, resource.as_deref())?;
        if !rows::redeem_device(w, found.id)? {
            return Err(used_again(w, by, &client, Some(owner.id))?);
        }
        // From here on as any other code: the family as it stands, and the certificates and the grant read again.
        let (family, person) = issue_tokens::hold_family(w, &client, owner.id)?;
        let extras = (None, refresh.clone());
        let draft = issue_tokens::draft(w, by, (&house, &*kept), &client, (&family, &person), &allowed, extras)?;
        Ok(Step::Draft(Box::new(draft)))
    })
    .await?;
    match step {
        Step::Not(polled) => Ok(polled),
        Step::Draft(draft) => Ok(Polled::Issued(Box::new(issue_tokens::sign(app, &content, *draft).await?))),
    }
}
