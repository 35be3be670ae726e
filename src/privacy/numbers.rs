use std::ops::Range;

use jiff::civil::Date;

use super::digit::{ascii, is_unseen, of_a_word};

/// The kinds of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Number {
    /// 11 digits of a mobile telephone in mainland China, or an area code and the number of a landline.
    Phone,
    /// 18 digits with a check character (GB 11643-1999).
    Identity,
    /// 16 to 19 digits of a bank card (ISO/IEC 7812-1).
    Card,
}

/// Digits of the shortest number, a landline without the 0 of its area code, and of the longest.
const SHORTEST: usize = 9;
const LONGEST: usize = 19;
/// How many separators other than spaces may be between two groups of a number: `138 - 0013 - 8000`.
const APART: usize = 8;
/// Separators within one number: nobody writes a list with them. Dashes and spaces are handled in [`Gap::of`].
const OF_A_NUMBER: &str = ".．·・/／()（）_＿~～";
/// Letters that are typed instead of a dash.
const LONG_DASHES: &str = "ー一";
/// Signs of an amount or a percentage, which end a number.
const UNITS: &str = "$＄¥￥€£₩%％‰℃°+＋=＝<>";
/// The length of an id of a git commit or object in hexadecimal digits.
const OBJECT_NAMES: [usize; 2] = [40, 64];
/// The prefixes of this country.
const COUNTRY: [&str; 2] = ["0086", "86"];

/// Words before an order number, as opposed to a personal one, and what may be between the two.
const OF_AN_ORDER: [&str; 9] =
    ["订单", "运单", "快递单", "物流单", "单号", "编号", "order", "tracking", "external"];
const NUMBER_OF: [&str; 9] = ["号码", "号", "number", "no.", "no", "id", "是", "为", "#"];

/// The personal numbers in a text, with their bytes; a telephone's `+86` is not part of it.
pub(crate) fn numbers(words: &str) -> impl Iterator<Item = (Number, Range<usize>)> {
    // The last character may be an `X`.
    let digits = words.chars().filter(|c| ascii(*c).is_ascii_digit());
    let groups = if digits.take(SHORTEST - 1).count() < SHORTEST - 1 { Vec::new() } else { groups(words) };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < groups.len() {
            let before = groups[at].gap != Gap::Apart && at > 0 && groups[at - 1].counts();
            let Some((number, of)) = number_at(&groups[at..], before && !groups[at].dialled) else {
                at += 1;
                continue;
            };
            let range = groups[at].range.start..groups[at + of - 1].range.end;
            at += of;
            let before = &words[..range.start];
            // `运单 SF13800138000`
            if !of_an_order(before) && !of_an_order(without_last_word(before)) {
                return Some((number, range));
            }
        }
        None
    })
}

/// Digits with no letter next to them, or a mobile telephone among letters.
struct DigitGroup {
    range: Range<usize>,
    /// In ASCII; empty: there are none, or too many. The last may be an `X`.
    digits: String,
    /// The separator before this group.
    gap: Gap,
    /// Whether the country code is before it; an area code has no 0 then.
    dialled: bool,
}

impl DigitGroup {
    /// Whether there are digits, and not only the last `X` of an identity number.
    fn counts(&self) -> bool {
        self.digits.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The separator between two groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Words, or anything that ends a number.
    Apart,
    /// A separator of a list, a sentence or a table as well as of a number: a comma, a tab, a line break.
    Loose,
    /// A separator only of a number, such as a hyphen or a space.
    Close,
}

impl Gap {
    /// From the characters in it; invisible ones do not count.
    fn of(between: &str) -> Gap {
        let seen = || between.chars().filter(|c| !is_unseen(*c));
        let signs = seen().filter(|c| !c.is_whitespace()).count();
        let apart = |c: char| c.is_alphanumeric() && !LONG_DASHES.contains(c) || UNITS.contains(c);
        if seen().next().is_none() || signs > APART || seen().any(apart) {
            return Gap::Apart;
        }
        let spaces = seen().filter(|c| c.is_whitespace()).count();
        let close = |c: char| match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
            '-' | '‐'..='―' | '−' | '﹘' | '﹣' | '－' | '⁃' | '─' => true,
            c => LONG_DASHES.contains(c) || c.is_whitespace() || OF_A_NUMBER.contains(c),
        };
        if spaces <= 2 && signs <= 3 && seen().all(close) { Gap::Close } else { Gap::Loose }
    }
}

