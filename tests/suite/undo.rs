//! What a command did is undone completely, with a commit of its own, or not at all.

use std::fs;

use serde_json::json;

use crate::ledger::{Ran, TestLedger};
use crate::verbs::staffed;

/// Does something, and takes it back: the tree is that of the commit before, byte for byte.
#[track_caller]
fn there_and_back(shop: &TestLedger, arguments: &[&str]) -> Ran {
    shop.pass(1);
    let before = shop.snapshot();
    let tree = shop.git(&["rev-parse", "HEAD^{tree}"]);
    shop.run(arguments).ok();
    let (done, subject) = (shop.git(&["rev-parse", "HEAD"]), shop.last("%s"));
    let dry = shop.refused(&["undo", "--dry-run"], 0);
    let ran = shop.run(&["undo"]).ok();
    assert!(dry.out.starts_with(&ran.out) && dry.out.contains("--dry-run"), "{}{}", dry.out, ran.out);
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert_eq!(shop.git(&["diff", "--stat", "HEAD~2", "HEAD"]), "", "{arguments:?}");
    assert_eq!(shop.git(&["rev-parse", "HEAD^{tree}"]), tree);
    assert_eq!(shop.status(), "", "{arguments:?}");
    let left = serde_like(&shop.snapshot());
    assert_eq!(left, serde_like(&before), "{arguments:?}");
    assert!(shop.last("%s").starts_with("undo: "), "{}", shop.last("%s"));
    assert_eq!(shop.last("%(trailers:key=Undoes,valueonly)").trim(), done);
    assert_eq!(shop.last("%(trailers:key=Fb-Command,valueonly)").trim(), "undo");
    let cases = |commit: &str| shop.git(&["log", "-1", "--format=%(trailers:key=Case)", commit]);
    assert_eq!(cases("HEAD"), cases("HEAD~1"));
    assert!(ran.out.contains(&format!("(undone: {subject})")), "{}", ran.out);
    ran
}

/// The files of a snapshot, without the commit that it was taken at.
fn serde_like(snapshot: &crate::ledger::Snapshot) -> String {
    let all = format!("{snapshot:?}");
    all.split(", head: ").next().unwrap().to_owned()
}

/// The ledger is left as it is, and the reasons are told.
#[track_caller]
fn refuses(shop: &TestLedger, arguments: &[&str], reasons: &[&str]) {
    shop.refused(arguments, 2).says(reasons);
}

#[test]
fn a_step_that_moved_the_case() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    // What people wrote in the file stays as it is, comments too.
    let path = format!("cases/new/{id}.yaml");
    shop.put(&path, shop.read(&path).replace("history:", "# 杯子\nhistory: # so far"));
    let ran = there_and_back(&shop, &["escalate", &id, "--reason", "third call"]);
    let short = &id[9..];
    let line = format!("{short}  escalated → new  (undone: escalate {short} to supervisor: third call)\n");
    assert_eq!(ran.out, line);
    let ran = there_and_back(&shop, &["note", &id, "x"]);
    assert_eq!(ran.out, format!("{short}  new  (undone: note {short}: x)\n"));
}

#[test]
fn a_new_case_is_gone() {
    let shop = TestLedger::free();
    let ran = there_and_back(
        &shop,
        &["new", "--kind", "praise", "--title", "call 13800138000", "--channel", "chat"],
    );
    assert!(ran.out.contains("taken out") && ran.out.contains("138****8000"), "{}", ran.out);
}

#[test]
fn a_case_that_ended_comes_back_from_its_month() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let ran = there_and_back(&shop, &["reject", &id, "--reason", "spam"]);
    assert!(ran.out.contains("rejected → new"), "{}", ran.out);
}

#[test]
fn several_cases_at_once() {
    let shop = TestLedger::free();
    let ids: Vec<String> = (0..25).map(|_| shop.case(&[])).collect();
    let some = |ids: &[String]| {
        let mut line = vec!["escalate"];
        line.extend(["--reason", "again"]);
        line.iter().map(|word| (*word).to_owned()).chain(ids.iter().cloned()).collect::<Vec<_>>()
    };
    let few = some(&ids[..3]);
    let few: Vec<&str> = few.iter().map(String::as_str).collect();
    assert_eq!(there_and_back(&shop, &few).out.lines().count(), 3);
    let all = some(&ids);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let ran = there_and_back(&shop, &all);
    assert!(ran.out.starts_with("as before: 25, taken out: 0"), "{}", ran.out);
}

