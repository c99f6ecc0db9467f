//! The API under `/api/v1`: one file a noun, each call routed and described by one value.

mod access;
mod attempts;
mod audit;
mod certificates;
mod clients;
mod courses;
mod delegations;
mod emergencies;
mod export;
mod identities;
mod kit;
mod labs;
mod least;
mod links;
mod log;
mod notices;
pub mod openapi;
mod operations;
mod people;
mod policies;
mod provisioning;
mod records;
mod regrades;
mod reports;
mod reviews;
mod search;
mod session;
mod shapes;
mod signals;
mod statistics;
mod teams;
mod tokens;
mod warehouses;
mod webhooks;

use super::kit::{caller::Caller, failure::Failure};
use crate::base::refusal::Fault;
use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, ServiceConfig},
};
use kit::{Endpoint, Group, Unfit};

/// Every call, by noun.
fn groups() -> Vec<Group> {
    vec![
        session::group(),
        links::group(),
        courses::group(),
        search::group(),
        attempts::group(),
        labs::group(),
        certificates::group(),
        notices::group(),
        access::group(),
        delegations::group(),
        emergencies::group(),
        policies::group(),
        tokens::group(),
        clients::group(),
        warehouses::group(),
        audit::group(),
        reports::group(),
        reviews::group(),
        log::group(),
        least::group(),
        statistics::group(),
        regrades::group(),
        people::group(),
        identities::group(),
        teams::group(),
        provisioning::group(),
        signals::group(),
        webhooks::group(),
        records::group(),
        operations::group(),
    ]
}

/// The routes of the API.
pub fn routes(config: &mut ServiceConfig) {
    let mut calls: Vec<(&'static str, Vec<Endpoint>)> = Vec::new();
    for endpoint in groups().into_iter().flat_map(|group| group.endpoints) {
        match calls.iter_mut().find(|(path, _)| *path == endpoint.path) {
            Some((_, there)) => there.push(endpoint),
            None => calls.push((endpoint.path, vec![endpoint])),
        }
    }
    let mut scope = web::scope(openapi::BASE);
    for (path, endpoints) in calls {
        let allow = endpoints.iter().map(|endpoint| endpoint.verb.allows()).collect::<Vec<_>>().join(", ");
        let other = web::to(move |caller, request| no_such_method(caller, request, allow.clone()));
        let resource = web::resource(path).default_service(other);
        let routed = endpoints.into_iter().fold(resource, |resource, endpoint| resource.route(endpoint.route));
        scope = scope.service(routed);
    }
    config.route("/api/openapi.json", web::get().to(openapi::show)).service(scope);
}

async fn no_such_method(_: Caller, request: HttpRequest, allow: String) -> Result<HttpResponse, Failure> {
    Err(Fault::from(Unfit::NoSuchMethod { method: request.method().to_string(), allow }).into())
}
