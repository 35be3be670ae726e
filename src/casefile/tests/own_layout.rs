//! The fast reader accepts what is written, and what it accepts has the tree of the full reader.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;

use super::super::tree::{self, Node, NodeContent};
use super::super::{compose, own_layout, read};
use super::written::any_case;
use super::{EXAMPLE, HEAD};

/// A tree with everything but its places.
fn shape(node: &Node<'_>) -> String {
    match &node.content {
        NodeContent::Word { text, style } => format!("{style:?} {text:?}"),
        NodeContent::List { items, flow } => {
            format!("{flow} [{}]", items.iter().map(shape).collect::<Vec<_>>().join(", "))
        }
        NodeContent::Map { entries, flow } => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", shape(key), shape(value)));
            format!("{flow} {{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        NodeContent::Reference => "reference".to_owned(),
    }
}

/// Whether the fast reader accepts a text; its tree is then that of the full reader.
#[track_caller]
fn accepted(text: &str) -> bool {
    let Some(ours) = own_layout::parse(text) else { return false };
    let full = tree::parse(text).unwrap_or_else(|broken| panic!("{broken:?}\n{text}"));
    assert_eq!(shape(&ours), shape(&full), "{text}");
    true
}

/// A file of this title and nothing else that is special.
fn titled(title: &str) -> String {
    HEAD.replace("title: t", &format!("title: {title}")) + "  - received: 2026-11-22T09:31:00+08:00\n"
}

#[test]
fn the_layout_is_accepted() {
    for title in [
        "t",
        "~",
        "=",
        "a:b",
        "a#b",
        "it's",
        "茶 [青]",
        "\"no\"",
        "\" a: #b \"",
        r#""\uFEFFa\u2028\x7F\x85\"\\\r\n\t""#,
        "[a, 茶 b, \"a,b\", \"a:b\"]",
        "|\n  a\n\n   b\n  c",
        "|-\n  a",
        "|\n  # a\n  b: c\n  - d",
        "|\n  a\tb\n   \tc",
    ] {
        assert!(accepted(&titled(title)), "{title}");
    }
    assert!(accepted(
        &EXAMPLE
            .replace("            # pseudonymous; the same customer has the same key", "")
            .replace("         # the remedy that the customer asks for", "")
    ));
}

#[test]
fn what_is_not_of_the_layout_is_refused() {
    for title in [
        "",
        " ",
        "a ",
        " a",
        "&a b",
        "*a",
        "!t a",
        "'a'",
        ">\n  a",
        "|+\n  a",
        "|2\n  a",
        "|\n   a\n  b",
        "|\n  a\n\n",
        "|\n\n  a",
        "|\n  a\n   \n  b",
        "|\n a",
        "|",
        "| # a\n  b",
        "a # b",
        "a: b",
        "a:",
        "- a",
        "? a",
        "{a: b}",
        "[]",
        "[a]  ",
        "[ a]",
        "[a ]",
        "[a,b]",
        "[a, ]",
        "[a, b",
        "[a, [b]]",
        "[a, b: c]",
        "\"a",
        "\"a\" ",
        "\"a\\q\"",
        "\"a\\uD800\"",
        "\"a\\x4\"",
        "\"a\" # b",
        "\"a\n  b\"",
        "a\n  b",
        "a\tb",
        "a\u{1b}b",
        "a\u{feff}b",
        "\n- a",
        "\n  - a\n  b: c",
        "@a",
        "`a",
        "%a",
        "|\n  a\n #b",
        "|\n  \ta",
        "|\n  a\n\tb\n",
        "|\n  a\n  \t\n  b",
        "\"a\tb\"",
        "[a\tb]",
        "[\"a\tb\"]",
        "a\n# b",
        "a\n\n",
        "\"a\":b",
        "a\n...",
        "a\n---",
    ] {
        let text = titled(title);
        assert!(!accepted(&text), "{title:?}");
    }
    let text = titled("t");
    assert!(accepted(&text));
    for other in [
        text.trim_end().to_owned(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        format!("---\n{text}"),
        format!("# a\n{text}"),
        format!("{text}# a\n"),
        format!("{text}\n"),
        format!("{text}a: b\n  c: d\n"),
        text.replace("  - ", "- "),
        text.replace("  - ", "    - "),
        text.replace("  - ", "  -  "),
        text.replace("  - ", "  -\n    "),
        text.replace("title:", "Title:"),
        text.replace("title:", "\"title\":"),
        text.replace("title:", "? title\n:"),
        text.replace("title: ", "title:  "),
        text.replace("title", &"t".repeat(1100)),
        format!("{text}    by: a\n     as: b\n"),
        format!("{text}    by: a\n   as: b\n"),
        format!("{text}    a:\n      b: c\n"),
    ] {
        assert!(!accepted(&other), "{other}");
    }
}

fn case_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            case_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_the_examples_that_is_as_it_would_be_written_is_accepted() {
    let mut files = Vec::new();
    case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &mut files);
    let mut written = 0;
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        let case = read(text.as_bytes(), path).unwrap();
        let accepted = accepted(&text);
        if compose(&case) == text {
            written += 1;
            assert!(accepted, "{}", path.display());
        }
    }
    assert!(written > 100 && written > files.len() / 2, "{written} of {}", files.len());
}

