use std::path::Path;

use super::*;
use crate::case::{EventName, Field, Stamp, Value};

const ID: &str = "20261005-7k3q9x";

fn event(name: EventName, day: u32) -> Event {
    Event::new(name, Stamp::parse(&format!("2026-10-{day:02}T10:00:00+08:00")).unwrap())
}

fn commit() -> Commit {
    Commit {
        id: "c0ffee".repeat(6),
        author: "Li Na".to_owned(),
        email: "li.na@example.cn".to_owned(),
        committer: "Li Na".to_owned(),
        ..Commit::default()
    }
}

/// A history of one case, told as what each commit made of its file.
#[derive(Default)]
struct Told(LedgerProvenance);

impl Told {
    /// A commit with what it changed against each parent: the events before and after.
    fn then(&mut self, steps: &[(&[Event], &[Event])]) -> &mut Told {
        self.of(steps.len(), steps)
    }

    /// A commit that takes another one back.
    fn undo(&mut self, steps: &[(&[Event], &[Event])]) {
        self.by(Commit { parents: 1, undo: UndoKind::Whole, ..commit() }, steps);
    }

    /// The same with so many parents: from those that are not told of, it does not differ.
    fn of(&mut self, parents: usize, steps: &[(&[Event], &[Event])]) -> &mut Told {
        self.by(Commit { parents, ..commit() }, steps)
    }

    fn by(&mut self, commit: Commit, steps: &[(&[Event], &[Event])]) -> &mut Told {
        let versions: Vec<(CaseVersion, CaseVersion)> =
            steps.iter().map(|(old, new)| (self.0.version(ID, old), self.0.version(ID, new))).collect();
        let side = |version: &'_ CaseVersion| version.is_empty();
        let changes: Vec<Vec<FileChange<'_>>> = versions
            .iter()
            .map(|(old, new)| {
                let of =
                    |version| if side(version) { FileState::Nothing } else { FileState::Events(version) };
                vec![FileChange { name: ID, path: Path::new("cases/new/x.yaml"), old: of(old), new: of(new) }]
            })
            .collect();
        self.0.take(commit, changes);
        self
    }

    fn added(&self, event: &Event) -> Option<usize> {
        self.0.cases[ID].event(event).unwrap().added
    }

    /// The events that were lost: the commit, and the day of the stamp that each has now.
    fn lost(&self) -> Vec<(EventName, usize, Option<String>)> {
        let now =
            |next: Option<&EventProvenance>| next.map(|next| next.event.at.to_string()[8..10].to_owned());
        self.0.cases[ID].lost(&[]).map(|(was, commit, next)| (was.event.name, commit, now(next))).collect()
    }
}

#[test]
fn an_event_is_added_by_the_first_commit_that_has_it() {
    let (a, b, c) =
        (event(EventName::Received, 5), event(EventName::Contacted, 6), event(EventName::Noted, 7));
    let mut told = Told::default();
    // 0: received. 1 and 2, side by side: contacted, noted. 3 merges both and brings nothing.
    told.then(&[(&[], std::slice::from_ref(&a))]);
    told.then(&[(std::slice::from_ref(&a), &[a.clone(), b.clone()])]);
    told.then(&[(std::slice::from_ref(&a), &[a.clone(), c.clone()])]);
    let both = [a.clone(), b.clone(), c.clone()];
    told.then(&[(&both[..2], &both), (&[a.clone(), c.clone()], &both)]);
    assert_eq!([&a, &b, &c].map(|event| told.added(event)), [Some(0), Some(1), Some(2)]);
    assert_eq!(told.lost(), []);
}

#[test]
fn a_merge_that_gives_up_a_side_loses_it_and_one_that_puts_it_back_does_not() {
    let (a, b, c) =
        (event(EventName::Received, 5), event(EventName::Contacted, 6), event(EventName::Noted, 7));
    let mut told = Told::default();
    told.then(&[(&[], std::slice::from_ref(&a))]);
    told.then(&[(std::slice::from_ref(&a), &[a.clone(), b.clone()])]);
    told.then(&[(std::slice::from_ref(&a), &[a.clone(), c.clone()])]);
    // As the first parent has it: against the second the note is gone.
    told.of(2, &[(&[a.clone(), c.clone()], &[a.clone(), b.clone()])]);
    assert_eq!(told.lost(), [(EventName::Noted, 3, None)]);
    told.then(&[(&[a.clone(), b.clone()], &[a, b, c])]);
    assert_eq!(told.lost(), []);
}

