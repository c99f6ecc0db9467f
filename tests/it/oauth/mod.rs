//! The authorization server over HTTP, as tools and the people who use them meet it.

mod attacks;
mod ending;
mod flows;
mod refusals;
mod scene;
