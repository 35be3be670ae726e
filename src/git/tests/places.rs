//! Where a repository may be, and what can be read from it.

use std::fs;
use std::os::unix::fs::{chown, symlink};
use std::process::Command;

use super::scene::{Scene, WAYS, Way};
use crate::git::Repository;
use crate::lang::Lang;

#[test]
fn without_a_repository_there_is_none() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Repository::around(dir.path()).unwrap().is_none());
    let error = Repository::around(&dir.path().join("gone")).err().unwrap();
    assert!(error.message.to(Lang::En).starts_with("cannot read the directory "), "{error}");
}

#[test]
fn a_new_repository_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let made = Repository::init(dir.path()).unwrap();
    assert_eq!(made.git_dir(), fs::canonicalize(dir.path()).unwrap().join(".git"));
    assert!(Repository::around(dir.path()).unwrap().is_some());
}

#[test]
fn a_ledger_in_a_sub_directory_of_a_bigger_repository() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("README", "changed at the top\n");
        let sub = scene.path("cases/new");
        let scene = scene.from(sub);
        scene.write("c.yaml", "c\n");
        scene.write("a.yaml", "more\n");
        let Ok(crate::git::Committed::Made { .. }) = scene.try_commit(&["c.yaml", "a.yaml"]) else {
            panic!()
        };
        assert_eq!(scene.shown(), "M cases/new/a.yaml\nA cases/new/c.yaml");
        assert_eq!(scene.git(&["status", "--porcelain"]), " M README", "{way:?}");
    }
}

#[test]
fn a_ledger_that_is_reached_through_a_link() {
    for way in WAYS {
        let scene = Scene::new(way);
        let link = scene.dir.with_file_name("link");
        symlink(scene.path("cases"), &link).unwrap();
        let scene = scene.from(link);
        scene.write("new/a.yaml", "more\n");
        let dirty = scene.repository().dirty(&[scene.path("new")]).unwrap();
        assert_eq!(dirty, [scene.path("new/a.yaml")]);
        scene.try_commit(&["new/a.yaml"]).unwrap();
        assert_eq!(scene.shown(), "M cases/new/a.yaml", "{way:?}");
    }
}

#[test]
fn a_linked_work_tree_has_its_own_head_and_index() {
    for way in WAYS {
        let scene = Scene::new(way);
        let (main, git_dir) = (scene.git(&["rev-parse", "main"]), scene.path(".git/worktrees/second"));
        let second = scene.dir.with_file_name("second");
        scene.git(&["worktree", "add", "--quiet", "-b", "second", second.to_str().unwrap()]);
        let scene = scene.from(second);
        assert_eq!(scene.repository().git_dir(), git_dir);
        scene.write("cases/new/a.yaml", "more\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.git(&["rev-parse", "main", "second^"]), format!("{main}\n{main}"));
        assert_eq!(scene.status(), "", "{way:?}");
    }
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let inner = Scene::new(Way::Library);
    let scene = Scene::new(Way::Library);
    let url = inner.dir.to_str().unwrap();
    scene.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "ledger"]);
    let (outer_head, git_dir) = (scene.git(&["rev-parse", "HEAD"]), scene.path(".git/modules/ledger"));
    let (outer, ledger) = (scene.dir.clone(), scene.path("ledger"));
    let scene = scene.from(ledger);
    scene.git(&["config", "user.name", "x"]);
    scene.git(&["config", "user.email", "x@example.cn"]);
    assert_eq!(scene.repository().git_dir(), git_dir);
    scene.write("cases/new/a.yaml", "more\n");
    scene.commit(&["cases/new/a.yaml"]);
    assert_eq!(scene.shown(), "M cases/new/a.yaml");
    assert_eq!(scene.from(outer).git(&["rev-parse", "HEAD"]), outer_head);
}

#[test]
fn only_a_git_entry_leads_to_a_repository() {
    for way in WAYS {
        let scene = Scene::new(way);
        let git_dir = scene.path(".git");
        // Between the ledger and the top there is one that looks bare, and there are names that lead nowhere.
        scene.write("desk/HEAD", "ref: refs/heads/main\n");
        scene.write("desk/config", "[core]\n\tworktree = .\n");
        scene.write("desk/objects/info/keep", "");
        scene.write("desk/refs/keep", "");
        scene.write("desk/feedback/.git/keep", "");
        scene.write("desk/feedback/a.yaml", "a\n");
        let feedback = scene.path("desk/feedback");
        let found = Repository::around(&feedback).unwrap().unwrap();
        assert_eq!(
            (found.git_dir(), found.below_top().as_str()),
            (git_dir.as_path(), "desk/feedback"),
            "{way:?}"
        );
        // The entry may be a link to a repository elsewhere.
        let elsewhere = scene.dir.with_file_name("elsewhere");
        fs::rename(&git_dir, &elsewhere).unwrap();
        symlink(&elsewhere, &git_dir).unwrap();
        scene.commit(&["desk/feedback/a.yaml"]);
        assert_eq!(scene.shown(), "A desk/feedback/a.yaml", "{way:?}");
        // The disk with the repository may be missing.
        let away = scene.dir.with_file_name("away");
        fs::rename(&elsewhere, &away).unwrap();
        let error = Repository::around(&feedback).err().unwrap();
        assert!(error.message.to(Lang::En).contains(git_dir.to_str().unwrap()), "{error}");
        fs::rename(&away, &elsewhere).unwrap();
        assert!(Repository::around(&feedback).unwrap().is_some());
        fs::remove_file(&git_dir).unwrap();
        // Without an entry nothing is opened.
        let error = Repository::around(&feedback).err().unwrap();
        assert!(error.message.to(Lang::En).contains("desk is a bare repository"), "{error}");
    }
}

