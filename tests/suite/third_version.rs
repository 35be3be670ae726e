//! In a conflict a file may say more than either side: what a command stamped there, what a hand wrote. Mending unites it.

use std::fs;

use crate::clones::Clones;
use crate::ledger::TestLedger;

/// Two clones that noted something in one case; in `b` a merge of both stopped.
fn stopped<'s>(shop: &'s TestLedger, how: &str) -> (Clones<'s>, String) {
    let clones = Clones::new(shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    match how {
        "deleted" => {
            clones.git("a", &["rm", "--quiet", &format!("cases/new/{id}.yaml")]);
            clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
        }
        _ => drop(clones.fb("a", &["note", &id, "von a"]).ok()),
    }
    clones.git("a", &["push", "--quiet", "origin", "HEAD:main"]);
    clones.fb("b", &["note", &id, "von b"]).ok();
    clones.git("b", &["fetch", "--quiet"]);
    assert_ne!(clones.try_git("b", &["merge", "origin/main"]).status, 0);
    (clones, id)
}

fn file(clones: &Clones<'_>, id: &str) -> std::path::PathBuf {
    let tree = clones.tree("b");
    let mut paths = tree.keys().filter(|path| path.ends_with(format!("{id}.yaml")));
    let path = clones.path("b").join(paths.next().unwrap());
    assert!(paths.next().is_none(), "{id} is in two places");
    path
}

fn says(clones: &Clones<'_>, id: &str) -> String {
    fs::read_to_string(file(clones, id)).unwrap()
}

/// Mends, finishes the merge, and holds that the case says all of this.
#[track_caller]
fn mended(clones: &Clones<'_>, id: &str, words: &[&str]) {
    let ran = clones.now("b", &["mend"]).ok();
    assert!(ran.out.contains("resolved"), "{}{}", ran.out, ran.err);
    let text = says(clones, id);
    for word in words {
        assert_eq!(text.matches(word).count(), 1, "{word}: {text}");
    }
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    clones.is_sound("b");
    assert_eq!(clones.now("b", &["mend"]).ok().out, "nothing to repair\n");
    assert_eq!(clones.now("b", &["recover"]).ok().out, "nothing to recover: every change is in a commit\n");
}

/// Takes git's markers out, and with them one side.
fn without_markers(text: &str, ours: bool) -> String {
    let (mut taken, mut side) = (String::new(), None);
    for line in text.lines() {
        match &line[..line.len().min(7)] {
            "<<<<<<<" => side = Some(true),
            "=======" => side = Some(false),
            ">>>>>>>" => side = None,
            _ if side.is_none_or(|side| side == ours) => taken += &format!("{line}\n"),
            _ => {}
        }
    }
    taken
}

#[test]
fn what_was_stamped_in_a_conflict_stays() {
    for how in ["--ours", "--theirs", "editor", "deleted"] {
        let shop = TestLedger::empty();
        let (clones, id) = stopped(&shop, how);
        let path = format!("cases/new/{id}.yaml");
        match how {
            "deleted" => {}
            "editor" => {
                let place = clones.path("b").join(&path);
                let text = without_markers(&fs::read_to_string(&place).unwrap(), true);
                fs::write(place, text).unwrap();
            }
            side => drop(clones.git("b", &["checkout", "--quiet", side, "--", &path])),
        }
        clones.fb("b", &["escalate", &id, "--reason", "客户要见主管"]).ok().says(&["refs/fb/kept/"]);
        let all = ["von a", "von b", "客户要见主管", "escalated: "];
        mended(&clones, &id, if how == "deleted" { &all[1..] } else { &all });
    }
}

#[test]
fn a_stamp_on_a_file_that_was_added_already_stays() {
    let shop = TestLedger::empty();
    let (clones, id) = stopped(&shop, "--theirs");
    let path = format!("cases/new/{id}.yaml");
    clones.git("b", &["checkout", "--quiet", "--theirs", "--", &path]);
    clones.git("b", &["add", "--all"]);
    clones.fb("b", &["escalate", &id, "--reason", "客户要见主管"]).ok();
    clones.git("b", &["add", "--all"]);
    mended(&clones, &id, &["von a", "von b", "客户要见主管"]);
}

#[test]
fn what_a_hand_wrote_is_united_or_kept() {
    // A comment, another title, and an event that neither side has.
    let shop = TestLedger::empty();
    let (clones, id) = stopped(&shop, "editor");
    let text = without_markers(&says(&clones, &id), true).replace("茶杯", "茶壶 # 客户更正");
    let event = "  - noted: 2026-11-22T09:55:00+08:00\n    by: wu\n    note: 手工\n";
    fs::write(file(&clones, &id), format!("{text}{event}")).unwrap();
    mended(&clones, &id, &["von a", "von b", "手工", "茶壶 # 客户更正"]);

    // Among git's markers no case can be read: what is there by hand is kept, and said.
    let shop = TestLedger::empty();
    let (clones, id) = stopped(&shop, "markers");
    let marked = says(&clones, &id).replace("=======", "    # 请核对这一条\n=======");
    fs::write(file(&clones, &id), &marked).unwrap();
    let ran = clones.now("b", &["-q", "mend"]).ok();
    ran.says(&["are kept: `git show refs/fb/kept/"]);
    let shown = ran.err.split("`git show ").nth(1).unwrap().split('`').next().unwrap().to_owned();
    assert_eq!(clones.git("b", &["show", &shown]) + "\n", marked);
    assert!(says(&clones, &id).contains("von a") && says(&clones, &id).contains("von b"));
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    let listed = clones.now("b", &["recover"]).ok();
    assert!(listed.out.contains("by-hand/"), "{}", listed.out);
    // It cannot be united, so that it stays until somebody forgets it.
    let ran = clones.now("b", &["recover", "--all"]);
    assert_eq!(ran.status, 1);
    ran.says(&["git show", "--drop"]);
    let name = listed.out.split(' ').next().unwrap();
    clones.now("b", &["recover", "--drop", name]).ok();
    assert!(clones.git("b", &["for-each-ref", "refs/fb/kept/"]).is_empty());
}

#[test]
fn git_s_own_markers_are_nothing_to_keep() {
    let shop = TestLedger::empty();
    let (clones, id) = stopped(&shop, "markers");
    mended(&clones, &id, &["von a", "von b"]);
}

#[test]
fn a_merge_that_is_given_up_after_mending_loses_no_stamp() {
    let shop = TestLedger::empty();
    let (clones, id) = stopped(&shop, "--ours");
    clones.git("b", &["checkout", "--quiet", "--ours", "--", &format!("cases/new/{id}.yaml")]);
    clones.fb("b", &["escalate", &id, "--reason", "客户要见主管"]).ok();
    clones.now("b", &["mend"]).ok();
    clones.git("b", &["reset", "--quiet", "--hard"]);
    assert!(!says(&clones, &id).contains("客户要见主管"));
    let answer = clones.now("b", &["recover", "--format", "json"]).ok().json();
    let kept = &answer["kept"][0];
    // What the other side did is on its branch, and waits for nothing.
    assert_eq!(kept["cases"][0]["events"].as_array().unwrap().len(), 1, "{answer}");
    assert_eq!(kept["cases"][0]["events"][0]["event"], "escalated");
    clones.now("b", &["recover", "--all"]).ok();
    assert!(says(&clones, &id).contains("客户要见主管"));
    clones.is_sound("b");
}
