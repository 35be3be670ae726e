//! Many processes at once on one ledger: each change is made once and committed, or refused with the reason, and
//! whoever reads meanwhile sees whole files, each case once.

use std::collections::BTreeMap;
use std::process::{Child, Command};

use crate::ledger::TestLedger;

/// How many processes; the environment may ask for more.
fn crowd() -> usize {
    std::env::var("FB_CROWD").ok().and_then(|word| word.parse().ok()).unwrap_or(40)
}

/// What one of them does.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    New(String),
    Note(String, String),
    Move(String),
    End(String),
    List,
    Check,
    Show(String),
}

impl Part {
    fn of(number: usize, cases: &[String]) -> Part {
        let case = cases[number % cases.len()].clone();
        match number % 8 {
            0 | 1 => Part::New(format!("t{number}")),
            2 | 3 => Part::Note(case, format!("n{number}")),
            4 => Part::Move(case),
            5 => Part::End(cases[0].clone()),
            6 if number % 16 == 6 => Part::List,
            6 => Part::Check,
            _ => Part::Show(case),
        }
    }

    fn arguments(&self) -> Vec<&str> {
        match self {
            Part::New(title) => vec!["new", "--kind", "praise", "--channel", "chat", "--title", title],
            Part::Note(case, note) => vec!["note", case, note],
            Part::Move(case) => vec!["escalate", case, "--reason", "third call"],
            Part::End(case) => vec!["reject", case, "--reason", "spam"],
            Part::List => vec!["list", "all", "--format", "json"],
            Part::Check => vec!["check"],
            Part::Show(case) => vec!["show", case, "--format", "json"],
        }
    }
}

/// A process in a place for what it prints, which no pipe holds up.
fn start(mut command: Command) -> (Child, tempfile::NamedTempFile, tempfile::NamedTempFile) {
    let (out, err) = (tempfile::NamedTempFile::new().unwrap(), tempfile::NamedTempFile::new().unwrap());
    command.stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap());
    (command.spawn().unwrap(), out, err)
}

#[test]
fn each_change_of_a_crowd_is_made_once_or_refused() {
    let shop = TestLedger::free();
    let cases: Vec<String> = (0..8).map(|_| shop.case(&[])).collect();
    let before = shop.commits();
    let begun = std::time::Instant::now();
    let parts: Vec<Part> = (0..crowd()).map(|number| Part::of(number, &cases)).collect();
    let running: Vec<_> = parts.iter().map(|part| start(shop.fb(&part.arguments()))).collect();
    let mut made = 0;
    let mut ends = 0;
    for (part, (mut child, out, err)) in parts.iter().zip(running) {
        let status = child.wait().unwrap().code();
        let read = |file: &tempfile::NamedTempFile| std::fs::read_to_string(file.path()).unwrap();
        let (out, err) = (read(&out), read(&err));
        match part {
            Part::List => {
                assert_eq!(status, Some(0), "{part:?}: {err}");
                let list: serde_json::Value = serde_json::from_str(&out).unwrap();
                let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
                for case in list["cases"].as_array().unwrap() {
                    *seen.entry(case["id"].as_str().unwrap()).or_default() += 1;
                }
                assert!(cases.iter().all(|id| seen.get(id.as_str()) == Some(&1)), "{out}");
            }
            Part::Check => assert_eq!(status, Some(0), "{out}{err}"),
            Part::Show(id) => {
                assert_eq!(status, Some(0), "{part:?}: {err}");
                assert!(out.contains(id.as_str()), "{out}");
            }
            // One ends the case; what comes after it finds it ended.
            Part::End(_) | Part::Move(_) | Part::Note(..) if status != Some(0) => {
                assert!(status == Some(2) && err.contains("hint: "), "{part:?}: {status:?} {err}");
                assert!(err.contains(&cases[0][9..]), "{part:?}: {err}");
            }
            _ => {
                assert_eq!(status, Some(0), "{part:?}: {err}");
                assert_eq!(err, "", "{part:?}");
                made += 1;
                ends += usize::from(matches!(part, Part::End(_)));
            }
        }
        let text = |id: &str| shop.read(&shop.path_of(id));
        match part {
            Part::Note(id, note) if status == Some(0) => {
                assert_eq!(text(id).matches(&format!("note: {note}\n")).count(), 1, "{part:?}");
            }
            Part::New(title) => {
                let all = shop.files();
                let titled = all
                    .values()
                    .filter(|text| String::from_utf8_lossy(text).contains(&format!("\ntitle: {title}\n")));
                assert_eq!(titled.count(), 1, "{part:?}");
            }
            _ => {}
        }
    }
    eprintln!("{} processes, {made} changes: {:?}", parts.len(), begun.elapsed());
    assert_eq!(ends, usize::from(parts.iter().any(|part| matches!(part, Part::End(_)))));
    assert_eq!(shop.commits(), before + made);
    assert_eq!(shop.status(), "");
    shop.git(&["fsck", "--strict", "--no-dangling"]);
    shop.run(&["check"]).ok();
}

