//! What every handler is made with: the caller, forms, faults, sentences and pages.

pub mod caller;
pub mod desk;
pub mod failure;
pub mod forms;
pub mod gate;
pub mod render;
pub mod sentence;
pub mod texts;
pub mod verdict;
pub mod words;
