//! What verifiers of badges fetch: the issuer's profile, achievements, public keys and status lists. For everybody, from
//! anywhere.

use super::kit::{caller::Caller, desk::Desk, failure::Failure};
use crate::{
    actions::prove,
    base::{refusal::Fault, text::Slug},
    certification::badge::LIST_FRESH_SECONDS,
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header,
    web::{Data, Path, ServiceConfig, get},
};
use serde_json::Value;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/issuer", get().to(issuer))
        .route("/achievements/{certification}", get().to(achievement))
        .route("/keys/{kid}", get().to(key))
        .route("/status/certificates/{list}", get().to(status));
}

/// An answer that programs on other sites may read, too.
fn open(seconds: i64) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, format!("public, max-age={seconds}")))
        .insert_header((header::VARY, "Accept, Accept-Language"));
    answer
}

/// A document of linked data (JSON-LD 1.1, section 8).
fn linked(mut document: Value, seconds: i64) -> HttpResponse {
    if let Some(fields) = document.as_object_mut() {
        let context = serde_json::json!([
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ]);
        fields.insert("@context".to_owned(), context);
    }
    open(seconds).content_type("application/ld+json").body(document.to_string())
}

async fn issuer(desk: Data<Desk>) -> HttpResponse {
    linked(prove::places(&desk.app).profile(), 3600)
}

async fn achievement(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id: Slug = id.parse().map_err(|_| Fault::from(prove::ProofRefusal::NoSuchCertification))?;
    let wording = prove::achievement(&desk.app, &caller.actor, &id).await?;
    let places = prove::places(&desk.app);
    Ok(linked(places.achievement_of(id.as_str(), &wording, caller.language), 300))
}

/// A bare JWK (RFC 7517, section 4), as the `kid` of a badge promises.
async fn key(desk: Data<Desk>, caller: Caller, kid: Path<String>) -> Result<HttpResponse, Failure> {
    let jwk = prove::badge_key(&desk.app, &caller.actor, &kid).await?;
    Ok(open(3600).content_type("application/jwk+json").body(jwk.to_string()))
}

/// The list as a signed credential; its claims in the open for whoever asks for JSON and not for the signature.
async fn status(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    list: Path<String>,
) -> Result<HttpResponse, Failure> {
    let list: i64 = list.parse().map_err(|_| Fault::from(prove::ProofRefusal::NoSuchList))?;
    let signed = prove::status_list(&desk.app, &caller.actor, list).await?;
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = ["application/json", "application/ld+json", "text/html"].iter().any(|kind| accept.contains(kind));
    Ok(if plain && !accept.contains("jwt") {
        open(LIST_FRESH_SECONDS).content_type("application/json").body(format!("{:#}", signed.claims))
    } else {
        open(LIST_FRESH_SECONDS).content_type("application/vc+jwt").body(signed.token.clone())
    })
}
