//! `fb sync` and what a remote, its references and other git processes do meanwhile: what is said to be sent was taken.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::clones::Clones;
use crate::ledger::TestLedger;

/// The commit that the shared repository's `main` is at.
fn shared(clones: &Clones<'_>) -> String {
    let line = clones.git("a", &["ls-remote", "origin", "refs/heads/main"]);
    line.split('\t').next().unwrap().to_owned()
}

fn head(clones: &Clones<'_>, clone: &str) -> String {
    clones.git(clone, &["rev-parse", "refs/heads/main"])
}

/// A directory with a `git` that does something before git does what it is asked.
fn git_that(clones: &Clones<'_>, first: &str) -> PathBuf {
    let real = std::env::split_paths(&std::env::var_os("PATH").unwrap())
        .map(|dir| dir.join("git"))
        .find(|git| git.is_file())
        .unwrap();
    let dir = clones.path("bin");
    fs::create_dir_all(&dir).unwrap();
    let text = format!("#!/bin/sh\nreal='{}'\n{first}\nexec \"$real\" \"$@\"\n", real.display());
    fs::write(dir.join("git"), text).unwrap();
    let made = Command::new("chmod").arg("+x").arg(dir.join("git")).status().unwrap();
    assert!(made.success());
    dir
}

/// Runs `fb sync` in `a` with this directory first among the programs; its status, output and errors.
fn sync_with(shop: &TestLedger, bin: &Path) -> (i32, String, String) {
    let others = std::env::var_os("PATH").unwrap();
    let path =
        std::env::join_paths(std::iter::once(bin.to_owned()).chain(std::env::split_paths(&others))).unwrap();
    let output = shop.fb(&["-C", "../one/a", "sync"]).env("PATH", path).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn tags_of_any_name_change_nothing() {
    for name in ["HEAD", "main", "origin/main", "heads/main", "refs/heads/main"] {
        let shop = TestLedger::empty();
        let clones = Clones::new(&shop);
        clones.git("a", &["update-ref", &format!("refs/tags/{name}"), "HEAD"]);
        clones.git("b", &["update-ref", &format!("refs/tags/{name}"), "HEAD"]);
        clones.case("a", "茶杯");
        let ran = clones.now("a", &["sync"]).ok();
        assert_eq!(ran.out, "origin/main: received 0, sent 1 (cases)\n", "{name}");
        assert_eq!(shared(&clones), head(&clones, "a"), "{name}");
        let id = clones.case("b", "茶壶");
        assert_eq!(
            clones.now("b", &["sync"]).ok().out,
            "origin/main: received 1, sent 1 (cases)\n",
            "{name}"
        );
        assert_eq!(shared(&clones), head(&clones, "b"), "{name}");
        clones.now("a", &["sync"]).ok();
        assert_eq!(clones.tree("a"), clones.tree("b"), "{name}");
        clones.fb("a", &["note", &id, "客户来电"]).ok();
        clones.now("a", &["undo"]).ok();
    }
}

/// A reference of the present branch that stands first among those that a short name may mean.
#[test]
fn a_branch_named_head_goes_to_its_own() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.git("a", &["update-ref", "refs/heads/HEAD", "HEAD"]);
    clones.git("a", &["update-ref", "refs/heads/origin/main", "HEAD"]);
    clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    assert_eq!(shared(&clones), head(&clones, "a"));
    assert_eq!(clones.git("a", &["ls-remote", "origin"]).lines().count(), 2);
}

#[test]
fn a_commit_that_is_made_meanwhile_does_not_go_out_unchecked() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.case("a", "茶杯");
    let checked = head(&clones, "a");
    let bin = git_that(
        &clones,
        "case \" $* \" in *' push '*) \"$real\" commit --quiet --allow-empty -m late ;; esac",
    );
    let (status, out, err) = sync_with(&shop, &bin);
    assert_eq!((status, out.as_str()), (0, "origin/main: received 0, sent 1 (cases)\n"), "{err}");
    assert_ne!(head(&clones, "a"), checked);
    assert_eq!(shared(&clones), checked);
}

