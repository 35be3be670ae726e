//! The house keeps its rules: which room knows which, who may touch the world, where its words are.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms each room may name. The outermost rooms are not here: they may name every room.
///
/// `case` knows no room; its words for people are in `lang`, which with `error` every other room uses.
#[rustfmt::skip]
const KNOWS: &[(&str, &[&str])] = &[
    ("case", &[]),
    ("privacy", &[]),
    ("lang", &["case"]),
    ("error", &["case", "lang", "privacy"]),
    ("toml_file", &["lang", "error"]),
    ("casefile", &["case", "lang", "error"]),
    ("calendar", &["lang", "error", "toml_file"]),
    ("clock", &["case", "lang", "error", "calendar"]),
    ("policy", &["case", "lang", "error", "toml_file", "calendar", "clock"]),
    ("view", &["case", "calendar", "clock", "policy"]),
    ("prove", &["case", "clock", "policy", "lang"]),
    ("report", &["case", "calendar", "clock", "policy", "view", "lang", "error"]),
    ("query", &["case", "policy", "view", "report", "lang", "error"]),
    ("check", &["case", "casefile", "calendar", "clock", "policy", "lang", "error", "ledger", "privacy"]),
    ("doubts", &["case", "casefile", "calendar", "policy", "view", "lang", "error", "ledger", "check"]),
    ("audit", &[
        "case", "casefile", "policy", "report", "lang", "error", "ledger", "check", "privacy",
        "toml_file",
    ]),
    ("disk", &["lang", "error"]),
    ("ledger", &["case", "casefile", "lang", "error", "disk"]),
    ("merge", &["case", "casefile", "lang", "error"]),
    ("git", &["case", "lang", "error", "privacy", "disk"]),
    ("reconcile", &["case", "casefile", "policy", "lang", "error", "merge"]),
    ("session", &[
        "case", "casefile", "policy", "lang", "error", "privacy", "disk", "ledger", "merge",
        "reconcile", "git", "ui",
    ]),
    ("sync", &[
        "case", "casefile", "policy", "lang", "error", "disk", "ledger", "merge", "reconcile",
        "git", "session",
    ]),
    ("whole_ledger", &[
        "case", "doubts", "lang", "error", "ledger", "merge", "reconcile", "git", "session", "sync",
        "ui", "view",
    ]),
    ("arguments", &["case", "policy", "view", "report", "lang", "error", "disk", "render", "session"]),
    ("describe", &[
        "case", "casefile", "calendar", "clock", "policy", "view", "check", "lang", "error",
        "privacy", "ledger", "render", "session", "ui",
    ]),
    ("recording", &[
        "case", "casefile", "clock", "policy", "lang", "error", "privacy", "ledger", "render",
        "session", "ui", "arguments", "describe",
    ]),
    ("render", &["case", "calendar", "clock", "policy", "view", "report", "lang", "error", "privacy"]),
    ("ui", &["render", "lang", "error", "privacy", "disk"]),
    ("import", &["case", "policy", "lang", "error", "privacy", "toml_file"]),
    ("holidays", &["policy", "lang", "error"]),
];

/// The rooms of the program around the library. `commands` and `cli` know each other: a command is part of the tree of the
/// command line, and `fb help` shows that tree.
const OUTERMOST: &[&str] = &["cli", "commands", "lib", "main", "run"];

/// Commands that are a part of another one: `fb policy try` is a report on other rules.
const PART_OF: &[(&str, &str)] = &[("policy", "report")];

/// Rooms that answer from what they are told, and touch nothing.
const PURE: &[&str] = &[
    "case",
    "privacy",
    "lang",
    "toml_file",
    "casefile",
    "calendar",
    "clock",
    "policy",
    "prove",
    "view",
    "report",
    "query",
    "check",
    "doubts",
    "audit",
    "merge",
    "reconcile",
    "render",
    "holidays",
];

/// What they must not name.
const WORLD: &[&str] = &[
    "clap",
    "std::fs",
    "std::process",
    "std::env",
    "std::net",
    "std::io::std",
    "std::time",
    "git2",
    "console",
    "indicatif",
    "tempfile",
    "getrandom",
    "Timestamp::now",
    "Zoned::now",
    "println!",
    "eprintln!",
    "print!",
];

/// The files of the crate with their text.
fn sources() -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 50, "{}", found.len());
    found
}

fn collect(directory: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_owned();
            found.insert(name, text);
        }
    }
}

/// Whether a file is made of tests alone.
fn is_test(path: &Path) -> bool {
    let of_tests = |part: &OsStr| part == "tests" || part == "by_hand";
    path.iter().any(of_tests) || path.file_stem().is_some_and(of_tests)
}

