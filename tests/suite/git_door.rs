//! One door to git: nothing that came with a clone is run, and no setting or variable bends what git answers.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::audit::{self, add, received};
use crate::clones::Clones;
use crate::ledger::{Ran, TestLedger};

/// Runs `fb` with variables in its environment that no other program of the test gets.
fn under(shop: &TestLedger, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let output = shop.fb(arguments).envs(variables.iter().copied()).output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[cfg(unix)]
fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Makes a directory look like a bare repository whose hooks and settings run programs.
#[cfg(unix)]
fn looks_bare(shop: &TestLedger, dir: &str) {
    let mark = shop.dir.with_file_name("ran");
    let run = format!("echo \"$0\" >> {}; exit 0", mark.display());
    shop.write(&format!("{dir}/HEAD"), "ref: refs/heads/main\n");
    shop.write(
        &format!("{dir}/config"),
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = ./hooks/watch\n\
         \thooksPath = hooks\n\tsshCommand = ./hooks/watch\n[user]\n\tname = x\n\temail = x@example.cn\n",
    );
    shop.write(&format!("{dir}/objects/info/keep"), "");
    shop.write(&format!("{dir}/refs/heads/keep"), "");
    for hook in
        ["watch", "pre-commit", "post-commit", "commit-msg", "reference-transaction", "post-index-change"]
    {
        script(&shop.dir.join(dir).join("hooks").join(hook), &run);
    }
}

#[cfg(unix)]
const LOOKS: [&[&str]; 7] = [
    &["list"],
    &["check", "--since", "HEAD"],
    &["audit"],
    &["mend", "--dry-run"],
    &["undo", "--dry-run"],
    &["report", "monthly", "2026-11"],
    &["list", "--rev", "HEAD"],
];

#[cfg(unix)]
#[test]
fn a_directory_of_a_clone_that_looks_like_a_repository_is_none() {
    // The ledger's own directory, and one between it and the top.
    for (bare, ledger) in [("feedback", "feedback"), ("desk", "desk/feedback")] {
        let place = TestLedger::empty();
        place.git(&["init", "--quiet", "--initial-branch=main"]);
        place.run(&["init", ledger, "--lang", "en"]).ok();
        looks_bare(&place, bare);
        place.git(&["add", "--all"]);
        place.git(&["commit", "--quiet", "-m", "from a clone"]);
        let new = ["-C", ledger, "new", "--kind", "praise", "--channel", "chat", "--title", "x"];
        for safe in ["all", "explicit"] {
            place.identity(&format!(
                "[user]\n\tname = Li Na\n\temail = li.na@example.cn\n[safe]\n\tbareRepository = {safe}\n"
            ));
            let before = place.commits();
            place.run(&new).ok();
            assert_eq!((place.commits(), place.status()), (before + 1, String::new()), "{bare} {safe}");
            for look in LOOKS {
                let ran = place.run(&[&["-C", ledger], look].concat());
                assert!(ran.status < 2, "{look:?}: {}{}", ran.out, ran.err);
            }
            let ran = place.fb(&["-C", ledger, "sync", "--dry-run"]).output().unwrap();
            assert!(!ran.status.success());
        }
        assert!(!place.dir.with_file_name("ran").exists(), "{bare}");
        // What nobody commits is in the repository that holds the ledger.
        assert!(place.dir.join(".git/fb.lock").exists() && !place.dir.join(bare).join("fb.lock").exists());
    }
}

#[cfg(unix)]
#[test]
fn without_a_git_entry_it_is_told_and_not_opened() {
    let place = TestLedger::empty();
    place.run(&["init", ".", "--no-git", "--lang", "en"]).ok();
    looks_bare(&place, ".");
    let note = ["new", "--kind", "praise", "--channel", "chat", "--title", "x", "--by", "li.na"];
    place.refused(&note, 3).says(&["is a bare repository"]);
    place.refused(&["list"], 3).says(&["is a bare repository"]);
    assert!(!place.dir.with_file_name("ran").exists());
}

#[cfg(unix)]
#[test]
fn a_ceiling_holds_and_may_be_named_by_a_link() {
    let place = TestLedger::empty();
    place.git(&["init", "--quiet"]);
    place.run(&["init", "desk/feedback", "--lang", "en"]).ok();
    let link = place.dir.with_file_name("link");
    std::os::unix::fs::symlink(&place.dir, &link).unwrap();
    let new = [
        "-C",
        "desk/feedback",
        "new",
        "--kind",
        "praise",
        "--channel",
        "chat",
        "--title",
        "x",
        "--by",
        "li.na",
    ];
    let before = place.commits();
    for ceiling in [&place.dir, &link] {
        under(&place, &[("GIT_CEILING_DIRECTORIES", ceiling.to_str().unwrap())], &new).ok();
        assert_eq!(place.commits(), before, "{}", ceiling.display());
    }
    // Where the search begins it does not hold.
    let own = place.dir.join("desk/feedback");
    under(&place, &[("GIT_CEILING_DIRECTORIES", own.to_str().unwrap())], &new).ok();
    assert_eq!(place.commits(), before + 1);
}

#[cfg(unix)]
#[test]
fn what_only_looks_starts_no_program_of_the_settings() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.run(&["note", &id, "x"]).ok();
    let mark = shop.dir.with_file_name("ran");
    let watch = shop.dir.with_file_name("watch");
    script(&watch, &format!("echo watched >> {}", mark.display()));
    for key in ["core.fsmonitor", "diff.external", "core.pager", "core.editor", "core.alternateRefsCommand"] {
        shop.git(&["config", key, watch.to_str().unwrap()]);
    }
    for look in LOOKS {
        let ran = shop.run(look);
        assert!(ran.status < 2, "{look:?}: {}{}", ran.out, ran.err);
    }
    shop.run(&["note", &id, "y"]).ok();
    assert!(!mark.exists(), "{}", fs::read_to_string(&mark).unwrap());
}

