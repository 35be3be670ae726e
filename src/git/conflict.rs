//! What is in conflict: which commits are being merged, and what the index has of them.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::committed::UnderWay;
use super::program::{STATUS, names, path};
use super::repository::Repository;
use super::say;
use super::tree::{Blob, Listing};
use crate::disk::of_git;
use crate::error::{Error, Result};

/// The commits that a merge, a rebase or a cherry-pick is merging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sides {
    /// What both began from; `None`: their common ancestor.
    pub base: Option<String>,
    /// The commit that `HEAD` names.
    pub ours: String,
    /// The commit that is being merged into it.
    pub theirs: String,
}

/// The three listings that the index has of the conflicts. For a file that both sides moved, its stages have git's own
/// merge, with markers, and not the version of a side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stages {
    /// Stage 1: what both began from.
    pub base: Listing,
    /// Stage 3: the commit that is being merged.
    pub theirs: Listing,
    /// Stage 0: what git could merge.
    pub settled: Listing,
    /// The paths that have any stage but 0.
    pub unmerged: BTreeSet<PathBuf>,
}

/// The exit status with which git says that it does not know an option.
const USAGE: i32 = 129;

impl Repository {
    /// The commits that are being merged; `None` if git does not say, as after `git stash pop`.
    ///
    /// # Errors
    /// There are more than two; a commit is being reverted, which would lose stamps; git cannot be run.
    pub(crate) fn sides(&self, state: UnderWay) -> Result<Option<Sides>> {
        let mark = match state {
            UnderWay::Merge => "MERGE_HEAD",
            UnderWay::CherryPick => "CHERRY_PICK_HEAD",
            UnderWay::Rebase => "REBASE_HEAD",
            UnderWay::Revert => return Err(Error::refused(say::reverting()).hint(say::take_back())),
            UnderWay::Patches | UnderWay::Bisect | UnderWay::Conflicts => return Ok(None),
        };
        let git = self.git();
        let ours = git.must_ask(&["rev-parse", "--verify", "HEAD"])?;
        let Some(theirs) = git.ask(&["rev-parse", "--quiet", "--verify", mark])? else { return Ok(None) };
        if state != UnderWay::Merge {
            let parent = git.ask(&["rev-parse", "--quiet", "--verify", &format!("{theirs}^")])?;
            let base = parent.map_or_else(|| self.empty_tree(), Ok)?;
            return Ok(Some(Sides { base: Some(base), ours, theirs }));
        }
        let file = self.git_dir().join(mark);
        let list = of_git::read_to_string(&file)
            .map_err(|error| Error::failed(say::cannot_read(&file, error.to_string())))?;
        match list.lines().count() {
            0 | 1 => Ok(Some(Sides { base: None, ours, theirs })),
            several => Err(Error::refused(say::octopus(several + 1)).hint(say::one_by_one())),
        }
    }

