//! When there is no commit: the work stays, `HEAD` stays, and the message says why.

use std::fs::{self, File};
use std::os::unix::fs::symlink;

use super::scene::{Scene, WAYS, Way};
use crate::git::{Committed, UnderWay};
use crate::lang::Lang;

/// A scene with a branch `other` that has changed `a.yaml` differently from `main`.
fn torn(way: Way) -> Scene {
    let scene = Scene::new(way);
    scene.git(&["checkout", "--quiet", "-b", "other"]);
    for (branch, text) in [("other", "theirs\n"), ("main", "ours\n")] {
        scene.git(&["checkout", "--quiet", branch]);
        scene.write("cases/new/a.yaml", text);
        scene.git(&["commit", "--quiet", "--no-verify", "-am", branch]);
    }
    scene
}

#[test]
fn nothing_is_committed_in_the_middle_of_something_else() {
    for (begin, state) in [
        (&["merge", "other"][..], UnderWay::Merge),
        (&["rebase", "other"], UnderWay::Rebase),
        (&["rebase", "--apply", "other"], UnderWay::Rebase),
        (&["cherry-pick", "other"], UnderWay::CherryPick),
        (&["revert", "--no-edit", "other"], UnderWay::Revert),
        (&["bisect", "start"], UnderWay::Bisect),
        (&["checkout", "--quiet", "--merge", "other"], UnderWay::Conflicts),
    ] {
        for way in WAYS {
            let scene = torn(way);
            if state == UnderWay::Conflicts {
                scene.write("cases/new/a.yaml", "a third way\n");
            }
            scene.try_git(begin);
            let head = scene.git(&["rev-parse", "HEAD"]);
            scene.write("cases/new/c.yaml", "c\n");
            let before = scene.status();
            let committed = scene.try_commit(&["cases/new/c.yaml"]).unwrap();
            assert_eq!(committed, Committed::Busy(state), "{way:?} {begin:?}");
            assert_eq!((scene.git(&["rev-parse", "HEAD"]), scene.status()), (head, before));
        }
    }
}

#[test]
fn a_mailbox_that_does_not_apply_is_not_a_rebase() {
    let scene = torn(Way::Library);
    scene.git(&["format-patch", "--quiet", "-1", "other"]);
    scene.try_git(&["am", "0001-other.patch"]);
    assert_eq!(scene.try_commit(&["README"]).unwrap(), Committed::Busy(UnderWay::Patches));
}

#[test]
fn every_reason_is_said_in_both_languages_with_a_command() {
    use UnderWay::{Bisect, CherryPick, Conflicts, Merge, Patches, Rebase, Revert};
    let busy = [Merge, Rebase, Patches, CherryPick, Revert, Bisect, Conflicts].map(Committed::Busy);
    let rest = [
        Committed::NoIdentity,
        Committed::Ignored(vec!["a.pdf".into()]),
        Committed::Refused { said: "no".into() },
    ];
    for committed in busy.iter().chain(&rest) {
        let (why, what) = committed.why_not().unwrap();
        assert!(what.to(Lang::En).contains("`git ") && what.to(Lang::Zh).contains("`git "));
        assert_ne!(why.to(Lang::En), why.to(Lang::Zh));
    }
    assert_eq!(Committed::NothingToCommit.why_not(), None);
}

#[test]
fn an_index_that_another_process_holds_is_waited_for_and_then_reported() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("cases/new/a.yaml", "more\n");
        let (lock, head) = (scene.path(".git/index.lock"), scene.git(&["rev-parse", "HEAD"]));
        File::create(&lock).unwrap();
        let error = scene.try_commit(&["cases/new/a.yaml"]).unwrap_err();
        assert!(error.message.to(Lang::En).contains(lock.to_str().unwrap()), "{error}");
        assert!(error.hints[0].to(Lang::Zh).contains(lock.to_str().unwrap()));
        assert!(lock.exists(), "it is not ours to delete");
        assert_eq!(scene.git(&["rev-parse", "HEAD"]), head);
        fs::remove_file(&lock).unwrap();
        scene.commit(&["cases/new/a.yaml"]);
    }
}

#[test]
fn a_branch_that_another_process_holds_is_reported() {
    let scene = Scene::new(Way::Library);
    scene.write("cases/new/a.yaml", "more\n");
    let before = scene.status();
    File::create(scene.path(".git/refs/heads/main.lock")).unwrap();
    let error = scene.try_commit(&["cases/new/a.yaml"]).unwrap_err();
    assert!(error.message.to(Lang::En).starts_with("another git process"), "{error}");
    assert_eq!(scene.status(), before);
    fs::remove_file(scene.path(".git/refs/heads/main.lock")).unwrap();
    scene.commit(&["cases/new/a.yaml"]);
}

