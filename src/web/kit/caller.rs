//! Who calls: found once a request from the cookie or the Bearer token, with their language, zone and address.

use super::{failure::Failure, forwarded};
use crate::{
    actions::{
        read_decisions::{self, OnDesk},
        sign_in,
    },
    app::App,
    base::{refusal::Fault, text::Language},
    identity::{
        actor::{Actor, Signed, Who},
        person::IdentityRefusal,
        secret::Secret,
    },
};
use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::{Payload, ServiceRequest},
    http::{Method, header},
};
use std::future::{Ready, ready};

/// The name of the session cookie: with the `__Host-` prefix where the service is reached over https (RFC 6265bis).
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-habilis" } else { "habilis" }
}

/// How the caller proved who they are.
#[derive(Clone, Debug)]
pub enum Via {
    /// Not at all.
    Nothing,
    /// By the session cookie.
    Cookie(Secret),
    /// By `Authorization: Bearer` (RFC 6750).
    Bearer,
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
    pub via: Via,
    pub language: Language,
    pub zone: String,
    pub agent: String,
    pub path: String,
    /// The path with its query, to come back to after signing in.
    pub here: String,
    pub notice: Option<String>,
    /// What lies on the caller's desk, where it was read together with the session: for pages that only show.
    pub desk: Option<OnDesk>,
}

impl Caller {
    /// Finds out who calls.
    ///
    /// # Errors
    /// The database is away.
    pub async fn find(app: &App, request: &ServiceRequest) -> Result<Self, Fault> {
        let address = address(app, request);
        let text = |name: header::HeaderName| {
            request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let bearer = text(header::AUTHORIZATION);
        let bearer = bearer.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let cookie = request.cookie(cookie_name(app.settings.is_https()));
        let (via, secret) = match (bearer, cookie) {
            (Some((_, token)), _) => (Via::Bearer, Some(Secret::presented(token.trim()))),
            (None, Some(cookie)) => {
                let secret = Secret::presented(cookie.value());
                (Via::Cookie(secret.clone()), Some(secret))
            }
            (None, None) => (Via::Nothing, None),
        };
        let (actor, desk) = match &secret {
            None => (None, None),
            Some(secret) => match app.content().ok().filter(|_| shows_a_page(request)) {
                None => (sign_in::authenticate(app, secret, &address).await?, None),
                Some(content) => {
                    let read = sign_in::authenticate_and(app, secret, &address, move |r, person| {
                        Ok(read_decisions::on_desk(r, &content, person)?)
                    });
                    read.await?.map_or((None, None), |(actor, desk)| (Some(actor), Some(desk)))
                }
            },
        };
        let via = if actor.is_some() { via } else { Via::Nothing };
        let actor = actor.unwrap_or_else(|| Actor::anonymous(address));
        let (chosen, zone) = match &actor.who {
            Who::Person(signed) => (signed.person.language, signed.person.zone.clone()),
            _ => (None, "Europe/Paris".to_owned()),
        };
        let language =
            asked_for(request).or(chosen).unwrap_or_else(|| Language::negotiate(&text(header::ACCEPT_LANGUAGE)));
        Ok(Self {
            actor,
            via,
            language,
            zone,
            agent: text(header::USER_AGENT).chars().take(200).collect(),
            path: request.path().to_owned(),
            here: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            notice: request
                .cookie(super::desk::NOTICE)
                .map(|cookie| cookie.value().to_owned())
                .filter(|n| !n.is_empty()),
            desk,
        })
    }

    /// Nobody, for answers when even the database is away.
    #[must_use]
    pub fn nobody(request: &ServiceRequest) -> Self {
        let accepts = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self {
            actor: Actor::anonymous(""),
            via: Via::Nothing,
            language: asked_for(request).unwrap_or_else(|| Language::negotiate(accepts.unwrap_or_default())),
            zone: "Europe/Paris".to_owned(),
            agent: String::new(),
            path: request.path().to_owned(),
            here: "/".to_owned(),
            notice: None,
            desk: None,
        }
    }

    /// A program that proves who it is by itself: no session, but an address for the log.
    #[must_use]
    pub fn program(app: &App, request: &ServiceRequest) -> Self {
        Self { actor: Actor::anonymous(address(app, request)), ..Self::nobody(request) }
    }

    /// The signed-in person.
    #[must_use]
    pub fn signed(&self) -> Option<&Signed> {
        self.actor.signed().ok()
    }

    /// The token of the caller's forms.
    #[must_use]
    pub fn form_token(&self) -> Option<String> {
        match &self.via {
            Via::Cookie(secret) => Some(secret.form_token()),
            Via::Nothing | Via::Bearer => None,
        }
    }
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Caller>().cloned();
        ready(found.ok_or_else(|| Fault::from(IdentityRefusal::SignInFirst).into()))
    }
}

/// Whether the request asks for a page, and changes nothing that the page would have to show.
fn shows_a_page(request: &ServiceRequest) -> bool {
    request.method() == Method::GET && !request.path().starts_with("/api/")
}

/// The language that a call of the API names itself: `?lang=fr`.
fn asked_for(request: &ServiceRequest) -> Option<Language> {
    let query = request.path().starts_with("/api/").then(|| request.query_string())?;
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Language::from_tag)
}

/// The address a request came from: believed from `X-Forwarded-For` only where a trusted proxy says it.
fn address(app: &App, request: &ServiceRequest) -> String {
    let Some(peer) = request.peer_addr() else { return String::new() };
    let lines = request.headers().get_all("x-forwarded-for").map(header::HeaderValue::as_bytes);
    forwarded::caller(peer.ip(), lines, &app.settings.trusted_proxies).to_string()
}

/// The session cookie.
#[must_use]
pub fn session_cookie(https: bool, secret: &Secret, seconds: i64) -> Cookie<'static> {
    Cookie::build(cookie_name(https), secret.reveal().to_owned())
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// The cookie that takes the session cookie away.
#[must_use]
pub fn no_session_cookie(https: bool) -> Cookie<'static> {
    let mut cookie = Cookie::build(cookie_name(https), "").path("/").http_only(true).secure(https).finish();
    cookie.make_removal();
    cookie
}
