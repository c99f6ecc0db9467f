//! Answers to the directory, and refusals exactly as RFC 7644, section 3.12, has them.

use super::call::{called, within};
use crate::{
    base::refusal::{Broken, Fact, Fault, Kind, Refused},
    provisioning::{
        document::Document,
        person::{names_version, version},
        refusal::{self, ScimRefusal},
    },
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
    web::Data,
};
use serde_json::{Value, json};

/// The media type (RFC 7644, section 8.1).
pub const MEDIA: &str = "application/scim+json";

/// An answer in the protocol's media type.
#[must_use]
pub fn scim(status: StatusCode, body: &Value) -> HttpResponse {
    build(status).body(body.to_string())
}

fn build(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.content_type(MEDIA).insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

/// A resource with its version (RFC 7644, section 3.14); where the caller has that version, only that it is so.
#[must_use]
pub fn resource(request: &HttpRequest, status: StatusCode, whole: &Document, shown: Document) -> HttpResponse {
    let tag = version(whole).to_owned();
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if status == StatusCode::OK
        && !tag.is_empty()
        && request.method().is_safe()
        && known.is_some_and(|known| names_version(known, &tag))
    {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    let mut answer = build(status);
    if !tag.is_empty() {
        answer.insert_header((header::ETAG, tag));
    }
    let place = whole.get("meta").and_then(|meta| meta.get("location")).and_then(Value::as_str);
    if let Some(place) = place {
        let name = if status == StatusCode::CREATED { header::LOCATION } else { header::CONTENT_LOCATION };
        answer.insert_header((name, place));
    }
    answer.body(Value::Object(shown).to_string())
}

/// A page of resources (RFC 7644, section 3.4.2).
#[must_use]
pub fn list(total: usize, start: usize, page: &[Value]) -> HttpResponse {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": total, "startIndex": start, "itemsPerPage": page.len(), "Resources": page,
    });
    scim(StatusCode::OK, &body)
}

/// A fault as the directory reads it.
#[must_use]
pub fn told(fault: Fault) -> HttpResponse {
    let refused = match &fault {
        Fault::Refused(refused) => refused,
        Fault::Broken(broken) => {
            let away = matches!(broken, Broken::Unavailable(_));
            let status = if away { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
            let failure = Failure::from(fault);
            let mut answer = error(status, None, &format!("reference {}", failure.reference.unwrap_or_default()));
            if away {
                answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
            }
            return answer;
        }
    };
    let (status, word) = place(refused);
    let mut answer = error(status, word, &refused.sentence);
    if status == StatusCode::UNAUTHORIZED {
        let challenge = header::HeaderValue::from_static("Bearer realm=\"habilis provisioning\"");
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}

fn error(status: StatusCode, word: Option<&str>, detail: &str) -> HttpResponse {
    let mut body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": status.as_u16().to_string(), "detail": detail,
    });
    if let (Some(word), Some(fields)) = (word, body.as_object_mut()) {
        fields.insert("scimType".to_owned(), json!(word));
    }
    scim(status, &body)
}

/// The status and `scimType` of a refusal (RFC 7644, tables 8 and 9).
fn place(refused: &Refused) -> (StatusCode, Option<&'static str>) {
    use refusal::Fault as Wrong;
    let bad = StatusCode::BAD_REQUEST;
    match refused.code {
        "scim-taken" => return (StatusCode::CONFLICT, Some("uniqueness")),
        "scim-stale" => return (StatusCode::PRECONDITION_FAILED, None),
        // The directory has no authority over this (RFC 7644, table 8).
        "last-admin" | "scim-may-not" => return (StatusCode::FORBIDDEN, None),
        // To the directory it is a value that makes no sense, whoever else is told of a conflict.
        "manager-loop" => return (bad, Some(Wrong::Value.word())),
        "scim-request" => {}
        _ => {
            return match refused.kind {
                Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, None),
                Kind::NotFound => (StatusCode::NOT_FOUND, None),
                Kind::Conflict => (StatusCode::CONFLICT, None),
                Kind::Invalid => (bad, Some(Wrong::Value.word())),
                Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, None),
                Kind::TooMany => (StatusCode::TOO_MANY_REQUESTS, None),
                Kind::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, None),
                Kind::Forbidden | Kind::Gone => (StatusCode::FORBIDDEN, None),
            };
        }
    }
    let Some(Fact::Text(word)) = refused.facts.get("what") else { return (bad, None) };
    let known = [
        Wrong::Filter,
        Wrong::TooMany,
        Wrong::Syntax,
        Wrong::Path,
        Wrong::NoTarget,
        Wrong::Value,
        Wrong::Mutability,
        Wrong::Version,
    ];
    match known.into_iter().map(Wrong::word).find(|known| known == word) {
        Some(word) => (bad, Some(word)),
        None if *word == Wrong::Large.word() => (StatusCode::PAYLOAD_TOO_LARGE, None),
        None if *word == Wrong::Nowhere.word() => (StatusCode::NOT_FOUND, None),
        None if *word == Wrong::Media.word() => (StatusCode::UNSUPPORTED_MEDIA_TYPE, None),
        None if *word == Wrong::Method.word() => (StatusCode::METHOD_NOT_ALLOWED, None),
        None => (StatusCode::NOT_IMPLEMENTED, None),
    }
}

/// An address at which there is nothing, for whoever may know.
pub async fn nowhere(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    without(&desk, &caller, &request, refusal::Fault::Nowhere, "there is nothing at this address").await
}

/// An address of another version of the protocol (RFC 7644, section 3.13).
pub async fn other_version(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    without(&desk, &caller, &request, refusal::Fault::Version, "this service speaks SCIM 2.0 under /scim/v2").await
}

/// What this service does not do, and says so in its configuration.
pub async fn unsupported(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    without(&desk, &caller, &request, refusal::Fault::Unsupported, "this service does not do this").await
}

/// A method that an address does not take.
pub async fn no_such_method(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let why = "this address does not take this method";
    let mut answer = without(&desk, &caller, &request, refusal::Fault::Method, why).await;
    // RFC 9110, section 15.5.6: whoever refuses a method names those that work.
    let pattern = request.match_pattern().unwrap_or_default();
    let allow = match pattern.rsplit('/').next().unwrap_or_default() {
        "Users" | "Groups" => "GET, HEAD, POST",
        ".search" => "POST",
        "{id}" => "GET, HEAD, PUT, PATCH, DELETE",
        _ => "GET, HEAD",
    };
    if answer.status() == StatusCode::METHOD_NOT_ALLOWED {
        answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allow));
    }
    answer
}

async fn without(
    desk: &Desk,
    caller: &Caller,
    request: &HttpRequest,
    fault: refusal::Fault,
    why: &str,
) -> HttpResponse {
    within(called(desk, caller, request).await.and_then(|_| Err(ScimRefusal::of(fault, why).into())))
}
