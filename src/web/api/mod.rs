//! The API under `/api/v1`.

pub mod openapi;

use actix_web::web::ServiceConfig;

/// The routes of the API.
pub fn routes(_config: &mut ServiceConfig) {}
