//! The only way to change a case: events are drafted, the policy allows them or says what is missing, the events are
//! added to the file, the file is moved, and one commit is made.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{event_args, say, subject};
use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, moment, value};
use crate::case::{Case, Event, EventName, Field, Id, Replay, Status};
use crate::casefile;
use crate::clock::Trigger;
use crate::error::{Code, Error, Exit, Finding, Place, Result};
use crate::lang::{Lang, Text, common, names};
use crate::ledger::{Found, Plan, Write};
use crate::policy::{
    self, AskedField, ClockState, Lack, against_later, completed, implied_events, instances, left_open,
    missing_for_status, to_say, towards, violations,
};
use crate::privacy::Privacy;
use crate::render::Format;
use crate::session::{Session, Written, place};

pub(crate) use super::event_args::Payload;

/// The flags of every command that handles cases.
#[derive(Debug, Clone, Args)]
pub(crate) struct OnCasesArgs {
    #[arg(value_name = value::ID.both(), required = true, help = flag::CASES.both())]
    pub ids: Vec<String>,
    #[arg(short = 'm', long, value_name = value::TEXT.both(), allow_hyphen_values = true)]
    #[arg(help = flag::NOTE.both())]
    pub note: Option<String>,
    #[command(flatten)]
    pub how: RecordingArgs,
}

/// When and by whom something was done, and how the answer is printed.
#[derive(Debug, Clone, Args)]
pub(crate) struct RecordingArgs {
    #[arg(long, value_name = value::TIME.both(), help = flag::AT.both())]
    pub at: Option<String>,
    #[arg(long, value_name = value::PERSON.both(), env = "FB_BY", help = flag::BY.both())]
    pub by: Option<String>,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    pub format: Format,
}

/// A case, and the events that are about to be added to it.
pub(crate) struct PlannedChange {
    /// The case as it is on disk.
    pub(crate) found: Found,
    /// What happens to it, in order.
    pub(crate) events: Vec<Event>,
}

/// Applies one event to each of the cases.
pub(crate) fn apply(session: &Session, on: &OnCasesArgs, name: EventName, payload: Payload) -> Result<Exit> {
    // Questions come only after this: an answer that cannot be written would be lost.
    session.no_rebase()?;
    let payload = payload.maybe(Field::Note, on.note.clone());
    let found = find_all(session, &on.ids)?;
    let cases: Vec<&Case> = found.iter().map(|found| &found.case).collect();
    let event = event_args::event(session, &on.how, name, payload, &cases)?;
    // They are looked up again under the lock: with a whole name, that takes no list of all cases.
    let names: Vec<String> = found.iter().map(|found| found.case_path.name.clone()).collect();
    apply_event(session, &names, &event, on.how.format)
}

/// Applies an event that is ready to each of the cases.
pub(crate) fn apply_event(session: &Session, ids: &[String], event: &Event, format: Format) -> Result<Exit> {
    let lock = session.lock()?;
    let changes = find_all(session, ids)?
        .into_iter()
        .map(|found| PlannedChange { events: vec![event.clone()], found })
        .collect::<Vec<_>>();
    let done = prepare(session, changes)?;
    let written = session.write(&lock, &plan(session, &done, Vec::new())?)?;
    answer(session, &done, &written, format)?;
    Ok(written.exit)
}

/// The cases, each once, in the order given.
fn find_all(session: &Session, ids: &[String]) -> Result<Vec<Found>> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for part in ids {
        let found = session.ledger.find(part)?;
        if seen.insert(found.case.id.clone()) {
            all.push(found);
        }
    }
    Ok(all)
}

/// A case with its new text and place.
pub(crate) struct Done {
    pub(crate) case: Case,
    pub(crate) added: Vec<Event>,
    before: Status,
    /// What people called its status.
    was: Text,
    pub(crate) write: Write,
}

