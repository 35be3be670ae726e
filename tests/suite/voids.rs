//! `fb void`: a mistaken or double entry counts no more; and what `fb new` and `fb check` say of double entries.

use serde_json::{Value, json};

use crate::clones::Clones;
use crate::ledger::TestLedger;
use crate::verbs::staffed;

fn short(id: &str) -> &str {
    &id[9..]
}

/// The flow of November 2026.
fn flow(shop: &TestLedger) -> Value {
    let ran = shop.run(&["report", "monthly", "2026-11", "--format", "json"]);
    ran.json()["flow"].clone()
}

/// The codes that `check` reports.
fn codes(shop: &TestLedger) -> Vec<Value> {
    let ran = shop.run(&["check", "--format", "json"]);
    ran.json()["findings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect()
}

/// One more entry of the same customer.
fn entry(shop: &TestLedger, more: &[&str]) -> String {
    shop.pass(1);
    shop.case(&[&["--customer", "c-8841"], more].concat())
}

#[test]
fn it_needs_no_step_in_any_open_status_and_runs_no_limit() {
    let ways: [&[&[&str]]; 5] = [
        &[],
        &[&["triage", "--category", "other", "--urgency", "general", "--justified"]],
        &[&["wait", "--reason", "a photo"]],
        &[&["escalate", "--reason", "x"]],
        &[&["triage", "--category", "other", "--urgency", "urgent", "--justified"]],
    ];
    for way in ways {
        // The rules of an online shop, with all that they ask for
        let shop = TestLedger::new();
        let id = shop.case(&[]);
        for words in way {
            shop.run(&[&[words[0], &id], &words[1..]].concat()).ok();
        }
        shop.pass(1);
        let ran = shop.run(&["void", &id, "--reason", "a test entry"]).ok();
        assert!(ran.out.ends_with("→ voided\n"), "{}", ran.out);
        assert_eq!(shop.path_of(&id), format!("cases/rejected/2026-11/{id}.yaml"));
        assert_eq!(shop.last("%s"), format!("void {}: a test entry", short(&id)));
        // Years later nothing of it is late, lapsed or incomplete
        let ran = shop.at("2026-12-20T10:00:00+08:00", &["show", &id, "--format", "json"]).ok().json();
        assert_eq!((&ran["status"], &ran["voided"]), (&json!("rejected"), &json!(true)));
        // What was kept before stays; nothing runs, is late or has lapsed
        let clocks = ran["clocks"].as_array().unwrap();
        assert!(clocks.iter().all(|clock| clock["state"] == "met"), "{clocks:?}");
        let found = shop.at("2026-12-20T10:00:00+08:00", &["check"]).ok();
        assert_eq!(found.out, "", "{way:?}");
    }
}

#[test]
fn a_case_that_ended_can_be_voided_and_reopened() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.pass(1);
    shop.run(&["close", &id]).ok();
    let closed = flow(&shop);
    shop.pass(1);
    let ran = shop.run(&["void", &id, "--reason", "the wrong customer's"]).ok();
    assert_eq!(ran.out, format!("{}  closed → voided\n", short(&id)));
    assert_eq!(shop.path_of(&id), format!("cases/rejected/2026-11/{id}.yaml"));
    assert_eq!(codes(&shop), Vec::<Value>::new());
    // It had left the flow when it was closed, and does not leave it twice
    let mut expected = closed;
    expected["voided_after_end"] = json!(1);
    assert_eq!(flow(&shop), expected);
    shop.pass(1);
    let ran = shop.run(&["reopen", &id, "--reason", "it was right"]).ok();
    assert!(ran.out.starts_with(&format!("{}  voided → investigating", short(&id))), "{}", ran.out);
    let found = flow(&shop);
    let figures =
        ["received", "reopened", "closed", "voided", "closing"].map(|key| found[key].as_u64().unwrap());
    assert_eq!(figures, [1, 1, 1, 0, 1]);
}

