//! The rules themselves come up for review (S0.9): from the day on that `fb init` writes, until somebody sets a new one.

use crate::ledger::TestLedger;

/// The first instant of the day six months after the ledgers begin, on 22 November 2026, and the last before it.
const DAY: &str = "2027-05-22T00:00:00+08:00";
const EVE: &str = "2027-05-21T23:59:59+08:00";

#[test]
fn the_rules_are_due_for_review_six_months_after_they_come_into_force() {
    let shop = TestLedger::new();
    assert!(shop.read("policy/base.toml").contains("\nreview = \"2027-05-22\""));
    assert!(shop.run(&["policy", "show"]).ok().out.contains("due for review on 2027-05-22"));
    let before = shop.at(EVE, &["check"]).ok();
    assert_eq!((before.out.as_str(), before.err.as_str()), ("", ""));
    let due = shop.at(DAY, &["check"]).ok();
    for words in [
        "warning[review-due]",
        "policy/base.toml:14",
        "by 2027-05-22",
        "policy/2027-05-22.toml",
        "fb policy try",
    ] {
        assert!(due.out.contains(words), "{words}:\n{}", due.out);
    }
    assert_eq!(shop.at(DAY, &["check", "--deny", "warnings"]).status, 1);
    assert_eq!(
        shop.at(DAY, &["check", "--only", "review-due", "--format", "json"]).ok().json()["findings"][0]["line"],
        14
    );
}

#[test]
fn a_new_day_or_a_new_policy_settles_the_review() {
    let renewed = TestLedger::new();
    let rules = renewed.read("policy/base.toml");
    let later = rules.replace("2027-05-22", "2027-11-22");
    renewed.put("policy/base.toml", &later);
    assert_eq!(renewed.at(DAY, &["check"]).ok().out, "");
    assert!(renewed.at("2027-11-22T00:00:00+08:00", &["check"]).ok().out.contains("review-due"));

    // An amendment settles it from its own day on, not before.
    let amended = TestLedger::new();
    amended.put("policy/2027-06-01.toml", &later);
    assert!(amended.at("2027-05-31T10:00:00+08:00", &["check"]).ok().out.contains("policy/base.toml"));
    assert_eq!(amended.at("2027-06-01T10:00:00+08:00", &["check"]).ok().out, "");
    let due = amended.at("2027-11-22T10:00:00+08:00", &["check"]).ok().out;
    assert!(due.contains("policy/2027-06-01.toml"), "{due}");
}
