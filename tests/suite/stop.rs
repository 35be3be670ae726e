//! Stops `fb` at a call that changes a file: see `stop/shim.c`, which is built and preloaded here.

use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::ledger::TestLedger;

/// What becomes of the process at the call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum How {
    /// It is killed; the programs that it started go on.
    Killed,
    /// It is killed with the programs that it started, and their calls count too: as if the power failed.
    AllKilled,
    /// The call fails with this error of the system.
    Once(i32),
    /// The call fails with this error, and so do all later ones.
    Ever(i32),
}

pub(crate) const EIO: i32 = 5;
pub(crate) const EACCES: i32 = 13;
pub(crate) const ENOSPC: i32 = 28;
pub(crate) const EROFS: i32 = 30;
pub(crate) const EDQUOT: i32 = 122;

/// What a process did until it was stopped.
#[derive(Debug)]
pub(crate) struct Stopped {
    /// Whether it was killed.
    pub killed: bool,
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
    /// The calls, with the paths from the ledger's root: `rename cases/new/x.yaml`.
    pub calls: Vec<String>,
}

/// The built shim.
fn library() -> &'static Path {
    static BUILT: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, built) = BUILT.get_or_init(|| {
        let place = tempfile::tempdir().unwrap();
        let (source, library) = (place.path().join("shim.c"), place.path().join("shim.so"));
        fs::write(&source, include_str!("stop/shim.c")).unwrap();
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).arg("-ldl");
        let made = compiler.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        (place, library)
    });
    built
}

/// Runs `fb`, which is stopped at the `at`th call; 0: it runs through.
pub(crate) fn at(shop: &TestLedger, arguments: &[&str], at: usize, how: How) -> Stopped {
    let place = tempfile::tempdir().unwrap();
    let (count, log) = (place.path().join("count"), place.path().join("log"));
    fs::write(&count, [0; 4]).unwrap();
    fs::write(&log, "").unwrap();
    let mut command = shop.fb(arguments);
    command
        .env("LD_PRELOAD", library())
        .env("STOP_UNDER", &shop.dir)
        .env("STOP_COUNT", &count)
        .env("STOP_LOG", &log)
        .env("STOP_AT", at.to_string())
        .process_group(0);
    match how {
        How::Killed => {}
        How::AllKilled => drop(command.env("STOP_ALL", "1")),
        How::Once(error) => drop(command.env("STOP_HOW", error.to_string())),
        How::Ever(error) => drop(command.env("STOP_HOW", error.to_string()).env("STOP_ON", "1")),
    }
    let output = command.output().unwrap();
    Stopped {
        killed: output.status.signal() == Some(9),
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        calls: fs::read_to_string(log).unwrap().lines().map(str::to_owned).collect(),
    }
}

/// Runs `fb` where nobody may open or list this path.
pub(crate) fn closed(shop: &TestLedger, arguments: &[&str], path: &str) -> Stopped {
    let mut command = shop.fb(arguments);
    command.env("LD_PRELOAD", library()).env("STOP_CLOSED", shop.dir.join(path));
    let output = command.output().unwrap();
    Stopped {
        killed: false,
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        calls: Vec::new(),
    }
}

/// How many calls a command makes.
pub(crate) fn points(shop: &TestLedger, arguments: &[&str], how: How) -> usize {
    at(&shop.copy(), arguments, 0, how).calls.len()
}

/// Which of the calls to try: each where `FB_KILL_EVERY` is 1, else every so many.
pub(crate) fn tried(points: usize, every: usize) -> impl Iterator<Item = usize> {
    let asked = std::env::var("FB_KILL_EVERY").ok().and_then(|word| word.parse().ok());
    // One beyond the last, always: there the command runs through.
    (1..=points).step_by(asked.unwrap_or(every)).chain([points + 1])
}