#[test]
fn the_answers_say_that_it_is_void() {
    let shop = TestLedger::free();
    let (kept, double) = (entry(&shop, &["--order", "E-1"]), entry(&shop, &["--order", "E-1"]));
    shop.pass(1);
    shop.run(&["void", &double, "--of", short(&kept), "--reason", "entered twice"]).ok();
    let text = shop.read(&shop.path_of(&double));
    assert!(text.contains(&format!("    of: {kept}\n")), "the whole id is written:\n{text}");
    let says = |arguments: &[&str], words: &[&str]| {
        let ran = shop.run(arguments).ok();
        for word in words {
            assert!(ran.out.contains(word), "{arguments:?}: `{word}` is not in:\n{}", ran.out);
        }
    };
    let of = format!("second entry of {}", short(&kept));
    says(&["show", &double], &["status   voided", "entered twice", &of]);
    says(&["--lang", "zh", "show", &double], &["状态  作废", &format!("与 {} 重复", short(&kept))]);
    says(&["list", "status:rejected"], &["voided"]);
    says(&["list", "voided"], &[short(&double)]);
    says(&["log", &double], &["voided"]);
    says(&["policy", "explain", &double], &["The case is void"]);
    says(&["--lang", "zh", "policy", "explain", &double], &["该案卷已作废"]);
    says(&["report", "monthly", "2026-11"], &["voided"]);
    says(&["--lang", "zh", "report", "monthly", "2026-11"], &["作废"]);
    let csv = shop.run(&["export", "--format", "csv"]).ok().out;
    let column = csv.lines().next().unwrap().split(',').position(|head| head == "voided").unwrap();
    let row = csv.lines().find(|line| line.contains(&double)).unwrap();
    assert_eq!(row.split(',').nth(column), Some("2026-11-22T09:33:00+08:00"), "{row}");
    let list = shop.run(&["list", "all", "--format", "json"]).ok().json();
    let void = |id: &str| {
        list["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap()["voided"].clone()
    };
    assert_eq!((void(&double), void(&kept)), (json!(true), json!(false)));
    let ran = shop.run(&["list", "voided"]).ok();
    assert!(!ran.out.contains(short(&kept)), "{}", ran.out);
}

#[test]
fn what_cannot_be_voided_or_done_to_a_void_case_is_refused() {
    let shop = TestLedger::free();
    let (one, other) = (shop.case(&[]), shop.case(&[]));
    let refuses = |words: &[&str], said: &[&str]| shop.refused(words, 2).says(said);
    refuses(&["void", &one], &["--reason"]);
    refuses(&["void", &one, "--of", &one, "--reason", "x"], &["cannot be a second entry of itself"]);
    shop.refused(&["void", &one, "--of", "zzzzzz", "--reason", "x"], 1).says(&["zzzzzz"]);
    // In one command for both: neither is voided
    refuses(&["void", &other, &one, "--of", &one, "--reason", "x"], &["cannot be a second entry of itself"]);
    shop.pass(1);
    shop.run(&["void", &one, "--reason", "x"]).ok();
    shop.pass(1);
    let void = format!("{} is void", short(&one));
    for words in [
        ["void", "--reason", "x"].as_slice(),
        &["contact"],
        &["amend", "--owner", "li.na", "--reason", "x"],
        &["survey", "--score", "4"],
        &["mark", "effect-confirmed"],
        &["reject", "--reason", "x"],
        &["close"],
        &["triage", "--category", "other", "--urgency", "general"],
    ] {
        refuses(&[&[words[0], &one], &words[1..]].concat(), &[&void, "fb reopen"]);
    }
    refuses(&["void", &other, "--of", &one, "--reason", "x"], &[&format!("{} is void itself", short(&one))]);
    shop.run(&["note", &one, "the customer called"]).ok();
    // A rule book cannot ask for anything before it
    shop.add_rules("policy/base.toml", "\n[needs.inquiry]\nvoided = [\"contacted\"]\n");
    let found = shop.run(&["check"]);
    assert!(found.out.contains("`voided` needs no step"), "{}", found.out);
}

#[test]
fn a_void_is_undone_whole() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    let (tree, before) = (shop.git(&["rev-parse", "HEAD^{tree}"]), flow(&shop));
    shop.pass(1);
    shop.run(&["void", &id, "--reason", "x"]).ok();
    assert_eq!(flow(&shop)["voided"], 1);
    let ran = shop.run(&["undo"]).ok();
    assert!(ran.out.contains(&format!("(undone: void {}: x)", short(&id))), "{}", ran.out);
    assert_eq!(shop.git(&["rev-parse", "HEAD^{tree}"]), tree);
    assert_eq!(flow(&shop), before);
}

