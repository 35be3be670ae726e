//! The user's preferred editor.

use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};

use super::Terminal;

mod say {
    crate::messages! {
        unstarted(command, why) { "the editor `{command}` could not be started: {why}", "无法启动编辑器 `{command}`：{why}" }
        ended(command) {
            "the editor `{command}` ended with an error; nothing was written",
            "编辑器 `{command}` 异常退出，未写入任何内容"
        }
        unnamed() {
            "no editor is set, and there is no terminal for one",
            "没有指定编辑器，而且没有终端可用"
        }
        name_one() {
            "set another one in $VISUAL or $EDITOR, such as `nano` or `code --wait`",
            "可在 $VISUAL 或 $EDITOR 中换一个，例如 `nano` 或 `code --wait`"
        }
    }
}

/// The editor if none is named.
const USUAL: &str = "vi";

/// The editor's command: the first that is named (`$VISUAL`, `$EDITOR`, git's `core.editor`) and not blank; on a
/// terminal otherwise `vi`.
///
/// # Errors
/// Refused: none is named, and there is no terminal.
pub(crate) fn command(named: impl IntoIterator<Item = String>, terminal: &Terminal) -> Result<String> {
    match named.into_iter().find(|command| !command.trim().is_empty()) {
        Some(command) => Ok(command),
        None if terminal.interactive => Ok(USUAL.to_owned()),
        None => Err(Error::refused(say::unnamed()).hint(say::name_one())),
    }
}

/// Opens a file and waits until the editor ends. The command may have arguments, in shell syntax.
///
/// # Errors
/// Refused: the editor does not start or ends with an error.
pub(crate) fn open(command: &str, file: &Path) -> Result<()> {
    // As git does: the shell splits the command, but never the file's name
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{command} \"$@\"")).arg(command).arg(file);
    match shell.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Error::refused(say::ended(command)).hint(say::name_one())),
        Err(why) => Err(Error::refused(say::unstarted(command, why.to_string())).hint(say::name_one())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::error::Exit;
    use crate::lang::Lang;
    use crate::ui::{Colour, Streams};

    #[test]
    fn the_first_editor_that_is_named_is_taken() {
        let pipe = Terminal::new(Lang::En, Colour::Auto, |_| None, Streams::default());
        let named = |words: &[&str]| command(words.iter().map(ToString::to_string), &pipe);
        assert_eq!(named(&["code --wait", "nano", "ed"]).unwrap(), "code --wait");
        assert_eq!(named(&[" ", "nano", "ed"]).unwrap(), "nano");
        assert_eq!(named(&["ed"]).unwrap(), "ed");
        assert_eq!(named(&[]).unwrap_err().exit, Exit::Refused);
        let person = Terminal { interactive: true, ..pipe };
        assert_eq!(command([], &person).unwrap(), "vi");
    }

    #[test]
    fn a_command_may_have_arguments_and_a_file_a_space() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("a case $HOME.yaml");
        fs::write(&file, "one\n").unwrap();
        open("sed -i -e 's/one/two three/'", &file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two three\n");
    }

    #[test]
    fn an_editor_that_fails_is_reported() {
        for command in ["false", "no-such-editor 2>/dev/null"] {
            let error = open(command, Path::new("/dev/null")).unwrap_err();
            assert_eq!(error.exit, Exit::Refused);
            assert!(error.message.to(Lang::En).ends_with("nothing was written"), "{error}");
        }
    }
}
