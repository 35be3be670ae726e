//! The smaller words of a rule book: levels, triggers, products, labels.

use crate::case::EventName;
use crate::lang::Text;
use crate::policy::{Calendar, Escalation, Rules, Trigger};

#[test]
fn a_level_leads_to_the_one_above() {
    let desks = Escalation::default();
    for (present, above) in [
        (None, "supervisor"),
        (Some("agent"), "supervisor"),
        (Some("supervisor"), "manager"),
        (Some("manager"), "manager"),
        // A level that the rules have dropped counts as the lowest.
        (Some("board"), "supervisor"),
    ] {
        assert_eq!(desks.above(present), above, "{present:?}");
    }
    let known: Vec<_> =
        ["agent", "manager", "external", "board"].into_iter().filter(|level| desks.knows(level)).collect();
    assert_eq!(known, ["agent", "manager", "external"]);
    let nobody = Escalation { levels: Vec::new(), ..Escalation::default() };
    assert_eq!(nobody.above(None), "external");
}

#[test]
fn a_trigger_reads_as_it_was_written() {
    let said = Trigger::Saying(EventName::FollowedUp, "dissatisfied".to_owned());
    let words = [Trigger::Event(EventName::FollowedUp), said, Trigger::Milestone("reported".to_owned())];
    assert_eq!(words.map(|trigger| trigger.word()), ["followed-up", "followed-up:dissatisfied", "reported"]);
}

#[test]
fn what_is_not_named_is_nobodys() {
    let rules = Rules::default();
    assert_eq!(rules.clock_label("contact"), Text::same("contact"));
    assert!(rules.milestone("reported").is_none());
}

#[test]
fn a_calendar_is_found_by_its_name() {
    let file = |path: &str, text: &str| (path.into(), text.to_owned());
    let shop = file("fb.toml", "[shop]\nname = 'shop'\ntimezone = 'Asia/Shanghai'\nlanguage = 'en'\n");
    let calendar = |name: &str| {
        let text = format!("name = '{name}'\nany_year = true\n[hours]\nmon = ['09:00-10:00']\n");
        file(&format!("calendar/{name}.toml"), &text)
    };
    let base = [file("policy/base.toml", "")];
    let book = crate::policy::Book::read(&shop, &[calendar("office"), calendar("phone")], &base).unwrap();
    assert_eq!(book.calendar("phone").map(Calendar::name), Some("phone"));
    assert!(book.calendar("night").is_none());
    let twice = [calendar("office"), file("calendar/other.toml", &calendar("office").1)];
    let found = crate::policy::Book::read(&shop, &twice, &base).unwrap_err();
    assert_eq!(found.len(), 1, "two calendars of one name: {found:?}");
}
