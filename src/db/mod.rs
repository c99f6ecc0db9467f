//! The database behind one door: two engines, one set of queries, and commits that waiting actions share.

pub mod checkup;
mod errors;
pub mod history;
pub mod known;
pub mod lease;
pub mod lifecycle;
mod link;
pub mod migrate;
pub mod once;
mod pool;
mod privileges;
pub mod sql;
mod store;
pub mod touch;
mod writer;

pub use errors::is_unreadable;
pub use link::{Reading, Writing};
pub use sql::{Cells, Column, FromRow, sql};
pub use store::{Connections, Db, Location};
