//! A case file, read without the program: what happened in which order, and the status that it leads to.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

/// One entry of a history.
#[derive(Debug, Clone)]
pub(crate) struct Happened {
    pub name: String,
    pub at: Timestamp,
    /// Its place in the file: events are entered in this order.
    pub entered: usize,
    says: BTreeMap<String, String>,
}

impl Happened {
    /// What it says under a key; an empty word is none.
    pub(crate) fn says(&self, key: &str) -> Option<&str> {
        self.says.get(key).map(String::as_str).filter(|word| !word.trim().is_empty())
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub(crate) fn marks(&self, milestone: &str) -> bool {
        self.is("marked") && self.says("milestone") == Some(milestone)
    }

    fn stays(&self) -> bool {
        self.says("open") == Some("true")
    }
}

/// A case: what the customer brought, and what happened, in the order of the stamps.
#[derive(Debug)]
pub(crate) struct Course {
    intake: Value,
    pub events: Vec<Happened>,
    /// The status after each of the events.
    pub status: Vec<&'static str>,
}

impl Course {
    /// Reads a case file. `roles` have to approve a remedy.
    pub(crate) fn read(text: &str, roles: &[&str]) -> Course {
        let intake: Value = serde_yaml::from_str(text).unwrap();
        let history = intake["history"].as_array().unwrap();
        let mut events: Vec<Happened> = history.iter().enumerate().map(happened).collect();
        events.sort_by_key(|event| event.at);
        let status = statuses(&events, intake["kind"].as_str().unwrap(), roles);
        Course { intake, events, status }
    }

    pub(crate) fn kind(&self) -> &str {
        self.intake["kind"].as_str().unwrap()
    }

    pub(crate) fn last_status(&self) -> &'static str {
        self.status[self.status.len() - 1]
    }

    /// Whether the intake has a key that is not empty: `customer.key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        let pointer = format!("/{}", key.replace('.', "/"));
        self.intake.pointer(&pointer).and_then(Value::as_str).is_some_and(|word| !word.trim().is_empty())
    }

    /// Where the current round begins.
    pub(crate) fn round(&self) -> usize {
        let begins = |event: &Happened| {
            event.is("reopened") || event.is("followed-up") && event.says("outcome") == Some("dissatisfied")
        };
        self.events.iter().rposition(begins).map_or(0, |at| at + 1)
    }

    /// What was said last under a key before an event.
    pub(crate) fn said(&self, key: &str, before: usize) -> Option<&str> {
        self.events[..before].iter().rev().find_map(|event| event.says(key))
    }
}

fn happened((entered, entry): (usize, &Value)) -> Happened {
    let entry = entry.as_object().unwrap();
    let mut keys = entry.iter();
    let (name, at) = keys.next().unwrap();
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Happened {
        name: name.clone(),
        at: at.as_str().unwrap().parse().unwrap(),
        entered,
        says: keys.map(|(key, value)| (key.clone(), word(value))).collect(),
    }
}

/// The lifecycle, from the table of events in docs/files.md.
fn statuses(events: &[Happened], kind: &str, roles: &[&str]) -> Vec<&'static str> {
    let mut status = "new";
    let mut before_waiting = "new";
    let mut all = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let next = match event.name.as_str() {
            "reopened" => "investigating",
            _ if event.stays() || matches!(status, "closed" | "rejected") => status,
            "triaged" | "returned" => "triaged",
            "assigned" => "assigned",
            "accepted" | "declined" => "investigating",
            "proposed" => "proposed",
            "approved" if is_approved(&events[..=at], roles) => "approved",
            "waiting" => "waiting",
            "resumed" => before_waiting,
            "escalated" => "escalated",
            "resolved" => "resolved",
            "closed" => "closed",
            "rejected" => "rejected",
            "forwarded" if kind == "praise" => "closed",
            "followed-up" => match event.says("outcome") {
                Some("satisfied") => "closed",
                Some("dissatisfied") => "investigating",
                _ => status,
            },
            _ => status,
        };
        if next == "waiting" && status != "waiting" {
            before_waiting = status;
        }
        status = next;
        all.push(status);
    }
    all
}

/// Whether every role has approved since the last proposal.
fn is_approved(events: &[Happened], roles: &[&str]) -> bool {
    let proposal = events.iter().rposition(|event| event.is("proposed")).unwrap_or(0);
    let approved = |role: &str| {
        events[proposal..].iter().any(|event| event.is("approved") && event.says("as") == Some(role))
    };
    roles.iter().all(|role| approved(role))
}
