//! Learning in the database: enrolments, completions, attempts and answers.

mod answers;
mod attempts;
mod lab;
mod learning;
mod marks;
mod open;

pub use answers::*;
pub use attempts::*;
pub use lab::*;
pub use learning::*;
pub use marks::*;
pub use open::*;
