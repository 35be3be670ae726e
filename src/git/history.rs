//! The history of some paths: every commit of `HEAD`, and what each altered there, in one walk.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::blob_reader::BlobReader;
use super::program::path;
use super::repository::Repository;
use super::say;
use crate::disk::of_git;
use crate::error::{Error, Result};

/// The options of every look at the history, no matter what the user's settings say about `git log`. Nothing is left
/// out: a merge that drops one side is distinguished from both, and commits that another object replaces are read as
/// they are.
const LOG: [&str; 14] = [
    "--no-replace-objects",
    "log",
    "--full-history",
    "-m",
    "--raw",
    "--no-abbrev",
    "-z",
    "--no-renames",
    "--no-relative",
    "--no-color",
    "--no-mailmap",
    "--no-show-signature",
    "--encoding=UTF-8",
    "--format=%x01%H%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ct%x00%s%x00%(trailers:only,unfold)",
];

/// The options that make it a walk over everything, in order.
const WALK: [&str; 4] = ["--sparse", "--date-order", "--reverse", "HEAD"];

/// A commit, and what it altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its id in full, in hexadecimal.
    pub id: String,
    /// The commits that it follows, the first parent first.
    pub parents: Vec<String>,
    /// The name of its author.
    pub author: String,
    /// The author's mail address.
    pub email: String,
    /// When the author made it, in seconds since 1970; a rebase and an amendment keep it.
    pub authored: i64,
    /// The name of its committer.
    pub committer: String,
    /// When it was committed as it is, in seconds since 1970.
    pub committed: i64,
    /// The first line of its message.
    pub subject: String,
    /// The trailers of its message, one per line.
    pub trailers: String,
    /// The history is cut off here: an earlier commit may have had the same.
    pub cut_off: bool,
    /// What it altered; of a merge, against each parent from which it differs.
    pub altered: Vec<Vec<Altered>>,
}

/// A file that a commit altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Altered {
    /// Its path from the directory for which the repository was asked.
    pub path: PathBuf,
    /// The object before; `None`: not a plain file.
    pub old: Option<String>,
    /// The object after; `None`: not a plain file.
    pub new: Option<String>,
}

impl Entry {
    /// Every value of a key in the trailers.
    pub(crate) fn trailers<'e>(&'e self, key: &'e str) -> impl Iterator<Item = &'e str> {
        let pairs = self.trailers.lines().filter_map(|line| line.split_once(':'));
        pairs.filter(move |(word, _)| *word == key).map(|(_, value)| value.trim())
    }

    /// The first value of a key in the trailers, if there is one.
    pub(crate) fn trailer<'e>(&'e self, key: &'e str) -> Option<&'e str> {
        self.trailers(key).next()
    }

    /// Its id as people write it.
    pub(crate) fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

impl Repository {
    /// Every commit of `HEAD`, parents first, otherwise the earlier first; with what each altered of the paths that
    /// begin with one of these prefixes, which start at the repository's given directory.
    ///
    /// # Errors
    /// There is no commit yet; git cannot be run, or fails.
    pub(crate) fn history(&self, paths: &[&str]) -> Result<Vec<Entry>> {
        self.log(&WALK, &paths.iter().map(|path| self.pathspec(path)).collect::<Vec<_>>())
    }

    /// The paths that begin with this prefix, from the repository's given directory, as patterns for git.
    pub(super) fn pathspec(&self, path: &str) -> String {
        let path = self.prefix().join(path).to_string_lossy().replace('\\', "/");
        format!(":(literal){path}")
    }

    /// The output of `git log` with these options and revisions, for these paths; without paths, for all.
    pub(super) fn log(&self, how: &[&str], paths: &[String]) -> Result<Vec<Entry>> {
        let paths = paths.iter().map(String::as_str);
        let arguments: Vec<&str> =
            LOG.into_iter().chain(how.iter().copied()).chain(["--"]).chain(paths).collect();
        let ran = self.git().must(&arguments, b"")?;
        let cut_off = self.cut_off()?;
        let mut history =
            read(&ran.out, self.prefix()).ok_or_else(|| Error::failed(say::failed("git log")))?;
        for entry in &mut history {
            entry.cut_off = cut_off.contains(&entry.id);
        }
        Ok(history)
    }

    /// The commits at which a shallow clone ends.
    fn cut_off(&self) -> Result<HashSet<String>> {
        let file = self.common_dir().join("shallow");
        match of_git::read_to_string(&file) {
            Ok(list) => Ok(list.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(HashSet::new()),
            Err(error) => Err(Error::failed(say::cannot_read(&file, error.to_string()))),
        }
    }

    /// The contents of these objects, in order; of those up to `largest` bytes.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn blobs(&self, ids: &[&str], largest: u64) -> Result<BlobReader> {
        let sizes = self.sizes(ids)?.into_iter().map(Some);
        BlobReader::of(&self.git(), ids.iter().map(|id| (*id).to_owned()).zip(sizes).collect(), largest)
    }

