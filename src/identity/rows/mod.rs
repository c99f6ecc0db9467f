//! People, teams, sessions, links and failed sign-ins in the database.

mod failures;
mod links;
mod lists;
mod people;
mod sessions;
mod teams;

pub use failures::*;
pub use links::*;
pub use lists::*;
pub use people::*;
pub use sessions::*;
pub use teams::*;
