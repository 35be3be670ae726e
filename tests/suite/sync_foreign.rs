//! `fb sync` and `fb mend` where a remote has what may not come into a ledger: links, submodules, names that lead out,
//! files where a directory belongs, what is larger than any case. It is left out by name, and nobody else is held up.

use std::fs;
use std::path::Path;

use crate::clones::Clones;
use crate::ledger::TestLedger;

/// Commits what is staged in `a`, and pushes it past `fb`.
fn push_by_hand(clones: &Clones<'_>) {
    clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
    clones.git("a", &["push", "--quiet", "origin", "HEAD:refs/heads/main"]);
}

/// Puts an entry into the index of `a`, in place of what is there.
fn stage(clones: &Clones<'_>, mode: &str, id: &str, path: &str) {
    clones.git("a", &["rm", "--quiet", "-r", "--cached", "--ignore-unmatch", "--", path]);
    clones.git("a", &["update-index", "--add", "--cacheinfo", &format!("{mode},{id},{path}")]);
}

/// The id of an object with these bytes in `a`.
fn object(clones: &Clones<'_>, kind: &str, bytes: &[u8]) -> String {
    let file = clones.path("object");
    fs::write(&file, bytes).unwrap();
    clones.git("a", &["hash-object", "-w", "-t", kind, "--literally", file.to_str().unwrap()])
}

/// A case that both have, with a photo, and the id of another that only `a` has committed.
fn both_have_one(clones: &Clones<'_>) -> (String, String) {
    let one = clones.case("a", "茶杯");
    let photo = clones.path("photo.jpg");
    fs::write(&photo, "photo").unwrap();
    clones.fb("a", &["attach", &one, photo.to_str().unwrap()]).ok();
    clones.now("a", &["sync"]).ok();
    clones.now("b", &["sync"]).ok();
    let other = clones.case("a", "茶壶");
    (one, other)
}

/// Holds that nothing below a directory is a link.
fn has_no_link(directory: &Path) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        assert!(!kind.is_symlink(), "{}", entry.path().display());
        if kind.is_dir() && entry.file_name() != ".git" {
            has_no_link(&entry.path());
        }
    }
}

/// Holds that `b` syncs, names these paths, keeps what it had there, and gets the other case; and so does `a` afterwards.
#[track_caller]
fn is_left_out(clones: &Clones<'_>, other: &str, paths: &[&str]) {
    let before = clones.tree("b");
    let ran = clones.now("b", &["sync", "--dry-run"]);
    assert_eq!((ran.status, clones.tree("b") == before), (3, true), "{}{}", ran.out, ran.err);
    ran.says(paths);
    let ran = clones.now("b", &["sync", "--format", "json"]);
    assert_eq!(ran.status, 3, "{}{}", ran.out, ran.err);
    ran.says(&["left out", "origin/main", "git log", "everything else was received"]);
    ran.says(paths);
    assert_eq!(ran.json()["left_out"].as_array().unwrap().len(), paths.len(), "{}", ran.out);
    assert_eq!(ran.json()["pushed"], true);
    let after = clones.tree("b");
    for (path, text) in &before {
        assert_eq!(after.get(path), Some(text), "{}", path.display());
    }
    assert!(clones.path(&format!("b/cases/new/{other}.yaml")).exists());
    has_no_link(&clones.path("b"));
    clones.is_sound("b");
    clones.now("b", &["sync"]).ok();
    // It is gone from what is shared as well.
    clones.clone("c");
    assert_eq!(clones.tree("c"), after);
    clones.is_sound("c");
}

#[test]
fn links_are_left_out_and_nothing_is_read_through_them() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (one, other) = both_have_one(&clones);
    clones.git("b", &["config", "remote.spare.url", "https://clerk:t0ken@example.cn/x.git"]);
    let to = |target: &str| object(&clones, "blob", target.as_bytes());
    let [path, zero, dangling] =
        [one.as_str(), "20261122-aaaaaa", "20261122-bbbbbb"].map(|id| format!("cases/new/{id}.yaml"));
    stage(&clones, "120000", &to("../../.git/config"), &path);
    stage(&clones, "120000", &to("/dev/zero"), &zero);
    stage(&clones, "120000", &to("nowhere"), &dangling);
    push_by_hand(&clones);
    is_left_out(&clones, &other, &[&path, &zero, &dangling]);
    for text in clones.tree("b").values() {
        assert!(!text.contains("t0ken"), "{text}");
    }
    // Who had the link gets the case again.
    clones.git("a", &["reset", "--quiet", "--hard"]);
    assert!(clones.path("a").join(&path).is_symlink());
    clones.now("a", &["sync"]).ok();
    assert_eq!(clones.tree("a"), clones.tree("b"));
    clones.is_sound("a");
}

