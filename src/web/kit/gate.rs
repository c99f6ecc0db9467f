//! The gate around all routes: finds the caller, refuses forged requests, guards the answer with headers, counts it, and
//! turns faults into the caller's language and form.

use super::{
    caller::{Caller, Via},
    desk::Desk,
    failure::{self, Failure},
    forms::BodyRefusal,
};
use crate::{
    base::refusal::Fault,
    identity::{person::IdentityRefusal, secret::Secret},
    telemetry::RequestLabels,
    web::{oauth, pages, scim, ssf},
};
use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

/// Lets `HEAD` find whatever `GET` finds: the routes see a `GET`, and the server leaves the body out because it remembers
/// what was asked (RFC 9110, section 9.3.2).
///
/// # Errors
/// Never of our own.
pub async fn heads<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}

/// Everything a page may load comes from this service; nothing runs inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";

/// The page with a policy that lets its forms lead to a tool, too: a browser holds the redirects that follow a form against
/// the policy of the page that it stood on (CSP 3, `form-action`). Nobody may frame such a page.
#[must_use]
pub fn leading_to(mut response: HttpResponse, source: &str) -> HttpResponse {
    let policy = POLICY.replace("form-action 'self'", format!("form-action 'self' {source}").trim_end());
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.headers_mut().insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// Passes a request through the gate.
///
/// # Errors
/// Never of our own: what goes wrong in a handler becomes an answer; what fails around the routes is the framework's to tell.
pub async fn pass<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let Some(desk) = request.app_data::<Data<Desk>>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let started = std::time::Instant::now();
    let method = named(request.method()).to_owned();
    let trace = Secret::new("r").map(|s| s.hash().chars().take(16).collect::<String>()).unwrap_or_default();
    let response = answer(&desk, request, next).await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status();
    let elapsed = started.elapsed();
    tracing::debug!(trace, method, route, status = status.as_u16(), micros = elapsed.as_micros(), "answered");
    let labels = RequestLabels { route, method, status: format!("{}xx", status.as_u16() / 100) };
    desk.app.metrics.request(labels, elapsed.as_secs_f64());
    Ok(guarded(&desk, response, &trace))
}

/// A method by its name, where it has one (RFC 9110, section 9.3): what callers make up is counted together.
fn named(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.into_iter().find(|name| *name == method.as_str()).unwrap_or("other")
}

async fn answer<B: MessageBody + 'static>(
    desk: &Desk,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let path = request.path().to_owned();
    // Health, figures, keys, assets and what the log publishes are for everybody; most of them answer while the database is away.
    let open = path.starts_with("/assets/")
        || path.starts_with("/health/")
        || path.starts_with("/log/")
        || path.starts_with("/schemas/")
        || path.starts_with("/dev/")
        || matches!(path.as_str(), "/metrics" | "/jwks.json");
    let caller = if open {
        Ok(Caller::nobody(&request))
    } else if for_programs(&path) {
        Ok(Caller::program(&desk.app, &request))
    } else {
        Caller::find(&desk.app, &request).await
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(fault) => {
            let caller = Caller::nobody(&request);
            return Ok(told(desk, &caller, request, &fault.into()));
        }
    };
    if let Err(refusal) = genuine(desk, &request, &caller) {
        let about = crate::actions::About::nothing().named(path);
        let fault = crate::actions::refuse(&desk.app, &caller.actor, "forged_request", about, refusal.into()).await;
        return Ok(told(desk, &caller, request, &fault.into()));
    }
    request.extensions_mut().insert(caller.clone());
    // The router wants the request for itself: nothing here may keep a second handle on it.
    let response = next.call(request).await?;
    let failed = response.response().error().map(|error| {
        error.as_error::<Failure>().map_or_else(|| shown(desk, &caller, &foreign(error)), |f| shown(desk, &caller, f))
    });
    Ok(match failed {
        None => response.map_into_left_body(),
        Some(told) => ServiceResponse::new(response.into_parts().0, told).map_into_right_body(),
    })
}

/// Whether only programs call this, each with a proof of its own: no session, whatever cookies come along.
fn for_programs(path: &str) -> bool {
    oauth::for_programs(path) || scim::for_programs(path) || ssf::for_programs(path) || pages::for_providers(path)
}

/// An error of the framework itself (a body that does not read or is too large) as one of ours.
fn foreign(error: &Error) -> Failure {
    Fault::from(BodyRefusal::of(error)).into()
}

fn told<B: MessageBody + 'static>(
    desk: &Desk,
    caller: &Caller,
    request: ServiceRequest,
    failure: &Failure,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let response = shown(desk, caller, failure);
    request.into_response(response).map_into_right_body()
}

fn shown(desk: &Desk, caller: &Caller, failure: &Failure) -> actix_web::HttpResponse {
    if caller.path.starts_with("/api/") {
        failure::problem(desk, caller, failure)
    } else {
        failure::page(desk, caller, failure)
    }
}

/// A change must come from a page of this service, or carry a Bearer token that no browser adds by itself.
fn genuine(desk: &Desk, request: &ServiceRequest, caller: &Caller) -> Result<(), IdentityRefusal> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe
        || matches!(caller.via, Via::Bearer)
        || oauth::takes_foreign_forms(&caller.path)
        || for_programs(&caller.path)
    {
        return Ok(());
    }
    let text = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(IdentityRefusal::ForgedForm);
    }
    if let Some(origin) = text(&header::ORIGIN) {
        let host = request.connection_info().host().to_owned();
        let own = origin == desk.app.settings.issuer()
            || origin == format!("http://{host}")
            || origin == format!("https://{host}");
        if !own {
            return Err(IdentityRefusal::ForgedForm);
        }
    }
    // A cookie on an API call with a body that plain forms can send proves nothing.
    let api = caller.path.starts_with("/api/") && matches!(caller.via, Via::Cookie(_));
    let kind = text(&header::CONTENT_TYPE).unwrap_or_default();
    let plain = kind.starts_with("text/plain")
        || kind.starts_with("application/x-www-form-urlencoded")
        || kind.starts_with("multipart/");
    let said_where = site.is_some() || text(&header::ORIGIN).is_some();
    if api && plain && !said_where { Err(IdentityRefusal::ForgedForm) } else { Ok(()) }
}

fn guarded<B>(desk: &Desk, mut response: ServiceResponse<B>, trace: &str) -> ServiceResponse<B> {
    let asset = response.request().path().starts_with("/assets/");
    let https = desk.app.settings.is_https();
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        if let (name, Ok(value)) = (HeaderName::from_static(name), HeaderValue::from_str(value))
            && !headers.contains_key(&name)
        {
            headers.insert(name, value);
        }
    };
    set("content-security-policy", POLICY);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    set("x-request-id", trace);
    if https {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    if !asset {
        set("cache-control", "no-store");
        set("vary", "Cookie, Accept-Language, Authorization");
    }
    response
}
