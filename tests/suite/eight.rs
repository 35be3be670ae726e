//! What two clones can do to one ledger, put together three ways: by `fb sync`, by `git merge` with the driver of
//! `fb mend --install`, and by `git merge` without it and `fb mend`. What comes out is the same three times.

use std::fs;
use std::path::PathBuf;

use crate::clones::{Clones, Tree};
use crate::ledger::TestLedger;

/// Puts together what `a` and `b` did, three ways; what both have then. `a` syncs first.
#[track_caller]
fn three_ways(clones: &Clones<'_>) -> Tree {
    let (driven, plain) = (clones.copied("driven"), clones.copied("plain"));
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.now("a", &["sync"]).ok();
    let synced = clones.tree("b");
    assert_eq!(clones.tree("a"), synced);
    ["a", "b"].iter().for_each(|clone| clones.is_sound(clone));
    driven.now("b", &["mend", "--install"]).ok();
    for way in [&driven, &plain] {
        way.now("a", &["sync"]).ok();
        let ran = way.try_git("b", &["pull", "--quiet", "--no-rebase", "--no-edit"]);
        let mended = way.now("b", &["mend"]);
        assert_eq!(mended.status, 0, "{}{}{}{}", ran.out, ran.err, mended.out, mended.err);
        if ran.status != 0 {
            way.git("b", &["commit", "--quiet", "--no-edit"]);
        }
        assert_eq!(way.tree("b"), synced, "{}{}{}{}", ran.out, ran.err, mended.out, mended.err);
        way.is_sound("b");
        assert_eq!(way.now("b", &["mend"]).ok().out, "nothing to repair\n");
    }
    synced
}

/// The one file of a case in a tree, with its path.
#[track_caller]
fn file<'t>(tree: &'t Tree, id: &str) -> (&'t str, &'t str) {
    let named: Vec<_> =
        tree.iter().filter(|(path, _)| path.file_stem().is_some_and(|stem| stem == id)).collect();
    let [(path, text)] = named.as_slice() else { panic!("{id}: {named:?}") };
    (path.to_str().unwrap(), text)
}

/// The names of the events, in the order of the file.
fn events(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("  - ")?.split(':').next()).collect()
}

/// A case that both clones have.
fn shared(clones: &Clones<'_>, title: &str) -> String {
    let id = clones.case("a", title);
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    id
}

/// Corrects the title of a new case by hand.
fn retitle(clones: &Clones<'_>, clone: &str, id: &str, title: &str) {
    let path = clones.path(&format!("{clone}/cases/new/{id}.yaml"));
    let text = fs::read_to_string(&path).unwrap().replace("title: 茶杯碎了", &format!("title: {title}"));
    fs::write(&path, text).unwrap();
    clones.git(clone, &["commit", "--quiet", "--all", "-m", "by hand"]);
}

const LONG: &str = "客户在电话里说了很久：先是包装，再是客服，然后是上个月的另一个订单，要求一并处理。";

fn long() -> String {
    LONG.repeat(40)
}

#[test]
fn both_move() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    clones.fb("a", &["triage", &id, "--category", "other", "--urgency", "general"]).ok();
    clones.fb("b", &["escalate", &id, "--reason", "客户要见主管"]).ok();
    let tree = three_ways(&clones);
    let (path, text) = file(&tree, &id);
    assert_eq!(path, format!("cases/escalated/{id}.yaml"));
    assert_eq!(events(text), ["received", "triaged", "escalated"]);
}

#[test]
fn both_make_the_same_move_with_stamps_of_their_own() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    for clone in ["a", "b"] {
        clones.fb(clone, &["triage", &id, "--category", "other", "--urgency", "general"]).ok();
    }
    let tree = three_ways(&clones);
    let (path, text) = file(&tree, &id);
    assert_eq!(path, format!("cases/triaged/{id}.yaml"));
    assert_eq!(events(text), ["received", "triaged", "triaged"]);
}

#[test]
fn one_moves_and_one_edits() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    clones.fb("a", &["escalate", &id, "--reason", "客户要见主管"]).ok();
    let path = clones.path(&format!("b/cases/new/{id}.yaml"));
    let text =
        fs::read_to_string(&path).unwrap().replace("title: 茶杯碎了", "title: 茶杯碎成两半  # 看了照片");
    fs::write(&path, text).unwrap();
    clones.git("b", &["commit", "--quiet", "--all", "-m", "by hand"]);
    let tree = three_ways(&clones);
    let (path, text) = file(&tree, &id);
    assert_eq!(path, format!("cases/escalated/{id}.yaml"));
    assert!(text.contains("title: 茶杯碎成两半  # 看了照片\n"), "{text}");
    assert_eq!(events(text), ["received", "escalated"]);
}

