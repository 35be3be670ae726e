use super::figure::{Figure, Figures};
use super::{Counted, say};
use crate::view::View;

const DAY: i64 = 24 * 60 * 60;

/// How old the backlog is: days of elapsed time since the receipt.
#[derive(Debug, Clone)]
pub(crate) struct Age<'a> {
    /// Each bracket by its key: from the first day on, up to but without the last.
    pub brackets: [(&'static str, Counted<'a>); 5],
}

impl<'a> Age<'a> {
    /// An empty backlog.
    pub(super) fn none() -> Age<'a> {
        Age { brackets: ["0-1", "1-3", "3-7", "7-30", "30+"].map(|label| (label, Counted::default())) }
    }

    /// Sorts what has not ended by its age.
    pub(crate) fn of(view: &View<'a>) -> Age<'a> {
        let Age { mut brackets } = Age::none();
        for case in view.cases.iter().filter(|case| !case.replay.state().status.terminal()) {
            let seconds = view.horizon.at.as_second() - case.replay.case.received_at().as_second();
            let bracket = match seconds / DAY {
                ..1 => 0,
                1..3 => 1,
                3..7 => 2,
                7..30 => 3,
                30.. => 4,
            };
            let (_, hits): &mut (_, Counted<'a>) = &mut brackets[bracket];
            hits.add(case.id());
        }
        Age { brackets }
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        let mut table = Figures::new().called(say::age());
        for (bracket, hits) in &self.brackets {
            table = table.figure(open_for(bracket, hits));
        }
        table
    }
}

/// How many cases have been open for so many days.
fn open_for<'f>(bracket: &'static str, hits: &'f Counted<'f>) -> Figure<'f> {
    let figure = Figure::counted(bracket, hits).means(
        "Open cases, by the days of 24 hours since they came in; `1-3` is one day or more and less than three.",
        "未结件数，按受理至今的天数（每 24 小时为一天）分档；“1-3”指满 1 天、不足 3 天。",
    );
    let label = if bracket == "30+" { say::over_days() } else { say::days(bracket) };
    Figure { label, ..figure }
}
