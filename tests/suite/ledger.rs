//! A shop to try things in.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

/// Longer than any machine needs: a command that takes more hangs.
const HANG: Duration = Duration::from_secs(60);

/// The instant at which every ledger begins: a Sunday morning in Shanghai.
const BEGIN: &str = "2026-11-22T09:30:00+08:00";

/// The variable that sets `fb` beside hostile settings and variables of git: `FB_TEST_GIT=hostile`.
const TEST_GIT: &str = "FB_TEST_GIT";

/// Settings of git that some person may have, each of which changes what some command of git prints or does.
const HOSTILE: &str = "\
[include]
\tpath = gitconfig
[core]
\tabbrev = 4
\tcommentChar = F
\tquotePath = true
\tpager = false
\tattributesFile = /nonexistent/attributes
\tuntrackedCache = true
\tfsmonitor = false-monitor
\tautocrlf = input
\twarnAmbiguousRefs = false
[log]
\tshowSignature = true
\tfollow = true
\tdecorate = full
\tdate = relative
\tabbrevCommit = true
\tdiffMerges = off
\tshowRoot = false
\tmailmap = true
[trailer]
\tseparators = =%
[format]
\tpretty = oneline
[diff]
\texternal = false
\tnoprefix = true
\tmnemonicPrefix = true
\trelative = true
\torderFile = /nonexistent/order
\tsuppressBlankEmpty = true
\tcolorMoved = zebra
[status]
\tshort = true
\tbranch = true
\tshowUntrackedFiles = no
\trelativePaths = false
[color]
\tui = always
[column]
\tui = always
[grep]
\tpatternType = fixed
\tlineNumber = true
[commit]
\ttemplate = /nonexistent/template
\tcleanup = scissors
\tverbose = true
[i18n]
\tlogOutputEncoding = GBK
[push]
\tdefault = nothing
[pull]
\trebase = true
[fetch]
\tprune = true
[rerere]
\tenabled = true
[tag]
\tgpgSign = true
[blame]
\tdate = relative
[merge]
\tff = only
\tlog = true
\tstat = false
[advice]
\tdetachedHead = false
[submodule]
\trecurse = true
[alias]
\tlog = !false
\tstatus = !false
\tcommit = !false
";

/// Variables of git of the same kind.
const HOSTILE_VARIABLES: [(&str, &str); 10] = [
    ("GIT_LITERAL_PATHSPECS", "1"),
    ("GIT_EXTERNAL_DIFF", "false"),
    ("GIT_DIFF_OPTS", "--unified=0"),
    ("GIT_PAGER", "false"),
    ("GIT_EDITOR", "false"),
    ("GIT_TRACE", "1"),
    ("GIT_OPTIONAL_LOCKS", "1"),
    ("GIT_FLUSH", "0"),
    ("GIT_DEFAULT_HASH", "sha256"),
    ("GIT_ATTR_SOURCE", "refs/heads/nowhere"),
];

/// A ledger in a temporary directory, with a cleared environment and a clock that only the test moves.
pub(crate) struct TestLedger {
    home: TempDir,
    /// The ledger's root.
    pub dir: PathBuf,
    now: RefCell<Timestamp>,
    env: BTreeMap<String, String>,
}

/// Rules that ask for no step before another.
pub(crate) fn without_needs(rules: &str) -> String {
    let (before, needs) = rules.split_once("[needs.").unwrap();
    let after = needs.find("\n# ----").unwrap();
    format!("{before}{}", &needs[after..])
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Everything in a ledger that a refused command must leave alone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    files: BTreeMap<PathBuf, Vec<u8>>,
    head: String,
    status: String,
}

impl TestLedger {
    /// A directory without a ledger, and whoever works in it: Li Na.
    pub(crate) fn empty() -> TestLedger {
        let home = tempfile::tempdir().unwrap();
        let dir = fs::canonicalize(home.path()).unwrap().join("shop");
        fs::create_dir(&dir).unwrap();
        fs::create_dir(home.path().join("home")).unwrap();
        let ledger = TestLedger {
            now: RefCell::new(BEGIN.parse().unwrap()),
            env: BTreeMap::from([("LC_ALL", "C"), ("TZ", "America/New_York")].map(owned)),
            home,
            dir,
        };
        ledger.identity("[user]\n\tname = Li Na\n\temail = li.na@example.cn\n");
        ledger
    }

