//! `fb sync`: what comes and goes, what stands in the way, and what is said of it.

use std::fs;

use crate::clones::Clones;
use crate::ledger::TestLedger;

/// Replaces words in a file of a clone.
fn edit(clones: &Clones<'_>, file: &str, old: &str, new: &str) {
    let path = clones.path(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{text}");
    fs::write(path, text.replace(old, new)).unwrap();
}

#[test]
fn what_is_new_on_either_side_comes_and_goes() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    assert_eq!(clones.now("a", &["sync"]).ok().out, "origin/main: nothing new on either side\n");
    let (one, two) = (clones.case("a", "茶杯"), clones.case("b", "茶壶"));
    assert_eq!(clones.now("a", &["sync"]).ok().out, "origin/main: received 0, sent 1 (cases)\n");
    let ran = clones.now("b", &["sync", "--format", "json"]).ok().json();
    assert_eq!((&ran["received"], &ran["sent"]), (&serde_json::json!([one]), &serde_json::json!([two])));
    assert_eq!((&ran["version"], &ran["joined"]), (&serde_json::json!(1), &serde_json::json!([])));
    // What only they have is taken as it is, without a commit of its own.
    let head = clones.git("b", &["rev-parse", "HEAD"]);
    clones.now("a", &["sync"]).ok();
    assert_eq!(clones.git("a", &["rev-parse", "HEAD"]), head);
    assert_eq!(clones.git("b", &["log", "-1", "--format=%s"]), "sync with origin/main");
    assert_eq!(clones.tree("a"), clones.tree("b"));
    clones.is_sound("a");
}

#[test]
fn a_merge_without_a_push_and_a_look_without_either() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.case("b", "茶壶");
    let (head, shared) = (clones.git("b", &["rev-parse", "HEAD"]), clones.git("a", &["rev-parse", "HEAD"]));
    let ran = clones.now("b", &["sync", "--dry-run"]).ok();
    assert_eq!(ran.out, "origin/main: would receive 1, send 1 (cases); nothing was written (--dry-run)\n");
    assert_eq!(clones.git("b", &["rev-parse", "HEAD"]), head);
    clones.now("b", &["sync", "--no-push"]).ok();
    assert_eq!(clones.git("b", &["rev-list", "--count", "HEAD"]), "4");
    assert_eq!(
        clones.git("a", &["ls-remote", "origin", "refs/heads/main"]).split('\t').next(),
        Some(&*shared)
    );
}

#[test]
fn what_one_clerk_could_not_know_is_noted_and_is_nobodys_fault() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["reject", &id, "--reason", "不是本店的货"]).ok();
    clones.fb("b", &["assign", &id, "--department", "quality"]).ok();
    clones.now("a", &["sync"]).ok();
    let ran = clones.now("b", &["sync"]).ok();
    assert!(ran.out.contains("changed on both sides, merged: rejected"), "{}", ran.out);
    assert!(ran.err.contains("recorded without knowing the events before it"), "{}", ran.err);
    let text = fs::read_to_string(clones.path(&format!("b/cases/rejected/2026-11/{id}.yaml"))).unwrap();
    assert!(
        text.contains("    merged: \"assigned 2026-11-22T10:10:00+08:00\"\n")
            || text.contains("    merged: assigned 2026-11-22T10:10:00+08:00\n"),
        "{text}"
    );
    let ran = clones.now("b", &["check", "--only", "not-allowed,concurrent", "--format", "json"]).ok();
    let codes: Vec<_> =
        ran.json()["findings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert_eq!(codes, ["concurrent"]);
    // Nothing new is noted when it is merged again.
    clones.now("a", &["sync"]).ok();
    clones.fb("a", &["note", &id, "甲"]).ok();
    clones.fb("b", &["note", &id, "乙"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    let text = fs::read_to_string(clones.path(&format!("b/cases/rejected/2026-11/{id}.yaml"))).unwrap();
    assert_eq!(text.matches("merged:").count(), 1, "{text}");
}

#[test]
fn a_clerk_whose_clock_is_behind_works_on() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    // Received at 9:50; one clock is nine minutes ahead of the other. What is seen comes first.
    clones.at("2026-11-22T10:05:00+08:00", "a", &["wait", &id, "--reason", "等客户寄回"]).ok();
    let ran = clones.at("2026-11-22T09:56:00+08:00", "a", &["reject", &id, "--reason", "不是本店的货"]).ok();
    ran.says(&["clock is behind the last stamp", "2026-11-22T10:05:00+08:00"]);
    let text = fs::read_to_string(clones.path(&format!("a/cases/rejected/2026-11/{id}.yaml"))).unwrap();
    let last = "  - rejected: 2026-11-22T10:05:01+08:00\n    by: li.na\n    reason: 不是本店的货\n";
    assert!(text.ends_with(last), "{text}");
    // A stamp of next year is no clock's; nobody goes along with it.
    let path = clones.path(&format!("a/cases/rejected/2026-11/{id}.yaml"));
    fs::write(&path, text + "  - noted: 2027-11-22T10:06:00+08:00\n    by: li.na\n    note: x\n").unwrap();
    clones.at("2026-11-22T10:07:00+08:00", "a", &["note", &id, "乙"]).ok();
    let text = fs::read_to_string(&path).unwrap();
    let last = "  - noted: 2026-11-22T10:07:00+08:00\n    by: li.na\n    recorded: 2026-11-22T10:07:00+08:00\n    note: 乙\n";
    assert!(text.ends_with(last), "{text}");
}

#[test]
fn a_removed_case_that_others_went_on_with_stays() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (gone, kept) = (clones.case("a", "茶杯"), clones.case("a", "茶壶"));
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    for id in [&gone, &kept] {
        clones.git("a", &["rm", "--quiet", &format!("cases/new/{id}.yaml")]);
    }
    clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
    clones.fb("b", &["note", &kept, "客户又来电"]).ok();
    clones.now("a", &["sync"]).ok();
    let ran = clones.now("b", &["sync"]).ok();
    assert!(
        ran.out
            .contains(&format!("{}  was removed on one side and changed on the other; it stays", &kept[9..]))
    );
    let tree = clones.tree("b");
    let has = |id: &str| tree.keys().any(|path| path.to_str().unwrap().contains(id));
    assert!(has(&kept) && !has(&gone));
}

