//! A case file: read, or refused with places; written anew, taken apart and added to, it says the same.

use fb::case::{Case, Event, EventName, Field, Replay, Stamp, Value};
use fb::casefile::{self, Parts, SourceMap, Spot};
use fb::merge::{Outcome, merge};

use super::{PATH, case_of, only_added, read, said, told};

pub fn holds(input: &[u8]) {
    match casefile::read(input, PATH.as_ref()) {
        Err(findings) => told(&findings, PATH, &String::from_utf8_lossy(input)),
        Ok(case) => {
            let file = std::str::from_utf8(input).unwrap();
            is_written_as_it_was_read(&case);
            has_places(file, &case);
            is_what_its_parts_are(file, &case);
            replays(&case);
            let [one, other] = ["one", "other"].map(|words| added(file, &case, words));
            if let (Some(one), Some(other)) = (one, other) {
                forks_meet(file, &one, &other, &case);
            }
        }
    }
}

pub(super) fn noted(words: &str) -> Event {
    let at = Stamp::parse("2026-11-24T09:00:00+08:00").unwrap();
    Event::new(EventName::Noted, at).by("li.na").with(Field::Note, Value::Text(words.to_owned()))
}

/// In our layout a case says the same, but for the keys that nobody knows; and there an event can always be added.
fn is_written_as_it_was_read(case: &Case) {
    let mut known = case.clone();
    known.unknown.clear();
    known.history.iter_mut().for_each(|event| event.unknown.clear());
    let file = casefile::compose(&known);
    let again = case_of(&file);
    assert_eq!(said(&again), said(&known), "{file}");
    assert_eq!(casefile::compose(&again), file);
    let longer = casefile::append(&file, &known, &noted("x")).expect(&file);
    assert!(longer.starts_with(&file), "{longer}");
}

fn has_places(file: &str, case: &Case) {
    let map = SourceMap::of(file).unwrap();
    let lines = file.split(['\n', '\r']).count();
    for spot in (0..case.history.len()).map(Spot::Event).chain([Spot::Intake("title"), Spot::File]) {
        let (line, column, width) = map.position(spot);
        assert!((1..=lines).contains(&line) && column > 0 && width > 0, "{spot:?} {file:?}");
    }
}

fn is_what_its_parts_are(file: &str, case: &Case) {
    let Some(parts) = Parts::of(file) else { return };
    let whole = parts.assembled(&parts.intake, &parts.events);
    assert_eq!(said(&case_of(&whole)), said(case), "{whole}");
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    assert_eq!(plain(&whole).trim_end_matches('\n'), plain(file).trim_end_matches('\n'));
}

fn replays(case: &Case) {
    let replay = Replay::whole(case, &[]);
    assert_eq!(replay.steps.len(), case.history.len());
    assert!(replay.steps.is_sorted_by_key(|step| step.at));
    assert_eq!(replay.ending().is_some(), replay.state().status.terminal());
}

/// The file with one more event: everything else is as it was. `None`: it is refused.
fn added(file: &str, case: &Case, words: &str) -> Option<String> {
    let event = noted(words);
    let longer = match casefile::append(file, case, &event) {
        Ok(longer) => longer,
        Err(cannot) => {
            assert!(!cannot.reason.to_string().is_empty() && !cannot.help.to_string().is_empty());
            return None;
        }
    };
    // A last line without an end is given one.
    let ends: &[&str] = if file.ends_with(['\n', '\r']) { &[""] } else { &["\n", "\r\n", "\r"] };
    assert!(ends.iter().any(|end| only_added(&format!("{file}{end}"), &longer)), "{file:?}\n{longer:?}");
    let mut again = case_of(&longer);
    assert_eq!(again.history.pop().map(|event| said(&event)), Some(said(&event)));
    assert_eq!(said(&again), said(case));
    Some(longer)
}

/// Two clones that each added an event have both afterwards, whoever merges.
fn forks_meet(file: &str, one: &str, other: &str, case: &Case) {
    let joined = merge(Some(file), one, other, PATH.as_ref());
    let Ok(Outcome::Merged(joined)) = joined else {
        assert!(joined.is_err(), "{joined:?}\n{file:?}");
        return;
    };
    let again = merge(Some(file), other, one, PATH.as_ref()).unwrap();
    assert_eq!(Outcome::Merged(joined.clone()), again);
    let mut events: Vec<String> =
        case.history.iter().chain([&noted("one"), &noted("other")]).map(said).collect();
    let mut found: Vec<String> = joined.case.history.iter().map(said).collect();
    events.sort();
    found.sort();
    assert_eq!(found, events, "{file:?}");
    assert_eq!(said(&read(&joined.text).unwrap()), said(&joined.case));
}
