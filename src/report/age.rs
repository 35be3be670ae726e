use serde_json::Value;

use super::Hits;
use super::view::View;

const DAY: i64 = 24 * 60 * 60;

/// How old the backlog is: days of elapsed time since the receipt.
#[derive(Debug, Clone)]
pub(crate) struct Age<'a> {
    /// Each bracket, half open, with its label.
    pub brackets: [(&'static str, Hits<'a>); 5],
}

impl<'a> Age<'a> {
    /// Sorts what has not ended by its age.
    pub(crate) fn of(view: &View<'a>) -> Age<'a> {
        let mut brackets = ["0-1", "1-3", "3-7", "7-30", "30+"].map(|label| (label, Hits::default()));
        for case in view.cases.iter().filter(|case| !case.replay.state().status.terminal()) {
            let seconds = view.horizon.at.as_second() - case.replay.case.received_at().as_second();
            let bracket = match seconds / DAY {
                ..1 => 0,
                1..3 => 1,
                3..7 => 2,
                7..30 => 3,
                30.. => 4,
            };
            let (_, hits): &mut (_, Hits<'a>) = &mut brackets[bracket];
            hits.add(case.id());
        }
        Age { brackets }
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let rows = self.brackets.each_ref().map(|(label, hits)| (*label, hits));
        super::counts(&rows, cases)
    }
}
