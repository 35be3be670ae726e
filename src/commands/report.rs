//! The reports: each is computed, then drawn in the format that is asked for.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Map, Value};

mod causes;
mod diff;
mod group_by;
mod monthly;
mod overdue;
mod people;
mod period_and_query;
mod quarterly;
mod satisfaction;
mod source;
mod times;
mod trend;
mod what_if;

use crate::arguments::as_of::AsOf;
use crate::arguments::format::{missing, one_of};
use crate::arguments::{flag, output, value};
use crate::case::Case;
use crate::doubts::Warranty;
use crate::error::{Exit, Result};
use crate::privacy::Privacy;
use crate::render::{Document, Format, Paper, flat, html, json as pretty, markdown, pages, text};
use crate::report::figure::Figures;
use crate::report::{Compared, Dimension, Period};
use crate::session::Session;
use crate::view::Horizon;
use group_by::GroupBy;
use source::Source;
pub(super) use what_if::WhatIfArgs;

mod say {
    crate::messages! {
        about() { "Reports: how many cases, how they were handled, what is overdue", "统计报表：受理、办理和逾期情况" }
        group_by() { "Break the figures down by kind, category, channel, urgency, department, owner or product", "按维度细分：kind 类型、category 类别、channel 渠道、urgency 紧急程度、department 部门、owner 负责人、product 产品" }
        cases() { "List the cases behind each figure", "列出每个数字对应的案卷" }
    }
}

const FORMATS: &[Format] =
    &[Format::Text, Format::Markdown, Format::Csv, Format::Json, Format::Html, Format::Xlsx];

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(
    after_help = "fb report monthly 2026-10\nfb report quarterly 2026-Q3 department:quality -o q3.html"
)]
pub(crate) struct ReportArgs {
    #[command(subcommand)]
    report: ReportCommand,
}

macro_rules! reports {
    ($($report:ident($args:ty)),* $(,)?) => {
        #[derive(Debug, Clone, Subcommand)]
        enum ReportCommand { $($report($args)),* }

        impl ReportCommand {
            fn how(&self) -> &ReportOutputArgs {
                match self { $(ReportCommand::$report(report) => &report.how),* }
            }

            fn run(self, session: &Session) -> Result<Exit> {
                match self { $(ReportCommand::$report(report) => report.run(session)),* }
            }
        }
    };
}

// In the order of the help.
reports! {
    Monthly(monthly::MonthlyArgs),
    Quarterly(quarterly::QuarterlyArgs),
    Overdue(overdue::OverdueArgs),
    Diff(diff::DiffArgs),
    People(people::PeopleArgs),
    Satisfaction(satisfaction::SatisfactionArgs),
    Causes(causes::CausesArgs),
    Times(times::TimesArgs),
    Trend(trend::TrendArgs),
}

/// How a report is printed.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReportOutputArgs {
    #[command(flatten)]
    as_of: AsOf,
    #[arg(long, alias = "by", value_name = value::DIMENSION.both(), value_delimiter = ',', value_parser = GroupBy::parse)]
    #[arg(help = say::group_by().both())]
    group_by: Vec<GroupBy>,
    #[arg(long, help = say::cases().both())]
    cases: bool,
    #[arg(long, help = flag::REVEAL.both())]
    reveal: bool,
    #[arg(long, value_name = value::FORMAT.both(), value_parser = one_of(FORMATS))]
    #[arg(help = flag::FORMAT.both())]
    format: Option<Format>,
    #[arg(short, long, value_name = value::FILE.both(), help = flag::OUTPUT.both())]
    output: Option<PathBuf>,
}

impl ReportOutputArgs {
    /// The dimensions by which the report is broken down.
    fn dimensions(&self) -> Result<Vec<Dimension>> {
        group_by::dimensions_of(&self.group_by)
    }
}

impl ReportArgs {
    /// The revision at which the ledger is looked at.
    pub(super) fn revision(&self) -> Option<&str> {
        self.report.how().as_of.revision()
    }

    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        self.report.run(session)
    }
}

