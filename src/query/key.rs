use std::fmt;

use crate::case::{Kind, Names, Status};

/// The customer's answer to a follow-up.
const OUTCOMES: [&str; 3] = ["satisfied", "dissatisfied", "unreached"];

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)?) => {
        /// The attribute that a term of a query tests.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Key { $($(#[$doc])* $variant),* }

        impl Key {
            /// All of them.
            pub(crate) const ALL: &'static [Key] = &[$(Key::$variant),*];

            /// What people type before the colon; for a word without a colon, the word.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Key::$variant => $word),* }
            }
        }
    };
}

keys! {
    /// The status of the case.
    Status = "status",
    /// The sort of feedback.
    Kind = "kind",
    /// Who is responsible for it; `me` is the user, `-` nobody.
    Owner = "owner",
    /// Its category, or a parent of that.
    Category = "category",
    /// How soon it must be handled.
    Urgency = "urgency",
    /// Simple or complex.
    Complexity = "complexity",
    /// Who handles it.
    Department = "department",
    /// How it reached the shop.
    Channel = "channel",
    /// The customer's key.
    Customer = "customer",
    /// A free word.
    Tag = "tag",
    /// The order.
    Order = "order",
    /// The start of the product's name.
    Product = "product",
    /// The customer's tier.
    Tier = "tier",
    /// The level of escalation.
    Level = "level",
    /// Whether the complaint is justified.
    Justified = "justified",
    /// A part of the cause's words.
    Cause = "cause",
    /// A part of the responsible party's words.
    Responsible = "responsible",
    /// What the customer was given.
    Remedy = "remedy",
    /// The id in the system that it came from.
    External = "external",
    /// An id that it is linked to.
    Link = "link",
    /// Its own id.
    Id = "id",
    /// The day of the receipt.
    Received = "received",
    /// The day of the last resolution.
    Resolved = "resolved",
    /// The day on which it ended.
    Closed = "closed",
    /// The time until the next due.
    Due = "due",
    /// A clock that is open.
    Clock = "clock",
    /// Time since the receipt.
    Age = "age",
    /// The round of handling.
    Round = "round",
    /// What the customer said at the last follow-up.
    Outcome = "outcome",
    /// A limit has passed.
    Overdue = "overdue",
    /// A limit is close.
    Warning = "warning",
    /// A clock is paused.
    Paused = "paused",
    /// No clock runs, and nothing has happened for long.
    Stalled = "stalled",
    /// It is void.
    Voided = "voided",
    /// Words anywhere.
    Words = "",
}

impl Key {
    /// The key that people type before a colon.
    pub(super) fn before_colon(word: &str) -> Option<Key> {
        Key::ALL.iter().copied().find(|key| !key.alone() && *key != Key::Words && key.word() == word)
    }

    /// Whether the word is used alone, without a value.
    pub(crate) fn alone(self) -> bool {
        matches!(self, Key::Overdue | Key::Warning | Key::Paused | Key::Stalled | Key::Voided)
    }

    /// The shop's list of its values.
    pub(super) fn list(self) -> Option<Names> {
        match self {
            Key::Owner => Some(Names::People),
            Key::Category => Some(Names::Categories),
            Key::Urgency => Some(Names::Urgencies),
            Key::Complexity => Some(Names::Complexities),
            Key::Department => Some(Names::Departments),
            Key::Channel => Some(Names::Channels),
            Key::Level => Some(Names::Levels),
            Key::Remedy => Some(Names::Remedies),
            _ => None,
        }
    }

    /// The values that the format itself fixes.
    pub(super) fn fixed(self) -> Vec<&'static str> {
        match self {
            Key::Status => Status::ALL.map(Status::word).to_vec(),
            Key::Kind => Kind::ALL.map(Kind::word).to_vec(),
            Key::Justified => vec!["yes", "no"],
            Key::Outcome => OUTCOMES.to_vec(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
