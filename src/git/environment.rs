//! What the environment and the settings tell the `git` program, and which part of it is used here.
//!
//! The repository is always the one around the ledger's directory. `GIT_DIR` and similar variables name another one:
//! they are set when `fb` runs in a hook of some repository, and a commit that followed them would go to the wrong one.
//! Other variables and settings change what git prints, what a path or a search means, or run a program when we only
//! read. So git gets only those of its variables that are in [`KEPT`], and every call has [`NEUTRAL`]. Settings about
//! people, dates, configuration, credentials and the network are kept.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::disk::of_git;

/// The prefixes of the names of git's variables that are passed on.
const KEPT: [&str; 17] = [
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CONFIG_",
    "GIT_ASKPASS",
    "GIT_TERMINAL_PROMPT",
    "GIT_SSH",
    "GIT_SSL_",
    "GIT_PROXY_",
    "GIT_HTTP_",
    "GIT_CURL_",
    "GIT_ALLOW_PROTOCOL",
    "GIT_PROTOCOL_FROM_USER",
    "GIT_NO_LAZY_FETCH",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
    "GIT_TEMPLATE_DIR",
];

/// A trace is written to its target if that is a file; on standard error it would be mistaken for git's messages.
const TRACES: &str = "GIT_TRACE";

/// Settings that would change what git prints for us or what our questions mean, and those that run a program when we
/// only read. Settings that change what is stored (filters, signing, hooks, merges) are not among them.
pub(super) const NEUTRAL: [&str; 24] = [
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.quotePath=false",
    "core.abbrev=auto",
    "core.commentChar=#",
    "core.commentString=#",
    "core.pager=cat",
    "color.ui=false",
    "column.ui=never",
    "i18n.logOutputEncoding=UTF-8",
    "trailer.separators=:",
    "grep.patternType=basic",
    "grep.extendedRegexp=false",
    "log.showSignature=false",
    "log.follow=false",
    "log.decorate=false",
    "log.abbrevCommit=false",
    "log.showRoot=true",
    "log.diffMerges=separate",
    "diff.relative=false",
    "diff.orderFile=/dev/null",
    "diff.autoRefreshIndex=true",
    "submodule.recurse=false",
];

/// Variables that libgit2 follows although git does not get them, or that it does not read although git does.
const BEYOND_LIBRARY: [&str; 8] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_WORK_TREE",
];

/// The variables of this process that git does not get.
pub(super) fn withheld() -> impl Iterator<Item = OsString> {
    env::vars_os().filter(|(name, value)| !reaches_git(name, value)).map(|(name, _)| name)
}

/// Whether git gets this variable.
fn reaches_git(name: &OsStr, value: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let traced = name.starts_with(TRACES) && Path::new(value).is_absolute();
    !name.starts_with("GIT_") || traced || KEPT.iter().any(|kept| name.starts_with(kept))
}

/// Whether libgit2 reads this environment as git does.
pub(super) fn fits_library() -> bool {
    BEYOND_LIBRARY.iter().all(|name| env::var_os(name).is_none())
}

/// The directories above which git does not look for a repository (`GIT_CEILING_DIRECTORIES`). A directory of this list
/// does not count if the search begins in it.
pub(super) fn ceilings() -> Vec<PathBuf> {
    let list: OsString = env::var_os("GIT_CEILING_DIRECTORIES").unwrap_or_default();
    let absolute = env::split_paths(&list).filter(|path| path.is_absolute());
    absolute.map(|path| of_git::canonicalize(&path).unwrap_or(path)).collect()
}

/// Whether git looks for a repository on another disk (`GIT_DISCOVERY_ACROSS_FILESYSTEM`).
pub(super) fn across_disks() -> bool {
    let word = env::var("GIT_DISCOVERY_ACROSS_FILESYSTEM").unwrap_or_default().to_lowercase();
    ["1", "true", "yes", "on"].contains(&word.as_str())
}

/// Whether a shell would find a program of this name.
pub(super) fn has_program(name: &str) -> bool {
    let list = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&list)
        .any(|dir| ["", "exe"].iter().any(|end| of_git::is_file(&dir.join(name).with_extension(end))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_gets_what_tells_of_people_and_the_network_and_nothing_that_bends_an_answer() {
        let reaches = |name: &str, value: &str| reaches_git(name.as_ref(), value.as_ref());
        for name in [
            "GIT_AUTHOR_DATE",
            "GIT_COMMITTER_EMAIL",
            "GIT_CONFIG_KEY_0",
            "GIT_CONFIG_GLOBAL",
            "GIT_SSH_COMMAND",
            "GIT_SSL_NO_VERIFY",
            "GIT_ASKPASS",
            "GIT_TERMINAL_PROMPT",
            "SSH_AUTH_SOCK",
            "HOME",
            "GITHUB_TOKEN",
        ] {
            assert!(reaches(name, "1"), "{name}");
        }
        // `git rev-parse --local-env-vars` without configuration, the variables of git(1), and some that are not
        // documented there.
        for name in [
            "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_CONFIG GIT_OBJECT_DIRECTORY GIT_DIR GIT_WORK_TREE",
            "GIT_IMPLICIT_WORK_TREE GIT_GRAFT_FILE GIT_INDEX_FILE GIT_NO_REPLACE_OBJECTS GIT_REPLACE_REF_BASE",
            "GIT_PREFIX GIT_SHALLOW_FILE GIT_COMMON_DIR GIT_NAMESPACE GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS",
            "GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS GIT_DIFF_OPTS GIT_EXTERNAL_DIFF GIT_PAGER GIT_EDITOR",
            "GIT_SEQUENCE_EDITOR GIT_OPTIONAL_LOCKS GIT_FLUSH GIT_DEFAULT_HASH GIT_DEFAULT_REF_FORMAT",
            "GIT_ATTR_SOURCE GIT_PROTOCOL GIT_REDIRECT_STDOUT GIT_MERGE_VERBOSITY GIT_REFLOG_ACTION",
            "GIT_REF_PARANOIA GIT_PRINT_SHA1_ELLIPSIS GIT_NOTES_REF GIT_INDEX_VERSION GIT_PROGRESS_DELAY",
            "GIT_TRACE GIT_TRACE_SETUP GIT_TRACE2_EVENT GIT_TEST_FSMONITOR GIT_FORCE_UNTRACKED_CACHE",
        ]
        .join(" ")
        .split(' ')
        {
            assert!(!reaches(name, "1"), "{name}");
        }
        assert!(reaches("GIT_TRACE", "/tmp/trace") && !reaches("GIT_TRACE", "2"));
    }
}
