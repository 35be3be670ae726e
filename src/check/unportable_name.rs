//! Names of files that another system cannot check out.

use std::collections::HashMap;
use std::path::Path;

use super::input::LedgerContext;
use crate::casefile::layout::ATTACHED;
use crate::casefile::portable::{Unportable, folded, portable, unportable};
use crate::error::{Code, Finding, Place};
use crate::lang::Text;

mod say {
    crate::messages! {
        unportable_sign(sign) { "`{sign}` cannot be in a file's name on Windows", "Windows 的文件名里不能有 `{sign}`" }
        unportable_unseen(code) { "the file's name has an invisible character ({code})", "文件名里有看不见的字符（{code}）" }
        unportable_dot() { "the file's name ends with a dot, which Windows removes", "文件名以点结尾，Windows 会把它去掉" }
        unportable_space() { "the file's name ends with a space, which Windows removes", "文件名以空格结尾，Windows 会把它去掉" }
        unportable_device(name) { "`{name}` is a device on Windows", "`{name}` 在 Windows 上是设备名" }
        unportable_long(bytes) { "the file's name has {bytes} bytes; the limit is 255", "文件名有 {bytes} 个字节，最多 255 个" }
        unportable_path(units) {
            "the path from the ledger on has {units} characters; the limit is 240",
            "从台账目录算起，路径有 {units} 个字符，最多 240 个"
        }
        unportable_not_text() { "the file's name is not UTF-8", "文件名不是 UTF-8" }
        unportable_twin(other) {
            "on Windows and macOS this is the same file as {other}",
            "在 Windows 和 macOS 上，这与 {other} 是同一个文件"
        }
        clone_fails() {
            "a clone there does not get the file: git stops, or always shows the ledger as changed",
            "在那里克隆得不到这个文件，git 会因此中断，或一直显示台账有改动"
        }
        rename_portable(path) { "rename it, such as to {path}", "请改名，例如 {path}" }
        rename_one() { "rename one of the two", "请给其中一个改名" }
        rename_in_case() { "and write the new name after `file:` in the case (`fb edit`)", "并在案卷的 `file:` 里写上新的名字（`fb edit`）" }
    }
}

/// Names that another system does not allow, and names that are the same to it.
pub(super) fn find(context: &LedgerContext<'_, '_>) -> Vec<Finding> {
    let mut first: HashMap<String, &Path> = HashMap::new();
    let mut found = Vec::new();
    for path in context.input.names {
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
    let finding = if twin {
        finding.help(say::rename_one())
    } else {
        finding.help(say::rename_portable(directory.join(portable(&name, directory))))
    };
    if path.starts_with(ATTACHED) { finding.help(say::rename_in_case()) } else { finding }
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
