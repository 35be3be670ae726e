//! What is finished stays as it is: later events, later cases and later rules change no byte of it.

use proptest::prelude::*;

use super::drawn::{CLOCKS, Drawn, Said, any_ledger, any_period, book, instant, period, zone};
use crate::case::Case;
use crate::policy::RuleBook;
use crate::report::{
    Breakdown, CauseReport, Department, Dimension, Monthly, People, Period, Quarterly, SatisfactionReport,
    TimesReport, Trend, TrendColumn,
};
use crate::view::{Horizon, View};

/// Rules that rename the clocks' clauses, tighten a limit, drop a clock and bring a new one.
const LATER: &str = "
[[clock]]
name = 'answer'
start = ['received']
stop = ['contacted']
within = '1h'

[[clock]]
name = 'contact'
label = 'First call'
clause = 'S9.9'
start = ['received']
stop = ['contacted']
within = '2h'
";

/// Everything that a report of the period says, made at a certain hour.
fn printed(cases: &[Case], book: &RuleBook, period: &Period, now: i64) -> String {
    let cases: Vec<_> = cases.iter().collect();
    let view = |period: &Period| View::of(&cases, book, Horizon::of(period.end, instant(now)));
    let whole = view(period);
    let months: Vec<_> =
        period.months(&zone()).into_iter().map(|month| (month.clone(), view(&month))).collect();
    let monthly = Monthly::of(&whole, period).table(book).object(true);
    let earlier = period.previous(&zone()).unwrap();
    let before = Department::all(&view(&earlier), &earlier);
    let quarterly = Quarterly::of(&whole, period, &months, &before).table(book).object(true);
    let people = People::of(&whole, period, &months).table(book).object(true);
    let satisfaction = SatisfactionReport::of(&whole, period).table(book).object(true);
    let causes = CauseReport::of(&whole, period).table(book).object(true);
    let times = TimesReport::of(&whole, period, &Dimension::ALL).table(book).object(true);
    let columns = months.iter().map(|(month, view)| TrendColumn::of(view, month, &Dimension::ALL)).collect();
    let trend = Trend { columns }.table(&Dimension::ALL, book).object(true);
    let groups = Dimension::ALL.map(|dimension| {
        let groups = Breakdown::of(&whole, period, dimension);
        groups.table(book).iter().map(|group| group.object(true)).collect::<Vec<_>>()
    });
    serde_json::to_string(&(monthly, quarterly, people, satisfaction, causes, times, trend, groups)).unwrap()
}

fn cases(ledger: &[Drawn]) -> Vec<Case> {
    ledger.iter().map(Drawn::case).collect()
}

/// The same ledger with what happened later: more events in its cases, and more cases.
fn later(ledger: &[Drawn], more: &[Drawn], end: i64) -> Vec<Drawn> {
    let mut grown = ledger.to_vec();
    for (at, more) in more.iter().enumerate() {
        // What is drawn lies in three months: shifted, all of it is at the end or after it.
        let earliest = more.history.iter().map(|said| said.hour).min().unwrap_or_default();
        let shift = end - earliest.min(end) + i64::from(at as u8 % 2) * 30;
        let moved = |said: &Said| Said { hour: said.hour + shift, ..*said };
        match grown.get_mut(at).filter(|_| at % 3 != 2) {
            Some(case) => case.history.extend(more.history[1..].iter().map(moved)),
            None => {
                let id = format!("20261231-00000{at}");
                let history = more.history.iter().map(moved).collect();
                grown.push(Drawn { id, history, ..more.clone() });
            }
        }
    }
    grown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_happens_later_changes_a_finished_period(
        ledger in any_ledger(),
        more in any_ledger(),
        (label, _, end) in any_period(),
        wait in prop_oneof![Just(0), 0..3_000_i64],
    ) {
        let (book, period) = (book(&[("base", CLOCKS)]), period(&label));
        let before = printed(&cases(&ledger), &book, &period, end);
        let grown = later(&ledger, &more, end);
        prop_assert_eq!(printed(&cases(&grown), &book, &period, end + wait), before, "{} {:#?}", label, grown);
    }

    #[test]
    fn no_later_rule_changes_a_finished_period(ledger in any_ledger(), (label, _, end) in any_period()) {
        let period = period(&label);
        let before = printed(&cases(&ledger), &book(&[("base", CLOCKS)]), &period, end);
        let amended = book(&[("base", CLOCKS), (&period.next.to_string(), LATER)]);
        prop_assert_eq!(printed(&cases(&ledger), &amended, &period, end + 5_000), before);
    }
}

#[test]
fn rules_of_the_last_day_of_a_period_are_listed() {
    let names = |day: &str| {
        let book = book(&[("base", CLOCKS), (day, LATER)]);
        let october = period("2026-10");
        let view = View::of(&[], &book, Horizon::of(october.end, instant(2_000)));
        view.clock_names().join(" ")
    };
    assert_eq!(names("2026-10-31"), "answer contact resolve waiting handover");
    assert_eq!(names("2026-11-01"), "contact resolve waiting handover");
}
