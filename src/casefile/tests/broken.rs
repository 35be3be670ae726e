//! A gallery of broken files: each with every message about it, and its place.

use std::path::Path;

use super::super::decode::MAX_BYTES;
use super::super::read;
use super::{EXAMPLE, HEAD, case};
use crate::case::{EventName, Field, Value};
use crate::error::Finding;
use crate::lang::Lang;

/// `line:column+width code: message`, one per line.
fn told(bytes: &[u8]) -> Vec<String> {
    let findings = read(bytes, Path::new("x.yaml")).expect_err("a broken file");
    let line = |finding: &Finding| {
        let place = match (finding.place.line, finding.place.column) {
            (Some(line), Some(column)) => format!("{line}:{column}+{} ", finding.place.width),
            _ => String::new(),
        };
        assert_ne!(finding.message.to(Lang::Zh), finding.message.to(Lang::En));
        format!("{place}{}: {}", finding.code, finding.message)
    };
    findings.iter().map(line).collect()
}

fn gallery(files: &[(&str, &[&str])]) {
    for (file, expected) in files {
        assert_eq!(told(file.as_bytes()), *expected, "\n{file}");
    }
}

/// A file with this history; its first line is the sixth.
fn with_history(lines: &str) -> String {
    format!("{HEAD}{lines}")
}

fn history_gallery(files: &[(&str, &[&str])]) {
    for (lines, expected) in files {
        assert_eq!(told(with_history(lines).as_bytes()), *expected, "\n{lines}");
    }
}

#[test]
fn what_is_no_text() {
    let utf16: Vec<u8> = EXAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE], &utf16[..]].concat();
    let gbk = [b"id: x\ntitle: \xE8\x8C\xB6 ", &[0xB2, 0xE8][..], b"\n"].concat();
    for (bytes, expected) in [
        (&utf16[..], "unreadable: the file is UTF-16, not UTF-8"),
        (&marked, "unreadable: the file is UTF-16, not UTF-8"),
        (&gbk, "2:10+1 unreadable: byte 0xB2 is not UTF-8"),
        (b"\xEF\xBB\xBFid: \0", "1:5+1 unreadable: a NUL character, which is not allowed in a text"),
        (&vec![b'a'; MAX_BYTES + 1], "unreadable: the file is 9 MiB long; a case file has at most 8 MiB"),
    ] {
        assert_eq!(told(bytes), [expected]);
    }
}

#[test]
fn what_git_left_behind() {
    let file = "id: 20261122-7k3q9x\n<<<<<<< HEAD\nkind: praise\n||||||| base\n=======\nkind: inquiry\n>>>>>>> main\n";
    gallery(&[(
        file,
        &[
            "2:1+7 conflict-marker: git's conflict marker `<<<<<<<` was left behind",
            "4:1+7 conflict-marker: git's conflict marker `|||||||` was left behind",
            "5:1+7 conflict-marker: git's conflict marker `=======` was left behind",
            "7:1+7 conflict-marker: git's conflict marker `>>>>>>>` was left behind",
        ],
    )]);
    // In the customer's own words they are not markers.
    let quoted = EXAMPLE.replace("  快递盒", "  =======\n  <<<<<<< 快递盒");
    assert!(case(&quoted).description.unwrap().starts_with("=======\n<<<<<<< "));
}

#[test]
fn what_is_no_yaml() {
    let deep = format!("a: {}\n", "[".repeat(100_000));
    gallery(&[
        ("", &["unreadable: the file is empty"]),
        ("# only a remark\n", &["unreadable: the file is empty"]),
        ("just words\n", &["1:1+10 unreadable: a case file consists of lines `key: value`"]),
        ("- id: x\n", &["1:1+7 unreadable: a case file consists of lines `key: value`"]),
        ("a: b\n---\nc: d\n", &["2:1+3 unreadable: a second document begins here; a file holds one case"]),
        ("title: 碎了: 茶杯\n", &["1:10+1 unreadable: a `: ` where a key is not allowed"]),
        ("customer:\n\tname: x\n", &["2:1+1 unreadable: a tab indents this line"]),
        ("a: b\n  \tc: d\n", &["2:3+1 unreadable: a tab indents this line"]),
        ("title: \"茶杯\nkind: praise\n", &["1:8+1 unreadable: the quotes that begin here do not end"]),
        ("title: 'it's'\n", &["1:12+1 unreadable: something follows the closing quote"]),
        ("title: @home\n", &["1:8+1 unreadable: a value without quotes cannot begin with this character"]),
        ("title: \"C:\\dir\"\n", &["1:8+1 unreadable: an unknown `\\` sequence in double quotes"]),
        ("title: a # b\n  c\n", &["1:10+1 unreadable: ` #` begins a comment in the middle of a value"]),
        ("tags: [a, b\nkind: praise\n", &["2:5+1 unreadable: a `: ` where a key is not allowed"]),
        ("tags: [a, b]]\n", &["1:13+1 unreadable: the brackets do not match"]),
        ("title: a\u{feff}b\n", &["1:9+1 unreadable: an invisible U+FEFF in the text"]),
        (
            "a: *nobody\n",
            &[
                "1:4+1 unreadable: a reference (`*name`, `<<`); in a case every value is written where it is used",
            ],
        ),
        (
            "id: x\nhistory:\n  - a: b\n - c: d\n",
            &["4:2+1 unreadable: this line does not fit the lines above it"],
        ),
    ]);
    for text in [deep, "- ".repeat(100_000), "{a: ".repeat(100_000)] {
        let told = told(text.as_bytes());
        assert!(told[0].ends_with("unreadable: lists and maps are nested more than 64 deep"), "{told:?}");
    }
}

