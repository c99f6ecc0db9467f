//! Certifications: what a person earned, whether it counts at an instant, and how it ends.

pub mod badge;
pub mod certificate;
pub mod notice;
pub mod places;
pub mod proof;
pub mod renewal;
pub mod requirement;
pub mod rows;
