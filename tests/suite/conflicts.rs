//! What stands in conflict, and `fb mend` puts together: rebases, cherry-picks, stashes, and what people did meanwhile.

use std::fs;

use crate::clones::Clones;
use crate::ledger::TestLedger;

/// Two clones that did something to one case; `a` has synced.
fn parted<'s>(shop: &'s TestLedger) -> (Clones<'s>, String) {
    parted_by(shop, ["客户要见主管", "等客户寄回"])
}

fn parted_by<'s>(shop: &'s TestLedger, reasons: [&str; 2]) -> (Clones<'s>, String) {
    let clones = Clones::new(shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["escalate", &id, "--reason", reasons[0]]).ok();
    clones.fb("b", &["wait", &id, "--reason", reasons[1]]).ok();
    clones.now("a", &["sync"]).ok();
    clones.git("b", &["fetch", "--quiet"]);
    (clones, id)
}

/// Holds that the case of `b` has all that both did, and nothing is left to do.
#[track_caller]
fn is_whole(clones: &Clones<'_>, id: &str) {
    let text = fs::read_to_string(clones.path(&format!("b/cases/waiting/{id}.yaml"))).unwrap();
    let names: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("  - ")?.split(':').next()).collect();
    assert_eq!(names, ["received", "escalated", "waiting"]);
    clones.is_sound("b");
    assert_eq!(clones.now("b", &["mend"]).ok().out, "nothing to repair\n");
}

/// Runs git, which stops, and lets `fb` put together what it stopped at.
#[track_caller]
fn mended(clones: &Clones<'_>, id: &str, arguments: &[&str], go_on: &str) {
    assert_eq!(clones.try_git("b", arguments).status, 1);
    let before = clones.tree("b");
    let ran = clones.now("b", &["mend", "--dry-run"]).ok();
    assert!(ran.out.contains(&format!("{}  resolved: cases/waiting/{id}.yaml\n", &id[9..])), "{}", ran.out);
    assert_eq!(clones.tree("b"), before);
    let ran = clones.now("b", &["mend"]).ok();
    assert_eq!(ran.out, format!("{}  resolved: cases/waiting/{id}.yaml\n", &id[9..]));
    ran.says(&[go_on]);
    // Once more changes nothing.
    let tree = clones.tree("b");
    assert!(["", "nothing to repair\n"].contains(&&*clones.now("b", &["mend"]).ok().out));
    assert_eq!(clones.tree("b"), tree);
}

#[test]
fn a_merge() {
    let shop = TestLedger::empty();
    let (clones, id) = parted(&shop);
    mended(&clones, &id, &["merge", "origin/main"], "git merge --continue");
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    is_whole(&clones, &id);
}

#[test]
fn a_rebase() {
    let shop = TestLedger::empty();
    let (clones, id) = parted(&shop);
    mended(&clones, &id, &["rebase", "origin/main"], "git rebase --continue");
    clones.git("b", &["-c", "core.editor=true", "rebase", "--continue"]);
    is_whole(&clones, &id);
    assert_eq!(clones.git("b", &["rev-list", "--count", "--merges", "HEAD"]), "0");
}

#[test]
fn a_cherry_pick() {
    let shop = TestLedger::empty();
    let (clones, id) = parted(&shop);
    mended(&clones, &id, &["cherry-pick", "origin/main"], "git cherry-pick --continue");
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    is_whole(&clones, &id);
}

#[test]
fn a_stash_of_which_only_the_index_knows() {
    let shop = TestLedger::empty();
    let (clones, id) = parted(&shop);
    clones.git("b", &["reset", "--quiet", "--hard", "HEAD~1"]);
    clones.fb("b", &["--no-commit", "wait", &id, "--reason", "等客户寄回"]).ok();
    clones.git("b", &["add", "--all"]);
    clones.git("b", &["stash", "--quiet"]);
    clones.git("b", &["merge", "--quiet", "--ff-only", "origin/main"]);
    mended(&clones, &id, &["stash", "pop"], "`git commit`");
    clones.git("b", &["commit", "--quiet", "-m", "by hand"]);
    is_whole(&clones, &id);
}

