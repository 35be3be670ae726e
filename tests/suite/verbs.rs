//! Every verb with its answer for programs, its stamp in the file and its place in the tree.

use fb::case::{EventName, Field, Form, From, Names, ROWS, Row, Shape, Status};

use crate::ledger::TestLedger;
use crate::pages;

/// A shop of four, where two roles have to approve a complaint's remedy.
pub(crate) fn staffed() -> TestLedger {
    let shop = TestLedger::free();
    let person = |key: &str, role: &str| {
        format!(
            "[people.\"{key}\"]\nemail = \"{key}@example.cn\"\nrole = \"{role}\"\ndepartment = \"service\"\n"
        )
    };
    let people = [
        person("li.na", "agent"),
        person("zhang.wei", "quality-lead"),
        person("wang.fang", "manager"),
        person("chen.hao", "supervisor"),
    ];
    shop.add_rules("fb.toml", &people.concat());
    shop.add_rules("policy/base.toml", "[approval.complaint]\nroles = [\"quality-lead\", \"manager\"]\n");
    shop
}

/// Does one verb a minute later, and holds its answer against the file.
#[track_caller]
pub(crate) fn does(shop: &TestLedger, id: &str, words: &[&str], status: &str, line: &str) {
    shop.pass(1);
    let commits = shop.commits();
    let mut arguments = vec![words[0], id];
    arguments.extend(&words[1..]);
    arguments.extend(["--format", "json"]);
    let answer = shop.run(&arguments).ok().json();
    let directory = if matches!(status, "closed" | "rejected") { "/2026-11" } else { "" };
    let path = format!("cases/{status}{directory}/{id}.yaml");
    assert_eq!(answer["version"], 1);
    let case = &answer["cases"][0];
    assert_eq!((case["id"].as_str(), case["status"].as_str()), (Some(id), Some(status)));
    assert_eq!(case["path"].as_str(), Some(path.as_str()));
    assert_eq!(shop.path_of(id), path, "{words:?}");
    let text = shop.read(&path);
    let last = text.rsplit("  - ").next().unwrap();
    assert!(last.contains(line), "`{line}` is not in the last event of:\n{text}");
    assert_eq!((shop.commits(), shop.status().as_str()), (commits + 1, ""), "{words:?}");
}

#[test]
fn a_remedy_goes_round_the_desks_until_both_roles_approve() {
    let shop = staffed();
    let id = &shop.case(&["--kind", "complaint", "--customer", "c-1", "--tag", "vip"]);
    let does = |words: &[&str], status, line| does(&shop, id, words, status, line);
    does(
        &["triage", "--category", "product/quality", "--urgency", "general"],
        "triaged",
        "triaged: 2026-11-22T09:31:00+08:00",
    );
    does(&["assign", "--department", "quality", "--due", "2d"], "assigned", "due: 2026-11-25T00:00:00+08:00");
    does(&["return", "--reason", "not ours"], "triaged", "reason: not ours");
    does(&["assign", "--owner", "zhang.wei"], "assigned", "owner: zhang.wei");
    does(&["accept", "--by", "zhang.wei"], "investigating", "by: zhang.wei");
    does(&["contact", "--channel", "phone"], "investigating", "channel: phone");
    does(&["wait", "--reason", "a photo"], "waiting", "reason: a photo");
    does(&["resume", "-m", "it came"], "investigating", "note: it came");
    does(&["diagnose", "--cause", "thin box", "--responsible", "packer"], "investigating", "cause: thin box");
    does(&["propose", "--remedy", "refund", "--cost", "12.50"], "proposed", "remedy: refund");
    does(&["decline", "--reason", "too little"], "investigating", "reason: too little");
    does(&["propose", "--remedy", "exchange", "--text", "a new cup"], "proposed", "text: a new cup");
    does(&["approve", "--by", "wang.fang"], "proposed", "as: manager");
    does(&["approve", "--by", "zhang.wei"], "approved", "as: quality-lead");
    does(&["escalate", "--reason", "it takes long"], "escalated", "level: supervisor");
    does(&["escalate", "--reason", "still"], "escalated", "level: manager");
    does(&["resolve", "--remedy", "exchange"], "resolved", "remedy: exchange");
    does(&["follow-up", "--outcome", "dissatisfied"], "investigating", "outcome: dissatisfied");
    does(&["propose", "--remedy", "exchange", "--cost", "30"], "proposed", "cost: 30");
    does(&["approve", "--by", "wang.fang"], "proposed", "as: manager");
    does(&["approve", "--by", "zhang.wei"], "approved", "as: quality-lead");
    does(&["resolve", "--cost", "30"], "resolved", "cost: 30");
    does(&["close", "--lesson", "thicker boxes"], "closed", "lesson: thicker boxes");
    does(&["reopen", "--reason", "broken again"], "investigating", "reason: broken again");
    does(&["reject", "--reason", "not our cup"], "rejected", "reason: not our cup");
}