/// Checks every event against the rules and composes the new texts; nothing is written yet. The error lists what is
/// wrong with all of the cases.
pub(crate) fn prepare(session: &Session, changes: Vec<PlannedChange>) -> Result<Vec<Done>> {
    let mut done = Vec::new();
    let mut errors: Vec<Error> = Vec::new();
    for change in changes {
        match prepare_one(session, change) {
            Ok(one) => done.push(one),
            Err(error) => errors.push(error),
        }
    }
    let mut errors = errors.into_iter();
    let Some(mut first) = errors.next() else { return Ok(done) };
    for more in errors {
        first.hints.push(more.message);
        first.hints.extend(more.hints);
        first.findings.extend(more.findings);
    }
    Err(first)
}

fn prepare_one(session: &Session, change: PlannedChange) -> Result<Done> {
    let PlannedChange { found, events } = change;
    let before = session.ledger.disk().text(&found.path)?;
    let replay = session.book.whole(&found.case);
    let (status, was) = (replay.state().status, names::standing(replay.state()).text());
    let added = allowed(session, &found.case, events)?;
    let (mut case, mut text) = (found.case, before.clone());
    for event in &added {
        text = casefile::append(&text, &case, event).map_err(|cannot| in_the_way(cannot, &found.path))?;
        case.history.push(event.clone());
    }
    let new = place(&session.book, &case);
    let write = Write { old: Some(found.path), before: Some(before), new, text };
    Ok(Done { case, added, before: status, was, write })
}

/// The events as they are recorded, with those that follow from them.
///
/// # Errors
/// If the rules do not allow one of them after those before it.
pub(crate) fn allowed(session: &Session, case: &Case, events: Vec<Event>) -> Result<Vec<Event>> {
    let (mut case, mut added) = (case.clone(), Vec::new());
    for event in events {
        let implied = implied_events(&session.book, session.book.whole(&case).state(), event);
        for mut event in implied {
            if event.at.instant() > session.now {
                return Err(Error::refused(say::in_future(event.at)).hint(say::at_help()));
            }
            after_newest(session, &case, &mut event);
            let event = stay_open(session, &case, event);
            permit(session, &case, &event)?;
            case.history.push(event.clone());
            added.push(event);
        }
    }
    Ok(added)
}

/// How far another computer's clock may be ahead of this one; a later stamp is a mistake.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// An event that happens now comes after the newest stamp of the case: if another computer's clock is ahead of this one,
/// the event is stamped a second after that. An event that `--at` puts into the past stays there.
fn after_newest(session: &Session, case: &Case, event: &mut Event) {
    let newest = case.history.iter().map(|past| past.at).max_by_key(|at| at.instant());
    let Some(newest) =
        newest.filter(|newest| event.recorded.is_none() && event.at.instant() < newest.instant())
    else {
        return;
    };
    if newest.instant().duration_since(event.at.instant()) > AHEAD {
        event.recorded = Some(event.at);
        return;
    }
    event.at = session.stamp(newest.instant() + SignedDuration::from_secs(1));
    session.terminal.note(&say::clock_behind(case.id.short(), newest));
}

/// A file that no event can be added to, with the place.
pub(crate) fn in_the_way(cannot: casefile::CannotAppend, path: &Path) -> Error {
    let place = Place { line: cannot.line, column: cannot.line.map(|_| 1), ..Place::file(path) };
    let finding = Finding::error(Code::BadValue, place, cannot.reason).help(cannot.help);
    Error::failed(say::cannot_stamp(path)).because(vec![finding])
}

/// The event as it would be recorded now, by itself.
pub(super) fn as_recorded(session: &Session, case: &Case, event: Event) -> Event {
    stay_open(session, case, completed(&session.book, session.book.whole(case).state(), event))
}

/// Says in the event that the case stays where it is, if it does.
fn stay_open(session: &Session, case: &Case, event: Event) -> Event {
    match session.book.replay(case, event.at.instant()) {
        Some(history) => left_open(&session.book, &history, event),
        None => event,
    }
}

