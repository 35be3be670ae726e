//! What git does for its own commits: packs the loose objects when there are many.
//!
//! A commit through libgit2 leaves its objects loose, several per command. After each of its own commits git checks
//! whether there are too many, and packs them in the background. Here the same check is made without a process, by
//! counting as git does, and git is started only if there is work.

use git2::{Config, ErrorCode};

use super::repository::Repository;
use super::say;
use crate::disk::of_git;
use crate::error::{Error, Result};

/// The directory of loose objects from whose number git estimates that of all 256.
const SAMPLE: &str = "objects/17";
/// The limit of loose objects without `gc.auto`.
const TOO_MANY: i64 = 6700;

impl Repository {
    /// Starts git's maintenance in the background if there are too many objects and the settings (`gc.auto`,
    /// `maintenance.auto`) allow it. The commit is made: if this check fails, or git cannot be started, the objects
    /// stay as they are until the next one.
    pub(super) fn offer_maintenance(&self) {
        if self.needs_maintenance().unwrap_or(false) {
            let _ = self.git().start(&["maintenance", "run", "--auto", "--quiet"]);
        }
    }

    /// Whether git would pack its objects after a commit of its own.
    pub(super) fn needs_maintenance(&self) -> Result<bool> {
        let Some(repo) = &self.library else { return Ok(false) };
        let asked = repo.config().and_then(|mut config| config.snapshot()).and_then(|config| limit(&config));
        let limit = asked.map_err(|error| Error::failed(say::failed(error.message())))?;
        let Some(limit) = limit else { return Ok(false) };
        let Ok(sample) = of_git::names(&self.common_dir().join(SAMPLE)) else { return Ok(false) };
        let loose = sample.iter().filter(|name| name.to_str().is_some_and(is_object)).count();
        Ok(i64::try_from(loose).is_ok_and(|loose| loose > limit))
    }
}

/// Whether a file has the name of a loose object: the id without the two digits of its directory.
fn is_object(name: &str) -> bool {
    name.len() == 38 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The limit of objects in the sample; `None` if the settings say that git must not pack them.
fn limit(config: &Config) -> std::result::Result<Option<i64>, git2::Error> {
    let allowed = if_set(config.get_bool("maintenance.auto"))?.unwrap_or(true);
    let all = if_set(config.get_i64("gc.auto"))?.unwrap_or(TOO_MANY);
    Ok(if allowed && all > 0 { Some((all + 255) / 256) } else { None })
}

/// The value of a setting; `None` if it is not set.
fn if_set<T>(found: std::result::Result<T, git2::Error>) -> std::result::Result<Option<T>, git2::Error> {
    match found {
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        found => found.map(Some),
    }
}