#[test]
fn what_moves_nothing_is_stamped_and_committed_all_the_same() {
    let shop = staffed();
    let id = &shop.case(&["--kind", "improvement"]);
    std::fs::write(shop.dir.parent().unwrap().join("photo 1.jpg"), b"\xff\xd8\x00\x01").unwrap();
    let does = |words: &[&str], line| does(&shop, id, words, "new", line);
    does(&["note", "两行\n第二行"], "第二行");
    does(&["mark", "effect-confirmed"], "milestone: effect-confirmed");
    does(&["survey", "--score", "4"], "score: 4");
    does(&["amend", "--urgency", "urgent", "--reason", "typed wrongly"], "urgency: urgent");
    does(&["attach", "../photo 1.jpg", "-m", "as it came"], "file: photo 1.jpg");
    let kept = std::fs::read(shop.dir.join(format!("files/{id}/photo 1.jpg"))).unwrap();
    assert_eq!(kept, b"\xff\xd8\x00\x01");
    assert_eq!(shop.last("%(trailers:key=Event,valueonly)").trim(), "attached");
}

#[test]
fn praise_is_forwarded_and_that_closes_it() {
    let shop = staffed();
    let id = &shop.case(&["--kind", "praise"]);
    does(&shop, id, &["forward", "--to", "chen.hao,wang.fang"], "closed", "to:");
    let text = shop.read(&shop.path_of(id));
    assert!(text.contains("chen.hao") && text.contains("wang.fang"), "{text}");
}

#[test]
fn one_command_takes_several_cases_in_one_commit_or_none() {
    let shop = TestLedger::free();
    let ids = [shop.case(&[]), shop.case(&[]), shop.case(&[])];
    let before = shop.commits();
    let ran = shop.run(&["reject", &ids[0], &ids[1], &ids[0], "--reason", "spam"]).ok();
    assert_eq!((ran.out.lines().count(), shop.commits()), (2, before + 1));
    assert_eq!(shop.last("%(trailers:key=Case,valueonly)").split_whitespace().count(), 2);

    let ran = shop.refused(&["escalate", &ids[2], &ids[0], &ids[1], "--reason", "all of them"], 2);
    ran.says(&[&ids[0][9..], &ids[1][9..], "fb reopen"]);
}

#[test]
fn what_happened_earlier_keeps_its_own_stamp() {
    let shop = TestLedger::free();
    let id = shop.case(&["--at", "2026-11-21 18:00"]);
    assert!(id.starts_with("20261121-"));
    shop.run(&["contact", &id, "--at", "2026-11-21T20:00:00+09:00"]).ok();
    let text = shop.read(&format!("cases/new/{id}.yaml"));
    assert!(text.contains("  - received: 2026-11-21T18:00:00+08:00\n"), "{text}");
    assert!(text.contains("  - contacted: 2026-11-21T19:00:00+08:00\n"), "{text}");
    assert_eq!(text.matches("recorded: 2026-11-22T09:30:00+08:00").count(), 2, "{text}");
}

#[test]
fn free_text_may_begin_with_a_hyphen() {
    let shop = TestLedger::free();
    let id = &shop.case(&["--description", "- first\n- second", "-m", "--- as dictated"]);
    let text = shop.read(&shop.path_of(id));
    assert!(text.contains("- second") && text.contains("--- as dictated"), "{text}");
    does(&shop, id, &["note", "- a remark", "--at", "09:30"], "new", "- a remark");
    does(&shop, id, &["note", "--at", "09:30", "-5 °C on arrival"], "new", "-5 °C on arrival");
    does(&shop, id, &["contact", "-m", "- said thanks"], "new", "- said thanks");
    does(&shop, id, &["reject", "--reason", "-"], "rejected", "reason: \"-\"");
}

