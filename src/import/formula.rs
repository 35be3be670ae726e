//! Cells that a spreadsheet would run: written so that it does not, and read back as they were.
//!
//! Source: OWASP, "CSV Injection". An apostrophe in front makes a cell plain words in every spreadsheet.

use std::borrow::Cow;

const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether the words would be run, or look like words that were kept from it.
fn runs(words: &str) -> bool {
    let bare = words.trim_start_matches('\'');
    bare.starts_with(BEGINS) || bare.trim_start().starts_with(BEGINS)
}

/// The words with an apostrophe in front, if they would be run.
pub(super) fn neutral(words: &str) -> Cow<'_, str> {
    if runs(words) { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

/// The words without the apostrophe that [`neutral`] put in front; any other apostrophe stays.
pub(super) fn plain(words: &str) -> &str {
    words.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(words)
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
        ] {
            assert_eq!(neutral(words), written);
            assert_eq!(plain(written), words);
        }
    }

    proptest! {
        #[test]
        fn every_word_comes_back(words in "['=+@a茶\t-]{0,6}") {
            let written = neutral(&words).into_owned();
            prop_assert!(!written.starts_with(BEGINS));
            prop_assert_eq!(plain(&written), words);
        }
    }
}
