use serde_json::Value;

use super::period::Period;
use super::view::View;
use super::{Hits, counts};
use crate::case::Status;

/// What came in and went out: opening + received + reopened - closed - rejected = closing.
#[derive(Debug, Clone, Default)]
pub struct Flow<'a> {
    /// Not ended when the period begins.
    pub opening: Hits<'a>,
    /// Received in it.
    pub received: Hits<'a>,
    /// Events that left a terminal status.
    pub reopened: Hits<'a>,
    /// Events that ended a case in `closed`.
    pub closed: Hits<'a>,
    /// Events that ended a case in `rejected`.
    pub rejected: Hits<'a>,
    /// Not ended as it ends, or at the horizon if that is earlier.
    pub closing: Hits<'a>,
}

impl<'a> Flow<'a> {
    /// Counts what happened in the period, up to the view's horizon.
    pub fn of(view: &View<'a>, period: &Period) -> Flow<'a> {
        let mut flow = Flow::default();
        for case in &view.cases {
            let id = case.id();
            if case.open_before(period.start).is_some() {
                flow.opening.add(id);
            }
            for step in case.replay.steps.iter().filter(|step| period.holds(step.at)) {
                if step.index == 0 {
                    flow.received.add(id);
                }
                if step.reopens() {
                    flow.reopened.add(id);
                }
                if step.ends() {
                    let ended = if step.state.status == Status::Closed {
                        &mut flow.closed
                    } else {
                        &mut flow.rejected
                    };
                    ended.add(id);
                }
            }
            if case.open_before(period.end).is_some() {
                flow.closing.add(id);
            }
        }
        flow
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let rows = [
            ("opening", &self.opening),
            ("received", &self.received),
            ("reopened", &self.reopened),
            ("closed", &self.closed),
            ("rejected", &self.rejected),
            ("closing", &self.closing),
        ];
        counts(&rows, cases)
    }
}
