//! A merge, a rebase or a cherry-pick that is in conflict: its cases merged from the commits themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::attached::Attached;
use crate::case::{Case, Id};
use crate::casefile::{self, CasePath, layout};
use crate::error::{Error, Exit, Finding, Result};
use crate::git::{Blob, Bytes, Content, Listing, Message, Repository, Sides, Stages, UnderWay};
use crate::lang::Text;
use crate::ledger::{Before, Plan, Removal, Then, Write};
use crate::session::{BY_HAND, Session};
use crate::sync::{self, JoinedCases, Renamed, Told};
use crate::ui::draw;

mod say {
    pub(super) use crate::commands::say::only_said;
    crate::messages! {
        resolved(short, path) { "{short}  resolved: {path}", "{short}  冲突已解决：{path}" }
        gone(short) { "{short}  resolved: it was removed", "{short}  冲突已解决：已删除" }
        by_hand(short, path) {
            "{short}: {path} was corrected by hand and cannot be read",
            "{short}：{path} 已手工改过，但无法读取"
        }
        start_over(path) {
            "correct it in an editor, or start again with `git checkout --merge -- {path}`, then `fb mend`; `fb recover` lists the changes by fb that were in it",
            "请用编辑器改好，或用 `git checkout --merge -- {path}` 恢复冲突状态，再运行 `fb mend`；其中经 fb 确认的内容可用 `fb recover` 查看"
        }
        left_out(count) {
            "their side has files that are not allowed in a ledger: {count}",
            "对方有 {count} 个文件不能放进台账"
        }
        take_out(path) {
            "`git checkout HEAD -- \"{path}\"` restores our file, or `git rm -f \"{path}\"` removes it if we have none; then `fb mend`",
            "`git checkout HEAD -- \"{path}\"` 可恢复本地的文件；本地没有的，用 `git rm -f \"{path}\"` 去掉；然后运行 `fb mend`"
        }
        no_plain_file(short, path) { "{short}: {path} is not a plain file", "{short}：{path} 不是普通文件" }
        go_on(command) { "all cases are merged; continue with `{command}`", "案卷都已合并；请继续 `{command}`" }
        others(count) {
            "other files are still in conflict: {count}; `git status` lists them",
            "还有 {count} 个其他文件有冲突；`git status` 会列出"
        }
        third(short) {
            "{short}  the file had changes that neither side has; they are merged, too",
            "{short}  文件里还有两边都没有的内容，已一并合并"
        }
        set_apart(path, name) {
            "{path} had lines written by hand that cannot be part of a case; they are kept: `git show {name}`",
            "{path} 里有无法并入案卷的手工内容，已另行保存：`git show {name}`"
        }
        look(message) { "  {message}", "  {message}" }
    }
}

mod joined;

use joined::JoinedCase;

/// What is in conflict, and the result.
struct Conflict {
    /// Every file below `cases/` in the result.
    wanted: Listing,
    told: Vec<Told>,
    /// The cases that get another id.
    renamed: Vec<Renamed>,
    stages: Stages,
    /// git's own result; a file that is still like this was not edited.
    by_git: Option<Listing>,
    /// The place of each case in the result, by its name.
    places: HashMap<String, PathBuf>,
    /// The files of each case that the index has not settled.
    unmerged: HashMap<String, Vec<PathBuf>>,
    /// The blobs of each case in the commits that are merged, ours first.
    committed: HashMap<String, Vec<String>>,
    /// Entries of their side that are not allowed in a ledger.
    left_out: Vec<Finding>,
}

/// The texts of all touched files and blobs, read from git once.
struct Contents {
    /// The ids that git gives the files of the work tree.
    ids: HashMap<PathBuf, String>,
    /// Texts by blob, except those that are too large or not text.
    texts: HashMap<String, String>,
}

/// What is about to be done.
struct Resolution {
    plan: Plan,
    lines: Vec<Text>,
    notes: Vec<Text>,
    refusals: Vec<Error>,
    /// Text of a file that is in no version of a case: it is kept before the file is overwritten.
    apart: Vec<(PathBuf, Bytes)>,
}

