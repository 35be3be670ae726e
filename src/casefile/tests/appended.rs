//! An addition leaves every other byte alone.

use proptest::prelude::*;

use super::super::{append, append_all, compose};
use super::written::{any_case, any_event};
use super::{EXAMPLE, HEAD, case};
use crate::case::{Event, EventName, Field, Stamp, Value};

fn noted(words: &str) -> Event {
    Event::new(EventName::Noted, Stamp::parse("2026-11-24T09:00:00+08:00").unwrap())
        .by("li.na")
        .with(Field::Note, Value::Text(words.into()))
}

fn added(text: &str) -> String {
    append(text, &case(text), &noted("x")).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The gallery: above the added lines, indented as they are, and below them.
fn check(above: &str, indent: &str, below: &str) {
    let above = format!("{HEAD}{above}");
    let lines = ["- noted: 2026-11-24T09:00:00+08:00\n", "  by: li.na\n", "  note: x\n"];
    let expected = lines.iter().fold(above.clone(), |text, line| text + indent + line) + below;
    assert_eq!(added(&format!("{above}{below}")), expected);
}

const RECEIVED: &str = "  - received: 2026-11-22T09:31:00+08:00\n";

#[test]
fn an_event_goes_below_the_last_and_is_indented_like_it() {
    check(RECEIVED, "  ", "");
    check("- received: 2026-11-22T09:31:00+08:00\n", "", "");
    check("      -   received: 2026-11-22T09:31:00+08:00\n          by: x\n", "      ", "");
    check("    -\n      # remark\n      received: 2026-11-22T09:31:00+08:00\n", "    ", "");
    check("  - {received: 2026-11-22T09:31:00+08:00,\n     by: x}\n", "  ", "");
    check("  - &first\n    received: 2026-11-22T09:31:00+08:00\n", "  ", "");
}

#[test]
fn what_ends_a_value_is_not_torn() {
    let with = |lines: &str| format!("{RECEIVED}{lines}");
    check(&with("    by: x\n      y\n"), "  ", "");
    check(&with("    by: 'x\n\n      y'\n"), "  ", "\n\n");
    check(&with("    by: \"x \\\n      y\"  # remark\n"), "  ", "");
    check(&with("    note: |\n      x\n\n      # no remark\n"), "  ", "\n\n");
    check(&with("    note: >-\n      x\n      y\n"), "  ", "");
    check(&with("    note: |+\n      x\n\n\n"), "  ", "");
    check(&with("    x: |2+\n       x\n\n"), "  ", "# end\n");
    check(&with("    note:\n"), "  ", "\n");
    check(&with("    x: {a: [1,\n      2]}\n"), "  ", "");
    check(&with("    x:\n    - a\n    - b: |\n        c\n"), "  ", "");
    check(&with("    x:\n      - a: b\n        c:\n"), "  ", "");
}

#[test]
fn remarks_stay_with_what_they_are_about() {
    check(&format!("{RECEIVED}    # about the receipt\n\n    # still\n"), "  ", "\n  # TODO: call\n# end\n");
    check(RECEIVED, "  ", "# end\n");
    check(RECEIVED, "  ", "...\n");
    check(RECEIVED, "  ", "\nx: |\n  y\n\norder: 1\n");
    check("- received: 2026-11-22T09:31:00+08:00\n  # about it\n", "", "# end\n");
}

#[test]
fn lines_end_as_those_before_them() {
    let windows = EXAMPLE.replace('\n', "\r\n");
    let expected = "  - noted: 2026-11-24T09:00:00+08:00\r\n    by: li.na\r\n    note: x\r\n";
    assert_eq!(added(&windows), format!("{windows}{expected}"));
    assert_eq!(added(windows.trim_end()), format!("{windows}{expected}"));
    let marked = format!("\u{feff}{EXAMPLE}");
    assert_eq!(added(marked.trim_end()), format!("{marked}{}", expected.replace('\r', "")));
    let old_mac = EXAMPLE.replace('\n', "\r");
    assert_eq!(added(&old_mac), format!("{old_mac}{}", expected.replace("\r\n", "\r")));
    // A text of several lines is read back with line feeds.
    let event = noted("a\nb\n");
    let text = append(&windows, &case(&windows), &event).unwrap();
    assert!(text.ends_with("    note: |\r\n      a\r\n      b\r\n"));
    assert_eq!(case(&text).history.last(), Some(&event));
}

#[test]
fn a_block_at_the_very_end_keeps_its_text() {
    for (block, whole) in
        [("|\n      x", "x\n"), ("|-\n      x", "x"), ("|+\n      x\n", "x\n"), ("|+\n      x", "x\n")]
    {
        let text = format!("{HEAD}{RECEIVED}    note: {block}");
        let after = case(&added(&text));
        assert_eq!(after.history[0].text(Field::Note), Some(whole), "{block:?}");
        assert_eq!(case(&text).history[0], after.history[0]);
    }
}

#[test]
fn what_cannot_be_added_to_is_refused_with_a_reason() {
    let refusal = |text: &str, event: &Event| {
        let error = append(text, &case(text), event).unwrap_err();
        (error.reason.to_string(), error.line)
    };
    let flow =
        format!("{}history: [ {{received: 2026-11-22T09:31:00+08:00}} ]\n", HEAD.replace("history:\n", ""));
    let (reason, line) = refusal(&flow, &noted("x"));
    assert!(reason.starts_with("`history` is in brackets"), "{reason}");
    assert_eq!(line, Some(5));
    let empty = Event::new(EventName::Noted, noted("x").at);
    assert_eq!(refusal(EXAMPLE, &empty).0, "`noted` needs `note`");
    let unknown = Event { unknown: vec!["x".into()], ..noted("x") };
    assert!(refusal(EXAMPLE, &unknown).0.starts_with("the event cannot be added"));
    // The case is not the one in the file.
    let mut other = case(EXAMPLE);
    other.title = "another".into();
    assert!(append(EXAMPLE, &other, &noted("x")).is_err());
    assert!(append("a: [", &other, &noted("x")).is_err());
}

/// A typical old file: every old line is there after ten additions, in its order.
#[test]
fn ten_additions_leave_every_old_line() {
    let text = "\u{feff}# 王女士的投诉\r\nchannel: hotline   # 电话\r\nkind: complaint\r\nid: 20261122-7k3q9x\r\n\r\n\
        title: 'it''s broken'\r\ndescription: >+\r\n   一\r\n\r\n   二\r\n\r\nx-crm: {id: 7, tags: [a,   b]}\r\n\
        history:\r\n   -   received: 2026-11-22T09:31:00+08:00   # by phone\r\n       by: li.na\r\n       x-call: |\r\n         0:31\r\n\
        \r\n   # then\r\n   -   noted: 2026-11-22T10:00:00+08:00\r\n       note: >-\r\n          a\r\n          b\r\n       # so far\r\n\r\n# end";
    let before = case(text);
    let mut file = text.to_owned();
    let events: Vec<Event> = (1..=10).map(|count| noted(&format!("第 {count} 次\n联系"))).collect();
    for (count, event) in (1..=10).zip(&events) {
        file = append(&file, &case(&file), event).unwrap();
        assert_eq!(case(&file).history.len(), before.history.len() + count);
        assert_eq!(case(&file).history.last(), Some(event));
    }
    // All at once give the same file, and none changes nothing
    assert_eq!(append_all(text, &before, &events).unwrap(), file);
    assert_eq!(append_all(text, &before, &[]).unwrap(), text);
    assert!(kept(text, &file));
    assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    assert_eq!(&case(&file).history[..2], &before.history[..]);
}

/// Whether the lines of the old text are in the new one, in their order and unchanged.
fn kept(old: &str, new: &str) -> bool {
    let mut lines = new.lines();
    old.lines().all(|line| lines.any(|other| other == line))
}

/// Layouts that people and editors give a file.
fn mangled(text: &str, how: u8) -> String {
    let text = match how % 4 {
        0 => text.to_owned(),
        1 => text.replace('\n', "\r\n"),
        2 => format!("\u{feff}{text}"),
        _ => text.trim_end_matches('\n').to_owned(),
    };
    match how / 4 {
        0 => text,
        1 => format!("# first\n{text}"),
        2 => format!("{text}\nx-last: [1,\n  2]\n# last"),
        _ => format!("{text}\n    # about the last event\n...\n"),
    }
}

proptest! {
    #[test]
    fn an_addition_keeps_the_old_lines_and_adds_one_event(written in any_case(), event in any_event(), how in 0..16_u8) {
        let text = mangled(&compose(&written), how);
        let before = case(&text);
        let after = append(&text, &before, &event).unwrap_or_else(|error| panic!("{error}\n{event:?}\n{text}"));
        prop_assert!(kept(&text, &after), "{}\n\n{}", text, after);
        let mut read = case(&after);
        prop_assert_eq!(format!("{:?}", read.history.pop()), format!("{:?}", Some(event)));
        prop_assert_eq!(read, before);
    }
}
