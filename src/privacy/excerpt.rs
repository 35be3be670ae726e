//! A line of a file as it may be quoted next to an error: the number of characters does not change, so that a column
//! counted in the file still points at its character.

use std::cell::Cell;
use std::ops::Range;

use super::mask::{but_the_host, hidden, masked};

/// Keys with a person's value, at any place; and keys below `customer` that identify nobody.
const OF_A_PERSON: [&str; 2] = ["name", "contact"];
const OF_NOBODY: [&str; 2] = ["key", "tier"];

/// The lines of a quoted file, looked up once for any number of quotes.
pub struct QuotedLines<'t> {
    /// Each line, and whether it is below the key `customer`.
    lines: Vec<(&'t str, bool)>,
    /// The line that was quoted last, and how many times in a row.
    quoted: Cell<(usize, usize)>,
}

/// How often one line is quoted: each of the findings on it would show the whole line.
const MOST_QUOTED: usize = 20;

impl<'t> QuotedLines<'t> {
    /// The lines of a text; a byte order mark is not part of the first.
    pub fn of(text: &'t str) -> QuotedLines<'t> {
        let mut of_customer = false;
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(|line| {
            if line.starts_with(|c: char| !c.is_whitespace() && c != '#') {
                of_customer = key(line).0 == "customer";
            }
            (line, of_customer)
        });
        QuotedLines { lines: lines.collect(), quoted: Cell::default() }
    }

    /// A line as it is, counted from 0; `None`: there is no such line.
    pub(crate) fn get(&self, line: usize) -> Option<&'t str> {
        self.lines.get(line).map(|(line, _)| *line)
    }

    /// Whether a line may be quoted once more.
    pub(crate) fn quotes(&self, line: usize) -> bool {
        let (last, times) = self.quoted.get();
        let times = if last == line { times + 1 } else { 1 };
        self.quoted.set((line, times));
        times <= MOST_QUOTED
    }

    /// A line of a case file without the customer's data. A quoted file may be impossible to parse, so the lines are
    /// examined as they are.
    pub(crate) fn quoted_case(&self, line: usize) -> Option<String> {
        let (here, of_customer) = *self.lines.get(line)?;
        let from = match behind_a_person(here) {
            Some(from) => from,
            None if of_customer && !OF_NOBODY.contains(&key(here).0) => key(here).1,
            None => here.len(),
        };
        Some(signed(&here[..from]) + &hidden(&here[from..]))
    }
}

/// A row of a foreign table: only the marked cell, counted in characters, is quoted. If the whole row is marked,
/// nothing of it is quoted.
pub(crate) fn quoted_row(row: &str, marked: Range<usize>) -> String {
    let byte = |at: usize| row.char_indices().nth(at).map_or(row.len(), |(byte, _)| byte);
    let cell = byte(marked.start)..byte(marked.end);
    if cell == (0..row.len()) {
        return hidden(row);
    }
    let seen = signed(&row[cell.clone()]);
    [hidden(&row[..cell.start]), seen, hidden(&row[cell.end..])].concat()
}

/// The person who did something, by the word for them: without the numbers in it and the users of mail addresses.
pub(crate) fn signed(by: &str) -> String {
    masked(&without_mail(by)).into_owned()
}

/// The key of a line, and where its value begins; a line without one is a value.
fn key(line: &str) -> (&str, usize) {
    let colon = line.find(':');
    let key = &line[..colon.unwrap_or(0)];
    (key.trim_matches([' ', '\t', '"', '\'', '?']), colon.map_or(0, |colon| colon + 1))
}

/// Where the value of a person's key begins, also in quotes or braces.
fn behind_a_person(line: &str) -> Option<usize> {
    let small = line.to_ascii_lowercase();
    let keys = OF_A_PERSON.iter().flat_map(|key| small.match_indices(key));
    let mut first = None;
    for (at, key) in keys {
        let rest = small[at + key.len()..].trim_start_matches([' ', '\t', '"', '\'']);
        let whole = !small[..at].ends_with(|c: char| c.is_alphanumeric() || "_-.".contains(c));
        if whole && rest.starts_with([':', '：']) {
            let value = small.len() - rest.len();
            first = Some(first.map_or(value, |first: usize| first.min(value)));
        }
    }
    first
}

