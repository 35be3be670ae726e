//! From every open state that random conduct reaches, what the program offers can be done, takes the case no step back,
//! and leads to its end.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::SignedDuration;

use super::plan::{Chance, Line, PRESETS, Plan, department};
use super::{BEGIN, Desk, number};
use crate::case::{Case, Event, Status};
use crate::casefile::CasePath;
use crate::check::{CheckInput, check};
use crate::cli::tests::named::named;
use crate::lang::{Lang, Text};
use crate::ledger::Found;
use crate::policy::{instances, next_due, next_step};
use crate::session::place;

/// The most steps from any state to an end.
const MOST: usize = 30;

/// Who does what is offered without a name.
const CLERK: &str = "su.wen";

/// The usual way, from the registration to the result.
const WAY: [Status; 7] = [
    Status::New,
    Status::Triaged,
    Status::Assigned,
    Status::Investigating,
    Status::Proposed,
    Status::Approved,
    Status::Resolved,
];

/// A word for `…` behind a flag, or for a word alone.
fn filled(preset: &str, kind: &str, flag: &str) -> &'static str {
    match flag {
        "--category" if (preset, kind) == ("citywide", "violation") => "violation/other",
        "--category" => "other",
        "--urgency" => "general",
        "--complexity" => "simple",
        "--department" => department(preset),
        "--owner" | "--to" => "li.na",
        "--due" | "--until" => "3d",
        "--remedy" => "refund",
        "--cost" => "20",
        "--outcome" => "satisfied",
        _ => "words",
    }
}

/// A command as it is offered, without the program and the id, ready to be given.
fn line(preset: &str, case: &Case, command: &str) -> Option<Line> {
    let words: Vec<&str> = command.split_whitespace().filter(|word| *word != "fb").collect();
    let [verb, id, more @ ..] = words.as_slice() else { return None };
    let mut given: Vec<String> = Vec::new();
    for (at, word) in more.iter().enumerate() {
        let flag = if at == 0 { "" } else { more[at - 1] };
        let word = if *word == "…" { filled(preset, case.kind.word(), flag) } else { word };
        given.push(word.to_owned());
    }
    if !given.iter().any(|word| word == "--by") {
        given.extend(["--by".to_owned(), CLERK.to_owned()]);
    }
    (*id == case.id.short()).then(|| Line { verb: (*verb).to_owned(), more: given, pass: 0, ago: None })
}

fn status(desk: &Desk, case: &Case) -> Status {
    desk.session.book.whole(case).state().status
}

/// What bare `fb` offers for a case.
fn offered(desk: &Desk, case: &Case) -> Option<String> {
    let (book, now) = (&desk.session.book, desk.session.now);
    let history = book.whole(case);
    let clocks = instances(&history, book.rules(case), book, now);
    next_step(book, &history, next_due(&clocks))
}

/// The commands about a case in what `fb check` says of it.
fn helps(desk: &Desk, case: &Case) -> Vec<String> {
    let path = place(&desk.session.book, case);
    let case_path = CasePath::of(&path).unwrap();
    let cases = [Found { path, case_path, case: case.clone() }];
    let lost = HashSet::new();
    let now = desk.session.now;
    let input = CheckInput {
        cases: &cases,
        unreadable: &[],
        book: Some(&desk.session.book),
        calendars: &[],
        unkept: &[],
        lost: &lost,
        names: &[],
        present: now,
        now,
        until: now,
    };
    let outcome = check(&input);
    outcome.flaws.iter().flat_map(|flaw| about(case, &flaw.finding.help)).collect()
}

/// The commands about a case in these texts.
fn about(case: &Case, texts: &[Text]) -> Vec<String> {
    let commands = texts.iter().flat_map(|text| named(text.to(Lang::En)));
    commands.filter(|command| command.contains(case.id.short())).collect()
}

/// Why a command that is offered for a case cannot be given; the case after it.
fn obeyed(desk: &mut Desk, preset: &str, case: &Case, command: &str) -> Result<Case, String> {
    let line = line(preset, case, command).ok_or("it is not about the case")?;
    let added = desk.does(case, &line).ok_or("it is no command")?;
    let added = added.map_err(|error| error.to_string())?;
    let mut after = case.clone();
    after.history.extend(added);
    Ok(after)
}

/// Whether a step takes a case back. A hand-over of what was accepted waits to be accepted again.
fn goes_back(from: Status, to: Status) -> bool {
    let place = |status: Status| WAY.iter().position(|one| *one == status);
    let is_handed_over = (from, to) == (Status::Investigating, Status::Assigned);
    place(to).zip(place(from)).is_some_and(|(to, from)| to < from) && !is_handed_over
}

