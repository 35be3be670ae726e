//! Killed anywhere: whatever call a command is killed at, the next one leaves a whole ledger, with the interrupted
//! command in it or not at all.

use std::fs;
use std::path::Path;

use crate::ledger::{TestLedger, without_needs};
use crate::stop::{self, How};

const ONE: &str = "20261122-0aaaaa";
const TWO: &str = "20261122-0bbbbb";
const OTHER: &str = "20261122-0zzzzz";

/// How each point is looked at.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In a repository, committed through libgit2.
    Library,
    /// In a repository with a hook, committed by the `git` program.
    Program,
    /// Without a repository.
    NoGit,
}

fn case(id: &str, external: &str) -> String {
    format!(
        "id: {id}\nkind: complaint\ntitle: cup\nchannel: hotline\nexternal: {external}\nhistory:\n  \
         - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n"
    )
}

/// A ledger with three cases, and what the commands are given beside it.
fn shop(place: Place) -> TestLedger {
    let shop = TestLedger::empty().with("FB_BY", "li.na").with("EDITOR", "sed -i s/cup/glass/");
    let no_git = (place == Place::NoGit).then_some("--no-git");
    let init = ["init", ".", "--lang", "en"].into_iter().chain(no_git).collect::<Vec<_>>();
    shop.run(&init).ok();
    shop.write("policy/base.toml", without_needs(&shop.read("policy/base.toml")));
    for (id, external) in [(ONE, "a"), (TWO, "b"), (OTHER, "z")] {
        shop.write(&format!("cases/new/{id}.yaml"), case(id, external));
    }
    shop.write("../photo.jpg", "a photo");
    shop.write("../rows.csv", "external,kind,title,channel,received\nc,complaint,one,hotline,2026-11-21 10:00\nd,praise,two,hotline,2026-11-21 11:00\n");
    shop.write("../events.csv", "external,event,at,by,note\na,noted,2026-11-22 09:10,li.na,brought\nc,noted,2026-11-21 12:00,li.na,brought\n");
    if place != Place::NoGit {
        shop.git(&["add", "--all"]);
        shop.git(&["commit", "--quiet", "-m", "by hand"]);
    }
    if place == Place::Program {
        hook(&shop, "pre-commit", "exit 0");
    }
    shop
}

/// Makes a hook.
pub(crate) fn hook(shop: &TestLedger, name: &str, body: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = format!(".git/hooks/{name}");
    shop.write(&path, format!("#!/bin/sh\n{body}\n"));
    fs::set_permissions(shop.dir.join(path), fs::Permissions::from_mode(0o755)).unwrap();
}

/// The cases, what is kept with them and the rules, whatever ids were drawn: the directory of each and its text.
fn told(shop: &TestLedger) -> Vec<(String, String)> {
    let mut told: Vec<(String, String)> = Vec::new();
    for (path, bytes) in shop.files() {
        let name = path.to_str().unwrap();
        let is_told = ["cases/", "files/", "policy/"].iter().any(|part| name.starts_with(part));
        if name.contains(OTHER) || !is_told {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let text: Vec<&str> = text.lines().filter(|line| !line.starts_with("id: ")).collect();
        told.push((path.parent().unwrap().to_str().unwrap().to_owned(), text.join("\n")));
    }
    told.sort();
    told
}

/// What no command leaves behind when the next one is done.
fn left_over(directory: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let ours = name.starts_with(".fb-") || name.starts_with("fb-");
        // A repack in the background may hold that of `packed-refs`: it is left to people, and in nobody's way.
        let lock = name.ends_with(".lock") && name != "fb.lock" && name != "packed-refs.lock";
        if ours || lock {
            found.push(path.display().to_string());
        } else if path.is_dir() && name != "objects" {
            left_over(&path, found);
        }
    }
}

/// Whether it is what somebody wrote in an editor and `fb` did not come to take over: the next edit names it, and
/// removes one that nothing was written in.
fn is_kept_draft(shop: &TestLedger, path: &str) -> bool {
    if !path.contains("fb-edit-") {
        return false;
    }
    let copy = shop.copy().with("EDITOR", "true");
    let said = copy.run(&["edit", ONE]).ok().err;
    let path = Path::new(path);
    let draft = path.join(format!("{ONE}.yaml"));
    let (there, relative) = (fs::read_to_string(&draft), path.strip_prefix(&shop.dir).unwrap());
    let stays = copy.dir.join(relative).exists();
    assert_eq!(
        stays,
        there.is_ok_and(|text| text.contains("glass")) && !shop.read(&shop.path_of(ONE)).contains("glass")
    );
    assert_eq!(stays, said.contains(relative.to_str().unwrap()), "{said}");
    true
}

