//! Signing out on both sides: a provider tells that its session has ended (OpenID Connect Back-Channel and Front-Channel
//! Logout), and somebody who signs out here is led to sign out there (RP-Initiated Logout).

use super::{About, act, noted, sign_out::end_within};
use crate::{
    app::App,
    base::refusal::{Broken, Fault},
    identity::{
        actor::Actor,
        provider::{Known, ProviderRefusal, Unsound},
        rows,
    },
};
use serde_json::json;
use std::sync::Arc;

/// Ends the sessions that a logout token tells of, once; returns how many there were. That there is none is no refusal.
///
/// # Errors
/// There is no such provider, the token is not sound or was used before, the provider's keys can not be read, or the database
/// is away.
pub async fn back_channel(app: &App, actor: &Actor, provider: &str, token: String) -> Result<usize, Fault> {
    let now = app.now();
    let about = About::nothing().named(provider);
    let judged = async {
        let known: Arc<Known> = Arc::clone(app.providers.get(provider)?);
        let claims = known.ask(move |known| known.logout(&token, now)).await?;
        Ok::<_, Fault>((known, claims))
    };
    let (known, claims) = match judged.await {
        Ok(judged) => judged,
        Err(fault) => return Err(noted(app, actor, "back_channel_logout", about, fault).await),
    };
    act(app, actor, "back_channel_logout", about, move |w, by| {
        let issuer = &known.provider.issuer;
        if !rows::use_logout_token(w, issuer, &claims.id, claims.expires_at)? {
            return Err(known.unsound(Unsound::Replayed).into());
        }
        let mut ended = 0;
        for session in rows::sessions_from(w, issuer, claims.sid.as_deref(), claims.subject.as_deref())? {
            let data = json!({ "by": "back_channel", "provider": known.provider.id });
            ended += usize::from(end_within(w, by, session.id, session.person_id, data)?);
        }
        Ok(ended)
    })
    .await
}

/// Ends the sessions of a provider's own session, whose name only the provider and its relying parties know; returns how
/// many there were. The browser brings no cookie of ours into a frame of another site: what is believed is the name.
///
/// # Errors
/// There is no such provider, it is another's issuer, the session is not named, or the database is away.
pub async fn front_channel(app: &App, actor: &Actor, provider: &str, iss: &str, sid: &str) -> Result<usize, Fault> {
    let known = match app.providers.get(provider) {
        Ok(known) if known.provider.issuer != iss => Err(known.unsound(Unsound::Issuer)),
        Ok(known) if sid.is_empty() => Err(known.unsound(Unsound::Subject)),
        Ok(known) => Ok(Arc::clone(known)),
        Err(refusal) => Err(refusal),
    };
    let (known, sid) = (known, sid.to_owned());
    act(app, actor, "front_channel_logout", About::nothing().named(provider), move |w, by| {
        let known = known.clone()?;
        let mut ended = 0;
        for session in rows::sessions_from(w, &known.provider.issuer, Some(&sid), None)? {
            let data = json!({ "by": "front_channel", "provider": known.provider.id });
            ended += usize::from(end_within(w, by, session.id, session.person_id, data)?);
        }
        Ok::<_, Fault>(ended)
    })
    .await
}

/// Where somebody goes on to sign out who signs out here.
pub struct WayOut {
    /// What stands on the provider's button.
    pub provider: String,
    pub url: String,
}

/// Where the provider's session ends with which the actor's began. A provider that does not answer keeps nobody from signing
/// out here.
///
/// # Errors
/// The database is away.
pub async fn way_out(app: &App, actor: &Actor) -> Result<Option<WayOut>, Fault> {
    let Ok(signed) = actor.signed() else { return Ok(None) };
    let (session, now) = (signed.session, app.now());
    if app.providers.all().next().is_none() {
        return Ok(None);
    }
    let Some(row) = app.db.look_up(now, move |r| Ok(rows::provider_session(r, session)?)).await? else {
        return Ok(None);
    };
    let Ok(known) = app.providers.get(&row.provider_id) else { return Ok(None) };
    let hint = row.hint.and_then(|sealed| opened(app, &session.to_string(), &sealed));
    let back = format!("{}/sign-in", app.settings.issuer());
    let asked = known.ask(move |known| {
        let document = known.document(now)?;
        Ok::<_, ProviderRefusal>(known.way_out(&document, hint.as_deref(), &back))
    });
    match asked.await {
        Ok(url) => Ok(url.map(|url| WayOut { provider: known.provider.name.clone(), url })),
        Err(fault) => {
            tracing::warn!(provider = row.provider_id, %fault, "nobody could be led to sign out at the provider");
            Ok(None)
        }
    }
}

fn opened(app: &App, name: &str, sealed: &[u8]) -> Option<String> {
    let open = app.keyring.unseal(name, sealed).and_then(|bytes| String::from_utf8(bytes).map_err(Broken::defect));
    open.inspect_err(|error| tracing::warn!(%error, "a kept ID token does not open")).ok()
}
