//! The way to an identity provider and back: signing in, linking an account, signing out on both sides.

use super::sign_in::{entered, local};
use crate::{
    actions::{
        begin_provider_sign_in::{self, Onward, Wish, way_of},
        finish_provider_sign_in::{self, Came},
        provider_logout::{self, WayOut},
    },
    base::refusal::{Fact, Fault, Kind},
    identity::{provider::Answered, secret::Secret},
    web::{
        kit::{
            caller::{Caller, no_session_cookie},
            desk::{Desk, see_other, see_other_with},
            failure::{self, Failure},
            forms::Form,
            sentence,
        },
        views::provider::{Onward as OnwardView, Refused},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::header,
    web::{Bytes, Data, Path, Query, ServiceConfig, get, post},
};
use serde::Deserialize;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/sign-in/with/{provider}", get().to(begin))
        .route("/sign-in/with/{provider}/back", get().to(back))
        .route("/sign-in/with/{provider}/logout", get().to(front_channel))
        .route("/sign-in/with/{provider}/logout", post().to(back_channel))
        .route("/account/providers/{provider}/link", post().to(link));
}

/// Whether a provider calls here by itself: without a session, and from anywhere.
pub fn for_providers(path: &str) -> bool {
    path.strip_prefix("/sign-in/with/").is_some_and(|rest| rest.ends_with("/logout"))
}

/// The address of a provider's button.
pub(super) fn button(provider: &str, next: Option<&str>, anew: bool, hint: &str) -> String {
    let mut query = Vec::new();
    if let Some(next) = next {
        query.push(format!("next={}", sentence::encoded(next)));
    }
    if anew {
        query.push("again=1".to_owned());
    }
    if !hint.is_empty() {
        query.push(format!("hint={}", sentence::encoded(hint)));
    }
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/sign-in/with/{provider}{mark}{}", query.join("&"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    next: String,
    again: String,
    hint: String,
}

/// The cookie of a sign-in under way; each has its own, so that two tabs do not take each other's.
fn cookie_name(https: bool, way: &str) -> String {
    let prefix = if https { "__Host-" } else { "" };
    format!("{prefix}habilis-way-{way}")
}

fn with_cookie(desk: &Desk, mut response: HttpResponse, onward: &Onward) -> HttpResponse {
    let https = desk.app.settings.is_https();
    let cookie = Cookie::build(cookie_name(https, &onward.way), onward.browser.reveal().to_owned())
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(crate::identity::provider::UNDER_WAY_SECONDS))
        .finish();
    if let Err(error) = response.add_cookie(&cookie) {
        tracing::error!(error = %error, "the cookie of a sign-in does not fit into a header");
    }
    response
}

fn without_cookie(desk: &Desk, mut response: HttpResponse, way: &str) -> HttpResponse {
    let https = desk.app.settings.is_https();
    let mut cookie = Cookie::build(cookie_name(https, way), "").path("/").http_only(true).secure(https).finish();
    cookie.make_removal();
    if let Err(error) = response.add_cookie(&cookie) {
        tracing::error!(error = %error, "the cookie of a sign-in could not be taken away");
    }
    response
}

async fn begin(
    caller: Caller,
    desk: Data<Desk>,
    provider: Path<String>,
    query: Option<Query<Wanted>>,
) -> Result<HttpResponse, Failure> {
    let wanted = query.map(Query::into_inner).unwrap_or_default();
    let next = local(&wanted.next).unwrap_or("/").to_owned();
    if caller.signed().is_some() && wanted.again.is_empty() {
        return Ok(see_other(&next));
    }
    let hint = wanted.hint.chars().take(254).collect();
    let wish = Wish { next, anew: !wanted.again.is_empty(), hint };
    match begin_provider_sign_in::begin_sign_in(&desk.app, &caller.actor, &provider, wish).await {
        Ok(onward) => Ok(with_cookie(&desk, see_other(&onward.url), &onward)),
        Err(fault) => refused(&desk, &caller, &provider, fault).await,
    }
}

/// Links the account with a provider. A form may not lead to another site: a page goes on from here.
async fn link(caller: Caller, desk: Data<Desk>, provider: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let password = form.raw("link_password").to_owned();
    match begin_provider_sign_in::begin_link(&desk.app, &caller.actor, &provider, password).await {
        Ok(onward) => {
            let page = going_on(&desk, &caller, &onward.provider, &onward.url, false).await?;
            Ok(with_cookie(&desk, page, &onward))
        }
        Err(Fault::Refused(told)) if matches!(told.code, "wrong-password" | "sign-in-throttled") => {
            super::account::again(&desk, &caller, Fault::Refused(told), &format!("link-{provider}")).await
        }
        Err(fault) => refused(&desk, &caller, &provider, fault).await,
    }
}

