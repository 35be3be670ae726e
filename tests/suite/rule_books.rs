//! `docs/rule-books.md` cannot go stale: every clause has its line, and whatever a line names exists.

use std::fs;
use std::path::{Path, PathBuf};

use fb::policy::Preset;
use toml::{Table, Value};

use crate::ledger::TestLedger;

const TEXT: &str = include_str!("../../docs/rule-books.md");

/// What a clause is carried out by that is a command.
const COMMANDS: [&str; 2] = ["report ", "command "];

/// A line of a table.
struct Line {
    /// The example ledger of its rule book.
    shop: &'static str,
    code: &'static str,
    says: &'static str,
    by: Vec<&'static str>,
    proved: &'static str,
    commands: Vec<&'static str>,
    tests: Vec<&'static str>,
    shown: Vec<&'static str>,
}

/// The lines under a heading such as `## S0 · ecommerce · examples/teashop`, or of the last part, which has no rule book.
fn lines(heading: &str) -> Vec<Line> {
    let part =
        TEXT.split("\n## ").find(|part| part.starts_with(heading)).unwrap_or_else(|| panic!("{heading}"));
    let shop = part.lines().next().unwrap().rsplit('/').next().unwrap();
    let rows = part.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| clause |"));
    rows.filter(|line| !line.starts_with("| --- ")).map(|row| line(shop, row)).collect()
}

