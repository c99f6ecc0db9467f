//! What a certificate looks like outside of the house: rosette, badge picture, baked badge, and the sheet to frame.

pub mod bake;
pub mod lettering;
pub mod paper;
pub mod picture;
pub mod rosette;
mod sheet;
pub mod wording;
