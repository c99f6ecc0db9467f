//! The web face: pages for people, an API for scripts, and what both are made with.

pub mod api;
mod credentials;
mod dev;
pub mod kit;
mod log;
pub mod oauth;
pub mod pages;
pub mod scim;
pub mod server;
pub mod ssf;
pub mod system;
pub mod views;
