//! `/verify`: for reverse proxies, which ask before they let a request through (nginx `auth_request`, Traefik and Caddy
//! `forward_auth`, Envoy `ext_authz`). A Bearer token in, headers out.
//!
//! Proxies take 2xx for yes and hand 401 and 403 on; anything else is an error to them, and lets nobody through. So a request
//! that can't be read is a 401 where its token is at fault, and a 400 where the proxy asks wrongly.

use super::{
    error::{code, description, told},
    params::of_query,
};
use crate::{
    actions::verify_token::{Wanted, verify_token},
    base::refusal::{Fault, Refused},
    tokens::{memory::Live, refusal::OauthRefusal},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
    web::{self, Data, Path, ServiceConfig},
};
use std::fmt::Write;

/// The routes of this file, whatever the method: some proxies pass on that of the request which they ask about.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/verify", web::to(by_query))
        .route("/verify/{warehouse}/{role}", web::to(by_path))
        .route("/verify/{warehouse}/{role}/{rest:.*}", web::to(by_path));
}

/// What is wanted stands in the query: the proxy's own.
async fn by_query(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> HttpResponse {
    match wanted(request.query_string()) {
        Ok(wanted) => answer(&desk, &caller, &request, &wanted).await,
        Err(refusal) => told(refusal.into()),
    }
}

/// What is wanted stands at the beginning of the path, for proxies that put the path and the query of the request behind it:
/// those belong to whoever calls, and are not looked at. A dash stands for any role.
async fn by_path(desk: Data<Desk>, caller: Caller, request: HttpRequest, path: Path<Asked>) -> HttpResponse {
    let Asked { warehouse, role } = path.into_inner();
    let roles = if role == "-" { Vec::new() } else { vec![role] };
    let wanted = Wanted { warehouse: Some(warehouse), audience: None, roles };
    answer(&desk, &caller, &request, &wanted).await
}

#[derive(serde::Deserialize)]
struct Asked {
    warehouse: String,
    role: String,
}

/// Reads what a proxy wants. What is misspelt or empty would let more through than is meant: it is refused.
fn wanted(query: &str) -> Result<Wanted, OauthRefusal> {
    let mut wanted = Wanted::default();
    for (name, value) in of_query(query)?.0 {
        if value.is_empty() {
            return Err(OauthRefusal::Request { why: "a parameter is empty" });
        }
        match name.as_str() {
            "warehouse" if wanted.warehouse.is_none() => wanted.warehouse = Some(value),
            "audience" if wanted.audience.is_none() => wanted.audience = Some(value),
            "role" => wanted.roles.push(value),
            "warehouse" | "audience" => {
                return Err(OauthRefusal::Request { why: "a parameter is there more than once" });
            }
            _ => return Err(OauthRefusal::Request { why: "the parameters are warehouse, audience and role" }),
        }
    }
    Ok(wanted)
}

async fn answer(desk: &Desk, caller: &Caller, request: &HttpRequest, wanted: &Wanted) -> HttpResponse {
    let token = match bearer(request) {
        Ok(Some(token)) => token,
        Ok(None) => return challenged(401, None),
        Err(refusal) => return challenged(401, Some(&refusal.into())),
    };
    match verify_token(&desk.app, &caller.actor, token, wanted).await {
        Ok(live) => passed(&live),
        Err(Fault::Refused(refused)) => {
            let status = if code(&refused) == "insufficient_scope" { 403 } else { 401 };
            challenged(status, Some(&refused))
        }
        Err(broken) => told(broken),
    }
}

/// The token of the one `Authorization` header; nothing where there is none, or one of another scheme.
fn bearer(request: &HttpRequest) -> Result<Option<&str>, OauthRefusal> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(OauthRefusal::Request { why: "there is more than one Authorization header" });
    }
    let unreadable = OauthRefusal::Request { why: "the Authorization header can not be read" };
    let text = header.to_str().map_err(|_| unreadable.clone())?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            let token = token.trim_matches(' ');
            if token.is_empty() { Err(unreadable) } else { Ok(Some(token)) }
        }
        None if text.eq_ignore_ascii_case("bearer") => Err(unreadable),
        _ => Ok(None),
    }
}

