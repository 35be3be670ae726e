//! The reports: each is computed, then drawn in the format that is asked for.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

mod asked;
mod diff;
mod division;
mod monthly;
mod overdue;
mod people;
mod quarterly;
mod satisfaction;
mod source;

use super::as_of::AsOf;
use super::words;
use crate::case::Case;
use crate::error::{Error, Exit, Result};
use crate::ledger::files;
use crate::render::{Document, flat, json as pretty, markdown};
use crate::report::{Compared, Dimension, Horizon, Period};
use crate::session::Session;
pub(super) use asked::period;
use division::Division;
use source::Source;

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
    Diff(diff::Diff),
    People(people::PeopleReport),
    Satisfaction(satisfaction::Satisfaction),
}

/// How a report is printed.
#[derive(Debug, Clone, Args)]
pub struct How {
    #[command(flatten)]
    as_of: AsOf,
    /// Break the figures down: kind, category, channel, urgency, department, owner or product
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',', value_parser = Division::parse)]
    by: Vec<Division>,
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

impl How {
    /// The dimensions by which the report is broken down.
    fn dimensions(&self) -> Result<Vec<Dimension>> {
        division::dimensions_of(&self.by)
    }
}

impl Report {
    /// The revision at which the ledger is looked at.
    pub(super) fn revision(&self) -> Option<&str> {
        match &self.report {
            Which::Monthly(report) => report.how.as_of.revision(),
            Which::Quarterly(report) => report.how.as_of.revision(),
            Which::Overdue(report) => report.how.as_of.revision(),
            Which::Diff(report) => report.how.as_of.revision(),
            Which::People(report) => report.how.as_of.revision(),
            Which::Satisfaction(report) => report.how.as_of.revision(),
        }
    }

    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        match self.report {
            Which::Monthly(report) => report.run(session),
            Which::Quarterly(report) => report.run(session),
            Which::Overdue(report) => report.run(session),
            Which::Diff(report) => report.run(session),
            Which::People(report) => report.run(session),
            Which::Satisfaction(report) => report.run(session),
        }
    }
}

/// Prints the report; files that could not be read are told, and lead to exit status 3.
fn print(source: &Source<'_>, how: &How, page: &Document, figures: Value) -> Result<Exit> {
    let session = source.session;
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
    source.whole()?;
    Ok(Exit::Done)
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

/// The figures of the period before and of the same one a year before, each as of its own end.
struct Beside<'a> {
    previous: Option<Compared<'a>>,
    year_before: Option<Compared<'a>>,
}

impl<'a> Beside<'a> {
    fn of(source: &'a Source<'_>, cases: &'a [&'a Case], period: &Period) -> Result<Beside<'a>> {
        let session = source.session;
        let zone = &session.book.shop.zone;
        let compared = |period: Option<Period>| -> Result<Option<Compared<'a>>> {
            let Some(period) = period else { return Ok(None) };
            let view = source.view(cases, Horizon::of(&period, session.now))?;
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
