//! What this service does of the framework, for everybody (SSF, section 7): only what works. And the keys of its tokens.

use crate::{
    actions::signals::place,
    signals::{VERSION, stream::Method},
    tokens::keyring::FRESH_SECONDS,
    web::kit::desk::Desk,
};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::header,
    web::{Data, ServiceConfig, get},
};
use serde_json::json;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/.well-known/ssf-configuration", get().to(document)).route("/ssf/jwks.json", get().to(keys));
}

fn open() -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, format!("public, max-age={FRESH_SECONDS}")));
    answer
}

async fn document(desk: Data<Desk>) -> HttpResponse {
    let at = |path: &str| place(&desk.app, path);
    open().json(json!({
        "spec_version": VERSION,
        "issuer": desk.app.settings.issuer(),
        "jwks_uri": at("/jwks.json"),
        "delivery_methods_supported": Method::ALL.map(Method::urn),
        "configuration_endpoint": at("/streams"),
        "status_endpoint": at("/status"),
        "verification_endpoint": at("/verify"),
        "authorization_schemes": [{ "spec_urn": "urn:ietf:rfc:6750" }],
        "default_subjects": "ALL",
    }))
}

async fn keys(desk: Data<Desk>) -> HttpResponse {
    open().content_type("application/jwk-set+json").body(desk.app.keyring.badge_set())
}
