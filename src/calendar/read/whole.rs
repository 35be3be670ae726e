//! Problems that only the file as a whole shows, once the week and each year are correct.

use jiff::civil::{Date, Weekday};

use super::super::rules::{CalendarRules, Exception};
use super::say;
use super::years::Years;
use crate::toml_file::TomlPlace;

/// Reports a calendar without working time (at the place of its hours), make-up days without hours, and days that run
/// into the next.
pub(super) fn check(hours: &TomlPlace<'_>, rules: &CalendarRules, years: &Years<'_>) {
    if rules.week.iter().all(|hours| hours.is_empty()) && !rules.exceptions.values().any(has_hours) {
        hours.problem(say::no_hours(), say::add_hours());
        return;
    }
    let mut exceptions = years.exceptions.iter();
    if rules.ordinary(Weekday::Monday).is_empty()
        && let Some((date, (_, at))) = exceptions.find(|(_, (found, _))| *found == Exception::MakeUp)
    {
        at.problem(say::no_monday(), say::own_hours(*date, date.year()));
    }
    for (date, (_, at)) in &years.exceptions {
        let before = date.yesterday().ok().map(|before| (before, *date));
        let after = date.tomorrow().ok().filter(|next| !years.exceptions.contains_key(next));
        for (one, next) in before.into_iter().chain(after.map(|next| (*date, next))) {
            if run_together(rules, one, next) {
                let (hours, first) = (rules.day(one).hours, rules.day(next).hours);
                let message = say::days_overlap(one, hours.to_string(), next, first.to_string());
                at.problem(message, say::part_shifts());
            }
        }
    }
}

fn has_hours(exception: &Exception) -> bool {
    matches!(exception, Exception::Own(hours) if !hours.is_empty())
}

/// Whether a day's hours run into those of the next, as far as the file knows both.
fn run_together(rules: &CalendarRules, one: Date, next: Date) -> bool {
    let known = rules.has_year(one.year()) && rules.has_year(next.year());
    known && rules.day(one).hours.run_into(rules.day(next).hours)
}