#[test]
fn a_case_that_a_hand_voided_of_no_case_is_found() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.pass(1);
    shop.run(&["void", &id, "--reason", "x"]).ok();
    let path = shop.path_of(&id);
    shop.put(&path, shop.read(&path) + "    of: 20261101-000000\n");
    let ran = shop.run(&["check", "--format", "json"]);
    let found = ran.json()["findings"][0].clone();
    assert_eq!(found["code"], "unknown-name");
    assert!(found["message"].as_str().unwrap().contains("20261101-000000"), "{found}");
}

#[test]
fn nothing_has_to_be_filled_in_for_a_void_case() {
    // A service desk asks for the customer, the order and the words of a complaint
    let shop = TestLedger::of("servicedesk");
    let text = "id: 20261122-7k3q9x\nkind: complaint\ntitle: x\nchannel: chat\nhistory:\n  - received: \
                2026-11-22T09:00:00+08:00\n    by: li.na\n";
    shop.put("cases/new/20261122-7k3q9x.yaml", text);
    assert!(codes(&shop).contains(&json!("incomplete")), "{:?}", codes(&shop));
    shop.run(&["void", "7k3q9x", "--reason", "a test entry"]).ok();
    assert!(!codes(&shop).contains(&json!("incomplete")), "{:?}", codes(&shop));
}

#[test]
fn a_void_on_one_side_and_work_on_the_other_stay_void() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let id = clones.case("a", "茶杯");
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.fb("a", &["void", &id, "--reason", "重复登记"]).ok();
    clones.fb("b", &["resolve", &id, "--remedy", "refund"]).ok();
    clones.fb("b", &["follow-up", &id, "--outcome", "satisfied"]).ok();
    clones.now("a", &["sync"]).ok();
    let ran = clones.now("b", &["sync"]).ok();
    assert!(ran.err.contains("recorded without knowing the events before it"), "{}", ran.err);
    let text = std::fs::read_to_string(clones.path(&format!("b/cases/rejected/2026-11/{id}.yaml"))).unwrap();
    assert_eq!(text.matches("    merged: ").count(), 2, "{text}");
    clones.is_sound("b");
    clones.now("a", &["sync"]).ok();
    assert_eq!(clones.tree("a"), clones.tree("b"));
    let report = clones.now("b", &["report", "monthly", "2026-11", "--format", "json"]).json();
    let figures =
        ["received", "closed", "rejected", "voided", "closing"].map(|key| report["flow"][key].clone());
    assert_eq!(figures, [1, 0, 0, 1, 0].map(|n| json!(n)));
    assert_eq!((&report["resolved"]["n"], &report["satisfaction"]["made"]), (&json!(0), &json!(0)));
}

