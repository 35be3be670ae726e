//! The hours of a day: `["09:00-12:00", "13:30-18:00"]`.

use super::super::hours::{Hours, Shift};
use super::say;
use crate::toml_file::{TomlPlace, TomlValue};

/// Shifts with their places, in the order of the day; none overlaps another.
pub(super) type Shifts<'f> = Vec<(Shift, TomlPlace<'f>)>;

/// Reads the shifts of a key.
pub(super) fn read<'f>(value: &TomlValue<'f>) -> Option<Shifts<'f>> {
    let read: Vec<_> = value.list()?.iter().map(shift).collect();
    let mut shifts = read.into_iter().collect::<Option<Shifts<'f>>>()?;
    shifts.sort_by_key(|(shift, _)| *shift);
    apart(&shifts).then_some(shifts)
}

fn shift<'f>(value: &TomlValue<'f>) -> Option<(Shift, TomlPlace<'f>)> {
    let word = value.word()?;
    let shift = Shift::parse(word.word);
    if shift.is_none() {
        word.at.problem(say::bad_shift(word.word), say::write_shift());
    }
    Some((shift?, word.at))
}

/// Whether each shift ends before the next begins; else the later one is noted.
fn apart(shifts: &Shifts<'_>) -> bool {
    let mut apart = true;
    for pair in shifts.windows(2) {
        if let [(one, _), (next, at)] = pair
            && one.runs_into(*next, 0)
        {
            at.problem(say::overlap(next.to_string(), one.to_string()), say::part_shifts());
            apart = false;
        }
    }
    apart
}

/// The hours that the shifts make.
pub(super) fn hours(shifts: &Shifts<'_>) -> Hours {
    Hours::new(shifts.iter().map(|(shift, _)| *shift).collect())
}
