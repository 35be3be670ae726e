use crate::case::{Event, EventName, Field, Status};

/// What starts or stops a clock, or is a required step: an event, an event with a certain value, or a milestone of the
/// policy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// Any event of that name.
    Event(EventName),
    /// An event of that name with this value: `followed-up:dissatisfied`.
    Saying(EventName, String),
    /// `marked` with this milestone.
    Milestone(String),
}

impl Trigger {
    /// Whether the event is the one meant.
    pub(crate) fn fits(&self, event: &Event) -> bool {
        match self {
            Trigger::Event(name) => event.name == *name,
            Trigger::Saying(name, value) => event.name == *name && event.says(value),
            Trigger::Milestone(name) => {
                event.name == EventName::Marked && event.text(Field::Milestone) == Some(name)
            }
        }
    }

    /// Whether it belongs to one round of handling, so that a later round needs it again.
    pub(crate) fn of_a_round(&self) -> bool {
        self.event().of_a_round()
    }

    /// The event that it is about.
    pub(crate) fn event(&self) -> EventName {
        match self {
            Trigger::Event(name) | Trigger::Saying(name, _) => *name,
            Trigger::Milestone(_) => EventName::Marked,
        }
    }

    /// The status whose name it is, of those that end a case or resolve it.
    pub(crate) fn status(&self) -> Option<Status> {
        match self {
            Trigger::Event(EventName::Resolved) => Some(Status::Resolved),
            Trigger::Event(EventName::Closed) => Some(Status::Closed),
            Trigger::Event(EventName::Rejected) => Some(Status::Rejected),
            _ => None,
        }
    }

    /// The word in the policy.
    pub(crate) fn word(&self) -> String {
        match self {
            Trigger::Event(name) => name.word().to_owned(),
            Trigger::Saying(name, value) => format!("{name}:{value}"),
            Trigger::Milestone(name) => name.clone(),
        }
    }
}
