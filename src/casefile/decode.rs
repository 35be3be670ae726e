//! From a file's bytes to its text: bytes that are not text, or an unfinished merge, never reach the YAML parser.

use std::path::Path;

use super::lines::lines;
use super::say;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;

/// The longest case file, in bytes.
pub(crate) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The byte order mark in UTF-8.
pub(super) const BOM: &str = "\u{feff}";

/// The text of a file without its byte order mark.
pub(super) fn decode<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, Vec<Finding>> {
    if bytes.len() > MAX_BYTES {
        let message = say::too_large(bytes.len().div_ceil(1 << 20), MAX_BYTES >> 20);
        return Err(unreadable(Place::file(path), message, say::attach_instead()));
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, _, 0, ..] | [0, _, 0, _, ..]) {
        return Err(unreadable(Place::file(path), say::utf16(), say::save_as_utf8()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let byte = bytes.get(valid.len()).map_or_else(String::new, |byte| format!("0x{byte:02X}"));
        let place = place_after(&String::from_utf8_lossy(valid), path);
        unreadable(place, say::not_utf8(byte), say::save_as_utf8())
    })?;
    if let Some(nul) = text.find('\0') {
        return Err(unreadable(place_after(&text[..nul], path), say::nul(), say::delete_nul()));
    }
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let conflicts = conflicts(text, path);
    if conflicts.is_empty() { Ok(text) } else { Err(conflicts) }
}

fn unreadable(place: Place, message: Text, help: Text) -> Vec<Finding> {
    vec![Finding::error(Code::Unreadable, place, message).help(help)]
}

/// The place of the first character after this text.
fn place_after(before: &str, path: &Path) -> Place {
    let before = before.strip_prefix(BOM).unwrap_or(before);
    let whole = lines(before).filter(|line| line.ends_with(['\n', '\r'])).count();
    let column = before.rsplit(['\n', '\r']).next().unwrap_or_default().chars().count() + 1;
    Place::at(path, whole + 1, column, 1)
}

/// The markers that git leaves in a file that it could not merge.
fn conflicts(text: &str, path: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some(marker) = marker(line) else { continue };
        let place = Place::at(path, index + 1, 1, marker.len());
        let finding = Finding::error(Code::ConflictMarker, place, say::conflict(marker));
        found.push(finding.help(say::solve_conflict()));
    }
    found
}

/// The conflict marker that a line is, or begins with.
fn marker(line: &str) -> Option<&'static str> {
    let marker = match line.as_bytes().first()? {
        b'<' => "<<<<<<<",
        b'=' => "=======",
        b'>' => ">>>>>>>",
        b'|' => "|||||||",
        _ => return None,
    };
    let rest = line.strip_prefix(marker)?;
    if rest.is_empty() || rest.starts_with(' ') { Some(marker) } else { None }
}
