//! Merges two commits of a ledger, case by case.
//!
//! git pairs the files of a move by how similar they are. So a case that two clones moved to two statuses becomes two
//! files, a long note turns a move into a deletion, and an emptied directory takes a new case with it. Here, cases are
//! paired **by id**, at any path, and merged by [`merge`]; git merges all other files. The result depends on the
//! commits alone: two clones that merge the same commits write the same bytes.
//!
//! Nothing is written but objects that no branch names yet.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::case::Id;
use crate::casefile::layout;
use crate::error::{Error, Finding, Result};
use crate::git::{Listing, Repository, TreeMerge};
use crate::lang::Text;
use crate::merge;
use crate::policy::RuleBook;
use crate::session::Session;

mod cases;
mod foreign;
mod merges;
mod say;
mod versions;

pub(crate) use cases::Renamed;
pub(crate) use foreign::{Sound, foreign, sound, unfit};
pub(crate) use merges::Merges;

use cases::Cases;

/// The result of merging two commits.
pub(crate) struct JoinedCommits {
    /// Every file below `cases/`, with its path from the ledger's root.
    pub cases: Listing,
    /// All other files.
    pub others: TreeMerge,
    /// Messages for the user.
    pub told: Vec<Told>,
    /// What was left out because it is not allowed.
    pub left_out: Vec<Finding>,
}

/// The result of merging the cases of two commits.
pub(crate) struct JoinedCases {
    /// Every file below `cases/`, with its path from the ledger's root.
    pub files: Listing,
    /// Messages for the user.
    pub told: Vec<Told>,
    /// The cases that got another id.
    pub renamed: Vec<Renamed>,
    /// What was left out because it is not allowed.
    pub left_out: Vec<Finding>,
}

/// What happened to a case that both sides changed.
pub(crate) struct Told {
    /// The case.
    pub id: Id,
    /// In one line.
    pub line: Text,
    /// What has to be checked.
    pub findings: Vec<Finding>,
}

/// Merges two commits that began from their common ancestors.
///
/// # Errors
/// They have none; a case that both changed cannot be read; git fails.
pub(crate) fn join(session: &Session, ours: &str, theirs: &str) -> Result<JoinedCommits> {
    let repository = session.repository()?;
    let (one, other) = (sound(repository, ours, theirs)?, sound(repository, theirs, ours)?);
    let (ours, theirs) = (&one.commit, &other.commit);
    match base(session, repository, ours, theirs)? {
        Some(base) => {
            let joined = join_on(session, &base, ours, theirs)?;
            Ok(JoinedCommits { left_out: [one.left_out, other.left_out].concat(), ..joined })
        }
        None if repository.is_shallow() => Err(Error::failed(say::unrelated()).hint(say::unshallow())),
        None => Err(Error::failed(say::unrelated()).hint(say::clone_again())),
    }
}

/// Merges the cases of two commits. `base` is where both began; without it, their common ancestor.
///
/// # Errors
/// As [`join`].
pub(crate) fn join_cases(
    session: &Session,
    base: Option<&str>,
    ours: &str,
    theirs: &str,
) -> Result<JoinedCases> {
    let repository = session.repository()?;
    let base = match base {
        Some(base) => Some(base.to_owned()),
        None => self::base(session, repository, ours, theirs)?,
    };
    let base = base.map_or_else(|| repository.empty_tree(), Ok)?;
    let listing = |commit: &str| repository.listing(commit, layout::CASES.as_ref());
    join_listings(session, [listing(&base)?, listing(ours)?, listing(theirs)?])
}

/// The same for the files of a base and two sides, from any source.
///
/// # Errors
/// A case that both changed cannot be read; git fails.
pub(crate) fn join_listings(session: &Session, listings: [Listing; 3]) -> Result<JoinedCases> {
    let repository = session.repository()?;
    let [base, ours, theirs] = listings;
    let (theirs, left_out) = foreign::without_foreign(repository, theirs.into_iter().collect(), &ours)?;
    let joined = Cases::of(session, &session.book, [base, ours, theirs])?.settle(repository)?;
    Ok(JoinedCases { left_out, ..joined })
}