#[test]
fn a_reference_is_refused_where_it_would_matter_and_kept_elsewhere() {
    let file = with_history("  - &a\n    received: 2026-11-22T09:31:00+08:00\n  - *a\n") + "x: *a\n";
    let said = "a reference (`*name`, `<<`); in a case every value is written where it is used";
    assert_eq!(told(file.as_bytes()), [format!("8:5+2 bad-value: {said}")]);
    let kept = with_history("- &a\n  received: 2026-11-22T09:31:00+08:00\n") + "x: [*a, *a]\n";
    assert_eq!(case(&kept).unknown, ["x"]);
    let merged = with_history("- received: 2026-11-22T09:31:00+08:00\n  <<: {by: x}\n");
    assert_eq!(told(merged.as_bytes()), [format!("7:3+2 bad-value: {said}")]);
}

#[test]
fn what_a_case_lacks_is_reported_at_once() {
    gallery(&[
        (
            "order: 1\n",
            &[
                "1:1+1 bad-value: `id` is missing",
                "1:1+1 bad-value: `kind` is missing",
                "1:1+1 bad-value: `title` is missing",
                "1:1+1 bad-value: `channel` is missing",
                "1:1+1 bad-value: `history` is missing",
            ],
        ),
        (
            "# 注\nid: 2026-1\nkind: complane\ntitle: ' '\nchannel:\nhistory: []\nkind: praise\n",
            &[
                "2:5+6 bad-value: `2026-1` is not an id",
                "3:7+8 bad-value: there is no kind `complane`",
                "4:1+5 bad-value: `title` is empty",
                "5:1+7 bad-value: `channel` is empty",
                "6:1+7 bad-value: `history` has no events",
                "7:1+4 bad-value: `kind` appears twice; first in line 3",
            ],
        ),
        (
            "id: [x]\nkind: {a: b}\ntitle: t\nchannel: c\ncustomer: 王\ntags: [[a]]\nlinks: {a: b}\n? [k]\n: v\nhistory: x\n",
            &[
                "1:5+3 bad-value: `id` takes one text",
                "2:7+6 bad-value: `kind` takes one text",
                "5:11+1 bad-value: below `customer` there must be lines `key: value`",
                "6:8+3 bad-value: `tags` takes a text or a list of texts",
                "7:8+6 bad-value: `links` takes a text or a list of texts",
                "8:3+3 bad-value: a key is one word",
                "10:10+1 bad-value: `history` is a list of events",
            ],
        ),
    ]);
    let twice = EXAMPLE.replace("  tier: gold", "  name: 李女士");
    assert_eq!(told(twice.as_bytes()), ["11:3+4 bad-value: `name` appears twice; first in line 9"]);
}

#[test]
fn what_is_wrong_with_a_history() {
    history_gallery(&[
        (
            "  - triaged: 2026-11-22T09:31:00+08:00\n    category: other\n",
            &[
                "6:5+7 bad-value: the history begins with `triaged`, not with `received`",
                "6:5+7 bad-value: `triaged` needs `urgency`",
            ],
        ),
        (
            "- recieved: 2026-11-22T09:31:00+08:00\n- hello\n- by: li.na\n- noted: 2026-11-22T09:31:00+08:00\n  closed: x\n",
            &[
                "6:3+8 bad-value: there is no event `recieved`",
                "7:3+5 bad-value: this entry does not name an event",
                "8:3+2 bad-value: this entry does not name an event",
                "10:3+6 bad-value: one entry names two events, `noted` and `closed`",
            ],
        ),
        (
            "- received:\n  by: x\n  by: y\n- closed: soon\n  recorded: 2026-11-22T09:31:00\n",
            &[
                "6:3+8 bad-value: `received` is empty",
                "8:3+2 bad-value: `by` appears twice; first in line 7",
                "9:11+4 bad-value: `soon` is not a date and time",
                "10:13+19 bad-value: `2026-11-22T09:31:00` has no offset from UTC",
            ],
        ),
        (
            "- received: 2026-02-30T09:31:00+08:00\n- surveyed: 2026-11-22T25:31:00+08:00\n  score: 6\n",
            &[
                "6:13+25 bad-value: there is no date `2026-02-30`",
                "7:13+25 bad-value: there is no time `25:31:00`",
                "8:10+1 bad-value: `score` is a whole number from 1 to 5, not `6`",
            ],
        ),
        (
            "- received: 2026-11-22T09:31:00Z\n- triaged: 2026-11-22T09:31:00Z\n  category: [a]\n  urgency: '  '\n  justified: yes\n\
             - followed-up: 2026-11-22T09:31:00Z\n  outcome: satisfyed\n- resolved: 2026-11-22T09:31:00Z\n  cost: 1,5\n\
             - assigned: 2026-11-22T09:31:00Z\n  due: 2026-11-24\n- amended: 2026-11-22T09:31:00Z\n  reason:\n  note: x\n",
            &[
                "8:13+3 bad-value: `category` takes one text",
                "9:12+4 bad-value: `urgency` is empty",
                "10:14+3 bad-value: `justified` is `true` or `false`, not `yes`",
                "12:12+9 bad-value: `outcome` cannot be `satisfyed`",
                "14:9+3 bad-value: `cost` is an amount such as `120` or `120.50`, not `1,5`",
                "16:8+10 bad-value: `2026-11-24` is a date without a time",
                "17:3+7 bad-value: `amended` needs `reason`",
                "17:3+7 bad-value: `amended` corrects nothing",
            ],
        ),
        (
            "- received: 2026-11-22T09:31:00Z\n- assigned: 2026-11-22T09:31:00Z\n- forwarded: 2026-11-22T09:31:00Z\n  to: []\n",
            &[
                "7:3+8 bad-value: `assigned` names neither a `department` nor an `owner`",
                "8:3+9 bad-value: `forwarded` needs `to`",
            ],
        ),
    ]);
}

