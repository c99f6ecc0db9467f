//! The directory's face (SCIM 2.0, RFC 7644): people and teams under `/scim/v2`, for whoever presents a provisioning
//! credential and for nobody else.

mod answer;
mod call;
mod discovery;
mod groups;
mod users;

use crate::actions::provision::VERSION;
use actix_web::web::{self, PayloadConfig, ServiceConfig};

/// The most bytes of a body: a team of some 20,000 members.
pub const MOST: usize = 2 * 1024 * 1024;

/// The routes of all of them.
pub fn routes(config: &mut ServiceConfig) {
    let version = web::scope(VERSION)
        .app_data(PayloadConfig::new(MOST))
        .configure(discovery::routes)
        .configure(users::routes)
        .configure(groups::routes)
        .default_service(web::to(answer::nowhere));
    let other = web::scope("/scim").app_data(PayloadConfig::new(MOST)).default_service(web::to(answer::other_version));
    config.service(version).service(other);
}

/// Whether only the directory calls this: without a session, whatever cookies come along.
#[must_use]
pub fn for_programs(path: &str) -> bool {
    path == "/scim" || path.starts_with("/scim/")
}
