//! The index after commits of ours: git finds nothing wrong in it, and it still knows the trees of its directories.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use git2::Oid;
use proptest::prelude::*;

use super::scene::{Scene, Way};
use crate::git::Committed;
use crate::git::index_file::IndexFile;

/// Files beside each other, below each other, and with names that sort between those.
const FILES: [&str; 8] =
    ["top", "a/x", "a/y", "a/b/z", "a-b/x", "a/b.c/q", "c/a/茶", "cases/closed/2026-11/x.yaml"];

/// How git keeps the index.
const KINDS: [&[[&str; 2]]; 4] = [
    &[],
    &[["index.version", "4"]],
    &[["index.version", "4"], ["index.skipHash", "true"]],
    &[["index.skipHash", "true"], ["index.threads", "4"]],
];

#[derive(Debug, Clone, Copy)]
enum Step {
    Write(usize),
    Remove(usize),
    Stage(usize),
    /// A commit of ours.
    Commit(usize, usize),
    /// A commit of everything, by git.
    CommitAll,
}

fn step() -> impl Strategy<Value = Step> {
    let file = || 0..FILES.len();
    prop_oneof![
        4 => file().prop_map(Step::Write),
        2 => file().prop_map(Step::Remove),
        1 => file().prop_map(Step::Stage),
        4 => (file(), file()).prop_map(|(one, other)| Step::Commit(one, other)),
        1 => Just(Step::CommitAll),
    ]
}

/// A repository with some of the files and an index of this kind.
fn scene(kind: &[[&str; 2]]) -> Scene {
    let scene = Scene::unborn(Way::Library);
    for [key, value] in kind {
        scene.git(&["config", key, value]);
    }
    for file in ["always", "top", "a/x", "a/b/z", "c/a/茶"] {
        scene.write(file, "start\n");
    }
    scene.git(&["add", "--all"]);
    scene.git(&["commit", "--quiet", "-m", "start"]);
    scene
}

fn index(scene: &Scene) -> IndexFile {
    IndexFile::at(&scene.path(".git/index")).unwrap().unwrap()
}

/// The directories of these paths, without the top.
fn directories<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeSet<&'p Path> {
    let above = paths.flat_map(|path| Path::new(path).ancestors().skip(1));
    above.filter(|directory| !directory.as_os_str().is_empty()).collect()
}

/// Whether the index remembers this tree for a directory.
fn knows(index: &IndexFile, directory: &Path, tree: &str) -> bool {
    let node = directory
        .iter()
        .try_fold(index.trees.as_ref().unwrap(), |node, name| node.directory(name.as_encoded_bytes()));
    node.is_some_and(|node| node.is(Oid::from_str(tree).unwrap()))
}

/// git reads the index, compares each remembered tree with the entries, and writes the same entries again.
fn is_sound(scene: &Scene) {
    let entries = scene.git(&["ls-files", "--stage", "-v", "-z"]);
    fs::copy(scene.path(".git/index"), scene.path(".git/copy")).unwrap();
    let check = "alias.checked=!GIT_INDEX_FILE=.git/copy GIT_TEST_CHECK_CACHE_TREE=1 git";
    scene.git(&["-c", check, "checked", "update-index", "--force-write-index"]);
    scene.git(&["-c", check, "checked", "diff-index", "--cached", "HEAD"]);
    assert_eq!(scene.git(&["-c", check, "checked", "ls-files", "--stage", "-v", "-z"]), entries);
    let fsck = scene.try_git(&["fsck", "--strict", "--no-dangling"]);
    assert_eq!(String::from_utf8_lossy(&[fsck.stdout, fsck.stderr].concat()), "");
    assert!(fsck.status.success());
    fs::remove_file(scene.path(".git/copy")).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn git_finds_nothing_wrong_after_any_commits(
        kind in 0..KINDS.len(),
        steps in proptest::collection::vec(step(), 4..16),
    ) {
        let scene = scene(KINDS[kind]);
        for (at, step) in steps.iter().enumerate() {
            match *step {
                Step::Write(file) => scene.write(FILES[file], &format!("{at}\n")),
                Step::Remove(file) => drop(fs::remove_file(scene.path(FILES[file]))),
                Step::Stage(file) => drop(scene.try_git(&["add", "--all", "--", FILES[file]])),
                Step::CommitAll => {
                    scene.git(&["add", "--all"]);
                    scene.git(&["commit", "--quiet", "--allow-empty", "-m", "all"]);
                }
                Step::Commit(one, other) => {
                    let ours = BTreeSet::from([FILES[one], FILES[other]]);
                    let others = |scene: &Scene| -> Vec<String> {
                        let entries = scene.git(&["ls-files", "--stage", "-v", "-z"]);
                        let entries = entries.split('\0').map(str::to_owned);
                        entries.filter(|entry| !ours.iter().any(|path| entry.ends_with(&format!("\t{path}")))).collect()
                    };
                    let before = others(&scene);
                    let committed = scene.try_commit(&ours.iter().copied().collect::<Vec<_>>()).unwrap();
                    let done = matches!(committed, Committed::Made { .. } | Committed::NothingToCommit);
                    prop_assert!(done, "{:?}", committed);
                    prop_assert_eq!(others(&scene), before);
                    is_sound(&scene);
                }
            }
        }
        // Whatever was staged: once everything is committed, every tree is known again, and stays so.
        scene.git(&["add", "--all"]);
        scene.git(&["commit", "--quiet", "--allow-empty", "-m", "all"]);
        for (at, file) in FILES.iter().enumerate() {
            if at % 3 == 2 {
                drop(fs::remove_file(scene.path(file)));
            } else {
                scene.write(file, "last\n");
            }
            scene.try_commit(&[file]).unwrap();
            is_sound(&scene);
            let names = scene.git(&["-c", "core.quotePath=false", "ls-files"]);
            let now = index(&scene);
            prop_assert!(now.is_whole());
            for directory in directories(names.lines()) {
                let tree = scene.git(&["rev-parse", &format!("HEAD:{}", directory.display())]);
                prop_assert!(knows(&now, directory, &tree), "{}", directory.display());
            }
            let top = scene.git(&["rev-parse", "HEAD^{tree}"]);
            prop_assert!(knows(&now, Path::new(""), &top));
        }
    }
}

