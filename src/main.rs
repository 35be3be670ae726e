//! `fb`: argv to [`fb::run`] to exit status.
fn main() {}
