//! Walks of one to four dozen steps at random, in which `fb` writes while hands do with git what hands do: conflicts
//! resolved this way and that, rebases given up, stashes dropped, branches changed, processes ended and held up.
//!
//! At the end, everything that a command acknowledged (it ended with 0) is in a commit or under `fb recover`, no command
//! has taken out of a file what is nowhere else, and every ledger can be written to. A commit counts that a reference or
//! a reflog reaches: what a hand's `git reset --hard` leaves behind is git's to find again, and was committed.
//!
//! `FB_WALKS` says how many walks to try (6 without it), `FB_SEED` with which to begin, `FB_BIN` which program. A walk that
//! fails is tried with fewer steps, and printed as shell commands; with `FB_WHOLE` as it is.

mod hands;
mod ours;
mod yard;

use std::collections::BTreeMap;

use crate::schedules::Chance;
use yard::Walk;

type Deed = fn(&mut Walk, &mut Chance);

/// What happens, and how often.
const DEEDS: &[(u64, Deed)] = &[
    (30, ours::change),
    (9, ours::other),
    (4, ours::mend),
    (3, ours::edit),
    (4, ours::crowd),
    (6, ours::stopped),
    (8, ours::diverge),
    (9, hands::pull),
    (5, hands::push),
    (7, hands::resolve),
    (7, hands::go_on),
    (5, hands::stash),
    (4, hands::checkout),
    (3, hands::reset),
    (4, hands::commit),
    (2, hands::worktree),
    (3, hands::pick),
    (1, hands::bisect),
    (3, hands::write),
    (1, hands::tidy),
    (1, hands::gc),
    (1, hands::lock),
    (2, hands::hook),
];

/// A step, with the seed of its own chances: it is the same whichever steps are before it.
type Step = (Deed, u64);

fn plan(seed: u64) -> Vec<Step> {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..8 {
        chance.below(2);
    }
    let steps = 8 + chance.below(17) + chance.below(17);
    let all: u64 = DEEDS.iter().map(|(weight, _)| weight).sum();
    let mut step = || {
        let mut at = chance.below(all);
        let deed = DEEDS.iter().find(|(weight, _)| {
            let it = at < *weight;
            at = at.wrapping_sub(if it { 0 } else { *weight });
            it
        });
        (deed.unwrap().1, chance.below(u64::MAX >> 12) | 1)
    };
    (0..steps).map(|_| step()).collect()
}

/// What a walk came to.
struct End {
    wrong: Option<String>,
    story: Vec<String>,
    acknowledged: usize,
}

fn walk(steps: &[Step]) -> End {
    let mut walk = Walk::new();
    for (deed, seed) in steps {
        walk.tick();
        deed(&mut walk, &mut Chance(*seed));
        if walk.wrong.is_some() {
            break;
        }
    }
    if walk.wrong.is_none() {
        holds(&mut walk);
    }
    End { acknowledged: walk.told.len(), wrong: walk.wrong, story: walk.story }
}

/// What has to hold at the end of a walk.
fn holds(walk: &mut Walk) {
    walk.tick();
    hands::settle(walk);
    everything_is_kept(walk);
    if !walk.meddled {
        nothing_is_wrong(walk, "before anything is mended");
    }
    for place in walk.places() {
        walk.tick();
        let token = walk.token();
        let new = ["new", "--kind", "complaint", "--channel", "chat", "--title", &token, "--format", "json"];
        let ran = walk.fb(place, &new);
        let id = serde_json::from_str::<serde_json::Value>(&ran.out)
            .ok()
            .and_then(|told| Some(told["cases"][0]["id"].as_str()?.to_owned()));
        let Some(id) = id.filter(|_| ran.ok()) else {
            return walk.blame(format!("WEDGED: {place} takes no case any more: {}", ran.err));
        };
        walk.acknowledge(&token, &ran);
        let ran = walk.fb(place, &["note", &id, "plain"]);
        if !ran.ok() {
            return walk.blame(format!("WEDGED: {place} takes no note any more: {}", ran.err));
        }
    }
    for place in walk.places() {
        ours::recover(walk, place);
        walk.fb(place, &["mend"]);
    }
    everything_is_kept(walk);
    nothing_is_twice(walk);
    nothing_is_wrong(walk, "after it was mended");
}

fn everything_is_kept(walk: &mut Walk) {
    let committed = walk.committed();
    let mut lost: Vec<_> =
        walk.told.iter().filter(|told| !committed.contains(&told.token)).cloned().collect();
    for place in ["a", "b"] {
        if !lost.is_empty() {
            let kept = walk.kept(place);
            lost.retain(|told| !kept.contains(&told.token));
        }
    }
    if let Some(told) = lost.first() {
        walk.blame(format!("LOST: {} of {}", told.token, told.by));
    }
}

/// No event of ours is in a case twice. That git's cherry-pick may give it to another case that is alike, is git's.
fn nothing_is_twice(walk: &mut Walk) {
    for place in walk.places() {
        for path in walk.case_files(place) {
            let mut times: BTreeMap<String, usize> = BTreeMap::new();
            let text = std::fs::read_to_string(&path).unwrap();
            yard::tokens_of(&text).into_iter().for_each(|token| *times.entry(token).or_default() += 1);
            times.retain(|token, times| *times > 1 && walk.told.iter().any(|told| told.token == *token));
            let Some((token, times)) = times.pop_first() else { continue };
            if !ours::is_unreadable(walk, place) {
                walk.blame(format!("TWICE: {token} is {times} times in {}", path.display()));
            }
        }
    }
}

