//! Stamps against commits: times are set, and what has to be found is worked out by hand.

use serde_json::Value;

use crate::ledger::{Ran, TestLedger};

pub(crate) const ID: &str = "20261005-7k3q9x";
pub(crate) const PATH: &str = "cases/new/20261005-7k3q9x.yaml";
pub(crate) const HEAD: &str = "\
id: 20261005-7k3q9x
kind: complaint
title: 杯子碎了
channel: hotline
history:
  - received: 2026-10-05T10:00:00+08:00
    by: li.na
";

/// A shop whose ledger began on 1 October.
pub(crate) fn shop() -> TestLedger {
    let shop = TestLedger::empty();
    shop.shell(
        "export GIT_AUTHOR_DATE=2026-10-01T09:00:00+08:00 GIT_COMMITTER_DATE=2026-10-01T09:00:00+08:00; \
         fb --lang en init . --policy ecommerce",
    )
    .ok();
    shop
}

/// Commits everything as it is, at these times.
fn commit(shop: &TestLedger, authored: &str, committed: &str, more: &str) {
    shop.git(&["add", "--all"]);
    shop.shell(&format!(
        "GIT_AUTHOR_DATE={authored} GIT_COMMITTER_DATE={committed} git commit --quiet --no-verify {more} -m 'by hand'"
    ))
    .ok();
}

pub(crate) fn at(shop: &TestLedger, time: &str) {
    commit(shop, time, time, "");
}

/// The case as it was received, and committed a minute later.
pub(crate) fn received() -> TestLedger {
    let shop = shop();
    shop.write(PATH, HEAD);
    at(&shop, "2026-10-05T10:01:00+08:00");
    shop
}

/// Adds an event to the case, and commits it.
pub(crate) fn add(shop: &TestLedger, event: &str, time: &str) {
    shop.write(PATH, shop.read(PATH) + event);
    at(shop, time);
}

pub(crate) fn json(shop: &TestLedger, more: &[&str]) -> (i32, Vec<(String, Option<u64>, String)>) {
    let ran = shop.run(&[&["audit", "--format", "json"], more].concat());
    let found = ran.json()["findings"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = found.iter().map(|it| (text(&it["code"]), it["line"].as_u64(), text(&it["message"])));
    (ran.status, all.collect())
}

/// The exit status and the codes that are found.
pub(crate) fn codes(shop: &TestLedger, more: &[&str]) -> (i32, Vec<String>) {
    let (status, found) = json(shop, more);
    (status, found.into_iter().map(|(code, ..)| code).collect())
}

#[track_caller]
pub(crate) fn says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.out.contains(word), "`{word}` is not in:\n{}", ran.out);
    }
}

#[test]
fn a_ledger_that_was_kept_as_it_should_be_has_nothing() {
    let shop = received();
    add(&shop, "  - contacted: 2026-10-05T11:00:00+08:00\n    by: li.na\n", "2026-10-05T12:00:00+08:00");
    let ran = shop.run(&["audit"]).ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
}

#[test]
fn a_stamp_may_be_committed_an_hour_later_or_as_much_as_is_said() {
    let shop = received();
    // One second beyond the hour.
    add(&shop, "  - contacted: 2026-10-05T11:00:00+08:00\n    by: li.na\n", "2026-10-05T12:00:01+08:00");
    let (status, found) = json(&shop, &[]);
    assert_eq!((status, found.len()), (1, 1));
    assert_eq!((found[0].0.as_str(), found[0].1), ("backdated", Some(8)));
    assert!(found[0].2.contains("1 h later") && found[0].2.contains("Li Na"), "{}", found[0].2);
    assert_eq!(codes(&shop, &["--within", "2h"]), (0, Vec::new()));
    assert_eq!(codes(&shop, &["2026-10"]).1, ["backdated"]);
    assert_eq!(codes(&shop, &["2026-11"]), (0, Vec::new()));
    let page = shop.run(&["--lang", "zh", "audit"]);
    says(&page, &["晚了 1 小时", "补录"]);
    for wrong in ["3wd", "soon", ""] {
        shop.refused(&["audit", "--within", wrong], 2).says(&["15m, 2h or 1d"]);
    }
    shop.refused(&["audit", "2026-13"], 2).says(&["2026-13"]);
}

