//! A disk that is full, broken or closed: it is said what is wrong, and nothing is lost or half there.

use crate::ledger::TestLedger;
use crate::stop::{self, EACCES, EDQUOT, EIO, ENOSPC, EROFS, How};

const ID: &str = "20261122-7k3q9x";
const SECOND: &str = "20261122-8k3q9x";

fn case(id: &str) -> String {
    format!(
        "id: {id}\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n  \
         - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n"
    )
}

fn shop() -> TestLedger {
    let shop = TestLedger::free();
    shop.write("../photo.jpg", "a photo");
    shop.write(&format!("cases/new/{ID}.yaml"), case(ID));
    shop.put(&format!("cases/new/{SECOND}.yaml"), case(SECOND));
    shop
}

const SEVERAL: &[&str] = &["triage", ID, SECOND, "--category", "other", "--urgency", "general"];
const END: &[&str] = &["reject", ID, "--reason", "spam"];
const ATTACH: &[&str] = &["attach", ID, "../photo.jpg"];

/// How many of the two cases have an event after their receipt.
fn stamped(shop: &TestLedger) -> usize {
    let text = [ID, SECOND].map(|id| shop.read(&shop.path_of(id)));
    text.iter().filter(|text| text.matches("    by: ").count() > 1).count()
}

/// Every so many of a command's calls fail so; then there is room again.
#[track_caller]
fn nothing_is_lost(arguments: &[&str], how: fn(i32) -> How, error: i32, every: usize) {
    let before = shop();
    let points = stop::points(&before, arguments, how(error));
    let all = if arguments == SEVERAL { 2 } else { 1 };
    for at in stop::tried(points, every) {
        let shop = before.copy();
        let stopped = stop::at(&shop, arguments, at, how(error));
        let call = stopped.calls.get(at - 1).cloned().unwrap_or_default();
        let place = format!("{arguments:?} {:?} at {at}, {call}: {}{}", how(error), stopped.out, stopped.err);
        assert!(!stopped.killed && !stopped.err.contains("panicked"), "{place}");
        match stopped.status {
            Some(0) => {}
            Some(3) => assert!(stopped.err.contains("error: ") && stopped.err.contains("hint: "), "{place}"),
            _ => panic!("{place}"),
        }
        // Readers, before anyone writes.
        assert_eq!(shop.run(&["list", "all"]).status, 0, "{place}");
        let note = shop.run(&["note", SECOND, "room again"]);
        assert_eq!(note.status, 0, "{place}: {}", note.err);
        let stamped = stamped(&shop) - usize::from(all == 1);
        assert!(
            stamped == all || (all == 2 && stamped == 1 && stopped.status == Some(3)) || stamped == 0,
            "{place}"
        );
        let done = shop.path_of(ID) != format!("cases/new/{ID}.yaml") || arguments == ATTACH && stamped == 1;
        assert!(done || stopped.status == Some(3), "said to be done, and is not: {place}");
        if stopped.err.contains("nothing was changed") {
            assert!(!done, "{place}");
        }
        assert_eq!(shop.run(&["check"]).status, 0, "{place}: {}", shop.run(&["check"]).out);
        if !stopped.err.contains("not committed") {
            assert_eq!(shop.status(), "", "{place}");
        }
        shop.git(&["fsck", "--strict", "--no-dangling"]);
    }
}

#[test]
fn full_for_a_moment() {
    nothing_is_lost(SEVERAL, How::Once, ENOSPC, 7);
}

#[test]
fn full_from_then_on() {
    nothing_is_lost(END, How::Ever, ENOSPC, 7);
}

#[test]
fn beyond_the_quota() {
    nothing_is_lost(ATTACH, How::Ever, EDQUOT, 11);
}

#[test]
fn broken() {
    nothing_is_lost(END, How::Once, EIO, 11);
    nothing_is_lost(SEVERAL, How::Ever, EIO, 17);
}

#[test]
fn forbidden_in_places() {
    nothing_is_lost(SEVERAL, How::Once, EACCES, 11);
}

#[test]
fn a_full_disk_is_said_with_what_to_do() {
    let shop = shop();
    let stopped = stop::at(&shop, END, 5, How::Ever(ENOSPC));
    assert_eq!(stopped.status, Some(3));
    for word in ["cannot be written", "No space left", "free some space", "nothing was changed"] {
        assert!(stopped.err.contains(word), "`{word}`: {}", stopped.err);
    }
}

