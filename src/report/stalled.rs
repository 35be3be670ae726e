//! Open cases on which no limit runs and to which nothing has happened for long.

use super::figure::{Figure, FigureUnit, Figures};
use crate::case::{Id, Stamp, State};
use crate::policy::{RuleBook, Unwatched};
use crate::view::View;

/// A stalled case.
#[derive(Debug, Clone)]
pub(crate) struct StalledCase<'a> {
    /// The case.
    pub id: &'a Id,
    /// What it is about.
    pub title: &'a str,
    /// The case as it is.
    pub state: &'a State<'a>,
    /// Since when nothing has happened, and since when that is too long.
    pub lying: Unwatched,
    /// How long nothing has happened, in seconds.
    pub quiet: i64,
}

impl<'a> StalledCase<'a> {
    /// All of a view, the longest stalled first.
    pub(crate) fn all(view: &'a View<'a>) -> Vec<StalledCase<'a>> {
        let now = view.horizon.at;
        let mut found = Vec::new();
        for case in &view.cases {
            let Some(lying) = case.stalled(now) else { continue };
            let (title, state) = (case.replay.case.title.as_str(), case.replay.state());
            found.push(StalledCase { id: case.id(), title, state, lying, quiet: lying.quiet(now) });
        }
        found.sort_by_key(|case| (case.lying.stalled_at, case.id));
        found
    }

    /// The row.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'a> {
        let stamp = |at| Stamp::new(at, &book.shop.zone).to_string();
        Figures::new()
            .word("id", self.id.as_str())
            .word("status", self.state.status.word())
            .word("last", stamp(self.lying.since))
            .word("stalled_since", stamp(self.lying.stalled_at))
            .figure(quiet(self.quiet))
            .word("owner", self.state.owner)
            .word("department", self.state.department)
    }
}

/// How long nothing has happened, in seconds.
pub(super) fn quiet<'f>(seconds: i64) -> Figure<'f> {
    Figure::new("quiet_seconds", FigureUnit::Seconds, seconds).called("nothing since", "未有进展").means(
        "How long nothing has happened to a case on which no limit runs.",
        "没有时限计时的案卷，多久没有进展。",
    )
}
