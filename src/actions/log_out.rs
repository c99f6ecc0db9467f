//! Signing out at a tool's request (OpenID Connect RP-Initiated Logout): at once where the tool proves whose session it is,
//! else after asking the person.

use super::{About, refuse, sign_out};
use crate::{
    app::App,
    base::refusal::Fault,
    identity::actor::Actor,
    tokens::{
        client::Client,
        redirect,
        refusal::OauthRefusal,
        request::{Params, encoded},
        rows,
    },
};

/// What a request to sign out comes to.
pub struct Leaving {
    /// The tool that asks, where it says.
    pub client: Option<Client>,
    /// Where the browser goes afterwards, where that is registered.
    pub back: Option<String>,
    /// Whether the person is to be asked first: they are signed in, and nothing proves that the tool means this session.
    pub ask: bool,
}

async fn refused(app: &App, actor: &Actor, refusal: OauthRefusal) -> Fault {
    refuse(app, actor, "log_out", About::nothing(), refusal.into()).await
}

/// Judges a request to sign out.
///
/// # Errors
/// A parameter is repeated, the hint is none of ours, the address is not registered, or the database is away.
pub async fn judge(app: &App, actor: &Actor, params: &Params) -> Result<Leaving, Fault> {
    if let Err(refusal) = params.check() {
        return Err(refused(app, actor, refusal).await);
    }
    let hint = params.get("id_token_hint").map(|hint| app.keyring.read(hint));
    // An ID token that is over still says whose it was (section 2).
    let hint = match hint {
        None => None,
        Some(Some(read)) if read.says("iss", &app.settings.issuer()) && read.text("jti").is_none() => Some(read),
        Some(_) => {
            return Err(refused(
                app,
                actor,
                OauthRefusal::Request { why: "id_token_hint is no ID token of this service" },
            )
            .await);
        }
    };
    let hinted = hint.as_ref().and_then(|read| read.text("aud")).map(str::to_owned);
    let named = params.get("client_id").map(str::to_owned);
    if let (Some(hinted), Some(named)) = (&hinted, &named)
        && hinted != named
    {
        return Err(refused(
            app,
            actor,
            OauthRefusal::Request { why: "the id_token_hint was issued to another client" },
        )
        .await);
    }
    let client = match hinted.or(named) {
        None => None,
        Some(id) => app.db.look_up(app.now(), move |r| Ok(rows::client(r, &id)?)).await?,
    };
    let back = match params.get("post_logout_redirect_uri") {
        None => None,
        Some(uri) if client.as_ref().is_some_and(|client| client.returns_to(uri)) => {
            let state = params.get("state").map(|state| format!("state={}", encoded(state)));
            Some(state.map_or_else(|| uri.to_owned(), |state| redirect::with_query(uri, &state)))
        }
        Some(_) => return Err(refused(app, actor, OauthRefusal::RedirectForeign).await),
    };
    let ask = actor.signed().is_ok_and(|signed| {
        let same = |name: &str, id: String| hint.as_ref().is_some_and(|read| read.says(name, &id));
        !(same("sub", signed.person.id.to_string()) && same("sid", signed.session.to_string()))
    });
    Ok(Leaving { client, back, ask })
}

/// Ends the session in which the actor is signed in, if they are.
///
/// # Errors
/// The database is away.
pub async fn leave(app: &App, actor: &Actor) -> Result<(), Fault> {
    if actor.signed().is_ok() { sign_out::sign_out(app, actor).await } else { Ok(()) }
}
