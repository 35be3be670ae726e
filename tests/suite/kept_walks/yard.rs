//! Where a walk happens: one shared repository, two clones, and at times a linked work tree of the first.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

/// Longer than any step needs.
const HANG: Duration = Duration::from_secs(100);

/// Git for a person, without what would make a walk slow or depend on the day on which it runs.
const SETTINGS: &str = "[user]\n\tname = Li Na\n\temail = li.na@example.cn\n\
    [init]\n\tdefaultBranch = main\n\ttemplateDir = /nowhere\n[core]\n\tfsync = none\n\
    [gc]\n\tauto = 0\n\treflogExpire = never\n\treflogExpireUnreachable = never\n\
    [maintenance]\n\tauto = false\n[advice]\n\tdetachedHead = false\n[pull]\n\trebase = false\n";

/// What a command did. A process that a signal ended has no status.
pub(super) struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
    /// Its line of the story.
    pub told: usize,
}

/// Something that was acknowledged: by which command, where.
#[derive(Clone)]
pub(super) struct Told {
    pub token: String,
    pub by: String,
}

/// A walk under way.
pub(super) struct Walk {
    home: TempDir,
    now: Timestamp,
    /// The cases that were registered, the first first.
    pub cases: Vec<String>,
    /// What commands that ended with 0 were given.
    pub told: Vec<Told>,
    tokens: u32,
    /// Whether a hand did what may leave a case in two places, or a file that cannot be read.
    pub meddled: bool,
    /// The steps as shell commands.
    pub story: Vec<String>,
    /// What went wrong first.
    pub wrong: Option<String>,
}

impl Ran {
    fn of(output: Output, told: usize) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr), told }
    }

    pub(super) fn ok(&self) -> bool {
        self.status == Some(0)
    }
}

/// The program: the one that was built with this test, or the one that is named.
fn program() -> OsString {
    std::env::var_os("FB_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_fb").into())
}

/// What every walk begins with: a ledger with three cases, shared, and cloned.
fn template() -> &'static (TempDir, Vec<String>) {
    static MADE: OnceLock<(TempDir, Vec<String>)> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut walk = Walk::at(tempfile::tempdir().unwrap(), Vec::new());
        fs::create_dir(walk.home.path().join("home")).unwrap();
        fs::write(walk.home.path().join("gitconfig"), SETTINGS).unwrap();
        fs::create_dir(walk.path("")).unwrap();
        let git = |walk: &mut Walk, place: &str, line: &str| {
            let ran = walk.git(place, &line.split(' ').collect::<Vec<_>>());
            assert!(ran.ok(), "git {line}: {}", ran.err);
        };
        git(&mut walk, "", "init --quiet --bare hub.git");
        let ran = walk.fb("", &["--lang", "en", "init", "a"]);
        assert!(ran.ok(), "{}", ran.err);
        git(&mut walk, "a", "branch -M main");
        for title in ["one", "two", "three"] {
            let ran = walk.fb("a", &["new", "--kind", "complaint", "--channel", "chat", "--title", title]);
            assert!(ran.ok(), "{}", ran.err);
        }
        git(&mut walk, "a", "remote add origin ../hub.git");
        git(&mut walk, "a", "push --quiet --set-upstream origin main");
        git(&mut walk, "", "clone --quiet hub.git b");
        git(&mut walk, "b", "config remote.origin.url ../hub.git");
        git(&mut walk, "b", "config user.email wang.fang@example.cn");
        git(&mut walk, "a", "branch side");
        git(&mut walk, "b", "branch side");
        let cases = walk.case_files("a").iter().map(|path| id_of(path)).collect();
        (walk.home, cases)
    })
}