#[test]
fn a_revert_is_not_put_together() {
    let shop = TestLedger::empty();
    let (clones, id) = parted(&shop);
    clones.git("b", &["reset", "--quiet", "--hard", "origin/main"]);
    clones.fb("b", &["wait", &id, "--reason", "等客户寄回"]).ok();
    assert_eq!(clones.try_git("b", &["revert", "--no-edit", "HEAD~1"]).status, 1);
    let before = clones.tree("b");
    let ran = clones.now("b", &["mend"]);
    assert_eq!(ran.status, 2);
    ran.says(&["git revert --abort", "fb undo"]);
    assert_eq!(clones.tree("b"), before);
}

#[test]
fn what_was_put_right_by_hand_stays_if_it_says_everything() {
    let shop = TestLedger::empty();
    let (clones, id) = parted(&shop);
    assert_eq!(clones.try_git("b", &["merge", "origin/main"]).status, 1);
    let [one, other] = ["escalated", "waiting"].map(|status| format!("b/cases/{status}/{id}.yaml"));
    let whole = clones.git("b", &["show", &format!("origin/main:cases/escalated/{id}.yaml")]);
    let waiting = clones.git("b", &["show", &format!("HEAD:cases/waiting/{id}.yaml")]);
    let last = waiting.split("  - ").last().unwrap();
    let by_hand = format!("# both were right\n{whole}\n  - {last}\n");
    fs::remove_file(clones.path(&one)).unwrap();
    // First one event is forgotten.
    fs::write(clones.path(&other), format!("# both were right\n{whole}\n")).unwrap();
    clones.git("b", &["add", "--all"]);
    let ran = clones.now("b", &["mend"]).ok();
    assert!(ran.out.contains("resolved"), "{}", ran.out);
    let joined = fs::read_to_string(clones.path(&other)).unwrap();
    assert!(joined.starts_with("# both were right\n") && joined.contains("  - waiting: "), "{joined}");
    fs::write(clones.path(&other), &by_hand).unwrap();
    clones.git("b", &["add", "--all"]);
    assert_eq!(clones.now("b", &["mend"]).ok().out, "");
    assert_eq!(fs::read_to_string(clones.path(&other)).unwrap(), by_hand);
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    is_whole(&clones, &id);
}

