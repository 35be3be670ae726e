//! What a command is about to write, kept until it is done: so that an interrupted one is finished by the next.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{files, words};
use crate::error::{Error, Result};

/// One file that a command writes, paths from the ledger's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    fn is(&self, path: &Path) -> bool {
        match self {
            Before::Text(text) => fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()),
            Before::Length(length) => fs::symlink_metadata(path).is_ok_and(|file| file.len() == *length),
        }
    }
}

/// Everything that a command writes, and the words of its commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The files.
    pub writes: Vec<Write>,
    /// Files that go, when all the others are written.
    #[serde(default)]
    pub removals: Vec<Removal>,
    /// Files that are in place already and belong to the same commit, such as an attached photo.
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
        fs::remove_file(&self.path)
            .map_err(|error| Error::failed(words::cannot_write(&self.path, error.to_string())))
    }

    /// Where it is kept.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Writes one file of a plan; what is there already is left, so that it can be done again.
///
/// The new text replaces the file at its **old** path, which is then renamed into its new directory: at every
/// instant there is exactly one file of the case. If the new place says the text already, the old file goes.
pub(super) fn carry_out(root: &Path, write: &Write) -> Result<()> {
    let new = root.join(&write.new);
    let says = |path: &Path| fs::read_to_string(path).ok();
    let old = write.old.as_ref().map(|old| root.join(old));
    if says(&new).as_ref() == Some(&write.text) {
        // A second file of the same case was joined with the one that is in place.
        let second = old.filter(|old| *old != new && old.exists());
        return second.map_or(Ok(()), |second| match says(&second) {
            Some(text) if Some(&text) == write.before.as_ref() || text == write.text => {
                files::remove(&second)
            }
            _ => Err(changed(write)),
        });
    }
    let Some(old) = old else {
        if new.exists() {
            return Err(Error::failed(words::taken(&write.new)));
        }
        return files::replace(&new, &write.text);
    };
    let now = says(&old);
    if now.as_ref() != Some(&write.text) {
        if now != write.before {
            return Err(changed(write));
        }
        files::replace(&old, &write.text)?;
    }
    if old != new { files::rename(&old, &new) } else { Ok(()) }
}

/// Takes one file of a plan away, and its directory if nothing else is in it, as git does; one that is gone already
/// is left so.
pub(super) fn take_away(root: &Path, removal: &Removal) -> Result<()> {
    let path = root.join(&removal.path);
    if fs::symlink_metadata(&path).is_err() {
        return Ok(());
    }
    if !removal.before.is(&path) {
        return Err(Error::failed(words::moved_meanwhile(&removal.path)));
    }
    files::remove(&path)?;
    // A directory that is not empty stays, and that is right.
    let _ = path.parent().map(fs::remove_dir);
    Ok(())
}

/// The file at the old place is not what the plan was made for.
fn changed(write: &Write) -> Error {
    Error::failed(words::moved_meanwhile(write.old.clone().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that says `text`, and its removal.
    fn stands(text: &str, before: Before) -> (tempfile::TempDir, Removal) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("files")).unwrap();
        fs::write(root.path().join("files/x"), text).unwrap();
        (root, Removal { path: "files/x".into(), before })
    }

    #[test]
    fn what_is_taken_away_is_gone_with_its_empty_directory_and_may_be_gone_already() {
        for before in [Before::Text("photo".to_owned()), Before::Length(5)] {
            let (root, removal) = stands("photo", before);
            take_away(root.path(), &removal).unwrap();
            assert!(!root.path().join("files").exists());
            take_away(root.path(), &removal).unwrap();
        }
        let (root, removal) = stands("photo", Before::Length(5));
        fs::write(root.path().join("files/y"), "").unwrap();
        take_away(root.path(), &removal).unwrap();
        assert!(root.path().join("files/y").exists());
    }

    #[test]
    fn what_was_changed_since_stays() {
        for before in [Before::Text("photo".to_owned()), Before::Length(5)] {
            let (root, removal) = stands("another", before);
            let error = take_away(root.path(), &removal).unwrap_err();
            assert!(error.message.to_string().contains("files/x"), "{error}");
            assert!(root.path().join("files/x").exists());
        }
    }

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
