use std::path::Path;

use super::*;
use crate::lang::Lang;

fn read_text(text: &str) -> Result<PublishedDays, Vec<Finding>> {
    read(text.as_bytes(), Path::new("x"))
}

/// The ranges of a year: those off, and those worked, each with its names.
fn ranges(found: &PublishedDays, year: i16) -> [Vec<String>; 2] {
    [true, false].map(|is_off| {
        let ranges = found.ranges(year, is_off).into_iter();
        ranges
            .map(|range| format!("{} {}", range.written(), range.names.join("、")).trim().to_owned())
            .collect()
    })
}

/// Where it is wrong, and what is said in both languages.
fn wrong(text: &[u8]) -> Vec<(usize, String)> {
    let found = read(text, Path::new("x")).unwrap_err();
    found
        .iter()
        .map(|finding| {
            assert!(!finding.help.is_empty() && !finding.message.to(Lang::Zh).is_ascii());
            (finding.place.line.unwrap(), finding.message.to(Lang::En).to_owned())
        })
        .collect()
}

/// The days of 2018 as the State Council announced them (国办发明电〔2017〕12号, and for the New Year of 2019
/// 国办发明电〔2018〕15号), in the form in which they are published, days that are weekends anyway left out.
const YEAR_2018: &str = r#"{
  "$schema": "https://example.cn/schema.json",
  "year": 2018,
  "papers": [],
  "days": [
    {"name": "元旦", "date": "2018-01-01", "isOffDay": true},
    {"name": "春节", "date": "2018-02-11", "isOffDay": false},
    {"name": "春节", "date": "2018-02-15", "isOffDay": true},
    {"name": "春节", "date": "2018-02-16", "isOffDay": true},
    {"name": "春节", "date": "2018-02-17", "isOffDay": true},
    {"name": "春节", "date": "2018-02-18", "isOffDay": true},
    {"name": "春节", "date": "2018-02-19", "isOffDay": true},
    {"name": "春节", "date": "2018-02-20", "isOffDay": true},
    {"name": "春节", "date": "2018-02-21", "isOffDay": true},
    {"name": "春节", "date": "2018-02-24", "isOffDay": false},
    {"name": "国庆节", "date": "2018-09-29", "isOffDay": false},
    {"name": "国庆节", "date": "2018-09-30", "isOffDay": false},
    {"name": "元旦", "date": "2018-12-29", "isOffDay": false},
    {"name": "元旦", "date": "2018-12-30", "isOffDay": true},
    {"name": "元旦", "date": "2018-12-31", "isOffDay": true}
  ]
}"#;

#[test]
fn a_year_in_json() {
    let found = read_text(YEAR_2018).unwrap();
    assert_eq!(found.years, BTreeSet::from([2018]));
    let off = ["2018-01-01 元旦", "2018-02-15..2018-02-21 春节", "2018-12-30..2018-12-31 元旦"];
    let worked = ["2018-02-11 春节", "2018-02-24 春节", "2018-09-29..2018-09-30 国庆节", "2018-12-29 元旦"];
    assert_eq!(ranges(&found, 2018), [off.map(str::to_owned).to_vec(), worked.map(str::to_owned).to_vec()]);
    let with_mark = read(format!("\u{feff}\r\n{YEAR_2018}").as_bytes(), Path::new("x")).unwrap();
    assert_eq!(with_mark, found);
}

#[test]
fn every_day_that_is_wrong_is_told_with_its_line() {
    let text = r#"{"year": "2027", "days": [
  {"name": "元旦", "date": "2027-02-30", "isOffDay": true},
  {"date": "2027-01-02", "isOffDay": "yes"},
  {"date": "2027-01-03", "isOffDay": true}, {"date": "2027-01-03", "isOffDay": false},
  {"name": 7,
   "date": "20270104"}, 5
]}"#;
    let expected = [
        (1, "`year` must be a year, such as 2027"),
        (2, "`date` must be a date that exists, such as \"2027-01-01\""),
        (3, "`isOffDay` must be true (off) or false (a make-up working day)"),
        (4, "2027-01-03 is both off and a working day"),
        (5, "`date` must be a date that exists, such as \"2027-01-01\""),
        (5, "`isOffDay` must be true (off) or false (a make-up working day)"),
        (5, "`name` must be text"),
        (6, "`date` must be a date that exists, such as \"2027-01-01\""),
        (6, "`isOffDay` must be true (off) or false (a make-up working day)"),
    ];
    assert_eq!(wrong(text.as_bytes()), expected.map(|(line, words)| (line, words.to_owned())));
}

