//! Compares the figures of a ledger with figures that were computed elsewhere.
//!
//! `cargo run --release --example compare -- LEDGER ORACLE.json [replay]`
//!
//! The oracle holds an object for each month and quarter (`monthly`, `quarterly`, keys as in `2026-10` and
//! `2026-Q3` or `2026Q3`) with `received`, `resolved`, `closed`, `backlog_end_not_closed`, and `handling_calendar_s` and
//! `handling_business_s` with `n`, `mean`, `median`, `p90` and `max` in seconds; and `late_resolved`, the cases resolved
//! in the period that took longer than a limit, for the clocks `72h`, `3wd` and `27wh` if the ledger's policy has them.
//! Every period is compared; the exit status is 1 where anything differs.
//!
//! A clock of ours is decided once, in the period in which it was met or its due passed; the oracle counts a late case
//! in the period of its resolution. What is said last reconciles the two: every limit missed is one that was resolved
//! late, or one that is still open.
//!
//! With `replay` the ledger's histories came in event by event, and `backlog_end_replay` alone is compared: received,
//! and by its events neither resolved nor ended.

#![allow(clippy::disallowed_methods)]

use std::path::Path;
use std::process::ExitCode;

use fb::case::{Case, Status};
use fb::ledger::Ledger;
use fb::policy::{ClockState, Instance, RuleBook};
use fb::report::{Flow, Period, Summary, Times};
use fb::view::{Horizon, View, Viewed};
use jiff::Timestamp;
use serde_json::Value;

/// Figures agree to the second, half a second of rounding on either side.
const TOLERANCE: f64 = 0.51;

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (ledger, oracle, replay) = match arguments.as_slice() {
        [ledger, oracle] => (ledger, oracle, false),
        [ledger, oracle, word] if word == "replay" => (ledger, oracle, true),
        _ => return end("usage: compare LEDGER ORACLE.json [replay]", 2),
    };
    match compare(Path::new(ledger), Path::new(oracle), replay) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(why) => end(&why, 3),
    }
}

#[allow(clippy::print_stderr)]
fn end(why: &str, status: u8) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(status)
}

/// Compares every period; how many figures differ.
#[allow(clippy::print_stdout)]
fn compare(directory: &Path, oracle: &Path, replay: bool) -> Outcome<usize> {
    let ledger = Ledger::above(directory).map_err(|error| error.to_string())?;
    let files = ledger.rule_files().map_err(|error| error.to_string())?;
    let book = RuleBook::read(&files.shop, &files.calendars, &files.policies)
        .map_err(|found| format!("the rules cannot be used: {} problems", found.len()))?;
    let scan = ledger.scan();
    let cases: Vec<&Case> = scan.cases.iter().map(|found| &found.case).collect();
    let text = std::fs::read_to_string(oracle).map_err(|error| error.to_string())?;
    let oracle: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut tally = Tally::default();
    for span in ["monthly", "quarterly"] {
        for (label, expected) in oracle[span].as_object().into_iter().flatten() {
            let period = period(&book, label)?;
            let view = view(&cases, &book, &period);
            tally.periods += 1;
            if replay {
                let open = |case: &&Viewed<'_>| {
                    let status = case.replay.state().status;
                    !status.terminal() && status != Status::Resolved
                };
                let open = view.cases.iter().filter(open).count() as f64;
                let theirs = expected["backlog_end_replay"].as_f64();
                tally.one(label, "backlog_end_replay", Some(open), theirs, 0.0);
            } else {
                tally.period(label, &figures(&view, &period), expected);
            }
        }
    }
    if !replay {
        reconcile(&cases, &book)?;
    }
    for line in &tally.differences {
        println!("{line}");
    }
    let Tally { periods, compared, differences } = tally;
    println!(
        "{} cases, {periods} periods, {compared} figures compared, {} differ",
        cases.len(),
        differences.len()
    );
    Ok(differences.len())
}

