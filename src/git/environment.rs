//! The variables by which git is told of a repository, and what becomes of them here.
//!
//! The repository is always the one around the ledger's directory. `GIT_DIR` and its kin name another one: they
//! are set where `fb` runs in a hook of some repository, and a commit that followed them would go astray. So they
//! are kept from the `git` program. What git is told of people, dates and configuration holds.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// Variables that name a repository or a part of it: `git rev-parse --local-env-vars`, without configuration.
pub(super) const PLACES: [&str; 13] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Variables that libgit2 follows although they are kept from us, or that it does not read although they hold.
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

/// Whether libgit2 sees this environment as git does.
pub(super) fn fits_library() -> bool {
    BEYOND_LIBRARY.iter().all(|name| env::var_os(name).is_none())
}

/// The directories above which no repository is looked for (`GIT_CEILING_DIRECTORIES`).
pub(super) fn ceilings() -> Vec<PathBuf> {
    let list: OsString = env::var_os("GIT_CEILING_DIRECTORIES").unwrap_or_default();
    env::split_paths(&list).filter(|path| path.is_absolute()).collect()
}