#[test]
fn what_is_not_committed_is_in_the_way_and_stays() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["escalate", &id, "--reason", "客户要见主管"]).ok();
    clones.now("a", &["sync"]).ok();
    let file = format!("b/cases/new/{id}.yaml");
    edit(&clones, &file, "茶杯", "茶壶");
    let before = (clones.tree("b"), clones.git("b", &["rev-parse", "HEAD"]));
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["changed here and not committed: 1", &format!("cases/new/{id}.yaml"), "git stash"]);
    assert_eq!((clones.tree("b"), clones.git("b", &["rev-parse", "HEAD"])), before);
    clones.git("b", &["checkout", "--quiet", "."]);
    // A file that git does not know stands where one is to come.
    fs::write(clones.path(&format!("b/cases/escalated/{id}.yaml")), "mine").unwrap();
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3, "{}{}", ran.out, ran.err);
    assert_eq!(fs::read_to_string(clones.path(&format!("b/cases/escalated/{id}.yaml"))).unwrap(), "mine");
    fs::remove_file(clones.path(&format!("b/cases/escalated/{id}.yaml"))).unwrap();
    // What is changed elsewhere stays changed.
    edit(&clones, "b/fb.toml", "[shop]", "# mine\n[shop]");
    clones.now("b", &["sync"]).ok();
    assert_eq!(clones.git("b", &["status", "--porcelain"]), " M fb.toml");
}

#[test]
fn rules_that_both_changed_are_for_people() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    for (clone, line) in [("a", "# one\n[shop]"), ("b", "# other\n[shop]")] {
        edit(&clones, &format!("{clone}/fb.toml"), "[shop]", line);
        clones.git(clone, &["commit", "--quiet", "--all", "-m", "by hand"]);
        clones.fb(clone, &["note", &id, clone]).ok();
    }
    clones.now("a", &["sync"]).ok();
    let head = clones.git("b", &["rev-parse", "HEAD"]);
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["fb.toml", "git merge origin/main", "fb mend"]);
    assert_eq!(clones.git("b", &["rev-parse", "HEAD"]), head);
    // As it says.
    assert_eq!(clones.try_git("b", &["merge", "--quiet", "--no-edit", "origin/main"]).status, 1);
    let text = clones.git("b", &["show", "HEAD:fb.toml"]);
    fs::write(clones.path("b/fb.toml"), text + "\n").unwrap();
    clones.git("b", &["add", "fb.toml"]);
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 2);
    ran.says(&["a merge is in progress"]);
    let ran = clones.now("b", &["mend"]).ok();
    assert_eq!(ran.out, format!("{}  resolved: cases/new/{id}.yaml\n", &id[9..]));
    ran.says(&["git merge --continue"]);
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    clones.now("b", &["sync"]).ok();
    clones.is_sound("b");
}