/// Merges the cases that are in conflict; `None` if nothing is in conflict.
pub(super) fn resolve(session: &Session, dry_run: bool) -> Result<Option<Exit>> {
    let Ok(repository) = session.repository() else { return Ok(None) };
    let state = repository.under_way()?.filter(|state| *state != UnderWay::Bisect);
    if state.is_none() && repository.unmerged()?.is_empty() {
        return Ok(None);
    }
    let lock = session.lock_to_repair()?;
    let conflict = conflict(session, repository, state)?;
    let Resolution { mut plan, lines, notes, mut refusals, apart } = conflict.plan(session, repository)?;
    let attached = conflict.attached(session, repository)?;
    let changes = !plan.writes.is_empty() || !plan.removals.is_empty() || !plan.also.is_empty();
    let mut exit = Exit::Done;
    if changes && !dry_run {
        attached.iter().try_for_each(|files| files.bring(session, &lock, &mut plan))?;
        let message = Message { subject: "mend: what was written by hand".to_owned(), ..Message::default() };
        let kept = session.keep_files(&apart, &message)?.unwrap_or_default();
        for (path, _) in &apart {
            let shown = format!("{kept}:./{}", path.to_string_lossy());
            session.terminal.warn(&say::set_apart(path.strip_prefix(BY_HAND).unwrap_or(path), shown));
        }
        exit = session.write(&lock, &plan)?.exit;
    }
    let terminal = &session.terminal;
    notes.iter().for_each(|note| terminal.note(note));
    attached.iter().flat_map(|files| &files.told).for_each(|told| terminal.note(told));
    for told in &conflict.told {
        for finding in &told.findings {
            terminal.note(&told.line);
            terminal.note(&say::look(&finding.message));
            finding.help.iter().for_each(|help| terminal.note(help));
        }
    }
    lines.iter().try_for_each(|line| terminal.line(line))?;
    if dry_run {
        terminal.line(&say::only_said())?;
        return Ok(Some(Exit::Done));
    }
    if !conflict.left_out.is_empty() {
        let path = conflict.left_out[0].place.path.clone();
        let error = Error::failed(say::left_out(conflict.left_out.len())).because(conflict.left_out);
        refusals.push(error.hint(say::take_out(path)));
    }
    for error in &refusals {
        terminal.error(error, &draw::sources(session.ledger.root()));
    }
    let left = repository.unmerged()?.len();
    if left > 0 {
        terminal.note(&say::others(left));
    } else {
        terminal.note(&say::go_on(state.unwrap_or(UnderWay::Conflicts).go_on()));
    }
    let found = if refusals.is_empty() && left == 0 { Exit::Done } else { Exit::Found };
    Ok(Some(exit.max(found)))
}

/// The result of merging the commits or, if they are unknown, the stages of the index.
fn conflict(session: &Session, repository: &Repository, state: Option<UnderWay>) -> Result<Conflict> {
    let under = Path::new(layout::CASES);
    let stages = repository.stages(under)?;
    let sides = match state {
        Some(state) => repository.sides(state)?,
        None => repository.stashed(&stages, under)?,
    };
    let JoinedCases { files: wanted, told, renamed, mut left_out } = match &sides {
        Some(Sides { base, ours, theirs }) => sync::join_cases(session, base.as_deref(), ours, theirs)?,
        None => sync::join_listings(session, of_index(repository.listing("HEAD", under)?, &stages))?,
    };
    let mut committed = vec![repository.listing("HEAD", under)?, stages.base.clone(), stages.theirs.clone()];
    if let Some(sides) = &sides {
        committed.push(repository.listing(&sides.theirs, under)?);
    }
    let by_git = sides.map(|sides| repository.by_git(&sides, under)).transpose()?.flatten();
    let mut blobs: HashMap<String, Vec<String>> = HashMap::new();
    for (path, blob) in committed.iter().flatten() {
        if let Some(name) = name(path) {
            blobs.entry(name).or_default().push(blob.id.clone());
        }
    }
    let mut unmerged: HashMap<String, Vec<PathBuf>> = HashMap::new();
    for path in &stages.unmerged {
        if let Some(name) = name(path) {
            unmerged.entry(name).or_default().push(path.clone());
        }
    }
    let places = wanted.keys().filter_map(|path| Some((name(path)?, path.clone()))).collect();
    // Entries that were removed already are not reported again.
    let is_there = |path: &Path| {
        stages.unmerged.contains(path) || stages.settled.get(path).is_some_and(|blob| !blob.is_plain())
    };
    left_out.retain(|found| is_there(&found.place.path));
    Ok(Conflict { wanted, told, renamed, stages, by_git, places, unmerged, committed: blobs, left_out })
}

