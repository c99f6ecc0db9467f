//! What the house holds about one person, whichever room keeps it: giving it out (GDPR, Art. 15 and 20), and erasing it (Art. 17).

pub mod erasure;
pub mod held;
pub mod rows;
pub mod section;