#[test]
fn a_case_that_nobody_can_read_is_told_and_nothing_is_written() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    edit(&clones, &format!("a/cases/new/{id}.yaml"), "kind: complaint", "kind: [");
    clones.git("a", &["commit", "--quiet", "--all", "-m", "by hand"]);
    clones.fb("b", &["note", &id, "客户又来电"]).ok();
    clones.git("a", &["push", "--quiet", "origin", "HEAD:main"]);
    let before = (clones.tree("b"), clones.git("b", &["rev-parse", "HEAD"]));
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["cannot be merged", &id, "git merge"]);
    assert_eq!((clones.tree("b"), clones.git("b", &["rev-parse", "HEAD"])), before);
}

#[test]
fn files_that_are_no_cases_come_along() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    let photo: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let picture = clones.path("photo.jpg");
    fs::write(&picture, &photo).unwrap();
    clones.fb("a", &["attach", &id, picture.to_str().unwrap()]).ok();
    fs::write(clones.path("a/README"), "ours\n").unwrap();
    clones.git("a", &["add", "--all"]);
    clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
    clones.fb("b", &["note", &id, "客户又来电"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    assert_eq!(fs::read(clones.path(&format!("b/files/{id}/photo.jpg"))).unwrap(), photo);
    assert_eq!(fs::read_to_string(clones.path("b/README")).unwrap(), "ours\n");
    clones.is_sound("b");
}

#[test]
fn who_has_no_remote_no_branch_or_the_wrong_name_is_told() {
    let shop = TestLedger::free();
    let ran = shop.refused(&["sync"], 2);
    ran.says(&["no remote", "git remote add origin"]);
    let clones_home = TestLedger::empty();
    let clones = Clones::new(&clones_home);
    let ran = clones.now("a", &["sync", "orgin"]);
    assert_eq!(ran.status, 2);
    ran.says(&["the remote `orgin`", "did you mean `origin`"]);
    let ran = clones.now("a", &["--no-commit", "sync"]);
    assert_eq!(ran.status, 2);
    clones.git("a", &["checkout", "--quiet", "--detach"]);
    let ran = clones.now("a", &["sync"]);
    assert_eq!(ran.status, 2);
    ran.says(&["on no branch", "git switch"]);
    clones.git("a", &["checkout", "--quiet", "main"]);
    clones.git("a", &["config", "remote.origin.url", "../nowhere.git"]);
    let ran = clones.now("a", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["nothing could be fetched from origin", "nothing here was changed"]);
}

#[test]
fn what_the_remote_refuses_is_said_and_kept_here() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    clones.git("a", &["config", "core.hooksPath", "hooks"]);
    fs::create_dir_all(clones.path("a/.git/hooks-of-test")).unwrap();
    let hook = clones.path("a/.git/hooks-of-test/pre-push");
    fs::write(&hook, "#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n").unwrap();
    shop.shell(&format!("chmod +x '{}'", hook.display())).ok();
    clones.git("a", &["config", "core.hooksPath", ".git/hooks-of-test"]);
    clones.case("a", "茶杯");
    let head = clones.git("a", &["rev-parse", "HEAD"]);
    let ran = clones.now("a", &["sync"]);
    assert_eq!(ran.status, 3);
    ran.says(&["not on a Sunday", "nothing is lost"]);
    assert_eq!(clones.git("a", &["rev-parse", "HEAD"]), head);
    clones.is_sound("a");
}