/// The same text with the users of mail addresses hidden.
fn without_mail(words: &str) -> String {
    let of_mail = |c: char| c.is_ascii_alphanumeric() || ".-_%+@".contains(c);
    let mut seen = String::new();
    let mut rest = words;
    while let Some(start) = rest.find(of_mail) {
        let end = rest[start..].find(|c| !of_mail(c)).map_or(rest.len(), |at| start + at);
        let word = &rest[start..end];
        seen += &rest[..start];
        seen += &if word.contains('@') { but_the_host(word) } else { word.to_owned() };
        rest = &rest[end..];
    }
    seen + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_quoted_twenty_times_in_a_row() {
        let lines = QuotedLines::of("a\nb\n");
        let quoted = |line| (0..30).filter(|_| lines.quotes(line)).count();
        assert_eq!([quoted(0), quoted(1), quoted(0)], [20, 20, 20]);
    }

    #[test]
    fn a_line_of_a_case_tells_nothing_of_the_customer() {
        for (text, expected) in [
            ("  contact: \"secretuser@example.cn", "  contact: \"**********@*******.**"),
            ("  name: 欧阳修: x", "  name: ***: *"),
            ("  name: [欧阳修]", "  name: [***]"),
            ("\tname: 欧阳修", "\tname: ***"),
            ("customer: {key: c-1, name: 欧阳修}", "customer: {key: c-1, name: ***}"),
            ("customer: {\"name\" : 欧阳修}", "customer: {\"name\" : ***}"),
            ("custmer: {'contact': 1, a: 2}", "custmer: {'contact': *, *: *}"),
            ("customer: 欧阳修", "customer: ***"),
            ("\"customer\":\n  # 欧阳\n  nmae: 欧阳修", "  nmae: ***"),
            ("customer:\n  contct: secretuser@example.cn", "  contct: **********@*******.**"),
            ("customer:\n  contact: \"a\n    secret", "    ******"),
            ("customer:\n  key: c-8841", "  key: c-8841"),
            ("customer:\n  key: x\ntitle: 欧阳修", "title: 欧阳修"),
            ("  by: li.na@example.cn or @x", "  by: l*.**@example.cn or @x"),
            ("  note: 13800138000", "  note: 138****8000"),
            ("surname: x", "surname: x"),
        ] {
            let last = text.lines().count() - 1;
            assert_eq!(QuotedLines::of(text).quoted_case(last).unwrap(), expected);
        }
        assert_eq!(QuotedLines::of("a").quoted_case(1), None);
    }

    #[test]
    fn of_a_row_only_the_marked_cell_is_quoted() {
        let row = "a-1,欧阳修,s@x.cn,sofort";
        assert_eq!(quoted_row(row, 15..21), "*-*,***,*@*.**,sofort");
        assert_eq!(quoted_row(row, 8..14), "*-*,***,s@x.cn,******");
        assert_eq!(quoted_row(row, 0..21), "*-*,***,*@*.**,******");
        assert_eq!(quoted_row("欧阳修", 9..10), "***");
    }

    proptest! {
        #[test]
        fn columns_stay(text in "(customer:\n)?[ a-z@.:修\"{},\t0-9]{0,30}", start in 0usize..20, width in 0usize..20) {
            let last = text.lines().count().saturating_sub(1);
            if let Some(quoted) = QuotedLines::of(&text).quoted_case(last) {
                prop_assert_eq!(quoted.chars().count(), text.lines().nth(last).unwrap().chars().count());
            }
            prop_assert_eq!(quoted_row(&text, start..start + width).chars().count(), text.chars().count());
        }
    }

    #[test]
    fn many_lines_are_quoted_in_one_pass() {
        const MANY: usize = 100_000;
        let text = format!("customer:\n{}", "  nmae: wang\n".repeat(MANY));
        let lines = QuotedLines::of(&text);
        assert!((1..=MANY).all(|line| lines.quoted_case(line).unwrap() == "  nmae: ****"));
    }
}
