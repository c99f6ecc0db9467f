//! What happens to a database: a killed process in the middle of writes, and a database that goes away and comes back.

mod away;
mod killed;
