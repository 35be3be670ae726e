//! What a command is about to write, kept until it is done: so that an interrupted one is finished by the next.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::words;
use crate::disk::{LARGEST_JOURNAL, Private, Root, too_large};
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
    pub fn is(&self, root: &Root, path: &Path) -> bool {
        match self {
            Before::Text(text) => root.read(path).is_ok_and(|bytes| bytes == text.as_bytes()),
            Before::Length(length) => matches!(root.size(path), Ok(Some(size)) if size == *length),
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

/// The file that holds a plan.
const NAME: &str = "fb-journal.json";

/// Where plans are that could not be finished, beside the journal.
const SET_ASIDE: &str = "fb-kept";

/// The plans that were put aside, the oldest first; `None`: one that cannot be read.
pub(super) fn set_aside(private: &Private) -> Result<Vec<(PathBuf, Option<Plan>)>> {
    let Some(directory) = private.open()? else { return Ok(Vec::new()) };
    let names = directory.names(Path::new(SET_ASIDE))?.into_iter();
    let mut files: Vec<PathBuf> = names.map(|name| Path::new(SET_ASIDE).join(name)).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    let plan = |file: &PathBuf| Journal::at(private, file).left().ok().flatten();
    Ok(files.into_iter().map(|file| (directory.path().join(&file), plan(&file))).collect())
}

/// The plan of a command that is at work, on disk.
#[derive(Debug)]
pub struct Journal {
    private: Private,
    /// From there.
    file: PathBuf,
    path: PathBuf,
}

impl Journal {
    pub(super) fn in_directory(private: &Private) -> Journal {
        Journal::at(private, Path::new(NAME))
    }

    fn at(private: &Private, file: &Path) -> Journal {
        Journal { private: private.clone(), file: file.to_owned(), path: private.path().join(file) }
    }

    /// Notes a plan before anything is written.
    pub(super) fn begin(&self, plan: &Plan) -> Result<()> {
        let text = serde_json::to_string(plan)
            .map_err(|error| Error::failed(words::cannot_write(&self.path, error.to_string())))?;
        if text.len() as u64 > LARGEST_JOURNAL {
            return Err(too_large(&self.path, LARGEST_JOURNAL).hint(words::divide()));
        }
        self.private.made()?.replace(&self.file, text.as_bytes())
    }

    /// Whether there is one, or something in its place.
    pub(super) fn is_there(&self) -> Result<bool> {
        let Some(private) = self.private.open()? else { return Ok(false) };
        Ok(private.what(&self.file)?.is_some())
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
    pub(super) fn put_aside(&self, name: &str) -> Result<PathBuf> {
        let (private, place) = (self.private.made()?, Path::new(SET_ASIDE).join(format!("{name}.json")));
        private.rename(&self.file, &private, &place)?;
        Ok(private.path().join(place))
    }

    /// The plan that an interrupted command left.
    pub(super) fn left(&self) -> Result<Option<Plan>> {
        if !self.is_there()? {
            return Ok(None);
        }
        let bytes = self.private.made()?.read_up_to(&self.file, LARGEST_JOURNAL)?;
        match serde_json::from_slice(&bytes) {
            Ok(plan) => Ok(Some(plan)),
            Err(_) => Err(Error::failed(words::bad_journal(&self.path)).hint(words::bad_journal_help())),
        }
    }

    /// Everything is written.
    pub(super) fn end(&self) -> Result<()> {
        self.private.made()?.remove(&self.file)
    }

    /// Nothing of it is written; whether it is gone.
    pub(super) fn forget(&self) -> bool {
        // What counts is what the next command finds.
        let _ = self.end();
        matches!(self.is_there(), Ok(false))
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
