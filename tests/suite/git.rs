//! One command is one commit of exactly its files, wherever the ledger lies and whatever else goes on there.

use std::fs;

use crate::killed::hook;
use crate::ledger::TestLedger;
use crate::verbs::staffed;

/// The paths of the last commit.
fn committed(shop: &TestLedger) -> Vec<String> {
    let paths = shop.git(&["show", "--name-only", "--no-renames", "--format=", "HEAD"]);
    paths.lines().map(str::to_owned).collect()
}

#[test]
fn what_else_is_staged_or_changed_stays_so() {
    let shop = TestLedger::new();
    shop.put("README", "one\n");
    let id = shop.case(&[]);
    shop.write("README", "two\n");
    shop.write("staged.txt", "mine\n");
    shop.git(&["add", "staged.txt"]);
    shop.write("loose.txt", "mine too\n");
    shop.run(&["triage", &id, "--category", "other", "--urgency", "general"]).ok();
    assert_eq!(committed(&shop), [format!("cases/new/{id}.yaml"), format!("cases/triaged/{id}.yaml")]);
    assert_eq!(shop.status(), " M README\nA  staged.txt\n?? loose.txt");
}

/// The commands of git that `fb` ran, as git itself notes them.
fn processes(shop: &TestLedger, arguments: &[&str]) -> Vec<String> {
    let notes = tempfile::tempdir().unwrap();
    let notes = notes.path().join("notes");
    let ran = shop.fb(arguments).env("GIT_TRACE2_EVENT", &notes).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let notes = fs::read_to_string(notes).unwrap_or_default();
    let events = notes.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let names = events.filter(|event| event["event"] == "cmd_name");
    names.map(|event| event["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_commit_takes_no_process_and_few_with_a_hook_or_a_signature() {
    let shop = staffed();
    let id = shop.case(&[]);
    let note = ["note", &id, "third call"];
    assert_eq!(processes(&shop, &note), [] as [&str; 0]);
    hook(&shop, "pre-commit", "exit 0");
    let hooked = [
        "read-tree",
        "update-index",
        "write-tree",
        "hook",
        "write-tree",
        "commit-tree",
        "update-ref",
        "update-index",
    ];
    assert_eq!(processes(&shop, &note), hooked);
    // What a message may still change is looked at as well; nothing else is run.
    fs::remove_file(shop.dir.join(".git/hooks/pre-commit")).unwrap();
    hook(&shop, "post-commit", "exit 0");
    let after =
        ["read-tree", "update-index", "write-tree", "commit-tree", "update-ref", "update-index", "hook"];
    assert_eq!(processes(&shop, &note), after);
    assert_eq!(shop.status(), "");
}

#[test]
fn the_message_names_the_case_and_the_event() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    assert_eq!(shop.last("%s"), format!("new complaint {}: 收到的茶杯碎了", &id[9..]));
    assert_eq!(shop.last("%(trailers:only)"), format!("Case: {id}\nEvent: received\nFb-Command: new"));
    shop.run(&["escalate", &id, "--reason", "third call"]).ok();
    assert_eq!(shop.last("%s"), format!("escalate {} to supervisor: third call", &id[9..]));
    assert_eq!(shop.last("%(trailers:only)"), format!("Case: {id}\nEvent: escalated\nFb-Command: escalate"));
    assert_eq!(shop.last("%an <%ae>"), "Li Na <li.na@example.cn>");
}

#[test]
fn a_ledger_in_a_part_of_a_bigger_repository() {
    let place = TestLedger::empty();
    place.git(&["init", "--quiet"]);
    place.put("code/main.c", "int main;\n");
    place.run(&["-C", "feedback", "init", ".", "--lang", "en"]);
    place.run(&["init", "feedback", "--lang", "en"]);
    assert!(!place.dir.join("feedback/.git").exists());
    assert!(committed(&place).iter().all(|path| path.starts_with("feedback/")));
    place.write("code/main.c", "changed\n");
    let ran = place
        .run(&["-C", "feedback/cases", "new", "--kind", "praise", "--title", "x", "--channel", "chat"])
        .ok();
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert_eq!(committed(&place).len(), 1);
    assert!(committed(&place)[0].starts_with("feedback/cases/new/"));
    assert_eq!(place.status(), " M code/main.c");
}

#[test]
fn without_a_repository() {
    let place = TestLedger::empty();
    place.run(&["init", ".", "--no-git", "--lang", "en"]).ok();
    assert!(!place.dir.join(".git").exists());
    let arguments = ["new", "--kind", "praise", "--title", "x", "--channel", "chat"];
    place.refused(&arguments, 2).says(&["--by", "FB_BY"]);
    let ran = place.run(&[&arguments[..], &["--by", "li.na"]].concat()).ok();
    let short = ran.out.split_whitespace().next().unwrap();
    let ran = place.run(&["forward", short, "--to", "wang.fang", "--by", "li.na"]).ok();
    assert!(ran.err.is_empty(), "{}", ran.err);
    assert!(!place.dir.join(".git").exists());
    assert_eq!(fs::read_dir(place.dir.join("cases/closed/2026-11")).unwrap().count(), 1);
}

#[test]
fn a_commit_can_be_declined_once_or_by_the_shop() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let before = shop.commits();
    let ran = shop.run(&["contact", &id, "--no-commit"]).ok();
    assert_eq!((shop.commits(), shop.status()), (before, format!(" M cases/new/{id}.yaml")));
    assert_eq!(ran.err.matches("the change is made, but not committed").count(), 1, "{}", ran.err);
    let ran = shop.run(&["-q", "note", &id, "--no-commit", "x"]).ok();
    ran.says(&["the change is made, but not committed: commits are turned off"]);
    shop.git(&["commit", "--quiet", "--all", "-m", "by hand"]);
    shop.put("fb.toml", shop.read("fb.toml").replace("commit = true", "commit = false"));
    let before = shop.commits();
    shop.run(&["note", &id, "x"]).ok();
    assert_eq!(shop.commits(), before);
}

