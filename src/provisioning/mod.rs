//! The company's directory (SCIM 2.0: RFC 7643, 7644): what may be said of people and teams, how it is filtered and patched,
//! and what is kept of it.

pub mod document;
pub mod filter;
pub mod matching;
pub mod patch;
pub mod person;
pub mod refusal;
pub mod rows;
pub mod schema;
pub mod select;
pub mod team;
