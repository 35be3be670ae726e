//! `[hours]`: the ordinary week, by `mon`, `mon-fri` or `mon,wed`.

use jiff::civil::Weekday;

use super::super::hours::Hours;
use super::reader::{Entry, Reader};
use super::shifts::{self, Shifts};
use super::words;
use crate::lang::{self, common};

/// The hours of each weekday, Monday first.
pub(super) type Week = [Hours; 7];

/// The names of the weekdays in the file.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads the ordinary week; a weekday that is not named is off.
pub(super) fn read(reader: &mut Reader, entry: &Entry) -> Option<Week> {
    let table = reader.table(entry)?;
    let mut week: [Option<Shifts>; 7] = Default::default();
    let mut sound = true;
    for entry in reader.entries(table) {
        let days = weekdays(&entry, reader);
        let shifts = shifts::read(reader, &entry);
        let (Some(days), Some(shifts)) = (days, shifts) else {
            sound = false;
            continue;
        };
        for day in days {
            if week[day].replace(shifts.clone()).is_some() {
                let message = words::weekday_twice(NAMES[day]);
                reader.problem::<()>(entry.span.clone(), message, words::name_once());
                sound = false;
            }
        }
    }
    let week = week.map(Option::unwrap_or_default);
    sound &= ends_in_time(reader, &week);
    sound.then(|| week.each_ref().map(shifts::hours))
}

/// The weekdays that a key names, as places in the week.
fn weekdays(entry: &Entry, reader: &mut Reader) -> Option<Vec<usize>> {
    let mut days = Vec::new();
    for part in entry.key.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let mut find = |name: &str| {
            NAMES.iter().position(|known| *known == name).or_else(|| {
                let help = common::nearest(name, NAMES).map_or_else(words::weekdays_are, words::did_you_mean);
                reader.problem(entry.span.clone(), words::bad_weekday(name), help)
            })
        };
        let (first, last) = (find(first)?, find(last)?);
        let length = (last + NAMES.len() - first) % NAMES.len() + 1;
        days.extend((first..first + length).map(|day| day % NAMES.len()));
    }
    Some(days)
}

/// Whether no day's hours run into the next day's; else the shift that does is noted, once.
fn ends_in_time(reader: &mut Reader, week: &[Shifts; 7]) -> bool {
    let mut noted = Vec::new();
    for (day, shifts) in week.iter().enumerate() {
        let next = (day + 1) % week.len();
        if let (Some(last), Some(first)) = (shifts.last(), week[next].first())
            && last.get_ref().runs_into(*first.get_ref(), 1)
            && !noted.contains(&last.span())
        {
            noted.push(last.span());
            let message = words::runs_on(last.to_string(), name(day), first.to_string(), name(next));
            reader.problem::<()>(last.span(), message, words::part_shifts());
        }
    }
    noted.is_empty()
}

/// A weekday as people say it.
fn name(day: usize) -> lang::Text {
    lang::weekday(Weekday::Monday.wrapping_add(i64::try_from(day).unwrap_or_default()))
}
