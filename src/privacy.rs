//! What belongs to a person: how it is known in words, and how much of it is seen.
//!
//! A leaf, pure: the one place that knows what looks like a telephone, identity or card number. Whatever leaves
//! a ledger passes through [`Privacy`] on its way out; a name among other words is nothing that it can know.

mod digit;
mod excerpt;
mod mask;
mod numbers;

use std::borrow::Cow;

pub use excerpt::QuotedLines;
pub(crate) use excerpt::{quoted_row, signed};
pub(crate) use mask::masked;
pub(crate) use numbers::{Number, numbers};

/// How much is seen of what belongs to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Privacy {
    /// So much that whoever knows the person recognizes it: `王**`, `138****8000`.
    #[default]
    Masked,
    /// All, because it was asked for.
    Revealed,
}

impl Privacy {
    /// As `--reveal` says.
    pub(crate) fn of(reveal: bool) -> Privacy {
        if reveal { Privacy::Revealed } else { Privacy::Masked }
    }

    /// Any words, with the numbers in them as they may be seen.
    pub(crate) fn words(self, words: &str) -> Cow<'_, str> {
        match self {
            Privacy::Masked => masked(words),
            Privacy::Revealed => Cow::Borrowed(words),
        }
    }

    /// A customer's name.
    pub(crate) fn name(self, name: &str) -> String {
        match self {
            Privacy::Masked => mask::name(name),
            Privacy::Revealed => name.to_owned(),
        }
    }

    /// A customer's telephone number, mail address or account.
    pub(crate) fn contact(self, contact: &str) -> String {
        match self {
            Privacy::Masked => mask::contact(contact),
            Privacy::Revealed => contact.to_owned(),
        }
    }
}
