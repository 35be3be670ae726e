//! What `fb` is asked to do in a walk, and what it acknowledged.

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use super::hands::under_way;
use super::yard::{Ran, Walk};
use crate::schedules::Chance;

/// A change, with the words that it is to keep.
struct Change {
    arguments: Vec<String>,
    tokens: Vec<String>,
}

/// One of the places; rather one where git is in the middle of something.
pub(super) fn place(walk: &Walk, chance: &mut Chance) -> &'static str {
    let all = walk.places();
    let busy: Vec<&str> = all.iter().copied().filter(|place| under_way(walk, place).is_some()).collect();
    if busy.is_empty() || chance.below(2) == 0 { chance.of::<&str>(&all) } else { chance.of::<&str>(&busy) }
}

/// One of the cases that are here; rarely one that is only elsewhere.
pub(super) fn case(walk: &Walk, chance: &mut Chance, place: &str) -> String {
    let any = chance.of(&walk.cases).clone();
    let here = walk.cases_of(place);
    if here.is_empty() || chance.below(12) == 0 { any } else { chance.of(&here).clone() }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn borrowed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// A verb that the case's status mostly allows.
fn verb(walk: &mut Walk, chance: &mut Chance, place: &str) -> Change {
    let id = case(walk, chance, place);
    of_case(walk, chance, place, &id)
}

fn of_case(walk: &mut Walk, chance: &mut Chance, place: &str, id: &str) -> Change {
    let status = walk.file_of(place, id).map_or(String::new(), |(_, status)| status);
    let token = walk.token();
    let reason = |verb: &str| owned(&[verb, id, "--reason", &token]);
    let plain = |verb: &str| owned(&[verb, id, "-m", &token]);
    let note = owned(&["note", id, &token]);
    let arguments = match (status.as_str(), chance.below(8)) {
        (_, 0 | 1) => note,
        (_, 2) => owned(&["amend", id, "--urgency", "important", "--reason", &token]),
        ("new", _) => {
            [plain("triage"), owned(&["--category", "other", "--urgency", "general", "--justified"])].concat()
        }
        ("triaged", _) => [plain("assign"), owned(&["--department", "service"])].concat(),
        ("resolved", 3..=5) => [plain("follow-up"), owned(&["--outcome", "satisfied"])].concat(),
        ("closed" | "rejected" | "resolved", _) => reason("reopen"),
        (_, 3) => plain("contact"),
        (_, 4) => plain("close"),
        (_, 5) => plain("resolve"),
        (_, 6) => reason("reject"),
        _ => reason("escalate"),
    };
    Change { arguments, tokens: vec![token] }
}

/// A note, which every status allows.
fn note(walk: &mut Walk, chance: &mut Chance, place: &str) -> Change {
    let id = case(walk, chance, place);
    let token = walk.token();
    Change { arguments: owned(&["note", &id, &token]), tokens: vec![token] }
}

/// A change of any kind, with the flags that a person may give.
fn any(walk: &mut Walk, chance: &mut Chance, place: &str) -> Change {
    let mut change = match chance.below(10) {
        0..=2 => note(walk, chance, place),
        3 => new(walk),
        4 => attach(walk, chance, place),
        5 => import(walk),
        _ => verb(walk, chance, place),
    };
    match chance.below(8) {
        0 | 1 => change.arguments.insert(0, "--no-commit".to_owned()),
        2 => change.arguments.insert(0, "-q".to_owned()),
        3 => change.arguments.extend(owned(&["--format", "json"])),
        4 => change.arguments.extend(owned(&["--format", "json", "-q", "--no-commit"])),
        _ => {}
    }
    change
}

fn new(walk: &mut Walk) -> Change {
    let token = walk.token();
    let arguments = owned(&["new", "--kind", "complaint", "--channel", "chat", "--title", &token]);
    Change { arguments, tokens: vec![token] }
}

/// A photo: its bytes are kept as well.
fn attach(walk: &mut Walk, chance: &mut Chance, place: &str) -> Change {
    let id = case(walk, chance, place);
    let (said, held) = (walk.token(), walk.token());
    let photo = walk.path(&format!("{}.txt", said.to_uppercase()));
    fs::write(&photo, &held).unwrap();
    Change {
        arguments: owned(&["attach", &id, photo.to_str().unwrap(), "-m", &said]),
        tokens: vec![said, held],
    }
}

fn import(walk: &mut Walk) -> Change {
    let tokens = vec![walk.token(), walk.token()];
    let rows: String = tokens
        .iter()
        .map(|token| format!("{},complaint,{token},chat,2026-11-22 09:00\n", token.to_uppercase()))
        .collect();
    let table = walk.path(&format!("{}.csv", tokens[0].to_uppercase()));
    fs::write(&table, format!("external,kind,title,channel,received\n{rows}")).unwrap();
    Change { arguments: owned(&["import", table.to_str().unwrap()]), tokens }
}

/// Holds what a change comes to: what was said of it is so, and nothing that was there is gone.
fn ended(walk: &mut Walk, place: &str, change: &Change, ran: &Ran) {
    if !ran.ok() {
        return;
    }
    change.tokens.iter().for_each(|token| walk.acknowledge(token, ran));
    // A new case takes part from here on.
    if change.arguments.iter().any(|word| word == "new") {
        let titled = format!("title: {}", change.tokens[0]);
        let is_it =
            |path: &&std::path::PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains(&titled));
        let made = walk.case_files(place).iter().find(is_it).cloned();
        walk.cases.extend(made.and_then(|path| Some(path.file_stem()?.to_str()?.to_owned())));
    }
}

