//! `fb sync` where git itself stands in the way: a lock, a file that it is told not to look at, a clone of a part.

use std::fs;

use crate::clones::Clones;
use crate::ledger::TestLedger;

/// A case that `a` has noted something on and shared, and `b` has noted something on.
fn noted_on_both(clones: &Clones<'_>) -> String {
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["note", &id, "from a"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.fb("b", &["note", &id, "from b"]).ok();
    id
}

/// Holds that both clones come to one case file with these notes, each once.
#[track_caller]
fn come_to_one(clones: &Clones<'_>, id: &str, notes: &[&str]) {
    clones.now("b", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    assert_eq!(clones.tree("a"), clones.tree("b"));
    let text = fs::read_to_string(clones.path(&format!("a/cases/new/{id}.yaml"))).unwrap();
    for note in notes {
        assert_eq!(text.matches(note).count(), 1, "{note}: {text}");
    }
    clones.is_sound("a");
    clones.is_sound("b");
}

/// A sync in `b` that ended after it had placed the case, and before git had brought anything.
fn ended_half_way(clones: &Clones<'_>, id: &str) {
    let other = clones.copied("done");
    let from = clones.git("b", &["rev-parse", "HEAD"]);
    other.now("b", &["sync"]).ok();
    let to = other.git("b", &["rev-parse", "HEAD"]);
    clones.git("b", &["fetch", "--quiet", other.path("b").to_str().unwrap(), "HEAD"]);
    let path = format!("cases/new/{id}.yaml");
    let text = |clones: &Clones<'_>| fs::read_to_string(clones.path("b").join(&path)).unwrap();
    let plan = serde_json::json!({
        "writes": [{ "old": path, "before": text(clones), "new": path, "text": text(&other) }],
        "also": [], "subject": "sync with origin/main", "body": null, "trailers": [],
        "then": { "Advance": { "from": from, "to": to } },
    });
    fs::write(clones.path("b").join(&path), text(&other)).unwrap();
    fs::write(clones.path("b/.git/fb-journal.json"), plan.to_string()).unwrap();
}

#[test]
fn a_sync_that_the_index_of_another_git_stops_is_taken_back() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    let before = clones.tree("b");
    fs::write(clones.path("b/.git/index.lock"), "").unwrap();
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["error: another git process is running", "its changes are undone", "fb sync"]);
    assert!(!ran.err.contains("git add"), "{}", ran.err);
    fs::remove_file(clones.path("b/.git/index.lock")).unwrap();
    assert_eq!((clones.tree("b"), clones.git("b", &["status", "--porcelain"])), (before, String::new()));
    assert_eq!(clones.fb("b", &["note", &id, "later"]).ok().err, "");
    come_to_one(&clones, &id, &["from a", "from b", "later"]);
}

/// Rules that bring a file to the work tree through a program, which fails.
fn fails_to_bring(clones: &Clones<'_>, clone: &str) {
    clones.git(clone, &["config", "filter.notes.clean", "cat"]);
    clones.git(clone, &["config", "filter.notes.smudge", "false"]);
    clones.git(clone, &["config", "filter.notes.required", "true"]);
}

#[test]
fn a_sync_that_git_stops_half_way_is_taken_back_and_stops_nobody() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    // Files before and after the one that cannot be brought, one that is there already, and a move.
    let moved = clones.case("a", "moved");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.fb("a", &["escalate", &moved, "--reason", "third call"]).ok();
    fs::create_dir_all(clones.path("a/notes/deep")).unwrap();
    for (name, text) in
        [("README", "of a\n"), ("notes/a.txt", "a\n"), ("notes/deep/z", "z\n"), ("zz", "zz\n")]
    {
        fs::write(clones.path("a").join(name), text).unwrap();
    }
    let rules = fs::read_to_string(clones.path("a/fb.toml")).unwrap();
    fs::write(clones.path("a/fb.toml"), rules + "# of a\n").unwrap();
    let attributes = fs::read_to_string(clones.path("a/.gitattributes")).unwrap();
    fs::write(clones.path("a/.gitattributes"), attributes + "notes/*.txt filter=notes\n").unwrap();
    clones.git("a", &["add", "--all"]);
    clones.git("a", &["commit", "--quiet", "-m", "notes"]);
    clones.now("a", &["sync"]).ok();
    let state = |clones: &Clones<'_>| {
        let files = shop.shell(&format!(
            "cd '{}' && find . -path ./.git -prune -o -print | sort",
            clones.path("b").display()
        ));
        (files.out, clones.git("b", &["status", "--porcelain"]), clones.git("b", &["rev-parse", "HEAD"]))
    };
    let before = state(&clones);
    fails_to_bring(&clones, "b");
    for _ in 0..2 {
        let ran = clones.now("b", &["sync"]);
        assert_eq!(ran.status, 3);
        ran.says(&["smudge filter notes failed", "its changes are undone", "fb sync"]);
        assert_eq!(state(&clones), before);
        assert!(!clones.path("b/.git/fb-journal.json").exists());
    }
    let ran = clones.fb("b", &["note", &id, "later"]).ok();
    assert_eq!(ran.err, "");
    clones.git("b", &["config", "filter.notes.smudge", "cat"]);
    come_to_one(&clones, &id, &["from a", "from b", "later"]);
    assert_eq!(fs::read_to_string(clones.path("b/notes/a.txt")).unwrap(), "a\n");
}

