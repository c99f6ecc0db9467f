//! The log of everything that happened or was refused, written in the transaction of what it tells.

mod entry;
pub mod event;
pub mod facts;
mod line;
pub mod log;
pub mod readings;
pub mod rows;
pub mod seal;
pub mod sinks;
