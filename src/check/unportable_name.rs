use std::collections::HashMap;
use std::path::Path;

use super::say;
use super::subject::Whole;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;
use crate::ledger::ATTACHED;
use crate::ledger::portable::{Unportable, folded, portable, unportable};

/// Names that another system does not take, and names that are one to it.
pub(super) fn find(whole: &Whole<'_, '_>) -> Vec<Finding> {
    let mut first: HashMap<String, &Path> = HashMap::new();
    let mut found = Vec::new();
    for path in whole.stock.names {
        let alone = unportable(path).map(|why| said(path, why));
        let twin = first.insert(folded(&path.to_string_lossy()), path);
        let message = alone.or_else(|| twin.map(say::unportable_twin));
        found.extend(message.map(|message| finding(path, message, twin.is_some())));
    }
    found
}

fn finding(path: &Path, message: Text, twin: bool) -> Finding {
    let directory = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let finding = Code::UnportableName.at(Place::file(path), message).note(say::clone_fails());
    let finding = match twin {
        true => finding.help(say::rename_one()),
        false => finding.help(say::rename_portable(directory.join(portable(&name, directory)))),
    };
    match path.starts_with(ATTACHED) {
        true => finding.help(say::rename_in_case()),
        false => finding,
    }
}

fn said(path: &Path, why: Unportable) -> Text {
    match why {
        Unportable::Sign(sign) => say::unportable_sign(sign),
        Unportable::Unseen(sign) => say::unportable_unseen(format!("U+{:04X}", u32::from(sign))),
        Unportable::End('.') => say::unportable_dot(),
        Unportable::End(_) => say::unportable_space(),
        Unportable::Device => {
            say::unportable_device(&*path.file_name().unwrap_or_default().to_string_lossy())
        }
        Unportable::Long(bytes) => say::unportable_long(bytes),
        Unportable::LongPath(units) => say::unportable_path(units),
        Unportable::NotText => say::unportable_not_text(),
    }
}