#[test]
fn a_changed_event_is_known_by_what_stays_of_it() {
    let (a, b, c) =
        (event(EventName::Received, 5), event(EventName::Contacted, 6), event(EventName::Noted, 7));
    let earlier = event(EventName::Contacted, 5);
    let mut told = Told::default();
    told.then(&[(&[], &[a.clone(), b.clone(), c.clone()])]);
    told.then(&[(&[a.clone(), b, c], &[a, earlier.clone()])]);
    let lost = told.lost();
    assert_eq!(lost, [(EventName::Contacted, 1, Some("05".to_owned())), (EventName::Noted, 1, None)]);
    assert_eq!(told.added(&earlier), Some(1));
}

#[test]
fn what_stands_again_beside_what_it_was_changed_to_was_not_changed() {
    let (a, b, forged) =
        (event(EventName::Received, 5), event(EventName::Contacted, 9), event(EventName::Contacted, 6));
    let mut told = Told::default();
    told.then(&[(&[], &[a.clone(), b.clone()])]);
    told.then(&[(&[a.clone(), b.clone()], &[a.clone(), forged.clone()])]);
    let case = &told.0.cases[ID];
    let entry = case.event(&forged).unwrap();
    assert_eq!(
        case.previous(entry, &case.places(&[a.clone(), forged.clone()])).map(|was| &was.event),
        Some(&b)
    );
    told.then(&[(&[a.clone(), forged.clone()], &[a.clone(), forged.clone(), b.clone()])]);
    let case = &told.0.cases[ID];
    assert!(
        case.previous(case.event(&forged).unwrap(), &case.places(&[a, forged.clone(), b.clone()])).is_none()
    );
    assert_eq!((told.lost(), told.added(&forged)), (Vec::new(), Some(1)));
    assert_eq!(told.0.cases[ID].event(&b).unwrap().restored, Some(2));
}

#[test]
fn a_merge_that_follows_one_side_neither_puts_back_nor_takes_out() {
    let (a, b) = (event(EventName::Received, 5), event(EventName::Contacted, 6));
    let mut told = Told::default();
    told.then(&[(&[], &[a.clone(), b.clone()])]);
    // 1 undoes the contact; 2, beside it, merges something else with 0, and has it still.
    told.undo(&[(&[a.clone(), b.clone()], std::slice::from_ref(&a))]);
    told.of(2, &[(std::slice::from_ref(&a), &[a.clone(), b.clone()])]);
    assert_eq!(told.0.cases[ID].event(&b).unwrap().removed, Some(1));
    // 3 merges both, and is without it as 1 is.
    told.of(2, &[(&[a.clone(), b.clone()], std::slice::from_ref(&a))]);
    assert_eq!(told.lost(), [(EventName::Contacted, 1, None)]);
    // A merge that keeps it after all, and a hand that takes it out then.
    told.of(2, &[(std::slice::from_ref(&a), &[a.clone(), b.clone()])]);
    told.then(&[(&[a.clone(), b], &[a])]);
    assert_eq!(told.lost(), [(EventName::Contacted, 5, None)]);
}

