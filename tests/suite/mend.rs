//! What merges and hands leave on disk, and `fb mend` puts right: through clones and real git.

use crate::ledger::{Ran, TestLedger};

/// A shop with a case, and a clone of it beside.
fn two_clones() -> (TestLedger, String) {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.git(&["clone", "--quiet", ".", "../north"]);
    (shop, id)
}

/// Runs `fb` in the clone, ten minutes later.
fn north(shop: &TestLedger, arguments: &[&str]) {
    shop.pass(10);
    shop.run(&[&["-C", "../north"], arguments].concat()).ok();
}

/// Merges the clone as a forge does that sees no renames, and keeps whatever is left.
fn merge_blindly(shop: &TestLedger) {
    shop.try_git(&["pull", "--quiet", "--no-rebase", "--no-edit", "--strategy=resolve", "../north"]);
    shop.git(&["add", "--all"]);
    shop.try_git(&["commit", "--quiet", "--no-verify", "-m", "merged"]);
    assert_eq!(shop.status(), "");
}

/// Holds that nothing is left to repair, and that it says so.
#[track_caller]
fn is_sound(shop: &TestLedger) {
    let kinds = "wrong-directory,duplicate-id,missing-keep,unreadable,out-of-order";
    shop.run(&["check", "--only", kinds]).ok();
    assert_eq!(shop.status(), "");
    let commits = shop.commits();
    assert_eq!(shop.run(&["mend"]).ok().out, "nothing to repair\n");
    assert_eq!(shop.commits(), commits);
}

fn names(shop: &TestLedger, id: &str) -> Vec<String> {
    let text = shop.read(&shop.path_of(id));
    let heads = text.lines().filter_map(|line| line.strip_prefix("  - "));
    heads.map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

#[track_caller]
fn mended(shop: &TestLedger, arguments: &[&str]) -> Ran {
    let commits = shop.commits();
    let ran = shop.run(&[&["mend"], arguments].concat()).ok();
    assert_eq!(shop.commits(), commits + 1, "{}{}", ran.out, ran.err);
    ran
}

#[test]
fn two_moves_of_one_case() {
    let (shop, id) = two_clones();
    north(&shop, &["triage", &id, "--category", "other", "--urgency", "general"]);
    shop.pass(10);
    shop.run(&["escalate", &id, "--reason", "客户要见主管"]).ok();
    merge_blindly(&shop);
    let ran = shop.run(&["check", "--only", "duplicate-id"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains(&format!("`fb mend {}`", &id[9..])), "{}", ran.out);
    let ran = mended(&shop, &[&id[9..]]);
    let place = format!("cases/escalated/{id}.yaml");
    assert_eq!(ran.out, format!("{}  merged from 2 files: {place}\n", &id[9..]));
    assert_eq!(shop.path_of(&id), place);
    assert_eq!(names(&shop, &id), ["received", "triaged", "escalated"]);
    let paths = shop.git(&["show", "--name-only", "--no-renames", "--format=", "HEAD"]);
    assert_eq!(paths, format!("{place}\ncases/triaged/{id}.yaml"));
    assert_eq!(
        shop.last("%s"),
        format!("mend {}  merged from 2 files: {place}", &id[9..]).replace("  ", " ")
    );
    assert_eq!(shop.last("%(trailers:only)"), format!("Case: {id}\nFb-Command: mend"));
    is_sound(&shop);
}

#[test]
fn the_same_move_with_two_stamps() {
    let (shop, id) = two_clones();
    north(&shop, &["triage", &id, "--category", "other", "--urgency", "general"]);
    shop.pass(10);
    shop.run(&["triage", &id, "--category", "other", "--urgency", "urgent"]).ok();
    shop.run(&["accept", &id]).ok();
    merge_blindly(&shop);
    mended(&shop, &[]);
    assert_eq!(names(&shop, &id), ["received", "triaged", "triaged", "accepted"]);
    is_sound(&shop);
}

#[test]
fn a_move_and_a_remark() {
    let (shop, id) = two_clones();
    north(&shop, &["triage", &id, "--category", "other", "--urgency", "general"]);
    shop.pass(10);
    shop.run(&["note", &id, "很长的一段说明"]).ok();
    merge_blindly(&shop);
    mended(&shop, &[]);
    assert_eq!(shop.path_of(&id), format!("cases/triaged/{id}.yaml"));
    assert_eq!(names(&shop, &id), ["received", "triaged", "noted"]);
    is_sound(&shop);
}

#[test]
fn a_copy_adds_nothing() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let text = shop.read(&shop.path_of(&id));
    shop.put(&format!("cases/waiting/{id}.yaml"), &text);
    mended(&shop, &[]);
    assert_eq!(shop.read(&format!("cases/new/{id}.yaml")), text);
    assert_eq!(names(&shop, &id), ["received"]);
    is_sound(&shop);
}

#[test]
fn a_case_that_was_moved_by_hand() {
    let shop = TestLedger::new();
    let (id, other) = (shop.case(&[]), shop.case(&[]));
    for id in [&id, &other] {
        shop.git(&["mv", &format!("cases/new/{id}.yaml"), "cases/resolved/"]);
    }
    shop.git(&["commit", "--quiet", "-m", "by hand"]);
    let ran = mended(&shop, &[&id]);
    assert_eq!(ran.out, format!("{}  moved to cases/new/{id}.yaml\n", &id[9..]));
    assert_eq!(shop.path_of(&other), format!("cases/resolved/{other}.yaml"), "it was not asked for");
    mended(&shop, &[]);
    assert_eq!(shop.path_of(&other), format!("cases/new/{other}.yaml"));
    is_sound(&shop);
}

#[test]
fn directories_that_lost_what_keeps_them() {
    let shop = TestLedger::new();
    shop.git(&["rm", "--quiet", "cases/waiting/.gitkeep", "cases/closed/.gitkeep"]);
    shop.git(&["commit", "--quiet", "-m", "tidied up"]);
    let before = shop.snapshot();
    let said = "restored cases/waiting/.gitkeep\nrestored cases/closed/.gitkeep\n";
    let ran = shop.run(&["mend", "--dry-run"]).ok();
    assert_eq!(ran.out, format!("{said}nothing was written (--dry-run)\n"));
    assert_eq!(shop.snapshot(), before);
    assert_eq!(mended(&shop, &[]).out, said);
    assert_eq!(shop.last("%s"), "mend 2 places");
    assert!(shop.dir.join("cases/waiting/.gitkeep").is_file());
    is_sound(&shop);
}

#[test]
fn of_two_cases_with_one_id_the_later_one_gets_another() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let text = shop.read(&shop.path_of(&id)).replace("收到的茶杯碎了", "发错货").replace("T09:30", "T09:45");
    shop.put(&format!("cases/waiting/{id}.yaml"), &text);
    let ran = mended(&shop, &[]);
    // No merge brought them, so nobody knows which links mean which.
    assert!(ran.err.contains(&format!("links to {} were left as they are", &id[9..])), "{}", ran.err);
    assert_eq!(shop.path_of(&id), format!("cases/new/{id}.yaml"));
    shop.pass(30);
    let listed = shop.run(&["list", "--format", "json", "发错货"]).ok().json();
    let new = listed["cases"][0]["id"].as_str().unwrap();
    assert_ne!(new, id);
    assert_eq!(shop.read(&format!("cases/new/{new}.yaml")), text.replace(&id, new));
    is_sound(&shop);
}

