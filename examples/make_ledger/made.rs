//! The ledger: its rules, its case files, its commit.

#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fb::case::{Case, Replay};
use fb::casefile;
use fb::policy::{PLAIN_CALENDAR, Preset};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

mod course;
mod dice;
mod words;

/// What went wrong, in words.
pub(crate) type Outcome<T> = Result<T, String>;

const STATUSES: [&str; 11] = [
    "new",
    "triaged",
    "assigned",
    "investigating",
    "proposed",
    "approved",
    "waiting",
    "escalated",
    "resolved",
    "closed",
    "rejected",
];

/// The shop's part of `fb.toml`; that of the rule book follows.
const SHOP: &str = r#"[shop]
name = "青瓷小铺 Celadon"
timezone = "Asia/Shanghai"
language = "zh"

[git]
commit = true

"#;

/// Every local time of the ledger has this offset.
pub(crate) fn zone() -> TimeZone {
    Offset::constant(8).to_time_zone()
}

/// Makes a ledger of `count` cases in a directory that is new or empty.
pub(crate) fn make(count: u32, directory: &Path, seed: u64) -> Outcome<()> {
    if fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty", directory.display()));
    }
    write_rules(directory)?;
    for number in 0..count {
        let case = course::case(number, count, seed)?;
        write(&directory.join(place(&case)), &casefile::compose(&case))?;
    }
    commit(directory, count)
}

fn write_rules(directory: &Path) -> Outcome<()> {
    let rules = Preset::of("ecommerce").ok_or("there are no such rules")?;
    let people: String = words::PEOPLE
        .iter()
        .map(|(key, name, role, department)| {
            format!(
                "[people.\"{key}\"]\nname = \"{name}\"\nrole = \"{role}\"\ndepartment = \"{department}\"\n\n"
            )
        })
        .collect();
    write(&directory.join("fb.toml"), &format!("{SHOP}{people}{}", rules.shop))?;
    write(&directory.join("policy/base.toml"), &rules.undated())?;
    write(&directory.join("calendar/office.toml"), PLAIN_CALENDAR)?;
    write(&directory.join(".gitattributes"), "cases/**/*.yaml merge=fb\n")?;
    STATUSES.iter().try_for_each(|status| write(&directory.join("cases").join(status).join(".gitkeep"), ""))
}

fn place(case: &Case) -> PathBuf {
    let replay = Replay::whole(case, &[]);
    let directory = Path::new("cases").join(replay.state().status.to_string());
    let file = format!("{}.yaml", case.id);
    match replay.ending() {
        Some(ending) => directory.join(month(ending.at)).join(file),
        None => directory.join(file),
    }
}

fn month(at: Timestamp) -> String {
    at.to_zoned(zone()).strftime("%Y-%m").to_string()
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    let told = |why: std::io::Error| format!("{}: {why}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(told)?;
    }
    fs::write(path, text).map_err(told)
}

/// One commit of all files. Neither settings nor variables of git change it.
fn commit(directory: &Path, count: u32) -> Outcome<()> {
    let message = format!("{count} cases");
    git(directory, &["init", "--quiet", "--initial-branch=main", "--template="])?;
    git(directory, &["add", "--all"])?;
    git(directory, &["commit", "--quiet", "--message", &message])
}

fn git(directory: &Path, arguments: &[&str]) -> Outcome<()> {
    let mut git = Command::new("git");
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("GIT_") {
            git.env_remove(variable);
        }
    }
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "Li Na")
            .env(format!("GIT_{who}_EMAIL"), "li.na@example.cn")
            .env(format!("GIT_{who}_DATE"), course::NOW);
    }
    let status = git.args(["-c", "gc.auto=0"]).args(arguments).current_dir(directory).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("git {}: {status}", arguments.join(" "))),
        Err(why) => Err(format!("git: {why}")),
    }
}
