//! The authorization server's face: what tools call (`/token`, `/device_authorization`, `/introspect`, `/revoke`, `/userinfo`,
//! discovery), and the pages that people pass through on their way to a tool (`/authorize`, `/device`, `/logout`).

mod authorize;
mod device;
mod discovery;
mod error;
mod logout;
mod params;
mod token;
mod userinfo;

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
}

/// Whether only programs call this: without a session, whatever cookies a browser adds, and from anywhere.
#[must_use]
pub fn for_programs(path: &str) -> bool {
    matches!(path, "/token" | "/device_authorization" | "/introspect" | "/revoke" | "/userinfo")
        || path.starts_with("/.well-known/")
}

/// Whether a form from a tool's own page may come here: all that it does is to be read again as an address.
#[must_use]
pub fn takes_foreign_forms(path: &str) -> bool {
    matches!(path, "/authorize" | "/logout") || for_programs(path)
}
