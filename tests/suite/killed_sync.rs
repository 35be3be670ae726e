//! `fb sync` killed anywhere: the next command finishes it or knows nothing of it, and the next sync ends as one that ran
//! through.

use crate::clones::Tree;
use crate::ledger::TestLedger;
use crate::stop::{self, How};

/// A shop whose case others changed as well, and all that they share, in one directory.
fn shop() -> (TestLedger, String) {
    let shop = TestLedger::new();
    let (case, other) = (shop.case(&[]), shop.case(&[]));
    shop.write("../photo.jpg", "a photo");
    shop.git(&["init", "--quiet", "--bare", "--initial-branch=main", "../hub.git"]);
    shop.git(&["branch", "--move", "main"]);
    shop.git(&["remote", "add", "origin", "../hub.git"]);
    shop.run(&["sync"]).ok();
    shop.git(&["clone", "--quiet", "../hub.git", "../north"]);
    let north = |arguments: &[&str]| shop.run(&[&["-C", "../north"], arguments].concat()).ok();
    shop.pass(10);
    north(&["escalate", &case, "--reason", "客户要见主管"]);
    north(&["new", "--kind", "praise", "--title", "好", "--channel", "chat"]);
    let photo = shop.dir.join("../photo.jpg");
    north(&["attach", &case, photo.to_str().unwrap()]);
    north(&["sync"]);
    shop.pass(10);
    shop.run(&["triage", &case, "--category", "other", "--urgency", "general"]).ok();
    (shop, other)
}

/// Everything of the ledger's own, but for the case that the next command is about.
fn told(shop: &TestLedger, other: &str) -> Tree {
    let files = shop.files().into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()));
    files.filter(|(path, _)| !path.to_str().unwrap().contains(other)).collect()
}

/// The lock of a branch elsewhere that git asks people to remove.
fn lock_of_git(said: &str) -> Option<&str> {
    let lock = said.split_once("Unable to create '")?.1.split_once('\'')?.0;
    lock.contains("/refs/remotes/").then_some(lock)
}

fn is_whole_or_not_at_all(how: How, every: usize) {
    let (before, other) = shop();
    let after = before.copy();
    let whole = stop::at(&after, &["sync"], 0, how);
    assert_eq!(whole.status, Some(0), "{}{}", whole.out, whole.err);
    let (untouched, done) = (told(&before, &other), told(&after, &other));
    assert_ne!(untouched, done);
    let (points, mut tried, mut finished) = (whole.calls.len(), 0, 0);
    for at in stop::tried(points, every) {
        let shop = before.copy();
        let stopped = stop::at(&shop, &["sync"], at, how);
        let place = format!("at {at}: {:?}", stopped.calls.last());
        assert!(shop.run(&["check"]).status < 2, "{place}");
        let next = shop.run(&["note", &other, "next"]);
        assert_eq!(next.status, 0, "{place}: {}", next.err);
        let now = told(&shop, &other);
        assert!(now == done || now == untouched, "{place}: {now:#?}");
        finished += usize::from(now == done);
        assert_eq!(shop.status(), "", "{place}");
        let mut again = shop.run(&["sync"]);
        if let Some(lock) = lock_of_git(&again.err) {
            // git keeps what it last saw of the remote locked when it dies in a fetch, and says what to do: as it says.
            assert_eq!(how, How::AllKilled, "{place}");
            std::fs::remove_file(lock).unwrap();
            again = shop.run(&["sync"]);
        }
        assert_eq!(again.status, 0, "{place}: {}{}", again.out, again.err);
        assert_eq!(told(&shop, &other), done, "{place}");
        assert_eq!(shop.read(&shop.path_of(&other)).matches("noted: ").count(), 1, "{place}");
        shop.run(&["check"]).ok();
        shop.git(&["fsck", "--strict", "--no-dangling"]);
        assert_eq!(
            shop.git(&["ls-remote", "origin", "refs/heads/main"])[..40],
            shop.git(&["rev-parse", "HEAD"])
        );
        tried += 1;
    }
    eprintln!("sync {how:?}: {tried} of {points} points, whole at {finished}");
    assert!(finished > 0);
}

#[test]
fn while_git_goes_on() {
    is_whole_or_not_at_all(How::Killed, 17);
}

#[test]
fn with_git() {
    is_whole_or_not_at_all(How::AllKilled, 61);
}
