//! Access in the database: the catalogue's copy, requests, grants, locks and holders.

mod bulk;
mod catalogue;
mod grants;
mod holders;
mod locks;
mod requests;

pub use bulk::*;
pub use catalogue::*;
pub use grants::*;
pub use holders::*;
pub use locks::*;
pub use requests::*;
