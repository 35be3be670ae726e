use clap::Args;

use super::{How, Source, horizon, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::OverdueReport;
use crate::session::Session;

/// What is late, by whom, and what is due next
#[derive(Debug, Clone, Args)]
pub struct Overdue {
    #[command(flatten)]
    how: How,
}

impl Overdue {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let horizon = horizon(session, &self.how, None)?;
        let source = Source::read(session);
        let cases = source.cases();
        let view = view(session, &cases, horizon)?;
        let report = OverdueReport::of(&view);
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::overdue(&report, &heading);
        let mut figures = source.envelope(session, "overdue", None, horizon.at);
        if let serde_json::Value::Object(rows) = report.json(&session.book.shop.zone) {
            figures.extend(rows);
        }
        source.print(session, &self.how, &page, figures.into())
    }
}
