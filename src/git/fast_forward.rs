//! Moves the branch to a later commit, and the work tree with it; files that people changed meanwhile block it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::change::{Change, Paths, bytes};
use super::failure::Failure;
use super::lock::IndexLock;
use super::program::{Git, STATUS, list, names, path};
use super::repository::{Repository, patiently};
use super::say;
use super::stale_locks::branch_locks;
use crate::disk::{FileKind, LARGEST_ATTACHED, Root, of_git};
use crate::error::{Error, Result};

/// From one commit to one of its descendants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FastForward {
    /// The commit that `HEAD` names.
    pub from: String,
    /// The commit that it will name.
    pub to: String,
}

impl Repository {
    /// The files that differ between two commits and are not in the work tree as the first has them: changed, staged, or
    /// new where the second has one. Those that are already as the second has them are not included. The paths start at
    /// the top of the work tree.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn in_the_way(&self, fast_forward: &FastForward) -> Result<Vec<PathBuf>> {
        let git = self.git();
        let differing = self.files_between(&fast_forward.from, &fast_forward.to)?;
        let arguments: Vec<&str> = STATUS.iter().copied().chain(["."]).collect();
        let out = git.must(&arguments, b"")?.out;
        let touched: HashSet<PathBuf> = names(&out).filter_map(|line| line.get(3..)).map(path).collect();
        let known =
            git.must(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &fast_forward.from], b"")?.out;
        let known: HashSet<&[u8]> = names(&known).collect();
        let hidden = self.hidden(&differing)?;
        let mut in_the_way = BTreeSet::new();
        for file in differing {
            if touched.contains(&file) || hidden.contains(&file) {
                in_the_way.insert(file);
            } else {
                in_the_way.extend(self.stranger_at(&file, &known)?);
            }
        }
        let in_the_way: Vec<PathBuf> = in_the_way.into_iter().collect();
        let arrived = self.arrived(&fast_forward.from, &fast_forward.to, &in_the_way)?;
        Ok(in_the_way.into_iter().filter(|file| !arrived.contains(file)).collect())
    }

    /// What is in the place of a file that only the second commit has, and is not a file of the first: at that path,
    /// above it, or in a directory of that name. `known` are the files of the first commit.
    fn stranger_at(&self, file: &Path, known: &HashSet<&[u8]>) -> Result<Option<PathBuf>> {
        if is_known(known, file) {
            return Ok(None);
        }
        let mut above: Vec<&Path> = file.ancestors().filter(|above| !above.as_os_str().is_empty()).collect();
        above.reverse();
        for path in above {
            match of_git::symlink_metadata(&self.top().join(path)) {
                Ok(there) if there.is_dir() => {}
                Ok(_) if is_known(known, path) => return Ok(None),
                Ok(_) => return Ok(Some(path.to_owned())),
                Err(_) => return Ok(None),
            }
            if path == file {
                return self.stranger_in(path, known);
            }
        }
        Ok(None)
    }

    /// The first file of a directory, or below it, that is not known.
    fn stranger_in(&self, directory: &Path, known: &HashSet<&[u8]>) -> Result<Option<PathBuf>> {
        let top = Root::open(self.top())?;
        let mut open = vec![directory.to_owned()];
        while let Some(directory) = open.pop() {
            for name in top.names(&directory)? {
                let path = directory.join(name);
                match top.what(&path)? {
                    Some(FileKind::Directory) => open.push(path),
                    _ if !is_known(known, &path) => return Ok(Some(path)),
                    _ => {}
                }
            }
        }
        Ok(None)
    }

    /// The files that are in the work tree as the second commit has them (or absent, if it has none), and in the index
    /// as either commit has them: a sync wrote them before another process moved the branch.
    fn arrived(&self, from: &str, to: &str, files: &[PathBuf]) -> Result<HashSet<PathBuf>> {
        if files.is_empty() {
            return Ok(HashSet::new());
        }
        let git = self.git();
        let (from, to) = (ids_in(&git, from)?, ids_in(&git, to)?);
        let index = ids(&git.must(&["ls-files", "--stage", "-z"], b"")?.out, 1);
        let unmerged = self.unmerged()?;
        let mut arrived = HashSet::new();
        let mut written = Vec::new();
        for file in files {
            let staged = index.get(file);
            if unmerged.contains(file) || (staged != from.get(file) && staged != to.get(file)) {
                continue;
            }
            if !to.contains_key(file) {
                if self.is_gone(file) {
                    arrived.insert(file.clone());
                }
            } else if self.is_plain_file(file) && fits_in_a_line(file) {
                written.push(file);
            }
        }
        let list: Vec<u8> = written.iter().flat_map(|file| [bytes(file), b"\n".to_vec()].concat()).collect();
        let hashed = git.must(&["hash-object", "--stdin-paths"], &list)?.out;
        for (file, id) in written.into_iter().zip(String::from_utf8_lossy(&hashed).lines()) {
            if to.get(file).is_some_and(|it| it == id) {
                arrived.insert(file.clone());
            }
        }
        Ok(arrived)
    }

    /// Whether a file that the second commit removes is removed. A directory in its place belongs to the second commit,
    /// too.
    fn is_gone(&self, file: &Path) -> bool {
        of_git::symlink_metadata(&self.top().join(file)).map_or(true, |there| there.is_dir())
    }

    /// Whether nothing is there; also if a file is in the place of the directory above.
    fn is_nowhere(&self, file: &Path) -> bool {
        let there = of_git::symlink_metadata(&self.top().join(file));
        there.is_err_and(|error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
    }

    /// Whether a path of the work tree is a file, not a link.
    fn is_plain_file(&self, file: &Path) -> bool {
        of_git::symlink_metadata(&self.top().join(file)).is_ok_and(|there| there.is_file())
    }

    /// The files that differ from the index although git is told not to look (`skip-worktree`, `assume-unchanged`).
    fn hidden(&self, files: &[PathBuf]) -> Result<HashSet<PathBuf>> {
        let git = self.git();
        let files: HashSet<&PathBuf> = files.iter().collect();
        let out = git.must(&["ls-files", "-v", "--stage", "-z"], b"")?.out;
        let mut hidden = HashSet::new();
        for (file, id) in names(&out).filter_map(unwatched) {
            if !files.contains(&file) || !self.is_plain_file(&file) {
                continue;
            }
            let name = file.to_string_lossy();
            if git.must_ask(&["hash-object", "--", &name])? != id {
                hidden.insert(file);
            }
        }
        Ok(hidden)
    }

    /// Checks that git can put every file of the second commit into a work tree: it would stop half-way at a name that
    /// it reserves, or that the system does not allow. If the first commit also has such a name, nothing is refused.
    ///
    /// # Errors
    /// It cannot, in git's words; git cannot be run.
    pub(crate) fn takes(&self, fast_forward: &FastForward) -> Result<()> {
        let scratch = self.scratch()?;
        let index = scratch.path().join("index");
        let read = |commit: &str| self.git().with_index(&index).must(&["read-tree", commit], b"");
        let Err(error) = read(&fast_forward.to) else { return Ok(()) };
        if read(&fast_forward.from).is_ok() { Err(error) } else { Ok(()) }
    }

    /// Moves `HEAD`, and with it the index and the work tree. The files of these changes are in place already. An
    /// interrupted move can be repeated. The caller must be the only `fb` that commits here.
    ///
    /// # Errors
    /// `HEAD` now names another commit; another git process held a lock until the end; git fails.
    pub(crate) fn fast_forward(&self, fast_forward: &FastForward, placed: &[Change]) -> Result<()> {
        let git = self.git();
        let head = git.must_ask(&["rev-parse", "--verify", "HEAD"])?;
        if head == fast_forward.to {
            return Ok(());
        }
        if head != fast_forward.from {
            return Err(Error::failed(say::moved()).hint(say::sync_again()));
        }
        let placed = self.paths(placed)?;
        let known: HashSet<&PathBuf> = placed.present.iter().chain(&placed.absent).collect();
        let others = self.files_between(&fast_forward.from, &fast_forward.to)?;
        let there =
            git.must(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &fast_forward.to], b"")?.out;
        let there: HashSet<PathBuf> = names(&there).map(path).collect();
        // If a file takes the place of a directory, the files of the directory are gone with it: git no longer knows
        // them.
        let goes_along = |file: &Path| file.ancestors().skip(1).any(|above| there.contains(above));
        let others: Vec<PathBuf> =
            others.into_iter().filter(|file| !known.contains(file) && !goes_along(file)).collect();
        self.in_index(|git| {
            restore(git, &fast_forward.to, &others)?;
            take_over(git, &placed)?;
            bring_modes(git, &fast_forward.to, &known)
        })
        .map_err(Failure::in_sync)?;
        patiently(|| {
            let ran = git
                .at_once()
                .run(&["update-ref", "-m", "fb sync", "HEAD", &fast_forward.to, &fast_forward.from], b"")?;
            if ran.done() {
                return Ok(());
            }
            match branch_locks(self).into_iter().find(|lock| of_git::is_there(lock)) {
                Some(lock) => Err(Failure::Taken(lock)),
                None => Err(Error::failed(say::failed(ran.said.trim_end())).into()),
            }
        })
        .map_err(Failure::in_sync)?;
        self.thin_out()?;
        // The hook after a merge is the user's; its failure undoes nothing.
        git.run(&["hook", "run", "--ignore-missing", "post-merge", "--", "0"], b"")?;
        Ok(())
    }

    /// Removes from the work tree what a sparse checkout leaves out.
    fn thin_out(&self) -> Result<()> {
        let git = self.git();
        if git.ask(&["config", "--type=bool", "--get", "core.sparseCheckout"])?.as_deref() == Some("true") {
            // What stays in the work tree is as the commit has it.
            git.run(&["sparse-checkout", "reapply"], b"")?;
        }
        Ok(())
    }

    /// Finishes the fast-forward of a process that died: as [`Repository::fast_forward`], after removing its locks.
    /// `placed` must include what was changed by hand since then ([`Repository::changed_meanwhile`]).
    ///
    /// # Errors
    /// As there.
    pub(crate) fn finish_fast_forward(&self, fast_forward: &FastForward, placed: &[Change]) -> Result<()> {
        self.remove_stale(|id| Ok(id == fast_forward.to))?;
        self.fast_forward(fast_forward, placed)
    }

    /// The files that this fast-forward would have written if its process had not died, and that somebody has changed
    /// since: absolute paths. It excludes `placed`, paths from the repository's given directory. Empty if the branch
    /// already names the second commit.
    ///
    /// # Errors
    /// git cannot be run, or fails; a file cannot be read.
    pub(crate) fn changed_meanwhile(
        &self,
        fast_forward: &FastForward,
        placed: &HashSet<&Path>,
    ) -> Result<Vec<PathBuf>> {
        if self.commit_id("HEAD")? == fast_forward.to {
            return Ok(Vec::new());
        }
        let placed: HashSet<PathBuf> = placed.iter().map(|path| self.prefix().join(path)).collect();
        let mut changed = Vec::new();
        for file in self.in_the_way(fast_forward)? {
            if !placed.contains(&file) && !self.is_half_written(&file, &fast_forward.to)? {
                changed.push(self.top().join(file));
            }
        }
        Ok(changed)
    }

    /// Whether a file has only the beginning of what the commit has, or is gone: git was stopped while it wrote the
    /// file, or before, since it removes the old one first.
    fn is_half_written(&self, file: &Path, commit: &str) -> Result<bool> {
        if self.is_nowhere(file) {
            return Ok(true);
        }
        let top = Root::open(self.top())?;
        match top.what(file)? {
            None => return Ok(true),
            Some(FileKind::File) => {}
            Some(_) => return Ok(false),
        }
        let there = top.read_up_to(file, LARGEST_ATTACHED)?;
        let name = format!("{commit}:{}", file.to_string_lossy());
        let whole = self.git().run(&["cat-file", "blob", &name], b"")?;
        Ok(whole.done() && whole.out.starts_with(&there))
    }

    /// Undoes a failed fast-forward: the files that git wrote, if they are as the second commit has them or half
    /// written, are restored to the first commit, in the work tree and in the index. The caller restores the files of
    /// `placed`. The branch has not moved.
    ///
    /// # Errors
    /// git cannot be run, or fails; another git process held a lock until the end.
    pub(crate) fn retreat(&self, fast_forward: &FastForward, placed: &[Change]) -> Result<()> {
        let placed = self.paths(placed)?;
        let known: HashSet<&PathBuf> = placed.present.iter().chain(&placed.absent).collect();
        let git = self.git();
        let before =
            git.must(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &fast_forward.from], b"")?.out;
        let before: HashSet<PathBuf> = names(&before).map(path).collect();
        let all = self.files_between(&fast_forward.from, &fast_forward.to)?;
        // If git cannot be run, unknown files stay, and the result says so.
        let (arrived, unasked) = match self.arrived(&fast_forward.from, &fast_forward.to, &all) {
            Ok(arrived) => (arrived, Ok(())),
            Err(error) => (HashSet::new(), Err(error)),
        };
        let (mut back, mut gone) = (Vec::new(), Vec::new());
        for file in all.iter().filter(|file| !known.contains(file)) {
            let begun = arrived.contains(file) || self.is_half_written(file, &fast_forward.to)?;
            if begun && before.contains(file) {
                back.push(file.clone());
            } else if begun {
                gone.push(file.clone());
            }
        }
        let top = Root::open(self.top())?;
        for file in &gone {
            if !self.is_nowhere(file) {
                top.remove(file)?;
            }
            // A directory that is not empty stays, as it should.
            for above in file.ancestors().skip(1) {
                if !top.remove_empty(above) {
                    break;
                }
            }
        }
        let scratch = self.scratch()?;
        let index = scratch.path().join("index");
        git.with_index(&index).must(&["read-tree", &fast_forward.from], b"")?;
        restore(&git.with_index(&index), &fast_forward.from, &back)?;
        // The index has entries of the second commit only if the branch itself could not be moved.
        let cached =
            ["diff-index", "--cached", "--name-only", "-z", "--no-renames", &fast_forward.from, "--"];
        let staged = git.must(&cached, b"")?.out;
        let all: HashSet<PathBuf> = all.into_iter().collect();
        let staged: Vec<PathBuf> = names(&staged).map(path).filter(|file| all.contains(file)).collect();
        if staged.is_empty() {
            self.thin_out()?;
            return unasked;
        }
        let reset = ["--literal-pathspecs", "reset", "--quiet", &fast_forward.from];
        let reset = [&reset[..], &["--pathspec-from-file=-", "--pathspec-file-nul"]].concat();
        self.in_index(|git| Ok(git.must(&reset, &list(&staged)).map(drop)?)).map_err(Failure::in_sync)?;
        self.thin_out()?;
        unasked
    }

    /// Adds these files to the index as they are in the work tree: their conflicts are resolved.
    ///
    /// # Errors
    /// A path is not a plain file of this work tree; another git process held a lock until the end; git fails.
    pub(crate) fn stage(&self, changes: &[Change]) -> Result<()> {
        let paths = self.paths(changes)?;
        Ok(self.in_index(|git| take_over(git, &paths))?)
    }

    /// Works on a copy of the index, under its lock, and then replaces the index by it.
    fn in_index(
        &self,
        work: impl Fn(&Git<'_>) -> std::result::Result<(), Failure>,
    ) -> std::result::Result<(), Failure> {
        patiently(|| {
            let lock = IndexLock::take(self.git_dir())?;
            let index = lock.copy("index")?;
            work(&self.git().with_index(&index))?;
            lock.replace(&index).map_err(Failure::write(&index))
        })
    }
}

