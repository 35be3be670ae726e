//! The model: `git commit --only`, in a copy of the same work tree.

use std::process::Command;

use proptest::prelude::*;

use super::scene::{Scene, WAYS, Way};
use crate::git::Committed;

const FILES: [&str; 6] = ["top", "a/x", "a/y", "a/b/z", "a-b", "c/a/茶"];

/// What happens to a file before the commit.
#[derive(Debug, Clone)]
struct Fate {
    committed: bool,
    staged: Option<bool>,
    stands: bool,
    ours: bool,
}

fn fate() -> impl Strategy<Value = Fate> {
    (any::<bool>(), any::<Option<bool>>(), any::<bool>(), any::<bool>())
        .prop_map(|(committed, staged, stands, ours)| Fate { committed, staged, stands, ours })
}

fn put(scene: &Scene, file: &str, text: Option<&str>) {
    match text {
        Some(text) => scene.write(file, text),
        None => drop(std::fs::remove_file(scene.path(file))),
    }
}

/// A work tree in which these things happened to the files.
fn stage(way: Way, fates: &[Fate]) -> Scene {
    let scene = Scene::unborn(way);
    let each = || FILES.iter().zip(fates);
    scene.write("always", "x\n");
    each().for_each(|(file, fate)| put(&scene, file, fate.committed.then_some("committed\n")));
    scene.git(&["add", "--all"]);
    scene.git(&["commit", "--quiet", "--no-verify", "-m", "start"]);
    for (file, fate) in each() {
        if let Some(there) = fate.staged {
            put(&scene, file, there.then_some("staged\n"));
            scene.try_git(&["add", "--all", "--", file]);
        }
    }
    each().for_each(|(file, fate)| put(&scene, file, fate.stands.then_some("as it is\n")));
    scene
}

/// git's own result for these paths.
fn commit_only(model: &Scene, ours: &[&str]) {
    let standing: Vec<&str> = ours.iter().filter(|file| model.path(file).exists()).copied().collect();
    if !standing.is_empty() {
        model.git(&[&["add", "--"], &standing[..]].concat());
    }
    // git refuses a path that neither the index nor `HEAD` knows.
    let known = model.git(&[&["ls-files", "--with-tree=HEAD", "--"], ours].concat());
    if !ours.is_empty() && !known.is_empty() {
        let known: Vec<&str> = known.lines().collect();
        model.try_git(
            &[&["commit", "--quiet", "--no-verify", "-m", "x", "--only", "--"], &known[..]].concat(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_commit_is_what_git_commit_only_makes(fates in proptest::collection::vec(fate(), FILES.len())) {
        let ours = FILES.iter().zip(&fates).filter(|(_, fate)| fate.ours);
        let ours: Vec<&str> = ours.map(|(file, _)| *file).collect();
        for way in WAYS {
            let scene = stage(way, &fates);
            let copy = scene.dir.with_file_name("model");
            Command::new("cp").arg("-r").args([&scene.dir, &copy]).status().unwrap();
            let committed = scene.try_commit(&ours).unwrap();
            let (tree, status) = (scene.git(&["rev-parse", "HEAD^{tree}"]), scene.status());
            scene.git(&["fsck", "--strict", "--no-dangling"]);

            let model = scene.from(copy);
            commit_only(&model, &ours);
            prop_assert_eq!(&tree, &model.git(&["rev-parse", "HEAD^{tree}"]), "{:?}", way);
            // Even if there is nothing to commit, the model has staged it.
            if committed != Committed::NothingToCommit {
                prop_assert_eq!(&status, &model.status(), "{:?}", way);
            }
        }
    }
}
