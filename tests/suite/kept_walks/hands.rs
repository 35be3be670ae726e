//! What people do around `fb` in a walk: with git, with an editor, and with what gets in the way.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::ours::{case, change_in, place};
use super::yard::Walk;
use crate::schedules::Chance;

/// What git is in the middle of.
pub(super) fn under_way(walk: &Walk, place: &str) -> Option<&'static str> {
    let directory = walk.git_dir(place);
    let marks = [
        ("rebase-merge", "rebase"),
        ("rebase-apply", "rebase"),
        ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
        ("sequencer", "cherry-pick"),
        ("BISECT_LOG", "bisect"),
    ];
    marks.into_iter().find(|(mark, _)| directory.join(mark).exists()).map(|(_, what)| what)
}

/// One of these command lines.
fn one<'a>(chance: &mut Chance, all: &[&'a [&'a str]]) -> &'a [&'a str] {
    chance.of::<&[&str]>(all)
}

fn unmerged(walk: &Walk, place: &str) -> Vec<String> {
    let listed = walk.ask(place, &["diff", "--name-only", "--diff-filter=U", "-z"]);
    listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
}

pub(super) fn pull(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let how = one(
        chance,
        &[
            &["pull", "--no-edit"],
            &["pull", "--no-edit"],
            &["pull", "--rebase"],
            &["pull", "--rebase", "--autostash"],
            &["pull", "--ff-only"],
            &["merge", "--no-edit", "side"],
            &["rebase", "side"],
            &["fetch"],
            &["rebase", "origin/main"],
        ],
    );
    walk.meddled = true;
    match (place, how[0]) {
        ("w", "pull") => walk.git(place, &["merge", "--no-edit", "main"]),
        _ => walk.git(place, &[how, &["--quiet"]].concat()),
    };
}

pub(super) fn push(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    walk.git(place, &["push", "--quiet", "origin", "HEAD:main"]);
}

/// Resolves what is in conflict as people do it, often without telling git.
pub(super) fn resolve(walk: &mut Walk, chance: &mut Chance) {
    for place in walk.places() {
        for path in unmerged(walk, place) {
            let file = walk.path(place).join(&path);
            match chance.below(6) {
                0 | 1 => drop(walk.git(place, &["checkout", "--ours", "--", &path])),
                2 => drop(walk.git(place, &["checkout", "--theirs", "--", &path])),
                3 if chance.below(3) == 0 => drop(walk.git(place, &["rm", "--quiet", "--", &path])),
                3 => {}
                _ => {
                    let Ok(text) = fs::read_to_string(&file) else { continue };
                    fs::write(&file, without_markers(&text, chance.below(3))).unwrap();
                    walk.tell(place, &format!("vi {path}"));
                }
            }
            if chance.below(2) == 0 {
                walk.git(place, &["add", "--", &path]);
            }
        }
    }
}

/// The text as an editor leaves it: both sides, or one of them.
fn without_markers(text: &str, side: u64) -> String {
    let (mut kept, mut part) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        match line.get(..7) {
            Some("<<<<<<<") => part = 1,
            Some("|||||||") => part = 3,
            Some("=======") => part = 2,
            Some(">>>>>>>") => part = 0,
            _ if part == 0 || side == 0 && part != 3 || side == part => kept.push_str(line),
            _ => {}
        }
    }
    kept
}

/// Goes on with what is under way, or gives it up.
pub(super) fn go_on(walk: &mut Walk, chance: &mut Chance) {
    for place in walk.places() {
        let Some(what) = under_way(walk, place) else { continue };
        if what == "bisect" {
            walk.git(place, &["bisect", "reset"]);
            continue;
        }
        match chance.below(6) {
            0 | 1 => drop(walk.git(place, &[what, "--abort"])),
            2 if what != "merge" => drop(walk.git(place, &[what, "--skip"])),
            3 => drop(walk.git(place, &[what, "--continue"])),
            _ => {
                walk.git(place, &["add", "--all"]);
                walk.git(place, &[what, "--continue"]);
            }
        }
    }
}

pub(super) fn stash(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let how = one(
        chance,
        &[
            &["push"],
            &["push", "--include-untracked"],
            &["push", "--keep-index"],
            &["pop"],
            &["pop"],
            &["apply"],
            &["drop"],
        ],
    );
    walk.meddled = true;
    walk.git(place, &[&["stash"], how, &["--quiet"]].concat());
}

pub(super) fn checkout(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let how = one(
        chance,
        &[
            &["checkout", "main"],
            &["checkout", "main"],
            &["checkout", "side"],
            &["checkout", "--force", "main"],
            &["checkout", "--force", "side"],
            &["switch", "--detach"],
            &["switch", "--detach", "side"],
            &["checkout", "--merge", "side"],
            &["checkout", "--", "cases"],
        ],
    );
    // What is committed at a linked work tree's detached HEAD goes with it, its reflog too: that is git's.
    if place == "w" && how[1] == "--detach" {
        return;
    }
    walk.git(place, how);
}

pub(super) fn reset(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let how = one(
        chance,
        &[
            &["reset", "--quiet", "--hard"],
            &["reset", "--quiet", "--hard", "HEAD~1"],
            &["reset", "--quiet", "--hard", "origin/main"],
            &["reset", "--quiet", "--hard", "ORIG_HEAD"],
            &["reset", "--quiet", "--merge"],
            &["reset", "--quiet"],
            &["reset", "--quiet", "--soft", "HEAD~1"],
            &["clean", "--quiet", "--force", "-d"],
            &["restore", "--source", "HEAD", "--staged", "--worktree", "cases"],
        ],
    );
    walk.meddled = true;
    walk.git(place, how);
}