#[test]
fn a_sync_that_ended_half_way_and_cannot_be_finished_stops_nobody() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    fs::create_dir(clones.path("a/notes")).unwrap();
    fs::write(clones.path("a/notes/a.txt"), "a\n").unwrap();
    fs::write(clones.path("a/notes/.gitattributes"), "*.txt filter=notes\n").unwrap();
    clones.git("a", &["add", "--all"]);
    clones.git("a", &["commit", "--quiet", "-m", "notes"]);
    clones.now("a", &["sync"]).ok();
    ended_half_way(&clones, &id);
    fails_to_bring(&clones, "b");
    let ran = clones.fb("b", &["-q", "note", &id, "later"]).ok();
    ran.says(&["cannot be finished, and is abandoned (sync with origin/main)", "its changes are undone"]);
    assert_eq!(clones.git("b", &["status", "--porcelain"]), "");
    clones.git("b", &["config", "filter.notes.smudge", "cat"]);
    come_to_one(&clones, &id, &["from a", "from b", "later"]);
}

#[test]
fn a_sync_ended_half_way_and_the_user_committed_what_came() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    ended_half_way(&clones, &id);
    let other = clones.copied("again");
    clones.git("b", &["add", "--all"]);
    clones.git("b", &["commit", "--quiet", "-m", "by hand"]);
    let ran = clones.fb("b", &["note", &id, "later"]).ok();
    ran.says(&["will not be finished", "sync with origin/main"]);
    come_to_one(&clones, &id, &["from a", "from b", "later"]);
    other.now("b", &["sync"]).ok().says(&["finished an interrupted command"]);
    come_to_one(&other, &id, &["from a", "from b"]);
}

#[test]
fn a_sync_ended_half_way_and_the_user_committed_something_else() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    ended_half_way(&clones, &id);
    clones.git("b", &["commit", "--quiet", "--allow-empty", "-m", "by hand"]);
    // A file that says what the sync would write is in nobody's way; one that a hand changed since is.
    let path = clones.path(&format!("b/cases/new/{id}.yaml"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.clone() + "# by hand\n").unwrap();
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["will not be finished", "changed here and not committed: 1"]);
    fs::write(&path, text).unwrap();
    clones.now("b", &["sync"]).ok();
    come_to_one(&clones, &id, &["from a", "from b"]);
}

