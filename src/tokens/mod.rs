//! Tokens that warehouses accept: keys, claims, signatures, and the record of each token.

pub mod claims;
pub mod inspect;
pub mod keyring;
pub mod rows;
pub mod seal;
pub mod setup;
