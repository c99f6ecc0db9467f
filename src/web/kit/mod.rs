//! What every handler is made with: the caller, forms, faults, sentences and pages.

pub mod bearer;
pub mod caller;
pub mod checked;
pub mod desk;
pub mod explain;
pub mod failure;
pub mod forms;
mod forwarded;
pub mod gate;
pub mod instants;
pub mod lab;
pub mod multipart;
pub mod render;
pub mod sentence;
pub mod teller;
pub mod texts;
pub use crate::base::words;
