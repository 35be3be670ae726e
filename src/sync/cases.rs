//! The cases of three commits, paired by id and merged.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::versions::{CommitCases, Texts};
use super::{JoinedCases, Told, say};
use crate::case::Id;
use crate::casefile::{self, layout};
use crate::error::{Code, Error, Finding, Place, Result};
use crate::git::{Blob, Listing, Repository};
use crate::lang::names;
use crate::merge::{self, Merged, Outcome};
use crate::policy::RuleBook;
use crate::reconcile::join_texts;
use crate::session::{Session, place};

/// The cases after a merge.
pub(super) struct Cases {
    /// Files that one side has as they are.
    kept: Listing,
    /// Files that are new, with their text.
    written: Vec<(PathBuf, String)>,
    told: Vec<Told>,
    /// Cases that got another id.
    pub renamed: Vec<Renamed>,
    /// Files that one side attached to a case, or undid, while the other continued the case: their events stay.
    pub attached: BTreeSet<PathBuf>,
}

/// A case that got another id, and on which side it was.
pub(crate) struct Renamed {
    /// The side that it was on.
    pub side: merge::MergeSide,
    /// The id that both had.
    pub old: Id,
    /// The one that it has now.
    pub new: Id,
    /// The cases of its side that link to it.
    pub followers: Vec<String>,
}

/// The base and both sides.
struct Three<'s> {
    base: CommitCases,
    ours: CommitCases,
    theirs: CommitCases,
    texts: Texts,
    repository: &'s Repository,
    book: &'s RuleBook,
}

impl Cases {
    /// Merges the cases of a base and of two sides.
    pub(super) fn of(session: &Session, book: &RuleBook, listings: [Listing; 3]) -> Result<Cases> {
        let [base, ours, theirs] = listings.map(CommitCases::of);
        let repository = session.repository()?;
        let mut three = Three { base, ours, theirs, texts: Texts::default(), repository, book };
        three.pair_strays()?;
        three.load_contested()?;
        let renamed = three.part_collisions()?;
        three.settle(renamed)
    }

    /// Keeps the new texts in the object store.
    pub(super) fn settle(self, repository: &Repository) -> Result<JoinedCases> {
        let texts: Vec<&str> = self.written.iter().map(|(_, text)| text.as_str()).collect();
        let ids = repository.keep(&texts)?;
        let mut files = self.kept;
        files.extend(self.written.iter().zip(ids).map(|((path, _), id)| (path.clone(), Blob::plain(id))));
        Ok(JoinedCases { files, told: self.told, renamed: self.renamed, left_out: Vec::new() })
    }
}

