//! The message of a commit: a subject that fits one line, a body, and trailers that programs read.
//!
//! Everyone who has a clone reads it, in a terminal, a browser or a log. It contains no phone or card number of a
//! person, and no control character.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::lang::{one_line, visible};
use crate::privacy::{masked, signed};

/// The longest subject, in columns; what `git log --oneline` shows on a terminal of 80.
const SUBJECT: usize = 72;

/// The parts of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Message {
    /// One line, such as `escalate 7k3q9x to supervisor: third round`; if it is too long, it is cut with `…`, and the
    /// body has all of it. Never empty.
    pub subject: String,
    /// The details.
    pub body: Option<String>,
    /// Keys with their values, such as `Case` with `7k3q9x`, in this order.
    pub trailers: Vec<(String, String)>,
}

impl Message {
    /// The message as git keeps it: paragraphs with an empty line between them, and a line break at the end.
    pub(crate) fn text(&self) -> String {
        let whole = line(&self.subject);
        let subject = cut(&whole);
        let rest = (subject != whole).then_some(whole);
        let body = self.body.as_deref().map(paragraphs).filter(|body| !body.is_empty());
        let trailers: Vec<String> = self
            .trailers
            .iter()
            .map(|(key, value)| format!("{}: {}", line(key), one_line(&signed(value))))
            .collect();
        let trailers = (!trailers.is_empty()).then(|| trailers.join("\n"));
        let parts: Vec<String> = [Some(subject), rest, body, trailers].into_iter().flatten().collect();
        parts.join("\n\n") + "\n"
    }
}

fn line(text: &str) -> String {
    one_line(&masked(text))
}

/// The lines of a text without control characters and without empty lines at both ends.
fn paragraphs(text: &str) -> String {
    let text = masked(text);
    let lines = text.lines().map(|line| line.replace(|c: char| c.is_control() && c != '\t', ""));
    let shown =
        |line: String| line.split('\t').map(visible).collect::<Vec<_>>().join("\t").trim_end().to_owned();
    let lines: Vec<String> = lines.map(shown).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The text, cut with a `…` if it does not fit a subject. A Chinese character takes two columns.
fn cut(text: &str) -> String {
    if text.width() <= SUBJECT {
        return text.to_owned();
    }
    let mut columns = 1; // of the `…`
    let kept = text.chars().take_while(|c| {
        columns += c.width().unwrap_or(0);
        columns <= SUBJECT
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::acts;
    use proptest::prelude::*;

    fn message(subject: &str, body: Option<&str>, trailers: &[(&str, &str)]) -> String {
        let trailers = trailers.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        Message { subject: subject.to_owned(), body: body.map(str::to_owned), trailers }.text()
    }

    #[test]
    fn a_subject_and_trailers_are_paragraphs() {
        assert_eq!(
            message("escalate 7k3q9x to supervisor", None, &[("Case", "7k3q9x"), ("Event", "escalated")]),
            "escalate 7k3q9x to supervisor\n\nCase: 7k3q9x\nEvent: escalated\n"
        );
        assert_eq!(message("note 7k3q9x", None, &[]), "note 7k3q9x\n");
        assert_eq!(
            message(
                "note 7k3q9x",
                Some("\nfirst  \r\n\nsecond\u{1b}[31m\n\n"),
                &[("Case", "7k3q9x\nCase: x")]
            ),
            "note 7k3q9x\n\nfirst\n\nsecond[31m\n\nCase: 7k3q9x Case: x\n"
        );
        assert_eq!(
            message(
                "打 138\t0013\n8000",
                Some("打 138\n0013\n8000"),
                &[("By", "li 13800138000"), ("By", "li@x.cn")]
            ),
            "打 138 **** 8000\n\n打 138\n****\n8000\n\nBy: li 138****8000\nBy: l*@x.cn\n"
        );
        assert_eq!(
            message(
                "a\u{202e}b\u{200b}\u{e0041}",
                Some("c\u{2066}\td"),
                &[("By", "e\u{200f}\u{2028}Case: f")]
            ),
            "a\u{fffd}b\u{fffd}\u{fffd}\n\nc\u{fffd}\td\n\nBy: e\u{fffd} Case: f\n"
        );
        let name = "0a13800138000bcdef0123456789abcdef012345";
        assert_eq!(message("undo", None, &[("Undoes", name)]), format!("undo\n\nUndoes: {name}\n"));
        assert_eq!(message("note\n7k3q9x:\ttwo\u{0}lines ", Some(" \n "), &[]), "note 7k3q9x: two lines\n");
    }

    #[test]
    fn a_long_subject_is_cut_at_72_columns_and_stands_whole_in_the_body() {
        let fits = "x".repeat(72);
        assert_eq!(message(&fits, None, &[]), format!("{fits}\n"));
        let long = "x".repeat(73);
        assert_eq!(message(&long, None, &[]), format!("{}…\n\n{long}\n", "x".repeat(71)));
        // 36 characters of two columns are 72; of 37, 35 (70 columns) and the `…` fit.
        let fits = "杯".repeat(36);
        assert_eq!(message(&fits, None, &[]), format!("{fits}\n"));
        let long = "杯".repeat(37);
        assert_eq!(message(&long, None, &[]), format!("{}…\n\n{long}\n", "杯".repeat(35)));
        let spaced = format!("{} {}", "x".repeat(70), "yyy");
        assert_eq!(message(&spaced, None, &[]), format!("{}…\n\n{spaced}\n", "x".repeat(70)));
    }

    proptest! {
        #[test]
        fn a_subject_is_one_line_that_fits(subject in any::<String>(), value in any::<String>()) {
            let text = message(&subject, None, &[("Case", &value)]);
            let first = text.lines().next().unwrap_or_default();
            prop_assert!(first.width() <= SUBJECT);
            prop_assert!(!text.contains(|c: char| acts(c) && c != '\n'));
            prop_assert!(text.lines().last().unwrap_or_default().starts_with("Case:"));
        }
    }
}
