//! The auditor's questions: each with its answer planted among near-misses, and the same frame on every face.

mod account;
mod addresses;
mod ahead;
mod answers;
mod faces;
mod glass;
mod hindsight;
mod maps;
mod more;
mod plant;
mod reviewed;
mod sound;
mod taken_along;
mod told;
mod waits;
