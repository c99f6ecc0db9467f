//! `/Groups`: teams.

use super::{
    answer::{list, no_such_method, resource},
    call::{Body, Wish, called, if_match, object, within},
};
use crate::{
    actions::provision::{self, Change},
    base::refusal::Fault,
    provisioning::{patch::Patch, schema::TEAM, team},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path, ServiceConfig},
};
use serde_json::Value;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/Groups")
                .route(web::get().to(find))
                .route(web::post().to(make))
                .default_service(web::to(no_such_method)),
        )
        .service(
            web::resource("/Groups/.search").route(web::post().to(search)).default_service(web::to(no_such_method)),
        )
        .service(
            web::resource("/Groups/{id}")
                .route(web::get().to(one))
                .route(web::put().to(replace))
                .route(web::patch().to(patch))
                .route(web::delete().to(release))
                .default_service(web::to(no_such_method)),
        );
}

async fn find(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    within(found(&desk, &caller, &request, None).await)
}

async fn search(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    within(found(&desk, &caller, &request, Some(body)).await)
}

async fn found(desk: &Desk, caller: &Caller, request: &HttpRequest, body: Option<Body>) -> Result<HttpResponse, Fault> {
    let actor = called(desk, caller, request).await?;
    let wish = match body {
        None => Wish::of_query(&TEAM, request.query_string())?,
        Some(body) => Wish::of_body(&TEAM, &object(request, body)?)?,
    };
    let start = wish.asked.start;
    let found = provision::find_teams(&desk.app, &actor, wish.asked).await?;
    let page: Vec<Value> = found.page.into_iter().map(|one| Value::Object(wish.selection.of(&TEAM, one))).collect();
    Ok(list(found.total, start, &page))
}

async fn one(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>) -> HttpResponse {
    let read = async {
        let actor = called(&desk, &caller, &request).await?;
        let wish = Wish::of_query(&TEAM, request.query_string())?;
        let whole = provision::read_team(&desk.app, &actor, id.into_inner(), wish.asked.members).await?;
        Ok(resource(&request, StatusCode::OK, &whole, wish.selection.of(&TEAM, whole.clone())))
    };
    within(read.await)
}

async fn make(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let made = async {
        let actor = called(&desk, &caller, &request).await?;
        let wish = Wish::of_query(&TEAM, request.query_string())?;
        let document = team::body(&object(&request, body)?)?;
        let whole = provision::make_team(&desk.app, &actor, document).await?;
        Ok(resource(&request, StatusCode::CREATED, &whole, wish.selection.of(&TEAM, whole.clone())))
    };
    within(made.await)
}

async fn replace(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>, body: Body) -> HttpResponse {
    let replaced = async {
        let actor = called(&desk, &caller, &request).await?;
        let wish = Wish::of_query(&TEAM, request.query_string())?;
        let change = Change::Replace(team::body(&object(&request, body)?)?);
        let whole = provision::change_team(&desk.app, &actor, id.into_inner(), change, if_match(&request)).await?;
        Ok(resource(&request, StatusCode::OK, &whole, wish.selection.of(&TEAM, whole.clone())))
    };
    within(replaced.await)
}

/// A patch of a team is answered without the team, which may be large, unless attributes of it are asked for (RFC 7644,
/// section 3.5.2).
async fn patch(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>, body: Body) -> HttpResponse {
    let patched = async {
        let actor = called(&desk, &caller, &request).await?;
        let wish = Wish::of_query(&TEAM, request.query_string())?;
        let change = Change::Patch(Patch::read(&TEAM, &object(&request, body)?)?);
        let whole = provision::change_team(&desk.app, &actor, id.into_inner(), change, if_match(&request)).await?;
        if !wish.selection.is_chosen() {
            let tag = crate::provisioning::person::version(&whole).to_owned();
            return Ok(HttpResponse::NoContent().insert_header((actix_web::http::header::ETAG, tag)).finish());
        }
        Ok(resource(&request, StatusCode::OK, &whole, wish.selection.of(&TEAM, whole.clone())))
    };
    within(patched.await)
}

async fn release(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>) -> HttpResponse {
    let released = async {
        let actor = called(&desk, &caller, &request).await?;
        provision::release_team(&desk.app, &actor, id.into_inner(), if_match(&request)).await?;
        Ok(HttpResponse::NoContent().finish())
    };
    within(released.await)
}
