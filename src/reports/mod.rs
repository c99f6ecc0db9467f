//! The auditor's thirteen questions as named reports: what each asks, what it answers in, and the answer as of a moment.

pub mod asked;
pub mod cell;
mod columns;
pub mod map;
pub mod refusal;
pub mod report;
pub mod rows;
pub mod timeline;
