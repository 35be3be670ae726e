//! A repository for tests, made by the `git` program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::git::{Change, Committed, Message, Repository};

/// Why a commit goes through libgit2 or the program.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// libgit2 can do it.
    Library,
    /// A hook that accepts everything needs the program.
    Hook,
    /// libgit2 refuses the repository because of its ids.
    Sha256,
    /// libgit2 refuses the repository because of how it stores branches.
    Reftable,
}

/// What is true of one way must be true of all; one that libgit2 refuses represents the others.
pub(super) const WAYS: [Way; 3] = [Way::Library, Way::Hook, Way::Sha256];

const SETTINGS: &str = "
[user]
	name = 李娜
	email = li.na@example.cn
[commit]
	gpgSign = false
[core]
	excludesFile = /dev/null
	attributesFile = /dev/null
	autocrlf = false
	quotePath = false
";

/// A repository in a directory that is removed with it.
pub(super) struct Scene {
    home: TempDir,
    pub(super) dir: PathBuf,
}

impl Scene {
    /// A repository without a commit.
    pub(super) fn unborn(way: Way) -> Scene {
        let home = tempfile::tempdir().unwrap();
        let dir = fs::canonicalize(home.path()).unwrap().join("shop");
        fs::create_dir(&dir).unwrap();
        let scene = Scene { home, dir };
        let format = match way {
            Way::Library | Way::Hook => "--object-format=sha1",
            Way::Sha256 => "--object-format=sha256",
            Way::Reftable => "--ref-format=reftable",
        };
        scene.git(&["init", "--quiet", "--initial-branch=main", format]);
        scene.settle();
        if way == Way::Hook {
            scene.hook("pre-commit", "exit 0");
        }
        scene
    }

    /// The same with one commit of `cases/new/a.yaml`, `cases/new/b.yaml` and `README`.
    pub(super) fn new(way: Way) -> Scene {
        let scene = Scene::unborn(way);
        for (path, text) in [("cases/new/a.yaml", "a\n"), ("cases/new/b.yaml", "b\n"), ("README", "read\n")] {
            scene.write(path, text);
        }
        scene.git(&["add", "."]);
        scene.git(&["commit", "--quiet", "--no-verify", "-m", "start"]);
        scene
    }

    /// Local settings, so that the developer's own settings do not matter.
    pub(super) fn settle(&self) {
        let config = self.path(".git/config");
        let hooks = self.path(".git/hooks");
        let settings = format!("{SETTINGS}\thooksPath = {}\n", hooks.display());
        fs::write(&config, fs::read_to_string(&config).unwrap() + &settings).unwrap();
    }

    /// The same repository, seen from another directory.
    pub(super) fn from(self, dir: PathBuf) -> Scene {
        Scene { dir, ..self }
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.dir.join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Makes a hook, or any other script.
    pub(super) fn hook(&self, name: &str, body: &str) -> PathBuf {
        let path = format!(".git/hooks/{name}");
        self.write(&path, &format!("#!/bin/sh\n{body}\n"));
        executable(&self.path(&path));
        self.path(&path)
    }

    pub(super) fn try_git(&self, arguments: &[&str]) -> Output {
        let mut git = Command::new("git");
        for name in super::super::environment::withheld() {
            git.env_remove(name);
        }
        git.env("HOME", self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("XDG_CONFIG_HOME", self.home.path());
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").current_dir(&self.dir).args(arguments).output().unwrap()
    }

    /// The output of git, without the line break at the end.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
    }

    pub(super) fn status(&self) -> String {
        self.git(&["status", "--porcelain", "--untracked-files=all"])
    }

    pub(super) fn log(&self, format: &str) -> String {
        self.git(&["log", "-1", &format!("--format={format}")])
    }

    /// The paths of the last commit with the letter of their change.
    pub(super) fn shown(&self) -> String {
        self.git(&["show", "--name-status", "--no-renames", "--format="]).replace('\t', " ")
    }

    pub(super) fn repository(&self) -> Repository {
        Repository::around(&self.dir).unwrap().unwrap()
    }

    /// Commits these paths, whatever is there.
    pub(super) fn try_commit(&self, paths: &[&str]) -> crate::error::Result<Committed> {
        let changes: Vec<Change> =
            paths.iter().map(|path| Change { old: None, new: Some(self.path(path)) }).collect();
        self.repository().commit(&changes, &message("note a"))
    }

    /// The same if there must be a commit; the repository is sound then.
    pub(super) fn commit(&self, paths: &[&str]) {
        let (Committed::Made { id } | Committed::Altered { id }) = self.try_commit(paths).unwrap() else {
            panic!("no commit of {paths:?}")
        };
        assert_eq!(id, self.git(&["rev-parse", "HEAD"]));
        self.git(&["fsck", "--strict", "--no-dangling"]);
        assert!(!self.path(".git/index.lock").exists());
    }
}

pub(super) fn message(subject: &str) -> Message {
    Message { subject: subject.to_owned(), ..Message::default() }
}

pub(super) fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
