//! `/ssf/streams/{id}/events`: polling (RFC 8936).

use super::call::{Body, called, no_such_method, object, shown, within};
use crate::{
    actions::signals::{self, Asked, MOST_FETCHED},
    base::{
        ids::{Id, SecurityEvent},
        refusal::Fault,
    },
    signals::refusal::SignalRefusal,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path, ServiceConfig},
};
use serde_json::{Map, Value, json};

/// The most acknowledgements and refusals in one call.
const MOST: usize = 1_000;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    let events = web::resource("/streams/{id}/events");
    config.service(events.route(web::post().to(poll)).default_service(web::to(no_such_method)));
}

async fn poll(desk: Data<Desk>, caller: Caller, request: HttpRequest, id: Path<String>, body: Body) -> HttpResponse {
    let polled = async {
        let actor = called(&desk, &caller, &request).await?;
        let asked = asked(&object(&request, body)?)?;
        let fetched = signals::poll(&desk.app, &actor, id.into_inner(), asked).await?;
        let sets: Map<String, Value> =
            fetched.sets.into_iter().map(|(id, token)| (id.to_string(), Value::String(token))).collect();
        Ok::<_, Fault>(shown(StatusCode::OK, &json!({ "sets": sets, "moreAvailable": fetched.more })))
    };
    within(polled.await)
}

/// Reads what is asked for (section 2.2).
fn asked(body: &Map<String, Value>) -> Result<Asked, SignalRefusal> {
    let wrong = |name: &str, what: &str| SignalRefusal::of(format!("{name} is {what}"));
    let most = match body.get("maxEvents") {
        None => MOST_FETCHED,
        Some(number) => {
            let number = number.as_u64().ok_or_else(|| wrong("maxEvents", "a whole number"))?;
            usize::try_from(number).unwrap_or(MOST_FETCHED)
        }
    };
    let at_once = match body.get("returnImmediately") {
        None => false,
        Some(flag) => flag.as_bool().ok_or_else(|| wrong("returnImmediately", "true or false"))?,
    };
    let acknowledged = match body.get("ack") {
        None => Vec::new(),
        Some(Value::Array(list)) if list.len() <= MOST && list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).filter_map(known).collect()
        }
        Some(_) => return Err(wrong("ack", "a list of at most 1000 texts")),
    };
    let refused = match body.get("setErrs") {
        None => Vec::new(),
        Some(Value::Object(errors)) if errors.len() <= MOST && errors.values().all(Value::is_object) => {
            errors.iter().filter_map(|(id, error)| Some((known(id)?, words(error)))).collect()
        }
        Some(_) => return Err(wrong("setErrs", "an object of at most 1000 objects")),
    };
    Ok(Asked { most, at_once, acknowledged, refused })
}

/// What has no name of ours is nothing of ours.
fn known(id: &str) -> Option<Id<SecurityEvent>> {
    id.parse().ok()
}

fn words(error: &Value) -> String {
    let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
    format!("{}: {}", text("err"), text("description"))
}
