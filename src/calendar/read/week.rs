//! `[hours]`: the ordinary week, by `mon`, `mon-fri` or `mon,wed`.

use jiff::civil::Weekday;

use super::super::hours::Hours;
use super::say;
use super::shifts::{self, Shifts};
use crate::lang;
use crate::toml_file::{TomlValue, TomlWord};

/// The hours of each weekday, Monday first.
pub(super) type Week = [Hours; 7];

/// The names of the weekdays in the file.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads the ordinary week; a weekday that is not named is off.
pub(super) fn read(value: &TomlValue<'_>) -> Option<Week> {
    let table = value.table()?;
    let mut week: [Option<Shifts<'_>>; 7] = Default::default();
    let mut sound = true;
    for value in table.values() {
        let (Some(days), Some(shifts)) = (weekdays(&value.key), shifts::read(&value)) else {
            sound = false;
            continue;
        };
        for day in days {
            if week[day].replace(shifts.clone()).is_some() {
                value.key.at.problem(say::weekday_twice(NAMES[day]), say::name_once());
                sound = false;
            }
        }
    }
    let week = week.map(Option::unwrap_or_default);
    sound &= ends_in_time(&week);
    sound.then(|| week.each_ref().map(shifts::hours))
}

/// The weekdays in a key, as indices of the week.
fn weekdays(key: &TomlWord<'_>) -> Option<Vec<usize>> {
    let mut days = Vec::new();
    for part in key.word.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first, key)?, place(last, key)?);
        let length = (last + NAMES.len() - first) % NAMES.len() + 1;
        days.extend((first..first + length).map(|day| day % NAMES.len()));
    }
    Some(days)
}

/// The index of a weekday in a key.
fn place(weekday: &str, key: &TomlWord<'_>) -> Option<usize> {
    let weekday = TomlWord { word: weekday, at: key.at.clone() };
    weekday.one_of(say::weekday(), &[0, 1, 2, 3, 4, 5, 6], |day| NAMES[day])
}

/// Whether no day's hours run into the next day's; a shift that does is reported once.
fn ends_in_time(week: &[Shifts<'_>; 7]) -> bool {
    let mut noted = Vec::new();
    for (day, shifts) in week.iter().enumerate() {
        let next = (day + 1) % week.len();
        if let (Some((last, at)), Some((first, _))) = (shifts.last(), week[next].first())
            && last.runs_into(*first, 1)
            && !noted.contains(&at.place())
        {
            noted.push(at.place());
            let message = say::runs_on(last.to_string(), name(day), first.to_string(), name(next));
            at.problem(message, say::part_shifts());
        }
    }
    noted.is_empty()
}

/// A weekday as people write it.
fn name(day: usize) -> lang::Text {
    lang::weekday(Weekday::Monday.wrapping_add(i64::try_from(day).unwrap_or_default()))
}