/// Checks that the event is allowed now; the error says what is missing.
pub(crate) fn permit(session: &Session, case: &Case, event: &Event) -> Result<()> {
    let short = case.id.short();
    let at = event.at.instant();
    if at < case.received_at() {
        return Err(Error::refused(say::before_receipt(short, case.receipt().at)).hint(say::at_help()));
    }
    let rules = session.book.rules(case);
    let Some(history) = session.book.replay(case, at) else { return Ok(()) };
    let mut found = violations(&session.book, rules, &history, event);
    if found.is_empty() {
        found.extend(against_later(&session.book, rules, case, event));
    }
    let mut found = found.into_iter();
    let Some(first) = found.next() else { return Ok(()) };
    let mut hints: Vec<Text> = way_on(session, &history, event, first.lack.as_ref()).into_iter().collect();
    hints.extend(first.help);
    for more in found {
        let way = way_on(session, &history, event, more.lack.as_ref());
        hints.push(more.message);
        hints.extend(way);
        hints.extend(more.help);
    }
    let mut error = Error::refused(first.message);
    for hint in hints {
        if !error.hints.contains(&hint) {
            error.hints.push(hint);
        }
    }
    Err(error)
}

/// The command that takes the first step towards what is missing.
fn way_on(session: &Session, history: &Replay<'_>, event: &Event, lack: Option<&Lack>) -> Option<Text> {
    let book = &session.book;
    let command = match lack? {
        Lack::Step(step) => towards(book, history, step.any.iter().map(|one| &one.trigger)),
        Lack::Role(role) => towards(book, history, [&Trigger::Saying(EventName::Approved, role.clone())]),
        Lack::Proposal => towards(book, history, [&Trigger::Event(EventName::Proposed)]),
        Lack::Field(AskedField::Payload(field)) if !event.name.takes(*field) => to_say(book, history, *field),
        // The violation itself names the flag.
        Lack::Field(_) => None,
    };
    command.map(say::do_step)
}

/// The plan of a command's changes; `also` are files that are in place already.
///
/// # Errors
/// Where git cannot be asked who commits.
pub(crate) fn plan(session: &Session, done: &[Done], also: Vec<PathBuf>) -> Result<Plan> {
    let subject =
        subject::line(&done.iter().map(|one| (&one.case.id, one.added.as_slice())).collect::<Vec<_>>());
    let mut trailers: Vec<(String, String)> =
        done.iter().map(|one| ("Case".to_owned(), one.case.id.to_string())).collect();
    let mut names: Vec<&str> =
        done.iter().flat_map(|one| &one.added).map(|event| event.name.word()).collect();
    names.dedup();
    let names: BTreeSet<&str> = names.into_iter().collect();
    trailers.extend(names.into_iter().map(|name| ("Event".to_owned(), name.to_owned())));
    let people = done.iter().flat_map(|one| &one.added).filter_map(|event| event.by.as_deref());
    trailers.extend(session.entered_for(people)?);
    Ok(Plan {
        writes: done.iter().map(|one| one.write.clone()).collect(),
        also,
        subject,
        trailers,
        ..Plan::default()
    })
}

/// Prints the result.
pub(crate) fn answer(session: &Session, done: &[Done], written: &Written, format: Format) -> Result<()> {
    if format == Format::Json {
        let cases: Vec<_> = done.iter().map(|one| summary(session, &one.case, &one.write.new)).collect();
        let answer = written.told(json!({ "version": 1, "cases": cases }));
        return session.terminal.out(&crate::render::json(&answer, Privacy::Masked));
    }
    for one in done {
        session.terminal.line(&Text::same(line(session, one)))?;
    }
    Ok(())
}

/// A case for programs, in short.
pub(crate) fn summary(session: &Session, case: &Case, path: &Path) -> serde_json::Value {
    let replay = session.book.whole(case);
    json!({
        "id": case.id.as_str(),
        "kind": case.kind.word(),
        "status": replay.state().status.word(),
        "voided": replay.state().voided,
        "path": path.to_string_lossy(),
    })
}

