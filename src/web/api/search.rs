//! Searching courses, modules, certifications and roles.

use super::{
    kit::{Answer, Group, Key, Pages, Query, Unfit, get, page},
    shapes::search::HitBody,
};
use crate::{
    actions::search,
    base::refusal::Fault,
    curriculum::search::Query as Words,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::Data;
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    Group {
        name: "Search",
        about: "Everything that the caller may read, word by word.",
        endpoints: vec![
            get("/search", find)
                .says(
                    "Search",
                    "Courses, modules, certifications and roles that have every word, in the caller's language or in \
                     English; the best first: by title, then by what is learned, by heading, by text.",
                )
                .asks::<Wanted>()
                .paged()
                .lists::<HitBody>("What was found."),
        ],
    }
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Words or their beginnings, without regard to case and accents: at most 200 characters and 8 words.
    #[param(max_length = 200, example = "entrepot")]
    q: String,
    #[param(ignore)]
    limit: Option<usize>,
    #[param(ignore)]
    cursor: Option<String>,
}

async fn find(desk: Data<Desk>, caller: Caller, wanted: Query<Wanted>) -> Answer {
    let Query(Wanted { q, limit, cursor }) = wanted;
    let paging = Pages { limit, cursor }.paging(Key::Found)?;
    let words = Words::parse(&q).map_err(|too_much| {
        Fault::from(Unfit::Unreadable { field: Some("q".to_owned()), what: "search", why: too_much.to_string() })
    })?;
    let found = search::search(&desk.app, &caller.actor, caller.language, &words, &paging)?;
    page(found.listing.map(HitBody::from))
}
