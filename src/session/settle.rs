//! Compares an interrupted command's plan with the current files: what is done already is skipped, what somebody has
//! changed since is merged, and what cannot be merged is kept apart, so that nobody has to wait for it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::{BY_HAND, Session, place};
use crate::casefile::{self, CasePath};
use crate::disk::{FileKind, Root};
use crate::git::Bytes;
use crate::ledger::{Before, Plan, Removal, Then, Write};
use crate::merge::{Outcome, common_base};
use crate::reconcile::join_texts;

/// What will happen to a plan.
pub(super) enum Settled {
    /// The files are as it left them: it is carried out.
    AsItIs,
    /// It is carried out with changes; these files of it are not written, and are kept apart.
    Otherwise(Box<Plan>, Vec<(PathBuf, Bytes)>),
}

/// A plan that is being remade.
struct Anew<'s> {
    session: &'s Session,
    plan: Plan,
    apart: Vec<(PathBuf, Bytes)>,
    changed: bool,
}

impl Session {
    /// Compares an interrupted plan with the files.
    pub(super) fn settle(&self, left: &Plan) -> Settled {
        let plan = Plan { writes: Vec::new(), removals: Vec::new(), also: Vec::new(), ..left.clone() };
        let mut anew = Anew { session: self, plan, apart: Vec::new(), changed: false };
        for path in &left.also {
            anew.also(path);
        }
        let mut groups: BTreeMap<String, Vec<&Write>> = BTreeMap::new();
        for write in &left.writes {
            match name(&write.new) {
                Some(name) => groups.entry(name).or_default().push(write),
                None => anew.other(write),
            }
        }
        let mut in_place: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
        for path in self.ledger.case_files() {
            if let Some(name) = name(&path).filter(|name| groups.contains_key(name)) {
                in_place.entry(name).or_default().insert(path);
            }
        }
        for (name, writes) in groups {
            let files = in_place.remove(&name).unwrap_or_default();
            anew.case(&writes, &left.removals, &files);
        }
        for removal in &left.removals {
            anew.removal(removal);
        }
        if anew.changed { Settled::Otherwise(Box::new(anew.plan), anew.apart) } else { Settled::AsItIs }
    }
}