#[test]
fn a_bare_repository_is_reported_as_such() {
    for format in ["sha1", "sha256"] {
        let scene = Scene::unborn(Way::Library);
        let bare = scene.dir.with_file_name("bare.git");
        scene.git(&["init", "--quiet", "--bare", "--object-format", format, bare.to_str().unwrap()]);
        let error = Repository::around(&bare).err().unwrap();
        assert!(error.message.to(Lang::En).contains("is a bare repository"), "{error}");
        assert!(error.message.to(Lang::Zh).contains("是裸仓库"));
    }
}

#[test]
fn a_repository_of_somebody_else_is_reported_with_the_command_to_trust_it() {
    let scene = Scene::new(Way::Library);
    if chown(scene.path(".git"), Some(12_345), None).and(chown(&scene.dir, Some(12_345), None)).is_err() {
        eprintln!("skipped: only root can give files away");
        return;
    }
    let error = Repository::around(&scene.dir).err().unwrap();
    assert!(error.message.to(Lang::En).starts_with("git does not trust the repository"), "{error}");
    let command = format!("git config --global --add safe.directory \"{}\"", scene.dir.display());
    assert!(error.hints[0].to(Lang::En).contains(&command));
}

#[test]
fn branches_and_indexes_that_libgit2_refuses() {
    let split = &["update-index", "--split-index"][..];
    let sparse = &["sparse-checkout", "set", "--cone", "--sparse-index", "cases"];
    for (way, setting) in [(Way::Library, split), (Way::Library, sparse), (Way::Reftable, &["status"])] {
        if way == Way::Reftable && !git_knows_reftable() {
            eprintln!("skipped: this git knows no reftable");
            continue;
        }
        let scene = Scene::new(way);
        scene.git(setting);
        scene.write("cases/new/b.yaml", "changed\n");
        scene.write("cases/new/a.yaml", "more\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.shown(), "M cases/new/a.yaml", "{setting:?}");
        assert_eq!(scene.status(), " M cases/new/b.yaml", "{setting:?}");
    }
}

fn git_knows_reftable() -> bool {
    let dir = tempfile::tempdir().unwrap();
    let init =
        Command::new("git").args(["init", "--quiet", "--ref-format=reftable"]).arg(dir.path()).status();
    init.is_ok_and(|init| init.success())
}

#[test]
fn the_author_is_gits() {
    for way in WAYS {
        let scene = Scene::new(way);
        let author = scene.repository().author().unwrap();
        assert_eq!(author, Some(("李娜".to_owned(), "li.na@example.cn".to_owned())));
        scene.git(&["config", "author.email", "author@example.cn"]);
        let author = scene.repository().author().unwrap();
        assert_eq!(author, Some(("李娜".to_owned(), "author@example.cn".to_owned())), "{way:?}");
        scene.write("cases/new/a.yaml", "more\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.log("%ae %ce"), "author@example.cn li.na@example.cn");
    }
}

#[test]
fn settings_that_are_included_for_the_sake_of_a_remote_count() {
    let scene = Scene::new(Way::Library);
    scene.write("work.cfg", "[user]\n\temail = work@example.cn\n");
    scene.git(&["remote", "add", "origin", "https://git.example.cn/shop"]);
    let (key, file) =
        ("includeIf.hasconfig:remote.*.url:https://git.example.cn/**.path", scene.path("work.cfg"));
    scene.git(&["config", key, file.to_str().unwrap()]);
    assert_eq!(scene.repository().author().unwrap().unwrap().1, "work@example.cn");
}

#[test]
fn what_is_dirty_is_reported_by_the_ledgers_own_paths() {
    for way in WAYS {
        let scene = Scene::new(way);
        assert_eq!(
            scene.repository().dirty(std::slice::from_ref(&scene.dir)).unwrap(),
            Vec::<std::path::PathBuf>::new()
        );
        scene.write("cases/new/a.yaml", "more\n");
        scene.remove("cases/new/b.yaml");
        scene.write("cases/triaged/b.yaml", "b\n");
        scene.git(&["add", "cases/triaged"]);
        scene.write("loose 茶.txt", "x\n");
        let dirty = |path: &str| {
            let mut paths = scene.repository().dirty(&[scene.path(path)]).unwrap();
            paths.sort();
            paths
        };
        let cases =
            ["cases/new/a.yaml", "cases/new/b.yaml", "cases/triaged/b.yaml"].map(|path| scene.path(path));
        assert_eq!(dirty("cases"), cases, "{way:?}");
        assert_eq!(dirty(""), [&cases[..], &[scene.path("loose 茶.txt")]].concat());
        let outside = scene.repository().dirty(&["/elsewhere".into()]).unwrap_err();
        assert!(outside.message.to(Lang::En).contains("/elsewhere is not in the work tree"));
    }
}

#[test]
fn a_history_that_is_cut_off_is_reported() {
    let scene = Scene::new(Way::Library);
    assert!(!scene.repository().is_shallow());
    scene.git(&["commit", "--quiet", "--allow-empty", "-m", "second"]);
    let (from, to) = (format!("file://{}", scene.dir.display()), scene.dir.with_file_name("short"));
    scene.git(&["clone", "--quiet", "--depth=1", &from, to.to_str().unwrap()]);
    assert!(scene.from(to).repository().is_shallow());
}
