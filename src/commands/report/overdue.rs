use clap::Args;

use super::{How, Source, print};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::OverdueReport;
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
        let mut figures = source.envelope("overdue", None, &view);
        if let serde_json::Value::Object(rows) = report.json(&session.book.shop.zone) {
            figures.extend(rows);
        }
        let mut groups = serde_json::Map::new();
        for dimension in self.how.dimensions()? {
            page = page.section(pages::overdue_by(&report, dimension, &heading));
            let rows = report.by(dimension).iter().map(|group| group.json(self.how.cases)).collect();
            groups.insert(dimension.word().to_owned(), rows);
        }
        if !groups.is_empty() {
            figures.insert("groups".to_owned(), groups.into());
        }
        print(&source, &self.how, page, figures.into(), view.horizon)
    }
}
