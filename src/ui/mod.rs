//! The terminal: the only room that writes to it.
