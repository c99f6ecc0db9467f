//! `/status-lists`: which tokens were ended before their time, for verifiers that look at signatures only
//! (draft-ietf-oauth-status-list-17). For everybody, from anywhere.

use super::error::told;
use crate::{
    actions::token_status::{token_status, token_status_lists},
    base::refusal::Fault,
    tokens::status_list::FRESH_SECONDS,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header,
    web::{Data, Path, ServiceConfig, get},
};
use serde_json::json;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/status-lists", get().to(all)).route("/status-lists/{list}", get().to(one));
}

fn open() -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, format!("public, max-age={FRESH_SECONDS}")))
        .insert_header((header::VARY, "Accept-Encoding"));
    answer
}

/// The list of lists (section 9.3).
async fn all(desk: Data<Desk>, caller: Caller) -> HttpResponse {
    match token_status_lists(&desk.app, &caller.actor).await {
        Ok(lists) => open().json(json!({ "status_lists": lists })),
        Err(fault) => told(fault),
    }
}

/// One list (section 8.1). The past is not kept: whoever asks for a list as it was is told so (section 8.4).
async fn one(desk: Data<Desk>, caller: Caller, request: HttpRequest, list: Path<String>) -> HttpResponse {
    if request.query_string().split('&').any(|pair| pair.split('=').next() == Some("time")) {
        return HttpResponse::NotImplemented()
            .json(json!({ "error": "invalid_request", "error_description": "lists are not kept as they were" }));
    }
    match token_status(&desk.app, &caller.actor, &list).await {
        Ok(signed) => open().content_type("application/statuslist+jwt").body(signed.as_str().to_owned()),
        Err(Fault::Refused(refused)) => HttpResponse::NotFound()
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .json(json!({ "error": "invalid_request", "error_description": super::error::description(&refused) })),
        Err(broken) => told(broken),
    }
}
