//! Lets git call `fb` in this clone: as the merge driver of case files, and after each merge.

use std::io::ErrorKind;
use std::path::Path;

use crate::casefile::layout;
use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::ledger::{ATTRIBUTES, MERGED_BY_FB, Plan, Write};
use crate::session::Session;

mod say {
    crate::messages! {
        driver() { "git merges case files with fb in this clone", "本克隆里，git 合并案卷文件时会调用 fb" }
        looks() { "after each merge `fb check` checks the result (hook post-merge)", "每次合并之后会运行 `fb check`（post-merge 钩子）" }
        attributes() { ".gitattributes names the merge driver", ".gitattributes 已写明合并驱动" }
        other_hook(path) { "another hook already exists: {path}", "已有别的钩子：{path}" }
        elsewhere(path) {
            "the hook is not written: git looks for hooks in {path}, which other repositories may use too (core.hooksPath, or a link)",
            "没有写入钩子：git 在 {path} 里找钩子，别的仓库可能也在用它（core.hooksPath 或链接）"
        }
        add_file_line(path, line) { "if you want it anyway, add this line to {path}: {line}", "如果需要，请在 {path} 里加上这一行：{line}" }
        cannot_read(path, why) { "cannot read {path}: {why}", "无法读取 {path}：{why}" }
        add_line(line) { "add this line to it: {line}", "请在其中加上这一行：{line}" }
        no_program() { "the path of this program is unknown", "找不到本程序的路径" }
        cannot(path, why) { "cannot write {path}: {why}", "无法写入 {path}：{why}" }
    }
}

/// How git calls the driver. If that cannot merge the versions, the file has git's own lines and markers:
/// both sides are in it, even if `fb` fails. The labels are git's (since 2.44; an older git leaves their
/// letters); by them, or by the name that an older git has for what it does, the driver knows a revert.
const DRIVER: &str = "-C . merge-driver %O %A %B %P %Y \"$GIT_REFLOG_ACTION\" \
    || git merge-file --marker-size=%L -L %X -L %S -L %Y %A %O %B";

/// The first lines of the hook, by which it is recognised.
const HOOK: &str = "#!/bin/sh\n# fb: what did the merge leave?\n";

/// The findings after a merge that `fb mend` can repair.
const LEFT: &str = "unreadable,conflict-marker,wrong-directory,wrong-name,duplicate-id,missing-keep";

/// Names `fb` to git as a merge driver and as a hook of this clone, and the driver in `.gitattributes`.
pub(super) fn install(session: &Session) -> Result<Exit> {
    let repository = session.repository()?;
    let program = std::env::current_exe().ok();
    let program =
        program.as_deref().and_then(Path::to_str).ok_or_else(|| Error::failed(say::no_program()))?;
    let program = quoted(program);
    repository.set("merge.fb.name", "fb: case files, event by event")?;
    repository.set("merge.fb.driver", &format!("{program} {DRIVER}"))?;
    session.terminal.line(&say::driver())?;
    let exit = attribute(session)?;
    let place = format!("-C {} check --only", quoted(&repository.below_top()));
    let line = format!("{program} {place} {LEFT} --since ORIG_HEAD");
    let (hook, own) = repository.hook("post-merge")?;
    if !own {
        let dir = hook.parent().unwrap_or(&hook).display().to_string();
        session.terminal.note(&say::elsewhere(dir));
        session.terminal.note(&say::add_file_line(hook.display().to_string(), line));
        return Ok(exit);
    }
    let there = what_is_there(&hook)?;
    let others = if there.is_empty() { Some("") } else { there.strip_prefix(HOOK) };
    let Some(others) = others.filter(|_| !disk::of_git::is_link(&hook)) else {
        session.terminal.note(&say::other_hook(hook.display().to_string()));
        session.terminal.note(&say::add_line(line));
        return Ok(exit);
    };
    // Another ledger of this repository has its own line.
    let mut lines: Vec<&str> = others.lines().filter(|other| !other.contains(&place)).collect();
    let line = format!("{line} || echo \"fb mend\" >&2");
    lines.push(&line);
    disk::named::replace(&hook, format!("{HOOK}{}\n", lines.join("\n")).as_bytes())?;
    disk::of_git::let_run(&hook)
        .map_err(|error| Error::failed(say::cannot(hook.display().to_string(), error.to_string())))?;
    session.terminal.line(&say::looks())?;
    Ok(exit)
}

/// The text of a hook; empty if there is none yet.
fn what_is_there(hook: &Path) -> Result<String> {
    match disk::of_git::read(hook) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Error::failed(say::cannot_read(hook.display().to_string(), error.to_string()))),
    }
}

/// Adds the line to `.gitattributes` if it is missing, and commits it.
fn attribute(session: &Session) -> Result<Exit> {
    let path = Path::new(ATTRIBUTES);
    let before = session.ledger.disk().text_if_there(path)?;
    let named = before.as_deref().unwrap_or_default().lines().any(|line| line == MERGED_BY_FB.trim_end());
    if named {
        return Ok(Exit::Done);
    }
    let text = match before.as_deref() {
        None | Some("") => MERGED_BY_FB.to_owned(),
        Some(before) if before.ends_with('\n') => format!("{before}{MERGED_BY_FB}"),
        Some(before) => format!("{before}\n{MERGED_BY_FB}"),
    };
    let old = before.is_some().then(|| path.to_owned());
    let write = Write { old, before, new: path.to_owned(), text };
    let lock = session.lock()?;
    let subject = format!("mend: {} of {} are merged by fb", ATTRIBUTES, layout::CASES);
    let written = session.write(&lock, &Plan { writes: vec![write], subject, ..Plan::default() })?;
    session.terminal.line(&say::attributes())?;
    Ok(written.exit)
}

/// A word quoted for a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
