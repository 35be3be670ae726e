//! Should the power fail: what is written reaches the disk in an order in which nothing can be lost.

use crate::ledger::TestLedger;
use crate::stop::{self, How};

/// The calls of a command, with the random parts of names made alike.
fn calls(shop: &TestLedger, arguments: &[&str]) -> Vec<String> {
    let stopped = stop::at(shop, arguments, 0, How::Killed);
    assert_eq!(stopped.status, Some(0), "{}{}", stopped.out, stopped.err);
    let plain = |call: &String| match call.split_once(".fb-") {
        Some((before, _)) => format!("{before}.fb-"),
        None => call.clone(),
    };
    stopped.calls.iter().map(plain).collect()
}

/// Where a call stands; there is one.
#[track_caller]
fn place(calls: &[String], wanted: &str) -> usize {
    calls.iter().position(|call| call == wanted).unwrap_or_else(|| panic!("no `{wanted}` in {calls:#?}"))
}

/// These calls come in this order.
#[track_caller]
fn come_in_order(calls: &[String], wanted: &[&str]) {
    let mut from = 0;
    for call in wanted {
        from += 1 + place(&calls[from..], call);
    }
}

#[test]
fn a_move_is_noted_then_flushed_then_committed_then_forgotten() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let branch = shop.git(&["symbolic-ref", "HEAD"]);
    let calls = calls(&shop, &["escalate", &id, "--reason", "third call"]);
    let (old, new) = (format!("rename cases/new/{id}.yaml"), format!("rename cases/escalated/{id}.yaml"));
    let branch_moves = format!("rename .git/{branch}");
    let objects: Vec<&String> = calls.iter().filter(|call| call.starts_with("link .git/objects/")).collect();
    // The blob, the commit, and a tree for the root, `cases` and the new directory; the old one is as it was at first.
    assert_eq!(objects.len(), 5, "{calls:#?}");
    let first = calls.iter().position(|call| call.contains(" cases/")).unwrap();
    assert!(place(&calls, "fsync .git") < first, "the plan is on the disk before anything is written");
    come_in_order(
        &calls,
        &[
            "write .git/.fb-",
            "fsync .git/.fb-",
            "rename .git/fb-journal.json",
            "fsync .git",
            "write cases/new/.fb-",
            "fsync cases/new/.fb-",
            &old,
            "fsync cases/new",
            &new,
            "fsync cases/escalated",
            "fsync cases/new",
            objects[0],
        ],
    );
    for object in objects {
        come_in_order(&calls, &[object, &object.replacen("link", "fsync", 1), &branch_moves]);
    }
    let head = format!("fsync .git/{branch}");
    come_in_order(&calls, &[&branch_moves, &head, "unlink .git/fb-journal.json", "fsync .git"]);
}

#[test]
fn the_directories_that_are_made_are_flushed_in_the_one_above() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let calls = calls(&shop, &["reject", &id, "--reason", "spam"]);
    let moved = format!("rename cases/rejected/2026-11/{id}.yaml");
    come_in_order(
        &calls,
        &["mkdir cases/rejected/2026-11", "fsync cases/rejected", &moved, "fsync cases/rejected/2026-11"],
    );
}

#[test]
fn an_attachment_is_on_the_disk_before_anybody_speaks_of_it() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.write("../photo.jpg", "a photo");
    let calls = calls(&shop, &["attach", &id, "../photo.jpg"]);
    let brought = format!(".git/fb-brought/files/{id}");
    come_in_order(
        &calls,
        &[
            &format!("fsync {brought}/.fb-"),
            &format!("rename {brought}/photo.jpg"),
            &format!("fsync {brought}"),
            "rename .git/fb-journal.json",
            &format!("rename files/{id}/photo.jpg"),
            &format!("fsync files/{id}"),
            &format!("rename cases/new/{id}.yaml"),
            "unlink .git/fb-journal.json",
        ],
    );
}