#[test]
fn a_late_entry_that_says_so_is_none_but_touches_a_month_that_had_ended() {
    let shop = received();
    let late =
        "  - contacted: 2026-10-06T11:00:00+08:00\n    by: li.na\n    recorded: 2026-10-07T09:00:00+08:00\n";
    add(&shop, late, "2026-10-07T09:30:00+08:00");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    let later = "  - noted: 2026-10-08T11:00:00+08:00\n    by: li.na\n    recorded: 2026-11-02T09:00:00+08:00\n    note: x\n";
    add(&shop, later, "2026-11-02T09:30:00+08:00");
    let (status, found) = json(&shop, &[]);
    assert_eq!((status, found.len(), found[0].0.as_str()), (1, 1, "closed-month"));
    assert!(
        found[0].2.contains("2026-10") && found[0].2.contains("1 event added, 0 changed"),
        "{}",
        found[0].2
    );
    // What it says of its recording is held against the commit, too.
    let lie = "  - noted: 2026-11-03T11:00:00+08:00\n    by: li.na\n    recorded: 2026-11-03T12:00:00+08:00\n    note: y\n";
    add(&shop, lie, "2026-11-03T14:00:00+08:00");
    assert_eq!(codes(&shop, &[]).1.iter().filter(|code| *code == "backdated").count(), 1);
}

#[test]
fn a_stamp_of_the_future_and_an_event_of_somebody_else() {
    let shop = received();
    add(&shop, "  - contacted: 2026-10-05T12:01:00+08:00\n    by: li.na\n", "2026-10-05T12:00:00+08:00");
    assert_eq!(codes(&shop, &[]).1, Vec::<String>::new());
    add(
        &shop,
        "  - noted: 2026-10-05T13:01:01+08:00\n    by: wang.fang\n    note: x\n",
        "2026-10-05T13:00:00+08:00",
    );
    assert_eq!(codes(&shop, &[]), (1, vec!["future".to_owned(), "not-author".to_owned()]));
    says(&shop.run(&["audit"]), &["names wang.fang, but li.na added it"]);
}

#[test]
fn what_was_changed_or_taken_out_by_hand_is_told_with_what_it_was() {
    let shop = received();
    add(&shop, "  - contacted: 2026-10-05T11:00:00+08:00\n    by: li.na\n", "2026-10-05T11:01:00+08:00");
    add(
        &shop,
        "  - noted: 2026-10-05T12:00:00+08:00\n    by: li.na\n    note: angry\n",
        "2026-10-05T12:01:00+08:00",
    );
    let text = shop.read(PATH);
    let changed = text.replace("contacted: 2026-10-05T11:00", "contacted: 2026-10-05T10:30");
    // A move is no change.
    shop.git(&["rm", "--quiet", PATH]);
    let moved = "cases/triaged/20261005-7k3q9x.yaml";
    shop.write(moved, changed.split("  - noted").next().unwrap());
    at(&shop, "2026-10-05T12:30:00+08:00");
    let page = shop.run(&["audit"]);
    assert_eq!(page.status, 1);
    says(
        &page,
        &["was changed", "was removed", "contacted: 2026-10-05T11:00:00+08:00", "note: angry", moved],
    );
    assert_eq!(codes(&shop, &[]).1, ["changed", "changed"]);
    // Gone with its file.
    shop.git(&["rm", "--quiet", moved]);
    at(&shop, "2026-10-05T12:40:00+08:00");
    says(&shop.run(&["audit"]), &["7k3q9x was removed"]);
}

#[test]
fn a_merge_brings_nothing_that_a_side_had_and_may_lose_what_it_gives_up() {
    let shop = received();
    shop.git(&["checkout", "--quiet", "-b", "side"]);
    add(&shop, "  - contacted: 2026-10-05T11:00:00+08:00\n    by: li.na\n", "2026-10-05T11:01:00+08:00");
    shop.git(&["checkout", "--quiet", "-"]);
    shop.write("README", "x\n");
    at(&shop, "2026-10-05T12:00:00+08:00");
    let merge = |how: &str| {
        let line = format!(
            "GIT_AUTHOR_DATE=2026-11-09T09:00:00+08:00 GIT_COMMITTER_DATE=2026-11-09T09:00:00+08:00 \
             git merge --quiet --no-edit {how} side"
        );
        shop.shell(&line).ok();
    };
    merge("");
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    shop.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    merge("-s ours");
    assert_eq!(codes(&shop, &[]), (1, vec!["changed".to_owned(), "closed-month".to_owned()]));
}

#[test]
fn a_history_that_was_written_anew_and_one_that_is_cut_off_are_said() {
    let shop = received();
    shop.write(PATH, shop.read(PATH) + "  - contacted: 2026-10-05T11:00:00+08:00\n    by: li.na\n");
    // As a rebase leaves it: the author's time stays, the committer's is new.
    commit(&shop, "2026-10-05T11:01:00+08:00", "2026-10-06T11:01:00+08:00", "");
    assert_eq!(codes(&shop, &[]), (0, vec!["rewritten".to_owned()]));
    assert_eq!(codes(&shop, &["--within", "1d"]), (0, Vec::new()));

    let url = format!("file://{}", shop.dir.display());
    shop.git(&["clone", "--quiet", "--depth", "1", &url, "../clone"]);
    let ran = shop.run(&["-C", "../clone", "audit"]).ok();
    says(&ran, &["when 2 events were added is unknown", "git fetch --unshallow"]);
}