/// What a period says: counts by name, and durations by name.
struct Figures {
    counts: [(&'static str, usize); 4],
    durations: [(&'static str, Vec<f64>); 2],
    late: [(&'static str, Option<usize>); 3],
}

fn period(book: &RuleBook, label: &str) -> Outcome<Period> {
    let today = jiff::civil::date(2000, 1, 1);
    let label = if label.contains('-') { label.to_owned() } else { label.replacen('Q', "-Q", 1) };
    Period::parse(&label, today, &book.shop.zone).map_err(|error| error.to_string())
}

fn view<'a>(cases: &'a [&'a Case], book: &'a RuleBook, period: &Period) -> View<'a> {
    View::of(cases, book, Horizon::of(period.end, Timestamp::MAX))
}

/// The names of a limit there, and of the clock here.
const LIMITS: [(&str, &str); 3] = [("72h", "72h"), ("bd3_close", "3wd"), ("bd3_run", "27wh")];

/// The cases resolved in the period whose clock was missed; nothing of clocks that the policy does not have.
fn late(view: &View<'_>, period: &Period, clock: &str) -> Option<usize> {
    if !view.clock_names().contains(&clock) {
        return None;
    }
    let late = |case: &&Viewed<'_>| {
        let missed = |it: &&Instance<'_>| it.rule.name == clock && it.state == ClockState::Missed;
        case.clocks.iter().find(missed).and_then(|it| it.stopped).is_some_and(|at| period.holds(at))
    };
    Some(view.cases.iter().filter(late).count())
}

/// Says for each clock how the misses of all periods, decided once, come out as those that ended late and those open.
#[allow(clippy::print_stdout)]
fn reconcile(cases: &[&Case], book: &RuleBook) -> Outcome<()> {
    let end = cases.iter().flat_map(|case| &case.history).map(|event| event.at.instant()).max();
    let horizon = Horizon::at(end.unwrap_or(Timestamp::UNIX_EPOCH));
    let view = View::of(cases, book, horizon);
    for (_, clock) in LIMITS.iter().filter(|(_, clock)| view.clock_names().contains(clock)) {
        let of = |state| {
            let instances = view.cases.iter().flat_map(|case| &case.clocks);
            instances.filter(|it| it.rule.name == **clock && it.state == state).count()
        };
        let (late, open) = (of(ClockState::Missed), of(ClockState::Overdue));
        println!("{clock}: {} missed by their dues = {late} ended late + {open} still open", late + open);
    }
    Ok(())
}

fn figures(view: &View<'_>, period: &Period) -> Figures {
    let flow = Flow::of(view, period);
    let resolution = Times::of(view, period).resolution;
    let late = LIMITS.map(|(theirs, clock)| (theirs, late(view, period, clock)));
    Figures {
        late,
        counts: [
            ("received", flow.received.n()),
            ("resolved", resolution.counted.n()),
            ("closed", flow.closed.n()),
            ("backlog_end_not_closed", flow.closing.n()),
        ],
        durations: [
            ("handling_business_s", resolution.working.unwrap_or_default()),
            ("handling_calendar_s", resolution.elapsed),
        ],
    }
}

#[derive(Default)]
struct Tally {
    periods: usize,
    compared: usize,
    differences: Vec<String>,
}

impl Tally {
    fn period(&mut self, label: &str, figures: &Figures, expected: &Value) {
        for (name, count) in figures.counts {
            self.one(label, name, Some(count as f64), expected[name].as_f64(), 0.0);
        }
        for (name, count) in figures.late {
            if let Some(count) = count {
                let theirs = expected["late_resolved"][name].as_f64();
                self.one(label, &format!("late {name}"), Some(count as f64), theirs, 0.0);
            }
        }
        for (name, durations) in &figures.durations {
            let expected = &expected[*name];
            self.one(label, &format!("{name} n"), Some(durations.len() as f64), expected["n"].as_f64(), 0.0);
            let summary = Summary::of(durations);
            type Pick = fn(&Summary) -> f64;
            let parts: [(&str, Pick); 4] =
                [("mean", |s| s.mean), ("median", |s| s.median), ("p90", |s| s.p90), ("max", |s| s.max)];
            for (part, pick) in parts {
                let ours = summary.as_ref().map(pick);
                self.one(label, &format!("{name} {part}"), ours, expected[part].as_f64(), TOLERANCE);
            }
        }
    }

    fn one(&mut self, label: &str, name: &str, ours: Option<f64>, theirs: Option<f64>, tolerance: f64) {
        self.compared += 1;
        let same = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance,
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.differences.push(format!("{label} {name}: {ours:?} here, {theirs:?} there"));
        }
    }
}
