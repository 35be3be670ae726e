//! The table of events: a row an event, with all that is known of it but its part in the fold of a history.
//!
//! A new event is a name in [`EventName`], a row here, and its arm in the fold (`state.rs`). Sources: the format's table of
//! events; ISO 10002 for the steps of handling.

use super::schema::{EventName, Field, From};
use super::status::Status;

/// How the command is given that records an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The verb and the cases; a flag a key.
    Cases,
    /// The verb, one case, and the value of the first key.
    OneCase,
    /// In a way of its own, by code.
    Own,
}

/// A key of an event's payload.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub field: Field,
    /// Without it the event says nothing.
    pub needed: bool,
    /// What its flag is for; empty: it has none.
    pub help: &'static str,
}

/// What is known of an event.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its name in files.
    pub name: EventName,
    /// The command that records it.
    pub verb: &'static str,
    /// What people call it, in English and in Chinese.
    pub called: [&'static str; 2],
    /// The statuses in which it can happen.
    pub from: From,
    /// How the command is given.
    pub command: Form,
    /// What the command is for, as its help says it.
    pub help: &'static str,
    /// Its payload, in the order in which it is written; `note` is welcome everywhere besides.
    pub keys: &'static [Key],
    /// The key whose value a policy can name behind a colon, as in `followed-up:dissatisfied`.
    pub value: Option<Field>,
    /// It speaks of one round of handling, so that a later round needs it anew.
    pub of_a_round: bool,
    /// The time of its first is a column of an export.
    pub exported: bool,
    /// What the first line of its commit says of it.
    pub summary: &'static [Field],
}

const fn needs(field: Field, help: &'static str) -> Key {
    Key { field, needed: true, help }
}

const fn may(field: Field, help: &'static str) -> Key {
    Key { field, needed: false, help }
}

