//! Random conduct through the whole program: its case files, its commits, and what `fb check` says of them.
//!
//! A twentieth of the walks that `FB_WALKS` asks for, one for each rule book without it. The many walks are in
//! `src/commands/record/tests/conduct.rs`.

#[path = "../../src/commands/record/tests/conduct/clauses.rs"]
mod clauses;
#[path = "../../src/commands/record/tests/conduct/course.rs"]
mod course;
#[path = "../../src/commands/record/tests/conduct/plan.rs"]
mod plan;

use crate::ledger::TestLedger;
use clauses::{approvers, broken};
use course::Course;
use plan::{Line, PRESETS, Plan, people};

fn shop(preset: &str) -> TestLedger {
    let shop = TestLedger::of(preset);
    shop.add_rules("fb.toml", &people());
    shop
}

/// Runs a command line on the case; whether it was accepted.
fn does(shop: &TestLedger, id: &str, line: &Line) -> bool {
    let ago = line.ago.map(jiff::SignedDuration::from_mins);
    let at = ago.map(|ago| (shop.now().parse::<jiff::Timestamp>().unwrap() - ago).to_string());
    let at = at.iter().flat_map(|at| ["--at", at]);
    let words = [line.verb.as_str(), id].into_iter();
    let words: Vec<&str> = words.chain(line.more.iter().map(String::as_str)).chain(at).collect();
    shop.run(&words).status == 0
}

/// A walk; what it came to is printed with a failure.
fn walk(shop: &TestLedger, preset: &'static str, seed: u64) {
    let mut plan = Plan::new(preset, seed);
    let intake = plan.intake();
    let words = ["new", "--format", "json"].into_iter().chain(intake.iter().map(String::as_str));
    let received = shop.run(&words.collect::<Vec<_>>());
    if received.status != 0 {
        return;
    }
    let id = received.json()["cases"][0]["id"].as_str().unwrap().to_owned();
    for _ in 0..plan.length() {
        let line = plan.next();
        shop.pass(line.pass);
        if !does(shop, &id, &line) {
            plan.was_refused();
            continue;
        }
        let text = shop.read(&shop.path_of(&id));
        let course = Course::read(&text, approvers(preset, plan.kind));
        let wrong = broken(preset, &course);
        assert!(wrong.is_empty(), "{preset}, seed {seed}, after {line:?}: {wrong:?}\n{text}");
        let status = course.last_status();
        let path = shop.path_of(&id);
        assert!(path.starts_with(&format!("cases/{status}/")), "{preset}, seed {seed}: {path}, not {status}");
    }
}

/// What `check` says of conduct; that a remedy was amended once the case was resolved is said, and no fault.
fn is_lawful(shop: &TestLedger) {
    let found = shop.run(&["check", "--format", "json"]).json();
    for one in found["findings"].as_array().unwrap() {
        let message = one["message"].to_string();
        let code = one["code"].as_str().unwrap();
        let unlawful = match code {
            "not-allowed" | "self-approved" => true,
            "unapproved" => !message.contains("amended to more than was approved"),
            _ => false,
        };
        assert!(!unlawful, "{one}");
    }
}

#[test]
fn a_case_of_the_whole_program_ends_only_as_its_clauses_allow() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|word| word.parse().ok()).unwrap_or(default)
    };
    let (first, count) = (number("FB_SEED", 1), (number("FB_WALKS", 20) / 20).max(1));
    std::thread::scope(|scope| {
        for preset in PRESETS {
            scope.spawn(move || {
                let shop = shop(preset);
                (first..first + count).for_each(|seed| walk(&shop, preset, seed));
                is_lawful(&shop);
            });
        }
    });
}
