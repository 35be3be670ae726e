//! A past commit, and what came after it: what must be known before it is undone.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::history::{Altered, Entry, file};
use super::program::{list, names, path};
use super::repository::Repository;
use super::revision::Content;
use crate::error::Result;

/// Which commits are looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CommitFilter<'a> {
    /// Those of the author with this mail address, which altered one of these paths.
    Author(&'a str, &'a [&'a str]),
    /// Those that altered one of these paths. `**` matches any directories.
    Paths(&'a [&'a str]),
}

/// The attributes of a file that make git store something other than the work tree's bytes.
const ATTRIBUTES: [&str; 2] = ["filter", "working-tree-encoding"];

impl Repository {
    /// The last commit in a range (`HEAD`, `1a2b3c..HEAD`) that is not a merge, with what it altered of the given
    /// paths.
    ///
    /// # Errors
    /// The range names no commits; git cannot be run, or fails.
    pub(crate) fn last(&self, range: &str, filter: CommitFilter<'_>) -> Result<Option<Entry>> {
        self.first_of(&["--no-merges"], range, filter)
    }

    /// The last merge in a range; `marked`: the last one with this trailer.
    ///
    /// # Errors
    /// As [`Repository::last`].
    pub(crate) fn last_merge(
        &self,
        range: &str,
        filter: CommitFilter<'_>,
        marked: Option<&str>,
    ) -> Result<Option<Entry>> {
        let mark = marked.map(|key| format!("--grep=^{key}: "));
        let options: Vec<&str> = ["--merges"].into_iter().chain(mark.as_deref()).collect();
        self.first_of(&options, range, filter)
    }

    fn first_of(&self, options: &[&str], range: &str, filter: CommitFilter<'_>) -> Result<Option<Entry>> {
        let (author, paths) = match filter {
            CommitFilter::Author(email, paths) => (Some(format!("--author=<{}>", literal(email))), paths),
            CommitFilter::Paths(paths) => (None, paths),
        };
        let paths: Vec<String> = paths.iter().map(|path| self.glob(path)).collect();
        let options = options.iter().copied().chain(author.as_deref());
        let how: Vec<&str> = options.chain(["--regexp-ignore-case", "--max-count=1", range]).collect();
        Ok(self.log(&how, &paths)?.pop())
    }

    /// A commit, with everything that it altered in the repository's given directory.
    ///
    /// # Errors
    /// As [`Repository::last`].
    pub(crate) fn entry(&self, commit: &str) -> Result<Option<Entry>> {
        Ok(self.log(&["--max-count=1", commit], &[self.own()])?.pop())
    }

    /// The differences between two commits in the repository's given directory: `from` to `to`, or what was added to
    /// `to` since the two diverged (`since_parted`).
    ///
    /// # Errors
    /// One of them is no commit; git cannot be run, or fails.
    pub(crate) fn differing(&self, from: &str, to: &str, since_parted: bool) -> Result<Vec<Altered>> {
        let range = if since_parted { format!("{from}...{to}") } else { format!("{from}..{to}") };
        let how = ["diff", "--raw", "--no-abbrev", "-z", "--no-renames", "--no-relative", "--no-ext-diff"];
        let own = self.own();
        let arguments: Vec<&str> = how.into_iter().chain([range.as_str(), "--", &own]).collect();
        let ran = self.git().must(&arguments, b"")?;
        let mut words = names(&ran.out);
        let mut found = Vec::new();
        while let (Some(line), Some(name)) = (words.next(), words.next()) {
            found.extend(file(line, name, self.prefix()));
        }
        Ok(found)
    }

