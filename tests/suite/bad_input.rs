//! A gallery of files that cannot be used: each is told with its place, nothing is written, and it ends.

use std::fmt::Write as _;

use crate::ledger::TestLedger;

const ID: &str = "20261122-7k3q9x";
const PATH: &str = "cases/new/20261122-7k3q9x.yaml";

const GOOD: &str = "\
id: 20261122-7k3q9x
kind: complaint
title: cup
channel: hotline
history:
  - received: 2026-11-22T09:00:00+08:00
    by: li.na
";

/// Puts a text in the place of a case; a note on it has to be refused with these words.
#[track_caller]
fn spoilt(text: impl AsRef<[u8]>, words: &[&str]) {
    let shop = TestLedger::new();
    shop.put(PATH, text);
    let ran = shop.refused(&["note", ID, "x"], 3);
    ran.says(words);
    assert!(ran.err.len() < 20_000, "{} bytes of words", ran.err.len());
    // What nobody can read, nobody has checked.
    let found = shop.refused(&["check"], 3);
    for word in words {
        assert!(found.out.contains(word) || found.err.contains(word), "{word}: {}{}", found.out, found.err);
    }
}

/// A line of [`GOOD`] in another form.
fn with(line: &str, other: &str) -> String {
    assert!(GOOD.contains(line), "{line}");
    GOOD.replace(line, other)
}

/// A place in the file of the case.
fn at(line: usize) -> String {
    format!("{PATH}:{line}:")
}

#[test]
fn the_good_one_is_good() {
    let shop = TestLedger::new();
    shop.put(PATH, GOOD);
    shop.run(&["note", ID, "x"]).ok();
}

#[test]
fn indentation_by_tabs() {
    spoilt(with("    by: li.na", "\tby: li.na"), &[&at(7)]);
}

#[test]
fn the_same_key_twice() {
    spoilt(with("title: cup\n", "title: cup\ntitle: glass\n"), &[&at(4), "title"]);
    spoilt(with("    by: li.na\n", "    by: li.na\n    by: wang.fang\n"), &[&at(8), "by"]);
}

#[test]
fn a_date_that_does_not_exist() {
    spoilt(with("2026-11-22T09", "2026-02-30T09"), &[&at(6)]);
    spoilt(with("2026-11-22T09:00:00+08:00", "2026-11-22T25:00:00+08:00"), &[&at(6)]);
    spoilt(with("2026-11-22T09:00:00+08:00", "2026-11-22 09:00"), &[&at(6)]);
}

#[test]
fn an_empty_title_and_what_else_is_wrong_are_told_at_once() {
    spoilt(with("title: cup", "title: ''"), &[&at(3), "title"]);
    let text =
        GOOD.replace("cup", "\"  \"").replace("complaint", "complain").replace("channel: hotline\n", "");
    spoilt(text, &[&at(3), &at(2), "complaint", "channel"]);
}

#[test]
fn what_is_no_case_at_all() {
    for text in ["", "\n\n", "# only a comment\n", "- a\n- list\n", "a word", "{}", "---\n---\n", "\u{feff}"]
    {
        spoilt(text, &[PATH]);
    }
}

#[test]
fn a_history_that_is_none() {
    let head = GOOD.split("history:").next().unwrap().to_owned();
    for history in
        ["", "history:\n", "history: []\n", "history: {}\n", "history: long\n", "history:\n  - x\n"]
    {
        spoilt(format!("{head}{history}"), &[PATH]);
    }
    spoilt(format!("{head}history:\n  - noted: 2026-11-22T09:00:00+08:00\n    note: x\n"), &["received"]);
    spoilt(
        format!("{GOOD}  - triaged: 2026-11-22T09:01:00+08:00\n    assigned: 2026-11-22T09:01:00+08:00\n"),
        &[PATH],
    );
}

#[test]
fn other_encodings() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    spoilt(utf16, &[PATH, "UTF-16"]);
    let gbk: Vec<u8> = [b"title: \xca\xd5\xb5\xbd\n", GOOD.as_bytes()].concat();
    spoilt(gbk, &[PATH, "UTF-8"]);
    spoilt(with("cup", "c\0up"), &[&at(3)]);
}

#[test]
fn conflict_markers() {
    let text = format!("{GOOD}<<<<<<< HEAD\n  - noted: 2026-11-22T09:10:00+08:00\n=======\n>>>>>>> theirs\n");
    spoilt(text, &[&at(8), "<<<<<<<"]);
}

