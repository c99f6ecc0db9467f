//! SQL labs: data sets, the sandbox that a learner's statement runs in, and how its result is judged.

pub(crate) mod clock;
pub mod compare;
pub mod dataset;
pub mod image;
pub mod judge;
pub(crate) mod order;
pub mod sandbox;
pub mod table;
pub mod tokens;
pub mod trouble;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
