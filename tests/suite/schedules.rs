//! Clones that work on one ledger at random, offline, with clocks that go wrong, and sync at random: at the end all have
//! the same, and every event that any of them was told of is in it exactly once.
//!
//! `FB_SCHEDULES` says how many schedules to try (6 without it), `FB_SEED` with which to begin.

use std::collections::BTreeMap;
use std::fs;

use jiff::{SignedDuration, Timestamp};

use crate::clones::{Clones, Tree};
use crate::ledger::{Ran, TestLedger};

/// A small generator (xorshift): the same schedule for the same seed, everywhere.
pub(crate) struct Chance(pub u64);

impl Chance {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }

    pub(crate) fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len() as u64) as usize]
    }
}

/// The verbs, with what they need.
const VERBS: [&[&str]; 15] = [
    &["note", "客户又来电"],
    &["triage", "--category", "other", "--urgency", "general", "--justified"],
    &["assign", "--department", "quality"],
    &["accept"],
    &["contact"],
    &["diagnose", "--cause", "包装太薄"],
    &["propose", "--remedy", "replacement"],
    &["wait", "--reason", "等客户寄回"],
    &["resume"],
    &["escalate", "--reason", "客户要见主管"],
    &["resolve"],
    &["close"],
    &["reject", "--reason", "不是本店的货"],
    &["reopen", "--reason", "又坏了"],
    &["amend", "--urgency", "urgent", "--reason", "客户等不及"],
];

/// A schedule under way.
struct Schedule<'s> {
    clones: Clones<'s>,
    chance: Chance,
    /// How far each clone's clock is off.
    skews: Vec<SignedDuration>,
    now: Timestamp,
    /// What each clone was told is written: the case, and the lines of the event.
    told: Vec<(String, String)>,
    /// What happened, for whoever has to find out why.
    story: String,
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

impl<'s> Schedule<'s> {
    fn new(shop: &'s TestLedger, seed: u64) -> Schedule<'s> {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            chance.below(2);
        }
        let clones = Clones::new(shop);
        let count = 2 + chance.below(3) as usize;
        NAMES[2..count].iter().for_each(|name| clones.clone(name));
        for name in &NAMES[..count] {
            clones.git(name, &["config", "user.email", &format!("{name}@example.cn")]);
        }
        let skews = (0..count).map(|_| SignedDuration::from_mins(chance.below(180) as i64 - 90)).collect();
        let now = shop.now().parse().unwrap();
        Schedule { clones, chance, skews, now, told: Vec::new(), story: String::new() }
    }

    fn fb(&mut self, clone: usize, arguments: &[&str]) -> Ran {
        let now = (self.now + self.skews[clone]).to_string();
        let ran = self.clones.at(&now, NAMES[clone], arguments);
        self.story += &format!("{} {now} fb {}: {}\n", NAMES[clone], arguments.join(" "), ran.status);
        ran
    }

    fn step(&mut self) {
        self.now += SignedDuration::from_secs(self.chance.below(1200) as i64);
        let clone = self.chance.below(self.skews.len() as u64) as usize;
        match self.chance.below(10) {
            0 | 1 => {
                let title = format!("第 {} 件", self.told.len());
                let ran = self.fb(
                    clone,
                    &[
                        "new",
                        "--kind",
                        "complaint",
                        "--title",
                        &title,
                        "--channel",
                        "chat",
                        "--format",
                        "json",
                    ],
                );
                let id = ran.ok().json()["cases"][0]["id"].as_str().unwrap().to_owned();
                self.remember(clone, &id);
            }
            2 | 3 => self.sync(clone),
            4 => self.retitle(clone),
            _ => {
                let Some(id) = self.any_case(clone) else { return };
                let verb = self.chance.of(&VERBS).to_vec();
                let arguments = [&verb[..1], &[id.as_str()], &verb[1..]].concat();
                let ran = self.fb(clone, &arguments);
                // What the lifecycle or a clock forbids is refused, and nothing was promised.
                match ran.status {
                    0 => self.remember(clone, &id),
                    _ => assert!(ran.status == 2, "{}{}\n{}", ran.out, ran.err, self.story),
                }
            }
        }
    }

    fn sync(&mut self, clone: usize) {
        let ran = self.fb(clone, &["sync"]);
        assert_eq!(ran.status, 0, "{}{}\n{}", ran.out, ran.err, self.story);
    }

