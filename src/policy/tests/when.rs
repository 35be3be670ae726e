//! Which cases a rule applies to.

use crate::case::example::{complaint, event};
use crate::case::{Case, Kind, Replay, Stamp};
use crate::policy::example::{SHOP, book};

/// A gold customer's complaint by telephone about a blue celadon cup, triaged as urgent, complex and unjustified.
fn case() -> Case {
    let stamp = |word: &str| Stamp::parse(&format!("2026-11-23T{word}:00+08:00")).unwrap();
    let triaged = "category=product/packaging urgency=urgent complexity=complex justified=false";
    let mut case = complaint(vec![
        event("received", stamp("09:00"), [].into_iter(), stamp),
        event("triaged", stamp("10:00"), triaged.split_whitespace(), stamp),
    ]);
    case.channel = "phone".to_owned();
    case.product = Some("青瓷茶杯 蓝".to_owned());
    case.customer.tier = Some("gold".to_owned());
    case
}

/// Whether a rule with these conditions applies to the case, and its conditions: `urgency urgent: urgent`, with `!`
/// before those that are not met.
fn told(when: &str, case: &Case) -> (bool, Vec<String>) {
    let clock = format!(
        "[[clock]]\nname = 'a'\nstart = 'received'\nstop = 'resolved'\nwithin = '1h'\nwhen = {{ {when} }}\n"
    );
    let book = book(SHOP, None, &clock);
    let replay = Replay::whole(case, &[]);
    let when = &book.rules(case).clocks[0].when;
    let told = when.conditions(replay.state()).into_iter().map(|it| {
        let mark = if it.fits { "" } else { "!" };
        format!("{mark}{} {}: {}", it.attribute, it.wanted.words().join("|"), it.found.unwrap_or("-"))
    });
    (when.fits(replay.state()), told.collect())
}

#[test]
fn each_condition_is_held_against_what_the_case_says() {
    for (when, expected) in [
        ("kind = ['inquiry', 'complaint']", "kind inquiry|complaint: complaint"),
        ("kind = 'inquiry'", "!kind inquiry: complaint"),
        ("urgency = ['urgent', 'important']", "urgency urgent|important: urgent"),
        ("urgency = 'general'", "!urgency general: urgent"),
        ("complexity = 'complex'", "complexity complex: complex"),
        ("complexity = 'simple'", "!complexity simple: complex"),
        ("tier = ['gold', 'silver']", "tier gold|silver: gold"),
        ("tier = 'silver'", "!tier silver: gold"),
        ("channel = 'phone'", "channel phone: phone"),
        ("channel = 'chat'", "!channel chat: phone"),
        ("category = 'product/'", "category product/: product/packaging"),
        ("category = 'service/'", "!category service/: product/packaging"),
        ("product = '青瓷'", "product 青瓷: 青瓷茶杯 蓝"),
        ("product = '茶杯'", "!product 茶杯: 青瓷茶杯 蓝"),
        ("justified = false", "justified unjustified: unjustified"),
        ("justified = true", "!justified justified: unjustified"),
    ] {
        assert_eq!(told(when, &case()), (!expected.starts_with('!'), vec![expected.to_owned()]), "{when}");
    }
}

#[test]
fn all_conditions_have_to_hold_and_what_asks_for_nothing_is_none() {
    assert_eq!(told("", &case()), (true, vec![]));
    let (fits, both) = told("kind = 'complaint', tier = 'silver'", &case());
    assert_eq!((fits, both.len()), (false, 2));
}

#[test]
fn what_nobody_has_said_fits_nothing() {
    let mut case = case();
    case.history.pop();
    let untriaged = Case { kind: Kind::Inquiry, product: None, ..case };
    for when in ["urgency = 'urgent'", "product = '青瓷'", "justified = true", "justified = false"] {
        let (fits, conditions) = told(when, &untriaged);
        assert!(!fits && conditions[0].ends_with(": -"), "{when}: {conditions:?}");
    }
}