/// `7k3q9x  investigating → escalated (supervisor: wang.fang)   resolve due in 5 h`
fn line(session: &Session, one: &Done) -> String {
    let lang = session.terminal.lang;
    let replay = session.book.whole(&one.case);
    let state = replay.state();
    let to = one.added.last().map(|event| subject::aim(session, event)).unwrap_or_default();
    let moved = match (one.before == state.status, one.added.last()) {
        (true, Some(event)) => say::stayed(state.status, common_name(event)),
        _ => say::moved(one.was.clone(), names::standing(state).text()),
    };
    let mut line = format!("{}  {}", one.case.id.short(), moved.to(lang));
    if !to.to(lang).is_empty() {
        line.push_str(&format!(" ({})", to.to(lang)));
    }
    if let Some(missing) = not_closed(session, one) {
        line.push_str(&format!("   {}", missing.to(lang)));
    }
    if let Some(next) = next_due(session, &one.case) {
        line.push_str(&format!("   {}", next.to(lang)));
    }
    line
}

/// What a case lacks whose customer is satisfied, so that it is not closed.
fn not_closed(session: &Session, one: &Done) -> Option<Text> {
    let event = one.added.last()?;
    if event.name != EventName::FollowedUp || event.flag(Field::Open) != Some(true) {
        return None;
    }
    let rules = session.book.rules(&one.case);
    let close = Event::new(EventName::Closed, event.at);
    let missing = missing_for_status(&session.book, rules, &session.book.whole(&one.case), &close);
    let lacks = missing.iter().filter_map(|violation| violation.lack.as_ref());
    let labels: Vec<_> = lacks.map(|lack| lack.label(&session.book, rules)).collect();
    Some(say::not_closed_yet(crate::lang::list(&labels)))
}

fn common_name(event: &Event) -> Text {
    crate::lang::names::event(event.name).text()
}

/// What is due next in a case now, in words, as in `fb list`: an event that is stamped in the future has not started or
/// stopped a clock yet. `None` if no clock runs. If a due cannot be computed, the words say why.
pub(crate) fn next_due(session: &Session, case: &Case) -> Option<Text> {
    let now = session.now;
    let replay = session.book.replay(case, now)?;
    let rules = session.book.rules(case);
    let clocks = instances(&replay, rules, &session.book, now);
    let next = policy::next_due(&clocks)?;
    let label = rules.clock_label(&next.rule.name);
    let mut words = Vec::new();
    match (next.state, next.remaining(now)) {
        (ClockState::Unknown, _) => {}
        (ClockState::Overdue, Some(left)) => words.push(say::late_by(label, crate::lang::duration(left))),
        (_, Some(left)) => words.push(say::due_in(label, crate::lang::duration(left))),
        (_, None) => words.push(say::paused(label)),
    }
    let mut open = clocks.iter().filter(|clock| clock.open());
    if let Some((rule, undue)) = open.find_map(|clock| Some((clock.rule, clock.undue.as_ref()?))) {
        words.push(say::due_unknown(rules.clock_label(&rule.name), undue.message()));
    }
    Some(crate::lang::list(&words))
}

/// A new id that no case has.
pub(crate) fn new_id(session: &Session, received: Timestamp) -> Result<Id> {
    let day = session.book.shop.day(received);
    for _ in 0..100 {
        let mut random = [0; 4];
        getrandom::fill(&mut random).map_err(|error| Error::failed(say::no_random(error.to_string())))?;
        let id = Id::new(day, u32::from_le_bytes(random));
        if !session.ledger.is_taken(&id) {
            return Ok(id);
        }
    }
    Err(Error::failed(say::no_random("100")))
}

/// The instant that `--at` names, or now.
pub(crate) fn instant(session: &Session, how: &RecordingArgs) -> Result<Timestamp> {
    match &how.at {
        Some(word) => moment::read(session, "--at", word),
        None => Ok(session.now),
    }
}

/// A name that is not in its list, with the nearest that is.
pub(crate) fn unknown_name(session: &Session, list: crate::case::Names, word: &str) -> Error {
    let names = &session.book.shop.names;
    let error = Error::refused(say::unknown_name(crate::lang::names::list(list).text(), word));
    let known: Vec<&str> = names.all(list).iter().map(|(known, _)| known.as_str()).collect();
    match names.nearest(list, word) {
        Some(near) => error.hint(common::did_you_mean(near)),
        None => error.hint(common::known_here(known.join(" "))),
    }
    .hint(say::add_name(crate::lang::names::list(list).pick(Lang::En), common::shell_word(word)))
}
