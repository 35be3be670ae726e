use super::figure::{Figure, Figures};
use super::{Counted, Measured, say};
use crate::lang::Text;

const HOUR: u32 = 60 * 60;

/// How long a set of cases took, in brackets of elapsed time.
///
/// A time at the upper bound of a bracket belongs to it, because a step at its very due is in time. A case counts once
/// for each time that was measured; negative times are not measured.
#[derive(Debug, Clone)]
pub(crate) struct Distribution<'a> {
    /// Each bracket with its word for programs; the last has no bound.
    pub brackets: [(&'static str, Counted<'a>); 8],
}

impl<'a> Distribution<'a> {
    /// The upper bounds in seconds, ascending; what is longer is in the last bracket.
    pub(crate) const BOUNDS: [u32; 7] =
        [HOUR / 4, HOUR, 4 * HOUR, 24 * HOUR, 48 * HOUR, 72 * HOUR, 7 * 24 * HOUR];

    /// Sorts what was measured.
    pub(crate) fn of(measured: &Measured<'a>) -> Distribution<'a> {
        let words = ["15m", "1h", "4h", "24h", "48h", "72h", "7d", "more"];
        let mut brackets = words.map(|word| (word, Counted::default()));
        for (id, seconds) in measured.elapsed_by_case() {
            let place = Distribution::BOUNDS.partition_point(|bound| f64::from(*bound) < seconds);
            brackets[place].1.add(id);
        }
        Distribution { brackets }
    }

    /// The figures.
    pub(crate) fn table(self) -> Figures<'a> {
        let mut table = Figures::new();
        for (place, (word, hits)) in self.brackets.into_iter().enumerate() {
            let label = Distribution::BOUNDS.get(place).map_or_else(say::longer, |bound| up_to(*bound));
            let figure = Figure::all_counted(word, hits).means(
                "Times in this bracket; a time at the upper bound belongs to it.",
                "时长落在此档的件数，正好等于上限的计入此档。",
            );
            table = table.figure(Figure { label, ..figure });
        }
        table
    }
}

/// An upper bound in the largest unit that people use for it: hours up to three days.
fn up_to(seconds: u32) -> Text {
    match seconds {
        ..3_600 => say::up_to_minutes(seconds / 60),
        3_600..=259_200 => say::up_to_hours(seconds / 3_600),
        _ => say::up_to_days(seconds / 86_400),
    }
}
