//! What a command is about to write, kept until it is done: so that an interrupted one is finished by the next.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{files, words};
use crate::error::{Error, Result};

/// One file that a command writes, paths from the ledger's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Write {
    /// Where the file stands; `None`: it is new.
    pub old: Option<PathBuf>,
    /// What it says there; the file must not have changed since.
    pub before: Option<String>,
    /// Where it belongs.
    pub new: PathBuf,
    /// What it is to say.
    pub text: String,
}

/// One file that a command takes away, path from the ledger's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// Where it stands.
    pub path: PathBuf,
    /// What it says there; the file must not have changed since.
    pub before: Before,
}

/// What a file says, as far as it takes to know it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Before {
    /// All of it.
    Text(String),
    /// How many bytes: of a photo or a recording, which no journal could hold.
    Length(u64),
}

impl Before {
    /// Whether the file says it still.
    pub fn is(&self, path: &Path) -> bool {
        match self {
            Before::Text(text) => fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()),
            Before::Length(length) => fs::symlink_metadata(path).is_ok_and(|file| file.len() == *length),
        }
    }
}

/// Everything that a command writes, and the words of its commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The files.
    pub writes: Vec<Write>,
    /// Files that go, when all the others are written.
    #[serde(default)]
    pub removals: Vec<Removal>,
    /// Files that belong to the same commit, such as an attached photo: in place already, or brought so far that
    /// they only have to be put there.
    #[serde(default)]
    pub also: Vec<PathBuf>,
    /// The commit's first line; also what people are told when the next command finishes it.
    pub subject: String,
    /// The rest of the commit's message.
    pub body: Option<String>,
    /// `Case:` and `Event:` lines.
    pub trailers: Vec<(String, String)>,
    /// What becomes of the files once they are in place.
    #[serde(default)]
    pub then: Then,
}

impl Plan {
    /// Whether it does nothing with any file.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty() && self.also.is_empty()
    }
}

/// What becomes of the files of a plan once they are in place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Then {
    /// They are committed.
    #[default]
    Commit,
    /// They are marked as resolved, and left for whoever finishes the merge.
    Stage,
    /// The branch moves on to a commit that has them.
    Advance {
        /// The commit that the branch is at.
        from: String,
        /// The commit that it goes to.
        to: String,
    },
}

/// What an interrupted command left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// None was interrupted.
    Nothing,
    /// Its plan.
    Plan(Box<Plan>),
    /// A plan that cannot be read: it is torn, or of a newer program.
    Unreadable,
}

/// Where plans are that could not be finished, beside the journal.
const SET_ASIDE: &str = "fb-kept";

/// The plans that were put aside, the oldest first; `None`: one that cannot be read.
pub(super) fn set_aside(directory: &Path) -> Vec<(PathBuf, Option<Plan>)> {
    let entries = fs::read_dir(directory.join(SET_ASIDE)).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let plan = |path: &PathBuf| Journal { path: path.clone() }.left().ok().flatten();
    paths.into_iter().map(|path| (path.clone(), plan(&path))).collect()
}

/// The plan of a command that is at work, on disk.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    pub(super) fn in_directory(directory: &Path) -> Journal {
        Journal { path: directory.join("fb-journal.json") }
    }

    /// Notes a plan before anything is written.
    pub(super) fn begin(&self, plan: &Plan) -> Result<()> {
        let text = serde_json::to_string(plan)
            .map_err(|error| Error::failed(words::cannot_write(&self.path, error.to_string())))?;
        files::replace(&self.path, &text)
    }

    /// What an interrupted command left, whether or not it can be read.
    pub(super) fn found(&self) -> Left {
        match self.left() {
            Ok(None) => Left::Nothing,
            Ok(Some(plan)) => Left::Plan(Box::new(plan)),
            Err(_) => Left::Unreadable,
        }
    }

    /// Puts it aside under this name, where it stops nobody.
    pub(super) fn put_aside(&self, directory: &Path, name: &str) -> Result<PathBuf> {
        let place = directory.join(SET_ASIDE).join(format!("{name}.json"));
        files::rename(&self.path, &place)?;
        Ok(place)
    }

    /// The plan that an interrupted command left.
    pub(super) fn left(&self) -> Result<Option<Plan>> {
        if !self.path.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&self.path)
            .map_err(|error| Error::failed(words::cannot_read(&self.path, error.to_string())))?;
        match serde_json::from_str(&text) {
            Ok(plan) => Ok(Some(plan)),
            Err(_) => Err(Error::failed(words::bad_journal(&self.path)).hint(words::bad_journal_help())),
        }
    }

    /// Everything is written.
    pub(super) fn end(&self) -> Result<()> {
        files::remove(&self.path)
    }

    /// Nothing of it is written; whether it is gone.
    pub(super) fn forget(&self) -> bool {
        // What counts is what the next command finds.
        let _ = self.end();
        fs::symlink_metadata(&self.path).is_err()
    }

    /// Where it is kept.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_of_an_older_program_is_read() {
        let old = r#"{"writes":[{"old":null,"before":null,"new":"cases/new/x.yaml","text":"x"}],
            "subject":"new x","body":null,"trailers":[["Case","x"]]}"#;
        let plan: Plan = serde_json::from_str(old).unwrap();
        assert_eq!((plan.writes.len(), plan.removals.len(), plan.also.len()), (1, 0, 0));
        let removals = vec![
            Removal { path: "a".into(), before: Before::Text("7".to_owned()) },
            Removal { path: "b".into(), before: Before::Length(7) },
        ];
        let plan = Plan { removals, ..plan };
        assert_eq!(serde_json::from_str::<Plan>(&serde_json::to_string(&plan).unwrap()).unwrap(), plan);
    }
}
