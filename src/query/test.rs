use jiff::Timestamp;

use super::key::Key;
use super::range::Range;
use crate::case::{Case, EventName, Field, Kind, State, Status, Value};
use crate::policy::{ClockState, category_fits};
use crate::view::Viewed;

/// One question about a case.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Status(Status),
    Kind(Kind),
    /// An attribute that is exactly this word; `None`: it is absent.
    Word(Key, Option<String>),
    /// The start of words.
    Start(Key, String),
    /// A part of words, in small letters.
    Part(Key, String),
    Category(String),
    Tag(String),
    Link(String),
    /// The start of the id, or of its random part.
    Id(String),
    Justified(bool),
    Moment(Key, Range<Timestamp>),
    Clock(String),
    State(ClockState),
    Due(Range<i64>),
    Age(Range<i64>),
    Round(Range<u32>),
    Outcome(String),
    Stalled,
    Voided,
}

impl Test {
    /// Whether it asks for cases that have ended.
    pub(super) fn means_ended(&self) -> bool {
        matches!(self, Test::Status(status) if status.terminal())
            || matches!(self, Test::Moment(Key::Closed, _) | Test::Voided)
    }

    pub(super) fn fits(&self, viewed: &Viewed<'_>, now: Timestamp) -> bool {
        let case = viewed.replay.case;
        let state = viewed.replay.state();
        match self {
            Test::Status(status) => state.status == *status,
            Test::Kind(kind) => case.kind == *kind,
            Test::Word(key, wanted) => word(*key, case, state) == wanted.as_deref(),
            Test::Start(key, wanted) => word(*key, case, state).is_some_and(|word| word.starts_with(wanted)),
            Test::Part(Key::Words, wanted) => texts(viewed).any(|text| contains(text, wanted)),
            Test::Part(key, wanted) => word(*key, case, state).is_some_and(|word| contains(word, wanted)),
            Test::Category(wanted) => state.category.is_some_and(|category| category_fits(wanted, category)),
            Test::Tag(wanted) => case.tags.contains(wanted),
            Test::Link(wanted) => case.links.iter().any(|link| begins_with(link, wanted)),
            Test::Id(wanted) => case.id.begins_with(wanted),
            Test::Justified(wanted) => state.justified == Some(*wanted),
            Test::Moment(key, range) => moment(*key, viewed).is_some_and(|at| range.holds(&at)),
            Test::Clock(name) => viewed.clocks.iter().any(|clock| clock.open() && clock.rule.name == *name),
            Test::State(wanted) => viewed.clocks.iter().any(|clock| clock.state == *wanted),
            Test::Due(range) => {
                let left = viewed.clocks.iter().filter_map(|clock| clock.remaining(now)).min();
                left.is_some_and(|left| range.holds(&left))
            }
            Test::Age(range) => range.holds(&(now.as_second() - case.received_at().as_second())),
            Test::Stalled => viewed.stalled(now).is_some(),
            Test::Voided => state.voided,
            Test::Round(range) => range.holds(&state.round),
            Test::Outcome(wanted) => {
                let mut said = viewed.replay.steps.iter().rev().map(|step| step.event);
                let last = said.find(|event| event.name == EventName::FollowedUp);
                last.and_then(|event| event.text(Field::Outcome)) == Some(wanted)
            }
        }
    }
}

fn word<'c>(key: Key, case: &'c Case, state: &State<'c>) -> Option<&'c str> {
    match key {
        Key::Owner => state.owner,
        Key::Category => state.category,
        Key::Urgency => state.urgency,
        Key::Complexity => state.complexity,
        Key::Department => state.department,
        Key::Channel => Some(&case.channel),
        Key::Customer => case.customer.key.as_deref(),
        Key::Order => case.order.as_deref(),
        Key::Product => case.product.as_deref(),
        Key::Tier => case.customer.tier.as_deref(),
        Key::Level => state.level,
        Key::Cause => state.cause,
        Key::Responsible => state.responsible,
        Key::Remedy => state.remedy,
        Key::External => case.external.as_deref(),
        _ => None,
    }
}

/// Whether a link begins so, or its random part.
fn begins_with(link: &str, wanted: &str) -> bool {
    let random = link.split_once('-').map_or("", |(_, random)| random);
    link.starts_with(wanted) || random.starts_with(wanted)
}

/// The title, the description, and every text of the history.
fn texts<'c>(viewed: &Viewed<'c>) -> impl Iterator<Item = &'c str> {
    let case = viewed.replay.case;
    let said = viewed.replay.steps.iter().flat_map(|step| &step.event.payload);
    let said = said.filter_map(|(_, value)| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    [case.title.as_str()].into_iter().chain(case.description.as_deref()).chain(said.collect::<Vec<_>>())
}

fn contains(text: &str, wanted: &str) -> bool {
    text.contains(wanted) || text.to_lowercase().contains(wanted)
}

/// The instant that a key tests.
fn moment(key: Key, viewed: &Viewed<'_>) -> Option<Timestamp> {
    match key {
        Key::Received => Some(viewed.replay.case.received_at()),
        Key::Resolved => {
            let last = viewed.replay.steps.iter().rev().find(|step| step.event.name == EventName::Resolved);
            last.map(|step| step.at)
        }
        Key::Closed => viewed.replay.ending().map(|step| step.at),
        _ => None,
    }
}