#[test]
fn every_row_of_the_table_of_events_is_a_verb_that_works() {
    let begun = TestLedger::free();
    let id = begun.case(&[]);
    for words in [
        ["triage", "--category", "other", "--urgency", "general"].as_slice(),
        &["assign", "--department", "service"],
        &["accept"],
        &["contact"],
        &["resolve", "--remedy", "exchange"],
    ] {
        begun.run(&[&[words[0], &id], &words[1..]].concat()).ok();
    }
    let praise = begun.case(&["--kind", "praise"]);
    begun.write("../photo.jpg", "a photo");
    let (page, table) = (pages::page("docs/files.md").text, pages::page("src/case/tests/table.rs").text);
    let csv = begun.run(&["export", "--format", "csv"]).ok().out;
    let headings: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    for row in &ROWS {
        let event = row.name.word();
        assert!(row.called.iter().all(|name| !name.is_empty()), "{event}: a language has no name for it");
        assert!(page.contains(&format!("\n| `{event}` | ")), "{event}: docs/files.md lacks it");
        assert!(
            table.contains(&format!("(\"{event}\", ")) || table.contains(&format!("\"{event}\",\n")),
            "{event}: src/case/tests/table.rs lacks it"
        );
        assert_eq!(headings.contains(&event), row.exported, "{event}: a column of an export");
        begun.run(&[row.verb, "--help"]).ok();
        let (case, other) = if row.name == EventName::Forwarded { (&praise, &id) } else { (&id, &praise) };
        records(&begun.copy(), case, other, row);
    }
}

/// The verb of a row writes its event with all its keys, and it is read back.
#[track_caller]
fn records(shop: &TestLedger, id: &str, other: &str, row: &Row) {
    let event = row.name.word();
    // The first event of every case
    if row.name != EventName::Received {
        for words in way(row.from) {
            shop.run(&[&[words[0], id], &words[1..]].concat()).ok();
        }
        let given = arguments(row, other);
        let words: Vec<&str> = [row.verb, id].into_iter().chain(given.iter().map(String::as_str)).collect();
        shop.pass(1);
        shop.run(&words).ok();
        let subject = shop.last("%s");
        assert!(subject.starts_with(&format!("{} ", row.verb)), "{event}: the commit says `{subject}`");
    }
    let shown = shop.run(&["show", id, "--format", "json"]).ok().json();
    let history = shown["history"].as_array().unwrap();
    let read = history.iter().rev().find(|read| read["event"] == event);
    let read = read.unwrap_or_else(|| panic!("{event}: not read back from {history:?}"));
    for key in row.keys.iter().filter(|key| key.has_flag() || key.needed) {
        assert!(!read[key.field.word()].is_null(), "{event}: {} is not read back: {read}", key.field);
    }
    let found = shop.run(&["check"]).ok();
    assert_eq!(found.out, "", "{event}");
}

/// A new round of handling.
const AGAIN: &[&str] = &["follow-up", "--outcome", "dissatisfied"];

/// What leads a resolved case to a status in which an event can happen.
fn way(from: From) -> &'static [&'static [&'static str]] {
    match from {
        From::Nothing | From::Any | From::Open | From::OpenOrClosed => &[],
        From::AtWork => &[AGAIN],
        From::Terminal => &[&["reject", "--reason", "not our cup"]],
        From::Only(Status::Proposed) => &[AGAIN, &["propose", "--remedy", "refund", "--by", "zhang.wei"]],
        From::Only(Status::Waiting) => &[&["wait", "--reason", "a photo"]],
        From::Only(status) => panic!("{status}: say here what leads to it"),
    }
}

/// A value for each key that the command line has; `other` is another case.
fn arguments(row: &Row, other: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, key) in row.keys.iter().enumerate().filter(|(_, key)| key.has_flag() || key.needed) {
        let alone = row.command == Form::OneCase && index == 0 || key.field == Field::File;
        if !alone {
            words.push(format!("--{}", key.field));
        }
        words.extend(sample(key.field, other).map(str::to_owned));
    }
    words
}

/// What a key can hold in a shop of the rules `ecommerce`; a flag says it by itself.
fn sample(field: Field, other: &str) -> Option<&str> {
    Some(match field.shape() {
        Shape::Text if field == Field::File => "../photo.jpg",
        Shape::Text => "words",
        Shape::Name(names) | Shape::Names(names) => match names {
            Names::People => "li.na",
            Names::Departments => "quality",
            Names::Channels => "phone",
            Names::Categories => "other",
            Names::Urgencies => "general",
            Names::Complexities => "simple",
            Names::Roles => "manager",
            Names::Remedies => "refund",
            Names::Milestones => "effect-confirmed",
            Names::Levels => "supervisor",
        },
        Shape::Choice(words) => words[0],
        Shape::Flag => return None,
        Shape::Score => "4",
        Shape::Money => "5",
        Shape::Moment | Shape::Day => "2d",
        Shape::Case => other,
    })
}