/// Commits by hand; an amendment only of what a hand committed.
pub(super) fn commit(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    match chance.below(4) {
        0 => drop(walk.git(place, &["commit", "--quiet", "--all", "-m", "by hand"])),
        1 if walk.ask(place, &["log", "-1", "--format=%s"]).starts_with("by hand") => {
            walk.git(place, &["add", "--all"]);
            walk.git(place, &["commit", "--quiet", "--amend", "--no-edit"]);
        }
        _ => {
            walk.git(place, &["add", "--all"]);
            walk.git(place, &["commit", "--quiet", "-m", "by hand"]);
        }
    }
}

pub(super) fn worktree(walk: &mut Walk, chance: &mut Chance) {
    match walk.path("w").exists() {
        false => drop(walk.git("a", &["worktree", "add", "--quiet", "--force", "../w", "side"])),
        true if chance.below(2) == 0 => {
            walk.git("a", &["worktree", "remove", "--force", "../w"]);
        }
        true => {}
    }
}

pub(super) fn pick(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let how = one(
        chance,
        &[
            &["cherry-pick", "side"],
            &["cherry-pick", "main"],
            &["cherry-pick", "origin/main"],
            &["cherry-pick", "--no-commit", "main"],
            &["revert", "--no-edit", "HEAD"],
            &["revert", "--no-edit", "HEAD~1"],
            &["revert", "--no-commit", "HEAD~1"],
        ],
    );
    walk.meddled = true;
    walk.git(place, how);
}

pub(super) fn bisect(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    if place != "w" {
        walk.git(place, &["bisect", "start", "HEAD", "HEAD~3"]);
    }
}

/// A comment, an event or a correction by hand, not committed.
pub(super) fn write(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let id = case(walk, chance, place);
    let Some((path, _)) = walk.file_of(place, &id) else { return };
    let Ok(text) = fs::read_to_string(&path) else { return };
    let token = walk.token();
    let text = match chance.below(4) {
        0 => text.replacen("kind: complaint\n", &format!("kind: complaint # {token}\n"), 1),
        1 => format!("{text}  - noted: 2026-11-22T10:00:00+08:00\n    by: li.na\n    note: {token}\n"),
        2 => text.replacen("\nchannel: ", &format!("\ndescription: {token}\nchannel: "), 1),
        _ => format!("{text}# {token}\n"),
    };
    fs::write(&path, text).unwrap();
    walk.meddled = true;
    walk.tell(place, &format!("vi {}  # {token}", path.display()));
}

/// A person moves a file, or takes one away.
pub(super) fn tidy(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let id = case(walk, chance, place);
    let Some((path, _)) = walk.file_of(place, &id) else { return };
    let from = path.strip_prefix(walk.path(place)).unwrap().to_str().unwrap().to_owned();
    walk.meddled = true;
    match chance.below(3) {
        0 => drop(walk.git(place, &["rm", "--quiet", &from])),
        _ => drop(walk.git(place, &["mv", &from, &format!("cases/waiting/{id}.yaml")])),
    }
}

pub(super) fn gc(walk: &mut Walk, chance: &mut Chance) {
    let place = *chance.of(&["a", "b"]);
    walk.git(place, &["gc", "--quiet", "--prune=now"]);
}

/// A lock of another git that stays for the length of a command, at times for longer.
pub(super) fn lock(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let lock = walk.git_dir(place).join("index.lock");
    if !lock.exists() {
        fs::write(&lock, "").unwrap();
        walk.tell(place, "touch $(git rev-parse --git-dir)/index.lock");
        change_in(walk, chance, place);
    }
    if chance.below(8) != 0 {
        fs::remove_file(&lock).unwrap();
        walk.tell(place, "rm $(git rev-parse --git-dir)/index.lock");
    }
}

/// A hook that refuses, and that goes again.
pub(super) fn hook(walk: &mut Walk, chance: &mut Chance) {
    let place = *chance.of(&["a", "b"]);
    let hook = walk.path(place).join(".git/hooks/pre-commit");
    if hook.exists() {
        fs::remove_file(&hook).unwrap();
        walk.tell(place, "rm .git/hooks/pre-commit");
    } else {
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
        walk.tell(
            place,
            "printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit",
        );
    }
}

/// Takes away what is in the way, and gives up whatever is under way.
pub(super) fn settle(walk: &mut Walk) {
    for place in walk.places() {
        let directory = walk.git_dir(place);
        for left in ["index.lock", "hooks/pre-commit"] {
            if fs::remove_file(directory.join(left)).is_ok() {
                walk.tell(place, &format!("rm $(git rev-parse --git-dir)/{left}"));
            }
        }
    }
    for place in walk.places() {
        if let Some(what) = under_way(walk, place) {
            let how = if what == "bisect" { "reset" } else { "--abort" };
            if !walk.git(place, &[what, how]).ok() {
                walk.git(place, &["reset", "--quiet", "--hard"]);
                walk.git(place, &[what, how]);
            }
        }
        if under_way(walk, place).is_some_and(|what| what != "bisect") {
            let what = under_way(walk, place).unwrap();
            walk.git(place, &[what, "--quit"]);
        }
        if !unmerged(walk, place).is_empty() {
            walk.git(place, &["reset", "--quiet", "--hard"]);
        }
        for path in walk.case_files(place) {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            if text.lines().any(|line| line.starts_with("<<<<<<<")) {
                fs::write(&path, without_markers(&text, 0)).unwrap();
                walk.tell(place, &format!("vi {}", path.display()));
            }
        }
    }
}
