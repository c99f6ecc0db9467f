//! Health, figures, keys and assets: for machines, without a caller.

use super::kit::{desk::Desk, failure::Failure};
use crate::{actions::measure, tokens::keyring::FRESH_SECONDS};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path, ServiceConfig, get},
};
use serde_json::json;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig) {
    probes(config);
    config.route("/jwks.json", get().to(jwks)).route("/assets/{path:.*}", get().to(asset));
}

/// Only health and figures, for a listener of their own.
pub fn probes(config: &mut ServiceConfig) {
    config
        .route("/health/live", get().to(live))
        .route("/health/ready", get().to(ready))
        .route("/metrics", get().to(metrics));
}

async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

async fn ready(desk: Data<Desk>) -> HttpResponse {
    let content = desk.app.content().is_ok();
    let database = desk.app.db.ping(desk.app.now()).await;
    let stopping = desk.app.is_stopping();
    let body = json!({
        "status": if content && database.is_ok() && !stopping { "ready" } else { "not ready" },
        "database": if database.is_ok() { "up" } else { "away" },
        "content": if content { "loaded" } else { "missing" },
        "stopping": stopping,
    });
    if content && database.is_ok() && !stopping {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, "2")).json(body)
    }
}

async fn metrics(desk: Data<Desk>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .body(desk.app.metrics.text(&measure::measure(&desk.app).await))
}

/// The JWK Set (RFC 7517). Verifiers may keep it for five minutes: the next key stands in it long before it signs.
async fn jwks(desk: Data<Desk>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, format!("public, max-age={FRESH_SECONDS}")))
        .body(desk.app.keyring.published().to_string())
}

async fn asset(desk: Data<Desk>, request: HttpRequest, path: Path<String>) -> Result<HttpResponse, Failure> {
    let Some(asset) = desk.render.asset(&path) else {
        return Ok(HttpResponse::NotFound().content_type("text/plain").body("there is no such file"));
    };
    let tag = format!("\"{}\"", asset.stamp);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let stamped = request.query_string().contains(&asset.stamp);
    let cache = if stamped { "public, max-age=31536000, immutable" } else { "public, max-age=60" };
    if known == Some(tag.as_str()) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    Ok(HttpResponse::Ok()
        .content_type(asset.media)
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, cache))
        .body(asset.bytes.to_vec()))
}
