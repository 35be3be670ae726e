use std::path::PathBuf;

use clap::Args;

use crate::arguments::format::{missing, one_of};
use crate::arguments::{flag, output, value};
use crate::error::{Error, Exit, Result};
use crate::import::export;
use crate::lang::unsteering;
use crate::privacy::Privacy;
use crate::render::{self, Format};
use crate::session::Session;
use crate::view::Horizon;
use crate::whole_ledger::{WholeLedger, beside};

mod say {
    pub(super) use crate::arguments::say::which_format;
    pub(super) use crate::commands::say::*;

    crate::messages! {
        about() { "Export all cases as csv or jsonl; personal data is masked", "把全部案卷导出为 csv 或 jsonl；默认隐去个人信息" }
        format() { "The format of the output", "输出格式" }
    }
}

const FORMATS: &[Format] = &[Format::Csv, Format::Jsonl];

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb export -o cases.csv\nfb export --format jsonl --reveal")]
pub(crate) struct ExportArgs {
    #[arg(long, value_name = value::FORMAT.both(), value_parser = one_of(FORMATS))]
    #[arg(help = say::format().both())]
    format: Option<Format>,
    #[arg(short, long, value_name = value::FILE.both(), help = flag::OUTPUT.both())]
    output: Option<PathBuf>,
    #[arg(long, help = flag::REVEAL_CUSTOMER.both())]
    reveal: bool,
}

impl ExportArgs {
    /// The format that is asked for, else the one of the file's ending, else csv.
    fn format(&self) -> Result<Format> {
        let path = match (self.format, &self.output) {
            (Some(format), _) => return Ok(format),
            (None, None) => return Ok(Format::Csv),
            (None, Some(path)) => path,
        };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "" | "csv" | "txt" => Ok(Format::Csv),
            "jsonl" | "ndjson" => Ok(Format::Jsonl),
            _ => Err(Error::refused(say::which_format(path)).hint(say::csv_or_jsonl())),
        }
    }

    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let format = self.format()?;
        let reading = WholeLedger::of(session);
        let warranty = reading.warranty(Horizon::at(session.now));
        let replays: Vec<_> =
            reading.cases().into_iter().filter_map(|case| session.book.replay(case, session.now)).collect();
        let rows: Vec<export::ExportRow<'_>> = replays
            .iter()
            .map(|replay| export::ExportRow { case: replay.case, state: replay.state() })
            .collect();
        let privacy = Privacy::of(self.reveal);
        let text = match format {
            Format::Csv => unsteering(&export::csv(&rows, privacy)).into_owned(),
            Format::Jsonl => render::escaped(&export::jsonl(&rows, privacy)),
            other => return Err(missing(other)),
        };
        match &self.output {
            Some(path) => output::to_file(path, text.as_bytes())?,
            None => session.terminal.out(&text)?,
        }
        beside(session, &warranty);
        warranty.end()
    }
}
