use clap::Args;

use super::{How, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::OverdueReport;
use crate::report::figure::Figures;
use crate::session::Session;

/// What is late, by whom, and what is due next
#[derive(Debug, Clone, Args)]
pub(crate) struct Overdue {
    /// Only the cases that fit this query, as for `fb list`
    query: Vec<String>,
    #[command(flatten)]
    pub(super) how: How,
}

impl Overdue {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let source = Source::read(session, &self.how, &self.query);
        let cases = source.cases();
        let view = source.view(&cases, source.horizon(None)?)?;
        let report = OverdueReport::of(&view);
        let heading = source.heading(&view);
        let mut page = pages::overdue(&report, &heading);
        let book = &session.book;
        let dimensions = self.how.dimensions()?;
        let by: Vec<_> = dimensions.iter().map(|dimension| (*dimension, report.by(*dimension))).collect();
        let mut groups = Figures::new();
        for (dimension, rows) in &by {
            let rows: Vec<_> = rows.iter().map(|group| group.table(*dimension, book)).collect();
            page = page.section(pages::overdue_by(&rows, *dimension));
            groups = groups.rows(dimension.word(), dimension.label(), rows);
        }
        let figures = match by.is_empty() {
            true => report.table(book),
            false => report.table(book).table("groups", groups),
        };
        source.made("overdue", None, &view, page, figures).print(&source, &self.how)
    }
}