#[test]
fn a_ledger_that_can_only_be_read_is_read_and_not_written() {
    let shop = shop();
    let before = shop.snapshot();
    let stopped = stop::at(&shop, END, 1, How::Ever(EROFS));
    assert_eq!(stopped.status, Some(3), "{}", stopped.out);
    assert!(stopped.err.contains("fb.lock cannot be written: Read-only file system"), "{}", stopped.err);
    assert_eq!(shop.snapshot(), before);
    for reader in
        [&["list"][..], &["show", ID], &["check"], &["next"], &["log"], &["report", "monthly", "2026-10"]]
    {
        let stopped = stop::at(&shop, reader, 1, How::Ever(EROFS));
        assert!(stopped.status == Some(0), "{reader:?}: {}", stopped.err);
        assert_eq!(stopped.calls, [""; 0], "{reader:?} writes");
    }
}

#[test]
fn a_file_that_nobody_may_read_is_named_and_never_passed_over() {
    let shop = shop();
    let (path, other) = (format!("cases/new/{ID}.yaml"), ["note", SECOND, "x"]);
    for reader in [&["list"][..], &["check"], &["report", "overdue"], &["show", ID]] {
        let stopped = stop::closed(&shop, reader, &path);
        assert_eq!(stopped.status, Some(3), "{reader:?}: {}", stopped.out);
        let said = stopped.out + &stopped.err;
        assert!(said.contains(&path) && said.contains("Permission denied"), "{reader:?}: {said}");
    }
    let before = shop.snapshot();
    assert_eq!(stop::closed(&shop, END, &path).status, Some(3));
    assert_eq!(shop.snapshot(), before);
    assert_eq!(stop::closed(&shop, &other, &path).status, Some(0));
}

#[test]
fn a_directory_that_nobody_may_read_is_named_and_never_passed_over() {
    for directory in ["cases/new", "cases", "policy", "calendar"] {
        let shop = shop();
        let before = shop.snapshot();
        for command in [&["list"][..], &["check"], &["report", "overdue"], &["mend"], &["show", ID], END] {
            let stopped = stop::closed(&shop, command, directory);
            let said = stopped.out + &stopped.err;
            assert_eq!(stopped.status, Some(3), "{directory} {command:?}: {said}");
            assert!(said.contains(directory) && said.contains("Permission denied"), "{command:?}: {said}");
        }
        assert_eq!(shop.snapshot(), before, "{directory}");
    }
}

#[test]
fn an_empty_directory_is_no_ledger_and_an_empty_ledger_is_one() {
    let place = TestLedger::empty();
    place.refused(&["list"], 2).says(&["there is no ledger", "fb init"]);
    let shop = TestLedger::free();
    for status in std::fs::read_dir(shop.dir.join("cases")).unwrap() {
        std::fs::remove_dir_all(status.unwrap().path()).unwrap();
    }
    shop.run(&["list"]);
    shop.run(&["report", "monthly", "2026-10"]).ok();
    let id = shop.case(&[]);
    assert_eq!(shop.path_of(&id), format!("cases/new/{id}.yaml"));
    std::fs::remove_dir_all(shop.dir.join("cases")).unwrap();
    shop.refused(&["list"], 3).says(&["cases cannot be read"]);
    shop.run(&["mend"]);
    shop.run(&["list"]);
    shop.run(&["check"]).ok();
}

#[test]
fn a_file_with_no_right_to_write_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let shop = shop();
    let path = shop.dir.join(format!("cases/new/{ID}.yaml"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    shop.run(&["note", ID, "x"]).ok();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o444);
    assert_eq!(stamped(&shop), 1);
}

/// A system that gives no thread more: a reader does the work alone.
#[cfg(target_os = "linux")]
#[test]
fn a_command_that_gets_no_thread_works_alone() {
    let shop = TestLedger::empty().with("FB_BY", "li.na");
    shop.run(&["--lang", "en", "init", ".", "--no-git"]).ok();
    for _ in 0..3 {
        shop.case(&[]);
    }
    // The limit is nothing to root, and a user's own processes count: nobody has none.
    shop.shell("chmod -R a+rX .. && chmod a+rx ../..").ok();
    let as_nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    if shop.shell(&format!("{as_nobody} fb --version")).status != 0 {
        eprintln!("not run: only root can be another user");
        return;
    }
    let line = |command: &str| format!("exec {as_nobody} sh -c 'ulimit -u 1; exec fb {command}'");
    shop.shell(&line("list all")).ok();
    shop.shell(&line("check")).ok();
}