#[test]
fn without_a_name_there_is_no_commit() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.git(&["config", "user.name", ""]);
        scene.write("cases/new/a.yaml", "more\n");
        assert_eq!(scene.try_commit(&["cases/new/a.yaml"]).unwrap(), Committed::NoIdentity, "{way:?}");
        assert_eq!(scene.repository().author().unwrap(), None);
        assert_eq!(scene.status(), " M cases/new/a.yaml");
    }
}

#[test]
fn new_files_that_git_ignores_are_named_and_a_move_is_not_half_committed() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write(".gitignore", "*.pdf\n/cases/closed/\n");
        scene.git(&["add", ".gitignore"]);
        scene.git(&["commit", "--quiet", "--no-verify", "-m", "ignore"]);
        scene.write("attachments/a.pdf", "x\n");
        scene.remove("cases/new/a.yaml");
        scene.write("cases/closed/a.yaml", "a\n");
        let committed = scene.try_commit(&["attachments/a.pdf", "cases/new/a.yaml", "cases/closed/a.yaml"]);
        let ignored = ["attachments/a.pdf", "cases/closed/a.yaml"].map(|path| scene.path(path)).to_vec();
        assert_eq!(committed.unwrap(), Committed::Ignored(ignored), "{way:?}");
        assert_eq!(scene.status(), " D cases/new/a.yaml");
        // What is tracked already is not ignored.
        scene.git(&["add", "--force", "attachments/a.pdf"]);
        scene.commit(&["attachments/a.pdf"]);
    }
}

#[test]
fn links_and_paths_elsewhere_are_refused_all_at_once() {
    for way in WAYS {
        let scene = Scene::new(way);
        fs::create_dir(scene.path("real")).unwrap();
        scene.write("real/x.yaml", "x\n");
        symlink("README", scene.path("link.yaml")).unwrap();
        symlink("real", scene.path("dir")).unwrap();
        let error = scene.try_commit(&["README", "dir/x.yaml", "link.yaml", "cases"]).unwrap_err();
        let named = ["cases", "dir/x.yaml", "link.yaml"].map(|path| scene.path(path).display().to_string());
        assert!(error.message.to(Lang::En).contains(&named.join(", ")), "{error}");
        let error = scene.try_commit(&["../x.yaml", "/elsewhere/y.yaml"]).unwrap_err();
        let said = error.message.to(Lang::En);
        // Sorted, and without the scene's path, which is random.
        assert!(said.contains("/elsewhere/y.yaml") && said.contains("../x.yaml"), "{error}");
        assert!(said.contains("yaml is not in the work tree"), "{error}");
    }
}

#[test]
fn a_file_that_cannot_be_looked_at_is_not_committed_as_removed() {
    for way in WAYS {
        let scene = Scene::new(way);
        let head = scene.git(&["rev-parse", "HEAD"]);
        fs::rename(scene.path("cases/new"), scene.path("aside")).unwrap();
        // A link that leads to itself: the system cannot say what is behind it.
        symlink("new", scene.path("cases/new")).unwrap();
        let error = scene.try_commit(&["README", "cases/new/a.yaml"]).unwrap_err();
        assert!(error.message.to(Lang::En).contains("cases/new/a.yaml"), "{way:?} {error}");
        assert_eq!(scene.git(&["rev-parse", "HEAD"]), head, "{way:?}");
    }
}

#[test]
fn an_index_that_cannot_be_read_is_not_replaced_by_an_empty_one() {
    for way in WAYS {
        let scene = Scene::new(way);
        let (head, index) = (scene.git(&["rev-parse", "HEAD"]), scene.path(".git/index"));
        let aside = scene.path("aside");
        fs::rename(&index, &aside).unwrap();
        symlink("index", &index).unwrap();
        scene.write("cases/new/a.yaml", "more\n");
        scene.try_commit(&["cases/new/a.yaml"]).unwrap_err();
        fs::rename(&aside, &index).unwrap();
        assert_eq!(scene.git(&["rev-parse", "HEAD"]), head, "{way:?}");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.status(), "", "{way:?}");
    }
}

#[test]
fn an_index_that_cannot_be_updated_after_the_commit_is_an_error() {
    let scene = Scene::new(Way::Hook);
    scene.write("cases/new/a.yaml", "more\n");
    let hook = scene
        .hook("reference-transaction", "for index in .git/fb-commit-*/after; do echo broken > $index; done");
    scene.try_commit(&["cases/new/a.yaml"]).unwrap_err();
    // The commit is there; the next attempt updates the index.
    assert_eq!(scene.shown(), "M cases/new/a.yaml");
    fs::remove_file(hook).unwrap();
    assert_eq!(scene.try_commit(&["cases/new/a.yaml"]).unwrap(), Committed::NothingToCommit);
    assert_eq!(scene.status(), "");
}
