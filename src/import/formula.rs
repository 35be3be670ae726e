//! Cells that a spreadsheet would run: written so that it does not, and read back as they were.
//!
//! Source: OWASP, "CSV Injection". An apostrophe in front makes a cell plain words in every spreadsheet.

use std::borrow::Cow;

const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A log takes what follows any of them for a new line.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Whether the words would be run by a spreadsheet, or look like words that were kept from it.
fn runs(words: &str) -> bool {
    let bare = words.trim_start_matches('\'');
    bare.starts_with(BEGINS) || bare.trim_start().starts_with(BEGINS)
}

/// Whether a line is a command to the log of a CI job (`::error::`), or looks like one that was kept from it.
fn commands(line: &str) -> bool {
    line.trim_start_matches('\'').trim_start().starts_with("::")
}

/// Where `##[error]` and similar signs, which are commands wherever they are, have their name, behind the apostrophes that
/// already keep them from it.
fn named(words: &str) -> impl Iterator<Item = usize> {
    words.match_indices('#').map(|(at, _)| at + 1).filter_map(|at| {
        let name = words[at..].strip_prefix('#')?.trim_start_matches('\'');
        name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('[').then_some(at + 1)
    })
}

/// The words with an apostrophe in front, if they would be run, and in front of each line that would be.
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
    let run = runs(words);
    let line = |(at, line): (usize, &str)| {
        let kept = if commands(line) || at == 0 && run { "'" } else { "" };
        format!("{kept}{line}")
    };
    Cow::Owned(written.split_inclusive(LINE_ENDS).enumerate().map(line).collect())
}

/// The words without the apostrophes that [`neutral`] wrote; any other apostrophe stays.
pub(super) fn plain(words: &str) -> Cow<'_, str> {
    if !words.contains('\'') {
        return Cow::Borrowed(words);
    }
    let line = |(at, line): (usize, &str)| match line.strip_prefix('\'') {
        Some(rest) if commands(rest) || at == 0 && runs(words) => rest.to_owned(),
        _ => line.to_owned(),
    };
    let mut read: String = words.split_inclusive(LINE_ENDS).enumerate().map(line).collect();
    let kept: Vec<usize> = named(&read).filter(|at| read[*at..].starts_with('\'')).collect();
    for at in kept.into_iter().rev() {
        read.remove(at);
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
