//! Commits of exactly the paths that a command touched, whatever else is staged.

mod message;

pub use message::Message;
