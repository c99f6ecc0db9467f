//! The pages.

use actix_web::web::ServiceConfig;

/// The routes of all pages.
pub fn routes(_config: &mut ServiceConfig) {}
