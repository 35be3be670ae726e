//! Compares the figures of a ledger with figures that were computed elsewhere.
//!
//! `cargo run --release --example compare -- LEDGER ORACLE.json`
//!
//! The oracle holds an object for each month and quarter (`monthly`, `quarterly`, keys as in `2026-10` and
//! `2026-Q3` or `2026Q3`) with `received`, `resolved`, `closed`, `backlog_end_not_closed`, and `handling_calendar_s` and
//! `handling_business_s` with `n`, `mean`, `median`, `p90` and `max` in seconds. Every period is compared; the
//! exit status is 1 where anything differs.

use std::path::Path;
use std::process::ExitCode;

use fb::case::Case;
use fb::ledger::Ledger;
use fb::policy::Book;
use fb::report::{Flow, Horizon, Period, Summary, Times, View};
use jiff::Timestamp;
use serde_json::Value;

/// Figures agree to the second, half a second of rounding on either side.
const TOLERANCE: f64 = 0.51;

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ledger, oracle] = arguments.as_slice() else {
        return end("usage: compare LEDGER ORACLE.json", 2);
    };
    match compare(Path::new(ledger), Path::new(oracle)) {
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
fn compare(directory: &Path, oracle: &Path) -> Outcome<usize> {
    let ledger = Ledger::above(directory).map_err(|error| error.to_string())?;
    let files = ledger.rule_files().map_err(|error| error.to_string())?;
    let book = Book::read(&files.shop, &files.calendars, &files.policies)
        .map_err(|found| format!("the rules cannot be used: {} problems", found.len()))?;
    let scan = ledger.scan();
    let cases: Vec<&Case> = scan.cases.iter().map(|found| &found.case).collect();
    let text = std::fs::read_to_string(oracle).map_err(|error| error.to_string())?;
    let oracle: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut tally = Tally::default();
    for span in ["monthly", "quarterly"] {
        for (label, expected) in oracle[span].as_object().into_iter().flatten() {
            let figures = figures(&cases, &book, label)?;
            tally.periods += 1;
            tally.period(label, &figures, expected);
        }
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
}

fn figures(cases: &[&Case], book: &Book, label: &str) -> Outcome<Figures> {
    let today = jiff::civil::date(2000, 1, 1);
    let label = if label.contains('-') { label.to_owned() } else { label.replacen('Q', "-Q", 1) };
    let period = Period::parse(&label, today, &book.shop.zone).map_err(|error| error.to_string())?;
    let view =
        View::of(cases, book, Horizon::of(&period, Timestamp::MAX)).map_err(|error| error.to_string())?;
    let flow = Flow::of(&view, &period);
    let resolution = Times::of(&view, &period).resolution;
    Ok(Figures {
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
    })
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
