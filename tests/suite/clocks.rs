//! Time limits and whose a case is, through the binary.

use crate::ledger::TestLedger;

/// Triaged, with a category and this urgency.
fn triage(shop: &TestLedger, id: &str, urgency: &str) {
    shop.run(&["triage", id, "--category", "product/quality", "--urgency", urgency]).ok();
}

fn show(shop: &TestLedger, id: &str) -> serde_json::Value {
    shop.run(&["show", id, "--format", "json"]).ok().json()
}

#[test]
fn the_deadline_of_a_hand_over_is_a_clock_wherever_clocks_are() {
    let shop = TestLedger::of("handbook");
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&["assign", id, "--department", "quality", "--due", "2026-11-23T12:00:00+08:00"]).ok();
    shop.run(&["contact", id]).ok();
    let clocks = show(&shop, id)["clocks"].clone();
    let clock = clocks.as_array().unwrap().last().unwrap();
    assert_eq!(clock["name"], "handover");
    assert_eq!(clock["limit"], serde_json::Value::Null);
    assert_eq!((&clock["state"], &clock["clause"]), (&"running".into(), &"S2.4.2".into()));
    assert_eq!(clock["started"], "2026-11-22T09:30:00+08:00");
    assert_eq!(clock["due"], "2026-11-23T12:00:00+08:00");
    let late = "2026-11-23T13:00:00+08:00";
    for page in [&["show", id][..], &["list"], &["next"], &["report", "overdue"], &["check"]] {
        let ran = shop.at(late, page);
        assert!(ran.out.contains("hand-over"), "{page:?}: {}{}", ran.out, ran.err);
        let ran = shop.at(late, &[&["--lang", "zh"], page].concat());
        assert!(ran.out.contains("派单期限"), "{page:?}: {}{}", ran.out, ran.err);
    }
    let found = shop.at(late, &["list", "clock:handover", "--format", "json"]).ok().json();
    assert_eq!(found["cases"][0]["next_clock"], "handover");
    let rules = shop.run(&["policy", "show"]).ok().out;
    assert!(rules.contains("by the deadline that the hand-over names · every case · S2.4.2"), "{rules}");
    let report = shop.at("2026-12-02T10:00:00+08:00", &["report", "monthly", "2026-11", "--format", "json"]);
    let report = report.ok().json();
    let last = report["clocks"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["missed"]), (&"handover".into(), &1.into()));
}

#[test]
fn without_a_deadline_the_page_is_silent_and_programs_read_a_zero() {
    let shop = TestLedger::new();
    shop.case(&[]);
    shop.pass(40 * 24 * 60);
    let page = shop.run(&["report", "monthly", "2026-11"]).ok().out;
    assert!(!page.contains("hand-over"), "{page}");
    let report = shop.run(&["report", "monthly", "2026-11", "--format", "json"]).ok().json();
    let last = report["clocks"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["share"]), (&"handover".into(), &serde_json::Value::Null));
}

#[test]
fn whoever_accepts_a_case_without_an_owner_answers_for_it() {
    let shop = TestLedger::of("handbook");
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&["assign", id, "--department", "quality"]).ok();
    assert_eq!(show(&shop, id)["owner"], serde_json::Value::Null);
    shop.run(&["accept", id]).ok();
    assert!(shop.read(&shop.path_of(id)).ends_with("    by: li.na\n    owner: li.na\n"));
    assert_eq!(show(&shop, id)["owner"], "li.na");
    let ran = shop.run(&["check", "--deny", "warnings", "--only", "unowned"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
}

#[test]
fn an_urgent_case_goes_to_a_higher_desk_however_that_is_found() {
    let shop = TestLedger::of("handbook");
    let stands = |id: &str| {
        let case = show(&shop, id);
        (case["status"].as_str().unwrap().to_owned(), case["level"].as_str().map(str::to_owned))
    };
    let higher = ("escalated".to_owned(), Some("supervisor".to_owned()));
    let id = &shop.case(&[]);
    triage(&shop, id, "urgent");
    assert_eq!(stands(id), higher);

    // Urgent from the first: it goes there as it is triaged.
    let id = &shop.case(&["--urgency", "urgent"]);
    assert_eq!(stands(id), ("new".to_owned(), None));
    triage(&shop, id, "urgent");
    assert_eq!(stands(id), higher);

    // Found to be urgent before it is triaged, and while the work goes on.
    let amend =
        |id: &str| shop.run(&["amend", id, "--urgency", "urgent", "--reason", "someone was hurt"]).ok();
    let id = &shop.case(&[]);
    amend(id);
    assert_eq!(stands(id), ("new".to_owned(), None));
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    let commits = shop.commits();
    amend(id);
    assert_eq!((stands(id), shop.commits()), (higher.clone(), commits + 1));
    // Once is enough.
    shop.run(&["amend", id, "--urgency", "general", "--reason", "nobody was"]).ok();
    amend(id);
    assert_eq!(stands(id), higher);

    // Its remedy is carried out already: there it stays.
    let id = &shop.case(&[]);
    triage(&shop, id, "general");
    shop.run(&["assign", id, "--owner", "li.na"]).ok();
    shop.run(&["contact", id]).ok();
    shop.run(&["resolve", id]).ok();
    amend(id);
    assert_eq!(stands(id), ("resolved".to_owned(), None));
}

#[test]
fn where_the_policy_names_no_desk_an_urgent_case_stays() {
    let shop = TestLedger::new();
    let id = &shop.case(&[]);
    triage(&shop, id, "urgent");
    assert_eq!(show(&shop, id)["status"], "triaged");
}