/// Whether the commit at which a place is has a word.
fn at_head(walk: &Walk, place: &str, token: &str) -> bool {
    !walk.ask(place, &["grep", "-l", "-F", token, "HEAD"]).is_empty()
}

/// One change; what is acknowledged and not committed is said to be so, in every format.
pub(super) fn change(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    change_in(walk, chance, place);
}

pub(super) fn change_in(walk: &mut Walk, chance: &mut Chance, place: &str) {
    let change = any(walk, chance, place);
    let before = walk.tokens_in(place);
    let ran = walk.fb_with(place, &borrowed(&change.arguments), &[]);
    ended(walk, place, &change, &ran);
    nothing_is_gone(walk, place, &before);
    if !ran.ok() || at_head(walk, place, &change.tokens[0]) {
        return;
    }
    let asked = change.arguments.iter().any(|word| word == "--no-commit");
    if !asked && ran.err.is_empty() {
        walk.blame("UNSAID: the change is not committed, and nothing says so".to_owned());
    }
    let json = change.arguments.iter().any(|word| word == "json");
    if json && serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()["committed"] != false {
        walk.blame(format!("UNSAID: the change is not committed, and the JSON does not say so: {}", ran.out));
    }
}

/// No command of ours takes a word out of the files that is nowhere else.
fn nothing_is_gone(walk: &mut Walk, place: &str, before: &[String]) {
    let after = walk.tokens_in(place);
    let gone: Vec<&String> = before.iter().filter(|token| !after.contains(token)).collect();
    if gone.is_empty() {
        return;
    }
    let elsewhere = walk.committed();
    let gone: Vec<String> = gone.into_iter().filter(|token| !elsewhere.contains(*token)).cloned().collect();
    if gone.is_empty() {
        return;
    }
    let kept = walk.kept(place);
    if let Some(token) = gone.iter().find(|token| !kept.contains(token)) {
        walk.blame(format!("GONE: {token} was in a file, and the command left it nowhere"));
    }
}

/// A command that is no change of one case.
pub(super) fn other(walk: &mut Walk, chance: &mut Chance) {
    const LINES: [&[&str]; 11] = [
        &["sync"],
        &["sync"],
        &["sync"],
        &["sync", "--no-push"],
        &["mend"],
        &["mend"],
        &["undo"],
        &["undo", "--format", "json"],
        &["recover"],
        &["recover", "--all"],
        &["mend", "--install"],
    ];
    let place = place(walk, chance);
    let line = *chance.of(&LINES);
    let before = walk.tokens_in(place);
    walk.fb(place, line);
    nothing_is_gone(walk, place, &before);
}

/// Mends, where there is something to mend.
pub(super) fn mend(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let before = walk.tokens_in(place);
    walk.fb(place, &["mend"]);
    nothing_is_gone(walk, place, &before);
}

/// An editor that is a script: it adds a comment, or an event by hand.
pub(super) fn edit(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let id = case(walk, chance, place);
    let token = walk.token();
    let editor = match chance.below(3) {
        0 => format!("sed -i '$a # {token}'"),
        1 => format!("sed -i 's/^channel:/# {token}\\n&/'"),
        _ => format!("sed -i 's/^kind: complaint$/& # {token}/'"),
    };
    let commit: &[&str] = if chance.below(4) == 0 { &["--no-commit"] } else { &[] };
    let before = walk.tokens_in(place);
    let ran = walk.fb_with(place, &[commit, &["edit", &id]].concat(), &[("EDITOR", &editor)]);
    nothing_is_gone(walk, place, &before);
    // An editor that found nothing to replace changed nothing.
    if ran.ok() && walk.tokens_in(place).contains(&token) {
        walk.acknowledge(&token, &ran);
    }
}

