//! Answers: a thing, a page of things, a new thing with its address, or nothing.

use crate::{base::paging::Listing, web::kit::failure::Failure};
use actix_web::{HttpResponse, http::header};
use serde::Serialize;

/// What a handler gives back.
pub(in crate::web::api) type Answer = Result<HttpResponse, Failure>;

/// A list on the wire.
#[derive(Debug, Serialize)]
pub(in crate::web::api) struct Lines<T> {
    pub(in crate::web::api) items: Vec<T>,
    pub(in crate::web::api) next: Option<String>,
}

/// 200 with a body.
pub(in crate::web::api) fn shown<T: Serialize>(body: &T) -> Answer {
    Ok(HttpResponse::Ok().json(body))
}

/// 200 with a whole list.
pub(in crate::web::api) fn told<T: Serialize>(items: impl IntoIterator<Item = T>) -> Answer {
    shown(&Lines { items: items.into_iter().collect(), next: None })
}

/// 200 with one page of a list.
pub(in crate::web::api) fn page<T: Serialize>(listing: Listing<T>) -> Answer {
    shown(&Lines { items: listing.items, next: listing.next })
}

/// 201 with the new thing and its address.
pub(in crate::web::api) fn created<T: Serialize>(place: &str, body: &T) -> Answer {
    Ok(HttpResponse::Created().insert_header((header::LOCATION, place)).json(body))
}

/// 204.
pub(in crate::web::api) fn nothing() -> Answer {
    Ok(HttpResponse::NoContent().finish())
}
