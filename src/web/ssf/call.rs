//! A call of a receiver: who it is, what it sent, and answers as RFC 8935, section 2.3, has them.

use crate::{
    actions::signals,
    base::refusal::{Broken, Fault, Kind},
    identity::{actor::Actor, person::IdentityRefusal},
    signals::refusal::SignalRefusal,
    web::kit::{bearer::bearer, caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Bytes, Data, Query},
};
use serde_json::{Map, Value, json};

/// A body, or why there is none.
pub type Body = Result<Bytes, actix_web::Error>;

/// The answer, or the fault as an answer.
pub fn within(answer: Result<HttpResponse, Fault>) -> HttpResponse {
    answer.unwrap_or_else(told)
}

/// An answer that is kept by nobody.
#[must_use]
pub fn shown(status: StatusCode, body: &Value) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}

/// The receiver that calls.
///
/// # Errors
/// There is no credential, or none that lives.
pub async fn called(desk: &Desk, caller: &Caller, request: &HttpRequest) -> Result<Actor, Fault> {
    let secret = bearer(request).ok_or(IdentityRefusal::SignInFirst)?;
    let known = signals::authenticate(&desk.app, &secret, &caller.actor.address).await?;
    Ok(known.ok_or(IdentityRefusal::SignInFirst)?)
}

/// Reads a body: a JSON object. What stands in each other more than 128 deep is refused.
///
/// # Errors
/// It is something else, or too large.
pub fn object(request: &HttpRequest, body: Body) -> Result<Map<String, Value>, Fault> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        return Err(SignalRefusal::of("send application/json").into());
    }
    let body = body.map_err(|error| match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => SignalRefusal::of("the body is larger than 128 KiB"),
        _ => SignalRefusal::of("the body can not be read"),
    })?;
    match serde_json::from_slice(&body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(SignalRefusal::of("the body is no object").into()),
        Err(error) => Err(SignalRefusal::of(format!("the body is no JSON: {error}")).into()),
    }
}

/// The stream that the query names.
#[must_use]
pub fn stream_in(request: &HttpRequest) -> Option<String> {
    let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    pairs.into_iter().find(|(name, _)| name == "stream_id").map(|(_, id)| id)
}

/// A fault as a receiver reads it.
fn told(fault: Fault) -> HttpResponse {
    let refused = match &fault {
        Fault::Refused(refused) => refused,
        Fault::Broken(broken) => {
            let away = matches!(broken, Broken::Unavailable(_));
            let status = if away { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
            let reference = Failure::from(fault).reference.unwrap_or_default();
            let mut answer = error(status, "internal", &format!("reference {reference}"));
            if away {
                answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
            }
            return answer;
        }
    };
    let (status, word) = match refused.kind {
        Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, "authentication_failed"),
        Kind::Forbidden | Kind::Gone => (StatusCode::FORBIDDEN, "access_denied"),
        Kind::NotFound => (StatusCode::NOT_FOUND, "not_found"),
        Kind::Conflict => (StatusCode::CONFLICT, "conflict"),
        Kind::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
        Kind::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Kind::Invalid | Kind::TooLarge => (StatusCode::BAD_REQUEST, "invalid_request"),
    };
    let mut answer = error(status, word, &refused.sentence);
    let headers = answer.headers_mut();
    match refused.kind {
        Kind::Unauthenticated => {
            let challenge = header::HeaderValue::from_static("Bearer realm=\"habilis signals\"");
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        Kind::TooMany => {
            headers.insert(header::RETRY_AFTER, header::HeaderValue::from(crate::signals::VERIFICATION_SECONDS));
        }
        _ => {}
    }
    answer
}

fn error(status: StatusCode, word: &str, description: &str) -> HttpResponse {
    shown(status, &json!({ "err": word, "description": description }))
}

/// An address at which there is nothing.
pub async fn nowhere(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    match called(&desk, &caller, &request).await {
        Ok(_) => error(StatusCode::NOT_FOUND, "not_found", "there is nothing at this address"),
        Err(fault) => told(fault),
    }
}

/// A method that an address does not take.
pub async fn no_such_method(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    if let Err(fault) = called(&desk, &caller, &request).await {
        return told(fault);
    }
    let allow = match request.match_pattern().unwrap_or_default().rsplit('/').next().unwrap_or_default() {
        "streams" => "GET, HEAD, POST, PATCH, PUT, DELETE",
        "status" => "GET, HEAD, POST",
        _ => "POST",
    };
    let mut answer = error(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "this address does not take this method");
    answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allow));
    answer
}
