//! Refusals in the RFCs' words: the error code of each, its sentence, and the JSON answers of the endpoints for programs.

use crate::{
    base::refusal::{Broken, Fault, Refused},
    web::kit::failure::Failure,
};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use serde_json::json;

/// The error code of a refusal: RFC 6749 (sections 4.1.2.1 and 5.2), OpenID Connect Core (3.1.2.6), RFC 8707, RFC 6750,
/// RFC 8628 (3.5).
#[must_use]
pub fn code(refused: &Refused) -> &'static str {
    match refused.code {
        "oauth-client-unproven" | "no-such-client" => "invalid_client",
        "oauth-request" | "oauth-redirect-foreign" => "invalid_request",
        "oauth-client-may-not" => "unauthorized_client",
        "oauth-grant-type" => "unsupported_grant_type",
        "oauth-response-type" => "unsupported_response_type",
        "oauth-scope" => "invalid_scope",
        "oauth-target" => "invalid_target",
        "oauth-login-required" => "login_required",
        "oauth-consent-required" => "consent_required",
        "oauth-denied" => "access_denied",
        "oauth-device-expired" => "expired_token",
        "oauth-devices-full" => "slow_down",
        "oauth-request-object" => "request_not_supported",
        "oauth-request-uri" => "request_uri_not_supported",
        "oauth-token-dead" => "invalid_token",
        "oauth-token-elsewhere" => "insufficient_scope",
        // The access is not effective at this instant, whatever the reason.
        _ => "invalid_grant",
    }
}

/// The sentence, with what is missing, in the characters that a description may have.
#[must_use]
pub fn description(refused: &Refused) -> String {
    let mut text = refused.sentence.clone();
    for missing in &refused.missing {
        text.push_str(&format!("; missing: {} {} ({})", missing.kind, missing.id, missing.title));
    }
    let fit = |c: char| if matches!(c, '\u{20}'..='\u{7E}') && !matches!(c, '"' | '\\') { c } else { '?' };
    text.chars().map(fit).collect()
}

/// An answer that pages of other sites may read: it says nothing that a cookie would change.
#[must_use]
pub fn open(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, "WWW-Authenticate"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"));
    answer
}

/// What a browser asks before it lets a page of another site call (Fetch, section 4.8).
pub async fn preflight() -> HttpResponse {
    open(StatusCode::NO_CONTENT)
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// A method that an endpoint does not take.
pub async fn no_such_method() -> HttpResponse {
    open(StatusCode::METHOD_NOT_ALLOWED)
        .insert_header((header::ALLOW, "POST, OPTIONS"))
        .json(json!({ "error": "invalid_request", "error_description": "send a POST" }))
}

/// A fault of an endpoint for programs.
#[must_use]
pub fn told(fault: Fault) -> HttpResponse {
    let refused = match &fault {
        Fault::Refused(refused) => refused,
        Fault::Broken(broken) => {
            let away = matches!(broken, Broken::Unavailable(_));
            let (status, error) = if away {
                (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable")
            } else {
                (StatusCode::INTERNAL_SERVER_ERROR, "server_error")
            };
            let failure = Failure::from(fault);
            let mut answer = open(status);
            if away {
                answer.insert_header((header::RETRY_AFTER, "2"));
            }
            let reference = failure.reference.unwrap_or_default();
            return answer.json(json!({ "error": error, "error_description": format!("reference {reference}") }));
        }
    };
    let error = code(refused);
    // More than the standard asks for (RFC 6749, section 8.5 leaves room): what a program of ours needs to say what to do.
    let mut body = json!({ "error": error, "error_description": description(refused), "code": refused.code });
    if let (Some(fields), false) = (body.as_object_mut(), refused.missing.is_empty()) {
        fields.insert("missing".to_owned(), json!(refused.missing));
    }
    match error {
        "invalid_client" => open(StatusCode::UNAUTHORIZED)
            .insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"habilis\", charset=\"UTF-8\""))
            .json(body),
        "invalid_token" => open(StatusCode::UNAUTHORIZED)
            .insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"habilis\", error=\"invalid_token\""))
            .json(body),
        "slow_down" => open(StatusCode::TOO_MANY_REQUESTS).insert_header((header::RETRY_AFTER, "60")).json(body),
        _ => open(StatusCode::BAD_REQUEST).json(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{base::refusal::Missing, tokens::refusal::OauthRefusal};

    #[test]
    fn a_description_has_only_what_it_may() {
        let mut refused = Refused::from(OauthRefusal::Grant { why: "x" });
        let title = "Certifié \"en\" \\ données\n".to_owned();
        refused.missing = vec![Missing { kind: "certification", id: "alpha".into(), title, href: String::new() }];
        let text = description(&refused);
        assert!(text.ends_with("missing: certification alpha (Certifi? ?en? ? donn?es?)"), "{text}");
        assert_eq!(code(&refused), "invalid_grant");
    }
}
