//! What only the `git` program does: hooks, signing, filters.

use std::fs;
use std::process::Command;

use super::super::libgit2_support;
use super::scene::{Scene, Way, executable};
use crate::git::Committed;
use crate::lang::Lang;

/// A scene whose `a.yaml` has changed.
fn changed() -> Scene {
    let scene = Scene::new(Way::Library);
    scene.write("cases/new/a.yaml", "more\n");
    scene
}

#[test]
fn the_hooks_of_a_commit_run_and_see_only_its_paths() {
    let scene = changed();
    scene.write("README", "staged\n");
    scene.git(&["add", "README"]);
    scene.hook("pre-commit", "git diff --cached --name-only > seen");
    scene.hook("prepare-commit-msg", "echo 'Shop: 青瓷小铺' >> \"$1\"");
    scene.hook("commit-msg", "echo 'Checked: yes' >> \"$1\"");
    scene.hook("post-commit", "git rev-parse HEAD > made");
    scene.commit(&["cases/new/a.yaml"]);
    assert_eq!(fs::read_to_string(scene.path("seen")).unwrap(), "cases/new/a.yaml\n");
    assert_eq!(scene.log("%B"), "note a\nShop: 青瓷小铺\nChecked: yes");
    assert_eq!(fs::read_to_string(scene.path("made")).unwrap().trim(), scene.git(&["rev-parse", "HEAD"]));
    assert_eq!(scene.status(), "M  README\n?? made\n?? seen");
}

#[test]
fn a_hook_that_refuses_leaves_the_work_and_what_is_staged() {
    let scene = changed();
    scene.write("cases/new/c.yaml", "new\n");
    scene.write("README", "staged\n");
    scene.git(&["add", "README"]);
    scene.hook("pre-commit", "echo 'no phone numbers, please' >&2; exit 1");
    let (before, head) = (scene.status(), scene.git(&["rev-parse", "HEAD"]));
    let refused = scene.try_commit(&["cases/new/a.yaml", "cases/new/c.yaml"]).unwrap();
    assert_eq!(refused, Committed::Refused { said: "no phone numbers, please\n".into() });
    let (why, _) = refused.why_not().unwrap();
    assert_eq!(why.to(Lang::En), "git refused the commit: no phone numbers, please");
    assert_eq!((scene.status(), scene.git(&["rev-parse", "HEAD"])), (before, head));
    assert!(!scene.path(".git/index.lock").exists());
}