/// Nothing that only a command of ours can have made.
fn nothing_is_wrong(walk: &mut Walk, when: &str) {
    for place in walk.places() {
        let ran = walk.fb(place, &["check", "--format", "json"]);
        let Ok(found) = serde_json::from_str::<serde_json::Value>(&ran.out) else {
            return walk.blame(format!("CHECK: check says nothing: {}", ran.err));
        };
        let codes = ["duplicate-id", "wrong-directory", "wrong-name", "missing-keep"];
        let findings = found["findings"].as_array().cloned().unwrap_or_default();
        let wrong = findings.iter().find(|one| codes.iter().any(|code| one["code"] == *code));
        if let Some(wrong) = wrong {
            walk.blame(format!("CHECK: {place} {when}: {wrong}"));
        }
    }
}

/// The kind of what went wrong, without what is different each time.
fn kind(wrong: &str) -> String {
    wrong.split(':').next().unwrap_or_default().to_owned()
}

/// As few of the steps as still go wrong in the same way.
fn shrunk(mut steps: Vec<Step>, mut end: End) -> End {
    let sort = kind(end.wrong.as_deref().unwrap_or_default());
    let mut size = steps.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < steps.len() {
            let fewer: Vec<Step> = steps
                .iter()
                .enumerate()
                .filter(|(nth, _)| *nth < at || *nth >= at + size)
                .map(|(_, one)| *one)
                .collect();
            let again = walk(&fewer);
            if again.wrong.as_deref().is_some_and(|wrong| kind(wrong) == sort) {
                (steps, end) = (fewer, again);
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    end
}

#[test]
fn what_was_acknowledged_is_kept_whatever_hands_do() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|word| word.parse().ok()).unwrap_or(default)
    };
    let (first, count) = (number("FB_SEED", 1), number("FB_WALKS", 6));
    let (mut failed, mut acknowledged) = (Vec::new(), 0);
    for seed in first..first + count {
        let steps = plan(seed);
        let end = walk(&steps);
        acknowledged += end.acknowledged;
        if end.wrong.is_some() {
            let end = if std::env::var_os("FB_WHOLE").is_some() { end } else { shrunk(steps, end) };
            eprintln!("seed {seed}: {}\n{}\n", end.wrong.unwrap_or_default(), end.story.join("\n"));
            failed.push(seed);
        }
    }
    eprintln!("{count} walks, {acknowledged} acknowledged, failed: {failed:?}");
    assert!(failed.is_empty(), "{failed:?}");
}

/// A walk of this test in which two steps on a detached `HEAD` came back without the first, which a branch has otherwise.
#[test]
fn what_was_done_on_no_branch_comes_back_whole() {
    let shop = crate::ledger::TestLedger::free();
    let id = shop.case(&[]);
    let branch = shop.git(&["branch", "--show-current"]);
    let triage = |note: &str| {
        shop.run(&["triage", &id, "--category", "other", "--urgency", "general", "-m", note]).ok()
    };
    shop.git(&["switch", "--quiet", "--detach"]);
    triage("there");
    shop.pass(1);
    shop.run(&["assign", &id, "--department", "service", "-m", "there too"]).ok();
    shop.git(&["switch", "--quiet", &branch]);
    shop.pass(1);
    triage("here");
    shop.run(&["recover", "--all"]).ok();
    let text = shop.read(&shop.path_of(&id));
    for note in ["note: there\n", "note: there too\n", "note: here\n"] {
        assert_eq!(text.matches(note).count(), 1, "{note}{text}");
    }
}

/// Another one, after which nobody could write any more: the conflicted file was gone from the place that it had to get.
#[test]
fn a_conflicted_file_that_is_gone_is_put_together_and_kept() {
    let shop = crate::ledger::TestLedger::free();
    let id = shop.case(&[]);
    let branch = shop.git(&["branch", "--show-current"]);
    let triage = |note: &str| {
        shop.run(&["triage", &id, "--category", "other", "--urgency", "general", "-m", note]).ok()
    };
    shop.git(&["switch", "--quiet", "--create", "theirs"]);
    triage("theirs");
    shop.run(&["assign", &id, "--department", "service"]).ok();
    shop.git(&["switch", "--quiet", &branch]);
    shop.pass(1);
    triage("ours");
    assert_ne!(shop.try_git(&["merge", "theirs"]).status, 0);
    let unmerged = shop.git(&["diff", "--name-only", "--diff-filter=U"]);
    assert!(!unmerged.is_empty());
    unmerged.lines().for_each(|path| drop(std::fs::remove_file(shop.dir.join(path))));
    shop.run(&["mend"]).ok();
    let text = shop.read(&shop.path_of(&id));
    assert!(text.contains("note: ours\n") && text.contains("note: theirs\n"), "{text}");
    shop.git(&["merge", "--abort"]);
    shop.run(&["note", &id, "x"]).ok();
}
