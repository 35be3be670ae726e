//! What people and other programs put under keys of their own: YAML of every kind, above the history, in its last event
//! and below it. Ten verbs later every byte is there. `examples/yaml_suite.rs` holds the same on the YAML test suite.

use crate::ledger::TestLedger;

const ID: &str = "20261122-7k3q9x";

/// What stands behind `x-…:`, up to the end of its last line; lines below are indented as at the margin.
const VALUES: [&str; 38] = [
    "",
    " ''",
    " \"\\e[31m \\u202E \\x85\"",
    " 'it''s'",
    " ~",
    " 0o17",
    " 2026-11-22",
    " plain words\n  on three\n\n  lines",
    " 'quoted\n\n  with an empty line'",
    " \"folded \\\n  and joined\"",
    " |\n  a\n   b\n\n  c",
    " |-\n  a",
    " |+\n  a\n\n",
    " |+\n  a\n  \n    ",
    " |\n  a\n     ",
    " |1\n  a\n b",
    " >\n  a\n  b\n\n    c\n  d",
    " >2-\n    a\n   b",
    " |  # a remark\n  # no remark",
    " [a, 'b', \"c\", [d], {e: f}]",
    " [a,\n  b,   # the second\n  ]   ",
    " {a: b, c: , d: [e], \"f\":g, ? h : i}",
    "\n  {\n  a,\n  b:,\n  }",
    "\n  {\n    ? a :,\n    : b,\n  }",
    "\n  a: b\n  ? c\n  : d\n  ? |\n    e\n  : - f",
    "\n  - a\n  - - b\n    - c\n  -\n    - d\n  - e: f\n    g: h",
    "\n- at the margin\n- of its key",
    "\n  ? [a, b]\n  : {c: d}",
    " &anchor\n  a: &b c\n  d: *b\n  *b : e",
    " !!str 12",
    " !local {a: !<tag:example.org,2026:x> b}",
    " !!binary |\n  R0lGODlhDAAMAIQAAP",
    " <a>:no key",
    " a#b:c",
    " 茶杯：碎了 🫖",
    "\n  # a remark above\n  a: b # and beside\n  # and below\n\n  # and further below",
    "   \n  \n  a",
    "\n  - |\n   a\n  - >-\n   b\n      \n   ",
];

/// Values that a file may have, but not within a list of events: these indent by their own rules.
fn fits_an_event(value: &str) -> bool {
    !value.starts_with("\n- ")
}

const VERBS: [&[&str]; 10] = [
    &["triage", ID, "--category", "product/packaging", "--urgency", "general"],
    &["note", ID, "two\nlines\n"],
    &["assign", ID, "--department", "quality"],
    &["accept", ID],
    &["contact", ID, "-m", "* not: a list"],
    &["diagnose", ID, "--cause", "\"thin\" box"],
    &["escalate", ID, "--reason", "'"],
    &["resolve", ID, "--remedy", "exchange"],
    &["follow-up", ID, "--outcome", "satisfied", "--score", "5"],
    &["note", ID, "# end"],
];

/// The lines of keys with these values.
fn keys(values: &[&str], indent: usize) -> String {
    let mut lines = String::new();
    for (at, value) in values.iter().enumerate() {
        let value = value.replace('\n', &format!("\n{:indent$}", ""));
        lines += &format!("{:indent$}x-{at}:{value}\n", "");
    }
    lines
}

fn intake() -> String {
    format!("id: {ID}\nkind: complaint\ntitle: cup\nchannel: hotline\n")
}

const RECEIVED: &str = "history:\n  - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n";

#[test]
fn values_of_every_kind_survive_ten_verbs() {
    let within: Vec<&str> = VALUES.into_iter().filter(|value| fits_an_event(value)).collect();
    let (above, below) = (keys(&VALUES, 0), keys(&VALUES, 0).replace("x-", "y-"));
    let (event, rest) = (keys(&within, 4), "\n# the end\n\n");
    let shop = TestLedger::new();
    shop.write(".gitattributes", "* -text\n");
    shop.put(&format!("cases/new/{ID}.yaml"), format!("{}{above}{RECEIVED}{event}{below}{rest}", intake()));
    for verb in VERBS {
        shop.pass(5);
        shop.run(verb).ok();
    }
    let now = std::fs::read_to_string(shop.dir.join(shop.path_of(ID))).unwrap();
    let first = format!("{}{above}{RECEIVED}{event}", intake());
    let added = now.strip_prefix(&first).expect("the beginning is not as it was");
    let added = added.strip_suffix(&format!("{below}{rest}")).expect("the end is not as it was");
    assert_eq!(added.matches("  - ").count(), 10, "{added}");
}

/// Behind each of them a text of several lines is added, which must not take what follows for its own.
#[test]
fn a_value_that_ends_the_history_is_not_torn() {
    for value in VALUES.into_iter().filter(|value| fits_an_event(value)) {
        let shop = TestLedger::new();
        let path = format!("cases/new/{ID}.yaml");
        let file = format!("{}{RECEIVED}{}", intake(), keys(&[value], 4));
        shop.put(&path, format!("{file}\n"));
        for words in ["two\nlines\n", "more\n\nlines"] {
            shop.pass(5);
            shop.run(&["note", ID, words]).ok();
        }
        let now = shop.read(&path);
        let kept = file.trim_end_matches('\n');
        assert!(now.starts_with(kept), "{kept:?}\n{now:?}");
        assert_eq!(now.matches("- noted: ").count(), 2);
    }
}
