//! A plan that a command left behind is finished by what it means: whatever became of its files meanwhile, nobody who
//! comes after has to wait, and nothing that it said is lost.

use std::fs;

use serde_json::{Value, json};

use crate::ledger::TestLedger;

/// A ledger whose last command could not commit, and left its plan: `words` was noted.
fn stopped(words: &str) -> (TestLedger, String) {
    let shop = TestLedger::new();
    shop.git(&["branch", "--quiet", "-M", "main"]);
    let id = shop.case(&[]);
    shop.pass(1);
    shop.write(".git/index.lock", "");
    let ran = shop.run(&["note", &id, words]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    fs::remove_file(shop.dir.join(".git/index.lock")).unwrap();
    assert!(shop.dir.join(".git/fb-journal.json").exists());
    (shop, id)
}

#[track_caller]
fn is_reported(shop: &TestLedger) {
    let found = shop.run(&["check", "--only", "pending", "--format", "json"]);
    let found = (found.status, found.json()["findings"][0]["severity"].clone());
    assert_eq!(found, (1, json!("error")));
}

fn kept(shop: &TestLedger) -> Vec<Value> {
    shop.run(&["recover", "--format", "json"]).ok().json()["kept"].as_array().unwrap().clone()
}

/// The next command on another case goes well, and leaves no record.
#[track_caller]
fn goes_on(shop: &TestLedger) -> crate::ledger::Ran {
    let ran = shop.run(&["-q", "new", "--kind", "praise", "--title", "x", "--channel", "chat"]).ok();
    assert!(!shop.dir.join(".git/fb-journal.json").exists());
    let found = shop.run(&["check", "--only", "pending", "--format", "json"]).json();
    let errors = found["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    assert_eq!(errors.filter(|one| one["code"] == "pending").count(), 0, "{found}");
    ran
}

#[test]
fn what_was_committed_by_hand_is_done() {
    for more in ["", "# seen\n", "  - noted: 2026-11-22T09:31:00+08:00\n    by: wu\n    note: by hand\n"] {
        let (shop, id) = stopped("eins");
        is_reported(&shop);
        let path = shop.path_of(&id);
        shop.put(&path, shop.read(&path) + more);
        let text = shop.read(&path);
        goes_on(&shop);
        assert_eq!(shop.read(&path).matches("note: eins").count(), 1);
        assert!(more.is_empty() || shop.read(&path).contains(more.trim()), "{text}");
        assert_eq!((shop.status().as_str(), kept(&shop).len()), ("", 0));
    }
}

#[test]
fn a_case_that_went_on_has_both_wherever_it_is() {
    // Somebody took the change back and moved the case on by hand.
    let (shop, id) = stopped("eins");
    let path = shop.path_of(&id);
    shop.git(&["checkout", "--quiet", "--", &path]);
    let triaged =
        "  - triaged: 2026-11-22T09:45:00+08:00\n    by: wu\n    category: other\n    urgency: general\n";
    let text = shop.read(&path) + triaged;
    fs::remove_file(shop.dir.join(&path)).unwrap();
    shop.put(&format!("cases/triaged/{id}.yaml"), text);
    goes_on(&shop).says(&["changed meanwhile"]);
    assert_eq!(shop.path_of(&id), format!("cases/triaged/{id}.yaml"));
    let text = shop.read(&shop.path_of(&id));
    assert!(text.contains("note: eins") && text.contains("triaged: "), "{text}");
    assert_eq!((shop.status().as_str(), kept(&shop).len()), ("", 0));
}

#[test]
fn what_can_be_neither_done_nor_united_is_kept() {
    for how in ["gone", "unreadable", "directory", "other branch"] {
        let (shop, id) = stopped("eins");
        let path = shop.path_of(&id);
        match how {
            "gone" => {
                shop.git(&["rm", "--quiet", "--force", &path]);
                shop.git(&["commit", "--quiet", "-m", "by hand"]);
            }
            "unreadable" => shop.write(&path, "<<<<<<< no case\n"),
            "directory" => {
                fs::remove_file(shop.dir.join(&path)).unwrap();
                fs::create_dir(shop.dir.join(&path)).unwrap();
            }
            _ => {
                let empty = shop.git(&["rev-list", "--max-parents=0", "HEAD"]);
                shop.git(&["checkout", "--quiet", "--force", "-B", "other", &empty]);
            }
        }
        let before = fs::read(shop.dir.join(&path)).ok();
        goes_on(&shop).says(&["could not be finished", "refs/fb/kept/", "fb recover"]);
        assert_eq!(fs::read(shop.dir.join(&path)).ok(), before, "{how}");
        let waits = kept(&shop);
        assert_eq!((waits.len(), &waits[0]["pending"]), (1, &json!(true)), "{how}");
        let events = waits[0]["cases"][0]["events"].as_array().unwrap();
        assert!(events.iter().any(|event| event["note"] == "eins"), "{how}: {events:?}");
        match how {
            "unreadable" => shop.git(&["checkout", "--quiet", "--", &path]),
            "directory" => {
                fs::remove_dir(shop.dir.join(&path)).unwrap();
                shop.git(&["checkout", "--quiet", "--", &path])
            }
            "other branch" => shop.git(&["checkout", "--quiet", "main"]),
            _ => String::new(),
        };
        shop.run(&["recover", "--all"]).ok();
        assert!(shop.read(&shop.path_of(&id)).contains("note: eins"), "{how}");
        assert_eq!((shop.status().as_str(), kept(&shop).len()), ("", 0), "{how}");
    }
}

#[test]
fn files_that_are_no_cases_stay_as_they_are() {
    let (shop, _) = stopped("eins");
    let plan = json!({
        "writes": [
            { "old": "fb.toml", "before": shop.read("fb.toml"), "new": "fb.toml", "text": shop.read("fb.toml") + "# ours\n" },
            { "old": null, "before": null, "new": "cases/new/.gitkeep", "text": "" },
        ],
        "removals": [{ "path": "README", "before": "as it was\n" }],
        "also": ["files"], "subject": "import 0 cases", "body": null, "trailers": [],
    });
    shop.run(&["mend"]).ok();
    shop.put("README", "changed\n");
    fs::create_dir(shop.dir.join("files")).unwrap();
    shop.put("fb.toml", shop.read("fb.toml") + "# theirs\n");
    shop.write(".git/fb-journal.json", plan.to_string());
    goes_on(&shop).says(&["could not be finished"]);
    assert!(shop.read("fb.toml").ends_with("# theirs\n"));
    assert_eq!(shop.read("README"), "changed\n");
    let waits = kept(&shop);
    assert_eq!(waits[0]["files"], json!(["fb.toml"]));
    let shown = format!("{}:fb.toml", waits[0]["ref"].as_str().unwrap());
    assert!(shop.git(&["show", &shown]).ends_with("# ours"));
}

#[test]
fn without_git_the_record_itself_is_kept() {
    let (shop, id) = stopped("eins");
    let path = shop.path_of(&id);
    let record = fs::read(shop.dir.join(".git/fb-journal.json")).unwrap();
    let text = shop.read(&path);
    fs::remove_dir_all(shop.dir.join(".git")).unwrap();
    shop.write("fb.toml", shop.read("fb.toml") + "\n[people.\"li.na\"]\nname = \"Li Na\"\n");
    let shop = shop.with("FB_BY", "li.na");
    shop.write(".fb/fb-journal.json", record);
    fs::remove_file(shop.dir.join(&path)).unwrap();
    assert_eq!(shop.run(&["check", "--only", "pending"]).status, 1);
    let new = ["-q", "new", "--kind", "praise", "--title", "x", "--channel", "chat"];
    shop.run(&new).ok().says(&["could not be finished", "fb-kept"]);
    assert!(!shop.run(&new).ok().err.contains("could not be finished"));
    assert_eq!((kept(&shop).len(), &kept(&shop)[0]["pending"]), (1, &json!(true)));
    shop.run(&["recover", &id]).ok();
    assert_eq!(shop.read(&path), text);
    assert!(kept(&shop).is_empty());
}

#[test]
fn the_resolution_of_a_merge_that_is_over_is_kept_as_far_as_no_commit_has_it() {
    let (shop, id) = stopped("eins");
    shop.run(&["mend"]).ok();
    let path = shop.path_of(&id);
    let (before, more) =
        (shop.read(&path), "  - noted: 2026-11-22T09:40:00+08:00\n    by: wu\n    note: zwei\n");
    let plan = json!({
        "writes": [{ "old": path, "before": before, "new": path, "text": format!("{before}{more}") }],
        "also": [], "subject": "mend a merge", "body": null, "trailers": [], "then": "Stage",
    });
    shop.write(".git/fb-journal.json", plan.to_string());
    goes_on(&shop).says(&["its merge is over"]);
    assert_eq!(shop.read(&path), before);
    assert_eq!(kept(&shop)[0]["cases"][0]["events"][0]["note"], "zwei");
}

#[test]
fn a_sync_that_was_interrupted_takes_no_file_that_was_changed_meanwhile() {
    let (shop, id) = stopped("eins");
    shop.run(&["mend"]).ok();
    let path = shop.path_of(&id);
    let (from, before) = (shop.git(&["rev-parse", "HEAD"]), shop.read(&path));
    shop.run(&["note", &id, "zwei"]).ok();
    let (to, text) = (shop.git(&["rev-parse", "HEAD"]), shop.read(&path));
    shop.git(&["reset", "--quiet", "--hard", &from]);
    let plan = json!({
        "writes": [{ "old": path, "before": before, "new": path, "text": text }],
        "also": [], "subject": "sync with origin/main", "body": null, "trailers": [],
        "then": { "Advance": { "from": from, "to": to } },
    });
    shop.write(".git/fb-journal.json", plan.to_string());
    shop.write(&path, before.clone() + "  no case\n");
    goes_on(&shop);
    assert_eq!(shop.read(&path), before + "  no case\n");
    let history = shop.git(&["log", "--format=%H"]);
    assert!(history.contains(&to), "{history}");
}

#[test]
fn it_is_reported_even_if_what_is_kept_cannot_be_looked_up() {
    let (shop, _) = stopped("eins");
    shop.write(".git/refs/fb/kept/20261122T013000Z-00000000", "1234567890123456789012345678901234567890\n");
    shop.run(&["check"]).says(&["changes that are in no commit cannot be looked up"]);
    is_reported(&shop);
}
