//! The record of what a command is about to write, kept until it is done: the next command can finish an interrupted
//! one.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::say;
use crate::disk::{FileKind, LARGEST_JOURNAL, Private, Root, too_large};
use crate::error::{Error, Result};

/// One file that a command writes, paths from the ledger's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Write {
    /// The current path; `None`: the file is new.
    pub old: Option<PathBuf>,
    /// Its current text; the file must not have changed since.
    pub before: Option<String>,
    /// The new path.
    pub new: PathBuf,
    /// The new text.
    pub text: String,
}

/// One file that a command removes, path from the ledger's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Removal {
    /// The current path.
    pub path: PathBuf,
    /// Its current text; the file must not have changed since.
    pub before: Before,
}

/// The text of a file, as far as needed to recognise it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Before {
    /// All of it.
    Text(String),
    /// How many bytes: for a photo or a recording, which is too large for a journal.
    Length(u64),
}

impl Before {
    /// Whether the file still has this text.
    pub(crate) fn is(&self, root: &Root, path: &Path) -> bool {
        match self {
            Before::Text(text) => root.read(path).is_ok_and(|bytes| bytes == text.as_bytes()),
            Before::Length(length) => matches!(root.size(path), Ok(Some(size)) if size == *length),
        }
    }
}

/// Everything that a command writes, and the message of its commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    /// The files.
    #[serde(deserialize_with = "few")]
    pub writes: Vec<Write>,
    /// Files to remove when all the others are written.
    #[serde(default, deserialize_with = "few")]
    pub removals: Vec<Removal>,
    /// Files that belong to the same commit, such as an attached photo: in place already, or waiting to be moved into
    /// place.
    #[serde(default, deserialize_with = "few")]
    pub also: Vec<PathBuf>,
    /// The commit's first line; also shown to people when the next command finishes it.
    pub subject: String,
    /// The rest of the commit's message.
    pub body: Option<String>,
    /// `Case:` and `Event:` lines.
    #[serde(deserialize_with = "few")]
    pub trailers: Vec<(String, String)>,
    /// What happens to the files once they are in place.
    #[serde(default)]
    pub then: Then,
}

impl Plan {
    /// Whether it changes no file.
    pub(crate) fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty() && self.also.is_empty()
    }

    /// Every file that it names.
    pub(crate) fn paths(&self) -> HashSet<&Path> {
        let written = self.writes.iter().flat_map(|write| write.old.iter().chain([&write.new]));
        let removed = self.removals.iter().map(|removal| &removal.path);
        written.chain(removed).chain(&self.also).map(PathBuf::as_path).collect()
    }
}

/// The most files of a plan: far beyond any import. Without it, a record with two bytes per file would take a hundred
/// times the memory.
const MOST: usize = 1 << 20;

/// Reads a list of at most [`MOST`] entries.
fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> std::result::Result<Vec<T>, D::Error> {
    struct Few<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Few<T> {
        type Value = Vec<T>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(to, "at most {MOST} of a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> std::result::Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(one) = from.next_element()? {
                if list.len() == MOST {
                    return Err(A::Error::invalid_length(MOST + 1, &self));
                }
                list.push(one);
            }
            Ok(list)
        }
    }

    from.deserialize_seq(Few(PhantomData))
}

/// What happens to the files of a plan once they are in place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Then {
    /// They are committed.
    #[default]
    Commit,
    /// They are marked as resolved, and left for the person who finishes the merge.
    Stage,
    /// The branch moves to a commit that has them.
    #[serde(rename = "Advance")]
    FastForward {
        /// The commit that the branch is at.
        from: String,
        /// The commit that it moves to.
        to: String,
    },
}

/// The state that an interrupted command left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Left {
    /// None was interrupted.
    Nothing,
    /// Its plan.
    Plan(Box<Plan>),
    /// A plan that cannot be read: it is incomplete, or of a newer program.
    Unreadable,
}