/// Base, ours and theirs, as far as the index has them: of a case in conflict its stages, of any other case git's
/// result.
fn of_index(head: Listing, stages: &Stages) -> [Listing; 3] {
    let name = |path: &Path| CasePath::of(path).map(|standing| standing.name);
    let contested: BTreeSet<String> = stages.unmerged.iter().filter_map(|path| name(path)).collect();
    let is_contested = |path: &Path| name(path).is_some_and(|name| contested.contains(&name));
    let mut base: Listing = head
        .iter()
        .filter(|(path, _)| !is_contested(path))
        .map(|(path, blob)| (path.clone(), blob.clone()))
        .collect();
    base.extend(stages.base.clone());
    let mut theirs: Listing = stages
        .settled
        .iter()
        .filter(|(path, blob)| !is_contested(path) || head.get(*path) != Some(*blob))
        .map(|(path, blob)| (path.clone(), blob.clone()))
        .collect();
    theirs.extend(stages.theirs.clone());
    [base, head, theirs]
}

impl Conflict {
    /// The file of a case in the result.
    fn wanted_of(&self, case: &str) -> Option<(&PathBuf, &Blob)> {
        self.wanted.get_key_value(self.places.get(case)?)
    }

    /// Reads the files of these cases and the blobs of the commits.
    fn contents(
        &self,
        repository: &Repository,
        cases: &BTreeSet<String>,
        files: &[&Path],
    ) -> Result<Contents> {
        let ids = repository.ids_of(files)?;
        let ids = files.iter().map(|path| path.to_path_buf()).zip(ids).collect();
        let wanted = cases.iter().filter_map(|case| Some(self.wanted_of(case)?.1.id.as_str()));
        let committed = cases.iter().filter_map(|case| self.committed.get(case)).flatten();
        let blobs: BTreeSet<&str> = wanted.chain(committed.map(String::as_str)).collect();
        let blobs: Vec<&str> = blobs.into_iter().collect();
        let mut texts = HashMap::with_capacity(blobs.len());
        for (id, content) in blobs.iter().zip(repository.blobs(&blobs, crate::disk::LARGEST)?) {
            if let Content::Bytes(bytes) = content?
                && let Ok(text) = String::from_utf8(bytes)
            {
                texts.insert((*id).to_owned(), text);
            }
        }
        Ok(Contents { ids, texts })
    }

    /// The attached files of the cases that get another id.
    fn attached(&self, session: &Session, repository: &Repository) -> Result<Vec<Attached>> {
        let mut attached = Vec::new();
        for renamed in &self.renamed {
            let (first, later) = (&renamed.old, &renamed.new);
            let cases = (self.wanted_case(repository, first)?, self.wanted_case(repository, later)?);
            if let (Some(first), Some(later)) = cases {
                attached.push(Attached::of(session, &first, &later, [&renamed.old, &renamed.new])?);
            }
        }
        Ok(attached)
    }

    /// A case of the result; `None` if it has no file or cannot be read.
    fn wanted_case(&self, repository: &Repository, id: &Id) -> Result<Option<Case>> {
        let Some((path, blob)) = self.wanted_of(id.as_str()) else { return Ok(None) };
        Ok(casefile::read(text_of(repository, &blob.id, path)?.as_bytes(), path).ok())
    }

