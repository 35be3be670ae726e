use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::words;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;
use crate::ledger::ATTACHED;
use crate::ledger::portable::{Unportable, folded, portable, unportable};

/// Names that another system does not take, and names that are one to it.
pub(super) fn find(names: &[PathBuf]) -> Vec<Finding> {
    let mut first: HashMap<String, &Path> = HashMap::new();
    let mut found = Vec::new();
    for path in names {
        let alone = unportable(path).map(|why| said(path, why));
        let twin = first.insert(folded(&path.to_string_lossy()), path);
        let message = alone.or_else(|| twin.map(words::unportable_twin));
        found.extend(message.map(|message| finding(path, message, twin.is_some())));
    }
    found
}

fn finding(path: &Path, message: Text, twin: bool) -> Finding {
    let directory = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let finding = Code::UnportableName.at(Place::file(path), message).note(words::clone_fails());
    let finding = match twin {
        true => finding.help(words::rename_one()),
        false => finding.help(words::rename_portable(directory.join(portable(&name, directory)))),
    };
    match path.starts_with(ATTACHED) {
        true => finding.help(words::rename_in_case()),
        false => finding,
    }
}

fn said(path: &Path, why: Unportable) -> Text {
    match why {
        Unportable::Sign(sign) => words::unportable_sign(sign),
        Unportable::Unseen(sign) => words::unportable_unseen(format!("U+{:04X}", u32::from(sign))),
        Unportable::End('.') => words::unportable_dot(),
        Unportable::End(_) => words::unportable_space(),
        Unportable::Device => {
            words::unportable_device(&*path.file_name().unwrap_or_default().to_string_lossy())
        }
        Unportable::Long(bytes) => words::unportable_long(bytes),
        Unportable::LongPath(units) => words::unportable_path(units),
        Unportable::NotText => words::unportable_not_text(),
    }
}
