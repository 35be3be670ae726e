//! The fast reader of the layout that `fb` writes changes nothing: a file is read, or refused, as by the full reader alone.

use fb::casefile;

use super::{PATH, said};

pub fn holds(input: &[u8]) {
    let read = casefile::read(input, PATH.as_ref());
    let in_full = casefile::read_in_full(input, PATH.as_ref());
    assert_eq!(said(&read), said(&in_full), "{}", String::from_utf8_lossy(input));
}
