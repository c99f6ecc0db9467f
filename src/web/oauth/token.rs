//! `/token`, `/introspect` and `/revoke`: for programs; every answer is JSON and kept by nobody.

use super::{
    error::{no_such_method, open, preflight, told},
    params::{credentials, of_body},
};
use crate::{
    actions::{
        self, About, exchange_token, introspect_token,
        poll_device::{self, Polled},
        prove_client::{prove_client, recognise_client},
        redeem_code::{self, Presented},
        refresh_token, service_token,
    },
    base::refusal::Fault,
    identity::secret::Secret,
    tokens::{client::Client, refusal::OauthRefusal, request::Params},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse, Route,
    http::{Method, StatusCode},
    web::{self, Bytes, Data, ServiceConfig},
};
use serde_json::{Map, Value, json};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    let mut endpoint = |path: &str, route: Route| {
        config.service(
            web::resource(path)
                .route(route)
                .route(web::method(Method::OPTIONS).to(preflight))
                .default_service(web::to(no_such_method)),
        );
    };
    endpoint("/token", web::post().to(token));
    endpoint("/introspect", web::post().to(introspect));
    endpoint("/revoke", web::post().to(revoke));
}

/// How a client is known.
#[derive(Clone, Copy)]
pub(super) enum Known {
    /// By what the database says now.
    Now,
    /// From memory, as tokens are.
    Before,
}

pub(super) type Body = Result<Bytes, actix_web::Error>;

/// The client that calls, proven, and its parameters.
pub(super) async fn called(
    desk: &Desk,
    caller: &Caller,
    request: &HttpRequest,
    body: Body,
    known: Known,
) -> Result<(Client, Params), Fault> {
    let read = of_body(request, body).and_then(|params| {
        params.check()?;
        let shown = credentials(request, &params)?;
        Ok((shown, params))
    });
    match read {
        Ok((shown, params)) => {
            let client = match known {
                Known::Now => prove_client(&desk.app, &caller.actor, shown).await?,
                Known::Before => recognise_client(&desk.app, &caller.actor, shown).await?,
            };
            Ok((client, params))
        }
        Err(refusal) => Err(refused(desk, caller, refusal).await),
    }
}

async fn refused(desk: &Desk, caller: &Caller, refusal: OauthRefusal) -> Fault {
    actions::refuse(&desk.app, &caller.actor, "token", About::nothing(), refusal.into()).await
}

async fn token(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    match exchanged(&desk, &caller, &request, body).await {
        Ok(Polled::Pending) => not_yet("authorization_pending", "the person has not answered yet"),
        Ok(Polled::SlowDown) => not_yet("slow_down", "wait five seconds longer between two questions from now on"),
        Ok(Polled::Issued(issued)) => {
            let mut answer = Map::new();
            answer.insert("access_token".to_owned(), json!(issued.access_token));
            answer.insert("token_type".to_owned(), json!("Bearer"));
            answer.insert("expires_in".to_owned(), json!(issued.expires_in));
            answer.insert("scope".to_owned(), json!(issued.scope));
            let kind = issued.issued_token_type.map(str::to_owned);
            let rest =
                [("refresh_token", issued.refresh_token), ("id_token", issued.id_token), ("issued_token_type", kind)];
            for (name, value) in rest {
                if let Some(value) = value {
                    answer.insert(name.to_owned(), json!(value));
                }
            }
            open(StatusCode::OK).json(answer)
        }
        Err(fault) => told(fault),
    }
}

/// What a device is told that has to ask again (RFC 8628, section 3.5).
fn not_yet(error: &str, description: &str) -> HttpResponse {
    open(StatusCode::BAD_REQUEST).json(json!({ "error": error, "error_description": description }))
}

