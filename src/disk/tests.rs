//! What is beneath a root, and what is not.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::{FileKind, LARGEST, Private, Root, Scratch, named};

/// A root `inside` with a file in a directory, beside a directory `outside` with a secret.
fn place() -> (tempfile::TempDir, Root) {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("inside/a/b")).unwrap();
    fs::write(home.path().join("inside/a/b/file"), "text").unwrap();
    fs::create_dir(home.path().join("outside")).unwrap();
    fs::write(home.path().join("outside/secret"), "secret").unwrap();
    let root = Root::open(&home.path().join("inside")).unwrap();
    (home, root)
}

#[track_caller]
fn says(error: &crate::error::Error, word: &str) {
    assert!(error.message.to_string().contains(word), "{error}");
}

#[test]
fn what_is_beneath_is_read_and_written() {
    let (home, root) = place();
    assert_eq!(root.text(Path::new("a/b/file")).unwrap(), "text");
    assert_eq!(root.what(Path::new("a/b")).unwrap(), Some(FileKind::Directory));
    assert_eq!(root.what(Path::new("a/none/at/all")).unwrap(), None);
    assert_eq!(root.size(Path::new("a/b/file")).unwrap(), Some(4));
    root.replace(Path::new("new/directory/file"), b"new").unwrap();
    assert_eq!(fs::read(home.path().join("inside/new/directory/file")).unwrap(), b"new");
    root.rename(Path::new("new/directory/file"), &root, Path::new("moved/file")).unwrap();
    assert!(!root.has_file(Path::new("new/directory/file")) && root.has_file(Path::new("moved/file")));
    assert!(root.remove_empty(Path::new("new/directory")) && !root.remove_empty(Path::new("moved")));
    root.remove_all(Path::new("moved")).unwrap();
    assert_eq!(root.names(Path::new("")).unwrap(), ["a", "new"]);
    assert_eq!(root.names(Path::new("none")).unwrap(), [""; 0]);
}

#[test]
fn no_path_leads_up_or_elsewhere() {
    let (home, root) = place();
    let whole = home.path().join("outside/secret");
    for path in ["../outside/secret", "a/../../outside/secret", "a/..", "/etc/passwd", ""] {
        says(&root.read(Path::new(path)).unwrap_err(), "leads out");
        says(&root.replace(Path::new(path), b"x").unwrap_err(), "leads out");
        assert!(root.what(Path::new(path)).is_err(), "{path}");
    }
    says(&root.read(&whole).unwrap_err(), "leads out");
    assert!(root.rename(Path::new("a/b/file"), &root, Path::new("../outside/x")).is_err());
    assert!(root.rename_over(Path::new("../outside/secret"), &root, Path::new("x")).is_err());
    assert!(root.remove(Path::new("../outside/secret")).is_err());
    assert!(root.below(Path::new("../outside")).is_err() && root.below_made(Path::new("..")).is_err());
    assert_eq!(fs::read(whole).unwrap(), b"secret");
}

#[test]
fn nothing_is_moved_onto_what_is_there() {
    let (_home, root) = place();
    root.replace(Path::new("x"), b"x").unwrap();
    says(&root.rename(Path::new("x"), &root, Path::new("a/b/file")).unwrap_err(), "already exists");
    assert_eq!(root.text(Path::new("a/b/file")).unwrap(), "text");
    assert!(root.rename_over(Path::new("x"), &root, Path::new("a/b/file")).unwrap());
    assert_eq!(root.text(Path::new("a/b/file")).unwrap(), "x");
}

#[test]
fn a_file_has_a_limit() {
    let (home, root) = place();
    let file = fs::File::create(home.path().join("inside/large")).unwrap();
    file.set_len(LARGEST + 1).unwrap();
    says(&root.read(Path::new("large")).unwrap_err(), "larger than 8 MiB");
    assert_eq!(root.read_up_to(Path::new("large"), LARGEST + 1).unwrap().len() as u64, LARGEST + 1);
    let mut original = fs::File::open(home.path().join("inside/large")).unwrap();
    says(&root.copy(&mut original, LARGEST, Path::new("copy")).unwrap_err(), "larger than");
    assert_eq!(root.names(Path::new("")).unwrap(), ["a", "large"], "nothing is left of it");
    assert!(named::read(&home.path().join("inside/large"), LARGEST).is_err());
}