    /// The upstream of this branch, by its full name such as `refs/remotes/origin/main`: a tag may have the short one.
    /// `None` if it has no upstream, or nothing of it was fetched.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn followed(&self) -> Result<Option<String>> {
        let git = self.git();
        let Some(branch) = git.ask(&["symbolic-ref", "--quiet", "HEAD"])? else { return Ok(None) };
        let followed = git.must_ask(&["for-each-ref", "--format=%(upstream)", &branch])?;
        let commit = format!("{followed}^{{commit}}");
        let fetched = !followed.is_empty() && git.is_so(&["rev-parse", "--quiet", "--verify", &commit])?;
        Ok(fetched.then_some(followed))
    }

    /// A remote's branch that has this commit, as far as it was fetched: then others may have it.
    ///
    /// # Errors
    /// git cannot be run.
    pub(crate) fn shared(&self, commit: &str) -> Result<Option<String>> {
        let how = ["for-each-ref", "--count=1", "--format=%(refname:short)", "--contains", commit];
        let arguments: Vec<&str> = how.into_iter().chain(["refs/remotes"]).collect();
        Ok(Some(self.git().must_ask(&arguments)?).filter(|name| !name.is_empty()))
    }

    /// The texts that these objects have as files of the work tree: after the filters that git would run. They are read
    /// from the object store, up to `largest` bytes each.
    ///
    /// # Errors
    /// git cannot be run, or fails; an object is missing.
    pub(crate) fn smudged(&self, files: &[(&str, &Path)], largest: u64) -> Result<Vec<Content>> {
        let ids: Vec<&str> = files.iter().map(|(id, _)| *id).collect();
        let mut contents = self.blobs(&ids, largest)?.collect::<Result<Vec<Content>>>()?;
        for at in self.filtered(files)? {
            let (id, path) = files[at];
            let path = format!("--path={}", self.prefix().join(path).to_string_lossy());
            if !matches!(contents[at], Content::Bytes(_)) {
                continue;
            }
            let ran = self.git().must(&["cat-file", "--filters", &path, id], b"")?;
            let fits = ran.out.len() as u64 <= largest;
            contents[at] = if fits { Content::Bytes(ran.out) } else { Content::TooLarge };
        }
        Ok(contents)
    }

    /// The places of the files whose attributes ask for a filter.
    fn filtered(&self, files: &[(&str, &Path)]) -> Result<Vec<usize>> {
        let paths: Vec<PathBuf> = files.iter().map(|(_, path)| self.prefix().join(path)).collect();
        let arguments: Vec<&str> = ["check-attr", "-z", "--stdin"].into_iter().chain(ATTRIBUTES).collect();
        let ran = self.git().must(&arguments, &list(&paths))?;
        // Each answer is a path, an attribute and its value.
        let words: Vec<&[u8]> = names(&ran.out).collect();
        let mut filtered: HashSet<PathBuf> = HashSet::new();
        for answer in words.chunks_exact(3) {
            if !matches!(answer[2], b"unspecified" | b"unset") {
                filtered.insert(path(answer[0]));
            }
        }
        Ok((0..paths.len()).filter(|at| filtered.contains(&paths[*at])).collect())
    }

    /// The whole given directory, as a path for git.
    fn own(&self) -> String {
        if self.prefix() == Path::new("") { ".".to_owned() } else { self.pathspec("") }
    }

    /// A path, perhaps with `**` in it, as a pattern for git.
    pub(super) fn glob(&self, path: &str) -> String {
        if !path.contains("**") {
            return self.pathspec(path);
        }
        let prefix: String = self.prefix().join("").to_string_lossy().replace('\\', "/");
        let escaped: String = prefix.chars().flat_map(|c| escape(c, "*?[\\")).collect();
        format!(":(glob){escaped}{path}")
    }
}

/// A basic regular expression that matches these words.
fn literal(words: &str) -> String {
    words.chars().flat_map(|c| escape(c, "\\.[]*^$")).collect()
}

/// The character, with a backslash before it if it is special.
fn escape(c: char, special: &str) -> impl Iterator<Item = char> {
    special.contains(c).then_some('\\').into_iter().chain([c])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_pattern() {
        assert_eq!(literal("li.na+a[1]@x"), "li\\.na+a\\[1\\]@x");
    }
}
