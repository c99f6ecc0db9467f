//! Learning: progress through modules, attempts at quizzes, and their marks.

pub mod accommodation;
pub mod answer;
pub mod assignment;
pub mod attempt;
pub mod form;
pub mod grading;
pub mod key;
pub mod limits;
pub mod mark;
pub mod progress;
pub mod regrade;
pub mod review;
pub mod rows;
pub mod sql_lab;
pub mod statistics;
