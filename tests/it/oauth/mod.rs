//! The authorization server over HTTP, as tools and the people who use them meet it.

mod attacks;
mod changing;
mod commands;
mod conformance;
mod confusion;
mod device;
mod ending;
mod floods;
mod flows;
mod forgeries;
mod keys;
pub mod machines;
mod refusals;
pub mod scene;
mod tricks;
pub mod verify;
