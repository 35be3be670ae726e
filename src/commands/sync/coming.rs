//! Checks that git can write the fetched files to a work tree.

use crate::error::{Error, Result};
use crate::git::{FastForward, Repository, Upstream};
use crate::sync;

mod say {
    crate::messages! {
        unfit_names(name, count) {
            "nothing was merged from {name}: files with names that are not possible in a work tree: {count}",
            "没有接收 {name} 的改动：有 {count} 个文件的名称无法写入工作目录"
        }
        look_there(commit) {
            "`git log --stat {commit}` shows who added it; when it is removed, sync works again",
            "`git log --stat {commit}` 可查看是谁放入的；删除之后即可继续同步"
        }
    }
}

/// Checks that git can write everything to the work tree: a sync that is begun and cannot be finished would block every later
/// command.
///
/// # Errors
/// It cannot, with the names that are not possible; git cannot be run.
pub(super) fn check(
    repository: &Repository,
    upstream: &Upstream,
    fast_forward: &FastForward,
    theirs: &str,
) -> Result<()> {
    let hint = || say::look_there(theirs.get(..8).unwrap_or(theirs));
    let unfit = sync::unfit(&repository.files_between(&fast_forward.from, &fast_forward.to)?);
    if !unfit.is_empty() {
        return Err(Error::failed(say::unfit_names(upstream.name(), unfit.len()))
            .because(unfit)
            .hint(hint()));
    }
    repository.takes(fast_forward).map_err(|error| error.hint(hint()))
}