#[test]
fn scratch_goes_unless_it_is_kept() {
    let (_home, root) = place();
    let scratch = Scratch::within(&root, "fb-x-").unwrap();
    scratch.root().replace(Path::new("deep/file"), b"x").unwrap();
    let name = scratch.name().to_owned();
    assert_eq!(root.what(&name).unwrap(), Some(FileKind::Directory));
    drop(scratch);
    assert_eq!(root.what(&name).unwrap(), None);
    let kept = Scratch::within(&root, "fb-x-").unwrap().keep();
    assert!(kept.path().is_dir());
}

#[test]
fn what_is_deep_is_removed_without_a_directory_open_for_each_level() {
    let (_home, root) = place();
    let (top, next) = (root.path().join("deep"), root.path().join("next"));
    fs::create_dir(&top).unwrap();
    fs::write(top.join("file"), "").unwrap();
    for _ in 0..1500 {
        fs::create_dir(&next).unwrap();
        fs::rename(&top, next.join(".fb-1")).unwrap();
        fs::rename(&next, &top).unwrap();
    }
    fs::create_dir(top.join("a")).unwrap();
    fs::write(top.join("b"), "").unwrap();
    let all = root.clone();
    let removing = std::thread::Builder::new().stack_size(256 << 10);
    removing.spawn(move || all.remove_all(Path::new("deep")).unwrap()).unwrap().join().unwrap();
    assert_eq!(root.names(Path::new("")).unwrap(), ["a"]);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::super::sys::Dir;
    use super::*;

    /// Links to what is outside, of a file, of a directory, and of nothing.
    fn linked() -> (tempfile::TempDir, Root) {
        let (home, root) = place();
        symlink("../outside", root.path().join("dir")).unwrap();
        symlink("../../outside", root.path().join("a/dir")).unwrap();
        symlink("../outside/secret", root.path().join("file")).unwrap();
        symlink("../outside/none", root.path().join("nothing")).unwrap();
        symlink("a", root.path().join("within")).unwrap();
        (home, root)
    }

    #[test]
    fn no_link_is_followed() {
        let (home, root) = linked();
        for path in ["dir/secret", "a/dir/secret", "file", "within/b/file", "nothing"] {
            says(&root.read(Path::new(path)).unwrap_err(), "symbolic link");
            says(&root.text_if_there(Path::new(path)).unwrap_err(), "symbolic link");
            says(&root.replace(Path::new(path), b"x").unwrap_err(), "symbolic link");
            says(&root.lock_file(Path::new(path)).unwrap_err(), "symbolic link");
            assert!(!root.has_file(Path::new(path)), "{path}");
        }
        for path in ["dir/new", "a/dir/new", "dir/new/new"] {
            says(&root.replace(Path::new(path), b"x").unwrap_err(), "symbolic link");
            says(&root.create(Path::new(path), b"x").unwrap_err(), "symbolic link");
            assert!(root.rename(Path::new("a/b/file"), &root, Path::new(path)).is_err(), "{path}");
        }
        for path in ["dir", "a/dir", "file", "within"] {
            says(&root.below(Path::new(path)).unwrap_err(), "symbolic link");
            says(&root.below_made(Path::new(path)).unwrap_err(), "symbolic link");
            says(&root.names(Path::new(path)).unwrap_err(), "symbolic link");
            assert_eq!(root.what(Path::new(path)).unwrap(), Some(FileKind::Link));
        }
        assert!(root.rename(Path::new("dir/secret"), &root, Path::new("x")).is_err());
        assert!(root.rename(Path::new("file"), &root, Path::new("x")).is_err());
        root.remove_all(Path::new("dir")).unwrap();
        root.remove_all(Path::new("a")).unwrap();
        root.remove(Path::new("file")).unwrap();
        assert_eq!(fs::read(home.path().join("outside/secret")).unwrap(), b"secret");
        assert_eq!(fs::read_dir(home.path().join("outside")).unwrap().count(), 1);
    }

    #[test]
    fn the_way_by_steps_is_the_way_of_the_kernel() {
        let (_home, root) = linked();
        let dir = Dir::open(root.path()).unwrap();
        for path in
            ["", "a", "a/b", "dir", "a/dir", "within/b", "none", "a/none", "file", "a/b/file/x", "nothing/x"]
        {
            let path = Path::new(path);
            let (once, by_steps) = (dir.enter(path), dir.enter_by_steps(path));
            assert_eq!(once.is_ok(), by_steps.is_ok(), "{path:?}: {once:?} {by_steps:?}");
        }
        assert!(dir.enter_by_steps(Path::new("a/b")).is_ok());
        assert!(dir.enter_by_steps(Path::new("a/dir")).is_err());
    }

    #[test]
    fn a_walk_stays_beneath() {
        let (_home, root) = linked();
        let names = |under: &str| -> Vec<String> {
            let walk = root.walk(Path::new(under), |name| name == "b").unwrap();
            walk.map(|entry| entry.unwrap().path.display().to_string()).collect()
        };
        assert_eq!(names("a"), ["a", "a/dir"]);
        assert_eq!(names("dir"), ["dir"], "a link is one entry");
        says(&root.walk(Path::new("dir/x"), |_| false).err().unwrap(), "symbolic link");
    }

    #[test]
    fn no_pipe_is_waited_for() {
        let (_home, root) = place();
        let made = std::process::Command::new("mkfifo").arg(root.path().join("pipe")).status().unwrap();
        assert!(made.success());
        let pipe = Path::new("pipe");
        says(&root.read(pipe).unwrap_err(), "not a file");
        says(&root.lock_file(pipe).unwrap_err(), "not a file");
        says(&root.replace(pipe, b"x").unwrap_err(), "not a file");
        assert!(root.rename(pipe, &root, Path::new("x")).is_err());
        assert!(named::plain_file(&root.path().join("pipe")).unwrap().is_none());
        assert!(named::plain_file(Path::new("/dev/zero")).unwrap().is_none());
    }

    #[test]
    fn no_pipe_is_opened() {
        let (_home, root) = place();
        let pipe = root.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (tell, told) = mpsc::channel();
        let other_end = pipe.clone();
        let waiting = std::thread::spawn(move || {
            let opened = fs::OpenOptions::new().write(true).open(other_end);
            tell.send(()).unwrap();
            opened.unwrap()
        });
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err(), "it waits for a reader");
        says(&root.read(Path::new("pipe")).unwrap_err(), "not a file");
        says(&root.lock_file(Path::new("pipe")).unwrap_err(), "not a file");
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err(), "somebody read");
        drop(fs::File::open(&pipe).unwrap());
        waiting.join().unwrap();
    }

    #[test]
    fn a_new_file_has_what_the_umask_leaves_and_a_replaced_one_its_own_mode() {
        let (_home, root) = place();
        let mode = |path: &str| fs::metadata(root.path().join(path)).unwrap().permissions().mode() & 0o7777;
        let plain = root.path().join("plain");
        fs::write(&plain, "").unwrap();
        root.replace(Path::new("new"), b"x").unwrap();
        assert_eq!(mode("new"), mode("plain"), "as the system's own");
        for own in [0o600, 0o640, 0o444, 0o755] {
            fs::set_permissions(root.path().join("new"), fs::Permissions::from_mode(own)).unwrap();
            root.replace(Path::new("new"), b"y").unwrap();
            assert_eq!(mode("new"), own);
        }
        // Nobody can run it as its last writer.
        fs::set_permissions(root.path().join("new"), fs::Permissions::from_mode(0o6775)).unwrap();
        root.replace(Path::new("new"), b"z").unwrap();
        assert_eq!(mode("new"), 0o775);
        let scratch = Scratch::within(&root, "x").unwrap();
        assert_eq!(mode(scratch.name().to_str().unwrap()) & 0o077, 0);
    }

    #[test]
    fn what_the_user_names_is_followed() {
        let (home, root) = linked();
        named::put_out(&root.path().join("file"), b"new").unwrap();
        assert_eq!(fs::read(home.path().join("outside/secret")).unwrap(), b"new");
        let mut text = String::new();
        let file = named::plain_file(&root.path().join("file")).unwrap();
        file.unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "new");
    }

    #[test]
    fn our_own_state_is_not_behind_a_link() {
        let (home, root) = linked();
        symlink("../outside", root.path().join(".fb")).unwrap();
        let private = Private::OfLedger(root.clone());
        says(&private.open().unwrap_err(), "symbolic link");
        says(&private.made().unwrap_err(), "symbolic link");
        assert!(super::super::Lock::take(&private).is_err() && super::super::Lock::rest(&private).is_none());
        fs::remove_file(root.path().join(".fb")).unwrap();
        assert!(private.open().unwrap().is_none());
        // A hard link of another file is not written to.
        fs::create_dir(root.path().join(".fb")).unwrap();
        fs::hard_link(home.path().join("outside/secret"), root.path().join(".fb/fb.lock")).unwrap();
        super::super::Lock::take(&private).unwrap();
        assert_eq!(fs::read(home.path().join("outside/secret")).unwrap(), b"secret");
    }
}