    /// A ledger with a preset's rules, in English.
    pub(crate) fn of(preset: &str) -> TestLedger {
        let ledger = TestLedger::empty();
        ledger.run(&["--lang", "en", "init", ".", "--policy", preset]).ok();
        ledger
    }

    /// A ledger with the rules of an online shop.
    pub(crate) fn new() -> TestLedger {
        TestLedger::of("ecommerce")
    }

    /// The same, but its rules ask for no step before another.
    pub(crate) fn free() -> TestLedger {
        let ledger = TestLedger::new();
        ledger.write("policy/base.toml", without_needs(&ledger.read("policy/base.toml")));
        ledger.git(&["commit", "--quiet", "--all", "--amend", "--no-edit"]);
        ledger
    }

    /// Another ledger that is as this one is now.
    pub(crate) fn copy(&self) -> TestLedger {
        let home = tempfile::tempdir().unwrap();
        copy(self.home.path(), home.path());
        let dir = fs::canonicalize(home.path()).unwrap().join("shop");
        TestLedger { dir, now: self.now.clone(), env: self.env.clone(), home }
    }

    /// The same ledger with a variable in the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> TestLedger {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    /// What git's global configuration says.
    pub(crate) fn identity(&self, text: &str) {
        fs::write(self.home.path().join("gitconfig"), text).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path().join("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", self.home.path().join("gitconfig"))
            .env("GIT_CEILING_DIRECTORIES", self.home.path())
            .envs(&self.env)
            .current_dir(&self.dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs `fb` at the ledger's present.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.at(&self.now(), arguments)
    }

    /// `fb` with these arguments, ready to be run.
    pub(crate) fn fb(&self, arguments: &[&str]) -> Command {
        self.fb_at(&self.now(), arguments)
    }

    fn fb_at(&self, now: &str, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_fb"));
        if std::env::var(TEST_GIT).is_ok_and(|how| how == "hostile") {
            let settings = self.home.path().join("hostile");
            fs::write(&settings, HOSTILE).unwrap();
            command.envs(HOSTILE_VARIABLES).env("GIT_CONFIG_GLOBAL", settings).envs(&self.env);
        }
        command.args(["--now", now]).args(arguments);
        // What is committed then is dated then, unless a test says otherwise.
        if !self.env.contains_key("GIT_COMMITTER_DATE") {
            command.env("GIT_AUTHOR_DATE", now).env("GIT_COMMITTER_DATE", now);
        }
        command
    }

    /// Runs `fb` at another present.
    pub(crate) fn at(&self, now: &str, arguments: &[&str]) -> Ran {
        let ran = Ran::of(ends(self.fb_at(now, arguments), arguments));
        assert!(!ran.err.contains("panicked"), "fb {arguments:?}: {}", ran.err);
        ran
    }

    /// Runs a line of shell, in which `fb` is the built program, at the ledger's present.
    pub(crate) fn shell(&self, line: &str) -> Ran {
        let built = Path::new(env!("CARGO_BIN_EXE_fb")).parent().unwrap().to_owned();
        let others = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&others))).unwrap();
        let mut command = self.command("sh");
        command.env("PATH", path).env("FB_NOW", self.now()).args(["-c", line]);
        Ran::of(ends(command, &[line]))
    }

    /// Runs git; what it prints, without the line break at the end.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let ran = self.try_git(arguments);
        assert_eq!(ran.status, 0, "git {arguments:?}: {}", ran.err);
        ran.out.trim_end_matches('\n').to_owned()
    }

    /// Runs git, whatever comes of it.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command("git");
        command.args(["-c", "core.quotePath=false", "-c", "commit.gpgSign=false"]).args(arguments);
        Ran::of(command.output().unwrap())
    }

    /// The present.
    pub(crate) fn now(&self) -> String {
        self.now.borrow().to_string()
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, minutes: i64) {
        let later = *self.now.borrow() + jiff::SignedDuration::from_mins(minutes);
        *self.now.borrow_mut() = later;
    }

    /// Registers a case and gives its id.
    pub(crate) fn case(&self, more: &[&str]) -> String {
        let mut arguments =
            vec!["new", "--title", "收到的茶杯碎了", "--channel", "hotline", "--format", "json"];
        if !more.contains(&"--kind") {
            arguments.extend(["--kind", "complaint"]);
        }
        arguments.extend(more);
        let ran = self.run(&arguments).ok();
        ran.json()["cases"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Puts a case file in its place by hand and commits it.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.write(path, bytes);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--no-verify", "-m", "by hand"]);
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.dir.join(path)).unwrap()
    }

    /// Adds lines to a file of the rules and commits them.
    pub(crate) fn add_rules(&self, path: &str, text: &str) {
        self.put(path, format!("{}\n{text}", self.read(path)));
    }

    /// Where the case's file is; at every moment there is exactly one.
    #[track_caller]
    pub(crate) fn path_of(&self, id: &str) -> String {
        let name = format!("{id}.yaml");
        let named = |path: &PathBuf| path.file_name().is_some_and(|file| file.to_str() == Some(&name));
        let found: Vec<PathBuf> = self.files().into_keys().filter(named).collect();
        assert_eq!(found.len(), 1, "{id}: {found:?}");
        found[0].to_str().unwrap().replace('\\', "/")
    }

    /// How many commits there are.
    pub(crate) fn commits(&self) -> usize {
        self.git(&["rev-list", "--count", "HEAD"]).parse().unwrap()
    }

    /// What git sees changed, staged or new.
    pub(crate) fn status(&self) -> String {
        self.git(&["status", "--porcelain", "--untracked-files=all"])
    }

    /// The last commit in a format of `git log`.
    pub(crate) fn last(&self, format: &str) -> String {
        self.git(&["log", "-1", &format!("--format={format}")])
    }

    /// All that is there.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let repository = self.dir.join(".git").exists();
        let of = |arguments: &[&str]| if repository { self.try_git(arguments).out } else { String::new() };
        Snapshot {
            files: self.files(),
            head: of(&["rev-parse", "HEAD"]),
            status: of(&["status", "--porcelain", "--untracked-files=all"]),
        }
    }

    /// Runs a command that has to leave everything as it is.
    pub(crate) fn refused(&self, arguments: &[&str], status: i32) -> Ran {
        let before = self.snapshot();
        let ran = self.run(arguments);
        assert_eq!(ran.status, status, "fb {arguments:?}: {}{}", ran.out, ran.err);
        assert_eq!(self.snapshot(), before, "fb {arguments:?} wrote");
        ran
    }

    /// Every file but git's own and the ledger's lock.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.dir, &self.dir, &mut files);
        files
    }
}

impl Ran {
    fn of(output: Output) -> Ran {
        Ran {
            status: output.status.code().expect("ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The same, which has to have gone well.
    #[track_caller]
    pub(crate) fn ok(self) -> Ran {
        assert_eq!(self.status, 0, "{}{}", self.out, self.err);
        self
    }

    /// Checks that all of these are said on standard error.
    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) {
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in:\n{}", self.err);
        }
    }

    /// The answer for programs.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// What comes of a command that has to end.
fn ends(mut command: Command, arguments: &[&str]) -> Output {
    let child = command.spawn().unwrap();
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || send.send(child.wait_with_output()));
    let ended = receive.recv_timeout(HANG);
    ended.unwrap_or_else(|_| panic!("fb {arguments:?} does not end")).unwrap()
}

/// Copies all that is in a directory.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// Every file under a directory but git's own and the ledger's lock.
fn gather(root: &Path, directory: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap_or_default();
        if path.is_dir() && !path.is_symlink() {
            if name != ".git" && name != ".fb" {
                gather(root, &path, files);
            }
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            files.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
        }
    }
}
