//! A merge, a rebase or a cherry-pick that stands in conflict: its cases put together from the commits themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::attached::Attached;
use crate::case::{Case, Id};
use crate::error::{Error, Exit, Result};
use crate::git::{Listing, Repository, Sides, Stages, State};
use crate::lang::Text;
use crate::ledger::{Before, Plan, Removal, Standing, Then, Write, files, layout, text};
use crate::session::Session;
use crate::sync::{self, JoinedCases, Renamed, Told};
use crate::ui::draw;

crate::messages! {
    resolved(short, path) { "{short}  resolved: {path}", "{short}  冲突已解决：{path}" }
    gone(short) { "{short}  resolved: it was removed", "{short}  冲突已解决：已删除" }
    by_hand(short, path) {
        "{short}: {path} was put right by hand, but lacks an event that one side has",
        "{short}：{path} 已手工改过，但缺少某一边的办理记录"
    }
    start_over(path) {
        "`git checkout --merge -- {path}` begins again with that file, then `fb mend`",
        "`git checkout --merge -- {path}` 可恢复冲突状态，再运行 `fb mend`"
    }
    go_on(command) { "every case is put together; go on with `{command}`", "案卷都已合并；请继续 `{command}`" }
    others(count) {
        "other files are still in conflict: {count}; `git status` lists them",
        "还有 {count} 个其他文件有冲突；`git status` 会列出"
    }
    only_said() { "nothing was written (--dry-run)", "没有写入任何内容（--dry-run）" }
    look(message) { "  {message}", "  {message}" }
}

/// What stands in conflict, and what it is to become.
struct Conflict {
    /// Every file below `cases/` as it is to be.
    wanted: Listing,
    told: Vec<Told>,
    /// The cases that get another id.
    renamed: Vec<Renamed>,
    stages: Stages,
    /// What git itself made of it; where this is what stands, no hand has been at it.
    by_git: Option<Listing>,
}

/// Puts the cases together that stand in conflict; `None` where nothing does.
pub(super) fn resolve(session: &Session, dry_run: bool) -> Result<Option<Exit>> {
    let Ok(repository) = session.repository() else { return Ok(None) };
    let state = repository.under_way()?.filter(|state| *state != State::Bisect);
    if state.is_none() && repository.unmerged()?.is_empty() {
        return Ok(None);
    }
    let lock = session.lock_to_repair()?;
    let conflict = conflict(session, repository, state)?;
    let (mut plan, lines, refusals) = conflict.plan(session, repository)?;
    let attached = conflict.attached(session, repository)?;
    let changes = !plan.writes.is_empty() || !plan.removals.is_empty() || !plan.also.is_empty();
    let mut exit = Exit::Done;
    if changes && !dry_run {
        attached.iter().try_for_each(|files| files.bring(session, &lock, &mut plan))?;
        exit = session.write(&lock, &plan)?.exit;
    }
    let terminal = &session.terminal;
    attached.iter().flat_map(|files| &files.told).for_each(|told| terminal.note(told));
    for told in &conflict.told {
        for finding in &told.findings {
            terminal.note(&told.line);
            terminal.note(&look(&finding.message));
            finding.help.iter().for_each(|help| terminal.note(help));
        }
    }
    lines.iter().try_for_each(|line| terminal.line(line))?;
    if dry_run {
        terminal.line(&only_said())?;
        return Ok(Some(Exit::Done));
    }
    for error in &refusals {
        terminal.error(error, &draw::sources(session.ledger.root()));
    }
    let left = repository.unmerged()?.len();
    if left > 0 {
        terminal.note(&others(left));
    } else {
        terminal.note(&go_on(state.unwrap_or(State::Conflicts).go_on()));
    }
    let found = if refusals.is_empty() && left == 0 { Exit::Done } else { Exit::Found };
    Ok(Some(exit.max(found)))
}

/// What the commits, or else the index, make of it.
fn conflict(session: &Session, repository: &Repository, state: Option<State>) -> Result<Conflict> {
    let under = Path::new(layout::CASES);
    let stages = repository.stages(under)?;
    let sides = match state {
        Some(state) => repository.sides(state)?,
        None => repository.stashed(&stages, under)?,
    };
    let JoinedCases { files: wanted, told, renamed } = match &sides {
        Some(Sides { base, ours, theirs }) => sync::join_cases(session, base.as_deref(), ours, theirs)?,
        None => sync::join_listings(session, of_index(repository.listing("HEAD", under)?, &stages))?,
    };
    let by_git = sides.map(|sides| repository.by_git(&sides, under)).transpose()?.flatten();
    Ok(Conflict { wanted, told, renamed, stages, by_git })
}

