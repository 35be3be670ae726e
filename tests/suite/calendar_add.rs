//! `fb calendar add`: a published year in the calendar's file, one commit of it, and every byte that was there stays.

use std::io::Write;
use std::process::Stdio;

use crate::ledger::TestLedger;

const OFFICE: &str = "calendar/office.toml";

/// A made-up 2027: 3 days of New Year, of which the last of 2026 is one more; a week of Spring Festival with two days
/// that make up for it.
const YEAR: &str = r#"{"$schema": "x", "year": 2027, "papers": [], "days": [
  {"name": "元旦", "date": "2026-12-31", "isOffDay": true},
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
  {"name": "元旦", "date": "2027-01-02", "isOffDay": true},
  {"name": "元旦", "date": "2027-01-03", "isOffDay": true},
  {"name": "春节", "date": "2027-01-30", "isOffDay": false},
  {"name": "春节", "date": "2027-02-05", "isOffDay": true},
  {"name": "春节", "date": "2027-02-06", "isOffDay": true},
  {"name": "春节", "date": "2027-02-07", "isOffDay": true},
  {"name": "春节", "date": "2027-02-08", "isOffDay": true},
  {"name": "春节", "date": "2027-02-20", "isOffDay": false}
]}
"#;

/// The same as an iCalendar file.
const EVENTS: [(&str, &str, &str); 4] = [
    ("20261231", "20270104", "元旦（休）"),
    ("20270130", "20270131", "春节（班）"),
    ("20270205", "20270209", "春节 假期"),
    ("20270220", "20270221", "春节 补班"),
];

/// What it becomes, written by hand.
const WRITTEN: &str = r#"
[years.2027]
holidays = [
  "2027-01-01..2027-01-03", # 元旦
  "2027-02-05..2027-02-08", # 春节
]
workdays = [
  "2027-01-30", # 春节
  "2027-02-20", # 春节
]
"#;

fn ics(events: &[(&str, &str, &str)]) -> String {
    let event = |(first, end, summary): &(&str, &str, &str)| {
        format!(
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{end}\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\n"
        )
    };
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
        events.iter().map(event).collect::<String>()
    )
}

fn with(file: &str, text: &str) -> TestLedger {
    let shop = TestLedger::new();
    shop.write(&format!("../{file}"), text);
    shop
}

/// The office's calendar as it is after the year: the last day of 2026 in its list, the new year at the end.
fn grown(before: &str) -> String {
    let last = "\"2026-10-01..2026-10-07\"";
    assert_eq!(before.matches(last).count(), 1);
    before.replace(last, &format!("{last}, \"2026-12-31\"")) + WRITTEN
}

#[test]
fn a_year_comes_in_from_either_form() {
    for (file, text) in [("2027.json", YEAR.to_owned()), ("2027.ics", ics(&EVENTS))] {
        let shop = with(file, &text);
        let (before, commits) = (shop.read(OFFICE), shop.commits());
        let file = format!("../{file}");
        let ran = shop.run(&["calendar", "add", &file]).ok();
        assert_eq!(
            ran.out,
            "added to calendar/office.toml: 1 day of 2026, 2027 (7 days off, 2 make-up working days)\n"
        );
        assert_eq!(shop.read(OFFICE), grown(&before));
        assert_eq!(shop.commits(), commits + 1);
        assert_eq!(shop.git(&["show", "--format=", "--name-only", "HEAD"]), OFFICE);
        assert_eq!(shop.last("%s"), "calendar: add days of 2026, 2027 to office");
        assert_eq!(shop.last("%(trailers:key=Fb-Command,valueonly)").trim(), "calendar");
        assert_eq!((shop.status().as_str(), shop.run(&["check"]).ok().out.as_str()), ("", ""));
        // Thursday 31 December is off: the next working day is Monday 4 January
        let due = shop.run(&["calendar", "due", "2026-12-30T12:00", "1wd", "--format", "json"]).ok();
        assert_eq!(due.json()["due"], "2027-01-04T18:00:00+08:00");
        // Once more: nothing to do
        let again = shop.run(&["calendar", "add", &file]).ok();
        assert_eq!(again.out, "calendar/office.toml has all of it already; nothing was written\n");
        assert_eq!(shop.commits(), commits + 1);
        shop.run(&["undo"]).ok();
        assert_eq!(shop.read(OFFICE), before);
    }
}

