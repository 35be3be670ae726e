use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{How, Source, horizon, period, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Dimension, Horizon, Period, Span, Stretch, Trend};
use crate::session::Session;

/// How the figures move: a column a month, a quarter, a half year or a year, empty ones too
#[derive(Debug, Clone, Args)]
pub struct TrendArgs {
    /// 2026, 2026-H1 or any other period; else the last 12 full months, 8 quarters, 6 half years or 5 years
    period: Option<String>,
    /// month, quarter, half or year; or a dimension, such as category: what was received under each value
    #[arg(long, value_name = "BY", value_delimiter = ',', value_parser = by())]
    by: Vec<By>,
    #[command(flatten)]
    how: How,
}

/// What the figures are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Span(Span),
    Dimension(Dimension),
}

/// The spans of a column with their words, and how many there are unless a period is named.
const SPANS: [(&str, Span, usize); 4] = [
    ("month", Span::Month, 12),
    ("quarter", Span::Quarter, 8),
    ("half", Span::Half, 6),
    ("year", Span::Year, 5),
];

/// Takes the name of a span or of a dimension.
fn by() -> impl TypedValueParser<Value = By> {
    let words = SPANS.map(|(word, ..)| word).into_iter().chain(Dimension::ALL.map(Dimension::word));
    PossibleValuesParser::new(words).try_map(|word| {
        let span = SPANS.iter().find(|(known, ..)| *known == word).map(|(_, span, _)| By::Span(*span));
        let dimension = || Dimension::of_word(&word).map(By::Dimension);
        span.or_else(dimension).ok_or_else(|| std::io::Error::other(word.clone()))
    })
}

impl TrendArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let zone = &session.book.shop.zone;
        let span = self.span();
        let dimensions = self.dimensions();
        let period = match &self.period {
            Some(word) => period(session, Some(word), span)?,
            None => {
                let count = SPANS.iter().find(|(_, known, _)| *known == span).map_or(1, |(.., count)| *count);
                Period::last_several(session.book.shop.day(session.now), span, count, zone)
            }
        };
        let end = horizon(session, &self.how, Some(&period))?;
        let source = Source::read(session);
        let cases = source.cases();
        let mut columns = Vec::new();
        for part in period.split(span, zone).into_iter().filter(|part| part.start < end.at) {
            let own = Horizon::of(&part, end.at);
            let view = view(session, &cases, if own.at < end.at { own } else { end })?;
            columns.push(Stretch::of(&view, &part, &dimensions));
        }
        let trend = Trend { columns };
        let heading = source.heading(session, end.at, &self.how);
        let page = pages::trend(&trend, &period, &dimensions, &heading);
        let mut figures = source.envelope(session, "trend", Some(&period), end.at);
        figures.extend(trend.json(&dimensions, zone, self.how.cases));
        source.print(session, &self.how, &page, figures.into())
    }

    /// The span of a column: the one named last; a month where none is.
    fn span(&self) -> Span {
        let mut spans =
            self.by.iter().rev().filter_map(|by| if let By::Span(span) = by { Some(*span) } else { None });
        spans.next().unwrap_or(Span::Month)
    }

    fn dimensions(&self) -> Vec<Dimension> {
        let mut dimensions = Vec::new();
        for by in &self.by {
            if let By::Dimension(dimension) = by
                && !dimensions.contains(dimension)
            {
                dimensions.push(*dimension);
            }
        }
        dimensions
    }
}
