//! A case file: its text (reading, diagnosing, writing, appending), and where it is in a ledger ([`layout`]).
//!
//! Pure: from text to a [`Case`](crate::case::Case) and back. It promises that the case it returns is what the file
//! says, that everything wrong with the file is reported at once with its place, and that an addition leaves every other
//! byte alone. One reader does all of it, so that a case, its places and the check after an addition always agree; the
//! layout that `fb` writes has a fast reader before it, which says the same or nothing. The room must not know the shop's
//! rules, and it touches no file: `ledger` does.

mod append;
mod decode;
mod flaws;
mod history;
pub(crate) mod layout;
mod lines;
mod map;
mod moment;
mod own_layout;
mod parts;
pub(crate) mod portable;
mod read;
mod say;
mod scalar;
mod syntax;
mod tree;
mod write;

pub use append::append;
pub(crate) use append::{CannotAppend, append_all};
pub(crate) use layout::CasePath;
pub(crate) use lines::comments;
pub use map::{SourceMap, Spot};
pub(crate) use parts::Part;
pub use parts::Parts;
pub(crate) use read::{CUSTOMER, INTAKE};
pub use read::{read, read_in_full};
pub use write::compose;

#[cfg(test)]
mod tests;
