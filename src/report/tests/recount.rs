//! A recount of a ledger by a clerk with a pencil: the definitions of the figures, word by word, over plain words.

mod clocks;
mod departments;
mod stalled;
mod tally;
mod told;

use super::drawn::{Drawn, open};
use std::collections::BTreeMap;
use tally::Tally;
use told::{Step, Told, tell};

/// What is asked: a period in hours, and up to when histories are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub from: i64,
    pub to: i64,
    pub horizon: i64,
    /// Whether what happened at the horizon counts.
    pub inclusive: bool,
}

impl Asked {
    fn holds(&self, hour: i64) -> bool {
        self.from <= hour && hour < self.to
    }

    fn knows(&self, hour: i64) -> bool {
        hour < self.horizon || self.inclusive && hour == self.horizon
    }
}

/// Every figure of the monthly report, by the place at which it is.
pub(super) fn recount(ledger: &[Drawn], asked: &Asked) -> BTreeMap<String, String> {
    let told: Vec<Told> = ledger.iter().filter_map(|case| tell(case, asked)).collect();
    let mut tally = Tally::default();
    flow(&told, asked, &mut tally);
    by(&told, asked, &mut tally);
    times(&told, asked, &mut tally);
    events(&told, asked, &mut tally);
    satisfaction(&told, asked, "/satisfaction", &|_| true, &mut tally);
    remedies_and_causes(&told, asked, &mut tally);
    at_the_horizon(&told, asked, &mut tally);
    clocks::count(&told, asked, &mut tally);
    stalled::count(&told, asked, &mut tally);
    let complaints = told.iter().filter(|case| case.drawn.kind == "complaint" && asked.holds(case.received));
    let complaints = complaints.filter(|case| !case.is_void());
    tally.number("/complaint_rate/complaints", complaints.count() as f64);
    tally.lines()
}

/// What the audit of a quarter says of each department.
pub(super) fn recount_departments(ledger: &[Drawn], asked: &Asked) -> BTreeMap<String, String> {
    let told: Vec<Told> = ledger.iter().filter_map(|case| tell(case, asked)).collect();
    let mut tally = Tally::default();
    departments::count(&told, asked, &mut tally);
    tally.lines()
}

fn flow(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for figure in
        ["opening", "received", "reopened", "closed", "rejected", "voided", "voided_after_end", "closing"]
    {
        tally.expect(&format!("/flow/{figure}"), &format!("/flow/cases/{figure}"));
    }
    for case in told {
        let mut count =
            |figure: &str| tally.hit(&format!("/flow/{figure}"), &format!("/flow/cases/{figure}"), case);
        if case.open_before(asked.from) {
            count("opening");
        }
        if asked.holds(case.received) {
            count("received");
        }
        for ending in case.endings().filter(|step| asked.holds(step.hour)) {
            count(ending.status);
        }
        for _ in case.steps.iter().filter(|step| step.was_ended && !step.ended() && asked.holds(step.hour)) {
            count("reopened");
        }
        for step in case.steps.iter().filter(|step| step.said.name == "voided" && asked.holds(step.hour)) {
            count(if step.was_ended { "voided_after_end" } else { "voided" });
        }
        if case.open_before(asked.to) {
            count("closing");
        }
    }
}

fn by(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for dimension in ["kind", "category", "channel", "urgency", "department", "owner", "product"] {
        for case in told {
            let mut count = |key: Option<&str>, figure: &str| {
                let row = format!("/by/{dimension}/{}", key.unwrap_or("-"));
                for figure in ["received", "resolved", "closed", "closing"] {
                    tally.expect(&format!("{row}/{figure}"), &format!("{row}/cases"));
                }
                tally.hit(&format!("{row}/{figure}"), &format!("{row}/cases"), case);
            };
            if asked.holds(case.received) {
                count(case.steps.iter().find_map(|step| step.is(dimension)), "received");
            }
            if let Some(step) = case.resolution().filter(|step| asked.holds(step.hour)) {
                count(step.is(dimension), "resolved");
            }
            for step in case.endings().filter(|step| step.status == "closed" && asked.holds(step.hour)) {
                count(step.is(dimension), "closed");
            }
            if let Some(step) = case.before(asked.to).filter(|step| !step.ended()) {
                count(step.is(dimension), "closing");
            }
        }
    }
}

