//! Broken calendar files, each with the messages about it and their places.

use std::path::Path;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use crate::calendar::Calendar;
use crate::error::Finding;
use crate::lang::Lang;

fn findings(text: &str) -> Vec<Finding> {
    Calendar::read(text, Path::new("calendar/office.toml"), &TimeZone::UTC).err().unwrap_or_default()
}

/// The messages, as `line:column+width message`; without a line for the file as a whole.
fn said(text: &str) -> Vec<String> {
    let line = |finding: Finding| match (finding.place.line, finding.place.column) {
        (Some(line), Some(column)) => format!("{line}:{column}+{} {}", finding.place.width, finding.message),
        _ => format!("{}", finding.message),
    };
    findings(text).into_iter().map(line).collect()
}

/// The messages about a file whose other lines are correct; the text begins on line 3.
fn said_after_head(text: &str) -> Vec<String> {
    said(&format!("name = \"office\"\nany_year = true\n{text}"))
}

/// The messages about a year; the text begins on line 5.
fn said_in_year(text: &str) -> Vec<String> {
    said(&format!("name = \"office\"\n[hours]\nmon-fri = [\"09:00-18:00\"]\n[years.2026]\n{text}"))
}

#[test]
fn a_sound_file() {
    let text = r#"
        name = "office"
        any_year = false
        [hours]
        mon-wed = ["09:00-12:00", "13:30-24:00"]
        "thu, fri" = ["13:30-18:00", "09:00-12:00"]
        sat-sun = []
        [years.2026]
        holidays = ["2026-01-01..2026-01-03", 2026-10-01]
        workdays = ["2026-01-04"]
        days = { 2026-12-31 = ["09:00-12:00"], "2026-12-30" = [] }
        [years.2027]
    "#;
    assert_eq!(said(text), [""; 0]);
    assert_eq!(said(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), [""; 0]);
}

#[test]
fn the_head() {
    assert_eq!(said(""), ["1:1+1 this file needs `name`", "1:1+1 the calendar lists no years"]);
    assert_eq!(
        said("name = \" \"\nany_year = \"yes\"\nhoury = 1\n[hours]\nmon = [\"09:00-10:00\"]\n"),
        [
            "1:8+3 a calendar's name must not be empty",
            "2:12+5 `any_year` must be true or false, not text",
            "3:1+5 `houry` is not a key of this file",
        ]
    );
    assert_eq!(
        said("name = \"office\"\nany_year = true\n[hours]\nmon = [\"09:00-10:00\"]\n[years.2026]\n"),
        ["5:2+5 `years` and `any_year = true` exclude each other"]
    );
    assert_eq!(said("name = 7\nyears = 2026\nhours = []\n").len(), 3);
}

#[test]
fn what_is_no_toml() {
    let found =
        said("name = \"office\"\nany_year = true\n[hours]\nmon,tue = [\"09:00-10:00\"]\nwed = [\"09:00\n");
    assert!(found.iter().all(|line| line.contains("this is not TOML: ")), "{found:?}");
    assert!(found.first().is_some_and(|line| line.starts_with("4:")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("5:")), "{found:?}");
    let twice = said("name = \"a\"\nname = \"b\"\n");
    assert_eq!(twice, ["2:1+4 `name` appears twice"]);
}

#[test]
fn the_week() {
    assert_eq!(
        said_after_head("[hours]\nmon-fry = [\"09:00-10:00\"]\nMonday = []\nyesterday = []\n"),
        [
            "4:1+7 there is no weekday `fry`",
            "5:1+6 there is no weekday `Monday`",
            "6:1+9 there is no weekday `yesterday`",
        ]
    );
    assert_eq!(
        said_after_head("[hours]\nmon-fri = [\"09:00-10:00\"]\nwed = [\"10:00-11:00\"]\n"),
        ["5:1+3 `wed` already has its hours"]
    );
    assert_eq!(
        said_after_head("[hours]\nmon = \"09:00-10:00\"\ntue = [9, \"9:00-10:00\", \"九点到十点\"]\n"),
        [
            "4:7+13 `mon` must be a list in square brackets, not text",
            "5:8+1 each entry of `tue` must be text in quotation marks, not a number",
            "5:11+12 `9:00-10:00` is not a period of working time",
            "5:25+7 `九点到十点` is not a period of working time",
        ]
    );
    assert_eq!(
        said_after_head("[hours]\nmon = [\"09:00-12:00\", \"11:59-13:00\", \"08:00-09:01\"]\n"),
        ["4:8+13 09:00-12:00 overlaps 08:00-09:01", "4:23+13 11:59-13:00 overlaps 09:00-12:00"]
    );
    assert_eq!(said_after_head("[hours]\nmon = [\"09:00-12:00\", \"12:00-13:00\"]\n"), [""; 0]);
}

#[test]
fn a_night_that_runs_into_the_next_day() {
    assert_eq!(
        said_after_head("[hours]\nmon-fri = [\"08:00-12:00\", \"22:00-08:01\"]\n"),
        ["4:27+13 22:00-08:01 on Mon runs into 08:00-12:00 on Tue"]
    );
    assert_eq!(
        said_after_head("[hours]\nsun = [\"22:00-06:00\"]\nmon = [\"05:00-09:00\"]\n"),
        ["4:8+13 22:00-06:00 on Sun runs into 05:00-09:00 on Mon"]
    );
    assert_eq!(said_after_head("[hours]\nmon-sun = [\"08:00-12:00\", \"22:00-08:00\"]\n"), [""; 0]);
}

