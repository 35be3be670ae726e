use std::ops::Range;

use jiff::civil::Date;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// 11 digits of a mobile telephone in mainland China, or an area's code and the number of a landline.
    Phone,
    /// 18 digits with a check character (GB 11643-1999).
    Identity,
    /// 16 to 19 digits of a bank card (ISO/IEC 7812-1).
    Card,
}

/// Of how many groups a number may consist.
const GROUPS: usize = 5;
/// Digits of the longest number.
const LONGEST: usize = 19;
/// What stands between two groups of a number, and how many of them at most: `138 - 0013 - 8000`.
const BETWEEN: &str = " -‐‑–—−－./·()（）\u{a0}\u{200b}\u{3000}";
const APART: usize = 3;
/// What is dialled before a number of this country.
const COUNTRY: [&str; 2] = ["0086", "86"];

/// What stands before a number that is an order's and not a person's, and what may stand between the two.
const OF_AN_ORDER: [&str; 9] =
    ["订单", "运单", "快递单", "物流单", "单号", "编号", "order", "tracking", "external"];
const NUMBER_OF: [&str; 9] = ["号码", "号", "number", "no.", "no", "id", "是", "为", "#"];

/// The persons' numbers in some words, with the bytes that they take; a telephone's `+86` is not part of it.
pub fn numbers(words: &str) -> impl Iterator<Item = (Number, Range<usize>)> {
    let groups = groups(words);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < groups.len() {
            let Some((number, of)) = number_at(&groups[at..]) else {
                at += 1;
                continue;
            };
            let range = groups[at].range.start..groups[at + of - 1].range.end;
            at += of;
            let before = &words[..range.start];
            // `运单 SF13800138000`
            if !of_an_order(before) && !of_an_order(before.trim_end_matches(of_a_word)) {
                return Some((number, range));
            }
        }
        None
    })
}

/// Digits with nothing of a word beside them, or a mobile telephone among letters.
struct Group {
    range: Range<usize>,
    /// In ASCII; empty: they are none, or too many. The last may be an `X`.
    digits: String,
    /// Whether it goes on with what the group before it began.
    goes_on: bool,
    /// Whether the country's code stands before it, and an area's code has no 0 then.
    dialled: bool,
}

/// All that is made of letters and digits, in order. Digits may be full-width ones, as they are typed in Chinese.
fn groups(words: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut rest = 0;
    while let Some(start) = words[rest..].find(of_a_word).map(|at| rest + at) {
        let end = words[start..].find(|c| !of_a_word(c)).map_or(words.len(), |at| start + at);
        let gap = &words[rest..start];
        let joins =
            !gap.is_empty() && gap.chars().count() <= APART && gap.chars().all(|c| BETWEEN.contains(c));
        let dialled = joins && groups.last().is_some_and(|code| COUNTRY.contains(&code.digits.as_str()));
        let known = groups.len();
        groups.extend(mobiles(&words[start..end], start));
        if groups.len() == known {
            let digits = digits(&words[start..end]);
            groups.push(at_home(Group { range: start..end, digits, goes_on: joins, dialled }, words));
        }
        rest = end;
    }
    groups
}

/// The mobile telephones in a word that begins at this byte: a letter beside one is no part of it, a digit would be.
fn mobiles(word: &str, begin: usize) -> impl Iterator<Item = Group> {
    let is_digit = |c: char| ascii(c).is_ascii_digit();
    let mut done = 0;
    std::iter::from_fn(move || {
        let start = done + word[done..].find(is_digit)?;
        done = start + word[start..].find(|c| !is_digit(c)).unwrap_or(word.len() - start);
        Some(start..done)
    })
    .filter_map(move |run| {
        let digits = digits(&word[run.clone()]);
        let code = COUNTRY.into_iter().chain(["0", ""]).find_map(|code| {
            digits.strip_prefix(code).filter(|digits| is_mobile(digits)).map(|_| code.len())
        })?;
        let start = behind(word, run.start, code);
        let range = begin + start..begin + run.end;
        Some(Group { range, digits: digits[code..].to_owned(), goes_on: false, dialled: false })
    })
}

/// The byte behind so many characters.
fn behind(words: &str, start: usize, chars: usize) -> usize {
    start + words[start..].chars().take(chars).map(char::len_utf8).sum::<usize>()
}

fn of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || ascii(c) != c
}

fn ascii(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        'Ｘ' | 'ｘ' => 'X',
        c => c,
    }
}

fn digits(word: &str) -> String {
    let digits: String = word.chars().take(LONGEST + 1).map(ascii).collect();
    let number = digits.strip_suffix(['X', 'x']).unwrap_or(&digits);
    match digits.len() <= LONGEST && number.bytes().all(|byte| byte.is_ascii_digit()) {
        true => digits,
        false => String::new(),
    }
}

/// A landline without the country's code that is written together with it.
fn at_home(group: Group, words: &str) -> Group {
    for code in COUNTRY {
        let landline = |digits: &&str| number(digits, &[digits.len()], true) == Some(Number::Phone);
        if let Some(digits) = group.digits.strip_prefix(code).filter(landline) {
            let range = behind(words, group.range.start, code.len())..group.range.end;
            return Group { range, digits: digits.to_owned(), goes_on: false, dialled: true };
        }
    }
    group
}

/// The number that begins here, as long as it can be, and of how many groups it is.
fn number_at(groups: &[Group]) -> Option<(Number, usize)> {
    let more = groups.iter().skip(1).take_while(|group| group.goes_on && !group.digits.is_empty()).count();
    (1..=GROUPS.min(more + 1)).rev().find_map(|of| {
        let lengths: Vec<usize> = groups[..of].iter().map(|group| group.digits.len()).collect();
        let digits: String = groups[..of].iter().map(|group| group.digits.as_str()).collect();
        Some((number(&digits, &lengths, groups[0].dialled)?, of))
    })
}

/// What so many digits in groups of these lengths are; `dialled` behind the country's code.
fn number(digits: &str, lengths: &[usize], dialled: bool) -> Option<Number> {
    match lengths {
        [11] | [3, 8] | [5, 6] | [7, 4] if is_mobile(digits) => Some(Number::Phone),
        [3, 3, 5] | [3, 4, 4] | [4, 3, 4] | [4, 4, 3] if is_mobile(digits) => Some(Number::Phone),
        [10..=12] | [_, 7 | 8] | [_, 3 | 4, 4] if is_of_an_area(digits, lengths, dialled) => {
            Some(Number::Phone)
        }
        [18] | [6, 8, 4] | [6, 4, 4, 4] if is_identity(digits) => Some(Number::Identity),
        [_] | [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] | [6, 10 | 13] if is_card(digits) => Some(Number::Card),
        _ => None,
    }
}

/// Whether an area's code, in a group of its own or not, and a subscriber's number are there.
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

/// 010 and 02x have three digits, all other areas four; no subscriber's number begins with 0, 1 or 9.
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

/// The first digits of issuers, and Luhn's check digit (ISO/IEC 7812-1). Cards of more than 16 digits are
/// UnionPay's or of the banks that issued such before it: most orders of 17 to 19 digits are none.
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

/// Whether words such as `订单号：` or `order no.` stand right before it.
fn of_an_order(before: &str) -> bool {
    let divided = |words: &str| words.trim_end_matches([' ', ':', '：', '=', '\u{a0}', '\u{3000}']).len();
    // The last words are enough, however long the text is
    let from = before.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let before = before[from..].to_lowercase();
    let mut before = &before[..divided(&before)];
    loop {
        // No `recorder`, no `reorder`
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
#[path = "numbers_tests.rs"]
mod tests;