    /// A correction by hand: no event, but a key of the intake.
    fn retitle(&mut self, clone: usize) {
        let Some(id) = self.any_case(clone) else { return };
        let (path, text) = self.file(clone, &id);
        let title = format!("title: 改过 {}", self.chance.below(1000));
        let lines: Vec<&str> =
            text.lines().map(|line| if line.starts_with("title:") { &title } else { line }).collect();
        fs::write(self.clones.path(NAMES[clone]).join(path), lines.join("\n") + "\n").unwrap();
        self.clones.git(NAMES[clone], &["commit", "--quiet", "--all", "-m", "by hand"]);
        self.story += &format!("{} {id} {title}\n", NAMES[clone]);
    }

    fn any_case(&mut self, clone: usize) -> Option<String> {
        let mut ids: Vec<String> = cases(&self.clones.tree(NAMES[clone])).into_keys().collect();
        ids.sort();
        (!ids.is_empty()).then(|| self.chance.of(&ids).clone())
    }

    fn file(&self, clone: usize, id: &str) -> (String, String) {
        cases(&self.clones.tree(NAMES[clone])).remove(id).unwrap()
    }

    /// The last event of the file is what the clone was told of.
    fn remember(&mut self, clone: usize, id: &str) {
        let (_, text) = self.file(clone, id);
        self.told.push((id.to_owned(), events(&text).last().unwrap().clone()));
    }

    /// Everybody syncs until all have all, and holds that nothing is missing.
    fn end(mut self) {
        for _ in 0..2 {
            (0..self.skews.len()).for_each(|clone| self.sync(clone));
        }
        let tree = self.clones.tree(NAMES[0]);
        for name in &NAMES[..self.skews.len()] {
            assert_eq!(self.clones.tree(name), tree, "{name}\n{}", self.story);
        }
        let cases = cases(&tree);
        for (id, event) in &self.told {
            let (path, text) = &cases[id];
            let found = events(text).into_iter().filter(|one| one == event).count();
            assert_eq!(
                found,
                self.told.iter().filter(|told| told.0 == *id && told.1 == *event).count(),
                "{path}: {event}\n{text}\n{}",
                self.story
            );
        }
        // Later than the fastest clock.
        let now = (self.now + SignedDuration::from_hours(3)).to_string();
        let ran = self.clones.at(&now, NAMES[0], &["check", "--format", "json"]);
        let findings = ran.json()["findings"].as_array().unwrap().clone();
        let errors: Vec<_> =
            findings.iter().filter(|one| one["severity"] == "error" && one["code"] != "overdue").collect();
        assert!(errors.is_empty(), "{errors:#?}\n{}", self.story);
        let ran = self.clones.at(&now, NAMES[0], &["audit", "--format", "json"]);
        let findings = ran.json()["findings"].as_array().unwrap().clone();
        assert!(findings.is_empty(), "{findings:#?}\n{}", self.story);
        for name in &NAMES[..self.skews.len()] {
            let status = self.clones.git(name, &["status", "--porcelain", "--untracked-files=all"]);
            assert_eq!(status, "", "{name}\n{}", self.story);
        }
    }
}

/// The case files of a tree by id, each with its path; no case has two.
fn cases(tree: &Tree) -> BTreeMap<String, (String, String)> {
    let mut cases = BTreeMap::new();
    for (path, text) in tree.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "yaml")) {
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let path = path.to_str().unwrap().to_owned();
        assert!(cases.insert(id.clone(), (path, text.clone())).is_none(), "{id} is in two places");
    }
    cases
}

/// The lines of each event.
fn events(text: &str) -> Vec<String> {
    let history = text.split_once("history:\n").unwrap().1;
    history.split("  - ").filter(|event| !event.is_empty()).map(|event| event.trim_end().to_owned()).collect()
}

fn run(seed: u64) {
    let shop = TestLedger::empty();
    let mut schedule = Schedule::new(&shop, seed);
    schedule.story += &format!("seed {seed}\n");
    let steps = 10 + schedule.chance.below(25);
    (0..steps).for_each(|_| schedule.step());
    schedule.end();
}

#[test]
fn clones_that_work_at_random_end_up_with_the_same_and_with_everything() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|word| word.parse().ok()).unwrap_or(default)
    };
    let first = number("FB_SEED", 1);
    (first..first + number("FB_SCHEDULES", 6)).for_each(run);
}

/// Schedules that failed once: clerks whose clocks were behind the last stamp.
#[test]
fn what_failed_once_does_not_fail_again() {
    [1093, 2340, 3350].into_iter().for_each(run);
}