/// A page that goes on by itself, and says where to. What a form answers with may not lead to another site (CSP 3,
/// `form-action`); a page that a form answered with may.
async fn going_on(
    desk: &Desk,
    caller: &Caller,
    provider: &str,
    url: &str,
    leaving: bool,
) -> Result<HttpResponse, Failure> {
    let view = OnwardView { provider: provider.to_owned(), href: url.to_owned(), leaving };
    let mut page = desk.page(caller, view).await?;
    if let Ok(refresh) = header::HeaderValue::from_str(&format!("0;url={url}")) {
        page.headers_mut().insert(header::REFRESH, refresh);
    }
    Ok(page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    state: String,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

async fn back(
    caller: Caller,
    desk: Data<Desk>,
    provider: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    // A parameter that is there twice does not read: nobody may choose between them (RFC 6749, section 3.1).
    let read = Query::<Back>::from_query(request.query_string()).map(Query::into_inner).unwrap_or_default();
    let way = way_of(&Secret::presented(&read.state));
    let kept = request.cookie(&cookie_name(desk.app.settings.is_https(), &way));
    let browser = kept.map(|cookie| Secret::presented(cookie.value()));
    let answer =
        Answered { state: read.state, code: read.code, iss: read.iss, error: read.error, said: read.error_description };
    let app = &desk.app;
    let came = finish_provider_sign_in::finish(app, &caller.actor, &provider, answer, browser, &caller.agent).await;
    let response = match came {
        Ok(Came::In { begun, next }) => entered(&desk, &begun, see_other(local(&next).unwrap_or("/"))),
        Ok(Came::Linked { next }) => see_other_with(local(&next).unwrap_or("/account"), "notice-identity-linked"),
        Err(fault) => refused(&desk, &caller, &provider, fault).await?,
    };
    Ok(without_cookie(&desk, response, &way))
}

/// The page that says why it does not work, and what to do.
async fn refused(desk: &Desk, caller: &Caller, provider: &str, fault: Fault) -> Result<HttpResponse, Failure> {
    let Fault::Refused(told) = fault else { return Err(fault.into()) };
    if told.kind == Kind::Unauthenticated || told.code == "no-such-provider" {
        return Err(Fault::Refused(told).into());
    }
    let known = desk.app.providers.get(provider).ok().map(|known| known.provider.name.clone());
    let inside = caller.signed().is_some();
    let view = Refused {
        sentence: sentence::refusal(desk, caller, &told),
        // In the provider's own words, and only to whoever began: by then the way back was found to be theirs.
        said: match told.facts.get("said") {
            Some(Fact::Text(said)) if !said.is_empty() => Some(said.clone()),
            _ => None,
        },
        code: told.code.to_owned(),
        again: (known.is_some() && !inside).then(|| button(provider, None, false, "")),
        provider: known,
        inside,
    };
    let failure = Failure::from(Fault::Refused(told));
    let page = desk.page_with(caller, failure::status(&failure.fault), view, None).await?;
    Ok(failure::with_headers(page, &failure))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ended {
    iss: String,
    sid: String,
}

/// A frame of the provider's (OpenID Connect Front-Channel Logout, section 3).
async fn front_channel(
    caller: Caller,
    desk: Data<Desk>,
    provider: Path<String>,
    query: Option<Query<Ended>>,
) -> HttpResponse {
    let Ended { iss, sid } = query.map(Query::into_inner).unwrap_or_default();
    answered(provider_logout::front_channel(&desk.app, &caller.actor, &provider, &iss, &sid).await)
}

/// A call of the provider's (OpenID Connect Back-Channel Logout, section 2.5).
async fn back_channel(
    caller: Caller,
    desk: Data<Desk>,
    provider: Path<String>,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    let fields: Vec<(String, String)> = match body {
        Ok(body) if body.len() <= 64 * 1024 => url::form_urlencoded::parse(&body).into_owned().collect(),
        _ => Vec::new(),
    };
    let mut tokens = fields.into_iter().filter(|(name, _)| name == "logout_token").map(|(_, value)| value);
    let (first, second) = (tokens.next(), tokens.next());
    let token = first.filter(|_| second.is_none()).unwrap_or_default();
    answered(provider_logout::back_channel(&desk.app, &caller.actor, &provider, token).await)
}

/// What a provider is told (section 2.8): nothing is kept of it.
fn answered(ended: Result<usize, Fault>) -> HttpResponse {
    let no_store = (header::CACHE_CONTROL, "no-store");
    match ended {
        Ok(_) => HttpResponse::Ok().insert_header(no_store).finish(),
        Err(fault) => {
            let failure = Failure::from(fault);
            let (status, told) = match &failure.fault {
                Fault::Refused(told) if told.kind == Kind::Unavailable => (503, told.code),
                Fault::Refused(told) if told.kind == Kind::NotFound => (404, told.code),
                Fault::Refused(told) => (400, told.code),
                Fault::Broken(_) => (failure::status(&failure.fault).as_u16(), "internal"),
            };
            let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
            let body = serde_json::json!({ "error": "invalid_request", "error_description": told });
            HttpResponse::build(status).insert_header(no_store).json(body)
        }
    }
}

/// The answer to somebody who has signed out here, and goes on to do so at their provider.
pub(super) async fn signed_out(desk: &Desk, caller: &Caller, out: Option<WayOut>) -> Result<HttpResponse, Failure> {
    let mut response = match out {
        None => see_other_with("/sign-in", "notice-signed-out"),
        Some(out) => {
            // Whoever reads this page is signed in nowhere any more.
            let mut nobody = caller.clone();
            nobody.actor = crate::identity::actor::Actor::anonymous(caller.actor.address.clone());
            nobody.via = crate::web::kit::caller::Via::Nothing;
            going_on(desk, &nobody, &out.provider, &out.url, true).await?
        }
    };
    if let Err(error) = response.add_cookie(&no_session_cookie(desk.app.settings.is_https())) {
        tracing::error!(error = %error, "the session cookie could not be taken away");
    }
    Ok(response)
}
