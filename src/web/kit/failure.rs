//! The only place that knows status codes: a fault becomes a problem document (RFC 9457) or a page.

use super::{caller::Caller, desk::Desk, sentence};
use crate::{
    base::refusal::{Broken, Fact, Fault, Kind, Missing, Refused},
    identity::secret::Secret,
    web::views::{
        fault::Fault as FaultView,
        shared::{Link, Step, StepKind},
    },
};
use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde_json::{Map, Value, json};
use std::fmt;

/// How long a caller should wait where a part is away, in seconds.
const RETRY_SECONDS: u32 = 2;

/// A fault on its way out. The gate around the routes turns it into the caller's language and form.
#[derive(Debug)]
pub struct Failure {
    pub fault: Fault,
    /// What a person can quote where something is broken.
    pub reference: Option<String>,
}

impl<F: Into<Fault>> From<F> for Failure {
    fn from(fault: F) -> Self {
        let fault = fault.into();
        let reference = match &fault {
            Fault::Broken(broken) => {
                let reference =
                    Secret::new("x").map(|s| s.hash().chars().take(12).collect::<String>()).unwrap_or_default();
                match broken {
                    Broken::Unavailable(why) => tracing::warn!(reference, why, "a part is away"),
                    Broken::Defect(error) => {
                        tracing::error!(reference, error = format!("{error:#}"), "something is broken");
                    }
                }
                Some(reference)
            }
            Fault::Refused(_) => None,
        };
        Self { fault, reference }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fault, f)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        status(&self.fault)
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The status of a fault.
#[must_use]
pub fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Refused(refused) if refused.facts.contains_key("allow") => StatusCode::METHOD_NOT_ALLOWED,
        Fault::Refused(refused) => match refused.kind {
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Gone => StatusCode::GONE,
            Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        },
        Fault::Broken(Broken::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Broken(Broken::Defect(_)) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The fault as a problem document.
#[must_use]
pub fn problem(desk: &Desk, caller: &Caller, failure: &Failure) -> HttpResponse {
    let status = status(&failure.fault);
    let mut body = Map::new();
    body.insert("type".into(), json!("about:blank"));
    body.insert("title".into(), json!(status.canonical_reason().unwrap_or("Error")));
    body.insert("status".into(), json!(status.as_u16()));
    match &failure.fault {
        Fault::Refused(refused) => {
            body.insert("code".into(), json!(refused.code));
            body.insert("detail".into(), json!(sentence::refusal(desk, caller, refused)));
            if !refused.missing.is_empty() {
                body.insert("missing".into(), json!(sentence::missing(desk, caller, refused)));
            }
            for (name, fact) in &refused.facts {
                body.entry((*name).to_owned()).or_insert(json!(fact));
            }
        }
        Fault::Broken(broken) => {
            let code = if matches!(broken, Broken::Unavailable(_)) { "unavailable" } else { "internal" };
            body.insert("code".into(), json!(code));
            let key = if code == "internal" { "fault-500-text" } else { "fault-503-text" };
            body.insert("detail".into(), json!(sentence::plain(desk, caller, key)));
            body.insert("reference".into(), json!(failure.reference));
        }
    }
    let mut response = HttpResponse::build(status);
    headers(&mut response, failure, status);
    response.content_type("application/problem+json").json(Value::Object(body))
}

/// The fault as a page; whoever is not signed in is led to the sign-in page.
#[must_use]
pub fn page(desk: &Desk, caller: &Caller, failure: &Failure) -> HttpResponse {
    let status = status(&failure.fault);
    if status == StatusCode::UNAUTHORIZED && caller.signed().is_none() && caller.path != "/sign-in" {
        let back: String = sentence::encoded(&caller.here);
        return super::desk::see_other(&format!("/sign-in?next={back}"));
    }
    let mut view = FaultView::of(status.as_u16());
    view.reference.clone_from(&failure.reference);
    if let Fault::Refused(refused) = &failure.fault {
        view.code = refused.code.to_owned();
        view.detail = Some(sentence::refusal(desk, caller, refused));
        view.retry_at = retry_at(refused);
        view.missing = steps(desk, caller, refused);
        view.back = back(caller);
    }
    match desk.bare_page(caller, status, view) {
        Ok(response) => with_headers(response, failure),
        Err(_) => HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(status.to_string()),
    }
}

/// What is missing, as steps that lead there.
#[must_use]
pub fn steps(desk: &Desk, caller: &Caller, refused: &Refused) -> Vec<Step> {
    let step = |missing: &Missing| {
        let kind = match missing.kind {
            "module" => StepKind::Module,
            "exam" => StepKind::Exam,
            "grant" => StepKind::Request,
            "lock" => StepKind::Wait,
            _ => StepKind::Course,
        };
        Step::new(kind, sentence::missing_title(desk, caller, missing), missing.href.clone(), None)
    };
    refused.missing.iter().map(step).collect()
}

/// Adds what a fault's status asks for (RFC 9110, sections 10.2.3 and 11.6.1) to a page that tells of it in its own way.
#[must_use]
pub fn with_headers(mut response: HttpResponse, failure: &Failure) -> HttpResponse {
    let mut builder = HttpResponse::build(response.status());
    headers(&mut builder, failure, response.status());
    for (name, value) in builder.finish().headers() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

fn back(caller: &Caller) -> Option<Link> {
    let (parent, _) = caller.path.rsplit_once('/')?;
    (!parent.is_empty()).then(|| Link::new(parent.to_owned(), parent.to_owned()))
}

fn retry_at(refused: &Refused) -> Option<i64> {
    refused.facts.values().find_map(|fact| match fact {
        Fact::NotBefore(at) => Some(at.micros()),
        _ => None,
    })
}

fn headers(response: &mut actix_web::HttpResponseBuilder, failure: &Failure, status: StatusCode) {
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"habilis\""));
    }
    // RFC 9110, section 15.5.6: whoever refuses a method names those that work.
    if let (StatusCode::METHOD_NOT_ALLOWED, Fault::Refused(refused)) = (status, &failure.fault)
        && let Some(Fact::Text(allow)) = refused.facts.get("allow")
    {
        response.insert_header((header::ALLOW, allow.as_str()));
    }
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.insert_header((header::RETRY_AFTER, retry_after(&failure.fault)));
    }
}

/// The first whole second that is not before an instant.
fn whole_second(at: jiff::Timestamp) -> jiff::Timestamp {
    let part = i64::from(at.subsec_nanosecond() > 0);
    jiff::Timestamp::from_second(at.as_second() + part).unwrap_or(at)
}

/// When to come back: at the moment that a refusal names, or after its seconds.
fn retry_after(fault: &Fault) -> String {
    let soon = RETRY_SECONDS.to_string();
    let Fault::Refused(refused) = fault else { return soon };
    let moment = retry_at(refused).and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
    match (moment, refused.facts.get("seconds")) {
        // A date has whole seconds (RFC 9110, section 5.6.7).
        (Some(when), _) => whole_second(when).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        (None, Some(Fact::Number(seconds))) => seconds.to_string(),
        (None, _) => soon,
    }
}
