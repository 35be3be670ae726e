//! Small rule books with one hole each, and the shortest way through it, found by hand.

use super::{Law, MOST_STATES, Proof, prove};
use crate::case::Stamp;
use crate::lang::Lang;
use crate::policy::example::book;

const SHOP: &str = "
[shop]
name = 'shop'
timezone = 'Asia/Shanghai'
[people.agent]
[people.li]
role = 'quality-lead'
[people.wu]
role = 'manager'
";

fn proof(rules: &str) -> Proof {
    let book = book(SHOP, None, rules);
    let begin = Stamp::parse("2026-11-23T09:00:00+08:00").unwrap();
    let rules = book.on(book.shop.day(begin.instant()));
    prove(&book, rules, begin, MOST_STATES)
}

/// The defects: the law, the rule and the verbs of the commands.
fn defects(rules: &str) -> Vec<(Law, String, Vec<String>)> {
    let proof = proof(rules);
    assert!(proof.explored.iter().all(|explored| explored.complete));
    let verb = |line: &String| line.trim_start_matches("id=$(").split(' ').nth(1).unwrap().to_owned();
    let told = |defect: &super::Defect| {
        (defect.law, defect.rule.clone(), defect.way.iter().map(verb).collect::<Vec<_>>())
    };
    proof.defects.iter().map(told).collect()
}

fn clock(name: &str, start: &str, stop: &str, more: &str) -> String {
    format!("[[clock]]\nname = '{name}'\nstart = {start}\nstop = {stop}\nwithin = '1d'\n{more}\n")
}

const COMPLAINT: &str = "when = { kind = 'complaint' }";

fn way(verbs: &str) -> Vec<String> {
    verbs.split(' ').map(str::to_owned).collect()
}

#[test]
fn a_rule_book_that_asks_for_nothing_breaks_nothing() {
    assert_eq!(defects("edition = 2"), []);
    let needs = "[needs.complaint]\nclosed = ['contacted']\nrejected = ['contacted']\n";
    let rules = format!("edition = 2\n{needs}{}", clock("answer", "'received'", "'contacted'", COMPLAINT));
    assert_eq!(defects(&rules), []);
}

/// Rules of the first edition let histories be as they are; what is done now is held to them all the same.
#[test]
fn old_rules_are_not_evaded_now() {
    assert_eq!(defects("[needs.complaint]\nclosed = ['contacted']\n"), []);
}

#[test]
fn an_end_at_once_counts_no_limit() {
    let answer = clock("answer", "'received'", "'contacted'", COMPLAINT);
    let found = defects(&format!("edition = 2\n[needs.complaint]\nclosed = ['contacted']\n{answer}"));
    assert_eq!(found, [(Law::EndedAtOnce, "clock answer".to_owned(), way("new reject"))]);
}

/// Assigned, and closed before the department has accepted: the limit for that counts nothing. If the need names the limit,
/// the case is not closed so.
#[test]
fn a_limit_that_has_begun_is_not_left_out() {
    let accept = clock("accept", "'assigned'", "['accepted', 'returned']", COMPLAINT);
    let needs = |more: &str| {
        format!(
            "edition = 2\n[needs.complaint]\nrejected = ['contacted']\nclosed = {{ steps = ['contacted']{more} }}\n"
        )
    };
    let found = defects(&(needs("") + &accept));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1.as_str()), (Law::LeftOut, "clock accept"));
    assert_eq!(found[0].2.len(), 4, "new, assign, contact, and an end: {found:?}");
    assert_eq!(defects(&(needs(", limits = ['accept']") + &accept)), []);
}

#[test]
fn a_rule_that_depends_on_what_nobody_asks_is_avoided() {
    let result = clock(
        "result",
        "'received'",
        "['resolved', 'rejected']",
        "when = { kind = 'complaint', complexity = 'complex' }",
    );
    let needs = |ask: &str| {
        format!("edition = 2\n[needs.complaint]\nclosed = ['resolved']\nrejected = ['contacted']\n{ask}")
    };
    let found = defects(&(needs("") + &result));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1.as_str()), (Law::Undetermined, "clock result"));
    assert_eq!(defects(&(needs("triaged = { ask = 'complexity' }\n") + &result)), []);
}

