//! Habilis: a data academy and the access gateway behind it, in one service.

pub mod base;
pub mod db;