fn times(told: &[Told], asked: &Asked, tally: &mut Tally) {
    tally.expect("/resolved/n", "/resolved/cases/n");
    for case in told {
        if case.resolution().is_some_and(|step| asked.holds(step.hour)) {
            tally.hit("/resolved/n", "/resolved/cases/n", case);
        }
    }
    for time in ["contact", "resolution", "first_resolution", "closure", "round"] {
        measure(told, asked, time, &format!("/times/{time}"), &|_| true, tally);
    }
}

/// How long it took until the events that are wanted.
fn measure(
    told: &[Told],
    asked: &Asked,
    time: &str,
    place: &str,
    wanted: &dyn Fn(&Step) -> bool,
    tally: &mut Tally,
) {
    let (mut elapsed, mut working) = (Vec::new(), Vec::new());
    tally.expect_cases(&format!("{place}/cases"));
    for case in told {
        let first = |name| case.steps.iter().find(|step| step.said.name == name);
        let step = match time {
            "contact" => first("contacted"),
            "resolution" => case.resolution(),
            "first_resolution" => first("resolved").or_else(|| case.endings().next()),
            _ => case.endings().last(),
        };
        let measured = match time {
            "round" => case.rounds(),
            _ => step.map(|step| (case.received, step)).into_iter().collect(),
        };
        for (from, step) in measured.into_iter().filter(|(_, step)| asked.holds(step.hour) && wanted(step)) {
            tally.mention(&format!("{place}/cases"), case);
            // The stamp as it was written: before the receipt it is a negative time, which is no statistic.
            let to = step.said.hour;
            if to >= from {
                elapsed.push((to - from) * 3600);
                working.push((from..to).filter(|hour| open(*hour)).count() as i64 * 3600);
            }
        }
    }
    tally.summary(&format!("{place}/elapsed"), elapsed);
    tally.summary(&format!("{place}/working"), working);
}

fn events(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for figure in ["justified", "unjustified", "escalated", "returned", "rounds", "forwarded", "praise"] {
        tally.expect(&format!("/handling/{figure}"), &format!("/handling/cases/{figure}"));
    }
    for case in told {
        let mut hit = |figure: &str| {
            tally.hit(&format!("/handling/{figure}"), &format!("/handling/cases/{figure}"), case)
        };
        let mut judged = None;
        for step in case.steps.iter().filter(|step| asked.holds(step.hour)) {
            match step.said.name {
                "escalated" | "returned" => hit(step.said.name),
                "forwarded" if case.drawn.kind == "praise" => hit("forwarded"),
                "received" if case.drawn.kind == "praise" => hit("praise"),
                "triaged" | "amended" => judged = step.says("justified").or(judged),
                _ => {}
            }
            if step.began_a_round {
                hit("rounds");
            }
        }
        match judged.filter(|_| case.drawn.kind == "complaint") {
            Some("true") => hit("justified"),
            Some(_) => hit("unjustified"),
            None => {}
        }
    }
    for figure in ["escalated", "returned"] {
        tally.number(&format!("/handling/{figure}_cases"), tally.cases(&format!("/handling/cases/{figure}")));
    }
    let (yes, no) = (tally.count("/handling/justified"), tally.count("/handling/unjustified"));
    tally.share("/handling/justified_share", yes, yes + no);
}

