use clap::Args;

use super::{ReportOutputArgs, Source};
use crate::arguments::value;
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::OverdueReport;
use crate::report::figure::Figures;
use crate::session::Session;

mod say {
    crate::messages! {
        about() { "What is overdue, who is responsible, and what is due next", "逾期未办的案卷、由谁负责，以及即将到期的案卷" }
        query() { "Only the cases that fit this query (`fb help query`)", "只统计符合条件的案卷（见 `fb help query`）" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb report overdue\nfb report overdue department:quality --group-by owner")]
pub(crate) struct OverdueArgs {
    #[arg(value_name = value::QUERY.both(), help = say::query().both())]
    query: Vec<String>,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl OverdueArgs {
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
        let mut figures = report.table(book);
        if !by.is_empty() {
            figures = figures.table("groups", groups);
        }
        source.made("overdue", None, &view, page, figures).print(&source, &self.how)
    }
}
