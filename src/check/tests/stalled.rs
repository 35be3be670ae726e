//! A case on which no clock runs and to which nothing happens.

use super::{CONTACTED, HEAD, POLICY, RECEIVED, checked, lines};
use crate::error::Finding;

const OWNED: &str = "    owner: li.na\n";
const NOTED: &str = "  - noted: 2026-12-20T10:00:00+08:00\n    note: soon\n";

fn found(policy: &str, directory: &str, history: &[&str], now: &str) -> Vec<Finding> {
    let text = format!("{HEAD}{RECEIVED}{OWNED}{CONTACTED}{}", history.concat());
    let path = format!("cases/{directory}/20261122-7k3q9x.yaml");
    checked(&[("policy/base.toml", policy), (&path, &text)], &format!("2026-12-{now}:00+08:00"))
}

#[test]
fn it_is_found_at_its_last_step_after_fourteen_days() {
    // The receipt is on line 6, its owner on 8, contacted on 9; the 14th day after the 22nd is the 6th of December
    assert_eq!(lines(&found(POLICY, "new", &[], "07T00:00")), Vec::<String>::new());
    let late = found(POLICY, "new", &[NOTED], "20T10:00");
    assert_eq!(lines(&late), ["error stalled 20261122-7k3q9x.yaml:9:5"]);
    let message = "7k3q9x is new: nothing has happened for 28 d, and no time limit runs";
    assert_eq!(late[0].message.to_string(), message);
    assert_eq!(late[0].notes[0].to_string(), "rule: 14d, because the rules say nothing of it");
    assert_eq!(late[0].help[0].to_string(), "take the next step, such as `fb close 7k3q9x`");
}

#[test]
fn the_rules_may_say_when() {
    let policy = format!("{POLICY}[stalled]\nwaiting = '7d'\nclause = 'S1.5'\n");
    let asked = "  - waiting: 2026-12-01T10:00:00+08:00\n    reason: photo\n";
    assert_eq!(lines(&found(&policy, "waiting", &[asked], "09T00:00")), Vec::<String>::new());
    let late = found(&policy, "waiting", &[asked], "09T00:01");
    assert_eq!(lines(&late), ["error stalled 20261122-7k3q9x.yaml:11:5"]);
    let line = policy.lines().position(|line| line == "[stalled]").unwrap() + 1;
    let rule = format!("rule: policy/base.toml:{line}, S1.5, 7d");
    assert_eq!(late[0].notes[0].to_string(), rule);
}