/// The work is done, what it is and why it is not committed is said.
#[track_caller]
fn done_but_not_committed(shop: &TestLedger, id: &str, status: i32, words: &[&str]) {
    let before = shop.commits();
    let ran = shop.run(&["contact", id]);
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("contacted"), "{}", ran.out);
    ran.says(&["not committed", "git commit"]);
    ran.says(words);
    assert_eq!(shop.commits(), before);
    assert!(shop.read(&shop.path_of(id)).contains("contacted: "));
}

#[test]
fn while_a_merge_is_in_progress() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.git(&["checkout", "--quiet", "-b", "other"]);
    shop.put("README", "theirs\n");
    shop.git(&["checkout", "--quiet", "-"]);
    shop.put("README", "ours\n");
    assert_ne!(shop.try_git(&["merge", "other"]).status, 0);
    // It goes with the merge.
    done_but_not_committed(&shop, &id, 0, &["merge"]);
}

#[cfg(unix)]
#[test]
fn a_hook_that_refuses() {
    use std::os::unix::fs::PermissionsExt;
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.write(".git/hooks/pre-commit", "#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n");
    let hook = shop.dir.join(".git/hooks/pre-commit");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    done_but_not_committed(&shop, &id, 3, &["not on a Sunday"]);
}

#[test]
fn git_does_not_know_who_commits() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.identity("");
    shop.refused(&["contact", &id], 2).says(&["who you are", "--by"]);
    let before = shop.commits();
    let ran = shop.run(&["contact", &id, "--by", "li.na"]);
    assert_eq!(ran.status, 3);
    assert!(ran.out.contains("contacted"), "{}", ran.out);
    ran.says(&["not committed", "user.email"]);
    assert_eq!(shop.commits(), before);
}

