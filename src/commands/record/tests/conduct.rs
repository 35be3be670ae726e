//! Random conduct under the five rule books: whatever the commands accept, a case ends only with what the clauses ask for.
//!
//! The commands are parsed, completed and permitted as always; only the files and git are left out, so that thousands of
//! walks take seconds. [`plan`] draws command lines,
//! [`course`] reads a case file, [`clauses`] holds it against what the rule books say; none of them knows the program, and
//! `tests/suite/conduct.rs` walks with them through the whole of it.
//!
//! `FB_WALKS` says how many walks to try for each rule book (20 without it), `FB_SEED` with which to begin. A walk that
//! fails is printed as commands, with as few as still fail.

mod clauses;
mod course;
mod hints;
mod plan;

use std::collections::BTreeMap;
use std::fs;

use clap::{Args, FromArgMatches, Subcommand};
use jiff::{SignedDuration, Timestamp};

use crate::case::{Case, Event, Field};
use crate::casefile;
use crate::commands::new::{NewArgs, complete};
use crate::commands::record::Record;
use crate::error::{Code, Result};
use crate::lang::Lang;
use crate::policy::{PLAIN_CALENDAR, Preset, breaches};
use crate::recording::apply::allowed;
use crate::recording::event_args;
use crate::session::{Session, Setting};
use crate::ui::{Colour, Streams, Terminal};
use clauses::{approvers, broken};
use course::Course;
use plan::{Line, PRESETS, Plan, people};

const BEGIN: &str = "2026-03-02T09:30:00+08:00";

/// A shop under a rule book, and its commands.
struct Desk {
    session: Session,
    new: clap::Command,
    record: clap::Command,
    _home: tempfile::TempDir,
}