#[test]
fn a_link_in_the_place_of_a_case_that_both_changed_is_left_out() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (one, other) = both_have_one(&clones);
    clones.fb("b", &["escalate", &one, "--reason", "客户要见主管"]).ok();
    let path = format!("cases/new/{one}.yaml");
    stage(&clones, "120000", &object(&clones, "blob", b"/etc/hostname"), &path);
    push_by_hand(&clones);
    is_left_out(&clones, &other, &[&path]);
    assert!(clones.path(&format!("b/cases/escalated/{one}.yaml")).exists());
}

#[test]
fn whatever_is_no_plain_file_in_its_place_is_left_out() {
    let link = |clones: &Clones<'_>, path: &str| {
        stage(clones, "120000", &object(clones, "blob", b"/tmp"), path);
    };
    type Put = fn(&Clones<'_>, &str, &dyn Fn(&Clones<'_>, &str)) -> Vec<String>;
    let ways: [(&str, Put); 9] = [
        ("a status", |clones, _, link| {
            link(clones, "cases/closed");
            vec!["cases/closed".to_owned()]
        }),
        ("a submodule", |clones, id, _| {
            let path = format!("cases/new/{id}.yaml");
            stage(clones, "160000", &clones.git("a", &["rev-parse", "HEAD"]), &path);
            vec![path]
        }),
        ("rules", |clones, _, link| {
            link(clones, "fb.toml");
            vec!["fb.toml".to_owned()]
        }),
        ("a directory of photos", |clones, id, link| {
            link(clones, &format!("files/{id}"));
            vec![format!("files/{id}")]
        }),
        ("a photo", |clones, id, link| {
            link(clones, &format!("files/{id}/photo.jpg"));
            vec![format!("files/{id}/photo.jpg")]
        }),
        ("a policy", |clones, _, link| {
            link(clones, "policy/9999.toml");
            vec!["policy/9999.toml".to_owned()]
        }),
        ("a directory in the place of a case", |clones, id, _| {
            let path = format!("cases/new/{id}.yaml");
            clones.git("a", &["rm", "--quiet", "--cached", &path]);
            stage(clones, "100644", &object(clones, "blob", b"x"), &format!("{path}/x"));
            vec![format!("{path}/x")]
        }),
        ("a file in the place of a status", |clones, _, _| {
            stage(clones, "100644", &object(clones, "blob", b"x"), "cases/rejected");
            vec!["cases/rejected".to_owned()]
        }),
        ("a case of nine megabytes", |clones, id, _| {
            let path = format!("cases/new/{id}.yaml");
            stage(clones, "100644", &object(clones, "blob", &vec![b'#'; 9 << 20]), &path);
            vec![path]
        }),
    ];
    for (name, put) in ways {
        let shop = TestLedger::empty();
        let clones = Clones::new(&shop);
        let (one, other) = both_have_one(&clones);
        let paths = put(&clones, &one, &link);
        push_by_hand(&clones);
        println!("{name}");
        is_left_out(&clones, &other, &paths.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn all_of_cases_in_the_place_of_which_a_link_came_stays() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (one, _) = both_have_one(&clones);
    let before = clones.tree("b");
    stage(&clones, "120000", &object(&clones, "blob", b"/"), "cases");
    push_by_hand(&clones);
    let ran = clones.now("b", &["sync"]);
    assert_eq!(ran.status, 3, "{}{}", ran.out, ran.err);
    ran.says(&["a symbolic link", "cases"]);
    assert_eq!(clones.tree("b"), before);
    clones.now("b", &["note", &one, "客户来电催问"]).ok();
    clones.now("b", &["sync"]).ok();
    clones.is_sound("b");
}

/// Trees that git does not make and does not refuse to fetch either.
#[test]
fn a_tree_that_was_made_by_hand_brings_nothing_out_of_its_place() {
    for name in ["..", ".git", ".GIT", "twice"] {
        let shop = TestLedger::empty();
        let clones = Clones::new(&shop);
        let (one, other) = both_have_one(&clones);
        let entry = |mode: &str, name: &str, id: &str| {
            let id: Vec<u8> =
                (0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()).collect();
            [format!("{mode} {name}\0").into_bytes(), id].concat()
        };
        let blob = |path: &str| clones.git("a", &["rev-parse", &format!("HEAD:{path}")]);
        let tree = |entries: &[Vec<u8>]| object(&clones, "tree", &entries.concat());
        let evil = object(&clones, "blob", b"evil\n");
        let case = format!("{one}.yaml");
        let link = object(&clones, "blob", b"/etc/hostname");
        let (keep, own) = (blob("cases/new/.gitkeep"), blob(&format!("cases/new/{case}")));
        let others = entry("100644", &format!("{other}.yaml"), &blob(&format!("cases/new/{other}.yaml")));
        let new = match name {
            "twice" => tree(&[
                entry("100644", ".gitkeep", &keep),
                entry("120000", &case, &link),
                entry("100644", &case, &own),
                others,
            ]),
            name => tree(&[
                entry("40000", name, &tree(&[entry("100644", "config", &evil)])),
                entry("100644", ".gitkeep", &keep),
                entry("100644", &case, &own),
                others,
            ]),
        };
        let parts = clones.git("a", &["ls-tree", "HEAD:cases"]);
        let cases: Vec<Vec<u8>> = parts
            .lines()
            .map(|line| {
                let (head, part) = line.split_once('\t').unwrap();
                let id = head.split(' ').nth(2).unwrap();
                entry(
                    head.split(' ').next().unwrap().trim_start_matches('0'),
                    part,
                    if part == "new" { &new } else { id },
                )
            })
            .collect();
        let cases = tree(&cases);
        let parts = clones.git("a", &["ls-tree", "HEAD"]);
        let top: Vec<Vec<u8>> = parts
            .lines()
            .map(|line| {
                let (head, part) = line.split_once('\t').unwrap();
                let id = head.split(' ').nth(2).unwrap();
                entry(
                    head.split(' ').next().unwrap().trim_start_matches('0'),
                    part,
                    if part == "cases" { &cases } else { id },
                )
            })
            .collect();
        let commit = clones.git("a", &["commit-tree", &tree(&top), "-p", "HEAD", "-m", "by hand"]);
        clones.git("a", &["push", "--quiet", "origin", &format!("{commit}:refs/heads/main")]);
        let path =
            if name == "twice" { format!("cases/new/{case}") } else { format!("cases/new/{name}/config") };
        println!("{name}");
        is_left_out(&clones, &other, &[&path]);
    }
}

#[test]
fn a_ledger_whose_directory_became_a_link_is_left_as_it_is() {
    let shop = TestLedger::empty();
    shop.git(&["init", "--quiet", "--bare", "--initial-branch=main", "../hub.git"]);
    shop.git(&["init", "--quiet", "--initial-branch=main", "../a"]);
    shop.run(&["--lang", "en", "init", "../a/shop/ledger"]).ok();
    shop.git(&["-C", "../a", "remote", "add", "origin", "../hub.git"]);
    shop.run(&["-C", "../a/shop/ledger", "sync"]).ok();
    shop.git(&["clone", "--quiet", "../hub.git", "../b"]);
    let link = shop.git(&["-C", "../a", "hash-object", "-w", "shop/ledger/fb.toml"]);
    shop.git(&["-C", "../a", "rm", "--quiet", "-r", "--cached", "shop"]);
    shop.git(&["-C", "../a", "update-index", "--add", "--cacheinfo", &format!("120000,{link},shop")]);
    shop.git(&["-C", "../a", "commit", "--quiet", "-m", "by hand"]);
    shop.git(&["-C", "../a", "push", "--quiet", "origin", "HEAD:main"]);
    let head = shop.git(&["-C", "../b", "rev-parse", "HEAD"]);
    let ran = shop.run(&["-C", "../b/shop/ledger", "sync"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    ran.says(&["shop is not a directory", "git log"]);
    assert_eq!(shop.git(&["-C", "../b", "rev-parse", "HEAD"]), head);
    assert_eq!(shop.git(&["-C", "../b", "status", "--porcelain"]), "");
}

/// Neither an executable case file nor one that was, moved or not, leaves anything that is not committed.
#[test]
fn a_case_file_may_be_executable() {
    for setting in ["true", "false"] {
        let shop = TestLedger::empty();
        let clones = Clones::new(&shop);
        let ids = ["甲", "乙", "丙"].map(|title| clones.case("a", title));
        clones.now("a", &["sync"]).ok();
        clones.now("b", &["sync"]).ok();
        for clone in ["a", "b"] {
            clones.git(clone, &["config", "core.fileMode", setting]);
        }
        let new = clones.case("a", "丁");
        clones.fb("a", &["escalate", &ids[1], "--reason", "客户要见主管"]).ok();
        clones.fb("a", &["note", &ids[2], "客户来电"]).ok();
        let places = [
            format!("cases/new/{}.yaml", ids[0]),
            format!("cases/escalated/{}.yaml", ids[1]),
            format!("cases/new/{}.yaml", ids[2]),
            format!("cases/new/{new}.yaml"),
        ];
        for place in &places {
            clones.git("a", &["update-index", "--chmod=+x", place]);
        }
        push_by_hand(&clones);
        // Both sides changed it: what comes of it is as any other.
        clones.fb("b", &["note", &ids[2], "客户又来电"]).ok();
        clones.now("b", &["sync"]).ok();
        clones.is_sound("b");
        let modes = clones.git("b", &["ls-tree", "-r", "HEAD", "cases"]);
        assert_eq!(modes.lines().filter(|line| line.starts_with("100755")).count(), 3, "{modes}");
        // And back again.
        for place in &places {
            clones.git("b", &["update-index", "--chmod=-x", place]);
        }
        clones.git("b", &["commit", "--quiet", "-m", "by hand"]);
        clones.git("b", &["checkout", "--quiet", "."]);
        clones.now("b", &["sync"]).ok();
        clones.git("a", &["reset", "--quiet", "--hard"]);
        clones.now("a", &["sync"]).ok();
        clones.is_sound("a");
        assert_eq!(clones.tree("a"), clones.tree("b"));
    }
}

#[test]
fn a_link_that_was_committed_here_is_not_sent() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (one, _) = both_have_one(&clones);
    let shared = clones.git("a", &["ls-remote", "origin", "refs/heads/main"]);
    for path in [
        format!("cases/new/{one}.yaml"),
        "cases/new/20261122-aaaaaa.yaml".to_owned(),
        format!("files/{one}/x"),
    ] {
        stage(&clones, "120000", &object(&clones, "blob", b"/etc/hostname"), &path);
        clones.git("a", &["commit", "--quiet", "-m", "by hand"]);
        clones.git("a", &["reset", "--quiet", "--hard"]);
        let ran = clones.now("a", &["-q", "sync"]);
        assert_eq!(ran.status, 3, "{}", ran.out);
        ran.says(&["nothing was sent", &path, "a symbolic link"]);
        assert_eq!(clones.git("a", &["ls-remote", "origin", "refs/heads/main"]), shared);
        clones.git("a", &["reset", "--quiet", "--hard", "HEAD~1"]);
    }
    clones.now("a", &["sync"]).ok();
}

/// In a merge that git made, the link is there already: it is named, and nothing is read or written through it.
#[test]
fn mend_writes_nothing_through_a_link_that_a_merge_brought() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (one, other) = both_have_one(&clones);
    let both = clones.case("b", "茶盘");
    clones.now("b", &["sync"]).ok();
    clones.git("a", &["pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main"]);
    clones.fb("a", &["note", &both, "from a"]).ok();
    let aside = clones.path("aside.txt");
    fs::write(&aside, "not ours\n").unwrap();
    let (path, new) = (format!("cases/new/{one}.yaml"), "cases/new/20261122-aaaaaa.yaml");
    let target = object(&clones, "blob", aside.to_str().unwrap().as_bytes());
    stage(&clones, "120000", &target, &path);
    stage(&clones, "120000", &object(&clones, "blob", b"/dev/zero"), new);
    push_by_hand(&clones);
    clones.fb("b", &["note", &both, "from b"]).ok();
    assert_eq!(clones.try_git("b", &["pull", "--quiet", "--no-rebase", "origin", "main"]).status, 1);
    let ran = clones.now("b", &["mend"]);
    assert_ne!(ran.status, 0, "{}{}", ran.out, ran.err);
    ran.says(&[&path, new, "git checkout HEAD", "git rm"]);
    assert!(ran.out.contains("resolved"), "{}", ran.out);
    assert_eq!(fs::read_to_string(&aside).unwrap(), "not ours\n");
    // As it says.
    clones.git("b", &["checkout", "HEAD", "--", &path]);
    clones.git("b", &["rm", "--quiet", "-f", new]);
    clones.now("b", &["mend"]).ok();
    clones.git("b", &["commit", "--quiet", "--no-edit"]);
    let text = fs::read_to_string(clones.path(&format!("b/cases/new/{both}.yaml"))).unwrap();
    assert!(text.contains("from a") && text.contains("from b"), "{text}");
    assert!(clones.path(&format!("b/cases/new/{other}.yaml")).exists());
    clones.is_sound("b");
}

#[test]
fn a_name_that_is_no_utf_8_comes_along() {
    let shop = TestLedger::empty();
    let clones = Clones::new(&shop);
    let (_, other) = both_have_one(&clones);
    let file = object(&clones, "blob", b"x");
    let ran = shop.shell(&format!(
        "cd ../one/a && printf '100644 {file}\\tcases/new/\\377.txt\\n100644 {file}\\tcases/new/a\\001b.txt\\n' | git update-index --add --index-info"
    ));
    ran.ok();
    push_by_hand(&clones);
    clones.now("b", &["sync"]).ok();
    assert!(clones.path(&format!("b/cases/new/{other}.yaml")).exists());
    assert_eq!(clones.git("b", &["status", "--porcelain"]), "");
}

#[test]
fn what_no_work_tree_can_have_stops_the_sync_and_no_later_command() {
    let long = format!("docs/{}", "x".repeat(256));
    for (mode, path, word) in [
        ("100644", long.as_str(), "a disk does not allow"),
        ("tree", ".git", ".git/config"),
        ("tree", "GIT~1", "GIT~1/config"),
    ] {
        for both in [false, true] {
            let shop = TestLedger::empty();
            let clones = Clones::new(&shop);
            let (one, _) = both_have_one(&clones);
            if both {
                clones.fb("b", &["note", &one, "x"]).ok();
            }
            let id = object(&clones, "blob", b"[core]\n\tfsmonitor = touch ../run\n");
            if mode == "tree" {
                // Such a tree is made by hand: no index takes it.
                let raw = |id: &str| -> Vec<u8> {
                    let byte = |at: usize| u8::from_str_radix(&id[at..at + 2], 16).unwrap();
                    (0..id.len()).step_by(2).map(byte).collect()
                };
                let inner = object(&clones, "tree", &[&b"100644 config\0"[..], &raw(&id)].concat());
                let top = clones.git("a", &["rev-parse", "HEAD^{tree}"]);
                let listed = clones.git("a", &["ls-tree", &top]);
                let mut entries: Vec<(String, Vec<u8>)> = listed
                    .lines()
                    .map(|line| {
                        let (head, name) = line.split_once('\t').unwrap();
                        let words: Vec<&str> = head.split(' ').collect();
                        let mode = words[0].trim_start_matches('0');
                        let entry = [format!("{mode} {name}\0").into_bytes(), raw(words[2])].concat();
                        (if mode == "40000" { format!("{name}/") } else { name.to_owned() }, entry)
                    })
                    .collect();
                let entry = [format!("40000 {path}\0").into_bytes(), raw(&inner)].concat();
                entries.push((format!("{path}/"), entry));
                entries.sort();
                let bytes: Vec<u8> = entries.into_iter().flat_map(|(_, entry)| entry).collect();
                let tree = object(&clones, "tree", &bytes);
                let commit = clones.git("a", &["commit-tree", "-p", "HEAD", "-m", "by hand", &tree]);
                clones.git("a", &["push", "--quiet", "origin", &format!("{commit}:refs/heads/main")]);
            } else {
                stage(&clones, mode, &id, path);
                push_by_hand(&clones);
            }
            let before = clones.tree("b");
            let ran = clones.now("b", &["sync"]);
            assert_eq!(ran.status, 3, "{path}: {}{}", ran.out, ran.err);
            ran.says(&[word]);
            if !both || mode != "tree" {
                ran.says(&["git log --stat"]);
            }
            assert_eq!(clones.tree("b"), before, "{path}");
            clones.fb("b", &["note", &one, "nobody waits"]).ok();
            assert_eq!(clones.git("b", &["status", "--porcelain"]), "", "{path}");
            assert!(!clones.path("run").exists() && !clones.path("b/docs").exists(), "{path}");
        }
    }
}