#[test]
fn one_moves_with_a_long_note_and_one_edits() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    clones.fb("a", &["escalate", &id, "--reason", &long()]).ok();
    clones.fb("b", &["note", &id, "客户又来电"]).ok();
    let tree = three_ways(&clones);
    let (path, text) = file(&tree, &id);
    assert_eq!(path, format!("cases/escalated/{id}.yaml"));
    assert_eq!(events(text), ["received", "escalated", "noted"]);
}

#[test]
fn both_move_with_a_long_note() {
    // git pairs neither with the old file, and leaves two without a word of conflict.
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    retitle(&clones, "a", &id, "茶壶碎了");
    clones.fb("a", &["escalate", &id, "--reason", &long()]).ok();
    clones.fb("b", &["wait", &id, "--reason", &long()]).ok();
    let tree = three_ways(&clones);
    let (path, text) = file(&tree, &id);
    assert_eq!(path, format!("cases/waiting/{id}.yaml"));
    assert!(text.contains("title: 茶壶碎了\n"), "{text}");
    // No note of a title that both had changed: what it was before is in the commit that both began from.
    assert_eq!(events(text), ["received", "escalated", "waiting"]);
}

#[test]
fn both_append() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    clones.fb("b", &["note", &id, "乙先记"]).ok();
    clones.fb("a", &["note", &id, "甲后记"]).ok();
    let tree = three_ways(&clones);
    let (_, text) = file(&tree, &id);
    assert_eq!(events(text), ["received", "noted", "noted"]);
    assert!(text.find("乙先记").unwrap() < text.find("甲后记").unwrap(), "{text}");
}

#[test]
fn one_does_several_things_at_one_time_and_one_appends() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    clones.fb("a", &["triage", &id, "--category", "other", "--urgency", "general", "--justified"]).ok();
    let at = shop.now();
    for verb in [
        &["assign", "--department", "product"][..],
        &["return", "--reason", "不归我们管"],
        &["assign", "--department", "quality"],
    ] {
        clones.fb("a", &[&verb[..1], &[id.as_str()], &verb[1..], &["--at", &at]].concat()).ok();
    }
    clones.fb("b", &["note", &id, "客户又来电"]).ok();
    let tree = three_ways(&clones);
    let (path, text) = file(&tree, &id);
    assert_eq!(path, format!("cases/assigned/{id}.yaml"));
    assert_eq!(events(text), ["received", "triaged", "assigned", "returned", "assigned", "noted"]);
    assert!(text.find("product").unwrap() < text.find("quality").unwrap(), "{text}");
}

#[test]
fn both_change_one_field() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = shared(&clones, "茶杯碎了");
    for (clone, title) in [("a", "茶壶碎了"), ("b", "茶盘碎了")] {
        retitle(&clones, clone, &id, title);
    }
    clones.fb("a", &["note", &id, "甲后记"]).ok();
    let tree = three_ways(&clones);
    let (_, text) = file(&tree, &id);
    // a wrote later.
    assert!(text.contains("title: 茶壶碎了\n") && text.contains("merge: title was also: 茶盘碎了"), "{text}");
    assert_eq!(events(text), ["received", "noted", "noted"]);
}

#[test]
fn one_empties_a_directory_and_one_registers_a_case_in_it() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    // Without .gitkeep git takes the directory for a renamed one, and carries the new case along.
    clones.git("a", &["rm", "--quiet", "cases/new/.gitkeep"]);
    clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
    let moved: Vec<String> = ["茶杯", "茶壶", "茶盘"].iter().map(|title| shared(&clones, title)).collect();
    let ids: Vec<&str> = moved.iter().map(String::as_str).collect();
    clones.fb("a", &[&["escalate", "--reason", "客户要见主管"], ids.as_slice()].concat()).ok();
    let id = clones.case("b", "茶垫");
    for clone in ["a", "b"] {
        clones.git(clone, &["config", "merge.directoryRenames", "true"]);
    }
    // What keeps the directory was taken out by hand; who mends puts it back.
    let (driven, plain) = (clones.copied("driven"), clones.copied("plain"));
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.now("b", &["mend"]).ok();
    let synced = clones.tree("b");
    assert_eq!(file(&synced, &id).0, format!("cases/new/{id}.yaml"));
    clones.is_sound("b");
    driven.now("b", &["mend", "--install"]).ok();
    for way in [&driven, &plain] {
        way.now("a", &["sync"]).ok();
        way.git("b", &["pull", "--quiet", "--no-rebase", "--no-edit"]);
        assert!(way.path(&format!("b/cases/escalated/{id}.yaml")).exists(), "git has learnt");
        way.now("b", &["mend"]).ok();
        assert_eq!(way.tree("b"), synced);
        way.is_sound("b");
    }
}

#[test]
fn two_new_cases_drew_one_id() {
    one_id_twice(|_, _| ());
}

#[test]
fn two_new_cases_drew_one_id_and_one_has_moved_on() {
    // git sees two files that have nothing to do with each other.
    one_id_twice(|clones, id| {
        clones.fb("a", &["escalate", id, "--reason", "客户要见主管"]).ok();
    });
}

