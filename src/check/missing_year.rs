use std::collections::BTreeMap;

use jiff::civil::Date;

use super::say;
use super::subject::Whole;
use crate::case::Id;
use crate::error::{Code, Finding, Place, Severity};
use crate::policy::{Book, Limit};

/// From this month on the year to come has to be there.
const NOVEMBER: i8 = 11;
/// So many cases are named.
const NAMED: usize = 5;

/// Years that clocks need already, with the cases that they are of; then those that clocks will soon need.
pub(super) fn find(whole: &Whole<'_, '_>) -> Vec<Finding> {
    let stock = whole.stock;
    let Some(book) = stock.book else { return Vec::new() };
    let mut missing: BTreeMap<(&str, i16), Vec<&Id>> = BTreeMap::new();
    for (id, year) in &whole.missing_years {
        missing.entry((year.calendar.as_str(), year.year)).or_default().push(id);
    }
    let today = book.shop.day(stock.until);
    let next = (today.month() >= NOVEMBER).then_some(today.year() + 1);
    let mut findings = Vec::new();
    for (at, calendar) in book.calendars.iter().enumerate() {
        let name = calendar.name();
        let place = || Place::file(stock.calendars.get(at).cloned().unwrap_or_default());
        for ((_, year), cases) in missing.iter().filter(|((needed, _), _)| *needed == name) {
            let message = say::year_needed(name, *year, cases.len(), shorts(cases));
            findings.push(Code::MissingYear.at(place(), message).help(say::add_year(*year)));
        }
        let soon = [Some(today.year()), next].into_iter().flatten();
        let soon = soon.filter(|_| counted(book, today, at));
        for year in soon.filter(|year| !calendar.has_year(*year) && !missing.contains_key(&(name, *year))) {
            let finding =
                Code::MissingYear.at(place(), say::year_to_come(name, year)).help(say::add_year(year));
            findings.push(Finding { severity: Severity::Warning, ..finding });
        }
    }
    findings
}

/// Whether a clock of the rules in force counts working time in the calendar, the `at`th of the book.
fn counted(book: &Book, today: Date, at: usize) -> bool {
    book.on(today)
        .clocks
        .iter()
        .any(|clock| clock.within.is_some_and(Limit::in_working_units) && clock.calendar == Some(at))
}

fn shorts(cases: &[&Id]) -> String {
    let mut shorts: Vec<&str> = cases.iter().take(NAMED).map(|id| id.short()).collect();
    if cases.len() > NAMED {
        shorts.push("…");
    }
    shorts.join(" ")
}
