use std::path::PathBuf;

use clap::Args;

use super::format::{missing, one_of};
use super::reading::{Reading, beside};
use super::{output, say};
use crate::error::{Error, Exit, Result};
use crate::import::export;
use crate::lang::unsteering;
use crate::privacy::Privacy;
use crate::render::{self, Format};
use crate::report::Horizon;
use crate::session::Session;

const FORMATS: &[Format] = &[Format::Csv, Format::Jsonl];

/// Give all cases out for a spreadsheet or another program; names, contacts and persons' numbers are masked
#[derive(Debug, Clone, Args)]
pub(crate) struct Export {
    /// csv: a row a case; jsonl: an object a case with its history
    #[arg(long, value_name = "FORMAT", value_parser = one_of(FORMATS))]
    format: Option<Format>,
    /// Write it to a file; the ending picks the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show customers' names and contacts, and numbers in words, in the clear
    #[arg(long)]
    reveal: bool,
}

impl Export {
    /// The format that is asked for, else the one that the file's ending names; without either, csv.
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
        let reading = Reading::of(session);
        let warranty = reading.warranty(Horizon::at(session.now));
        let replays: Vec<_> =
            reading.cases().into_iter().filter_map(|case| session.book.replay(case, session.now)).collect();
        let rows: Vec<export::Row<'_>> =
            replays.iter().map(|replay| export::Row { case: replay.case, state: replay.state() }).collect();
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
