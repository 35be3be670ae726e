//! The rules of the five rule books cannot be walked around: every way that was found is refused, or said.

use crate::ledger::TestLedger;

const PEOPLE: &str = r#"
[people."li.na"]
role = "agent"
[people."qian.qi"]
role = "quality-lead"
[people."ma.li"]
role = "manager"
[people."su.wen"]
role = "supervisor"
"#;

/// A shop under a rule book, with a person for each role.
fn shop(preset: &str) -> TestLedger {
    let shop = TestLedger::of(preset);
    let with_people = shop.read("fb.toml") + PEOPLE;
    shop.write("fb.toml", with_people);
    shop.git(&["commit", "-qam", "people"]);
    shop
}

/// Runs command lines, each on the case; a minute passes before each.
fn does(shop: &TestLedger, id: &str, lines: &[&str]) {
    for line in lines {
        shop.pass(1);
        shop.run(&words(line, id)).ok();
    }
}

fn words<'w>(line: &'w str, id: &'w str) -> Vec<&'w str> {
    line.split_whitespace().map(|word| if word == "ID" { id } else { word }).collect()
}

/// A command line that is refused, with words that its error says.
#[track_caller]
fn refuses(shop: &TestLedger, id: &str, line: &str, said: &[&str]) {
    shop.pass(1);
    shop.refused(&words(line, id), 2).says(said);
}

#[track_caller]
fn is(shop: &TestLedger, id: &str, status: &str) {
    let path = shop.path_of(id);
    assert!(path.starts_with(&format!("cases/{status}/")), "{path}");
}

/// Nothing in the ledger is against the rules.
#[track_caller]
fn is_lawful(shop: &TestLedger) {
    let found = shop.run(&["check"]).out;
    for code in ["not-allowed", "unapproved", "self-approved"] {
        assert!(!found.contains(code), "{found}");
    }
}

/// What `check` says.
#[track_caller]
fn finds(shop: &TestLedger, said: &[&str]) {
    let found = shop.run(&["check"]).out;
    assert!(said.iter().all(|words| found.contains(words)), "{found}");
}

/// A complaint with all that any rule book asks for at the receipt.
fn complaint(shop: &TestLedger) -> String {
    shop.case(&["--customer", "c-1", "--order", "E1", "--description", "broken"])
}

const TRIAGE: &str = "triage ID --category other --urgency general --justified";
const DIAGNOSE: &str = "diagnose ID --cause glaze --responsible supplier";

/// Up to the cause, as the city-wide rules want it.
fn diagnosed(shop: &TestLedger) -> String {
    let id = complaint(shop);
    does(shop, &id, &[TRIAGE, "assign ID --department technical --owner li.na", "accept ID", DIAGNOSE]);
    id
}

#[test]
fn citywide_what_was_approved_is_this_very_remedy() {
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    does(
        &shop,
        id,
        &[
            "propose ID --remedy apology --cost 0 --by li.na",
            "approve ID --as quality-lead --by qian.qi",
            "propose ID --remedy compensation --cost 9999 --by li.na",
            "approve ID --as manager --by ma.li",
            "contact ID",
        ],
    );
    refuses(&shop, id, "resolve ID", &["the quality lead has not approved the remedy"]);
    does(&shop, id, &["approve ID --as quality-lead --by qian.qi"]);
    refuses(&shop, id, "resolve ID --remedy refund", &["is compensation, not refund", "fb propose"]);
    refuses(&shop, id, "resolve ID --cost 10000", &["may cost 9999, not 10000"]);
    refuses(&shop, id, "amend ID --cost 20000 --reason typo", &["cannot be amended", "fb propose"]);
    does(&shop, id, &["resolve ID --cost 9000"]);
    is(&shop, id, "resolved");
    is_lawful(&shop);
    // What is corrected after the end is said.
    does(&shop, id, &["amend ID --cost 10000 --reason typo"]);
    finds(&shop, &["error[unapproved]", "amended to more than was approved"]);
}

#[test]
fn citywide_an_apology_that_both_approved_is_no_compensation() {
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    refuses(&shop, id, "resolve ID --remedy compensation --cost 5000", &["approved"]);
    does(
        &shop,
        id,
        &[
            "propose ID --remedy apology --by li.na",
            "approve ID --as quality-lead --by qian.qi",
            "approve ID --as manager --by ma.li",
            "contact ID",
        ],
    );
    let costs = ["is apology, not compensation", "may cost 0, not 5000"];
    refuses(&shop, id, "resolve ID --remedy compensation --cost 5000", &costs);
    refuses(&shop, id, "resolve ID --cost 1", &["may cost 0, not 1"]);
    // A refused remedy is not carried out either.
    does(&shop, id, &["propose ID --remedy gift --by li.na", "decline ID --reason no --by ma.li"]);
    refuses(&shop, id, "resolve ID --remedy gift", &["approved"]);
}

