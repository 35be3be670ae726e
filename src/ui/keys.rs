//! Reads one typed line, key by key: any script, and it can be cancelled.
//!
//! A prompt crate lacks two things that reading keys ourselves provides: a Chinese character is erased at its full
//! width, and Esc and Ctrl-C are returned as an answer instead of ending the process with a hidden cursor.

use std::io;

use console::{Key, Term};

use crate::render::width;

/// What a key does to the line.
#[derive(Debug, PartialEq, Eq)]
enum LineEdit {
    /// This text is displayed.
    Show(char),
    /// This many columns are erased.
    Erase(usize),
    /// Nothing.
    Ignore,
    /// The line is done.
    Done,
    /// The line is cancelled.
    Cancel,
}

/// Reads one line; `None`: cancelled, or the terminal went away.
pub(super) fn read(term: &Term) -> io::Result<Option<String>> {
    let mut line = String::new();
    loop {
        let step = match term.read_key_raw() {
            Ok(key) => press(&mut line, key),
            Err(why) if why.kind() == io::ErrorKind::UnexpectedEof => LineEdit::Cancel,
            Err(why) => return Err(why),
        };
        match step {
            LineEdit::Show(c) => term.write_str(c.encode_utf8(&mut [0; 4]))?,
            LineEdit::Erase(columns) => term.clear_chars(columns)?,
            LineEdit::Ignore => {}
            LineEdit::Done | LineEdit::Cancel => {
                term.write_line("")?;
                return Ok((step == LineEdit::Done).then_some(line));
            }
        }
    }
}

fn press(line: &mut String, key: Key) -> LineEdit {
    match key {
        Key::Enter => LineEdit::Done,
        Key::Escape | Key::CtrlC => LineEdit::Cancel,
        // Ctrl-D: end of input
        Key::Char('\u{4}') if line.is_empty() => LineEdit::Cancel,
        Key::Backspace => {
            let before = width(line);
            line.pop();
            LineEdit::Erase(before - width(line))
        }
        // Ctrl-U: erases the whole line
        Key::Char('\u{15}') => LineEdit::Erase(width(&std::mem::take(line))),
        Key::Char(c) if !c.is_control() => {
            line.push(c);
            LineEdit::Show(c)
        }
        _ => LineEdit::Ignore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_make_a_line() {
        let mut line = String::new();
        for (key, step, now) in [
            (Key::Backspace, LineEdit::Erase(0), ""),
            (Key::Char('茶'), LineEdit::Show('茶'), "茶"),
            (Key::Char('a'), LineEdit::Show('a'), "茶a"),
            (Key::ArrowLeft, LineEdit::Ignore, "茶a"),
            (Key::Char('\u{7}'), LineEdit::Ignore, "茶a"),
            (Key::Char('\u{4}'), LineEdit::Ignore, "茶a"),
            (Key::Backspace, LineEdit::Erase(1), "茶"),
            (Key::Backspace, LineEdit::Erase(2), ""),
            (Key::Char('杯'), LineEdit::Show('杯'), "杯"),
            (Key::Char('碎'), LineEdit::Show('碎'), "杯碎"),
            (Key::Char('\u{15}'), LineEdit::Erase(4), ""),
            (Key::Char('\u{4}'), LineEdit::Cancel, ""),
            (Key::Escape, LineEdit::Cancel, ""),
            (Key::CtrlC, LineEdit::Cancel, ""),
            (Key::Enter, LineEdit::Done, ""),
        ] {
            assert_eq!(press(&mut line, key), step);
            assert_eq!(line, now);
        }
    }
}
