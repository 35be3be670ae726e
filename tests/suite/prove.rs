//! `fb policy prove`: the commands that it prints do what it says, in a shell, from a new ledger.

use crate::ledger::TestLedger;

/// A department has a day to accept; nothing asks whether it did before the case is closed.
const RULES: &str = "
edition = 2
[[clock]]
name = 'accept'
clause = 'A1'
when = { kind = 'complaint' }
start = 'assigned'
stop = ['accepted', 'returned']
within = '1d'
[needs.complaint]
closed = { steps = ['contacted'], clause = 'A2' }
rejected = ['contacted']
[[clause]]
code = 'A1'
text = 'accepted within a day'
by = ['clock accept']
[[clause]]
code = 'A2'
text = 'nobody closes without contact'
by = ['needs complaint.closed']
[[clause]]
code = 'A3'
text = 'reported each month'
by = ['report monthly']
";

fn ledger(rules: &str) -> TestLedger {
    let shop = TestLedger::new();
    shop.write("policy/base.toml", rules);
    shop
}

#[test]
fn what_is_printed_can_be_pasted_and_leads_there() {
    let shop = ledger(RULES);
    let ran = shop.run(&["policy", "prove", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let proof = ran.json();
    let holds: Vec<_> =
        proof["clauses"].as_array().unwrap().iter().map(|clause| clause["holds"].as_bool()).collect();
    assert_eq!(holds, [Some(false), Some(true), None]);
    let defects = proof["defects"].as_array().unwrap();
    assert_eq!(defects.len(), 1, "{defects:?}");
    assert_eq!((&defects[0]["law"], &defects[0]["rule"]), (&"left-out".into(), &"clock accept".into()));
    let commands: Vec<&str> =
        defects[0]["commands"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let script = format!("set -e\n{{\n{}\n}} >/dev/null\nfb show \"$id\" --format json", commands.join("\n"));
    let shown = shop.shell(&script).ok().json();
    assert_eq!(shown["status"], "closed", "{commands:?}");
    let clocks = shown["clocks"].as_array().unwrap();
    assert_eq!(clocks.iter().find(|clock| clock["name"] == "accept").unwrap()["state"], "lapsed");
}

#[test]
fn the_page_names_the_clauses_and_the_way() {
    let shop = ledger(RULES);
    let ran = shop.run(&["policy", "prove", "--lang", "en"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.out.contains("  A1  does not hold\n  A2  holds\n  A3  not about what is done with a case\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains(
        "A1 · complaint · clock accept: a case can be closed before the limit `accept` has passed"
    ));
    let mended = RULES.replace("steps = ['contacted'],", "steps = ['contacted'], limits = ['accept'],");
    let shop = ledger(&mended);
    let ran = shop.run(&["policy", "prove", "--lang", "en"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.ends_with("Nothing was found that breaks a rule.\n"), "{}", ran.out);
    // The same, of a file that is not in force
    let shop = TestLedger::new();
    shop.write("new.toml", RULES);
    assert_eq!(shop.run(&["policy", "prove", "new.toml"]).status, 1);
    assert_eq!(shop.run(&["policy", "prove", "nothing"]).status, 2);
}

#[test]
fn a_limit_that_has_begun_is_not_left_open() {
    let mended = RULES.replace("steps = ['contacted'],", "steps = ['contacted'], limits = ['accept'],");
    let shop = ledger(&mended);
    let id = shop.case(&[]);
    shop.run(&["assign", &id, "--department", "service"]).ok();
    shop.run(&["contact", &id]).ok();
    let refused = shop.run(&["close", &id, "--lang", "en"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("the limit `accept` has begun, and its step is missing"), "{}", refused.err);
    let short = id.split('-').next_back().unwrap();
    assert!(refused.err.contains(&format!("fb accept {short}")), "{}", refused.err);
    // A satisfied customer does not close it either
    shop.run(&["follow-up", &id, "--outcome", "satisfied"]).ok();
    shop.run(&["accept", &id]).ok();
    shop.run(&["close", &id]).ok();
    let missing = RULES.replace("steps = ['contacted'],", "steps = ['contacted'], limits = ['accpt'],");
    let ran = ledger(&missing).run(&["check", "--lang", "en"]);
    assert!(ran.err.contains("accpt") || ran.out.contains("accpt"), "{}{}", ran.out, ran.err);
}
