//! How the figures move: one column a month, a quarter, ..., each as of its own end.

use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{By, Compared, ComplaintRate, Dimension, Hits};

/// The figures of consecutive stretches; also those in which nothing happened.
///
/// Each is as of its own end, so that it closes with what the next opens with.
pub(crate) struct Trend<'a> {
    /// In order.
    pub columns: Vec<Stretch<'a>>,
}

/// One column.
pub(crate) struct Stretch<'a> {
    /// What stands in other reports beside a period, too.
    pub figures: Compared<'a>,
    /// Complaints per 1,000 orders.
    pub rate: ComplaintRate,
    /// What was received, by the dimensions that are asked for.
    pub received: Vec<(Dimension, Received<'a>)>,
}

/// The values of a dimension with what was received under each; `None`: not known.
pub(crate) type Received<'a> = Vec<(Option<&'a str>, Hits<'a>)>;

impl<'a> Stretch<'a> {
    /// The figures of one column; the view's horizon is its end, or the present.
    pub(crate) fn of(view: &View<'a>, period: &Period, by: &[Dimension]) -> Stretch<'a> {
        let figures = Compared::of(view, period);
        let received = |dimension: &Dimension| {
            let rows = By::of(view, period, *dimension).rows.into_iter();
            let rows = rows.map(|(key, row)| (key, row.received)).filter(|(_, hits)| hits.n() > 0);
            (*dimension, rows.collect())
        };
        Stretch {
            rate: ComplaintRate::of(view, period, &figures.flow),
            received: by.iter().map(received).collect(),
            figures,
        }
    }

    /// What it is called.
    pub(crate) fn label(&self) -> &str {
        &self.figures.period.label
    }

    /// What was received under a value.
    pub(crate) fn received(&self, dimension: Dimension, key: Option<&str>) -> Option<&Hits<'a>> {
        let (_, rows) = self.received.iter().find(|(known, _)| *known == dimension)?;
        rows.iter().find(|(known, _)| *known == key).map(|(_, hits)| hits)
    }

    /// Median and 90th percentile of the resolution time, in seconds.
    pub(crate) fn resolution(&self) -> (Option<f64>, Option<f64>) {
        let summary = self.figures.times.resolution.elapsed();
        (summary.map(|summary| summary.median), summary.map(|summary| summary.p90))
    }

    fn json(&self, zone: &jiff::tz::TimeZone, cases: bool) -> Value {
        let figures = &self.figures;
        let (median, p90) = self.resolution();
        let stamp = |at| crate::case::Stamp::new(at, zone).to_string();
        json!({
            "key": self.label(),
            "start": stamp(figures.period.start),
            "end": stamp(figures.period.end),
            "flow": figures.flow.json(cases),
            "resolved": super::counts(&[("n", &figures.times.resolution.counted)], cases),
            "resolution": { "median": median, "p90": p90 },
            "clocks": figures.clocks.iter().map(|clock| clock.json(cases)).collect::<Vec<_>>(),
            "satisfaction": figures.satisfaction.json(cases),
            "complaint_rate": self.rate.json(),
            "backlog": figures.flow.closing.n(),
        })
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

    /// For programs: the columns, and under `by` each value with its receipts column by column.
    pub(crate) fn json(
        &self,
        by: &[Dimension],
        zone: &jiff::tz::TimeZone,
        cases: bool,
    ) -> serde_json::Map<String, Value> {
        let mut object = serde_json::Map::new();
        let columns: Vec<Value> = self.columns.iter().map(|column| column.json(zone, cases)).collect();
        object.insert("columns".to_owned(), Value::Array(columns));
        let of_value = |dimension: Dimension, key: Option<&str>| {
            let columns = self.columns.iter().map(|column| {
                let hits = column.received(dimension, key);
                let mut cell = json!({ "key": column.label(), "received": hits.map_or(0, Hits::n) });
                if cases {
                    cell["cases"] = hits.map_or_else(|| json!([]), Hits::ids);
                }
                cell
            });
            json!({ "key": key, "columns": columns.collect::<Vec<_>>() })
        };
        if !by.is_empty() {
            let by = by.iter().map(|dimension| {
                let values = self.values(*dimension).into_iter().map(|key| of_value(*dimension, key));
                (dimension.word().to_owned(), values.collect())
            });
            object.insert("by".to_owned(), Value::Object(by.collect()));
        }
        object
    }
}