#[test]
fn what_is_no_published_year() {
    for (text, line, words) in [
        (&b""[..], 1, "this is neither a year"),
        (b"<html>", 1, "this is neither a year"),
        (b"[]", 1, "this is neither a year"),
        (b"{\"year\": 2027,\n\"days\": [1, }", 2, "this is not JSON"),
        (b"{\"year\": 2027}", 1, "`days` must be a list"),
        (b"{\"year\": 2027, \n\"days\": {}}", 2, "`days` must be a list"),
        (b"{\"year\": 12027, \"days\": []}", 1, "`year` must be a year"),
        (b"{\"year\": 2027,\n\"name\": \"\xff\"}", 2, "this is not UTF-8"),
    ] {
        let found = wrong(text);
        let [(at, said)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((*at, said.starts_with(words)), (line, true), "{said}");
    }
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n"))
}

/// Folded lines (one within a letter), a time zone and an alarm with their own dates, every way to end an event.
#[test]
fn an_icalendar_file() {
    let fold =
        [&b"SUMMARY:\xe5\x85"[..], b"\r\n ", b"\x83\xe6\x97\xa6\xef\xbc\x88\xe4\xbc\x91\xef\xbc\x89\r\n"];
    let head = "BEGIN:VCALENDAR\r\nX-WR-CALDESC:中国法定\r\n\t节假日\r\nBEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n\
                BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n\
                DTSTART;VALUE=DATE:20270101\r\nDTEND;X=\"a:b\";VALUE=DATE:20270104\r\n";
    let tail = "BEGIN:VALARM\r\nSUMMARY:明天上班\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VEVENT\r\nbegin:vevent\r\n\
                Summary:春节假期\r\ndtstart:20270206\r\nDURATION:P1W\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n\
                SUMMARY:春节\\, 调休上班\r\nDTSTART:20270220\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSTATUS:CANCELLED\r\n\
                SUMMARY:生日\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
    let file = [head.as_bytes(), &fold.concat(), tail.as_bytes()].concat();
    let found = read(&file, Path::new("x")).unwrap();
    assert_eq!(found.years, BTreeSet::from([2027]));
    let off = ["2027-01-01..2027-01-03 元旦", "2027-02-06..2027-02-12 春节"].map(str::to_owned).to_vec();
    assert_eq!(ranges(&found, 2027), [off, vec!["2027-02-20 春节,".to_owned()]]);
    let unix: Vec<u8> = file.into_iter().filter(|byte| *byte != b'\r').collect();
    assert_eq!(read(&unix, Path::new("x")).unwrap(), found);
}

/// Of summaries that calendars have, and of some that say too little.
#[test]
fn a_summary_says_whether_the_day_is_off() {
    for (summary, off, name) in [
        ("元旦（休）", Some(true), "元旦"),
        ("国庆节（班）", Some(false), "国庆节"),
        ("元旦 假期 第1天/共3天", Some(true), "元旦"),
        ("春节 补班 第1天/共2天", Some(false), "春节"),
        ("国庆节放假", Some(true), "国庆节"),
        ("[放假]中秋节", Some(true), "[放假]中秋节"),
        ("劳动节调休上班", Some(false), "劳动节"),
        ("New Year's Day holiday", Some(true), "New Year's Day holiday"),
        ("Working Day for Spring Festival", Some(false), "Working Day for Spring Festival"),
        ("Make-up WORKDAY", Some(false), "Make-up WORKDAY"),
        ("劳动节调休", None, ""),
        ("元旦假期（补班）", None, ""),
        ("Holiday (workday)", None, ""),
        ("情人节", None, ""),
        ("", None, ""),
    ] {
        let found = read_text(&event(&format!("SUMMARY:{summary}\r\nDTSTART:20270501\r\n")));
        match off {
            Some(is_off) => {
                let day = PublishedDay { name: name.to_owned(), is_off };
                assert_eq!(found.unwrap().days.into_values().collect::<Vec<_>>(), [day], "{summary}");
            }
            None => {
                let said = found.unwrap_err()[0].message.to(Lang::En).to_owned();
                assert_eq!(said, format!("`{summary}` does not say whether the day is off or worked"));
            }
        }
    }
}

#[test]
fn an_event_that_is_not_understood_is_told_with_its_line() {
    for (lines, line, words) in [
        ("SUMMARY:休\r\n", 3, "no DTSTART"),
        ("SUMMARY:休\r\nDTSTART:20270101T000000\r\n", 5, "`20270101T000000` is not a whole day"),
        ("DTSTART:20270230\r\nSUMMARY:休\r\n", 4, "`20270230` is not a whole day"),
        ("SUMMARY:休\r\nDTSTART:20270101\r\nDTEND:20270101\r\n", 6, "does not end after it begins"),
        ("SUMMARY:休\r\nDTSTART:20270101\r\nDTEND:20990101\r\n", 6, "longer than a year"),
        ("SUMMARY:休\r\nDTSTART:20270101\r\nDURATION:PT8H\r\n", 6, "`PT8H` does not say"),
        ("SUMMARY:休\r\nDTSTART:20270101\r\nRRULE:FREQ=YEARLY\r\n", 6, "RRULE is not understood"),
        ("DTSTART:20270101\r\nSUMMARY:春\r\n 节\r\n", 5, "`春节` does not say"),
        ("DTSTART:20270101\r\n???\r\nSUMMARY:休\r\n", 5, "not a line of iCalendar"),
        ("END:VTODO\r\n", 4, "END:VTODO ends nothing"),
    ] {
        let found = wrong(event(lines).as_bytes());
        assert_eq!((found.len(), found[0].0), (1, line), "{found:?}");
        assert!(found[0].1.contains(words), "{found:?}");
    }
    let cut = wrong(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\n");
    assert_eq!(cut, [(3, "the file ends within VCALENDAR".to_owned())]);
    let twice = calendar(
        "BEGIN:VEVENT\r\nSUMMARY:休\r\nDTSTART:20270101\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:班\r\n\
         DTSTART:20270101\r\nEND:VEVENT\r\n",
    );
    assert_eq!(wrong(twice.as_bytes()), [(7, "2027-01-01 is both off and a working day".to_owned())]);
}

/// A year with days in December only is not what a file with the next year is about.
#[test]
fn december_may_belong_to_the_next_year() {
    let years = |days: &[&str]| {
        let one = |day: &&str| format!("BEGIN:VEVENT\r\nSUMMARY:休\r\nDTSTART:{day}\r\nEND:VEVENT\r\n");
        let found = read_text(&calendar(&days.iter().map(one).collect::<String>())).unwrap();
        found.years.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(years(&["20261231", "20270101"]), [2027]);
    assert_eq!(years(&["20261001", "20261231", "20270101"]), [2026, 2027]);
    assert_eq!(years(&["20261231"]), [2026]);
    assert_eq!(years(&["20251231", "20271231"]), [2025, 2027]);
}
