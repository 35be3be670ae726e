//! Versions of a case, put together: whoever merges and in whichever order, the same, and nothing is lost.
//!
//! The input: the base (nothing: there is none) and up to three versions, between lines `%`. A version is a case file,
//! or it is letters and signs that stand for events and for changes of the intake, see [`version`].

use std::collections::BTreeMap;

use fb::case::{Case, EventName, Field, Stamp};
use fb::casefile::Parts;
use fb::merge::{MergeSide, Merged, Outcome, merge};

use super::{BETWEEN, PATH, case_of, said};

pub fn holds(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let mut sections = input.trim_end_matches('\n').split(BETWEEN);
    let base = sections.next().filter(|section| !section.is_empty());
    let drawn: Vec<&str> = sections.take(3).collect();
    let base = base.map(version);
    let versions: Vec<String> = drawn.iter().map(|section| version(section)).collect();
    for (at, one) in versions.iter().enumerate() {
        with_itself(base.as_deref(), one);
        for other in &versions[at + 1..] {
            two(base.as_deref(), one, other);
        }
    }
    let same_intake = |file: &String| file.split("history:").next() == versions[0].split("history:").next();
    if let [one, other, third] = &versions[..]
        && !drawn.iter().any(|section| section.contains("history:") || section.contains('?'))
        && versions.iter().chain(&base).all(same_intake)
        && versions.iter().all(|version| base.as_ref().is_none_or(|base| grown(base, version)))
    {
        in_any_order(base.as_deref(), one, other, third);
    }
}

/// A case file as it stands, or the one that letters stand for: a digit or letter is one of 64 events (four minutes, four
/// names, two notes, two forms), a sign changes the intake, `?` corrects the receipt.
fn version(section: &str) -> String {
    /// In signs: that is enough for any order.
    const LONGEST: usize = 24;

    if section.contains("history:") {
        return section.to_owned();
    }
    const EVENTS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut title, mut order, mut name, mut tier, mut unknown) = ("茶杯碎了", "", "", "", "");
    let (mut receipt, mut events) = (0, String::new());
    for sign in section.chars().take(LONGEST) {
        match sign {
            '!' => title = "杯盖碎了 # as told",
            '@' => title = "\"茶壶碎了\"",
            '$' => order = "order: A1\n",
            '^' => order = "# the second\norder: A2\n",
            '&' => name = "  name: 王\n",
            '*' => name = "  # by phone\n  name: 李\n",
            '(' => tier = "  tier: gold\n",
            ')' => unknown = "x-crm: {id: 7, tags: [a,   b]}\n",
            '?' => receipt += 1,
            sign => events.extend(EVENTS.find(sign).map(event)),
        }
    }
    let customer = if name.is_empty() && tier.is_empty() { "" } else { "customer:\n" };
    format!(
        "id: 20261122-7k3q9x\nkind: complaint\ntitle: {title}\nchannel: hotline\n{customer}{name}{tier}{order}{unknown}\
         history:\n  - received: 2026-11-22T09:{:02}:00+08:00\n    by: li.na\n{events}",
        receipt % 60
    )
}

fn event(drawn: usize) -> String {
    let (name, key) = [("noted", "note"), ("contacted", "note"), ("waiting", "reason"), ("accepted", "note")]
        [drawn >> 2 & 3];
    let (minute, says) = (drawn & 3, drawn >> 4 & 1);
    match drawn >> 5 {
        0 => format!("  - {name}: 2026-11-22T11:{minute:02}:00+08:00\n    {key}: w{says}\n"),
        _ => format!("  - {key}: \"w{says}\" # {minute}\n    {name}: 2026-11-22T11:{minute:02}:00+08:00\n"),
    }
}

fn join(base: Option<&str>, one: &str, other: &str) -> fb::error::Result<Outcome> {
    merge(base, one, other, PATH.as_ref())
}

fn with_itself(base: Option<&str>, one: &str) {
    if let Ok(joined) = join(base, one, one) {
        let Outcome::Merged(joined) = joined else { panic!("one case is two: {one:?}") };
        assert_eq!(joined.text, one);
        assert!(joined.findings.is_empty(), "{:?}", joined.findings);
    }
}

fn two(base: Option<&str>, one: &str, other: &str) {
    let (there, back) = (join(base, one, other), join(base, other, one));
    match (there, back) {
        (Err(_), Err(_)) => {}
        (Ok(Outcome::Collision(later)), Ok(Outcome::Collision(same))) => {
            let of = |side, ours: &'static str, theirs| if side == MergeSide::Ours { ours } else { theirs };
            assert_eq!(of(later, "one", "other"), of(same, "other", "one"), "{one:?}\n{other:?}");
        }
        (Ok(Outcome::Merged(joined)), Ok(Outcome::Merged(same))) => {
            assert_eq!(joined, same, "the sides make a difference:\n{one}\n{other}");
            assert_eq!(said(&case_of(&joined.text)), said(&joined.case));
            keeps_the_events(base, one, other, &joined);
            keeps_the_intake(base, one, other, &joined);
            is_done_once(base, one, other, &joined);
        }
        (there, back) => panic!("{there:?}\n{back:?}"),
    }
}

/// How often each event stands in a file.
fn counted(file: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for part in Parts::of(file).map(|parts| parts.events).unwrap_or_default().into_iter().skip(1) {
        *counted.entry(part.meaning).or_default() += 1;
    }
    counted
}

