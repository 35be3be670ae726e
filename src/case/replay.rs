use jiff::Timestamp;

use super::Case;
use super::event::Event;
use super::event_table::EventName;
use super::state::State;
use super::status::Status;

/// A case's history read from its beginning up to an instant, with the state after each event.
#[derive(Debug, Clone)]
pub struct Replay<'c> {
    /// The case.
    pub case: &'c Case,
    /// What happened up to the instant, in the order of the stamps; the first is the receipt.
    pub steps: Vec<Step<'c>>,
}

/// An event with the state of the case after it.
#[derive(Debug, Clone)]
pub struct Step<'c> {
    /// The event's place in the file, from 0.
    pub index: usize,
    /// The event.
    pub event: &'c Event,
    /// When it takes effect: its stamp, or the receipt if that is later.
    pub at: Timestamp,
    /// The status before. For the receipt: [`Status::New`].
    pub from: Status,
    /// What is known from then on.
    pub state: State<'c>,
}

impl<'c> Replay<'c> {
    /// Reads the history up to and including the instant `until`; `None` if the case was received later.
    ///
    /// `roles` have to approve a remedy before the case is `approved` (the policy's `[approval]`).
    pub(crate) fn until(case: &'c Case, roles: &[String], until: Timestamp) -> Option<Replay<'c>> {
        let received = case.received_at();
        if received > until {
            return None;
        }
        let mut order: Vec<usize> = (1..case.history.len()).collect();
        order.sort_by_key(|index| case.history[*index].at.instant());
        let mut steps = Vec::with_capacity(case.history.len());
        let mut state = State::at_receipt(case);
        steps.push(Step {
            index: 0,
            event: case.receipt(),
            at: received,
            from: Status::New,
            state: state.clone(),
        });
        for index in order {
            let event = &case.history[index];
            let at = event.at.instant().max(received);
            if at > until {
                break;
            }
            let from = state.status;
            state.apply(event, roles);
            steps.push(Step { index, event, at, from, state: state.clone() });
        }
        Some(Replay { case, steps })
    }

    /// The whole history, with events in the future.
    pub fn whole(case: &'c Case, roles: &[String]) -> Replay<'c> {
        Replay::until(case, roles, Timestamp::MAX).unwrap_or(Replay { case, steps: Vec::new() })
    }

    /// The same without what was recorded while the case was void, so that it counts in no figure. Remarks stay.
    #[must_use]
    pub(crate) fn in_force(mut self) -> Replay<'c> {
        let mut void = false;
        self.steps.retain(|step| {
            let idle = void && step.state.voided;
            void = step.state.voided;
            !idle || matches!(step.event.name, EventName::Noted | EventName::Attached)
        });
        self
    }

    /// What is known at the end.
    pub fn state(&self) -> &State<'c> {
        &self.steps[self.steps.len() - 1].state
    }

    /// The last event that ended or voided the case, if it is in a terminal status.
    pub fn ending(&self) -> Option<&Step<'c>> {
        if !self.state().status.terminal() {
            return None;
        }
        self.steps.iter().rev().find(|step| step.ends() || step.voids())
    }
}

impl Step<'_> {
    /// Whether this event moved the case from an open to a terminal status, with a result: a void has none.
    pub(crate) fn ends(&self) -> bool {
        !self.from.terminal() && self.state.status.terminal() && !self.state.voided
    }

    /// Whether this event declared the case void, open or ended.
    pub(crate) fn voids(&self) -> bool {
        self.event.name == EventName::Voided
    }

    /// Whether this event moved the case from a terminal to an open status.
    pub(crate) fn reopens(&self) -> bool {
        self.from.terminal() && !self.state.status.terminal()
    }
}
