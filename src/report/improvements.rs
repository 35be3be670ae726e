use jiff::Timestamp;
use serde_json::Value as Json;

use super::Counted;
use super::figure::{Behind, Figure, FigureUnit, Figures};
use crate::case::{Event, EventName, Field, Id, Kind, Stamp, Status, Value};
use crate::lang::Text;
use crate::policy::RuleBook;
use crate::view::{View, Viewed};

/// Whether a link means a case: `fb` writes whole ids, people may write the short ones.
fn names(link: &str, id: &Id) -> bool {
    link == id.as_str() || link == id.short()
}

/// Every improvement that is not void.
fn all<'v, 'a>(view: &'v View<'a>) -> impl Iterator<Item = &'v Viewed<'a>> {
    view.cases.iter().filter(|case| case.replay.case.kind == Kind::Improvement && !case.is_void())
}

/// The improvements whose links name one of these cases.
pub(super) fn linked<'a>(view: &View<'a>, cases: &Counted<'a>) -> Vec<&'a Id> {
    let cases = cases.cases();
    let mut found = Vec::new();
    for case in all(view) {
        let links = &case.replay.case.links;
        if links.iter().any(|link| cases.iter().any(|id| names(link, id))) {
            found.push(case.id());
        }
    }
    found
}

/// The cases received after an instant that have the same cause as a linked case.
fn recurred<'a>(view: &View<'a>, links: &[String], since: Timestamp) -> Option<Counted<'a>> {
    let behind = view.cases.iter().filter(|case| links.iter().any(|link| names(link, case.id())));
    let causes: Vec<&str> = behind.filter_map(|case| case.replay.state().cause).collect();
    if causes.is_empty() {
        return None;
    }
    let again = view.cases.iter().filter(|case| {
        case.replay.case.kind != Kind::Improvement
            && !case.is_void()
            && case.replay.case.received_at() > since
            && case.replay.state().cause.is_some_and(|cause| causes.contains(&cause))
    });
    Some(again.map(Viewed::id).collect())
}

/// When the first event of a sort happened.
fn first(case: &Viewed<'_>, wanted: fn(&Event) -> bool) -> Option<Timestamp> {
    case.replay.steps.iter().find(|step| wanted(step.event)).map(|step| step.at)
}

fn carried_out(event: &Event) -> bool {
    event.name == EventName::Resolved || event.text(Field::Milestone) == Some("carried-out")
}

fn confirmed(event: &Event) -> bool {
    event.text(Field::Milestone) == Some("effect-confirmed")
        || event.text(Field::Outcome) == Some("satisfied")
}

/// A corrective or preventive action, and whether it was carried out and its effect confirmed (S1.5).
#[derive(Debug, Clone)]
pub(crate) struct Improvement<'a> {
    /// The case that it is.
    pub id: &'a Id,
    /// What is to be improved.
    pub title: &'a str,
    /// Its status.
    pub status: Status,
    /// The cases behind it.
    pub links: &'a [String],
    /// By when it was to be carried out: the deadline of its last hand-over.
    pub due: Option<Timestamp>,
    /// When it was carried out: the first `resolved` or milestone `carried-out`.
    pub carried_out: Option<Timestamp>,
    /// When its effect was confirmed: the first milestone `effect-confirmed`, or follow-up that was satisfied.
    pub confirmed: Option<Timestamp>,
    /// The cases received after it was carried out, up to the horizon, with the same cause as a case behind it; `None`
    /// if it was not carried out, or if no case behind it has a cause.
    pub recurred: Option<Counted<'a>>,
}

impl<'a> Improvement<'a> {
    /// Every improvement that is open, or ended after `since`.
    pub(crate) fn all(view: &View<'a>, since: jiff::Timestamp) -> Vec<Improvement<'a>> {
        let recent = all(view).filter(|case| case.replay.ending().is_none_or(|ending| ending.at >= since));
        recent.map(|case| Improvement::of(view, case)).collect()
    }

    fn of(view: &View<'a>, case: &Viewed<'a>) -> Improvement<'a> {
        let due = case.replay.steps.iter().rev().find_map(|step| match step.event.get(Field::Due) {
            Some(Value::Moment(stamp)) => Some(stamp.instant()),
            _ => None,
        });
        let links = &case.replay.case.links;
        let carried_out = first(case, carried_out);
        Improvement {
            id: case.id(),
            title: &case.replay.case.title,
            status: case.replay.state().status,
            links,
            due,
            carried_out,
            confirmed: first(case, confirmed),
            recurred: carried_out.and_then(|since| recurred(view, links, since)),
        }
    }

    /// The row.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        let stamp = |at: Option<Timestamp>| at.map(|at| Stamp::new(at, &book.shop.zone).to_string());
        Figures::new()
            .called(Text::same(self.title))
            .word("id", self.id.as_str())
            .word("title", self.title)
            .word("status", self.status.word())
            .word("links", self.links)
            .word("due", stamp(self.due))
            .word("carried_out", self.carried_out.is_some())
            .word("carried_out_at", stamp(self.carried_out))
            .word("confirmed", self.confirmed.is_some())
            .word("confirmed_at", stamp(self.confirmed))
            .figure(again(self.recurred.as_ref()))
    }
}

/// The cases that came in since an improvement was carried out; `None` before that.
pub(super) fn again<'f>(hits: Option<&'f Counted<'f>>) -> Figure<'f> {
    let recurred = match hits {
        Some(hits) => Figure::counted("recurred", hits),
        None => Figure { behind: Behind::Absent, ..Figure::new("recurred", FigureUnit::Count, Json::Null) },
    };
    recurred.called("again", "再发").means(
        "Cases that came in after the improvement was carried out and have the same cause as a case linked to it; n/a before that.",
        "改进落实之后受理的、与关联案卷原因相同的件数；落实之前不计算。",
    )
}