#[test]
fn a_case_that_is_committed_in_two_places_is_not_sent() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    let (one, two) = (format!("cases/new/{id}.yaml"), format!("cases/escalated/{id}.yaml"));
    fs::copy(clones.path("a").join(&one), clones.path("a").join(&two)).unwrap();
    clones.git("a", &["add", "--all"]);
    clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
    let shared = clones.git("a", &["ls-remote", "origin", "refs/heads/main"]);
    let ran = clones.now("a", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["two places", &one, &two, "fb mend"]);
    assert_eq!(clones.git("a", &["ls-remote", "origin", "refs/heads/main"]), shared);
    clones.now("a", &["mend"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.is_sound("a");
}

/// The markers of a merge that a hand committed. What others sent comes in all the same.
#[test]
fn a_case_that_nobody_could_read_is_not_sent() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (ours, theirs) = (clones.case("a", "茶杯"), clones.case("b", "茶壶"));
    clones.now("b", &["sync"]).ok();
    let path = format!("cases/new/{ours}.yaml");
    let text = fs::read_to_string(clones.path("a").join(&path)).unwrap();
    let title = "title: 茶杯\n";
    let marked = text.replace(title, &format!("<<<<<<< HEAD\n{title}=======\ntitle: 杯\n>>>>>>> theirs\n"));
    fs::write(clones.path("a").join(&path), &marked).unwrap();
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    let shared = clones.git("a", &["ls-remote", "origin", "refs/heads/main"]);
    clones.now("a", &["sync", "--no-push", "--dry-run"]).ok();
    let ran = clones.now("a", &["sync", "--dry-run"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    assert!(ran.out.contains("would receive 1, send 0"), "{}", ran.out);
    ran.says(&["nothing was sent", &path]);
    let ran = clones.now("a", &["sync"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    let line = marked.lines().position(|line| line.starts_with("<<<")).unwrap() + 1;
    ran.says(&["nothing was sent", &format!("{path}:{line}"), "git commit"]);
    assert!(ran.out.contains("received 1, sent 0"), "{}", ran.out);
    assert_eq!(clones.git("a", &["ls-remote", "origin", "refs/heads/main"]), shared);
    clones.now("a", &["show", &theirs]).ok();
    fs::write(clones.path("a").join(&path), &text).unwrap();
    // Not committed: what would go out is still the other.
    assert_eq!(clones.now("a", &["sync"]).status, 3);
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    let ran = clones.now("a", &["sync"]).ok();
    assert!(ran.out.contains("sent 1"), "{}", ran.out);
    clones.is_sound("a");
}

/// One that others have already keeps nobody's work back.
#[test]
fn a_case_that_came_unreadable_holds_nothing_up() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    fs::write(clones.path("a").join(format!("cases/new/{id}.yaml")), "title: [\n").unwrap();
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    clones.git("a", &["push", "--quiet", "origin", "HEAD:main"]);
    clones.case("b", "茶壶");
    let ran = clones.now("b", &["sync"]).ok();
    assert!(ran.out.contains("received 1, sent 1"), "{}", ran.out);
}

#[test]
fn a_file_that_git_is_told_not_to_look_at_is_in_the_way() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let rules = clones.path("a/fb.toml");
    let text = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, text.clone() + "# theirs\n").unwrap();
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    clones.now("a", &["sync"]).ok();
    for flag in ["skip-worktree", "assume-unchanged"] {
        clones.git("b", &["update-index", &format!("--{flag}"), "fb.toml"]);
        fs::write(clones.path("b/fb.toml"), text.clone() + "# mine\n").unwrap();
        let ran = clones.now("b", &["sync"]);
        assert_eq!(ran.status, 3, "{flag}: {}", ran.out);
        ran.says(&["changed here and not committed: 1", "fb.toml"]);
        assert!(fs::read_to_string(clones.path("b/fb.toml")).unwrap().ends_with("# mine\n"), "{flag}");
        clones.git("b", &["update-index", &format!("--no-{flag}"), "fb.toml"]);
    }
    // One that says what git has is in nobody's way.
    clones.git("b", &["checkout", "--quiet", "."]);
    clones.git("b", &["update-index", "--assume-unchanged", "fb.toml"]);
    clones.now("b", &["sync"]).ok();
    assert!(fs::read_to_string(clones.path("b/fb.toml")).unwrap().ends_with("# theirs\n"));
}

#[test]
fn a_clone_of_one_branch_that_goes_with_another() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    for clone in ["a", "b"] {
        clones.git(clone, &["config", "remote.origin.fetch", "+refs/heads/next:refs/remotes/origin/next"]);
        clones.git(clone, &["update-ref", "-d", "refs/remotes/origin/main"]);
    }
    clones.git("a", &["push", "--quiet", "origin", "main:next"]);
    let (one, two) = (clones.case("a", "茶杯"), clones.case("b", "茶壶"));
    assert_eq!(clones.now("a", &["sync"]).ok().out, "origin/main: received 0, sent 1 (cases)\n");
    assert_eq!(clones.now("b", &["sync"]).ok().out, "origin/main: received 1, sent 1 (cases)\n");
    assert_eq!(clones.now("a", &["sync"]).ok().out, "origin/main: received 1, sent 0 (cases)\n");
    assert_eq!(clones.tree("a"), clones.tree("b"));
    assert!([one, two].iter().all(|id| clones.path(&format!("a/cases/new/{id}.yaml")).exists()));
    // A branch that the remote does not have yet.
    clones.git("b", &["switch", "--quiet", "-c", "summer"]);
    clones.now("b", &["sync"]).ok();
    assert_eq!(clones.now("b", &["sync"]).ok().out, "origin/summer: nothing new on either side\n");
}

