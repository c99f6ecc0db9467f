//! What happens to a database: a killed process in the middle of writes, a database that goes away and comes back, and
//! a disk that is full.

pub mod away;
mod full;
mod killed;