impl Desk {
    fn of(preset: &str) -> Desk {
        let home = tempfile::tempdir().unwrap();
        let preset = Preset::of(preset).unwrap();
        let write = |path: &str, text: &str| {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let shop = "[shop]\nname = \"x\"\ntimezone = \"Asia/Shanghai\"\nlanguage = \"en\"\ncalendar = \"office\"\n\n";
        write("fb.toml", &format!("{shop}{}{}", preset.shop, people()));
        write("policy/base.toml", &preset.undated());
        write("calendar/office.toml", PLAIN_CALENDAR);
        preset.calendars.iter().for_each(|(name, text)| write(&format!("calendar/{name}"), text));
        let terminal = Terminal::new(Lang::En, Colour::Never, |_| None, Streams::default());
        let setting = Setting {
            directory: home.path().to_owned(),
            now: BEGIN.parse().unwrap(),
            now_given: true,
            revision: None,
            lang: Some(Lang::En),
            commit: false,
            editors: Vec::new(),
            terminal: terminal.chatter(true, false),
        };
        Desk {
            session: Session::open(setting).unwrap(),
            new: NewArgs::augment_args(clap::Command::new("new")),
            record: Record::augment_subcommands(clap::Command::new("fb")),
            _home: home,
        }
    }

    fn receive(&mut self, flags: &[String]) -> Result<Case> {
        let words = ["new"].into_iter().chain(flags.iter().map(String::as_str));
        let found = self.new.try_get_matches_from_mut(words).unwrap();
        let (case, _) = NewArgs::from_arg_matches(&found).unwrap().case(&self.session)?;
        complete(&self.session, &case)?;
        Ok(case)
    }

    /// The events that a command would add; `None` if its line is not a command.
    fn does(&mut self, case: &Case, line: &Line) -> Option<Result<Vec<Event>>> {
        let at = line.ago.map(|ago| (self.session.now - SignedDuration::from_mins(ago)).to_string());
        let at = at.iter().flat_map(|at| ["--at", at]);
        let words = ["fb", &line.verb, case.id.as_str()].into_iter();
        let words = words.chain(line.more.iter().map(String::as_str)).chain(at);
        let found = self.record.try_get_matches_from_mut(words).ok()?;
        let Record { name, on, payload } = Record::from_arg_matches(&found).ok()?;
        let payload = payload.maybe(Field::Note, on.note);
        let event = event_args::event(&self.session, &on.how, name, payload, &[case]);
        Some(event.and_then(|event| allowed(&self.session, case, vec![event])))
    }
}

/// What a walk came to.
#[derive(Default)]
struct End {
    /// The kind of case with each end that it reached.
    ends: Vec<String>,
    wrong: Vec<String>,
    /// The commands that were accepted, and when.
    story: Vec<(Timestamp, Line)>,
    intake: Vec<String>,
}

/// Whether the program finds that something was not allowed.
fn is_found(session: &Session, case: &Case) -> Vec<String> {
    let codes = [Code::NotAllowed, Code::Unapproved, Code::SelfApproved];
    let found = breaches(&session.book, session.book.rules(case), &session.book.whole(case));
    let found = found.into_iter().filter(|(_, violation)| codes.contains(&violation.code));
    found.map(|(at, violation)| format!("check finds at {at}: {}", violation.message)).collect()
}

fn look(desk: &Desk, preset: &str, case: &Case, end: &mut End) {
    let course = Course::read(&casefile::compose(case), approvers(preset, case.kind.word()));
    let status = desk.session.book.whole(case).state().status.word();
    if course.last_status() != status {
        end.wrong.push(format!("it is {status}, not {}", course.last_status()));
    }
    if matches!(status, "resolved" | "closed" | "rejected") {
        end.ends.push(format!("{} {status}", case.kind));
    }
    end.wrong.extend(broken(preset, &course));
    end.wrong.extend(is_found(&desk.session, case));
}

fn walk(desk: &mut Desk, preset: &'static str, seed: u64) -> End {
    let mut plan = Plan::new(preset, seed);
    let mut end = End::default();
    desk.session.now = BEGIN.parse().unwrap();
    end.intake = plan.intake();
    let Ok(mut case) = desk.receive(&end.intake) else { return end };
    for _ in 0..plan.length() {
        let line = plan.next();
        desk.session.now += SignedDuration::from_mins(line.pass);
        let Some(Ok(added)) = desk.does(&case, &line) else {
            plan.was_refused();
            continue;
        };
        case.history.extend(added);
        end.story.push((desk.session.now, line));
        look(desk, preset, &case, &mut end);
        if !end.wrong.is_empty() {
            break;
        }
    }
    end
}

/// The same commands again; what is refused now is left out.
fn again(desk: &mut Desk, preset: &str, intake: &[String], lines: &[(Timestamp, Line)]) -> End {
    let mut end = End { intake: intake.to_vec(), ..End::default() };
    desk.session.now = BEGIN.parse().unwrap();
    let mut case = desk.receive(intake).unwrap();
    for (now, line) in lines {
        desk.session.now = *now;
        let Some(Ok(added)) = desk.does(&case, line) else { continue };
        case.history.extend(added);
        end.story.push((*now, line.clone()));
        look(desk, preset, &case, &mut end);
        if !end.wrong.is_empty() {
            break;
        }
    }
    end
}

/// As few commands as still break the same clause.
fn shrunk(desk: &mut Desk, preset: &str, mut end: End) -> End {
    let mut at = 0;
    while at < end.story.len() {
        let mut fewer = end.story.clone();
        fewer.remove(at);
        let less = again(desk, preset, &end.intake, &fewer);
        let same = less.wrong.iter().any(|wrong| end.wrong.contains(wrong));
        if same { end = less } else { at += 1 }
    }
    end
}

fn told(preset: &str, seed: u64, end: &End) -> String {
    let mut told = format!("{preset}, seed {seed}: {:?}\n  fb new {}\n", end.wrong, end.intake.join(" "));
    for (now, Line { verb, more, ago, .. }) in &end.story {
        let at = ago.map(|ago| format!(" --at {}", *now - SignedDuration::from_mins(ago)));
        told += &format!("  {now}  fb {verb} ID {}{}\n", more.join(" "), at.unwrap_or_default());
    }
    told
}

/// What went wrong, without what is different each time.
fn sort(preset: &str, wrong: &[String]) -> String {
    let words = wrong.first().map_or("", String::as_str);
    format!("{preset}: {}", words.replace(|letter: char| letter.is_ascii_digit(), ""))
}

/// What the walks of a rule book came to.
#[derive(Default)]
struct Walked {
    /// How many were closed or rejected.
    ended: u64,
    /// How many reached each end.
    ends: BTreeMap<String, u64>,
    /// How many went wrong in the same way, with the shortest of them.
    failed: BTreeMap<String, (u64, String)>,
}

fn walks(preset: &'static str, first: u64, count: u64) -> Walked {
    let mut desk = Desk::of(preset);
    let mut walked = Walked::default();
    for seed in first..first + count {
        let mut end = walk(&mut desk, preset, seed);
        end.ends.sort();
        end.ends.dedup();
        walked.ended += u64::from(end.ends.iter().any(|end| !end.ends_with("resolved")));
        end.ends.iter().for_each(|end| *walked.ends.entry(end.clone()).or_default() += 1);
        if !end.wrong.is_empty() {
            let (times, shortest) = walked.failed.entry(sort(preset, &end.wrong)).or_default();
            *times += 1;
            let story = told(preset, seed, &shrunk(&mut desk, preset, end));
            if shortest.is_empty() || story.len() < shortest.len() {
                *shortest = story;
            }
        }
    }
    walked
}

/// A number of the environment.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|word| word.parse().ok()).unwrap_or(default)
}

#[test]
fn whatever_people_do_a_case_ends_only_as_its_clauses_allow() {
    let (first, count) = (number("FB_SEED", 1), number("FB_WALKS", 20));
    let all = std::thread::scope(|scope| {
        let walking = PRESETS.map(|preset| scope.spawn(move || walks(preset, first, count)));
        walking.map(|walking| walking.join().unwrap())
    });
    let (mut wrong, mut ended) = (0, 0);
    for (preset, walked) in PRESETS.into_iter().zip(all) {
        eprintln!("{preset}: {count} walks, {} ended; {:?}", walked.ended, walked.ends);
        ended += walked.ended;
        for (sort, (times, story)) in &walked.failed {
            eprintln!("{times} times {sort}\n{story}");
            wrong += times;
        }
    }
    assert_eq!(wrong, 0, "walks that went wrong");
    assert!(ended * 10 >= count * PRESETS.len() as u64 * 3, "few walks end: {ended}");
}