#[test]
fn citywide_an_invented_name_approves_nothing() {
    let empty = TestLedger::of("citywide");
    let id = &diagnosed_by_anybody(&empty);
    for role in ["quality-lead", "manager"] {
        let line = format!("approve ID --as {role} --by anybody");
        let add = format!("fb shop add person anybody --role {role}");
        refuses(&empty, id, &line, &["is not in [people]", &add]);
    }
    finds(&empty, &["warning[role-unfilled]", "quality lead"]);
    // One person has one role, and approves once.
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    does(&shop, id, &["propose ID --remedy apology --by li.na", "approve ID --as manager --by ma.li"]);
    refuses(
        &shop,
        id,
        "approve ID --as quality-lead --by ma.li",
        &["does not have the role quality lead", "another person"],
    );
    refuses(&shop, id, "approve ID --as quality-lead --by li.na", &["proposed this remedy"]);
}

fn diagnosed_by_anybody(shop: &TestLedger) -> String {
    let id = diagnosed(shop);
    does(shop, &id, &["propose ID --remedy apology --by li.na"]);
    id
}

#[test]
fn servicedesk_another_solution_is_confirmed_again() {
    let shop = shop("servicedesk");
    let id = &complaint(&shop);
    does(
        &shop,
        id,
        &["mark ID reported", TRIAGE, DIAGNOSE, "propose ID --remedy refund --cost 20", "mark ID confirmed"],
    );
    refuses(&shop, id, "resolve ID --remedy exchange", &["is refund, not exchange"]);
    refuses(&shop, id, "resolve ID --cost 30", &["may cost 20, not 30"]);
    does(&shop, id, &["propose ID --remedy gift --cost 5"]);
    refuses(&shop, id, "resolve ID", &["solution is confirmed", "fb mark"]);
    does(&shop, id, &["mark ID confirmed", "resolve ID"]);
    is(&shop, id, "resolved");
}

#[test]
fn aftersales_a_satisfied_customer_does_not_close_without_a_cause() {
    let shop = shop("aftersales");
    let id = &complaint(&shop);
    does(&shop, id, &[TRIAGE, "contact ID", "resolve ID --remedy refund"]);
    shop.pass(1);
    let satisfied = shop.run(&["follow-up", id, "--outcome", "satisfied"]).ok();
    assert!(satisfied.out.contains("not closed yet; missing: diagnosed"), "{}", satisfied.out);
    is(&shop, id, "resolved");
    assert!(shop.read(&shop.path_of(id)).contains("outcome: satisfied\n    open: true\n"));
    refuses(&shop, id, "close ID", &["diagnosed"]);
    does(&shop, id, &[DIAGNOSE, "close ID"]);
    is(&shop, id, "closed");
    is_lawful(&shop);
}

#[test]
fn citywide_an_end_has_no_back_door() {
    let shop = shop("citywide");
    let improvement = &shop.case(&["--kind", "improvement"]);
    does(&shop, improvement, &["follow-up ID --outcome satisfied"]);
    is(&shop, improvement, "new");
    let violation = &shop.case(&["--kind", "violation"]);
    does(&shop, violation, &["follow-up ID --outcome satisfied"]);
    is(&shop, violation, "new");
    for line in ["close ID", "resolve ID", "reject ID --reason no"] {
        refuses(&shop, violation, line, &["triaged"]);
    }
    does(&shop, violation, &["triage ID --category violation/other --urgency urgent"]);
    refuses(&shop, violation, "close ID", &["Referred to the authorities"]);
    // Whether it is justified has to be said, and what is justified is not rejected.
    let id = &complaint(&shop);
    refuses(&shop, id, "triage ID --category other --urgency general", &["`justified`", "--not-justified"]);
    does(&shop, id, &["triage ID --category other --urgency general --not-justified", "contact ID"]);
    does(&shop, id, &["amend ID --justified --reason proof"]);
    refuses(&shop, id, "reject ID --reason no", &["unjustified"]);
}