/// A ledger with what an audit, an undo and a look at an earlier state have something to say of. A commit of it is signed.
#[cfg(unix)]
fn told() -> TestLedger {
    let shop = received();
    let gpg = shop.dir.with_file_name("gpg");
    let sign = "cat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo '[GNUPG:] BEGIN_SIGNING' >&2
        printf -- '-----BEGIN PGP SIGNATURE-----\\nx\\n-----END PGP SIGNATURE-----\\n'";
    script(&gpg, sign);
    let gpg = format!("gpg.program={}", gpg.display());
    // Two hours early: the stamp was set back.
    add(
        &shop,
        "  - noted: 2026-10-05T10:30:00+08:00\n    by: li.na\n    note: x\n",
        "2026-10-05T12:30:00+08:00",
    );
    shop.git(&["-c", &gpg, "commit", "--quiet", "--amend", "--no-edit", "--gpg-sign"]);
    shop.run(&["note", audit::ID, "by a command"]).ok();
    shop.write(audit::PATH, shop.read(audit::PATH).replace("杯子碎了", "茶杯碎了"));
    shop.git(&["add", "--all"]);
    shop.git(&["commit", "--quiet", "-m", "by hand", "--", audit::PATH]);
    shop.run(&["note", audit::ID, "by a command again"]).ok();
    shop
}

/// What `fb` says of the ledger, by whatever goes through git.
#[cfg(unix)]
fn answers(shop: &TestLedger, variables: &[(&str, &str)]) -> Vec<(i32, String)> {
    let asked: [&[&str]; 6] = [
        &["audit", "--format", "json"],
        &["undo", "--dry-run"],
        &["undo", audit::ID, "--dry-run"],
        &["check", "--since", "HEAD~2", "--format", "json"],
        &["list", "--rev", "HEAD~2", "--format", "json"],
        &["report", "monthly", "2026-10", "--rev", "HEAD~2", "--format", "json"],
    ];
    let answer = |arguments: &&[&str]| {
        let ran = under(shop, variables, arguments);
        (ran.status, ran.out + &ran.err)
    };
    asked.iter().map(answer).collect()
}

