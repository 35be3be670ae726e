//! What a commit contains, and what it leaves alone: the same through libgit2 and through the program.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use super::super::libgit2_support;
use super::scene::{Scene, WAYS, Way, executable, message};
use crate::git::{Change, Committed, Message};

#[test]
fn the_ways_are_what_they_say() {
    for way in WAYS {
        let scene = Scene::new(way);
        let repository = scene.repository();
        let library =
            repository.library.as_ref().map(|repo| libgit2_support::makes_commit(repo, &[]).unwrap());
        let expected = match way {
            Way::Library => Some(true),
            Way::Hook => Some(false),
            Way::Sha256 | Way::Reftable => None,
        };
        assert_eq!(library, expected, "{way:?}");
    }
}

#[test]
fn a_move_is_one_commit_with_its_trailers_and_nothing_else() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("README", "staged\n");
        scene.git(&["add", "README"]);
        scene.write("README", "changed again\n");
        scene.write("cases/new/b.yaml", "changed\n");
        scene.write("loose.txt", "untracked\n");
        scene.write("draft.txt", "new and staged\n");
        scene.git(&["add", "draft.txt"]);
        let (before, staged) = (scene.status(), scene.git(&["diff", "--cached"]));

        scene.write("cases/triaged/a.yaml", "a\nmore\n");
        scene.remove("cases/new/a.yaml");
        let change = Change {
            old: Some(scene.path("cases/new/a.yaml")),
            new: Some(scene.path("cases/triaged/a.yaml")),
        };
        let message = Message {
            subject: "triage a".into(),
            body: Some("客户来电".into()),
            trailers: vec![("Case".into(), "a".into()), ("Event".into(), "triaged".into())],
        };
        let committed = scene.repository().commit(&[change], &message).unwrap();

        assert_eq!(committed, Committed::Made { id: scene.git(&["rev-parse", "HEAD"]) }, "{way:?}");
        assert_eq!(scene.shown(), "D cases/new/a.yaml\nA cases/triaged/a.yaml");
        assert_eq!(scene.status(), before, "{way:?}");
        assert_eq!(scene.git(&["diff", "--cached"]), staged, "{way:?}");
        assert_eq!(scene.git(&["show", "HEAD:cases/triaged/a.yaml"]), "a\nmore");
        assert_eq!(scene.log("%an <%ae>, %cn <%ce>"), "李娜 <li.na@example.cn>, 李娜 <li.na@example.cn>");
        assert_eq!(scene.log("%B"), "triage a\n\n客户来电\n\nCase: a\nEvent: triaged");
        assert_eq!(scene.log("%(trailers:key=Event,valueonly)"), "triaged");
        assert_eq!(scene.git(&["reflog", "-1", "--format=%gs"]), "commit: triage a");
        assert_eq!(scene.git(&["reflog", "-1", "--format=%gs", "main"]), "commit: triage a");
        scene.git(&["fsck", "--strict", "--no-dangling"]);
    }
}

#[test]
fn a_path_that_is_staged_otherwise_is_committed_as_it_stands() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("cases/new/a.yaml", "staged\n");
        scene.git(&["add", "."]);
        scene.write("cases/new/a.yaml", "as it is\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.git(&["show", "HEAD:cases/new/a.yaml"]), "as it is");
        assert_eq!(scene.status(), "");
    }
}

#[test]
fn a_file_that_was_never_committed_can_move() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("cases/triaged/c.yaml", "c\n");
        scene.commit(&["cases/new/c.yaml", "cases/triaged/c.yaml"]);
        assert_eq!(scene.shown(), "A cases/triaged/c.yaml");
        assert_eq!(scene.status(), "");
    }
}

#[test]
fn the_last_file_of_a_directory_takes_the_directory_with_it() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.remove("cases/new/a.yaml");
        scene.remove("cases/new/b.yaml");
        scene.commit(&["cases/new/a.yaml", "cases/new/b.yaml"]);
        assert_eq!(scene.git(&["ls-tree", "-r", "-t", "--name-only", "HEAD"]), "README");
        assert_eq!(scene.status(), "");
    }
}

#[test]
fn what_is_as_in_head_is_no_commit() {
    for way in WAYS {
        let scene = Scene::new(way);
        let head = scene.git(&["rev-parse", "HEAD"]);
        let paths = ["cases/new/a.yaml", "cases/new/never.yaml"];
        assert_eq!(scene.try_commit(&paths).unwrap(), Committed::NothingToCommit, "{way:?}");
        assert_eq!(scene.try_commit(&[]).unwrap(), Committed::NothingToCommit, "{way:?}");
        assert_eq!(scene.git(&["rev-parse", "HEAD"]), head);
        let scene = Scene::unborn(way);
        assert_eq!(scene.try_commit(&["never.yaml"]).unwrap(), Committed::NothingToCommit, "{way:?}");
    }
}

