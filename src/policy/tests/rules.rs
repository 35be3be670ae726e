//! The smaller words of a rule book: levels, triggers, products, labels.

use crate::case::EventName;
use crate::lang::Text;
use crate::policy::example::{SHOP, book};
use crate::policy::{Book, Calendar, Escalation, File, Rules, Trigger};

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

/// A calendar of one hour a week.
fn calendar(name: &str) -> File {
    let text = format!("name = '{name}'\nany_year = true\n[hours]\nmon = ['09:00-10:00']\n");
    (format!("calendar/{name}.toml").into(), text)
}

fn names(book: &Book) -> Vec<&str> {
    book.calendars.iter().map(Calendar::name).collect()
}

#[test]
fn a_calendar_is_found_by_its_name() {
    let file = |path: &str, text: &str| (path.into(), text.to_owned());
    let (shop, base) = (file("fb.toml", SHOP), [file("policy/base.toml", "")]);
    let book = Book::read(&shop, &[calendar("office"), calendar("phone")], &base).unwrap();
    assert_eq!(book.calendar("phone").map(Calendar::name), Some("phone"));
    assert!(book.calendar("night").is_none());
    let twice = [calendar("office"), file("calendar/other.toml", &calendar("office").1)];
    let found = Book::read(&shop, &twice, &base).unwrap_err();
    assert_eq!(found.len(), 1, "two calendars of one name: {found:?}");
}

#[test]
fn another_policy_brings_the_calendars_that_the_shop_does_not_have() {
    let book = book(SHOP, Some(&calendar("office").1), "");
    let other: File = ("other.toml".into(), "title = 'other'\n".to_owned());
    let brought = book.under(&other, &[calendar("office"), calendar("phone")]).unwrap();
    assert_eq!(names(&brought), ["office", "phone"]);
    let broken: File = ("calendar/broken.toml".into(), "name = 'broken'\n".to_owned());
    assert!(book.under(&other, &[broken]).is_err(), "a calendar without hours is not passed over");
}