#[test]
fn dead_rules_are_named() {
    let first = clock("answer", "'received'", "'contacted'", COMPLAINT);
    let second =
        clock("answer", "'received'", "'contacted'", "when = { kind = 'complaint', urgency = 'urgent' }");
    let never = clock("plan", "'forwarded'", "'proposed'", COMPLAINT);
    let kept_by_nothing = clock("thanks", "'received'", "'forwarded'", COMPLAINT);
    let needs = "[needs.complaint]\nclosed = { steps = ['contacted'] }\nrejected = ['contacted']\n";
    let found = defects(&format!("edition = 2\n{needs}{first}{second}{never}{kept_by_nothing}"));
    let laws = [Law::LeftOut, Law::Undetermined];
    let dead: Vec<_> = found
        .iter()
        .filter(|(law, ..)| !laws.contains(law))
        .map(|(law, rule, _)| (*law, rule.as_str()))
        .collect();
    assert_eq!(
        dead,
        [(Law::NeverKept, "clock thanks"), (Law::Dead, "clock answer"), (Law::Dead, "clock plan")]
    );
}

/// Praise alone is forwarded, so a complaint that needs it can never be closed; it can be rejected.
#[test]
fn a_step_that_nobody_can_take_is_named() {
    let found = defects("edition = 2\n[needs.complaint]\nclosed = ['forwarded']\n");
    assert_eq!(found.iter().map(|(law, ..)| *law).collect::<Vec<_>>(), [Law::Dead, Law::Dead]);
    let locked =
        defects("edition = 2\n[needs.complaint]\nclosed = ['forwarded']\nrejected = ['forwarded']\n");
    let lifecycle = |law| (law, "lifecycle".to_owned(), way("new"));
    assert_eq!(locked[..2], [lifecycle(Law::Unadvised), lifecycle(Law::LockedIn)]);
}

#[test]
fn a_role_that_nobody_holds_is_named_and_locks_nobody_in() {
    let found = defects("edition = 2\n[approval.complaint]\nroles = ['supervisor']\n");
    assert_eq!(found, [(Law::UnheldRole, "approval complaint".to_owned(), Vec::new())]);
    assert_eq!(defects("edition = 2\n[approval.complaint]\nroles = ['quality-lead', 'manager']\n"), []);
}

#[test]
fn a_clause_holds_if_no_rule_of_it_is_broken() {
    let answer = clock("answer", "'received'", "'contacted'", "clause = 'A'\nwhen = { kind = 'complaint' }");
    let clauses = "
[[clause]]
code = 'A'
text = 'answered'
by = ['clock answer']
[[clause]]
code = 'B'
text = 'contacted before the end'
by = ['needs complaint.closed']
[[clause]]
code = 'C'
text = 'reported'
by = ['report monthly']
";
    let book = book(
        SHOP,
        None,
        &format!("edition = 2\n[needs.complaint]\nclosed = ['contacted']\n{answer}{clauses}"),
    );
    let begin = Stamp::parse("2026-11-23T09:00:00+08:00").unwrap();
    let rules = book.on(book.shop.day(begin.instant()));
    let proof = prove(&book, rules, begin, MOST_STATES);
    let holds: Vec<_> = rules.clauses.iter().map(|clause| proof.holds(clause)).collect();
    assert_eq!(holds, [Some(false), Some(true), None]);
    let defect = &proof.defects[0];
    assert_eq!(
        defect.message.to(Lang::En),
        "a case can be rejected at once, and the limit `answer` counts nothing"
    );
    assert_eq!(defect.way[0], "id=$(fb new --kind complaint --title x --channel hotline | cut -d' ' -f1)");
    assert_eq!(defect.way[1], "fb reject $id --reason x");
}

#[test]
fn too_many_states_are_said_to_be_too_many() {
    let book = book(SHOP, None, "edition = 2\n[approval.complaint]\nroles = ['quality-lead', 'manager']\n");
    let begin = Stamp::parse("2026-11-23T09:00:00+08:00").unwrap();
    let proof = prove(&book, book.on(book.shop.day(begin.instant())), begin, 3);
    assert!(proof.explored.iter().all(|explored| !explored.complete));
}
