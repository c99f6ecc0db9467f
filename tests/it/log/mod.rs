//! The log that proves itself: positions, checkpoints, proofs, files, and whoever tries to rewrite them.

mod copies;
mod faces;
mod files;
pub mod lives;
mod places;
mod raw;
mod rewriting;
mod tampering;
