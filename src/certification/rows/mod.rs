//! Certification in the database: certificates, notices and reminders.

mod certificates;
mod notices;

pub use certificates::*;
pub use notices::*;