/// Base, ours and theirs, as far as the index knows them: of a case in conflict its stages, of any other case what git
/// took over.
fn of_index(head: Listing, stages: &Stages) -> [Listing; 3] {
    let name = |path: &Path| Standing::of(path).map(|standing| standing.name);
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
    /// What goes along with the cases that get another id.
    fn attached(&self, session: &Session, repository: &Repository) -> Result<Vec<Attached>> {
        let case = |id: &Id| -> Result<Option<Case>> {
            let is_it = |path: &Path| Standing::of(path).is_some_and(|standing| standing.name == id.as_str());
            let Some((path, blob)) = self.wanted.iter().find(|(path, _)| is_it(path)) else {
                return Ok(None);
            };
            Ok(text::read(text_of(repository, &blob.id, path)?.as_bytes(), path).ok())
        };
        let mut attached = Vec::new();
        for renamed in &self.renamed {
            if let (Some(first), Some(later)) = (case(&renamed.old)?, case(&renamed.new)?) {
                attached.push(Attached::of(session, &first, &later, [&renamed.old, &renamed.new]));
            }
        }
        Ok(attached)
    }

    /// What has to be written, what people are told, and what is theirs to decide.
    fn plan(&self, session: &Session, repository: &Repository) -> Result<(Plan, Vec<Text>, Vec<Error>)> {
        let name = |path: &Path| Standing::of(path).map(|standing| standing.name);
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
        let mut plan = Plan { subject: "mend a merge".to_owned(), then: Then::Stage, ..Plan::default() };
        let (mut lines, mut refusals) = (Vec::new(), Vec::new());
        let none = BTreeSet::new();
        for case in names {
            let stands = standing.get(&case).unwrap_or(&none);
            match self.of_case(session, repository, &case, stands, &mut plan) {
                Ok(line) => lines.extend(line),
                Err(error) => refusals.push(error),
            }
        }
        Ok((plan, lines, refusals))
    }

    /// What is done about one case; `None` where it stands as it should.
    fn of_case(
        &self,
        session: &Session,
        repository: &Repository,
        case: &str,
        stands: &BTreeSet<PathBuf>,
        plan: &mut Plan,
    ) -> Result<Option<Text>> {
        let is_it = |path: &Path| Standing::of(path).is_some_and(|standing| standing.name == case);
        let short = Id::parse(case).map_or_else(|_| case.to_owned(), |id| id.short().to_owned());
        let wanted = self.wanted.iter().find(|(path, _)| is_it(path));
        let unmerged: Vec<&PathBuf> = self.stages.unmerged.iter().filter(|path| is_it(path)).collect();
        let paths: Vec<&Path> = stands.iter().map(PathBuf::as_path).collect();
        let ids = repository.ids_of(&paths)?;
        let as_wanted = matches!((wanted, paths.as_slice(), ids.as_slice()),
            (Some((path, blob)), [only], [id]) if path == only && blob.id == *id)
            || (wanted.is_none() && paths.is_empty());
        if unmerged.is_empty() {
            if as_wanted {
                return Ok(None);
            }
            let automatic = self.by_git.as_ref().is_some_and(|by_git| {
                paths.iter().zip(&ids).all(|(path, id)| by_git.get(*path).is_some_and(|blob| blob.id == *id))
            });
            if !automatic {
                let place = wanted.map(|(path, _)| path.as_path());
                return self.by_hand(session, repository, (&short, place), &paths).map(|()| None);
            }
        }
        let root = session.ledger.root();
        let before = |path: &Path| files::read_text(&root.join(path));
        let Some((place, blob)) = wanted else {
            for path in paths {
                plan.removals.push(Removal { path: path.to_owned(), before: Before::Text(before(path)?) });
            }
            plan.also.extend(unmerged.into_iter().filter(|path| !stands.contains(*path)).cloned());
            return Ok(Some(gone(short)));
        };
        let text = text_of(repository, &blob.id, place)?;
        // The file that stays comes first; each of the others goes when that one says everything.
        let mut order = paths;
        order.sort_by_key(|path| *path != place.as_path());
        for path in &order {
            plan.writes.push(Write {
                old: Some((*path).to_owned()),
                before: Some(before(path)?),
                new: place.clone(),
                text: text.clone(),
            });
        }
        if order.is_empty() {
            plan.writes.push(Write { old: None, before: None, new: place.clone(), text });
        }
        plan.also.extend(unmerged.into_iter().filter(|path| !stands.contains(*path)).cloned());
        Ok(Some(resolved(short, place)))
    }

    /// A case that somebody put right already: fine where every event of both sides is in it.
    fn by_hand(
        &self,
        session: &Session,
        repository: &Repository,
        (short, place): (&str, Option<&Path>),
        paths: &[&Path],
    ) -> Result<()> {
        let Some(place) = place else { return Ok(()) };
        let read = |text: String| text::read(text.as_bytes(), place).ok();
        let wanted = read(text_of(repository, &self.wanted[place].id, place)?);
        let stands = match paths {
            [only] => files::read_text(&session.ledger.root().join(only)).ok().and_then(read),
            _ => None,
        };
        let complete = wanted.zip(stands).is_some_and(|(wanted, stands)| {
            wanted.history.iter().all(|event| stands.history.contains(event))
        });
        if complete {
            return Ok(());
        }
        let path = paths.first().copied().unwrap_or(place);
        Err(Error::failed(by_hand(short, path)).hint(start_over(path)))
    }
}

fn text_of(repository: &Repository, id: &str, path: &Path) -> Result<String> {
    let content = repository.blobs(&[id], files::LARGEST)?.next().transpose()?;
    match content {
        Some(crate::git::Content::Bytes(bytes)) => {
            String::from_utf8(bytes).map_err(|_| Error::failed(by_hand("", path)))
        }
        _ => Err(Error::failed(by_hand("", path))),
    }
}
