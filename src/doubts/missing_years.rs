//! The years that figures need and that a calendar lacks: which limits and working times are unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::{Doubt, FigureGroup, Warranty, say};
use crate::calendar::MissingYear;
use crate::error::{Code, Finding, Place};
use crate::lang::common::count;
use crate::lang::list;
use crate::view::View;

impl Warranty {
    /// The same with a doubt for each year that the clocks of the view need and that their calendar lacks. `times`: the
    /// years that working times need.
    #[must_use]
    pub(crate) fn missing_years(mut self, view: &View<'_>, times: &BTreeSet<MissingYear>) -> Warranty {
        let mut years: BTreeMap<MissingYear, usize> = view.unknown_clocks();
        for missing in times {
            years.entry(missing.clone()).or_default();
        }
        for (missing, clocks) in years {
            let doubt = doubt(&missing, clocks, times.contains(&missing), view);
            self.add(doubt);
        }
        self
    }
}

fn doubt(missing: &MissingYear, clocks: usize, has_times: bool, view: &View<'_>) -> Doubt {
    let (mut unknown, mut moves) = (Vec::new(), Vec::new());
    if clocks > 0 {
        unknown.push(say::unknown_clocks(count(clocks, "time limit is", "time limits are", "个时限")));
        moves.push(FigureGroup::Clocks);
    }
    if has_times {
        unknown.push(say::no_working_times());
        moves.push(FigureGroup::Times);
    }
    let message = say::missing_year(missing.message(), list(&unknown), missing.year);
    let place = Place::file(
        view.book.calendar(&missing.calendar).map_or_else(Default::default, |it| it.file().to_owned()),
    );
    Doubt { finding: Finding::error(Code::MissingYear, place, message), moves, since: None }
}