/// Two cases of `b` drew ids that `a` drew, too; the one links to the other, and a third to both.
#[test]
fn links_follow_several_cases_that_drew_ids_of_others() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let theirs = [clones.case("a", "杯子碎了"), clones.case("a", "盘子碎了")];
    let mine = [clones.case("b", "发货太慢"), clones.case("b", "包装破损")];
    let third = clones.case("b", "改用快递柜");
    let path = |id: &str| clones.path(&format!("b/cases/new/{id}.yaml"));
    for (mine, theirs) in mine.iter().zip(&theirs) {
        let text = fs::read_to_string(path(mine)).unwrap();
        fs::rename(path(mine), path(theirs)).unwrap();
        fs::write(path(theirs), text.replace(mine, theirs)).unwrap();
    }
    for (id, links) in
        [(&theirs[0], theirs[0].clone()), (&theirs[1], theirs[0].clone()), (&third, theirs.join("\", \""))]
    {
        let text = fs::read_to_string(path(id)).unwrap();
        fs::write(path(id), text.replace("history:", &format!("links: [\"{links}\"]\nhistory:"))).unwrap();
    }
    clones.git("b", &["add", "--all"]);
    clones.git("b", &["commit", "--quiet", "--amend", "--all", "--no-edit"]);
    for id in &theirs {
        clones.fb("a", &["escalate", id, "--reason", "客户要见主管"]).ok();
    }
    let (one, other) = (clones.copied("synced"), clones.copied("merged"));
    one.now("a", &["sync"]).ok();
    one.now("b", &["sync"]).ok();
    other.now("a", &["sync"]).ok();
    other.git("b", &["pull", "--quiet", "--no-rebase", "--no-edit"]);
    // One alone: what it cannot put right is said.
    let alone = other.copied("alone");
    alone.fb("b", &["mend", &theirs[0]]).ok().says(&["has to get another id, too"]);
    other.fb("b", &["mend"]).ok();
    for clones in [&one, &other] {
        let tree = clones.tree("b");
        let titled =
            |title: &str| tree.values().find(|text| text.contains(&format!("title: {title}\n"))).unwrap();
        let id = |title: &str| titled(title).lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
        let [first, second] = ["发货太慢", "包装破损"].map(id);
        assert!(!theirs.iter().any(|id| id == first || id == second));
        assert!(titled("发货太慢").contains(&format!("links: [\"{first}\"]")), "to itself");
        assert!(titled("包装破损").contains(&format!("links: [\"{first}\"]")), "{}", titled("包装破损"));
        assert!(titled("改用快递柜").contains(&format!("links: [\"{first}\", \"{second}\"]")));
        clones.is_sound("b");
    }
}

/// Two clones that drew one id, and what `a` did with its case then.
#[track_caller]
fn one_id_twice(then: impl Fn(&Clones<'_>, &str)) {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (mine, yours) = (clones.case("a", "茶杯碎了"), clones.case("b", "发货太慢"));
    // By chance b drew the id that a did; an improvement of b links to its case.
    let path = |id: &str| clones.path(&format!("b/cases/new/{id}.yaml"));
    let text = fs::read_to_string(path(&yours)).unwrap();
    fs::rename(path(&yours), path(&mine)).unwrap();
    fs::write(path(&mine), text.replace(&yours, &mine)).unwrap();
    let linked = clones.case("b", "改用快递柜");
    let text = fs::read_to_string(path(&linked)).unwrap();
    fs::write(path(&linked), text.replace("history:", &format!("links: [\"{mine}\"]\nhistory:"))).unwrap();
    clones.git("b", &["add", "--all"]);
    clones.git("b", &["commit", "--quiet", "--amend", "--all", "--no-edit"]);
    // Both have a picture.
    for clone in ["a", "b"] {
        let picture = clones.path(&format!("{clone}.jpg"));
        fs::write(&picture, clone).unwrap();
        clones.fb(clone, &["attach", &mine, picture.to_str().unwrap()]).ok();
    }
    then(&clones, &mine);
    let tree = three_ways(&clones);
    assert!(file(&tree, &mine).1.contains("title: 茶杯碎了"));
    let other = tree.values().find(|text| text.contains("title: 发货太慢")).unwrap();
    let id = other.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
    assert_ne!(id, mine);
    assert_eq!(file(&tree, id).0, format!("cases/new/{id}.yaml"));
    let pictures: Vec<_> = tree.keys().filter(|path| path.starts_with("files")).collect();
    let mut expected = [format!("files/{mine}/a.jpg"), format!("files/{id}/b.jpg")].map(PathBuf::from);
    expected.sort();
    assert_eq!(pictures, expected.iter().collect::<Vec<_>>());
    assert!(file(&tree, &linked).1.contains(&format!("links: [\"{id}\"]")), "{}", file(&tree, &linked).1);
}