/// Whoever works with git at the same time moves the branch and holds its locks for moments.
#[cfg(unix)]
#[test]
fn a_change_is_committed_while_others_commit() {
    for hook in [false, true] {
        let shop = TestLedger::free();
        let id = shop.case(&[]);
        if hook {
            shop.git(&["config", "hook.none.command", "true"]);
            shop.write(".git/hooks/post-commit", "#!/bin/sh\nexit 0\n");
            shop.shell("chmod +x .git/hooks/post-commit").ok();
        }
        let before = shop.commits();
        // Made without the index, as by a push to this branch.
        let others = "n=0; export GIT_INDEX_FILE=../index; while [ $n -lt 40 ]; do n=$((n+1)); \
            h=$(git rev-parse HEAD); git read-tree $h; \
            git update-index --add --cacheinfo 100644,$(echo $n | git hash-object -w --stdin),theirs/$n; \
            git update-ref HEAD $(git commit-tree -p $h -m theirs $(git write-tree)) $h 2>/dev/null && echo $n; done";
        let line = format!(
            "({others}) > ../others & for n in 1 2 3 4 5 6; do fb note {id} \"mine $n\" >/dev/null || exit 1; done; wait"
        );
        let ran = shop.shell(&line).ok();
        assert_eq!(ran.err, "");
        let theirs = shop.read("../others");
        let mine = shop.git(&["log", "--format=%s", "--grep=^note "]).lines().count();
        assert_eq!(mine, 6, "{hook}");
        assert_eq!(shop.commits(), before + theirs.lines().count() + 6, "{hook}");
        let mut kept: Vec<String> = theirs.lines().map(|n| format!("theirs/{n}")).collect();
        kept.sort();
        assert_eq!(shop.git(&["ls-tree", "-r", "--name-only", "HEAD", "theirs"]), kept.join("\n"), "{hook}");
        assert_eq!(shop.git(&["diff", "--name-only", "HEAD", "--", "cases"]), "", "{hook}");
        assert_eq!(shop.read(&shop.path_of(&id)).matches("note: mine").count(), 6, "{hook}");
    }
}

/// The branch moves after our tree was made and before git looks for the parent, and somebody builds on what comes of it.
#[cfg(unix)]
#[test]
fn what_others_committed_before_ours_is_in_the_branch_after_it() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let theirs = "#!/bin/sh\n[ -e ../$1 ] && exec cat; case $1$GIT_INDEX_FILE in before*next*|after*) ;; *) exec cat;; esac; touch ../$1; export GIT_INDEX_FILE=$PWD/../index; \
        h=$(git rev-parse HEAD); git read-tree $h; \
        git update-index --add --cacheinfo 100644,$(echo $1 | git hash-object -w --stdin),theirs/$1; \
        [ $1 = before ] && git update-index --force-remove README; \
        git update-ref HEAD $(git commit-tree -p $h -m theirs $(git write-tree)) $h; exec cat\n";
    shop.put("README", "was here\n");
    shop.write("../theirs", theirs);
    shop.write(".git/hooks/post-commit", "#!/bin/sh\n../theirs after </dev/null\n");
    shop.shell("chmod +x ../theirs .git/hooks/post-commit").ok();
    shop.git(&["config", "filter.theirs.clean", "../theirs before"]);
    shop.write(".git/info/attributes", "cases/** filter=theirs\n");
    shop.run(&["note", &id, "mine"]).ok();
    assert_eq!(
        shop.git(&["ls-tree", "-r", "--name-only", "HEAD", "theirs", "README"]),
        "theirs/after\ntheirs/before"
    );
    let subjects = shop.git(&["log", "-3", "--format=%s"]);
    assert!(subjects.starts_with("theirs\nnote ") && subjects.ends_with("\ntheirs"), "{subjects}");
    assert!(shop.git(&["show", &format!("HEAD:{}", shop.path_of(&id))]).contains("note: mine"));
}

/// A hook after the commit commits, too; the next commit by hand takes nothing of that back.
#[cfg(unix)]
#[test]
fn what_a_hook_commits_after_ours_stays() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.write(
        ".git/hooks/post-commit",
        "#!/bin/sh\n[ \"$IN_HOOK\" ] && exit; export IN_HOOK=1; echo x >> log.txt; git add log.txt; git commit --quiet -m log\n",
    );
    shop.shell("chmod +x .git/hooks/post-commit").ok();
    let before = shop.commits();
    shop.run(&["note", &id, "mine"]).ok();
    assert_eq!((shop.commits(), shop.status().as_str()), (before + 2, ""));
    assert_eq!(shop.git(&["show", "HEAD:log.txt"]), "x");
    assert!(shop.git(&["show", &format!("HEAD:{}", shop.path_of(&id))]).contains("note: mine"));
}
