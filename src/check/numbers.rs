//! Numbers that belong to a person: found in words, and made unrecognizable in what is passed on.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Number {
    /// 11 digits of a mobile telephone in mainland China.
    Phone,
    /// 18 digits with a check character (GB 11643-1999).
    Identity,
    /// 16 to 19 digits of a bank card (ISO/IEC 7812-1).
    Card,
}

/// So much of a number may be shown, so that a person finds it.
const SHOWN: usize = 3;

/// What stands before a number that is an order's and not a person's.
const OF_AN_ORDER: [&str; 6] = ["单号", "订单", "编号", "order", "no.", "№"];

/// The persons' numbers in some words, with the bytes that they take.
pub(super) fn numbers(words: &str) -> impl Iterator<Item = (Number, Range<usize>)> {
    runs(words).filter_map(|range| {
        let number = number(&words[range.clone()])?;
        (!of_an_order(&words[..range.start])).then_some((number, range))
    })
}

/// The same words with the numbers of persons made unrecognizable. As many characters come out as go in.
pub fn masked(words: &str) -> Cow<'_, str> {
    let mut hidden = String::new();
    let mut done = 0;
    for range in runs(words).filter(|range| number(&words[range.clone()]).is_some()) {
        hidden.push_str(&words[done..range.start]);
        hidden.push_str(&mask(&words[range.clone()]));
        done = range.end;
    }
    match done {
        0 => Cow::Borrowed(words),
        _ => Cow::Owned(hidden + &words[done..]),
    }
}

/// A number's first digits; as long as the number.
pub(super) fn mask(number: &str) -> String {
    number.chars().enumerate().map(|(at, digit)| if at < SHOWN { digit } else { '•' }).collect()
}

/// Digits with nothing of a word beside them. An identity number's last character may be an `X`; a telephone's
/// `+86` is not part of it.
fn runs(words: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = words.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && of_a_word(bytes[at]) {
                at += 1;
            }
            if at == start {
                at += 1;
                continue;
            }
            let abroad = start > 0 && bytes[start - 1] == b'+' && bytes[start..at].starts_with(b"86");
            return Some(if abroad { start + 2..at } else { start..at });
        }
        None
    })
}

fn of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn number(word: &str) -> Option<Number> {
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    match word.len() {
        11 if digits(word) && word.starts_with('1') && (b'3'..=b'9').contains(&word.as_bytes()[1]) => {
            Some(Number::Phone)
        }
        18 if digits(&word[..17]) && is_identity(word) => Some(Number::Identity),
        16..=19 if digits(word) && is_card(word) => Some(Number::Card),
        _ => None,
    }
}

/// GB 11643-1999: a birthday in the middle, and the check character by ISO 7064 MOD 11-2.
fn is_identity(word: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: &[u8; 11] = b"10X98765432";
    let part = |range: Range<usize>| word[range].parse::<i16>().unwrap_or(0);
    let born = Date::new(part(6..10), part(10..12) as i8, part(12..14) as i8);
    let sum: u32 = word.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    born.is_ok_and(|born| (1880..2100).contains(&born.year()))
        && word.as_bytes()[17].to_ascii_uppercase() == CHECK[(sum % 11) as usize]
}

/// The first digit of the issuers of bank cards, and Luhn's check digit (ISO/IEC 7812-1).
fn is_card(word: &str) -> bool {
    let luhn = word.bytes().rev().enumerate().map(|(place, digit)| {
        let digit = u32::from(digit - b'0');
        match (place % 2, digit) {
            (0, digit) => digit,
            (_, 0..=4) => digit * 2,
            (_, digit) => digit * 2 - 9,
        }
    });
    word.starts_with(['3', '4', '5', '6']) && luhn.sum::<u32>() % 10 == 0
}

fn of_an_order(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '：', '#', '是', '为', '=', '\u{3000}']);
    let before = before.to_lowercase();
    OF_AN_ORDER.iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // 11010519491231002X is the example of GB 11643; 4111111111111111 and 6011000990139424 are issuers' test cards
    #[test]
    fn numbers_of_persons_are_known() {
        for (words, expected) in [
            ("请打13800138000联系", Some(Number::Phone)),
            ("tel +8613800138000.", Some(Number::Phone)),
            ("身份证 11010519491231002X", Some(Number::Identity)),
            ("身份证 11010519491231002x", Some(Number::Identity)),
            ("卡号4111111111111111", Some(Number::Card)),
            ("6011000990139424", Some(Number::Card)),
        ] {
            assert_eq!(numbers(words).map(|(number, _)| number).next(), expected, "{words}");
        }
    }

    #[test]
    fn other_numbers_are_not() {
        for words in [
            "12800138000",         // no mobile telephone begins with 12
            "138001380001",        // twelve digits
            "E13800138000",        // an order
            "订单号：13800138000", // said to be one
            "order 13800138000",
            "20261122-7k3q9x",
            "2026-11-22T09:31:00+08:00",
            "110105194912310021", // wrong check character
            "110105194913310025", // no such month
            "4111111111111112",   // Luhn fails
            "9111111111111113",   // no bank's
            "茶杯 2 只，共 128.50 元",
        ] {
            assert_eq!(numbers(words).next(), None, "{words}");
        }
    }

    #[test]
    fn a_masked_number_cannot_be_read() {
        assert_eq!(masked("打 13800138000 或 +8613900139000"), "打 138•••••••• 或 +86139••••••••");
        // What is masked need not be a finding: better one order's number hidden than one person's shown
        assert_eq!(masked("订单号 13800138000"), "订单号 138••••••••");
        assert!(matches!(masked("20261122-7k3q9x"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn masking_keeps_columns_and_leaves_no_number(words in "[0-9Xx茶+ ]{0,60}") {
            let hidden = masked(&words).into_owned();
            prop_assert_eq!(hidden.chars().count(), words.chars().count());
            prop_assert_eq!(masked(&hidden), hidden.as_str());
            prop_assert_eq!(numbers(&hidden).count(), 0);
        }
    }
}
