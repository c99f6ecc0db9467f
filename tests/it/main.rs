//! The integration tests: one binary, run once on each engine (`tests/run`).
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod backends;
mod browser;
mod house;
mod invariants;
mod journeys;
mod regrading;
mod secrecy;
mod support;
