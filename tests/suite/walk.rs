//! The way of a complaint, from an empty directory to a content customer.

use crate::ledger::TestLedger;

/// One step: what is typed, and the directory in which the case stands after it.
type Step = (&'static [&'static str], &'static str);

const COMPLAINT: [Step; 8] = [
    (
        &[
            "triage",
            "--category",
            "product/packaging",
            "--urgency",
            "important",
            "--justified",
            "--complexity",
            "simple",
        ],
        "triaged",
    ),
    (&["assign", "--department", "quality", "--owner", "zhang.wei", "--expects", "why"], "assigned"),
    (&["accept"], "investigating"),
    (&["contact", "-m", "she would like an exchange"], "investigating"),
    (&["escalate", "--reason", "beyond my powers"], "escalated"),
    (&["resolve", "--remedy", "exchange"], "resolved"),
    (&["follow-up", "--outcome", "unreached"], "resolved"),
    (&["follow-up", "--outcome", "satisfied", "--score", "5"], "closed/2026-11"),
];

#[test]
fn a_complaint_walks_from_receipt_to_a_content_customer() {
    let shop = TestLedger::empty();
    // In November, China's calendar lacks the holidays of the year to come; these rules count no working time.
    let begin = ["--lang", "en", "init", ".", "--policy", "ecommerce", "--calendar", "china"];
    let begun = shop.run(&begin).ok();
    assert!(begun.out.contains("ecommerce"), "{}", begun.out);
    assert_eq!((shop.commits(), shop.status().as_str()), (1, ""));

    let id = shop.case(&[]);
    stands(&shop, &id, "new", 1, 2);
    for (at, (words, directory)) in COMPLAINT.iter().enumerate() {
        shop.pass(30);
        let mut arguments = vec![words[0], &id[9..12]];
        arguments.extend(&words[1..]);
        let said = shop.run(&arguments).ok().out;
        assert!(said.starts_with(&id[9..]) && said.lines().count() == 1, "{said}");
        stands(&shop, &id, directory, at + 2, at + 3);
    }
}

/// Where the case stands, how many stamps it has, and how many commits there are; nothing is left to commit.
#[track_caller]
fn stands(shop: &TestLedger, id: &str, directory: &str, stamps: usize, commits: usize) {
    let path = format!("cases/{directory}/{id}.yaml");
    assert_eq!(shop.path_of(id), path);
    assert_eq!(shop.read(&path).lines().filter(|line| line.starts_with("  - ")).count(), stamps);
    assert_eq!((shop.commits(), shop.status().as_str()), (commits, ""));
    let found = shop.run(&["check"]).ok();
    assert_eq!((found.out.as_str(), found.err.as_str()), ("", ""));
}

#[test]
fn a_ledger_begins_in_a_directory_of_its_own() {
    let place = TestLedger::empty();
    let begun = place.run(&["init", "tea", "--policy", "citywide", "--lang", "zh"]).ok();
    assert!(begun.out.contains("cd tea"), "{}", begun.out);
    assert!(place.read("tea/fb.toml").contains("language = \"zh\""));
    for status in ["new", "waiting", "closed", "rejected"] {
        assert!(place.dir.join("tea/cases").join(status).join(".gitkeep").exists(), "{status}");
    }
    let again = place.run(&["init", "tea"]);
    assert_eq!(again.status, 2);
}

#[test]
fn neither_zone_nor_language_of_the_machine_changes_a_file() {
    let texts = [("Asia/Tokyo", "C"), ("America/New_York", "zh_CN.UTF-8"), ("Nowhere/Land", "xx")].map(
        |(zone, locale)| {
            let shop = TestLedger::empty().with("TZ", zone).with("LC_ALL", locale);
            shop.run(&["--lang", "en", "init", "."]).ok();
            let id = shop.case(&["--customer", "c-1"]);
            shop.run(&["note", &id, "a word", "--at", "09:30"]).ok();
            shop.read(&format!("cases/new/{id}.yaml")).replace(&id, "ID")
        },
    );
    assert!(texts[0].contains("received: 2026-11-22T09:30:00+08:00"), "{}", texts[0]);
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
}

#[test]
fn the_language_is_the_shop_s_and_can_be_asked_for() {
    let shop = TestLedger::empty();
    shop.run(&["init", ".", "--lang", "zh"]).ok();
    let id = shop.case(&[]);
    let zh = shop.refused(&["resolve", &id], 2);
    assert!(zh.err.contains("还不能"), "{}", zh.err);
    let en = shop.refused(&["--lang", "en", "resolve", &id], 2);
    assert!(en.err.contains("cannot be"), "{}", en.err);
}
