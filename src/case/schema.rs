//! The words of the format: the keys of the events' payload and what those hold. The events are in `event_table.rs`.

use std::fmt;

use super::event_table::EventName;
use super::status::Status;

/// What a key of an event holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words; not empty.
    Text,
    /// A name that the ledger knows.
    Name(Names),
    /// Several of them.
    Names(Names),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A whole number from 1 to 5.
    Score,
    /// An amount with at most two decimals.
    Money,
    /// RFC 3339 with an offset.
    Moment,
    /// A day of the shop's calendar, such as `2026-12-05`.
    Day,
    /// The id of a case.
    Case,
}

/// The lists of names that a shop keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Names {
    /// Staff.
    People,
    /// Departments.
    Departments,
    /// Ways in which feedback arrives.
    Channels,
    /// What a case is about.
    Categories,
    /// How soon it must be handled.
    Urgencies,
    /// Simple or complex.
    Complexities,
    /// Functions in which people decide.
    Roles,
    /// What a customer is given (ISO 10002).
    Remedies,
    /// Steps that a policy names beside the events.
    Milestones,
    /// Levels of escalation.
    Levels,
}

macro_rules! words {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type { $($(#[$doc])* $variant),* }

        impl $type {
            /// All of them, in the order of the table.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The word that is in files.
            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word),* }
            }

            /// What a word of a file means.
            pub fn of(word: &str) -> Option<$type> {
                match word { $($word => Some($type::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.word()) }
        }
    };
}

pub(super) use words;

words! {
    /// A key of an event's payload.
    Field {
        /// What the case is about.
        Category = "category",
        /// How soon it must be handled.
        Urgency = "urgency",
        /// Simple or complex.
        Complexity = "complexity",
        /// Who handles it.
        Department = "department",
        /// Who is responsible for it.
        Owner = "owner",
        /// 投诉是否成立: whether the complaint is justified.
        Justified = "justified",
        /// The shop's own order of work.
        Priority = "priority",
        /// A remark.
        Note = "note",
        /// What is required of the department.
        Expects = "expects",
        /// By when.
        Due = "due",
        /// Until the end of which day the customer may answer.
        Until = "until",
        /// Departments that cooperate.
        With = "with",
        /// Why.
        Reason = "reason",
        /// Over which channel the customer was reached.
        Channel = "channel",
        /// The concrete cause.
        Cause = "cause",
        /// The responsible party.
        Responsible = "responsible",
        /// What the customer is given.
        Remedy = "remedy",
        /// The remedy or the plan in words.
        Text = "text",
        /// What it costs.
        Cost = "cost",
        /// The role in which an approval is given.
        As = "as",
        /// The level of an escalation.
        Level = "level",
        /// What the customer said of it.
        Outcome = "outcome",
        /// 1 (worst) to 5 (best).
        Score = "score",
        /// What was learnt.
        Lesson = "lesson",
        /// The staff praised.
        To = "to",
        /// The step of the policy.
        Milestone = "milestone",
        /// The file's name under `files/<id>/`.
        File = "file",
        /// The name and stamp of an event that a merge put after events that its author did not know.
        Merged = "merged",
        /// The id of the case that this one is a second entry of.
        Of = "of",
        /// The case stays open where it is, although the event by itself would move it.
        Open = "open",
    }
}

impl Field {
    /// What the key holds, in every event that has it.
    pub fn shape(self) -> Shape {
        match self {
            Field::Category => Shape::Name(Names::Categories),
            Field::Urgency => Shape::Name(Names::Urgencies),
            Field::Complexity => Shape::Name(Names::Complexities),
            Field::Department => Shape::Name(Names::Departments),
            Field::Owner => Shape::Name(Names::People),
            Field::To => Shape::Names(Names::People),
            Field::With => Shape::Names(Names::Departments),
            Field::Channel => Shape::Name(Names::Channels),
            Field::Remedy => Shape::Name(Names::Remedies),
            Field::As => Shape::Name(Names::Roles),
            Field::Level => Shape::Name(Names::Levels),
            Field::Milestone => Shape::Name(Names::Milestones),
            Field::Justified | Field::Open => Shape::Flag,
            Field::Due => Shape::Moment,
            Field::Until => Shape::Day,
            Field::Cost => Shape::Money,
            Field::Of => Shape::Case,
            Field::Score => Shape::Score,
            Field::Outcome => Shape::Choice(&["satisfied", "dissatisfied", "unreached"]),
            Field::Priority
            | Field::Note
            | Field::Expects
            | Field::Reason
            | Field::Cause
            | Field::Responsible
            | Field::Text
            | Field::Lesson
            | Field::File
            | Field::Merged => Shape::Text,
        }
    }
}

impl Field {
    /// Whether it is an attribute that `amended` can correct.
    pub(crate) fn is_amendable(self) -> bool {
        EventName::Amended.optional().any(|field| field == self)
    }

    /// Whether it is a column of an export: what can be amended as it is, these as they were last said.
    pub(crate) fn is_exported(self) -> bool {
        self.is_amendable() || matches!(self, Field::Reason | Field::Outcome | Field::Score | Field::To)
    }
}

/// The statuses in which an event can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// At the very beginning.
    Nothing,
    /// In every status.
    Any,
    /// In a status that is not terminal.
    Open,
    /// While work on it goes on: in a status that is neither terminal nor `resolved`.
    AtWork,
    /// In a terminal status.
    Terminal,
    /// While it is open, and once more when it is closed, to add to the closing.
    OpenOrClosed,
    /// In this status alone.
    Only(Status),
}

impl From {
    /// Whether an event with this rule can happen in `status`.
    pub fn allows(self, status: Status) -> bool {
        match self {
            From::Nothing => false,
            From::Any => true,
            From::Open => !status.terminal(),
            From::AtWork => !status.terminal() && status != Status::Resolved,
            From::Terminal => status.terminal(),
            From::OpenOrClosed => status != Status::Rejected,
            From::Only(only) => status == only,
        }
    }
}