/// Several at once, of which each is acknowledged or not.
pub(super) fn crowd(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let count = 2 + chance.below(3);
    let changes: Vec<Change> = (0..count).map(|_| any(walk, chance, place)).collect();
    let running: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let child = walk.ours(place, &borrowed(&change.arguments)).spawn().unwrap();
            (change, child)
        })
        .collect();
    for (change, child) in running {
        let told = walk.tell(place, &format!("fb {} &", change.arguments.join(" ")));
        let ran = walk.wait(child, told);
        walk.ended(&ran);
        ended(walk, place, &change, &ran);
    }
}

/// Both clones go on with the same case, and the second meets the first's work by git's means.
pub(super) fn diverge(walk: &mut Walk, chance: &mut Chance) {
    let (first, second) = if chance.below(2) == 0 { ("a", "b") } else { ("b", "a") };
    let id = case(walk, chance, first);
    for place in [first, second] {
        for _ in 0..=chance.below(2) {
            let change = of_case(walk, chance, place, &id);
            let ran = walk.fb(place, &borrowed(&change.arguments));
            ended(walk, place, &change, &ran);
        }
    }
    walk.git(first, &["push", "--quiet", "origin", "HEAD:main"]);
    let how: &[&str] = match chance.below(6) {
        0..=2 => &["pull", "--no-edit", "--quiet", "origin", "main"],
        3 | 4 => &["pull", "--rebase", "--quiet", "origin", "main"],
        _ => &["fetch", "--quiet"],
    };
    walk.meddled = true;
    walk.git(second, how);
    if how[0] == "fetch" {
        walk.git(second, &["cherry-pick", "origin/main"]);
    }
}

fn signal(name: &str, pid: u32) {
    let line = format!("kill -{name} {pid} 2>/dev/null");
    Command::new("sh").args(["-c", &line]).status().unwrap();
}

/// A change that is ended, or held up, at any moment.
pub(super) fn stopped(walk: &mut Walk, chance: &mut Chance) {
    let place = place(walk, chance);
    let change = match chance.below(6) {
        0 => Change { arguments: owned(&["sync"]), tokens: Vec::new() },
        1 => Change { arguments: owned(&["undo"]), tokens: Vec::new() },
        2 => Change { arguments: owned(&["mend"]), tokens: Vec::new() },
        _ => any(walk, chance, place),
    };
    let name = *chance.of(&["TERM", "KILL", "STOP"]);
    let moment = Duration::from_micros(chance.below(25_000));
    let child = walk.ours(place, &borrowed(&change.arguments)).spawn().unwrap();
    let told =
        walk.tell(place, &format!("fb {} & sleep {moment:?}; kill -{name} $!", change.arguments.join(" ")));
    let pid = child.id();
    sleep(moment);
    signal(name, pid);
    let mut another = None;
    if name == "STOP" {
        // Meanwhile a hand is at work, or another command waits for its turn.
        match chance.below(3) {
            0 => drop(walk.git(place, &["commit", "--quiet", "--all", "-m", "by hand"])),
            1 => drop(walk.git(place, &["stash", "push", "--quiet"])),
            _ => {
                let change = note(walk, chance, place);
                another = Some((walk.ours(place, &borrowed(&change.arguments)).spawn().unwrap(), change));
            }
        }
        sleep(Duration::from_micros(chance.below(8_000)));
        signal("CONT", pid);
    }
    let ran = walk.wait(child, told);
    walk.ended(&ran);
    ended(walk, place, &change, &ran);
    if let Some((child, change)) = another {
        let told = walk.tell(place, &format!("fb {} &", change.arguments.join(" ")));
        let ran = walk.wait(child, told);
        walk.ended(&ran);
        ended(walk, place, &change, &ran);
    }
}

/// Whether a place has a case file that cannot be read.
pub(super) fn is_unreadable(walk: &mut Walk, place: &str) -> bool {
    !walk.fb(place, &["check", "--only", "unreadable,conflict-marker"]).ok()
}

/// What `fb recover --all` puts back is there.
pub(super) fn recover(walk: &mut Walk, place: &str) {
    let kept = walk.kept(place);
    let mut ran = walk.fb(place, &["recover", "--all"]);
    if ran.status == Some(1) {
        // A stash of a move that was not committed leaves the case in two places: `recover` says what joins them.
        walk.fb(place, &["mend"]);
        ran = walk.fb(place, &["recover", "--all"]);
    }
    // What a hand made of a conflict, and nobody can read: that is the hand's to put right, and what is kept stays kept.
    if ran.status == Some(1) && (ran.err.contains("of by-hand/") || is_unreadable(walk, place)) {
        return;
    }
    if !ran.ok() {
        walk.blame(format!("RECOVER: nothing is put back: {}{}", ran.out, ran.err));
        return;
    }
    let there = walk.tokens_in(place);
    if let Some(token) = kept.iter().find(|token| !there.contains(token)) {
        walk.blame(format!("RECOVER: {token} was put back in {place}, and is not there"));
    }
}
