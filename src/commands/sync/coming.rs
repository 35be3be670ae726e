//! What comes is something that git can put into a work tree.

use crate::error::{Error, Result};
use crate::git::{FastForward, Repository, Upstream};
use crate::sync;

mod say {
    crate::messages! {
        unfit_names(name, count) {
            "nothing was taken over from {name}: files with names that no work tree can have: {count}",
            "没有接收 {name} 的改动：有 {count} 个文件的名称无法写入工作目录"
        }
        look_there(commit) {
            "`git log --stat {commit}` shows who put it there; once it is taken out again, sync goes on",
            "`git log --stat {commit}` 可查看是谁放入的；删除之后即可继续同步"
        }
    }
}

/// Whether git will put into the work tree whatever comes: what was begun and cannot be finished would stop every later
/// command.
///
/// # Errors
/// It will not, with what it does not take; git cannot be run.
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
