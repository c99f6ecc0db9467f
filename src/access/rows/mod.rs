//! Access in the database: the catalogue's copy, requests, grants, locks and holders.

mod assignments;
mod bulk;
mod catalogue;
mod comments;
mod delegations;
mod grants;
mod holders;
mod hours;
mod locks;
mod overviews;
mod peers;
mod policies;
mod requests;
mod review_lines;
mod reviews;
mod suspensions;
mod unused;
mod usage;

pub use assignments::*;
pub use bulk::*;
pub use catalogue::*;
pub use comments::*;
pub use delegations::*;
pub use grants::*;
pub use holders::*;
pub use locks::*;
pub use overviews::*;
pub use peers::*;
pub use policies::*;
pub use requests::*;
pub use review_lines::*;
pub use reviews::*;
pub use suspensions::*;
pub use unused::*;
pub use usage::*;
