use std::fmt;

/// Who has the next move. The directory that a case file is in, and nothing else, says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Received and registered; nobody has classified it.
    New,
    /// Classified; waits at the hub for a department and an owner.
    Triaged,
    /// Handed over with a requirement and a deadline; not accepted yet.
    Assigned,
    /// Accepted; cause and responsible party are sought.
    Investigating,
    /// A remedy is drafted and waits for approval.
    Proposed,
    /// Being carried out.
    Approved,
    /// The customer has to answer.
    Waiting,
    /// On the supervisor's or the manager's desk.
    Escalated,
    /// Carried out and told to the customer; the follow-up is due.
    Resolved,
    /// Terminal: the customer is satisfied, or nothing more has to be done.
    Closed,
    /// Terminal: not justified, or declined, and explained to the customer.
    Rejected,
}

impl Status {
    /// Every status, in the order of a case's usual way.
    pub(crate) const ALL: [Status; 11] = [
        Status::New,
        Status::Triaged,
        Status::Assigned,
        Status::Investigating,
        Status::Proposed,
        Status::Approved,
        Status::Waiting,
        Status::Escalated,
        Status::Resolved,
        Status::Closed,
        Status::Rejected,
    ];

    /// The word that names the directory.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Triaged => "triaged",
            Status::Assigned => "assigned",
            Status::Investigating => "investigating",
            Status::Proposed => "proposed",
            Status::Approved => "approved",
            Status::Waiting => "waiting",
            Status::Escalated => "escalated",
            Status::Resolved => "resolved",
            Status::Closed => "closed",
            Status::Rejected => "rejected",
        }
    }

    /// The status that a directory's name means.
    pub(crate) fn of(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }

    /// A case in a terminal status has ended; only `reopened` leads out.
    pub fn terminal(self) -> bool {
        matches!(self, Status::Closed | Status::Rejected)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