#[test]
fn what_git_is_told_to_call() {
    let shop = TestLedger::empty();
    // So long that git takes neither file for the old one.
    let reasons = ["客户要见主管，说了很久。", "等客户寄回，说了很久。"].map(|reason| reason.repeat(60));
    let (clones, id) = parted_by(&shop, reasons.each_ref().map(String::as_str));
    let ran = clones.now("b", &["mend", "--install"]).ok();
    assert!(ran.out.contains("hook post-merge") && !ran.out.contains(".gitattributes"), "{}", ran.out);
    clones.now("b", &["mend", "--install"]).ok();
    assert_eq!(clones.git("b", &["status", "--porcelain"]), "");
    // A merge that leaves two files without a word of conflict is looked at.
    let ran = clones.try_git("b", &["merge", "--no-edit", "origin/main"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let said = ran.out + &ran.err;
    assert!(said.contains("duplicate-id") && said.contains("fb mend"), "{said}");
    clones.now("b", &["mend"]).ok();
    is_whole(&clones, &id);
    // Another hook is left alone, and the line to add is said.
    let hook = clones.path("b/.git/hooks/post-merge");
    fs::write(&hook, "#!/bin/sh\nexit 0\n").unwrap();
    let ran = clones.now("b", &["mend", "--install"]).ok();
    ran.says(&["another hook already exists", "check --only"]);
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nexit 0\n");
    // An older ledger has no line for the driver yet.
    clones.git("b", &["rm", "--quiet", ".gitattributes"]);
    clones.git("b", &["commit", "--quiet", "-m", "by hand"]);
    clones.now("b", &["mend", "--install"]).ok();
    assert_eq!(fs::read_to_string(clones.path("b/.gitattributes")).unwrap(), "cases/**/*.yaml merge=fb\n");
    assert_eq!(clones.git("b", &["status", "--porcelain"]), "");
}

/// Two clones whose git merges with `fb`, and a case in the one that somebody broke by hand after a note.
fn broken_by_hand<'s>(shop: &'s TestLedger) -> (Clones<'s>, String) {
    let clones = Clones::new(shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.now("b", &["mend", "--install"]).ok();
    clones.fb("a", &["note", &id, "客户要退款"]).ok();
    let file = clones.path(&format!("a/cases/new/{id}.yaml"));
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("channel: hotline", "channel: hotline: x")).unwrap();
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    clones.git("a", &["push", "--quiet", "origin", "HEAD"]);
    clones.fb("b", &["note", &id, "客户来电催问"]).ok();
    clones.git("b", &["fetch", "--quiet"]);
    (clones, id)
}

#[test]
fn a_version_that_the_driver_cannot_read_hides_nothing() {
    let shop = TestLedger::empty();
    let (clones, id) = broken_by_hand(&shop);
    let ran = clones.try_git("b", &["merge", "--no-edit", "origin/main"]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!((ran.out + &ran.err).contains("their version of cases"));
    let file = clones.path(&format!("b/cases/new/{id}.yaml"));
    let text = fs::read_to_string(&file).unwrap();
    for part in ["<<<<<<< HEAD\n", "客户来电催问", "\n=======\n", "客户要退款", ">>>>>>> origin/main\n"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let ran = clones.now("b", &["mend"]);
    assert_eq!(ran.status, 3);
    ran.says(&[
        &format!("their version of cases/new/{id}.yaml cannot be read"),
        &format!("theirs:cases/new/{id}.yaml:4:17"),
        "cannot be merged: 1",
        "with the events of both sides",
    ]);
    assert!(!ran.err.contains(&format!("--> {id}")), "{}", ran.err);
    // No line of the file that stands here is shown for theirs.
    assert!(!ran.err.contains("| channel: hotline\n"), "{}", ran.err);
    // As the hint says: the events of both, in the order of their times.
    let lines: Vec<&str> = text.lines().collect();
    let at = |mark: &str| lines.iter().position(|line| line.starts_with(mark)).unwrap();
    let [start, middle, end] = ["<<<", "===", ">>>"].map(at);
    let parts = [&lines[..start], &lines[middle + 1..end], &lines[start + 1..middle], &lines[end + 1..]];
    fs::write(&file, parts.concat().join("\n").replace("hotline: x", "hotline") + "\n").unwrap();
    clones.git("b", &["add", "--all"]);
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    clones.is_sound("b");
    clones.now("b", &["sync"]).ok();
}

#[test]
fn the_driver_lets_git_take_a_commit_back() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("b", "茶杯");
    clones.now("b", &["mend", "--install"]).ok();
    clones.fb("b", &["note", &id, "记错了客户"]).ok();
    let wrong = clones.git("b", &["rev-parse", "HEAD"]).trim().to_owned();
    clones.fb("b", &["note", &id, "客户来电催问"]).ok();
    // The notes stand beside each other: git asks people.
    let ran = clones.try_git("b", &["revert", "--no-edit", &wrong]);
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!((ran.out + &ran.err).contains("`fb undo`"));
    let file = clones.path(&format!("b/cases/new/{id}.yaml"));
    assert!(fs::read_to_string(&file).unwrap().contains(">>>>>>> parent of "));
    clones.git("b", &["revert", "--abort"]);
    // An older git has another word for it, and no labels.
    let place = ["base", "ours", "theirs"].map(|name| clones.path(&format!("b/{name}")));
    for path in place {
        fs::copy(&file, path).unwrap();
    }
    let path = format!("cases/new/{id}.yaml");
    let driver =
        |action: &str| clones.now("b", &["merge-driver", "base", "ours", "theirs", &path, "%Y", action]);
    assert_eq!(driver("revert").status, 1);
    assert_eq!(driver("merge revert").status, 0);
}
