//! Masks personal data, and keeps enough to recognise a person whom one knows.

use std::borrow::Cow;

use super::digit::counts;
use super::numbers::numbers;

/// How many first and last digits of a number are shown.
const HEAD: usize = 3;
const TAIL: usize = 4;

/// The beginning of a merge's note about a customer's data (`merge`), and the text before the value there.
const OF_A_CUSTOMER: &str = "merge: customer";
const WAS_ALSO: &str = " was also: ";
/// Keys below `customer` that identify nobody.
const OF_NOBODY: [&str; 2] = [".key", ".tier"];

/// The same text with personal numbers masked: `138****8000`; and with a customer's name and contact masked in a
/// merge's note. The number of characters does not change, so that a column counted in a file still points at its
/// character.
pub(crate) fn masked(words: &str) -> Cow<'_, str> {
    match merged(words) {
        Some((before, value)) => Cow::Owned(without_numbers(before).into_owned() + &value),
        None => without_numbers(words),
    }
}

/// The text up to a customer's value in a merge's note, and that value, hidden: to the end, for it may have several
/// lines.
fn merged(words: &str) -> Option<(&str, String)> {
    let key = words.find(OF_A_CUSTOMER)? + OF_A_CUSTOMER.len();
    let value = key + words[key..].find(WAS_ALSO)? + WAS_ALSO.len();
    let (before, said) = words.split_at(value);
    match &words[key..value - WAS_ALSO.len()] {
        key if OF_NOBODY.contains(&key) => None,
        ".name" => Some((before, but_the_first(said))),
        ".contact" if is_a_number(said) => Some((before, without_numbers(said).into_owned())),
        ".contact" => Some((before, but_the_host(said))),
        _ => Some((before, hidden(said))),
    }
}

/// The same text with every letter and digit masked.
pub(super) fn hidden(words: &str) -> String {
    words.chars().map(|c| if c.is_alphanumeric() { '*' } else { c }).collect()
}

fn but_the_first(words: &str) -> String {
    let first = words.chars().next().map_or(0, char::len_utf8);
    words[..first].to_owned() + &hidden(&words[first..])
}

/// Masks the user of a mail address and keeps its host.
pub(super) fn but_the_host(words: &str) -> String {
    match words.find('@') {
        Some(at) if !words.contains(char::is_whitespace) => but_the_first(&words[..at]) + &words[at..],
        _ => but_the_first(words),
    }
}

fn without_numbers(words: &str) -> Cow<'_, str> {
    let mut hidden = String::new();
    let mut done = 0;
    for (_, range) in numbers(words) {
        hidden.push_str(&words[done..range.start]);
        hidden.push_str(&number(&words[range.clone()]));
        done = range.end;
    }
    match done {
        0 => Cow::Borrowed(words),
        _ => Cow::Owned(hidden + &words[done..]),
    }
}

/// A number without its middle; the separators of its groups stay.
fn number(number: &str) -> String {
    let digits = number.chars().filter(|c| counts(*c)).count();
    let mut at = 0;
    let seen = |c: char| {
        at += usize::from(counts(c));
        let hidden = counts(c) && at > HEAD && at + TAIL <= digits;
        if hidden { '*' } else { c }
    };
    number.chars().map(seen).collect()
}

/// A name without its given part: `王女士` becomes `王**`.
pub(super) fn name(name: &str) -> String {
    let first: String = name.trim_start().chars().take(1).collect();
    format!("{first}**")
}

/// A telephone number without its middle (`138****8000`), a mail address without its user (`z***@example.cn`), anything
/// else only with its first character.
pub(super) fn contact(contact: &str) -> String {
    let contact = contact.trim();
    let first: String = contact.chars().take(1).collect();
    match contact.rsplit_once('@') {
        Some((user, host)) if !user.contains('@') && !contact.contains(char::is_whitespace) => {
            format!("{first}***@{host}")
        }
        _ if is_a_number(contact) => masked(contact).into_owned(),
        _ => format!("{first}***"),
    }
}