#[test]
fn what_was_attached_edited_amended_surveyed_and_mended() {
    let editor = "sed -i 's/^title:.*/title: a cup/' \"$1\"\n";
    let shop = TestLedger::free().with("EDITOR", "sh ../editor.sh");
    fs::write(shop.dir.join("../editor.sh"), editor).unwrap();
    fs::write(shop.dir.join("../photo.jpg"), [0xff, 0xd8, 0, 1, 2]).unwrap();
    let id = shop.case(&[]);
    let ran = there_and_back(&shop, &["attach", &id, "../photo.jpg"]);
    assert!(!shop.dir.join("files").join(&id).exists());
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    there_and_back(&shop, &["edit", &id]);
    shop.run(&["triage", &id, "--category", "other", "--urgency", "general"]).ok();
    there_and_back(&shop, &["amend", &id, "--urgency", "important", "--reason", "x"]);
    shop.run(&["reject", &id, "--reason", "spam"]).ok();
    there_and_back(&shop, &["survey", &id, "--score", "4"]);
    // The same case twice, and a directory that nothing keeps.
    let text = shop.read(&shop.path_of(&id));
    shop.git(&["rm", "--quiet", "cases/waiting/.gitkeep"]);
    shop.put(&format!("cases/resolved/{id}.yaml"), text);
    there_and_back(&shop, &["mend"]);
}

#[test]
fn an_import_and_the_names_that_came_with_it() {
    let shop = TestLedger::free();
    let rows: Vec<String> =
        (0..30).map(|n| format!("T-{n},complaint,x,2026-10-02T10:00:00+08:00,pigeon\n")).collect();
    fs::write(shop.dir.join("../t.csv"), format!("external,kind,title,received,channel\n{}", rows.concat()))
        .unwrap();
    let ran = there_and_back(&shop, &["import", "../t.csv", "--add-names"]);
    assert!(ran.out.starts_with("as before: 1, taken out: 30"), "{}", ran.out);
    assert!(!shop.read("fb.toml").contains("pigeon"));
}

#[test]
fn an_undo_is_taken_back_like_any_command() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    fs::write(shop.dir.join("../photo.jpg"), [0xff, 0, 7]).unwrap();
    for arguments in [
        vec!["escalate", &id, "--reason", "x"],
        vec!["attach", &id, "../photo.jpg"],
        vec!["new", "--kind", "praise", "--title", "x", "--channel", "chat"],
    ] {
        shop.run(&arguments).ok();
        let tree = shop.git(&["rev-parse", "HEAD^{tree}"]);
        shop.run(&["undo"]).ok();
        let ran = shop.run(&["undo", "-m", "it was right after all"]).ok();
        assert_eq!(shop.git(&["rev-parse", "HEAD^{tree}"]), tree, "{}", ran.out);
        assert_eq!(shop.status(), "");
        assert_eq!(shop.last("%b").lines().next(), Some("it was right after all"));
        assert_eq!(
            fs::read(shop.dir.join(format!("files/{id}/photo.jpg"))).is_ok(),
            arguments[0] != "escalate"
        );
    }
}

#[test]
fn with_an_id_the_last_command_on_that_case_whoever_gave_it() {
    let shop = staffed();
    let (one, two) = (shop.case(&[]), shop.case(&[]));
    shop.run(&["note", &one, "first"]).ok();
    shop.run(&["note", &two, "second"]).ok();
    shop.identity("[user]\n\tname = Wang Fang\n\temail = wang.fang@example.cn\n");
    refuses(&shop, &["undo"], &["wang.fang@example.cn", "fb undo ID"]);
    let answer = shop.run(&["undo", &one[9..12], "--format", "json"]).ok().json();
    let (path, of) = (format!("cases/new/{one}.yaml"), "li.na@example.cn");
    assert_eq!(answer["cases"], json!([{ "id": one, "kind": "complaint", "status": "new", "path": path }]));
    assert_eq!((answer["version"].as_u64(), answer["undone"]["author"].as_str()), (Some(1), Some(of)));
    assert_eq!(answer["undone"]["commit"], shop.git(&["rev-parse", "HEAD~2"]));
    assert!(!shop.read(&path).contains("first"));
    shop.run(&["note", &two, "third"]).ok();
    assert!(shop.read(&format!("cases/new/{two}.yaml")).contains("second"));
    let answer = shop.run(&["undo", "--format", "json", "--dry-run"]).ok().json();
    assert_eq!(
        (answer["dry_run"].as_bool(), answer["cases"][0]["id"].as_str()),
        (Some(true), Some(two.as_str()))
    );
    shop.refused(&["undo", "20200101-000000"], 1);
}