fn line(shop: &'static str, row: &'static str) -> Line {
    let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
    // What holds everywhere is in no rule book, and not proved
    let (code, says, by, proved, rest) = match cells[..] {
        [code, says, by, proved, .., _, _] if cells.len() == 7 => (code, says, by, proved, &cells[4..]),
        [code, says, by, .., _] if cells.len() == 6 => (code, says, by, "", &cells[3..]),
        _ => panic!("six or seven cells: {row}"),
    };
    let [commands, tests, shown] = rest[..] else { panic!("{row}") };
    let quoted = |cell: &'static str| cell.split('`').skip(1).step_by(2).collect::<Vec<_>>();
    Line {
        shop,
        code,
        says,
        by: quoted(by),
        proved,
        commands: quoted(commands),
        tests: quoted(tests),
        shown: quoted(shown),
    }
}

fn all() -> Vec<Line> {
    let headings = Preset::ALL.iter().map(|preset| preset.code).chain(["Everywhere"]);
    headings.flat_map(lines).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn every_clause_has_a_line_that_names_what_the_rule_book_names() {
    for preset in Preset::ALL {
        let policy: Table = preset.policy.parse().unwrap();
        let clauses: Vec<&Table> =
            policy["clause"].as_array().unwrap().iter().filter_map(Value::as_table).collect();
        let lines = lines(preset.code);
        let codes: Vec<&str> = lines.iter().map(|line| line.code).collect();
        let written: Vec<&str> = clauses.iter().map(|clause| clause["code"].as_str().unwrap()).collect();
        assert_eq!(codes, written, "{}", preset.name);
        for (line, clause) in lines.iter().zip(clauses) {
            let by: Vec<&str> = clause["by"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let unknown = line.by.iter().filter(|reference| !by.contains(reference));
            assert_eq!(
                unknown.collect::<Vec<_>>(),
                Vec::<&&str>::new(),
                "{}: not in the rule book",
                line.code
            );
            let left_out = by.iter().filter(|reference| !line.by.contains(reference));
            assert_eq!(left_out.collect::<Vec<_>>(), Vec::<&&str>::new(), "{}: left out", line.code);
            assert!(line.says.chars().any(|c| c > '\u{4e00}'), "{}: the Chinese term is missing", line.code);
        }
    }
}

/// `.ci/run` proves that they hold. What is not about the handling of a case cannot be proved.
#[test]
fn every_clause_about_the_handling_of_cases_is_proved() {
    for line in Preset::ALL.iter().flat_map(|preset| lines(preset.code)) {
        let is_proved = line
            .by
            .iter()
            .any(|by| ["clock ", "needs ", "approval "].iter().any(|sort| by.starts_with(sort)));
        assert_eq!(line.proved, if is_proved { "holds" } else { "–" }, "{}", line.code);
    }
}

#[test]
fn every_line_names_a_command_a_test_and_a_case() {
    for line in all() {
        assert!(!line.commands.is_empty(), "{}: no command", line.code);
        assert!(!line.tests.is_empty(), "{}: no test", line.code);
        assert!(!line.shown.is_empty(), "{}: nothing of the example", line.code);
    }
}

/// With `--help` at its end a command line is read up to there and does nothing.
#[test]
fn every_command_is_one_that_fb_takes() {
    let shop = TestLedger::empty();
    for line in all() {
        let references = line.by.iter().filter(|it| COMMANDS.iter().any(|sort| it.starts_with(sort)));
        let named = references.map(|it| it.replace("command ", "")).map(|it| format!("fb {it}"));
        for command in line.commands.iter().map(|it| (*it).to_owned()).chain(named) {
            let words = command.strip_prefix("fb ").unwrap_or_else(|| panic!("{command}"));
            let words: Vec<&str> = words.split_whitespace().chain(["--help"]).collect();
            let ran = shop.run(&words);
            assert_eq!(ran.status, 0, "{}: {command}\n{}", line.code, ran.err);
        }
    }
}

/// What a word in capitals stands for.
fn filled<'l>(word: &'l str, id: &'l str) -> &'l str {
    match word {
        "TEXT" => "words",
        "KEY" => "c-1",
        "PERSON" => "li.na",
        "ID" => id,
        word => word,
    }
}

/// What a line registers, its rule book takes.
#[test]
fn every_receipt_is_one_that_the_rule_book_takes() {
    let mut registered = 0;
    for preset in Preset::ALL {
        let shop = TestLedger::of(preset.name);
        let id = shop.case(&["--customer", "c-2", "--order", "E2", "--description", "broken"]);
        for line in lines(preset.code) {
            for command in line.commands.iter().filter(|command| command.starts_with("fb new ")) {
                let words: Vec<&str> = command.split(' ').skip(1).map(|word| filled(word, &id)).collect();
                let ran = shop.run(&words);
                assert_eq!(ran.status, 0, "{}: {command}\n{}", line.code, ran.err);
                registered += 1;
            }
        }
    }
    assert!(registered > 3, "{registered}");
}

#[test]
fn every_test_is_there() {
    for line in all() {
        for test in &line.tests {
            let (path, name) = test.split_once("::").unwrap_or_else(|| panic!("{test}"));
            let text =
                fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{}: {path}", line.code));
            assert!(text.contains(&format!("fn {name}(")), "{}: there is no {test}", line.code);
        }
    }
}

/// `53082j diagnosed` is a case with that event, `6e2897 justified: false` one that has that line; what is no case is a
/// file of the example.
#[test]
fn every_example_shows_what_it_is_said_to_show() {
    for line in all() {
        let example = root().join("examples").join(line.shop);
        for shown in &line.shown {
            let (id, key) = shown.split_once(' ').unwrap_or((shown, ""));
            let path =
                if id.contains('.') { Some(example.join(id)) } else { case(&example.join("cases"), id) };
            let path = path.unwrap_or_else(|| panic!("{}: no case {id} in {}", line.code, line.shop));
            let text =
                fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}: {}", line.code, path.display()));
            let wanted = if key.contains(": ") { key.to_owned() } else { format!("{key}:") };
            let has = |row: &str| {
                let row = row.trim_start().trim_start_matches("- ");
                if key.contains(": ") {
                    row == wanted
                } else {
                    row.starts_with(&wanted) || row.starts_with(&format!("{key} ="))
                }
            };
            assert!(text.lines().any(has), "{}: {} does not show `{key}`", line.code, path.display());
        }
    }
}

/// The file of a case, by the six characters of its id.
fn case(directory: &Path, id: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.into_iter().find_map(|path| {
        if path.is_dir() {
            return case(&path, id);
        }
        path.file_stem()?.to_str()?.ends_with(&format!("-{id}")).then_some(path)
    })
}