/// The ledger before the command, and what it comes to.
struct Start {
    untouched: Vec<(String, String)>,
    done: Vec<(String, String)>,
    /// What `fb check` answers before.
    check: i32,
    commits: usize,
}

/// A command that is killed at every call, or every so many of them.
struct Deed<'a> {
    arguments: &'a [&'a str],
    place: Place,
    how: How,
    every: usize,
    /// Whether the next command is killed, too.
    twice: bool,
}

impl Deed<'_> {
    #[track_caller]
    fn is_whole_or_not_at_all(&self) {
        let before = shop(self.place);
        self.is_whole_or_not_at_all_from(&before);
    }

    #[track_caller]
    fn is_whole_or_not_at_all_from(&self, before: &TestLedger) {
        let after = before.copy();
        let whole = stop::at(&after, self.arguments, 0, self.how);
        assert_eq!(whole.status, Some(0), "{}{}", whole.out, whole.err);
        let start = Start {
            untouched: told(before),
            done: told(&after),
            check: before.run(&["check"]).status,
            commits: if self.place == Place::NoGit { 0 } else { before.commits() },
        };
        assert_ne!(start.untouched, start.done);
        let (mut tried, mut finished) = (0, 0);
        for at in stop::tried(whole.calls.len(), self.every) {
            let shop = before.copy();
            let stopped = stop::at(&shop, self.arguments, at, self.how);
            let place = format!("{:?} at {at}: {:?}", self.arguments, stopped.calls.last());
            // What git leaves to do in the background is no longer the command's.
            assert!(stopped.killed || stopped.status == Some(0), "{place}: {}{}", stopped.out, stopped.err);
            if self.twice {
                // Somewhere else each time: 61 is coprime to the number of points of any stride.
                let next = stop::at(&shop, &["note", OTHER, "killed"], at * 61 % 140 + 1, self.how);
                assert!(
                    next.killed || next.status == Some(0),
                    "{place}, then {:?}: {}",
                    next.calls.last(),
                    next.err
                );
            }
            finished += usize::from(self.look(&shop, &stopped.out, &start, &place));
            tried += 1;
        }
        let points = whole.calls.len();
        eprintln!("{} {:?}: {tried} of {points} points, whole at {finished}", self.arguments[0], self.how);
        assert!(finished > 0);
    }

    /// Whether the command is there wholly, when the next one is done.
    fn look(&self, shop: &TestLedger, said: &str, start: &Start, place: &str) -> bool {
        let git = self.place != Place::NoGit;
        // Readers, before anyone writes.
        let list = shop.run(&["list", "all", "--format", "json"]);
        // Two files that were to be joined are still two: counted once, and in doubt.
        let double = shop.run(&["check", "--only", "duplicate-id"]).status == 1;
        assert_eq!(list.status, if double { 3 } else { 0 }, "{place}: {}", list.err);
        let check = shop.run(&["check"]);
        assert!(check.status < 2, "{place}: {}{}", check.out, check.err);
        let private = shop.dir.join(if git { ".git" } else { ".fb" });
        let noted = private.join("fb-journal.json").exists();

        let next = shop.run(&["note", OTHER, "next"]);
        assert_eq!(next.status, 0, "{place}: {}", next.err);
        assert_eq!(next.err.contains("finished an interrupted command"), noted, "{place}: {}", next.err);
        let now = told(shop);
        let whole = now == start.done;
        assert!(whole || now == start.untouched, "{place}: {now:#?}");
        assert!(whole || said.is_empty(), "{place}: said and lost: {said}");
        let other = shop.read(&shop.path_of(OTHER));
        let (noted, killed) =
            (other.matches("note: next\n").count(), other.matches("note: killed\n").count());
        assert!(noted == 1 && killed <= usize::from(self.twice), "{place}: {other}");

        let check = shop.run(&["check"]);
        assert_eq!(check.status, if whole { 0 } else { start.check }, "{place}: {}", check.out);
        let mut found = Vec::new();
        left_over(&shop.dir, &mut found);
        found.retain(|path| !is_kept_draft(shop, path));
        assert_eq!(found, [""; 0], "{place}");
        if git {
            assert_eq!(shop.status(), "", "{place}");
            shop.git(&["fsck", "--strict", "--no-dangling"]);
            assert_eq!(shop.commits(), start.commits + 1 + usize::from(whole) + killed, "{place}");
        }
        whole
    }
}