#[test]
fn what_others_built_on_stays() {
    let shop = staffed();
    let (one, two) = (shop.case(&[]), shop.case(&[]));
    shop.run(&["escalate", &one, &two, "--reason", "x"]).ok();
    shop.identity("[user]\n\tname = Wang Fang\n\temail = wang.fang@example.cn\n");
    shop.run(&["note", &two, "called"]).ok();
    let id = shop.git(&["rev-parse", "--short=8", "HEAD"]);
    shop.identity("[user]\n\tname = Li Na\n\temail = li.na@example.cn\n");
    let short = &two[9..];
    let reasons =
        [&id, "Wang Fang", short, &format!("note {short}: called"), "cannot be undone: escalate 2 cases"];
    for arguments in [vec!["undo"], vec!["undo", &one], vec!["undo", "--dry-run"]] {
        refuses(&shop, &arguments, &reasons);
    }
    refuses(&shop, &["--lang", "zh", "undo"], &["无法撤销", short, "之后又有办理", "Wang Fang"]);
    // Once that is undone, nothing prevents it.
    shop.run(&["undo", &two]).ok();
    shop.run(&["undo", &one]).ok();
    assert_eq!(shop.path_of(&two), format!("cases/new/{two}.yaml"));
    assert_eq!(shop.git(&["diff", "--stat", "HEAD~4", "HEAD"]), "");
}

#[test]
fn what_is_not_committed_stays() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.run(&["escalate", &id, "--reason", "x"]).ok();
    let path = shop.path_of(&id);
    let text = shop.read(&path);
    shop.write(&path, format!("{text}# mine\n"));
    refuses(&shop, &["undo"], &["may not be committed", &path, "git add --all", "fb undo ID"]);
    refuses(&shop, &["undo", &id], &["not committed", &path, "git add --all"]);
    fs::rename(shop.dir.join(&path), shop.dir.join(format!("cases/waiting/{id}.yaml"))).unwrap();
    refuses(&shop, &["undo", &id], &["not committed", "cases/waiting/"]);
    fs::remove_file(shop.dir.join(format!("cases/waiting/{id}.yaml"))).unwrap();
    shop.write(&path, text);
    shop.write("README", "what else is changed is nobody's concern\n");
    shop.run(&["undo"]).ok();
    assert_eq!(shop.status(), "?? README");
}

#[test]
fn where_there_is_no_command_to_take_back() {
    let bare = TestLedger::empty();
    bare.run(&["init", ".", "--no-git", "--lang", "en"]).ok();
    refuses(&bare, &["undo"], &["no git repository"]);
    bare.git(&["init", "--quiet"]);
    refuses(&bare, &["undo"], &["no commit yet"]);

    let shop = TestLedger::free();
    refuses(&shop, &["undo"], &["began the ledger", "init: begin the ledger"]);
    let id = shop.case(&[]);
    refuses(&shop, &["undo", "--no-commit"], &["commit = true"]);
    shop.put("policy/base.toml", shop.read("policy/base.toml") + "# x\n");
    refuses(&shop, &["undo"], &["was not made by fb", "by hand", "git revert", "fb undo ID"]);
    // Elsewhere in the repository it is none of our business, and a case can be named.
    shop.run(&["undo", &id]).ok();
    shop.put("README", "x\n");
    shop.put("fb.toml", shop.read("fb.toml").replace("commit = true", "commit = false"));
    refuses(&shop, &["undo"], &["commit = true"]);
    shop.identity("");
    refuses(&TestLedger::free().with("GIT_CONFIG_GLOBAL", "/dev/null"), &["undo"], &["who you are"]);
}