#[test]
fn a_ledger_below_the_top_of_its_repository() {
    let shop = TestLedger::empty();
    shop.git(&["init", "--quiet", "--bare", "--initial-branch=main", "../hub.git"]);
    shop.git(&["init", "--quiet", "--initial-branch=main", "../a"]);
    shop.run(&["--lang", "en", "init", "../a/shop/ledger"]).ok();
    shop.git(&["-C", "../a", "remote", "add", "origin", "../hub.git"]);
    let fb = |clone: &str, arguments: &[&str]| {
        shop.pass(5);
        shop.run(&[&["-C", &format!("../{clone}/shop/ledger")], arguments].concat()).ok()
    };
    fb("a", &["sync"]);
    shop.git(&["clone", "--quiet", "../hub.git", "../b"]);
    let ran = fb("a", &["new", "--kind", "praise", "--title", "好", "--channel", "chat", "--format", "json"]);
    let id = ran.json()["cases"][0]["id"].as_str().unwrap().to_owned();
    fb("a", &["sync"]);
    fb("b", &["sync"]);
    fb("a", &["note", &id, "甲"]);
    fb("b", &["escalate", &id, "--reason", "要奖励"]);
    fb("a", &["sync"]);
    assert!(fb("b", &["sync"]).out.contains("merged: escalated"));
    fb("a", &["sync"]);
    let files = shop.git(&["-C", "../a", "ls-files", "shop/ledger/cases/escalated"]);
    assert_eq!(files, format!("shop/ledger/cases/escalated/.gitkeep\nshop/ledger/cases/escalated/{id}.yaml"));
    assert_eq!(
        shop.git(&["-C", "../a", "rev-parse", "HEAD^{tree}"]),
        shop.git(&["-C", "../b", "rev-parse", "HEAD^{tree}"])
    );
    assert_eq!(shop.git(&["-C", "../b", "status", "--porcelain"]), "");
}

#[test]
fn a_case_that_a_hand_renamed_on_one_side_is_one_case() {
    for place in ["cases/new/vip/{id}.yaml", "cases/new/{id} broken cup.yaml", "cases/{id}.yaml"] {
        let shop = TestLedger::empty();
        let clones = Clones::new(&shop);
        let id = clones.case("a", "茶杯");
        clones.now("a", &["sync"]).ok();
        clones.now("b", &["sync"]).ok();
        let place = place.replace("{id}", &id);
        fs::create_dir_all(clones.path("b/cases/new/vip")).unwrap();
        clones.git("b", &["mv", &format!("cases/new/{id}.yaml"), &place]);
        clones.git("b", &["commit", "--quiet", "-m", "by hand"]);
        clones.fb("a", &["escalate", &id, "--reason", "客户要见主管"]).ok();
        clones.now("a", &["sync"]).ok();
        let ran = clones.now("b", &["sync"]).ok();
        assert!(ran.out.contains("changed on both sides"), "{}", ran.out);
        let tree = clones.tree("b");
        let cases: Vec<String> = tree.keys().map(|path| path.display().to_string()).collect();
        let cases: Vec<&String> = cases.iter().filter(|path| path.ends_with(".yaml")).collect();
        assert_eq!(cases, [&format!("cases/escalated/{id}.yaml")]);
        clones.is_sound("b");
        clones.now("a", &["sync"]).ok();
        assert_eq!(clones.tree("a"), tree);
    }
}

#[test]
fn a_case_that_a_hand_renamed_and_nobody_changed_stays_where_it_was_put() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (id, other) = (clones.case("a", "茶杯"), clones.case("a", "茶壶"));
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    let place = format!("cases/new/{id} broken cup.yaml");
    clones.git("b", &["mv", &format!("cases/new/{id}.yaml"), &place]);
    clones.git("b", &["commit", "--quiet", "-m", "by hand"]);
    clones.fb("a", &["note", &other, "客户来电催问"]).ok();
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    assert!(clones.path(&format!("b/{place}")).exists());
    assert!(!clones.path(&format!("b/cases/new/{id}.yaml")).exists());
}

#[test]
fn a_photo_stays_whose_event_stays() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    let photo = clones.path("photo.jpg");
    fs::write(&photo, "photo").unwrap();
    clones.fb("a", &["attach", &id, photo.to_str().unwrap()]).ok();
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("b", &["note", &id, "照片已看"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["undo"]).ok();
    let file = format!("files/{id}/photo.jpg");
    assert!(!clones.path("a").join(&file).exists());
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    for clone in ["a", "b"] {
        let text = fs::read_to_string(clones.path(&format!("{clone}/cases/new/{id}.yaml"))).unwrap();
        assert!(text.contains("attached:") && text.contains("照片已看"), "{text}");
        assert_eq!(fs::read_to_string(clones.path(clone).join(&file)).unwrap(), "photo");
        clones.is_sound(clone);
    }
    // A hand that takes the file out alone means it: the event stays, and is told.
    clones.git("a", &["rm", "--quiet", &file]);
    clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
    clones.fb("a", &["note", &id, "照片按客户要求删除"]).ok();
    clones.fb("b", &["note", &id, "客户来电催问"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    assert!(!clones.path("a").join(&file).exists());
    let ran = clones.now("a", &["check", "--only", "missing-file"]).ok();
    assert!(ran.out.contains("git log --all -- ") && ran.out.contains(&file), "{}", ran.out);
}
