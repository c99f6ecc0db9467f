//! The authorization server's face: what tools call (`/token`, `/device_authorization`, `/introspect`, `/revoke`, `/userinfo`,
//! discovery), what proxies and verifiers ask (`/verify`, `/status-lists`), and the pages that people pass through on their
//! way to a tool (`/authorize`, `/device`, `/logout`).

mod authorize;
mod device;
mod discovery;
mod error;
mod logout;
mod params;
mod status_lists;
mod token;
mod userinfo;
mod verify;

pub use authorize::form_action;

use actix_web::web::ServiceConfig;

/// The routes of all of them.
pub fn routes(config: &mut ServiceConfig) {
    authorize::routes(config);
    token::routes(config);
    device::routes(config);
    userinfo::routes(config);
    logout::routes(config);
    discovery::routes(config);
    verify::routes(config);
    status_lists::routes(config);
}

/// Whether only programs call this: without a session, whatever cookies a browser adds, and from anywhere.
#[must_use]
pub fn for_programs(path: &str) -> bool {
    let named = |name: &str| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    matches!(path, "/token" | "/device_authorization" | "/introspect" | "/revoke" | "/userinfo")
        || ["/.well-known", "/verify", "/status-lists"].into_iter().any(named)
}

/// Whether a form from a tool's own page may come here: all that it does is to be read again as an address.
#[must_use]
pub fn takes_foreign_forms(path: &str) -> bool {
    matches!(path, "/authorize" | "/logout") || for_programs(path)
}
