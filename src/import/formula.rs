//! Cells that a spreadsheet would run as formulas: they are written so that it does not, and read back unchanged.
//!
//! Source: OWASP, "CSV Injection". With an apostrophe in front, every spreadsheet shows a cell as plain text.

use std::borrow::Cow;

const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A log begins a new line after each of them.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Whether a spreadsheet would run the words, with or without apostrophes in front.
fn runs(words: &str) -> bool {
    let bare = words.trim_start_matches('\'');
    bare.starts_with(BEGINS) || bare.trim_start().starts_with(BEGINS)
}

/// Whether a line is a command to the log of a CI job (`::error::`), with or without apostrophes in front.
fn commands(line: &str) -> bool {
    line.trim_start_matches('\'').trim_start().starts_with("::")
}

/// The bytes after each `##` that begins a command such as `##[error]`, which works at any place of a line; with or
/// without apostrophes after the `##`.
fn named(words: &str) -> Vec<usize> {
    let mut named = Vec::new();
    for (at, _) in words.match_indices('#') {
        let Some(name) = words[at + 1..].strip_prefix('#') else { continue };
        let name = name.trim_start_matches('\'');
        if name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('[') {
            named.push(at + 2);
        }
    }
    named
}

/// The words with an apostrophe in front of them, and of each of their lines, that would be run.
pub(super) fn neutral(words: &str) -> Cow<'_, str> {
    if !runs(words) && !words.contains("::") && !words.contains("##") {
        return Cow::Borrowed(words);
    }
    let mut written = String::with_capacity(words.len() + 1);
    let mut done = 0;
    for at in named(words) {
        written.push_str(&words[done..at]);
        written.push('\'');
        done = at;
    }
    written.push_str(&words[done..]);
    let mut neutral = String::with_capacity(written.len() + 1);
    for (at, line) in written.split_inclusive(LINE_ENDS).enumerate() {
        if commands(line) || at == 0 && runs(words) {
            neutral.push('\'');
        }
        neutral.push_str(line);
    }
    Cow::Owned(neutral)
}

/// The words without the apostrophes that [`neutral`] wrote; any other apostrophe stays.
pub(super) fn plain(words: &str) -> Cow<'_, str> {
    if !words.contains('\'') {
        return Cow::Borrowed(words);
    }
    let mut read = String::with_capacity(words.len());
    for (at, line) in words.split_inclusive(LINE_ENDS).enumerate() {
        match line.strip_prefix('\'') {
            Some(rest) if commands(rest) || at == 0 && runs(words) => read.push_str(rest),
            _ => read.push_str(line),
        }
    }
    for at in named(&read).into_iter().rev() {
        if read[at..].starts_with('\'') {
            read.remove(at);
        }
    }
    Cow::Owned(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (words, written) in [
            ("=1+1", "'=1+1"),
            ("+8613800138000", "'+8613800138000"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            (" =1", "' =1"),
            ("\u{3000}+1", "'\u{3000}+1"),
            ("'=1", "''=1"),
            ("", ""),
            ("茶杯", "茶杯"),
            ("'tis", "'tis"),
            ("a=1", "a=1"),
            ("::error::x", "'::error::x"),
            ("a\n ::error::x\r'::y", "a\n' ::error::x\r''::y"),
            ("##[x] ##'vso[y] ## z", "##'[x] ##''vso[y] ## z"),
            ("a::b", "a::b"),
        ] {
            assert_eq!(neutral(words), written);
            assert_eq!(plain(written), words);
        }
    }

    proptest! {
        #[test]
        fn every_word_comes_back(words in "['=+@a茶\t\n:#\\[-]{0,8}") {
            let written = neutral(&words).into_owned();
            prop_assert!(!written.starts_with(BEGINS));
            prop_assert!(!written.contains("##[") && !written.lines().any(|line| line.trim_start().starts_with("::")));
            prop_assert_eq!(plain(&written), words);
        }
    }
}
