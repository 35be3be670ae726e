//! A command that was stopped half way: the next one finishes it, says so, and nothing is left over.

use serde_json::json;

use crate::ledger::TestLedger;

/// A case that was about to be triaged, with the plan as the stopped command noted it.
struct Stopped {
    shop: TestLedger,
    id: String,
    old: String,
    new: String,
    text: String,
}

impl Stopped {
    fn at_the_plan() -> Stopped {
        let shop = TestLedger::new();
        let id = shop.case(&[]);
        let (old, new) = (format!("cases/new/{id}.yaml"), format!("cases/triaged/{id}.yaml"));
        let before = shop.read(&old);
        let text = format!(
            "{before}  - triaged: 2026-11-22T09:30:00+08:00\n    by: li.na\n    category: other\n    urgency: general\n"
        );
        let plan = json!({
            "writes": [{ "old": old, "before": before, "new": new, "text": text }],
            "also": [],
            "subject": format!("triage {}: other, general", &id[9..]),
            "body": null,
            "trailers": [["Case", id], ["Event", "triaged"]],
        });
        shop.write(".git/fb-journal.json", plan.to_string());
        Stopped { shop, id, old, new, text }
    }

    /// The next command, on another case, finishes what was left.
    #[track_caller]
    fn is_finished(&self) {
        let shop = &self.shop;
        let before = shop.commits();
        let ran = shop.run(&["new", "--kind", "praise", "--title", "x", "--channel", "chat"]).ok();
        ran.says(&["interrupted", &self.id[9..]]);
        assert_eq!(shop.path_of(&self.id), self.new);
        assert_eq!(shop.read(&self.new), self.text);
        assert!(!shop.dir.join(".git/fb-journal.json").exists());
        assert_eq!((shop.commits(), shop.status().as_str()), (before + 2, ""));
        let event = shop.git(&["log", "-1", "--skip=1", "--format=%(trailers:key=Event,valueonly)"]);
        assert_eq!(event.trim(), "triaged");
        let again = shop.run(&["note", &self.id, "x"]).ok();
        assert!(!again.err.contains("interrupted"), "{}", again.err);
    }
}

#[test]
fn before_anything_was_written() {
    Stopped::at_the_plan().is_finished();
}

#[test]
fn with_the_new_text_at_the_old_place() {
    let stopped = Stopped::at_the_plan();
    stopped.shop.write(&stopped.old, &stopped.text);
    stopped.is_finished();
}

#[test]
fn moved_but_not_committed() {
    let stopped = Stopped::at_the_plan();
    stopped.shop.write(&stopped.new, &stopped.text);
    std::fs::remove_file(stopped.shop.dir.join(&stopped.old)).unwrap();
    stopped.is_finished();
}

#[test]
fn committed_but_not_forgotten() {
    let stopped = Stopped::at_the_plan();
    let shop = &stopped.shop;
    shop.git(&["mv", &stopped.old, &stopped.new]);
    shop.put(&stopped.new, &stopped.text);
    let before = shop.commits();
    shop.run(&["note", &stopped.id, "x"]).ok();
    assert_eq!((shop.commits(), shop.status().as_str()), (before + 1, ""));
}

#[test]
fn a_file_that_was_half_written_is_no_case() {
    let stopped = Stopped::at_the_plan();
    stopped.shop.write("cases/new/.fb-a1b2c3", "id: 2026");
    let id = stopped.shop.case(&[]);
    assert_eq!(stopped.shop.path_of(&id), format!("cases/new/{id}.yaml"));
    assert_eq!(stopped.shop.path_of(&stopped.id), stopped.new);
}

#[test]
fn a_file_that_was_changed_since_has_both() {
    let stopped = Stopped::at_the_plan();
    let shop = &stopped.shop;
    shop.write(&stopped.old, shop.read(&stopped.old).replace("茶杯", "杯子"));
    shop.run(&["note", &stopped.id, "x"]).ok().says(&["changed meanwhile"]);
    assert_eq!(shop.path_of(&stopped.id), stopped.new);
    let text = shop.read(&stopped.new);
    assert!(text.contains("收到的杯子碎了") && text.contains("  - triaged: "), "{text}");
    assert_eq!(shop.status(), "");
}

#[test]
fn a_plan_that_cannot_be_read_stops_nobody() {
    for record in [
        "{\"writes\": [",
        "",
        "{\"subject\": \"of a newer program\", \"writes\": [], \"trailers\": [], \"more\": 1}",
    ] {
        let stopped = Stopped::at_the_plan();
        let shop = &stopped.shop;
        shop.write(".git/fb-journal.json", record);
        let found = shop.run(&["check", "--only", "pending"]);
        assert_eq!(found.status, 1, "{}", found.err);
        let ran = shop.run(&["-q", "note", &stopped.id, "x"]).ok();
        ran.says(&["cannot be read", "fb-kept", "fb recover"]);
        let kept = shop.run(&["recover", "--format", "json"]).ok().json();
        let name = kept["kept"][0]["ref"].as_str().unwrap().to_owned();
        assert_eq!(std::fs::read_to_string(&name).unwrap(), record);
        shop.run(&["check", "--only", "pending"]).ok();
        let stem = std::path::Path::new(&name).file_stem().unwrap().to_str().unwrap().to_owned();
        shop.run(&["recover", "--drop", &stem]).ok();
        assert_eq!(shop.run(&["check", "--only", "pending", "--deny", "warnings"]).ok().out, "");
    }
}

