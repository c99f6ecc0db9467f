//! Access: the catalogue of warehouses and roles, requests, decisions, grants, locks, and who holds what.

pub mod catalogue;
pub mod delegation;
pub mod emergency;
pub mod grant;
pub mod hours;
pub mod request;
pub mod review;
pub mod rows;
