//! `/ssf/streams`, `/ssf/status`, `/ssf/verify`: a receiver's stream (SSF, section 8.1).

use super::call::{Body, called, no_such_method, object, shown, stream_in, within};
use crate::{
    actions::signals,
    base::refusal::Fault,
    signals::{refusal::SignalRefusal, stream::Configuration},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, ServiceConfig},
};
use serde_json::Value;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/streams")
                .route(web::get().to(read))
                .route(web::post().to(create))
                .route(web::patch().to(update))
                .route(web::put().to(replace))
                .route(web::delete().to(delete))
                .default_service(web::to(no_such_method)),
        )
        .service(
            web::resource("/status")
                .route(web::get().to(status))
                .route(web::post().to(set_status))
                .default_service(web::to(no_such_method)),
        )
        .service(web::resource("/verify").route(web::post().to(verify)).default_service(web::to(no_such_method)));
}

fn told(one: &Configuration) -> Value {
    Value::Object(one.document())
}

fn named(request: &HttpRequest) -> Result<String, Fault> {
    Ok(stream_in(request).ok_or_else(|| SignalRefusal::of("stream_id is missing from the query"))?)
}

async fn read(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let read = async {
        let actor = called(&desk, &caller, &request).await?;
        let body = match stream_in(&request) {
            Some(id) => told(&signals::read_stream(&desk.app, &actor, id).await?),
            None => signals::read_streams(&desk.app, &actor).await?.iter().map(told).collect(),
        };
        Ok(shown(StatusCode::OK, &body))
    };
    within(read.await)
}

async fn create(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let created = async {
        let actor = called(&desk, &caller, &request).await?;
        let made = signals::create_stream(&desk.app, &actor, object(&request, body)?).await?;
        Ok(shown(StatusCode::CREATED, &told(&made)))
    };
    within(created.await)
}

async fn update(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    within(changed(&desk, &caller, &request, body, false).await)
}

async fn replace(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    within(changed(&desk, &caller, &request, body, true).await)
}

async fn changed(
    desk: &Desk,
    caller: &Caller,
    request: &HttpRequest,
    body: Body,
    whole: bool,
) -> Result<HttpResponse, Fault> {
    let actor = called(desk, caller, request).await?;
    let body = object(request, body)?;
    let id = signals::stream_id(&body)?.to_owned();
    let changed = signals::change_stream(&desk.app, &actor, id, body, whole).await?;
    Ok(shown(StatusCode::OK, &told(&changed)))
}

async fn delete(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let deleted = async {
        let actor = called(&desk, &caller, &request).await?;
        signals::delete_stream(&desk.app, &actor, named(&request)?).await?;
        Ok(HttpResponse::NoContent().finish())
    };
    within(deleted.await)
}

async fn status(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    let read = async {
        let actor = called(&desk, &caller, &request).await?;
        Ok(shown(StatusCode::OK, &signals::read_status(&desk.app, &actor, named(&request)?).await?))
    };
    within(read.await)
}

async fn set_status(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let set = async {
        let actor = called(&desk, &caller, &request).await?;
        let body = object(&request, body)?;
        Ok(shown(StatusCode::OK, &signals::set_status(&desk.app, &actor, body).await?))
    };
    within(set.await)
}

async fn verify(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let asked = async {
        let actor = called(&desk, &caller, &request).await?;
        signals::verify_stream(&desk.app, &actor, object(&request, body)?).await?;
        Ok(HttpResponse::NoContent().finish())
    };
    within(asked.await)
}