/// The file that holds a plan.
const NAME: &str = "fb-journal.json";

/// Where plans are kept that could not be finished, next to the journal.
const SET_ASIDE: &str = "fb-kept";

/// The plans that were set aside, the oldest first; `None`: one that cannot be read. One is in memory at a time, and
/// together they may not be larger than one journal: they may come from an archive.
pub(super) fn set_aside(private: &Private) -> Result<impl Iterator<Item = (PathBuf, Option<Plan>)>> {
    let directory = private.open()?;
    let names = match &directory {
        Some(directory) => directory.names(Path::new(SET_ASIDE))?,
        None => Vec::new(),
    };
    let mut files: Vec<PathBuf> = names.into_iter().map(|name| Path::new(SET_ASIDE).join(name)).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    let (private, mut left) = (private.clone(), LARGEST_JOURNAL);
    Ok(files.into_iter().filter_map(move |file| {
        let directory = directory.as_ref()?;
        let size = directory.size(&file).ok().flatten().filter(|size| *size <= left);
        left -= size.unwrap_or(0);
        let plan = size.and_then(|_| Journal::at(&private, &file).left().ok().flatten());
        Some((directory.path().join(&file), plan))
    }))
}

/// The plan of a running command, on disk.
#[derive(Debug)]
pub(crate) struct Journal {
    private: Private,
    /// Relative to it.
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

    /// Records a plan before anything is written.
    pub(super) fn begin(&self, plan: &Plan) -> Result<()> {
        let text = serde_json::to_string(plan)
            .map_err(|error| Error::failed(say::cannot_write(&self.path, error.to_string())))?;
        if text.len() as u64 > LARGEST_JOURNAL {
            return Err(too_large(&self.path, LARGEST_JOURNAL).hint(say::divide()));
        }
        self.private.made()?.replace(&self.file, text.as_bytes())
    }

    /// Whether there is one. A link, a pipe or a directory in its place is not ours: it is neither followed nor
    /// removed.
    pub(super) fn is_there(&self) -> Result<bool> {
        let Some(private) = self.private.open()? else { return Ok(false) };
        match private.what(&self.file)? {
            None => Ok(false),
            Some(FileKind::File) => Ok(true),
            Some(_) => Err(Error::failed(say::no_journal(&self.path)).hint(say::no_journal_help())),
        }
    }

    /// The state that an interrupted command left, even if it cannot be read.
    pub(super) fn found(&self) -> Result<Left> {
        if !self.is_there()? {
            return Ok(Left::Nothing);
        }
        Ok(match self.left() {
            Ok(None) => Left::Nothing,
            Ok(Some(plan)) => Left::Plan(Box::new(plan)),
            Err(_) => Left::Unreadable,
        })
    }

    /// Sets it aside under this name, where it blocks nobody.
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
            Err(_) => Err(Error::failed(say::bad_journal(&self.path)).hint(say::bad_journal_help())),
        }
    }

    /// Deletes the record, when everything is written.
    pub(super) fn end(&self) -> Result<()> {
        self.private.made()?.remove(&self.file)
    }

    /// Deletes the record, when nothing of it is written. Returns whether it is gone.
    pub(super) fn forget(&self) -> bool {
        // What counts is whether the next command finds it.
        let _ = self.end();
        matches!(self.is_there(), Ok(false))
    }

    /// Its path.
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

    #[test]
    fn a_journal_of_more_files_than_any_plan_has_is_not_taken_up() {
        let listed = |count: usize| {
            let paths = vec!["\"a\""; count].join(",");
            let text = format!(r#"{{"writes":[],"also":[{paths}],"subject":"","body":null,"trailers":[]}}"#);
            serde_json::from_str::<Plan>(&text)
        };
        assert_eq!(listed(MOST).unwrap().also.len(), MOST);
        assert!(listed(MOST + 1).unwrap_err().to_string().contains("at most"));
    }
}
