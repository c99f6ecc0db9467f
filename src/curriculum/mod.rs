//! The curriculum: courses as files, read whole, checked whole, and rendered to safe HTML.

pub mod bank;
pub mod course;
pub mod formats;
pub mod lab;
pub mod lint;
pub mod load;
pub mod module;
pub mod places;
pub mod question;
pub mod quiz;
pub mod render;
pub mod report;
pub mod rows;
pub mod source;
mod translate;
pub mod yaml;

#[cfg(test)]
pub(crate) mod samples;
