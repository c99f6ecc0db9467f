//! The pages of access, audit and administration.

mod access;
mod answers;
mod authoring;
mod client_change;
mod clients;
mod decisions;
mod delegations;
mod event_lines;
mod events;
mod evidence;
mod evidence_chain;
mod holders;
mod holders_map;
mod keys;
mod lapses;
mod least;
mod locks;
mod people;
mod person;
mod person_lines;
mod preview;
mod preview_key;
mod provisioning;
mod records;
mod reference;
mod regrade;
mod reports;
mod reviews;
mod role;
mod shown;
mod signals;
mod statistics;
mod teams;
mod timeline;
mod token;
mod warehouse;
mod warehouses;
mod webhooks;

use actix_web::web::ServiceConfig;

/// The routes of all of them.
pub fn routes(config: &mut ServiceConfig) {
    access::routes(config);
    role::routes(config);
    token::routes(config);
    decisions::routes(config);
    delegations::routes(config);
    holders::routes(config);
    holders_map::routes(config);
    lapses::routes(config);
    evidence::routes(config);
    reports::routes(config);
    people::routes(config);
    person::routes(config);
    records::routes(config);
    teams::routes(config);
    events::routes(config);
    webhooks::routes(config);
    warehouses::routes(config);
    client_change::routes(config);
    clients::routes(config);
    provisioning::routes(config);
    signals::routes(config);
    warehouse::routes(config);
    keys::routes(config);
    least::routes(config);
    locks::routes(config);
    authoring::routes(config);
    preview::routes(config);
    answers::routes(config);
    statistics::routes(config);
    regrade::routes(config);
    reviews::routes(config);
    reference::routes(config);
}
