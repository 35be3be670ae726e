//! Files: where a case stands, how it is read, stamped and moved.

pub mod text;
