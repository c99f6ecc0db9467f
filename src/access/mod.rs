//! Access: the warehouses and roles of the catalogue, and what each role requires.

pub mod catalogue;
