//! The pages.

mod account;
mod admin;
mod attempt;
mod certificates;
mod courses;
mod granted;
mod home;
mod lab;
mod machines;
mod module;
mod notices;
mod proofs;
mod provider;
mod quiz;
mod result;
mod scene;
mod search;
mod sign_in;
mod transcript;
mod verify_badge;
mod welcome;

pub use provider::for_providers;

use super::server::NoSuchPage;
use actix_web::web::ServiceConfig;
use std::str::FromStr;

/// The routes of all pages.
pub fn routes(config: &mut ServiceConfig) {
    admin::routes(config);
    home::routes(config);
    sign_in::routes(config);
    provider::routes(config);
    welcome::routes(config);
    courses::routes(config);
    lab::routes(config);
    module::routes(config);
    quiz::routes(config);
    attempt::routes(config);
    result::routes(config);
    proofs::routes(config);
    certificates::routes(config);
    verify_badge::routes(config);
    account::routes(config);
    notices::routes(config);
    transcript::routes(config);
    search::routes(config);
}

/// A piece of an address as what it names: where it can not be that, there is no such page.
fn named<T: FromStr>(piece: &str) -> Result<T, NoSuchPage> {
    piece.parse().map_err(|_| NoSuchPage)
}