    /// What has to be written, the messages, and what people have to decide.
    fn plan(&self, session: &Session, repository: &Repository) -> Result<Resolution> {
        let head = repository.listing("HEAD", Path::new(layout::CASES))?;
        let mut touched: BTreeSet<PathBuf> = repository.touched(Path::new(layout::CASES))?;
        touched.extend(
            self.wanted
                .iter()
                .filter(|(path, blob)| head.get(*path) != Some(*blob))
                .map(|(path, _)| path.clone()),
        );
        touched.extend(self.stages.unmerged.iter().cloned());
        let names: BTreeSet<String> = touched.iter().filter_map(|path| name(path)).collect();
        let mut standing: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
        for path in session.ledger.case_files() {
            if let Some(name) = name(&path).filter(|name| names.contains(name)) {
                standing.entry(name).or_default().insert(path);
            }
        }
        let plan = Plan { subject: "mend a merge".to_owned(), then: Then::Stage, ..Plan::default() };
        let mut resolution = Resolution {
            plan,
            lines: Vec::new(),
            notes: Vec::new(),
            refusals: Vec::new(),
            apart: Vec::new(),
        };
        let none = BTreeSet::new();
        let files: Vec<&Path> = standing.values().flatten().map(PathBuf::as_path).collect();
        let contents = self.contents(repository, &names, &files)?;
        for case in names {
            let files = standing.get(&case).unwrap_or(&none);
            if let Err(error) = self.of_case(session, &contents, &case, files, &mut resolution) {
                resolution.refusals.push(error);
            }
        }
        Ok(resolution)
    }

    /// Resolves one case; does nothing if it is right.
    fn of_case(
        &self,
        session: &Session,
        contents: &Contents,
        case: &str,
        files: &BTreeSet<PathBuf>,
        resolution: &mut Resolution,
    ) -> Result<()> {
        let short = Id::parse(case).map_or_else(|_| case.to_owned(), |id| id.short().to_owned());
        let wanted = self.wanted_of(case);
        if let Some((place, blob)) = wanted {
            if !blob.is_plain() {
                return Ok(());
            }
            let there = session.ledger.disk().what(place)?;
            if there.is_some_and(|there| there != crate::disk::FileKind::File) {
                return Err(Error::failed(say::no_plain_file(short, place)).hint(say::take_out(place)));
            }
        }
        let unmerged = self.unmerged.get(case).map(Vec::as_slice).unwrap_or_default();
        let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        let ids: Vec<&str> = paths.iter().map(|path| contents.id_of(path)).collect();
        let as_wanted = matches!((wanted, paths.as_slice(), ids.as_slice()),
            (Some((path, blob)), [only], [id]) if path == only && blob.id == *id)
            || (wanted.is_none() && paths.is_empty());
        if unmerged.is_empty() {
            if as_wanted {
                return Ok(());
            }
            let automatic = self.by_git.as_ref().is_some_and(|by_git| {
                paths.iter().zip(&ids).all(|(path, id)| by_git.get(*path).is_some_and(|blob| blob.id == *id))
            });
            if !automatic && self.by_hand(session, contents, wanted, &paths, &short)? {
                return Ok(());
            }
        }
        let known = self.known(contents, case);
        let mut joined = JoinedCase {
            text: wanted.map(|(path, blob)| contents.text_of(&blob.id, path)).transpose()?,
            place: wanted.map(|(path, _)| path.clone()),
            known,
        };
        let (mut befores, mut apart, mut more) = (Vec::new(), Vec::new(), false);
        for (path, id) in paths.iter().zip(&ids) {
            let before = session.ledger.disk().text(path)?;
            if !self.is_committed(case, path, id) {
                more |= joined.take(session, path, &before, &short)?;
                if joined.lacks_lines_of(&before) {
                    apart.push((Path::new(BY_HAND).join(path), Bytes::Here(before.clone().into_bytes())));
                }
            }
            befores.push((path.to_path_buf(), before));
        }
        let also = unmerged.iter().filter(|path| !files.contains(*path)).cloned();
        let plan = &mut resolution.plan;
        match (joined.text, joined.place) {
            (Some(text), Some(place)) => {
                // The file that stays comes first; each of the others is removed when that one contains all of it.
                befores.sort_by_key(|(path, _)| *path != place);
                if befores.is_empty() {
                    plan.writes.push(Write {
                        old: None,
                        before: None,
                        new: place.clone(),
                        text: text.clone(),
                    });
                }
                plan.writes.extend(befores.into_iter().map(|(old, before)| Write {
                    old: Some(old),
                    before: Some(before),
                    new: place.clone(),
                    text: text.clone(),
                }));
                resolution.notes.extend(more.then(|| say::third(&short)));
                resolution.lines.push(say::resolved(short, place));
            }
            _ => {
                let gone =
                    befores.into_iter().map(|(path, text)| Removal { path, before: Before::Text(text) });
                plan.removals.extend(gone);
                resolution.lines.push(say::gone(short));
            }
        }
        plan.also.extend(also);
        resolution.apart.extend(apart);
        Ok(())
    }