/// The id that a case file is named by.
fn id_of(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

impl Walk {
    fn at(home: TempDir, cases: Vec<String>) -> Walk {
        Walk {
            home,
            now: "2026-11-22T09:30:00+08:00".parse().unwrap(),
            cases,
            told: Vec::new(),
            tokens: 0,
            meddled: false,
            story: Vec::new(),
            wrong: None,
        }
    }

    pub(super) fn new() -> Walk {
        let (template, cases) = template();
        let home = tempfile::tempdir().unwrap();
        copy(template.path(), home.path());
        Walk { now: "2026-11-22T10:00:00+08:00".parse().unwrap(), ..Walk::at(home, cases.clone()) }
    }

    /// A path below the directory that has the clones.
    pub(super) fn path(&self, below: &str) -> PathBuf {
        self.home.path().join("yard").join(below)
    }

    /// The clones, and the linked work tree where there is one.
    pub(super) fn places(&self) -> Vec<&'static str> {
        let there = |place: &&str| self.path(place).join("fb.toml").exists() || *place != "w";
        ["a", "b", "w"].into_iter().filter(there).collect()
    }

    /// Where git keeps what is under way in a place.
    pub(super) fn git_dir(&self, place: &str) -> PathBuf {
        match place {
            "w" => self.path("a/.git/worktrees/w"),
            place => self.path(place).join(".git"),
        }
    }

    /// A word that is nowhere yet, without digits that could be taken for a number of somebody's.
    pub(super) fn token(&mut self) -> String {
        self.tokens += 1;
        let letter = |nth: u32| char::from(b'a' + (self.tokens / 26_u32.pow(nth) % 26) as u8);
        format!("zq{}{}{}xk", letter(2), letter(1), letter(0))
    }

    fn command(&self, place: &str, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path().join("home"))
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .env("FB_NOW", self.now.to_string())
            .env("GIT_AUTHOR_DATE", self.now.to_string())
            .env("GIT_COMMITTER_DATE", self.now.to_string())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", self.home.path().join("gitconfig"))
            .env("GIT_CEILING_DIRECTORIES", self.home.path())
            .env("GIT_EDITOR", "true")
            .env("GIT_TERMINAL_PROMPT", "0")
            .current_dir(self.path(place))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Lets a minute pass.
    pub(super) fn tick(&mut self) {
        self.now += SignedDuration::from_mins(1);
    }

    /// `fb` with these arguments, ready to be started.
    pub(super) fn ours(&self, place: &str, arguments: &[&str]) -> Command {
        let mut command = self.command(place, program());
        command.args(arguments);
        command
    }

    /// Runs `fb`.
    pub(super) fn fb(&mut self, place: &str, arguments: &[&str]) -> Ran {
        self.fb_with(place, arguments, &[])
    }

    /// Runs `fb` with more in its environment.
    pub(super) fn fb_with(&mut self, place: &str, arguments: &[&str], env: &[(&str, &str)]) -> Ran {
        let mut command = self.ours(place, arguments);
        command.envs(env.iter().copied());
        let set: String = env.iter().map(|(name, value)| format!("{name}='{value}' ")).collect();
        let told = self.tell(place, &format!("{set}fb {}", words(arguments)));
        let ran = self.ends(command, told);
        self.ended(&ran);
        ran
    }

    /// Notes how a process ended. What ends otherwise than with a status of ours is wrong.
    pub(super) fn ended(&mut self, ran: &Ran) {
        let status = ran.status.map_or("killed".to_owned(), |status| status.to_string());
        let first = ran.err.lines().next().unwrap_or_default();
        self.story[ran.told].push_str(&format!("   # {status} {first}"));
        if ran.status.is_some_and(|status| !(0..=3).contains(&status)) || ran.err.contains("panicked") {
            self.blame(format!("STATUS: ended with {status}: {}", ran.err));
        }
    }

    /// Runs git as a hand does.
    pub(super) fn git(&mut self, place: &str, arguments: &[&str]) -> Ran {
        let told = self.tell(place, &format!("git {}", words(arguments)));
        let mut command = self.command(place, "git");
        command.args(arguments);
        let ran = self.ends(command, told);
        self.story[told].push_str(&format!("   # {}", ran.status.unwrap_or(-1)));
        ran
    }

    /// Asks git something, which is no step.
    pub(super) fn ask(&self, place: &str, arguments: &[&str]) -> String {
        let mut command = self.command(place, "git");
        command.args(arguments).stderr(Stdio::null());
        String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
    }

    fn ends(&mut self, mut command: Command, told: usize) -> Ran {
        let child = command.spawn().unwrap();
        self.wait(child, told)
    }

    /// Waits for a process, which has to end.
    pub(super) fn wait(&mut self, child: Child, told: usize) -> Ran {
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || send.send(child.wait_with_output()));
        match receive.recv_timeout(HANG) {
            Ok(output) => Ran::of(output.unwrap(), told),
            Err(_) => {
                self.blame(format!("HANGS: {}", self.story[told]));
                Ran { status: None, out: String::new(), err: String::new(), told }
            }
        }
    }

    /// Adds a step to the story, as a shell command.
    pub(super) fn tell(&mut self, place: &str, line: &str) -> usize {
        self.story.push(format!("(cd ./{place} && {line})"));
        self.story.len() - 1
    }

    /// Says what went wrong; the first counts.
    pub(super) fn blame(&mut self, what: String) {
        self.wrong.get_or_insert(what);
    }

    /// The command that ended with 0 was given this.
    pub(super) fn acknowledge(&mut self, token: &str, ran: &Ran) {
        let by = self.story[ran.told].clone();
        self.told.push(Told { token: token.to_owned(), by });
    }

    /// The case files of a place.
    pub(super) fn case_files(&self, place: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        gather(&self.path(place).join("cases"), &mut found);
        found.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
        found.sort_by_key(|path| id_of(path));
        found
    }

    /// The registered cases that have a file in a place, the first first.
    pub(super) fn cases_of(&self, place: &str) -> Vec<String> {
        let there: BTreeSet<String> = self.case_files(place).iter().map(|path| id_of(path)).collect();
        self.cases.iter().filter(|id| there.contains(*id)).cloned().collect()
    }

    /// The file of a case in a place, and the status that its directory names.
    pub(super) fn file_of(&self, place: &str, id: &str) -> Option<(PathBuf, String)> {
        let path = self.case_files(place).into_iter().find(|path| id_of(path) == id)?;
        let below = path.strip_prefix(self.path(place).join("cases")).ok()?;
        let status = below.iter().next()?.to_str()?.to_owned();
        Some((path, status))
    }

    /// Every word of the tokens' kind in the files of a place, with how often it is there.
    pub(super) fn tokens_in(&self, place: &str) -> Vec<String> {
        let mut files = Vec::new();
        gather(&self.path(place).join("cases"), &mut files);
        gather(&self.path(place).join("files"), &mut files);
        let text = files.iter().filter_map(|path| fs::read_to_string(path).ok());
        text.flat_map(|text| tokens_of(&text).into_iter().collect::<Vec<_>>()).collect()
    }

    /// Every word of the tokens' kind that some commit has: reachable from a reference, ours among them, or from a
    /// reflog. A hand that resets a branch or skips a commit of a rebase leaves that there, and a person finds it.
    pub(super) fn committed(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for place in ["a", "b", "hub.git"] {
            let mut list = self.command(place, "git");
            list.args(["rev-list", "--objects", "--no-object-names", "--all", "--reflog"])
                .stderr(Stdio::null());
            let mut list = list.spawn().unwrap();
            let mut show = self.command(place, "git");
            show.args(["cat-file", "--batch", "--buffer"]).stdin(list.stdout.take().unwrap());
            let shown = show.output().unwrap();
            assert!(list.wait().unwrap().success() && shown.status.success(), "{:?}", self.story);
            found.extend(tokens_of(&String::from_utf8_lossy(&shown.stdout)));
        }
        found
    }

    /// What `fb recover` says that it keeps in a place.
    pub(super) fn kept(&mut self, place: &str) -> Vec<String> {
        let ran = self.fb(place, &["recover", "--format", "json"]);
        self.story.pop();
        tokens_of(&ran.out)
    }
}

/// The tokens of a text, as often as they are there.
pub(super) fn tokens_of(text: &str) -> Vec<String> {
    let is_one = |word: &&str| word.len() == 7 && word.starts_with("zq") && word.ends_with("xk");
    text.split(|letter: char| !letter.is_ascii_lowercase()).filter(is_one).map(str::to_owned).collect()
}

/// A command line as a person would type it.
fn words(arguments: &[&str]) -> String {
    let plain = |word: &str| {
        !word.is_empty() && word.chars().all(|one| one.is_ascii_alphanumeric() || "-_./:=@~^".contains(one))
    };
    let quoted = |word: &&str| if plain(word) { (*word).to_owned() } else { format!("'{word}'") };
    arguments.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn gather(directory: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { gather(&path, found) } else { found.push(path) }
    }
}
