//! What a command acknowledged is in a commit, or is kept: whatever git does with the work tree, `fb recover` has it.

use std::fs;

use serde_json::{Value, json};

use crate::ledger::TestLedger;

const REFS: &str = "refs/fb/kept/";

/// A ledger with one case and a branch `other` that added a file.
fn shop() -> (TestLedger, String) {
    let shop = TestLedger::new();
    shop.git(&["branch", "--quiet", "-M", "main"]);
    let id = shop.case(&[]);
    shop.git(&["switch", "--quiet", "-c", "other"]);
    shop.put("README", "other\n");
    shop.git(&["switch", "--quiet", "main"]);
    shop.pass(1);
    (shop, id)
}

fn refs(shop: &TestLedger) -> Vec<String> {
    let refs = shop.git(&["for-each-ref", "--format=%(refname)", REFS]);
    refs.lines().map(str::to_owned).collect()
}

/// A note that is acknowledged, and what is said of it for programs.
#[track_caller]
fn noted(shop: &TestLedger, before: &[&str], id: &str, words: &str) -> Value {
    let arguments = [before, &["note", id, words, "--format", "json"]].concat();
    shop.run(&arguments).ok().json()
}

/// What waits for a commit: for each change whether it is missing in the files, and the notes in it.
fn waiting(shop: &TestLedger) -> Vec<(bool, Vec<String>)> {
    let answer = shop.run(&["recover", "--format", "json"]).ok().json();
    assert_eq!(answer["version"], 1);
    let notes = |one: &Value| {
        let cases = one["cases"].as_array().unwrap();
        let events = cases.iter().flat_map(|case| case["events"].as_array().unwrap());
        events.filter_map(|event| event["note"].as_str().map(str::to_owned)).collect()
    };
    let kept = answer["kept"].as_array().unwrap();
    kept.iter().map(|one| (one["pending"].as_bool().unwrap(), notes(one))).collect()
}

fn has(shop: &TestLedger, id: &str, words: &str) -> bool {
    shop.read(&shop.path_of(id)).contains(words)
}

/// The work tree is put back to the last commit; what was acknowledged is listed, put back and committed.
#[track_caller]
fn comes_back(shop: &TestLedger, id: &str, words: &str) {
    shop.git(&["reset", "--quiet", "--hard"]);
    assert!(!has(shop, id, words));
    assert_eq!(waiting(shop), [(true, vec![words.to_owned()])]);
    let listed = shop.run(&["recover"]).ok();
    assert!(listed.out.contains(&id[9..]) && listed.out.contains("missing from the files"), "{}", listed.out);
    let before = shop.commits();
    let ran = shop.run(&["recover", "--all"]).ok();
    assert!(ran.out.contains("restored"), "{}", ran.out);
    assert!(has(shop, id, words));
    assert_eq!((shop.commits(), shop.status().as_str()), (before + 1, ""));
    assert_eq!((refs(shop), waiting(shop)), (Vec::new(), Vec::new()));
    assert_eq!(shop.run(&["recover"]).ok().out, "nothing to recover: every change is in a commit\n");
}

#[test]
fn what_no_commit_has_is_kept_and_comes_back() {
    let ways: [(&str, &[&str], &[&str]); 6] = [
        ("merge", &["merge", "--quiet", "--no-ff", "--no-commit", "other"], &[]),
        ("cherry-pick", &["cherry-pick", "--no-commit", "other"], &[]),
        ("revert", &["revert", "--no-commit", "HEAD"], &[]),
        ("bisect", &["bisect", "start"], &[]),
        ("no-commit", &["status"], &["--no-commit"]),
        ("conflicts", &["status"], &[]),
    ];
    for (reason, git, before) in ways {
        let (shop, id) = shop();
        if reason == "revert" {
            shop.put("more", "more\n");
        }
        shop.git(git);
        if reason == "cherry-pick" {
            // git notes it only where it stopped.
            shop.git(&["update-ref", "CHERRY_PICK_HEAD", "other"]);
        }
        if reason == "conflicts" {
            let blob = shop.git(&["rev-parse", "other:README"]);
            shop.shell(&format!(
                "printf '100644 {blob} 1\\tx\\n100644 {blob} 2\\tx\\n' | git update-index --index-info"
            ));
        }
        let said = noted(&shop, before, &id, "客户来电");
        assert_eq!((&said["committed"], &said["reason"]), (&json!(false), &json!(reason)));
        assert_eq!(refs(&shop), [said["kept"].as_str().unwrap()], "{reason}");
        let kept = format!("{}:{}", said["kept"].as_str().unwrap(), shop.path_of(&id));
        assert_eq!(shop.git(&["show", &kept]) + "\n", shop.read(&shop.path_of(&id)));
        assert_eq!(waiting(&shop), [(false, vec!["客户来电".to_owned()])], "{reason}");
        shop.git(&["reset", "--quiet", "--hard"]);
        if reason == "bisect" {
            shop.git(&["bisect", "reset"]);
        }
        comes_back(&shop, &id, "客户来电");
    }
}

