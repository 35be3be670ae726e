//! Single objects are packed when there are many.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::scene::{Scene, Way};

/// A scene with this many loose objects in the directory that git counts.
fn scene(sample: usize) -> Scene {
    let scene = Scene::new(Way::Library);
    let repository = scene.repository();
    let library = repository.library.as_ref().unwrap();
    let of_sample = |text: &String| {
        let id = git2::Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).unwrap();
        id.to_string().starts_with("17")
    };
    for text in (0..).map(|n| format!("{n}")).filter(of_sample).take(sample) {
        library.blob(text.as_bytes()).unwrap();
    }
    scene
}

#[test]
fn they_are_counted_as_git_counts_them() {
    let scene = scene(3);
    let needs = |key: &str, value: &str| {
        scene.git(&["config", key, value]);
        let needs = scene.repository().needs_maintenance().unwrap();
        scene.git(&["config", "--unset", key]);
        needs
    };
    // One of 256 directories is counted: 512 objects make two in it, 513 make three.
    let found = ["0", "-1", "1", "512", "513", "6700"].map(|value| needs("gc.auto", value));
    assert_eq!(found, [false, false, true, true, false, false]);
    assert!(!scene.repository().needs_maintenance().unwrap());
    scene.git(&["config", "gc.auto", "1"]);
    assert!(!needs("maintenance.auto", "false") && needs("maintenance.auto", "true"));
    scene.git(&["config", "--unset", "gc.auto"]);
}

#[test]
fn a_commit_has_them_packed_in_the_background() {
    let scene = scene(2);
    scene.git(&["config", "gc.auto", "1"]);
    scene.write("cases/new/a.yaml", "more\n");
    scene.try_commit(&["cases/new/a.yaml"]).unwrap();
    let packed = || {
        let packs = fs::read_dir(scene.path(".git/objects/pack")).unwrap().flatten();
        packs.filter(|pack| pack.path().extension().is_some_and(|end| end == "pack")).count()
    };
    let begun = Instant::now();
    while packed() == 0 && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(50));
    }
    assert!(packed() > 0);
    // It may still be running: its files are removed with it.
    while scene.path(".git/gc.pid").exists() && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(50));
    }
    scene.git(&["fsck", "--strict", "--no-dangling"]);
}