    /// How many bytes each of these objects has.
    ///
    /// # Errors
    /// git cannot be run, or fails; an object is missing.
    pub(crate) fn sizes(&self, ids: &[&str]) -> Result<Vec<u64>> {
        let list: String = ids.iter().map(|id| format!("{id}\n")).collect();
        let ran = self.git().must(&["cat-file", "--batch-check=%(objectsize)"], list.as_bytes())?;
        let answer = String::from_utf8_lossy(&ran.out);
        let mut sizes = Vec::with_capacity(ids.len());
        for (id, line) in ids.iter().zip(answer.lines()) {
            let Ok(size) = line.parse() else {
                return Err(Error::failed(say::missing_object(*id)).hint(say::run_fsck()));
            };
            sizes.push(size);
        }
        if sizes.len() != ids.len() {
            return Err(Error::failed(say::failed("cat-file --batch-check")));
        }
        Ok(sizes)
    }
}

/// The output of `git log`: nine fields for each commit, then for each file a line of modes and objects, and its path.
/// A merge appears once for each parent from which it differs.
fn read(out: &[u8], prefix: &Path) -> Option<Vec<Entry>> {
    // Every part ends in a NUL, the last one too; otherwise something is missing.
    if !out.is_empty() && !out.ends_with(&[0]) {
        return None;
    }
    let mut words = out.split(|byte| *byte == 0).peekable();
    let mut history: Vec<Entry> = Vec::new();
    while let Some(first) = words.next() {
        if first.is_empty() && words.peek().is_none() {
            break;
        }
        let id = text(first.strip_prefix(b"\x01")?);
        let mut next = || words.next().map(text);
        let entry = Entry {
            id,
            parents: next()?.split_whitespace().map(str::to_owned).collect(),
            author: next()?,
            email: next()?,
            authored: seconds(&next()?)?,
            committer: next()?,
            committed: seconds(&next()?)?,
            subject: next()?,
            trailers: next()?,
            cut_off: false,
            altered: Vec::new(),
        };
        let mut altered = Vec::new();
        while let Some(line) = words.next_if(|word| word.trim_ascii_start().starts_with(b":")) {
            altered.push(file(line, words.next()?, prefix)?);
        }
        match history.last_mut().filter(|last| last.id == entry.id) {
            Some(merge) => merge.altered.push(altered),
            None => history.push(Entry { altered: vec![altered], ..entry }),
        }
    }
    Some(history)
}

/// `:100644 100644 <old> <new> M`
pub(super) fn file(line: &[u8], name: &[u8], prefix: &Path) -> Option<Altered> {
    let line = text(line.trim_ascii_start());
    let words: Vec<&str> = line.trim_start_matches(':').split(' ').collect();
    let &[old_mode, new_mode, old, new, _] = words.as_slice() else { return None };
    let path = path(name);
    let path = path.strip_prefix(prefix).map(Path::to_owned).unwrap_or(path);
    Some(Altered { path, old: plain_file(old_mode, old), new: plain_file(new_mode, new) })
}

/// The object of a plain file.
fn plain_file(mode: &str, id: &str) -> Option<String> {
    if mode.starts_with("100") { Some(id.to_owned()) } else { None }
}

/// A date in seconds since 1970. An invalid or too large one counts as 1970, as git shows it: a commit made by hand
/// must not prevent reading the others.
fn seconds(word: &str) -> Option<i64> {
    match word.parse() {
        Ok(seconds) => Some(seconds),
        Err(_) if word.bytes().all(|byte| byte.is_ascii_digit()) => Some(0),
        Err(_) => None,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A root, and a merge that differs from both of its parents; the second altered a link.
    const OUT: &str = "\u{1}aa\0\0Li Na\0li.na@x\u{0}100\0Li Na\u{0}160\0one\0Case: x\n\0\n:000000 100644 00 b1 A\0s/cases/new/x.yaml\0\
        \u{1}bb\0aa cc\0Wang\0\u{0}200\0Wang\u{0}200\0:two\0\0\n:100644 000000 b1 00 D\0s/cases/new/x.yaml\0\
        \u{1}bb\0aa cc\0Wang\0\u{0}200\0Wang\u{0}200\0:two\0\0\n:100644 120000 b1 b2 T\0s/cases/new/x.yaml\0:000000 100644 00 b3 A\0s/fb.toml\0";

    #[test]
    fn what_the_log_prints_is_a_commit_with_what_it_altered_against_each_parent() {
        let history = read(OUT.as_bytes(), Path::new("s")).unwrap();
        let [root, merge] = history.as_slice() else { panic!("{history:?}") };
        assert_eq!(
            (root.id.as_str(), root.email.as_str(), root.authored, root.committed),
            ("aa", "li.na@x", 100, 160)
        );
        assert_eq!(root.trailers, "Case: x\n");
        assert_eq!((root.parents.len(), &merge.parents), (0, &vec!["aa".to_owned(), "cc".to_owned()]));
        let altered = |path: &str, old: Option<&str>, new: Option<&str>| Altered {
            path: path.into(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        };
        assert_eq!(root.altered, [[altered("cases/new/x.yaml", None, Some("b1"))]]);
        assert_eq!((merge.subject.as_str(), merge.email.as_str()), (":two", ""));
        assert_eq!(
            merge.altered,
            [
                vec![altered("cases/new/x.yaml", Some("b1"), None)],
                vec![altered("cases/new/x.yaml", Some("b1"), None), altered("fb.toml", None, Some("b3"))],
            ]
        );
    }

    #[test]
    fn a_date_that_a_hand_has_made_up_does_not_end_the_history() {
        for (word, read) in
            [("", Some(0)), ("18446744073709551615", Some(0)), ("-5", Some(-5)), ("1e3", None), ("Li", None)]
        {
            assert_eq!(seconds(word), read, "{word}");
        }
    }

    #[test]
    fn what_is_cut_short_is_not_guessed_at() {
        assert_eq!(read(b"", Path::new("")), Some(Vec::new()));
        for end in [20, 40, 60] {
            assert_eq!(read(&OUT.as_bytes()[..end], Path::new("")), None, "{end}");
        }
        assert_eq!(read(b"fatal", Path::new("")), None);
    }
}