#[test]
fn citywide_a_complaint_is_filed_with_its_report_and_its_lesson() {
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    does(
        &shop,
        id,
        &[
            "propose ID --remedy refund --cost 9 --by li.na",
            "approve ID --as quality-lead --by qian.qi",
            "approve ID --as manager --by ma.li",
            "contact ID",
            "resolve ID",
        ],
    );
    refuses(&shop, id, "follow-up ID --outcome satisfied", &["note"]);
    does(&shop, id, &["follow-up ID --outcome satisfied -m thanks"]);
    is(&shop, id, "resolved");
    refuses(&shop, id, "close ID --lesson double", &["Report handed"]);
    does(&shop, id, &["mark ID reported"]);
    refuses(&shop, id, "close ID", &["lesson"]);
    does(&shop, id, &["close ID --lesson double"]);
    is(&shop, id, "closed");
    // The customer was not reached: three calls.
    let id = &diagnosed(&shop);
    does(
        &shop,
        id,
        &[
            "mark ID reported",
            "propose ID --remedy refund --cost 9 --by li.na",
            "approve ID --as quality-lead --by qian.qi",
            "approve ID --as manager --by ma.li",
            "contact ID",
            "resolve ID",
            "follow-up ID --outcome unreached -m engaged",
            "follow-up ID --outcome unreached -m engaged",
        ],
    );
    refuses(&shop, id, "close ID --lesson x", &["unreached (3 times)"]);
    does(&shop, id, &["follow-up ID --outcome unreached -m engaged", "close ID --lesson x"]);
    is(&shop, id, "closed");
}

#[test]
fn what_a_case_lacks_at_the_receipt_is_said_without_an_id() {
    let shop = shop("servicedesk");
    let new = ["new", "--kind", "complaint", "--title", "cup", "--channel", "chat"];
    let ran = shop.refused(&new, 2);
    ran.says(&["a case cannot be registered without `order`", "--order …"]);
    assert!(!ran.err.contains("000000"), "{}", ran.err);
}

#[test]
fn a_resolved_case_without_an_owner_gets_advice_that_can_be_followed() {
    let shop = shop("ecommerce");
    let id = &complaint(&shop);
    does(&shop, id, &[TRIAGE, "contact ID", "resolve ID"]);
    let short = &id[9..];
    finds(&shop, &[&format!("fb amend {short} --owner … --reason …")]);
    does(&shop, id, &["amend ID --owner li.na --reason hers"]);
    let found = shop.run(&["check", "--only", "unowned"]).ok();
    assert_eq!(found.out, "");
}

#[test]
fn ecommerce_no_end_comes_before_the_work() {
    let shop = shop("ecommerce");
    let id = &complaint(&shop);
    refuses(&shop, id, "close ID", &["resolved"]);
    refuses(&shop, id, "reject ID --reason no", &["triaged", "contacted"]);
    refuses(&shop, id, "forward ID --to li.na", &["only praise is forwarded"]);
    does(&shop, id, &[TRIAGE]);
    refuses(&shop, id, "resolve ID", &["contacted"]);
}

/// The state of a clock of a case, by its name.
fn clock(shop: &TestLedger, id: &str, name: &str) -> String {
    let shown = shop.run(&["show", id, "--format", "json"]).ok().json();
    let clocks = shown["clocks"].as_array().unwrap().clone();
    let found = clocks.iter().find(|clock| clock["name"] == name);
    found.unwrap_or_else(|| panic!("{clocks:?}"))["state"].as_str().unwrap().to_owned()
}

#[test]
fn aftersales_a_rejection_answers_nobody() {
    let shop = shop("aftersales");
    let id = &complaint(&shop);
    refuses(&shop, id, "reject ID --reason no", &["triaged", "contacted"]);
    does(&shop, id, &[TRIAGE, "contact ID", "reject ID --reason no"]);
    assert_eq!(clock(&shop, id, "answer"), "met", "by the contact");
    assert_eq!(clock(&shop, id, "handling"), "lapsed");
}

#[test]
fn handbook_an_urgent_case_is_answered_from_the_receipt_on() {
    let shop = shop("handbook");
    let id = &shop.case(&["--urgency", "urgent"]);
    shop.pass(31);
    assert_eq!(clock(&shop, id, "respond"), "overdue");
    let later = &complaint(&shop);
    shop.pass(31);
    does(&shop, later, &["triage ID --category other --urgency urgent"]);
    assert_eq!(clock(&shop, later, "respond"), "overdue", "from its receipt, too");
}

