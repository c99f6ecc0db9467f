//! Learning in the database: enrolments, completions, attempts and answers.

mod answers;
mod attempts;
mod learning;
mod open;

pub use answers::*;
pub use attempts::*;
pub use learning::*;
pub use open::*;
