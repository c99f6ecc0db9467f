//! `/Users`: people.

use super::{
    answer::{list, no_such_method, resource},
    call::{Body, Wish, called, if_match, object, within},
};
use crate::{
    actions::provision::{self, Change},
    base::refusal::Fault,
    provisioning::{patch::Patch, person, schema::PERSON},
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
            web::resource("/Users")
                .route(web::get().to(find))
                .route(web::post().to(make))
                .default_service(web::to(no_such_method)),
        )
        .service(web::resource("/Users/.search").route(web::post().to(search)).default_service(web::to(no_such_method)))
        .service(
            web::resource("/Users/{id}")
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
        None => Wish::of_query(&PERSON, request.query_string())?,
        Some(body) => Wish::of_body(&PERSON, &object(request, body)?)?,
    };
    let start = wish.asked.start;
    let found = provision::find_people(&desk.app, &actor, wish.asked).await?;
    let page: Vec<Value> = found.page.into_iter().map(|one| Value::Object(wish.selection.of(&PERSON, one))).collect();
    Ok(list(found.total, start, &page))
}

async fn one(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>) -> HttpResponse {
    let read = async {
        let actor = called(&desk, &caller, &request).await?;
        let wish = Wish::of_query(&PERSON, request.query_string())?;
        let whole = provision::read_person(&desk.app, &actor, person::id(&id)?).await?;
        Ok(resource(&request, StatusCode::OK, &whole, wish.selection.of(&PERSON, whole.clone())))
    };
    within(read.await)
}

async fn make(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let made = async {
        let actor = called(&desk, &caller, &request).await?;
        let wish = Wish::of_query(&PERSON, request.query_string())?;
        let document = person::body(&object(&request, body)?)?;
        let whole = provision::make_person(&desk.app, &actor, document).await?;
        Ok(resource(&request, StatusCode::CREATED, &whole, wish.selection.of(&PERSON, whole.clone())))
    };
    within(made.await)
}

async fn replace(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>, body: Body) -> HttpResponse {
    let replaced = async {
        let actor = called(&desk, &caller, &request).await?;
        let change = Change::Replace(person::body(&object(&request, body)?)?);
        changed(&desk, &actor, &request, &id, change).await
    };
    within(replaced.await)
}

async fn patch(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>, body: Body) -> HttpResponse {
    let patched = async {
        let actor = called(&desk, &caller, &request).await?;
        let change = Change::Patch(Patch::read(&PERSON, &object(&request, body)?)?);
        changed(&desk, &actor, &request, &id, change).await
    };
    within(patched.await)
}

async fn changed(
    desk: &Desk,
    actor: &crate::identity::actor::Actor,
    request: &HttpRequest,
    id: &str,
    change: Change,
) -> Result<HttpResponse, Fault> {
    let wish = Wish::of_query(&PERSON, request.query_string())?;
    let whole = provision::change_person(&desk.app, actor, person::id(id)?, change, if_match(request)).await?;
    Ok(resource(request, StatusCode::OK, &whole, wish.selection.of(&PERSON, whole.clone())))
}

async fn release(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>) -> HttpResponse {
    let released = async {
        let actor = called(&desk, &caller, &request).await?;
        provision::release_person(&desk.app, &actor, person::id(&id)?, if_match(&request)).await?;
        Ok(HttpResponse::NoContent().finish())
    };
    within(released.await)
}