#[test]
fn a_warning_is_printed_although_notes_are_off() {
    let (shop, id) = shop();
    shop.git(&["merge", "--quiet", "--no-ff", "--no-commit", "other"]);
    let ran = shop.run(&["-q", "note", &id, "eins"]).ok();
    ran.says(&["not committed: a merge is in progress", "refs/fb/kept/", "fb recover"]);
    // The second one has all of the first, and is told of it.
    let ran = shop.run(&["-q", "note", &id, "zwei"]).ok();
    ran.says(&["confirmed changes that are not committed yet: 1"]);
    shop.run(&["-q", "note", &id, "drei"]).ok();
    assert_eq!(waiting(&shop), [(false, ["eins", "zwei", "drei"].map(str::to_owned).to_vec())]);
    let zh = shop.run(&["--lang", "zh", "-q", "note", &id, "vier"]).ok();
    zh.says(&["没有提交", "已另行保存"]);
    // What is committed with the merge waits no more.
    shop.git(&["add", "--all"]);
    shop.git(&["commit", "--quiet", "--no-edit"]);
    assert!(waiting(&shop).is_empty());
    let said = noted(&shop, &[], &id, "fünf");
    assert_eq!((&said["committed"], said.get("reason"), said.get("kept")), (&json!(true), None, None));
    assert!(refs(&shop).is_empty());
}

#[test]
fn what_git_will_not_take_is_kept_too() {
    for (reason, words) in [("hook", "refused"), ("identity", "user.email"), ("ignored", "ignore")] {
        let (shop, id) = shop();
        match reason {
            "hook" => {
                let hook = shop.dir.join(".git/hooks/pre-commit");
                fs::create_dir_all(hook.parent().unwrap()).unwrap();
                shop.shell(&format!("printf '#!/bin/sh\\nexit 1\\n' > {0}; chmod +x {0}", hook.display()));
            }
            "identity" => shop.identity(""),
            _ => shop.write(".git/info/exclude", "files/\n"),
        }
        shop.write("../photo.jpg", "photo");
        let ran = shop.run(&["attach", &id, "../photo.jpg", "--by", "li.na", "--format", "json"]);
        let ran = if ran.status == 2 {
            shop.run(&["attach", &id, "../photo.jpg", "--format", "json"])
        } else {
            ran
        };
        assert_eq!(ran.status, 3, "{reason}: {}", ran.err);
        ran.says(&[words]);
        let said = ran.json();
        assert_eq!((&said["committed"], &said["reason"]), (&json!(false), &json!(reason)));
        let kept = said["kept"].as_str().unwrap();
        assert_eq!(shop.git(&["show", &format!("{kept}:files/{id}/photo.jpg")]), "photo");
        shop.git(&["reset", "--quiet", "--hard"]);
        fs::remove_dir_all(shop.dir.join("files")).ok();
        shop.identity("[user]\n\tname = Li Na\n\temail = li.na@example.cn\n");
        fs::remove_file(shop.dir.join(".git/hooks/pre-commit")).ok();
        shop.write(".git/info/exclude", "");
        shop.run(&["recover", &id[9..]]).ok();
        assert_eq!(shop.read(&format!("files/{id}/photo.jpg")), "photo");
        assert_eq!((shop.status().as_str(), refs(&shop).len()), ("", 0), "{reason}");
        shop.run(&["check", "--only", "missing-file,pending", "--deny", "warnings"]).ok();
    }
}

