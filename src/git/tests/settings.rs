//! Repositories as people set them up: a move is one commit with everything in its place, with any settings.

use std::fs;

use super::scene::{Scene, Way, executable};
use crate::git::{Change, Committed, Message};

/// What is set up in a scene, by name; the scene may be another one afterwards.
type Setting = (&'static str, fn(Scene) -> Scene);

/// Settings of one line: a key and its value.
const KEYS: [(&str, &str); 22] = [
    ("commit.cleanup", "scissors"),
    ("commit.status", "false"),
    ("commit.template", "README"),
    ("commit.verbose", "true"),
    ("core.abbrev", "4"),
    ("core.checkStat", "minimal"),
    ("core.commentChar", "e"),
    ("core.compression", "0"),
    ("core.fileMode", "false"),
    ("core.fsync", "none"),
    ("core.fsyncMethod", "batch"),
    ("core.ignoreCase", "true"),
    ("core.logAllRefUpdates", "false"),
    ("core.precomposeUnicode", "true"),
    ("core.symlinks", "false"),
    ("core.untrackedCache", "true"),
    ("core.splitIndex", "true"),
    ("feature.manyFiles", "true"),
    ("index.skipHash", "true"),
    ("index.sparse", "true"),
    ("submodule.recurse", "true"),
    ("user.useConfigOnly", "true"),
];

/// Settings that take more than a line.
const OTHERS: [Setting; 14] = [
    ("index version 4", |scene| told(scene, &["update-index", "--index-version", "4"])),
    ("untracked cache", |scene| told(scene, &["update-index", "--force-untracked-cache"])),
    ("fsmonitor", fsmonitor),
    ("worktree config", |scene| {
        scene.git(&["config", "extensions.worktreeConfig", "true"]);
        told(scene, &["config", "--worktree", "core.sparseCheckout", "false"])
    }),
    ("settings for this directory", |scene| {
        scene.write("../more.cfg", "[core]\n\tautocrlf = input\n");
        let (key, file) =
            (format!("includeIf.gitdir:{}/.path", scene.dir.display()), scene.path("../more.cfg"));
        told(scene, &["config", &key, file.to_str().unwrap()])
    }),
    ("git directory elsewhere", |scene| {
        let elsewhere = scene.dir.with_file_name("elsewhere.git");
        told(scene, &["init", "--quiet", "--separate-git-dir", elsewhere.to_str().unwrap()])
    }),
    ("work tree is the directory above", |scene| {
        // The ledger is then below `shop/`.
        scene.git(&["config", "core.worktree", "../.."]);
        scene.git(&["read-tree", "--empty"]);
        scene.git(&["add", "cases", "README"]);
        told(scene, &["commit", "--quiet", "--no-verify", "-m", "moved"])
    }),
    ("shared objects", |scene| cloned(scene, &["--shared"])),
    ("shallow", |scene| cloned(scene, &["--depth=1"])),
    ("partial", |scene| {
        scene.git(&["config", "uploadpack.allowFilter", "true"]);
        cloned(scene, &["--filter=blob:none"])
    }),
    ("packed", |scene| {
        scene.git(&["pack-refs", "--all"]);
        told(scene, &["gc", "--quiet", "--prune=now"])
    }),
    ("graft", |scene| {
        let head = scene.git(&["rev-parse", "HEAD"]);
        scene.write(".git/info/grafts", &format!("{head}\n"));
        scene
    }),
    ("replaced commit", |scene| {
        scene.write("README", "replaced\n");
        scene.git(&["add", "README"]);
        let tree = scene.git(&["write-tree"]);
        let other = scene.git(&["commit-tree", "-m", "other", &tree]);
        told(scene, &["replace", "HEAD", &other])
    }),
    ("reference-transaction hook", |scene| {
        scene.hook("reference-transaction", "exit 0");
        scene
    }),
];

/// The scene after a command of git.
fn told(scene: Scene, arguments: &[&str]) -> Scene {
    scene.git(arguments);
    scene
}

fn fsmonitor(scene: Scene) -> Scene {
    let script = scene.hook("watch", "printf 'token\\0/\\0'");
    executable(&script);
    scene.git(&["config", "core.fsmonitor", script.to_str().unwrap()]);
    told(scene, &["update-index", "--fsmonitor"])
}

/// A clone of the scene, made with these options, with the same people.
fn cloned(scene: Scene, how: &[&str]) -> Scene {
    let (from, to) = (format!("file://{}", scene.dir.display()), scene.dir.with_file_name("clone"));
    let from = if how == ["--shared"] { scene.dir.display().to_string() } else { from };
    scene.git(&[&["clone", "--quiet"], how, &[&from, to.to_str().unwrap()]].concat());
    let hook = scene.path(".git/hooks/pre-commit");
    let scene = scene.from(to);
    scene.settle();
    if hook.exists() {
        scene.hook("pre-commit", "exit 0");
    }
    scene
}

/// A case is moved and changed while other things are staged and changed.
fn a_move_is_one_commit(name: &str, way: Way, scene: Scene) {
    scene.git(&["update-index", "-q", "--refresh"]);
    scene.write("cases/new/b.yaml", "changed\n");
    let (before, head) = (scene.status(), scene.git(&["rev-parse", "HEAD"]));
    scene.write("cases/triaged/a.yaml", "a\nmore\n");
    scene.remove("cases/new/a.yaml");
    let change =
        Change { old: Some(scene.path("cases/new/a.yaml")), new: Some(scene.path("cases/triaged/a.yaml")) };
    let message = Message {
        subject: "escalate a: #1".into(),
        body: Some("e\n# 客户\n------ >8 ------\n".into()),
        trailers: vec![("Case".into(), "a".into())],
    };
    let committed = scene.repository().commit(&[change], &message).unwrap();
    let Committed::Made { id } = committed else { panic!("{name} {way:?}: {committed:?}") };
    assert_eq!(id, scene.git(&["rev-parse", "HEAD"]), "{name} {way:?}");
    let parents = scene.git(&["cat-file", "commit", "HEAD"]);
    assert!(parents.contains(&format!("\nparent {head}\n")), "{name} {way:?}: {parents}");
    assert!(parents.ends_with("escalate a: #1\n\ne\n# 客户\n------ >8 ------\n\nCase: a"), "{parents}");
    let shown = scene.shown().replace("shop/", "");
    assert_eq!(shown, "D cases/new/a.yaml\nA cases/triaged/a.yaml", "{name} {way:?}");
    assert_eq!(scene.status(), before, "{name} {way:?}");
    let kept = scene.git(&["show", "HEAD:./cases/triaged/a.yaml"]);
    assert_eq!(kept, "a\nmore", "{name} {way:?}");
    scene.git(&["fsck", "--no-dangling"]);
}

#[test]
fn settings_of_one_line() {
    for (key, value) in KEYS {
        for way in [Way::Library, Way::Hook] {
            let scene = Scene::new(way);
            scene.git(&["config", key, value]);
            scene.git(&["update-index", "--force-write-index"]);
            a_move_is_one_commit(key, way, scene);
        }
    }
}

#[test]
fn settings_of_more_than_a_line() {
    for (name, set) in OTHERS {
        for way in [Way::Library, Way::Hook] {
            a_move_is_one_commit(name, way, set(Scene::new(way)));
        }
    }
}

#[test]
fn a_sparse_checkout_that_leaves_the_new_place_out() {
    for sparse in ["--no-sparse-index", "--sparse-index"] {
        for way in [Way::Library, Way::Hook] {
            let scene = Scene::new(way);
            scene.write("cases/triaged/old.yaml", "old\n");
            scene.git(&["add", "."]);
            scene.git(&["commit", "--quiet", "--no-verify", "-m", "more"]);
            scene.git(&["sparse-checkout", "set", "--cone", sparse, "cases/new"]);
            assert!(!scene.path("cases/triaged").exists());
            a_move_is_one_commit(sparse, way, scene);
        }
    }
}

#[test]
fn a_hook_may_change_what_is_committed() {
    let scene = Scene::new(Way::Library);
    scene.hook("pre-commit", "sed -i s/more/MORE/ cases/new/a.yaml && git add cases/new/a.yaml");
    scene.write("cases/new/a.yaml", "more\n");
    scene.commit(&["cases/new/a.yaml"]);
    assert_eq!(scene.git(&["show", "HEAD:cases/new/a.yaml"]), "MORE");
    assert_eq!(
        (scene.status().as_str(), fs::read_to_string(scene.path("cases/new/a.yaml")).unwrap().as_str()),
        ("", "MORE\n")
    );
}

#[test]
fn a_hook_that_refuses_the_branch_leaves_the_work() {
    let scene = Scene::new(Way::Library);
    scene.hook("reference-transaction", "echo 'closed for the audit' >&2; exit 1");
    scene.write("cases/new/a.yaml", "more\n");
    let refused = scene.try_commit(&["cases/new/a.yaml"]).unwrap();
    let Committed::Refused { said } = refused else { panic!("{refused:?}") };
    assert!(said.contains("closed for the audit"), "{said}");
    assert_eq!(scene.status(), " M cases/new/a.yaml");
}