#[cfg(unix)]
#[test]
fn no_setting_and_no_variable_bends_an_answer() {
    let shop = told();
    let plain = answers(&shop, &[]);
    assert!(plain[0].0 == 1 && plain[0].1.contains("backdated"), "{plain:?}");
    assert!(plain[4].0 == 0 && plain[5].0 == 0, "{plain:?}");
    assert!(plain[1].0 == 0 && plain[1].1.contains("by a command again"), "{plain:?}");
    let variables = [
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_GLOB_PATHSPECS", "1"),
        ("GIT_NOGLOB_PATHSPECS", "1"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_DIFF_OPTS", "--unified=0"),
        ("GIT_TRACE", "1"),
        ("GIT_TRACE2", "1"),
        ("GIT_ATTR_SOURCE", "refs/heads/nowhere"),
        ("GIT_NOTES_REF", "refs/notes/x"),
        ("GIT_CONFIG", "/nonexistent"),
        ("GIT_DEFAULT_HASH", "sha256"),
        ("GIT_PAGER", "false"),
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"),
    ];
    assert_eq!(answers(&shop, &variables), plain);
    let settings: [&[(&str, &str)]; 3] = [
        &[
            ("log.showSignature", "true"),
            ("core.abbrev", "4"),
            ("trailer.separators", "=%"),
            ("core.commentChar", "F"),
            ("grep.patternType", "fixed"),
            ("diff.orderFile", "/nonexistent/order"),
            ("diff.external", "false"),
            ("diff.relative", "true"),
            ("color.ui", "always"),
            ("i18n.logOutputEncoding", "GBK"),
        ],
        &[
            ("core.abbrev", "no"),
            ("core.commentChar", "C"),
            ("grep.patternType", "perl"),
            ("log.follow", "true"),
            ("log.decorate", "full"),
            ("diff.noprefix", "true"),
            ("column.ui", "always"),
        ],
        &[
            ("log.follow", "true"),
            ("log.date", "relative"),
            ("log.diffMerges", "off"),
            ("format.pretty", "oneline"),
            ("diff.renames", "copies"),
            ("core.quotePath", "true"),
            ("status.showUntrackedFiles", "no"),
            ("status.short", "true"),
        ],
    ];
    for some in settings {
        some.iter().for_each(|(key, value)| drop(shop.git(&["config", key, value])));
        assert_eq!(answers(&shop, &[]), plain, "{some:?}");
        some.iter().for_each(|(key, _)| drop(shop.git(&["config", "--unset", key])));
        // The same by the variables that hold the settings of one call.
        let names = (0..some.len()).map(|n| [format!("GIT_CONFIG_KEY_{n}"), format!("GIT_CONFIG_VALUE_{n}")]);
        let names: Vec<[String; 2]> = names.collect();
        let count = some.len().to_string();
        let mut call = vec![("GIT_CONFIG_COUNT", count.as_str())];
        for ([key, value], setting) in names.iter().zip(some) {
            call.extend([(key.as_str(), setting.0), (value.as_str(), setting.1)]);
        }
        assert_eq!(answers(&shop, &call), plain, "{some:?}");
    }
}

#[test]
fn a_tag_of_a_name_that_means_something_else_is_not_meant() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    let old = clones.git("a", &["rev-parse", "HEAD~1"]).trim().to_owned();
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["note", &id, "mine"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.fb("b", &["sync"]).ok();
    clones.fb("b", &["note", &id, "theirs"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.git("a", &["fetch", "--quiet"]);
    for name in [
        "refs/tags/HEAD",
        "refs/tags/origin/main",
        "refs/heads/origin/main",
        "refs/tags/main",
        "refs/heads/HEAD",
    ] {
        clones.git("a", &["update-ref", name, &old]);
    }
    clones.git("a", &["config", "core.warnAmbiguousRefs", "false"]);
    // On the branch that this one follows somebody went on with the case.
    let ran = clones.now("a", &["undo", &id, "--dry-run"]);
    assert_eq!(ran.status, 2, "{}{}", ran.out, ran.err);
    ran.says(&["origin/main", "theirs"]);
    let ran = clones.now("a", &["check", "--since", "HEAD", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    clones.fb("a", &["note", &id, "mine again"]).ok();
    assert_eq!(
        clones.git("a", &["log", "-1", "--format=%s", "refs/heads/main"]).trim(),
        format!("note {}: mine again", &id[9..])
    );
}

#[cfg(unix)]
#[test]
fn a_file_of_a_name_that_is_a_revision_too_is_not_meant() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    script(&shop.dir.join(".git/hooks/pre-commit"), "exit 0");
    for name in ["HEAD", "main", "master", &shop.git(&["rev-parse", "HEAD"])] {
        shop.write(name, "x\n");
    }
    shop.run(&["note", &id, "x"]).ok();
    shop.run(&["check", "--since", "HEAD"]).ok();
    shop.run(&["list", "--rev", "HEAD~1"]).ok();
    assert_eq!(shop.run(&["audit"]).status, 0);
    shop.run(&["undo"]).ok();
}

#[test]
fn a_revision_that_would_be_an_option_is_refused() {
    let shop = TestLedger::new();
    shop.case(&[]);
    for word in ["--output=x", "-1", "--all", "HEAD\nHEAD"] {
        let since = format!("--since={word}");
        shop.refused(&["check", &since], 2).says(&["git does not know the revision"]);
        let at = format!("--rev={word}");
        shop.refused(&["list", &at], 2).says(&["git does not know the revision"]);
    }
}

/// A case that was changed by hand, and not committed.
fn changed_by_hand() -> (TestLedger, String) {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let by_hand = shop.read(&shop.path_of(&id)).replace("收到的茶杯碎了", "by hand");
    shop.write(&shop.path_of(&id), by_hand);
    (shop, id)
}

#[test]
fn without_a_place_for_temporary_files_git_answers_all_the_same() {
    let (shop, id) = changed_by_hand();
    let missing = [("TMPDIR", "/nonexistent/place")];
    let before = shop.snapshot();
    let ran = under(&shop, &missing, &["undo"]);
    assert_eq!(ran.status, 2, "{}{}", ran.out, ran.err);
    ran.says(&["may not be committed", &id]);
    for look in [&["audit"][..], &["check", "--since", "HEAD"], &["mend", "--dry-run"]] {
        under(&shop, &missing, look).ok();
    }
    assert_eq!(shop.snapshot(), before);
    under(&shop, &missing, &["note", &id, "x"]).ok().says(&["not committed until now", &id]);
    assert_eq!(shop.last("%(trailers:key=Not-Committed-Before,valueonly)").trim(), shop.path_of(&id));
    assert_eq!(shop.status(), "");
}

#[cfg(unix)]
#[test]
fn where_git_cannot_tell_what_was_changed_by_hand_nothing_is_written() {
    let (shop, id) = changed_by_hand();
    let own = std::env::var("PATH").unwrap();
    let bin = shop.dir.with_file_name("bin");
    script(
        &bin.join("git"),
        &format!(
            "case \"$*\" in *' status '*) echo 'fatal: no' >&2; exit 128;; esac\nPATH='{own}' exec git \"$@\""
        ),
    );
    let before = shop.snapshot();
    for command in [&["note", &id, "x"][..], &["undo"]] {
        let ran = under(&shop, &[("PATH", &format!("{}:{own}", bin.display()))], command);
        assert_eq!(ran.status, 3, "{command:?}: {}{}", ran.out, ran.err);
        ran.says(&["fatal: no"]);
    }
    assert_eq!(shop.snapshot(), before);
}

#[test]
fn that_git_is_not_installed_is_only_said_where_it_is_not() {
    let (shop, id) = changed_by_hand();
    // No program: what looks into the history says so.
    let ran = under(&shop, &[("PATH", "/nonexistent")], &["audit"]);
    assert_eq!(ran.status, 3);
    ran.says(&["it is not installed", "https://git-scm.com"]);
    // A writer knows without it what was changed by hand.
    let ran = under(&shop, &[("PATH", "/nonexistent")], &["note", &id, "x"]).ok();
    ran.says(&["not committed until now", &id]);
    assert_eq!(shop.last("%(trailers:key=Not-Committed-Before,valueonly)").trim(), shop.path_of(&id));
}

#[cfg(unix)]
#[test]
fn a_program_that_cannot_be_started_is_told_as_such() {
    let shop = TestLedger::new();
    let bin = shop.dir.with_file_name("bin");
    script(&bin.join("git"), "");
    fs::write(bin.join("git"), "#!/nonexistent/interpreter\n").unwrap();
    let path = bin.to_str().unwrap();
    let ran = under(&shop, &[("PATH", path)], &["audit"]);
    assert_eq!(ran.status, 3);
    ran.says(&["cannot run the `git` program"]);
    assert!(!ran.err.contains("not installed"), "{}", ran.err);
}

#[test]
fn a_lock_that_goes_soon_is_waited_for() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("b", "茶杯");
    clones.now("b", &["sync"]).ok();
    let locks: [(&str, &[&str]); 3] = [
        ("a/.git/config.lock", &["mend", "--install"]),
        ("a/.git/refs/remotes/origin/main.lock", &["sync"]),
        ("a/.git/packed-refs.lock", &["note", &id, "x"]),
    ];
    for (lock, command) in locks {
        let lock = clones.path(lock);
        fs::write(&lock, "").unwrap();
        let gone = thread::spawn(move || {
            thread::sleep(Duration::from_millis(400));
            fs::remove_file(lock).unwrap();
        });
        let ran = clones.fb("a", command);
        gone.join().unwrap();
        ran.ok();
    }
    assert!(clones.git("a", &["config", "merge.fb.driver"]).contains("merge-driver"));
}

#[test]
fn a_commit_on_no_branch_is_said_also_where_notes_are_unwanted() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    assert!(shop.run(&["note", &id, "x"]).ok().err.is_empty());
    shop.git(&["checkout", "--quiet", "--detach"]);
    for flags in [&[][..], &["-q"]] {
        let before = shop.commits();
        let ran = shop.run(&[flags, &["note", &id, "y"]].concat()).ok();
        ran.says(&["no branch", "git switch -c NAME"]);
        assert_eq!(shop.commits(), before + 1);
    }
    let ran = shop.run(&["--lang", "zh", "-q", "note", &id, "z"]).ok();
    ran.says(&["不在任何分支上", "git switch -c 名称"]);
    shop.git(&["switch", "--quiet", "-c", "desk"]);
    assert!(shop.run(&["note", &id, "x"]).ok().err.is_empty());
}

#[cfg(unix)]
#[test]
fn mend_install_writes_no_hook_outside_this_clone() {
    let shop = TestLedger::new();
    let common = shop.dir.with_file_name("common-hooks");
    fs::create_dir(&common).unwrap();
    let person = "[user]\n\tname = Li Na\n\temail = li.na@example.cn\n";
    shop.identity(&format!("{person}[core]\n\thooksPath = {}\n", common.display()));
    let told = |shop: &TestLedger| {
        let ran = shop.run(&["mend", "--install"]).ok();
        ran.says(&["the hook is not written", "post-merge: ", "check --only", "--since ORIG_HEAD"]);
        assert!(!ran.out.contains("hook post-merge"), "{}", ran.out);
    };
    told(&shop);
    assert_eq!(fs::read_dir(&common).unwrap().count(), 0);
    // The settings are this clone's, and nobody else's.
    assert!(shop.read(".git/config").contains("merge-driver"));
    assert!(!fs::read_to_string(shop.dir.with_file_name("gitconfig")).unwrap().contains("merge-driver"));
    // A directory of the work tree is tracked: others would get the line with their next pull.
    shop.identity(person);
    shop.git(&["config", "core.hooksPath", "team/hooks"]);
    told(&shop);
    assert!(!shop.dir.join("team").exists());
    shop.git(&["config", "--unset", "core.hooksPath"]);
    // The directory of hooks, or the hook, is a link to one that is shared.
    fs::remove_dir_all(shop.dir.join(".git/hooks")).unwrap();
    std::os::unix::fs::symlink(&common, shop.dir.join(".git/hooks")).unwrap();
    told(&shop);
    fs::remove_file(shop.dir.join(".git/hooks")).unwrap();
    fs::create_dir(shop.dir.join(".git/hooks")).unwrap();
    std::os::unix::fs::symlink(common.join("post-merge"), shop.dir.join(".git/hooks/post-merge")).unwrap();
    shop.run(&["mend", "--install"]).ok().says(&["another hook already exists"]);
    assert_eq!(fs::read_dir(&common).unwrap().count(), 0);
    fs::remove_file(shop.dir.join(".git/hooks/post-merge")).unwrap();
    shop.git(&["config", "core.hooksPath", ".git/hooks"]);
    let ran = shop.run(&["mend", "--install"]).ok();
    assert!(ran.out.contains("hook post-merge"), "{}{}", ran.out, ran.err);
    assert!(shop.read(".git/hooks/post-merge").contains("check --only"));
}

#[test]
fn two_ledgers_of_a_repository_share_its_hook() {
    let place = TestLedger::empty();
    place.git(&["init", "--quiet"]);
    for ledger in ["north", "south"] {
        place.run(&["init", ledger, "--lang", "en"]).ok();
    }
    // The second time the program may be elsewhere: the line of the ledger is renewed.
    for ledger in ["north", "south", "north"] {
        place.run(&["-C", ledger, "mend", "--install"]).ok();
    }
    let hook = place.read(".git/hooks/post-merge");
    let of = |ledger: &str| hook.matches(&format!("-C '{ledger}' check --only")).count();
    assert_eq!((of("north"), of("south"), hook.lines().count()), (1, 1, 4), "{hook}");
}