/// All groups of letters and digits, in order. Digits may be full-width, as they are typed in Chinese.
fn groups(words: &str) -> Vec<DigitGroup> {
    let mut groups: Vec<DigitGroup> = Vec::new();
    let mut rest = 0;
    for word in written(words) {
        let gap = if rest == 0 { Gap::Apart } else { Gap::of(&words[rest..word.start]) };
        rest = word.end;
        let code = groups.last().is_some_and(|code| COUNTRY.contains(&code.digits.as_str()));
        let known = groups.len();
        groups.extend(mobiles(&words[word.clone()], word.start));
        if groups.len() == known {
            let digits = digits(&words[word.clone()]);
            groups.push(at_home(
                DigitGroup { range: word, digits, gap, dialled: code && gap != Gap::Apart },
                words,
            ));
        }
    }
    groups
}

/// Where letters and digits are adjacent, with invisible characters between them.
fn written(words: &str) -> impl Iterator<Item = Range<usize>> {
    let mut seen = words.char_indices().filter(|(_, c)| !is_unseen(*c)).peekable();
    std::iter::from_fn(move || {
        let in_a_word = |c: char| of_a_word(c) && c != '_';
        let (start, first) = seen.find(|(_, c)| in_a_word(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = seen.next_if(|(_, c)| in_a_word(*c)) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// The mobile telephones in a word that begins at this byte: an adjacent letter is not part of it, an adjacent digit
/// would be.
fn mobiles(word: &str, begin: usize) -> Vec<DigitGroup> {
    if is_object_name(word) {
        return Vec::new();
    }
    let is_digit = |c: char| ascii(c).is_ascii_digit() || is_unseen(c);
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(start) = word[done..].find(|c| ascii(c).is_ascii_digit()).map(|at| done + at) {
        done = start + word[start..].find(|c| !is_digit(c)).unwrap_or(word.len() - start);
        let digits = digits(&word[start..done]);
        let code = COUNTRY.into_iter().chain(["0", ""]).find_map(|code| {
            digits.strip_prefix(code).filter(|digits| is_mobile(digits)).map(|_| code.len())
        });
        let Some(code) = code else { continue };
        let end = start + word[start..done].trim_end_matches(is_unseen).len();
        let range = begin + behind(word, start, code)..begin + end;
        found.push(DigitGroup { range, digits: digits[code..].to_owned(), gap: Gap::Apart, dialled: false });
    }
    found
}

/// Whether a word is the full id of a commit, in which any digits can occur.
fn is_object_name(word: &str) -> bool {
    OBJECT_NAMES.contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The byte after this many digits.
fn behind(words: &str, start: usize, digits: usize) -> usize {
    let mut seen = words[start..].char_indices().filter(|(_, c)| !is_unseen(*c));
    seen.nth(digits).map_or(words.len(), |(at, _)| start + at)
}

fn digits(word: &str) -> String {
    let digits: String = word.chars().filter(|c| !is_unseen(*c)).take(LONGEST + 1).map(ascii).collect();
    let number = digits.strip_suffix(['X', 'x']).unwrap_or(&digits);
    if digits.len() > LONGEST || !all_digits(number) {
        return String::new();
    }
    digits
}

/// A landline without its country code, if the two are written together.
fn at_home(group: DigitGroup, words: &str) -> DigitGroup {
    for code in COUNTRY {
        let landline = |digits: &&str| number(digits, &[digits.len()], true) == Some(Number::Phone);
        if let Some(digits) = group.digits.strip_prefix(code).filter(landline) {
            let range = behind(words, group.range.start, code.len())..group.range.end;
            return DigitGroup { range, digits: digits.to_owned(), gap: Gap::Apart, dialled: true };
        }
    }
    group
}

/// The number that begins here, as long as possible, and how many groups it has. `led`: other digits come before it.
fn number_at(groups: &[DigitGroup], led: bool) -> Option<(Number, usize)> {
    let mut digits = String::new();
    let mut lengths = Vec::new();
    for group in groups {
        let joined = lengths.is_empty() || group.gap != Gap::Apart && !group.digits.is_empty();
        if !joined || digits.len() + group.digits.len() > LONGEST {
            break;
        }
        digits.push_str(&group.digits);
        lengths.push(group.digits.len());
    }
    (1..=lengths.len()).rev().find_map(|of| {
        let (parts, lengths) = (&groups[..of], &lengths[..of]);
        let digits = &digits[..lengths.iter().sum()];
        let found = number(digits, lengths, groups[0].dialled)?;
        let listed = parts[1..].iter().any(|group| group.gap == Gap::Loose);
        let goes_on = groups.get(of).is_some_and(|next| next.gap != Gap::Apart && next.counts());
        let alone = !led && !goes_on;
        let fits = match found {
            // Single digits, and pairs of them, are a number if there are neither more nor fewer
            _ if of > 5 => !listed && alone,
            Number::Phone if listed => is_no_list(parts, lengths),
            // One in ten lists of four-digit numbers has a valid check digit by chance
            Number::Card if listed => alone,
            _ => true,
        };
        fits.then_some((found, of))
    })
}

/// Whether a list would not look like this: the groups are those of a telephone, or one begins with a 0.
fn is_no_list(parts: &[DigitGroup], lengths: &[usize]) -> bool {
    let last = parts.last().map_or("", |part| part.digits.as_str());
    match lengths {
        [3, 4, 4] => true,
        [3, 8] => !is_a_day(last),
        _ => parts.iter().any(|part| part.digits.starts_with('0')),
    }
}

/// Whether eight digits are a recent date, such as `20261122`.
fn is_a_day(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<i16>().ok()).unwrap_or(0);
    (1900..2100).contains(&part(0..4)) && Date::new(part(0..4), part(4..6) as i8, part(6..8) as i8).is_ok()
}

/// The kind of a number whose groups have these lengths; `dialled` with the country code before it.
fn number(digits: &str, lengths: &[usize], dialled: bool) -> Option<Number> {
    if !(SHORTEST..=LONGEST).contains(&digits.len()) {
        return None;
    }
    let whole = [digits.len()];
    let one_by_one = lengths.len() > 5 && lengths.iter().all(|length| *length == 1);
    let lengths = if one_by_one { &whole } else { lengths };
    match lengths {
        [11] | [3, 8] | [5, 6] | [7, 4] if is_mobile(digits) => Some(Number::Phone),
        [3, 3, 5] | [3, 4, 4] | [4, 3, 4] | [4, 4, 3] if is_mobile(digits) => Some(Number::Phone),
        [2, 2, 2, 2, 2, 1] | [1, 2, 2, 2, 2, 2] if is_mobile(digits) => Some(Number::Phone),
        [10..=12] | [_, 7 | 8] | [_, 3 | 4, 4] if is_of_an_area(digits, lengths, dialled) => {
            Some(Number::Phone)
        }
        [18] | [6, 8, 4] | [6, 4, 4, 4] if is_identity(digits) => Some(Number::Identity),
        [_] | [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] | [6, 10 | 13] if is_card(digits) => Some(Number::Card),
        _ => None,
    }
}

/// Whether there are an area code, in a group of its own or not, and a subscriber's number.
fn is_of_an_area(digits: &str, lengths: &[usize], dialled: bool) -> bool {
    let zero = usize::from(dialled);
    let digits = if dialled { format!("0{digits}") } else { digits.to_owned() };
    [3, 4].into_iter().any(|area| {
        let grouped = lengths.len() > 1;
        let fits = if grouped { lengths[0] + zero == area } else { [7, 8].contains(&(digits.len() - area)) };
        fits && is_landline(&digits, area)
    })
}

fn all_digits(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && all_digits(digits)
        && digits.starts_with('1')
        && digits[1..].starts_with(|c| ('3'..='9').contains(&c))
}

/// 010 and 02x have three digits, all other area codes four; no subscriber's number begins with 0, 1 or 9.
fn is_landline(digits: &str, area: usize) -> bool {
    let short = digits.starts_with("010") || digits.starts_with("02");
    let far = digits.starts_with('0') && digits[1..].starts_with(|c| ('3'..='9').contains(&c));
    all_digits(digits)
        && (if area == 3 { short } else { far })
        && digits.get(area..).is_some_and(|own| own.starts_with(|c| ('2'..='8').contains(&c)))
}

/// GB 11643-1999: a birthday in the middle, and the check character by ISO 7064 MOD 11-2.
fn is_identity(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: &[u8; 11] = b"10X98765432";
    if !all_digits(&digits[..17]) {
        return false;
    }
    let part = |range: Range<usize>| digits[range].parse::<i16>().unwrap_or(0);
    let born = Date::new(part(6..10), part(10..12) as i8, part(12..14) as i8);
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    born.is_ok_and(|born| (1880..2100).contains(&born.year()))
        && digits.as_bytes()[17].to_ascii_uppercase() == CHECK[(sum % 11) as usize]
}

/// The first digits of issuers, and Luhn's check digit (ISO/IEC 7812-1). Cards of more than 16 digits are UnionPay's or
/// of the banks that issued them before it: most order numbers of 17 to 19 digits are excluded.
fn is_card(digits: &str) -> bool {
    const OF_16: [&str; 5] = ["3", "4", "5", "60", "62"];
    const LONGER: [&str; 5] = ["60", "62", "4367", "4563", "9558"];
    let issuers = match digits.len() {
        16 => OF_16,
        17..=19 => LONGER,
        _ => return false,
    };
    let luhn = digits.bytes().rev().enumerate().map(|(place, digit)| {
        let digit = u32::from(digit.wrapping_sub(b'0'));
        match (place % 2, digit) {
            (0, digit) => digit,
            (_, 0..=4) => digit * 2,
            (_, digit) => digit * 2 - 9,
        }
    });
    all_digits(digits)
        && issuers.iter().any(|issuer| digits.starts_with(issuer))
        && luhn.sum::<u32>() % 10 == 0
}

/// The letters and digits before a number that belongs to them, as in `SF13800138000`; longer ones are not such a word.
const LONGEST_WORD: usize = 32;

/// A text without an incomplete word at its end.
fn without_last_word(before: &str) -> &str {
    let word = before.char_indices().rev().take_while(|(_, c)| of_a_word(*c)).take(LONGEST_WORD + 1);
    let (letters, at) = word.fold((0, before.len()), |(letters, _), (at, _)| (letters + 1, at));
    if letters > LONGEST_WORD { before } else { &before[..at] }
}

/// Whether words such as `订单号：` or `order no.` are directly before it.
fn of_an_order(before: &str) -> bool {
    let divided = |words: &str| words.trim_end_matches([' ', ':', '：', '=', '\u{a0}', '\u{3000}']).len();
    // The last words are enough for a text of any length
    let from = before.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let before = before[from..].to_lowercase();
    let mut before = &before[..divided(&before)];
    loop {
        // Not `recorder`, not `reorder`
        let whole =
            |word: &&str| !before[..before.len() - word.len()].ends_with(|c: char| c.is_ascii_alphabetic());
        if OF_AN_ORDER.iter().filter(|word| before.ends_with(**word)).any(whole) {
            return true;
        }
        match NUMBER_OF.iter().find_map(|word| before.strip_suffix(word)) {
            Some(less) => before = &less[..divided(less)],
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests;
