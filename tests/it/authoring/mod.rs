//! What authors do: begin a course, see it while they write it, and find what stands in it.

mod checking;
mod folders;
mod paths;
mod preview;
mod saving;
mod starting;