#[test]
fn nothing_goes_back_by_accident() {
    let shop = shop("ecommerce");
    let id = &complaint(&shop);
    does(
        &shop,
        id,
        &[TRIAGE, "assign ID --department product --owner li.na", "accept ID", "contact ID", "resolve ID"],
    );
    does(&shop, id, &["triage ID --category product/quality --urgency general"]);
    is(&shop, id, "resolved");
    for line in [
        "assign ID --department product",
        "accept ID",
        "return ID --reason no",
        "propose ID --remedy gift",
        "resolve ID",
    ] {
        refuses(&shop, id, line, &["is resolved", "fb amend"]);
    }
    does(&shop, id, &["wait ID --reason photo"]);
    refuses(&shop, id, "accept ID", &["is resolved"]);
    does(&shop, id, &["resume ID"]);
    is(&shop, id, "resolved");
    // A hand-over of a remedy that is being approved changes who answers for it, and nothing else.
    let id = &complaint(&shop);
    does(&shop, id, &[TRIAGE, "propose ID --remedy gift", "assign ID --owner su.wen", "accept ID"]);
    is(&shop, id, "proposed");
    let shown = shop.run(&["show", id, "--format", "json"]).ok().json();
    assert_eq!(shown["owner"], "su.wen");
    is_lawful(&shop);
}

#[test]
fn rules_of_the_first_edition_are_read_and_say_what_they_leave_open() {
    let shop = shop("servicedesk");
    let rules = shop.read("policy/base.toml");
    let old: String =
        rules.lines().filter(|line| !line.starts_with("edition")).map(|line| format!("{line}\n")).collect();
    let old = old
        .replace("of = \"proposal\", ", "")
        .replace("\"reported\", \"escalated\"]\n", "\"reported\", \"rejected\"]\n");
    shop.write("policy/base.toml", old);
    finds(
        &shop,
        &[
            "warning[old-edition]",
            "suggestion, praise, inquiry, violation, improvement: `fb close` asks for no step before",
            "a rejection keeps these limits, although nobody was answered: report to the supervisor",
            "not asked for again after a new proposal: The solution is confirmed with the customer",
        ],
    );
    // What a history of that time lacks is a warning; a new command is refused all the same.
    let id = &complaint(&shop);
    let path = shop.path_of(id);
    let history = "  - resolved: 2026-11-22T10:00:00+08:00\n    by: li.na\n  - resolved: 2026-11-22T11:00:00+08:00\n    by: li.na\n";
    shop.write(&path, shop.read(&path) + history);
    shop.run(&["mend"]);
    let found = shop.run(&["check", "--only", "not-allowed"]).out;
    assert!(
        found.contains("warning[not-allowed]") && found.contains("edition 1 of the rules allowed it"),
        "{found}"
    );
    let other = &complaint(&shop);
    refuses(&shop, other, "reject ID --reason no", &["contacted"]);
}

#[test]
fn citywide_an_escalation_lets_no_other_remedy_in() {
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    does(
        &shop,
        id,
        &[
            "propose ID --remedy apology --by li.na",
            "approve ID --as quality-lead --by qian.qi",
            "approve ID --as manager --by ma.li",
            "contact ID",
            "resolve ID",
            "mark ID reported",
            "escalate ID --reason angry",
        ],
    );
    let amend = "amend ID --remedy compensation --cost 9999 --reason typo";
    refuses(&shop, id, amend, &["cannot be amended", "fb propose"]);
    // Another remedy is approved, carried out and asked about as the first one was.
    does(&shop, id, &["propose ID --remedy compensation --cost 9999 --by li.na"]);
    refuses(&shop, id, "follow-up ID --outcome satisfied -m thanks", &["`resolved` is missing"]);
    refuses(&shop, id, "close ID --lesson x", &["satisfied"]);
    refuses(&shop, id, "resolve ID", &["approved"]);
}

#[test]
fn citywide_what_was_approved_is_not_exchanged_afterwards() {
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    does(&shop, id, &["propose ID --remedy apology --by li.na"]);
    shop.pass(10);
    let between = shop.now();
    does(
        &shop,
        id,
        &[
            "approve ID --as quality-lead --by qian.qi",
            "approve ID --as manager --by ma.li",
            "contact ID",
            "resolve ID",
        ],
    );
    let line = format!("propose ID --remedy compensation --cost 9999 --by li.na --at {between}");
    refuses(&shop, id, &line, &["was approved at", "without --at"]);
    // Nor does an entry take away what later ones rest on.
    let line = format!("reject ID --reason no --at {between}");
    refuses(&shop, id, &line, &["unjustified"]);
    let line = format!("decline ID --reason no --by ma.li --at {between}");
    refuses(&shop, id, &line, &["was approved at"]);
    let line = format!("escalate ID --reason no --at {between}");
    refuses(&shop, id, &line, &["would not have been allowed after this", "no remedy that waits"]);
}

