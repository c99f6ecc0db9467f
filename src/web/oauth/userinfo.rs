//! `/userinfo`: who the person behind an access token is (OpenID Connect Core, section 5.3; RFC 6750, section 2).

use super::{
    error::{no_such_method, open, preflight, told},
    params::of_body,
};
use crate::{
    actions::{self, About, introspect_token::read_userinfo},
    tokens::refusal::OauthRefusal,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    web::{self, Bytes, Data, ServiceConfig},
};
use serde_json::{Value, json};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::resource("/userinfo")
            .route(web::get().to(userinfo))
            .route(web::post().to(userinfo))
            .route(web::method(Method::OPTIONS).to(preflight))
            .default_service(web::to(no_such_method)),
    );
}

async fn userinfo(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    body: Result<Bytes, actix_web::Error>,
) -> HttpResponse {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|text| text.split_once(' ')).filter(|(way, _)| way.eq_ignore_ascii_case("bearer"));
    let in_body = if *request.method() == Method::POST { of_body(&request, body).ok() } else { None };
    let twice = in_body.as_ref().and_then(|params| params.check().err());
    let in_body = in_body.as_ref().and_then(|params| params.get("access_token"));
    let token = match (bearer, in_body) {
        (Some((_, token)), None) if twice.is_none() => token.trim(),
        (None, Some(token)) if twice.is_none() => token,
        (Some(_), _) | (_, Some(_)) => {
            let both = OauthRefusal::Request { why: "the token is in the header or in the body, not in both" };
            let refusal = twice.unwrap_or(both);
            let about = About::nothing();
            let fault = actions::refuse(&desk.app, &caller.actor, "read_userinfo", about, refusal.into()).await;
            let mut answer = told(fault);
            let challenge = HeaderValue::from_static("Bearer realm=\"habilis\", error=\"invalid_request\"");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            return answer;
        }
        // Whoever sends no token at all is told of nothing but the way (RFC 6750, section 3.1).
        (None, None) => {
            return open(StatusCode::UNAUTHORIZED)
                .insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"habilis\""))
                .json(json!({ "error": "invalid_request", "error_description": "send an access token" }));
        }
    };
    match read_userinfo(&desk.app, &caller.actor, token).await {
        Ok(claims) => open(StatusCode::OK).json(Value::Object(claims)),
        Err(fault) => told(fault),
    }
}
