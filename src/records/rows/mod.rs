//! One person's records across all tables: read for giving out, and erased.

mod erase;
mod export;

pub use erase::*;
pub use export::*;