#[test]
fn while_a_merge_is_in_progress_and_after_it() {
    let shop = TestLedger::free();
    let (one, two) = (shop.case(&[]), shop.case(&[]));
    shop.git(&["checkout", "--quiet", "-b", "side"]);
    shop.run(&["note", &one, "side"]).ok();
    shop.put("README", "theirs\n");
    shop.git(&["checkout", "--quiet", "-"]);
    shop.run(&["note", &two, "main"]).ok();
    shop.put("README", "ours\n");
    assert_ne!(shop.try_git(&["merge", "side"]).status, 0);
    refuses(&shop, &["undo"], &["merge is in progress", "git status"]);
    shop.git(&["checkout", "--quiet", "--ours", "README"]);
    shop.git(&["commit", "--quiet", "-a", "--no-edit"]);
    // The merge put no case together: each note can go by itself.
    shop.run(&["undo", &one]).ok();
    shop.run(&["undo", &two]).ok();
    assert!(!shop.read(&format!("cases/new/{two}.yaml")).contains("main"));
    // A merge that is a command's is no step of a case.
    shop.git(&["checkout", "--quiet", "-b", "other", "HEAD~1"]);
    shop.run(&["note", &one, "other"]).ok();
    shop.git(&["checkout", "--quiet", "-"]);
    shop.git(&["merge", "--quiet", "--no-ff", "-m", "sync with origin\n\nFb-Command: sync", "other"]);
    refuses(&shop, &["undo"], &["is a merge", "sync with origin"]);
}

#[test]
fn a_case_that_a_merge_put_together_stays() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let path = format!("cases/new/{id}.yaml");
    shop.git(&["checkout", "--quiet", "-b", "side"]);
    shop.run(&["note", &id, "side"]).ok();
    shop.git(&["checkout", "--quiet", "-"]);
    shop.run(&["note", &id, "main"]).ok();
    assert_ne!(shop.try_git(&["merge", "side"]).status, 0);
    let conflict = shop.read(&path);
    let both = conflict.lines().filter(|line| !line.starts_with(['<', '=', '>'])).collect::<Vec<_>>();
    shop.write(&path, both.join("\n") + "\n");
    shop.git(&["commit", "--quiet", "-a", "-m", "both are right"]);
    for arguments in [vec!["undo"], vec!["undo", &id]] {
        refuses(&shop, &arguments, &["cannot be undone", &id[9..], "was changed later, in"]);
    }
}

#[test]
fn what_others_have_already_is_told_and_what_they_built_on_stays() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.git(&["init", "--quiet", "--bare", "../hub"]);
    shop.git(&["remote", "add", "origin", "../hub"]);
    shop.run(&["escalate", &id, "--reason", "x"]).ok();
    shop.git(&["push", "--quiet", "--set-upstream", "origin", "HEAD"]);
    shop.git(&["clone", "--quiet", "../hub", "../clone"]);
    let ran = shop.run(&["undo"]).ok();
    ran.says(&["others may have it already", "origin/"]);
    shop.run(&["undo"]).ok();
    shop.run(&["-C", "../clone", "note", &id, "called"]).ok();
    shop.git(&["-C", "../clone", "push", "--quiet"]);
    shop.git(&["reset", "--quiet", "--hard", "HEAD~2"]);
    shop.git(&["fetch", "--quiet"]);
    refuses(&shop, &["undo"], &["was changed later, in", "called", "origin/", "fb sync"]);
}

#[test]
fn a_shallow_clone_does_not_know_what_was_before() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let url = format!("file://{}", shop.dir.display());
    shop.git(&["clone", "--quiet", "--depth", "1", &url, "../clone"]);
    let ran = shop.run(&["-C", "../clone", "undo", &id]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    ran.says(&["cut off", "git fetch --unshallow"]);
}

#[test]
fn a_ledger_in_a_part_of_a_bigger_repository() {
    let place = TestLedger::empty();
    place.git(&["init", "--quiet"]);
    place.run(&["init", "feed[b]ack", "--lang", "en"]).ok();
    place.run(&["init", "other", "--lang", "en"]).ok();
    let new = ["new", "--kind", "praise", "--title", "x", "--channel", "chat"];
    let ran = place.run(&[&["-C", "feed[b]ack"], &new[..]].concat()).ok();
    let short = ran.out.split_whitespace().next().unwrap();
    place.run(&["-C", "feed[b]ack", "note", short, "x"]).ok();
    place.run(&[&["-C", "other"], &new[..]].concat()).ok();
    place.put("code/main.c", "int main;\n");
    place.run(&["-C", "feed[b]ack", "undo"]).ok();
    assert_eq!(place.last("%s"), format!("undo: note {short}: x"));
    place.run(&["-C", "feed[b]ack", "undo", short]).ok();
    assert_eq!((place.last("%s"), place.status()), (format!("undo: undo: note {short}: x"), String::new()));
}

