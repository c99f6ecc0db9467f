//! Learning in the database: enrolments, completions, attempts and answers.

mod accommodations;
mod answers;
mod attempts;
mod lab;
mod learning;
mod marks;
mod open;
mod regrades;
mod sittings;

pub use accommodations::*;
pub use answers::*;
pub use attempts::*;
pub use lab::*;
pub use learning::*;
pub use marks::*;
pub use open::*;
pub use regrades::*;
pub use sittings::*;
