//! What belongs to a person is masked wherever it leaves the ledger, and shown where that is asked for.

use crate::ledger::TestLedger;

const ID: &str = "20261122-7k3q9x";
const PATH: &str = "cases/new/20261122-7k3q9x.yaml";
const CASE: &str = "\
id: 20261122-7k3q9x
kind: complaint
title: 请打 13800138000
description: 身份证 11010519491231002X，卡 4111 1111 1111 1111
channel: hotline
customer:
  key: c-8841
  name: 王女士
  contact: 13900139001
order: \"13700137000\"
history:
  - received: 2026-11-22T09:00:00+08:00
    by: li.na
  - noted: 2026-11-22T09:01:00+08:00
    by: li.na
    note: 也可打 +86 136 0013 6002
  - diagnosed: 2026-11-22T09:02:00+08:00
    by: li.na
    cause: 13500135003 未接
  - followed-up: 2026-11-22T09:03:00+08:00
    by: li.na
    outcome: dissatisfied
    score: 2
    note: 请回 13400134004
  - noted: 2026-11-22T09:03:00+08:00
    note: \"merge: customer.contact was also: other.person@example.cn\"
  - noted: 2026-11-22T09:03:00+08:00
    note: \"merge: customer.name was also: 李清照\"
";

const RECEIVED: &str = "  - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n";

/// What nobody may read who did not ask for it.
const SECRETS: [&str; 10] = [
    "13800138000",
    "11010519491231002X",
    "4111 1111 1111 1111",
    "王女士",
    "13900139001",
    "136 0013 6002",
    "13500135003",
    "13400134004",
    "other.person",
    "李清照",
];

const LATER: &str = "2027-01-10T10:00:00+08:00";

fn shop() -> TestLedger {
    let shop = TestLedger::new();
    shop.put(PATH, CASE);
    shop
}

#[track_caller]
fn keeps(words: &str, what: &[&str]) {
    for secret in SECRETS {
        assert!(!words.contains(secret), "{what:?} tells {secret}:\n{words}");
    }
}

#[test]
fn no_output_tells_what_it_was_not_asked_for() {
    let shop = shop();
    let mut outputs: Vec<Vec<&str>> =
        vec![vec!["show", ID], vec!["show", ID, "--format", "json"], vec!["next"]];
    for format in ["text", "markdown", "csv", "json", "jsonl", "html"] {
        outputs.push(vec!["list", "all", "--columns", "title,customer,cause,order", "--format", format]);
        outputs.push(vec!["list", "all", "--format", format]);
    }
    for format in ["text", "json", "jsonl"] {
        outputs.push(vec!["log", "--format", format]);
    }
    for format in ["csv", "jsonl"] {
        outputs.push(vec!["export", "--format", format]);
    }
    for report in ["monthly", "quarterly", "overdue", "people", "satisfaction", "causes", "times", "trend"] {
        for format in ["text", "markdown", "csv", "json", "html"] {
            outputs.push(vec!["report", report, "--cases", "--format", format]);
        }
    }
    for format in ["text", "json", "github", "gitlab", "junit", "sarif"] {
        outputs.push(vec!["check", "--format", format]);
    }
    for arguments in &outputs {
        let ran = shop.at(LATER, arguments);
        assert!(ran.status < 2, "{arguments:?}: {}", ran.err);
        keeps(&ran.out, arguments);
        keeps(&ran.err, arguments);
    }
}

#[test]
fn reveal_shows_it() {
    let shop = shop();
    for (arguments, told) in [
        (&["show", ID][..], &SECRETS[..]),
        (&["show", ID, "--format", "json"], &SECRETS),
        (&["list"], &["13800138000"]),
        (&["list", "--format", "csv"], &["13800138000"]),
        (&["list", "--format", "json"], &["13800138000"]),
        (&["log"], &["136 0013 6002", "13500135003", "other.person@example.cn", "李清照"]),
        (&["log", "--format", "jsonl"], &["136 0013 6002", "13500135003"]),
        (&["report", "overdue"], &["13800138000"]),
        (&["export"], &["13800138000", "王女士", "13900139001", "13500135003"]),
        (&["export", "--format", "jsonl"], &SECRETS),
    ] {
        let ran = shop.at(LATER, &[arguments, &["--reveal"]].concat()).ok();
        for word in told {
            assert!(ran.out.contains(word), "{arguments:?} keeps {word}:\n{}", ran.out);
        }
    }
}