const NEW: &[&str] = &["new", "--kind", "praise", "--title", "thanks", "--channel", "chat"];
const MOVE: &[&str] = &["escalate", ONE, "--reason", "third call"];
const SEVERAL: &[&str] = &["triage", ONE, TWO, "--category", "other", "--urgency", "general"];
const IMPORT: &[&str] = &["import", "../rows.csv", "--events", "../events.csv"];
const BEGIN: &[&str] = &["policy", "begin", "2026-11-22"];
const IMPORT_AND_BEGIN: &[&str] = &["import", "../rows.csv", "--limits-from", "2026-11-22"];
const ATTACH: &[&str] = &["attach", ONE, "../photo.jpg"];
const EDIT: &[&str] = &["edit", ONE];
const AMEND: &[&str] = &["amend", ONE, "--urgency", "important", "--reason", "it is"];
const END: &[&str] = &["reject", ONE, "--reason", "spam"];

/// `name: arguments, where, how, every so many calls, the next command too`
macro_rules! killed {
    ($($name:ident: $arguments:expr, $place:expr, $how:expr, $every:expr, $twice:expr;)*) => {$(
        #[test]
        fn $name() {
            Deed { arguments: $arguments, place: $place, how: $how, every: $every, twice: $twice }.is_whole_or_not_at_all();
        }
    )*};
}

killed! {
    new_without_git: NEW, Place::NoGit, How::Killed, 1, false;
    a_move_without_git: MOVE, Place::NoGit, How::Killed, 1, false;
    new: NEW, Place::Library, How::Killed, 13, false;
    a_move: MOVE, Place::Library, How::Killed, 13, false;
    a_move_to_a_new_directory: END, Place::Library, How::Killed, 29, false;
    several_cases: SEVERAL, Place::Library, How::Killed, 19, false;
    import: IMPORT, Place::Library, How::Killed, 19, false;
    begin: BEGIN, Place::Library, How::Killed, 13, false;
    begin_without_git: BEGIN, Place::NoGit, How::Killed, 1, false;
    import_and_begin: IMPORT_AND_BEGIN, Place::Library, How::Killed, 19, false;
    attach: ATTACH, Place::Library, How::Killed, 23, false;
    edit: EDIT, Place::Library, How::Killed, 19, false;
    amend: AMEND, Place::Library, How::Killed, 29, false;
    a_move_while_git_goes_on: MOVE, Place::Program, How::Killed, 13, false;
    new_with_git: NEW, Place::Program, How::AllKilled, 29, false;
    a_move_with_git: MOVE, Place::Program, How::AllKilled, 23, false;
    several_cases_with_git: SEVERAL, Place::Program, How::AllKilled, 41, false;
    attach_with_git: ATTACH, Place::Program, How::AllKilled, 41, false;
    twice_without_git: MOVE, Place::NoGit, How::Killed, 2, true;
    twice: SEVERAL, Place::Library, How::Killed, 29, true;
    twice_with_git: MOVE, Place::Program, How::AllKilled, 41, true;
}

#[test]
fn mend() {
    let before = shop(Place::Library);
    let text = case(ONE, "a");
    let second = format!("{text}  - noted: 2026-11-22T09:05:00+08:00\n    by: li.na\n    note: second\n");
    before.put(&format!("cases/triaged/{ONE}.yaml"), second);
    before.git(&["rm", "--quiet", "cases/waiting/.gitkeep"]);
    before.git(&["commit", "--quiet", "-m", "a second file"]);
    Deed { arguments: &["mend"], place: Place::Library, how: How::Killed, every: 19, twice: false }
        .is_whole_or_not_at_all_from(&before);
}

#[test]
fn init_can_be_given_again() {
    let init = ["init", ".", "--lang", "en"];
    let points = stop::points(&TestLedger::empty(), &init, How::Killed);
    for at in stop::tried(points, 23) {
        let place = TestLedger::empty();
        stop::at(&place, &init, at, How::Killed);
        // Locks that `git init` itself would leave, and name.
        for lock in ["config.lock", "HEAD.lock"] {
            let _ = fs::remove_file(place.dir.join(".git").join(lock));
        }
        let again = place.run(&init);
        assert!(again.status == 0 || again.err.contains("is already a ledger"), "{at}: {}", again.err);
        let id = place.case(&[]);
        place.run(&["check"]).ok();
        assert_eq!(place.path_of(&id), format!("cases/new/{id}.yaml"), "{at}");
    }
}
