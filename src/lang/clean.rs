//! Words from a file, made harmless to look at.
//!
//! A customer's words may hold what steers a terminal (ESC and its kin), what makes a line read in another
//! order than it is written (bidirectional marks), and what breaks a table (tabs, line breaks). All of it is
//! shown, none of it acts.

use std::borrow::Cow;

/// The same words with whatever acts shown as a sign or a space.
///
/// As many characters come out as go in, so that a column counted in the file still points at its character.
pub fn clean(words: &str) -> Cow<'_, str> {
    match words.contains(acts) {
        true => Cow::Owned(words.chars().map(shown).collect()),
        false => Cow::Borrowed(words),
    }
}

/// The same for words of several lines: their line breaks stay.
pub fn clean_lines(words: &str) -> String {
    words.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// The same words for another program to read: what steers a terminal, or turns what follows it about, is shown as a sign, all else stays as it is.
pub fn unsteering(words: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || turns(c);
    match words.contains(steers) {
        true => Cow::Owned(words.chars().map(|c| if steers(c) { shown(c) } else { c }).collect()),
        false => Cow::Borrowed(words),
    }
}

/// Whether a character does something rather than be seen.
pub(super) fn acts(c: char) -> bool {
    shown(c) != c
}

fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        // The control pictures stand in the order of the controls: ␀ is U+2400, ␛ U+241B
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        // UAX #9: marks, embeddings and overrides, isolates
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        // Without width and without a use but to make two words look like one; joiners have one, in emoji
        '\u{200b}' | '\u{2060}' | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_acts_is_shown() {
        for (words, expected) in [
            ("收到的茶杯碎了", "收到的茶杯碎了"),
            ("a\tb\nc\r\nd", "a b c  d"),
            ("\u{1b}[31mred\u{7}\0", "␛[31mred␇␀"),
            ("\u{9b}31m\u{7f}", "\u{fffd}31m␡"),
            ("a\u{202e}txt.exe\u{2069}\u{200f}", "a\u{fffd}txt.exe\u{fffd}\u{fffd}"),
            ("one\u{2028}two\u{85}three", "one two three"),
            ("a\u{200b}b\u{feff}", "a\u{fffd}b\u{fffd}"),
            ("👩‍👧 é", "👩‍👧 é"),
        ] {
            assert_eq!(clean(words), expected);
        }
        assert!(matches!(clean("plain"), Cow::Borrowed(_)));
        assert_eq!(clean_lines("one\r\ntwo\u{1b}\n"), "one\ntwo␛");
        assert_eq!(unsteering("a\tb\r\n\u{1b}[31m\u{9b}\u{7f}\u{202e}"), "a\tb\r\n␛[31m\u{fffd}␡\u{fffd}");
    }

    proptest! {
        #[test]
        fn nothing_acts_and_every_character_keeps_its_column(words in any::<String>()) {
            let cleaned = clean(&words).into_owned();
            prop_assert_eq!(cleaned.chars().count(), words.chars().count());
            prop_assert!(!cleaned.contains(char::is_control));
            prop_assert_eq!(clean(&cleaned), cleaned.as_str());
        }
    }
}
