//! What the rules forbid: the missing step and its command are named, and nothing is written.

use crate::ledger::TestLedger;
use crate::verbs::staffed;

/// The case's six random characters.
fn short(id: &str) -> &str {
    &id[9..]
}

#[test]
fn a_step_that_is_missing_is_named_with_its_command() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let ran = shop.refused(&["resolve", &id], 2);
    ran.says(&["cannot be", &format!("fb contact {}", short(&id)), "S0.5.1"]);
    let ran = shop.refused(&["follow-up", &id, "--outcome", "satisfied"], 2);
    ran.says(&[&format!("fb triage {}", short(&id))]);

    let idea = shop.case(&["--kind", "suggestion"]);
    let ran = shop.refused(&["resolve", &idea], 2);
    ran.says(&[&format!("fb triage {} --category", short(&idea)), &format!("fb contact {}", short(&idea))]);
    let praise = shop.case(&["--kind", "praise"]);
    shop.refused(&["close", &praise], 2).says(&[&format!("fb forward {} --to", short(&praise))]);
}

#[test]
fn the_lifecycle_is_kept() {
    let shop = TestLedger::free();
    let id = shop.case(&[]);
    shop.refused(&["resume", &id], 2).says(&["is not waiting"]);
    shop.refused(&["approve", &id], 2).says(&[&format!("fb propose {}", short(&id))]);
    shop.refused(&["reopen", &id, "--reason", "x"], 2).says(&["has not ended"]);
    shop.run(&["reject", &id, "--reason", "spam"]).ok();
    for verb in ["accept", "approve", "resolve"] {
        shop.refused(&[verb, &id], 2).says(&["has ended", &format!("fb reopen {} --reason", short(&id))]);
    }
    shop.run(&["note", &id, "a word after the end"]).ok();
}

#[test]
fn nobody_approves_their_own_remedy_nor_in_a_role_that_is_not_theirs() {
    let shop = staffed();
    let id = shop.case(&[]);
    shop.run(&["propose", &id, "--remedy", "refund", "--by", "wang.fang"]).ok();
    shop.refused(&["approve", &id, "--by", "wang.fang"], 2).says(&["wang.fang", "cannot approve"]);
    shop.refused(&["approve", &id, "--by", "chen.hao"], 2).says(&["does not have to approve"]);
    shop.refused(&["approve", &id, "--by", "chen.hao", "--as", "manager"], 2)
        .says(&["chen.hao does not have the role"]);
    shop.run(&["approve", &id, "--by", "zhang.wei"]).ok();
    shop.refused(&["approve", &id, "--by", "zhang.wei"], 2).says(&["already"]);
}

#[test]
fn a_step_of_the_last_round_does_not_count_for_this_one() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.run(&["triage", &id, "--category", "other", "--urgency", "general"]).ok();
    shop.run(&["contact", &id]).ok();
    shop.run(&["resolve", &id]).ok();
    shop.pass(60);
    shop.run(&["follow-up", &id, "--outcome", "dissatisfied"]).ok();
    let ran = shop.refused(&["follow-up", &id, "--outcome", "satisfied"], 2);
    ran.says(&[&format!("fb resolve {}", short(&id))]);
}

#[test]
fn nothing_happens_before_the_receipt_or_in_the_future() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.pass(10);
    shop.refused(&["contact", &id, "--at", "09:29"], 2).says(&["received only", "--at"]);
    shop.refused(&["contact", &id, "--at", "09:41"], 2).says(&["in the future", "--at"]);
    shop.run(&["contact", &id, "--at", "09:30"]).ok();
    shop.refused(&["new", "--kind", "praise", "--title", "x", "--channel", "chat", "--at", "2026-11-23"], 2)
        .says(&["in the future"]);
}
