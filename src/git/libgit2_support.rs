//! What libgit2 does not honour, so that the `git` program is needed.
//!
//! libgit2 does follow `core.autocrlf`, `text`, `eol`, `ident` and `core.fileMode`, and writes messages as UTF-8
//! regardless of `i18n.commitEncoding`, as the format of a commit has it by default. It refuses unknown extensions,
//! sha256, reftable, split and sparse indexes by itself. It would silently ignore what is listed here.

use std::path::{Path, PathBuf};

use git2::{AttrCheckFlags, AttrValue, Config, ErrorCode, Repository};

use crate::disk::of_git;

/// Hooks that git runs for a commit, its branch and its index.
const HOOKS: [&str; 6] = [
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
];

/// Attributes of a file that change what git stores of it, and that libgit2 does not apply.
const ATTRIBUTES: [&str; 2] = ["filter", "working-tree-encoding"];

/// Whether libgit2 reads the author as git does: it does not read `author.*` and `committer.*`, nor files that are
/// included only for certain remotes.
pub(super) fn knows_people(repo: &Repository) -> Result<bool, git2::Error> {
    let config = repo.config()?.snapshot()?;
    Ok(!any(&config, r"^(author|committer)\.(name|email)$")?
        && !any(&config, r"^includeif\.hasconfig:.*\.path$")?)
}

/// Whether libgit2 would commit these files exactly as git would.
pub(super) fn makes_commit(repo: &Repository, files: &[PathBuf]) -> Result<bool, git2::Error> {
    let config = repo.config()?.snapshot()?;
    let plain = !signed(&config) && !shared(&config) && !replaced(repo)? && !hooked(repo, &config)?;
    Ok(plain && !files.iter().any(|file| filtered(repo, file)))
}

/// Whether what libgit2 writes can be read by everybody who needs it.
pub(super) fn keeps_objects(repo: &Repository) -> bool {
    repo.config().and_then(|mut config| config.snapshot()).is_ok_and(|config| !shared(&config))
}

fn any(config: &Config, names: &str) -> Result<bool, git2::Error> {
    let mut entries = config.entries(Some(names))?;
    Ok(entries.next().is_some())
}

/// Whether objects replace others (`git replace`).
pub(super) fn replaced(repo: &Repository) -> Result<bool, git2::Error> {
    Ok(repo.references_glob("refs/replace/*")?.next().is_some())
}

/// Whether commits are signed, or the setting cannot be read: then git reports it.
fn signed(config: &Config) -> bool {
    config.get_bool("commit.gpgsign").unwrap_or_else(|error| error.code() != ErrorCode::NotFound)
}

/// Whether objects must stay writable for a group (`core.sharedRepository`).
fn shared(config: &Config) -> bool {
    match config.get_string("core.sharedrepository") {
        Ok(how) => !["", "false", "no", "off", "0", "umask"].contains(&how.to_lowercase().as_str()),
        Err(error) => error.code() != ErrorCode::NotFound,
    }
}

/// Whether git would run one of the hooks of a commit.
fn hooked(repo: &Repository, config: &Config) -> Result<bool, git2::Error> {
    let mut any = false;
    for hook in HOOKS {
        any |= has_hook(repo, config, hook)?;
    }
    Ok(any)
}

/// Whether git would run this hook.
pub(super) fn has_hook(repo: &Repository, config: &Config, hook: &str) -> Result<bool, git2::Error> {
    let dir = match config.get_path("core.hookspath") {
        Ok(dir) => repo.workdir().unwrap_or(repo.path()).join(dir),
        Err(error) if error.code() == ErrorCode::NotFound => repo.commondir().join("hooks"),
        Err(_) => return Ok(true),
    };
    Ok(runs(&dir.join(hook)) || any(config, r"^hook\..*\.command$")?)
}

#[cfg(unix)]
fn runs(hook: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    of_git::metadata(hook).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn runs(hook: &Path) -> bool {
    ["", "exe"].iter().any(|end| of_git::metadata(&hook.with_extension(end)).is_ok_and(|file| file.is_file()))
}

/// Whether a filter changes what git stores of a file, which libgit2 does not apply.
pub(super) fn filtered(repo: &Repository, file: &Path) -> bool {
    ATTRIBUTES.iter().any(|name| {
        let value = repo.get_attr_bytes(file, name, AttrCheckFlags::default());
        value.map_or(true, |value| matches!(AttrValue::always_bytes(value), AttrValue::Bytes(_)))
    })
}
