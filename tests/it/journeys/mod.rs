//! What people do from beginning to end, through the pages as plain forms: no script runs here.

mod browser;
mod doors;
mod kinds;
mod learner;
mod marking;
mod office;