#[test]
fn readers_are_told_by_check_and_write_nothing() {
    let stopped = Stopped::at_the_plan();
    let shop = &stopped.shop;
    shop.write(&stopped.old, &stopped.text);
    let before = shop.snapshot();
    shop.run(&["list"]).ok();
    shop.run(&["show", &stopped.id]).ok();
    let found = shop.run(&["check"]);
    assert_eq!(found.status, 1, "{}", found.out);
    found.says(&["a command was interrupted here", "fb mend"]);
    assert_eq!(shop.snapshot(), before);
    shop.run(&["mend"]).ok().says(&["finished an interrupted command"]);
    assert_eq!(shop.path_of(&stopped.id), stopped.new);
    shop.run(&["check"]).ok();
}

/// git's own lock is not ours to remove: the work is done, it is said why it is not committed, and the next command
/// commits it when the lock is gone.
#[test]
fn a_lock_of_another_git_process_stays() {
    for lock in ["index.lock", "HEAD.lock", "refs/heads/main.lock"] {
        let shop = TestLedger::new();
        shop.git(&["branch", "--quiet", "-M", "main"]);
        let id = shop.case(&[]);
        let other = shop.git(&["commit-tree", "-m", "theirs", "HEAD^{tree}", "-p", "HEAD~1"]);
        shop.write(&format!(".git/{lock}"), format!("{other}\n"));
        if lock == "HEAD.lock" {
            // Only the program minds it.
            shop.git(&["config", "hook.none.command", "true"]);
        }
        let before = shop.commits();
        let contact = format!("contact {}", &id[9..]);
        for words in [
            ["the change is made, but not committed", &format!("that writes commits it: {contact}")],
            ["nothing was done, because an earlier change is written", &format!("not committed ({contact})")],
        ] {
            let ran = shop.run(&["contact", &id]);
            assert_eq!(ran.status, 3, "{lock}: {}", ran.out);
            ran.says(&words);
            ran.says(&["another git process"]);
        }
        assert_eq!(shop.read(&format!(".git/{lock}")), format!("{other}\n"));
        std::fs::remove_file(shop.dir.join(".git").join(lock)).unwrap();
        shop.run(&["note", &id, "x"]).ok().says(&["finished an interrupted command"]);
        assert_eq!((shop.commits(), shop.status().as_str()), (before + 2, ""), "{lock}");
        assert_eq!(shop.read(&shop.path_of(&id)).matches("contacted: ").count(), 1, "{lock}");
    }
}

#[test]
fn what_a_hand_changed_while_a_sync_was_interrupted_stays() {
    let stopped = Stopped::at_the_plan();
    let shop = &stopped.shop;
    let (from, rules) = (shop.git(&["rev-parse", "HEAD"]), shop.read("fb.toml"));
    shop.write("fb.toml", format!("{rules}# of the others\n"));
    shop.write("notes.txt", "from the others\n");
    shop.git(&["add", "fb.toml", "notes.txt"]);
    shop.git(&["commit", "--quiet", "-m", "others"]);
    let to = shop.git(&["rev-parse", "HEAD"]);
    shop.git(&["reset", "--quiet", "--hard", &from]);
    let plan = json!({
        "writes": [], "also": [], "subject": "sync", "body": null, "trailers": [],
        "then": { "Advance": { "from": from, "to": to } },
    });
    shop.write(".git/fb-journal.json", plan.to_string());
    // The one was changed by a hand since, the other is as far as git had come.
    shop.write("fb.toml", format!("{rules}# by hand\n"));
    shop.write("notes.txt", "from the");
    let ran = shop.run(&["-q", "note", &stopped.id, "x"]).ok();
    ran.says(&["fb.toml", "interrupted"]);
    assert!(!ran.err.contains("notes.txt"), "{}", ran.err);
    assert_eq!(shop.git(&["rev-parse", "HEAD~1"]), to);
    assert_eq!(shop.read("fb.toml"), format!("{rules}# by hand\n"));
    assert_eq!(shop.read("notes.txt"), "from the others\n");
    assert_eq!(shop.git(&["show", "HEAD:fb.toml"]) + "\n", format!("{rules}# of the others\n"));
    assert_eq!(shop.status(), "M  fb.toml");
}