    /// Whether these bytes of a case are in one of the commits that are merged, or git's own work.
    fn is_committed(&self, case: &str, path: &Path, id: &str) -> bool {
        self.committed.get(case).is_some_and(|ids| ids.iter().any(|there| there == id))
            || self.by_git.as_ref().and_then(|by_git| by_git.get(path)).is_some_and(|blob| blob.id == id)
    }

    /// The texts that the commits have of a case, ours first.
    fn known(&self, contents: &Contents, case: &str) -> Vec<String> {
        let mut ids: Vec<&String> = self.committed.get(case).into_iter().flatten().collect();
        ids.dedup();
        ids.into_iter().filter_map(|id| contents.texts.get(id).cloned()).collect()
    }

    /// Whether a case that was corrected by hand stays as it is: it has every event of both sides.
    fn by_hand(
        &self,
        session: &Session,
        contents: &Contents,
        wanted: Option<(&PathBuf, &Blob)>,
        paths: &[&Path],
        short: &str,
    ) -> Result<bool> {
        let Some((place, blob)) = wanted else { return Ok(true) };
        let cases: Option<Vec<Case>> = paths.iter().map(|path| read(session, path)).collect();
        let Some(cases) = cases else {
            let path = paths.first().copied().unwrap_or(place);
            return Err(Error::failed(say::by_hand(short, path)).hint(say::start_over(path)));
        };
        let Ok(wanted) = casefile::read(contents.text_of(&blob.id, place)?.as_bytes(), place) else {
            return Ok(false);
        };
        let [only] = cases.as_slice() else { return Ok(false) };
        Ok(wanted.history.iter().all(|event| only.history.contains(event)))
    }
}

/// The case in a file of the work tree, if it can be read.
fn read(session: &Session, path: &Path) -> Option<Case> {
    let text = session.ledger.disk().text(path).ok()?;
    casefile::read(text.as_bytes(), path).ok()
}

impl Contents {
    /// The id of a file of the work tree.
    fn id_of(&self, path: &Path) -> &str {
        self.ids.get(path).map(String::as_str).unwrap_or_default()
    }

    /// The text of a blob.
    fn text_of(&self, id: &str, path: &Path) -> Result<String> {
        self.texts.get(id).cloned().ok_or_else(|| Error::failed(say::by_hand("", path)))
    }
}

/// The name of the case whose file this is.
fn name(path: &Path) -> Option<String> {
    CasePath::of(path).map(|standing| standing.name)
}

fn text_of(repository: &Repository, id: &str, path: &Path) -> Result<String> {
    let content = repository.blobs(&[id], crate::disk::LARGEST)?.next().transpose()?;
    match content {
        Some(Content::Bytes(bytes)) => {
            String::from_utf8(bytes).map_err(|_| Error::failed(say::by_hand("", path)))
        }
        _ => Err(Error::failed(say::by_hand("", path))),
    }
}
