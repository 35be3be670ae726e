//! Writes a text as a YAML scalar, so that every reader gets exactly the same text back.
//!
//! Without quotes only if YAML 1.1 (most tools) and YAML 1.2 both read it as this string; as a `|` block if it has
//! several lines; else in double quotes, where everything can be escaped. Sources: YAML 1.2.2, sections 5.1, 7.3 and
//! 8.1; the types of YAML 1.1 (yaml.org/type).

use std::fmt::Write as _;

use crate::case::Id;

/// A text after `key:`; `indent` is how many spaces a block's lines are indented.
pub(super) fn scalar(text: &str, indent: usize) -> String {
    match text {
        _ if plain(text) => text.to_owned(),
        _ if blockable(text) => block(text, indent),
        _ => quoted(text),
    }
}

/// Texts as a list in brackets.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let items: Vec<String> = texts.into_iter().map(|text| item(text)).collect();
    format!("[{}]", items.join(", "))
}

/// A text as an item of a list in brackets.
fn item(text: &str) -> String {
    let means_something = text.contains([',', '[', ']', '{', '}', ':', '?', '#']);
    if plain(text) && !means_something { text.to_owned() } else { quoted(text) }
}

/// Whether YAML 1.1 and 1.2 both read the unquoted text as this string.
fn plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins = match first {
        '-' | '?' | ':' | ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"'
        | '%' | '@' | '`' | '~' | '=' | '<' | '+' | '.' => false,
        '0'..='9' => Id::parse(text).is_ok() || text.chars().any(in_no_number),
        _ => true,
    };
    begins
        && text.chars().all(|c| printable(c) && c != '\t')
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(|c: char| c.is_whitespace() || c == ':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !names_a_value(text)
}

/// Whether this first character excludes a number, a date or a time for every reader.
fn in_no_number(c: char) -> bool {
    !c.is_ascii() || matches!(c, 'g'..='w' | 'G'..='W' if !"oOtT".contains(c))
}

/// The words that some reader takes for yes, no or nothing.
fn names_a_value(text: &str) -> bool {
    const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a character may be written unescaped and is a line break to no reader (YAML 1.1 breaks lines at U+0085,
/// U+2028 and U+2029 too).
fn printable(c: char) -> bool {
    !matches!(c,
        '\0'..='\u{8}' | '\u{a}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a `|` block can hold the text: it has several lines, and none of them can be mistaken for indentation.
///
/// It must not end in empty lines either: `|+` would keep them, but would also keep empty lines that follow in the
/// file, and editors remove them.
fn blockable(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with(['\n', ' '])
        && !text.ends_with("\n\n")
        && text.split('\n').all(fits_in_block)
}

fn fits_in_block(line: &str) -> bool {
    line.chars().all(printable) && !line.starts_with('\t') && (line.is_empty() || !line.trim().is_empty())
}

fn block(text: &str, indent: usize) -> String {
    let chomping = if text.ends_with('\n') { "" } else { "-" };
    let mut block = format!("|{chomping}");
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        let indent = if line.is_empty() { 0 } else { indent };
        let _ = write!(block, "\n{:indent$}{line}", "");
    }
    block
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if printable(c) => quoted.push(c),
            c if (c as u32) < 0x100 => quoted.push_str(&format!("\\x{:02X}", c as u32)),
            c => quoted.push_str(&format!("\\u{:04X}", c as u32)),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_are_only_where_a_reader_needs_them() {
        for text in [
            "li.na",
            "王女士",
            "product/packaging",
            "2 件茶杯",
            "it's",
            "a:b",
            "a#b",
            "E2026112200017",
            "50g",
            "茶 [青]",
        ] {
            assert_eq!(scalar(text, 2), text);
        }
        for text in [
            "",
            " ",
            "a ",
            " a",
            "no",
            "NO",
            "y",
            "~",
            "null",
            "012",
            "13800138000",
            "1e3",
            "0x1F",
            "0o17",
            "1_000",
            "12:30",
            "1.5",
            ".5",
            "+1",
            "-1",
            "2026-01-01",
            "2026-11-22T09:31:00Z",
            "- a",
            "# b",
            "a: b",
            "a:",
            "a #b",
            "@x",
            "`x",
            "%x",
            "&x",
            "*x",
            "!x",
            "|",
            ">",
            "[x",
            "{x",
            "'x",
            "=",
            "<<",
            "---",
            "...",
            "?",
            "a\tb",
        ] {
            assert_eq!(scalar(text, 2), format!("\"{}\"", text.replace('\t', "\\t")), "{text}");
        }
    }

    #[test]
    fn lines_are_a_block_that_ends_as_the_text_does() {
        assert_eq!(scalar("a\nb", 2), "|-\n  a\n  b");
        assert_eq!(scalar("a\n\nb\n", 4), "|\n    a\n\n    b");
        for text in ["\na", " a\nb", "a\n \nb", "a\n\n", "a\r\nb", "a\n\tb", "a\n\u{85}b", "\n", "a\u{1b}\nb"]
        {
            assert!(scalar(text, 2).starts_with('"'), "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(scalar("\u{feff}a\u{2028}\u{7f}\u{85}\"\\\r\n", 2), r#""\uFEFFa\u2028\x7F\x85\"\\\r\n""#);
    }

    #[test]
    fn a_list_is_in_brackets() {
        let list_of = |texts: &[&str]| list(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(list_of(&["碎裂", "a b", "a,b", "no", "a:b"]), r#"[碎裂, a b, "a,b", "no", "a:b"]"#);
    }

    proptest! {
        /// An independent reader of YAML 1.1 and 1.2 types, which distinguishes strings from numbers, gets the text
        /// back.
        #[test]
        fn another_reader_gets_the_same_string(text in "\\PC{0,8}|[ -~]{0,6}|[-+.0-9eExo_:TZ]{1,10}|(\\PC{0,6}[\n\t ]?){0,5}|.{0,10}") {
            let file = format!("a:\n  k: {}\n  z: {}\n", scalar(&text, 4), list([&text]));
            let read: serde_yaml::Value = serde_yaml::from_str(&file).unwrap();
            prop_assert_eq!(read["a"]["k"].as_str(), Some(&*text), "{}", file);
            prop_assert_eq!(read["a"]["z"][0].as_str(), Some(&*text), "{}", file);
        }
    }
}
