//! Parameters as they come: in an address, or in a form's body; and what a client proves itself with.

use crate::{
    actions::prove_client::Credentials,
    tokens::{refusal::OauthRefusal, request::Params},
};
use actix_web::{
    HttpRequest,
    http::header,
    web::{Bytes, Query},
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The most bytes of a body or a query.
const MOST: usize = 64 * 1024;

fn decoded(text: &str) -> Result<Params, OauthRefusal> {
    if text.len() > MOST {
        return Err(OauthRefusal::Request { why: "it is larger than 64 KiB" });
    }
    let pairs = Query::<Vec<(String, String)>>::from_query(text);
    pairs.map(|pairs| Params(pairs.into_inner())).map_err(|_| OauthRefusal::Request { why: "it can not be read" })
}

/// The parameters of an address.
///
/// # Errors
/// They do not read.
pub fn of_query(text: &str) -> Result<Params, OauthRefusal> {
    decoded(text)
}

/// The parameters of a form (RFC 6749, section 3.2: `application/x-www-form-urlencoded`, in UTF-8).
///
/// # Errors
/// It is something else.
pub fn of_body(request: &HttpRequest, body: Result<Bytes, actix_web::Error>) -> Result<Params, OauthRefusal> {
    let wrong = |why| OauthRefusal::Request { why };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(wrong("send a form: application/x-www-form-urlencoded"));
    }
    let body = body.map_err(|_| wrong("it is larger than 64 KiB"))?;
    let text = std::str::from_utf8(&body).map_err(|_| wrong("it is not UTF-8"))?;
    decoded(text)
}

/// What a client proves itself with (RFC 6749, section 2.3.1): the `Authorization` header, or the body, never both.
///
/// # Errors
/// It names nobody, or two ways are used at once.
pub fn credentials(request: &HttpRequest, params: &Params) -> Result<Credentials, OauthRefusal> {
    let basic = request.headers().get(header::AUTHORIZATION);
    let in_body = params.get("client_id");
    let Some(basic) = basic else {
        let client_id = in_body.ok_or(OauthRefusal::ClientUnproven)?.to_owned();
        return Ok(Credentials {
            client_id,
            secrets: params.get("client_secret").map(str::to_owned).into_iter().collect(),
        });
    };
    let (id, secret) = basic.to_str().ok().and_then(read_basic).ok_or(OauthRefusal::ClientUnproven)?;
    if params.get("client_secret").is_some() {
        return Err(OauthRefusal::Request {
            why: "the client proves itself in the header or in the body, not in both",
        });
    }
    // The standard sends both percent-encoded; many clients send them raw.
    let spelt = |text: &str| {
        let plain = decoded(&format!("x={text}")).ok().and_then(|read| read.get("x").map(str::to_owned));
        [Some(text.to_owned()), plain.filter(|plain| plain != text)].into_iter().flatten().collect::<Vec<_>>()
    };
    let client_id = spelt(&id).pop().unwrap_or_default();
    if in_body.is_some_and(|named| named != client_id && named != id) {
        return Err(OauthRefusal::Request { why: "the client_id is not the one of the header" });
    }
    let secrets = if secret.is_empty() { Vec::new() } else { spelt(&secret) };
    Ok(Credentials { client_id, secrets })
}

fn read_basic(header: &str) -> Option<(String, String)> {
    let (scheme, value) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    text.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn basic(text: &str) -> HttpRequest {
        let value = format!("Basic {}", STANDARD.encode(text));
        TestRequest::default().insert_header((header::AUTHORIZATION, value)).to_http_request()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Params {
        Params(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_client_proves_itself_in_one_way() {
        let shown = credentials(&basic("cli_1:a%2Fb"), &pairs(&[])).unwrap();
        assert_eq!((shown.client_id.as_str(), shown.secrets), ("cli_1", vec!["a%2Fb".to_owned(), "a/b".to_owned()]));
        let shown = credentials(&basic("habilis%2Dcli:"), &pairs(&[])).unwrap();
        assert_eq!((shown.client_id.as_str(), shown.secrets.len()), ("habilis-cli", 0));
        let none = TestRequest::default().to_http_request();
        let shown = credentials(&none, &pairs(&[("client_id", "a"), ("client_secret", "b")])).unwrap();
        assert_eq!((shown.client_id.as_str(), shown.secrets), ("a", vec!["b".to_owned()]));
        assert_eq!(credentials(&none, &pairs(&[])).unwrap_err(), OauthRefusal::ClientUnproven);
        for both in [&[("client_secret", "b")][..], &[("client_id", "other")]] {
            assert!(matches!(credentials(&basic("a:b"), &pairs(both)), Err(OauthRefusal::Request { .. })));
        }
        for bad in ["", "Basic", "Basic !!!", "Bearer x", "Basic YQ=="] {
            let request = TestRequest::default().insert_header((header::AUTHORIZATION, bad)).to_http_request();
            assert_eq!(credentials(&request, &pairs(&[])).unwrap_err(), OauthRefusal::ClientUnproven, "{bad}");
        }
    }
}
