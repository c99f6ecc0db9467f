//! `/log`: the log's signed checkpoint, the key that checks it, and the tree in tiles, for everybody (c2sp.org/tlog-tiles). Hashes
//! and a number are all that they tell: what happened is for auditors, by the API. And the schema of events that go out to others.

use super::kit::{desk::Desk, failure::Failure};
use crate::{
    actions::log::{self, LogRefusal},
    audit::{
        log::tree::{Place, WIDTH},
        sinks::cloud_event::{self, SCHEMA},
    },
    base::refusal::Fault,
};
use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path, ServiceConfig, get},
};

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/log/checkpoint", get().to(checkpoint))
        .route("/log/key", get().to(key))
        .route("/log/tile/{level}/{place:.*}", get().to(tile))
        .route(SCHEMA, get().to(schema));
}

fn text(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(body)
}

async fn checkpoint(desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    Ok(text(log::published(&desk.app).await?.checkpoint.note))
}

async fn key(desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let keys = log::published(&desk.app).await?.keys;
    Ok(text(format!("{}\n", keys.join("\n"))))
}

/// What the data of events looks like that go out to others.
async fn schema(desk: Data<Desk>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/schema+json")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(cloud_event::schema(&desk.app.settings.issuer()).to_string())
}

async fn tile(desk: Data<Desk>, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (level, place) = path.into_inner();
    let no = || Fault::from(LogRefusal::NoSuchTile);
    let (place, width) = asked(&level, &place).ok_or_else(no)?;
    let hashes = log::tile(&desk.app, place, width).await?.ok_or_else(no)?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        // What is in a tile stays there.
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(hashes.as_flattened().to_vec()))
}

/// A tile by its address: a level, and an index in groups of three digits, all but the last behind an `x`; `.p/` and a width
/// where it is not full.
fn asked(level: &str, place: &str) -> Option<(Place, usize)> {
    let level: u32 = level.parse().ok().filter(|level| *level < 8)?;
    let (place, width) = match place.split_once(".p/") {
        Some((place, width)) => (place, width.parse().ok().filter(|width| (1..WIDTH).contains(width))?),
        None => (place, WIDTH),
    };
    let groups: Vec<&str> = place.split('/').collect();
    let (last, others) = groups.split_last()?;
    let mut index = 0_u64;
    for group in others.iter().map(|group| group.strip_prefix('x')).chain([Some(*last)]) {
        let digits = group.filter(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))?;
        index = index.checked_mul(1_000)?.checked_add(digits.parse().ok()?)?;
    }
    // No log is longer than its database can count.
    i64::try_from(index).ok()?;
    Some(((level, index), usize::try_from(width).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_has_the_address_of_the_standard() {
        assert_eq!(asked("0", "x001/x234/067"), Some(((0, 1_234_067), 256)));
        assert_eq!(asked("1", "000.p/8"), Some(((1, 0), 8)));
        for (level, place) in [
            ("0", "67"),
            ("0", "001/234"),
            ("0", "x001"),
            ("8", "000"),
            ("x", "000"),
            ("0", "000.p/256"),
            ("0", "000.p/0"),
            ("0", ""),
            ("0", "x999/x999/x999/x999/x999/x999/x999/999"),
            ("0", "+01"),
        ] {
            assert_eq!(asked(level, place), None, "{level} {place}");
        }
    }
}