#[test]
fn flags_and_what_was_resolved_stay() {
    let scene = scene(&[]);
    scene.git(&["checkout", "--quiet", "-b", "other"]);
    scene.write("top", "theirs\n");
    scene.git(&["commit", "--quiet", "-m", "theirs", "top"]);
    scene.git(&["checkout", "--quiet", "main"]);
    scene.write("top", "ours\n");
    scene.git(&["commit", "--quiet", "-m", "ours", "top"]);
    assert!(!scene.try_git(&["merge", "other"]).status.success());
    scene.write("top", "both\n");
    scene.git(&["add", "top"]);
    scene.git(&["merge", "--quit"]);
    scene.git(&["update-index", "--assume-unchanged", "a/x"]);
    scene.git(&["update-index", "--skip-worktree", "a/b/z"]);
    scene.write("later", "not yet\n");
    scene.git(&["add", "--intent-to-add", "later"]);
    let resolved = scene.git(&["ls-files", "--resolve-undo"]);
    assert_eq!(resolved.lines().count(), 3);
    let (before, status) = (scene.git(&["ls-files", "-v", "always", "a", "later"]), scene.status());
    scene.write("a/y", "new\n");
    scene.commit(&["a/y"]);
    is_sound(&scene);
    let mut expected: Vec<&str> = before.lines().collect();
    expected.push("H a/y");
    expected.sort_by_key(|line| line[2..].to_owned());
    assert_eq!(scene.git(&["ls-files", "-v", "always", "a", "later"]).lines().collect::<Vec<_>>(), expected);
    assert_eq!(scene.git(&["ls-files", "--resolve-undo"]), resolved);
    assert_eq!(scene.status(), status);
}

#[test]
fn the_entry_has_the_times_and_the_size_of_the_file() {
    for kind in KINDS {
        let scene = scene(kind);
        scene.write("a/y", "eight..\n");
        scene.commit(&["a/y"]);
        let file = fs::metadata(scene.path("a/y")).unwrap();
        let told = scene.git(&["ls-files", "--debug", "a/y"]);
        assert!(told.contains("size: 8\t"), "{told}");
        assert!(told.contains(&format!("mtime: {}:", file.mtime())), "{told}");
        assert!(told.contains(&format!("ino: {}", file.ino() as u32)), "{told}");
    }
}

#[test]
fn a_broken_index_is_left_to_git() {
    let scene = scene(&[]);
    let path = scene.path(".git/index");
    let whole = fs::read(&path).unwrap();
    assert!(index(&scene).is_whole());
    for at in [20, whole.len() / 2, whole.len() - 1] {
        let mut broken = whole.clone();
        broken[at] ^= 1;
        // It cannot be read, or its checksum is wrong.
        assert!(!IndexFile::read(broken).is_some_and(|index| index.is_whole()), "{at}");
    }
    for length in 0..whole.len() {
        assert!(IndexFile::read(whole[..length].to_vec()).is_none_or(|index| !index.is_whole()), "{length}");
    }
    scene.git(&["update-index", "--split-index"]);
    assert!(IndexFile::at(&path).unwrap().is_none());
}

#[test]
fn what_head_has_is_found_whether_the_index_knows_its_tree_or_not() {
    let name = |scene: &Scene, under: &str| {
        let names = ["x.yaml".to_owned()].into();
        scene.repository().head_paths(Path::new(under), &names).unwrap()
    };
    let file = Path::new("cases/closed/2026-11/x.yaml");
    let scene = scene(&[]);
    scene.write("cases/closed/2026-11/x.yaml", "x\n");
    scene.commit(&["cases/closed/2026-11/x.yaml"]);
    assert_eq!(name(&scene, "cases"), [file]);
    assert_eq!(name(&scene, "a"), [] as [&Path; 0]);
    // A move that is staged and not committed.
    fs::create_dir(scene.path("cases/new")).unwrap();
    scene.git(&["mv", "cases/closed/2026-11/x.yaml", "cases/new/x.yaml"]);
    assert_eq!(name(&scene, "cases"), [file]);
    scene.git(&["write-tree"]);
    assert_eq!(name(&scene, "cases"), [file]);
    scene.git(&["read-tree", "--empty"]);
    assert_eq!(name(&scene, "cases"), [file]);
}