/// A change to a text, at a place of a line or of the text.
#[derive(Debug, Clone)]
enum Change {
    Insert(Index, String),
    Remove(Index, usize),
    InsertLine(Index, String),
    RemoveLine(Index),
    DoubleLine(Index),
    Indent(Index, usize),
    Outdent(Index, usize),
    /// The value of a line.
    Value(Index, String),
    Cut(Index),
}

impl Change {
    fn made(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let place = |index: &Index| {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            *index.get(&places)
        };
        match self {
            Change::Insert(index, words) => {
                let at = place(index);
                return [&text[..at], words, &text[at..]].concat();
            }
            Change::Remove(index, count) => {
                let at = place(index);
                return text[..at].chars().chain(text[at..].chars().skip(*count)).collect();
            }
            Change::Cut(index) => return text[..place(index)].to_owned(),
            Change::InsertLine(index, line) => lines.insert(index.index(lines.len()), format!("{line}\n")),
            Change::RemoveLine(index) => drop(lines.remove(index.index(lines.len()))),
            Change::DoubleLine(index) => {
                let at = index.index(lines.len());
                lines.insert(at, lines[at].clone());
            }
            Change::Indent(index, spaces) => {
                let at = index.index(lines.len());
                lines[at].insert_str(0, &" ".repeat(*spaces));
            }
            Change::Outdent(index, spaces) => {
                let at = index.index(lines.len());
                lines[at] = lines[at].strip_prefix(&" ".repeat(*spaces)).unwrap_or(&lines[at]).to_owned();
            }
            Change::Value(index, value) => {
                let at = index.index(lines.len());
                if let Some((key, _)) = lines[at].split_once(": ") {
                    lines[at] = format!("{key}: {value}\n");
                }
            }
        }
        lines.concat()
    }
}

/// Signs that mean something in YAML, alone and together, and words.
fn signs() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::string::string_regex("[-?:,\\[\\]{}#&*!|>'\"%@`~ \n\\\\a.=<+]{1,4}").unwrap(),
        proptest::string::string_regex("\\PC{1,3}").unwrap(),
        proptest::sample::select(vec![
            "\t", "\r", "\r\n", "\u{feff}", "\u{85}", "\u{2028}", "\u{0}", "\u{a0}"
        ])
        .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::string::string_regex("[|>][-+12]?(\n {0,6}[a #:-]{0,3}){0,3}").unwrap(),
        proptest::string::string_regex("\"([ a:#\\[\\],\\\\nxu\"07Fé]|\\\\x41|\\\\u0041){0,6}\"?").unwrap(),
        proptest::string::string_regex("\\[([a:#\" ]{1,3}(, |,| )?){0,4}\\]?").unwrap(),
        proptest::string::string_regex("'[a' ]{0,4}'?").unwrap(),
        proptest::string::string_regex("[&*!][a ]{0,4}").unwrap(),
        signs(),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let line = prop_oneof![
        proptest::string::string_regex(" {0,6}(- )?[a-z]{0,3}:? ?[a\"|\\[#]{0,2}").unwrap(),
        signs()
    ];
    prop_oneof![
        (any::<Index>(), signs()).prop_map(|(at, words)| Change::Insert(at, words)),
        (any::<Index>(), 1..4_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        (any::<Index>(), line).prop_map(|(at, line)| Change::InsertLine(at, line)),
        any::<Index>().prop_map(Change::RemoveLine),
        any::<Index>().prop_map(Change::DoubleLine),
        (any::<Index>(), 1..4_usize).prop_map(|(at, spaces)| Change::Indent(at, spaces)),
        (any::<Index>(), 1..5_usize).prop_map(|(at, spaces)| Change::Outdent(at, spaces)),
        (any::<Index>(), value()).prop_map(|(at, value)| Change::Value(at, value)),
        any::<Index>().prop_map(Change::Cut),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_accepted(case in any_case()) {
        let text = compose(&case);
        prop_assert!(accepted(&text), "{}", text);
    }

    #[test]
    fn what_is_accepted_after_changes_has_the_tree_of_the_full_reader(
        case in any_case(), changes in prop::collection::vec(change(), 1..4),
    ) {
        let mut text = compose(&case);
        for change in changes {
            if text.is_empty() {
                break;
            }
            text = change.made(&text);
        }
        accepted(&text);
    }
}