#[test]
fn a_masked_number_is_recognized_by_whoever_knows_it() {
    let shop = shop();
    let page = shop.run(&["show", ID]).ok().out;
    for word in
        ["王** 139****9001", "138****8000", "136 **** 6002", "110***********002X", "411* **** **** 1111"]
    {
        assert!(page.contains(word), "{word}:\n{page}");
    }
}

#[test]
fn an_order_is_no_telephone_wherever_it_stands() {
    let shop = shop();
    for arguments in [
        &["show", ID][..],
        &["show", ID, "--format", "json"],
        &["list", "--columns", "short,order"],
        &["list", "--columns", "short,order", "--format", "csv"],
        &["export"],
    ] {
        let ran = shop.run(arguments).ok();
        assert!(ran.out.contains("13700137000"), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn a_case_is_found_by_the_number_that_is_not_shown() {
    let shop = shop();
    assert!(shop.run(&["list", "13800138000"]).ok().out.contains("7k3q9x"));
}

#[test]
fn a_commit_says_no_number() {
    let shop = TestLedger::new();
    let id = shop.case(&["--description", "x", "--order", "E1"]);
    shop.run(&["note", &id, "请打 13800138000"]).ok();
    assert!(shop.last("%B").contains("138****8000"), "{}", shop.last("%B"));
}

#[test]
fn no_reason_in_a_commit_says_a_number() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    shop.run(&["undo", &id, "-m", "called 13800138000"]).ok();
    assert!(shop.last("%B").contains("called 138****8000"), "{}", shop.last("%B"));
    shop.put(PATH, CASE);
    shop.run(&["audit", "--accept", "all", "--reason", "called 13800138000"]).ok();
    assert!(shop.last("%B").contains("called 138****8000"), "{}", shop.last("%B"));
}

/// A line of a case that cannot be read, and the key that stands there.
const BROKEN: [&str; 9] = [
    "customer:\n  contact: \"other.person@example.cn\n",
    "customer:\n  name: 李清照: x\n",
    "customer:\n  name: [李清照]\n",
    "customer:\n  name: a\n  name: 李清照\n",
    "customer:\n\tname: 李清照\n",
    "customer: {name: 李清照\n",
    "customer: {name: [李清照]}\n",
    "customer:\n  contct: other.person@example.cn\n",
    "customer: 李清照\n",
];

#[test]
fn no_excerpt_of_a_case_tells_of_the_customer() {
    let mut told = 0;
    for broken in BROKEN {
        let shop = TestLedger::new();
        shop.put(PATH, format!("{}{broken}history:\n{RECEIVED}", CASE.split("customer").next().unwrap()));
        let mut outputs = vec![
            vec!["list"],
            vec!["show", ID],
            vec!["note", ID, "x"],
            vec!["report", "overdue"],
            vec!["export"],
        ];
        for format in ["text", "json", "github", "gitlab", "junit", "sarif"] {
            outputs.push(vec!["check", "--format", format]);
        }
        for arguments in &outputs {
            let ran = shop.at(LATER, arguments);
            keeps(&ran.out, &[arguments, &[broken][..]].concat());
            keeps(&ran.err, &[arguments, &[broken][..]].concat());
            told += usize::from(ran.out.contains("***") || ran.err.contains("***"));
        }
    }
    assert!(told > BROKEN.len() * 5, "excerpts: {told}");
}

#[test]
fn no_excerpt_of_a_table_quotes_more_than_the_cell_that_is_meant() {
    let shop = TestLedger::new();
    let head = "external,kind,title,channel,received,customer.name,customer.contact\n";
    for (row, cell) in [
        ("a-1,complain,cup,hotline,2026-11-22 09:00,李清照,other.person@example.cn", "complain"),
        ("a-1,complaint,cup,hotline,22.22.2026,李清照,other.person@example.cn", "22.22.2026"),
        ("a-1,complaint,,hotline,2026-11-22 09:00,李清照,other.person@example.cn", ""),
        ("a-1,complaint,cup,hotline,2026-11-22 09:00,李清照,other.person@example.cn,more", ""),
        ("a-1,complaint,cup,hotline,2026-11-22 09:00,\"李清照,other.person@example.cn", ""),
    ] {
        shop.write("rows.csv", format!("{head}{row}\n"));
        let ran = shop.run(&["import", "rows.csv"]);
        assert_ne!(ran.status, 0, "{row}");
        keeps(&ran.out, &[row]);
        keeps(&ran.err, &[row]);
        assert!(ran.err.contains(cell), "{row}: {}", ran.err);
    }
    let row = r#"{"kind": "complain", "received": "2026-11-22 09:00", "title": "x", "customer": {"name": "李清照"}}"#;
    shop.write("rows.jsonl", format!("{row}\n{{\"title\": \"李清照\",}}\n"));
    let ran = shop.run(&["import", "rows.jsonl"]);
    assert!(ran.status != 0 && ran.err.contains("complain"), "{}", ran.err);
    keeps(&ran.err, &[row]);
}

#[test]
fn check_names_the_words_that_hold_a_number() {
    let shop = shop();
    let found = shop.run(&["check", "--only", "personal-data", "--format", "json"]).ok();
    let lines: Vec<u64> = found.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [3, 4, 16, 19, 24]);
}

#[test]
fn no_commit_tells_a_number_whatever_divides_it() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    for divided in [
        "138\t0013\t8000",
        "138\n0013\n8000",
        "138\u{85}0013\u{85}8000",
        "138\u{2009}0013\u{2009}8000",
        "138、0013、8000",
        "13\u{200d}80013\u{2060}8000",
    ] {
        shop.run(&["note", &id, &format!("请打 {divided}")]).ok();
        let said: String = shop.last("%B").chars().filter(|c| c.is_ascii_digit() || *c == '*').collect();
        assert!(said.contains("138****8000"), "{divided:?}: {}", shop.last("%B"));
        let shown = shop.run(&["show", &id]).ok().out;
        assert!(!shown.contains(divided) && !shown.contains("0013"), "{divided:?}: {shown}");
    }
    let found = shop.run(&["check", "--only", "personal-data"]).ok().out;
    assert!(found.contains("138****8000"), "{found}");
}