#[test]
fn the_first_commit_of_a_branch() {
    for way in WAYS {
        let scene = Scene::unborn(way);
        assert_eq!(scene.repository().head().unwrap(), None);
        scene.write("other.txt", "staged\n");
        scene.git(&["add", "."]);
        scene.write("cases/new/a.yaml", "a\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.shown(), "A cases/new/a.yaml");
        assert_eq!(scene.status(), "A  other.txt");
        assert_eq!(scene.git(&["symbolic-ref", "HEAD"]), "refs/heads/main");
        assert_eq!(scene.repository().head().unwrap(), Some(scene.git(&["rev-parse", "--short", "HEAD"])));
    }
}

#[test]
fn a_detached_head_moves_and_its_branch_stays() {
    for way in WAYS {
        let scene = Scene::new(way);
        let main = scene.git(&["rev-parse", "main"]);
        scene.git(&["checkout", "--quiet", "--detach"]);
        scene.write("cases/new/a.yaml", "more\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.git(&["rev-parse", "main", "HEAD^"]), format!("{main}\n{main}"));
        assert!(!scene.try_git(&["symbolic-ref", "HEAD"]).status.success());
        assert_eq!(scene.status(), "");
    }
}

#[test]
fn names_are_taken_literally() {
    for way in WAYS {
        let scene = Scene::new(way);
        let odd = [
            "-n.yaml",
            ":!b.yaml",
            "[ab].yaml",
            "a b.yaml",
            "a*.yaml",
            "茶杯/a?.yaml",
            "\"q\\.yaml",
            "#x.yaml",
        ];
        scene.write("c.yaml", "a file that a pattern would catch\n");
        for name in odd {
            scene.write(name, "x\n");
        }
        scene.commit(&odd);
        let listed = scene.git(&["ls-tree", "-r", "-z", "--name-only", "HEAD"]);
        let mut listed: Vec<&str> = listed.split('\0').filter(|name| !name.is_empty()).collect();
        let mut expected = [&odd[..], &["README", "cases/new/a.yaml", "cases/new/b.yaml"]].concat();
        listed.sort_unstable();
        expected.sort_unstable();
        assert_eq!(listed, expected, "{way:?}");
        assert_eq!(scene.status(), "?? c.yaml");
    }
}

#[test]
fn an_executable_file_stays_one() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("run.sh", "#!/bin/sh\n");
        executable(&scene.path("run.sh"));
        scene.commit(&["run.sh"]);
        assert!(scene.git(&["ls-tree", "HEAD", "run.sh"]).starts_with("100755 "), "{way:?}");
        assert_eq!(scene.status(), "");
    }
}

#[test]
fn line_ends_are_kept_as_git_keeps_them() {
    let settings =
        [("true", "*.csv text eol=crlf\n"), ("input", ""), ("false", "* text=auto\n*.yaml ident\n")];
    for (autocrlf, attributes) in settings {
        for way in WAYS {
            let scene = Scene::new(way);
            scene.git(&["config", "core.autocrlf", autocrlf]);
            scene.write(".gitattributes", attributes);
            for file in ["x.csv", "x.yaml"] {
                scene.write(file, "one\r\n$Id$\r\n");
            }
            scene.commit(&["x.csv", "x.yaml", ".gitattributes"]);
            assert_eq!(scene.status(), "", "{way:?} {autocrlf}");
            for file in ["x.csv", "x.yaml"] {
                let kept = scene.git(&["rev-parse", &format!("HEAD:{file}")]);
                assert_eq!(kept, scene.git(&["hash-object", file]), "{way:?} {autocrlf} {file}");
                assert_eq!(
                    scene.git(&["show", &format!("HEAD:{file}")]),
                    "one\n$Id$",
                    "{way:?} {autocrlf} {file}"
                );
            }
        }
    }
}

#[test]
fn a_change_in_the_second_of_the_last_add_is_still_seen() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.git(&["config", "core.trustCtime", "false"]);
        let then = SystemTime::now() - Duration::from_secs(100);
        let at_then =
            |path: &str| File::options().append(true).open(scene.path(path)).unwrap().set_modified(then);
        scene.write("README", "aaaa\n");
        at_then("README").unwrap();
        scene.git(&["add", "README"]);
        scene.write("README", "bbbb\n");
        at_then("README").unwrap();
        at_then(".git/index").unwrap();
        scene.write("cases/new/a.yaml", "more\n");
        scene.commit(&["cases/new/a.yaml"]);
        assert_eq!(scene.status(), "MM README", "{way:?}");
    }
}

#[test]
fn a_subject_with_marks_of_git_is_kept() {
    for way in WAYS {
        let scene = Scene::new(way);
        scene.write("cases/new/a.yaml", "more\n");
        let change = Change { old: None, new: Some(scene.path("cases/new/a.yaml")) };
        let said = Message { body: Some("# no comment\n\n\nthree".into()), ..message("#7 --amend") };
        scene.repository().commit(&[change], &said).unwrap();
        assert_eq!(scene.log("%B"), "#7 --amend\n\n# no comment\n\n\nthree", "{way:?}");
    }
}

#[test]
fn many_files_are_one_commit() {
    for way in WAYS {
        let scene = Scene::new(way);
        let names: Vec<String> = (0..500).map(|n| format!("cases/closed/{n:06}.yaml")).collect();
        names.iter().for_each(|name| scene.write(name, name));
        scene.commit(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(scene.shown().lines().count(), 500);
        assert_eq!(scene.status(), "");
        assert_eq!(fs::read_dir(scene.path(".git")).unwrap().flatten().filter(is_ours).count(), 0);
    }
}

fn is_ours(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with("fb-")
}
