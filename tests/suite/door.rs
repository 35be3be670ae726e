//! The door to the file system: what comes with a ledger leads nowhere, makes nothing hang, and has the user's modes.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use crate::ledger::{Ran, TestLedger};

const ID: &str = "20261122-7k3q9x";
const PATH: &str = "cases/new/20261122-7k3q9x.yaml";

fn case() -> String {
    format!(
        "id: {ID}\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n  \
         - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n"
    )
}

/// A ledger without a repository, as it comes out of an archive, with a case.
fn unpacked() -> TestLedger {
    let shop = TestLedger::empty().with("FB_BY", "li.na");
    shop.run(&["--lang", "en", "init", ".", "--no-git"]).ok();
    shop.write(PATH, case());
    shop.write("../elsewhere/secret", "secret");
    shop
}

fn link(shop: &TestLedger, to: &str, at: &str) {
    let path = shop.dir.join(at);
    if path.is_dir() && !path.is_symlink() {
        fs::remove_dir_all(&path).unwrap();
    } else if path.symlink_metadata().is_ok() {
        fs::remove_file(&path).unwrap();
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    symlink(to, path).unwrap();
}

/// What is beside the ledger is as it was.
#[track_caller]
fn nothing_outside_changed(shop: &TestLedger, place: &str) {
    let elsewhere = shop.dir.parent().unwrap().join("elsewhere");
    let names: Vec<_> = fs::read_dir(&elsewhere).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["secret"], "{place}");
    assert_eq!(fs::read_to_string(elsewhere.join("secret")).unwrap(), "secret", "{place}");
}

/// Runs it with little patience.
fn soon(shop: &TestLedger, line: &str) -> Ran {
    let ran = shop.shell(&format!("timeout 20 fb {line}"));
    assert_ne!(ran.status, 124, "fb {line} hangs");
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

fn mode(shop: &TestLedger, path: &str) -> u32 {
    fs::metadata(shop.dir.join(path)).unwrap().permissions().mode() & 0o777
}

/// A plan that takes a photo away: it is moved to where photos wait until the plan is done.
const TAKES_AWAY: &str = r#"{"writes":[],"removals":[{"path":"files/x/photo.jpg","before":7}],
    "also":[],"subject":"x","body":null,"trailers":[]}"#;
/// A plan that puts a file in place which waits where photos wait.
const PUTS: &str = r#"{"writes":[],"removals":[],"also":["secret"],"subject":"x","body":null,"trailers":[]}"#;

#[test]
fn our_own_state_moves_no_file_through_a_link() {
    for (state, to, plan) in [
        ("fb-aside", "../../elsewhere", TAKES_AWAY),
        ("fb-aside/files", "../../../elsewhere", TAKES_AWAY),
        ("fb-brought", "../../elsewhere", PUTS),
        ("fb-brought/secret", "../../../elsewhere/secret", PUTS),
    ] {
        let shop = unpacked();
        shop.write("files/x/photo.jpg", "a photo");
        link(&shop, to, &format!(".fb/{state}"));
        shop.write(".fb/fb-journal.json", plan);
        soon(&shop, &format!("note {ID} x"));
        nothing_outside_changed(&shop, state);
        assert!(!shop.dir.join("secret").exists(), "{state}: it was brought in");
    }
}

#[test]
fn a_ledger_that_looks_like_a_repository_moves_no_file_out() {
    let shop = TestLedger::new();
    shop.put(PATH, case());
    shop.write("../elsewhere/secret", "secret");
    fs::rename(shop.dir.join(".git"), shop.dir.parent().unwrap().join("gone")).unwrap();
    shop.write("HEAD", "ref: refs/heads/main\n");
    shop.write("config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n");
    for directory in ["objects/info", "refs/heads"] {
        fs::create_dir_all(shop.dir.join(directory)).unwrap();
    }
    shop.write("files/x/photo.jpg", "a photo");
    link(&shop, "../elsewhere", "fb-aside");
    shop.write("fb-journal.json", TAKES_AWAY);
    soon(&shop, &format!("note {ID} x"));
    nothing_outside_changed(&shop, "a bare repository");
}

