//! The integration tests: one binary, run once on each engine (`tests/run`).

mod backends;
mod house;
mod invariants;
mod secrecy;
mod support;