#[test]
fn citywide_a_proposal_without_a_cost_costs_nothing() {
    let shop = shop("citywide");
    let id = &diagnosed(&shop);
    does(
        &shop,
        id,
        &[
            "amend ID --cost 9999 --reason guess",
            "propose ID --remedy apology --by li.na",
            "approve ID --as quality-lead --by qian.qi",
            "approve ID --as manager --by ma.li",
            "contact ID",
        ],
    );
    refuses(&shop, id, "resolve ID --cost 9999", &["may cost 0, not 9999", "--cost …"]);
    does(&shop, id, &["resolve ID"]);
    let shown = shop.run(&["show", id, "--format", "json"]).ok().json();
    assert_eq!(shown["cost"], 0);
}

#[test]
fn citywide_an_end_stays_as_it_was_allowed() {
    let shop = shop("citywide");
    let id = &complaint(&shop);
    does(
        &shop,
        id,
        &[
            "triage ID --category other --urgency general --not-justified",
            "contact ID",
            "reject ID --reason no",
        ],
    );
    refuses(&shop, id, "amend ID --justified --reason proof", &["would lack", "fb reopen"]);
    let id = &shop.case(&["--kind", "violation"]);
    does(&shop, id, &["triage ID --category violation/other --urgency general", "close ID"]);
    refuses(&shop, id, "amend ID --urgency urgent --reason major", &["Referred to the authorities"]);
    // A major one is referred, whichever end it has; a report is about what was found.
    let id = &shop.case(&["--kind", "violation"]);
    does(&shop, id, &["triage ID --category violation/other --urgency urgent"]);
    refuses(&shop, id, "reject ID --reason no", &["Referred to the authorities"]);
    let id = &complaint(&shop);
    refuses(&shop, id, "mark ID reported", &["diagnosed"]);
}

#[test]
fn servicedesk_a_confirmed_solution_is_not_amended() {
    let shop = shop("servicedesk");
    let id = &complaint(&shop);
    does(&shop, id, &[DIAGNOSE, "propose ID --remedy apology", "escalate ID --reason angry"]);
    let amend = "amend ID --remedy compensation --cost 9999 --reason typo";
    refuses(&shop, id, amend, &["cannot be amended"]);
    // A complaint is reported before it ends, however it ends.
    let id = &complaint(&shop);
    does(
        &shop,
        id,
        &[
            DIAGNOSE,
            "propose ID --remedy apology",
            "mark ID confirmed",
            "resolve ID",
            "follow-up ID --outcome satisfied",
        ],
    );
    refuses(&shop, id, "close ID --lesson x", &["Reported to the supervisor"]);
}

#[test]
fn handbook_what_was_returned_is_handed_over_again() {
    let shop = shop("handbook");
    let id = &complaint(&shop);
    let assign = "assign ID --department service --expects cause --due 2d";
    does(&shop, id, &[TRIAGE, assign, "return ID --reason other", "contact ID"]);
    refuses(&shop, id, "resolve ID", &["assigned"]);
    does(&shop, id, &[assign, "resolve ID"]);
    is(&shop, id, "resolved");
    // Every hand-over says what is asked for, and by when.
    for kind in ["suggestion", "inquiry", "violation", "improvement"] {
        let id = &shop.case(&["--kind", kind]);
        does(&shop, id, &["triage ID --category other --urgency general"]);
        refuses(&shop, id, "assign ID --department service", &["--expects", "--due"]);
    }
}

#[test]
fn ecommerce_a_suggestion_is_assessed() {
    let shop = shop("ecommerce");
    let id = &shop.case(&["--kind", "suggestion"]);
    does(&shop, id, &["triage ID --category other --urgency general"]);
    refuses(&shop, id, "close ID", &["justified"]);
    refuses(&shop, id, "reject ID --reason no", &["unjustified"]);
    does(&shop, id, &["triage ID --category other --urgency general --justified"]);
    refuses(&shop, id, "reject ID --reason no", &["unjustified"]);
}