#[test]
fn our_own_state_is_no_link_and_no_pipe() {
    for state in
        ["fb.lock", "fb-journal.json", "fb-brought", "fb-aside", ".fb-x", "fb-edit-x", "fb-edit-x/original"]
    {
        for to in ["secret", "none", "/dev/zero", "pipe"] {
            let shop = unpacked();
            let depth = "../".repeat(2 + state.matches('/').count());
            match to {
                "pipe" => {
                    let path = shop.dir.join(".fb").join(state);
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    shop.shell(&format!("mkfifo {}", path.display())).ok();
                }
                "/dev/zero" => link(&shop, to, &format!(".fb/{state}")),
                _ => link(&shop, &format!("{depth}elsewhere/{to}"), &format!(".fb/{state}")),
            }
            let place = format!("{state} -> {to}");
            let note = soon(&shop, &format!("note {ID} x"));
            let needed = ["fb.lock", "fb-journal.json"].contains(&state);
            assert_eq!(note.status, if needed { 3 } else { 0 }, "{place}: {}", note.err);
            if needed {
                assert!(note.err.contains(state), "{place}: {}", note.err);
            }
            soon(&shop, "check");
            shop.shell(&format!("EDITOR=true timeout 20 fb edit {ID}"));
            nothing_outside_changed(&shop, &place);
        }
    }
    let shop = unpacked();
    link(&shop, "../elsewhere", ".fb");
    assert_eq!(soon(&shop, &format!("note {ID} x")).status, 3);
    nothing_outside_changed(&shop, ".fb");
}

#[test]
fn a_journal_writes_nothing_that_is_not_a_ledgers() {
    let foreign = ["sub/.git/hooks/post-commit", ".GIT/config", "../elsewhere/new", "/tmp/x", ".fb/fb.lock"];
    let beside =
        ["src/build.rs", ".github/workflows/x.yml", "Makefile", "casesx/new", "cases/.git/x", "Cases/x"];
    for path in foreign.into_iter().chain(beside) {
        let shop = unpacked();
        let write = serde_json::json!({"old": null, "before": null, "new": path, "text": "x"});
        let plan = serde_json::json!({"writes": [write], "subject": "x", "body": null, "trailers": []});
        shop.write(".fb/fb-journal.json", plan.to_string());
        let ran = soon(&shop, &format!("note {ID} x"));
        assert!(!ran.err.is_empty(), "{path}: it is said");
        soon(&shop, "recover");
        shop.run(&["recover", "--all"]);
        assert!(!shop.dir.join("sub").exists() && !shop.dir.join(".GIT").exists(), "{path}");
        assert!(!beside.contains(&path) || !shop.dir.join(path).exists(), "{path}");
        nothing_outside_changed(&shop, path);
    }
}

#[test]
fn what_is_in_the_place_of_a_record_is_told_with_what_to_do() {
    for what in ["ln -s /nowhere", "mkfifo", "mkdir"] {
        let shop = unpacked();
        shop.shell(&format!("mkdir -p .fb && {what} .fb/fb-journal.json")).ok();
        let found = soon(&shop, "check --only pending");
        assert_eq!(found.status, 1, "{what}: {}", found.err);
        let note = soon(&shop, &format!("note {ID} x"));
        assert_eq!(note.status, 3, "{what}: {}", note.err);
        for ran in [&found, &note] {
            let said = ran.out.clone() + &ran.err;
            let (why, how) = ("no command writes until it is gone", "move or delete it");
            assert!(said.contains(why) && said.contains(how), "{what}: {said}");
            assert!(!(ran.out.clone() + &ran.err).contains("finishes it"), "{what}: {}{}", ran.out, ran.err);
        }
        let read = soon(&shop, "report monthly 2026-11");
        assert!(!read.err.contains("finishes it"), "{what}: {}", read.err);
        shop.shell("mv .fb/fb-journal.json ../away").ok();
        soon(&shop, &format!("note {ID} x")).ok();
    }
}

#[test]
fn a_record_of_other_files_alone_is_listed_and_put_back() {
    let shop = unpacked();
    let rules = shop.read("fb.toml");
    let write = |old: Option<&str>, before: Option<&str>, new: &str, text: &str| serde_json::json!({ "old": old, "before": before, "new": new, "text": text });
    let changed = write(Some("fb.toml"), Some("as it was"), "fb.toml", &format!("{rules}# more\n"));
    let new = write(None, None, "policy/2027-01-01.toml", "# new\n");
    let plan =
        serde_json::json!({ "writes": [changed, new], "subject": "rules", "body": null, "trailers": [] });
    shop.write("policy/2027-01-01.toml", "# mine\n");
    shop.write(".fb/fb-journal.json", plan.to_string());
    soon(&shop, &format!("note {ID} x")).says(&["fb recover"]);
    fs::remove_file(shop.dir.join("policy/2027-01-01.toml")).unwrap();
    let kept = || shop.run(&["recover", "--format", "json"]).ok().json()["kept"].as_array().unwrap().clone();
    assert_eq!(kept()[0]["files"], serde_json::json!(["fb.toml", "policy/2027-01-01.toml"]));
    // The one is put back; of the other both say something, and the record is named for a look.
    let ran = shop.run(&["recover", "--all"]);
    ran.says(&["fb.toml has a different text", "fb-kept"]);
    assert_eq!(ran.out, "restored: policy/2027-01-01.toml\n");
    assert!(!ran.err.contains("git show"), "{}", ran.err);
    assert_eq!((shop.read("policy/2027-01-01.toml"), shop.read("fb.toml")), ("# new\n".to_owned(), rules));
    assert_eq!(kept()[0]["files"], serde_json::json!(["fb.toml"]));
    let name = kept()[0]["ref"].as_str().unwrap().to_owned();
    let name = Path::new(&name).file_stem().unwrap().to_str().unwrap().to_owned();
    shop.run(&["recover", "--drop", &name]).ok();
    assert!(kept().is_empty());
}