#[test]
fn approvals_are_held_against_the_people_of_that_time() {
    let shop = shop();
    let person = |key: &str, role: &str| {
        format!("[people.\"{key}\"]\nemail = \"{key}@example.cn\"\nrole = \"{role}\"\n")
    };
    let plain = shop.read("fb.toml");
    shop.write("fb.toml", format!("{plain}\n{}", person("li.na", "manager")));
    shop.write(
        PATH,
        format!(
            "{HEAD}  - proposed: 2026-10-05T10:10:00+08:00\n    by: li.na\n    remedy: refund\n  \
             - approved: 2026-10-05T10:20:00+08:00\n    by: li.na\n    as: quality-lead\n"
        ),
    );
    at(&shop, "2026-10-05T10:30:00+08:00");
    // Today they hold the role.
    shop.write("fb.toml", format!("{plain}\n{}", person("li.na", "quality-lead")));
    at(&shop, "2026-10-06T10:30:00+08:00");
    let (status, mut found) = codes(&shop, &[]);
    found.sort();
    assert_eq!((status, found), (1, vec!["not-in-role".to_owned(), "self-approved".to_owned()]));
}

#[test]
fn an_import_is_one_finding_until_somebody_accepts_it() {
    let shop = shop();
    shop.write(
        "t.csv",
        "external,kind,title,received,channel\nT-1,complaint,x,2026-10-02T10:00:00+08:00,email\n",
    );
    shop.shell("GIT_AUTHOR_DATE=2026-11-05T09:00:00+08:00 GIT_COMMITTER_DATE=2026-11-05T09:00:00+08:00 fb import t.csv")
        .ok();
    assert_eq!(codes(&shop, &[]), (1, vec!["imported".to_owned()]));
    let commit = shop.git(&["rev-parse", "--short=8", "HEAD"]);
    let accept = |reason: &str| {
        format!("# looked at\n[[accepted]]\ncode = \"imported\"\ncommit = \"{commit}\"\n{reason}\n")
    };
    shop.write("audit.toml", accept("reason = \"from the old desk, compared with its export\""));
    assert_eq!(codes(&shop, &[]), (0, Vec::new()));
    // Without a reason nothing is accepted, and what fits nothing is told.
    shop.write("audit.toml", accept(""));
    assert_eq!(codes(&shop, &[]), (1, vec!["baseline".to_owned(), "imported".to_owned()]));
    let stale = "[[accepted]]\ncode = \"changed\"\nid = \"20261005-7k3q9x\"\nreason = \"gone\"\n";
    shop.write("audit.toml", accept("reason = \"ok\"") + stale);
    assert_eq!(codes(&shop, &[]), (0, vec!["baseline".to_owned()]));
    for (wrong, said) in [
        ("[[accepted]]\ncode = \"changd\"\nid = \"x\"\nreason = \"r\"\n", "changd"),
        ("[[accepted]]\ncode = \"changed\"\nreason = \"r\"\n", "`id`"),
        ("[[accepted]]\ncode = \"changed\"\nid = \"x\"\nreson = \"r\"\n", "reason"),
        ("accepted = 1\n", "[[accepted]]"),
        ("not toml", "TOML"),
    ] {
        shop.write("audit.toml", wrong);
        let ran = shop.run(&["audit"]);
        assert_eq!(ran.status, 3, "{wrong}: {}", ran.err);
        ran.says(&[said, "audit.toml:"]);
    }
}

#[test]
fn what_cannot_be_audited_is_said() {
    let bare = TestLedger::empty();
    bare.run(&["init", ".", "--no-git", "--lang", "en"]).ok();
    bare.refused(&["audit"], 2).says(&["no git repository", "git init"]);
    bare.git(&["init", "-q", "."]);
    bare.refused(&["audit"], 2).says(&["there is no commit yet"]);
    let shop = received();
    shop.write(PATH, shop.read(PATH) + "  - contacted: 2026-10-05T11:00:00+08:00\n    by: li.na\n");
    shop.run(&["audit"]).ok().says(&["what is not committed is not audited: 1 file"]);
    // A version that cannot be read is told; when it is the last one, the audit is not whole.
    shop.write(PATH, "<<<<<<< x\n");
    at(&shop, "2026-10-05T11:01:00+08:00");
    let ran = shop.run(&["audit"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    ran.says(&["1 file cannot be read as a case"]);
    shop.write(PATH, HEAD);
    at(&shop, "2026-10-05T11:02:00+08:00");
    assert_eq!(codes(&shop, &[]), (0, vec!["unreadable".to_owned()]));
    assert!(json(&shop, &[]).1[0].2.contains("cannot be read in the version of commit"), "{ID}");
}
