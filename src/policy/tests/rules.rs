//! The smaller parts of a rule book: levels, triggers, products, labels.

use jiff::civil::date;

use crate::calendar::Calendar;
use crate::case::EventName;
use crate::clock::Trigger;
use crate::lang::Text;
use crate::policy::example::{SHOP, book};
use crate::policy::rules::Escalation;
use crate::policy::{File, RuleBook, Rules, category_fits, read_date};

#[test]
fn a_level_leads_to_the_one_above() {
    let desks = Escalation::default();
    for (present, above) in [
        (None, "supervisor"),
        (Some("agent"), "supervisor"),
        (Some("supervisor"), "manager"),
        (Some("manager"), "manager"),
        // A level that is no longer in the rules counts as the lowest.
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
fn a_clock_is_called_by_its_label_or_its_name() {
    let clock = |name: &str, more: &str| {
        format!("[[clock]]\nname = '{name}'\nstart = 'received'\nstop = 'resolved'\nwithin = '1h'\n{more}\n")
    };
    let book = book(SHOP, None, &(clock("a", "label = 'the answer'") + &clock("b", "")));
    let rules = book.on(date(2026, 11, 23));
    assert_eq!(["a", "b"].map(|name| rules.clock_label(name)), ["the answer", "b"].map(Text::same));
}

#[test]
fn the_first_rule_of_a_name_says_what_people_read_for_it() {
    let clock = |name: &str, label: &str| {
        format!(
            "[[clock]]\nname = '{name}'\nlabel = '{label}'\nstart = 'received'\nstop = 'resolved'\nwithin = '1h'\n"
        )
    };
    let book = book(SHOP, None, &(clock("a", "first") + &clock("b", "other") + &clock("a", "second")));
    let rules = book.on(date(2026, 11, 23));
    let labels = rules.clock_labels();
    assert_eq!(["a", "b"].map(|name| labels[name].to_string()), ["first", "other"]);
    assert_eq!(rules.clock_label("a"), Text::same("first"));
}

#[test]
fn a_policy_has_a_thousand_clocks_at_most() {
    let clocks = |n: usize| -> String {
        (0..n)
            .map(|n| {
                format!("[[clock]]\nname = 'c{n}'\nstart = 'received'\nstop = 'resolved'\nwithin = '1h'\n")
            })
            .collect()
    };
    let read = |n: usize| {
        let file = |path: &str, text: &str| (std::path::PathBuf::from(path), text.to_owned());
        RuleBook::read(&file("fb.toml", SHOP), &[], &[file("policy/base.toml", &clocks(n))])
    };
    // Those of waits and of hand-overs are always there.
    assert_eq!(read(1000).unwrap().on(date(2026, 11, 23)).clocks.len(), 1002);
    let found = read(1001).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message.to_string(), "there are 1001 clocks, and a policy has at most 1000");
    assert!(found[0].message.to(crate::lang::Lang::Zh).contains("1000"));
    assert_eq!(found[0].place.line, Some(5001));
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

fn names(book: &RuleBook) -> Vec<&str> {
    book.calendars.iter().map(Calendar::name).collect()
}

#[test]
fn a_calendar_is_found_by_its_name() {
    let file = |path: &str, text: &str| (path.into(), text.to_owned());
    let shop = file("fb.toml", &format!("{SHOP}calendar = 'office'\n"));
    let base = [file("policy/base.toml", "")];
    let book = RuleBook::read(&shop, &[calendar("office"), calendar("phone")], &base).unwrap();
    assert_eq!(book.calendar("phone").map(Calendar::name), Some("phone"));
    assert!(book.calendar("night").is_none());
    let twice = [calendar("office"), file("calendar/other.toml", &calendar("office").1)];
    let found = RuleBook::read(&shop, &twice, &base).unwrap_err();
    assert_eq!(found.len(), 1, "two calendars of one name: {found:?}");
}

#[test]
fn a_clock_takes_the_calendar_that_it_names_or_the_shop_s() {
    let clock = |within: &str, more: &str| {
        format!("[[clock]]\nname = 'a'\nstart = 'received'\nstop = 'resolved'\nwithin = '{within}'\n{more}")
    };
    let read = |named: &str, calendars: &[File], rules: String| {
        let (shop, base) = (format!("{SHOP}{named}"), ("policy/base.toml".into(), rules));
        RuleBook::read(&("fb.toml".into(), shop), calendars, &[base])
            .map(|book| book.all().next().unwrap().1.clocks[0].calendar)
            .map_err(|findings| findings.iter().map(|it| it.message.to_string()).collect::<Vec<_>>())
    };
    let two = [calendar("office"), calendar("phone")];
    let (office, phone) = ("calendar = 'office'\n", "calendar = 'phone'\n");
    assert_eq!(read(office, &two, clock("8wh", phone)), Ok(Some(1)));
    assert_eq!(read(phone, &two, clock("8wh", "")), Ok(Some(1)));
    assert_eq!(read(office, &two, clock("8wh", "")), Ok(Some(0)));
    assert_eq!(read("", &two[..1], clock("8wh", "")), Ok(Some(0)));
    let unknown = "there is no calendar `night`".to_owned();
    assert_eq!(read(office, &two, clock("8h", "calendar = 'night'")), Err(vec![unknown]));
    let none = "this limit counts working time, and the ledger has no calendar".to_owned();
    assert_eq!(read("", &[], clock("8wh", "")), Err(vec![none]));
}

/// Not the first by name: which one counts is for the shop to say.
#[test]
fn several_calendars_need_the_shop_s_choice() {
    let read = |named: &str| {
        let shop: File = ("fb.toml".into(), format!("{SHOP}{named}"));
        let base: File = ("policy/base.toml".into(), String::new());
        RuleBook::read(&shop, &[calendar("office"), calendar("phone")], &[base])
    };
    assert_eq!(read("calendar = 'phone'\n").unwrap().shop_calendar().map(Calendar::name), Some("phone"));
    let found = read("").unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].place.path, std::path::Path::new("fb.toml"));
    assert!(found[0].message.to_string().contains("(office phone), and `[shop] calendar`"), "{found:?}");
    let wrong = read("calendar = 'night'\n").unwrap_err();
    assert_eq!((wrong.len(), wrong[0].place.line), (1, Some(5)), "{wrong:?}");
}

