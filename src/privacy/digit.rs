//! Characters of numbers in any script, and invisible ones between them.

/// Digits of other scripts and styles, by their zero: full-width, Arabic, Persian, Devanagari, mathematical,
/// seven-segment. Each has ten.
const ZEROS: [char; 10] = ['０', '٠', '۰', '०', '𝟎', '𝟘', '𝟢', '𝟬', '𝟶', '🯰'];

/// Whether a character belongs to a word or a number, as opposed to a separator.
pub(super) fn of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || ascii(c) != c
}

/// Whether a character belongs to a number: it is counted, and hidden.
pub(super) fn counts(c: char) -> bool {
    ascii(c).is_ascii_alphanumeric()
}

/// The ASCII digit for a digit of any script.
pub(super) fn ascii(c: char) -> char {
    // Most characters of Chinese, among which are none of these digits.
    if c.is_ascii() || ('\u{3000}'..='\u{d7ff}').contains(&c) {
        return c;
    }
    let digit =
        ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|digit| *digit < 10));
    match (digit, c) {
        (Some(digit), _) => char::from(b'0' + digit as u8),
        (None, 'Ｘ' | 'ｘ') => 'X',
        (None, c) => c,
    }
}

/// Whether a character is invisible, or belongs to the one before it: a control, a character that Unicode lets programs
/// ignore (`Default_Ignorable_Code_Point`), a mark over a letter or around it.
pub(super) fn is_unseen(c: char) -> bool {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' => false,
        c if c.is_ascii() => c.is_ascii_control(),
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => {
            true
        }
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => true,
        '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => true,
        '\u{e0000}'..='\u{e0fff}' => true,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => true,
        '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}' => true,
        _ => false,
    }
}
