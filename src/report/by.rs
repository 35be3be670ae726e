//! Counts by a dimension: the attribute as it was at the event that is counted. A receipt is counted under the first
//! value that is known by the horizon.

use std::collections::BTreeMap;

use super::figure::{Figure, Figures};
use super::period::Period;
use super::times::resolution;
use super::{Counted, say};
use crate::case::{Kind, Names, State, Status};
use crate::lang::{Text, names};
use crate::policy::RuleBook;
use crate::view::{View, Viewed};

/// Figures for each value of an attribute; `None`: not known.
pub(crate) type Grouped<'a, T> = Vec<(Option<&'a str>, T)>;

/// What cases are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// Complaint, suggestion, ...
    Kind,
    /// What it is about.
    Category,
    /// How it arrived.
    Channel,
    /// How soon it must be handled.
    Urgency,
    /// Who handles it.
    Department,
    /// Who answers for it.
    Owner,
    /// The product it is about.
    Product,
}

impl Dimension {
    /// All of them, in the order in which reports show them.
    pub(crate) const ALL: [Dimension; 7] = [
        Dimension::Kind,
        Dimension::Category,
        Dimension::Channel,
        Dimension::Urgency,
        Dimension::Department,
        Dimension::Owner,
        Dimension::Product,
    ];

    /// The word that programs read.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Dimension::Kind => "kind",
            Dimension::Category => "category",
            Dimension::Channel => "channel",
            Dimension::Urgency => "urgency",
            Dimension::Department => "department",
            Dimension::Owner => "owner",
            Dimension::Product => "product",
        }
    }

    /// What people call it.
    pub(crate) fn label(self) -> Text {
        match self {
            Dimension::Kind => say::kind(),
            Dimension::Category => say::category(),
            Dimension::Channel => say::channel(),
            Dimension::Urgency => say::urgency(),
            Dimension::Department => say::department(),
            Dimension::Owner => say::owner(),
            Dimension::Product => say::product(),
        }
    }

    /// What people read for a value of it.
    pub(crate) fn value(self, book: &RuleBook, key: Option<&str>) -> Text {
        let Some(key) = key else { return say::not_named() };
        match (self.names(), Kind::of(key)) {
            (Some(list), _) => book.shop.names.label(list, key),
            (None, Some(kind)) if self == Dimension::Kind => names::kind(kind).text(),
            (None, _) => Text::same(key),
        }
    }

    /// The list of names that the attribute is taken from, if it has one.
    pub(crate) fn names(self) -> Option<Names> {
        match self {
            Dimension::Kind | Dimension::Product => None,
            Dimension::Category => Some(Names::Categories),
            Dimension::Channel => Some(Names::Channels),
            Dimension::Urgency => Some(Names::Urgencies),
            Dimension::Department => Some(Names::Departments),
            Dimension::Owner => Some(Names::People),
        }
    }

    /// The attribute as it is in a state.
    pub(crate) fn of<'a>(self, state: &State<'a>) -> Option<&'a str> {
        match self {
            Dimension::Kind => Some(state.case.kind.word()),
            Dimension::Category => state.category,
            Dimension::Channel => Some(&state.case.channel),
            Dimension::Urgency => state.urgency,
            Dimension::Department => state.department,
            Dimension::Owner => state.owner,
            Dimension::Product => state.case.product.as_deref(),
        }
    }
}

/// The counts of one value of a dimension.
#[derive(Debug, Clone, Default)]
pub(crate) struct ValueCounts<'a> {
    /// Received in the period.
    pub received: Counted<'a>,
    /// Resolved in it.
    pub resolved: Counted<'a>,
    /// Closed in it.
    pub closed: Counted<'a>,
    /// Not ended as the period ends, or at the horizon if that is earlier.
    pub closing: Counted<'a>,
}

/// Receipts under a value.
pub(super) fn received(hits: Counted<'_>) -> Figure<'_> {
    Figure::all_counted("received", hits).called("received", "受理").means(
        "Cases that came in during the period, under the first value that was given.",
        "期内受理的件数，按首次填写的值归类。",
    )
}

impl ValueCounts<'_> {
    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .figure(received(self.received.clone()))
            .figure(Figure::counted("resolved", &self.resolved).called("resolved", "办结").means(
                "Cases that were resolved in the period; each counts once, when it was last resolved, or when it ended if it never was.",
                "期内办结的件数，以最后一次办结为准；从未办结的，以结束为准。",
            ))
            .figure(
                Figure::counted("closed", &self.closed)
                    .called("closed", "办结归档")
                    .means("How often a case was closed in the period.", "期内办结归档的次数。"),
            )
            .figure(Figure::counted("closing", &self.closing).called("open at end", "期末未结").means(
                "Cases that were still open at the end of the period, or are open now if it is not over.",
                "期末（期间未满则为目前）尚未结束的件数。",
            ))
    }
}

/// The counts of a dimension, the most received first; `None`: not known.
#[derive(Debug, Clone)]
pub(crate) struct By<'a> {
    /// What the cases are grouped by.
    pub dimension: Dimension,
    /// Its values.
    pub rows: Vec<(Option<&'a str>, ValueCounts<'a>)>,
}

/// The case when the attribute was first known: a case is registered before it is classified, and its receipt is
/// counted under the later classification.
fn first_known<'v, 'a>(case: &'v Viewed<'a>, dimension: Dimension) -> &'v State<'a> {
    let states = case.replay.steps.iter().map(|step| &step.state);
    let mut known = states.filter(|state| dimension.of(state).is_some());
    known.next().unwrap_or(&case.replay.steps[0].state)
}

impl<'a> By<'a> {
    /// Counts the period by a dimension.
    pub(crate) fn of(view: &View<'a>, period: &Period, dimension: Dimension) -> By<'a> {
        let mut rows: BTreeMap<Option<&'a str>, ValueCounts<'a>> = BTreeMap::new();
        for case in &view.cases {
            let id = case.id();
            if period.holds(case.replay.steps[0].at) {
                let key = dimension.of(first_known(case, dimension));
                rows.entry(key).or_default().received.add(id);
            }
            if let Some(step) = resolution(case).filter(|step| period.holds(step.at)) {
                rows.entry(dimension.of(&step.state)).or_default().resolved.add(id);
            }
            for step in case.replay.steps.iter().filter(|step| step.ends() && period.holds(step.at)) {
                if step.state.status == Status::Closed {
                    rows.entry(dimension.of(&step.state)).or_default().closed.add(id);
                }
            }
            if let Some(state) = case.open_before(period.end) {
                rows.entry(dimension.of(state)).or_default().closing.add(id);
            }
        }
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(key, row)| (std::cmp::Reverse(row.received.n()), key.is_none(), *key));
        By { dimension, rows }
    }

    /// A row a value.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Vec<Figures<'f>> {
        let mut rows = Vec::new();
        for (key, counts) in &self.rows {
            let row = Figures::new().called(self.dimension.value(book, *key)).word("key", *key);
            rows.push(row.and(counts.table()).together());
        }
        rows
    }
}
