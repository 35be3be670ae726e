//! The hours of a day: `["09:00-12:00", "13:30-18:00"]`.

use toml::Spanned;
use toml::de::DeValue;

use super::super::hours::{Hours, Shift};
use super::reader::{Entry, Reader};
use super::words;

/// Shifts with their places, in the order of the day; none overlaps another.
pub(super) type Shifts = Vec<Spanned<Shift>>;

/// Reads the shifts behind a key.
pub(super) fn read(reader: &mut Reader, entry: &Entry) -> Option<Shifts> {
    let DeValue::Array(items) = entry.value.get_ref() else {
        return reader.problem(entry.value.span(), words::no_shifts(entry.key), words::write_shifts());
    };
    let shift = |item| {
        let word = reader.word(item);
        let found = Shift::parse(word).filter(|_| item.get_ref().is_str());
        found
            .map(|shift| Spanned::new(item.span(), shift))
            .or_else(|| reader.problem(item.span(), words::bad_shift(word), words::write_shift()))
    };
    let read: Vec<Option<Spanned<Shift>>> = items.iter().map(shift).collect();
    let mut shifts = read.into_iter().collect::<Option<Shifts>>()?;
    shifts.sort_by_key(|shift| *shift.get_ref());
    apart(reader, &shifts).then_some(shifts)
}

/// Whether each shift ends before the next begins; else the later one is noted.
fn apart(reader: &mut Reader, shifts: &Shifts) -> bool {
    let mut apart = true;
    for pair in shifts.windows(2) {
        if let [one, next] = pair
            && one.get_ref().runs_into(*next.get_ref(), 0)
        {
            let message = words::overlap(next.to_string(), one.to_string());
            reader.problem::<()>(next.span(), message, words::part_shifts());
            apart = false;
        }
    }
    apart
}

/// The hours that the shifts make.
pub(super) fn hours(shifts: &Shifts) -> Hours {
    Hours::new(shifts.iter().map(|shift| *shift.get_ref()).collect())
}
