//! People: who they are, how they prove it, and what they may do, as types.

pub mod actor;
pub mod brake;
pub mod network;
pub mod password;
pub mod person;
pub mod provider;
pub mod rows;
pub mod secret;
