//! The integration tests: one binary, run once on each engine (`tests/run`).
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod api;
mod authoring;
mod backends;
mod banks;
mod browser;
mod catalogue;
mod door;
mod formats;
mod house;
mod identity_provider;
mod interop;
mod invariants;
mod journeys;
mod labs;
mod log;
mod marking;
mod oauth;
mod out;
mod people;
mod policy;
mod proof;
mod regrading;
mod renewal;
mod reports;
mod reviews;
mod scim;
mod secrecy;
mod signals;
mod statistics;
mod support;
mod warehouses;
mod words;