#[test]
fn a_dry_run_shows_what_would_be_added() {
    let shop = with("2027.json", YEAR);
    let before = shop.snapshot();
    let ran = shop.run(&["calendar", "add", "../2027.json", "--dry-run"]).ok();
    let year: String = WRITTEN.trim().lines().map(|line| format!("  {line}\n")).collect();
    let expected =
        format!("would add to calendar/office.toml:\n  [years.2026] holidays: \"2026-12-31\"\n{year}");
    assert_eq!(ran.out, expected);
    let ran = shop.run(&["--lang", "zh", "calendar", "add", "../2027.json", "--dry-run"]).ok();
    assert!(ran.out.starts_with("将添加到 calendar/office.toml：\n"), "{}", ran.out);
    assert_eq!(shop.snapshot(), before);
}

/// A year that has no list yet gets it.
#[test]
fn a_dry_run_shows_a_new_list_of_a_year() {
    let shop = with("2027.json", YEAR);
    shop.put(OFFICE, "name = \"office\"\n[hours]\nmon-fri = [\"09:00-18:00\"]\n[years.2026]\n[years.2027]\n");
    let one = "{\"year\": 2027, \"days\": [{\"date\": \"2026-12-31\", \"isOffDay\": true}]}";
    shop.write("../2027.json", one);
    shop.refused(&["calendar", "add", "../2027.json"], 2).says(&["has no day of 2027"]);
    shop.write("../2027.json", one.replace("}]", "}, {\"date\": \"2027-01-02\", \"isOffDay\": true}]"));
    // Saturday 2 January is off anyway: the calendar has 2027 as the file says it
    let ran = shop.run(&["calendar", "add", "../2027.json", "--dry-run"]).ok();
    assert_eq!(
        ran.out,
        "would add to calendar/office.toml:\n  [years.2026] holidays = [\n    \"2026-12-31\",\n  ]\n"
    );
    let ran = shop.run(&["calendar", "add", "../2027.json"]).ok();
    assert_eq!(ran.out, "added to calendar/office.toml: 1 day of 2026\n");
    assert_eq!(shop.last("%s"), "calendar: add days of 2026 to office");
}

