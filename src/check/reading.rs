//! The codes of what is found while files are read: the readers of case files and of rules say it.

use super::Code;

pub(super) const UNREADABLE: Code =
    Code::error("unreadable", "the file cannot be read as a case file", "文件读不出来，无法作为案卷使用");
pub(super) const CONFLICT_MARKER: Code = Code::error(
    "conflict-marker",
    "git's conflict markers were left in the file",
    "文件里还留着 git 合并冲突的标记",
);
pub(super) const BAD_VALUE: Code = Code::error(
    "bad-value",
    "a key is missing, or its value cannot be what it is",
    "缺少必填项，或填的值不对",
);
pub(super) const BAD_POLICY: Code = Code::error(
    "bad-policy",
    "fb.toml, a policy or a calendar cannot be used as it is",
    "fb.toml、制度或日历文件有错，无法使用",
);