#[test]
fn hooks_may_lie_elsewhere_and_a_file_that_cannot_run_is_none() {
    let scene = changed();
    scene.write("team/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
    scene.git(&["config", "core.hooksPath", "team/hooks"]);
    let fits = || libgit2_support::makes_commit(scene.repository().library.as_ref().unwrap(), &[]).unwrap();
    assert!(fits());
    executable(&scene.path("team/hooks/pre-commit"));
    assert!(!fits());
    assert!(matches!(scene.try_commit(&["cases/new/a.yaml"]).unwrap(), Committed::Refused { .. }));
    scene.git(&["config", "core.hooksPath", "/dev/null"]);
    assert!(fits());
    scene.commit(&["cases/new/a.yaml"]);
    scene.git(&["config", "hook.lint.command", "true"]);
    assert!(!fits());
}

#[test]
fn a_hook_may_stay_at_work_in_the_background() {
    let scene = changed();
    scene.hook("post-commit", "sleep 600 & echo $! > pid");
    scene.commit(&["cases/new/a.yaml"]);
    let pid = fs::read_to_string(scene.path("pid")).unwrap();
    let stopped = Command::new("kill").arg(pid.trim()).status().unwrap();
    assert!(stopped.success(), "the commit waited for it");
}

/// The branch's commit counts then.
#[test]
fn a_hook_may_put_another_commit_in_the_place_of_ours() {
    let scene = changed();
    scene.hook("post-commit", "git -c core.hooksPath=/dev/null commit --quiet --amend -m 'seen by li.na'");
    let made = scene.try_commit(&["cases/new/a.yaml"]).unwrap();
    assert_eq!(made, Committed::Altered { id: scene.git(&["rev-parse", "HEAD"]) });
    assert_eq!((scene.log("%s"), scene.status()), ("seen by li.na".to_owned(), String::new()));
}

#[test]
fn a_commit_without_a_message_is_none() {
    let scene = changed();
    let head = scene.git(&["rev-parse", "HEAD"]);
    scene.hook("commit-msg", ": > \"$1\"");
    let refused = scene.try_commit(&["cases/new/a.yaml"]).unwrap();
    assert_eq!(refused, Committed::Refused { said: String::new() });
    assert_eq!(scene.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn a_clean_filter_applies() {
    let scene = changed();
    scene.git(&["config", "filter.upper.clean", "tr a-z A-Z"]);
    scene.write(".gitattributes", "*.yaml filter=upper\n");
    scene.commit(&["cases/new/a.yaml", ".gitattributes"]);
    assert_eq!(scene.git(&["show", "HEAD:cases/new/a.yaml"]), "MORE");
    assert_eq!(scene.git(&["diff", "--name-only", "cases/new/a.yaml"]), "");
    // A filter that is required and fails.
    scene.git(&["config", "filter.upper.clean", "false"]);
    scene.git(&["config", "filter.upper.required", "true"]);
    scene.write("cases/new/a.yaml", "again\n");
    assert!(matches!(scene.try_commit(&["cases/new/a.yaml"]).unwrap(), Committed::Refused { .. }));
}

#[test]
fn another_encoding_in_the_work_tree_is_gits_to_turn() {
    let scene = changed();
    scene.write(".gitattributes", "*.csv working-tree-encoding=UTF-16LE\n");
    fs::write(scene.path("x.csv"), "a\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
        .unwrap();
    scene.commit(&["x.csv", ".gitattributes"]);
    assert_eq!(scene.git(&["show", "HEAD:x.csv"]), "a");
}

#[test]
fn a_message_is_utf_8_whatever_the_encoding_of_the_rest() {
    for hook in [false, true] {
        let scene = changed();
        scene.git(&["config", "i18n.commitEncoding", "GBK"]);
        if hook {
            scene.hook("pre-commit", "exit 0");
        }
        let change = crate::git::Change { old: None, new: Some(scene.path("cases/new/a.yaml")) };
        scene.repository().commit(&[change], &super::scene::message("备注 a")).unwrap();
        let commit = scene.git(&["cat-file", "commit", "HEAD"]);
        assert!(commit.ends_with("\n\n备注 a") && !commit.contains("encoding"), "{commit}");
    }
}

#[test]
fn a_commit_is_signed_where_commits_are() {
    let scene = changed();
    let key = scene.dir.with_file_name("key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    if !made.is_ok_and(|made| made.success()) {
        eprintln!("skipped: there is no ssh-keygen");
        return;
    }
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    let signers = key.with_file_name("signers");
    fs::write(&signers, format!("li.na@example.cn {public}")).unwrap();
    for (name, value) in [
        ("gpg.format", "ssh"),
        ("user.signingKey", key.to_str().unwrap()),
        ("gpg.ssh.allowedSignersFile", signers.to_str().unwrap()),
        ("commit.gpgSign", "true"),
    ] {
        scene.git(&["config", name, value]);
    }
    scene.commit(&["cases/new/a.yaml"]);
    scene.git(&["verify-commit", "HEAD"]);
    assert_eq!(scene.status(), "");
    // A missing key: the work stays, and the message says why.
    fs::remove_file(&key).unwrap();
    scene.write("cases/new/a.yaml", "again\n");
    assert!(matches!(scene.try_commit(&["cases/new/a.yaml"]).unwrap(), Committed::Refused { .. }));
    assert_eq!(scene.status(), " M cases/new/a.yaml");
}

#[test]
fn a_commit_is_signed_with_gpg_where_that_is_the_way() {
    let scene = changed();
    let home = scene.dir.with_file_name("gnupg");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let program = scene.hook("gpg", &format!("exec gpg --homedir '{}' \"$@\"", home.display()));
    let make =
        ["--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "li.na@example.cn", "ed25519", "sign"];
    let made = Command::new(&program).args(make).output();
    if !made.is_ok_and(|made| made.status.success()) {
        eprintln!("skipped: there is no gpg that can make a key");
        return;
    }
    for (name, value) in [
        ("gpg.program", program.to_str().unwrap()),
        ("user.signingKey", "li.na@example.cn"),
        ("commit.gpgSign", "true"),
    ] {
        scene.git(&["config", name, value]);
    }
    scene.commit(&["cases/new/a.yaml"]);
    scene.git(&["verify-commit", "HEAD"]);
    assert_eq!(scene.status(), "");
    // A program that fails: the work stays, and the message says why.
    scene.git(&["config", "gpg.program", "false"]);
    scene.write("cases/new/a.yaml", "again\n");
    assert!(matches!(scene.try_commit(&["cases/new/a.yaml"]).unwrap(), Committed::Refused { .. }));
    assert_eq!(scene.status(), " M cases/new/a.yaml");
    let _ = Command::new("gpgconf").arg("--homedir").arg(&home).args(["--kill", "all"]).status();
}

#[test]
fn a_repository_that_a_group_shares_stays_writable_for_it() {
    use std::os::unix::fs::PermissionsExt;
    let scene = changed();
    scene.git(&["config", "core.sharedRepository", "group"]);
    scene.commit(&["cases/new/a.yaml"]);
    let mode = fs::metadata(scene.path(".git/index")).unwrap().permissions().mode();
    assert_eq!(mode & 0o660, 0o660);
}