#[test]
fn another_branch_that_is_taken_meanwhile_is_not_sent() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.git("a", &["branch", "other"]);
    clones.case("a", "茶杯");
    let before = shared(&clones);
    let bin = git_that(
        &clones,
        "case \" $* \" in *' fetch '*) \"$real\" symbolic-ref HEAD refs/heads/other ;; esac",
    );
    let (status, _, err) = sync_with(&shop, &bin);
    assert_eq!(status, 3);
    assert!(err.contains("the branch was switched"), "{err}");
    assert_eq!(shared(&clones), before);
}

/// A commit by hand between the files and the branch: it is merged as well.
#[test]
fn a_commit_that_comes_between_is_merged_too() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    let new = clones.case("b", "茶壶");
    clones.fb("b", &["escalate", &id, "--reason", "客户要见主管"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["note", &id, "from a"]).ok();
    let bin = git_that(
        &clones,
        "case \" $* \" in *' update-ref '*HEAD*) test -e ../once || { touch ../once; \
         t=$(\"$real\" rev-parse HEAD^{tree}); c=$(echo late | \"$real\" commit-tree $t -p HEAD); \
         \"$real\" update-ref HEAD $c; } ;; esac",
    );
    let (status, out, err) = sync_with(&shop, &bin);
    assert!(clones.path("once").exists(), "{out}{err}");
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(shared(&clones), head(&clones, "a"));
    assert!(clones.git("a", &["log", "--format=%s"]).lines().any(|subject| subject == "late"));
    assert!(clones.path(&format!("a/cases/escalated/{id}.yaml")).exists());
    assert!(clones.path(&format!("a/cases/new/{new}.yaml")).exists());
    clones.is_sound("a");
}

#[test]
fn what_was_set_back_is_sent_again_and_that_is_said() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let before = shared(&clones);
    let id = clones.case("b", "茶杯");
    clones.now("b", &["sync"]).ok();
    let after = shared(&clones);
    clones.git("b", &["push", "--quiet", "--force", "origin", &format!("{before}:refs/heads/main")]);
    // As if somebody else had pushed.
    clones.git("b", &["update-ref", "refs/remotes/origin/main", &after]);
    let ran = clones.now("b", &["sync", "--format", "json"]).ok();
    ran.says(&["commits were removed from origin", "sent again"]);
    assert_eq!((&ran.json()["set_back"], &ran.json()["sent"]), (&true.into(), &serde_json::json!([id])));
    assert_eq!(shared(&clones), after);
    // To another history: both come together.
    let other = clones.case("a", "茶壶");
    clones.git("a", &["push", "--quiet", "--force", "origin", "main"]);
    let ran = clones.now("b", &["sync"]).ok();
    ran.says(&["sent again"]);
    assert_eq!(ran.out, "origin/main: received 1, sent 1 (cases)\n");
    clones.now("b", &["show", &other]).ok();
    let ran = clones.now("b", &["sync"]).ok();
    assert!(!ran.err.contains("sent again"), "{}", ran.err);
}

/// What an earlier fetch saw is no word of the remote's.
#[test]
fn a_branch_that_was_deleted_is_made_again() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    let before = head(&clones, "a");
    clones.git("a", &["-C", "../hub.git", "update-ref", "-d", "refs/heads/main"]);
    let ran = clones.now("a", &["sync", "--dry-run"]).ok();
    assert!(ran.out.contains("would receive 0, send 1"), "{}", ran.out);
    let ran = clones.now("a", &["sync", "--format", "json"]).ok();
    ran.says(&["sent again"]);
    assert_eq!(ran.json()["sent"], serde_json::json!([id]));
    assert_eq!(shared(&clones), before);
    assert_eq!(clones.now("a", &["sync"]).ok().out, "origin/main: nothing new on either side\n");
}

