//! `fb policy try`: a past month under another policy, through the program.

use crate::ledger::TestLedger;

/// October 2026 has passed.
const NOW: &str = "2026-11-20T10:00:00+08:00";

/// Two complaints of October under the shop's 48 hours: one was contacted after 30 hours, one after 3.
fn shop() -> TestLedger {
    let shop = TestLedger::new();
    for (id, received, contacted) in [
        ("20261012-7k3q9x", "2026-10-12T09:00:00+08:00", "2026-10-13T15:00:00+08:00"),
        ("20261014-p0d4wz", "2026-10-14T09:00:00+08:00", "2026-10-14T12:00:00+08:00"),
    ] {
        let text = format!(
            "id: {id}\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n  - received: {received}\n    by: \
             li.na\n  - triaged: {received}\n    by: li.na\n    category: other\n    urgency: general\n  \
             - contacted: {contacted}\n    by: li.na\n"
        );
        shop.put(&format!("cases/triaged/{id}.yaml"), text);
    }
    shop
}

/// The shop's own rules with a day for the contact.
fn stricter(shop: &TestLedger) -> String {
    shop.read("policy/base.toml").replace("within = \"48h\"", "within = \"24h\"")
}

#[test]
fn a_month_is_told_under_a_stricter_limit() {
    let shop = shop();
    shop.write("strict.toml", stricter(&shop));
    let page = shop.at(NOW, &["policy", "try", "strict.toml"]).ok().out;
    for line in [
        "Under strict.toml 1 of 4 limits would have been missed: 1 more than the 0 of 4 that were.",
        "contact 100 % 2 0 50 % 2 1",
        "7k3q9x contact kept 2026-10-14 09:00 missed 2026-10-13 09:00",
        // 3 h and 30 h: the longer one would have needed 30h.
        "contact 48h 2 3h 30h 30h",
    ] {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&page).contains(line), "{line}\n{page}");
    }
    let told =
        shop.at(NOW, &["policy", "try", "strict.toml", "2026-Q4", "--format", "json", "--cases"]).ok().json();
    assert_eq!((told["version"].as_i64(), told["report"].as_str()), (Some(1), Some("policy-try")));
    assert_eq!(told["totals"]["would"]["missed"], 1);
    let contact = told["clocks"].as_array().unwrap().iter().find(|clock| clock["name"] == "contact").unwrap();
    assert_eq!(contact["was"]["cases"]["missed"], serde_json::json!([]));
    assert_eq!(contact["would"]["cases"]["missed"], serde_json::json!(["20261012-7k3q9x"]));
    assert_eq!(told["changed"][0]["would"]["due"], "2026-10-13T09:00:00+08:00");
}

#[test]
fn a_rule_book_can_be_tried_by_its_name() {
    let shop = shop();
    let told = shop.at(NOW, &["policy", "try", "aftersales", "2026-10", "--format", "json"]).ok().json();
    let clock = |name: &str| {
        let clocks = told["clocks"].as_array().unwrap();
        clocks.iter().find(|clock| clock["name"] == name).unwrap().clone()
    };
    assert!(clock("contact")["would"].is_null());
    assert!(clock("response")["was"].is_null());
    // First response within 24 h: the one after 30 h is late, the one after 3 h is not.
    assert_eq!(clock("response")["would"]["missed"], 1);
    let page = shop.at(NOW, &["--lang", "zh", "policy", "try", "aftersales", "2026-10"]).ok().out;
    assert!(page.contains("按 aftersales 试算"), "{page}");
}

#[test]
fn a_query_picks_the_cases_of_both_sides() {
    let shop = shop();
    shop.write("strict.toml", stricter(&shop));
    let told = |term: &str| {
        let arguments = ["policy", "try", "strict.toml", "2026-10", term, "--format", "json"];
        shop.at(NOW, &arguments).ok().json()["totals"].clone()
    };
    // The first was received on the 12th, the second on the 14th; each was classified and contacted.
    for (term, missed) in [("received:2026-10-12", 1), ("received:2026-10-14", 0)] {
        let totals = told(term);
        assert_eq!(
            (&totals["was"]["decided"], &totals["would"]["decided"]),
            (&2.into(), &2.into()),
            "{term}"
        );
        assert_eq!(totals["would"]["missed"], missed, "{term}");
    }
    shop.refused(&["policy", "try", "strict.toml", "--group-by", "owner"], 2)
        .says(&["not broken down", "department:quality"]);
}

#[test]
fn every_problem_of_the_policy_that_is_tried_is_told_with_its_place() {
    let shop = shop();
    shop.write("bad.toml", stricter(&shop).replace("24h", "9q").replace("\"forwarded\"", "\"forwaded\""));
    let ran = shop.refused(&["policy", "try", "bad.toml"], 2);
    ran.says(&["bad.toml:", "`9q` is not a time limit", "did you mean `forwarded`", "cannot be tried"]);
    shop.refused(&["policy", "try", "handbok"], 2).says(&["did you mean `handbook`"]);
    shop.refused(&["policy", "try", "gone.toml"], 2).says(&["gone.toml", "cannot be read"]);
    shop.refused(&["policy", "try", "citywide", "2026-13"], 2).says(&["2026-13", "is not a period"]);
}