#[test]
fn help_names_the_word_that_was_meant() {
    let help = |file: String| {
        let findings = read(file.as_bytes(), Path::new("x.yaml")).unwrap_err();
        findings[0].help[0].to_string()
    };
    let mistaken = |from: &str, to: &str| help(EXAMPLE.replace(from, to));
    assert_eq!(mistaken("kind: complaint", "kind: 投诉"), "did you mean `complaint`?");
    assert_eq!(
        mistaken("kind: complaint", "kind: other"),
        "one of `complaint`, `suggestion`, `praise`, `inquiry`, `violation`, `improvement`"
    );
    assert_eq!(mistaken("- triaged:", "- traiged:"), "did you mean `triaged`?");
    assert_eq!(
        mistaken("18:00:00+08:00", "18:00:00"),
        "add the offset of the place: `2026-11-24T18:00:00+08:00`"
    );
    // The finding is about the case, whose id could be read.
    let findings = read(EXAMPLE.replace("true", "ja").as_bytes(), Path::new("x.yaml")).unwrap_err();
    assert_eq!(findings[0].id.as_ref().unwrap().as_str(), "20261122-7k3q9x");
    assert_eq!(findings[0].place.to_string(), "x.yaml:22:16");
}

#[test]
fn what_is_right_is_read_as_it_stands() {
    let read = case(EXAMPLE);
    assert_eq!(read.description.as_deref(), Some("快递盒没有压痕，打开后杯身裂成两半。\n"));
    assert_eq!(read.customer.contact.as_deref(), Some("13800138000"));
    assert_eq!(read.history.len(), 4);
    assert_eq!(read.history[1].name, EventName::Triaged);
    assert_eq!(read.history[1].flag(Field::Justified), Some(true));
    assert_eq!(read.history[3].at.to_string(), "2026-11-23T15:00:00+08:00");
    assert_eq!(read.history[3].by.as_deref(), Some("zhang.wei"));
    for same in [
        format!("\u{feff}{EXAMPLE}"),
        EXAMPLE.replace('\n', "\r\n"),
        EXAMPLE.trim_end().to_owned(),
        format!("---\n{EXAMPLE}...\n# ende\n"),
    ] {
        assert_eq!(case(&same), read);
    }
}

#[test]
fn words_stay_words_and_empty_keys_are_absent() {
    let file = with_history("- received: 2026-11-22T09:31:00Z\n  department:\n  score: 3\n  注: x\n")
        + "order: 0123\nproduct: no\ndemand: ~\nexternal: ''\ntags: 2026-01-01\nlinks:\n- 1e3\n-\ncustomer:\n  name: Null\n  tier:\n  phone: 1\nZ: {a: [b]}\n";
    let case = case(&file);
    assert_eq!(case.order.as_deref(), Some("0123"));
    assert_eq!(case.product.as_deref(), Some("no"));
    assert_eq!((case.demand, case.external), (None, None));
    assert_eq!((case.tags, case.links), (vec!["2026-01-01".to_owned()], vec!["1e3".to_owned()]));
    assert_eq!((case.customer.name.as_deref(), case.customer.tier), (Some("Null"), None));
    assert_eq!(case.unknown, ["customer.phone", "Z"]);
    // `received` has no score.
    assert_eq!(case.history[0].unknown, ["score", "注"]);
    assert_eq!(case.history[0].payload, []);
}

#[test]
fn names_may_be_one_or_several() {
    for (lines, names) in [("to: li.na", &["li.na"][..]), ("to: [a, b]", &["a", "b"]), ("to:\n  - a", &["a"])]
    {
        let file = with_history("- received: 2026-11-22T09:31:00Z\n- forwarded: 2026-11-22T09:31:00Z\n  ")
            + lines
            + "\n";
        let list = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(case(&file).history[1].payload, [(Field::To, Value::List(list))]);
    }
}