#[test]
fn who_acts() {
    let shop = staffed();
    let id = shop.case(&[]);
    let text = || shop.read(&shop.path_of(&id));
    shop.identity("[user]\n\tname = W\n\temail = Wang.Fang@example.cn\n");
    shop.run(&["note", &id, "one"]).ok();
    assert!(text().trim_end().ends_with("by: wang.fang\n    note: one"), "{}", text());
    shop.run(&["note", &id, "two", "--by", "chen.hao"]).ok();
    assert!(text().trim_end().ends_with("by: chen.hao\n    note: two"), "{}", text());
    shop.identity("[user]\n\tname = N\n\temail = new.one@example.cn\n");
    shop.run(&["note", &id, "three"]).ok();
    assert!(text().trim_end().ends_with("by: new.one\n    note: three"), "{}", text());
}

#[test]
fn the_environment_says_who_acts() {
    let shop = staffed().with("FB_BY", "zhang.wei");
    let id = shop.case(&[]);
    assert!(shop.read(&shop.path_of(&id)).contains("by: zhang.wei"));
    shop.run(&["note", &id, "x", "--by", "chen.hao"]).ok();
    assert!(shop.read(&shop.path_of(&id)).contains("by: chen.hao"));
    let shop = staffed().with("FB_BY", "nobody");
    let arguments = ["new", "--kind", "praise", "--title", "x", "--channel", "chat"];
    shop.refused(&arguments, 2).says(&["nobody"]);
}

#[test]
fn variables_of_a_hook_do_not_lead_the_commit_astray() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let other = TestLedger::new();
    let before = other.snapshot();
    let shop = shop.with("GIT_DIR", other.dir.join(".git").to_str().unwrap());
    shop.run(&["contact", &id]).ok();
    assert_eq!(other.snapshot(), before);
    let shop = shop.with("GIT_DIR", ".git");
    assert_eq!(shop.status(), "");
}

#[test]
fn a_checkout_with_windows_line_ends_keeps_them_and_git_keeps_its_own() {
    for setting in ["true", "input"] {
        let shop = TestLedger::new();
        let id = shop.case(&[]);
        let path = format!("cases/new/{id}.yaml");
        shop.git(&["config", "core.autocrlf", setting]);
        shop.write(&path, shop.read(&path).replace('\n', "\r\n"));
        shop.git(&["add", &path]);
        shop.run(&["escalate", &id, "--reason", "third call"]).ok();
        let text = shop.read(&shop.path_of(&id));
        assert_eq!(text.matches("\r\n").count(), text.matches('\n').count(), "{text}");
        let kept = shop.git(&["show", &format!("HEAD:cases/escalated/{id}.yaml")]);
        assert!(!kept.contains('\r') && kept.contains("  - escalated: "), "{kept}");
        assert_eq!(shop.status(), "", "{setting}");
    }
}

#[cfg(unix)]
#[test]
fn a_smudge_filter_shows_one_text_and_keeps_another() {
    let shop = TestLedger::new();
    shop.git(&["config", "filter.names.clean", "sed s/杯子/CUP/"]);
    shop.git(&["config", "filter.names.smudge", "sed s/CUP/杯子/"]);
    shop.put(".gitattributes", "cases/** filter=names\n");
    let ran =
        shop.run(&["new", "--kind", "praise", "--channel", "chat", "--title", "杯子", "--format", "json"]);
    let id = ran.ok().json()["cases"][0]["id"].as_str().unwrap().to_owned();
    shop.run(&["escalate", &id, "--reason", "x"]);
    shop.run(&["note", &id, "x"]).ok();
    let path = shop.path_of(&id);
    assert!(shop.git(&["show", &format!("HEAD:{path}")]).contains("title: CUP"));
    assert!(shop.read(&path).contains("title: 杯子"));
    assert_eq!(shop.status(), "");
}

