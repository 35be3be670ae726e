//! Workbooks as another program writes them, brought into a ledger.

use std::fs;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::ledger::TestLedger;

const MAP: &str = "\
[columns]
Ticket = \"external\"
Subject = \"title\"
Opened = \"received\"
Solved = \"resolved\"
[dates]
received = \"%m/%d/%Y\"
[defaults]
kind = \"complaint\"
channel = \"email\"
";

/// A workbook whose second sheet has tickets; the last of them was solved on no day.
fn tickets(ledger: &TestLedger) {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write_string(0, 0, "nothing here").unwrap();
    let sheet = book.add_worksheet().set_name("Tickets").unwrap();
    sheet.write_row(0, 0, ["Ticket", "Subject", "Opened", "Solved"]).unwrap();
    let minutes = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let at = |hour| ExcelDateTime::from_ymd(2026, 10, 5).unwrap().and_hms(hour, 30, 0).unwrap();
    for (row, subject) in [(1, "=1+1"), (2, "盖子打不开"), (3, "third")] {
        sheet.write_number(row, 0, 1000 + row).unwrap();
        sheet.write_string(row, 1, subject).unwrap();
        sheet.write_datetime_with_format(row, 2, at(9), &minutes).unwrap();
        sheet.write_datetime_with_format(row, 3, at(16), &minutes).unwrap();
    }
    sheet.write_string(3, 3, "soon").unwrap();
    book.save(ledger.dir.join("tickets.xlsx")).unwrap();
    ledger.write("map.toml", MAP);
}

const IMPORT: [&str; 6] = ["import", "tickets.xlsx", "--sheet", "Tickets", "--map", "map.toml"];

#[test]
fn a_bad_cell_is_told_by_its_name_and_nothing_is_written() {
    let ledger = TestLedger::new();
    tickets(&ledger);
    let before = ledger.commits();
    let refused = ledger.run(&IMPORT);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("tickets.xlsx:D4"), "{}", refused.err);
    assert!(refused.err.contains("`soon` is not an existing date"), "{}", refused.err);
    assert_eq!(ledger.commits(), before);
    let missing = ledger.run(&["import", "tickets.xlsx", "--sheet", "Ticket", "--map", "map.toml"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("did you mean `Tickets`?"), "{}", missing.err);
}

#[test]
fn the_good_rows_come_in_with_dates_of_the_shops_zone_and_the_bad_ones_are_put_aside() {
    let ledger = TestLedger::new();
    tickets(&ledger);
    ledger.run(&[&IMPORT[..], &["--rejects", "bad.csv"]].concat()).ok();
    let cases = ledger.run(&["export", "--format", "jsonl"]).ok().out;
    assert_eq!(cases.lines().count(), 2, "{cases}");
    for words in
        ["\"=1+1\"", "盖子打不开", "\"1001\"", "2026-10-05T09:30:00+08:00", "2026-10-05T16:30:00+08:00"]
    {
        assert!(cases.contains(words), "{words}: {cases}");
    }
    assert_eq!(
        ledger.read("bad.csv"),
        "Ticket,Subject,Opened,Solved\n1003,third,2026-10-05T09:30:00+08:00,soon\n"
    );
    // Mended, they come in by the same map
    ledger.write("bad.csv", ledger.read("bad.csv").replace("soon", "2026-10-06 10:00"));
    ledger.run(&["import", "bad.csv", "--map", "map.toml"]).ok();
    assert_eq!(ledger.run(&["export", "--format", "jsonl"]).ok().out.lines().count(), 3);
}

#[test]
fn what_is_no_workbook_is_refused() {
    let ledger = TestLedger::new();
    fs::write(ledger.dir.join("a.xlsx"), "id,title\n").unwrap();
    let refused = ledger.run(&["import", "a.xlsx"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("this is not a readable Excel workbook"), "{}", refused.err);
    let rejects = ledger.run(&["import", "a.xlsx", "--rejects", "bad.xlsx"]);
    assert_eq!(rejects.status, 2);
    assert!(rejects.err.contains("--rejects bad.csv"), "{}", rejects.err);
}

/// Onto a case that is there, so many that reading it again for each of them would take minutes.
#[test]
fn a_long_history_is_added_to_a_case_at_once() {
    let shop = TestLedger::new();
    let row = "external,kind,title,channel,received\n7,complaint,cup,chat,2026-11-01 09:00\n";
    shop.write("rows.csv", row);
    shop.run(&["import", "rows.csv"]).ok();
    let mut events = String::from("external,event,at,note\n");
    for n in 0..4000 {
        events += &format!("7,noted,2026-11-02 {:02}:{:02}:{:02},note {n}\n", n / 3600, n / 60 % 60, n % 60);
    }
    shop.write("events.csv", events);
    let told = shop.run(&["import", "rows.csv", "--events", "events.csv", "--format", "json"]).ok().json();
    assert_eq!((&told["cases"], &told["events_added"]), (&serde_json::json!(0), &serde_json::json!(4000)));
    let file = shop
        .files()
        .into_iter()
        .find(|(path, _)| path.starts_with("cases") && path.extension().is_some_and(|it| it == "yaml"));
    let text = String::from_utf8(file.unwrap().1).unwrap();
    assert_eq!(text.matches("  - noted: ").count(), 4000);
    assert!(text.find("note 0\n") < text.find("note 3999\n"));
}
