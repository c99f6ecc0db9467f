//! The invariants of access, held against stories, random interleavings and two replicas at once.

mod admins;
mod crowd;
mod first_states;
mod holds;
mod lives;
mod replicas;
mod story;
mod walk;
