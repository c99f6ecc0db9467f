//! People, their identities, teams, sessions, links and failed sign-ins, and credentials of services, in the database.

mod credentials;
mod failures;
mod identities;
mod links;
mod lists;
mod managers;
mod people;
mod sessions;
mod teams;

pub use credentials::*;
pub use failures::*;
pub use identities::*;
pub use links::*;
pub use lists::*;
pub use managers::*;
pub use people::*;
pub use sessions::*;
pub use teams::*;
