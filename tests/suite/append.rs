//! A case file that people have edited: whatever stands in it, a stamp adds lines and changes none.

use crate::ledger::TestLedger;

const ID: &str = "20261122-7k3q9x";

/// Comments, odd indentation, quotes of every sort, keys that the format does not know.
const BY_HAND: &str = "\
# taken down on the telephone
id:    20261122-7k3q9x
kind:  complaint     # she was angry
title: '收到的茶杯碎了: both'
channel: \"hotline\"
colour: celadon

customer: {key: c-8841,   tier: gold}
description: >
     the box
     was whole

tags: [ a,   b ]
history:
    - received:   2026-11-22T09:00:00+08:00     # by hand
      by:  li.na
      mood: bad
    # nothing in between
    -  triaged: 2026-11-22T09:05:00+08:00
       category: 'product/packaging'
       urgency: general
";

const VERBS: [&[&str]; 10] = [
    &["note", ID, "two\nlines: # and marks"],
    &["assign", ID, "--department", "quality", "--with", "service,finance"],
    &["accept", ID],
    &["contact", ID, "-m", "* not: a list"],
    &["diagnose", ID, "--cause", "\"thin\" box"],
    &["propose", ID, "--remedy", "exchange", "--cost", "30"],
    &["escalate", ID, "--reason", "'"],
    &["resolve", ID, "--remedy", "exchange"],
    &["follow-up", ID, "--outcome", "satisfied", "--score", "5"],
    &["close", ID, "--lesson", "箱子要厚"],
];

/// Ten verbs on a file, and what git says of the first and the last text of it.
#[track_caller]
fn only_grows(bytes: &[u8]) -> String {
    let shop = TestLedger::new();
    // Case files as they are, whatever git would make of their line ends.
    shop.write(".gitattributes", "* -text\n");
    shop.put(&format!("cases/triaged/{ID}.yaml"), bytes);
    let first = shop.git(&["rev-parse", "HEAD"]);
    for verb in VERBS {
        shop.pass(5);
        shop.run(verb).ok();
    }
    assert_eq!(shop.status(), "");
    let numbers = shop.git(&["diff", "--numstat", "--find-renames=1%", &first, "HEAD"]);
    let columns: Vec<&str> = numbers.split_whitespace().collect();
    assert_eq!(numbers.lines().count(), 1, "{numbers}");
    assert!(columns[0].parse::<u32>().unwrap() >= 2 * VERBS.len() as u32, "{numbers}");
    assert_eq!(
        columns[1],
        "0",
        "lines were changed: {numbers}\n{}",
        shop.git(&["diff", "-M1%", &first, "HEAD"])
    );
    String::from_utf8(std::fs::read(shop.dir.join(shop.path_of(ID))).unwrap()).unwrap()
}

/// The same, where everything comes behind what was there.
#[track_caller]
fn grows_at_its_end(text: &str) {
    assert!(only_grows(text.as_bytes()).starts_with(text), "the beginning is not as it was");
}

#[test]
fn with_line_feeds() {
    grows_at_its_end(BY_HAND);
}

#[test]
fn with_carriage_returns_and_a_byte_order_mark() {
    let text = format!("\u{feff}{}", BY_HAND.replace('\n', "\r\n"));
    grows_at_its_end(&text);
}

#[test]
fn carriage_returns_are_kept_up() {
    let shop = TestLedger::new();
    shop.write(".gitattributes", "* -text\n");
    shop.put(&format!("cases/triaged/{ID}.yaml"), BY_HAND.replace('\n', "\r\n"));
    shop.run(&["note", ID, "two\nlines"]).ok();
    let text = shop.read(&format!("cases/triaged/{ID}.yaml"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
}

#[test]
fn after_a_block_of_text() {
    for block in ["|", "|-", "|+", ">", ">-", "|2"] {
        let text = format!("{BY_HAND}       note: {block}\n          the first\n\n          the last\n");
        let text = if block == "|2" { text.replace("          the", "         the") } else { text };
        grows_at_its_end(&text);
    }
}

#[test]
fn what_stands_behind_the_history_stays_behind_it() {
    let last = only_grows(format!("{BY_HAND}\n\n# the end\n").as_bytes());
    assert!(last.starts_with(BY_HAND) && last.ends_with("\n\n\n# the end\n"), "{last}");
}

#[test]
fn with_entries_at_the_margin() {
    grows_at_its_end(
        "id: 20261122-7k3q9x\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n\
        - received: 2026-11-22T09:00:00+08:00\n  by: li.na\n\
        # nothing in between\n\
        - triaged: 2026-11-22T09:05:00+08:00\n  category: other\n  urgency: general\n",
    );
}

/// git counts the last line as changed where a line end is put behind it; every byte is still there.
#[test]
fn without_a_line_end_at_the_end() {
    let shop = TestLedger::new();
    for text in [BY_HAND.trim_end().to_owned(), format!("{BY_HAND}       note: |-\n          the last")] {
        shop.put(&format!("cases/triaged/{ID}.yaml"), &text);
        shop.run(&["note", ID, "more"]).ok();
        let now = shop.read(&format!("cases/triaged/{ID}.yaml"));
        let added = now.strip_prefix(&text).expect("the beginning is not as it was");
        assert!(added.starts_with('\n') && added.contains("noted: "), "{added:?}");
        shop.run(&["note", ID, "and more"]).ok();
    }
}