/// Whether a file is one of these.
fn is_known(known: &HashSet<&[u8]>, file: &Path) -> bool {
    known.contains(bytes(file).as_slice())
}

/// Whether git reads this name from a list as it is: it takes one name per line, and undoes quotation marks.
fn fits_in_a_line(file: &Path) -> bool {
    !bytes(file).iter().any(|byte| matches!(byte, b'\n' | b'"'))
}

/// A line of `git ls-files -v --stage` as file and object, if git is told not to look at the file.
fn unwatched(line: &[u8]) -> Option<(PathBuf, String)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let mut words = std::str::from_utf8(&line[..tab]).ok()?.split_ascii_whitespace();
    if !words.next()?.starts_with(|tag: char| tag == 'S' || tag.is_ascii_lowercase()) {
        return None;
    }
    Some((path(&line[tab + 1..]), words.nth(1)?.to_owned()))
}

/// The objects of a commit's files, by path.
fn ids_in(git: &Git<'_>, commit: &str) -> Result<HashMap<PathBuf, String>> {
    Ok(ids(&git.must(&["ls-tree", "-r", "-z", "--full-tree", commit], b"")?.out, 2))
}

/// The objects of files, by path: the word at this position of each line of `git ls-tree` or `git ls-files --stage`.
fn ids(out: &[u8], at: usize) -> HashMap<PathBuf, String> {
    names(out).filter_map(|line| id_of(line, at)).collect()
}