#[test]
fn a_directory_that_the_sparse_checkout_leaves_out_takes_cases_all_the_same() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "cases/new", "policy", "calendar"]);
    assert!(!shop.dir.join("cases/escalated").exists());
    shop.run(&["escalate", &id, "--reason", "third call"]).ok();
    assert_eq!(shop.path_of(&id), format!("cases/escalated/{id}.yaml"));
    assert_eq!(committed(&shop), [format!("cases/escalated/{id}.yaml"), format!("cases/new/{id}.yaml")]);
    assert_eq!(shop.status(), "");
    shop.run(&["list"]).ok();
}

/// The places at which the last commit has a case.
fn places(shop: &TestLedger, id: &str) -> Vec<String> {
    let all = shop.git(&["ls-tree", "-r", "--name-only", "HEAD", "cases"]);
    all.lines().filter(|path| path.contains(id)).map(str::to_owned).collect()
}

#[test]
fn a_move_that_was_not_committed_goes_with_the_next_commit_on_the_case() {
    let shop = TestLedger::new();
    let (id, other) = (shop.case(&[]), shop.case(&[]));
    let triage = ["triage", &id, "--category", "other", "--urgency", "general"];
    shop.run(&[&["--no-commit"], &triage[..]].concat()).ok();
    assert_eq!(places(&shop, &id), [format!("cases/new/{id}.yaml")]);
    // Another case is nothing to it; what is staged by hand is known as well.
    shop.run(&["note", &other, "x"]).ok();
    assert_eq!(places(&shop, &id), [format!("cases/new/{id}.yaml")]);
    shop.git(&["add", "--all"]);
    shop.run(&["contact", &id, "-m", "hello"]).ok();
    assert_eq!(places(&shop, &id), [format!("cases/triaged/{id}.yaml")]);
    // By way of two moves, out of a month and back into one.
    shop.run(&["--no-commit", "reject", &id, "--reason", "x"]).ok();
    shop.run(&["--no-commit", "reopen", &id, "--reason", "y"]).ok();
    shop.run(&["reject", &id, "--reason", "z"]).ok();
    assert_eq!(places(&shop, &id), [format!("cases/rejected/2026-11/{id}.yaml")]);
    shop.run(&["--no-commit", "reopen", &id, "--reason", "y"]).ok();
    shop.run(&["note", &id, "w"]).ok();
    assert_eq!(places(&shop, &id).len(), 1, "{:?}", places(&shop, &id));
    assert_eq!(shop.status(), "");
}

#[test]
fn a_move_that_a_hook_refused_goes_with_the_next_commit_by_the_program() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.write(".git/hooks/pre-commit", "#!/bin/sh\ntest ! -e refuse\n");
    shop.shell("chmod +x .git/hooks/pre-commit").ok();
    shop.write("refuse", "");
    let ran = shop.run(&["triage", &id, "--category", "other", "--urgency", "general"]);
    assert_eq!(ran.status, 3);
    ran.says(&["git refused the commit without saying why"]);
    fs::remove_file(shop.dir.join("refuse")).unwrap();
    shop.run(&["contact", &id, "-m", "hello"]).ok();
    assert_eq!(places(&shop, &id), [format!("cases/triaged/{id}.yaml")]);
    assert_eq!(shop.status(), "");
}

/// A work tree whose repository was moved away is in no state to write to, and no place without git.
#[test]
fn a_git_file_that_leads_nowhere_is_told() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    fs::rename(shop.dir.join(".git"), shop.dir.join("../elsewhere")).unwrap();
    shop.write(".git", "gitdir: ../nowhere\n");
    shop.refused(&["note", &id, "x", "--by", "li.na"], 3).says(&["does not exist", "git worktree repair"]);
}

#[test]
fn nobody_signs_with_nothing() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for by in ["", " ", "a\nb"] {
        shop.refused(&["note", &id, "x", "--by", by], 2).says(&["it is not known who you are"]);
    }
    shop.identity("[user]\n\tname = W\n\temail = @example.cn\n");
    shop.refused(&["note", &id, "x"], 2).says(&["it is not known who you are"]);
}
