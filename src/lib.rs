//! Habilis: a data academy and the access gateway behind it, in one service.

pub mod access;
pub mod base;
pub mod curriculum;
pub mod db;
