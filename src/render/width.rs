//! Widths on a terminal: a Chinese character fills two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that words fill.
pub(crate) fn width(words: &str) -> usize {
    words.width()
}

/// The words, or as many of them as fit with a `…` at their end.
pub(crate) fn cut(words: &str, columns: usize) -> String {
    if width(words) <= columns {
        return words.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else { return String::new() };
    let mut used = 0;
    let kept: String = words
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= room
        })
        .collect();
    // A joiner without what it joins would join the `…`
    format!("{}…", kept.trim_end().trim_end_matches('\u{200d}'))
}

/// The words in lines of at most so many columns: broken at spaces, and between Chinese characters except
/// before a mark that may not begin a line. A word that is longer than a line is broken anywhere.
pub(crate) fn wrap(words: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    if width(words) <= columns {
        return vec![words.to_owned()];
    }
    let (mut lines, mut line, mut opening) = (Vec::new(), String::new(), 0);
    let mut left = words.chars().peekable();
    while let Some(c) = left.next() {
        while c != ' ' && !line.is_empty() && width(&line) + c.width().unwrap_or(0) > columns {
            let rest = line.split_off(if opening == 0 { line.len() } else { opening });
            lines.push(line.trim_end().to_owned());
            line = rest;
            opening = 0;
        }
        line.push(c);
        let next = left.peek().copied().unwrap_or(' ');
        if c == ' ' || (is_wide(c) || is_wide(next)) && !ends_words(next) && !begins_words(c) {
            opening = line.len();
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

fn ends_words(c: char) -> bool {
    "，。；：！？、）》」』】”’…,.;:!?)]".contains(c)
}

fn begins_words(c: char) -> bool {
    "（《「『【“‘([".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_cut_to_columns_not_to_characters() {
        for (words, columns, expected) in [
            ("茶杯碎了", 8, "茶杯碎了"),
            ("茶杯碎了", 7, "茶杯碎…"),
            ("茶杯碎了", 6, "茶杯…"),
            ("the cup", 5, "the…"),
            ("the cup", 6, "the c…"),
            ("cup", 1, "…"),
            ("cup", 0, ""),
        ] {
            assert_eq!(cut(words, columns), expected);
        }
    }

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        for (words, columns, expected) in [
            ("more came in than before", 12, &["more came in", "than before"][..]),
            ("more came in", 8, &["more", "came in"]),
            ("受理四十二件，较上月多", 12, &["受理四十二", "件，较上月多"]),
            ("共 42 件，p0d4wz 逾期", 12, &["共 42 件，", "p0d4wz 逾期"]),
            ("abcdefgh", 3, &["abc", "def", "gh"]),
            ("", 10, &[""]),
        ] {
            assert_eq!(wrap(words, columns), expected, "{words}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_and_no_letter_is_lost(words in "[a-z 茶杯，。（]{0,60}", columns in 2_usize..40) {
            let lines = wrap(&words, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= columns.max(2)));
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&words));
            prop_assert!(width(&cut(&words, columns)) <= columns);
        }
    }
}