#[test]
fn a_clone_without_a_common_commit_is_told_to_fetch_the_rest() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    let hub = format!("file://{}", clones.path("hub.git").canonicalize().unwrap().display());
    let place = clones.path("c");
    shop.git(&["clone", "--quiet", "--depth", "1", &hub, place.to_str().unwrap()]);
    clones.fb("c", &["note", &id, "from c"]).ok();
    clones.fb("a", &["note", &id, "again"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.git("c", &["fetch", "--quiet", "--depth", "1"]);
    for command in ["sync", "undo"] {
        let ran = clones.now("c", &[command]);
        assert_ne!(ran.status, 0, "{command}");
        ran.says(&["git fetch --unshallow"]);
        assert!(!ran.err.contains("fatal"), "{}", ran.err);
    }
    clones.git("c", &["fetch", "--quiet", "--unshallow"]);
    clones.now("c", &["sync"]).ok();
    clones.is_sound("c");
}

#[test]
fn what_is_under_way_or_refused_says_to_sync_again() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    noted_on_both(&clones);
    clones.now("b", &["--no-commit", "sync"]).says(&["`commit = true` under [git]"]);
    let hook = clones.path("b/.git/hooks/pre-merge-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n").unwrap();
    shop.shell(&format!("chmod +x '{}'", hook.display())).ok();
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["not on a Sunday", "then run `fb sync` again"]);
    assert!(!ran.err.contains("git add"), "{}", ran.err);
    fs::write(clones.path("b/.git/MERGE_HEAD"), clones.git("b", &["rev-parse", "HEAD"])).unwrap();
    let ran = clones.now("b", &["sync"]);
    ran.says(&["a merge is in progress", "then run `fb sync` again"]);
    assert!(!ran.err.contains("git add"), "{}", ran.err);
}

#[test]
fn a_tag_of_the_branchs_name_and_another_remote_lead_nobody_astray() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let one = clones.case("b", "茶杯");
    clones.now("b", &["sync"]).ok();
    clones.git("a", &["tag", "main"]);
    let two = clones.case("a", "茶壶");
    let ran = clones.now("a", &["sync"]).ok();
    assert!(ran.out.contains("origin/main: received 1, sent 1"), "{}", ran.out);
    assert_eq!(clones.git("a", &["ls-remote", "origin", "refs/heads/*"]).lines().count(), 1);
    // A branch that the other remote does not have yet.
    clones.git("a", &["init", "--quiet", "--bare", "../spare.git"]);
    clones.git("a", &["remote", "add", "spare", "../spare.git"]);
    let ran = clones.now("a", &["sync", "spare", "--dry-run"]).ok();
    assert!(ran.out.contains("spare/main: would receive 0, send 2"), "{}", ran.out);
    clones.now("a", &["sync", "spare"]).ok();
    assert_eq!(clones.git("a", &["config", "branch.main.remote"]), "origin");
    assert_eq!(clones.git("a", &["config", "branch.main.merge"]), "refs/heads/main");
    clones.now("b", &["sync"]).ok();
    come_to_one(&clones, &one, &[]);
    clones.now("b", &["show", &two]).ok();
}

#[test]
fn a_partial_clone_is_not_asked_for_what_stays_as_it_was() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.git("a", &["-C", "../hub.git", "config", "uploadpack.allowFilter", "true"]);
    let hub = clones.path("hub.git").canonicalize().unwrap();
    let hub = format!("file://{}", hub.display());
    clones.git("a", &["clone", "--quiet", "--filter=blob:none", &hub, "../c"]);
    let rules = clones.path("a/fb.toml");
    let text = fs::read_to_string(&rules).unwrap();
    fs::write(&rules, text + "# theirs\n").unwrap();
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    clones.now("a", &["sync"]).ok();
    let id = clones.case("c", "茶杯");
    clones.now("c", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.now("a", &["show", &id]).ok();
    clones.is_sound("c");
}

/// Commits all that is in a clone and brings it to the remote.
fn publish(clones: &Clones<'_>, clone: &str) {
    clones.git(clone, &["add", "--all"]);
    clones.git(clone, &["commit", "--quiet", "-m", "theirs"]);
    clones.now(clone, &["sync"]).ok();
}