/// The lines that are code and no test: tests stand at the end of a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let without_comment = |line: &str| line.trim_start().starts_with("//");
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(move |(_, line)| !without_comment(line))
}

/// `src/policy/rule_book.rs` is of the room `policy`, `src/error.rs` of `error`.
fn room(path: &Path) -> String {
    let mut parts = path.iter().skip(1);
    parts.next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The rooms that a line names by `crate::`, also in `use crate::{a::B, c::D}`.
fn named(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in line.split("crate::").skip(1).filter(|rest| !rest.starts_with("messages!")) {
        let list = rest.strip_prefix('{').map(|rest| rest.split(',').collect::<Vec<_>>());
        for path in list.unwrap_or_else(|| vec![rest]) {
            let word = path.trim().split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap();
            rooms.extend((!word.is_empty()).then(|| word.to_owned()));
        }
    }
    rooms
}

#[test]
fn each_room_names_only_what_it_may() {
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        let here = room(path);
        let Some((_, allowed)) = KNOWS.iter().find(|(room, _)| *room == here) else { continue };
        for (at, line) in code(text) {
            for there in named(line).into_iter().filter(|there| *there != here) {
                if !allowed.contains(&there.as_str()) {
                    wrong.push(format!(
                        "{}:{at}: `{here}` must not know `{there}`: {}",
                        path.display(),
                        line.trim()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The rooms can be put in an order in which each knows only earlier ones. So no two files of different rooms know each
/// other, not even by way of others.
#[test]
fn dependencies_run_one_way() {
    assert_eq!(in_a_circle(KNOWS), Vec::<&str>::new());
}

/// The rooms that cannot be put in an order, because they know each other or know such rooms.
fn in_a_circle<'r>(knows: &[(&'r str, &[&str])]) -> Vec<&'r str> {
    let mut left: Vec<_> = knows.to_vec();
    loop {
        let is_left = |room: &&str| left.iter().any(|(other, _)| other == room);
        let (later, first): (Vec<_>, Vec<_>) =
            left.iter().copied().partition(|(_, known)| known.iter().any(is_left));
        if first.is_empty() {
            return later.iter().map(|(room, _)| *room).collect();
        }
        left = later;
    }
}

/// What two commands share is in another room.
#[test]
fn no_command_knows_another() {
    let files = sources();
    let command = |path: &Path| -> Option<String> {
        let below = path.strip_prefix("src/commands").ok()?.iter().next()?.to_str()?;
        Some(below.trim_end_matches(".rs").to_owned())
            .filter(|name| !["say", "snapshots"].contains(&name.as_str()))
    };
    let commands: BTreeSet<String> = files.keys().filter_map(|path| command(path)).collect();
    assert!(commands.len() > 20, "{commands:?}");
    let mut wrong = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| !is_test(path)) {
        let Some(here) = command(path) else { continue };
        // `super` is `commands` in the file of a command; in a file below it there are as many more.
        let up = "super::".repeat(path.iter().count() - 2);
        for (at, line) in code(text) {
            for there in above(line, &up).filter(|there| commands.contains(*there) && *there != here) {
                if !PART_OF.contains(&(here.as_str(), there)) {
                    wrong.push(format!("{}:{at}: `{here}` must not know `{there}`", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The modules of `commands` that a line names, by `crate::commands::` or by so many `super::`.
fn above<'l>(line: &'l str, up: &'l str) -> impl Iterator<Item = &'l str> {
    let by_super = line.match_indices(up).filter(|(at, _)| !line[..*at].ends_with("super::"));
    let by_super = by_super.map(|(at, _)| &line[at + up.len()..]);
    let by_name = line.split("crate::commands::").skip(1);
    let lists = by_super.chain(by_name).flat_map(|rest| match rest.strip_prefix('{') {
        Some(list) => list.split(',').collect::<Vec<_>>(),
        None => vec![rest],
    });
    lists.filter_map(|path| path.trim().split(|c: char| !(c.is_alphanumeric() || c == '_')).next())
}

#[test]
fn pure_rooms_touch_nothing() {
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        if !PURE.contains(&room(path).as_str()) {
            continue;
        }
        for (at, line) in code(text) {
            for word in WORLD.iter().filter(|word| line.contains(**word) && !is_string(line, word)) {
                wrong.push(format!("{}:{at}: `{word}`: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// `say::moved(…)` is what people read; a bare `moved(…)` may be anything.
#[test]
fn every_wording_is_called_by_say() {
    for (path, text) in sources().iter().filter(|(path, _)| room(path) != "lang") {
        let list = text.find("messages! {\n").map(|at| &text[..at]);
        let own = path.ends_with("say.rs") || list.is_some_and(|before| before.contains("mod say {"));
        assert!(list.is_none() || own, "{}: put the messages in a `mod say`", path.display());
    }
}

/// Whether the word stands behind a quotation mark: then it is something to say, not to call.
fn is_string(line: &str, word: &str) -> bool {
    line.find(word).is_some_and(|at| line[..at].matches('"').count() % 2 == 1)
}

#[test]
fn the_test_would_notice() {
    assert_eq!(named("use crate::case::{Case, Id};"), ["case"]);
    assert_eq!(named("use crate::{case::Case, ui::Terminal};"), ["case", "ui"]);
    assert_eq!(named("    let x = crate::ledger::files::read(crate::git::HEAD);"), ["ledger", "git"]);
    assert!(named("crate::messages! {").is_empty());
    assert_eq!(above("use super::mend;", "super::").collect::<Vec<_>>(), ["mend"]);
    assert_eq!(above("use super::{mend, say};", "super::").collect::<Vec<_>>(), ["mend", "say"]);
    assert_eq!(above("use super::super::mend::BY_HAND;", "super::super::").collect::<Vec<_>>(), ["mend"]);
    assert_eq!(above("    crate::commands::show::event(event)", "super::").collect::<Vec<_>>(), ["show"]);
    assert_eq!(above("use super::target::Target;", "super::super::").count(), 0);
    assert_eq!(in_a_circle(&[("a", &[]), ("b", &["a", "c"]), ("c", &["b"]), ("d", &["a"])]), ["b", "c"]);
    assert_eq!(declared("pub(super) struct Row<'r> {"), Some("Row"));
    assert_eq!(declared("pub enum Side {"), Some("Side"));
    assert_eq!(declared("type Texts = Vec<String>;"), Some("Texts"));
    assert_eq!(declared("    struct Inner;"), None);
    assert_eq!(declared("pub fn row() {"), None);
    assert_eq!(room(Path::new("src/clock/limit/tests.rs")), "clock");
    assert_eq!(room(Path::new("src/error.rs")), "error");
    assert_eq!(code("a\n// crate::ui\n#[cfg(test)]\nmod tests {").collect::<Vec<_>>(), [(1, "a")]);
}

/// The name of the type that a line declares at the top level of a file.
fn declared(line: &str) -> Option<&str> {
    let open = line.strip_prefix("pub").map(|rest| match rest.split_once(") ") {
        Some((_, rest)) if line.starts_with("pub(") => rest,
        _ => rest.trim_start(),
    });
    let (keyword, rest) = open.unwrap_or(line).split_once(' ')?;
    let name = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
    name.filter(|_| ["struct", "enum", "trait", "type", "union"].contains(&keyword))
}

/// Types with an implementation a platform, of which one is compiled.
const BY_PLATFORM: &[&str] = &["Dir"];

#[test]
fn every_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test(path)) {
        for (at, name) in code(text).filter_map(|(at, line)| Some((at, declared(line)?))) {
            places.entry(name.to_owned()).or_default().push(format!("{}:{at}", path.display()));
        }
    }
    assert!(places.len() > 300, "{}", places.len());
    let twice = |name: &str, at: &[String]| at.len() > 1 && !BY_PLATFORM.contains(&name);
    let wrong: Vec<_> = places.iter().filter(|(name, at)| twice(name, at)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A module `x` with others in it is `x.rs` beside `x/`; its tests are in `x/tests.rs`.
#[test]
fn modules_and_tests_are_laid_out_alike() {
    for (path, text) in sources() {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap();
        assert_ne!(name, "mod", "{}: call it by its directory, beside it", path.display());
        assert!(!name.ends_with("_tests"), "{}: put the tests in a file `tests.rs`", path.display());
        assert!(!text.contains("#[path"), "{}: a module is where its name says", path.display());
    }
}

#[test]
fn every_room_is_ruled_and_stands_on_the_map() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms: BTreeSet<String> = sources().keys().map(|path| room(path)).collect();
    for (room, _) in KNOWS {
        assert!(rooms.contains(*room), "there is no room `{room}`");
        assert!(map.contains(&format!("[`{room}`]")), "the map does not show `{room}`");
    }
    for room in rooms.iter().filter(|room| !OUTERMOST.contains(&room.as_str())) {
        assert!(KNOWS.iter().any(|(ruled, _)| ruled == room), "no rule says what `{room}` may know");
    }
}

#[test]
fn every_room_says_what_it_promises() {
    let heads = |path: &Path| path.iter().count() == 2;
    for (path, text) in sources().iter().filter(|(path, _)| heads(path) && !is_test(path)) {
        assert!(text.starts_with("//!"), "{}: say what the room promises", path.display());
    }
}
