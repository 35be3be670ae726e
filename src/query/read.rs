//! From one term to a condition.

use super::key::Key;
use super::range::{is_bound, lengths, moments, numbers};
use super::test::Test;
use super::{QueryContext, QueryTerm, say};
use crate::case::{Case, Kind, Names, Status};
use crate::error::{Error, Result};
use crate::lang::{Text, common, names};
use crate::policy::{ClockState, EXTERNAL, category_fits};

/// Reads one term.
pub(super) fn term(term: &str, ground: &QueryContext<'_>) -> Result<QueryTerm> {
    let (negated, bare) = match term.strip_prefix(['-', '!']) {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, term),
    };
    if let Some(key) = Key::ALL.iter().copied().find(|key| key.alone() && key.word() == bare) {
        return Ok(QueryTerm { key, negated, open: false, tests: vec![alone(key)] });
    }
    match bare.split_once([':', '：']) {
        Some((word, values)) if is_key(word) => {
            let key = Key::before_colon(word).ok_or_else(|| unknown_key(word))?;
            let tests = values.split([',', '，']).map(|value| test(key, value.trim(), ground));
            let open = !values.split(',').any(is_bound);
            Ok(QueryTerm { key, negated, open, tests: tests.collect::<Result<_>>()? })
        }
        _ => {
            let tests = vec![Test::Part(Key::Words, bare.to_lowercase())];
            Ok(QueryTerm { key: Key::Words, negated, open: false, tests })
        }
    }
}

/// Only such a word before a colon is meant as a key: `14:30` and `说明：…` are words to search for.
fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_')
}

fn unknown_key(word: &str) -> Error {
    let known = Key::ALL.iter().map(|key| key.word()).filter(|word| !word.is_empty());
    let error = Error::refused(say::unknown_key(word));
    match common::nearest(word, known.clone()) {
        Some(near) => error.hint(common::did_you_mean(near)),
        None => error.hint(common::known_here(known.collect::<Vec<_>>().join(" "))),
    }
}

fn alone(key: Key) -> Test {
    match key {
        Key::Voided => Test::Voided,
        Key::Stalled => Test::Stalled,
        Key::Overdue => Test::State(ClockState::Overdue),
        Key::Warning => Test::State(ClockState::Warning),
        _ => Test::State(ClockState::Paused),
    }
}

fn test(key: Key, value: &str, ground: &QueryContext<'_>) -> Result<Test> {
    if value.is_empty() {
        return Err(Error::refused(say::no_value(key.word())).hint(say::nobody(key.word())));
    }
    let zone = &ground.book.shop.zone;
    let owned = || value.to_owned();
    match key {
        Key::Status | Key::Kind | Key::Justified | Key::Outcome => fixed(key, value),
        Key::Received | Key::Resolved | Key::Closed => {
            let range = moments(value, ground.book.shop.day(ground.now), zone);
            range.map(|range| Test::Moment(key, range)).ok_or_else(|| bad(key, value, say::moment_help()))
        }
        Key::Due | Key::Age => {
            let range = lengths(value).ok_or_else(|| bad(key, value, say::length_help()))?;
            Ok(if key == Key::Due { Test::Due(range) } else { Test::Age(range) })
        }
        Key::Round => numbers(value).map(Test::Round).ok_or_else(|| bad(key, value, say::number_help())),
        _ if value == "-" => Ok(Test::Word(key, None)),
        Key::Owner if value == "me" => Ok(Test::Word(key, Some((ground.me)()?))),
        Key::Category => known(key, value, ground).map(|()| Test::Category(owned())),
        Key::Clock => clock(value, ground),
        Key::Owner
        | Key::Urgency
        | Key::Complexity
        | Key::Department
        | Key::Channel
        | Key::Level
        | Key::Remedy => known(key, value, ground).map(|()| Test::Word(key, Some(owned()))),
        Key::Tag => Ok(Test::Tag(owned())),
        Key::Link => Ok(Test::Link(value.to_ascii_lowercase())),
        Key::Product => Ok(Test::Start(key, owned())),
        Key::Id => Ok(Test::Id(value.to_ascii_lowercase())),
        Key::Cause | Key::Responsible => Ok(Test::Part(key, value.to_lowercase())),
        Key::Customer | Key::Order | Key::Tier | Key::External => Ok(Test::Word(key, Some(owned()))),
        Key::Overdue | Key::Warning | Key::Paused | Key::Stalled | Key::Voided => Ok(alone(key)),
        Key::Words => Ok(Test::Part(key, value.to_lowercase())),
    }
}

/// A value that the format itself fixes.
fn fixed(key: Key, value: &str) -> Result<Test> {
    let test = match key {
        Key::Status => Status::of(value).map(Test::Status),
        Key::Kind => Kind::of(value).map(Test::Kind),
        Key::Justified => match value {
            "yes" | "true" => Some(Test::Justified(true)),
            "no" | "false" => Some(Test::Justified(false)),
            _ => None,
        },
        _ => key.fixed().contains(&value).then(|| Test::Outcome(value.to_owned())),
    };
    test.ok_or_else(|| unknown_value(say::name_of(key), value, &key.fixed()))
}

/// Whether a name is in the shop's list, or one of the cases uses it.
fn known(key: Key, value: &str, ground: &QueryContext<'_>) -> Result<()> {
    let Some(list) = key.list() else { return Ok(()) };
    let fits = |known: &str| match key {
        Key::Category => category_fits(value, known),
        _ => value == known,
    };
    let listed = ground.book.shop.names.all(list).iter().map(|(known, _)| known.as_str());
    let mut listed: Vec<&str> = listed.collect();
    if list == Names::Levels {
        for (_, rules) in ground.book.all() {
            listed.extend(rules.escalation.levels.iter().map(String::as_str));
        }
        listed.push(EXTERNAL);
    }
    if listed.is_empty() || listed.iter().any(|known| fits(known)) || used(list, fits, ground.cases) {
        return Ok(());
    }
    Err(unknown_value(names::list(list).text(), value, &listed))
}

/// Whether a case uses such a name.
fn used(list: Names, fits: impl Fn(&str) -> bool, cases: &[&Case]) -> bool {
    for case in cases {
        let mut names = case.history.iter().flat_map(|event| event.names());
        if list == Names::Channels && fits(&case.channel)
            || names.any(|(_, of, word)| of == list && fits(word))
        {
            return true;
        }
    }
    false
}

fn clock(value: &str, ground: &QueryContext<'_>) -> Result<Test> {
    let known: Vec<&str> = ground.book.all().flat_map(|(_, rules)| rules.clock_names()).collect();
    match known.contains(&value) {
        true => Ok(Test::Clock(value.to_owned())),
        false => Err(unknown_value(say::clock(), value, &known)),
    }
}

fn unknown_value(list: Text, value: &str, known: &[&str]) -> Error {
    let error = Error::refused(say::unknown_value(list, value));
    match common::nearest(value, known.iter().copied()) {
        Some(near) => error.hint(common::did_you_mean(near)),
        None => error.hint(common::known_here(known.join(" "))),
    }
}

fn bad(key: Key, value: &str, help: Text) -> Error {
    Error::refused(say::bad_value(key.word(), value)).hint(help)
}