#[test]
fn what_a_hook_takes_out_again_is_not_called_committed() {
    for (hook, script) in [
        ("pre-commit", "git checkout --quiet HEAD -- cases"),
        ("pre-commit", "git rm -r --quiet --cached cases/new"),
        ("post-commit", "git reset --quiet --hard HEAD~1"),
    ] {
        let (shop, id) = shop();
        let path = format!(".git/hooks/{hook}");
        shop.write(&path, format!("#!/bin/sh\n{script}\n"));
        shop.shell(&format!("chmod +x {path}"));
        let ran = shop.run(&["note", &id, "eins", "--format", "json"]);
        assert_eq!(ran.status, 3, "{hook} {script}: {}{}", ran.out, ran.err);
        let said = ran.json();
        assert_eq!((&said["committed"], &said["reason"]), (&json!(false), &json!("hook")), "{script}");
        fs::remove_file(shop.dir.join(&path)).unwrap();
        shop.git(&["reset", "--quiet", "--hard", "other"]);
        shop.run(&["recover", "--all"]).ok();
        assert_eq!(shop.read(&shop.path_of(&id)).matches("note: eins").count(), 1, "{script}");
        assert_eq!((shop.status().as_str(), refs(&shop).len()), ("", 0), "{script}");
    }
    // One that only adds a line of its own takes nothing out.
    let (shop, id) = shop();
    let path = ".git/hooks/pre-commit";
    shop.write(path, "#!/bin/sh\nfor f in cases/new/*.yaml; do echo '# seen' >> $f; done; git add cases\n");
    shop.shell(&format!("chmod +x {path}"));
    assert_eq!(noted(&shop, &[], &id, "eins")["committed"], true);
}

#[test]
fn on_no_branch_a_commit_is_kept() {
    let (shop, id) = shop();
    shop.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(noted(&shop, &[], &id, "eins")["committed"], true);
    shop.pass(1);
    noted(&shop, &[], &id, "zwei");
    shop.git(&["checkout", "--quiet", "main"]);
    comes_back_all(&shop, &id, &["eins", "zwei"]);
    // One that a branch has is not kept any longer.
    shop.git(&["checkout", "--quiet", "--detach"]);
    noted(&shop, &[], &id, "drei");
    shop.git(&["branch", "mine"]);
    assert!(waiting(&shop).is_empty());
}

#[track_caller]
fn comes_back_all(shop: &TestLedger, id: &str, words: &[&str]) {
    assert!(waiting(shop).iter().all(|(lost, _)| *lost));
    shop.run(&["recover", "--all"]).ok();
    assert!(words.iter().all(|words| has(shop, id, words)));
    assert_eq!((shop.status().as_str(), waiting(shop).len(), refs(shop).len()), ("", 0, 0));
}

#[test]
fn a_new_case_an_edit_and_an_import_come_back() {
    let (shop, id) = shop();
    let new = shop.run(&[
        "--no-commit",
        "new",
        "--kind",
        "praise",
        "--title",
        "谢谢",
        "--channel",
        "chat",
        "--format",
        "json",
    ]);
    let new = new.ok().json()["cases"][0]["id"].as_str().unwrap().to_owned();
    let edited = "sed -i.bak 's/收到的茶杯碎了/收到的茶壶碎了/' \"$1\"; rm -f \"$1.bak\"";
    shop.write("../editor.sh", format!("#!/bin/sh\n{edited}\n"));
    shop.shell("chmod +x ../editor.sh");
    let shop = shop.with("EDITOR", "../editor.sh");
    shop.run(&["--no-commit", "edit", &id]).ok();
    assert!(has(&shop, &id, "茶壶"));
    shop.write(
        "../rows.csv",
        "kind,title,channel,external,received\npraise,Danke,chat,T-1,2026-11-01T10:00:00+08:00\n",
    );
    let said = shop.run(&["--no-commit", "import", "../rows.csv", "--format", "json"]).ok().json();
    assert_eq!((&said["committed"], &said["reason"]), (&json!(false), &json!("no-commit")));
    let dry = shop.run(&["import", "../rows.csv", "--dry-run", "--format", "json"]).ok().json();
    assert_eq!(dry["committed"], false);
    // An edit changes no event: it waits all the same.
    assert_eq!(waiting(&shop).len(), 3);
    shop.git(&["stash", "--quiet", "--include-untracked"]);
    shop.git(&["stash", "drop", "--quiet"]);
    assert!(waiting(&shop).iter().all(|(lost, _)| *lost));
    shop.run(&["recover", "--all"]).ok();
    assert!(has(&shop, &id, "茶壶") && has(&shop, &new, "谢谢"));
    let imported = shop.run(&["list", "all", "--format", "json"]).ok();
    assert!(imported.out.contains("Danke"));
    assert_eq!((shop.status().as_str(), refs(&shop).len()), ("", 0));
}