#[test]
fn an_event_that_wanders_to_another_case_is_lost_and_new() {
    const OTHER: &str = "20261005-8m2w4z";
    let (a, b, c) =
        (event(EventName::Received, 5), event(EventName::Received, 6), event(EventName::Contacted, 7));
    let mut told = Told::default();
    told.then(&[(&[], &[a.clone(), c.clone()])]);
    let other = told.0.version(OTHER, std::slice::from_ref(&b));
    let path = Path::new("cases/new/y.yaml");
    let begun = FileChange { name: OTHER, path, old: FileState::Nothing, new: FileState::Events(&other) };
    told.0.take(commit(), [vec![begun]]);
    let [had, has] = [&[a.clone(), c.clone()][..], &[a]].map(|events| told.0.version(ID, events));
    let with = told.0.version(OTHER, &[b, c.clone()]);
    let gives = FileChange { name: ID, path, old: FileState::Events(&had), new: FileState::Events(&has) };
    let takes =
        FileChange { name: OTHER, path, old: FileState::Events(&other), new: FileState::Events(&with) };
    told.0.take(commit(), [vec![gives, takes]]);
    assert_eq!(told.lost(), [(EventName::Contacted, 2, None)]);
    assert_eq!(told.0.cases[OTHER].event(&c).unwrap().added, Some(2));
}

#[test]
fn the_order_of_an_events_keys_says_nothing() {
    let text = |word: &str| Value::Text(word.to_owned());
    let noted = |first, second| event(EventName::Noted, 7).with(first, text("x")).with(second, text("x"));
    assert_eq!(key(&noted(Field::Note, Field::Reason)), key(&noted(Field::Reason, Field::Note)));
    assert_ne!(key(&noted(Field::Note, Field::Reason)), key(&event(EventName::Noted, 7)));
}

#[test]
fn a_case_that_gets_another_id_keeps_its_past() {
    const OTHER: &str = "20261005-8m2w4z";
    let a = event(EventName::Received, 5);
    let mut told = Told::default();
    told.then(&[(&[], std::slice::from_ref(&a))]);
    let (old, new) =
        (told.0.version(ID, std::slice::from_ref(&a)), told.0.version(OTHER, std::slice::from_ref(&a)));
    let path = Path::new("cases/new/x.yaml");
    let gone = FileChange { name: ID, path, old: FileState::Events(&old), new: FileState::Nothing };
    let come = FileChange { name: OTHER, path, old: FileState::Nothing, new: FileState::Events(&new) };
    told.0.take(commit(), [vec![gone, come]]);
    assert_eq!(told.lost(), []);
    assert_eq!(told.0.cases[OTHER].event(&a).unwrap().added, Some(0));
}

#[test]
fn what_cannot_be_read_is_told_and_bridged() {
    let (a, b) = (event(EventName::Received, 5), event(EventName::Contacted, 6));
    let mut told = Told::default();
    told.then(&[(&[], &[a.clone(), b.clone()])]);
    let (old, new) = (told.0.version(ID, &[a.clone(), b]), told.0.version(ID, &[a]));
    let path = Path::new("cases/new/x.yaml");
    told.0.take(
        commit(),
        [vec![FileChange { name: ID, path, old: FileState::Events(&old), new: FileState::Unread }]],
    );
    told.0.take(
        commit(),
        [vec![FileChange { name: ID, path, old: FileState::Unread, new: FileState::Events(&new) }]],
    );
    assert_eq!(told.0.unread.len(), 1);
    assert_eq!(told.lost(), [(EventName::Contacted, 2, None)]);
}

#[test]
fn many_events_that_one_commit_changed_are_paired_in_one_pass() {
    const MANY: usize = 40_000;
    let at = |n: usize| jiff::Timestamp::from_second(1_700_000_000 + n as i64).unwrap();
    let note = |n: usize, words: &str| {
        let stamp = Stamp::new(at(n), &jiff::tz::TimeZone::UTC);
        Event::new(EventName::Noted, stamp).with(Field::Note, Value::Text(words.to_owned()))
    };
    let [before, after] = ["a", "b"].map(|words| (0..MANY).map(|n| note(n, words)).collect::<Vec<_>>());
    let mut told = Told::default();
    told.then(&[(&[], &before)]).then(&[(&before, &after)]);
    let case = &told.0.cases[ID];
    let lost: Vec<_> = case.lost(&after).collect();
    assert_eq!(lost.len(), MANY);
    assert!(lost.iter().all(|(was, commit, next)| *commit == 1 && next.unwrap().event.at == was.event.at));
    let stands = case.places(&after);
    assert!(after.iter().all(|event| case.previous(case.event(event).unwrap(), &stands).is_some()));
}
