//! The API under `/api/v1`.

use actix_web::web::ServiceConfig;

/// The routes of the API.
pub fn routes(_config: &mut ServiceConfig) {}
