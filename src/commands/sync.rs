use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, value};
use crate::case::Id;
use crate::casefile::{CasePath, layout};
use crate::error::{Code, Error, Exit, Finding, Place, Result};
use crate::git::{Committed, FastForward, Fetched, Message, Pushed, Repository, TreeMerge, Upstream};
use crate::privacy::masked;
use crate::render::Format;
use crate::session::{COMMAND, Session, Written};
use crate::sync::{self, Sound, Told};

mod coming;
mod outgoing;
mod plan;

/// How often to fetch and push again if somebody else was faster, and how long to wait in between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(40);

mod say {
    crate::messages! {
        about() { "Exchange commits with a remote: fetch, merge case by case, push", "与远程仓库同步：取回、逐件合并、推送" }
        remote() { "The remote; without one, the one that the branch follows", "远程仓库；不填则为当前分支跟踪的仓库" }
        no_push() { "Fetch and merge only", "只取回和合并，不推送" }
        dry_run() { "Fetch, print what would be done, but write nothing", "取回后只输出将要做什么，不写入" }
        up_to_date(name) { "{name}: nothing new on either side", "{name}：两边都没有新的改动" }
        exchanged(name, received, sent) {
            "{name}: received {received}, sent {sent} (cases)",
            "{name}：收到 {received} 件，送出 {sent} 件"
        }
        would_exchange(name, received, sent) {
            "{name}: would receive {received}, send {sent} (cases); nothing was written (--dry-run)",
            "{name}：将收到 {received} 件、送出 {sent} 件；没有写入任何内容（--dry-run）"
        }
        not_pushed(name, said) { "{name} did not accept the commits: {said}", "{name} 没有接受提交：{said}" }
        all_here() {
            "nothing is lost: what was received is merged here, and your own changes are committed here",
            "没有丢失任何内容：取回的已在本地合并，您的改动也已在本地提交"
        }
        always_slower(name) { "somebody else was faster every time: {name}", "每次都有别人先推送到 {name}" }
        again_later() { "run `fb sync` again in a moment", "请稍后再运行 `fb sync`" }
        no_commits() { "`fb sync` works through commits, and this shop does not make them", "`fb sync` 通过提交来同步，而这里设置为不提交" }
        allow_commits() { "do not use --no-commit; `commit = true` under [git] in fb.toml turns commits on", "请去掉 --no-commit；在 fb.toml 的 [git] 里写 `commit = true` 可开启提交" }
        none_yet() { "there is no commit yet", "还没有任何提交" }
        make_one() { "`git add -A && git commit` makes the first one", "请先 `git add -A && git commit`" }
        busy(what) { "nothing was synced: {what}", "没有同步：{what}" }
        in_the_way(count) {
            "files that the sync would change are changed here and not committed: {count}",
            "同步会改到的文件里，有 {count} 个在本地改过而没有提交"
        }
        changed_here() { "changed here, and not committed", "在本地改过，没有提交" }
        commit_first() {
            "commit them (`git add` and `git commit`) or put them aside (`git stash`), then sync again",
            "请先提交（`git add`、`git commit`）或搁置（`git stash`），再同步"
        }
        others_conflict(count) {
            "both sides changed the same lines of files that are not cases: {count}",
            "两边改了同样几行的非案卷文件：{count} 个"
        }
        both_changed() { "changed on both sides", "两边都有改动" }
        merge_by_hand(name) {
            "nothing was changed here; `git merge {name}`, correct them, then `fb mend`, `git commit` and `fb sync`",
            "本地没有改动；请 `git merge {name}`，改好后依次 `fb mend`、`git commit`、`fb sync`"
        }
        not_joined(why) { "nothing was synced: {why}", "没有同步：{why}" }
        left_out(name, count) {
            "files from {name} that are not allowed in a ledger were left out: {count}",
            "{name} 里有 {count} 个文件不能进入台账，没有取回"
        }
        else_came() {
            "everything else was received; the files here in their places stay, also in the commit of this sync",
            "其余内容都已取回；这里原有的内容保留不变，这次同步的提交也是如此"
        }
        set_back(name) {
            "commits were removed from {name}; those that are here are sent again",
            "{name} 被人改回或删除过：原有的提交已不在那里；本地还有的会再次送出"
        }
        look(message) { "  {message}", "  {message}" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb sync\nfb sync origin --dry-run")]
pub(crate) struct SyncArgs {
    #[arg(value_name = value::REMOTE.both(), help = say::remote().both())]
    remote: Option<String>,
    #[arg(long, help = say::no_push().both())]
    no_push: bool,
    #[arg(long, help = say::dry_run().both())]
    dry_run: bool,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

/// What was received and sent so far.
#[derive(Default)]
struct Exchange {
    received: BTreeSet<String>,
    sent: BTreeSet<String>,
    told: Vec<Told>,
    /// What is not allowed and was left out.
    left_out: Vec<Finding>,
    /// Commits were removed from the remote.
    set_back: bool,
    /// Whether the remote accepted what was sent; `None` if nothing was sent.
    pushed: Option<bool>,
    /// Whether any commit was received or sent.
    any: bool,
}

impl SyncArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        if !session.commits() {
            return Err(Error::refused(say::no_commits()).hint(say::allow_commits()));
        }
        let repository = session.repository()?;
        if let Some(state) = repository.under_way()? {
            let (what, help) = state.before_sync();
            return Err(Error::refused(say::busy(what)).hint(help));
        }
        let upstream = repository.upstream(self.remote.as_deref())?;
        // An interrupted command is finished before anything is compared.
        drop(session.lock()?);
        let mut exchange = Exchange::default();
        match self.exchange(session, repository, &upstream, &mut exchange) {
            Ok(()) => {
                self.tell(session, &upstream, &exchange)?;
                self.say_left_out(&upstream, exchange)
            }
            // What was received is reported nevertheless.
            Err(error) => {
                if exchange.any || exchange.pushed.is_some() {
                    exchange.sent = BTreeSet::new();
                    self.tell(session, &upstream, &exchange)?;
                }
                Err(error.because_also(exchange.left_out))
            }
        }
    }

    /// Fetches, merges and pushes, and repeats this if somebody else pushed first.
    fn exchange(
        &self,
        session: &Session,
        repository: &Repository,
        upstream: &Upstream,
        exchange: &mut Exchange,
    ) -> Result<()> {
        for again in 1..=TRIES {
            let Fetched { commit: theirs, set_back } = repository.fetch(upstream)?;
            if set_back && !exchange.set_back {
                session.terminal.note(&say::set_back(upstream.name()));
                exchange.set_back = true;
            }
            let began = head(repository, upstream)?;
            if let Some(theirs) = &theirs
                && let Err(error) = self.take_in(session, repository, upstream, theirs, exchange)
            {
                // Somebody committed meanwhile, or the other sync of this clone was done first.
                if again < TRIES && !self.dry_run && head(repository, upstream)? != began {
                    thread::sleep(PAUSE * again);
                    continue;
                }
                return Err(error);
            }
            let ours = head(repository, upstream)?;
            let before = match &theirs {
                Some(theirs) => theirs.clone(),
                None => repository.empty_tree()?,
            };
            let sends = !self.no_push && before != ours;
            if sends {
                outgoing::check(repository, &before, &ours)?;
            }
            if self.dry_run && theirs.is_none() {
                exchange.sent = cases_between(repository, &before, &ours)?;
                exchange.any = true;
            }
            if self.dry_run || !sends {
                return Ok(());
            }
            exchange.any = true;
            exchange.pushed = Some(false);
            match repository.push(upstream, &ours)? {
                Pushed::Done => {
                    exchange.sent = cases_between(repository, &before, &ours)?;
                    exchange.pushed = Some(true);
                    return Ok(());
                }
                Pushed::There => {
                    exchange.pushed = Some(true);
                    return Ok(());
                }
                Pushed::Behind => thread::sleep(PAUSE * again),
                Pushed::Refused { said } => {
                    return Err(Error::failed(say::not_pushed(upstream.name(), said)).hint(say::all_here()));
                }
            }
        }
        Err(Error::failed(say::always_slower(upstream.name())).hint(say::again_later()).hint(say::all_here()))
    }

    /// The error that something was left out, although everything else was received and sent.
    fn say_left_out(&self, upstream: &Upstream, exchange: Exchange) -> Result<Exit> {
        match exchange.left_out.len() {
            0 => Ok(Exit::Done),
            count => {
                let error = Error::failed(say::left_out(upstream.name(), count)).because(exchange.left_out);
                Err(error.hint(say::else_came()))
            }
        }
    }

    /// Moves the work tree to the merged commit.
    fn take_in(
        &self,
        session: &Session,
        repository: &Repository,
        upstream: &Upstream,
        theirs: &str,
        exchange: &mut Exchange,
    ) -> Result<()> {
        let lock = session.lock()?;
        let ours = head(repository, upstream)?;
        if repository.led_to(theirs, &ours)? {
            if self.dry_run {
                exchange.sent = cases_between(repository, theirs, &ours)?;
                exchange.any = theirs != ours;
            }
            return Ok(());
        }
        let to = if repository.led_to(&ours, theirs)? {
            let sound = sync::sound(repository, theirs, &ours)?;
            if sound.left_out.is_empty() {
                theirs.to_owned()
            } else {
                self.without(repository, upstream, (&ours, theirs), sound, exchange)?
            }
        } else {
            self.joined(session, repository, upstream, (&ours, theirs), exchange)?
        };
        let fast_forward = FastForward { from: ours, to };
        coming::check(repository, upstream, &fast_forward, theirs)?;
        let (ours, to) = (&fast_forward.from, &fast_forward.to);
        exchange.any = true;
        exchange.received.extend(cases_between(repository, ours, to)?);
        if self.dry_run {
            exchange.sent = cases_between(repository, theirs, to)?;
            return Ok(());
        }
        let in_the_way: Vec<Finding> = repository
            .in_the_way(&fast_forward)?
            .iter()
            .map(|path| Finding::error(Code::NotCommitted, Place::file(path), say::changed_here()))
            .collect();
        if !in_the_way.is_empty() {
            let error = Error::failed(say::in_the_way(in_the_way.len()));
            return Err(error.because(in_the_way).hint(say::commit_first()));
        }
        let plan = plan::plan(session, repository, upstream, &fast_forward)?;
        // What a sync writes is committed already.
        let _committed = session.write(&lock, &plan)?;
        Ok(())
    }

    /// A commit that has both sides.
    fn joined(
        &self,
        session: &Session,
        repository: &Repository,
        upstream: &Upstream,
        (ours, theirs): (&str, &str),
        exchange: &mut Exchange,
    ) -> Result<String> {
        let joined = sync::join(session, ours, theirs)?;
        let others = match joined.others {
            TreeMerge::Tree(tree) => tree,
            TreeMerge::Conflicts(paths) => {
                let found =
                    |path: &PathBuf| Finding::error(Code::Conflict, Place::file(path), say::both_changed());
                let error = Error::failed(say::others_conflict(paths.len()));
                return Err(error
                    .because(paths.iter().map(found).collect())
                    .hint(say::merge_by_hand(upstream.name())));
            }
        };
        let tree = repository.tree_with(&others, layout::CASES.as_ref(), &joined.cases)?;
        let sides = (ours, theirs);
        let id = self.commit(repository, upstream, &tree, sides, (&joined.told, &joined.left_out))?;
        exchange.told.extend(joined.told);
        exchange.left_out.extend(joined.left_out);
        Ok(id)
    }

    /// A commit that has both sides if theirs is a descendant of ours, without what is not allowed.
    fn without(
        &self,
        repository: &Repository,
        upstream: &Upstream,
        sides: (&str, &str),
        sound: Sound,
        exchange: &mut Exchange,
    ) -> Result<String> {
        let tree = repository.tree_of(&sound.commit)?;
        let id = self.commit(repository, upstream, &tree, sides, (&[], &sound.left_out))?;
        exchange.left_out.extend(sound.left_out);
        Ok(id)
    }

    /// The commit that merges both sides.
    fn commit(
        &self,
        repository: &Repository,
        upstream: &Upstream,
        tree: &str,
        (ours, theirs): (&str, &str),
        (told, left_out): (&[Told], &[Finding]),
    ) -> Result<String> {
        if self.dry_run {
            return repository.unnamed_commit(tree, &[ours, theirs]);
        }
        let cases = told.iter().map(|told| ("Case".to_owned(), told.id.to_string()));
        let without: Vec<String> = left_out
            .iter()
            .map(|found| format!("without {:?}: {}", found.place.path, found.message))
            .collect();
        let message = Message {
            subject: format!("sync with {}", upstream.name()),
            body: (!without.is_empty()).then(|| masked(&without.join("\n")).into_owned()),
            trailers: cases.chain([(COMMAND.to_owned(), "sync".to_owned())]).collect(),
        };
        match repository.joining_commit(tree, &[ours, theirs], &message)? {
            Committed::Made { id } => Ok(id),
            other => {
                let (why, help) =
                    other.why_not_synced().unwrap_or_else(|| (say::none_yet(), say::make_one()));
                Err(Error::failed(say::not_joined(why)).hint(help))
            }
        }
    }

    fn tell(&self, session: &Session, upstream: &Upstream, exchange: &Exchange) -> Result<()> {
        let terminal = &session.terminal;
        let Exchange { received, sent, told, any, left_out, set_back, pushed } = exchange;
        if self.format == Format::Json {
            let joined: Vec<&str> = told.iter().map(|told| told.id.as_str()).collect();
            let answer = json!({
                "version": 1, "remote": upstream.remote, "branch": upstream.branch,
                "received": received, "sent": sent, "joined": joined, "written": !self.dry_run,
                "pushed": pushed, "set_back": set_back,
                "left_out": left_out.iter().map(|found| found.place.path.to_string_lossy()).collect::<Vec<_>>(),
            });
            let written = if self.dry_run { Written::dry_run() } else { Written::committed() };
            let answer = written.told(answer);
            return terminal.out(&crate::render::json(&answer, crate::privacy::Privacy::Masked));
        }
        for told in told {
            terminal.line(&told.line)?;
            for finding in &told.findings {
                terminal.note(&say::look(&finding.message));
                finding.help.iter().for_each(|help| terminal.note(help));
            }
        }
        let (name, in_count, out_count) = (upstream.name(), received.len(), sent.len());
        terminal.line(&match (any, self.dry_run) {
            (false, _) => say::up_to_date(name),
            (true, true) => say::would_exchange(name, in_count, out_count),
            (true, false) => say::exchanged(name, in_count, out_count),
        })
    }
}

/// The commit that the branch is at.
fn head(repository: &Repository, upstream: &Upstream) -> Result<String> {
    repository.at(upstream)?.ok_or_else(|| Error::refused(say::none_yet()).hint(say::make_one()))
}

/// The cases whose files differ between two commits.
fn cases_between(repository: &Repository, from: &str, to: &str) -> Result<BTreeSet<String>> {
    let paths = repository.files_between(from, to)?;
    let standing = |path: &PathBuf| CasePath::of(repository.below_here(path)?);
    let named = paths.iter().filter_map(standing).map(|standing| standing.name);
    Ok(named.filter(|name| Id::parse(name).is_ok()).collect())
}
