//! Two clones of a shop and the repository that they share.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::ledger::{Ran, TestLedger, without_needs};

/// Clones in a directory of their own, which can be copied to try the same again another way.
pub(crate) struct Clones<'s> {
    shop: &'s TestLedger,
    name: String,
}

/// Every file of a clone below `cases/` and `files/`.
pub(crate) type Tree = BTreeMap<PathBuf, String>;

impl<'s> Clones<'s> {
    /// `a` and `b`, with a ledger that both have; its rules ask for no step before another.
    pub(crate) fn new(shop: &'s TestLedger) -> Clones<'s> {
        let clones = Clones { shop, name: "one".to_owned() };
        shop.git(&["init", "--quiet", "--bare", "--initial-branch=main", "../one/hub.git"]);
        shop.run(&["--lang", "en", "init", "../one/a"]).ok();
        let rules = "../one/a/policy/base.toml";
        shop.write(rules, without_needs(&shop.read(rules)));
        clones.git("a", &["commit", "--quiet", "--all", "--amend", "--no-edit"]);
        clones.git("a", &["branch", "--move", "main"]);
        clones.git("a", &["remote", "add", "origin", "../hub.git"]);
        clones.fb("a", &["sync"]).ok();
        clones.clone("b");
        clones
    }

    /// One more clone of what is shared.
    pub(crate) fn clone(&self, name: &str) {
        let place = format!("../{}/{name}", self.name);
        self.shop.git(&["clone", "--quiet", &format!("../{}/hub.git", self.name), &place]);
        self.git(name, &["config", "remote.origin.url", "../hub.git"]);
    }

    /// The same once more, beside.
    pub(crate) fn copied(&self, name: &str) -> Clones<'s> {
        copy(&self.path(""), &self.shop.dir.join("..").join(name));
        Clones { shop: self.shop, name: name.to_owned() }
    }

    /// Runs `fb` in a clone, ten minutes after the last time.
    pub(crate) fn fb(&self, clone: &str, arguments: &[&str]) -> Ran {
        self.shop.pass(10);
        self.now(clone, arguments)
    }

    /// Runs `fb` in a clone, no time after the last time.
    pub(crate) fn now(&self, clone: &str, arguments: &[&str]) -> Ran {
        self.at(&self.shop.now(), clone, arguments)
    }

    /// Runs `fb` in a clone at another present.
    pub(crate) fn at(&self, now: &str, clone: &str, arguments: &[&str]) -> Ran {
        let place = format!("../{}/{clone}", self.name);
        self.shop.at(now, &[&["-C", &place], arguments].concat())
    }

    pub(crate) fn git(&self, clone: &str, arguments: &[&str]) -> String {
        let place = format!("../{}/{clone}", self.name);
        self.shop.git(&[&["-C", &place], arguments].concat())
    }

    pub(crate) fn try_git(&self, clone: &str, arguments: &[&str]) -> Ran {
        let place = format!("../{}/{clone}", self.name);
        self.shop.try_git(&[&["-C", &place], arguments].concat())
    }

    /// Registers a case in a clone and gives its id.
    pub(crate) fn case(&self, clone: &str, title: &str) -> String {
        let ran = self.fb(
            clone,
            &["new", "--kind", "complaint", "--title", title, "--channel", "hotline", "--format", "json"],
        );
        ran.ok().json()["cases"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Where a file of a clone is.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.shop.dir.join("..").join(&self.name).join(below)
    }

    /// Everything of the ledger's own in a clone.
    pub(crate) fn tree(&self, clone: &str) -> Tree {
        let mut tree = Tree::new();
        for below in ["cases", "files"] {
            gather(&self.path(clone), Path::new(below), &mut tree);
        }
        tree
    }

    /// Holds that a clone has nothing that is not committed, and nothing that `fb check` calls an error.
    #[track_caller]
    pub(crate) fn is_sound(&self, clone: &str) {
        assert_eq!(self.git(clone, &["status", "--porcelain", "--untracked-files=all"]), "", "{clone}");
        let ran = self.now(clone, &["check", "--format", "json"]);
        let findings = ran.json()["findings"].as_array().unwrap().clone();
        let errors = findings.iter().filter(|one| one["severity"] == "error" && one["code"] != "overdue");
        assert_eq!(errors.collect::<Vec<_>>(), Vec::<&serde_json::Value>::new(), "{clone}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn gather(root: &Path, below: &Path, tree: &mut Tree) {
    let Ok(entries) = fs::read_dir(root.join(below)) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => gather(root, &path, tree),
            false => drop(tree.insert(path.clone(), fs::read_to_string(root.join(path)).unwrap())),
        }
    }
}