#[test]
fn no_hours_at_all() {
    let none = "the calendar has no working hours at all";
    assert_eq!(said_after_head(""), [format!("1:1+1 {none}")]);
    assert_eq!(said_after_head("[hours]\nmon-sun = []\n"), [format!("3:2+5 {none}")]);
    assert_eq!(said("name = \"x\"\n[years.2026]\nholidays = [\"2026-10-01\"]\n"), [format!("1:1+1 {none}")]);
    assert_eq!(said("name = \"x\"\n[years.2026.days]\n2026-10-01 = [\"09:00-10:00\"]\n"), [""; 0]);
}

#[test]
fn the_years() {
    assert_eq!(
        said("name = \"office\"\nyears = 2026\n[hours]\nmon = [\"09:00-18:00\"]\n"),
        ["2:9+4 `years` must be a table, not a number"]
    );
    assert_eq!(
        said("name = \"office\"\n[hours]\nmon = [\"09:00-18:00\"]\n[years]\n26 = {}\n2026 = []\n0000 = {}\n"),
        [
            "5:1+2 `26` is not a year",
            "6:8+2 `2026` must be a table, not a list",
            "7:1+4 `0000` is not a year"
        ]
    );
    assert_eq!(
        said("name = \"office\"\n[hours]\nmon = [\"09:00-18:00\"]\n[years]\n"),
        ["4:2+5 the calendar lists no years"]
    );
}

#[test]
fn the_dates_of_a_year() {
    assert_eq!(
        said_in_year("holiday = [\"2026-10-01\"]\nworkdays = \"2026-10-10\"\n"),
        [
            "5:1+7 `holiday` is not a key of [years.2026]",
            "6:12+12 `workdays` must be a list in square brackets, not text"
        ]
    );
    assert_eq!(
        said_in_year(
            "holidays = [\"2026-02-29\", \"2026-1-1\", 7, \"2027-01-01\", \"2026-12-30..2027-01-02\"]\n"
        ),
        [
            "5:13+12 `2026-02-29` is not a date that exists",
            "5:27+10 `2026-1-1` is not a date that exists",
            "5:39+1 `7` is not a date that exists",
            "5:42+12 2027-01-01 is not in 2026",
            "5:56+24 2027-01-02 is not in 2026",
        ]
    );
    assert_eq!(
        said_in_year("holidays = [\"2026-10-07..2026-10-01\"]\n"),
        ["5:13+24 `2026-10-07..2026-10-01` ends before it begins"]
    );
    assert_eq!(
        said_in_year("workdays = [\"2026-10-03\"]\nholidays = [\"2026-10-01..2026-10-07\"]\n"),
        ["6:13+24 2026-10-03 is both in `workdays` and in `holidays`"]
    );
    assert_eq!(
        said_in_year("holidays = [\"2026-10-01..2026-10-03\", \"2026-10-02\"]\n"),
        [""; 0],
        "to say the same twice does no harm"
    );
}

#[test]
fn days_with_their_own_hours() {
    assert_eq!(
        said_in_year("holidays = [\"2026-12-31\"]\n[years.2026.days]\n2026-12-31 = [\"09:00-12:00\"]\n"),
        ["7:1+10 2026-12-31 is both in `holidays` and in `days`"]
    );
    assert_eq!(
        said_in_year("[years.2026.days]\n2025-12-31 = [\"09:00-12\"]\nmonday = []\n"),
        [
            "6:1+10 2025-12-31 is not in 2026",
            "6:15+10 `09:00-12` is not a period of working time",
            "7:1+6 `monday` is not a date that exists",
        ]
    );
    assert_eq!(
        said_in_year("[years.2026.days]\n2026-11-23 = [\"22:00-10:00\"]\n"),
        ["6:1+10 the hours of 2026-11-23 (22:00-10:00) run into those of 2026-11-24 (09:00-18:00)"]
    );
    assert_eq!(
        said_in_year("[years.2026.days]\n2026-12-31 = [\"22:00-10:00\"]\n"),
        [""; 0],
        "nobody knows when 2027 begins to work"
    );
}

#[test]
fn make_up_days_need_mondays_hours() {
    assert_eq!(
        said(
            "name = \"x\"\n[hours]\ntue-sun = [\"09:00-18:00\"]\n[years.2026]\nworkdays = [\"2026-10-12\"]\n"
        ),
        ["5:13+12 a make-up working day has Monday's hours, but Monday has none"]
    );
}

#[test]
fn all_problems_are_reported_at_once_and_with_what_to_do() {
    let text = r#"nam = "office"
[hours]
mon-fri = ["09:00-12:00", "11:00-18:00"]
sat = ["25:00-26:00"]
[years.2026]
holidays = ["2026-13-01"]
"#;
    let found = findings(text);
    assert_eq!(found.len(), 5);
    for finding in &found {
        assert_eq!((finding.code.word(), finding.help.len()), ("bad-policy", 1));
        assert!(finding.message.to(Lang::Zh) != finding.message.to(Lang::En));
    }
    assert_eq!(found[1].help[0].to_string(), "did you mean `name`?");
    assert_eq!(found[1].help[0].to(Lang::Zh), "是不是想写 `name`？");
    assert_eq!(found[1].place.to_string(), "calendar/office.toml:1:1");
}

proptest! {
    /// Any file is read or refused, and every finding is at a place in the text.
    #[test]
    fn no_text_is_too_broken(text in "(name|hours|years|mon|2026|[\\[\\]{}=\",.:#é天\r\n -]|09:00|holidays|days){0,40}") {
        for finding in findings(&text) {
            if let Some(line) = finding.place.line {
                prop_assert!(line <= text.matches('\n').count() + 1, "{text:?} {finding:?}");
            }
        }
    }
}
