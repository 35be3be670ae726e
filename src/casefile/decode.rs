//! From a file's bytes to its text: bytes that are not text, or an unfinished merge, never reach the YAML parser.

use std::path::Path;

use super::lines::lines;
use super::say;
use crate::error::{Code, Finding, Place};

/// The longest case file, in bytes.
pub(crate) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The byte order mark in UTF-8.
pub(super) const BOM: &str = "\u{feff}";

/// The text of a file without its byte order mark.
pub(super) fn decode<'a>(bytes: &'a [u8], path: &Path) -> Result<&'a str, Vec<Finding>> {
    let unreadable = |place, message, help| vec![Finding::error(Code::Unreadable, place, message).help(help)];
    if bytes.len() > MAX_BYTES {
        let message = say::too_large(bytes.len().div_ceil(1 << 20), MAX_BYTES >> 20);
        return Err(unreadable(Place::file(path), message, say::attach_instead()));
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, _, 0, ..] | [0, _, 0, _, ..]) {
        return Err(unreadable(Place::file(path), say::utf16(), say::save_as_utf8()));
    }
    let at = |before: &str| {
        let before = before.strip_prefix(BOM).unwrap_or(before);
        let whole = lines(before).filter(|line| line.ends_with(['\n', '\r'])).count();
        let column = before.rsplit(['\n', '\r']).next().unwrap_or_default().chars().count() + 1;
        Place::at(path, whole + 1, column, 1)
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let byte = bytes.get(valid.len()).map_or_else(String::new, |byte| format!("0x{byte:02X}"));
        unreadable(at(&String::from_utf8_lossy(valid)), say::not_utf8(byte), say::save_as_utf8())
    })?;
    if let Some(nul) = text.find('\0') {
        return Err(unreadable(at(&text[..nul]), say::nul(), say::delete_nul()));
    }
    let text = text.strip_prefix(BOM).unwrap_or(text);
    match conflicts(text, path) {
        markers if markers.is_empty() => Ok(text),
        markers => Err(markers),
    }
}

/// The markers that git leaves in a file that it could not merge.
fn conflicts(text: &str, path: &Path) -> Vec<Finding> {
    let marker = |line: &str| match line.as_bytes().first() {
        Some(b'<' | b'=' | b'>' | b'|') => {
            ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].into_iter().find(|marker| {
                line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        }
        _ => None,
    };
    let found = text.lines().enumerate().filter_map(|(index, line)| Some((index + 1, marker(line)?)));
    found
        .map(|(line, marker)| {
            let place = Place::at(path, line, 1, marker.len());
            Finding::error(Code::ConflictMarker, place, say::conflict(marker)).help(say::solve_conflict())
        })
        .collect()
}
