//! What the authorization server can do, for programs (OpenID Connect Discovery; RFC 8414;
//! draft-ietf-oauth-status-list-17, section 9.1): only what works.

use super::error::preflight;
use crate::{
    base::text::Language,
    tokens::{client::GrantType, scope::STANDARD},
    web::kit::desk::Desk,
};
use actix_web::{
    HttpResponse,
    http::{Method, header},
    web::{self, Data, ServiceConfig},
};
use serde_json::json;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
        config.service(
            web::resource(path).route(web::get().to(document)).route(web::method(Method::OPTIONS).to(preflight)),
        );
    }
}

/// How clients get tokens here.
const GRANTS: [GrantType; 5] = [
    GrantType::AuthorizationCode,
    GrantType::RefreshToken,
    GrantType::DeviceCode,
    GrantType::ClientCredentials,
    GrantType::TokenExchange,
];

async fn document(desk: Data<Desk>) -> HttpResponse {
    let issuer = desk.app.settings.issuer();
    let at = |path: &str| format!("{issuer}{path}");
    let secrets = ["client_secret_basic", "client_secret_post"];
    let everybody = ["client_secret_basic", "client_secret_post", "none"];
    HttpResponse::Ok()
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .json(json!({
            "issuer": issuer,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "device_authorization_endpoint": at("/device_authorization"),
            "introspection_endpoint": at("/introspect"),
            "revocation_endpoint": at("/revoke"),
            "userinfo_endpoint": at("/userinfo"),
            "end_session_endpoint": at("/logout"),
            "jwks_uri": at("/jwks.json"),
            "status_list_aggregation_endpoint": at("/status-lists"),
            "scopes_supported": STANDARD,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "form_post"],
            "grant_types_supported": GRANTS.map(GrantType::word),
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": everybody,
            "introspection_endpoint_auth_methods_supported": secrets,
            "revocation_endpoint_auth_methods_supported": everybody,
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
            "claims_supported": [
                "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid", "name", "preferred_username",
                "zoneinfo", "locale", "email", "email_verified",
            ],
            "claims_parameter_supported": false,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
            "ui_locales_supported": Language::ALL.map(Language::tag),
        }))
}
