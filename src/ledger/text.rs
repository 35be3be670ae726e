//! The text of a case file: reading, diagnosing, writing, and appending.
//!
//! Pure: from text to a [`Case`](crate::case::Case) and back, no file is touched. It promises that the case it returns
//! is what the file says, that everything wrong with the file is reported at once with its place, and that an addition
//! leaves every other byte alone. One reader does all of it, so that a case, its places and the check after an addition
//! always agree.

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
