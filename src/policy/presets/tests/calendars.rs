//! The calendars have the days of the official announcements.

use jiff::civil::{Date, Weekday, date};
use toml::{Table, Value};

use super::super::{CHINA_CALENDAR, PLAIN_CALENDAR, Preset};
use super::book::{books, parse, table, tables, word, words};

#[test]
fn every_calendar_of_a_clock_is_shipped() {
    let calendar = |text: &str| word(&parse(text), "name").to_owned();
    assert_eq!((calendar(CHINA_CALENDAR), calendar(PLAIN_CALENDAR)), ("office".into(), "office".into()));
    for book in books() {
        let mut shipped = vec!["office".to_owned()];
        for (file, text) in book.preset.calendars {
            let name = calendar(text);
            assert_eq!(*file, format!("{name}.toml"));
            shipped.push(name);
        }
        for clock in tables(&book.policy, "clock") {
            assert!(words(clock, "calendar").iter().all(|name| shipped.iter().any(|s| s == name)), "{clock}");
        }
    }
}

/// Whether a day has working time, by a calendar's file.
fn works(calendar: &Table, day: Date) -> bool {
    let year = table(table(calendar, "years"), &day.year().to_string());
    let within = |range: &&str| {
        let (first, last) = range.split_once("..").unwrap_or((*range, *range));
        (first.parse::<Date>().unwrap()..=last.parse().unwrap()).contains(&day)
    };
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    words(year, "workdays").iter().any(within) || !weekend && !words(year, "holidays").iter().any(within)
}

/// By the Regulation on public holidays: a year's days without its weekends and its 11 (from 2025 on: 13) public
/// holidays; make-up days and the days off for them cancel out. 2024: 366 - 104 - 11, 2025 and 2026: 365 - 104 - 13.
#[test]
fn a_year_has_as_many_working_days_as_the_law_leaves() {
    let phone = Preset::of("aftersales").unwrap().calendars[0].1;
    for text in [CHINA_CALENDAR, phone] {
        let calendar = parse(text);
        for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
            let worked =
                date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
            assert_eq!(worked.filter(|day| works(&calendar, *day)).count(), days, "{year}");
        }
    }
}

#[test]
fn the_phone_has_the_office_s_holidays_and_hours_of_its_own() {
    let (office, phone) = (parse(CHINA_CALENDAR), parse(Preset::of("aftersales").unwrap().calendars[0].1));
    assert_eq!(office["years"], phone["years"]);
    assert_eq!(words(table(&office, "hours"), "mon-fri"), ["09:00-12:00", "13:30-18:00"]);
    assert_eq!(words(table(&phone, "hours"), "mon-fri"), ["09:00-17:00"]);
    let plain = parse(PLAIN_CALENDAR);
    assert_eq!(plain["hours"], office["hours"]);
    assert_eq!(plain["any_year"], Value::Boolean(true));
}

#[test]
fn make_up_days_are_worked_and_holidays_are_not() {
    let calendar = parse(CHINA_CALENDAR);
    for (day, worked) in [
        (date(2024, 2, 4), true), // Sunday before the Spring Festival
        (date(2024, 2, 12), false),
        (date(2025, 1, 28), false), // New Year's Eve, a holiday since 2025
        (date(2025, 10, 11), true),
        (date(2026, 9, 20), true),
        (date(2026, 10, 7), false),
        (date(2026, 10, 8), true),
        (date(2026, 10, 10), true),
        (date(2026, 10, 11), false),
    ] {
        assert_eq!(works(&calendar, day), worked, "{day}");
    }
}
