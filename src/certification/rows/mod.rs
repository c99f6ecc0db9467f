//! Certification in the database: certificates, notices and reminders.

pub mod badges;
mod certificates;
mod notices;

pub use certificates::*;
pub use notices::*;
