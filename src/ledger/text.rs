//! The text of a case file: read, explained, written, and added to.
//!
//! Pure: from text to a [`Case`](crate::case::Case) and back, no file is touched. It promises that what it
//! returns for a file is what stands there, that everything wrong with it is said at once with its place, and that
//! an addition leaves every other byte alone. One reader serves all of it, so that a case, its places and the
//! check after an addition can't differ in what they see.

mod append;
mod decode;
mod flaws;
mod history;
mod lines;
mod map;
mod moment;
mod parts;
mod read;
mod say;
mod scalar;
mod syntax;
mod tree;
mod write;

pub use append::append;
pub(crate) use append::{CannotAppend, append_all};
pub(crate) use lines::comments;
pub use map::{SourceMap, Spot};
pub(crate) use parts::Part;
pub use parts::Parts;
pub use read::read;
pub(crate) use read::{CUSTOMER, INTAKE};
pub use write::compose;

#[cfg(test)]
mod tests;
