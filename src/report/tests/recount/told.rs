//! A case's history as a clerk tells it: what happened, and how the case stood after it.

use std::collections::BTreeMap;

use super::Asked;
use crate::report::tests::drawn::{Drawn, Said};

/// A case as it is known at the horizon.
#[derive(Debug)]
pub(super) struct Told<'d> {
    pub drawn: &'d Drawn,
    pub received: i64,
    /// The first is the receipt.
    pub steps: Vec<Step<'d>>,
}

/// An event, and how the case stood after it.
#[derive(Debug, Clone)]
pub(super) struct Step<'d> {
    pub drawn: &'d Drawn,
    pub said: Said,
    /// When it took effect: not before the receipt.
    pub hour: i64,
    pub status: &'static str,
    pub was_ended: bool,
    pub began_a_round: bool,
    /// Declared void, and not reopened since.
    pub void: bool,
    /// The status before it began to wait.
    before_waiting: Option<&'static str>,
    attributes: BTreeMap<&'static str, &'static str>,
}

/// Tells a case; `None` where it was not received by the horizon.
pub(super) fn tell<'d>(drawn: &'d Drawn, asked: &Asked) -> Option<Told<'d>> {
    let received = drawn.history[0].hour;
    if !asked.knows(received) {
        return None;
    }
    let mut rest = drawn.history[1..].to_vec();
    rest.sort_by_key(|said| said.hour);
    let mut step = Step {
        drawn,
        said: drawn.history[0],
        hour: received,
        status: "new",
        was_ended: false,
        began_a_round: false,
        void: false,
        before_waiting: None,
        attributes: drawn.history[0].words.iter().copied().collect(),
    };
    let mut steps = vec![step.clone()];
    for said in rest {
        let hour = said.hour.max(received);
        if asked.knows(hour) {
            let was_void = step.void;
            step = step.then(said, hour);
            // What is done to a void case counts nowhere; a remark never does.
            if !(was_void && step.void) || said.name == "noted" {
                steps.push(step.clone());
            }
        }
    }
    Some(Told { drawn, received, steps })
}

impl<'d> Step<'d> {
    fn then(&self, said: Said, hour: i64) -> Step<'d> {
        let mut next = Step { said, hour, was_ended: self.ended(), began_a_round: false, ..self.clone() };
        let given = |key: &str| said.words.iter().any(|(said, _)| *said == key);
        match said.name {
            // Another department finds an owner of its own; what is returned belongs to nobody.
            "assigned" if given("department") => drop(next.attributes.remove("owner")),
            "returned" => {
                next.attributes.remove("department");
                next.attributes.remove("owner");
            }
            _ => {}
        }
        next.attributes.extend(said.words.iter().copied());
        next.void = said.name == "voided" || self.void && said.name != "reopened";
        if next.was_ended && !["reopened", "voided"].contains(&said.name) {
            return next;
        }
        next.status = match (said.name, next.says("outcome")) {
            ("triaged" | "returned", _) => "triaged",
            ("assigned", _) => "assigned",
            ("accepted", _) => "investigating",
            ("proposed", _) => "proposed",
            ("waiting", _) => "waiting",
            ("resumed", _) => self.before_waiting.unwrap_or(self.status),
            ("escalated", _) => "escalated",
            ("resolved", _) => "resolved",
            ("closed", _) | ("followed-up", Some("satisfied")) => "closed",
            ("rejected" | "voided", _) => "rejected",
            ("forwarded", _) if self.drawn.kind == "praise" => "closed",
            ("reopened", _) | ("followed-up", Some("dissatisfied")) => {
                next.began_a_round = true;
                "investigating"
            }
            _ => self.status,
        };
        next.before_waiting = match (self.status, next.status) {
            ("waiting", "waiting") => self.before_waiting,
            (before, "waiting") => Some(before),
            _ => None,
        };
        next
    }

    pub(crate) fn ended(&self) -> bool {
        ["closed", "rejected"].contains(&self.status)
    }

    /// What the event itself says.
    pub(crate) fn says(&self, key: &str) -> Option<&'static str> {
        self.said.words.iter().find(|(said, _)| *said == key).map(|(_, word)| *word)
    }

    /// How the case is after it.
    pub(crate) fn is(&self, attribute: &str) -> Option<&'static str> {
        match attribute {
            "kind" => Some(self.drawn.kind),
            "channel" => Some(self.drawn.channel),
            "product" => self.drawn.product,
            _ => self.attributes.get(attribute).copied(),
        }
    }
}

impl<'d> Told<'d> {
    /// The last that is known of what happened before an hour.
    pub(crate) fn before(&self, hour: i64) -> Option<&Step<'d>> {
        self.steps.iter().rfind(|step| step.hour < hour)
    }

    pub(crate) fn open_before(&self, hour: i64) -> bool {
        self.before(hour).is_some_and(|step| !step.ended())
    }

    /// Whether it is void at the end.
    pub(crate) fn is_void(&self) -> bool {
        self.steps[self.steps.len() - 1].void
    }

    /// The events that ended it with a result.
    pub(crate) fn endings(&self) -> impl DoubleEndedIterator<Item = &Step<'d>> {
        self.steps.iter().filter(|step| step.ended() && !step.was_ended && !step.void)
    }

    /// The last `resolved`, or the event that ended a case which never had one.
    pub(crate) fn resolution(&self) -> Option<&Step<'d>> {
        let resolved = self.steps.iter().rfind(|step| step.said.name == "resolved");
        resolved.or_else(|| self.endings().last())
    }

    /// When each round that was resolved began, and its last `resolved`.
    pub(crate) fn rounds(&self) -> Vec<(i64, &Step<'d>)> {
        let mut rounds: Vec<(i64, Option<&Step<'d>>)> = vec![(self.received, None)];
        for step in &self.steps {
            if step.began_a_round {
                rounds.push((step.hour, None));
            }
            if step.said.name == "resolved"
                && let Some(round) = rounds.last_mut()
            {
                round.1 = Some(step);
            }
        }
        rounds.into_iter().filter_map(|(from, step)| Some((from, step?))).collect()
    }
}
