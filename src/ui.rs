//! The terminal: the only room that writes to it.
//!
//! [`Terminal`] knows how output is displayed; [`draw`] makes errors and findings readable; [`prompt`] and [`editor`]
//! ask. Nothing needs a terminal: for every prompt there is also a flag.

pub mod draw;
pub(crate) mod editor;
mod keys;
mod progress;
pub(crate) mod prompt;
mod terminal;

pub(crate) use progress::Progress;
#[cfg(test)]
pub(crate) use terminal::kept;
pub(crate) use terminal::{Colour, Streams, Terminal};
