//! The figures that a doubt affects, by their names in reports.

use crate::case::EventName;
use crate::lang::Text;

/// A group of figures: a part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FigureGroup {
    /// How many cases there are: everything that counts them.
    Cases,
    /// What was received, resolved, closed and reopened, and what is open.
    Flow,
    /// How long handling took.
    Times,
    /// The time limits: kept, missed, overdue.
    Clocks,
    /// What customers answered.
    Satisfaction,
    /// The same figures by category, department, owner and the like.
    By,
}

impl FigureGroup {
    /// The word for programs: the key of the monthly report, if it has one.
    pub(crate) fn word(self) -> &'static str {
        match self {
            FigureGroup::Cases => "cases",
            FigureGroup::Flow => "flow",
            FigureGroup::Times => "times",
            FigureGroup::Clocks => "clocks",
            FigureGroup::Satisfaction => "satisfaction",
            FigureGroup::By => "by",
        }
    }

    /// What people read.
    pub(crate) fn text(self) -> Text {
        match self {
            FigureGroup::Cases => Text::of("the number of cases", "案卷数"),
            FigureGroup::Flow => Text::of("flow", "流转"),
            FigureGroup::Times => Text::of("handling times", "办理时长"),
            FigureGroup::Clocks => Text::of("time limits", "时限"),
            FigureGroup::Satisfaction => Text::of("satisfaction", "满意度"),
            FigureGroup::By => Text::of("breakdowns", "分项统计"),
        }
    }

    /// The figures that depend on an event of this name.
    pub(super) fn of(name: EventName) -> &'static [FigureGroup] {
        use FigureGroup::{By, Clocks, Flow, Satisfaction, Times};
        match name {
            EventName::Received => &[Flow, Times, Clocks, By],
            EventName::Contacted | EventName::Waiting | EventName::Resumed => &[Times, Clocks],
            EventName::Triaged | EventName::Assigned | EventName::Accepted | EventName::Returned => {
                &[Clocks, By]
            }
            EventName::Diagnosed | EventName::Escalated | EventName::Amended => &[Clocks, By],
            EventName::Proposed | EventName::Approved | EventName::Declined | EventName::Marked => &[Clocks],
            EventName::Resolved | EventName::Closed | EventName::Rejected | EventName::Reopened => {
                &[Flow, Times, Clocks]
            }
            EventName::Voided => &[Flow, Times, Clocks, By],
            EventName::FollowedUp => &[Flow, Clocks, Satisfaction],
            EventName::Forwarded => &[Flow],
            EventName::Surveyed => &[Satisfaction],
            EventName::Attached | EventName::Noted => &[],
        }
    }
}
