//! The face to receivers of signals (OpenID Shared Signals Framework 1.0): what this service does, streams, and polling, under
//! `/ssf`, for whoever presents a receiver's credential and for nobody else.

mod call;
mod discovery;
mod poll;
mod streams;

use actix_web::web::{self, PayloadConfig, ServiceConfig};

/// The most bytes of a body: a thousand acknowledgements, and some.
const MOST: usize = 128 * 1024;

/// The routes of all of them.
pub fn routes(config: &mut ServiceConfig) {
    discovery::routes(config);
    let face = web::scope("/ssf")
        .app_data(PayloadConfig::new(MOST))
        .configure(streams::routes)
        .configure(poll::routes)
        .default_service(web::to(call::nowhere));
    config.service(face);
}

/// Whether only receivers call this: without a session, whatever cookies come along.
#[must_use]
pub fn for_programs(path: &str) -> bool {
    path == "/ssf" || path.starts_with("/ssf/")
}