/// A refusal with its challenge (RFC 6750, section 3).
fn challenged(status: u16, refused: Option<&Refused>) -> HttpResponse {
    let mut challenge = "Bearer realm=\"habilis\"".to_owned();
    let status = actix_web::http::StatusCode::from_u16(status).unwrap_or(actix_web::http::StatusCode::UNAUTHORIZED);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    let Some(refused) = refused else {
        return answer
            .insert_header((header::WWW_AUTHENTICATE, challenge))
            .json(serde_json::json!({ "error": "invalid_request", "error_description": "send an access token" }));
    };
    let (error, words) = (code(refused), description(refused));
    // Writing into a String does not fail.
    let _ = write!(challenge, ", error=\"{error}\", error_description=\"{words}\"");
    answer
        .insert_header((header::WWW_AUTHENTICATE, challenge))
        .json(serde_json::json!({ "error": error, "error_description": words }))
}

/// A yes: every header is always there, so that a proxy which copies them leaves none that the caller made up.
fn passed(live: &Live) -> HttpResponse {
    let mut answer = HttpResponse::NoContent();
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    let (role, warehouse, grant) = live
        .opens
        .as_ref()
        .map_or_else(Default::default, |opens| (opens.role.clone(), opens.warehouse.clone(), opens.grant.to_string()));
    let (person, owner) = (live.person.to_string(), String::new());
    // A machine is nobody: whoever answers for it is not who calls.
    let (person, owner) = if live.machine { (owner, person) } else { (person, owner) };
    for (name, value) in [
        ("x-habilis-person", person),
        ("x-habilis-owner", owner),
        ("x-habilis-user", live.text("preferred_username").unwrap_or_default().to_owned()),
        ("x-habilis-email", live.text("email").unwrap_or_default().to_owned()),
        ("x-habilis-role", role),
        ("x-habilis-warehouse", warehouse),
        ("x-habilis-grant", grant),
        ("x-habilis-client", live.client.clone()),
        ("x-habilis-token", live.token.to_string()),
        ("x-habilis-expires", live.expires_at.seconds().to_string()),
    ] {
        answer.insert_header((HeaderName::from_static(name), plain(&value)));
    }
    answer.finish()
}

/// A value in visible ASCII: every other byte, and the percent sign, is percent-encoded (RFC 3986, section 2.1).
fn plain(text: &str) -> HeaderValue {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && byte != b'%' {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    // Visible ASCII is a value.
    HeaderValue::from_str(&safe).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn values_are_visible_ascii() {
        for (text, value) in [
            ("ana@example.com", "ana@example.com"),
            ("a b%c", "a%20b%25c"),
            ("x\r\nset-cookie: y\0", "x%0D%0Aset-cookie:%20y%00"),
            ("É", "%C3%89"),
            ("", ""),
        ] {
            assert_eq!(plain(text), value, "{text:?}");
        }
    }

    #[test]
    fn what_is_wanted_is_read_strictly() {
        let read = wanted("warehouse=lake&role=reader&role=guardian").unwrap();
        assert_eq!((read.warehouse.as_deref(), read.roles.len()), (Some("lake"), 2));
        assert_eq!(wanted("").unwrap(), Wanted::default());
        for bad in ["warehouse=", "role=", "warehose=lake", "warehouse=a&warehouse=b", "audience=a&audience=b", "lake"]
        {
            assert!(wanted(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_is_in_one_header() {
        let of = |values: &[&str]| {
            let mut request = TestRequest::default();
            for value in values {
                request = request.append_header((header::AUTHORIZATION, *value));
            }
            bearer(&request.to_http_request()).map(|token| token.map(str::to_owned))
        };
        assert_eq!(of(&[]), Ok(None));
        assert_eq!(of(&["Basic YTpi"]), Ok(None));
        assert_eq!(of(&["bearer  a.b.c "]), Ok(Some("a.b.c".to_owned())));
        for bad in [&["Bearer"][..], &["Bearer "], &["Bearer a", "Bearer a"], &["Bearer a", "Basic b"]] {
            assert!(of(bad).is_err(), "{bad:?}");
        }
    }
}