#[test]
fn a_second_entry_is_said_where_it_is_made() {
    let shop = TestLedger::free();
    let first = entry(&shop, &["--order", "E-1"]);
    let new = |lang: &str, more: &[&str]| {
        shop.pass(1);
        let words = ["--lang", lang, "new", "--kind", "inquiry", "--channel", "chat", "--customer", "c-8841"];
        shop.run(&[&words, more].concat()).ok()
    };
    let ran = new("en", &["--title", "another", "--order", "E-1"]);
    let id = ran.out.split_whitespace().next().unwrap().to_owned();
    ran.says(&[
        &format!("{} is of the same customer and order (new)", short(&first)),
        &format!("fb note {} …", short(&first)),
        &format!("fb void {id} --of {} --reason …", short(&first)),
    ]);
    let ran = new("zh", &["--title", "收到的茶杯碎了", "--order", "E-2"]);
    ran.says(&[
        &format!("{} 是同一客户的案卷，标题也相同（新受理）", short(&first)),
        "如属同一件，请记在那里：fb note",
        "并作废这件：fb void",
    ]);
    let ran = new("en", &["--title", "another", "--order", "E-1", "--format", "json"]).json();
    let doubles = ran["duplicates"].as_array().unwrap();
    assert_eq!(doubles.len(), 2, "{ran}");
    assert_eq!(doubles[1]["id"], first);
    assert_eq!((&doubles[1]["status"], &doubles[1]["same"]), (&json!("new"), &json!("order")));
    // Neither another customer, nor no customer, nor one of 31 days ago, nor a linked or void one
    let quiet = |more: &[&str]| {
        shop.pass(1);
        let words = [
            "new",
            "--kind",
            "complaint",
            "--channel",
            "chat",
            "--title",
            "收到的茶杯碎了",
            "--order",
            "E-1",
        ];
        let ran = shop.run(&[&words, more].concat()).ok();
        assert_eq!(ran.err, "", "{more:?}");
    };
    quiet(&["--customer", "c-1"]);
    quiet(&[]);
    quiet(&["--customer", "c-8841", "--at", "2026-10-22 09:00"]);
}

#[test]
fn a_linked_or_void_case_is_no_other_entry() {
    let shop = TestLedger::free();
    let first = entry(&shop, &["--order", "E-1"]);
    let new = |more: &[&str]| {
        shop.pass(1);
        let words = ["new", "--kind", "inquiry", "--channel", "chat", "--title", "x", "--customer", "c-8841"];
        shop.run(&[&words[..], &["--order", "E-1"], more].concat()).ok()
    };
    assert_eq!(new(&["--link", &first]).err, "");
    let shop = TestLedger::free();
    let first = entry(&shop, &["--order", "E-1"]);
    shop.pass(1);
    shop.run(&["void", &first, "--reason", "x"]).ok();
    shop.pass(1);
    let words = ["new", "--kind", "inquiry", "--channel", "chat", "--title", "x", "--customer", "c-8841"];
    assert_eq!(shop.run(&[&words[..], &["--order", "E-1"]].concat()).ok().err, "");
}

#[test]
fn check_warns_of_the_later_one_until_they_are_told_apart() {
    let shop = staffed();
    let first = entry(&shop, &["--order", "E-1"]);
    let second = entry(&shop, &["--order", "E-1"]);
    let third = entry(&shop, &["--order", "E-9"]);
    let found = shop.run(&["check", "--only", "duplicate", "--format", "json"]).ok().json();
    let mut pairs: Vec<(String, String)> = Vec::new();
    for finding in found["findings"].as_array().unwrap() {
        assert_eq!((&finding["code"], &finding["severity"]), (&json!("duplicate"), &json!("warning")));
        pairs.push((finding["id"].as_str().unwrap().to_owned(), finding["message"].to_string()));
    }
    pairs.sort_by_key(|(case, _)| *case != second);
    assert_eq!(pairs.len(), 2, "{pairs:?}");
    assert!(pairs[0].0 == second && pairs[0].1.contains(&first), "{pairs:?}");
    assert!(pairs[1].0 == third && pairs[1].1.contains(&second), "{pairs:?}");
    let ran = shop.run(&["--lang", "zh", "check", "--only", "duplicate"]).ok();
    assert!(ran.out.contains("是同一客户的同一订单") && ran.out.contains("标题也相同"), "{}", ran.out);
    shop.pass(1);
    shop.run(&["void", &second, "--of", &first, "--reason", "entered twice"]).ok();
    // The third is now compared with the first
    let ran = shop.run(&["check", "--only", "duplicate"]).ok();
    assert!(ran.out.contains(&first) && !ran.out.contains(&second), "{}", ran.out);
    let path = shop.path_of(&third);
    shop.put(&path, shop.read(&path).replace("history:", &format!("links: [{first}]\nhistory:")));
    assert_eq!(codes(&shop), Vec::<Value>::new());
}
