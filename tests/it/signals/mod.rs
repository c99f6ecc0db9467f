//! Shared Signals: receivers that subscribe hear that a session or an access has ended, by push and by poll, once it is so and
//! until they have it.

mod attacks;
mod credentials;
mod events;
mod killed;
mod life;
mod poll;
mod push;
mod races;
mod replicas;
mod scene;
mod sets;
pub mod sink;
mod trouble;