/// Whoever entered it for somebody is believed, though the commit tells no number and no mail address.
#[test]
fn a_trailer_names_a_person_and_tells_no_number() {
    for (person, trailer) in [
        ("王 13800138000", "By: 王 138****8000"),
        ("wang.fang@example.cn", "By: w***.****@example.cn"),
        ("王\u{202e}芳", "By: 王\u{fffd}芳"),
        ("王\u{2028}Case: x", "By: 王 Case: x"),
    ] {
        let shop = TestLedger::new();
        let toml = shop.read("fb.toml");
        shop.put("fb.toml", format!("{toml}\n[people.\"li.na\"]\nname = \"Li Na\"\nclerk = true\n[people.\"{person}\"]\nname = \"W\"\n"));
        let id = shop.case(&[]);
        shop.run(&["note", &id, "called", "--by", person]).ok();
        let said = shop.last("%B");
        assert!(said.lines().any(|line| line == trailer), "{said:?}");
        let audited = shop.run(&["audit", "--format", "json"]);
        assert!(!audited.out.contains("not-author"), "{person}: {}", audited.out);
    }
}

#[test]
fn nothing_in_a_commit_acts() {
    let shop = TestLedger::new();
    let id = shop.case(&[]);
    let acts = "a\u{202e}b\u{2066}c\u{200b}d\u{e0041}e\u{1b}[31m";
    shop.run(&["note", &id, acts]).ok();
    shop.run(&["undo", &id, "-m", acts]).ok();
    let said = shop.last("%B");
    let hidden = |c: char| {
        c.is_control() && c != '\n' || matches!(c, '\u{200b}'..='\u{206f}' | '\u{e0000}'..='\u{e0fff}')
    };
    assert!(said.contains("a\u{fffd}b") && !said.contains(hidden), "{said:?}");
}
