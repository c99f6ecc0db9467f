//! Signing in and out.

use super::provider;
use crate::{
    actions::{
        provider_logout,
        sign_in::{self, Begun},
        sign_out,
    },
    base::refusal::Fault,
    identity::provider::Known,
    web::{
        kit::{
            caller::{Caller, session_cookie},
            desk::{Desk, see_other},
            failure::{self, Failure},
            forms::Form,
            gate, sentence,
        },
        oauth,
        views::{
            shared::Link,
            sign_in::{DemoAccount, Forgot, SignIn},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Query, ServiceConfig, get, post},
};
use serde::Deserialize;
use std::sync::Arc;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/sign-in", get().to(page))
        .route("/sign-in", post().to(enter))
        .route("/sign-in/forgot", get().to(forgot))
        .route("/sign-out", post().to(leave));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    next: String,
    /// The address that a tool thinks belongs to the person.
    hint: String,
    /// Not empty where the person is to sign in although they are signed in.
    again: String,
}

/// Where to go after signing in: a path of this service and nothing that a browser could take for another's.
pub(super) fn local(next: &str) -> Option<&str> {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace());
    (ours && !next.starts_with("/sign-")).then_some(next)
}

fn view(desk: &Desk, email: &str, next: &str, anew: bool, error: Option<String>) -> SignIn {
    let button = |known: &Arc<Known>| {
        let own = &known.provider;
        Link::new(&own.name, provider::button(own.id.as_str(), local(next), anew, email))
    };
    let demo = desk.demo.iter().flat_map(|demo| {
        demo.accounts.iter().map(|(email, _, who)| DemoAccount {
            email: email.clone(),
            password: demo.password.clone(),
            who: who.clone(),
        })
    });
    SignIn {
        email: email.to_owned(),
        next: local(next).map(str::to_owned),
        error,
        providers: desk.app.providers.all().map(button).collect(),
        accounts: demo.collect(),
    }
}

async fn page(caller: Caller, desk: Data<Desk>, query: Option<Query<Where>>) -> Result<HttpResponse, Failure> {
    let Where { next, hint, again } = query.map(Query::into_inner).unwrap_or_default();
    if caller.signed().is_some() && again.is_empty() {
        return Ok(see_other(local(&next).unwrap_or("/")));
    }
    let email = hint.chars().take(254).collect::<String>();
    let page = desk.page(&caller, view(&desk, &email, &next, !again.is_empty(), None)).await?;
    Ok(leading(&desk, page, &next).await)
}

/// The page, with a policy that lets the way end at the tool that it began at.
async fn leading(desk: &Desk, page: HttpResponse, next: &str) -> HttpResponse {
    match oauth::form_action(desk, next).await {
        source if source.is_empty() => page,
        source => gate::leading_to(page, &source),
    }
}

async fn enter(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let (email, next) = (form.text("email"), form.text("next"));
    let password = form.raw("password").to_owned();
    match sign_in::sign_in(&desk.app, &caller.actor, email, password, &caller.agent).await {
        Ok(begun) => Ok(entered(&desk, &begun, see_other(local(next).unwrap_or("/")))),
        Err(Fault::Refused(refused)) => {
            let error = sentence::refusal(&desk, &caller, &refused);
            let failure = Failure::from(Fault::Refused(refused));
            let view = view(&desk, email, next, false, Some(error));
            let page = desk.page_with(&caller, failure::status(&failure.fault), view, None).await?;
            Ok(leading(&desk, failure::with_headers(page, &failure), next).await)
        }
        Err(broken) => Err(broken.into()),
    }
}

/// An answer that carries the cookie of a session that has begun.
pub(super) fn entered(desk: &Desk, begun: &Begun, mut response: HttpResponse) -> HttpResponse {
    let seconds = begun.expires_at.micros_since(desk.app.now()) / 1_000_000;
    let cookie = session_cookie(desk.app.settings.is_https(), &begun.secret, seconds);
    if let Err(error) = response.add_cookie(&cookie) {
        tracing::error!(error = %error, "the session cookie does not fit into a header");
    }
    response
}

async fn forgot(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let only = desk.app.settings.provider.iter().filter(|one| one.only);
    let providers = only.map(|one| Link::new(&one.name, provider::button(one.id.as_str(), None, false, "")));
    desk.page(&caller, Forgot { contact: None, providers: providers.collect() }).await
}

async fn leave(caller: Caller, desk: Data<Desk>, _form: Form) -> Result<HttpResponse, Failure> {
    // Somebody whose session is over already has left.
    let mut out = None;
    if caller.signed().is_some() {
        out = provider_logout::way_out(&desk.app, &caller.actor).await?;
        sign_out::sign_out(&desk.app, &caller.actor).await?;
    }
    provider::signed_out(&desk, &caller, out).await
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_paths_of_ours_are_followed() {
        assert_eq!(local("/courses/a?b=c#d"), Some("/courses/a?b=c#d"));
        for foreign in
            ["", "courses", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/a b"]
        {
            assert_eq!(local(foreign), None, "{foreign:?}");
        }
        assert_eq!(local("/sign-out"), None);
    }
}