#[test]
fn a_bomb_of_aliases() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        writeln!(bomb, "a{level}: &a{level} [{below}x]").unwrap();
    }
    spoilt(format!("{bomb}tags: *a29\n{GOOD}"), &[PATH]);
    // Where nobody reads it, it stays what it is: thirty lines that mean nothing.
    let shop = TestLedger::new();
    shop.put(PATH, format!("{bomb}{GOOD}"));
    shop.run(&["note", ID, "x"]).ok();
    assert!(shop.read(PATH).starts_with(&bomb));
    spoilt(format!("{GOOD}  - noted: 2026-11-22T09:01:00+08:00\n    note: &n [*n]\n"), &[PATH]);
}

#[test]
fn a_hundred_thousand_levels() {
    spoilt(format!("{GOOD}deep: {}", "[".repeat(100_000)), &[PATH]);
    spoilt(format!("deep: {}{}\n{GOOD}", "[".repeat(100_000), "]".repeat(100_000)), &[PATH]);
    spoilt(format!("deep: {}\n{GOOD}", "{a: ".repeat(100_000)), &[PATH]);
    spoilt(format!("{}\n", "- ".repeat(100_000)), &[PATH]);
}

#[test]
fn fifty_megabytes() {
    let shop = TestLedger::new();
    shop.write(PATH, vec![b'#'; 50 << 20]);
    let ran = shop.run(&["note", ID, "x"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    ran.says(&[PATH, "MiB"]);
}

#[test]
fn a_long_line_and_a_long_history_are_no_trouble() {
    let shop = TestLedger::new();
    let mut text = with("cup", &"杯".repeat(100_000));
    for at in 0..2_000 {
        writeln!(text, "  - noted: 2026-11-22T09:{:02}:{:02}+08:00\n    note: {at}", at / 100, at % 60)
            .unwrap();
    }
    shop.put(PATH, text);
    shop.run(&["note", ID, "x"]).ok();
}

#[test]
fn a_case_in_two_places() {
    let shop = TestLedger::new();
    shop.put(PATH, GOOD);
    shop.put("cases/triaged/20261122-7k3q9x.yaml", GOOD);
    shop.refused(&["note", ID, "x"], 3).says(&["two places", PATH, "cases/triaged"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let shop = TestLedger::new();
    shop.write("../elsewhere.yaml", GOOD);
    std::os::unix::fs::symlink("../../../elsewhere.yaml", shop.dir.join(PATH)).unwrap();
    let ran = shop.refused(&["note", ID, "x"], 3);
    assert_eq!(shop.read("../elsewhere.yaml"), GOOD);
    ran.says(&["a symbolic link", "not everything could be read"]);
}

#[test]
fn a_directory_in_the_place_of_a_case_is_a_case_that_cannot_be_read() {
    let shop = TestLedger::new();
    shop.write(&format!("{PATH}/kept"), "");
    for command in ["check", "list"] {
        let ran = shop.refused(&[command], 3);
        assert!(ran.out.contains("not a file") || ran.err.contains("not a file"), "{}{}", ran.out, ran.err);
    }
    shop.refused(&["list"], 3).says(&["1 case file is not in the figures"]);
    shop.refused(&["note", ID, "x"], 3).says(&[PATH]);
}

#[test]
fn rules_that_are_wrong_are_told_with_all_their_places() {
    let shop = TestLedger::new();
    shop.add_rules("fb.toml", "[shp]\nname = 1\n[volume]\n2026-13 = 4\n");
    shop.refused(&["note", ID, "x"], 3).says(&["`shp`", "2026-13", "fb.toml:"]);

    let shop = TestLedger::new();
    shop.add_rules(
        "policy/base.toml",
        "[[clock]]\nname = \"x\"\nwithin = \"3 days\"\nstart = [\"recieved\"]\nstop = [\"triaged\"]\n",
    );
    let ran = shop.refused(&["new", "--kind", "praise", "--title", "x", "--channel", "chat"], 3);
    ran.says(&["policy/base.toml:", "3 days", "recieved"]);

    let shop = TestLedger::new();
    for text in ["[shop", "", "\u{0}", "name = \"x\""] {
        shop.put("fb.toml", text);
        shop.refused(&["note", ID, "x"], 3).says(&["fb.toml"]);
    }
    shop.put("fb.toml", b"[shop]\nname = \"\xff\"\n");
    shop.refused(&["note", ID, "x"], 3).says(&["fb.toml"]);
}

#[test]
fn one_bad_file_does_not_hold_up_the_others() {
    let shop = TestLedger::new();
    shop.put(PATH, "title: [\n");
    shop.write("cases/done/readme.txt", "what is this?");
    let id = shop.case(&[]);
    shop.run(&["contact", &id]).ok();
}
