//! The door to the file system: whole files or none, the steps by which a disk is changed, and the lock.
//!
//! Knows neither cases nor rules nor git.

pub mod files;
mod lock;
pub(crate) mod steps;
pub(crate) mod words;

pub use lock::Lock;
