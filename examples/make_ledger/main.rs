//! Makes a large ledger to measure with: the same bytes for the same number and seed.
//!
//! `cargo run --release --example make_ledger -- 100000 DIRECTORY [--seed 1]`
//!
//! The ledger is as of 2026-11-22: 60 months of cases, of which 2 % are open and 1 % wait for the customer, committed at
//! once. A part of the open cases is late. Its words and people are invented.

use std::path::Path;
use std::process::ExitCode;

#[path = "made.rs"]
mod made;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (count, directory, seed) = match arguments.as_slice() {
        [count, directory] => (count.parse().ok(), *directory, Some(1)),
        [count, directory, "--seed", seed] => (count.parse().ok(), *directory, seed.parse().ok()),
        _ => (None, "", None),
    };
    let (Some(count), Some(seed)) = (count, seed) else {
        return end("usage: make_ledger NUMBER DIRECTORY [--seed NUMBER]", 2);
    };
    match made::make(count, Path::new(directory), seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => end(&why, 3),
    }
}

#[allow(clippy::print_stderr)]
fn end(why: &str, status: u8) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(status)
}
