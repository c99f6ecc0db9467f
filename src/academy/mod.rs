//! Learning: progress through modules, attempts at quizzes, and their marks.

pub mod answer;
pub mod attempt;
pub mod form;
pub mod grading;
pub mod key;
pub mod limits;
pub mod mark;
pub mod progress;
pub mod review;
pub mod rows;
pub mod sql_lab;
