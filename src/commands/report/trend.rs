use clap::Args;

use super::group_by::GroupBy;
use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Dimension, Period, Span, Trend, TrendColumn};
use crate::session::Session;
use crate::view::Horizon;

mod say {
    crate::messages! {
        about() { "How the figures change: one row for each month, quarter, half year or year", "指标走势：每月、每季度、每半年或每年一行" }
        more() { "`--group-by month`, `quarter`, `half` or `year` sets the period of a row; `--group-by category` or another dimension shows how many cases were received under each value. Without a period: the last 12 full months, 8 quarters, 6 half years or 5 years.", "`--group-by month`、`quarter`、`half` 或 `year` 设定每行统计多长的期间；`--group-by category` 等按维度列出各项受理件数。不写期间则为最近 12 个完整的月、8 个季度、6 个半年或 5 年。" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb report trend 2026\nfb report trend --group-by quarter,category")]
pub(crate) struct TrendArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl TrendArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let zone = &session.book.shop.zone;
        let span = self.span();
        let dimensions = self.dimensions();
        let period = match self.asked.named(session)? {
            Some(period) => period,
            None => Period::last_several(session.book.shop.day(session.now), span, usual(span), zone),
        };
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let end = source.horizon(Some(&period))?;
        let mut columns = Vec::new();
        for part in period.split(span, zone).into_iter().filter(|part| part.start < end.at) {
            let own = Horizon::of(part.end, end.at);
            let view = source.view(&cases, if own.at < end.at { own } else { end })?;
            columns.push(TrendColumn::of(&view, &part, &dimensions));
        }
        let trend = Trend { columns };
        let whole = source.view(&cases, end)?;
        let page = pages::trend(&trend, &period, &dimensions, &source.heading(&whole));
        let figures = trend.table(&dimensions, &session.book);
        source.made("trend", Some(&period), &whole, page, figures).print(&source, &self.how)
    }

    /// The span of a row: the last one that is given, else a month.
    fn span(&self) -> Span {
        for division in self.how.group_by.iter().rev() {
            if let GroupBy::Every(span) = division {
                return *span;
            }
        }
        Span::Month
    }

    fn dimensions(&self) -> Vec<Dimension> {
        let mut dimensions = Vec::new();
        for division in &self.how.group_by {
            if let GroupBy::By(dimension) = division
                && !dimensions.contains(dimension)
            {
                dimensions.push(*dimension);
            }
        }
        dimensions
    }
}

/// How many rows there are unless a period is named.
fn usual(span: Span) -> usize {
    match span {
        Span::Month | Span::Days => 12,
        Span::Quarter => 8,
        Span::Half => 6,
        Span::Year => 5,
    }
}
