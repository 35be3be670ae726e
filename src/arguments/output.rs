//! Writes a finished page to a file, or to the output.

use std::path::Path;

use jiff::Timestamp;

use super::say;
use crate::disk;
use crate::error::{Error, Result};
use crate::render::{Document, Format, xlsx};
use crate::session::Session;

/// The format that is asked for, else the one of the file's ending if the command has it; without a file, text.
pub(crate) fn format(asked: Option<Format>, file: Option<&Path>, known: &[Format]) -> Result<Format> {
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let name = match file.map(ending).as_deref() {
        None | Some("txt") => "text".to_owned(),
        Some("md") => "markdown".to_owned(),
        Some("htm") => "html".to_owned(),
        Some(ending) => ending.to_owned(),
    };
    match known.iter().find(|format| format.word() == name) {
        Some(named) => Ok(*named),
        None => {
            Err(Error::refused(say::which_format(file.unwrap_or(Path::new("")))).hint(say::name_format()))
        }
    }
}

/// The ending of a file's name, in small letters.
fn ending(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase()
}

/// Writes it to the file; without a file, to the output.
pub(crate) fn write(session: &Session, drawn: &[u8], file: Option<&Path>) -> Result<()> {
    match file {
        Some(path) => to_file(path, drawn),
        None => session.terminal.bytes(drawn),
    }
}

/// Writes it where the command line says. A plain file is written completely or not at all.
pub(crate) fn to_file(path: &Path, bytes: &[u8]) -> Result<()> {
    disk::named::put_out(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()), bytes)
}

/// The page as a workbook; it is refused on a terminal.
pub(crate) fn workbook(
    session: &Session,
    page: &Document,
    at: Timestamp,
    file: Option<&Path>,
) -> Result<Vec<u8>> {
    if file.is_none() && session.terminal.is_watched_page() {
        return Err(Error::refused(say::workbook_on_terminal()).hint(say::name_a_file()));
    }
    xlsx(page, session.terminal.lang, at)
}