impl Anew<'_> {
    fn disk(&self) -> &Root {
        self.session.ledger.disk()
    }

    /// The text of a file of the ledger; `None`: there is none, or it is not text.
    fn says(&self, path: &Path) -> Option<String> {
        self.session.ledger.source(path)
    }

    /// Whether anything is at this path, even a link that leads nowhere.
    fn is_taken(&self, path: &Path) -> bool {
        !matches!(self.disk().what(path), Ok(None))
    }

    fn is_inside(&self, path: &Path) -> bool {
        self.session.ledger.stays_inside(path)
    }

    /// This text is not written: the file in its place stays.
    fn set_apart(&mut self, place: &Path, text: &str) {
        self.changed = true;
        match self.plan.then {
            // The commit to which the branch moves has it, and git must not write it to this place.
            Then::FastForward { .. } => self.plan.also.push(place.to_owned()),
            _ => self.apart.push((place.to_owned(), Bytes::Here(text.as_bytes().to_vec()))),
        }
    }

    /// An attachment. If another file has taken its place, that file stays; the user still has the attachment.
    fn also(&mut self, path: &Path) {
        let brought = self.session.ledger.is_brought(&self.session.private(), path);
        let place = self.disk().what(path);
        let plain = self.is_inside(path) && matches!(place, Ok(None | Some(FileKind::File)));
        if plain && !(brought && matches!(place, Ok(Some(_)))) {
            self.plan.also.push(path.to_owned());
        } else {
            self.changed = true;
        }
    }

    /// A file that is no case. It is written if it has the old or the new text; otherwise it stays as it is.
    fn other(&mut self, write: &Write) {
        let now = self.says(&write.new);
        let old = write.old.as_ref().map(|old| self.says(old));
        let is_done = now.as_ref() == Some(&write.text);
        let can_be = match &old {
            None => !self.is_taken(&write.new),
            Some(says) => says.is_some() && (*says == write.before || says.as_ref() == Some(&write.text)),
        };
        if self.write_is_inside(write) && (is_done || can_be) {
            self.plan.writes.push(write.clone());
        } else {
            self.set_apart(&write.new, &write.text);
        }
    }

    fn write_is_inside(&self, write: &Write) -> bool {
        self.is_inside(&write.new) && write.old.iter().all(|old| self.is_inside(old))
    }

    /// Whether a file of a case is as the plan left it: before or after one of its writes, or before its removal.
    fn is_expected(&self, path: &Path, writes: &[&Write], removals: &[Removal]) -> bool {
        let now = self.says(path);
        for write in writes {
            let is_old = write.old.as_deref() == Some(path);
            if is_old && now.is_some() && now == write.before {
                return true;
            }
            if (is_old || write.new == *path) && now.as_ref() == Some(&write.text) {
                return true;
            }
        }
        removals.iter().any(|gone| gone.path == *path && gone.before.is(self.disk(), path))
    }

    /// The files of a case.
    fn case(&mut self, writes: &[&Write], removals: &[Removal], files: &BTreeSet<PathBuf>) {
        let new = writes.iter().all(|write| write.old.is_none());
        let inside = writes.iter().all(|write| self.write_is_inside(write));
        let taken = writes.iter().any(|write| !files.contains(&write.new) && self.is_taken(&write.new));
        let possible = inside && !taken;
        let expected = files.iter().all(|path| self.is_expected(path, writes, removals));
        if possible && expected && (new || !files.is_empty()) {
            self.plan.writes.extend(writes.iter().map(|write| (*write).clone()));
            return;
        }
        let mut apart = Vec::new();
        let united = if possible { self.united(writes, files, &mut apart) } else { None };
        match united {
            Some(united) => {
                self.apart.append(&mut apart);
                self.changed = true;
                self.plan.writes.extend(united);
            }
            None => {
                for write in writes {
                    self.set_apart(&write.new, &write.text);
                    if let (Then::FastForward { .. }, Some(old)) = (&self.plan.then, &write.old) {
                        self.plan.also.push(old.clone());
                    }
                }
                if let Then::FastForward { .. } = self.plan.then {
                    self.plan.also.extend(files.iter().cloned());
                }
            }
        }
    }

    /// The text of a plan merged with what its files say now; `None` if one cannot be read, or there is none.
    fn united(
        &self,
        writes: &[&Write],
        files: &BTreeSet<PathBuf>,
        apart: &mut Vec<(PathBuf, Bytes)>,
    ) -> Option<Vec<Write>> {
        let last = writes.last()?;
        let (mut text, mut case) = (last.text.clone(), casefile::read(last.text.as_bytes(), &last.new).ok()?);
        let mut now = Vec::new();
        for path in files {
            let says = self.says(path)?;
            let of_this = writes.iter().find(|write| write.old.as_ref() == Some(path));
            let base = of_this.or(writes.first()).and_then(|write| write.before.as_deref());
            if base != Some(says.as_str()) {
                let book = Some(&self.session.book);
                let base = common_base(base, [&says, &text], path);
                let Ok(Outcome::Merged(merged)) = join_texts(book, base, &says, &text, path) else {
                    return None;
                };
                (text, case) = (merged.text, merged.case);
            }
            // A comment that the merge could not place is kept as it was written.
            let lines: HashSet<&str> = text.lines().map(str::trim).collect();
            if base != Some(says.as_str()) && says.lines().any(|line| !lines.contains(line.trim())) {
                apart.push((Path::new(BY_HAND).join(path), Bytes::Here(says.clone().into_bytes())));
            }
            now.push((path.clone(), says));
        }
        let new = place(&self.session.book, &case);
        if !files.contains(&new) && self.is_taken(&new) {
            return None;
        }
        // The file that stays comes first; each of the others is removed when that one contains all of it.
        now.sort_by_key(|(path, _)| *path != new);
        let mut united = Vec::new();
        for (old, before) in now {
            united.push(Write { old: Some(old), before: Some(before), new: new.clone(), text: text.clone() });
        }
        if united.is_empty() { None } else { Some(united) }
    }

    /// A file that was to be removed: if its text has changed, it stays.
    fn removal(&mut self, removal: &Removal) {
        let as_it_was = match &removal.before {
            Before::Text(text) => self.says(&removal.path).as_ref() == Some(text),
            Before::Length(_) => removal.before.is(self.disk(), &removal.path),
        };
        if self.is_inside(&removal.path) && (as_it_was || !self.is_taken(&removal.path)) {
            self.plan.removals.push(removal.clone());
            return;
        }
        self.changed = true;
        if let Then::FastForward { .. } = self.plan.then {
            self.plan.also.push(removal.path.clone());
        }
    }
}

/// The name of the case whose file belongs here.
fn name(path: &Path) -> Option<String> {
    CasePath::of(path).map(|case_path| case_path.name)
}
