//! The reports: each is computed, then drawn in the format that is asked for.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

mod monthly;
mod overdue;
mod quarterly;
mod trial;

pub(super) use trial::Try;

use super::{moment, words};
use crate::case::Case;
use crate::error::{Error, Exit, Result};
use crate::ledger::{Scan, files};
use crate::render::pages::Heading;
use crate::render::{Document, flat, json as pretty, markdown};
use crate::report::{Compared, Horizon, Period, Span, View};
use crate::session::Session;

/// Figures for the reviews: what came in, how it was handled, what is late
#[derive(Debug, Clone, Args)]
pub struct Report {
    #[command(subcommand)]
    report: Which,
}

#[derive(Debug, Clone, Subcommand)]
enum Which {
    Monthly(monthly::MonthlyReport),
    Quarterly(quarterly::QuarterlyReport),
    Overdue(overdue::Overdue),
}

/// How a report is printed.
#[derive(Debug, Clone, Args)]
pub struct How {
    /// Up to when histories are read: a moment, or a day (its end); else the end of the period or now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// List the cases behind each figure
    #[arg(long)]
    cases: bool,
    /// How it is printed
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write it to a file; the ending picks the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a wiki or a pull request.
    Markdown,
    /// A row a figure, for a spreadsheet.
    Csv,
    /// An object with `version` 1, for programs.
    Json,
}

impl Report {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        match self.report {
            Which::Monthly(report) => report.run(session),
            Which::Quarterly(report) => report.run(session),
            Which::Overdue(report) => report.run(session),
        }
    }
}

/// The ledger as a report reads it.
struct Source {
    scan: Scan,
    commit: Option<String>,
}

impl Source {
    fn read(session: &Session) -> Source {
        Source { scan: session.ledger.scan(), commit: session.head() }
    }

    fn cases(&self) -> Vec<&Case> {
        self.scan.cases.iter().map(|found| &found.case).collect()
    }

    fn heading<'h>(&'h self, session: &'h Session, as_of: Timestamp, how: &How) -> Heading<'h> {
        Heading {
            book: &session.book,
            as_of,
            files: self.scan.files,
            unreadable: self.scan.unreadable.len(),
            commit: self.commit.as_deref(),
            cases: how.cases,
        }
    }

    /// What stands around the figures for programs.
    fn envelope(
        &self,
        session: &Session,
        report: &str,
        period: Option<&Period>,
        as_of: Timestamp,
    ) -> Map<String, Value> {
        let stamp = |at: Timestamp| session.stamp(at).to_string();
        let mut object = Map::new();
        object.insert("version".to_owned(), json!(1));
        object.insert("report".to_owned(), json!(report));
        if let Some(period) = period {
            let bounds =
                json!({ "label": period.label, "start": stamp(period.start), "end": stamp(period.end) });
            object.insert("period".to_owned(), bounds);
        }
        object.insert("as_of".to_owned(), json!(stamp(as_of)));
        let unreadable: Vec<_> = self.scan.unreadable.iter().map(|path| path.to_string_lossy()).collect();
        let ledger = json!({ "commit": self.commit, "files": self.scan.files, "unreadable": unreadable });
        object.insert("ledger".to_owned(), ledger);
        object
    }

    /// Prints the report; files that could not be read are told, and lead to exit status 3.
    fn print(&self, session: &Session, how: &How, page: &Document, figures: Value) -> Result<Exit> {
        let format = format(how)?;
        let text = match format {
            Format::Text if how.output.is_none() => None,
            Format::Text => Some(crate::render::text(page, session.terminal.lang, plain())),
            Format::Markdown => Some(markdown(page, session.terminal.lang)),
            Format::Csv => Some(flat(&figures)?),
            Format::Json => Some(pretty(&figures)),
        };
        match (text, &how.output) {
            (Some(text), Some(path)) => {
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                files::replace(&path, &text)?;
            }
            (Some(text), None) => session.terminal.out(&text)?,
            (None, _) => session.terminal.page(page)?,
        }
        if self.scan.findings.is_empty() {
            return Ok(Exit::Done);
        }
        let error = Error::failed(words::not_read_whole(self.scan.unreadable.len()));
        Err(error.because(self.scan.findings.clone()))
    }
}

fn plain() -> crate::render::Paper {
    crate::render::Paper { width: usize::MAX, colour: false }
}

/// `--format`, else the ending of `--output`, else text.
fn format(how: &How) -> Result<Format> {
    if let Some(format) = how.format {
        return Ok(format);
    }
    let Some(path) = &how.output else { return Ok(Format::Text) };
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("txt") => Ok(Format::Text),
        Some("md" | "markdown") => Ok(Format::Markdown),
        Some("csv") => Ok(Format::Csv),
        Some("json") => Ok(Format::Json),
        _ => Err(Error::refused(words::which_format(path)).hint(words::name_format())),
    }
}

/// The period that a word names, else the last full one of a span.
fn period(session: &Session, word: Option<&str>, span: Span) -> Result<Period> {
    let zone = &session.book.shop.zone;
    let today = session.book.shop.day(session.now);
    match word {
        Some(word) => Period::parse(word, today, zone)
            .map_err(|bad| Error::refused(words::bad_period(bad.0)).hint(crate::report::BadPeriod::help())),
        None => Ok(Period::last_full(today, span, zone)),
    }
}

/// Up to when the histories are read. A day means its end.
fn horizon(session: &Session, how: &How, period: Option<&Period>) -> Result<Horizon> {
    let Some(word) = &how.as_of else {
        return Ok(period.map_or(Horizon::at(session.now), |period| Horizon::of(period, session.now)));
    };
    match crate::policy::read_date(word) {
        Some(_) => {
            let today = session.book.shop.day(session.now);
            let day = Period::parse(&format!("{word}..{word}"), today, &session.book.shop.zone)
                .map_err(|bad| Error::refused(words::bad_period(bad.0)))?;
            Ok(Horizon { at: day.end, inclusive: false })
        }
        None => Ok(Horizon::at(moment::read(session, "--as-of", word)?)),
    }
}

/// The ledger as it stood, or the year that a calendar lacks.
fn view<'a>(session: &'a Session, cases: &'a [&'a Case], horizon: Horizon) -> Result<View<'a>> {
    View::of(cases, &session.book, horizon).map_err(|undue| Error::failed(undue.message()))
}

/// The figures of the period before and of the same one a year before, each as of its own end.
struct Beside<'a> {
    previous: Option<Compared<'a>>,
    year_before: Option<Compared<'a>>,
}

impl<'a> Beside<'a> {
    fn of(session: &'a Session, cases: &'a [&'a Case], period: &Period) -> Result<Beside<'a>> {
        let zone = &session.book.shop.zone;
        let compared = |period: Option<Period>| -> Result<Option<Compared<'a>>> {
            let Some(period) = period else { return Ok(None) };
            let view = view(session, cases, Horizon::of(&period, session.now))?;
            Ok(Some(Compared::of(&view, &period)))
        };
        Ok(Beside {
            previous: compared(period.previous(zone))?,
            year_before: compared(period.year_before(zone))?,
        })
    }

    fn json(&self, cases: bool) -> Value {
        let one = |compared: &Option<Compared<'_>>| compared.as_ref().map(|compared| compared.json(cases));
        json!({ "previous": one(&self.previous), "year_before": one(&self.year_before) })
    }

    /// Nothing is said of a year before that had no case.
    fn shown(&self) -> (Option<&Compared<'a>>, Option<&Compared<'a>>) {
        (self.previous.as_ref(), self.year_before.as_ref().filter(|year| !year.is_empty()))
    }
}