fn grown(base: &str, version: &str) -> bool {
    let version = counted(version);
    counted(base).iter().all(|(event, times)| version.get(event).is_some_and(|found| found >= times))
}

/// Where nobody removed or corrected an event, each stands as often as in the side that has it most often.
fn keeps_the_events(base: Option<&str>, one: &str, other: &str, joined: &Merged) {
    let base = base.filter(|base| super::read(base).is_ok()).map(counted).unwrap_or_default();
    let (one, other, mut found) = (counted(one), counted(other), counted(&joined.text));
    let times = |of: &BTreeMap<String, usize>, event| of.get(event).copied().unwrap_or_default();
    let removed =
        base.iter().any(|(event, before)| times(&one, event) < *before || times(&other, event) < *before);
    for event in one.keys().chain(other.keys()).collect::<std::collections::BTreeSet<_>>() {
        let most = times(&one, event).max(times(&other, event));
        let kept = found.remove(event).unwrap_or_default();
        let lost = removed && times(&base, event) > 0;
        assert!(kept == most || kept < most && lost, "{event} stands {kept} times, not {most}");
    }
    found.retain(|event, _| !event.contains("merge: ") && !base.contains_key(event));
    assert!(found.is_empty(), "nobody said {found:?}");
}

/// What one side alone changed stands; of what both did one stands and the other is in a note.
fn keeps_the_intake(base: Option<&str>, one: &str, other: &str, joined: &Merged) {
    let [one, other] = [one, other].map(case_of);
    let base = base.and_then(|base| super::read(base).ok());
    let fields: [fn(&Case) -> Option<String>; 5] = [
        |case| Some(case.title.clone()),
        |case| case.order.clone(),
        |case| case.customer.name.clone(),
        |case| case.customer.tier.clone(),
        |case| Some(said(case.receipt())).filter(|_| case.receipt().unknown.is_empty()),
    ];
    for (at, field) in fields.into_iter().enumerate() {
        let [before, one, other, after] =
            [base.as_ref(), Some(&one), Some(&other), Some(&joined.case)].map(|case| case.and_then(field));
        match () {
            () if one == other || other == before => assert_eq!(after, one),
            () if one == before => assert_eq!(after, other),
            () => {
                let aside = if after == one { &other } else { &one };
                assert!(after == one || after == other, "{after:?}");
                let notes = joined.case.history.iter().filter(|event| event.name == EventName::Noted);
                let mut notes = notes.filter_map(|event| event.text(Field::Note));
                let kept = |word: &String| {
                    at == 4 || notes.any(|note| note.starts_with("merge: ") && note.contains(word))
                };
                assert!(aside.as_ref().is_none_or(kept), "{aside:?} is gone: {}", joined.text);
            }
        }
    }
}

/// Merging again with a side that is in it already adds nothing. (An event that was corrected is not in it; and of two that
/// are the same nobody can say which was.)
fn is_done_once(base: Option<&str>, one: &str, other: &str, joined: &Merged) {
    let corrected = base.is_some_and(|base| !grown(base, one) || !grown(base, other));
    let twice = [one, other].iter().any(|file| counted(file).values().any(|times| *times > 1));
    if !grown(one, &joined.text) || corrected && twice {
        return;
    }
    for base in [base, Some(one)] {
        if let Outcome::Merged(again) = join(base, &joined.text, one).unwrap() {
            assert_eq!(again.text, joined.text, "with {one}");
        }
    }
}

/// What a file says, whatever the order of the events with one stamp.
fn unordered(file: &str) -> (String, Vec<(i128, String)>) {
    let case = case_of(file);
    let mut events: Vec<_> =
        case.history.iter().map(|event| (event.at.instant().as_nanosecond(), said(event))).collect();
    events.sort();
    (file.split("history:").next().unwrap_or_default().to_owned(), events)
}

/// Whether two of the versions have two events of one stamp, each in its own order or with something of its own between
/// what both have: then who meets first may decide where such events stand.
fn shuffled(versions: &[&str]) -> bool {
    let orders = versions.iter().map(|file| {
        let case = case_of(file);
        let events = case.history.iter().skip(1).map(|event| (event.at.instant(), said(event)));
        let mut orders: BTreeMap<_, Vec<String>> = BTreeMap::new();
        events.for_each(|(at, event)| orders.entry(at).or_default().push(event));
        orders
    });
    let orders: Vec<_> = orders.collect();
    let added = |one: &[String], other: &[String]| {
        let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
        one[same..].iter().all(|event| !other.contains(event))
    };
    orders.iter().any(|one| {
        let others = orders.iter().flat_map(|other| other.iter());
        others.into_iter().any(|(at, other)| one.get(at).is_some_and(|one| !added(one, other)))
    })
}

fn in_any_order(base: Option<&str>, one: &str, other: &str, third: &str) {
    let join = |one: &str, other: &str| match join(base, one, other) {
        Ok(Outcome::Merged(joined)) => joined.text,
        otherwise => panic!("{otherwise:?}"),
    };
    let left = join(&join(one, other), third);
    for right in [join(one, &join(other, third)), join(&join(one, third), other)] {
        assert_eq!(unordered(&left), unordered(&right));
        assert!(left == right || shuffled(&[one, other, third]), "{left}\n{right}");
    }
    let stamps: Vec<Stamp> = case_of(&left).history.iter().map(|event| event.at).collect();
    let whole = [one, other, third].iter().any(|version| **version == left);
    assert!(whole || stamps.is_sorted_by_key(|stamp| stamp.instant()), "{left}");
}