impl Three<'_> {
    /// The names of the cases that any side has.
    fn names(&self) -> BTreeSet<String> {
        let sides = [&self.base, &self.ours, &self.theirs];
        sides.into_iter().flat_map(|side| side.cases.keys().chain(side.rewritten.keys())).cloned().collect()
    }

    /// Whether both sides changed it, in different ways.
    fn contested(&self, name: &str) -> bool {
        self.ours.differs(&self.base, name)
            && self.theirs.differs(&self.base, name)
            && (self.ours.differs(&self.theirs, name) || self.theirs.differs(&self.ours, name))
    }

    /// Finds the case of each file that was renamed by hand, or put where no case belongs.
    fn pair_strays(&mut self) -> Result<()> {
        let known = self.names();
        let sides = [&mut self.base, &mut self.ours, &mut self.theirs];
        self.texts.load(self.repository, sides.iter().flat_map(|side| side.renamed_by_hand()))?;
        for side in sides {
            side.pair_by_id(&known, &self.texts);
        }
        Ok(())
    }

    fn load_contested(&mut self) -> Result<()> {
        let names: Vec<String> = self.names().into_iter().filter(|name| self.contested(name)).collect();
        let sides = [&self.base, &self.ours, &self.theirs];
        let files = names
            .iter()
            .flat_map(|name| sides.into_iter().filter_map(|side| side.cases.get(name)))
            .flatten()
            .map(|(_, blob)| blob.clone());
        let files: Vec<Blob> = files.collect();
        self.texts.load(self.repository, files.iter())
    }

    /// Gives a new id to one of two cases that drew the same one, and updates the links of its side.
    fn part_collisions(&mut self) -> Result<Vec<Renamed>> {
        let mut renamed = Vec::new();
        for name in self.names().into_iter().filter(|name| self.contested(name)).collect::<Vec<_>>() {
            let version = |side: &CommitCases| side.version(&name, &self.texts).ok().flatten();
            let (Some((path, one)), Some((_, other))) = (version(&self.ours), version(&self.theirs)) else {
                continue;
            };
            let base = version(&self.base).map(|(_, text)| text);
            let Ok(Outcome::Collision(side)) = merge::merge(base.as_deref(), &one, &other, &path) else {
                continue;
            };
            let later = if side == merge::MergeSide::Ours { (path, one) } else { (path, other) };
            renamed.push(self.rename(side, &name, later)?);
        }
        for side in [merge::MergeSide::Ours, merge::MergeSide::Theirs] {
            let of_side = renamed.iter_mut().filter(|one: &&mut Renamed| one.side == side).collect();
            self.relink(side, of_side)?;
        }
        Ok(renamed)
    }

    fn rename(
        &mut self,
        side: merge::MergeSide,
        name: &str,
        (path, text): (PathBuf, String),
    ) -> Result<Renamed> {
        let old = Id::parse(name).map_err(|_| Error::failed(say::wrong_name(&path)))?;
        let (new, text) = self.free_id(&path, &text)?;
        let (mine, other) = match side {
            merge::MergeSide::Ours => (&mut self.ours, &self.theirs),
            merge::MergeSide::Theirs => (&mut self.theirs, &self.ours),
        };
        mine.rewritten.insert(new.to_string(), (path.with_file_name(format!("{new}.yaml")), text));
        // The id stays with the other case, as that side has it.
        let stays = other.cases.get(name).cloned().unwrap_or_default();
        mine.cases.insert(name.to_owned(), stays);
        Ok(Renamed { side, old, new, followers: Vec::new() })
    }

    /// Updates the links of a side to the cases that got another id. All at once: each text is read once, however many
    /// there are.
    fn relink(&mut self, side: merge::MergeSide, mut renamed: Vec<&mut Renamed>) -> Result<()> {
        if renamed.is_empty() {
            return Ok(());
        }
        self.load_followers(side)?;
        let mine = if side == merge::MergeSide::Ours { &mut self.ours } else { &mut self.theirs };
        let new_ids: HashMap<Id, Id> = renamed.iter().map(|one| (one.old.clone(), one.new.clone())).collect();
        let places: HashMap<Id, usize> =
            renamed.iter().enumerate().map(|(at, one)| (one.old.clone(), at)).collect();
        let changed = mine.cases.keys().filter(|key| mine.differs(&self.base, key));
        // From here on, the case with an old id is the other side's.
        let stays = changed.filter(|key| Id::parse(key).is_ok_and(|id| !new_ids.contains_key(&id)));
        let followers: BTreeSet<String> = stays.chain(mine.rewritten.keys()).cloned().collect();
        for follower in followers {
            let Some((path, text)) = mine.version(&follower, &self.texts).ok().flatten() else { continue };
            let named: BTreeSet<usize> =
                Id::all_in(&text).filter_map(|(_, id)| places.get(&id).copied()).collect();
            // A case with a new id may link to itself.
            for at in &named {
                renamed[*at].followers.push(follower.clone());
            }
            if !named.is_empty() {
                let text = merge::relinked(&text, &path, &new_ids)?;
                mine.rewritten.insert(follower, (path, text));
            }
        }
        Ok(())
    }

    /// A new id for this case, which no other case has, and the text with it.
    fn free_id(&mut self, path: &Path, text: &str) -> Result<(Id, String)> {
        let mut again = 0;
        loop {
            let new = merge::another_id(text, path, again)?;
            let renamed = merge::renamed(text, path, &new)?;
            let files = [&self.base, &self.ours, &self.theirs].map(|side| side.cases.get(new.as_str()));
            let blobs: Vec<Blob> =
                files.into_iter().flatten().flatten().map(|(_, blob)| blob.clone()).collect();
            self.texts.load(self.repository, blobs.iter())?;
            let sides = [&self.base, &self.ours, &self.theirs];
            if !sides.into_iter().any(|side| self.is_taken(side, &new, &renamed, path)) {
                return Ok((new, renamed));
            }
            again += 1;
        }
    }

    /// Whether another case than this one has the id on a side.
    fn is_taken(&self, side: &CommitCases, id: &Id, text: &str, path: &Path) -> bool {
        match side.version(id.as_str(), &self.texts) {
            Ok(Some((_, there))) => !matches!(merge::merge(None, text, &there, path), Ok(Outcome::Merged(_))),
            Ok(None) => false,
            Err(_) => true,
        }
    }

    /// Reads the cases that a side changed: they may link to one that it added.
    fn load_followers(&mut self, side: merge::MergeSide) -> Result<()> {
        let mine = if side == merge::MergeSide::Ours { &self.ours } else { &self.theirs };
        let changed = mine.cases.iter().filter(|(name, _)| mine.differs(&self.base, name));
        let blobs: Vec<Blob> = changed.flat_map(|(_, files)| files).map(|(_, blob)| blob.clone()).collect();
        self.texts.load(self.repository, blobs.iter())
    }

    /// Every case, from the side that changed it, or merged.
    fn settle(self, renamed: Vec<Renamed>) -> Result<Cases> {
        let mut cases = Cases {
            kept: self.strays()?,
            written: Vec::new(),
            told: Vec::new(),
            renamed,
            attached: BTreeSet::new(),
        };
        for one in &cases.renamed {
            let line = say::another(one.old.short(), one.new.short());
            cases.told.push(Told { id: one.new.clone(), line, findings: Vec::new() });
        }
        let (mut unusable, mut count) = (Vec::new(), 0);
        for name in self.names() {
            if !self.contested(&name) {
                let side = if self.ours.differs(&self.base, &name) { &self.ours } else { &self.theirs };
                match side.rewritten.get(&name) {
                    Some(version) => cases.written.push(version.clone()),
                    None => cases.kept.extend(side.cases.get(&name).into_iter().flatten().cloned()),
                }
                continue;
            }
            if let Err(error) = self.join(&name, &mut cases) {
                count += 1;
                unusable.push(Finding::error(Code::Unreadable, Place::file(self.path(&name)), error.message));
                unusable.extend(error.findings);
            }
        }
        if !unusable.is_empty() {
            return Err(Error::failed(say::unusable(count)).because(unusable).hint(say::by_hand()));
        }
        Ok(cases)
    }

    /// The path of a case: on our side, or else where it is.
    fn path(&self, name: &str) -> PathBuf {
        for side in [&self.ours, &self.theirs] {
            if let Some((path, _)) = side.cases.get(name).and_then(|files| files.first()) {
                return path.clone();
            }
        }
        name.into()
    }

    /// Merges a case that both sides changed.
    fn join(&self, name: &str, cases: &mut Cases) -> Result<()> {
        let id = Id::parse(name).map_err(|_| Error::failed(say::wrong_name(name)))?;
        let [base, ours, theirs] =
            [&self.base, &self.ours, &self.theirs].map(|side| side.version(name, &self.texts));
        let (ours, theirs) = (ours?, theirs?);
        let base = base.ok().flatten().map(|(_, text)| text);
        let [one, other] = [&ours, &theirs].map(|version| version.as_ref().map(attached).unwrap_or_default());
        cases.attached.extend(one.symmetric_difference(&other).cloned());
        let (path, mut merged) = match (ours, theirs) {
            (Some((path, ours)), Some((_, theirs))) => {
                (path.clone(), self.merged(&path, base.as_deref(), &ours, &theirs)?)
            }
            (Some(stays), None) | (None, Some(stays)) => {
                // No stamp is lost: what one side continued stays.
                let line = say::removed(id.short());
                cases.told.push(Told { id, line, findings: Vec::new() });
                cases.written.push(stays);
                return Ok(());
            }
            (None, None) => return Ok(()),
        };
        if merged.case.id != id {
            return Err(Error::failed(say::wrong_name(&path)));
        }
        let place = place(self.book, &merged.case);
        let status = self.book.whole(&merged.case).state().status;
        let line = say::both_changed(id.short(), names::status(status).text());
        cases.told.push(Told { id, line, findings: std::mem::take(&mut merged.findings) });
        cases.written.push((place, merged.text));
        Ok(())
    }

    fn merged(&self, path: &Path, base: Option<&str>, ours: &str, theirs: &str) -> Result<Merged> {
        match join_texts(Some(self.book), base, ours, theirs, path)? {
            Outcome::Merged(merged) => Ok(*merged),
            Outcome::Collision(_) => Err(Error::failed(say::twice(path, path))),
        }
    }

    /// Files below `cases/` that are no cases, three ways.
    fn strays(&self) -> Result<Listing> {
        let (base, ours, theirs) = (&self.base.strays, &self.ours.strays, &self.theirs.strays);
        let paths: BTreeSet<&PathBuf> = ours.keys().chain(theirs.keys()).collect();
        let mut kept = Listing::new();
        for path in paths {
            let [base, ours, theirs] = [base, ours, theirs].map(|side| side.get(path));
            let stays = match (ours == base, theirs == base) {
                (true, _) => theirs,
                (_, true) => ours,
                _ if ours == theirs => ours,
                _ => return Err(Error::failed(say::stray(path)).hint(say::by_hand())),
            };
            kept.extend(stays.map(|blob| (path.clone(), blob.clone())));
        }
        Ok(kept)
    }
}

/// The files that a version of a case attached.
fn attached((path, text): &(PathBuf, String)) -> BTreeSet<PathBuf> {
    let Ok(case) = casefile::read(text.as_bytes(), path) else { return BTreeSet::new() };
    case.history.iter().filter_map(|event| layout::attached(&case.id, event)).collect()
}
