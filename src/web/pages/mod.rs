//! The pages.

pub mod admin;

use actix_web::web::ServiceConfig;

/// The routes of all pages.
pub fn routes(config: &mut ServiceConfig) {
    admin::routes(config);
}