#[test]
fn another_branch_and_a_rewritten_one_lose_nothing() {
    let (shop, id) = shop();
    noted(&shop, &["--no-commit"], &id, "eins");
    shop.git(&["checkout", "--quiet", "--force", "other"]);
    assert_eq!(waiting(&shop), [(true, vec!["eins".to_owned()])]);
    // A commit on the other branch has it: here it is enough that any branch does.
    shop.run(&["recover", "--all"]).ok();
    shop.git(&["checkout", "--quiet", "main"]);
    assert!(waiting(&shop).is_empty() && refs(&shop).is_empty());
    // The commit on which a command worked is on no branch any more.
    shop.put("more", "more\n");
    noted(&shop, &["--no-commit"], &id, "zwei");
    shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    comes_back(&shop, &id, "zwei");
}

#[test]
fn refs_that_are_packed_a_linked_work_tree_and_longer_ids() {
    let (shop, id) = shop();
    noted(&shop, &["--no-commit"], &id, "eins");
    shop.git(&["gc", "--quiet", "--prune=now"]);
    shop.git(&["pack-refs", "--all", "--prune"]);
    comes_back(&shop, &id, "eins");

    shop.git(&["worktree", "add", "--quiet", "../tree", "other"]);
    let there = shop.dir.parent().unwrap().join("tree");
    let there = there.to_str().unwrap();
    let ran = shop.run(&["-C", there, "--no-commit", "note", &id, "zwei"]);
    ran.ok();
    shop.git(&["worktree", "remove", "--force", "../tree"]);
    assert_eq!(waiting(&shop), [(true, vec!["zwei".to_owned()])]);
    shop.run(&["recover", "--all"]).ok();
    assert!(has(&shop, &id, "zwei"));

    let long = TestLedger::empty();
    long.git(&["init", "--quiet", "--object-format=sha256"]);
    long.run(&["--lang", "en", "init", ".", "--policy", "ecommerce"]).ok();
    let id = long.case(&[]);
    long.pass(1);
    long.identity("[user]\n\tname = Li Na\n\temail = li.na@example.cn\n");
    noted(&long, &["--no-commit"], &id, "eins");
    comes_back(&long, &id, "eins");
}

#[test]
fn one_of_several_is_put_back_or_dropped() {
    let (shop, id) = shop();
    let other = shop.case(&[]);
    shop.pass(1);
    noted(&shop, &["--no-commit"], &id, "eins");
    shop.pass(1);
    let second = noted(&shop, &["--no-commit"], &other, "zwei")["kept"].as_str().unwrap().to_owned();
    shop.git(&["reset", "--quiet", "--hard"]);
    assert_eq!(shop.run(&["recover", "nothing"]).status, 1);
    assert_eq!(shop.run(&["recover", "--drop", "nothing"]).status, 1);
    shop.run(&["recover", &id]).ok();
    assert!(has(&shop, &id, "eins") && !has(&shop, &other, "zwei"));
    // Everybody who writes is told what is missing.
    shop.run(&["-q", "note", &id, "x"]).ok().says(&["neither committed nor in the files: 1"]);
    let ran = shop.run(&["recover", "--drop", second.rsplit('/').next().unwrap()]).ok();
    assert!(ran.out.contains("note") && ran.out.contains("discarded"), "{}", ran.out);
    assert!(refs(&shop).is_empty());
}

