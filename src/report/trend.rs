//! How the figures move: one column a month, a quarter, ..., each as of its own end.

use super::by::received;
use super::figure::{Figure, FigureUnit, Figures};
use super::period::Period;
use super::{By, ClockFigures, Compared, ComplaintRate, Counted, Dimension, say};
use crate::policy::RuleBook;
use crate::view::View;

/// The figures of consecutive stretches, also of those in which nothing happened.
///
/// Each is as of its own end, so what is open at its end is open at the start of the next.
pub(crate) struct Trend<'a> {
    /// In order.
    pub columns: Vec<TrendColumn<'a>>,
}

/// One column.
pub(crate) struct TrendColumn<'a> {
    /// The figures that other reports show beside a period.
    pub figures: Compared<'a>,
    /// Complaints per 1,000 orders.
    pub rate: ComplaintRate,
    /// What was received, by the dimensions that are asked for.
    pub received: Vec<(Dimension, Received<'a>)>,
}

/// The values of a dimension with what was received under each; `None`: not known.
pub(crate) type Received<'a> = Vec<(Option<&'a str>, Counted<'a>)>;

impl<'a> TrendColumn<'a> {
    /// The figures of one column; the view's horizon is its end, or now.
    pub(crate) fn of(view: &View<'a>, period: &Period, by: &[Dimension]) -> TrendColumn<'a> {
        let figures = Compared::of(view, period);
        let mut received = Vec::new();
        for dimension in by {
            let rows = By::of(view, period, *dimension).rows.into_iter();
            let rows = rows.map(|(key, row)| (key, row.received)).filter(|(_, hits)| hits.n() > 0);
            received.push((*dimension, rows.collect()));
        }
        TrendColumn { rate: ComplaintRate::of(view, period, &figures.flow), received, figures }
    }

    /// What it is called.
    pub(crate) fn label(&self) -> &str {
        &self.figures.period.label
    }

    /// What was received under a value.
    pub(crate) fn received(&self, dimension: Dimension, key: Option<&str>) -> Option<&Counted<'a>> {
        let (_, rows) = self.received.iter().find(|(known, _)| *known == dimension)?;
        rows.iter().find(|(known, _)| *known == key).map(|(_, hits)| hits)
    }

    /// Median and 90th percentile of the resolution time, in seconds.
    pub(crate) fn resolution(&self) -> (Option<f64>, Option<f64>) {
        let summary = self.figures.times.resolution.elapsed();
        (summary.map(|summary| summary.median), summary.map(|summary| summary.p90))
    }

    /// The figures.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        let figures = &self.figures;
        let stamp = |at| crate::case::Stamp::new(at, &book.shop.zone).to_string();
        Figures::new()
            .called(figures.period.name())
            .word("key", self.label())
            .word("start", stamp(figures.period.start))
            .word("end", stamp(figures.period.end))
            .table("flow", figures.flow.table())
            .table("resolved", figures.times.resolved())
            .table("resolution", resolution(self.resolution()))
            .rows("clocks", say::limits(), figures.clocks.iter().map(ClockFigures::table))
            .table("satisfaction", figures.satisfaction.table())
            .table("complaint_rate", self.rate.table())
            .figure(backlog(figures.flow.closing.n()))
    }
}

impl<'a> Trend<'a> {
    /// Every value of a dimension that was received in any column, the most received first.
    pub(crate) fn values(&self, dimension: Dimension) -> Vec<Option<&'a str>> {
        let mut values: Vec<(Option<&'a str>, usize)> = Vec::new();
        let rows = self.columns.iter().flat_map(|column| &column.received);
        for (key, hits) in rows.filter(|(known, _)| *known == dimension).flat_map(|(_, rows)| rows) {
            match values.iter_mut().find(|(known, _)| known == key) {
                Some((_, n)) => *n += hits.n(),
                None => values.push((*key, hits.n())),
            }
        }
        values.sort_by_key(|(key, n)| (std::cmp::Reverse(*n), key.is_none(), *key));
        values.into_iter().map(|(key, _)| key).collect()
    }

    /// The report: the columns, and under `by` each value with its receipts column by column.
    pub(crate) fn table<'f>(&'f self, by: &[Dimension], book: &RuleBook) -> Figures<'f> {
        let columns = self.columns.iter().map(|column| column.table(book));
        let table = Figures::new().rows("columns", say::columns(), columns);
        if by.is_empty() {
            return table;
        }
        let mut groups = Figures::new();
        for dimension in by {
            let values = self.values(*dimension).into_iter();
            let rows = values.map(|key| self.value(*dimension, key, book));
            groups = groups.rows(dimension.word(), dimension.label(), rows);
        }
        table.table("by", groups)
    }

    /// The receipts of a value, column by column.
    fn value<'f>(&'f self, dimension: Dimension, key: Option<&'f str>, book: &RuleBook) -> Figures<'f> {
        let columns = self.columns.iter().map(|column| {
            let hits = column.received(dimension, key).cloned().unwrap_or_default();
            let named = Figures::new().called(column.figures.period.name()).word("key", column.label());
            named.figure(received(hits)).together()
        });
        Figures::new().called(dimension.value(book, key)).word("key", key).rows(
            "columns",
            say::columns(),
            columns,
        )
    }
}

/// What was left at the end of a column.
pub(super) fn backlog<'f>(n: usize) -> Figure<'f> {
    Figure::count("backlog", n)
        .called("open at end", "期末未结")
        .means("Cases that were still open at the end of the period.", "期末尚未结束的件数。")
}

/// Median and 90th percentile of the resolution time.
pub(super) fn resolution<'f>((median, p90): (Option<f64>, Option<f64>)) -> Figures<'f> {
    Figures::new()
        .called(say::resolution())
        .figure(
            Figure::new("median", FigureUnit::Seconds, median)
                .called("median", "中位数")
                .means("Half of the cases resolved took no longer.", "办结的案卷有一半不超过此时长。"),
        )
        .figure(
            Figure::new("p90", FigureUnit::Seconds, p90)
                .called("p90", "90%分位")
                .means("Nine in ten of the cases resolved took no longer.", "办结的案卷有九成不超过此时长。"),
        )
}