async fn exchanged(desk: &Desk, caller: &Caller, request: &HttpRequest, body: Body) -> Result<Polled, Fault> {
    let (client, params) = called(desk, caller, request, body, Known::Now).await?;
    let need = |name, why| params.need(name, why).map(str::to_owned);
    let asked = || -> Result<Asked, OauthRefusal> {
        match need("grant_type", "grant_type is missing")?.as_str() {
            "authorization_code" => Ok(Asked::Code(Presented {
                code: Secret::presented(&need("code", "code is missing")?),
                verifier: need("code_verifier", "code_verifier is missing: PKCE is needed (RFC 7636)")?,
                redirect_uri: need("redirect_uri", "redirect_uri is missing")?,
                resource: params.get("resource").map(str::to_owned),
            })),
            "refresh_token" => {
                Ok(Asked::Refresh(Secret::presented(&need("refresh_token", "refresh_token is missing")?)))
            }
            "urn:ietf:params:oauth:grant-type:device_code" => {
                Ok(Asked::Device(Secret::presented(&need("device_code", "device_code is missing")?)))
            }
            "client_credentials" => Ok(Asked::Service),
            "urn:ietf:params:oauth:grant-type:token-exchange" => {
                let maybe = |name: &str| params.get(name).map(str::to_owned);
                Ok(Asked::Exchange(Box::new(exchange_token::Presented {
                    subject_token: need("subject_token", "subject_token is missing")?,
                    subject_token_type: need("subject_token_type", "subject_token_type is missing")?,
                    actor_token: maybe("actor_token"),
                    actor_token_type: maybe("actor_token_type"),
                    requested_token_type: maybe("requested_token_type"),
                    scope: maybe("scope"),
                    resource: maybe("resource"),
                    audience: maybe("audience"),
                })))
            }
            _ => Err(OauthRefusal::GrantTypeUnknown),
        }
    };
    let own = |name: &str| params.get(name).map(str::to_owned);
    let issued = match asked() {
        Ok(Asked::Code(shown)) => redeem_code::redeem_code(&desk.app, &caller.actor, client, shown).await?,
        Ok(Asked::Refresh(token)) => {
            let (scope, resource) = (own("scope"), own("resource"));
            refresh_token::refresh_token(&desk.app, &caller.actor, client, token, scope, resource).await?
        }
        Ok(Asked::Device(code)) => {
            return poll_device::poll_device(&desk.app, &caller.actor, client, code, own("resource")).await;
        }
        Ok(Asked::Exchange(shown)) => exchange_token::exchange_token(&desk.app, &caller.actor, client, *shown).await?,
        Ok(Asked::Service) => {
            let (scope, resource) = (own("scope"), own("resource"));
            service_token::service_token(&desk.app, &caller.actor, client, scope, resource).await?
        }
        Err(refusal) => return Err(refused(desk, caller, refusal).await),
    };
    Ok(Polled::Issued(Box::new(issued)))
}

enum Asked {
    Code(Presented),
    Refresh(Secret),
    Device(Secret),
    Service,
    Exchange(Box<exchange_token::Presented>),
}

async fn introspect(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let looked = async {
        let (client, params) = called(&desk, &caller, &request, body, Known::Before).await?;
        let Some(token) = params.get("token") else {
            return Err(refused(&desk, &caller, OauthRefusal::Request { why: "token is missing" }).await);
        };
        introspect_token::introspect_token(&desk.app, &caller.actor, client, token.to_owned()).await
    };
    match looked.await {
        Ok(Some(claims)) => open(StatusCode::OK).json(Value::Object(claims)),
        Ok(None) => open(StatusCode::OK).json(json!({ "active": false })),
        Err(fault) => told(fault),
    }
}

async fn revoke(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let given_back = async {
        let (client, params) = called(&desk, &caller, &request, body, Known::Now).await?;
        let Some(token) = params.get("token") else {
            return Err(refused(&desk, &caller, OauthRefusal::Request { why: "token is missing" }).await);
        };
        introspect_token::revoke_token(&desk.app, &caller.actor, client, token.to_owned()).await
    };
    match given_back.await {
        Ok(()) => open(StatusCode::OK).finish(),
        Err(fault) => told(fault),
    }
}
