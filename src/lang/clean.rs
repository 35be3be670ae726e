//! Makes a text from a file safe to display.
//!
//! A customer's text may contain characters that control a terminal (ESC and others), reorder a line (bidirectional
//! marks), or break a table (tabs, line breaks). All of them are shown; none has an effect.

use std::borrow::Cow;

/// The same text with every active character shown as a symbol or a space, in a terminal and in the log of a CI job.
///
/// The number of characters does not change, so that a column counted in the file still points at its character.
pub(crate) fn clean(words: &str) -> Cow<'_, str> {
    let seen = visible(words);
    let (begin, signs) = commands(&seen);
    if begin.is_none() && signs.is_empty() {
        return seen;
    }
    let tamed = seen.char_indices().map(|(at, c)| match c {
        ':' if begin == Some(at) => '：',
        '#' if signs.contains(&at) => '＃',
        c => c,
    });
    Cow::Owned(tamed.collect())
}

/// The same for a text of several lines: its line breaks stay.
pub(crate) fn clean_lines(words: &str) -> String {
    words.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// The same text with every character shown that affects eyes or terminals, for output that never goes to a CI log or
/// is escaped in another way. The number of characters does not change.
pub(crate) fn visible(words: &str) -> Cow<'_, str> {
    let mut before = None;
    if !words.chars().any(|c| acts(c) || hides(c, &mut before)) {
        return Cow::Borrowed(words);
    }
    let mut before = None;
    let sign = |c| if hides(c, &mut before) { char::REPLACEMENT_CHARACTER } else { shown(c) };
    Cow::Owned(words.chars().map(sign).collect())
}

/// Whether a character only modifies another one, and has none before it that it could modify.
fn hides(c: char, before: &mut Option<char>) -> bool {
    let last = before.replace(c);
    joins(c) && last.is_none_or(joins)
}

/// The same text on one line, with a single space for each separator, as in a commit.
pub(crate) fn one_line(words: &str) -> String {
    let words = words.replace(char::is_control, " ");
    visible(&words.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The same text for another program: characters that control a terminal or reverse the text after them are shown as
/// symbols, everything else is unchanged.
pub(crate) fn unsteering(words: &str) -> Cow<'_, str> {
    match words.contains(steers) {
        true => Cow::Owned(words.chars().map(|c| if steers(c) { shown(c) } else { c }).collect()),
        false => Cow::Borrowed(words),
    }
}

/// Whether a character controls a terminal, reverses the text after it, or hides text.
fn steers(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// Where a line would be a command to the program that keeps a job's log: the first of two colons at its beginning
/// (`::error::`, GitHub and Gitee, with or without spaces before it), and the second character of every `##[error]`,
/// `##vso[…]`, `##teamcity[…]`, anywhere. The commands of other logs need an escape or a carriage return.
fn commands(line: &str) -> (Option<usize>, Vec<usize>) {
    let begin = line.trim_start();
    let begin = begin.starts_with("::").then(|| line.len() - begin.len());
    let named =
        |at: &usize| line[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('[');
    let signs = line.match_indices('#').map(|(at, _)| at).filter(|at| line[*at..].starts_with("##"));
    (begin, signs.filter(named).map(|at| at + 1).collect())
}

/// Whether a character has an effect other than being displayed.
pub(crate) fn acts(c: char) -> bool {
    shown(c) != c
}

/// Whether a character only modifies the one before it: one such character is useful, in emoji and in rare Chinese
/// characters; a second one, or one at the beginning, hides something.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        // The control pictures are in the order of the controls: ␀ is U+2400, ␛ U+241B
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        // UAX #9: marks, embeddings and overrides, isolates; and the older ones that shape letters
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            char::REPLACEMENT_CHARACTER
        }
        // Without width, and only useful to make two words look alike, or to carry hidden words
        '\u{ad}' | '\u{34f}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => {
            char::REPLACEMENT_CHARACTER
        }
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => {
            char::REPLACEMENT_CHARACTER
        }
        '\u{3164}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' => {
            char::REPLACEMENT_CHARACTER
        }
        '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' => char::REPLACEMENT_CHARACTER,
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
            ("👩\u{200d}👧 é ❤\u{fe0f} 葛\u{e0100}", "👩\u{200d}👧 é ❤\u{fe0f} 葛\u{e0100}"),
            ("👩\u{200d}❤\u{fe0f}\u{200d}👨", "👩\u{200d}❤\u{fe0f}\u{fffd}👨"),
            ("a\u{fe00}\u{fe01}\u{e0101}\u{200d}b", "a\u{fe00}\u{fffd}\u{fffd}\u{fffd}b"),
            ("\u{200d}a", "\u{fffd}a"),
            (
                "a\u{e0041}\u{e007f}\u{ad}\u{3164}\u{115f}\u{206a}\u{fff9}\u{2062}\u{34f}",
                "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("\u{1b}]8;;http://x\u{1b}\\y", "␛]8;;http://x␛\\y"),
            ("\u{90}q\u{9c}\u{9d}0;x\u{9c}", "\u{fffd}q\u{fffd}\u{fffd}0;x\u{fffd}"),
        ] {
            assert_eq!(clean(words), expected);
        }
        assert!(matches!(clean("plain"), Cow::Borrowed(_)));
        assert_eq!(clean_lines("one\r\ntwo\u{1b}\n"), "one\ntwo␛");
        assert_eq!(unsteering("a\tb\r\n\u{1b}[31m\u{9b}\u{7f}\u{202e}"), "a\tb\r\n␛[31m\u{fffd}␡\u{fffd}");
    }

    #[test]
    fn no_words_are_a_command_to_the_log_of_a_job() {
        for (words, expected) in [
            ("::error::x", "：:error::x"),
            ("  \t::error file=x::y", "   ：:error file=x::y"),
            ("\u{3000}::x", "\u{3000}：:x"),
            (":: x", "：: x"),
            ("a::b", "a::b"),
            (":error:", ":error:"),
            ("##[error]x", "#＃[error]x"),
            ("a ##vso[task.setvariable]b ##[x", "a #＃vso[task.setvariable]b #＃[x"),
            ("###[x] ##teamcity[x]", "##＃[x] #＃teamcity[x]"),
            ("## heading [x]", "## heading [x]"),
            ("#[x]", "#[x]"),
        ] {
            assert_eq!(clean(words), expected);
        }
        assert_eq!(clean_lines("a\n::b\r\n ::c"), "a\n：:b\n ：:c");
        assert_eq!(visible("::error::x ##[y]"), "::error::x ##[y]");
    }

    proptest! {
        #[test]
        fn nothing_acts_and_every_character_keeps_its_column(words in any::<String>()) {
            let cleaned = clean(&words).into_owned();
            prop_assert_eq!(cleaned.chars().count(), words.chars().count());
            prop_assert!(!cleaned.contains(char::is_control));
            prop_assert_eq!(clean(&cleaned), cleaned.as_str());
            prop_assert!(!cleaned.trim_start().starts_with("::") && !cleaned.contains("##["));
        }
    }
}
