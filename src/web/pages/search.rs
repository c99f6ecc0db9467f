//! Searching: one box, one list, the best first.

use super::scene::count;
use crate::{
    actions::search,
    base::{paging::Paging, refusal::Fault},
    curriculum::search::{self as index, LONGEST, MOST_WORDS, Query as Words},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::BodyRefusal, sentence::encoded},
        views::{
            Pager,
            search::{Hit, Part, Search},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;

/// Lines on a page.
const PAGE: usize = 20;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/search", get().to(find));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    cursor: String,
}

async fn find(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let paging = Paging::parse(Some(PAGE), Some(&asked.cursor))
        .ok()
        .filter(|paging| paging.after.as_deref().is_none_or(|key| index::parse_key(key).is_some()))
        .ok_or_else(|| Fault::from(BodyRefusal::Field { field: "cursor" }))?;
    let query = asked.q.trim().to_owned();
    let words = Words::parse(&query);
    let (too_much, words) = (words.is_err(), words.unwrap_or_default());
    let found = search::search(&desk.app, &caller.actor, caller.language, &words, &paging)?;
    let hits: Vec<Hit> = found.listing.items.into_iter().map(|hit| shown(hit, &caller)).collect();
    let at = |cursor: &str| format!("/search?q={}&cursor={}", encoded(&query), encoded(cursor));
    let view = Search {
        too_much,
        longest: count(LONGEST),
        most_words: count(MOST_WORDS),
        pager: Pager {
            previous: (!asked.cursor.is_empty()).then(|| format!("/search?q={}", encoded(&query))),
            next: found.listing.next.as_deref().map(at),
            shown: count(hits.len()),
            total: u64::try_from(found.total).ok(),
        },
        total: count(found.total),
        hits,
        query: query.chars().take(LONGEST).collect(),
    };
    let status = if too_much { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    desk.page_with(&caller, status, view, None).await
}

fn shown(hit: index::Hit, caller: &Caller) -> Hit {
    let parts =
        |parts: Vec<index::Part>| parts.into_iter().map(|part| Part { text: part.text, marked: part.marked }).collect();
    Hit {
        kind: hit.kind.as_str().to_owned(),
        href: hit.href,
        title: parts(hit.title),
        within: hit.within,
        heading: hit.heading,
        snippet: parts(hit.snippet),
        lang: (hit.language != caller.language).then(|| hit.language.tag().to_owned()),
    }
}
