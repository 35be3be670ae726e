//! New entries of the baseline; every other byte of it stays.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::{Hit, say};
use crate::error::{Error, Result};
use crate::lang::Lang;

/// What stands at the top of a baseline that is new.
const HEAD: [&str; 2] = [
    "# What `fb audit` found and somebody looked at, each with the reason why it is right.\n\n",
    "# `fb audit` 发现、经人核实无误的问题，每条都写明理由。\n\n",
];

/// The text of the baseline with these findings accepted for a reason, each once; and how many entries are new.
///
/// # Errors
/// The text is not a baseline.
pub(crate) fn accept(text: &str, hits: &[Hit<'_>], reason: &str, lang: Lang) -> Result<(String, usize)> {
    let mut entries: Vec<Vec<(&str, String)>> = hits.iter().map(Hit::entry).collect();
    entries.sort();
    entries.dedup();
    let wrong = || Error::failed(say::only_accepted());
    let mut document: DocumentMut = text.parse().map_err(|_| wrong())?;
    if !document.contains_key("accepted") {
        document.insert("accepted", Item::ArrayOfTables(ArrayOfTables::new()));
    }
    let list = &mut document["accepted"];
    for entry in &entries {
        let pairs = entry.iter().map(|(key, word)| (*key, word.as_str())).chain([("reason", reason)]);
        if let Some(list) = list.as_array_of_tables_mut() {
            let table: Table = pairs.map(|(key, word)| (key, value(word))).collect();
            list.push(table);
        } else if let Some(list) = list.as_array_mut() {
            list.push(pairs.collect::<InlineTable>());
        } else {
            return Err(wrong());
        }
    }
    let head = if text.trim().is_empty() { HEAD[usize::from(lang == Lang::Zh)] } else { "" };
    Ok((format!("{head}{document}"), entries.len()))
}