fn id_of(line: &[u8], at: usize) -> Option<(PathBuf, String)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let id = std::str::from_utf8(&line[..tab]).ok()?.split(' ').nth(at)?.to_owned();
    Some((path(&line[tab + 1..]), id))
}

/// Gives the commit's mode, in the work tree and in the index, to those of these files that have the commit's text but
/// another mode.
fn bring_modes(git: &Git<'_>, commit: &str, known: &HashSet<&PathBuf>) -> std::result::Result<(), Failure> {
    let differ = ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", commit];
    let out = git.must(&differ, b"")?.out;
    let mut words = names(&out);
    let mut files = Vec::new();
    while let (Some(line), Some(name)) = (words.next(), words.next()) {
        let line = String::from_utf8_lossy(line);
        let parts: Vec<&str> = line.split(' ').collect();
        let file = path(name);
        if matches!(parts.as_slice(), [_, _, old, new, _] if old == new) && known.contains(&file) {
            files.push(file);
        }
    }
    restore(git, commit, &files)
}

/// Restores these files to what the commit has, in the work tree and in the index.
fn restore(git: &Git<'_>, commit: &str, files: &[PathBuf]) -> std::result::Result<(), Failure> {
    if files.is_empty() {
        return Ok(());
    }
    let source = format!("--source={commit}");
    // In a sparse checkout git would not recognise the files that are left out.
    let restore =
        ["--literal-pathspecs", "restore", "--ignore-skip-worktree-bits", &source, "--staged", "--worktree"];
    let restore = [&restore[..], &["--pathspec-from-file=-", "--pathspec-file-nul"]].concat();
    git.must(&restore, &list(files))?;
    Ok(())
}

/// Updates the entries of these paths from the work tree.
fn take_over(git: &Git<'_>, paths: &Paths) -> std::result::Result<(), Failure> {
    let ran = git.update(paths)?;
    if ran.done() { Ok(()) } else { Err(Error::failed(say::failed(ran.said.trim_end())).into()) }
}