#[test]
fn a_history_of_somebody_elses_is_not_merged() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.case("a", "茶杯");
    let other = clones.git("a", &["commit-tree", "HEAD^{tree}", "-m", "another"]);
    clones.git("a", &["push", "--quiet", "--force", "origin", &format!("{other}:refs/heads/main")]);
    let (before, tree) = (head(&clones, "a"), clones.tree("a"));
    let ran = clones.now("a", &["-q", "sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["no commit in common", "fb export"]);
    assert_eq!((head(&clones, "a"), clones.tree("a"), shared(&clones)), (before, tree, other));
}

#[test]
fn a_push_that_failed_is_said_in_every_way() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let hook = clones.path("hub.git/hooks/update");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n").unwrap();
    shop.shell(&format!("chmod +x '{}'", hook.display())).ok();
    clones.case("a", "茶杯");
    let before = shared(&clones);
    let ran = clones.now("a", &["-q", "sync"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    ran.says(&["did not accept the commits", "not on a Sunday"]);
    assert!(ran.out.contains("sent 0"), "{}", ran.out);
    let ran = clones.now("a", &["-q", "sync", "--format", "json"]);
    assert_eq!(
        (ran.status, &ran.json()["pushed"], &ran.json()["sent"]),
        (3, &false.into(), &serde_json::json!([]))
    );
    ran.says(&["did not accept the commits"]);
    assert_eq!(shared(&clones), before);
    fs::remove_file(hook).unwrap();
    let ran = clones.now("a", &["-q", "sync", "--format", "json"]).ok();
    assert_eq!(ran.json()["pushed"], true);
    assert_eq!(clones.now("a", &["sync", "--format", "json"]).ok().json()["pushed"], serde_json::Value::Null);
}

/// A push that goes to two places, of which one takes nothing.
#[test]
fn every_place_that_is_pushed_to_has_to_take_it() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.git("a", &["init", "--quiet", "--bare", "--initial-branch=main", "../spare.git"]);
    for place in ["../hub.git", "../spare.git"] {
        clones.git("a", &["config", "--add", "remote.origin.pushurl", place]);
    }
    let hook = clones.path("spare.git/hooks/update");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    shop.shell(&format!("chmod +x '{}'", hook.display())).ok();
    clones.case("a", "茶杯");
    let ran = clones.now("a", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["did not accept the commits"]);
    fs::remove_file(hook).unwrap();
    clones.case("a", "茶壶");
    assert_eq!(clones.now("a", &["sync"]).ok().out, "origin/main: received 0, sent 1 (cases)\n");
}

/// Syncs of one clone, a `git fetch` and a `git gc` beside them, and another clone that pushes meanwhile.
#[test]
fn many_at_once_in_one_clone_and_another_all_come_to_an_end() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    for round in 0..3 {
        clones.case("a", &format!("茶杯 {round}"));
        clones.case("b", &format!("茶壶 {round}"));
        let mut all: Vec<(String, std::process::Child)> = Vec::new();
        for clone in ["a", "a", "a", "b", "b"] {
            let place = format!("../one/{clone}");
            all.push((format!("sync {clone}"), shop.fb(&["-C", &place, "sync"]).spawn().unwrap()));
        }
        for command in ["fetch", "gc", "fetch"] {
            let line = format!("-C ../one/a {command} --quiet");
            let environment = shop.fb(&[]);
            let mut other = Command::new("git");
            other.args(line.split(' ')).current_dir(&shop.dir).env_clear();
            other.envs(environment.get_envs().filter_map(|(name, value)| Some((name, value?))));
            other.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
            all.push((command.to_owned(), other.spawn().unwrap()));
        }
        for (name, child) in all {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!name.starts_with("sync") || output.status.success(), "{name}: {said}");
        }
    }
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    assert_eq!(clones.tree("a"), clones.tree("b"));
    assert_eq!(
        clones.tree("a").keys().filter(|path| path.extension().is_some_and(|end| end == "yaml")).count(),
        6
    );
    clones.is_sound("a");
}