/// A report that was made: its page, and its figures.
struct MadeReport<'f> {
    /// The page for people.
    page: Document,
    /// The keys around the figures, for programs.
    envelope: Map<String, Value>,
    /// The figures.
    figures: Figures<'f>,
    /// Those of the periods that it is compared with.
    compared: Option<Figures<'f>>,
    /// Those that `--group-by` asks for.
    groups: Option<Figures<'f>>,
    /// The instant up to which they count.
    horizon: Horizon,
    /// How far they can be trusted.
    warranty: Warranty,
}

impl MadeReport<'_> {
    /// Prints it with the doubts about its figures. A doubt that affects a figure leads to exit status 3.
    fn print(self, source: &Source<'_>, how: &ReportOutputArgs) -> Result<Exit> {
        let mut object = self.envelope;
        object.extend(self.figures.object(how.cases));
        for (key, figures) in [("compare", &self.compared), ("groups", &self.groups)] {
            let figures = figures.as_ref().map(|figures| figures.object(how.cases).into());
            object.extend(figures.map(|figures| (key.to_owned(), figures)));
        }
        let mut page = self.page;
        if how.cases {
            page = page.section(pages::behind(std::iter::once(&self.figures).chain(&self.groups)));
        }
        print(source.session, how, page, object, self.horizon, self.warranty)
    }
}

fn print(
    session: &Session,
    how: &ReportOutputArgs,
    page: Document,
    object: Map<String, Value>,
    horizon: Horizon,
    warranty: Warranty,
) -> Result<Exit> {
    let privacy = Privacy::of(how.reveal);
    let page = &warranty.foot().into_iter().fold(page, Document::foot).privacy(privacy);
    let object = warranty.object(object.into());
    let (lang, file) = (session.terminal.lang, how.output.as_deref());
    let drawn = match output::format(how.format, file, FORMATS)? {
        Format::Text if file.is_none() => None,
        Format::Text => Some(text(page, lang, Paper::PLAIN).into_bytes()),
        Format::Markdown => Some(markdown(page, lang).into_bytes()),
        Format::Csv => Some(flat(&object, privacy)?.into_bytes()),
        Format::Json => Some(pretty(&object, privacy).into_bytes()),
        Format::Html => Some(html(page, lang)?.into_bytes()),
        Format::Xlsx => Some(output::workbook(session, page, horizon.at, file)?),
        other => return Err(missing(other)),
    };
    match drawn {
        Some(drawn) => output::write(session, &drawn, file)?,
        None => session.terminal.page(page)?,
    }
    warranty.end()
}

/// The figures of the previous period and of the same period a year before, each at its own end.
struct Comparison<'a> {
    previous: Option<Compared<'a>>,
    year_before: Option<Compared<'a>>,
}

impl<'a> Comparison<'a> {
    fn of(source: &'a Source<'_>, cases: &'a [&'a Case], period: &Period) -> Result<Comparison<'a>> {
        let zone = &source.session.book.shop.zone;
        Ok(Comparison {
            previous: Comparison::compared(source, cases, period.previous(zone))?,
            year_before: Comparison::compared(source, cases, period.year_before(zone))?,
        })
    }

    fn compared(
        source: &'a Source<'_>,
        cases: &'a [&'a Case],
        period: Option<Period>,
    ) -> Result<Option<Compared<'a>>> {
        let Some(period) = period else { return Ok(None) };
        let view = source.view(cases, Horizon::of(period.end, source.session.now))?;
        Ok(Some(Compared::of(&view, &period)))
    }

    fn table(&self) -> Figures<'_> {
        Figures::new()
            .maybe("previous", self.previous.as_ref().map(Compared::table))
            .maybe("year_before", self.year_before.as_ref().map(Compared::table))
    }

    /// A year before without cases is left out.
    fn shown(&self) -> (Option<&Compared<'a>>, Option<&Compared<'a>>) {
        (self.previous.as_ref(), self.year_before.as_ref().filter(|year| !year.is_empty()))
    }
}