#[test]
fn standard_input_and_commits_turned_off() {
    let shop = TestLedger::new();
    let before = shop.read(OFFICE);
    let mut command = shop.fb(&["--no-commit", "calendar", "add", "-"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(YEAR.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    assert!(String::from_utf8(ran.stderr).unwrap().contains("not committed"));
    assert_eq!((shop.read(OFFICE), shop.status().as_str()), (grown(&before), " M calendar/office.toml"));
}

/// The file as hands have written it, and what is put into it, by hand as well.
#[test]
fn every_byte_of_an_odd_file_stays() {
    let head = "name = \"office\"\n[hours]\nmon-fri = [\"09:00-18:00\"]\n";
    let year = "{ holidays = [\n  \"2027-01-01\", # 元旦\n], workdays = [\n  \"2027-01-09\", # 元旦\n] }";
    let section = "[years.2027]\nholidays = [\n  \"2027-01-01\", # 元旦\n]\nworkdays = [\n  \"2027-01-09\", # 元旦\n]\n";
    let shop = with(
        "a.json",
        r#"{"year": 2027, "days": [{"name": "元旦", "date": "2026-12-31", "isOffDay": true},
            {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
            {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}"#,
    );
    for (before, after) in [
        (
            format!("{head}[years.2026]\n# none yet\n\n# the end"),
            format!(
                "{head}[years.2026]\n# none yet\nholidays = [\n  \"2026-12-31\", # 元旦\n]\n\n{section}\n# the end"
            ),
        ),
        (
            format!("years.2026.holidays = []\n{head}"),
            format!("years.2026.holidays = [\"2026-12-31\"]\nyears.2027 = {year}\n{head}"),
        ),
        (
            format!("years = {{ 2026 = {{ holidays = [ \"2026-01-01\" ] }} }} # all\n{head}"),
            format!(
                "years = {{ 2026 = {{ holidays = [ \"2026-01-01\", \"2026-12-31\" ] }}, 2027 = {year} }} # all\n{head}"
            ),
        ),
        (
            format!("{head}[years.2026.days]\n2026-12-30 = []\n"),
            format!(
                "{head}[years.2026.days]\n2026-12-30 = []\n\n[years.2026]\nholidays = [\n  \"2026-12-31\", # 元旦\n]\n\n{section}"
            ),
        ),
    ] {
        for mark in ["", "\u{feff}"] {
            for line_break in ["\n", "\r\n"] {
                let form = |text: &str| format!("{mark}{}", text.replace('\n', line_break));
                shop.put(OFFICE, form(&before));
                shop.run(&["calendar", "add", "../a.json"]).ok();
                assert_eq!(shop.read(OFFICE), form(&after));
            }
        }
    }
}

#[test]
fn what_is_not_the_same_is_refused() {
    let shop = with("2027.json", YEAR);
    let file = "../2027.json";
    let add = ["calendar", "add", file];
    shop.run(&add).ok();
    let read = |year: &str| shop.write(file, year);
    read(&YEAR.replace("2027-02-20", "2027-02-21"));
    let refused = shop.refused(&add, 2);
    refused
        .says(&["has 2027 already, and it is not the same: 2027-02-20 not in the file, 2027-02-21 worked"]);
    shop.refused(&["--lang", "zh", "calendar", "add", file], 2)
        .says(&["2027-02-20 文件里没有、2027-02-21 上班"]);
    read(&YEAR.replace("2026-12-31\", \"isOffDay\": true", "2026-10-07\", \"isOffDay\": false"));
    shop.refused(&add, 2).says(&["has other hours for 2026-10-07"]);
    read(&YEAR.replace("2026-12-31", "2023-12-29"));
    shop.refused(&add, 2).says(&["2023-12-29 is a day of 2023, which the calendar `office` lacks"]);
    read("{\"year\": 2028, \"days\": []}");
    shop.refused(&add, 2).says(&["has no days", "not published yet"]);
    read(&YEAR.replace("\"year\": 2027", "\"year\": 2028"));
    shop.refused(&add, 2).says(&["has no day of 2028"]);
    read(&YEAR.replace("true}", "1}"));
    shop.refused(&add, 2).says(&[
        "2027.json:2",
        "`isOffDay` must be true",
        "nothing was added from ../2027.json: 8 problems",
    ]);
    read(&ics(&[("20270214", "20270215", "情人节")]));
    shop.refused(&add, 2).says(&["2027.json:6", "`情人节` does not say whether the day is off or worked"]);
    shop.refused(&["calendar", "add", "../none.json"], 2).says(&["cannot be read"]);
    // A make-up working day has Monday's hours
    shop.put(OFFICE, "name = \"office\"\n[hours]\ntue-fri = [\"09:00-18:00\"]\n[years.2026]\n");
    read(YEAR);
    shop.refused(&add, 2).says(&["calendar/office.toml would be wrong with this", "Monday has none"]);
    shop.put(OFFICE, "name = \"office\"\nany_year = true\n[hours]\nmon-fri = [\"09:00-18:00\"]\n");
    shop.refused(&add, 2).says(&["knows every year"]);
}

#[test]
fn of_several_calendars_one_is_named() {
    let shop = TestLedger::of("aftersales");
    shop.write("../2027.json", YEAR.replace("2026-12-31", "2027-01-03"));
    let add = ["calendar", "add", "../2027.json"];
    shop.refused(&add, 2).says(&["several calendars", "--calendar: office phone"]);
    let named = |name: &str| [&add[..], &["--calendar", name]].concat().join(" ");
    let run = |line: &str| shop.run(&line.split(' ').collect::<Vec<_>>());
    run(&named("ofice")).says(&["there is no calendar `ofice`", "did you mean `office`?"]);
    let office = shop.read(OFFICE);
    run(&named("phone")).ok();
    assert_eq!(shop.git(&["show", "--format=", "--name-only", "HEAD"]), "calendar/phone.toml");
    assert_eq!(shop.read(OFFICE), office);
}

/// Where a year is missing, the command that adds it is named.
#[test]
fn a_missing_year_names_the_command() {
    let shop = TestLedger::of("handbook");
    let check = shop.run(&["check"]).ok();
    assert!((check.out + &check.err).contains("`fb calendar add FILE` adds 2027"), "{}", check.err);
    let check = shop.run(&["--lang", "zh", "check"]).ok();
    assert!((check.out + &check.err).contains("`fb calendar add 文件`"), "{}", check.err);
    shop.run(&["calendar", "show", "2027-01"]).says(&["`fb calendar add FILE` adds 2027", "[years.2027]"]);
    let due = shop.run(&["calendar", "due", "2026-12-31T12:00", "8wd"]);
    due.says(&["does not have the year 2027", "`fb calendar add FILE`", "calendar/office.toml"]);
}