#[test]
fn the_rules_of_a_day_are_the_newest_that_hold_on_it() {
    let file = |stem: &str| (format!("policy/{stem}.toml").into(), format!("title = '{stem}'\n"));
    let files = [file("2026-07-01"), file("base"), file("2026-03-01")];
    let book = RuleBook::read(&("fb.toml".into(), SHOP.to_owned()), &[], &files).unwrap();
    for (day, title) in [
        (date(2026, 2, 28), "base"),
        (date(2026, 3, 1), "2026-03-01"),
        (date(2026, 6, 30), "2026-03-01"),
        (date(2026, 7, 1), "2026-07-01"),
        (date(2030, 1, 1), "2026-07-01"),
    ] {
        assert_eq!(book.on(day).title, Text::same(title), "{day}");
    }
}

#[test]
fn a_category_lies_under_another_by_whole_words() {
    for (wanted, category, fits) in [
        ("product", "product", true),
        ("product", "product/packaging", true),
        ("product/", "product/packaging", true),
        ("product/", "product", false),
        ("product", "products", false),
        ("product/", "products/packaging", false),
        ("product/packaging", "product", false),
    ] {
        assert_eq!(category_fits(wanted, category), fits, "{wanted} {category}");
    }
}

#[test]
fn a_date_is_written_in_one_way() {
    assert_eq!(read_date("2026-02-28"), Some(date(2026, 2, 28)));
    for word in
        ["", "2026-02-30", "2026-2-28", "2026/02/28", "20260228", "2026-02-28T", "+026-02-28", "2026-02"]
    {
        assert_eq!(read_date(word), None, "{word}");
    }
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
