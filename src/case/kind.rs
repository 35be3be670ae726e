use std::fmt;

/// The sort of feedback that a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 投诉: dissatisfaction that expects an answer (ISO 10002, 3.1).
    Complaint,
    /// 建议: an idea for the shop.
    Suggestion,
    /// 表扬: praise of a product or a person.
    Praise,
    /// 咨询: a question.
    Inquiry,
    /// 违法信息举报: a report of illegal content.
    Violation,
    /// 改进: an internal corrective or preventive action, linked to the cases that caused it.
    Improvement,
}

impl Kind {
    /// Every kind, in the order in which they are listed.
    pub(crate) const ALL: [Kind; 6] =
        [Kind::Complaint, Kind::Suggestion, Kind::Praise, Kind::Inquiry, Kind::Violation, Kind::Improvement];

    /// The word that is in files.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Complaint => "complaint",
            Kind::Suggestion => "suggestion",
            Kind::Praise => "praise",
            Kind::Inquiry => "inquiry",
            Kind::Violation => "violation",
            Kind::Improvement => "improvement",
        }
    }

    /// The kind that a word of a file names.
    pub(crate) fn of(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
