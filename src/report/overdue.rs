use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Hits;
use super::by::Dimension;
use super::view::{View, Viewed};
use crate::case::{Id, State};
use crate::policy::{ClockState, Instance};

/// A limit that has passed, or that is due next.
#[derive(Debug, Clone)]
pub(crate) struct Late<'a> {
    /// The case.
    pub id: &'a Id,
    /// What it is about.
    pub title: &'a str,
    /// The clock.
    pub clock: &'a Instance<'a>,
    /// When it is or was due.
    pub due: Timestamp,
    /// The case as it stands.
    pub state: &'a State<'a>,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// Who handles it.
    pub department: Option<&'a str>,
    /// Seconds since the due; negative while it has not passed.
    pub by: i64,
}

/// What is late, and what is due next (S1.5).
#[derive(Debug, Clone)]
pub(crate) struct OverdueReport<'a> {
    /// Past their due, the longest first.
    pub overdue: Vec<Late<'a>>,
    /// Running, the next due first.
    pub next: Vec<Late<'a>>,
}

/// What is late and what is due next of one value of a dimension: limits, not cases.
#[derive(Debug, Clone, Default)]
pub(crate) struct OverdueGroup<'a> {
    /// The value; `None`: not known.
    pub key: Option<&'a str>,
    /// Limits that have passed.
    pub overdue: Hits<'a>,
    /// Limits that run.
    pub next: Hits<'a>,
}

impl OverdueGroup<'_> {
    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let mut object = json!({ "key": self.key, "overdue": self.overdue.n(), "next": self.next.n() });
        if cases {
            object["cases"] = json!({ "overdue": self.overdue.ids(), "next": self.next.ids() });
        }
        object
    }
}

impl<'a> Late<'a> {
    fn of(case: &'a Viewed<'a>, clock: &'a Instance<'a>, now: Timestamp) -> Option<Late<'a>> {
        let state = case.replay.state();
        let due = clock.due?;
        Some(Late {
            id: case.id(),
            title: &case.replay.case.title,
            clock,
            due,
            state,
            owner: state.owner,
            department: state.department,
            by: now.as_second() - due.as_second(),
        })
    }

    /// For programs.
    pub(crate) fn json(&self, zone: &jiff::tz::TimeZone) -> Value {
        json!({
            "id": self.id.as_str(),
            "clock": self.clock.rule.name,
            "due": crate::case::Stamp::new(self.due, zone).to_string(),
            "overdue_seconds": self.by,
            "owner": self.owner,
            "department": self.department,
        })
    }
}

/// The instances that are past their due at the horizon, the longest first.
pub(super) fn overdue<'a>(view: &'a View<'a>) -> Vec<Late<'a>> {
    let mut late = open(view, |state| state == ClockState::Overdue);
    late.sort_by_key(|late| (late.due, late.id));
    late
}

fn open<'a>(view: &'a View<'a>, wanted: fn(ClockState) -> bool) -> Vec<Late<'a>> {
    let of_case = |case: &'a Viewed<'a>| {
        let clocks = case.clocks.iter().filter(move |clock| wanted(clock.state));
        clocks.filter_map(|clock| Late::of(case, clock, view.horizon.at))
    };
    view.cases.iter().flat_map(of_case).collect()
}

impl<'a> OverdueReport<'a> {
    /// What is late, and what is due next.
    pub(crate) fn of(view: &'a View<'a>) -> OverdueReport<'a> {
        let mut next = open(view, |state| matches!(state, ClockState::Running | ClockState::Warning));
        next.sort_by_key(|late| (late.due, late.id));
        OverdueReport { overdue: overdue(view), next }
    }

    /// What is late and what is due next for each value of a dimension, as the cases stand; most late first.
    pub(crate) fn by(&self, dimension: Dimension) -> Vec<OverdueGroup<'a>> {
        let mut groups: BTreeMap<Option<&'a str>, OverdueGroup<'a>> = BTreeMap::new();
        let mut group = |late: &Late<'a>, pick: for<'g> fn(&'g mut OverdueGroup<'a>) -> &'g mut Hits<'a>| {
            let key = dimension.of(late.state);
            let group = groups.entry(key).or_insert_with(|| OverdueGroup { key, ..OverdueGroup::default() });
            pick(group).add(late.id);
        };
        self.overdue.iter().for_each(|late| group(late, |group| &mut group.overdue));
        self.next.iter().for_each(|late| group(late, |group| &mut group.next));
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.overdue.n()), group.key.is_none(), group.key));
        groups
    }

    /// For programs.
    pub(crate) fn json(&self, zone: &jiff::tz::TimeZone) -> Value {
        let rows = |rows: &[Late<'_>]| rows.iter().map(|late| late.json(zone)).collect::<Vec<_>>();
        json!({ "overdue": rows(&self.overdue), "next": rows(&self.next) })
    }
}