/// Whether the text consists only of known numbers, each perhaps after `+86`.
fn is_a_number(contact: &str) -> bool {
    let mut rest = contact.to_owned();
    let known: Vec<_> = numbers(contact).collect();
    known.iter().rev().for_each(|(_, range)| rest.replace_range(range.clone(), ""));
    let left = rest.replace("+86", "");
    !known.is_empty() && !left.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_left_names_nobody() {
        assert_eq!(name("王女士"), "王**");
        assert_eq!(name("Li"), "L**");
        for (words, expected) in [
            ("13800138000", "138****8000"),
            ("+8613800138000", "+86138****8000"),
            ("+86 138 0013 8000", "+86 138 **** 8000"),
            ("13800138000 / 0571-88886666", "138****8000 / 057*-****6666"),
            ("zhang@example.cn", "z***@example.cn"),
            ("8001234", "8***"),
            ("13800138000 / 8001234", "1***"),
            ("微信 zhangwei_2020_hz", "微***"),
            ("王女士 13800138000", "王***"),
            ("13800138000@a b@c", "1***"),
            ("", "***"),
        ] {
            assert_eq!(contact(words), expected);
        }
    }

    #[test]
    fn a_masked_number_cannot_be_read() {
        for (words, expected) in [
            ("打 13800138000 或 +8613900139000", "打 138****8000 或 +86139****9000"),
            ("138-0013-8000", "138-****-8000"),
            ("身份证11010519491231002X。", "身份证110***********002X。"),
            ("11010519491231002Ｘ", "110***********002Ｘ"),
            ("vx13800138000x", "vx138****8000x"),
            ("+86 571 88888888", "+86 571 ****8888"),
            ("卡 4111 1111 1111 1111", "卡 411* **** **** 1111"),
            ("１３８００１３８０００", "１３８****８０００"),
        ] {
            assert_eq!(masked(words), expected);
        }
        assert!(matches!(masked("20261122-7k3q9x"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_a_merge_noted_of_a_customer_is_hidden_as_the_customer_is() {
        for (words, expected) in [
            ("merge: customer.name was also: 李清照", "merge: customer.name was also: 李**"),
            (
                "merge: customer.contact was also: o.p@example.cn",
                "merge: customer.contact was also: o.*@example.cn",
            ),
            (
                "merge: customer.contact was also: 13800138000",
                "merge: customer.contact was also: 138****8000",
            ),
            (
                "merge: customer.contact was also: 微信 li_2020",
                "merge: customer.contact was also: 微* **_****",
            ),
            ("merge: customer.contact was also: 李 a@b.cn", "merge: customer.contact was also: 李 *@*.**"),
            ("merge: customer was also: {name: 李清照}", "merge: customer was also: {****: ***}"),
            ("merge: customer.name was also: 李\n清照", "merge: customer.name was also: 李\n**"),
            (
                "12 13800138000 merge: customer.nmae was also: 李",
                "12 138****8000 merge: customer.nmae was also: *",
            ),
            ("merge: customer.key was also: c-8841", "merge: customer.key was also: c-8841"),
            ("merge: customer.name was also removed", "merge: customer.name was also removed"),
            ("merge: title was also: 李清照", "merge: title was also: 李清照"),
        ] {
            assert_eq!(masked(words), expected);
        }
    }

    proptest! {
        #[test]
        fn masking_keeps_columns_and_hides_the_middle(words in "[0-9Xx茶+ -]{0,60}") {
            let hidden = masked(&words).into_owned();
            prop_assert_eq!(hidden.chars().count(), words.chars().count());
            for (_, range) in numbers(&words) {
                let at = words[..range.start].chars().count();
                let there = hidden.chars().skip(at).take(words[range].chars().count());
                prop_assert!(there.filter(|c| c.is_alphanumeric()).count() <= HEAD + TAIL);
            }
        }
    }
}
