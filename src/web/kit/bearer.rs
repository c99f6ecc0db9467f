//! The Bearer token of a program's call, where programs prove themselves with one of their own.

use crate::identity::secret::Secret;
use actix_web::{HttpRequest, http::header};

/// The token in the `Authorization` header (RFC 6750, section 2.1): nothing else counts, no cookie and no parameter.
#[must_use]
pub fn bearer(request: &HttpRequest) -> Option<Secret> {
    let text = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, secret) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::presented(secret.trim()))
}
