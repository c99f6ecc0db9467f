//! The integration tests: one binary, run once on each engine (`tests/run`).

mod house;
mod invariants;
mod support;
