//! Learning in the database: enrolments, completions, attempts and answers.

mod answers;
mod attempts;
mod learning;
mod marks;
mod open;
mod regrades;
mod sittings;

pub use answers::*;
pub use attempts::*;
pub use learning::*;
pub use marks::*;
pub use open::*;
pub use regrades::*;
pub use sittings::*;
