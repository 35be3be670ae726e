//! Reports as pages for people: one file a report. Tables that several pages show are in `parts`.

mod behind;
mod causes;
mod columns;
mod difference;
mod feedback;
mod groups;
mod monthly;
mod overdue;
mod parts;
mod people;
mod quarterly;
mod satisfaction;
mod say;
mod times;
mod trend;
mod what_if;

pub(crate) use behind::behind;
pub(crate) use causes::causes;
pub(crate) use difference::{Because, difference};
pub(crate) use groups::break_down;
pub(crate) use monthly::monthly;
pub(crate) use overdue::{overdue, overdue_by};
pub(crate) use people::people;
pub(crate) use quarterly::quarterly;
pub(crate) use satisfaction::satisfaction;
pub(crate) use times::times;
pub(crate) use trend::trend;
pub(crate) use what_if::what_if;

use jiff::Timestamp;

use crate::lang::Text;
use crate::policy::RuleBook;

/// The first line of every report.
pub(crate) struct ReportHeading<'a> {
    /// The rules, for labels.
    pub book: &'a RuleBook,
    /// The instant as of which the figures are.
    pub as_of: Timestamp,
    /// How many cases are counted.
    pub files: usize,
    /// The commit that the figures come from, if it is named.
    pub commit: Option<String>,
    /// The terms of the query that says which cases are counted; none: all.
    pub query: &'a [String],
}

impl ReportHeading<'_> {
    /// `青瓷小铺 · October 2026 · as of … · 131 cases read, ledger 4f2a91c`
    fn line(&self, title: Text) -> Text {
        let local = self.as_of.to_zoned(self.book.shop.zone.clone());
        let at = local.strftime("%Y-%m-%d %H:%M %:z").to_string();
        let ledger = self.commit.as_deref().map_or_else(Text::default, say::ledger);
        let line = match self.files {
            1 => say::as_of_one(title, at, ledger),
            files => say::as_of(title, at, files, ledger),
        };
        if self.query.is_empty() { line } else { say::only(line, self.query.join(" ")) }
    }
}

#[cfg(test)]
mod tests;
