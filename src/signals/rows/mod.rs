//! Receivers, their streams, and what is on its way to them, in the database.

mod outbox;
mod receivers;
mod streams;

pub use outbox::*;
pub use receivers::*;
pub use streams::*;