/// A row for each of [`EventName::ALL`], in its order.
pub(crate) static ROWS: [Row; EventName::ALL.len()] = [
    Row {
        name: EventName::Received,
        verb: "new",
        called: ["received", "受理"],
        from: From::Nothing,
        command: Form::Own,
        help: "",
        keys: &[
            may(Field::Category, ""),
            may(Field::Urgency, ""),
            may(Field::Complexity, ""),
            may(Field::Department, ""),
            may(Field::Owner, ""),
        ],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Triaged,
        verb: "triage",
        called: ["triaged", "分类"],
        from: From::Open,
        command: Form::Cases,
        help: "Classify a case: what it is about and how soon it must be handled",
        keys: &[
            needs(Field::Category, "What it is about, such as product/packaging"),
            needs(Field::Urgency, "urgent, important or general"),
            may(Field::Justified, "The complaint is justified (投诉成立)"),
            may(Field::Complexity, "simple or complex"),
            may(Field::Priority, "The shop's own order of work"),
        ],
        value: Some(Field::Justified),
        of_a_round: false,
        exported: true,
        summary: &[Field::Category, Field::Urgency],
    },
    Row {
        name: EventName::Assigned,
        verb: "assign",
        called: ["assigned", "派单"],
        from: From::Open,
        command: Form::Cases,
        help: "Hand a case over to a department or a person",
        keys: &[
            may(Field::Department, "Who handles it; offered from [routing]"),
            may(Field::Owner, "Who answers for it"),
            may(Field::Expects, "What is required of them"),
            may(Field::Due, "By when: a moment, or a limit from now such as 2d or 4wh"),
            may(Field::With, "Departments that cooperate; may be given several times"),
        ],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Expects],
    },
    Row {
        name: EventName::Accepted,
        verb: "accept",
        called: ["accepted", "接单"],
        from: From::Open,
        command: Form::Cases,
        help: "Take a case that was handed over; its owner is you, unless it has one",
        keys: &[may(Field::Owner, "Who answers for it from now on")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Returned,
        verb: "return",
        called: ["returned", "退回"],
        from: From::Open,
        command: Form::Cases,
        help: "Give a case back to the hub: it is not yours",
        keys: &[needs(Field::Reason, "Why it is not yours")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Contacted,
        verb: "contact",
        called: ["contacted", "联系客户"],
        from: From::Any,
        command: Form::Cases,
        help: "A person reached the customer; an automatic acknowledgement is no contact",
        keys: &[may(Field::Channel, "Over which channel")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Diagnosed,
        verb: "diagnose",
        called: ["diagnosed", "查明原因"],
        from: From::Open,
        command: Form::Cases,
        help: "Record the concrete cause and the responsible party",
        keys: &[needs(Field::Cause, "The concrete cause"), may(Field::Responsible, "The responsible party")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Cause],
    },
    Row {
        name: EventName::Proposed,
        verb: "propose",
        called: ["proposed", "拟定方案"],
        from: From::Open,
        command: Form::Cases,
        help: "Draft a remedy, or the plan for a suggestion, for approval",
        keys: &[
            needs(Field::Remedy, "What the customer is to be given"),
            may(Field::Text, "The remedy or the plan in words"),
            may(Field::Cost, "What it costs"),
        ],
        value: Some(Field::Remedy),
        of_a_round: true,
        exported: true,
        summary: &[Field::Remedy, Field::Text],
    },
    Row {
        name: EventName::Approved,
        verb: "approve",
        called: ["approved", "批准"],
        from: From::Only(Status::Proposed),
        command: Form::Cases,
        help: "Agree to a proposed remedy, in your role",
        keys: &[may(Field::As, "The role in which you decide; else yours")],
        value: Some(Field::As),
        of_a_round: true,
        exported: true,
        summary: &[Field::As],
    },
    Row {
        name: EventName::Declined,
        verb: "decline",
        called: ["declined", "驳回方案"],
        from: From::Only(Status::Proposed),
        command: Form::Cases,
        help: "Refuse a proposed remedy; the case is investigated again",
        keys: &[needs(Field::Reason, "Why")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Waiting,
        verb: "wait",
        called: ["waiting", "等客户"],
        from: From::Open,
        command: Form::Cases,
        help: "Wait for the customer's answer; clocks that pause for it stop",
        keys: &[needs(Field::Reason, "What is waited for")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Resumed,
        verb: "resume",
        called: ["resumed", "恢复办理"],
        from: From::Only(Status::Waiting),
        command: Form::Cases,
        help: "The customer answered; the case goes on where it stood",
        keys: &[],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Escalated,
        verb: "escalate",
        called: ["escalated", "升级"],
        from: From::Open,
        command: Form::Cases,
        help: "Escalate a case to the next level, or to the one that is named",
        keys: &[
            needs(Field::Reason, "Why"),
            may(Field::Level, "supervisor, manager, external; else the next one up"),
        ],
        value: Some(Field::Level),
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Resolved,
        verb: "resolve",
        called: ["resolved", "办结"],
        from: From::Open,
        command: Form::Cases,
        help: "The remedy is carried out and told to the customer",
        keys: &[
            may(Field::Remedy, "What the customer was given"),
            may(Field::Cost, "What it cost"),
            may(Field::Text, "What was done, in words"),
        ],
        value: Some(Field::Remedy),
        of_a_round: true,
        exported: true,
        summary: &[Field::Remedy, Field::Text],
    },
    Row {
        name: EventName::FollowedUp,
        verb: "follow-up",
        called: ["followed up", "回访"],
        from: From::Open,
        command: Form::Cases,
        help: "Ask the customer about the result: satisfied closes the case, dissatisfied opens a new round",
        keys: &[
            needs(Field::Outcome, "satisfied, dissatisfied or unreached"),
            may(Field::Score, "1 (worst) to 5 (best)"),
        ],
        value: Some(Field::Outcome),
        of_a_round: true,
        exported: true,
        summary: &[Field::Outcome],
    },
    Row {
        name: EventName::Closed,
        verb: "close",
        called: ["closed", "归档"],
        from: From::OpenOrClosed,
        command: Form::Cases,
        help: "End a case that needs no more; or add the lesson to a closed one",
        keys: &[may(Field::Lesson, "What was learnt")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Lesson],
    },
    Row {
        name: EventName::Rejected,
        verb: "reject",
        called: ["rejected", "不成立"],
        from: From::Open,
        command: Form::Cases,
        help: "End a case that is not justified or is declined, explained to the customer",
        keys: &[needs(Field::Reason, "Why, as it was told to the customer")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Reopened,
        verb: "reopen",
        called: ["reopened", "重新受理"],
        from: From::Terminal,
        command: Form::Cases,
        help: "Take up a case again that has ended; a new round begins",
        keys: &[needs(Field::Reason, "Why")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Forwarded,
        verb: "forward",
        called: ["forwarded", "转达"],
        from: From::Open,
        command: Form::Cases,
        help: "Pass praise on to the staff it praises",
        keys: &[needs(Field::To, "The staff praised; may be given several times")],
        value: None,
        of_a_round: false,
        exported: true,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Amended,
        verb: "amend",
        called: ["amended", "更正"],
        from: From::Any,
        command: Form::Cases,
        help: "Correct what was decided about a case; what the customer brought is corrected with `fb edit`",
        keys: &[
            needs(Field::Reason, "Why it was wrong"),
            may(Field::Category, "What it is about"),
            may(Field::Urgency, "urgent, important or general"),
            may(Field::Complexity, "simple or complex"),
            may(Field::Department, "Who handles it"),
            may(Field::Owner, "Who answers for it"),
            may(Field::Justified, "Whether the complaint is justified: true or false"),
            may(Field::Priority, "The shop's own order of work"),
            may(Field::Cause, "The concrete cause"),
            may(Field::Responsible, "The responsible party"),
            may(Field::Remedy, "What the customer is given"),
            may(Field::Cost, "What it costs"),
            may(Field::Level, "The level of escalation"),
        ],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Reason],
    },
    Row {
        name: EventName::Marked,
        verb: "mark",
        called: ["marked", "节点"],
        from: From::Any,
        command: Form::OneCase,
        help: "Record a step that the policy names, such as `reported` or `verified`",
        keys: &[needs(Field::Milestone, "The step; without one it is asked for")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Milestone],
    },
    Row {
        name: EventName::Surveyed,
        verb: "survey",
        called: ["surveyed", "满意度调查"],
        from: From::Any,
        command: Form::Own,
        help: "",
        keys: &[needs(Field::Score, "")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Score],
    },
    Row {
        name: EventName::Attached,
        verb: "attach",
        called: ["attached", "附件"],
        from: From::Any,
        command: Form::Own,
        help: "",
        keys: &[needs(Field::File, "")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::File],
    },
    Row {
        name: EventName::Noted,
        verb: "note",
        called: ["noted", "备注"],
        from: From::Any,
        command: Form::OneCase,
        help: "Add a remark to a case",
        keys: &[needs(Field::Note, "The remark; without one it is asked for"), may(Field::Merged, "")],
        value: None,
        of_a_round: false,
        exported: false,
        summary: &[Field::Reason],
    },
];

impl EventName {
    /// What is known of it.
    pub(crate) fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The keys without which the event says nothing. `assigned` needs one of two, and none of them by itself.
    pub(crate) fn required(self) -> impl Iterator<Item = Field> {
        self.row().keys.iter().filter(|key| key.needed).map(|key| key.field)
    }

    /// The keys that it may have beside the required ones, but for `note`, which is welcome everywhere.
    pub(crate) fn optional(self) -> impl Iterator<Item = Field> {
        self.row().keys.iter().filter(|key| !key.needed).map(|key| key.field)
    }

    /// Whether the event can carry the key.
    pub(crate) fn takes(self, field: Field) -> bool {
        field == Field::Note || self.row().keys.iter().any(|key| key.field == field)
    }

    /// The statuses in which it can happen.
    pub(crate) fn from(self) -> From {
        self.row().from
    }

    /// The key whose value a policy can name behind a colon, as in `followed-up:dissatisfied`.
    pub(crate) fn value(self) -> Option<Field> {
        self.row().value
    }

    /// Whether it speaks of one round of handling, so that a later round needs it anew.
    pub(crate) fn of_a_round(self) -> bool {
        self.row().of_a_round
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_has_its_row() {
        assert!(ROWS.iter().map(|row| row.name).eq(EventName::ALL.iter().copied()));
        let with_help = |row: &&Row| row.command != Form::Own;
        for row in ROWS.iter().filter(with_help) {
            assert!(!row.help.is_empty() && !row.help.ends_with('.'), "{}", row.verb);
        }
    }
}