/// Does what is offered until the case has ended.
fn follow(desk: &mut Desk, preset: &str, case: &Case) -> Result<usize, String> {
    let mut case = case.clone();
    let mut done: Vec<String> = Vec::new();
    while !status(desk, &case).terminal() {
        let from = status(desk, &case);
        let told = |why: &str, done: &[String]| format!("{from}, after {done:#?}: {why}");
        let Some(command) = offered(desk, &case) else { return Err(told("nothing is offered", &done)) };
        if done.len() == MOST {
            return Err(told("it leads nowhere", &done));
        }
        desk.session.now += SignedDuration::from_mins(5);
        case =
            obeyed(desk, preset, &case, &command).map_err(|why| told(&format!("{command}: {why}"), &done))?;
        let to = status(desk, &case);
        if goes_back(from, to) {
            return Err(told(&format!("{command} leads back to {to}"), &done));
        }
        done.push(command);
    }
    Ok(done.len())
}

/// What went wrong, how often, and the shortest history before it.
#[derive(Default)]
struct Wrong(BTreeMap<String, (usize, String)>);

impl Wrong {
    fn tell(&mut self, preset: &str, seed: u64, case: &Case, why: &str) {
        let sort = why.replace(|letter: char| letter.is_ascii_digit(), "");
        let events: Vec<String> = case.history.iter().map(happened).collect();
        let story = format!("seed {seed}: {why}\n  {}", events.join("\n  "));
        let (times, shortest) =
            self.0.entry(format!("{preset} {}: {}", case.kind, sort)).or_insert((0, story.clone()));
        *times += 1;
        if story.len() < shortest.len() {
            *shortest = story;
        }
    }
}

fn happened(event: &Event) -> String {
    let says: Vec<String> = event.payload.iter().map(|(field, value)| format!("{field}={value}")).collect();
    format!("{} {} by {:?} {}", event.at, event.name, event.by, says.join(" "))
}

/// What went wrong from the states of a walk.
fn look(desk: &mut Desk, preset: &'static str, seed: u64, seen: &mut BTreeSet<String>, wrong: &mut Wrong) {
    let (mut plan, mut chance) = (Plan::new(preset, seed), Chance::new(seed));
    desk.session.now = BEGIN.parse().unwrap();
    let Ok(mut case) = desk.receive(&plan.intake()) else { return };
    for _ in 0..plan.length() {
        let now = desk.session.now;
        let from = status(desk, &case);
        if !from.terminal() {
            for command in helps(desk, &case) {
                if let Err(why) = obeyed(desk, preset, &case, &command) {
                    wrong.tell(preset, seed, &case, &format!("check: {command}: {why}"));
                }
            }
            // A state that differs only in what does not matter to the next step leads on in the same way
            let sort = format!("{} {from} {:?}", case.kind, offered(desk, &case));
            if (seen.insert(sort.replace(case.id.short(), "")) || chance.below(10) == 0)
                && let Err(why) = follow(desk, preset, &case)
            {
                wrong.tell(preset, seed, &case, &why);
            }
            desk.session.now = now;
        }
        let line = plan.next();
        desk.session.now += SignedDuration::from_mins(line.pass);
        match desk.does(&case, &line) {
            Some(Ok(added)) => {
                case.history.extend(added);
                continue;
            }
            Some(Err(error)) if line.ago.is_none() => {
                for command in about(&case, &error.hints) {
                    if let Err(why) = obeyed(desk, preset, &case, &command) {
                        let refused = format!("{} {}", line.verb, line.more.join(" "));
                        wrong.tell(preset, seed, &case, &format!("refused {refused}: {command}: {why}"));
                    }
                }
            }
            _ => {}
        }
        plan.was_refused();
    }
}

#[test]
fn what_is_offered_in_any_state_can_be_done_and_leads_to_the_end() {
    let (first, count) = (number("FB_SEED", 1), number("FB_WALKS", 20));
    let wrong: Vec<Wrong> = std::thread::scope(|scope| {
        let looking = PRESETS.map(|preset| {
            scope.spawn(move || {
                let (mut desk, mut seen, mut wrong) = (Desk::of(preset), BTreeSet::new(), Wrong::default());
                for seed in first..first + count {
                    look(&mut desk, preset, seed, &mut seen, &mut wrong);
                }
                assert!(seen.len() > 15, "{preset}: few states: {seen:?}");
                wrong
            })
        });
        looking.into_iter().map(|looking| looking.join().unwrap()).collect()
    });
    let all = wrong.iter().flat_map(|wrong| &wrong.0);
    let told: Vec<String> =
        all.map(|(sort, (times, story))| format!("{times} times {sort}\n{story}")).collect();
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}
