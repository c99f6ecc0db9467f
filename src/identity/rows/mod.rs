//! People, teams, sessions, links and failed sign-ins in the database.

mod failures;
mod links;
mod people;
mod sessions;
mod teams;

pub use failures::*;
pub use links::*;
pub use people::*;
pub use sessions::*;
pub use teams::*;