/// Merges two commits that began from `base`.
///
/// # Errors
/// A case that both changed cannot be read; git fails.
fn join_on(session: &Session, base: &str, ours: &str, theirs: &str) -> Result<JoinedCommits> {
    let repository = session.repository()?;
    let commits = [base, ours, theirs];
    let trees: Vec<String> =
        commits.iter().map(|commit| repository.tree_of(commit)).collect::<Result<_>>()?;
    let mut others: Vec<String> = trees
        .iter()
        .map(|tree| repository.tree_without(tree, layout::CASES.as_ref()))
        .collect::<Result<_>>()?;
    let rules = rules(session, &others)?;
    let listing = |tree: &String| repository.listing(tree, layout::CASES.as_ref());
    let listings = [listing(&trees[0])?, listing(&trees[1])?, listing(&trees[2])?];
    let cases = Cases::of(session, rules.as_ref().unwrap_or(&session.book), listings)?;
    for renamed in &cases.renamed {
        let side = if renamed.side == merge::MergeSide::Ours { 1 } else { 2 };
        others[side] = attachments(repository, &others[side], &renamed.old, &renamed.new)?;
    }
    let merged = repository.merge_trees(&others[0], &others[1], &others[2])?;
    let merged = with_attached(repository, merged, [&others[1], &others[2]], &cases.attached)?;
    let JoinedCases { files, told, .. } = cases.settle(repository)?;
    Ok(JoinedCommits { cases: files, others: merged, told, left_out: Vec::new() })
}

/// The commit that two began from; of several, the result of merging these.
fn base(session: &Session, repository: &Repository, ours: &str, theirs: &str) -> Result<Option<String>> {
    let mut bases = repository.bases(ours, theirs)?.into_iter();
    let Some(mut base) = bases.next() else { return Ok(None) };
    for next in bases {
        let joined = join(session, &base, &next)?;
        let others = match joined.others {
            TreeMerge::Tree(tree) => tree,
            TreeMerge::Conflicts(_) => {
                repository.tree_without(&repository.tree_of(&base)?, layout::CASES.as_ref())?
            }
        };
        let tree = repository.tree_with(&others, layout::CASES.as_ref(), &joined.cases)?;
        base = repository.unnamed_commit(&tree, &[&base, &next])?;
    }
    Ok(Some(base))
}

/// The rules after the merge, if they are not those of the work tree.
fn rules(session: &Session, others: &[String]) -> Result<Option<RuleBook>> {
    let repository = session.repository()?;
    if others[2] == others[0] || others[2] == others[1] {
        return Ok(None);
    }
    let TreeMerge::Tree(tree) = repository.merge_trees(&others[0], &others[1], &others[2])? else {
        return Ok(None);
    };
    // `fb check` reports rules that cannot be read; until then the readable ones are used.
    Ok(session.rules_at(&repository.unnamed_commit(&tree, &[])?).ok())
}

/// Adds these attached files to the merged tree if a side has them. git removes a file that only one side undid, but
/// its event stays in the case.
fn with_attached(
    repository: &Repository,
    merged: TreeMerge,
    sides: [&str; 2],
    attached: &BTreeSet<PathBuf>,
) -> Result<TreeMerge> {
    let tree = match merged {
        TreeMerge::Tree(tree) if !attached.is_empty() => tree,
        merged => return Ok(merged),
    };
    let listing = |tree: &str| repository.listing(tree, layout::ATTACHED.as_ref());
    let (mut files, ours, theirs) = (listing(&tree)?, listing(sides[0])?, listing(sides[1])?);
    let before = files.len();
    for path in attached {
        if let Some(blob) = ours.get(path).or_else(|| theirs.get(path)) {
            files.entry(path.clone()).or_insert_with(|| blob.clone());
        }
    }
    if files.len() == before {
        return Ok(TreeMerge::Tree(tree));
    }
    repository.tree_with(&tree, layout::ATTACHED.as_ref(), &files).map(TreeMerge::Tree)
}

/// Moves the files that are attached to a case to the directory of its new id.
fn attachments(repository: &Repository, tree: &str, old: &Id, new: &Id) -> Result<String> {
    let [from, to] = [old, new].map(layout::attachments);
    let files = repository.listing(tree, &from)?;
    if files.is_empty() {
        return Ok(tree.to_owned());
    }
    let moved =
        files.into_iter().filter_map(|(path, blob)| Some((to.join(path.strip_prefix(&from).ok()?), blob)));
    let moved = moved.collect();
    repository.tree_with(&repository.tree_without(tree, &from)?, &to, &moved)
}
