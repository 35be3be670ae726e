use serde_json::{Value, json};

use super::view::View;
use crate::case::{EventName, Field, Id, Kind, Status};

/// A corrective or preventive action, and whether it was carried out and its effect confirmed (S1.5).
#[derive(Debug, Clone)]
pub struct Improvement<'a> {
    /// The case that it is.
    pub id: &'a Id,
    /// What is to be improved.
    pub title: &'a str,
    /// Where it stands.
    pub status: Status,
    /// The cases behind it.
    pub links: &'a [String],
    /// `resolved`, or the milestone `carried-out`.
    pub carried_out: bool,
    /// The milestone `effect-confirmed`, or a follow-up that was satisfied.
    pub confirmed: bool,
}

impl<'a> Improvement<'a> {
    /// Every improvement that is open, or ended after `since`.
    pub fn all(view: &View<'a>, since: jiff::Timestamp) -> Vec<Improvement<'a>> {
        let improvements = view.cases.iter().filter(|case| case.replay.case.kind == Kind::Improvement);
        let recent = improvements.filter(|case| case.replay.ending().is_none_or(|ending| ending.at >= since));
        recent
            .map(|case| {
                let marked = |name: &str| {
                    case.replay.steps.iter().any(|step| step.event.text(Field::Milestone) == Some(name))
                };
                let happened = |name| case.replay.steps.iter().any(|step| step.event.name == name);
                let content = || {
                    case.replay.steps.iter().any(|step| step.event.text(Field::Outcome) == Some("satisfied"))
                };
                Improvement {
                    id: case.id(),
                    title: &case.replay.case.title,
                    status: case.replay.state().status,
                    links: &case.replay.case.links,
                    carried_out: happened(EventName::Resolved) || marked("carried-out"),
                    confirmed: marked("effect-confirmed") || content(),
                }
            })
            .collect()
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id.as_str(),
            "title": self.title,
            "status": self.status.word(),
            "links": self.links,
            "carried_out": self.carried_out,
            "confirmed": self.confirmed,
        })
    }
}