#[test]
fn a_directory_of_cases_that_is_a_link_is_one_finding_and_not_looked_behind() {
    for directory in ["cases", "cases/new", "cases/closed"] {
        let shop = TestLedger::new();
        shop.write("../elsewhere/20261122-secret.yaml", case());
        link(&shop, "/etc", directory);
        for format in ["text", "json", "github", "junit"] {
            let ran = soon(&shop, &format!("check --format {format}"));
            assert_eq!(ran.status, 3, "{directory}: {}", ran.err);
            let said = ran.out + &ran.err;
            assert!(said.contains(directory), "{directory}: {said}");
            for name in ["passwd", "hostname", "ssl"] {
                assert!(!said.contains(name), "{directory} {format}: {said}");
            }
        }
        let found = shop.run(&["check", "--format", "json"]).json();
        let of_links = |finding: &&serde_json::Value| {
            finding["path"].as_str() == Some(directory) && finding["code"] == "unreadable"
        };
        assert_eq!(found["findings"].as_array().unwrap().iter().filter(of_links).count(), 1, "{found}");
    }
}

#[test]
fn a_missing_photo_is_missing_also_where_a_link_has_its_name() {
    let shop = TestLedger::new();
    shop.put(PATH, case());
    shop.write("../photo.jpg", "a photo");
    shop.run(&["attach", ID, "../photo.jpg"]).ok();
    let kept = format!("files/{ID}/photo.jpg");
    shop.run(&["check"]).ok();
    link(&shop, "/etc/passwd", &kept);
    let found = shop.run(&["check"]);
    assert!(found.out.contains("missing-file"), "{}{}", found.out, found.err);
}

#[test]
fn a_ledger_is_the_nearest_that_is_named_so_be_it_behind_a_link() {
    let shop = TestLedger::new();
    link(&shop, "../../elsewhere/none", "below/fb.toml");
    shop.refused(&["-C", "below", "list"], 3).says(&["fb.toml", "symbolic link"]);
    fs::remove_file(shop.dir.join("below/fb.toml")).unwrap();
    shop.shell("mkfifo below/fb.toml").ok();
    let ran = soon(&shop, "-C below list");
    assert_eq!(ran.status, 3, "{}", ran.err);
    ran.says(&["fb.toml", "not a file"]);
}

#[test]
fn new_files_have_what_the_umask_leaves() {
    for (umask, file) in [("077", 0o600), ("027", 0o640), ("022", 0o644), ("002", 0o664), ("000", 0o666)] {
        let shop = TestLedger::empty();
        shop.write("../photo.jpg", "a photo");
        fs::set_permissions(shop.dir.join("../photo.jpg"), fs::Permissions::from_mode(0o644)).unwrap();
        let line = format!(
            "umask {umask} && fb --lang en init . && \
             fb new --title cup --channel hotline --kind complaint && \
             fb attach $(basename cases/new/*.yaml .yaml) ../photo.jpg && \
             fb escalate $(basename cases/new/*.yaml .yaml) --reason third && \
             fb export --reveal -o ../all.csv && fb report monthly 2026-11 -o ../page.html && \
             fb report monthly 2026-11 -o ../page.xlsx && fb mend --install && \
             printf 'title,kind,channel,received\nx,praise,chat,2026-11-20 10:00\ny,,,\n' > ../in.csv && \
             fb import ../in.csv --rejects ../rejects.csv"
        );
        shop.shell(&line).ok();
        let names = |under: &str| -> Vec<String> {
            let entries = fs::read_dir(shop.dir.join(under)).unwrap();
            entries.map(|entry| format!("{under}/{}", entry.unwrap().file_name().to_str().unwrap())).collect()
        };
        let attached = names(&names("files")[0]);
        let cases: Vec<String> =
            names("cases/escalated").into_iter().filter(|it| it.ends_with("yaml")).collect();
        assert_eq!((attached.len(), cases.len()), (1, 1));
        let others = [
            "fb.toml",
            "policy/base.toml",
            "cases/new/.gitkeep",
            "../all.csv",
            "../page.html",
            "../page.xlsx",
            "../rejects.csv",
            ".git/fb.lock",
        ];
        for path in attached.iter().chain(&cases).map(String::as_str).chain(others) {
            assert_eq!(mode(&shop, path), file, "umask {umask}: {path}");
        }
        let directory = file | (file & 0o444) >> 2;
        for path in ["cases", "cases/escalated", "policy", "files", ".git/hooks/post-merge"] {
            assert_eq!(mode(&shop, path), directory, "umask {umask}: {path}");
        }
    }
}