#[test]
fn an_undo_that_was_stopped_is_finished_by_the_next_command() {
    let shop = TestLedger::free();
    let before = shop.git(&["rev-parse", "HEAD^{tree}"]);
    let id = shop.case(&[]);
    let path = format!("cases/new/{id}.yaml");
    let plan = json!({
        "writes": [], "removals": [{ "path": path, "before": shop.read(&path) }], "also": [],
        "subject": "undo: new complaint", "body": null, "trailers": [["Case", id]],
    });
    for removed in [false, true] {
        shop.write(".git/fb-journal.json", plan.to_string());
        if removed {
            fs::remove_file(shop.dir.join(&path)).unwrap();
        }
        // To give it again is not to take it back.
        let ran = shop.run(&["undo"]);
        ran.says(&["interrupted", "undo: new complaint", "nothing was undone"]);
        assert_eq!(ran.status, 2);
        assert_eq!((shop.git(&["rev-parse", "HEAD^{tree}"]), shop.status()), (before.clone(), String::new()));
        shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    }
    shop.write(".git/fb-journal.json", plan.to_string());
    shop.write(&path, shop.read(&path) + "# mine\n");
    // What somebody wrote meanwhile stays, and stops nobody.
    shop.run(&["mend"]).ok().says(&["changed meanwhile", "undo: new complaint"]);
    assert!(shop.read(&path).ends_with("# mine\n"));
    assert!(!shop.dir.join(".git/fb-journal.json").exists());
}

#[cfg(unix)]
#[test]
fn what_git_keeps_in_another_form_comes_back_as_it_stood() {
    let shop = TestLedger::free();
    shop.git(&["config", "filter.rot.clean", "tr a-z n-za-m"]);
    shop.git(&["config", "filter.rot.smudge", "tr a-z n-za-m"]);
    shop.put(".gitattributes", "cases/**/*.yaml filter=rot\n");
    let id = shop.case(&[]);
    let path = format!("cases/new/{id}.yaml");
    let text = shop.read(&path);
    assert_ne!(shop.git(&["show", &format!("HEAD:{path}")]), text.trim_end());
    shop.run(&["note", &id, "x"]).ok();
    shop.run(&["undo"]).ok();
    assert_eq!((shop.read(&path), shop.status().as_str()), (text, ""));
}

/// A commit takes the whole file: what was there before its command, and nobody had committed, is not the command's.
#[cfg(unix)]
#[test]
fn what_was_not_committed_before_is_not_taken_back_with_it() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.run(&["note", &id, "one", "--no-commit"]).ok();
    // What was done last is not what git has last.
    let path = shop.path_of(&id);
    refuses(&shop, &["undo"], &["may not be committed", &path]);
    shop.run(&["note", &id, "two"]).ok().says(&["not committed until now", &path]);
    refuses(&shop, &["undo"], &["changes that were made before it and not committed", &path, "git show"]);
    refuses(&shop, &["undo", &id, "--dry-run"], &["changes that were made before it"]);
    assert!(shop.read(&path).contains("note: one"));
    shop.run(&["note", &id, "three"]).ok();
    shop.run(&["undo"]).ok();
    // A case that a hook kept out.
    shop.write(".git/hooks/pre-commit", "#!/bin/sh\ntest ! -e refuse\n");
    shop.shell("chmod +x .git/hooks/pre-commit").ok();
    shop.write("refuse", "");
    let ran =
        shop.run(&["new", "--kind", "praise", "--title", "谢谢", "--channel", "chat", "--format", "json"]);
    assert_eq!(ran.status, 3);
    let kept_out = ran.json()["cases"][0]["id"].as_str().unwrap().to_owned();
    fs::remove_file(shop.dir.join("refuse")).unwrap();
    shop.run(&["note", &kept_out, "remark"]).ok().says(&["not committed until now", &kept_out]);
    refuses(&shop, &["undo"], &["changes that were made before it"]);
    shop.run(&["show", &kept_out]).ok();
}
