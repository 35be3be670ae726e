//! The editor that a person is used to.

use std::path::Path;
use std::process::Command;

use crate::disk::Scratch;
use crate::error::{Error, Result};
use crate::lang::{Lang, Text};

use super::Terminal;

mod say {
    crate::messages! {
        unstarted(command, why) { "the editor `{command}` could not be started: {why}", "无法启动编辑器 `{command}`：{why}" }
        ended(command) {
            "the editor `{command}` ended with an error; nothing was written",
            "编辑器 `{command}` 异常退出，未写入任何内容"
        }
        unnamed() {
            "no editor is named, and there is no terminal for one",
            "没有指定编辑器，而且没有终端可用"
        }
        name_one() {
            "name another one in $VISUAL or $EDITOR, such as `nano` or `code --wait`",
            "可在 $VISUAL 或 $EDITOR 中换一个，例如 `nano` 或 `code --wait`"
        }
        unkept(why) { "there is no place for a draft: {why}", "无法保存草稿：{why}" }
        above(what) {
            "Write {what} above this line; nothing below it is kept. Empty: none.",
            "请在此线以上填写{what}，线下内容不保留；留空表示不填。"
        }
    }
}

/// Ends what is written; as in git, because a line of a customer's own may begin with `#`.
const SCISSORS: &str = "# ------------------------ >8 ------------------------";

/// What an editor is started with where none is named.
const USUAL: &str = "vi";

/// The editor's command: the first that is named (`$VISUAL`, `$EDITOR`, git's `core.editor`) and not blank; on a
/// terminal else `vi`.
///
/// # Errors
/// Refused: none is named, and there is no terminal.
pub fn command(named: impl IntoIterator<Item = String>, terminal: &Terminal) -> Result<String> {
    match named.into_iter().find(|command| !command.trim().is_empty()) {
        Some(command) => Ok(command),
        None if terminal.interactive => Ok(USUAL.to_owned()),
        None => Err(Error::refused(say::unnamed()).hint(say::name_one())),
    }
}

/// Opens a file and waits until the editor ends. The command may have arguments, read as a shell reads them.
///
/// # Errors
/// Refused: the editor does not start or ends with an error.
pub fn open(command: &str, file: &Path) -> Result<()> {
    // As git does: the shell splits the command, the file's name is never split
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{command} \"$@\"")).arg(command).arg(file);
    match shell.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Error::refused(say::ended(command)).hint(say::name_one())),
        Err(why) => Err(Error::refused(say::unstarted(command, why.to_string())).hint(say::name_one())),
    }
}

/// Words of several lines, written in the editor; without blank lines around them. Empty: none.
///
/// # Errors
/// As [`open`]; failed: there is no place for a draft.
pub fn compose(command: &str, what: &Text, lang: Lang) -> Result<String> {
    let unkept = |why: Error| Error::failed(say::unkept(why.message.to(lang)));
    // In a directory of its own: nobody else can put a link in its place while the editor is open.
    let place = Scratch::anywhere("fb-").map_err(unkept)?;
    let draft = Path::new("draft.txt");
    let blank = format!("\n\n{SCISSORS}\n# {}\n", say::above(what).to(lang));
    place.root().replace(draft, blank.as_bytes()).map_err(unkept)?;
    open(command, &place.path().join(draft))?;
    let bytes = place.root().read(draft).map_err(unkept)?;
    Ok(written(&String::from_utf8_lossy(&bytes)))
}

fn written(draft: &str) -> String {
    let lines = draft.lines().take_while(|line| line.trim_end() != SCISSORS);
    let lines: Vec<&str> = lines.map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::error::Exit;
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
    fn what_stands_above_the_line_is_kept() {
        let draft = format!("\n\n#钟爱 这只茶杯  \r\n\n碎了\n\n{SCISSORS}\r\n# no\n");
        assert_eq!(written(&draft), "#钟爱 这只茶杯\n\n碎了");
        assert_eq!(written(&format!("\n\n{SCISSORS}\n# no\n")), "");
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
    fn an_editor_that_fails_is_told() {
        for command in ["false", "no-such-editor 2>/dev/null"] {
            let error = open(command, Path::new("/dev/null")).unwrap_err();
            assert_eq!(error.exit, Exit::Refused);
            assert!(error.message.to(Lang::En).ends_with("nothing was written"), "{error}");
        }
    }

    #[test]
    fn words_are_composed_in_the_editor() {
        let what = Text::of("the description", "描述");
        let written = compose("sed -i -e '1s/^/收到的茶杯碎了/'", &what, Lang::Zh).unwrap();
        assert_eq!(written, "收到的茶杯碎了");
        assert_eq!(compose("true", &what, Lang::En).unwrap(), "");
    }
}
