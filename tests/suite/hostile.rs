//! Files and words that mean harm: nothing is followed, run, hung on or written outside the ledger.

use std::fmt::Write as _;

use crate::ledger::TestLedger;

const ID: &str = "20261122-7k3q9x";
const PATH: &str = "cases/new/20261122-7k3q9x.yaml";

/// A case with this title, as YAML quotes it.
fn case(title: &str) -> String {
    format!(
        "id: {ID}\nkind: complaint\ntitle: \"{title}\"\nchannel: hotline\nhistory:\n  \
         - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n"
    )
}

#[cfg(unix)]
fn link(shop: &TestLedger, to: &str, at: &str) {
    let path = shop.dir.join(at);
    if path.is_dir() {
        std::fs::remove_dir_all(&path).unwrap();
    } else if path.exists() {
        std::fs::remove_file(&path).unwrap();
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(to, path).unwrap();
}

/// What stands outside, beside the ledger.
#[cfg(unix)]
fn outside(shop: &TestLedger) -> Vec<String> {
    let names = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut found: Vec<String> =
        std::fs::read_dir(shop.dir.parent().unwrap().join("elsewhere")).unwrap().map(names).collect();
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn a_status_directory_that_is_a_link_takes_no_case_away() {
    let shop = TestLedger::new();
    shop.put(PATH, case("cup"));
    shop.write("../elsewhere/kept", "");
    link(&shop, "../../elsewhere", "cases/triaged");
    let triage = ["triage", ID, "--category", "product/quality", "--urgency", "general"];
    shop.refused(&triage, 3).says(&["cases/triaged", "symbolic link"]);
    assert_eq!(outside(&shop), ["kept"]);
    let found = shop.refused(&["check"], 3);
    assert!(found.out.contains("cases/triaged") && found.out.contains("symbolic link"), "{}", found.out);
}

#[cfg(unix)]
#[test]
fn rules_behind_a_link_are_not_read() {
    for (path, to) in [("fb.toml", "../elsewhere/fb.toml"), ("policy/base.toml", "/etc/passwd")] {
        let shop = TestLedger::new();
        shop.write("../elsewhere/fb.toml", shop.read("fb.toml"));
        link(&shop, to, path);
        let ran = shop.refused(&["list"], 3);
        ran.says(&[path, "symbolic link"]);
        assert!(!ran.err.contains("root:"), "{}", ran.err);
    }
    for folder in ["policy", "calendar"] {
        let shop = TestLedger::new();
        shop.write("../elsewhere/kept", "");
        link(&shop, "../elsewhere", folder);
        shop.refused(&["list"], 3).says(&[folder, "symbolic link"]);
    }
}

#[cfg(unix)]
#[test]
fn a_baseline_behind_a_link_is_not_read_and_none_that_is_a_pipe() {
    let shop = TestLedger::new();
    shop.case(&[]);
    for to in ["../elsewhere/audit.toml", "../elsewhere/nothing.toml"] {
        shop.write("../elsewhere/audit.toml", "root:x:0:0\n");
        link(&shop, to, "audit.toml");
        let ran = shop.refused(&["audit"], 3);
        ran.says(&["audit.toml", "symbolic link"]);
        assert!(!ran.err.contains("root:"), "{}", ran.err);
        std::fs::remove_file(shop.dir.join("audit.toml")).unwrap();
    }
    shop.shell("mkfifo audit.toml").ok();
    let ran = shop.run(&["audit"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    ran.says(&["audit.toml", "not a file"]);
}

#[cfg(unix)]
#[test]
fn an_attachment_is_not_copied_through_a_link() {
    for (to, at) in [
        ("../elsewhere", "files"),
        ("../../elsewhere", "files/20261122-7k3q9x"),
        ("../../../elsewhere/new.jpg", "files/20261122-7k3q9x/photo.jpg"),
    ] {
        let shop = TestLedger::new();
        shop.put(PATH, case("cup"));
        shop.write("../elsewhere/kept", "");
        shop.write("../photo.jpg", "a photo");
        link(&shop, to, at);
        shop.refused(&["attach", ID, "../photo.jpg"], 3).says(&["symbolic link"]);
        assert_eq!(outside(&shop), ["kept"], "{at}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_and_nothing_waits_for_it() {
    let shop = TestLedger::new();
    shop.shell(&format!("mkfifo {PATH}")).ok();
    shop.run(&["note", ID, "x"]).says(&[PATH, "not a file"]);
    assert_eq!(shop.run(&["list"]).status, 3);
}

#[test]
fn an_id_or_a_name_leads_nowhere() {
    for id in
        ["../../x", "/etc/passwd", "20261122-7k3q9x/..", "20261122\u{202e}-7k3q9x", "", "..", "\u{1b}[2J"]
    {
        let shop = TestLedger::new();
        shop.put(
            PATH,
            case("cup")
                .replace(ID, &format!("\"{}\"", id.escape_default().to_string().replace("\\u{", "\\U{"))),
        );
        let ran = shop.run(&["list"]);
        assert_eq!(ran.status, 3, "{id}: {}{}", ran.out, ran.err);
        ran.says(&[PATH]);
        harmless(&ran.err);
        let ran = shop.run(&["show", id]);
        assert_ne!(ran.status, 0, "{id}");
        harmless(&ran.err);
    }
}

/// Nothing in it steers a terminal or turns a line round.
#[track_caller]
fn harmless(words: &str) {
    let acts = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!words.contains(acts), "{:?}", words.lines().find(|line| line.contains(acts)));
}

/// Every way in which a case leaves a ledger as text.
const OUTPUTS: [&[&str]; 17] = [
    &["list"],
    &["list", "--format", "markdown"],
    &["list", "--format", "csv"],
    &["list", "--format", "json"],
    &["list", "--format", "jsonl"],
    &["list", "--format", "html"],
    &["show", ID],
    &["show", ID, "--format", "json"],
    &["log"],
    &["log", "--format", "json"],
    &["next"],
    &["report", "overdue"],
    &["report", "overdue", "--format", "markdown"],
    &["report", "overdue", "--format", "html"],
    &["report", "overdue", "--format", "json"],
    &["check"],
    &["check", "--format", "github"],
];

#[test]
fn no_words_steer_a_terminal() {
    let shop = TestLedger::new();
    let title = "\\e[2J\\e]0;x\\a\\x9b31m \\u202Etxt.exe\\u2066\\u200B";
    let later = "  - noted: 2026-11-22T09:01:00+08:00\n    by: \"\\e[31mx\"\n    note: \"\\e]8;;http://x\\a\\u202E\"\n";
    shop.put(PATH, case(title) + later);
    for arguments in OUTPUTS {
        let ran = shop.at("2027-01-10T10:00:00+08:00", arguments);
        harmless(&ran.out);
        harmless(&ran.err);
    }
    harmless(&shop.run(&["note", ID, "x"]).ok().out);
}

#[test]
fn no_words_are_markup_in_a_page() {
    let shop = TestLedger::new();
    shop.put(PATH, case("<script>alert(1)</script><img src=x onerror=alert(1)>"));
    for arguments in [&["list", "--format", "html"][..], &["report", "overdue", "--format", "html"]] {
        let page = shop.at("2027-01-10T10:00:00+08:00", arguments).ok().out;
        assert!(!page.contains("<script") && !page.contains("<img"), "{arguments:?}");
    }
    let page = shop.run(&["list", "--format", "html"]).ok().out;
    assert!(page.contains("alert(1)"), "{page}");
}

#[test]
fn no_words_are_run_by_a_spreadsheet() {
    let shop = TestLedger::new();
    shop.put(PATH, case("=HYPERLINK(1)"));
    for arguments in [&["list", "--format", "csv"][..], &["export"]] {
        let sheet = shop.run(arguments).ok().out;
        assert!(sheet.contains(",'=HYPERLINK(1)"), "{arguments:?}: {sheet}");
        assert!(!sheet.contains(",=") && !sheet.contains("\n="), "{arguments:?}: {sheet}");
    }
}

#[test]
fn nearly_a_thousand_clocks_are_no_trouble() {
    let shop = TestLedger::new();
    let mut rules = String::new();
    // With those that are there, as many as a file may have.
    for n in 0..990 {
        write!(
            rules,
            "[[clock]]\nname = \"c{n}\"\nstart = [\"received\"]\nstop = [\"closed\"]\nwithin = \"{}h\"\n",
            n + 1
        )
        .unwrap();
    }
    shop.add_rules("policy/base.toml", &rules);
    shop.put(PATH, case("cup"));
    shop.run(&["list"]).ok();
    shop.run(&["show", ID]).ok();
    shop.run(&["report", "monthly", "2026-11"]).ok();
}

#[test]
fn a_history_of_many_events_is_no_trouble() {
    let shop = TestLedger::new();
    let mut text = case("cup");
    for at in 0..20_000 {
        let (hour, minute, second) = (10 + at / 3_600 % 10, at / 60 % 60, at % 60);
        writeln!(text, "  - noted: 2026-11-22T{hour}:{minute:02}:{second:02}+08:00\n    by: a\n    note: n")
            .unwrap();
    }
    shop.put(PATH, &text);
    let later = "2026-11-23T10:00:00+08:00";
    shop.at(later, &["note", ID, "one more"]).ok();
    assert!(shop.read(PATH).starts_with(&text));
    shop.at(later, &["show", ID, "--format", "json"]).ok();
    shop.at(later, &["report", "overdue"]).ok();
    shop.at(later, &["check"]);
}

#[test]
fn a_file_that_would_grow_too_large_is_not_written() {
    let shop = TestLedger::new();
    let full = format!("{}# {}\n", case("cup"), "x".repeat((8 << 20) - 260));
    assert!(full.len() < 8 << 20);
    shop.put(PATH, &full);
    let long = "y".repeat(1_000);
    shop.refused(&["note", ID, &long], 3).says(&[PATH, "8 MiB"]);
}

/// `ulimit -f` makes every write fail beyond so many blocks of 512 bytes, as a full disk does.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let shop = TestLedger::new();
    shop.put(PATH, case("cup") + &format!("# {}\n", "x".repeat(40_000)));
    let before = shop.snapshot();
    let ran = shop.shell(&format!("trap '' XFSZ; ulimit -f 16; fb note {ID} x"));
    assert_eq!(ran.status, 3, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("error"), "{}", ran.err);
    assert_eq!(shop.snapshot(), before);
    shop.run(&["note", ID, "x"]).ok();
}