#[cfg(unix)]
#[test]
fn what_stands_where_a_directory_has_to_come_is_in_the_way() {
    for ignored in [false, true] {
        for make in [
            "echo precious > docs",
            "ln -s ../else docs",
            "ln -s ../else up && mkdir ../else && mv up docs",
            "mkdir -p docs/x && echo precious > docs/x/mine",
        ] {
            let shop = TestLedger::empty();
            let clones = Clones::new(&shop);
            noted_on_both(&clones);
            fs::create_dir(clones.path("a/docs")).unwrap();
            fs::write(clones.path("a/docs/x"), "theirs\n").unwrap();
            publish(&clones, "a");
            if ignored {
                fs::write(clones.path("b/.git/info/exclude"), "docs\n").unwrap();
            }
            shop.shell(&format!("cd '{}' && {make}", clones.path("b").display())).ok();
            let before = shop.shell(&format!("cd '{}' && ls -lR docs", clones.path("b").display())).out;
            let ran = clones.now("b", &["sync"]);
            assert_eq!(ran.status, 3, "{make}: {}{}", ran.out, ran.err);
            ran.says(&["docs"]);
            assert_eq!(
                shop.shell(&format!("cd '{}' && ls -lR docs", clones.path("b").display())).out,
                before,
                "{make}"
            );
            clones.fb("b", &["check", "--only", "pending"]).ok();
            shop.shell(&format!("cd '{}' && mv docs ../away", clones.path("b").display())).ok();
            clones.now("b", &["sync"]).ok();
            assert_eq!(fs::read_to_string(clones.path("b/docs/x")).unwrap(), "theirs\n");
        }
    }
}

#[test]
fn a_directory_becomes_a_file_and_a_file_a_directory() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    fs::create_dir_all(clones.path("a/docs/deep")).unwrap();
    for file in ["docs/x", "docs/deep/y", "tofile", "aaa"] {
        fs::write(clones.path("a").join(file), "first\n").unwrap();
    }
    publish(&clones, "a");
    clones.now("b", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    fs::remove_dir_all(clones.path("a/docs")).unwrap();
    fs::remove_file(clones.path("a/tofile")).unwrap();
    fs::create_dir(clones.path("a/tofile")).unwrap();
    for file in ["docs", "tofile/in", "aaa"] {
        fs::write(clones.path("a").join(file), "second\n").unwrap();
    }
    let attributes = fs::read_to_string(clones.path("a/.gitattributes")).unwrap();
    fs::write(clones.path("a/.gitattributes"), attributes + "*.bin filter=notes\n").unwrap();
    // One that cannot be brought, before the others and behind them.
    for name in ["b.bin", "z.bin"] {
        let clones = clones.copied(name);
        fs::write(clones.path("a").join(name), "x\n").unwrap();
        publish(&clones, "a");
        fails_to_bring(&clones, "b");
        let state = || {
            (
                clones.tree("b"),
                clones.git("b", &["status", "--porcelain"]),
                clones.git("b", &["rev-parse", "HEAD"]),
            )
        };
        let before = state();
        let ran = clones.now("b", &["sync"]);
        assert_eq!(ran.status, 3);
        ran.says(&["the files and the branch are as before"]);
        assert_eq!(state(), before, "{name}");
        clones.git("b", &["config", "filter.notes.smudge", "cat"]);
        clones.now("b", &["sync"]).ok();
        for file in ["docs", "tofile/in", "aaa"] {
            assert_eq!(fs::read_to_string(clones.path("b").join(file)).unwrap(), "second\n", "{file}");
        }
        assert_eq!(clones.git("b", &["status", "--porcelain"]), "");
        come_to_one(&clones, &id, &["from a", "from b"]);
    }
}

#[test]
fn a_sparse_checkout_stays_sparse() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = noted_on_both(&clones);
    for file in ["other/x", "other/gone", "other/deep/y"] {
        fs::create_dir_all(clones.path("a").join(file).parent().unwrap()).unwrap();
        fs::write(clones.path("a").join(file), "first\n").unwrap();
    }
    publish(&clones, "a");
    clones.now("b", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.git("b", &["sparse-checkout", "set", "calendar", "cases", "files", "policy"]);
    assert!(!clones.path("b/other").exists());
    fs::write(clones.path("a/other/x"), "second\n").unwrap();
    fs::write(clones.path("a/other/new"), "new\n").unwrap();
    fs::remove_file(clones.path("a/other/gone")).unwrap();
    publish(&clones, "a");
    clones.now("b", &["sync"]).ok();
    assert!(!clones.path("b/other").exists());
    assert_eq!(clones.git("b", &["status", "--porcelain"]), "");
    assert_eq!(clones.git("b", &["show", "HEAD:other/x"]), "second");
    come_to_one(&clones, &id, &["from a", "from b"]);
}