    /// The commits of `git stash pop`, if they match what is in conflict.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn stashed(&self, stages: &Stages, under: &Path) -> Result<Option<Sides>> {
        let git = self.git();
        let Some(theirs) = git.ask(&["rev-parse", "--quiet", "--verify", "refs/stash"])? else {
            return Ok(None);
        };
        let base = git.must_ask(&["rev-parse", "--verify", &format!("{theirs}^")])?;
        let began = self.listing(&base, under)?;
        if stages.base.iter().any(|(path, blob)| began.get(path) != Some(blob)) {
            return Ok(None);
        }
        let ours = git.must_ask(&["rev-parse", "--verify", "HEAD"])?;
        Ok(Some(Sides { base: Some(base), ours, theirs }))
    }

    /// What the index has below `under`.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn stages(&self, under: &Path) -> Result<Stages> {
        let below = self.prefix().join(under);
        let below = below.to_string_lossy();
        let out = self.git().must(&["--literal-pathspecs", "ls-files", "-s", "-z", "--", &below], b"")?.out;
        let mut stages = Stages::default();
        for line in names(&out) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let head = String::from_utf8_lossy(&line[..tab]).into_owned();
            let words: Vec<&str> = head.split(' ').collect();
            let whole = path(&line[tab + 1..]);
            let (&[mode, id, stage], Some(file)) = (words.as_slice(), self.below_here(&whole)) else {
                continue;
            };
            let blob = Blob { mode: mode.to_owned(), id: id.to_owned() };
            if stage != "0" {
                stages.unmerged.insert(file.to_owned());
            }
            let listing = match stage {
                "0" => &mut stages.settled,
                "1" => &mut stages.base,
                "3" => &mut stages.theirs,
                _ => continue,
            };
            listing.insert(file.to_owned(), blob);
        }
        Ok(stages)
    }

    /// The paths in conflict, from the top of the work tree.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn unmerged(&self) -> Result<BTreeSet<PathBuf>> {
        let out =
            self.git().must(&["diff", "--name-only", "--diff-filter=U", "-z", "--no-relative"], b"")?.out;
        Ok(names(&out).map(path).collect())
    }

    /// git's own merge of two commits below `under`, conflicts with their markers; `None` if this version of git cannot
    /// do it.
    ///
    /// # Errors
    /// git cannot be run.
    pub(crate) fn by_git(&self, sides: &Sides, under: &Path) -> Result<Option<Listing>> {
        let mut arguments = vec!["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages"];
        let base = sides.base.as_ref().map(|base| format!("--merge-base={base}"));
        arguments.extend(base.as_deref());
        arguments.extend([sides.ours.as_str(), &sides.theirs]);
        let ran = self.git().run(&arguments, b"")?;
        let tree = names(&ran.out).next().map(|id| String::from_utf8_lossy(id).into_owned());
        match (ran.code(), tree) {
            (Some(0 | 1), Some(tree)) => self.listing(&tree, under).map(Some),
            // An older git does not know the command in this form, and prints its usage.
            (Some(USAGE), _) => Ok(None),
            _ => Err(ran.failed()),
        }
    }

    /// The files below `under` that are not as `HEAD` has them, in the index or in the work tree.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn touched(&self, under: &Path) -> Result<BTreeSet<PathBuf>> {
        let below = Path::new(".").join(self.prefix()).join(under);
        let below = below.to_string_lossy();
        let arguments: Vec<&str> = STATUS.iter().copied().chain([&*below]).collect();
        let out = self.git().must(&arguments, b"")?.out;
        let touched = names(&out).filter_map(|line| line.get(3..)).map(path);
        Ok(touched.filter_map(|file| self.below_here(&file).map(Path::to_owned)).collect())
    }

    /// For each group of files, the parents of the newest of the last hundred merges that has all of them. `None` if
    /// there is no such merge, or one of its parents already has all of them.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn merges_of(&self, groups: &[&[&Path]]) -> Result<Vec<Option<(String, String)>>> {
        let git = self.git();
        let mut found = vec![None; groups.len()];
        if groups.is_empty() || !git.is_so(&["rev-parse", "--quiet", "--verify", "HEAD"])? {
            return Ok(found);
        }
        let merges = git.must_ask(&["rev-list", "--merges", "--max-count=100", "--parents", "HEAD", "--"])?;
        let mut open: Vec<usize> = (0..groups.len()).collect();
        for merge in merges.lines() {
            let commits: Vec<&str> = merge.split(' ').collect();
            let &[merge, one, other] = commits.as_slice() else { continue };
            let whole = self.whole_groups(merge, groups, &open)?;
            if whole.is_empty() {
                continue;
            }
            let known: Vec<usize> = whole.iter().copied().collect();
            let before =
                &self.whole_groups(one, groups, &known)? | &self.whole_groups(other, groups, &known)?;
            for at in known.into_iter().filter(|at| !before.contains(at)) {
                found[at] = Some((one.to_owned(), other.to_owned()));
            }
            open.retain(|at| !whole.contains(at));
            if open.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Those of the wanted groups of which a commit has all files.
    fn whole_groups(&self, commit: &str, groups: &[&[&Path]], wanted: &[usize]) -> Result<HashSet<usize>> {
        let files: Vec<&Path> = wanted.iter().flat_map(|at| groups[*at]).copied().collect();
        let there = self.files_in(commit, &files)?;
        let mut whole = HashSet::new();
        for at in wanted {
            if groups[*at].iter().all(|file| there.contains_key(*file)) {
                whole.insert(*at);
            }
        }
        Ok(whole)
    }

    /// The ids that git would give these files of the work tree.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn ids_of(&self, files: &[&Path]) -> Result<Vec<String>> {
        let list: String =
            files.iter().map(|file| format!("{}\n", self.prefix().join(file).display())).collect();
        let out = self.git().must(&["hash-object", "--stdin-paths"], list.as_bytes())?.out;
        Ok(String::from_utf8_lossy(&out).lines().map(str::to_owned).collect())
    }
}