#[test]
fn a_file_that_is_replaced_keeps_its_mode_whatever_the_umask() {
    let shop = TestLedger::new();
    shop.put(PATH, case());
    for own in [0o600, 0o640, 0o664] {
        fs::set_permissions(shop.dir.join(PATH), fs::Permissions::from_mode(own)).unwrap();
        shop.shell(&format!("umask 077 && fb note {ID} x && fb list -o ../list.csv")).ok();
        assert_eq!(mode(&shop, PATH), own);
        fs::set_permissions(shop.dir.join("../list.csv"), fs::Permissions::from_mode(own)).unwrap();
        shop.shell("umask 000 && fb list -o ../list.csv").ok();
        assert_eq!(mode(&shop, "../list.csv"), own);
    }
}

#[test]
fn what_is_attached_is_a_plain_file_of_some_size() {
    let shop = TestLedger::new();
    shop.put(PATH, case());
    shop.shell("mkfifo ../pipe.jpg && truncate -s 1073741825 ../huge.mp4 && ln -s /dev/zero ../zero.jpg")
        .ok();
    let before = shop.snapshot();
    for (file, status, word) in [
        ("../pipe.jpg", 2, "no file"),
        ("../zero.jpg", 2, "no file"),
        ("/dev/zero", 2, "no file"),
        ("../huge.mp4", 3, "1024 MiB"),
    ] {
        let ran = soon(&shop, &format!("attach {ID} {file}"));
        assert_eq!(ran.status, status, "{file}: {}{}", ran.out, ran.err);
        ran.says(&[word]);
        assert_eq!(shop.snapshot(), before, "{file}");
        let brought = shop.dir.join(".git/fb-brought/files").join(ID);
        assert!(fs::read_dir(brought).map_or(true, |mut names| names.next().is_none()), "{file}");
    }
}

#[test]
fn a_ledger_is_not_begun_through_a_link() {
    for at in ["cases", "policy", "calendar", "cases/new", "policy/base.toml", ".gitattributes"] {
        let shop = TestLedger::empty();
        shop.write("../elsewhere/secret", "secret");
        let up = "../".repeat(1 + at.matches('/').count());
        let to = if at.contains('.') { format!("{up}elsewhere/new") } else { format!("{up}elsewhere") };
        link(&shop, &to, at);
        let ran = soon(&shop, "--lang en init .");
        assert_eq!(ran.status, 3, "{at}: {}{}", ran.out, ran.err);
        ran.says(&[at, "symbolic link"]);
        nothing_outside_changed(&shop, at);
        assert!(!Path::new(&shop.dir).join("fb.toml").exists(), "{at}");
    }
}

#[test]
fn drafts_that_came_with_a_ledger_are_read_through_no_link() {
    let shop = unpacked();
    fs::create_dir_all(shop.dir.join(".fb/fb-edit-one")).unwrap();
    fs::create_dir_all(shop.dir.join(".fb/fb-edit-two")).unwrap();
    link(&shop, "../../../elsewhere/secret", ".fb/fb-edit-one/original");
    link(&shop, "/dev/zero", &format!(".fb/fb-edit-one/{ID}.yaml"));
    shop.shell(&format!("mkfifo .fb/fb-edit-two/original .fb/fb-edit-two/{ID}.yaml")).ok();
    link(&shop, "../../elsewhere", ".fb/fb-edit-three");
    let ran = shop.shell(&format!("EDITOR=true timeout 20 fb edit {ID}"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    nothing_outside_changed(&shop, "drafts");
}