#[test]
fn a_case_does_not_get_another_id_without_its_attachment() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let text = shop.read(&shop.path_of(&id)).replace("收到的茶杯碎了", "发错货").replace("T09:30", "T09:45");
    let photo = "  - attached: 2026-11-22T09:50:00+08:00\n    by: wu\n    file: photo.jpg\n";
    shop.put(&format!("cases/waiting/{id}.yaml"), text + photo);
    // A file is in the place of the directory: whether the photo is there is not known.
    let files = format!("files/{id}");
    shop.put(&files, "");
    shop.refused(&["mend"], 1).says(&[&files]);
    shop.git(&["rm", "--quiet", &files]);
    shop.put(&format!("{files}/photo.jpg"), "jpg");
    mended(&shop, &[]);
    let moved = shop.git(&["ls-files", "files"]);
    assert!(moved.ends_with("/photo.jpg") && !moved.contains(&id), "{moved}");
}

#[test]
fn attributes_that_cannot_be_read_are_named() {
    let shop = TestLedger::new();
    shop.put(".gitattributes", b"* text=auto # \xff\n");
    let before = shop.snapshot();
    let ran = shop.run(&["mend", "--install"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    ran.says(&[".gitattributes", "UTF-8"]);
    assert_eq!(shop.snapshot(), before);
}

#[test]
fn what_cannot_be_read_is_told() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.put(&format!("cases/new/{id}.yaml"), "<<<<<<< ours\n");
    let ran = shop.refused(&["mend"], 3);
    assert!(ran.err.contains("1 case file cannot be read and was left as it is"), "{}", ran.err);
    shop.refused(&["mend", &id], 3);
    shop.refused(&["mend", "nobody"], 1);
}

#[test]
fn a_join_that_was_interrupted_is_finished() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let place = shop.path_of(&id);
    let text = shop.read(&place);
    let second = format!("cases/waiting/{id}.yaml");
    shop.put(&second, &text);
    let write = |old: &str| serde_json::json!({ "old": old, "before": text, "new": place, "text": text });
    let plan = serde_json::json!({
        "writes": [write(&place), write(&second)], "subject": "mend", "body": null, "trailers": []
    });
    shop.write(".git/fb-journal.json", plan.to_string());
    let ran = shop.run(&["mend"]).ok();
    assert!(ran.err.contains("finished an interrupted command"), "{}", ran.err);
    assert_eq!(shop.path_of(&id), place);
    is_sound(&shop);
}