#[test]
fn a_clone_knows_nothing_of_it_and_check_does() {
    let (shop, id) = shop();
    shop.run(&["check"]).ok();
    noted(&shop, &["--no-commit"], &id, "eins");
    let found = shop.run(&["check", "--format", "json"]).ok().json();
    let finding = &found["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("pending"), &json!("warning")));
    assert_eq!(finding["path"], shop.path_of(&id));
    assert_eq!(shop.run(&["check", "--deny", "warnings"]).status, 1);
    shop.git(&["clone", "--quiet", ".", "../clone"]);
    assert_eq!(shop.run(&["-C", "../clone", "check", "--deny", "warnings"]).ok().out, "");
    shop.git(&["commit", "--quiet", "--all", "-m", "by hand"]);
    shop.run(&["check", "--deny", "warnings"]).ok();
}

#[test]
fn without_git_the_files_are_all_there_is() {
    let shop = TestLedger::empty();
    shop.run(&["--lang", "en", "init", ".", "--policy", "ecommerce", "--no-git"]);
    if shop.dir.join(".git").exists() {
        fs::remove_dir_all(shop.dir.join(".git")).unwrap();
    }
    let shop = shop.with("FB_BY", "li.na");
    shop.write("fb.toml", shop.read("fb.toml") + "\n[people.\"li.na\"]\nname = \"Li Na\"\n");
    let ran =
        shop.run(&["new", "--kind", "praise", "--title", "x", "--channel", "chat", "--format", "json"]).ok();
    let said = ran.json();
    assert_eq!(
        (&said["committed"], &said["reason"], said.get("kept")),
        (&json!(false), &json!("no-git"), None)
    );
    assert_eq!(shop.run(&["recover"]).ok().out, "nothing to recover: every change is in the files\n");
}

#[test]
fn in_a_rebase_nothing_is_written() {
    for (git, state) in
        [(&["rebase", "--quiet", "other"][..], "a rebase"), (&["am", "--quiet", "--3way"], "patches")]
    {
        let (shop, id) = shop();
        let path = shop.path_of(&id);
        shop.put("README", "mine\n");
        match state {
            "patches" => {
                let patch = shop.git(&["format-patch", "--stdout", "-1", "other"]);
                shop.write("../patch", patch + "\n");
                assert_ne!(shop.try_git(&[git, &["../patch"]].concat()).status, 0);
            }
            _ => assert_eq!(shop.try_git(git).status, 1),
        }
        let mut commands = vec![
            vec!["note", &id, "x"],
            vec!["-q", "escalate", &id, "--reason", "x"],
            vec!["--no-commit", "note", &id, "x"],
        ];
        commands.push(vec![
            "new",
            "--kind",
            "praise",
            "--title",
            "x",
            "--channel",
            "chat",
            "--format",
            "json",
        ]);
        commands.push(vec!["attach", &id, "fb.toml"]);
        for command in commands {
            let ran = shop.refused(&command, 2);
            ran.says(&[state, "nothing was written", "fb mend", "--continue", "--abort", "fb recover"]);
        }
        for command in [&["list"][..], &["show", &id], &["check"], &["recover"]] {
            shop.run(command).ok();
        }
        assert!(shop.read(&path).contains(&id) && refs(&shop).is_empty());
    }
}

#[test]
fn where_nothing_can_be_written_nobody_is_asked() {
    let (shop, id) = shop();
    shop.write(".git/rebase-merge/head-name", "refs/heads/main\n");
    for verb in [&["new"][..], &["triage", &id], &["resolve", &id]] {
        let ran = shop.run(verb);
        assert_eq!(ran.status, 2, "{verb:?}: {}", ran.err);
        ran.says(&["a rebase is in progress"]);
    }
}

#[test]
fn a_commit_that_only_a_ref_beside_the_branches_holds_is_kept() {
    let (shop, id) = shop();
    shop.git(&["update-ref", "refs/aside/one", "HEAD"]);
    shop.git(&["symbolic-ref", "HEAD", "refs/aside/one"]);
    assert_eq!(noted(&shop, &[], &id, "beside")["committed"], true);
    shop.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
    shop.git(&["update-ref", "-d", "refs/aside/one"]);
    comes_back(&shop, &id, "beside");
}

#[test]
fn a_file_that_says_something_else_by_now_is_missing() {
    let (shop, id) = shop();
    shop.write("../photo.jpg", "one");
    let photo = shop.dir.join("../photo.jpg");
    let attach = ["attach", &id, photo.to_str().unwrap()];
    shop.run(&[&["--no-commit"], &attach[..]].concat()).ok();
    assert!(!waiting(&shop)[0].0);
    shop.git(&["clean", "--quiet", "--force", "-d"]);
    shop.git(&["reset", "--quiet", "--hard"]);
    shop.write("../photo.jpg", "two");
    shop.run(&attach).ok();
    assert!(waiting(&shop)[0].0);
}

/// What a filter makes of a file is what a commit has of it, and what a work tree has is made of that again.
#[test]
fn what_a_filter_changes_is_let_go_with_the_commit_that_has_it_and_comes_back_as_it_was() {
    let shop = TestLedger::new();
    shop.git(&["config", "filter.secret.clean", "tr a-z b-za"]);
    shop.git(&["config", "filter.secret.smudge", "tr b-za a-z"]);
    shop.write(".git/info/attributes", "cases/**/*.yaml filter=secret\n");
    let id = shop.case(&[]);
    noted(&shop, &["--no-commit"], &id, "eins");
    assert_eq!(waiting(&shop), [(false, vec!["eins".to_owned()])]);
    shop.git(&["checkout", "--quiet", "--", "cases"]);
    assert!(!has(&shop, &id, "eins"));
    shop.run(&["recover", "--all", "--no-commit"]).ok();
    assert!(has(&shop, &id, "eins"));
    shop.git(&["commit", "--quiet", "--all", "-m", "by hand"]);
    shop.run(&["note", &id, "drei"]).ok();
    assert_eq!(refs(&shop), Vec::<String>::new());
}

/// However many cases there are: what waits is looked for by its name.
#[test]
fn what_waits_costs_no_listing_of_all_cases() {
    let (shop, id) = shop();
    noted(&shop, &["--no-commit"], &id, "eins");
    let own = std::env::var("PATH").unwrap();
    let bin = shop.dir.join("../bin");
    shop.write(
        "../bin/git",
        format!("#!/bin/sh\necho \"$*\" >> '{}'\nPATH='{own}' exec git \"$@\"\n", bin.join("log").display()),
    );
    shop.shell("chmod +x ../bin/git").ok();
    let shop = shop.with("PATH", &format!("{}:{own}", bin.display()));
    shop.run(&["-q", "note", &id, "zwei", "--no-commit"]).ok();
    let log = shop.read("../bin/log");
    let listed = log.lines().filter(|line| line.contains("ls-tree") && line.ends_with(" cases"));
    assert_eq!(listed.count(), 0, "{log}");
}

#[test]
fn an_empty_name_is_a_mistake_of_the_command_line_and_many_files_are_told_in_one() {
    let shop = TestLedger::empty();
    shop.run(&["--lang", "en", "init", ".", "--no-commit"]).ok().says(&["not committed"]);
    for words in [&["recover", ""][..], &["recover", "--drop", ""], &["note", "", "x"], &["show", ""]] {
        shop.refused(words, 2);
    }
    let said = shop.run(&["recover"]).ok().out;
    assert!(said.contains("  cases/  (files: 11)\n") && said.contains("  fb.toml\n"), "{said}");
    let files = shop.run(&["recover", "--format", "json"]).ok().json();
    assert!(files["kept"][0]["files"].as_array().unwrap().len() > 11);
}

#[test]
fn what_a_hook_takes_out_of_what_was_attached_is_kept() {
    let (shop, id) = shop();
    let path = ".git/hooks/pre-commit";
    shop.write(path, "#!/bin/sh\ngit rm -r --quiet --cached --ignore-unmatch files\n");
    shop.shell(&format!("chmod +x {path}"));
    shop.write("../photo.jpg", "photo");
    let ran = shop.run(&["attach", &id, "../photo.jpg", "--format", "json"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    let said = ran.json();
    assert_eq!((&said["committed"], &said["reason"]), (&json!(false), &json!("hook")));
    fs::remove_file(shop.dir.join(path)).unwrap();
    shop.git(&["reset", "--quiet", "--hard"]);
    fs::remove_dir_all(shop.dir.join("files")).ok();
    shop.run(&["recover", "--all"]).ok();
    assert_eq!(shop.read(&format!("files/{id}/photo.jpg")), "photo");
    assert_eq!((shop.status().as_str(), refs(&shop).len()), ("", 0));
}