/// The follow-ups that are wanted.
fn satisfaction(
    told: &[Told],
    asked: &Asked,
    place: &str,
    wanted: &dyn Fn(&Step) -> bool,
    tally: &mut Tally,
) {
    let figures = ["made", "reached", "satisfied"];
    for figure in figures {
        tally.expect(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"));
    }
    let mut scores = Vec::new();
    for case in told {
        for step in case.steps.iter().filter(|step| asked.holds(step.hour) && wanted(step)) {
            let n = match (step.said.name, step.says("outcome")) {
                ("followed-up", Some("satisfied")) => 3,
                ("followed-up", Some("dissatisfied")) => 2,
                ("followed-up", _) => 1,
                _ => continue,
            };
            for figure in &figures[..n] {
                tally.hit(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"), case);
            }
            scores.extend(step.says("score").map(|score| score.parse::<i64>().unwrap()));
        }
    }
    let [made, reached, satisfied] = figures.map(|figure| tally.count(&format!("{place}/{figure}")));
    tally.share(&format!("{place}/share"), satisfied, reached);
    tally.share(&format!("{place}/response"), reached, made);
    tally.number(&format!("{place}/scores"), scores.len() as f64);
    tally.share(&format!("{place}/mean_score"), scores.iter().sum::<i64>() as f64, scores.len() as f64);
}

/// What is counted under a cause.
#[derive(Default)]
struct Causing<'t> {
    n: i64,
    parties: Vec<&'t str>,
    justified: i64,
    resolved: i64,
    cost: i64,
}

fn remedies_and_causes(told: &[Told], asked: &Asked, tally: &mut Tally) {
    let mut costs: BTreeMap<String, i64> = BTreeMap::new();
    let mut causes: BTreeMap<&str, Causing<'_>> = BTreeMap::new();
    for case in told {
        if let Some(step) = case.resolution().filter(|step| asked.holds(step.hour)) {
            let row = format!("/remedies/{}", step.is("remedy").unwrap_or("-"));
            tally.hit(&format!("{row}/n"), &format!("{row}/cases"), case);
            *costs.entry(row).or_default() += step.is("cost").map_or(0, hundredths);
        }
        if case.drawn.kind == "improvement" {
            continue;
        }
        let diagnosed = |step: &&Step| step.said.name == "diagnosed" && asked.holds(step.hour);
        if let Some(step) = case.steps.iter().rev().find(diagnosed) {
            let cause = step.is("cause").unwrap();
            tally.mention(&format!("/causes/{cause}/cases"), case);
            let Causing { n, parties, justified, resolved, cost } = causes.entry(cause).or_default();
            *n += 1;
            *justified += i64::from(step.is("justified") == Some("true"));
            if let Some(resolution) = case.resolution() {
                *resolved += 1;
                *cost += resolution.is("cost").map_or(0, hundredths);
            }
            parties.extend(step.is("responsible"));
        }
    }
    for (row, cost) in costs {
        tally.number(&format!("{row}/cost"), cost as f64 / 100.0);
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(cause, found)| (-found.n, *cause));
    let all: i64 = causes.iter().map(|(_, found)| found.n).sum();
    let mut sum = 0;
    for (cause, Causing { n, mut parties, justified, resolved, cost }) in causes {
        sum += n;
        parties.sort_unstable();
        parties.dedup();
        tally.number(&format!("/causes/{cause}/n"), n as f64);
        tally.number(&format!("/causes/{cause}/justified"), justified as f64);
        tally.number(&format!("/causes/{cause}/resolved"), resolved as f64);
        tally.number(&format!("/causes/{cause}/cost"), cost as f64 / 100.0);
        tally.share(&format!("/causes/{cause}/share"), n as f64, all as f64);
        tally.share(&format!("/causes/{cause}/cumulative_share"), sum as f64, all as f64);
        tally.words(&format!("/causes/{cause}/responsible"), &parties.join(" "));
    }
}

/// `59.90` as 5990.
fn hundredths(word: &str) -> i64 {
    let (whole, part) = word.split_once('.').unwrap_or((word, "00"));
    whole.parse::<i64>().unwrap() * 100 + part.parse::<i64>().unwrap()
}

fn at_the_horizon(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for bracket in ["0-1", "1-3", "3-7", "7-30", "30+"] {
        tally.expect(&format!("/age/{bracket}"), &format!("/age/cases/{bracket}"));
    }
    let mut receipts: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    for case in told.iter().filter(|case| !case.is_void()) {
        if !case.steps[case.steps.len() - 1].ended() {
            let days = (asked.horizon - case.received) as f64 / 24.0;
            let bracket = match days {
                days if days < 1.0 => "0-1",
                days if days < 3.0 => "1-3",
                days if days < 7.0 => "3-7",
                days if days < 30.0 => "7-30",
                _ => "30+",
            };
            tally.hit(&format!("/age/{bracket}"), &format!("/age/cases/{bracket}"), case);
        }
        if let Some(customer) = case.drawn.customer.filter(|_| case.received >= asked.horizon - 90 * 24) {
            receipts.entry(customer).or_default().push(case);
        }
    }
    for (customer, cases) in receipts.iter().filter(|(_, cases)| cases.len() >= 2) {
        for case in cases {
            let row = format!("/repeat_customers/{customer}");
            tally.hit(&format!("{row}/n"), &format!("{row}/cases"), case);
        }
    }
}
