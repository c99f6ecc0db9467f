//! Tokens that warehouses accept: keys, claims, signatures, and the record of each token.

pub mod claims;
pub mod client;
pub mod device;
pub mod id_token;
pub mod inspect;
pub mod keyring;
pub mod memory;
pub mod pkce;
pub mod redirect;
pub mod refusal;
pub mod request;
pub mod rows;
pub mod scope;
pub mod seal;
pub mod service;
pub mod setup;
pub mod signer;
pub mod status_list;
