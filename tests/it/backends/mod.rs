//! What happens to a database: a killed process in the middle of writes, a database that goes away and comes back, and
//! a disk that is full. And two processes that start on one, and what many share.

pub mod away;
mod full;
mod killed;
mod shared;
mod starts;
