//! Least privilege: what somebody holds compared with their team, what they would lose with a role, and what is never used.

pub mod losses;
pub mod peers;
pub mod unused;
